"""Answers of a source that somebody saved to files: an XML of the Anthology, a JSON of Crossref."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from fedbib.disk import files
from fedbib.model.claim import Claim
from fedbib.model.identifier import Identifier
from fedbib.model.work import FIELDS, Work
from fedbib.net.messages import Body, Request
from fedbib.sources import SOURCES
from fedbib.sync.ask import Questions, Replies

_LIMIT = 50_000_000
"""Bytes of a file."""


def readable() -> tuple[str, ...]:
    """The sources whose answers are read from files too."""
    return tuple(name for name, source in SOURCES.items() if source.saved)


def saved(
    paths: Sequence[Path], source: str, origin: str, ids: Sequence[Identifier]
) -> tuple[Mapping[tuple[str, Identifier], Claim], tuple[Path, ...]]:
    """The claims in files that hold a source's answers, and the files that say nothing.

    Every paper of a file is there, whether or not it is one of the identifiers. A file about a volume (PMLR's) is no
    answer by itself: it completes what the other files say of the volume's papers. Identifiers that no file speaks of
    are left alone. Raises BadFile for a file that cannot be read.
    """
    schemes = SOURCES[source].schemes
    found: dict[Identifier, Claim] = {}
    other: list[tuple[Path, bytes]] = []
    for path in paths:
        content = files.read(path.resolve(), limit=_LIMIT)
        claims = {id: claim for id, claim in _claims(source, path, content, ()).items() if id.scheme in schemes}
        found |= {id: replace(claim, origin=origin or path.name) for id, claim in claims.items()}
        if not claims:
            other.append((path, content))
    silent = []
    for path, content in other:
        wanted = tuple(dict.fromkeys((*found, *(id for id in ids if id.scheme in schemes))))
        claims = _claims(source, path, content, wanted)
        known = {id: claim for id, claim in claims.items() if claim.says.title or id in found}
        for id, claim in known.items():
            held = found.get(id)
            found[id] = _completed(held, claim) if held else replace(claim, origin=origin or path.name)
        if not known:
            silent.append(path)
    return {(source, id): claim for id, claim in found.items()}, tuple(silent)


def _claims(source: str, path: Path, content: bytes, ids: tuple[Identifier, ...]) -> dict[Identifier, Claim]:
    answers = SOURCES[source].parse(Body(200, content), Request(str(path), ids))
    return {id: answer for id, answer in answers.items() if isinstance(answer, Claim)}


def _completed(paper: Claim, volume: Claim) -> Claim:
    """The claim with what only its volume says: a field that it lacks, the month of its year."""
    one, other = paper.says, volume.says
    more = {field: getattr(other, field) for field, unknown in FIELDS.items() if getattr(one, field) == unknown}
    if _is_finer(other, one):
        more["issued"] = other.issued
    return replace(paper, says=replace(one, **more))


def _is_finer(one: Work, other: Work) -> bool:
    return bool(one.issued and other.issued and one.year == other.year and other.issued.month is None)


def heard(answers: Replies) -> Callable[[Questions], Replies]:
    """How to ask where nobody is asked: whatever the answers have."""

    def ask(jobs: Questions) -> Replies:
        slots = ((name, id) for name, ids in jobs.items() for id in ids)
        return {slot: answers[slot] for slot in slots if slot in answers}

    return ask
