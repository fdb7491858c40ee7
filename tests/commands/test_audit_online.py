"""`fedbib audit` against services that answer in the real wire formats."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from tests.commands.conftest import Runner
from tests.standin.server import Standin

Settings = Callable[[Mapping[str, Mapping[str, str]]], str]


@pytest.fixture
def online(run: Runner, standin: Standin, at: Settings) -> Runner:
    """A collection whose sources are the stand-in."""
    run.put("fedbib.toml", at(standin.bases))
    return run


def audited(run: Runner, **fields: str) -> tuple[int, str, str]:
    inner = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    path = run.put("paper.bib", f"@inproceedings{{a,\n{inner}}}\n")
    result = run("audit", str(path))
    return result.code, result.out, result.err


PETALS = {
    "title": "Petals: Collaborative Inference and Fine-tuning of Large Models",
    "author": "Alexander Borzunov and others",
}


def test_a_registry_confirms_what_nothing_here_holds(online: Runner) -> None:
    code, out, err = audited(online, **PETALS, doi="10.18653/v1/2023.acl-demo.54")
    assert (code, out) == (0, "1 entry: 1 confirmed; 0 to fix\n"), err


def test_an_identifier_of_another_paper_contradicts(online: Runner) -> None:
    code, out, _ = audited(
        online, title="Learning to Knit with Quantum Sheep", author="Zoe Zimmer", doi="10.18653/v1/2023.acl-demo.54"
    )
    assert code == 1
    assert "contradicted" in out
    assert "Petals: Collaborative Inference" in out


def test_a_doi_that_nobody_keeps_is_told(online: Runner) -> None:
    code, out, err = audited(online, **PETALS, doi="10.18653/v1/2023.acl-demo.9999")
    assert code == 1, out + err
    assert "doi:10.18653/v1/2023.acl-demo.9999 is not known at its registry" in out


def test_sources_that_are_out_are_named_and_accuse_nobody(run: Runner, at: Settings) -> None:
    run.put("fedbib.toml", at({name: {"api": "http://127.0.0.1:9"} for name in ("crossref", "datacite")}))
    code, out, _ = audited(run, **PETALS, doi="10.5555/nobody.1")
    assert code == 4, out
    assert "did not answer: " in out


def test_each_doi_of_a_prefix_that_nobody_keeps_is_told(online: Runner) -> None:
    entries = "".join(
        f"@misc{{a{n}, title={{{PETALS['title']}}}, author={{{PETALS['author']}}}, doi={{10.88888/none.{n}}}}}\n"
        for n in range(4)
    )
    path = online.put("paper.bib", entries)
    result = online("audit", str(path))
    assert [f"doi:10.88888/none.{n} is not known at its registry" in result.out for n in range(4)] == [True] * 4
