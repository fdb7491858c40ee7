"""Identifiers of papers, each in one normal form. Reading them from text is `fedbib.ids.identify`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote


class Scheme(StrEnum):
    """Who gives the identifier; in the order in which a work's identifiers are shown."""

    ACL = "acl"
    """ACL Anthology: `2023.acl-demo.54` (lower case), `P18-1001` (upper case)."""
    DOI = "doi"
    """Lower case, no prefix, percent-decoded. Never a 10.48550 (arXiv) DOI: that is an `ARXIV` id."""
    OPENREVIEW = "openreview"
    """Forum id, case kept: `cit0hg4sEz`."""
    PMLR = "pmlr"
    """Volume and page id: `v235/qin24a`."""
    DBLP = "dblp"
    """Record key, case kept: `conf/icml/QinCQDLD24`."""
    ARXIV = "arxiv"
    """Without version and, for old ids, without subject class: `2310.15080`, `math/9501234`."""


_URL = {
    Scheme.ACL: "https://aclanthology.org/{}/",
    Scheme.DOI: "https://doi.org/{}",
    Scheme.OPENREVIEW: "https://openreview.net/forum?id={}",
    Scheme.PMLR: "https://proceedings.mlr.press/{}.html",
    Scheme.DBLP: "https://dblp.org/rec/{}.html",
    Scheme.ARXIV: "https://arxiv.org/abs/{}",
}


@dataclass(frozen=True, slots=True)
class Identifier:
    """The name of a paper in a scheme; two that are equal name one paper."""

    scheme: Scheme
    value: str

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"

    @property
    def url(self) -> str:
        """The page a reader should land on; characters that a URL does not take are percent-encoded."""
        return _URL[self.scheme].format(quote(self.value, safe="/:._-"))

    @property
    def is_preprint(self) -> bool:
        """Whether the id names a preprint rather than a publication."""
        return self.scheme is Scheme.ARXIV
