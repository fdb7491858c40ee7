"""`add` from answers that somebody saved."""

from __future__ import annotations

import json

import pytest

from tests.commands.conftest import Runner

RECORD = {
    "id": "2504.13365",
    "title": "VLLFL: A Vision-Language Model Based Lightweight Federated Learning Framework for Smart Agriculture",
    "authors": ["Long Li", "Jiajia Li"],
    "categories": ["cs.CV", "cs.AI"],
    "comment": None,
}


def test_a_paper_is_added_from_a_saved_answer(run: Runner) -> None:
    path = run.put("day.jsonl", json.dumps(RECORD) + "\n")
    saved = ("--from", str(path), "--source", "arxiv", "--origin", "a listing")
    result = run("add", "2504.13365", "2504.16612", *saved)
    assert (result.code, result.out.split(":")[0]) == (1, "added li2025vllfl")
    assert "arxiv:2504.16612" in result.err
    claims = json.loads((run.root / "entries/claims/li2025vllfl.json").read_text())["claims"]
    assert [(claim["source"], claim["origin"]) for claim in claims] == [("arxiv", "a listing")]
    assert run("add", "2504.13365", *saved).out.startswith("already here")


@pytest.mark.parametrize("words", [("--source", "arxiv"), ("--from", "day.jsonl")])
def test_a_saved_answer_needs_its_source(run: Runner, words: tuple[str, ...]) -> None:
    result = run("add", "2504.13365", *words)
    assert result.code == 2
    assert "go together" in result.err
