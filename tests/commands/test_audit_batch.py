from __future__ import annotations

from pathlib import Path

import pytest

from fedbib.audit import layout
from tests.audit.made import entry, index, volume
from tests.commands.conftest import Runner


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("index")
    with index(made, volume()) as base:
        layout.export(base, made / "parquet")
    return made / "parquet"


@pytest.mark.parametrize("content", [b"", b"PAR1", b"\0" * 500], ids=["empty", "cut", "zeros"])
def test_a_folder_that_is_no_index_or_broken_ends_in_words(
    run: Runner, tmp_path: Path, folder: Path, content: bytes
) -> None:
    (tmp_path / "a.bib").write_text(entry(1))
    result = run("audit", str(tmp_path / "a.bib"), "--offline", "--index", str(tmp_path))
    assert (result.code, "not an index of Parquet files" in result.err) == (1, True)
    for table in layout.TABLES:
        (tmp_path / f"{table}.parquet").write_bytes((folder / f"{table}.parquet").read_bytes())
    assert run("audit", str(tmp_path / "a.bib"), "--offline", "--index", str(tmp_path)).code == 0
    (tmp_path / "posting.parquet").write_bytes(content)
    broken = run("audit", str(tmp_path / "a.bib"), "--offline", "--index", str(tmp_path))
    assert (broken.code, "Traceback" in broken.err, "posting.parquet" in broken.err) == (1, False, True)


def test_the_commands_export_and_audit(run: Runner, tmp_path: Path) -> None:
    index(tmp_path, volume()).close()
    (tmp_path / "a.bib").write_text(entry(1) + entry(5, author="Zoe Zimmer and Yan Young"))
    told = run("index", "export", str(tmp_path / "out"), "--index", str(tmp_path / "index.sqlite"))
    assert (told.code, told.err) == (0, f"31 works in {tmp_path / 'out'}\n")
    one, other = (
        run("audit", str(tmp_path / "a.bib"), "--offline", "--index", str(tmp_path / name))
        for name in ("index.sqlite", "out")
    )
    assert (one.code, one.out) == (1, other.out)
