"""W11: a paper that was withdrawn or retracted. N03: a paper that was corrected."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from fedbib.model.claim import Effect
from fedbib.model.problem import Problem, Severity
from fedbib.model.record import Record
from fedbib.model.work import Status, Work

_BAD = (Status.WITHDRAWN, Status.RETRACTED)


def check(records: Sequence[Record], works: Sequence[Work], paths: Callable[[str], str]) -> Iterator[Problem]:
    by_key = {work.key: work for work in works}
    for record in records:
        work = by_key.get(record.key)
        if work and work.status in _BAD:
            who = sorted({claim.source for claim in record.claims if claim.says.status is work.status}) or ["pin"]
            message = f"the paper was {work.status} (according to {', '.join(who)})"
            yield Problem(
                "W11",
                Severity.WARNING,
                message,
                paths(record.key),
                key=record.key,
                field="status",
                hint="it is marked in the outputs; cite it only as such",
            )
        for claim in record.claims:
            for notice in claim.hints.notices:
                if notice.effect is Effect.CORRECTED:
                    message = f"corrected by {notice.id.value}, according to {claim.source}"
                    yield Problem("N03", Severity.NOTE, message, paths(record.key), key=record.key)
