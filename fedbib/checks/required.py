"""W01 to W05: what a reader needs to find a work, by type (the required fields of btxdoc and CSL's processors)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from fedbib.model.problem import Problem, Severity
from fedbib.model.work import ItemType, Status, Work

_VENUES = {
    ItemType.PAPER_CONFERENCE: ("container_title", "a conference paper needs the title of its proceedings"),
    ItemType.ARTICLE_JOURNAL: ("container_title", "a journal article needs its journal"),
    ItemType.CHAPTER: ("container_title", "a chapter needs the title of its book"),
    ItemType.BOOK: ("publisher", "a book needs its publisher"),
    ItemType.THESIS: ("publisher", "a thesis needs its school"),
    ItemType.REPORT: ("publisher", "a report needs its institution"),
}
_PUBLISHED = ("container_title", "a publication needs the title of what it appeared in")
_HINT = "run `fedbib sync`, or write it under [pin]"


def check(works: Sequence[Work], paths: Callable[[str], str]) -> Iterator[Problem]:
    for work in works:
        for code, severity, message, field, hint in _missing(work):
            yield Problem(
                code, severity, message, paths(work.key), key=work.key, field=field.replace("_", "-"), hint=hint
            )


def _missing(work: Work) -> Iterator[tuple[str, Severity, str, str, str]]:
    if not work.title:
        yield "W01", Severity.ERROR, "the title is missing", "title", _HINT
    if not work.author and not (work.type is ItemType.BOOK and work.editor):
        yield "W02", Severity.WARNING, "the authors are missing", "author", _HINT
    if not work.issued:
        yield "W03", Severity.WARNING, "the year is missing", "issued", _HINT
    is_published = work.type is ItemType.DOCUMENT and work.status in (Status.PUBLISHED, Status.RETRACTED)
    field, message = _VENUES.get(work.type) or (_PUBLISHED if is_published else ("", ""))
    if field and not getattr(work, field):
        yield "W04", Severity.WARNING, message, field, _HINT
    if not work.ids and not work.URL:
        hint = "write an identifier under `ids`, or an address as `URL` under [pin]"
        yield "W05", Severity.WARNING, "there is neither an identifier nor an address", "ids", hint
