"""ACL Anthology ids: `2023.acl-demo.54`, and `P18-1001` of papers until 2019."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import SplitResult

from fedbib.ids.schemes.base import Notation
from fedbib.model.identifier import Identifier, Scheme
from fedbib.text.regex import regex

DOI_START = "10.18653/"
"""How the DOIs of the ACL begin."""

_NEW = r"(?:19|20)\d\d\.[a-z0-9]+-[a-z0-9]+\.(?:0|[1-9]\d*)"
_OLD = r"[A-Z]\d\d-\d{4}"
_ID = regex(rf"{_NEW}|{_OLD}", re.ASCII)
# "v2" is a revised version, "e1" an erratum: https://aclanthology.org/info/corrections/
_VERSIONED = regex(rf"({_NEW}|{_OLD})(?:[ve]\d+)?(?:\.pdf)?", re.ASCII | re.IGNORECASE)
_FILE = regex(rf"(?:.*[_/])?({_NEW}|{_OLD})(?:[ve]\d+)?(?:\.[a-z].*)?", re.ASCII | re.IGNORECASE)
_ANYWHERE = regex(rf"({_NEW})(?:[ve]\d+)?(?:\.(?:pdf|bib|xml))?", re.ASCII | re.IGNORECASE)
_WORDS = regex(r"(?:acl[\s-]*)?anthology(?:\s+id(?:entifier)?)?\s*[:#]?\s*|acl\s+id\s*:?\s*", re.IGNORECASE)
_VOLUME = regex(r"(?:19|20)\d\d\.[a-z0-9]+-[a-z0-9]+", re.IGNORECASE)


def read(text: str) -> Identifier | None:
    match = _VERSIONED.fullmatch(text)
    if not match:
        return None
    value = match.group(1).lower()
    return Identifier(Scheme.ACL, value if value[0].isdigit() else value.upper())


def from_doi(doi: str) -> Identifier | None:
    """The Anthology id that a DOI of the ACL wraps ("10.18653/v1/p18-1001" is P18-1001), or None."""
    doi = doi.lower()
    for start in (f"{DOI_START}v1/", "10.3115/v1/"):
        if doi.startswith(start):
            return read(doi.removeprefix(start))
    return None


def _link(segments: Sequence[str], parts: SplitResult) -> Identifier | None:  # noqa: ARG001 - one signature for all hosts
    for segment in reversed(segments):
        match = _FILE.fullmatch(segment)
        if match and (found := read(match.group(1))):
            return found
    return None


def _anywhere(parts: SplitResult) -> Identifier | None:
    """The id that a file is named by at some conference's own host; only those since 2020 are like nothing else."""
    match = _ANYWHERE.fullmatch(parts.path.rpartition("/")[2])
    return read(match.group(1)) if match else None


def _led(text: str) -> str | None:
    match = _WORDS.match(text)
    return text[match.end() :] if match else None


def _fault(text: str) -> str:
    return "a volume of the ACL Anthology, not a paper" if _VOLUME.fullmatch(text) else ""


NOTATION = Notation(
    scheme=Scheme.ACL,
    label="ACL Anthology",
    noun="an ACL Anthology id",
    example="2023.acl-demo.54",
    description="ACL Anthology id, such as {}",
    normal=_ID,
    read=read,
    alone=True,
    hosts=dict.fromkeys(
        (
            "aclanthology.org",
            "aclweb.org",
            "aclanthology.info",
            "acl-anthology.org",
            "aclasb.dfki.de",
            "aclanthology.coli.uni-saarland.de",
            "aclanthology.lst.uni-saarland.de",
        ),
        _link,
    ),
    other_pages={"volumes": "a whole volume"},
    led=_led,
    anywhere=_anywhere,
    fault=_fault,
)
