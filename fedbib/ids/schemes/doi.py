"""DOIs: lower case, no prefix, percent-decoded. arXiv's own (10.48550) are arXiv ids.

Short DOIs (https://shortdoi.org), "10/dvzd5z", are kept as such: which DOI one stands for only doi.org knows.
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qsl, unquote

from fedbib.errors import BadIdentifier
from fedbib.ids.publishers import of_page, proper, without_view
from fedbib.ids.schemes import arxiv
from fedbib.ids.schemes.base import Notation, shown, trimmed
from fedbib.model.identifier import Identifier, Scheme
from fedbib.text.regex import regex

_ID = regex(r"10\.\d{4,9}(?:\.\d+)*/\S+", re.ASCII)
_START = regex(r"10\.\d{4,9}(?:\.\d+)*(?:/|%2f)", re.ASCII | re.IGNORECASE)
_WITHIN = regex(r"(?:^|[/:=])(?=10\.\d{4,9}(?:\.\d+)*/)", re.ASCII)
_HOST = regex(r"(?<![a-z0-9])10\.\d{4,9}$", re.ASCII)
_SPACED = regex(r"(10\.\d{4,9})\s*/\s*((?:\S*[./-]\s+(?=\d))?\S+)", re.ASCII)
_BIORXIV = regex(r"(?:bio|med)rxiv(?:\s+preprint)?[\s:]+(20(?:19|2[0-4])\.\d\d\.\d\d\.\d{6,8})", re.IGNORECASE)
_SHORT_ALONE = regex(r"(?=.*\d|[^aeiou]*$)[a-z][a-z0-9]{2,9}", re.ASCII | re.IGNORECASE)
_SHORT = regex(
    r"10/(?!(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|march|april|august|[a-z]+ber)$)[a-z][a-z0-9]{2,9}",
    re.ASCII,
)
_HANDLE = regex(r"\d{2}\.\d{4,9}(?:\.\d+)*/\S+", re.ASCII)
_ARXIV = "10.48550/arxiv."
_UPPER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
_FOLDERS = ("delivery.acm.org",)
"""Hosts that keep files in folders whose names look like DOIs: 10.1145/3230000 has all of 3230000 to 3239999."""
_RESOLVERS = ("doi.org", "dx.doi.org", "hdl.handle.net")

_PREFIX = regex(
    r"(?:(?:urn\s*:|info\s*:|hdl\s*:)?\s*doi(?:\.org)?\s*[:/=.>]\s*|doi\s+|(?:https?://)?(?:dx\.|www\.)?doi\.org[/:.]+\s*"
    r"|hdl\s*:\s*|https?://(?=10\.\d{4}))+",
    re.IGNORECASE,
)


def read(text: str) -> Identifier | None:
    """A DOI in normal form, or what it wraps when it is arXiv's."""
    head = _START.match(text)
    if not head:
        short = trimmed(text).translate(_UPPER)
        return Identifier(Scheme.DOI, short) if _SHORT.fullmatch(short) else None
    text = re.sub("%2f", "/", text, flags=re.IGNORECASE) if head.group().endswith("/") else unquote(text)
    value = trimmed(proper(trimmed(text).rstrip("/").translate(_UPPER)))
    if not _ID.fullmatch(value) or "\ufffd" in value or not value.isprintable():
        raise BadIdentifier(f"{shown(value)} is not a DOI: what follows the slash cannot be part of one")
    if prefix(value) == "10.5555":
        raise BadIdentifier(
            f"{shown(value)} is not a DOI: the ACM uses 10.5555 internally, and these numbers do not resolve",
            hint="give another identifier of the paper, of arXiv, OpenReview, PMLR or DBLP",
        )
    if prefix(value) == "10.48550":
        if not value.startswith(_ARXIV):
            raise BadIdentifier(f"{shown(value)} is not the DOI of a paper: arXiv's are 10.48550/arXiv.<id>")
        rest = value.removeprefix(_ARXIV)
        if found := arxiv.read(rest):
            return found
        raise BadIdentifier(f"{shown(rest)} is not an arXiv id", hint=arxiv.HINT)
    return Identifier(Scheme.DOI, value)


def prefix(doi: str) -> str:
    """What a DOI begins with, which says who registered it: "10.18653"."""
    return doi.partition("/")[0]


def _anywhere(parts: SplitResult) -> Identifier | None:
    """The DOI that follows from a link or that it carries in its path, its query or behind its "#"."""
    host = (parts.hostname or "").removeprefix("www.")
    path = unquote(parts.path).rstrip()
    if head := _HOST.search(host):  # "https://10.1145/..."
        return read(without_view(f"{head.group()}{path}"))
    path = unquote(path) if "%2f" in path.lower() else path
    if host in _RESOLVERS and (found := _resolved(path.strip("/"))):
        return found
    for start in _WITHIN.finditer(path if host not in _FOLDERS else ""):
        text = path[start.end() :]
        return read(text if host in _RESOLVERS else without_view(text))
    if doi := of_page(host, parts):
        return read(doi)
    for value in (*(value for _, value in parse_qsl(parts.query)), unquote(parts.fragment)):
        if within := _WITHIN.search(value):
            return read(without_view(value[within.end() :]))
    return None


def _resolved(path: str) -> Identifier | None:
    """A short DOI or another identifier behind doi.org's name: "10/dvzd5z", "dvzd5z", "arXiv:2310.15080"."""
    if path.lower().startswith("arxiv"):
        return arxiv.read(path)
    if path.startswith("10/"):
        return read(path)
    return read(f"10/{path}") if _SHORT_ALONE.fullmatch(path) else None


def _led(text: str) -> str | None:
    match = _PREFIX.match(text)
    rest = trimmed(text[match.end() :]) if match else text
    if spaced := _SPACED.fullmatch(rest):
        return "".join((spaced[1], "/", *spaced[2].split()))
    if dated := _BIORXIV.match(text):
        return f"10.1101/{dated[1]}"
    return rest if match else None


def _fault(text: str) -> str:
    if _HANDLE.fullmatch(text):
        return 'not a DOI: DOIs begin with "10."'
    return "only the beginning of a DOI" if re.fullmatch(r"10\.\d{4,9}/?", text) else ""


NOTATION = Notation(
    scheme=Scheme.DOI,
    label="DOI",
    noun="a DOI",
    example="10.1145/3637528.3671865",
    description="DOI of the publication, such as {}; not arXiv's",
    normal=regex(
        r"10\.(?!5555/|48550/|1101/|64898/)\d{4,9}/(?![^/]*\.[a-z-]+$)[a-z0-9_-]+(?:\.[a-z0-9_-]+)*", re.ASCII
    ),
    read=read,
    alone=True,
    hosts={},
    led=_led,
    anywhere=_anywhere,
    fault=_fault,
)
