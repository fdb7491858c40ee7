from __future__ import annotations

import json

import pytest

from fedbib.build.piece import FILES
from fedbib.model.claim import IMPORT, Claim
from fedbib.model.date import PartialDate
from fedbib.model.name import Name
from fedbib.model.work import Work
from fedbib.records.claimfile import render
from tests.commands.conftest import Runner

SAYS = Work(
    title="Petals: Collaborative Inference",
    author=(Name(unsplit="Alexander Borzunov"),),
    issued=PartialDate(2023),
    container_title="ACL",
    acl="2023.acl-demo.54",
)


@pytest.fixture
def held(run: Runner) -> Runner:
    """A collection with one record that is sure and one that waits; both name a model by an alias."""
    settings = run.root / "fedbib.toml"
    settings.write_text(settings.read_text("utf-8") + '\n[models]\n"GPT-2" = ["GPT two"]\n', "utf-8")
    run.put("entries/sure.toml", 'ids = { acl = "2023.acl-demo.54" }\nmodels = ["GPT two"]\n')
    run.put("entries/claims/sure.json", render((Claim(IMPORT, SAYS, origin="a/b README.md"),)))
    run.put("entries/open.toml", 'models = ["GPT2", "GPTT-2"]\nwaiting = "no source names the authors"\n')
    run.put("entries/claims/open.json", render((Claim(IMPORT, Work(title="Open"), origin="a/b README.md"),)))
    return run


def test_what_waits_is_in_no_output(held: Runner) -> None:
    assert held("build").code == 0
    outputs = {path: text for path, text in held.files().items() if path.startswith("output/") or path == "README.md"}
    del outputs["output/site/site.js"]
    assert len([path for path in outputs if not path.startswith("output/site/")]) == len(FILES) + 3
    for path, text in outputs.items():
        assert b"sure" in text or path.startswith(("output/site/", "output/feed.xml"))
        assert b"Open" not in text, path
    assert b"sure" in outputs["output/site/index.html"]
    assert b"sure" in outputs["output/site/data.js"]
    assert "output/site/works/open.html" not in outputs
    assert [row.split("\t")[0] for row in held("list").out.splitlines()] == ["sure"]
    assert held("build", "--check").code == 0


def test_what_waits_is_listed_with_the_reason(held: Runner) -> None:
    (row,) = [line.split("\t") for line in held("list", "--waiting").out.splitlines()]
    assert (row[0], row[5], row[6]) == ("open", "Open", "no source names the authors")
    (work,) = json.loads(held("list", "--waiting", "--format", "json").out)
    assert (work["key"], work["waiting"]) == ("open", "no source names the authors")


def test_check_counts_what_waits_and_names_unknown_words(held: Runner) -> None:
    held("build")
    result = held("check")
    assert result.code == 0
    assert "W08 note: one record waits for review" in result.out
    assert "W09 warning: `GPTT-2` is not among the models in the settings, did you mean `GPT-2`?" in result.out
    assert "O01" not in result.out


def test_outputs_use_the_words_of_the_collection(held: Runner) -> None:
    held("build")
    assert "*models*: GPT-2" in (held.root / "README.md").read_text("utf-8")
    (work,) = json.loads(held("list", "--format", "json").out)
    assert work["models"] == ["GPT-2"]
