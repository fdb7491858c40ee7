"""Questions to sources become answers: every source at once, each at its own pace.

How a request is sent is handed in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from fedbib.model.identifier import Identifier
from fedbib.model.work import Work
from fedbib.net.messages import Body, Failure, Request
from fedbib.sources.base import Answer, Source, Unreadable

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
    requests = source.requests(ids, {**source.bases, **bases})
    found: dict[Identifier, Reply] = {}
    for done, request in enumerate(requests):
        if progress:
            progress(name, done, len(requests))
        body = get(request)
        if isinstance(body, Failure):
            answers: Mapping[Identifier, Reply] = dict.fromkeys(request.ids, body)
        else:
            answers = source.parse(body, request)
            if heard:
                heard(name, answers)
        for id, answer in answers.items():
            # Of two requests about one identifier, an answer says most; that one failed explains an unreadable other.
            if id not in found or _worth(answer) > _worth(found[id]):
                found[id] = answer
    if progress:
        progress(name, len(requests), len(requests))
    return {id: found.get(id, Unreadable(id, "the source made no request about it")) for id in dict.fromkeys(ids)}


def _worth(reply: Reply) -> int:
    return 0 if isinstance(reply, Unreadable) else 1 if isinstance(reply, Failure) else 2


def search(
    questions: Mapping[str, Mapping[str, Request]],
    read: Callable[[str, Body], Sequence[Work] | None],
    get: Get,
    progress: Progress | None = None,
) -> dict[str, dict[str, Sequence[Work] | Failure]]:
    """What was found for each question (by a key of the caller's), by source; the sources are asked side by side."""
    by_source: dict[str, list[tuple[str, Request]]] = {}
    for key, requests in questions.items():
        for name, request in requests.items():
            by_source.setdefault(name, []).append((key, request))

    def searched(name: str, asked: Sequence[tuple[str, Request]]) -> list[tuple[str, Sequence[Work] | Failure]]:
        found: list[tuple[str, Sequence[Work] | Failure]] = []
        for done, (key, request) in enumerate(asked, start=1):
            body = get(request)
            works = body if isinstance(body, Failure) else read(name, body)
            found.append((key, Failure(request.url, "the answer cannot be read") if works is None else works))
            if progress:
                progress(f"{name} (titles)", done, len(asked))
        return found

    pool = ThreadPoolExecutor(max_workers=max(1, len(by_source)), thread_name_prefix="search")
    results: dict[str, dict[str, Sequence[Work] | Failure]] = {key: {} for key in questions}
    try:
        running = {name: pool.submit(searched, name, asked) for name, asked in by_source.items()}
        for name, work in running.items():
            for key, found in work.result():
                results[key][name] = found
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
    return results
