"""A run that ends at any file operation, by a kill or because the system refuses, leaves each file old or new.

The same command, run again, finishes the work. The operations are counted, not listed: whatever a command does is in.
Where it does the same to many files of one folder and kind, the first, the last and one between stand for all.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from fedbib.disk.cache import cache_folder
from fedbib.model.claim import Claim
from fedbib.model.finding import Code, Finding
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.proposal import Proposal
from fedbib.model.work import ItemType, Work
from fedbib.records.claimfile import render
from fedbib.records.folder import Entries
from tests.commands.conftest import SEED, Runner
from tests.dying import REFUSALS, Disk, Killed
from tests.standin.server import Standin
from tests.thorough import some

TITLE = "On the Convergence of Zeroth-Order Federated Tuning in Large Language Models"
ARXIV, DOI = Identifier(Scheme.ARXIV, "2402.05926"), Identifier(Scheme.DOI, "10.1145/3637528.3671865")
CLAIM = Claim("arxiv", Work(type=ItemType.ARTICLE, title=TITLE, arxiv=ARXIV.value), ARXIV)
PUBLISHED = Work(type=ItemType.PAPER_CONFERENCE, title=TITLE, DOI=DOI.value)
SEARCHED = Finding.of(Code.SEARCHED, source="dblp")
LINKED = Claim("crossref", PUBLISHED, DOI, link=(SEARCHED,))
ANSWER = """<?xml version="1.0" encoding="UTF-8"?>
<collection id="2023.acl"><volume id="demo"><meta><booktitle>Demos</booktitle><year>2023</year></meta>
<paper id="54"><title>Petals: Collaborative Inference and Fine-tuning of Large Models</title>
<author><first>Alexander</first><last>Borzunov</last></author><url>2023.acl-demo.54</url></paper></volume></collection>
"""

Settings = Callable[[Mapping[str, Mapping[str, str]]], str]


def small(run: Runner) -> None:
    """Two records of one paper and a third, built; no references, because pandoc takes its time."""
    run.put("fedbib.toml", 'name = "fedllm"\ntitle = "FedLLM"\nstyle = ""\n')
    run.put("entries/ling.toml", f'# {TITLE}\nids = {{ arxiv = "{ARXIV.value}" }}\ntopics = ["a"]\n')
    run.put("entries/claims/ling.json", render([CLAIM], [Proposal(DOI, (SEARCHED,), PUBLISHED)]))
    run.put(
        "entries/twin.toml", f'ids = {{ arxiv = "{ARXIV.value}" }}\ntopics = ["b"]\n[links]\ncode = "https://x.org/"\n'
    )
    run.put("entries/claims/twin.json", render([Claim("import", Work(title=TITLE), origin="list.md")]))
    run.put("entries/other.toml", '[pin]\ntype = "article"\ntitle = "Another paper"\nauthor = ["Doe, Jane"]\n')
    assert run("build").code == 0


def for_import(run: Runner) -> tuple[str, ...]:
    run.put("fedbib.toml", 'name = "fedllm"\nstyle = ""\n')
    return "import", str(SEED)


def for_build(run: Runner) -> tuple[str, ...]:
    small(run)
    (run.root / "entries/twin.toml").unlink()  # one page goes, one comes, most change
    (run.root / "entries/claims/twin.json").unlink()
    run.put(
        "entries/new.toml", '[pin]\ntype = "article"\ntitle = "A new paper"\nauthor = ["Roe, Ann"]\nissued = "2024"\n'
    )
    return ("build",)


def for_first_build(run: Runner) -> tuple[str, ...]:
    run.put("fedbib.toml", 'name = "fedllm"\nstyle = ""\nsite = false\n')
    run.put(
        "entries/new.toml", '[pin]\ntype = "article"\ntitle = "A new paper"\nauthor = ["Roe, Ann"]\nissued = "2024"\n'
    )
    return ("build",)


def for_rename(run: Runner) -> tuple[str, ...]:
    small(run)
    return "rename", "ling", "ling2024convergence"


def for_pattern(run: Runner) -> tuple[str, ...]:
    small(run)
    return "rename", "--pattern", "title_year"


def for_merge(run: Runner) -> tuple[str, ...]:
    small(run)
    return "merge", "ling", "twin"


def for_accept(run: Runner) -> tuple[str, ...]:
    small(run)
    return "accept", "ling", str(DOI)


def for_reject(run: Runner) -> tuple[str, ...]:
    small(run)
    run.put("entries/claims/ling.json", render([CLAIM, LINKED]))
    return "reject", "ling", str(DOI)


def for_sync(run: Runner) -> tuple[str, ...]:
    small(run)
    run.put("entries/petals.toml", 'ids = { acl = "2023.acl-demo.54" }\n')
    saved = run.put("../2023.acl.xml", ANSWER)
    return "sync", "--from", str(saved), "--source", "acl"


def for_export(run: Runner) -> tuple[str, ...]:
    small(run)
    run.put("mine/refs.bib", "old")
    return "export", "-o", str(run.root / "mine/refs.bib")


def for_init(run: Runner) -> tuple[str, ...]:
    shutil.rmtree(run.root)
    run.root.mkdir()
    return "init", "--name", "mine"


CASES = [
    *(for_import, for_build, for_first_build, for_rename, for_pattern, for_merge),
    *(for_accept, for_reject, for_sync, for_export, for_init),
]


class Scene:
    """A collection before a command, what the command makes of it, and how many operations that takes."""

    def __init__(self, run: Runner, words: tuple[str, ...]) -> None:
        self._run, self.words = run, words
        self.start = run.root.parent / "before"
        shutil.copytree(run.root, self.start)
        self.before = run.files()
        self._forget()
        disk = Disk()
        with disk.watched():
            result = run(*words)
        assert result.code == 0, result.err
        self.after = run.files()
        self.operations = disk.done
        self.chosen = chosen(disk.done, run.root)
        assert self.after != self.before

    @staticmethod
    def _forget() -> None:
        """Begin without a cache, so that every run takes the same steps."""
        shutil.rmtree(cache_folder(), ignore_errors=True)

    def restore(self) -> None:
        shutil.rmtree(self._run.root)
        shutil.copytree(self.start, self._run.root)
        self._forget()

    def again(self, last: int, refusal: int = 0) -> int | None:
        """Run the command on the collection as it was, to the operation where it ends; the exit code, if it has one."""
        self.restore()
        try:
            with Disk(last, refusal).watched():
                result = self._run(*self.words)
        except Killed:
            return None
        assert "Traceback" not in result.err
        assert result.code == 0 or "Error: " in result.err, result.err
        return result.code

    def check_nothing_is_torn(self) -> None:
        found = self._run.files()
        for path in found.keys() | self.before.keys() | self.after.keys():
            if not Path(path).name.startswith(".fedbib-"):
                assert found.get(path) in self.allowed(path), path

    def allowed(self, path: str) -> tuple[bytes | None, ...]:
        return self.before.get(path), self.after.get(path)

    def check_it_can_be_finished(self) -> None:
        result = self._run(*self.words)
        if result.code and self.words[0] == "init":
            assert "is already a collection" in result.err
        else:
            assert result.code == 0, result.err
        assert self._run.files() == self.after


def chosen(operations: Sequence[tuple[str, str]], root: Path) -> list[int]:
    """The numbers, from 1, of the operations to stop at: of each kind of operation the first, the middle and the last.

    A kind is what is done, in which folder, to files of which ending; files that are being written have names of the
    moment, and the operations on an open file are of the kind of that file.
    """
    kinds, file = defaultdict[tuple[str, ...], list[int]](list), ""
    for number, (name, path) in enumerate(operations, 1):
        file = path or file
        kinds[name, os.path.relpath(Path(file).parent, root), Path(file).suffix].append(number)
    return sorted({numbers[at] for numbers in kinds.values() for at in (0, len(numbers) // 2, -1)})


def said(root: Path) -> set[str]:
    """Every identifier, topic, link and claim that the records of a collection hold."""
    records = Entries(root / "entries").load().records
    return {
        text
        for record in records
        for text in (
            *map(str, record.ids),
            *record.topics,
            *(link.url for link in record.links),
            *(f"{claim.source} {claim.says.title}" for claim in record.claims),
        )
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__.removeprefix("for_"))
def test_killed_at_any_operation(run: Runner, case: Callable[[Runner], tuple[str, ...]]) -> None:
    scene = Scene(run, case(run))
    lasting = said(scene.start) & said(run.root)
    assert len(scene.operations) >= 4
    for last in scene.chosen:
        assert scene.again(last) is None
        scene.check_nothing_is_torn()
        assert said(run.root) >= lasting, scene.operations[last - 1]
        scene.check_it_can_be_finished()


REFUSED = [
    *((case, "ENOSPC") for case in CASES),
    *((case, refusal) for case in (for_rename, for_build) for refusal in REFUSALS if refusal != "ENOSPC"),
]


@pytest.mark.parametrize(("case", "refusal"), REFUSED, ids=lambda value: getattr(value, "__name__", value))
def test_refused_from_any_operation_on(run: Runner, case: Callable[[Runner], tuple[str, ...]], refusal: str) -> None:
    scene = Scene(run, case(run))
    for last in some(scene.chosen, 3 if refusal == "ENOSPC" else 7):
        code = scene.again(last, REFUSALS[refusal])
        assert code in (0, 1)
        scene.check_nothing_is_torn()
        assert (run.files() == scene.after) or code == 1, scene.operations[last - 1]
        scene.check_it_can_be_finished()


def test_add_killed_at_any_operation(run: Runner, standin: Standin, at: Settings) -> None:
    run.put("fedbib.toml", at(standin.bases))
    scene = Scene(run, ("add", "2310.15080", "2023.acl-demo.54"))
    for last in scene.chosen:
        assert scene.again(last) is None
        scene.check_nothing_is_torn()
        scene.check_it_can_be_finished()


KILLER = """
import os, signal, sys
sys.path.insert(0, sys.argv[1])
from tests.dying import Disk, Killed
disk = Disk(int(sys.argv[2]))
from fedbib.cli import cli
with disk.watched():
    try:
        cli.main(sys.argv[3:], standalone_mode=False)
    except Killed:
        os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize(
    "case", [for_rename, for_merge, for_build], ids=lambda case: case.__name__.removeprefix("for_")
)
def test_a_process_that_is_killed(run: Runner, case: Callable[[Runner], tuple[str, ...]]) -> None:
    scene = Scene(run, case(run))
    count = len(scene.operations)
    for last in (count // 4, count // 2, count - 2):
        scene.restore()
        words = ["-C", str(run.root), *scene.words]
        command = [sys.executable, "-c", KILLER, str(Path(__file__).parents[2]), str(last), *words]
        done = subprocess.run(command, capture_output=True, timeout=120, check=False)
        assert done.returncode == -signal.SIGKILL, done.stderr
        scene.check_nothing_is_torn()
        scene.check_it_can_be_finished()


@pytest.mark.parametrize(
    ("words", "new", "old"),
    [
        pytest.param(("rename", "ling", "new"), "new", "ling", id="rename"),
        pytest.param(("merge", "ling", "twin"), "ling", "twin", id="merge"),
    ],
)
def test_what_is_new_is_on_disk_before_what_is_old_goes(
    run: Runner, words: tuple[str, ...], new: str, old: str
) -> None:
    small(run)
    with Disk().watched() as disk:
        assert run(*words).code == 0
    steps = [
        (name, Path(path).relative_to(run.root / "entries").as_posix())
        for name, path in disk.done
        if path.endswith((".toml", ".json")) and str(run.root / "entries") in path
    ]
    assert steps == [
        ("replace", f"claims/{new}.json"),
        ("replace", f"{new}.toml"),
        ("unlink", f"{old}.toml"),
        ("unlink", f"claims/{old}.json"),
    ]


def test_a_rename_does_not_take_over_another_record(run: Runner) -> None:
    small(run)
    before = run.files()
    result = run("rename", "ling", "other")
    assert result.code == 1
    assert "'other' is the key or an alias of other" in result.err
    assert run.files() == before


def test_claims_that_a_killed_run_left_are_not_those_of_a_new_record(run: Runner) -> None:
    from fedbib.model.record import Record

    run.put("entries/claims/new.json", render([CLAIM]))
    entries = Entries(run.root / "entries")
    entries.write_new(Record("new", topics=("a",)), "A title")
    assert entries.load().records == (Record("new", topics=("a",)),)
