"""Measure `fedbib audit` on labelled entries, offline: `python -m benchmarks.audit FOLDER [--index FILE] [--list WHAT]`.

FOLDER holds `hallmark/*.jsonl` (entries with a label, VALID or HALLUCINATED) and `index-sources/` with archives or files
of proceedings. The index is made of those, or taken from a file with `--index`. An entry counts as found when its
verdict is "contradicted", or "confirmed, but" with something to fix. `--list false` prints the false alarms, `--list
missed` the faults that were not found, so that each can be looked at. The figures are given again without the entries
whose label the set has changed (`relabeled_from`). `--registries` asks about what is left open, too: the
services of the tests' stand-in, in their wire formats, which know the papers of the valid entries and nothing else.
"""

from __future__ import annotations

import argparse
import json
import tarfile
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from fedbib.audit import bulk, index, online, run
from fedbib.audit.entries import Entry
from fedbib.audit.judge import Judge
from fedbib.audit.verdict import Audited, Verdict
from fedbib.formats.bib import bibtex
from fedbib.intake.foreign import read_file
from fedbib.match.titles import Title
from fedbib.model.identifier import Identifier
from fedbib.model.work import Work
from fedbib.net.messages import Body, Failure, Request
from fedbib.sources import SOURCES
from fedbib.sources.asking import ask
from fedbib.sync.ask import Replies
from fedbib.sync.publications import Hits
from fedbib.words.venues import register
from tests.standin.wire import SERVICES, Paper

YEAR = 2026
"""The present one for the audit, so that the figures do not change with the calendar."""


def entry(item: dict[str, Any]) -> str:
    """An entry as a .bib has it; some values of the set were cut at a brace, which is closed here."""
    values = {name: value + "}" * (value.count("{") - value.count("}")) for name, value in item["fields"].items()}
    fields = "".join(f"  {name} = {{{value}}},\n" for name, value in values.items())
    return f"@{item['bibtex_type']}{{{item['bibtex_key']},\n{fields}}}\n"


def made(sources: Path, folder: Path) -> Path:
    """An index of the sources."""
    for archive in sources.glob("*.tar.xz"):
        with tarfile.open(archive) as packed:
            packed.extractall(folder, filter="data")
    files = bulk.found([sources, folder])
    start = time.perf_counter()
    works = index.build(
        folder / "index.sqlite", ((file.name, bulk.works(file, read_file)) for file in files), register()
    )
    size = (folder / "index.sqlite").stat().st_size
    print(f"index: {works:,} works of {len(files)} files, {time.perf_counter() - start:.0f} s, {size / 1e6:.0f} MB")
    return folder / "index.sqlite"


ASKED = ("arxiv", "crossref", "datacite", "doi_org", "acl")
BASES: dict[str, dict[str, str]] = {
    name: dict.fromkeys(source.bases, f"http://x/{name}") for name, source in SOURCES.items()
} | {
    "arxiv": {"api": "http://x/arxiv/api"},
    "acl": {"site": "http://x/anthology", "data": "http://x/anthology-data"},
    "doi_org": {"ra": "http://x/doi/ra", "handles": "http://x/doi/api/handles"},
}


def paper(work: Work) -> Paper:
    """A work as the stand-in's services know it."""
    made: dict[str, Any] = {
        "title": work.title,
        "authors": [(name.given, name.family or name.literal) for name in work.author],
        "booktitle": work.container_title,
        "publisher": "",
        "year": work.year or 0,
        "month": 1,
        "pages": work.page.text if work.page else "",
        "place": "",
    }
    if work.arxiv:
        day = f"20{work.arxiv[:2]}-{work.arxiv[2:4]}-01T00:00:00Z"
        made["arxiv"] = {"id": work.arxiv.partition("v")[0], "version": 1, "published": day, "class": "cs.LG"}
    if work.DOI:
        made |= {"doi": work.DOI, "agency": "Crossref"}
    return made | ({"acl": work.acl} if work.acl else {})


def registries(entries: list[Entry], audited: list[Audited], judge: Judge, known: list[Work]) -> tuple[Audited, ...]:
    """The verdicts with what services say that know some works, and nothing else."""
    papers = [paper(work) for work in known if work.ids]

    def get(request: Request) -> Body | Failure:
        parts = urlsplit(request.url)
        prefix = max((start for start in SERVICES if parts.path.startswith(f"{start}/")), key=len, default="")
        if not prefix:
            return Body(404, b"not found", "text/plain")
        answer = SERVICES[prefix](papers, parts.path.removeprefix(prefix), parts.query)
        return Body(answer.status, answer.content, answer.media_type)

    def answered(jobs: Mapping[str, Sequence[Identifier]]) -> Replies:
        return ask({name: ids for name, ids in jobs.items() if name in ASKED}, SOURCES, BASES, get)

    def search(works: Mapping[str, Work]) -> Hits:
        with index.Index.of(known, register(), "search") as found:
            titles = {key: Title.of(work.title) for key, work in works.items()}
            held = {key: found.by_title(title) or found.like(title) for key, title in titles.items()}
            return {key: {"crossref": [one.work for one in those]} for key, those in held.items()}

    return run.again(entries, audited, judge, online.ask(entries, audited, answered, search, judge.indexes[0].names))


def judged(path: Path, judge: Judge, *, ask_registries: bool) -> Iterator[tuple[dict[str, Any], Audited]]:
    items = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    readings = [bibtex.parse(entry(item)) for item in items]
    unread = [item["bibtex_key"] for item, reading in zip(items, readings, strict=True) if not reading.works]
    if unread:
        print("not read:", *unread)
        pairs = [pair for pair in zip(items, readings, strict=True) if pair[1].works]
        items, readings = [item for item, _ in pairs], [reading for _, reading in pairs]
    start = time.perf_counter()
    found = [judge.judged(reading.works[0], reading.values[0]) for reading in readings]
    print(f"{path.name}: {len(items)} entries, {1000 * (time.perf_counter() - start) / len(items):.1f} ms each")
    if ask_registries:
        entries = [Entry(each.works[0], str(path), 1, each.values[0]) for each in readings]
        known = [entry.work for entry, item in zip(entries, items, strict=True) if item["label"] == "VALID"]
        found = list(registries(entries, found, judge, known))
    yield from zip(items, found, strict=True)


def is_disputed(item: dict[str, Any]) -> bool:
    """Whether the set itself has changed its mind on the label of an entry."""
    return bool(item.get("relabeled_from", item["label"]) != item["label"])


def rates(results: list[tuple[dict[str, Any], Audited]]) -> None:
    """How many faults were found, and how many entries without one were taken for one."""
    faults = [each for item, each in results if item["label"] != "VALID"]
    valid = [each for item, each in results if item["label"] == "VALID"]
    right, wrong = sum(each.is_fault for each in faults), sum(each.is_fault for each in valid)
    precision, recall = right / max(right + wrong, 1), right / len(faults)
    print(
        f"detection {recall:.3f} ({right} of {len(faults)}), false alarms {wrong / len(valid):.3f} ({wrong} of ", end=""
    )
    print(f"{len(valid)}), precision {precision:.3f}, F1 {2 * precision * recall / (precision + recall or 1):.3f}")


def told(results: list[tuple[dict[str, Any], Audited]]) -> None:
    """The figures."""
    rates(results)
    if disputed := sum(is_disputed(item) for item, _ in results):
        print(f"without the {disputed} entries whose label the set has changed:")
        rates([pair for pair in results if not is_disputed(pair[0])])
    valid = [each for item, each in results if item["label"] == "VALID"]
    open_ = Counter(each.verdict is Verdict.UNDETERMINED for _, each in results)
    print(
        f"undetermined {open_[True]} of {len(results)}; confirmed {sum(each.verdict is Verdict.CONFIRMED for each in valid)} valid"
    )
    kinds = Counter(
        (item["label"] != "VALID", note.kind.value) for item, each in results for note in each.notes if note.is_sure
    )
    for kind in sorted({kind for _, kind in kinds}):
        print(f"  {kind:<16} right {kinds[True, kind]:>4}  wrong {kinds[False, kind]:>3}")
    by_type = Counter((item["hallucination_type"], each.is_fault) for item, each in results if item["label"] != "VALID")
    for kind in sorted({kind for kind, _ in by_type}):
        print(f"  {kind:<24} {by_type[kind, True]:>3} of {by_type[kind, True] + by_type[kind, False]}")


def listed(results: list[tuple[dict[str, Any], Audited]], what: str) -> None:
    for item, each in results:
        if each.is_fault == (what == "false") and (item["label"] == "VALID") == (what == "false"):
            print(
                json.dumps(item["fields"], ensure_ascii=False),
                "|",
                item.get("hallucination_type"),
                "|",
                item["explanation"][:120],
            )
            for note in each.notes:
                print("   ", note.kind, note.is_sure, note.field, "|", note.ours[:150], "|", note.theirs[:150])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--index", type=Path)
    parser.add_argument("--list", choices=("false", "missed"))
    parser.add_argument("--registries", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = asked.index or made(asked.folder / "index-sources", Path(folder))
        with index.Index.open(path, register()) as base:
            judge = Judge((base,), YEAR)
            results = [
                pair
                for file in sorted((asked.folder / "hallmark").glob("*.jsonl"))
                for pair in judged(file, judge, ask_registries=asked.registries)
            ]
            told(results)
            if asked.list:
                listed(results, asked.list)


if __name__ == "__main__":
    main()
