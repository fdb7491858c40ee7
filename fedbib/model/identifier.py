"""Identifiers of papers, each in one normal form. How they are written and read is `fedbib.ids.schemes`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from typing import ClassVar, Self
from urllib.parse import quote

from fedbib.model.quick import quick


class Names(Enum):
    """What the identifiers of a scheme name."""

    PUBLICATION = auto()
    PREPRINT = auto()
    SUBMISSION = auto()
    """Either: only what its registry says tells which."""


class Scheme(str):
    """Who gives the identifier: a short name ("doi"), which is all that two schemes are compared by.

    There is one value of each scheme: those that `Work` has a field for are below, others are made in their module of
    `fedbib.ids.schemes`.
    """

    __slots__ = ("address", "names")

    address: str
    """The page of an identifier, with `{}` for its percent-encoded value."""
    names: Names

    ACL: ClassVar[Scheme]
    """ACL Anthology: `2023.acl-demo.54` (lower case), `P18-1001` (upper case)."""
    DOI: ClassVar[Scheme]
    """Lower case, no prefix, percent-decoded. Never a 10.48550 (arXiv) DOI: that is an `ARXIV` id."""
    OPENREVIEW: ClassVar[Scheme]
    """Forum id, case kept: `cit0hg4sEz`."""
    PMLR: ClassVar[Scheme]
    """Volume and page id: `v235/qin24a`."""
    DBLP: ClassVar[Scheme]
    """Record key, case kept: `conf/icml/QinCQDLD24`."""
    ARXIV: ClassVar[Scheme]
    """Without version and, for old ids, without subject class: `2310.15080`, `math/9501234`."""

    def __new__(cls, name: str, address: str, names: Names = Names.PUBLICATION) -> Self:
        made = super().__new__(cls, name)
        made.address, made.names = address, names
        return made

    @property
    def is_preprint(self) -> bool:
        """Whether its identifiers name preprints rather than publications."""
        return self.names is Names.PREPRINT

    @property
    def place(self) -> tuple[bool, int, str]:
        """Sorts schemes as they are shown: those of preprints last, those that `Work` has a field for first."""
        return self.is_preprint, KNOWN.index(self) if self in KNOWN else len(KNOWN), self


Scheme.ACL = Scheme("acl", "https://aclanthology.org/{}/")
Scheme.DOI = Scheme("doi", "https://doi.org/{}")
Scheme.OPENREVIEW = Scheme("openreview", "https://openreview.net/forum?id={}", Names.SUBMISSION)
Scheme.PMLR = Scheme("pmlr", "https://proceedings.mlr.press/{}.html")
Scheme.DBLP = Scheme("dblp", "https://dblp.org/rec/{}.html")
Scheme.ARXIV = Scheme("arxiv", "https://arxiv.org/abs/{}", Names.PREPRINT)

KNOWN = (Scheme.ACL, Scheme.DOI, Scheme.OPENREVIEW, Scheme.PMLR, Scheme.DBLP, Scheme.ARXIV)
"""The schemes that `Work` has a field for."""


@quick
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
        return _url(self.scheme.address, self.value)

    @property
    def is_short(self) -> bool:
        """Whether it is a short DOI (https://shortdoi.org), "10/dvzd5z": which DOI it stands for only doi.org knows."""
        return self.scheme is Scheme.DOI and self.value.startswith("10/")

    @property
    def is_preprint(self) -> bool:
        """Whether the id names a preprint rather than a publication."""
        return self.scheme.is_preprint


@lru_cache(maxsize=1024)
def _url(address: str, value: str) -> str:
    return address.format(quote(value, safe="/:._-"))
