"""Servers of preprints: what lies there is no publication."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from fedbib.model.identifier import Identifier, Scheme

_CORR = "journals/corr/"


def is_corr(id: Identifier) -> bool:
    """Whether it is the DBLP record of a preprint at arXiv."""
    return id.scheme is Scheme.DBLP and id.value.startswith(_CORR)


def is_server(id: Identifier) -> bool:
    """Whether the DOI is one of a server's."""
    return id.scheme is Scheme.DOI and id.value.startswith(_servers()[1])


def is_named(venue: str) -> bool:
    """Whether a venue's name is that of a server, in whatever words: "arXiv preprint arXiv:2310.15080"."""
    text = re.sub(r"arxiv:\s*\S+|\babs/\S+|\b(?:19|20)\d\d\b|\[[^\[\]]*\]|\([^()]*\)", " ", venue.casefold())
    return " ".join(text.strip(" .,:;").split()) in _servers()[0]


@cache
def _servers() -> tuple[frozenset[str], tuple[str, ...]]:
    """Names, and prefixes of DOIs."""
    data = tomllib.loads(files("fedbib").joinpath("data/preprint-servers.toml").read_text("utf-8"))
    return frozenset(data["names"]), tuple(data["prefixes"])
