"""The network as the commands use it: the sources of a collection, asked through one polite connection."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from fedbib.fetch import Heard, Progress
from fedbib.finding import Hits
from fedbib.model.work import Work
from fedbib.settings import Settings
from fedbib.sync import Questions, Replies


def addresses(settings: Settings) -> dict[str, dict[str, str]]:
    """The base URLs of every source, the settings' own before the services'."""
    from fedbib.sources import SOURCES

    return {name: {**source.BASES, **settings.bases.get(name, {})} for name, source in SOURCES.items()}


@dataclass(frozen=True, slots=True)
class Network:
    """The two ways to ask."""

    ask: Callable[[Questions], Replies]
    """Sources about identifiers."""
    search: Callable[[Mapping[str, Work]], Hits]
    """Services that search titles, for works by citation key."""


@contextmanager
def network(settings: Settings, progress: Progress | None = None, heard: Heard | None = None) -> Iterator[Network]:
    """The network as the settings have it: the services' addresses, the contact, what is switched off."""
    from fedbib import fetch, search
    from fedbib.http import Http, default_cache
    from fedbib.sources import SOURCES

    bases = addresses(settings)
    allowed = {url for urls in bases.values() for url in urls.values()}
    searched = {name: urls for name, urls in bases.items() if name not in settings.off}
    with Http(settings.contact, default_cache(), allowed) as http:
        yield Network(
            lambda jobs: fetch.ask(jobs, SOURCES, bases, http.get, progress, heard) if jobs else {},
            lambda works: fetch.search(
                {key: search.requests(work, searched) for key, work in works.items()}, search.parse, http.get, progress
            ),
        )
