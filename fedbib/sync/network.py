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
from fedbib.sources.base import Unreadable
from fedbib.sync.ask import Questions, Replies
from fedbib.sync.due import Load, loads
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
    search: Callable[[Mapping[str, Mapping[str, Work]], Found], Hits]
    """Services that search titles, by name, for works by citation key; the second is told what each found at once."""
    searchers: tuple[str, ...] = ()
    """The services that search titles, and under `FIRST_VERSION` arXiv for the first versions of preprints."""

    def titled(self, works: Mapping[str, Work]) -> Hits:
        """What all services that search titles find for works by names of their own."""
        return self.search({name: works for name in self.searchers if name != FIRST_VERSION}, lambda *_: None)


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
            lambda works, heard: found(works, bases, http.get, heard, progress),
            searchers(bases, settings.off),
        )


@contextmanager
def connection(settings: Settings) -> Iterator[Get]:
    """One request at a time to the same services, for answers that are read elsewhere."""
    from fedbib.net.cache import default_cache
    from fedbib.net.http import Http

    with Http(settings.contact, default_cache(), paces(addresses(settings))) as http:
        yield http.get


Found = Callable[[str, Mapping[str, Sequence[Work] | Failure]], None]


def searchers(bases: Mapping[str, Mapping[str, str]], off: Iterable[str]) -> tuple[str, ...]:
    """Who is asked about titles when these sources are off."""
    from fedbib.sources import by_title

    off = frozenset(off)
    own = () if "arxiv" in off else (FIRST_VERSION,)
    return (*by_title.searchers({name: urls for name, urls in bases.items() if name not in off}), *own)


def search_load(
    name: str,
    works: Mapping[str, Work],
    bases: Mapping[str, Mapping[str, str]],
    paces: Mapping[str, float],
) -> list[Load]:
    """What it takes to ask a service for the titles of works."""
    from fedbib.sources import arxiv, by_title

    if name == FIRST_VERSION:
        ids = [Identifier(Scheme.ARXIV, work.arxiv) for work in works.values() if work.arxiv]
        made, own = [*arxiv.first_versions(ids, bases["arxiv"])], bases["arxiv"]
        asked = len(ids)
    else:
        questions = by_title.requests(name, works, bases[name])
        made, own, asked = [request for _, request in questions], bases[name], sum(len(keys) for keys, _ in questions)
    return loads(name, asked, made, own, paces) if made else []


def found(
    works: Mapping[str, Mapping[str, Work]],
    bases: Mapping[str, Mapping[str, str]],
    get: Get,
    heard: Found | None = None,
    progress: Progress | None = None,
) -> Hits:
    """What the services that search titles find for works, by service, and the first versions of those at arXiv."""
    from fedbib.sources import arxiv, asking, by_title

    questions = {
        name: by_title.requests(name, asked, bases[name]) for name, asked in works.items() if name != FIRST_VERSION
    }
    hits = asking.search(
        questions,
        lambda name, body, keys: by_title.parse(name, body, {key: works[name][key] for key in keys}),
        lambda name, body, keys: by_title.onward(name, body, {key: works[name][key] for key in keys}, bases[name]),
        get,
        progress,
        heard,
    )
    at_arxiv = works.get(FIRST_VERSION, {})
    ids = {key: Identifier(Scheme.ARXIV, work.arxiv) for key, work in at_arxiv.items() if work.arxiv}
    if ids:
        first = replace(arxiv.SOURCE, requests=arxiv.first_versions)
        jobs = {FIRST_VERSION: list(dict.fromkeys(ids.values()))}
        replies = asking.ask(jobs, {FIRST_VERSION: first}, {FIRST_VERSION: bases["arxiv"]}, get, progress)
        for key, id in ids.items():
            said = replies[FIRST_VERSION, id]
            works_said = (said.says,) if isinstance(said, Claim) else said if isinstance(said, Failure) else ()
            if heard and not isinstance(said, Failure | Unreadable):
                heard(FIRST_VERSION, {key: works_said})
            hits.setdefault(key, {})[FIRST_VERSION] = works_said
    return hits
