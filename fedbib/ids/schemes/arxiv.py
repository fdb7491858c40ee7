"""arXiv ids: `2310.15080`, and `math/9501234` until March 2007; without version and subject class."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import SplitResult, parse_qsl, unquote

from fedbib.errors import BadIdentifier
from fedbib.ids.schemes.base import Link, Notation, is_link, shown, trimmed
from fedbib.model.identifier import Identifier, Scheme
from fedbib.text.regex import regex

# arXiv: YYMM.NNNN from 0704 to 1412, YYMM.NNNNN since 1501; archive/YYMMNNN before
# (https://info.arxiv.org/help/arxiv_identifier.html).
_MONTH = "(?:0[1-9]|1[0-2])"
_NEW = (
    rf"(?:07(?:0[4-9]|1[0-2])|(?:0[89]|1[0-4]){_MONTH})\.(?!0000$)\d{{4}}|(?:1[5-9]|[2-8]\d){_MONTH}\.(?!00000$)\d{{5}}"
)
_ARCHIVES = (
    "acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas|cond-mat|cs|dg-ga|"
    "funct-an|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math-ph|math|mtrl-th|nlin|nucl-ex|nucl-th|patt-sol|physics|plasm-ph|"
    "q-alg|q-bio|quant-ph|solv-int|supr-con"
)
_OLD = rf"(?:{_ARCHIVES})/(?:(?:9[1-9]|0[0-6]){_MONTH}|070[1-3])(?!000$)\d{{3}}"
_ID = regex(rf"{_NEW}|{_OLD}", re.ASCII)
_CLASS = rf"(?:{_ARCHIVES})(?:\.[a-z-]{{2,}})?/"
_ANY = regex(
    rf"(?:abs/)?(?:arxiv(?:\.org)?[:./]\s*)?(?:abs/)?"
    rf"(?:(?:{_CLASS})?(?P<new>\d{{4}}\.\d{{4,5}})|(?P<archive>{_ARCHIVES})(?:\.[a-z-]{{2,}})?/(?P<number>\d{{7}}))"
    r"(?:v[1-9]\d*)?(?:\.pdf|\.html)?",
    re.ASCII | re.IGNORECASE,
)
_MARKED = regex(
    r"(?<![a-z0-9])(?:arxiv(?:\.org|_?id)?[:/._=-](?:abs/|pdf/)?|eprint[=+ ])"
    rf"(\d{{4}}\.\d{{4,5}}|{_CLASS}\d{{7}})(?:v\d+)?(?![a-z0-9])",
    re.ASCII | re.IGNORECASE,
)
# ADS: year, "arXiv", the id without its point where that has five digits behind it, the first author's initial.
_BIBCODE = regex(r"(?:19|20)\d\darXiv(\d{4})\.?(\d{4,5})[A-Z.]", re.ASCII)
_LISTED = regex(r"(?P<id>\d{4}\.\d{4,5}(?:v\d+)?)\s+\[[a-z-]+(?:\.[A-Za-z-]+)?\](?:\s+\d{1,2}\s+\w{3,9}\s+\d{4})?")
_AFTER = regex(
    r"(?P<id>[^\s,;()\[\]]+)"
    r"(?:[\s,;]*(?:\[[\w.,\s-]*\]|\([\w.,\s-]*\)|\d{1,2}\s+\w{3,9}\s+\d{4}|(?:19|20)\d\d))*[\s.,;]*"
)
_WORD = r"(?:in|see|at|on|as|available|oai|id|no|vol|volume|preprints?|e-?prints?|\(corr\)|\(cornell university\))"
_WORDS = regex(
    rf"(?:{_WORD}[\s,:.]+)*(?:computing research repository|\(?corr\)?|arxiv(?:\.org)?|eprint)"
    rf"(?:[\s,:.]+{_WORD}(?=[\s,:.]))*[\s,:.=#_\u2022-]+(?:arxiv[\s:.]+)?",
    re.IGNORECASE,
)

HINT = "arXiv ids look like 2310.15080 or math/9501234"


def read(text: str) -> Identifier | None:
    match = _ANY.fullmatch(text)
    if not match:
        return None
    value = match["new"] or f"{match['archive'].lower()}/{match['number']}"
    if not _ID.fullmatch(value):
        raise BadIdentifier(
            f"{shown(text)} is not an arXiv id: {_reason(value)}",
            hint=HINT,
        )
    return Identifier(Scheme.ARXIV, value)


def _reason(value: str) -> str:
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


def _link(segments: Sequence[str], parts: SplitResult) -> Identifier | None:
    """abs, pdf, html, format, ... links: the id is the last part of the path, or the last two of an old one."""
    if list(segments[:1]) == ["list"] and len(segments) < 3:
        return None
    fault: BadIdentifier | None = None
    for tail in ["/".join(segments[-2:]), *reversed(segments)]:
        try:
            if found := read(tail):
                return found
        except BadIdentifier as error:
            fault = error
    for key, value in parse_qsl(parts.query):
        if key in ("id_list", "pid") and (found := read(value)):
            return found
    if fault:
        raise fault
    return None


def _below(*first: str) -> Link:
    """Only links whose path begins with one of these segments: the host has much else."""
    return lambda segments, parts: _link(segments, parts) if segments[:1] and segments[0] in first else None


def _anywhere(parts: SplitResult) -> Identifier | None:
    """The id that a mirror or an index has in an address behind the word "arXiv"."""
    for text in (unquote(parts.path), unquote(parts.query)):
        if marked := _MARKED.search(text):
            return read(marked.group(1))
        if code := _BIBCODE.search(text):
            return read(".".join(code.groups()))
    return None


def _led(text: str) -> str | None:
    """What follows "arXiv:", "arXiv preprint" or "CoRR"; of "arXiv:2310.15080v1 [cs.LG] 23 Oct 2023" the id."""
    if listed := _LISTED.fullmatch(text):
        return listed["id"]
    match = _WORDS.match(text)
    if not match:
        return None
    rest = text[match.end() :]
    if found := _AFTER.fullmatch(rest):
        return trimmed(found["id"])
    rest = trimmed(rest)
    return rest if is_link(rest) or len(rest.split()) == 1 else None


NOTATION = Notation(
    scheme=Scheme.ARXIV,
    label="arXiv",
    noun="an arXiv id",
    example="2310.15080",
    description="arXiv id without version, such as {}",
    normal=_ID,
    read=read,
    alone=True,
    hosts=dict.fromkeys(("arxiv.org", "xxx.lanl.gov", "arxiv.dev", "ar5iv.org", "alphaxiv.org"), _link)
    | dict.fromkeys(("arxiv-vanity.com", "arxiv-sanity.com", "arxiv-sanity-lite.com", "arxivdaily.com"), _link)
    | dict.fromkeys(("huggingface.co", "hf.co", "emergentmind.com"), _below("papers")),
    other_pages={"list": "a list of papers"},
    led=_led,
    anywhere=_anywhere,
)
