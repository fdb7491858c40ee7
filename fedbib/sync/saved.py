"""Answers of a source that somebody saved to files: an XML of the Anthology, a JSON of Crossref."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from fedbib.disk import files
from fedbib.model.claim import Claim
from fedbib.model.identifier import Identifier
from fedbib.net.messages import Body, Request
from fedbib.sources import SOURCES
from fedbib.sync.ask import Replies

_LIMIT = 50_000_000
"""Bytes of a file."""


def saved(
    paths: Sequence[Path], source: str, origin: str, ids: Sequence[Identifier]
) -> tuple[Replies, tuple[Path, ...]]:
    """The claims in files that hold a source's answers, and the files that say nothing about the identifiers.

    Identifiers that a file does not speak of are left alone. Raises BadFile for a file that cannot be read.
    """
    wanted = tuple(id for id in ids if id.scheme in SOURCES[source].schemes)
    found: dict[tuple[str, Identifier], Claim] = {}
    silent = []
    for path in paths:
        content = files.read(path.resolve(), limit=_LIMIT)
        answers = SOURCES[source].parse(Body(200, content), Request(str(path), wanted))
        claims = {(source, id): answer for id, answer in answers.items() if isinstance(answer, Claim)}
        if not claims:
            silent.append(path)
        found |= {slot: replace(claim, origin=origin or path.name) for slot, claim in claims.items()}
    return found, tuple(silent)
