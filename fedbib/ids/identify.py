"""Any text people have on the clipboard to an identifier in normal form; the rest is refused with the reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from fedbib.errors import BadIdentifier
from fedbib.model.identifier import Identifier, Scheme
from fedbib.text.plain import clean

_LONGEST = 2000

# arXiv: YYMM.NNNN from 0704 to 1412, YYMM.NNNNN since 1501; archive/YYMMNNN before
# (https://info.arxiv.org/help/arxiv_identifier.html).
_MONTH = "(?:0[1-9]|1[0-2])"
_ARXIV_NEW = (
    rf"(?:07(?:0[4-9]|1[0-2])|(?:0[89]|1[0-4]){_MONTH})\.(?!0000$)\d{{4}}|(?:1[5-9]|[2-8]\d){_MONTH}\.(?!00000$)\d{{5}}"
)
_ARCHIVES = (
    "acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas|cond-mat|cs|dg-ga|"
    "funct-an|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math-ph|math|mtrl-th|nlin|nucl-ex|nucl-th|patt-sol|physics|plasm-ph|"
    "q-alg|q-bio|quant-ph|solv-int|supr-con"
)
_ARXIV_OLD = rf"(?:{_ARCHIVES})/(?:(?:9[1-9]|0[0-6]){_MONTH}|070[1-3])(?!000$)\d{{3}}"
_ARXIV = re.compile(rf"{_ARXIV_NEW}|{_ARXIV_OLD}", re.ASCII)
_ARXIV_ANY = re.compile(
    rf"(?P<new>\d{{4}}\.\d{{4,5}})(?:v[1-9]\d*)?|(?P<archive>{_ARCHIVES})(?:\.[a-z-]{{2,}})?/(?P<number>\d{{7}})(?:v[1-9]\d*)?",
    re.ASCII | re.IGNORECASE,
)
_ARXIV_STAMP = re.compile(r"(\S+)\s+\[[\w.-]+\](?:\s+\d{1,2}\s+\w+\s+\d{4})?")
_ARXIV_WORDS = re.compile(
    r"(?:corr\s*,?\s*)?(?:arxiv\s+(?:e-?prints?|preprint)\s*,?\s*)?(?:arxiv\s*:\s*|arxiv\s+)?", re.IGNORECASE
)

_ACL_NEW = r"(?:19|20)\d\d\.[a-z0-9]+-[a-z0-9]+\.(?:0|[1-9]\d*)"
_ACL_OLD = r"[A-Z]\d\d-\d{4}"
_ACL = re.compile(rf"{_ACL_NEW}|{_ACL_OLD}", re.ASCII)
_ACL_FILE = re.compile(rf"({_ACL_NEW}|{_ACL_OLD})(?:v\d+)?(?:\.[a-z].*)?", re.ASCII | re.IGNORECASE)

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+", re.ASCII)
_DOI_START = re.compile(r"10\.\d{4,9}(?:\.\d+)*(?:/|%2f)", re.ASCII | re.IGNORECASE)
_HANDLE = re.compile(r"\d{2}\.\d{4,9}(?:\.\d+)*/\S+", re.ASCII)
_ARXIV_DOI = "10.48550/arxiv."
_UPPER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}

_OPENREVIEW = re.compile(r"[A-Za-z0-9_-]{6,20}", re.ASCII)
_PMLR = re.compile(r"[vr]\d{1,4}/[a-z0-9][a-z0-9_-]*", re.ASCII)
_DBLP = re.compile(
    r"(?:conf|journals|books|series|reference|phd|ms|tr|data)(?:/[A-Za-z0-9_.:+-]*[A-Za-z0-9_+-]){2,}", re.ASCII
)

_DOI_PREFIX = re.compile(r"(?:doi(?:\.org)?\s*[:/=]\s*|doi\s+)+", re.IGNORECASE)
_PREFIX = re.compile(r"(acl|doi|openreview|pmlr|dblp|arxiv)\s*:\s*", re.IGNORECASE)
_MARKDOWN = re.compile(r"\[[^\[\]]*\]\(((?:(?!\]\()[^\s)])+)\)")
_BARE_URL = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}/", re.ASCII | re.IGNORECASE)

_DATE = re.compile(r"(?:\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})", re.ASCII)
_VERSION = re.compile(r"v?\d+(?:\.\d+){1,4}(?:-?(?:rc|a|b|dev|post)\.?\d*)?", re.ASCII | re.IGNORECASE)
_ISBN = re.compile(r"(?:isbn[\s:]*)?97[89](?:[\s-]?\d){10}", re.ASCII | re.IGNORECASE)
_NUMBER = re.compile(r"\+?[\d\s()/.-]+", re.ASCII)

_CLOSING = {")": "(", "]": "[", "}": "{", ">": "<"}
_QUOTES = "\"'`\u201c\u201d\u2018\u2019\u00ab\u00bb"

# The last part of a publisher's link that names a view of the paper, not the paper.
# fmt: off
_VIEWS = frozenset(
    [
        "abs", "abstract", "full", "fulltext", "fulltext.html", "full.html", "full.pdf", "pdf", "epdf",
        "pdfdirect", "epub", "html", "xml", "summary", "references", "meta", "citations", "cited-by", "figures",
        "metrics", "related", "supplementary-material", "suppl_file", "suppinfo", "download",
    ]
)
# fmt: on
_ENDINGS = (".pdf", ".html", ".epub", ".full", ".abstract", ".full-text")
_RXIV_VERSION = re.compile(r"v\d+$", re.ASCII)

_HINT = "known are arXiv, ACL Anthology, DOI, OpenReview, PMLR and DBLP: an id or a link"
_NAMES = {
    Scheme.ACL: "an ACL Anthology id",
    Scheme.DOI: "a DOI",
    Scheme.OPENREVIEW: "an OpenReview id",
    Scheme.PMLR: "a PMLR id",
    Scheme.DBLP: "a DBLP key",
    Scheme.ARXIV: "an arXiv id",
}
_NORMAL = {
    Scheme.ACL: _ACL,
    Scheme.DOI: re.compile(r"10\.(?!5555/|48550/)\d{4,9}/(?:[a-z0-9._/-]*[a-z0-9])", re.ASCII),
    Scheme.PMLR: _PMLR,
    Scheme.DBLP: _DBLP,
    Scheme.ARXIV: _ARXIV,
}


def identify(text: str) -> Identifier:
    """The identifier in a text: an id, a prefixed id, a link to a page or file of the paper, or a text around one.

    Raises BadIdentifier with the reason for everything else. Nothing is looked up: that an id exists is not checked.
    """
    asked = clean(text)
    if len(asked) > _LONGEST:
        raise BadIdentifier(f"a text of {len(asked)} characters is no identifier", hint=_HINT)
    trimmed = _trimmed(asked)
    if not trimmed:
        raise BadIdentifier("nothing to read: the text is empty", hint=_HINT)
    error: BadIdentifier | None = None
    try:
        found = _whole(trimmed)
    except BadIdentifier as reason:
        found, error = None, reason
    if found:
        return found
    inside = set(_inside(asked)) if len(asked.split()) > 1 or "](" in asked else set()
    if len(inside) == 1:
        return inside.pop()
    if len(inside) > 1:
        raise BadIdentifier(f"{_shown(asked)} holds {len(inside)} identifiers", hint="give them one at a time")
    raise error or _refused(trimmed)


def normal(scheme: Scheme, value: str) -> Identifier:
    """The identifier that a record's value under `scheme` means; prefixes and links of that scheme are read too.

    Raises BadIdentifier for what is no such identifier, also when it is one of another scheme.
    """
    pattern = _NORMAL.get(scheme)  # what is normal already, the common case, is not taken apart
    if pattern and pattern.fullmatch(value):
        return Identifier(scheme, value)
    if scheme is Scheme.OPENREVIEW:
        bare = clean(value)
        if _OPENREVIEW.fullmatch(bare) and not _acl(bare):
            return Identifier(scheme, bare)
    found = identify(value)
    if found.scheme is not scheme:
        raise BadIdentifier(
            f"{_shown(value)} is {_NAMES[found.scheme]}, not {_NAMES[scheme]}",
            hint=f'write {found.scheme} = "{found.value}"',
        )
    return found


def acl_from_doi(doi: str) -> Identifier | None:
    """The Anthology id that a DOI of the ACL wraps ("10.18653/v1/p18-1001" is P18-1001), or None."""
    doi = doi.lower()
    for start in ("10.18653/v1/", "10.3115/v1/"):
        if doi.startswith(start):
            return _acl(doi.removeprefix(start))
    return None


def prefix(doi: str) -> str:
    """What a DOI begins with, which says who registered it: "10.18653"."""
    return doi.partition("/")[0]


def _whole(text: str) -> Identifier | None:
    """The identifier that the text is, None when it looks like none; raises where it looks like one and is not."""
    if len(text.split()) == 1:
        if found := _bare(text):
            return found
        if text.lower().startswith(("http://", "https://")) or _BARE_URL.match(text):
            return _url(text)
    if match := _DOI_PREFIX.match(text):
        rest = _trimmed(text[match.end() :])
        return (
            _url(rest) if rest.lower().startswith(("http://", "https://")) else _doi(rest) or _not_a(Scheme.DOI, rest)
        )
    if (match := _ARXIV_WORDS.match(text)) and match.end():
        rest = _trimmed(text[match.end() :])
        if stamp := _ARXIV_STAMP.fullmatch(text[match.end() :]):
            rest = stamp.group(1)
        if rest.lower().startswith(("http://", "https://")):
            return _url(rest)
        if rest and len(rest.split()) == 1:
            return _arxiv(rest.removeprefix("abs/")) or _not_a(Scheme.ARXIV, rest)
    if match := _PREFIX.match(text):
        return _prefixed(Scheme(match.group(1).lower()), text[match.end() :])
    return None


def _bare(text: str) -> Identifier | None:
    if _DOI_START.match(text):
        return _doi(text)
    return _arxiv(text.removesuffix(".pdf").removeprefix("abs/")) or _acl(text) or _pmlr(text) or _dblp(text)


def _prefixed(scheme: Scheme, text: str) -> Identifier | None:
    """An identifier after the name of its scheme, as `str` of an Identifier writes it."""
    readers: dict[Scheme, Callable[[str], Identifier | None]] = {
        Scheme.ACL: _acl,
        Scheme.OPENREVIEW: lambda value: Identifier(scheme, value) if _OPENREVIEW.fullmatch(value) else None,
        Scheme.PMLR: _pmlr,
        Scheme.DBLP: _dblp,
        Scheme.ARXIV: _arxiv,
        Scheme.DOI: _doi,
    }
    return readers[scheme](text) or _not_a(scheme, text)


def _not_a(scheme: Scheme, text: str) -> Identifier:
    raise BadIdentifier(f"{_shown(text)} is not {_NAMES[scheme]}", hint=_HINT)


def _arxiv(text: str) -> Identifier | None:
    match = _ARXIV_ANY.fullmatch(text)
    if not match:
        return None
    value = match["new"] or f"{match['archive'].lower()}/{match['number']}"
    if not _ARXIV.fullmatch(value):
        raise BadIdentifier(
            f"{_shown(text)} is no arXiv id: {_arxiv_fault(value)}",
            hint="arXiv ids look like 2310.15080 or math/9501234",
        )
    return Identifier(Scheme.ARXIV, value)


def _arxiv_fault(value: str) -> str:
    new = "/" not in value
    year, month = (value[:2], value[2:4]) if new else (value.partition("/")[2][:2], value.partition("/")[2][2:4])
    if not "01" <= month <= "12":
        return f"there is no month {month}"
    if not new:
        return "ids of this form ended in March 2007"
    if not "0704" <= year + month <= "8912":
        return "ids of this form begin with 0704 (April 2007)"
    digits = len(value) - 5
    if (digits == 4) != (year < "15"):
        return f"it has {digits} digits after the point; ids until 1412 have four, later ones five"
    return "numbers begin with 1"


def _acl(text: str) -> Identifier | None:
    lower = text.lower()
    value = lower if lower[:1].isdigit() else text.upper()
    return Identifier(Scheme.ACL, value) if _ACL.fullmatch(value) else None


def _pmlr(text: str) -> Identifier | None:
    value = text.lower()
    return Identifier(Scheme.PMLR, value) if _PMLR.fullmatch(value) else None


def _dblp(text: str) -> Identifier | None:
    return Identifier(Scheme.DBLP, text) if _DBLP.fullmatch(text) else None


def _doi(text: str) -> Identifier | None:
    """A DOI in normal form, or what it wraps when it is arXiv's."""
    head = _DOI_START.match(text)
    if not head:
        return None
    text = re.sub("%2f", "/", text, flags=re.IGNORECASE) if head.group().endswith("/") else unquote(text)
    value = _trimmed(text).rstrip("/").translate(_UPPER)
    if not _DOI.fullmatch(value) or "\ufffd" in value:
        raise BadIdentifier(f"{_shown(value)} is no DOI: nothing fit to be a name follows the slash")
    if prefix(value) == "10.5555":
        raise BadIdentifier(
            f"{_shown(value)} is no DOI: 10.5555 numbers are the ACM's own and lead nowhere",
            hint="give another identifier of the paper: arXiv, OpenReview, PMLR or DBLP",
        )
    if prefix(value) == "10.48550":
        if not value.startswith(_ARXIV_DOI):
            raise BadIdentifier(f"{_shown(value)} is no DOI of a paper: arXiv's are 10.48550/arXiv.<id>")
        rest = value.removeprefix(_ARXIV_DOI)
        return _arxiv(rest) or _not_a(Scheme.ARXIV, rest)
    return Identifier(Scheme.DOI, value)


def _url(text: str) -> Identifier:
    """The identifier in a link; raises BadIdentifier when it has none."""
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError as error:
        raise BadIdentifier(f"{_shown(text)} is not a well-formed link") from error
    segments = [unquote(segment) for segment in parts.path.split("/") if segment]
    for known, reader in _HOSTS:
        if host == known or host.endswith("." + known):
            found = reader(segments, parts)
            if found:
                return found
    found = _doi_in(parts, resolver=host in ("doi.org", "dx.doi.org"))
    if found:
        return found
    raise BadIdentifier(
        f"{_shown(text)}: {_no_id(host, segments)}", hint="give the DOI or another identifier of the paper"
    )


def _no_id(host: str, segments: list[str]) -> str:
    if host.endswith("arxiv.org"):
        return "has no arXiv id of a paper in it" + (": it is a list of papers" if segments[:1] == ["list"] else "")
    if host.endswith(("aclanthology.org", "aclweb.org")):
        return "has no Anthology id of a paper in it" + (
            ": it is a whole volume" if segments[:1] == ["volumes"] else ""
        )
    if host.endswith(("openreview.net", "mlr.press", "dblp.org")):
        return "has no identifier of a paper in it"
    return "has no DOI in it"


def _arxiv_link(segments: list[str], parts: SplitResult) -> Identifier | None:
    """abs, pdf, html, format, ... links: the id is the last part of the path, or the last two of an old one."""
    if segments[:1] == ["list"] and len(segments) < 3:
        return None
    ends = [segment.removesuffix(".pdf") for segment in segments]
    fault: BadIdentifier | None = None
    for tail in ["/".join(ends[-2:]), *reversed(ends)]:
        try:
            if found := _arxiv(tail):
                return found
        except BadIdentifier as error:
            fault = error
    for key, value in parse_qsl(parts.query):
        if key == "id_list" and (found := _arxiv(value)):
            return found
    if fault:
        raise fault
    return None


def _acl_link(segments: list[str], parts: SplitResult) -> Identifier | None:  # noqa: ARG001 - one signature for all hosts
    for segment in reversed(segments):
        match = _ACL_FILE.fullmatch(segment)
        if match and (found := _acl(match.group(1))):
            return found
    return None


def _openreview_link(segments: list[str], parts: SplitResult) -> Identifier | None:
    """Only where `id` is the forum's: revisions under /references have ids of their own."""
    if segments[:1] not in (["forum"], ["pdf"], ["attachment"], ["revisions"]):
        return None
    for key, value in parse_qsl(parts.query):
        if key == "id" and _OPENREVIEW.fullmatch(value):
            return Identifier(Scheme.OPENREVIEW, value)
    return None


def _pmlr_link(segments: list[str], parts: SplitResult) -> Identifier | None:  # noqa: ARG001
    """`v235/qin24a` with any ending, after nothing or after what older and raw addresses put before it."""
    for start in (["proceedings", "papers"], ["mlresearch"]):
        if segments[: len(start)] == start:
            segments = segments[len(start) :]
            break
    names = [segment for segment in segments if segment not in ("main", "gh-pages", "assets")]
    return _pmlr(f"{names[0]}/{names[1].removesuffix('.html').removesuffix('.pdf')}") if len(names) >= 2 else None


def _dblp_link(segments: list[str], parts: SplitResult) -> Identifier | None:  # noqa: ARG001
    if segments[:1] != ["rec"]:
        return None
    names = (
        segments[2:]
        if segments[1:2] and segments[1] in ("bibtex", "html", "xml", "rdf", "bib1", "bib2")
        else segments[1:]
    )
    key = "/".join(names)
    for ending in (".html", ".bib", ".xml", ".rdf", ".nt", ".ttl", ".ris"):
        key = key.removesuffix(ending)
    return _dblp(key)


_HOSTS: tuple[tuple[str, Callable[[list[str], SplitResult], Identifier | None]], ...] = (
    ("arxiv.org", _arxiv_link),
    ("xxx.lanl.gov", _arxiv_link),
    ("ar5iv.org", _arxiv_link),
    ("alphaxiv.org", _arxiv_link),
    ("arxiv-vanity.com", _arxiv_link),
    ("huggingface.co", _arxiv_link),
    ("aclanthology.org", _acl_link),
    ("aclweb.org", _acl_link),
    ("aclanthology.info", _acl_link),
    ("aclanthology.coli.uni-saarland.de", _acl_link),
    ("aclanthology.lst.uni-saarland.de", _acl_link),
    ("openreview.net", _openreview_link),
    ("proceedings.mlr.press", _pmlr_link),
    ("jmlr.org", lambda segments, parts: _pmlr_link(segments, parts) if segments[:1] == ["proceedings"] else None),
    (
        "raw.githubusercontent.com",
        lambda segments, parts: _pmlr_link(segments, parts) if segments[:1] == ["mlresearch"] else None,
    ),
    ("dblp.org", _dblp_link),
    ("dblp.uni-trier.de", _dblp_link),
    ("dblp.dagstuhl.de", _dblp_link),
)


def _doi_in(parts: SplitResult, resolver: bool) -> Identifier | None:
    """The DOI that a link carries in its path or as a value of its query."""
    for start in re.finditer(r"/(?=10\.\d)", parts.path):
        text = parts.path[start.end() :]
        if _DOI_START.match(text):
            text = unquote(text)
            return _doi(text if resolver else _without_view(text))
    for _, value in parse_qsl(parts.query):
        if _DOI_START.match(value):
            return _doi(value)
    return None


def _without_view(text: str) -> str:
    """A DOI from a publisher's path without what follows it there: "/full", ".pdf", bioRxiv's "v1"."""
    text = text.rstrip("/")
    while text.count("/") > 1 and text.rpartition("/")[2].lower() in _VIEWS:
        text = text.rpartition("/")[0]
    for _ in range(2):
        for ending in _ENDINGS:
            text = text.removesuffix(ending)
    if text.startswith("10.1093/"):  # Oxford adds a number of its own
        text = re.sub(r"(?<=[^/])/\d+$", "", text) if text.count("/") > 2 else text
    return _RXIV_VERSION.sub("", text) if text.startswith("10.1101/") else text


def _inside(text: str) -> Iterator[Identifier]:
    """The identifiers in a longer text that are marked as such: links, DOIs and prefixed ids."""
    for word in [match.group(1) for match in _MARKDOWN.finditer(text)] or text.split():
        word = _trimmed(word)
        if re.match(r"https?://|10\.\d{4}|doi:|arxiv:|acl:|dblp:", word, re.IGNORECASE):
            try:
                found = _whole(word)
            except BadIdentifier:
                continue
            if found:
                yield found


def _refused(text: str) -> BadIdentifier:
    """Why a text is no identifier, as far as it can be told."""
    shown = _shown(text)
    if _HANDLE.fullmatch(text):
        return BadIdentifier(f'{shown} is no DOI: DOIs begin with "10."', hint=_HINT)
    if _ISBN.fullmatch(text):
        return BadIdentifier(f"{shown} is an ISBN, which names a book and not a paper", hint=_HINT)
    if _DATE.fullmatch(text):
        return BadIdentifier(f"{shown} looks like a date", hint=_HINT)
    if (
        _NUMBER.fullmatch(text)
        and sum(char.isdigit() for char in text) >= 6
        and not re.fullmatch(r"\d+(?:\.\d+)+", text)
    ):
        return BadIdentifier(f"{shown} looks like a telephone number", hint=_HINT)
    if re.fullmatch(r"10\.\d{4,9}/?", text):
        return BadIdentifier(f"{shown} is only the beginning of a DOI", hint=_HINT)
    if _VERSION.fullmatch(text):
        return BadIdentifier(f"{shown} looks like a version or a plain number", hint=_HINT)
    if re.match(r"(?:19|20)\d\d\.[a-z0-9]+-[a-z0-9]+$", text, re.IGNORECASE):
        return BadIdentifier(f"{shown} is a volume of the ACL Anthology, not a paper", hint=_HINT)
    return BadIdentifier(f"{shown} is no identifier fedbib knows", hint=_HINT)


def _trimmed(text: str) -> str:
    """Without the punctuation, quotes and unmatched brackets that a text is copied with."""
    text = text.strip()
    while text:
        first, last = text[0], text[-1]
        if first in _QUOTES or first in ",;":
            text = text[1:]
        elif last in _QUOTES or last in ".,;:!?\u2026":
            text = text[:-1]
        elif last in _CLOSING and _CLOSING[last] == first:
            text = text[1:-1]
        elif (last in _CLOSING and text.count(last) > text.count(_CLOSING[last])) or last.isspace():
            text = text[:-1]
        elif first in "([{<" or first.isspace():
            text = text[1:]
        else:
            return text
    return text


def _shown(text: str) -> str:
    return f'"{text if len(text) <= 80 else text[:77] + "..."}"'
