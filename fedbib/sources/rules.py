"""The rules of settling and matching, made of what the sources say of themselves."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.resources import files

from fedbib.ids.same import ACL_DOI
from fedbib.model.identifier import Scheme
from fedbib.model.work import FIELDS
from fedbib.words.rules import Rules
from fedbib.words.venues import Register

_OWNERS = {
    Scheme.ACL: (("acl", ""), ("crossref", "")),
    Scheme.DOI: (("acl", ACL_DOI), ("crossref", ""), ("datacite", "")),
    Scheme.OPENREVIEW: (("openreview", ""),),
    Scheme.PMLR: (("pmlr", ""),),
    Scheme.DBLP: (("dblp", ""),),
}
_INDEXES = frozenset({"semantic_scholar", "openalex"})


def rules(register: Register) -> Rules:
    """The rules by which records are settled and matched with a register of venues."""
    return Rules(register, _ranks(), _OWNERS, _INDEXES)


def _ranks() -> Mapping[str, Mapping[str, int]]:
    data = tomllib.loads(files("fedbib").joinpath("data/precedence.toml").read_text("utf-8"))
    orders = {
        field.replace("-", "_"): {source: rank for rank, source in enumerate(order)} for field, order in data.items()
    }
    return {field: orders.get(field, orders["default"]) for field in FIELDS}
