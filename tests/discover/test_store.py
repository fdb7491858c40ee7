from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from fedbib.discover.store import Store
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.listed import Listed

OURS = Identifier(Scheme.ACL, "2023.acl-demo.54")
PAPER = Listed(
    Identifier(Scheme.ARXIV, "2511.00001"),
    "A Title",
    ("Ann Ho", "Bo Li"),
    "What it says.",
    date(2026, 11, 2),
    ("cs.CL", "cs.LG"),
    "9 pages",
    frozenset({OURS}),
)


def test_a_paper_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    store = Store(tmp_path / "x.sqlite")
    assert store.keep("arxiv", [PAPER, PAPER]) == 1
    store.close()
    again = Store(tmp_path / "x.sqlite")
    assert again.papers() == [PAPER]
    assert (again.one(PAPER.id), again.source(PAPER.id)) == (PAPER, "arxiv")
    again.close()


def test_what_a_second_source_tells_is_added() -> None:
    store = Store(None)
    other = Identifier(Scheme.ARXIV, "2310.15080")
    store.keep("arxiv", [replace(PAPER, abstract="", cites=frozenset())])
    told = Listed(PAPER.id, "A Title", abstract="More.", day=date(2026, 11, 9), cites=frozenset({OURS, other}))
    assert store.keep("openalex", [told]) == 0
    found = store.one(PAPER.id)
    assert found == replace(PAPER, abstract="More.", cites=frozenset({OURS, other}))
    store.close()


def test_an_endless_abstract_is_cut() -> None:
    store = Store(None)
    store.keep("arxiv", [replace(PAPER, abstract="x" * 1_000_000)])
    assert [len(paper.abstract) for paper in store.papers()] == [20_000]
    store.close()


def test_how_far_a_source_was_asked_is_remembered(tmp_path: Path) -> None:
    store = Store(tmp_path / "x.sqlite")
    assert store.mark("arxiv") == {}
    store.set_mark("arxiv", {"since": "2026-11-02"})
    store.close()
    again = Store(tmp_path / "x.sqlite")
    assert again.mark("arxiv") == {"since": "2026-11-02"}
    again.close()


def test_a_file_that_is_no_database_is_begun_anew(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    path.write_bytes(b"not a database, but long enough to be taken for one" * 50)
    store = Store(path)
    assert store.keep("arxiv", [PAPER]) == 1
    assert not store.trouble
    store.close()


def test_without_a_file_what_was_told_is_kept_for_this_run(tmp_path: Path) -> None:
    (tmp_path / "x.sqlite").mkdir()
    store = Store(tmp_path / "x.sqlite")
    assert "cannot be used" in store.trouble
    store.keep("arxiv", [PAPER])
    assert store.papers() == [PAPER]
    store.close()
