"""Questions to sources become answers: every source at once, each at its own pace.

How a request is sent is handed in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from fedbib.model.identifier import Identifier
from fedbib.model.work import Work
from fedbib.net.messages import Body, Failure, Request
from fedbib.sources.base import Answer, NotFound, Source, Unreadable

Reply = Answer | Failure

Get = Callable[[Request], Body | Failure]
"""Sends one request; called from several threads, one per source."""

Progress = Callable[[str, int, int], None]
"""Told a source's name, how many of its requests are done, and of how many."""


Heard = Callable[[str, Mapping[Identifier, Reply]], None]
"""Told a source's name and what it answered to one request."""


def ask(
    jobs: Mapping[str, Sequence[Identifier]],
    sources: Mapping[str, Source],
    bases: Mapping[str, Mapping[str, str]],
    get: Get,
    progress: Progress | None = None,
    heard: Heard | None = None,
) -> dict[tuple[str, Identifier], Reply]:
    """One reply for each source and identifier asked, in the order of the jobs whoever answers first.

    `bases` replaces base URLs of a source by name; `heard` is told each answer at once, from the thread that asked.
    """
    pool = ThreadPoolExecutor(max_workers=max(1, len(jobs)), thread_name_prefix="ask")
    try:
        running = {
            name: pool.submit(_ask_one, name, sources[name], ids, bases.get(name, {}), get, progress, heard)
            for name, ids in jobs.items()
        }
        return {(name, id): reply for name, work in running.items() for id, reply in work.result().items()}
    finally:
        # Nobody waits for the others when one fails or the run is interrupted.
        pool.shutdown(wait=False, cancel_futures=True)


def _ask_one(
    name: str,
    source: Source,
    ids: Sequence[Identifier],
    bases: Mapping[str, str],
    get: Get,
    progress: Progress | None,
    heard: Heard | None,
) -> dict[Identifier, Reply]:
    bases = {**source.bases, **bases}
    found: dict[Identifier, Reply] = {}
    made = list(source.requests(ids, bases))
    left = {id: sum(id in request.ids for request in made) for request in made for id in request.ids}
    first, done = len(made), 0
    while done < len(made):
        request = made[done]
        if progress:
            progress(name, done, len(made))
        answers = _answered(source, request, get(request))
        for id, answer in answers.items():
            # Of two requests about one identifier, a claim says most; not found is what every one of them said.
            if id not in found or _worth(answer) > _worth(found[id]):
                found[id] = answer
            left[id] -= 1
        done += 1
        if done == first and source.otherwise:
            known = {request.url for request in made}
            lost = [id for id in dict.fromkeys(ids) if isinstance(found.get(id), NotFound)]
            more = [request for request in source.otherwise(lost, bases) if request.url not in known]
            made += more
            left |= {id: 1 for request in more for id in request.ids}
        if heard:
            said = {id: found[id] for id in answers}
            is_last = done > first or not source.otherwise
            heard(
                name,
                {id: one for id, one in said.items() if not isinstance(one, NotFound) or (is_last and not left[id])},
            )
    if progress:
        progress(name, len(made), len(made))
    return {id: found[id] for id in dict.fromkeys(ids) if id in found}


def _answered(source: Source, request: Request, body: Body | Failure) -> Mapping[Identifier, Reply]:
    return dict.fromkeys(request.ids, body) if isinstance(body, Failure) else source.parse(body, request)


def _worth(reply: Reply) -> int:
    match reply:
        case NotFound():
            return 0
        case Unreadable():
            return 1
        case Failure():
            return 2
        case _:
            return 3


Found = Mapping[str, Sequence[Work] | Failure]
"""What was found for each question, by a key of the caller's."""


Question = tuple[tuple[str, ...], Request]
"""A request with the keys that it is about."""


def search(
    questions: Mapping[str, Sequence[Question]],
    read: Callable[[str, Body, Sequence[str]], Found | None],
    onward: Callable[[str, Body, Sequence[str]], Sequence[Question]],
    get: Get,
    progress: Progress | None = None,
    heard: Callable[[str, Found], None] | None = None,
) -> dict[str, dict[str, Sequence[Work] | Failure]]:
    """What was found for each question (by a key of the caller's), by source; the sources are asked side by side.

    `read` reads what a source answered to one of `questions`, `onward` says where that leads on for some of its keys;
    `heard` is told of what was found at once, from the thread that asked.
    """

    def searched(name: str, first: Sequence[Question]) -> list[Found]:
        found: list[Found] = []
        asked = list(first)
        for done, (keys, request) in enumerate(asked, start=1):
            body = get(request)
            if done <= len(first) and not isinstance(body, Failure):
                asked += (more := onward(name, body, keys))
                gone = {key for some, _ in more for key in some}
                keys = tuple(key for key in keys if key not in gone)
            works = dict.fromkeys(keys, body) if isinstance(body, Failure) else read(name, body, keys)
            if works is None:
                works = dict.fromkeys(keys, Failure(request.url, "the answer cannot be read"))
            elif heard and not isinstance(body, Failure):
                heard(name, works)
            found.append(works)
            if progress:
                progress(f"{name} (titles)", done, len(asked))
        return found

    pool = ThreadPoolExecutor(max_workers=max(1, len(questions)), thread_name_prefix="search")
    results: dict[str, dict[str, Sequence[Work] | Failure]] = {}
    try:
        running = {name: pool.submit(searched, name, asked) for name, asked in questions.items()}
        for name, work in running.items():
            for found in work.result():
                for key, works in found.items():
                    results.setdefault(key, {})[name] = works
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
    return results
