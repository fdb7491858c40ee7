from __future__ import annotations

import os
import stat
from pathlib import Path
from types import SimpleNamespace

import pytest

from fedbib.disk import inside
from fedbib.errors import BadFile


@pytest.mark.parametrize(
    ("path", "parts"),
    [
        pytest.param("output", ("output",), id="a-name"),
        pytest.param("docs/refs", ("docs", "refs"), id="two"),
        pytest.param("./docs//refs/", ("docs", "refs"), id="written-otherwise"),
        pytest.param(".", (), id="the-folder-itself"),
        pytest.param("my list/Übersicht v1.2.md", ("my list", "Übersicht v1.2.md"), id="blanks-letters-dots"),
        pytest.param("console/communication/nullable", ("console", "communication", "nullable"), id="no-devices"),
    ],
)
def test_plain_names_are_taken(path: str, parts: tuple[str, ...]) -> None:
    assert inside.names(path) == parts


@pytest.mark.parametrize(
    ("path", "why"),
    [
        pytest.param("", "is empty", id="empty"),
        pytest.param("/", "leads out", id="root"),
        pytest.param("/etc", "leads out", id="absolute"),
        pytest.param("..", "leads out", id="parent"),
        pytest.param("a/../../b", "leads out", id="parent-inside"),
        pytest.param("a/..", "leads out", id="parent-at-the-end"),
        pytest.param("C:", "leads out", id="drive"),
        pytest.param("c:x", "leads out", id="drive-relative"),
        pytest.param("a\\..\\b", "not every system", id="backslashes"),
        pytest.param("ab:c", "not every system", id="stream"),
        pytest.param("a\0b", "control", id="nul"),
        pytest.param("a\x1b[31m", "control", id="escape"),
        pytest.param("a\u202eb", "control", id="bidi"),
        pytest.param("a\u200bb", "control", id="zero-width"),
        pytest.param("a\ud800", "control", id="half-a-pair"),
        pytest.param(".git", "begins with", id="git"),
        pytest.param("x/.github/workflows", "begins with", id="github"),
        pytest.param(".GIT/hooks", "begins with", id="git-in-capitals"),
        pytest.param("-rf", "begins with", id="option"),
        pytest.param(" a", "begins with", id="blank-first"),
        pytest.param("a./b", "ends with", id="dot-last"),
        pytest.param("a ", "ends with", id="blank-last"),
        pytest.param("...", "begins with", id="three-dots"),
        pytest.param("x/CON", "device", id="device"),
        pytest.param("nul.bib", "device", id="device-with-ending"),
        pytest.param("Com¹", "device", id="device-superscript"),
        pytest.param("é" * 128, "too long", id="256-bytes"),
    ],
)
def test_other_names_are_refused(path: str, why: str) -> None:
    with pytest.raises(BadFile, match=why):
        inside.names(path)


def test_255_bytes_are_a_name() -> None:
    assert inside.names("é" * 127 + "a")


def test_what_is_not_there_yet_has_a_path(tmp_path: Path) -> None:
    assert inside.resolve(tmp_path, "a/b/c.txt") == tmp_path / "a" / "b" / "c.txt"
    (tmp_path / "a").mkdir()
    assert inside.resolve(tmp_path, "a/b/c.txt") == tmp_path / "a" / "b" / "c.txt"
    (tmp_path / "a" / "b").write_text("")
    assert inside.resolve(tmp_path, "a/b") == tmp_path / "a" / "b"
    assert inside.resolve(tmp_path, ".") == tmp_path


@pytest.mark.parametrize("path", ["link", "link/x", "link/x/y", "in/link", "in/link/x", "dangling", "dangling/x"])
def test_a_link_anywhere_on_the_way_is_refused(tmp_path: Path, path: str) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    (root / "in").mkdir(parents=True)
    outside.mkdir()
    (root / "link").symlink_to(outside)
    (root / "in" / "link").symlink_to(root / "in")  # not even to a place that is allowed
    (root / "dangling").symlink_to(tmp_path / "nothing")
    with pytest.raises(BadFile, match="is a symbolic link"):
        inside.resolve(root, path)


def test_a_collection_below_a_link_is_one(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert inside.resolve(tmp_path / "link", "a") == tmp_path / "link" / "a"


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("")
    with pytest.raises(BadFile, match="is not a folder"):
        inside.resolve(tmp_path, "a/b")


def test_a_refused_path_is_shown_without_its_control_characters(tmp_path: Path) -> None:
    with pytest.raises(BadFile) as caught:
        inside.resolve(tmp_path, "a\x1b\0")
    assert caught.value.where == r"'a\x1b\x00'"


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("", "is empty"),
        ("/etc", "leads out of the collection's folder"),
        ("..", "leads out of the collection's folder"),
        ("a\0", "has a control character"),
        ("a|b", "has a character that not every system allows in file names; separate folders with '/'"),
        ("a/.b", "has a name that begins with '.'"),
        ("-a", "has a name that begins with '-'"),
        ("a /b", "has a name that ends with ' '"),
        ("a.", "has a name that ends with '.'"),
        ("lpt9.x", "is the name of a device on some systems"),
        ("a" * 256, "has a name that is too long"),
    ],
)
def test_what_is_wrong_with_a_path_is_said(tmp_path: Path, path: str, message: str) -> None:
    with pytest.raises(BadFile) as caught:
        inside.names(path)
    assert caught.value.message == message
    with pytest.raises(BadFile) as caught:
        list(inside.resolve_all(tmp_path, [path]))
    assert caught.value.message == message
    with pytest.raises(BadFile) as caught:
        inside.resolve(tmp_path, path)
    assert (caught.value.message, caught.value.where) == (message, ascii(path))


def test_many_files_have_the_paths_that_each_has_alone(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    paths = ["x.txt", "a/x.txt", "a/b/x.txt", "a/y.txt", "./a//z.txt", "."]
    assert list(inside.resolve_all(tmp_path, paths)) == [inside.resolve(tmp_path, path) for path in paths]
    (tmp_path / "link").symlink_to(tmp_path / "a")
    with pytest.raises(BadFile, match="is a symbolic link"):
        list(inside.resolve_all(tmp_path, ["x.txt", "link/x.txt"]))


@pytest.mark.parametrize("char", ["\u2028", "\u2029", "\u00ad", "\x7f", "*", '"', "<", ">", "?", "\\", ":x"])
def test_a_sign_that_some_system_refuses_is_refused(char: str) -> None:
    with pytest.raises(BadFile, match="has a c"):
        inside.names(f"ab{char}")


@pytest.mark.parametrize("name", ["con", "PRN", "aux.txt", "Nul.tar.gz", "conin$", "CONOUT$", "com0", "lpt³.a"])
def test_a_device_is_one_with_any_ending(name: str) -> None:
    assert inside.is_device(name)
    assert not inside.is_device(f"x{name}")
    assert not inside.is_device(name.replace(".", "x.", 1) if "." in name else f"{name}x")


def test_what_stands_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "link").symlink_to(tmp_path)
    with pytest.raises(BadFile) as caught:
        inside.resolve(tmp_path, "link/x")
    assert (caught.value.where, caught.value.hint) == (str(tmp_path / "link"), "put the file or folder itself there")
    assert caught.value.message == "is a symbolic link, which is not followed"
    with pytest.raises(BadFile) as caught:
        inside.resolve(tmp_path, "file/x")
    assert (caught.value.message, caught.value.where) == ("is not a folder", str(tmp_path / "file"))
    with pytest.raises(BadFile) as caught:
        inside.resolve(tmp_path / "file", "x")
    assert (caught.value.message, caught.value.where) == ("not a directory", str(tmp_path / "file" / "x"))


def test_a_link_to_a_folder_on_windows_is_a_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mount_point = 0xA0000003  # https://learn.microsoft.com/windows/win32/fileio/reparse-point-tags
    monkeypatch.setattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", mount_point, raising=False)
    (tmp_path / "a").mkdir()
    assert inside.resolve(tmp_path, "a") == tmp_path / "a"
    found = SimpleNamespace(st_mode=stat.S_IFDIR | 0o755, st_reparse_tag=mount_point)
    monkeypatch.setattr(os, "lstat", lambda _: found)
    with pytest.raises(BadFile, match="is a symbolic link"):
        inside.resolve(tmp_path, "a")
    found.st_reparse_tag = 1
    assert inside.resolve(tmp_path, "a") == tmp_path / "a"
