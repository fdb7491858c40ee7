"""How much of a list stays as it was: `init --from`, `import` and `build` over made and given lists.

    python -m benchmarks.look                    # 12 made lists of each container, the shapes of tests/formats/lists
    python -m benchmarks.look FILE.md ...        # lists at hand

For each list: lines, rows, rows that a form makes, the share of lines unchanged after the first build, whether a second
build changes nothing, and for made lists whether a paper that is added changes no other line and, taken out again,
leaves the list as it was.
"""

from __future__ import annotations

import difflib
import sys
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from fedbib.cli import cli
from fedbib.model.identifier import Scheme
from tests.formats.lists import layouts, shapes
from tests.formats.lists.layouts import Made

RECORD = """ids = {{ arxiv = "{}" }}
topics = []
[links]
code = "https://github.com/ours/added"
[pin]
title = "Counting Every Line of a List that Stays the Same"
author = ["Ho, Ann", "Ruiz, Marco"]
issued = "{}"
"""


@dataclass(frozen=True, slots=True)
class Score:
    lines: int
    unchanged: int
    rows: int
    fitting: int
    is_stable: bool
    added: int = -1
    """Lines of others that a new paper changed; -1 where none was added."""
    is_back: bool = True
    error: str = ""


def run(folder: Path, *words: str) -> tuple[int, str]:
    done = CliRunner().invoke(cli, ["-C", str(folder), *words], standalone_mode=False)
    failed = f"{type(done.exception).__name__}: {done.exception}" if done.exception else ""
    return (1 if failed else int(done.return_value or 0)), failed


def kept_lines(before: str, after: str) -> int:
    matcher = difflib.SequenceMatcher(None, before.split("\n"), after.split("\n"), autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks())


def score(text: str, folder: Path, *, adding: bool = False) -> Score:
    """What becomes of a list; the folder is empty."""
    from fedbib.build.look import filling, spelled
    from fedbib.formats.lists.lexicon import built_in
    from fedbib.formats.look.learn import learnt

    readme = folder / "README.md"
    readme.write_text(text, "utf-8", newline="")
    lines = text.count("\n") + 1
    lexicon = built_in()
    found = learnt(text, lexicon, spelled(lexicon.register), filling)
    _, failed = run(folder, "init", "--from", "README.md")
    if failed:
        return Score(lines, lines, found.rows, 0, True, error=failed)
    settings = folder / "fedbib.toml"
    settings.write_text("site = false\n" + settings.read_text("utf-8"), "utf-8")
    run(folder, "import", str(readme))
    _, failed = run(folder, "build")
    if failed:
        return Score(lines, 0, found.rows, found.fitting, False, error=failed)
    first = readme.read_bytes().decode()
    run(folder, "build")
    is_stable = readme.read_bytes().decode() == first
    added, is_back, error = (-1, True, "")
    if adding:
        added, is_back, error = _added(folder, readme, first)
    return Score(lines, kept_lines(text, first), found.rows, found.fitting, is_stable, added, is_back, error)


def _added(folder: Path, readme: Path, first: str) -> tuple[int, bool, str]:
    record = folder / "entries/ho2024counting.toml"
    record.write_text(RECORD.format("2406.00001", "2024"), "utf-8")
    _, failed = run(folder, "build")
    if failed:
        return 0, False, failed
    text = readme.read_bytes().decode()
    lost = first.count("\n") + 1 - kept_lines(first, text)
    is_there = "Counting Every Line" in text
    record.unlink()
    _, failed = run(folder, "build")
    return (lost if is_there else 999), readme.read_bytes().decode() == first, failed


def made(count: int) -> dict[str, list[str]]:
    """Lists by their container."""
    found: dict[str, list[str]] = defaultdict(list)
    seed = 0
    while any(len(found[container]) < count for container in layouts.CONTAINERS):
        one = layouts.made(seed)
        if len(found[one.layout.container]) < count:
            found[one.layout.container].append(_fitted(one))
        seed += 1
    papers = [paper for paper in shapes.PAPERS if f"{paper.get('year', 2024)}"[2:] == paper["arxiv"][:2]]
    for shape in shapes.SHAPES:
        found[f"shape {shape}"].append(shapes.written(shape, papers[:100]))
    return found


def _fitted(one: Made) -> str:
    """A made list whose preprints are of the year that it says: else the year would be a fault to mend."""
    text = one.text
    for paper in one.papers:
        if paper.id and paper.id.scheme is Scheme.ARXIV and paper.year:
            text = text.replace(paper.id.value, f"{paper.year % 100:02}{paper.id.value[2:]}")
    return text


def main() -> None:
    groups = {Path(name).name: [Path(name).read_text("utf-8")] for name in sys.argv[1:]} or made(12)
    print("list                  lists  lines  unchanged  rows  by a form  stable  added alone  back  failed")
    every: list[Score] = []
    for name, texts in groups.items():
        scores = []
        for number, text in enumerate(texts):
            with tempfile.TemporaryDirectory() as folder:
                scores.append(score(text, Path(folder), adding=not sys.argv[1:]))
            if scores[-1].error:
                print(f"  {name} {number}: {scores[-1].error[:300]}", file=sys.stderr)
        every += scores
        print(_row(name, scores))
    print(_row("all", every))


def _row(name: str, scores: list[Score]) -> str:
    lines, kept = sum(each.lines for each in scores), sum(each.unchanged for each in scores)
    rows, fitting = sum(each.rows for each in scores), sum(each.fitting for each in scores)
    alone = [each for each in scores if each.added >= 0]
    return (
        f"{name[:20]:20} {len(scores):6} {lines:6} {kept / max(1, lines):10.2%} {rows:5} {fitting / max(1, rows):10.1%}"
        f" {sum(each.is_stable for each in scores):7} {sum(each.added == 0 for each in alone):7}/{len(alone)}"
        f" {sum(each.is_back for each in alone):5} {sum(bool(each.error) for each in scores):7}"
    )


if __name__ == "__main__":
    main()
