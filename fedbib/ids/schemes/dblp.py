"""DBLP's keys of records: `conf/icml/QinCQDLD24`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import SplitResult

from fedbib.ids.schemes.base import Notation
from fedbib.model.identifier import Identifier, Scheme
from fedbib.text.regex import regex

_KEY = regex(
    r"(?:conf|journals|books|series|reference|phd|ms|tr|data)(?:/[A-Za-z0-9_.:+-]*[A-Za-z0-9_+-]){2,}", re.ASCII
)
_FORMATS = ("bibtex", "bib", "html", "xml", "rdf", "bib1", "bib2")
_ENDINGS = (".html", ".bib", ".xml", ".rdf", ".nt", ".ttl", ".ris")


def read(text: str) -> Identifier | None:
    return Identifier(Scheme.DBLP, text) if _KEY.fullmatch(text) else None


def _link(segments: Sequence[str], parts: SplitResult) -> Identifier | None:
    if segments[:1] == ["db"] and len(segments) > 3 and parts.fragment:  # a place on the page of a volume
        return read("/".join((*segments[1:3], parts.fragment)))
    if segments[:1] != ["rec"]:
        return None
    key = "/".join(segments[2:] if segments[1:2] and segments[1] in _FORMATS else segments[1:])
    for ending in _ENDINGS:
        key = key.removesuffix(ending)
    return read(key)


NOTATION = Notation(
    scheme=Scheme.DBLP,
    label="DBLP",
    noun="a DBLP key",
    example="conf/icml/QinCQDLD24",
    description="DBLP record key, such as {}",
    normal=_KEY,
    read=read,
    alone=True,
    hosts=dict.fromkeys(("dblp.org", "dblp.uni-trier.de", "dblp1.uni-trier.de", "dblp.dagstuhl.de"), _link),
)
