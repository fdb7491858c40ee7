from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, suppress
from pathlib import Path

import pytest

from fedbib.model.claim import Claim
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.work import Work
from fedbib.net.messages import Failure
from fedbib.sources.base import Elsewhere, NotFound, Unreadable
from fedbib.sync.memory import Heard, State

ONE, TWO, THREE = (Identifier(Scheme.DOI, f"10.1145/{number}") for number in (1, 2, 3))
CLAIM = Claim("crossref", Work(title="T"), ONE)

Open = Callable[[Path], State]


@pytest.fixture
def opened() -> Iterator[Open]:
    """A state that is closed at the end."""
    with ExitStack() as stack:
        yield lambda path: stack.enter_context(closing(State(path)))


def test_answers_are_kept_until_they_are_used(tmp_path: Path, opened: Open) -> None:
    path = tmp_path / "answers.sqlite"
    state = opened(path)
    state.note("crossref", {ONE: CLAIM, TWO: NotFound(TWO)}, 5.0)
    state.note("doi_org", {THREE: Elsewhere(THREE, "JaLC")}, 6.0)
    state.close()
    state = opened(path)
    assert state.heard() == {
        ("crossref", ONE): Heard(5.0, "claim", CLAIM),
        ("crossref", TWO): Heard(5.0, "missing", NotFound(TWO)),
        ("doi_org", THREE): Heard(6.0, "elsewhere", Elsewhere(THREE, "JaLC")),
    }
    state.used([("crossref", ONE)])
    state.forget([("crossref", TWO)])
    assert state.heard() == {
        ("crossref", ONE): Heard(5.0, "claim"),
        ("doi_org", THREE): Heard(6.0, "elsewhere", Elsewhere(THREE, "JaLC")),
    }


def test_what_says_nothing_is_not_kept(tmp_path: Path, opened: Open) -> None:
    state = opened(tmp_path / "answers.sqlite")
    state.note("crossref", {ONE: Failure("https://x", "HTTP 503"), TWO: Unreadable(TWO, "no JSON")}, 5.0)
    assert state.heard() == {}


def test_a_broken_file_is_begun_anew_and_kept_beside(tmp_path: Path, opened: Open) -> None:
    path = tmp_path / "answers.sqlite"
    path.write_bytes(b"not a database, however long it may be" * 100)
    state = opened(path)
    assert "is damaged; a new one was started" in state.trouble
    assert state.is_damaged
    assert (tmp_path / "answers.sqlite.broken").read_bytes().startswith(b"not a database")
    state.note("crossref", {ONE: CLAIM}, 5.0)
    state.close()
    state = opened(path)
    assert list(state.heard()) == [("crossref", ONE)]
    assert state.trouble == ""


def test_a_file_damaged_in_the_middle_is_begun_anew(tmp_path: Path, opened: Open) -> None:
    path = tmp_path / "answers.sqlite"
    state = opened(path)
    state.note("crossref", {Identifier(Scheme.DOI, f"10.1145/{number}"): CLAIM for number in range(500)}, 5.0)
    state.close()
    content = bytearray(path.read_bytes())
    content[4096 * 2 :] = b"\xff" * (len(content) - 4096 * 2)
    path.write_bytes(content)
    state = opened(path)
    assert state.heard() == {}
    assert "is damaged" in state.trouble
    state.note("crossref", {ONE: CLAIM}, 5.0)
    state.close()
    assert list(opened(path).heard()) == [("crossref", ONE)]


def test_a_file_that_is_damaged_while_it_is_used_keeps_what_is_noted_then(tmp_path: Path, opened: Open) -> None:
    path = tmp_path / "answers.sqlite"
    state = opened(path)
    state.note("crossref", {Identifier(Scheme.DOI, f"10.1145/{number}"): CLAIM for number in range(500)}, 5.0)
    state.close()
    state = opened(path)
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (path.stat().st_size - 4096))
    assert state.trouble == ""
    state.note("crossref", {ONE: CLAIM}, 6.0)
    assert state.is_damaged
    assert state.heard() == {("crossref", ONE): Heard(6.0, "claim", CLAIM)}


def test_what_cannot_be_noted_is_no_damage(tmp_path: Path, opened: Open) -> None:
    path = tmp_path / "answers.sqlite"
    state = opened(path)
    state.note("crossref", {ONE: CLAIM}, 5.0)
    state.close()
    state.note("crossref", {TWO: CLAIM}, 5.0)
    assert (state.trouble, state.is_damaged) == ("", False)
    assert list(opened(path).heard()) == [("crossref", ONE)]


@pytest.mark.parametrize("column", ["at = 'abc'", "at = null", "id = 'x'", "id = 5", "kind = 7", "source = null"])
def test_a_row_of_other_types_is_passed_over(tmp_path: Path, opened: Open, column: str) -> None:
    path = tmp_path / "answers.sqlite"
    state = opened(path)
    state.note("crossref", {ONE: CLAIM, TWO: NotFound(TWO)}, 5.0)
    with suppress(sqlite3.IntegrityError):
        state._db.execute(f"update heard set {column} where id = '{ONE}'")
    heard = state.heard()
    assert ("crossref", TWO) in heard
    assert heard.get(("crossref", ONE), Heard(5.0, "")).at == 5.0


def test_a_row_that_was_edited_is_left_out(tmp_path: Path, opened: Open) -> None:
    path = tmp_path / "answers.sqlite"
    state = opened(path)
    state.note("crossref", {ONE: CLAIM}, 5.0)
    state._db.execute("update heard set reply = '{\"claims\": 3}'")
    assert state.heard() == {}


def test_a_place_that_cannot_be_written_is_no_state(tmp_path: Path, opened: Open) -> None:
    (tmp_path / "file").write_text("")
    state = opened(tmp_path / "file" / "answers.sqlite")
    state.note("crossref", {ONE: CLAIM}, 5.0)
    assert list(state.heard()) == [("crossref", ONE)]


@pytest.mark.parametrize("value", ["'abc'", "null", "x'00ff'", "1e300", "-5", "'nan'", "9e999"])
def test_a_row_with_a_time_that_is_none_is_passed_over(tmp_path: Path, opened: Open, value: str) -> None:
    state = opened(tmp_path / "answers.sqlite")
    state.note("crossref", {ONE: CLAIM, TWO: NotFound(TWO)}, 5.0)
    with sqlite3.connect(tmp_path / "answers.sqlite") as db:
        db.execute(f"update heard set at = {value} where id = ?", (str(ONE),))
    db.close()
    assert state.heard() == {("crossref", TWO): Heard(5.0, "missing", NotFound(TWO))}


CLOSED = """
import sys, threading
from pathlib import Path
from fedbib.model.identifier import Identifier, Scheme
from fedbib.sources.base import NotFound
from fedbib.sync.memory import State

for number in range(20):
    state = State(Path(sys.argv[1]) / f"{number}.sqlite")
    answers = {id: NotFound(id) for id in (Identifier(Scheme.DOI, f"10.1145/{n}") for n in range(2000))}
    under_way = threading.Event()

    def noting():
        for at in range(20):
            under_way.set()
            state.note("crossref", answers, float(at))

    thread = threading.Thread(target=noting)
    thread.start()
    under_way.wait()
    state.close()
    thread.join()
print("ended")
"""


def test_a_state_may_be_closed_while_another_thread_notes(tmp_path: Path) -> None:
    """In a process of its own: SQLite takes the whole process down with it."""
    run = subprocess.run([sys.executable, "-c", CLOSED, str(tmp_path)], capture_output=True, text=True, timeout=100)
    assert (run.returncode, run.stdout, run.stderr) == (0, "ended\n", "")
