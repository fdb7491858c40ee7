"""What registries say of a paper reaches its record, by whichever way it is known; what goes wrong is the source's."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from fedbib.sync.memory import State
from tests.commands.conftest import Runner
from tests.standin import server as faults
from tests.standin.server import SOURCES, Standin
from tests.standin.wire import Answer

Settings = Callable[[Mapping[str, Mapping[str, str]]], str]

PEPTAO = {"arxiv": "2310.15080", "acl": "2023.emnlp-main.488", "doi": "10.18653/v1/2023.emnlp-main.488"}
MEZO = {"arxiv": "2402.05926", "doi": "10.1145/3637528.3671865"}


@pytest.fixture
def synced(run: Runner, standin: Standin, at: Settings) -> Runner:
    run.put("fedbib.toml", at(standin.bases))
    return run


def record(run: Runner, key: str, **ids: str) -> None:
    written = ", ".join(f'{name} = "{id}"' for name, id in ids.items())
    run.put(f"entries/{key}.toml", f"ids = {{ {written} }}\n")


def works(run: Runner) -> dict[str, Any]:
    return {work["key"]: work for work in json.loads(run("list", "--format", "json").out)}


def paper(standin: Standin, name: str, value: str) -> dict[str, Any]:
    place = next(
        place
        for place, one in enumerate(standin.papers)
        if value in (one.get(name), one.get("arxiv", {}).get("id") if isinstance(one.get("arxiv"), dict) else "")
    )
    standin.papers[place] = dict(standin.papers[place])
    found: dict[str, Any] = standin.papers[place]  # type: ignore[assignment]
    return found


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A dump with a preprint and its publication."""
    people = "".join(
        f"<author>{name}</author>" for name in ("Zhenqing Ling", "Daoyuan Chen", "Liuyi Yao", "Yaliang Li", "Ying Shen")
    )
    same = f"{people}<title>On the Convergence of Zeroth-Order Federated Tuning for Large Language Models.</title><year>2024</year>"
    dump = (
        '<?xml version="1.0" encoding="ISO-8859-1"?>\n<!DOCTYPE dblp SYSTEM "dblp.dtd">\n<dblp>'
        f'<article key="journals/corr/abs-2402-05926" mdate="x">{same}<journal>CoRR</journal>'
        "<ee>https://doi.org/10.48550/arXiv.2402.05926</ee></article>"
        f'<inproceedings key="conf/kdd/LingCYL024" mdate="x">{same}<booktitle>KDD</booktitle></inproceedings></dblp>'
    )
    path = tmp_path / "dblp.xml.gz"
    path.write_bytes(gzip.compress(dump.encode()))
    return path


RETRACTED = {"updated-by": [{"type": "retraction", "DOI": "10.1/notice", "label": "Retraction"}]}


@pytest.mark.parametrize(
    "ids",
    [{"arxiv": PEPTAO["arxiv"]}, {"acl": PEPTAO["acl"]}, {"doi": PEPTAO["doi"]}],
    ids=lambda ids: next(iter(ids)),
)
def test_a_retraction_at_crossref_is_told_whatever_the_paper_is_known_by(
    synced: Runner, standin: Standin, ids: dict[str, str]
) -> None:
    """The Anthology, another witness of the publication, says nothing of it."""
    paper(standin, "acl", PEPTAO["acl"])["crossref"] = RETRACTED
    record(synced, "k", **ids)
    synced("sync")
    assert works(synced)["k"]["status"] == "retracted"


@pytest.mark.parametrize("known", [True, False], ids=["after", "at-once"])
def test_a_paper_that_the_anthology_retracted(synced: Runner, standin: Standin, known: bool) -> None:
    """Its .bib is gone; the XML of its collection tells."""
    record(synced, "k", acl=PEPTAO["acl"])
    if known:
        assert synced("sync").code == 0
    paper(standin, "acl", PEPTAO["acl"])["retracted"] = "Retracted by its authors"
    result = synced("sync", "--all")
    assert result.code == 0, result.err
    assert "check the id" not in result.err
    work = works(synced)["k"]
    assert work["status"] == "retracted"
    assert "RETRACTED" not in work["title"]
    assert "retracted" not in synced("add", PEPTAO["acl"]).out.casefold()


ENTRIES = """
@inproceedings{a,
 title={Federated Learning of Large Language Models with Parameter-Efficient Prompt Tuning and Adaptive Optimization},
 author={Tianshi Che and Ji Liu and Yang Zhou and Jiaxiang Ren and Jiwen Zhou and Victor S. Sheng and Huaiyu Dai and Dejing Dou},
 booktitle={Proceedings of the 2023 Conference on Empirical Methods in Natural Language Processing},
 year={2023}, eprint={2310.15080}, archivePrefix={arXiv}
}
@inproceedings{b,
 title={On the Convergence of Zeroth-Order Federated Tuning for Large Language Models},
 author={Zhenqing Ling and Daoyuan Chen and Liuyi Yao and Yaliang Li and Ying Shen},
 booktitle={KDD}, year={2024}
}
"""


def test_a_publication_that_only_a_file_tells_of_is_looked_for(synced: Runner) -> None:
    file = synced.put("refs.bib", ENTRIES)
    synced("import", str(file), "--wait")
    before = {path: text for path, text in synced.files().items() if path.endswith(".toml")}
    result = synced("sync")
    assert result.code == 0, result.err
    assert {work.get("DOI") for work in works(synced).values()} == {PEPTAO["doi"], MEZO["doi"]}
    assert {path: text for path, text in synced.files().items() if path.endswith(".toml")} == before


def test_a_registry_that_knows_the_paper_ends_the_wait(synced: Runner) -> None:
    file = synced.put("refs.bib", ENTRIES[ENTRIES.index("@inproceedings{b") :])
    synced("import", str(file), "--wait")
    assert works(synced) == {}
    synced("sync")
    assert [work["DOI"] for work in works(synced).values()] == [MEZO["doi"]]


def test_a_publication_elsewhere_than_the_file_says_is_a_question(synced: Runner) -> None:
    file = synced.put("refs.bib", ENTRIES.replace("booktitle={KDD}", "booktitle={ICML}"))
    synced("import", str(file), "--accept")
    result = synced("sync")
    assert f"may be published as doi:{MEZO['doi']}" in result.err
    assert "ICML 2024 according to an imported file" in result.err


def test_an_answer_that_is_cut_short_is_the_sources_failure(synced: Runner, standin: Standin) -> None:
    record(synced, "a", doi=PEPTAO["doi"])
    record(synced, "b", doi=MEZO["doi"])
    synced("sync")
    before = synced.files()

    def short(handler: faults.Handler, answer: Answer) -> None:
        data = json.loads(answer.content)
        if "items" in data.get("message", {}):
            data["message"]["items"] = data["message"]["items"][:1]
        handler.reply(Answer(200, answer.media_type, json.dumps(data).encode()))

    standin.fault("crossref", short, always=True)
    result = synced("sync", "--all")
    assert result.code == 1
    assert "Crossref did not answer in full" in result.err
    assert "not known" not in result.err
    assert synced.files() == before
    standin._always.clear()
    standin.asked.clear()
    assert synced("sync").code == 0
    assert any(path.startswith("/crossref/") for path in standin.asked)


FEED = b"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>https://arxiv.org/api/errors#x</id><title>Error</title>
<summary>overloaded</summary></entry></feed>"""


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(faults.body(FEED), id="an-error-as-a-feed"),
        pytest.param(faults.body(FEED.replace(FEED[FEED.index(b"<entry>") : FEED.index(b"</feed>")], b"")), id="empty"),
        pytest.param(faults.status(400), id="400"),
        pytest.param(faults.page, id="page"),
    ],
)
def test_a_service_that_is_at_fault_is_told_in_one_line(synced: Runner, standin: Standin, fault: faults.Fault) -> None:
    for number, id in enumerate((PEPTAO["arxiv"], MEZO["arxiv"], "2312.06353")):
        record(synced, f"k{number}", arxiv=id)
    standin.fault("arxiv", fault, always=True)
    result = synced("sync")
    assert result.code == 1
    assert result.err.count("arXiv did not answer") == 1, result.err
    assert "check the id" not in result.err


def test_a_service_that_refuses_makes_nobody_else_be_asked_again(synced: Runner, standin: Standin) -> None:
    record(synced, "k", arxiv="2209.01188")
    paper(standin, "arxiv", "2209.01188")["s2"] = None
    standin.fault("openreview", faults.status(403), always=True)
    synced("sync")
    asked = {path for path in standin.asked if "search" in path or "query.bibliographic" in path}
    assert asked
    standin.asked.clear()
    synced("sync")
    again = {path for path in standin.asked if "search" in path or "query.bibliographic" in path}
    assert all(path.startswith("/openreview/") for path in again)


def test_a_dump_of_dblp_tells_of_publications_without_a_network(synced: Runner, standin: Standin, file: Path) -> None:
    """The file itself says whose it is."""
    record(synced, "ling", arxiv=MEZO["arxiv"])
    standin.fault("dblp", faults.status(503), always=True)
    paper(standin, "arxiv", MEZO["arxiv"])["s2"] = None
    standin.papers = [{**one, "doi": ""} if one.get("doi") == MEZO["doi"] else one for one in standin.papers]
    synced("sync")
    assert works(synced)["ling"]["status"] == "preprint"
    standin.asked.clear()
    result = synced("sync", "--from", str(file))
    assert result.code == 0, result.err
    assert standin.asked == []
    work = works(synced)["ling"]
    assert (work["status"], work["dblp"], work["container-title-short"]) == ("published", "conf/kdd/LingCYL024", "KDD")


@pytest.mark.parametrize("source", [name for name in SOURCES if name != "arxiv"])
def test_a_source_that_is_off_is_asked_nothing(synced: Runner, standin: Standin, source: str) -> None:
    for number, ids in enumerate((PEPTAO, MEZO, {"arxiv": "2312.06353"}, {"doi": "10.4230/lipics.tqc.2013.93"})):
        record(synced, f"k{number}", arxiv=ids["arxiv"]) if "arxiv" in ids else record(synced, f"k{number}", **ids)
    text = (synced.root / "fedbib.toml").read_text()
    synced.put("fedbib.toml", text.replace(f"[sources.{source}]\n", f"[sources.{source}]\non = false\n"))
    synced("sync")
    synced("sync", "--all")
    assert standin.asked
    assert not [path for path in standin.asked if any(path.startswith(base) for base in SOURCES[source].values())]
    assert source not in {
        line.split("\t")[0].split(" ")[0] for line in synced("sync", "--plan", "--all").out.splitlines()
    }


def test_a_run_that_is_killed_while_it_searches_keeps_what_it_heard(
    synced: Runner, standin: Standin, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, id in enumerate(("2209.01188", "2310.15080")):
        record(synced, f"k{number}", arxiv=id)
        paper(standin, "arxiv", id)["s2"] = None
    searched = 0

    def dies(self: State, *told: object) -> None:
        nonlocal searched
        note(self, *told)  # type: ignore[arg-type]
        searched += 1
        if searched == 2:
            raise KeyboardInterrupt

    note = State.note_search
    with monkeypatch.context() as patched:
        patched.setattr(State, "note_search", dies)
        assert synced("sync").code == 130
    standin.asked.clear()
    standin.posted.clear()
    synced("sync")
    again = [path for path in standin.asked if "search" in path or "query.bibliographic" in path]
    again += [posted for posted in standin.posted if "VALUES ?title" in posted]
    assert len(again) < 2 * 3


def test_one_author_against_six_is_a_question(synced: Runner, standin: Standin) -> None:
    """Semantic Scholar and Crossref name the DOI; Crossref has the first author alone."""
    record(synced, "k", arxiv=MEZO["arxiv"])
    alone = [{"given": "Zhenqing", "family": "Ling", "sequence": "first"}]
    paper(standin, "doi", MEZO["doi"])["crossref"] = {"author": alone}
    paper(standin, "doi", MEZO["doi"])["dblp"] = ""
    result = synced("sync")
    assert works(synced)["k"]["status"] == "preprint"
    assert f"may be published as doi:{MEZO['doi']} (1 of 1 authors and 4 more" in result.err
