"""W10: papers that only one list or file names, and no registry."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from fedbib.model.claim import IMPORT
from fedbib.model.problem import Problem, Severity
from fedbib.model.record import Record

_HINT = "run `fedbib sync`: an answer from a registry is enough"


def check(records: Sequence[Record], paths: Callable[[str], str]) -> Iterator[Problem]:
    """Two files of one repository are one source: their keepers copy from each other."""
    for record in records:
        named = {_keeper(claim.origin) for claim in record.claims if claim.source == IMPORT}
        if len(named) == 1 and not any(claim.source != IMPORT and claim.says.title for claim in record.claims):
            origin = record.claims[0].origin or "an import"
            message = f"only one source confirms this paper: {origin}"
            yield Problem("W10", Severity.NOTE, message, paths(record.key), key=record.key, field="ids", hint=_HINT)


def _keeper(origin: str) -> str:
    """Whose file or page it is: the repository or the host."""
    return "/".join(origin.split("/")[:3]) if "://" in origin else origin.split(" ", 1)[0]
