"""Shares of a list in processes of their own."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from fedbib import cores
from fedbib.cores import ahead, aside, each
from fedbib.formats.bib import bibtex

ITEMS = range(3001)


@pytest.fixture(params=[1, 2, 3, 7])
def several(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(cores, "_cores", lambda: request.param)
    return int(request.param)


def test_results_are_in_order_with_any_number_of_cores(several: int) -> None:
    made = each(lambda number: (number * number, os.getpid()), ITEMS)
    assert [square for square, _ in made] == [number * number for number in ITEMS]
    assert len({process for _, process in made}) == min(several, 3)


def test_what_a_process_cannot_do_or_tell_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cores, "_cores", lambda: 2)
    here = os.getpid()

    def killed(number: int) -> int:
        if os.getpid() != here:
            os._exit(9)
        return number

    assert each(killed, ITEMS) == list(ITEMS)
    made = each(lambda number: partial(int, number) if os.getpid() == here else threading.Lock(), ITEMS)
    assert [one() for one in made if isinstance(one, partial)] == list(ITEMS), "no pickle takes a lock"


def test_a_fault_is_the_same_fault_and_leaves_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cores, "_cores", lambda: 2)
    for wrong in (10, 3000):
        with pytest.raises(ZeroDivisionError):
            each(lambda number, wrong=wrong: 1 // (number - wrong), ITEMS)  # type: ignore[misc]
        with pytest.raises(ChildProcessError):
            os.waitpid(-1, os.WNOHANG)


def test_results_come_ahead_in_order_and_from_another_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cores, "_cores", lambda: 2)
    made = [*ahead(lambda number: (number, os.getpid()), ITEMS)]
    assert [number for number, _ in made] == list(ITEMS)
    assert os.getpid() not in {process for _, process in made}
    assert [*ahead(abs, range(-5, 0))] == [5, 4, 3, 2, 1]


def test_what_is_not_told_any_more_is_done_here_and_nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cores, "_cores", lambda: 2)
    here = os.getpid()

    def mortal(number: int) -> int:
        if number == 2000 and os.getpid() != here:
            os._exit(9)
        return number

    assert [*ahead(mortal, ITEMS)] == list(ITEMS)
    several = [ahead(lambda number: str(number) * 1000, range(5000)) for _ in range(3)]
    assert [next(results) for results in several] == ["0" * 1000] * 3
    several.clear()  # what is not wanted any more leaves no process behind, and nobody waits for one
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_no_process_is_begun_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cores, "_cores", lambda: 2)
    monkeypatch.setattr(os, "fork", lambda: pytest.fail("a process is begun"))
    assert [*aside(abs, [])] == []


def test_few_items_and_threads_take_one_process() -> None:
    here = os.getpid()
    assert set(each(lambda _: os.getpid(), range(1500))) == {here}
    waiting = threading.Event()
    thread = threading.Thread(target=waiting.wait)
    thread.start()
    assert set(each(lambda _: os.getpid(), ITEMS)) == {here}
    waiting.set()
    thread.join()


def test_a_bib_reads_alike_on_any_number_of_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    text = Path("output/fedllm.bib").read_text("utf-8")
    copies = "".join(text.replace("{", f"{{c{number}", 1) for number in range(6))
    monkeypatch.setattr(cores, "_cores", lambda: 1)
    alone = bibtex.parse(copies)
    monkeypatch.setattr(cores, "_cores", lambda: 2)
    assert len(alone.works) > 2000
    assert bibtex.parse(copies) == alone


def test_the_other_process_goes_on_while_nobody_reads_what_it_tells(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(cores, "_cores", lambda: 2)
    there = tmp_path / "there"

    def large(number: int) -> str:
        if number == ITEMS[-1]:
            there.touch()
        return str(number) * 1000  # a pipe takes fewer than twenty

    results = ahead(large, ITEMS)
    assert next(results) == "0" * 1000
    until = time.monotonic() + 20
    while not there.exists() and time.monotonic() < until:
        time.sleep(0.01)
    assert there.exists(), "it waits until its results are read"
    assert [*results] == [str(number) * 1000 for number in ITEMS[1:]]


def _second(monkeypatch: pytest.MonkeyPatch, ready: Callable[[], object] = lambda: None) -> cores.Second[str]:
    monkeypatch.setattr(cores, "_cores", lambda: 2)
    return cores.Second(
        ("first", "then"), lambda about: {name: lambda: (about, os.getpid()) for name in ("first", "then")}, ready
    )


def test_a_second_process_is_ready_before_it_is_told_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    second = _second(monkeypatch, (tmp_path / "ready").touch)
    second.begin()
    until = time.monotonic() + 20
    while not (tmp_path / "ready").exists() and time.monotonic() < until:
        time.sleep(0.01)
    assert (tmp_path / "ready").exists()
    about = "x" * 1_000_000  # a pipe takes a tenth
    second.tell(about)
    told, process = second("then", lambda: ("", 0))
    assert told == about
    assert process not in (0, os.getpid())
    assert second("first", lambda: ("", 0)) == (about, process)


def test_what_a_second_process_does_not_do_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    here = os.getpid()
    second = _second(monkeypatch)
    assert second("first", lambda: ("here", here)) == ("here", here), "it was not begun"
    second = _second(monkeypatch, lambda: os._exit(9) if os.getpid() != here else None)
    second.begin()
    second.tell("about")
    assert second("first", lambda: ("here", here)) == ("here", here)
    second = _second(monkeypatch)
    second.begin()
    del second  # it is never told anything, and nobody waits for it
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
