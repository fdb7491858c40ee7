"""What the page says of one paper: its work, and what only its record knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from fedbib.match.titles import Title
from fedbib.model.identifier import Identifier
from fedbib.model.record import Record
from fedbib.model.work import Work
from fedbib.settle import Reason
from fedbib.text.markup import plain


@dataclass(frozen=True, slots=True)
class Entry:
    work: Work
    reasons: tuple[Reason, ...] = ()
    """Per field who said so and who says something else."""
    titles: tuple[str, ...] = ()
    """Other titles the paper is or was known by, as plain text."""
    versions: tuple[Identifier, ...] = ()
    """Identifiers of other versions that sources name; none of them is in `work`."""
    added: date | None = None
    published: date | None = None
    """The day on which the preprint was found published."""
    abstract: str = ""
    reference: str = ""
    """Rich text of the formatted reference; empty where none is shown."""

    @property
    def news(self) -> date | None:
        """The day of the last thing worth telling."""
        return max(filter(None, (self.added, self.published)), default=None)


def entry(record: Record, work: Work, reasons: tuple[Reason, ...] = ()) -> Entry:
    """The entry of a record, the work it is settled to, and the reasons for that."""
    trusted = [claim for claim in record.claims if not claim.is_doubted]
    titles = _others(plain(work.title), [plain(claim.says.title) for claim in trusted])
    said = dict.fromkeys(id for claim in trusted for id in (claim.id, *claim.says.ids) if id)
    own = {*work.ids, *record.rejected}
    return Entry(
        work,
        reasons,
        tuple(titles),
        tuple(id for id in said if id not in own),
        record.added,
        max((claim.since for claim in trusted if claim.since), default=None),
        next((claim.hints.abstract for claim in trusted if claim.hints.abstract), ""),
    )


def _others(title: str, said: Iterable[str]) -> Iterator[str]:
    """The titles that are not the same but for case, blanks and punctuation, each once."""
    others = [other for other in dict.fromkeys(said) if other not in ("", title)]
    known = {Title.of(title).words} if others else set()
    for other in others:
        words = Title.of(other).words
        if words not in known:
            known.add(words)
            yield other
