"""A title becomes questions to the services that search titles, and their answers become candidates.

What is found is not yet the same paper: `fedbib.match.works` compares, and the registry that owns an id is asked again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from urllib.parse import quote

from fedbib.match.works import title_words
from fedbib.model.work import Work
from fedbib.net.messages import Body, Request
from fedbib.sources import answers, crossref, dblp, openreview

_JSON = "application/json"
_LONGEST = 300
"""Characters of a title that are searched for; no real one is longer."""

_URLS: Mapping[str, tuple[str, str]] = {
    dblp.NAME: ("search", "?q={}&format=json&h=10&c=0"),
    openreview.NAME: ("v2", "/notes/search?term={}&content=title&limit=10"),
    crossref.NAME: ("api", "/works?query.bibliographic={}&rows=5"),
}
"""Per source the base URL it is asked at, and the rest of the address."""


def requests(work: Work, bases: Mapping[str, Mapping[str, str]]) -> Mapping[str, Request]:
    """One question per source of `bases` that can search, by the source's name; none for a work without a title.

    `bases` has the base URLs of each source to ask.
    """
    words = title_words(work.title)[:_LONGEST]
    if not words:
        return {}
    return {
        name: Request(bases[name][base] + rest.format(quote(words, safe="")), (), accept=_JSON, expects=(_JSON,))
        for name, (base, rest) in _URLS.items()
        if name in bases
    }


def parse(source: str, body: Body) -> tuple[Work, ...] | None:
    """The candidates in the service's order; None for a body that is no answer, from which nothing may be concluded.

    Submissions to OpenReview that were not accepted, and preprints, are among them as what they are.
    """
    if body.status != 200:
        return None
    try:
        return tuple(_READERS[source](body.content))
    except answers.Wrong:
        return None


def _works(found: Iterator[answers.Found]) -> Iterator[Work]:
    return (said[1] for said in found)


_READERS: Mapping[str, Callable[[bytes], Iterator[Work]]] = {
    dblp.NAME: dblp.hits,
    openreview.NAME: lambda content: _works(openreview.found(content)),
    crossref.NAME: lambda content: _works(crossref.found(content)),
}
