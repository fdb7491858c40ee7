"""`add` and `sync` against services that answer in the real wire formats."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date

import pytest

from tests.commands.conftest import SEED, Runner
from tests.standin import server as faults
from tests.standin.server import Standin

Settings = Callable[[Mapping[str, Mapping[str, str]]], str]


@pytest.fixture
def online(run: Runner, standin: Standin, at: Settings) -> Runner:
    """A collection whose sources are the stand-in."""
    run.put("fedbib.toml", at(standin.bases))
    return run


def claims(run: Runner, key: str) -> dict[str, dict[str, object]]:
    data = json.loads((run.root / "entries/claims" / f"{key}.json").read_text())["claims"]
    return {claim["source"]: claim["says"] for claim in data}


def test_adding_by_whatever_is_on_the_clipboard(online: Runner) -> None:
    result = online(
        "add",
        "https://arxiv.org/pdf/2310.15080v2",
        "https://dl.acm.org/doi/10.1145/3637528.3671865",
        "2023.acl-demo.54",
    )
    assert result.code == 0, result.err
    assert "added che2023federated: Federated Learning of Large Language Models" in result.out
    assert "[KDD 2024]" in result.out
    assert (online.root / "entries/borzunov2023petals.toml").read_text() == (
        "# Petals: Collaborative Inference and Fine-tuning of Large Models\n"
        'ids = { acl = "2023.acl-demo.54", doi = "10.18653/v1/2023.acl-demo.54" }\n'
        f"added = {date.today().isoformat()}\n"
    )
    assert set(claims(online, "borzunov2023petals")) == {"acl", "crossref"}
    assert online("build").code == 0
    assert online("check").code == 0


def test_adding_from_standard_input(online: Runner) -> None:
    result = online("add", "--topic", "prompt", stdin="arXiv:2310.15080\n\n  https://arxiv.org/abs/2209.01188  \n")
    assert result.code == 0, result.err
    assert 'topics = ["prompt"]' in (online.root / "entries/che2023federated.toml").read_text()
    assert (online.root / "entries/borzunov2022petals.toml").exists()


def test_a_paper_that_is_here_is_not_added_twice(online: Runner, standin: Standin) -> None:
    online("add", "2310.15080")
    before, asked = online.files(), len(standin.asked)
    result = online("add", "https://doi.org/10.48550/arXiv.2310.15080", "http://www.arxiv.org/abs/2310.15080v1")
    assert result.code == 0
    assert result.out.count("is che2023federated") == 2
    assert (online.files(), len(standin.asked)) == (before, asked)


def test_junk_is_refused_with_the_reason_and_the_rest_is_added(online: Runner) -> None:
    result = online("add", "+49 89 1234567", "20.1234/x", "10.5555/3692070.3693756", "2402.05926")
    assert result.code == 1
    assert result.err.count("refused: ") == 3
    assert "added ling2024convergence" in result.out


def test_a_doi_of_another_agency_is_asked_there(online: Runner, standin: Standin) -> None:
    result = online("add", "https://drops.dagstuhl.de/x?doi=10.4230/LIPIcs.TQC.2013.93")
    if result.code:
        result = online("add", "doi:10.4230/LIPIcs.TQC.2013.93")
    assert result.code == 0, result.err
    assert [path.split("/")[1] for path in standin.asked] == ["crossref", "doi", "datacite"]
    assert set(claims(online, "johnston2013minimum")) == {"datacite"}


def test_a_doi_of_an_agency_nobody_asks_is_named(online: Runner) -> None:
    result = online("add", "10.7600/jspfsm.56.60")
    assert result.code == 1
    assert "according to doi.org, it is registered at JaLC" in result.err


def test_nothing_is_added_while_a_service_is_down(online: Runner, standin: Standin) -> None:
    standin.fault("arxiv", faults.status(403), always=True)
    before = online.files()
    result = online("add", "2310.15080")
    assert result.code == 1
    assert "arXiv did not answer: HTTP 403" in result.err
    assert online.files() == before


def test_what_a_service_does_not_know_is_no_paper(online: Runner) -> None:
    result = online("add", "2401.99999", "10.1145/0000000.0000000")
    assert result.code == 1
    assert "arXiv does not know arxiv:2401.99999" in result.err
    assert "does not exist" in result.err or "does not know doi:10.1145/0000000.0000000" in result.err
    assert not list((online.root / "entries").glob("*.toml"))


@pytest.fixture
def synced(online: Runner) -> Runner:
    """The list of the tests, with what the sources say of it."""
    assert online("import", str(SEED)).code == 0
    result = online("sync")
    assert result.code == 0, result.err
    return online


def test_sync_adds_what_the_sources_say(synced: Runner) -> None:
    assert {"import", "arxiv"} <= set(claims(synced, "che2023federated"))
    assert {"import", "acl"} <= set(claims(synced, "borzunov2023petals"))
    assert claims(synced, "che2023federated")["arxiv"]["arxiv-class"] == "cs.LG"


def test_a_sync_that_learns_nothing_changes_no_byte(synced: Runner) -> None:
    before = synced.files()
    result = synced("sync", "--all")
    assert (result.code, result.out) == (0, "")
    assert "3 records, 0 changed" in result.err
    assert synced.files() == before


def test_sources_are_asked_in_batches(online: Runner, standin: Standin) -> None:
    online(
        "add",
        "2310.15080",
        "2212.10025",
        "2209.01188",
        "2402.05926",
        "10.1145/3637528.3671865",
        "10.18653/v1/2023.emnlp-main.488",
    )
    services = [path.split("?")[0].split("/")[1] for path in standin.asked]
    assert services.count("arxiv") == 1
    assert services.count("crossref") == 1


def test_a_dry_run_shows_the_differences_and_writes_nothing(online: Runner) -> None:
    online("import", str(SEED))
    before = online.files()
    result = online("sync", "--dry-run")
    assert "borzunov2023petals\tacl\tpage\t\t558-568" in result.out
    assert "nothing was written" in result.err
    assert online.files() == before
    data = json.loads(online("sync", "--dry-run", "--format", "json").out)
    assert {"key": "borzunov2023petals", "source": "acl", "field": "page", "old": "", "new": "558-568"} in data[
        "changes"
    ]


def test_a_correction_changes_one_line_of_each_claim_that_tells_it(synced: Runner, standin: Standin) -> None:
    before = synced.files()
    standin.papers = [
        {**paper, "pages": "558-569"} if paper.get("acl") == "2023.acl-demo.54" else paper for paper in standin.papers
    ]
    result = synced("sync", "--all")
    assert result.out == "".join(
        f"borzunov2023petals\t{source}\tpage\t558-568\t558-569\n" for source in ("acl", "crossref")
    )
    changed = {path for path, content in synced.files().items() if before[path] != content}
    assert changed == {"entries/claims/borzunov2023petals.json"}


@pytest.mark.parametrize("fault", ["403", "page", "garbage", "redirect"])
def test_a_failing_source_is_reported_and_takes_nothing_away(synced: Runner, standin: Standin, fault: str) -> None:
    before = synced.files()
    standin.fault("arxiv", faults.FAULTS[fault], always=True)
    result = synced("sync", "--all")
    assert synced.files() == before
    assert "arXiv" in result.err
    assert result.code == 1


def test_another_paper_under_the_id_is_refused(synced: Runner, standin: Standin) -> None:
    before = synced.files()
    vaswani = {"title": "Attention Is All You Need", "authors": [["Ashish", "Vaswani"]]}
    standin.papers = [
        {**paper, **vaswani} if paper.get("acl") == "2023.acl-demo.54" else paper for paper in standin.papers
    ]
    result = synced("sync", "--all")
    assert result.code == 1
    assert synced.files() == before
    assert '"Attention Is All You Need" (Ashish Vaswani), but the record is about "Petals' in result.err


def test_a_poorer_answer_keeps_what_we_had(synced: Runner, standin: Standin) -> None:
    before = synced.files()
    standin.papers = [
        {**paper, "authors": paper["authors"][:3]} if paper.get("acl") == "2023.acl-demo.54" else paper
        for paper in standin.papers
    ]
    result = synced("sync", "--all")
    assert synced.files() == before
    assert "ACL Anthology no longer gives author" in result.err


def test_a_pin_is_never_overwritten_and_the_difference_shown(synced: Runner) -> None:
    text = (synced.root / "entries/borzunov2023petals.toml").read_text() + '\n[pin]\npage = "1-2"\n'
    synced.put("entries/borzunov2023petals.toml", text)
    synced("sync")
    assert (synced.root / "entries/borzunov2023petals.toml").read_text() == text
    assert "page: 1-2  [pin]\n      but acl: 558-568\n" in synced("show", "borzunov2023petals").out
    assert "N01" in synced("check").out


def test_only_the_named_records_are_asked_about(synced: Runner, standin: Standin) -> None:
    standin.asked.clear()
    assert "1 record," in synced("sync", "borzunov2023petals").err
    assert [path for path in standin.asked if "arxiv" in path] == []


def test_a_source_can_be_switched_off(online: Runner, standin: Standin) -> None:
    text = (online.root / "fedbib.toml").read_text().replace("[sources.arxiv]", "[sources.arxiv]\non = false")
    online.put("fedbib.toml", text)
    online("import", str(SEED))
    assert online("sync").code == 0
    assert not any(path.startswith("/arxiv") for path in standin.asked)


def test_saved_answers_are_claims_of_their_source_with_their_origin(online: Runner, standin: Standin) -> None:
    online("import", str(SEED))
    saved = online.put("saved.xml", "")
    saved.write_bytes(b'<paper id="54"><title>Petals: Collaborative Inference and Fine-tuning of Large Models</title>'
                      b"<author><first>Alexander</first><last>Borzunov</last></author><pages>558-568</pages>"
                      b"<url>2023.acl-demo.54</url></paper>")  # fmt: skip
    result = online("sync", "--from", str(saved), "--source", "acl", "--origin", "a public repository, 2023.acl.xml")
    assert result.code == 0, result.err
    assert standin.asked == []
    data = json.loads((online.root / "entries/claims/borzunov2023petals.json").read_text())["claims"]
    assert (data[0]["source"], data[0]["origin"]) == ("acl", "a public repository, 2023.acl.xml")
    assert online("sync", "--from", str(saved)).code == 2


PETALS = "Petals: Collaborative Inference and Fine-tuning of Large Models"


def test_a_title_lists_what_the_sources_have(online: Runner) -> None:
    result = online("add", PETALS)
    assert (result.code, "which paper is Petals" in result.err) == (1, True)
    ids = [line.split("\t")[0] for line in result.out.splitlines()]
    assert ids
    assert "Borzunov et al." in result.out
    assert not list((online.root / "entries").glob("*.toml"))
    assert online("add", ids[0]).code == 0
    assert online("add", PETALS).out.startswith("already here:")


def test_a_person_at_a_terminal_is_asked_which(online: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fedbib.commands.add_._is_asking", lambda: True)
    assert online("add", f'"{PETALS}"', stdin="0\n").code == 1
    assert not list((online.root / "entries").glob("*.toml"))
    online.put("titles.txt", "")
    monkeypatch.setattr("click.prompt", lambda *_, **__: 1)
    result = online("add", f'"{PETALS}"')
    assert (result.code, "added borzunov" in result.out) == (0, True), result.err


def test_what_is_pasted_may_be_lines_with_comments_and_bibtex(online: Runner) -> None:
    pasted = "# to read\n2310.15080, 10.1145/3637528.3671865\n@misc{p, title = {Petals}, eprint = {2209.01188}}\n"
    result = online("add", stdin=pasted)
    assert (result.code, result.out.count("added ")) == (0, 3), result.err


def test_without_a_network_one_line_says_so(run: Runner, standin: Standin, at: Settings) -> None:
    run.put(
        "fedbib.toml", at({name: dict.fromkeys(bases, "http://127.0.0.1:9") for name, bases in standin.bases.items()})
    )
    result = run("add", "2310.15080", "2023.acl-demo.54", PETALS)
    assert (result.code, result.out) == (1, "")
    assert result.err.splitlines() == [
        "no source can be reached, so 3 papers could not be looked up: check the network"
    ]


def test_a_short_doi_is_added_as_the_doi_it_stands_for(online: Runner) -> None:
    result = online("add", "https://doi.org/10/p3xx", "10/zzzz9")
    assert (result.code, "added ling2024convergence" in result.out) == (1, True), result.err
    assert 'doi = "10.1145/3637528.3671865"' in (online.root / "entries/ling2024convergence.toml").read_text()
    assert "refused: 10/zzzz9: doi.org does not know doi:10/zzzz9" in result.err


def test_sync_asks_what_a_short_doi_stands_for_and_goes_on_with_that(online: Runner, standin: Standin) -> None:
    own = online.put("entries/ling.toml", 'ids = { doi = "10/p3xx" }\n').read_text()
    online.put("entries/gone.toml", 'ids = { doi = "10/zzzz9" }\n[pin]\ntitle = "A Title"\n')
    assert "doi_org" in online("sync", "--plan").out
    result = online("sync")
    assert "doi:10/zzzz9 is not known at doi.org" in result.err
    assert (online.root / "entries/ling.toml").read_text() == own
    claims = json.loads((online.root / "entries/claims/ling.json").read_text())["claims"]
    assert {(claim["source"], claim["id"]) for claim in claims} >= {
        ("doi_org", "doi:10/p3xx"),
        ("crossref", "doi:10.1145/3637528.3671865"),
    }
    shown = json.loads(online("show", "ling", "--format", "json").out)
    assert "10.1145/3637528.3671865" in json.dumps(shown)
    assert 'write `doi = "10.1145/3637528.3671865"` instead' in online("check", "--code", "I04").out
    before = (online.root / "entries/claims/ling.json").read_bytes()
    asked = len(standin.asked)
    online("sync")
    assert not [path for path in standin.asked[asked:] if "p3xx" in path or "3637528" in path], "nothing is asked again"
    assert (online.root / "entries/claims/ling.json").read_bytes() == before
    path = str(online.put("x.bib", "@article{k, title={Other Words}, doi={10.1145/3637528.3671865}}"))
    assert "1 known" in online("import", path).err, "it is found by the DOI"
