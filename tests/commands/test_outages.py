"""What a run comes to does not depend on who was down in an earlier one."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from fedbib.net import retry
from tests.commands.conftest import Runner
from tests.standin import server as faults
from tests.standin.server import SOURCES, Fault, Standin
from tests.standin.wire import Answer

Settings = Callable[[Mapping[str, Mapping[str, str]]], str]

PREPRINTS = {
    "che2023federated": "2310.15080",
    "zhang2023fedpetuning": "2212.10025",
    "borzunov2023petals": "2209.01188",
    "ling2024convergence": "2402.05926",
    "qin2024federated": "2312.06353",
}


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """How long is waited between attempts is `tests.net.test_retry`'s."""
    monkeypatch.setattr(retry, "back_off", lambda *_: 0.0)


@pytest.fixture
def collection(run: Runner, standin: Standin, at: Settings) -> Runner:
    run.put("fedbib.toml", at(standin.bases))
    for key, arxiv in PREPRINTS.items():
        run.put(f"entries/{key}.toml", f'ids = {{ arxiv = "{arxiv}" }}\n')
    run.put("entries/acl.toml", 'ids = { acl = "2023.acl-demo.54" }\n')
    run.put("entries/doi.toml", 'ids = { doi = "10.1145/3637528.3671865" }\n')
    run.put("entries/elsewhere.toml", 'ids = { doi = "10.4230/lipics.tqc.2013.93" }\n')
    volume = {"pmlr": "v235/qin24a", "event": "ICML", "pages": "41473-41497"}
    standin.papers = [
        {**paper, **volume} if paper.get("arxiv", {}).get("id") == "2312.06353" else paper for paper in standin.papers
    ]
    return run


def claims(run: Runner) -> dict[str, object]:
    return {path.stem: json.loads(path.read_text()) for path in (run.root / "entries/claims").glob("*.json")}


def later(run: Runner, cache: Path) -> None:
    """Forget when things were asked, as if the days of every answer were over."""
    for path in cache.rglob("answers.sqlite"):
        path.unlink()


@pytest.fixture(scope="module")
def known() -> dict[str, object]:
    """What a run without faults came to, once there was one."""
    return {}


@pytest.fixture
def clean(collection: Runner, standin: Standin, cache: Path, known: dict[str, object]) -> dict[str, object]:
    """What a run without faults comes to; the collection is as before."""
    if known:
        return known
    assert collection("sync").code == 0
    known |= claims(collection)
    for path in (collection.root / "entries/claims").glob("*.json"):
        path.unlink()
    later(collection, cache)
    standin.asked.clear()
    return known


@pytest.fixture
def cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


FAULTS: dict[str, Fault] = {
    "status": faults.status(418),
    "empty": faults.body(b""),
    "page": faults.page,
    "gone": faults.status(404),
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("source", SOURCES)
def test_a_clean_run_repairs_what_an_outage_left(
    collection: Runner, standin: Standin, clean: dict[str, object], source: str, fault: str
) -> None:
    standin.fault(source, FAULTS[fault], always=True)
    collection("sync")
    standin._always.clear()
    result = collection("sync")
    assert result.code == 0, result.err
    assert claims(collection) == clean


@pytest.mark.parametrize(
    "source", ["acl", "crossref", "arxiv", "dblp", "semantic_scholar", "openalex", "openreview", "pmlr", "doi_org"]
)
@pytest.mark.parametrize("number", range(4))
def test_a_clean_run_repairs_what_the_outage_of_one_round_left(
    collection: Runner, standin: Standin, clean: dict[str, object], source: str, number: int
) -> None:
    """The service answers so many requests and fails from then on."""
    served = {"left": number}

    def fails(handler: faults.Handler, answer: Answer) -> None:
        if served["left"]:
            served["left"] -= 1
            handler.reply(answer)
        else:
            faults.status(418)(handler, answer)

    standin.fault(source, fails, always=True)
    collection("sync")
    standin._always.clear()
    result = collection("sync")
    assert result.code == 0, result.err
    assert claims(collection) == clean


def test_a_second_record_of_a_paper_is_told_all_that_the_first_one_was(
    run: Runner, standin: Standin, at: Settings
) -> None:
    run.put("fedbib.toml", at(standin.bases))
    record = 'ids = { doi = "10.1145/3637528.3671865" }\n'
    run.put("entries/first.toml", record)
    run("sync")
    run.put("entries/second.toml", record)
    run("sync")
    told = claims(run)
    assert told["second"] == told["first"]
    standin.asked.clear()
    run("sync")
    assert standin.asked == []
