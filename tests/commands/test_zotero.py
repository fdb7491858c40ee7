"""`zotero push` against a stand-in for Zotero's Web API."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from fedbib.model.date import PartialDate
from fedbib.model.name import Name
from fedbib.model.work import ItemType, Work
from fedbib.zotero.item import changes, citation_key, item, item_key
from tests.commands.conftest import Result, Runner
from tests.standin.zotero import FIELDS, KEY, Server, zotero


@pytest.fixture
def there(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("ZOTERO_API_KEY", KEY)
    with zotero() as server:
        yield server


def push(run: Runner, server: Server, *words: str) -> Result:
    return run("zotero", "push", "--library", "users/7", "--server", server.address, *words)


def by_key(server: Server) -> dict[str, dict[str, Any]]:
    return {citation_key(data): data for data in server.items.values()}


def test_papers_come_in_once_and_a_second_run_changes_nothing(full: Runner, there: Server) -> None:
    first = push(full, there)
    assert first.code == 0, first.err
    works = full("list").out.splitlines()
    assert sorted(by_key(there)) == sorted(line.split("\t")[0] for line in works)
    assert first.out.count("new: ") == len(works)
    paper = by_key(there)["che2023federated"]
    assert paper["itemType"] == "conferencePaper"
    assert paper["creators"][0] == {"creatorType": "author", "firstName": "Tianshi", "lastName": "Che"}
    before, writes = dict(there.items), there.writes
    second = push(full, there)
    assert (second.code, second.out) == (0, "")
    assert (there.items, there.writes) == (before, writes)
    assert f"{len(works)} papers unchanged" in second.err


def test_what_changed_is_brought_up_to_date_and_what_a_person_added_stays(full: Runner, there: Server) -> None:
    push(full, there)
    paper = by_key(there)["che2023federated"]
    extra = f"my note\n{paper['extra']}\nRead: yes"
    there.write(
        {**paper, "extra": extra, "rights": "mine", "tags": [{"tag": "toread", "type": 1}], "title": "Old Title"}
    )
    text = (full.root / "entries/che2023federated.toml").read_text()
    full.put("entries/che2023federated.toml", 'topics = ["prompt"]\n' + text.replace('topics = ["prompt"]\n', ""))
    result = push(full, there)
    assert (result.code, result.out) == (0, "changed: che2023federated: title, tags\n")
    after = by_key(there)["che2023federated"]
    assert after["title"].startswith("Federated Learning of Large Language Models")
    assert (after["extra"], after["rights"]) == (extra, "mine")
    assert after["tags"][0] == {"tag": "toread", "type": 1}
    assert {"tag": "prompt"} in after["tags"]
    assert push(full, there).out == ""


def test_a_preprint_that_was_published_becomes_a_conference_paper_in_place(run: Runner, there: Server) -> None:
    pin = '[pin]\ntype = "{}"\ntitle = "A"\nauthor = ["Doe, Jane"]\nissued = "2024"\n'
    run.put("entries/one.toml", 'ids = { arxiv = "2310.15080" }\n' + pin.format("article"))
    push(run, there)
    (before,) = there.items.values()
    assert (before["itemType"], before["archiveID"]) == ("preprint", "arXiv:2310.15080")
    published = pin.format("paper-conference") + 'container-title = "Proceedings of X"\n'
    run.put("entries/one.toml", 'ids = { arxiv = "2310.15080" }\n' + published)
    assert push(run, there).code == 0
    (after,) = there.items.values()
    assert (after["key"], after["itemType"]) == (before["key"], "conferencePaper")
    assert after["proceedingsTitle"] == "Proceedings of X"
    assert after["extra"] == "Citation Key: one\narXiv: 2310.15080"
    assert push(run, there).out == ""


def test_a_renamed_paper_is_the_same_item(full: Runner, there: Server) -> None:
    push(full, there)
    count = len(there.items)
    full("rename", "che2023federated", "fedpeptao")
    assert push(full, there).out == "changed: fedpeptao: extra\n"
    assert len(there.items) == count
    assert "fedpeptao" in by_key(there)


def test_a_dry_run_and_a_filter(full: Runner, there: Server) -> None:
    shown = push(full, there, "--dry-run", "che2023federated")
    assert (shown.code, shown.out) == (0, "new: che2023federated\n")
    assert there.items == {}
    push(full, there, "che2023federated")
    assert list(by_key(there)) == ["che2023federated"]


def test_many_papers_go_in_runs_and_are_read_in_pages(run: Runner, there: Server) -> None:
    for number in range(120):
        run.put(f"entries/n{number}.toml", f'[pin]\ntype = "article"\ntitle = "T {number}"\nauthor = ["Doe, Jane"]\n')
    assert push(run, there).code == 0
    assert (len(there.items), there.writes) == (120, 3)
    assert push(run, there).out == ""


def test_two_items_with_one_citation_key_are_left_alone(full: Runner, there: Server) -> None:
    push(full, there)
    paper = by_key(there)["che2023federated"]
    there.write({**paper, "key": "ABCD2345", "version": 0, "title": "Copy"})
    result = push(full, there)
    assert result.code == 1
    assert "left alone: che2023federated: several items of the library have this citation key" in result.err


def test_what_the_server_refuses_is_said(full: Runner, there: Server) -> None:
    there.items[item_key("che2023federated")] = {
        "key": item_key("che2023federated"),
        "version": 9,
        "itemType": "thesis",
    }
    result = push(full, there)
    assert result.code == 1
    assert "refused: che2023federated: Item has been modified since specified version" in result.err
    assert "new: che2023federated" not in result.out
    assert push(full, there, "--library", "7").code == 1


def test_a_wrong_key_or_no_server_ends_in_words(full: Runner, there: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZOTERO_API_KEY", "wrong")
    result = push(full, there)
    assert result.code == 1
    assert "403" in result.err
    assert "check that ZOTERO_API_KEY is set" in result.err
    assert there.items == {}


def test_an_item_has_no_field_that_its_type_has_not() -> None:
    work = Work("k", ItemType.THESIS, title="T", DOI="10.1000/x", author=(Name(literal="A Group"),))
    found = item(work, FIELDS["thesis"])
    assert found.keys() <= FIELDS["thesis"] | {"itemType", "creators", "tags"}
    assert found["extra"] == "Citation Key: k\nDOI: 10.1000/x"
    assert found["creators"] == [{"creatorType": "author", "name": "A Group"}]


def test_a_server_that_has_a_field_for_the_citation_key_gets_it_there() -> None:
    work = Work("k", ItemType.ARTICLE, title="T", arxiv="2310.15080", issued=PartialDate(2023))
    found = item(work, FIELDS["preprint"] | {"citationKey"})
    assert (found["citationKey"], found.get("extra")) == ("k", None)
    there = {**found, "extra": "mine", "tags": [], "note": "x"}
    assert changes(found, there) == {}
    assert citation_key(there) == "k"
