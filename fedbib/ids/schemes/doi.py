"""DOIs: lower case, no prefix, percent-decoded. arXiv's own (10.48550) are arXiv ids."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qsl, unquote

from fedbib.errors import BadIdentifier
from fedbib.ids.schemes import arxiv
from fedbib.ids.schemes.base import Notation, shown, trimmed
from fedbib.model.identifier import Identifier, Scheme

_ID = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+", re.ASCII)
_START = re.compile(r"10\.\d{4,9}(?:\.\d+)*(?:/|%2f)", re.ASCII | re.IGNORECASE)
_HANDLE = re.compile(r"\d{2}\.\d{4,9}(?:\.\d+)*/\S+", re.ASCII)
_ARXIV = "10.48550/arxiv."
_UPPER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}

_PREFIX = re.compile(r"(?:doi(?:\.org)?\s*[:/=]\s*|doi\s+)+", re.IGNORECASE)

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


def read(text: str) -> Identifier | None:
    """A DOI in normal form, or what it wraps when it is arXiv's."""
    head = _START.match(text)
    if not head:
        return None
    text = re.sub("%2f", "/", text, flags=re.IGNORECASE) if head.group().endswith("/") else unquote(text)
    value = trimmed(text).rstrip("/").translate(_UPPER)
    if not _ID.fullmatch(value) or "\ufffd" in value:
        raise BadIdentifier(f"{shown(value)} is no DOI: nothing fit to be a name follows the slash")
    if prefix(value) == "10.5555":
        raise BadIdentifier(
            f"{shown(value)} is no DOI: 10.5555 numbers are the ACM's own and lead nowhere",
            hint="give another identifier of the paper: arXiv, OpenReview, PMLR or DBLP",
        )
    if prefix(value) == "10.48550":
        if not value.startswith(_ARXIV):
            raise BadIdentifier(f"{shown(value)} is no DOI of a paper: arXiv's are 10.48550/arXiv.<id>")
        rest = value.removeprefix(_ARXIV)
        if found := arxiv.read(rest):
            return found
        raise BadIdentifier(f"{shown(rest)} is not an arXiv id", hint=arxiv.HINT)
    return Identifier(Scheme.DOI, value)


def prefix(doi: str) -> str:
    """What a DOI begins with, which says who registered it: "10.18653"."""
    return doi.partition("/")[0]


def _anywhere(parts: SplitResult) -> Identifier | None:
    """The DOI that a link carries in its path or as a value of its query."""
    is_resolver = (parts.hostname or "").removeprefix("www.") in ("doi.org", "dx.doi.org")
    for start in re.finditer(r"/(?=10\.\d)", parts.path):
        text = parts.path[start.end() :]
        if _START.match(text):
            text = unquote(text)
            return read(text if is_resolver else _without_view(text))
    for _, value in parse_qsl(parts.query):
        if _START.match(value):
            return read(value)
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


def _led(text: str) -> str | None:
    match = _PREFIX.match(text)
    return trimmed(text[match.end() :]) if match else None


def _fault(text: str) -> str:
    if _HANDLE.fullmatch(text):
        return 'no DOI: DOIs begin with "10."'
    return "only the beginning of a DOI" if re.fullmatch(r"10\.\d{4,9}/?", text) else ""


NOTATION = Notation(
    scheme=Scheme.DOI,
    label="DOI",
    noun="a DOI",
    example="10.1145/3637528.3671865",
    description="DOI of the publication, such as {}; not arXiv's",
    normal=re.compile(r"10\.(?!5555/|48550/)\d{4,9}/(?:[a-z0-9._/-]*[a-z0-9])", re.ASCII),
    read=read,
    alone=True,
    hosts={},
    led=_led,
    anywhere=_anywhere,
    fault=_fault,
)
