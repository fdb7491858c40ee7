"""Outputs put together from pieces, some of which past runs made."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from benchmarks.edits import Edited, told
from fedbib.build import folder, ondisk
from fedbib.build.folder import Built
from fedbib.collection import Collection
from fedbib.disk.seen import NOTHING
from fedbib.errors import BadFile
from fedbib.made.gathered import Gathered
from fedbib.made.one import Maker
from fedbib.site.drawing import Drawing
from fedbib.site.templates import Templates

SETTINGS = 'name = "made"\nstyle = ""\n'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Edited(tmp_path / "made", 4, settings=SETTINGS).root


def build(root: Path, *, cold: bool = False) -> Built:
    collection = replace(Collection.open(root), anew=cold)
    built = collection.build(collection.gathered()[0])
    collection.write(built)
    return built


def nothing_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Maker, "__call__", lambda *_: pytest.fail("it is known already"))


def test_a_second_build_makes_nothing_and_finds_nothing_stale(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert folder.changed(build(root))
    nothing_is_made(monkeypatch)
    assert not folder.changed(build(root))


def _page(root: Path) -> Path:
    return min((root / "output" / "site" / "works").iterdir())


CHANGES: dict[str, Callable[[Path], object]] = {
    "nothing": lambda root: None,
    "a record": lambda root: _append(min((root / "entries").glob("*.toml")), 'comment = "said"\n'),
    "a stray": lambda root: _append(root / "entries" / "claims" / "nobody.json", "{}"),
    "a setting": lambda root: _append(root / "fedbib.toml", 'title = "Another"\n'),
    "another page's place": lambda root: _append(root / "fedbib.toml", 'output = "out"\n'),
    "a page": lambda root: _append(_page(root), "x"),
    "a page that is gone": lambda root: _page(root).unlink(),
    "a page too much": lambda root: _append(_page(root).with_name("other.html"), "x"),
    "an output": lambda root: _append(root / "output" / "made.bib", "x"),
    "the list of outputs": lambda root: _append(root / "output" / "built.sha256", "x\n"),
    "the README's list": lambda root: _replace(root / "README.md", "- [", "- [Not "),
    "the README's own text": lambda root: _replace(root / "README.md", "# ", "# My "),
}


def _append(path: Path, text: str) -> None:
    before = path.read_text("utf-8") if path.exists() else ""
    path.write_text(text + before if path.suffix == ".toml" else before + text, "utf-8")


def _replace(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")


@pytest.mark.parametrize("change", CHANGES)
def test_what_a_build_left_is_told_again_only_if_nothing_changed(
    root: Path, change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(root)
    Collection.open(root).problems()
    CHANGES[change](root)
    cold = replace(Collection.open(root), anew=True)
    wanted = told(cold)
    found = told(Collection.open(root))
    assert found == wanted
    if change == "nothing":
        monkeypatch.setattr(Gathered, "gather", lambda *_: pytest.fail("something is put together"))
        monkeypatch.setattr("fedbib.checks.together", lambda *_: pytest.fail("something is looked for"))
        assert told(Collection.open(root)) == wanted


def test_outputs_that_were_deleted_come_back_from_what_is_kept(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {output.path: output.content for output in build(root).outputs}
    shutil.rmtree(root / "output")
    nothing_is_made(monkeypatch)
    build(root)
    assert {path: (root / path).read_bytes() for path in before} == before


def test_a_page_that_somebody_changed_is_written_again(root: Path) -> None:
    build(root)
    page = next((root / "output" / "site" / "works").iterdir())
    before = page.read_bytes()
    page.write_bytes(before.replace(b"System", b"Sytsem"))
    assert folder.changed(build(root)) == {f"output/site/works/{page.name}"}
    assert page.read_bytes() == before


def test_cold_everything_is_made_again_and_is_the_same(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(root)
    made: list[str] = []
    call = Maker.__call__

    def watched(self: Maker, kinds: tuple[str, ...], several: list[object], *known: Any) -> list[list[bytes]]:
        made.extend(one.key for one in several)  # type: ignore[attr-defined]
        return call(self, kinds, several, *known)  # type: ignore[arg-type]

    monkeypatch.setattr(Maker, "__call__", watched)
    assert not folder.changed(build(root, cold=True))
    assert made == [path.stem for path in sorted((root / "entries").glob("*.toml"))]


def test_pages_lead_to_the_kinds_of_values_that_there_are(root: Path) -> None:
    """Words in a file are only a guess at what a record has."""
    for path in (root / "entries").glob("*.toml"):
        lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("models")]
        path.write_text("\n".join(["# no models", *lines]), "utf-8")
    build(root)
    pages = [path.read_text("utf-8") for path in (root / "output" / "site").rglob("*.html")]
    assert all("datasets.html" in page and "models.html" not in page for page in pages)


def test_templates_that_take_too_much_are_refused_every_time(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fedbib.site.templates._FOR_ALL", 1_000_000)
    (root / "look").mkdir()
    loop = "{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}"
    (root / "look" / "work.html").write_text(loop)
    (root / "fedbib.toml").write_text(f'{SETTINGS}templates = "look"\n')
    for _ in range(2):
        with pytest.raises(BadFile, match="too much computation for this number of papers"):
            build(root)


def test_checksums_taken_by_another_process_are_of_what_is_on_disk(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fedbib.cores._WORTH", 1)
    monkeypatch.setattr("fedbib.build.ondisk._TOGETHER", 3)
    build(root)
    collection = Collection.open(root)
    changed, gone, linked = sorted((root / "output" / "site" / "works").iterdir())[:3]
    changed.write_text("changed")
    gone.unlink()
    linked.unlink()
    linked.symlink_to(changed)
    told = ondisk.checksums(root, collection.settings, NOTHING).rest()
    assert told[f"output/site/works/{changed.name}"] == sha256(b"changed").hexdigest()
    assert not {f"output/site/works/{path.name}" for path in (gone, linked)} & told.keys()
    linked.unlink()
    monkeypatch.setattr("fedbib.disk.seen._TICK", -(10**12))
    ondisk.checksums(root, collection.settings, collection._each).rest()
    known = ondisk.checksums(root, collection.settings, collection._each)
    assert (known.known, known.rest()) == ({path: said for path, said in told.items() if path in known.known}, {})
    assert len(known.known) == len(told)
    assert folder.changed(build(root)) == {f"output/site/works/{path.name}" for path in (changed, gone, linked)}


def test_checksums_are_told_once(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was written since is not as it was."""
    monkeypatch.setattr("fedbib.cores._WORTH", 1)
    build(root)
    CHANGES["a record"](root)
    collection = Collection.open(root)
    gathered = collection.gathered()[0]
    page = max((root / "output" / "site" / "works").iterdir())
    page.write_text("changed")
    path = f"output/site/works/{page.name}"
    assert path not in folder.changed(collection.build(gathered))
    assert path in folder.changed(collection.build(gathered))


def test_pages_drawn_by_another_process_are_the_same(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = {output.path: output.content for output in build(root).outputs}
    monkeypatch.setattr("fedbib.cores._WORTH", 1)
    for cold in (False, True):
        built = build(root, cold=cold)
        assert {output.path: output.content for output in built.outputs} == alone
    (root / "look").mkdir()
    (root / "look" / "group.html").write_text("{{ nonsense }}")
    (root / "fedbib.toml").write_text(f'{SETTINGS}templates = "look"\n')
    with pytest.raises(BadFile, match="'nonsense' is undefined"):
        build(root)


def test_of_many_outputs_another_process_writes_a_half(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fedbib.cores._WORTH", 1)
    built = build(root)
    wanted = {output.path: output.content for output in built.outputs}
    assert {path: (root / path).read_bytes() for path in wanted} == wanted
    shutil.rmtree(root / "output")
    collection = Collection.open(root)
    built = collection.build(collection.gathered()[0])
    in_the_way = root / built.stale[-2].path
    in_the_way.mkdir(parents=True)
    with pytest.raises(BadFile, match="not a regular file") as refused:
        collection.write(built)
    assert refused.value.where == str(in_the_way)
    in_the_way.rmdir()
    build(root)
    assert {path: (root / path).read_bytes() for path in wanted} == wanted


def test_one_other_process_makes_and_draws(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of what it can do nothing is done here."""
    build(root)
    Collection.open(root).problems()
    record = min((root / "entries").glob("*.toml"))
    record.write_text(record.read_text("utf-8").replace('topics = ["', 'topics = ["new", "'), "utf-8")
    monkeypatch.setattr("fedbib.cores._WORTH", 1)
    monkeypatch.setattr("fedbib.cores._cores", lambda: 2)
    here = os.getpid()
    for place in (Maker, Drawing):
        monkeypatch.setattr(place, "__call__", _elsewhere(place.__call__, here))
    found = Collection.open(root).problems()
    assert "O01" in {problem.code for problem in found}
    assert "output/site/topics/new.html" in folder.changed(build(root))


def _elsewhere(action: Callable[..., Any], here: int) -> Callable[..., Any]:
    def done(*given: Any, **named: Any) -> Any:
        assert os.getpid() != here
        return action(*given, **named)

    return done


def test_pages_that_are_on_disk_are_not_drawn_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {output.path: output.content for output in build(root).outputs}
    page = root / "output" / "site" / "authors.html"
    drawn: list[str] = []
    draw = Templates.__call__

    def watched(self: Templates, template: str, **values: object) -> str:
        drawn.append(template)
        return draw(self, template, **values)

    monkeypatch.setattr(Templates, "__call__", watched)
    build(root)
    assert drawn == []
    page.write_text("changed")
    built = build(root)
    assert drawn == ["authors.html"]
    assert {output.path: output.content for output in built.outputs} == before
    assert page.read_bytes() == before["output/site/authors.html"]
