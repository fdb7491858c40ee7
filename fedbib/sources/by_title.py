"""A title becomes questions to the sources that search titles, and their answers become candidates.

What is found is not yet the same paper: `fedbib.match.works` compares, and the registry that owns an id is asked again.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from fedbib.match.works import title_words
from fedbib.model.work import Work
from fedbib.net.messages import Body, Request
from fedbib.sources import SOURCES, answers

_JSON = "application/json"
_LONGEST = 300
"""Characters of a title that are searched for; no real one is longer."""


def requests(work: Work, bases: Mapping[str, Mapping[str, str]]) -> Mapping[str, Request]:
    """One question per source of `bases` that can search, by the source's name; none for a work without a title.

    `bases` has the base URLs of each source to ask. Agencies come last: they keep everybody's papers, so what they find
    by a title counts least.
    """
    words = quote(title_words(work.title)[:_LONGEST], safe="")
    if not words:
        return {}
    found = [(source, source.search) for source in SOURCES.values() if source.search and source.name in bases]
    return {
        source.name: Request(
            bases[source.name][search.base] + search.rest.format(words), (), accept=_JSON, expects=(_JSON,)
        )
        for source, search in sorted(found, key=lambda pair: bool(pair[0].agency))
    }


def parse(source: str, body: Body) -> tuple[Work, ...] | None:
    """The candidates in the service's order; None for a body that is no answer, from which nothing may be concluded.

    Submissions to OpenReview that were not accepted, and preprints, are among them as what they are.
    """
    search = SOURCES[source].search
    if body.status != 200 or search is None:
        return None
    try:
        return tuple(search.read(body.content))
    except answers.Wrong:
        return None
