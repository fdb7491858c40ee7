"""What the system refuses is an error in words, and nothing is lost."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from fedbib.disk.cache import place
from tests.commands.conftest import SEED, Runner
from tests.engines import need

ROOT = Path(__file__).parents[2]


def started(root: Path, *words: str, stdout: int, **options: object) -> subprocess.CompletedProcess[bytes]:
    """A command as a process of its own."""
    command = [sys.executable, "-m", "fedbib", "-C", str(root), *words]
    return subprocess.run(command, stdout=stdout, stderr=subprocess.PIPE, cwd=ROOT, timeout=120, check=False)


PRINTING = [
    *(("--help",), ("--version",), ("schema",), ("list",), ("list", "--format", "json"), ("check", "--format", "json")),
    *(("show", "che2023federated"), ("cite", "che2023federated"), ("export",), ("import", str(SEED), "--dry-run")),
    *(
        ("rename", "che2023federated", "che"),
        ("build",),
        ("sync", "--plan"),
        ("sync", "--dry-run", "--offline", "--format", "json"),
    ),
]


@pytest.mark.parametrize("words", PRINTING, ids=" ".join)
def test_a_full_disk_behind_standard_output_is_said(full: Runner, words: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as device:
        result = started(full.root, *words, stdout=device.fileno())
    said = result.stderr.decode()
    assert result.returncode == 1, said
    assert "Error: standard output: no space left on device" in said
    assert "Traceback" not in said
    assert "Exception ignored" not in said


def test_a_full_disk_behind_standard_error_is_no_bug(full: Runner) -> None:
    with Path("/dev/full").open("wb") as device:
        command = [sys.executable, "-m", "fedbib", "-C", str(full.root), "list", "--topic", "nothing-has-this"]
        result = subprocess.run(command, stdout=subprocess.PIPE, stderr=device, cwd=ROOT, timeout=120, check=False)
    assert result.returncode in (1, 2)


@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1", "-"])
def test_an_export_to_standard_output_is_there(full: Runner, tmp_path: Path, name: str) -> None:
    words = ("export", "che2023federated", "-o", name)
    piped = started(full.root, *words, stdout=subprocess.PIPE)
    assert (piped.returncode, piped.stderr) == (0, b"")
    assert piped.stdout.startswith(b"@inproceedings{che2023federated,")
    with (tmp_path / "all.bib").open("wb") as file:  # and what stands before stays
        file.write(b"% before\n")
        file.flush()
        assert started(full.root, *words, stdout=file.fileno()).returncode == 0
    assert (tmp_path / "all.bib").read_bytes() == b"% before\n" + piped.stdout


def test_an_export_to_a_link_that_a_person_names_follows_it(full: Runner, tmp_path: Path) -> None:
    (tmp_path / "link.bib").symlink_to(tmp_path / "real.bib")
    assert full("export", "-o", str(tmp_path / "link.bib")).code == 0
    assert (tmp_path / "link.bib").is_symlink()
    assert b"che2023federated" in (tmp_path / "real.bib").read_bytes()


def test_an_export_sweeps_what_a_killed_one_left(full: Runner, tmp_path: Path) -> None:
    stray = tmp_path / ".fedbib-999999999-0123456789ab"
    stray.write_bytes(b"half")
    assert full("export", "-o", str(tmp_path / "x.bib")).code == 0
    assert not stray.exists()


def test_an_export_into_a_full_device_is_said(full: Runner) -> None:
    result = full("export", "-o", "/dev/full")
    assert (result.code, result.out) == (1, "")
    assert "/dev/full: cannot be written: no space left on device" in result.err


# What may not be read or written --------------------------------------------------------------------------------------


@pytest.fixture
def closed(run: Runner) -> Iterator[Path]:
    """A built collection of which one record is newer; what a test forbids is permitted again at the end."""
    run.put("fedbib.toml", 'name = "fedllm"\nstyle = ""\n')
    for key in ("one", "two"):
        run.put(f"entries/{key}.toml", f'[pin]\ntype = "article"\ntitle = "{key}"\nauthor = ["Doe, Jane"]\n')
    run.put("entries/claims/one.json", '{"claims": []}\n')
    assert run("build").code == 0
    run.put("entries/two.toml", '[pin]\ntype = "article"\ntitle = "another"\nauthor = ["Doe, Jane"]\n')
    yield run.root
    for path in (run.root, *run.root.rglob("*")):
        path.chmod(0o755)


def ordinary(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """A command as somebody whom permissions bind; root is, without two of its capabilities."""
    command = [sys.executable, "-m", "fedbib", "-C", str(root), *words]
    if os.geteuid() == 0:
        command = [need("setpriv"), "--bounding-set=-dac_override,-dac_read_search", *command]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=120, check=False)


def snapshot(root: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("path", "mode", "words"),
    [
        *(
            ("entries", 0, words)
            for words in ("build", "build --keep-going", "check", "list", "rename one three", "export")
        ),
        *(
            (path, 0, "build")
            for path in ("entries/claims", "entries/two.toml", "entries/claims/one.json", "fedbib.toml", "README.md")
        ),
        *(("output", mode, "build") for mode in (0, 0o500)),
        *((path, 0, "build") for path in ("output/fedllm.bib", "output/built.sha256", "output/site/works")),
        ("entries", 0o500, "rename one three"),
    ],
)
def test_what_may_not_be_read_or_written_is_named_and_nothing_is_lost(
    closed: Path, path: str, mode: int, words: str
) -> None:
    before = snapshot(closed)
    (closed / path).chmod(mode)
    result = ordinary(closed, *words.split())
    assert result.returncode == 1, result.stderr
    assert path in result.stderr
    assert "permission denied" in result.stderr
    assert "Traceback" not in result.stderr
    (closed / path).chmod(0o755)
    after = snapshot(closed)
    changed = {name for name in before if after.get(name) != before[name]}
    assert changed <= {name for name in before if "/output/" in name and path == "output"} if mode else not changed


def test_an_ordinary_user_builds_what_may_be_written(closed: Path) -> None:
    result = ordinary(closed, "build")
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("how", ["--offline", "--plan"])
def test_damaged_answers_of_past_runs_are_said_and_kept(full: Runner, how: str) -> None:
    answers = place(full.root) / "answers.sqlite"
    answers.parent.mkdir(parents=True, exist_ok=True)
    answers.write_bytes(b"SQLite format 3\0" + b"damaged" * 1000)
    before = full.files()
    result = full("sync", how)
    assert result.code == 1
    assert "answers.sqlite: is damaged; a new one was started" in result.err
    assert answers.with_name("answers.sqlite.broken").read_bytes().endswith(b"damaged")
    assert full.files() == before
    again = full("sync", how)
    assert "damaged" not in again.err
    assert how == "--offline" or again.code == 0
