"""Preprints whose publication is found, by the ids that sources name and by title."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest

from fedbib.model.finding import Code
from fedbib.net import retry
from tests.commands.conftest import Runner
from tests.standin import server as faults
from tests.standin.server import Standin

Settings = Callable[[Mapping[str, Mapping[str, str]]], str]

FIVE = {
    "che2023federated": ("2310.15080", "2023.emnlp-main.488", "10.18653/v1/2023.emnlp-main.488", "EMNLP"),
    "zhang2023fedpetuning": (
        "2212.10025",
        "2023.findings-acl.632",
        "10.18653/v1/2023.findings-acl.632",
        "Findings of ACL",
    ),
    "borzunov2023petals": ("2209.01188", "2023.acl-demo.54", "10.18653/v1/2023.acl-demo.54", "ACL Demo"),
    "ling2024convergence": ("2402.05926", None, "10.1145/3637528.3671865", "KDD"),
    "qin2024federated": ("2312.06353", None, None, "ICML"),
}
SISTER = {
    "title": "Distributed Inference and Fine-tuning of Large Language Models Over The Internet",
    "authors": [["Alexander", "Borzunov"], ["Max", "Ryabinin"], ["Artem", "Chumachenko"], ["Dmitry", "Baranchuk"], ["Tim", "Dettmers"], ["Younes", "Belkada"], ["Pavel", "Samygin"], ["Colin", "Raffel"]],
    "arxiv": {"id": "2312.08361", "version": 1, "published": "2023-12-13T18:52:49Z", "class": "cs.LG"},
    "dblp": "conf/nips/BorzunovRCBDBSR23", "booktitle": "Advances in Neural Information Processing Systems 36, NeurIPS 2023", "publisher": "Curran", "year": 2023, "pages": "12312-12331",
}  # fmt: skip


@pytest.fixture
def preprints(run: Runner, standin: Standin, at: Settings) -> Runner:
    run.put("fedbib.toml", at(standin.bases))
    for key, (arxiv, *_) in FIVE.items():
        run.put(f"entries/{key}.toml", f'ids = {{ arxiv = "{arxiv}" }}\n')
    standin.papers.append(SISTER)
    return run


def works(run: Runner) -> dict[str, Any]:
    return {work["key"]: work for work in json.loads(run("list", "--format", "json").out)}


def test_the_five_from_their_preprint_ids_alone(preprints: Runner) -> None:
    before = {path: content for path, content in preprints.files().items() if path.endswith(".toml")}
    result = preprints("sync")
    assert result.code == 0, result.err
    for key, (arxiv, acl, doi, venue) in FIVE.items():
        work = works(preprints)[key]
        found = (work["status"], work["arxiv"], work.get("acl"), work.get("DOI"), work["container-title-short"])
        assert found == ("published", arxiv, acl, doi, venue)
    assert {path: content for path, content in preprints.files().items() if path.endswith(".toml")} == before
    assert "5 publications found" in result.err
    assert preprints("build").code == 0


def test_what_was_linked_says_why(preprints: Runner) -> None:
    preprints("sync")
    claims = json.loads((preprints.root / "entries/claims/ling2024convergence.json").read_text())["claims"]
    (link,) = [
        claim["link"]
        for claim in claims
        if claim.get("id") == "doi:10.1145/3637528.3671865" and claim["source"] == "crossref"
    ]
    assert link[0] == {"code": "named", "source": "semantic_scholar"}
    assert {"code": "title-equal"} in link
    assert [claim["since"] for claim in claims if "since" in claim] == [date.today().isoformat()]


def test_the_next_sync_changes_no_byte(preprints: Runner) -> None:
    preprints("sync")
    before = preprints.files()
    assert preprints("sync").code == 0
    assert preprints("sync", "--all").code == 0
    assert preprints.files() == before


def test_a_rejected_publication_is_not_linked_again(preprints: Runner) -> None:
    preprints("sync")
    result = preprints("reject", "ling2024convergence", "doi:10.1145/3637528.3671865")
    assert result.code == 0, result.err
    preprints("sync", "--all")
    claims = json.loads((preprints.root / "entries/claims/ling2024convergence.json").read_text())["claims"]
    assert "doi:10.1145/3637528.3671865" not in [claim.get("id") for claim in claims]


def test_the_doi_of_another_paper_is_no_publication(preprints: Runner, standin: Standin) -> None:
    """The authors' DOI at arXiv leads to a different paper: neither linked nor proposed."""
    other = {"title": "Attention Is All You Need", "authors": [["Ashish", "Vaswani"]]}
    standin.papers = [
        {**paper, "doi": "10.1145/1", "dblp": ""} if paper.get("doi") == "10.1145/3637528.3671865" else paper
        for paper in standin.papers
    ]
    ling = next(paper for paper in standin.papers if paper.get("doi") == "10.1145/1")
    standin.papers.remove(ling)
    standin.papers += [
        {
            **ling,
            **other,
            "arxiv": {"id": "1706.03762", "version": 7, "published": "2017-06-12T00:00:00Z", "class": "cs.CL"},
        }
    ]
    standin.papers += [{key: value for key, value in ling.items() if key not in ("dblp", "agency")}]
    preprints("sync")
    assert works(preprints)["ling2024convergence"]["status"] == "preprint"


def test_a_paper_published_under_the_title_of_its_first_version(preprints: Runner, standin: Standin) -> None:
    """The newest preprint has a title of its own; only the first version's leads to the publication."""
    (ling,) = (paper for paper in standin.papers if paper.get("doi") == "10.1145/3637528.3671865")
    standin.papers.remove(ling)
    renamed = {
        **ling["arxiv"],
        "title": "FedMeZO: Memory-Frugal Federated Optimisation without Gradients",
        "first": ling["title"],
    }
    standin.papers.append({**ling, "arxiv": renamed, "s2": None})
    preprints("sync")
    assert any("v1" in path for path in standin.asked)
    assert works(preprints)["ling2024convergence"]["status"] == "published"
    claims = (preprints.root / "entries/claims/ling2024convergence.json").read_text()
    assert "first version" not in claims


TRIMMED = {
    "title": "Tuning Large Language Models under 18 Kilobytes of Communication per Round",
    "authors": [["Ann", "Baker"], ["Carl", "Dietrich"], ["Eva", "Fischer"]],
    "arxiv": {"id": "2401.00018", "version": 1, "published": "2024-01-01T00:00:00Z", "class": "cs.LG"},
    "s2": None,
}  # fmt: skip
PRINTED = {
    "title": "Tuning Large Language Models under Kilobytes of Communication per Round",
    "authors": TRIMMED["authors"],
    "doi": "10.1145/18", "agency": "Crossref", "s2": None,
    "booktitle": "Proceedings of the 30th Conference on Knowledge Discovery and Data Mining", "publisher": "ACM", "year": 2024, "month": 8, "place": "Barcelona", "pages": "1-9",
}  # fmt: skip


def test_no_decision_reads_a_sentence(preprints: Runner, standin: Standin, monkeypatch: pytest.MonkeyPatch) -> None:
    """Five papers are linked, one is proposed and its sister refused, whatever words the findings have."""
    preprints.put("entries/baker2024tuning.toml", 'ids = { arxiv = "2401.00018" }\n')
    standin.papers += [TRIMMED, PRINTED]
    first = preprints("sync")
    assert ("5 publications found" in first.err, first.err.count("P02")) == (True, 1), first.err
    assert re.search(r"similar title \(0\.\d\d\) except for a number", first.err)
    decided = preprints.files()
    for path in (preprints.root / "entries/claims").glob("*.json"):
        path.unlink()
    monkeypatch.setattr("fedbib.report.findings.SENTENCES", dict.fromkeys(Code, "xyzzy"))
    again = preprints("sync", "--all")
    assert "(xyzzy)" in again.err
    assert (again.code, preprints.files()) == (first.code, decided)


def test_show_says_why_a_publication_was_linked(preprints: Runner) -> None:
    preprints("sync")
    shown = preprints("show", "ling2024convergence").out
    assert "(crossref linked as doi:10.1145/3637528.3671865: by an id that Semantic Scholar gives, same title" in shown


def at_pmlr(standin: Standin, **others: object) -> None:
    """FedKSeed stands in a volume as well, with pages and editors that nobody else has."""
    (paper,) = [paper for paper in standin.papers if paper.get("arxiv", {}).get("id") == "2312.06353"]
    standin.papers.remove(paper)
    volume = {"pmlr": "v235/qin24a", "event": "ICML", "pages": "41473-41497"}
    volume["booktitle"] = "Proceedings of the 41st International Conference on Machine Learning"
    standin.papers.append({**paper, **volume, **others})


def test_what_is_linked_elsewhere_is_completed_from_its_volume(preprints: Runner, standin: Standin) -> None:
    at_pmlr(standin)
    assert preprints("sync").code == 0
    work = works(preprints)["qin2024federated"]
    assert (work["status"], work["page"], work["volume"], len(work["editor"])) == ("published", "41473-41497", "235", 2)
    assert sum(path.startswith("/pmlr") for path in standin.asked) == 3  # the volumes, one of them, the paper
    before = preprints.files()
    standin.asked.clear()
    preprints("sync")
    assert preprints.files() == before
    assert not any(path.startswith("/pmlr") for path in standin.asked)


def test_a_paper_that_nobody_else_leads_to_is_found_in_its_volume(preprints: Runner, standin: Standin) -> None:
    at_pmlr(standin)
    paper = standin.papers.pop()
    standin.papers.append({name: paper[name] for name in paper if name not in ("openreview", "dblp")})
    preprints.put("list.md", "- Federated Full-Parameter Tuning of Billion-Sized Language Models with Communication Cost under 18 Kilobytes (ICML 2024) [[pdf]](https://arxiv.org/abs/2312.06353)\n")  # fmt: skip
    assert preprints("import", str(preprints.root / "list.md")).code == 0
    assert preprints("sync").code == 0
    work = works(preprints)["qin2024federated"]
    assert (work["status"], work["page"], work["container-title-short"]) == ("published", "41473-41497", "ICML")


def test_what_a_search_found_is_completed_from_its_volume_in_the_same_run(preprints: Runner, standin: Standin) -> None:
    """Only the search tells the venue, and so the volume; arXiv as a venue is in none."""
    at_pmlr(standin, dblp="", s2=None)
    assert preprints("sync", "qin2024federated").code == 0
    work = works(preprints)["qin2024federated"]
    assert (work["openreview"], work["page"]) == ("cit0hg4sEz", "41473-41497")
    assert sum(path == "/pmlr/" for path in standin.asked) == 1
    before = preprints.files()
    preprints("sync", "qin2024federated", "--all")
    assert preprints.files() == before


def test_a_namesake_in_the_volume_is_not_the_paper(preprints: Runner, standin: Standin) -> None:
    at_pmlr(standin)
    paper = standin.papers.pop()
    others = {name: paper[name] for name in paper if name not in ("arxiv", "openreview", "dblp")}
    mine = {name: paper[name] for name in paper if name not in ("pmlr", "pages")}
    standin.papers += [mine, {**others, "authors": [["Ann", "Lee"], ["Bo", "Li"]]}]
    preprints("sync")
    work = works(preprints)["qin2024federated"]
    assert (work["status"], work.get("page"), len(work["author"])) == ("published", None, 6)


def test_a_word_of_a_volume_is_not_lost_when_the_volumes_are_down(
    preprints: Runner, standin: Standin, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_pmlr(standin)
    monkeypatch.setattr(retry, "back_off", lambda *_: 0.0)
    preprints("sync")
    before = preprints.files()
    standin.fault("pmlr", faults.status(418), always=True)
    preprints("sync", "--all")
    assert preprints.files() == before
