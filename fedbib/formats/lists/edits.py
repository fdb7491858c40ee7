"""What people wrote between the markers of the README, where `build` writes, so that none goes without a word. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from fedbib.formats.lists import ours
from fedbib.formats.lists.lexicon import Lexicon
from fedbib.formats.readme import document, overview, region
from fedbib.model.about import About
from fedbib.model.work import Work
from fedbib.text.ascii import folded

_WRITTEN = re.compile(r'#{1,6}(?: .*)?|<a id="[\w-]*"></a>|\s*- \[.*\]\(#[\w-]+\)|None yet\.')
"""Lines of the list that say nothing of a paper."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A line that no build wrote, or the first of those that are gone."""

    line: int
    text: str
    is_gone: bool = False


def edits(
    readme: str, works: Sequence[Work], before: Mapping[str, Work], about: About, lexicon: Lexicon
) -> tuple[Edit, ...]:
    """What stands in the list, or is missing from it, that neither `works` nor the works built before explain.

    A bullet of ours that says what one of them says is not edited, however it is written; nor is a paper that was added
    and is among the works by now. Without works built before, a bullet of ours that says something else is only stale.
    Raises BadFile for broken markers.
    """
    body = region.region(readme)
    if not body.strip():
        return ()
    first = readme[: readme.replace("\r\n", "\n").index(body)].count("\n") + 1
    own, rest = document.apart(overview.without(body))
    found: list[Edit] = []
    if before:
        lines = body.split("\n")
        known = {document.carry(work) for work in (*works, *before.values())}
        changed = [line for work, line in zip(own.works, own.lines, strict=True) if work not in known]
        changed += [problem.line for problem in own.problems if problem.line]
        found += [Edit(first + line - 1, lines[line - 1]) for line in changed]
        found += _gone(body, {work.key for work in own.works}, works, before)
    found += _added(rest, first, readme, works, about, lexicon)
    return tuple(sorted(found, key=lambda edit: edit.line))


def _gone(body: str, shown: Iterable[str], works: Sequence[Work], before: Mapping[str, Work]) -> Iterator[Edit]:
    missing = before.keys() - shown
    for work in works:
        if work.key in missing and f'<a id="{work.key}"></a>' not in body:
            yield Edit(0, work.title, is_gone=True)


def _added(rest: str, first: int, readme: str, works: Sequence[Work], about: About, lexicon: Lexicon) -> Iterator[Edit]:
    """Lines beside our bullets, but those of papers that the works have."""
    texts = {section.text for section in about.sections}
    lines = [
        (number, line)
        for number, line in enumerate(rest.split("\n"), start=first)
        if line.strip() and not _WRITTEN.fullmatch(line) and line.strip() not in texts
    ]
    if not lines:
        return
    ids = {id for work in works for id in work.ids}
    titles = {folded(work.title) for work in works}
    reading = ours.parse(readme, lexicon)
    starts = dict(zip(reading.lines, reading.works, strict=True))
    is_taken = False
    for number, line in lines:
        if work := starts.get(number):
            is_taken = bool(ids.intersection(work.ids)) or folded(work.title) in titles
            is_taken = is_taken and not document.is_ours(line)
        elif not line.startswith(" "):
            is_taken = False
        if not is_taken:
            yield Edit(number, line)
