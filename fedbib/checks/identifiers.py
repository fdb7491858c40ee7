"""I03: identifiers of one record that belong to different papers; I01: pinned identifiers that are none; I04: DOIs with
a tail that is hardly theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from fedbib.errors import BadIdentifier
from fedbib.ids.identify import normal
from fedbib.ids.publishers import improbable
from fedbib.ids.schemes.acl import from_doi
from fedbib.match.works import Verdict, compare
from fedbib.model.claim import Claim
from fedbib.model.identifier import Scheme
from fedbib.model.problem import Problem, Severity
from fedbib.model.record import Record
from fedbib.model.work import ID_FIELDS

_MOST = 5
"""So many different papers in one record are told apart; a record with more is wrong already."""


def check(records: Sequence[Record], paths: Callable[[str], str]) -> Iterator[Problem]:
    for record in records:
        path = paths(record.key)
        yield from _claims(record, path)
        yield from _pinned(record, path)
        yield from _wrapped(record, path)
        yield from _tailed(record, path)


def _tailed(record: Record, path: str) -> Iterator[Problem]:
    ids = {*record.ids, *record.pin.ids, *(id for claim in record.claims for id in claim.says.ids)}
    for id in sorted((id for id in ids if id.is_short), key=str):
        long = next(iter(record.longer), None) if id in record.ids else None
        message = f"{id} is a short DOI, which cannot be looked up at a registry"
        hint = f"open {id.url} and write the DOI it leads to; `fedbib sync` finds it too"
        if long:
            message, hint = f"{id} is short for {long}", f'write `doi = "{long.value}"` instead'
        yield Problem("I04", Severity.NOTE, message, path, key=record.key, field="ids", hint=hint)
    for doi in sorted(id.value for id in ids if id.scheme is Scheme.DOI):
        if tail := improbable(doi):
            message = f"the end of doi:{doi}, {tail!r}, is probably not part of it"
            hint = f"open https://doi.org/{doi.removesuffix(tail)}; if that is the paper, write this DOI"
            yield Problem("I04", Severity.WARNING, message, path, key=record.key, field="ids", hint=hint)


def _claims(record: Record, path: str) -> Iterator[Problem]:
    """Each claim is held against the first one of every paper found so far."""
    papers: list[Claim] = []
    for claim in record.claims:
        if len(papers) >= _MOST:
            return
        if all(compare(other.says, claim.says).verdict is Verdict.DIFFERENT for other in papers):
            if papers:
                message = f"{_cited(papers[0])} and {_cited(claim)} are different papers"
                hint = "find out which one the record is about, and delete the identifier of the other"
                known = papers[0].says.author and claim.says.author
                # A title alone may be an earlier one of the same paper.
                severity = Severity.ERROR if known else Severity.WARNING
                yield Problem("I03", severity, message, path, key=record.key, field="ids", hint=hint)
            papers.append(claim)


def _cited(claim: Claim) -> str:
    people = claim.says.author
    shown = people[0].display + (" et al." if len(people) > 1 else "") if people else "no authors"
    said = claim.id or f"the paper in {claim.origin or claim.source},"
    return f'{said} "{claim.says.title}" ({shown})'


def _pinned(record: Record, path: str) -> Iterator[Problem]:
    for id in record.pin.ids:
        try:
            normal(id.scheme, id.value)
        except BadIdentifier as error:
            hint = error.hint or "correct it, or delete it from the pin"
            field = f"pin.{ID_FIELDS.get(id.scheme, id.scheme)}"
            yield Problem("I01", Severity.ERROR, error.message, path, key=record.key, field=field, hint=hint)


def _wrapped(record: Record, path: str) -> Iterator[Problem]:
    """A DOI of the ACL holds the Anthology id of its paper."""
    ids = {*record.ids, *record.pin.ids, *(id for claim in record.claims for id in claim.says.ids)}
    known = sorted(id.value for id in ids if id.scheme is Scheme.ACL)
    for doi in sorted(id.value for id in ids if id.scheme is Scheme.DOI):
        wrapped = from_doi(doi)
        if known and wrapped and wrapped.value not in known:
            message = f"acl:{known[0]} and doi:{doi} are different papers: the DOI is of {wrapped}"
            hint = "delete the wrong one"
            yield Problem("I03", Severity.ERROR, message, path, key=record.key, field="ids", hint=hint)
