"""Walk through months of labelled records as a maintainer would: `python -m benchmarks.discover FOLDER [PICTURE.svg]`.

FOLDER holds `arxiv-*.jsonl` (or `.jsonl.gz`), a record a line with `id`, `day`, `title`, `authors`, `categories`,
`abstract`, and `labels.jsonl`, a line `{"id": ..., "label": 0, 1 or 2}` for some of them; the others count as 0.
Each week the papers above the line are answered by their labels (2 taken, 0 declined, 1 left alone), `discover`
learns, and the next week follows. The collection is that of this repository as it would have stood on the first day:
without what is in the records and without newer papers. Of its papers only titles are known.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from fedbib.collection import Collection
from fedbib.discover.declined import Declined
from fedbib.discover.judge import Answers, Candidate, judged, work_of
from fedbib.discover.saved import read
from fedbib.discover.words import Words
from fedbib.intake.known import Known
from fedbib.match.works import title_words
from fedbib.model.claim import Claim
from fedbib.model.listed import Listed
from fedbib.model.record import Record

ROOT = Path(__file__).parents[1]
TAKE, DECLINE = 2, 0
BACKGROUND = 3000


@dataclass
class Week:
    """What a week came to."""

    name: str
    due: int
    """Papers of the week with label 2."""
    first: int
    """How many of them are among the five best of the week's papers."""
    shown: int = 0
    taken: int = 0


@dataclass
class Walk:
    weeks: list[Week] = field(default_factory=list)
    read: list[bool] = field(default_factory=list)
    """Per paper answered, in order, whether it was taken."""
    missed: list[str] = field(default_factory=list)
    total: int = 0


def main(folder: Path, picture: Path | None) -> None:
    papers, labels = load(folder)
    collection = Collection.open(ROOT)
    answers = before(collection, papers)
    print(f"{len(papers)} records, {Counter(labels.values())}, {len(answers.known.records)} papers to begin with")
    start = time.perf_counter()
    walk = walked(papers, labels, answers, Words.of(collection.settings.discover))
    print(f"walked in {time.perf_counter() - start:.0f} s")
    tell(walk)
    if picture:
        picture.write_text(drawn(walk), "utf-8")
    many = (papers * (75_000 // len(papers) + 1))[:75_000]
    for name, words in (("the settings' words", Words.of(collection.settings.discover)), ("no words", Words())):
        start = time.perf_counter()
        queue = judged(many, before(collection, papers), words)
        print(f"{queue.listed} records judged with {name} in {time.perf_counter() - start:.1f} s")


def load(folder: Path) -> tuple[list[Listed], dict[str, int]]:
    """The records, each once, oldest first, and the labels by arXiv id."""
    found: dict[str, Listed] = {}
    for path in sorted(folder.glob("arxiv-*.jsonl*")):
        for paper in read(path)[1]:
            found.setdefault(paper.id.value, paper)
    lines = (folder / "labels.jsonl").read_text("utf-8").splitlines()
    labels = {row["id"]: int(row["label"]) for row in map(json.loads, filter(None, lines))}
    return sorted(found.values(), key=lambda paper: (paper.day or date.min, paper.id.value)), labels


def before(collection: Collection, papers: Sequence[Listed]) -> Answers:
    """The collection as it would have stood before the first record."""
    ids, titles = {paper.id for paper in papers}, {folded(paper.title) for paper in papers}
    first = min(paper.day for paper in papers if paper.day)
    records = collection.load().records
    known = Known(records, collection.rules)

    def is_older(record: Record) -> bool:
        said = {id for claim in record.claims for id in (*claim.says.ids, *record.ids)}
        preprints = [id.value for id in said if id.is_preprint]
        named = {folded(claim.says.title) for claim in record.claims}
        year = known.settled(record.key).year
        return (
            not said & ids
            and not named & titles
            and (min(preprints) < f"{first:%y%m}" if preprints else year is not None and year < first.year)
        )

    return Answers(Known(filter(is_older, records), collection.rules), ())


def folded(title: str) -> str:
    return title_words(title).replace(" ", "")


def walked(papers: Sequence[Listed], labels: Mapping[str, int], answers: Answers, words: Words) -> Walk:
    """The walk; what came before and has none of the words is background, of which a part is enough."""
    walk = Walk(total=sum(labels.get(paper.id.value, 0) == TAKE for paper in papers))
    weeks: dict[str, list[Listed]] = {}
    for paper in papers:
        weeks.setdefault("{}-{:02}".format(*(paper.day or date.min).isocalendar()[:2]), []).append(paper)
    held: list[Listed] = []
    for name, new in weeks.items():
        queue = judged([*held, *new], answers, words)
        own = {paper.id for paper in new}
        best = [one for one in queue.candidates if one.paper.id in own][:5]
        week = Week(name, count(new, labels), count((one.paper for one in best), labels))
        answers = answered([one for one in queue.candidates if one.above], labels, answers, week, walk)
        walk.weeks.append(week)
        let = [paper for paper in new if words.takes(paper.title, paper.abstract)]
        held += let
        rest = {paper.id for paper in let}
        if len(held) < BACKGROUND:
            held += [paper for paper in new if paper.id not in rest][:200]
    taken = {id.value for record in answers.known.records.values() for id in record.ids}
    walk.missed = [
        f"{paper.id.value} {paper.title}"
        for paper in papers
        if labels.get(paper.id.value) == TAKE and paper.id.value not in taken
    ]
    return walk


def count(papers: Iterable[Listed], labels: Mapping[str, int]) -> int:
    return sum(labels.get(paper.id.value, 0) == TAKE for paper in papers)


def answered(
    shown: Sequence[Candidate], labels: Mapping[str, int], answers: Answers, week: Week, walk: Walk
) -> Answers:
    """A maintainer's answers to what is shown."""
    declined = list(answers.declined)
    for one in shown:
        paper = one.paper
        label = labels.get(paper.id.value, 0)
        if label == TAKE:
            key = f"taken{paper.id.value.replace('.', '')}"
            answers.known.add(Record(key, ids=(paper.id,), claims=(Claim("arxiv", work_of(paper), paper.id),)))
        elif label == DECLINE:
            declined.append(Declined(paper.id, paper.day or date.min, title=paper.title))
        else:
            continue
        week.shown += 1
        week.taken += label == TAKE
        walk.read.append(label == TAKE)
    return Answers(answers.known, tuple(declined))


def tell(walk: Walk) -> None:
    print("weeks           due  taken  recall  shown  precision  shown per taken")
    for part in [*parts(walk.weeks), walk.weeks]:
        due, taken, shown = (sum(getattr(week, name) for week in part) for name in ("due", "taken", "shown"))
        print(
            f"{part[0].name} - {part[-1].name[5:]} {due:>4} {taken:>6} {taken / max(due, 1):>7.3f} {shown:>6} "
            f"{taken / max(shown, 1):>10.3f} {shown / max(taken, 1):>9.2f}"
        )
    busy = [week for week in walk.weeks if week.due]
    whole = sum(week.first == week.due for week in busy)
    print(f"all of a week's papers are among its first five: {whole} of {len(busy)} weeks ({whole / len(busy):.2f})")
    print("missed:", *(walk.missed or ["none"]), sep="\n  ")


def parts(weeks: Sequence[Week]) -> list[Sequence[Week]]:
    size = -(-len(weeks) // 4)
    return [weeks[start : start + size] for start in range(0, len(weeks), size)]


def drawn(walk: Walk) -> str:
    """Cumulative recall against papers read, beside reading in any order what was shown, as SVG."""
    wide, high, left, top = 560, 300, 60, 20
    points, taken = [(0.0, 0.0)], 0
    for number, is_taken in enumerate(walk.read, 1):
        taken += is_taken
        points.append((number / len(walk.read), taken / walk.total))
    line = " ".join(f"{left + x * wide:.1f},{top + (1 - y) * high:.1f}" for x, y in points)
    marks = "".join(
        f'<line x1="{left}" x2="{left + wide}" y1="{top + (1 - y) * high:.0f}" y2="{top + (1 - y) * high:.0f}" stroke="#ddd"/>'
        f'<text x="{left - 8}" y="{top + (1 - y) * high + 4:.0f}" text-anchor="end">{y:.0%}</text>'
        for y in (0, 0.25, 0.5, 0.75, 1)
    ) + "".join(
        f'<text x="{left + x * wide:.0f}" y="{top + high + 18}" text-anchor="middle">{round(x * len(walk.read))}</text>'
        for x in (0, 0.25, 0.5, 0.75, 1)
    )
    ideal = left + wide * min(1.0, walk.total / len(walk.read))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {left + wide + 30} {top + high + 50}" font-family="sans-serif" font-size="12">\n'
        f"<title>Cumulative recall against papers read</title>\n{marks}\n"
        f'<polyline fill="none" stroke="#999" stroke-dasharray="4" points="{left},{top + high} {ideal:.1f},{top} {left + wide},{top}"/>\n'
        f'<polyline fill="none" stroke="#1f5fa8" stroke-width="2" points="{line}"/>\n'
        f'<text x="{left + wide / 2:.0f}" y="{top + high + 40}" text-anchor="middle">papers read, of which {taken} were taken</text>\n'
        f'<text x="{ideal + 6:.0f}" y="{top + 14}" fill="#777">if every paper read were taken</text>\n</svg>\n'
    )


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) == 3 else None)
