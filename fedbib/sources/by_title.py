"""A title becomes questions to the sources that search titles, and their answers become candidates.

What is found is not yet the same paper: `fedbib.match.works` compares, and the registry that owns an id is asked again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from fedbib.match.works import title_words
from fedbib.model.work import Work
from fedbib.net.messages import Body, Request
from fedbib.sources import SOURCES, answers
from fedbib.sources.asking import Question

_JSON = "application/json"
_LONGEST = 300
"""Characters of a title that are searched for; no real one is longer."""


def words(work: Work) -> str:
    """What a title is searched by, "" for a work without one."""
    return title_words(work.title)[:_LONGEST]


def searchers(bases: Mapping[str, Mapping[str, str]]) -> tuple[str, ...]:
    """The sources of `bases` that search titles. Agencies come last: they keep everybody's papers, so what they find by
    a title counts least.
    """
    found = [source for source in SOURCES.values() if source.search and source.name in bases]
    return tuple(source.name for source in sorted(found, key=lambda source: bool(source.agency)))


def requests(source: str, works: Mapping[str, Work], bases: Mapping[str, str]) -> Sequence[Question]:
    """The questions to one source about works by key, each with the keys that it is about.

    One for each title, or for as many as the source takes at a time; none for a work without a title.
    """
    search = SOURCES[source].search
    if search is None:
        return []
    takes = search.volumes.takes if search.volumes else lambda _: True
    asked = {key: work for key, work in works.items() if words(work) and takes(work)}
    base = bases[search.base]
    made: list[Question] = []
    if search.batch:
        for start in range(0, len(asked), search.most):
            keys = tuple(asked)[start : start + search.most]
            if request := search.batch(bases, [asked[key] for key in keys]):
                made.append((keys, request))
    if made or search.volumes:
        return made
    for key, work in asked.items():
        url = base + search.rest.format(quote(words(work), safe=""))
        login = search.login(bases, search.base) if search.login else None
        made.append(((key,), Request(url, (), accept=_JSON, expects=(_JSON,), login=login)))
    return made


def onward(source: str, body: Body, works: Mapping[str, Work], bases: Mapping[str, str]) -> Sequence[Question]:
    """The questions for the papers of volumes, each with the keys of the works that should be there, to which an answer
    that lists the volumes leads; none of another answer.
    """
    search = SOURCES[source].search
    if body.status != 200 or search is None or search.volumes is None:
        return []
    try:
        holding = search.volumes.holding(body.content, works)
    except answers.Wrong:
        return []
    keys: dict[str, list[str]] = {}
    for key, volume in holding.items():
        keys.setdefault(volume, []).append(key)
    return [(tuple(some), search.volumes.request(bases, volume)) for volume, some in keys.items()]


def parse(source: str, body: Body, works: Mapping[str, Work]) -> Mapping[str, tuple[Work, ...]] | None:
    """The candidates for each work by its key, in the service's order; None for a body that is no answer, from which
    nothing may be concluded. Of an answer about several titles each work gets what is titled alike.

    Submissions to OpenReview that were not accepted, and preprints, are among them as what they are.
    """
    search = SOURCES[source].search
    if body.status != 200 or search is None:
        return None
    try:
        found = tuple(search.read(body.content))
    except answers.Wrong:
        return None
    if len(works) == 1 and not search.volumes:
        return dict.fromkeys(works, found)
    by_title: dict[str, list[Work]] = {}
    for work in found:
        by_title.setdefault(_run_together(work), []).append(work)
    return {key: tuple(by_title.get(_run_together(work), ())) for key, work in works.items()}


def _run_together(work: Work) -> str:
    return title_words(work.title).replace(" ", "")
