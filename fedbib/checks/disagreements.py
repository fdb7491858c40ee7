"""N04: registries that say different things of the version that is cited.

`Rules.ranks` says which one wins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from fedbib.match.works import surname, title_words
from fedbib.model.claim import IMPORT, Claim
from fedbib.model.name import Name, named
from fedbib.model.problem import Problem, Severity
from fedbib.model.record import Record
from fedbib.model.work import Work
from fedbib.settle import version
from fedbib.words.publication import version_of


def check(records: Sequence[Record], paths: Callable[[str], str]) -> Iterator[Problem]:
    for record in records:
        cited = version(record)
        claims = [claim for claim in record.claims if claim.source != IMPORT and version_of(claim) is cited]
        for field, (key, shown) in _COMPARED.items():
            said: dict[object, Claim] = {}
            for claim in claims:
                if value := key(claim.says):
                    said.setdefault(value, claim)
            if len(said) > 1 and getattr(record.pin, field) == getattr(Work(), field):
                message = f"{field} is " + ", but ".join(
                    f"{shown(claim.says)} at {claim.source}" for claim in said.values()
                )
                hint = f"the outputs have the first value of `fedbib show {record.key}`; to choose another, pin it"
                yield Problem("N04", Severity.NOTE, message, paths(record.key), key=record.key, field=field, hint=hint)


def _surnames(names: Sequence[Name]) -> tuple[str, ...]:
    """The last words of the names, in order: sources spell the rest differently."""
    return tuple(filter(None, map(surname, named(names))))


_COMPARED: dict[str, tuple[Callable[[Work], object], Callable[[Work], str]]] = {
    "title": (lambda work: title_words(work.title), lambda work: f'"{work.title}"'),
    "author": (lambda work: _surnames(work.author), lambda work: "; ".join(name.display for name in work.author)),
    "issued": (lambda work: work.year, lambda work: str(work.year)),
    "page": (lambda work: work.page and work.page.text, lambda work: work.page.text if work.page else ""),
    "DOI": (lambda work: work.DOI, lambda work: work.DOI),
}
"""How a field is compared, and how it is shown."""
