"""A record that cannot be read takes no paper out of the outputs."""

from __future__ import annotations

import pytest

from tests.commands.conftest import Runner
from tests.commands.test_owned import RECORD, SETTINGS


@pytest.fixture
def built(run: Runner) -> Runner:
    """A collection of two papers, built."""
    run.put("fedbib.toml", SETTINGS)
    run.put("entries/one.toml", RECORD.format("The first paper"))
    run.put("entries/two.toml", RECORD.format("The second paper"))
    assert run("build").code == 0
    return run


BROKEN: dict[str, tuple[str, str | bytes]] = {
    "not TOML": ("entries/two.toml", 'topics = ["a"\n'),
    "an unknown field": ("entries/two.toml", RECORD.format("The second paper") + 'tilte = "x"\n'),
    "claims that are none": ("entries/claims/two.json", "[]"),
    "not UTF-8": ("entries/two.toml", b"\xff"),
}


@pytest.fixture(params=BROKEN)
def broken(built: Runner, request: pytest.FixtureRequest) -> Runner:
    path, content = BROKEN[request.param]
    (built.root / path).parent.mkdir(exist_ok=True)
    (built.root / path).write_bytes(content if isinstance(content, bytes) else content.encode())
    return built


def test_a_broken_record_stops_the_build_and_every_output_stays(broken: Runner) -> None:
    broken.put("entries/one.toml", RECORD.format("Another title"))
    before = broken.files()
    for words in (("build",), ("build", "--check")):
        result = broken(*words)
        assert result.code == 1
        assert "entries/two.toml" in result.err or "entries/claims/two.json" in result.err
        assert "nothing was built" in result.err
        assert "--keep-going" in result.err
        assert broken.files() == before
    assert "O01" not in broken("check").out


def test_keep_going_takes_the_paper_as_it_was_built_last(broken: Runner) -> None:
    before = broken.files()
    result = broken("build", "--keep-going")
    assert result.code == 1
    assert "two" in result.err
    after = broken.files()
    for path in (
        "fedllm.bib",
        "fedllm-biblatex.bib",
        "fedllm.json",
        "fedllm.ris",
        "fedllm.full.json",
        "site/index.html",
    ):
        assert after[f"output/{path}"] == before[f"output/{path}"]
    assert after["README.md"] == before["README.md"]
    broken.put("entries/one.toml", RECORD.format("Another title"))
    assert broken("build", "--keep-going").code == 1
    bib = broken.files()["output/fedllm.bib"]
    assert b"Another Title" in bib or b"Another title" in bib
    assert b"The second paper" in bib
    assert broken("build", "--check", "--keep-going").code == 1  # for the record; the outputs are as they should be
    assert "is out of date" not in broken("build", "--check", "--keep-going").err


def test_keep_going_leaves_out_what_was_never_built(built: Runner) -> None:
    built.put("entries/three.toml", "not TOML")
    result = built("build", "--keep-going")
    assert result.code == 1
    assert "three: was never built, so it is in no output" in result.err
    assert b"three" not in built.files()["output/fedllm.bib"]


def test_keep_going_is_no_way_to_empty_the_outputs(built: Runner) -> None:
    (built.root / "output/fedllm.full.json").unlink()
    for key in ("one", "two"):
        built.put(f"entries/{key}.toml", "not TOML")
    before = built.files()
    assert built("build", "--keep-going").code == 1
    assert built.files() == before
