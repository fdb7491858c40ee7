from __future__ import annotations

import json
from datetime import date

from fedbib.discover.found import as_json, as_markdown, rows, ticked
from fedbib.discover.judge import Candidate, Queue
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.listed import Listed


def candidate(number: int, title: str = "A *Title* <b>") -> Candidate:
    id = Identifier(Scheme.ARXIV, f"2511.{number:05}")
    people = ("Ann Ho", "Bo Li", "Cy Wu", "Di Xu")
    paper = Listed(id, title, people, "SECRET", date(2026, 11, 2), ("cs.CL", "cs.LG"))
    return Candidate(paper, 1.25, True, ("LoRA", "cites 7 papers of the collection"), 7, ("LoRA",), "ho2024title")


QUEUE = Queue((candidate(1), candidate(2)), -0.5, 40)


def test_an_issue_has_two_boxes_per_paper_and_only_inert_text() -> None:
    text = as_markdown(QUEUE, QUEUE.candidates)
    assert text.startswith("2 new papers of 40 considered")
    assert text.count("- [ ] take `arxiv:2511.0000") == text.count("- [ ] decline `arxiv:2511.0000") == 2
    assert "<b>" not in text
    assert "*Title*" not in text
    assert "](https://arxiv.org/abs/2511.00001)**<br>Ann Ho, Bo Li, Cy Wu et al. · " in text


def test_an_issue_is_short_enough_and_says_what_it_leaves_out() -> None:
    many = [candidate(number, "A Title of many words " * 9) for number in range(500)]
    text = as_markdown(Queue(tuple(many), None, 500), many)
    assert len(text.encode()) < 61_000
    shown = text.count("take `")
    assert text.endswith(f"and {500 - shown} more, shown once you have decided on these\n")


def test_what_is_ticked_is_read_and_both_is_neither() -> None:
    text = as_markdown(QUEUE, QUEUE.candidates)
    text = text.replace("- [ ] take `arxiv:2511.00001`", "- [x] take `arxiv:2511.00001`")
    text = text.replace("- [ ] decline `arxiv:2511.00002`", "* [X] decline `arxiv:2511.00002`")
    assert ticked(text) == (("arxiv:2511.00001",), ("arxiv:2511.00002",))
    assert ticked(text.replace("[ ]", "[x]")) == ((), ())
    assert ticked("no boxes, - [x] take `arxiv:2511.00001` in a line") == ((), ())


def test_no_form_has_the_abstract() -> None:
    forms = [as_json(QUEUE, QUEUE.candidates), as_markdown(QUEUE, QUEUE.candidates), str(rows(QUEUE.candidates))]
    assert not [form for form in forms if "SECRET" in form]


def test_json_tells_each_paper_and_the_line() -> None:
    data = json.loads(as_json(QUEUE, QUEUE.candidates[:1]))
    assert data["line"] == -0.5
    assert data["papers"] == [
        {
            "id": "arxiv:2511.00001",
            "title": "A *Title* <b>",
            "authors": ["Ann Ho", "Bo Li", "Cy Wu", "Di Xu"],
            "day": "2026-11-02",
            "categories": ["cs.CL", "cs.LG"],
            "url": "https://arxiv.org/abs/2511.00001",
            "score": 1.25,
            "above": True,
            "why": ["LoRA", "cites 7 papers of the collection"],
            "cites": 7,
            "topics": ["LoRA"],
            "like": "ho2024title",
        }
    ]
