"""The files by which a repository says how to cite it, made from the settings."""

from __future__ import annotations

import json

import jsonschema
import pytest
import yaml

from tests.commands.conftest import Runner
from tests.formats.test_written_only import schema

SETTINGS = """
name = "x"
title = "A Title: with a colon"
description = "Papers."
[publish]
address = "https://example.org/papers"
authors = ["Ho, Ann", "{The Group}"]
licence = "CC0-1.0"
repository = "https://github.com/who/what"
doi = "10.5281/zenodo.1234567"
version = "1.0"
"""


def test_both_files_say_what_the_settings_say(run: Runner) -> None:
    run.put("fedbib.toml", SETTINGS)
    assert run("build").code == 0
    cff = yaml.safe_load(run.files()["CITATION.cff"])
    assert cff["authors"] == [{"family-names": "Ho", "given-names": "Ann"}, {"name": "The Group"}]
    assert (cff["url"], cff["doi"], cff["license"]) == (
        "https://example.org/papers/",
        "10.5281/zenodo.1234567",
        "CC0-1.0",
    )
    zenodo = json.loads(run.files()[".zenodo.json"])
    assert zenodo["creators"] == [{"name": "Ho, Ann"}, {"name": "The Group"}]
    assert (zenodo["title"], zenodo["upload_type"]) == (cff["title"], "dataset")
    assert run("build", "--check").code == 0
    run.put("fedbib.toml", SETTINGS.replace("1.0", "2.0"))
    assert run("build", "--check").code == 1
    assert run("build").code == 0
    assert json.loads(run.files()[".zenodo.json"])["version"] == "2.0"


@pytest.mark.engine
@pytest.mark.parametrize("settings", [SETTINGS, 'name = "x"\n[publish]\nauthors = ["Ann Ho"]\n'], ids=["all", "least"])
def test_the_citation_file_is_valid(run: Runner, settings: str) -> None:
    run.put("fedbib.toml", settings)
    run("build")
    jsonschema.Draft7Validator(schema()).validate(yaml.safe_load(run.files()["CITATION.cff"]))


@pytest.mark.parametrize("name", ["CITATION.cff", ".zenodo.json"])
def test_a_file_of_somebody_s_own_is_not_replaced(run: Runner, name: str) -> None:
    run.put("fedbib.toml", SETTINGS)
    run.put(name, "{}\n")
    refused = run("build")
    assert refused.code == 1
    assert f"{name}: was not made by `fedbib build`" in refused.err
    assert run.files()[name] == b"{}\n"


def test_without_authors_there_is_neither(run: Runner) -> None:
    run.put("fedbib.toml", 'name = "x"\n[publish]\nlicence = "MIT"\n')
    assert run("build").code == 0
    assert not {"CITATION.cff", ".zenodo.json"} & run.files().keys()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('license = "MIT"', "did you mean `licence`"),
        ('licence = "as you like"', "is not an SPDX identifier"),
        ('address = "example.org"', "is not the address of a folder"),
        ('address = "https://example.org/?q=\\"><script>"', "is not the address"),
        ('address = "javascript:alert(1)"', "is not the address"),
        ('address = "https://me:secret@example.org/"', "contains a user name or password"),
        ('doi = "https://doi.org/10.5281/zenodo.1"', "is not a DOI"),
        ('authors = "Ann Ho"', "authors must be"),
    ],
)
def test_settings_that_say_it_wrong_are_refused(run: Runner, line: str, said: str) -> None:
    run.put("fedbib.toml", f'name = "x"\n[publish]\n{line}\n')
    refused = run("build")
    assert refused.code in (1, 2)
    assert said in refused.err
