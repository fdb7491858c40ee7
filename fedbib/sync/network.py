"""The network as the commands use it: the sources of a collection, asked through one polite connection."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from fedbib.model.claim import Claim
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.work import Work
from fedbib.net.messages import Failure
from fedbib.net.origin import is_here
from fedbib.settings import Settings
from fedbib.sources.asking import Get, Heard, Progress
from fedbib.sync.ask import Questions, Replies
from fedbib.sync.publications import FIRST_VERSION, Hits


def addresses(settings: Settings) -> dict[str, dict[str, str]]:
    """The base URLs of every source, the settings' own before the services'."""
    from fedbib.sources import SOURCES

    return {name: {**source.bases, **settings.bases.get(name, {})} for name, source in SOURCES.items()}


def paces(bases: Mapping[str, Mapping[str, str]]) -> dict[str, float]:
    """Per base URL the least seconds between two requests to its host: its source's, and none on this machine."""
    from fedbib.sources import SOURCES

    found: dict[str, float] = {}
    for name, urls in bases.items():
        for url in urls.values():
            pace = 0.0 if is_here(urlsplit(url).hostname or "") else SOURCES[name].pace
            found[url] = max(pace, found.get(url, 0.0))
    return found


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
    from fedbib.net.cache import default_cache
    from fedbib.net.http import Http
    from fedbib.sources import SOURCES, asking

    bases = addresses(settings)
    with Http(settings.contact, default_cache(), paces(bases)) as http:
        yield Network(
            lambda jobs: asking.ask(jobs, SOURCES, bases, http.get, progress, heard) if jobs else {},
            lambda works: found(works, bases, settings.off, http.get, progress),
        )


def found(
    works: Mapping[str, Work],
    bases: Mapping[str, Mapping[str, str]],
    off: Iterable[str],
    get: Get,
    progress: Progress | None = None,
) -> Hits:
    """What the services that search titles find for works, and the first versions of those that are at arXiv."""
    from fedbib.sources import arxiv, asking, by_title

    off = frozenset(off)
    searched = {name: urls for name, urls in bases.items() if name not in off}
    questions = {key: by_title.requests(work, searched) for key, work in works.items()}
    hits: dict[str, dict[str, Sequence[Work] | Failure]] = asking.search(questions, by_title.parse, get, progress)
    ids = {key: Identifier(Scheme.ARXIV, work.arxiv) for key, work in works.items() if work.arxiv}
    if ids and "arxiv" not in off:
        first = replace(arxiv.SOURCE, requests=arxiv.first_versions)
        jobs = {FIRST_VERSION: list(dict.fromkeys(ids.values()))}
        replies = asking.ask(jobs, {FIRST_VERSION: first}, {FIRST_VERSION: bases["arxiv"]}, get, progress)
        for key, id in ids.items():
            match replies[FIRST_VERSION, id]:
                case Claim() as claim:
                    hits[key][FIRST_VERSION] = (claim.says,)
                case Failure() as failure:
                    hits[key][FIRST_VERSION] = failure
    return hits
