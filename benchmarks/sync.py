"""What a sync costs: `python -m benchmarks.sync`.

For collections of 200, 2,000 and 20,000 records (40 % arXiv, 40 % Crossref, 20 % ACL Anthology) the requests and the least
time per host, at the pace the program keeps, beside the floor (full batches) and beside one request per identifier; and the
program's own time for 2,000 records without any waiting, against answers in the wire formats.
"""

from __future__ import annotations

import math
import time
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from fedbib.ids.identify import normal
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.record import Record
from fedbib.net.messages import Body, Failure, Request
from fedbib.sources import SOURCES
from fedbib.sources.asking import ask
from fedbib.sources.rules import rules
from fedbib.sync.ask import Replies, asked, questions, resolve
from fedbib.sync.due import load
from fedbib.sync.network import paces
from fedbib.sync.refresh import refresh
from fedbib.words.venues import register
from tests.standin.wire import SERVICES, Paper

SIZES = (200, 2_000, 20_000)
FLOOR = {"arxiv": 100, "crossref": 50}
ASKED = ("arxiv", "crossref", "acl")


def paper(number: int) -> Paper:
    """The paper of a number, with one identifier: arXiv's, a DOI or the Anthology's."""
    made: dict[str, object] = {
        "title": f"System{number}: Federated Tuning of Large Language Models for Task {number}",
        "authors": [["Ann", f"Author{number % 977}"], ["Bo", "Writer"]],
        "booktitle": "Proceedings of the 2023 Conference on Empirical Methods in Natural Language Processing",
        "publisher": "Association for Computational Linguistics",
        "year": 2023,
        "month": 12,
        "place": "Singapore",
        "pages": f"{number + 1}-{number + 9}",
    }
    match number % 5:
        case 0 | 1:
            id = f"{20 + number // 90_000:02d}{1 + number % 12:02d}.{1 + number % 90_000:05d}"
            made["arxiv"] = {"id": id, "version": 1, "published": "2023-10-23T16:37:59Z", "class": "cs.LG"}
        case 2 | 3:
            made |= {"doi": f"10.9999/{number}", "agency": "Crossref"}
        case _:
            made |= {"acl": f"2023.emnlp-main.{number + 1}", "doi": f"10.18653/v1/2023.emnlp-main.{number + 1}"}
    return made


def identifier(paper: Paper) -> Identifier:
    if "arxiv" in paper:
        return Identifier(Scheme.ARXIV, paper["arxiv"]["id"])
    return Identifier(Scheme.ACL, paper["acl"]) if "acl" in paper else normal(Scheme.DOI, paper["doi"])


def requests(count: int) -> None:
    jobs = {name: ids for name, ids in questions([identifier(paper(n)) for n in range(count)]).items() if name in ASKED}
    bases = {name: source.bases for name, source in SOURCES.items()}
    for row in load(jobs, SOURCES, bases, paces(bases)):
        floor = math.ceil(row.ids / FLOOR[row.source]) if row.source in FLOOR else 1
        single = (row.ids - 1) * SOURCES[row.source].pace
        print(
            f"{count:>8,}  {row.host:<28}{row.ids:>7}{row.requests:>10}{floor:>8}{row.requests / floor:>8.2f} x"
            f"{row.seconds:>10.0f} s{single:>12.0f} s"
        )


def own_time(count: int) -> float:
    """CPU seconds to ask, read, settle and compare `count` new records, answers at hand."""
    papers = [paper(number) for number in range(count)]
    prefixes = {"arxiv": "/arxiv/api", "crossref": "/crossref", "acl": "/anthology"}
    bases: dict[str, dict[str, str]] = {
        name: {base: f"http://x{prefixes.get(name, '')}" for base in source.bases} for name, source in SOURCES.items()
    }
    bases["acl"] = {"site": "http://x/anthology", "data": "http://x/anthology-data"}

    def get(request: Request) -> Body | Failure:
        path, _, query = urlsplit(request.url).path, "", urlsplit(request.url).query
        prefix = max((start for start in SERVICES if path.startswith(f"{start}/")), key=len, default="")
        if not prefix:
            return Failure(request.url, "not part of this")
        answer = SERVICES[prefix](papers, path.removeprefix(prefix), query)
        return Body(answer.status, answer.content, answer.media_type)

    def answered(jobs: Mapping[str, Sequence[Identifier]]) -> Replies:
        return ask({name: ids for name, ids in jobs.items() if name in ASKED}, SOURCES, bases, get)

    records = [Record(f"key{number}", ids=(identifier(one),)) for number, one in enumerate(papers)]
    start = time.process_time()
    replies = resolve([id for record in records for id in asked(record)], answered)
    by = rules(register())
    for record in records:
        refresh(record, replies, by)
    return time.process_time() - start


def main() -> None:
    print(
        f"{'records':>8}  {'host':<28}{'ids':>7}{'requests':>10}{'floor':>8}{'ratio':>10}{'least':>12}{'one by one':>14}"
    )
    for count in SIZES:
        requests(count)
    print(f"\nown time for 2,000 records: {own_time(2_000):.2f} s (target 5 s)")


if __name__ == "__main__":
    main()
