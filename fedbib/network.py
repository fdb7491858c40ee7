"""The network as the commands use it: the sources of a collection, asked through one polite connection."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from fedbib.fetch import Heard, Progress
from fedbib.settings import Settings
from fedbib.sync import Questions, Replies


def addresses(settings: Settings) -> dict[str, dict[str, str]]:
    """The base URLs of every source, the settings' own before the services'."""
    from fedbib.sources import SOURCES

    return {name: {**source.BASES, **settings.bases.get(name, {})} for name, source in SOURCES.items()}


@contextmanager
def network(
    settings: Settings, progress: Progress | None = None, heard: Heard | None = None
) -> Iterator[Callable[[Questions], Replies]]:
    """A function that asks the sources; the services' addresses and the contact come from the settings."""
    from fedbib.fetch import ask
    from fedbib.http import Http, default_cache
    from fedbib.sources import SOURCES

    bases = addresses(settings)
    allowed = {url for urls in bases.values() for url in urls.values()}
    with Http(settings.contact, default_cache(), allowed) as http:
        yield lambda jobs: ask(jobs, SOURCES, bases, http.get, progress, heard) if jobs else {}
