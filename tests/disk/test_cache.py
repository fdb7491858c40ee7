from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from fedbib.disk.cache import cache_folder, place, private
from fedbib.disk.lock import locked
from fedbib.errors import BadFile
from fedbib.net.http import Http
from fedbib.sync.memory import State


@pytest.fixture(autouse=True)
def _wide_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def opened_by_http(folder: Path) -> None:
    with Http("", folder / "http.sqlite", {}):
        pass


def opened_by_memory(folder: Path) -> None:
    State(folder / "collections" / "a" / "answers.sqlite").close()


def opened_by_lock(folder: Path) -> None:
    collection = folder.parent / "collection"
    collection.mkdir(exist_ok=True)
    with locked(collection, folder / "collections" / "a" / "run.json", 0.0):
        pass


@pytest.mark.parametrize("first", [opened_by_http, opened_by_memory, opened_by_lock], ids=lambda one: one.__name__)
def test_caches_are_the_user_s_alone_whoever_opens_first(first: object) -> None:
    folder = cache_folder()
    assert callable(first)
    first(folder)
    found = [folder, *folder.rglob("*")]
    assert len(found) > 1
    for path in found:
        assert mode(path) == (0o700 if path.is_dir() else 0o600), path


def test_what_an_earlier_version_left_open_is_closed() -> None:
    path = cache_folder() / "collections" / "a" / "answers.sqlite"
    path.parent.mkdir(parents=True)
    path.touch(0o666)
    private(path)
    assert [mode(one) for one in (path, path.parent, cache_folder())] == [0o600, 0o700, 0o700]


def test_folders_above_the_cache_stay_as_they_are() -> None:
    above = cache_folder().parent
    above.chmod(0o755)
    private(cache_folder() / "x")
    assert mode(above) == 0o755


def test_a_folder_that_is_not_the_cache_keeps_its_mode(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir(0o755)
    private(tmp_path / "shared" / "x.sqlite")
    assert mode(tmp_path / "shared") == 0o755
    assert mode(tmp_path / "shared" / "x.sqlite") == 0o600


def test_a_link_is_no_cache(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_text("mine")
    target.chmod(0o644)
    (tmp_path / "x.sqlite").symlink_to(target)
    with pytest.raises(BadFile, match="is not a regular file") as caught:
        private(tmp_path / "x.sqlite")
    assert caught.value.where == str(tmp_path / "x.sqlite")
    assert (target.read_text(), mode(target)) == ("mine", 0o644)


def test_what_is_there_stays(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("answers")
    assert private(tmp_path / "x").read_text() == "answers"


def test_the_place_does_not_tell_the_path() -> None:
    assert "secret" not in str(place(Path("/home/secret/collection")))
    assert place(Path("/a")) != place(Path("/b"))


@pytest.mark.parametrize(
    ("platform", "environment", "folder"),
    [
        pytest.param("linux", {"XDG_CACHE_HOME": "/caches"}, "/caches/fedbib", id="where XDG says"),
        pytest.param("linux", {"XDG_CACHE_HOME": "caches"}, "/home/ann/.cache/fedbib", id="a relative one is ignored"),
        pytest.param("linux", {}, "/home/ann/.cache/fedbib", id="XDG's default"),
        pytest.param("darwin", {"XDG_CACHE_HOME": "/caches"}, "/home/ann/Library/Caches/fedbib", id="macOS"),
        pytest.param("win32", {"LOCALAPPDATA": "/local"}, "/local/fedbib", id="Windows"),
        pytest.param("win32", {}, "/home/ann/AppData/Local/fedbib", id="Windows without its variable"),
    ],
)
def test_the_cache_is_where_the_platform_keeps_what_can_be_deleted(
    monkeypatch: pytest.MonkeyPatch, platform: str, environment: dict[str, str], folder: str
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(Path, "home", lambda: Path("/home/ann"))
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert cache_folder() == Path(folder)
    assert place(Path("/a")).parent == Path(folder) / "collections"


def test_a_collection_has_the_same_place_every_time() -> None:
    assert place(Path("/a")).name == "6a50dc8584134c7d"  # the first 16 digits of SHA-256 of "/a"


def test_what_cannot_be_kept_is_said_with_its_path(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(BadFile, match="cannot be kept: not a directory") as caught:
        private(tmp_path / "file" / "x.sqlite")
    assert caught.value.where == str(tmp_path / "file" / "x.sqlite")


def test_what_is_right_already_is_not_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    path = private(cache_folder() / "a" / "x.sqlite")
    monkeypatch.setattr(Path, "chmod", lambda *_: pytest.fail("changed"))
    assert private(path) == path
