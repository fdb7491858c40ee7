"""What the services say of real papers: bodies in their wire formats that hold the facts and no more."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from fedbib.model.claim import Claim, Effect, Version
from fedbib.model.date import PartialDate
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.name import Name
from fedbib.model.pages import Pages
from fedbib.model.work import ItemType, Status, Work
from fedbib.net.messages import Body, Request
from fedbib.sources import SOURCES, by_title
from fedbib.sources.base import Answer, Elsewhere, NotFound, Unreadable
from fedbib.text.markup import from_html, plain, tidied
from fedbib.words.publication import version_of

RESPONSES = Path(__file__).parents[1] / "responses"


def says(name: str, file: str, id: Identifier) -> Work:
    answer = SOURCES[name].parse(Body(200, (RESPONSES / file).read_bytes()), Request("", (id,)))[id]
    assert isinstance(answer, Claim), answer
    return answer.says


def check(work: Work, expected: dict[str, Any]) -> None:
    found = {field: getattr(work, field) for field in expected}
    assert found == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param(
            "astro-ph/9812133",
            {
                "title": "Measurements of Omega and Lambda from 42 High-Redshift Supernovae",
                "issued": PartialDate(1998, 12, 8),
                "DOI": "",
                "arxiv_class": "astro-ph",
            },
            id="old-id-wrapped-title",
        ),
        pytest.param(
            "math/9501234",
            {
                "author": (Name(unsplit="Donald E. Knuth"),),
                "arxiv_class": "math.CO",
                "issued": PartialDate(1995, 1, 23),
            },
            id="old-id-with-class",
        ),
        pytest.param(
            "astro-ph/0601001",
            {
                "author": tuple(
                    Name(unsplit=name)
                    for name in ("Andrew Gould", "Susan Dorsher", "B. Scott Gaudi", "Andrzej Udalski")
                ),
                "container_title": "",
            },
            id="affiliations",
        ),
        pytest.param("2104.12255", {"title": "0"}, id="title-0"),
        pytest.param("2202.12139", {"arxiv_class": "cs.SE", "DOI": ""}, id="with-doi"),
    ],
)
def test_arxiv(value: str, expected: dict[str, Any]) -> None:
    work = says("arxiv", "real/arxiv/papers.xml", Identifier(Scheme.ARXIV, value))
    assert work.type is ItemType.ARTICLE
    check(work, {"arxiv": value} | expected)


def test_arxiv_leaves_out_what_it_does_not_have() -> None:
    arxiv = SOURCES["arxiv"]
    there, missing = Identifier(Scheme.ARXIV, "1707.08567"), Identifier(Scheme.ARXIV, "0808.0539")
    body = (RESPONSES / "real/arxiv/papers.xml").read_bytes()
    answers = arxiv.parse(Body(200, body), Request("", (missing, there)))
    assert answers[missing] == NotFound(missing)
    claim = answers[there]
    assert isinstance(claim, Claim)
    assert len(claim.says.author) == 34
    body = (RESPONSES / "real/arxiv/nothing.xml").read_bytes()
    assert arxiv.parse(Body(200, body), Request("", (there,))) == {there: NotFound(there)}


@pytest.mark.parametrize("status", [200, 400])
def test_an_error_of_arxiv_is_no_paper(status: int) -> None:
    id = Identifier(Scheme.ARXIV, "1707.08567")
    body = Body(status, (RESPONSES / "arxiv/error.xml").read_bytes())
    assert isinstance(SOURCES["arxiv"].parse(body, Request("", (id,)))[id], Unreadable)


FEEDS = [RESPONSES / name for name in ("arxiv/five.xml", "arxiv/legacy.xml", "real/arxiv/papers.xml")]


@pytest.mark.parametrize("path", FEEDS, ids=lambda path: path.name)
def test_every_entry_of_arxiv_is_read(path: Path) -> None:
    found = re.findall(r"<id>http://arxiv\.org/abs/(\S+?)v\d+</id>", path.read_text("utf-8"))
    assert found
    ids = tuple(Identifier(Scheme.ARXIV, value) for value in found)
    answers = SOURCES["arxiv"].parse(Body(200, path.read_bytes()), Request("", ids))
    assert len(answers) == len(set(found))
    for answer in answers.values():
        assert isinstance(answer, Claim)
        assert answer.says.title
        assert answer.says.author
        assert answer.says.issued


FEDPETUNING = '<span class="nocase">FedPETuning</span>: When Federated Learning Meets the Parameter-Efficient Tuning Methods of Pre-trained Language Models'


@pytest.mark.parametrize(
    ("file", "value", "expected"),
    [
        (
            "real/acl/papers.xml",
            "2023.emnlp-main.488",
            {
                "title": "Federated Learning of Large Language Models with Parameter-Efficient Prompt Tuning and "
                "Adaptive Optimization",
                "page": Pages("7871", "7888"),
                "DOI": "10.18653/v1/2023.emnlp-main.488",
                "issued": PartialDate(2023),
            },
        ),
        (
            "real/acl/papers.xml",
            "2023.findings-acl.632",
            {
                "title": FEDPETUNING,
                "page": Pages("9963", "9977"),
                "author": tuple(
                    Name(family, given)
                    for given, family in (
                        ("Zhuo", "Zhang"),
                        ("Yuanhang", "Yang"),
                        ("Yong", "Dai"),
                        ("Qifan", "Wang"),
                        ("Yue", "Yu"),
                        ("Lizhen", "Qu"),
                        ("Zenglin", "Xu"),
                    )
                ),
            },
        ),
        (
            "real/acl/papers.xml",
            "2023.acl-demo.54",
            {"page": Pages("558", "568"), "DOI": "10.18653/v1/2023.acl-demo.54"},
        ),
        (
            "acl/2023.findings-acl.632.bib",
            "2023.findings-acl.632",
            {"title": FEDPETUNING, "issued": PartialDate(2023, 7)},
        ),
        ("real/acl/papers.bib", "N04-1001", {"issued": PartialDate(2004, 5), "DOI": "", "page": Pages("1", "8")}),
        ("real/acl/papers.bib", "P19-1007", {"DOI": "10.18653/v1/p19-1007", "event_place": "Florence, Italy"}),
        ("real/acl/papers.bib", "L16-1040", {"event_place": "Portorož, Slovenia"}),
        ("real/acl/papers.bib", "P02-1040", {"DOI": "10.3115/1073083.1073135"}),
        ("real/acl/papers.bib", "W14-3354", {"author": (Name("Stanojević", "Miloš"), Name("Sima'an", "Khalil"))}),
        (
            "real/acl/papers.bib",
            "W03-0419",
            {"author": (Name("Tjong Kim Sang", "Erik F."), Name("De Meulder", "Fien"))},
        ),
        ("real/acl/L06.xml", "L06-1060", {"issued": PartialDate(2006, 5), "acl": "L06-1060"}),
        ("acl/J89.xml", "J89-1001", {"volume": "15", "issue": "1", "container_title": "Computational Linguistics"}),
        ("real/acl/2022.naloma.xml", "2022.naloma-1.1", {"page": Pages("1", "10"), "event_place": "Galway, Ireland"}),
        (
            "real/acl/2022.acl.xml",
            "2022.acl-long.375",
            {"title": "$\\infty$-former: Infinite Memory Transformer"},
        ),
        (
            "real/acl/papers.xml",
            "2023.emnlp-main.530",
            {
                "title": '<span class="nocase">trlX</span>: A Framework for Large Scale Reinforcement Learning from '
                "Human Feedback"
            },
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_acl(file: str, value: str, expected: dict[str, Any]) -> None:
    check(says("acl", file, Identifier(Scheme.ACL, value)), {"acl": value} | expected)


def listed(name: str, ids: Sequence[Identifier]) -> Mapping[Identifier, Answer]:
    """The answers of a service about its papers here."""
    body = Body(200, (RESPONSES / "real" / name / "papers.json").read_bytes())
    return SOURCES[name].parse(body, Request("", tuple(ids)))


def crossref(doi: str) -> Claim:
    id = Identifier(Scheme.DOI, doi)
    answer = listed("crossref", [id])[id]
    assert isinstance(answer, Claim)
    return answer


@pytest.mark.parametrize(
    ("doi", "expected"),
    [
        (
            "10.18653/v1/n18-1058",
            {
                "container_title": "Proceedings of the 2018 Conference of the North American Chapter of the "
                "Association for Computational Linguistics: Human Language Technologies, Volume 1 (Long Papers)",
                "issued": PartialDate(2018, 6),
                "event_title": "",
                "event_place": "New Orleans, Louisiana",
            },
        ),
        (
            "10.1007/978-3-642-33191-6_49",
            {
                "type": ItemType.CHAPTER,
                "container_title": "Advances in Visual Computing",
                "collection_title": "Lecture Notes in Computer Science",
            },
        ),
        ("10.14264/uql.2020.791", {"issued": None, "type": ItemType.THESIS}),
        ("10.1038/s42256-024-00832-8", {"arxiv": "", "page": Pages("525", "535"), "volume": "6"}),
        ("10.7600/jspfsm.56.60", {"title": "", "author": ()}),
        (
            "10.1007/s40278-023-41815-2",
            {
                "title": "Convalescent-anti-sars-cov-2-plasma/immune-globulin: Fever and mild decrease in baseline "
                "oxygen saturation following off-label use: 3 case reports",
                "page": Pages("145"),
            },
        ),
        ("10.1103/physrevlett.120.117701", {"page": Pages("117701")}),
        (
            "10.1073/pnas.1205508109",
            {
                "title": "Oncogenic mutations mimic and enhance dynamic events in the natural activation of "
                "phosphoinositide 3-kinase p110α (<i>PIK3CA</i>)",
                "issued": PartialDate(2012, 9, 18),
            },
        ),
        (
            "10.1136/jclinpath-2020-206745",
            {
                "title": "Construction of a reference material panel for detecting "
                "<i>KRAS</i>/<i>NRAS</i>/<i>EGFR</i>/<i>BRAF</i>/<i>MET</i> mutations in plasma ctDNA"
            },
        ),
        (
            "10.5194/cp-2020-95",
            {
                "title": "The Atmospheric Bridge Communicated the δ<sup>13</sup>C Decline during the Last Deglaciation "
                "to the Global Upper Ocean",
                "type": ItemType.ARTICLE,
            },
        ),
        (
            "10.1103/physrevc.91.057301",
            {"title": "Persistence of collective behavior at high spin in the N=88 nucleus <sup>153</sup>Tb"},
        ),
        (
            "10.1103/physrevb.89.235131",
            {"title": "LaSrVO<sub>4</sub>: A candidate for the spin-orbital liquid state"},
        ),
        (
            "10.1155/2021/5525739",
            {"title": "More on Dα-Closed Sets in Topological Spaces"},
        ),
        (
            "10.1145/3448016.3452841",
            {
                "title": "Vector Quotient Filters: Overcoming the Time/Space Trade-Off in Filter Design",
                "issued": PartialDate(2021, 6, 9),
                "container_title_short": "SIGMOD/PODS",
            },
        ),
        ("10.1038/ng.3834", {"issued": PartialDate(2017, 5), "arxiv": ""}),
        ("10.1073/pnas.1414271111", {"status": Status.UNRESOLVED}),
        ("10.1371/journal.ppat.1008184", {"status": Status.UNRESOLVED}),
        ("10.1145/3184558.3186235", {"container_title_short": "WWW", "event_place": "Lyon, France"}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_crossref(doi: str, expected: dict[str, Any]) -> None:
    check(crossref(doi).says, {"DOI": doi} | expected)


def test_crossref_collective_authors_and_suffixes() -> None:
    assert Name(literal="GTEx Consortium") in crossref("10.1038/ng.3834").says.author
    assert Name("Hora", "Donald", "Jr.") in crossref("10.1002/jor.1100150407").says.author
    assert crossref("10.3892/ijo_00000353").says.author[0] == Name("Stravopodis")


AGENCY = b'{"status":"ok","message-type":"work-agency","message":{"DOI":"10.5284/1011335","agency":{"id":"datacite"}}}'
INVALID = (
    b'{"status":"failed","message-type":"validation-failure","message":[{"type":"integer-not-valid","value":"200"}]}'
)
TIMEOUT = b"<html>\n<head><title>504 Gateway Time-out</title></head>\n</html>\n"


@pytest.mark.parametrize(
    ("content", "status", "kind"),
    [
        pytest.param(b"Resource not found.", 404, NotFound, id="not-found"),
        pytest.param(b"Resource not found.", 200, Unreadable, id="not-found-said-to-be-fine"),
        pytest.param(TIMEOUT, 504, Unreadable, id="page-of-a-gateway"),
        pytest.param(INVALID, 400, Unreadable, id="wrong-question"),
        pytest.param(AGENCY, 200, Unreadable, id="answer-to-another-question"),
    ],
)
def test_crossref_errors(content: bytes, status: int, kind: type) -> None:
    id = Identifier(Scheme.DOI, "10.5284/1011335")
    assert isinstance(SOURCES["crossref"].parse(Body(status, content), Request("", (id,)))[id], kind)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (
            "10.4230/lipics.tqc.2013.93",
            {"type": ItemType.PAPER_CONFERENCE, "editor": (Name("Severini", "Simone"), Name("Brandao", "Fernando"))},
        ),
        (
            "10.18429/jacow-ipac2016-tupmy003",
            {"type": ItemType.PAPER_CONFERENCE, "page": None},
        ),
        (
            "10.14457/kmitl.res.2006.17",
            {"issued": None, "author": (Name(unsplit="กัญจนา แซ่เตียว"),)},
        ),
        (
            "10.3204/desy-2014-01645",
            {"type": ItemType.THESIS, "page": None, "volume": ""},
        ),
        (
            "10.2312/geowissenschaften.1989.7.181",
            {"container_title": "Die Geowissenschaften", "page": Pages("181", "186"), "issue": "7"},
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_datacite(value: str, expected: dict[str, Any]) -> None:
    check(says("datacite", "real/datacite/papers.json", Identifier(Scheme.DOI, value)), {"DOI": value} | expected)


def test_datacite_record_of_arxiv() -> None:
    work = says("datacite", "real/datacite/papers.json", Identifier(Scheme.ARXIV, "2311.16162"))
    check(work, {"arxiv": "2311.16162", "DOI": "", "type": ItemType.ARTICLE, "issued": PartialDate(2023, 11, 9)})
    assert work.author[4] == Name("Salvador-Carulla", "Luis")


def test_doi_org() -> None:
    id = Identifier(Scheme.DOI, "10.4202/app.2007.0001")
    doi_org = SOURCES["doi_org"]
    body = (RESPONSES / "doi_org/crossref.json").read_bytes()
    assert doi_org.parse(Body(200, body), Request("", (id,))) == {id: Elsewhere(id, "Crossref")}
    html = (RESPONSES / "real/doi_org/not_found.html").read_bytes()
    assert doi_org.parse(Body(404, html), Request("", (id,))) == {id: NotFound(id)}
    assert isinstance(doi_org.parse(Body(200, html), Request("", (id,)))[id], Unreadable)


def test_dblp() -> None:
    work = says("dblp", "dblp/fedmezo.bib", Identifier(Scheme.DBLP, "conf/kdd/LingCYL024"))
    check(work, {"DOI": "10.1145/3637528.3671865", "page": Pages("1827", "1838"), "event_place": "Barcelona, Spain"})
    assert work.container_title.endswith("SIGKDD Conference on Knowledge Discovery and Data Mining")
    work = says("dblp", "real/dblp/fedkseed.bib", Identifier(Scheme.DBLP, "conf/icml/QinCQDLD24"))
    check(work, {"openreview": "cit0hg4sEz", "container_title_short": "ICML", "DOI": "", "page": None})


def test_pmlr() -> None:
    work = says("pmlr", "real/pmlr/qin24a.md", Identifier(Scheme.PMLR, "v235/qin24a"))
    check(
        work,
        {
            "title": "Federated Full-Parameter Tuning of Billion-Sized Language Models with Communication Cost under "
            "18 Kilobytes",
            "page": Pages("41473", "41497"),
            "openreview": "cit0hg4sEz",
            "issued": PartialDate(2024),
            "volume": "235",
        },
    )
    assert [name.family for name in work.author] == ["Qin", "Chen", "Qian", "Ding", "Li", "Deng"]


@pytest.mark.parametrize(
    ("value", "others"),
    [
        (
            "2304.05376",
            {"doi:10.1038/s42256-024-00832-8", "dblp:journals/natmi/BranCSBWS24"},
        ),
        ("1908.10084", {"acl:D19-1410", "doi:10.18653/v1/d19-1410"}),
        (
            "2412.12693",
            {"acl:2025.acl-long.568", "doi:10.18653/v1/2025.acl-long.568", "dblp:conf/acl/ZhangNMWZKLW25"},
        ),
        ("1603.02754", {"doi:10.1145/2939672.2939785", "dblp:conf/kdd/ChenG16"}),
        ("2312.07559", set()),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_semantic_scholar(value: str, others: set[str]) -> None:
    papers = json.loads((RESPONSES / "real/semantic_scholar/papers.json").read_text("utf-8"))
    (title,) = [paper["title"] for paper in papers if paper["externalIds"]["ArXiv"] == value]
    id = Identifier(Scheme.ARXIV, value)
    claim = listed("semantic_scholar", [id])[id]
    assert isinstance(claim, Claim)
    assert version_of(claim) is Version.UNKNOWN
    assert claim.says == Work(title=title, arxiv=value)
    assert {str(id) for id in claim.hints.names} == others


def test_semantic_scholar_batches() -> None:
    ids = tuple(
        Identifier(Scheme.DOI, doi)
        for doi in ("10.1000/unknown", "10.2139/ssrn.288970", "10.2139/ssrn.2250500", "10.1257/rct.1355")
    )
    body = Body(200, (RESPONSES / "real/semantic_scholar/with_null.json").read_bytes())
    answers = SOURCES["semantic_scholar"].parse(body, Request("", ids))
    assert answers[ids[0]] == NotFound(ids[0])
    assert [type(answers[id]) for id in ids[1:]] == [Claim, Claim, Claim]
    body = Body(
        200, b'[{"paperId": "1", "authors": []}, {"paperId": "2", "authors": []}, {"paperId": "3", "authors": []}]'
    )
    answers = SOURCES["semantic_scholar"].parse(body, Request("", ids[:3]))
    assert all(isinstance(answer, Unreadable) for answer in answers.values())


@pytest.mark.parametrize(
    ("content", "status", "kind"),
    [
        pytest.param(b'{"error":"Unrecognized or unsupported fields: [unknown]"}', 400, Unreadable, id="unknown-field"),
        pytest.param(b'{"message":"Forbidden"}', 403, Unreadable, id="forbidden"),
        pytest.param(b'{"message":"Forbidden"}', 200, Unreadable, id="forbidden-said-to-be-fine"),
        pytest.param(b'{"error":"Paper with id 0 not found"}', 404, NotFound, id="not-found"),
        pytest.param(b'{"total": 1, "offset": 0, "data": [{"paperId": "1"}]}', 200, Unreadable, id="search"),
        pytest.param(
            b'{"data": [{"paperId": "1", "externalIds": {"ArXiv": "2312.07559"}, "title": "PaperQA"}]}',
            200,
            Unreadable,
            id="match",
        ),
    ],
)
def test_semantic_scholar_errors(content: bytes, status: int, kind: type) -> None:
    id = Identifier(Scheme.ARXIV, "2312.07559")
    assert isinstance(SOURCES["semantic_scholar"].parse(Body(status, content), Request("", (id,)))[id], kind)


@pytest.mark.parametrize(
    ("id", "title"),
    [
        (Identifier(Scheme.DOI, "10.1145/3448016.3452841"), "Vector Quotient Filters"),
        (Identifier(Scheme.DOI, "10.7600/jspfsm.56.60"), ""),
        (Identifier(Scheme.DOI, "10.1101/097196"), "A Data Citation Roadmap for Scholarly Data Repositories"),
        (Identifier(Scheme.DOI, "10.1002/wrna.1370"), ""),
        (
            Identifier(Scheme.ARXIV, "2312.07559"),
            "PaperQA: Retrieval-Augmented Generative Agent for Scientific Research",
        ),
    ],
    ids=str,
)
def test_openalex(id: Identifier, title: str) -> None:
    answer = listed("openalex", [id])[id]
    assert isinstance(answer, Claim)
    assert (answer.says.title, answer.hints.names, version_of(answer)) == (title, (), Version.UNKNOWN)


def test_openalex_a_preprint_and_its_article_are_two_works() -> None:
    ids = (Identifier(Scheme.DOI, "10.1038/s42256-024-00832-8"), Identifier(Scheme.ARXIV, "2304.05376"))
    answers = listed("openalex", ids)
    article, preprint = answers[ids[0]], answers[ids[1]]
    assert isinstance(article, Claim)
    assert isinstance(preprint, Claim)
    assert (article.says.arxiv, preprint.says.DOI) == ("", "")
    body = Body(404, b"<!doctype html>\n<html lang=en>\n<title>404 Not Found</title>\n<h1>Not Found</h1>\n")
    assert SOURCES["openalex"].parse(body, Request("", ids[:1])) == {ids[0]: NotFound(ids[0])}


NOTES = {
    note["id"]: note for note in json.loads((RESPONSES / "real/openreview/papers.json").read_text("utf-8"))["notes"]
}


@pytest.mark.parametrize("wrap", [True, False], ids=["v2", "v1"])
@pytest.mark.parametrize("value", ["JFY9MZtWTu", "nspzrcvzcB", "ioYdy7aghG"])
def test_openreview_says_the_same_in_both_versions(value: str, wrap: bool) -> None:
    content = NOTES[value]["content"]
    note = NOTES[value] | {"content": {name: {"value": said} for name, said in content.items()} if wrap else content}
    id = Identifier(Scheme.OPENREVIEW, value)
    answer = SOURCES["openreview"].parse(Body(200, json.dumps({"notes": [note]}).encode()), Request("", (id,)))[id]
    assert isinstance(answer, Claim)
    check(
        answer.says, {"container_title_short": "ICLR", "issued": PartialDate(2026), "type": ItemType.PAPER_CONFERENCE}
    )
    assert answer.says.title == content["title"]
    assert [name.unsplit for name in answer.says.author] == content["authors"]


@pytest.mark.parametrize("value", ["HkghWScuoQ", "r1eLk2mKiX"])
def test_openreview_submissions_without_a_decision(value: str) -> None:
    note = NOTES[value]
    id = Identifier(Scheme.OPENREVIEW, note["id"])
    answer = SOURCES["openreview"].parse(Body(200, json.dumps({"notes": [note]}).encode()), Request("", (id,)))[id]
    assert isinstance(answer, Claim)
    assert version_of(answer) is Version.UNKNOWN
    assert len(answer.says.author) == len(note["content"]["authors"])
    assert "someone@" not in str(answer)


def found(source: str, content: bytes) -> tuple[Work, ...]:
    said = by_title.parse(source, Body(200, content), {"k": Work()})
    assert said is not None
    return said["k"]


def test_hits_of_dblp() -> None:
    content = (RESPONSES / "real/dblp/hits.json").read_bytes()
    hits = json.loads(content)["result"]["hits"]["hit"]
    works = found("dblp", content)
    assert [work.dblp for work in works] == [hit["info"]["key"] for hit in hits]
    for work, info in zip(works, (hit["info"] for hit in hits), strict=True):
        assert work.is_preprint == bool(work.arxiv) == (info["venue"] == "CoRR")
        assert work.container_title_short == ("" if work.is_preprint else info["venue"])
        assert bool(work.author) == ("authors" in info)
        assert not work.title.endswith(".")
        assert not any(name.unsplit[-1].isdigit() for name in work.author)
        assert ("" if work.is_preprint else info.get("doi", "").lower()) == work.DOI


def test_a_search_at_crossref() -> None:
    works = found("crossref", (RESPONSES / "real/crossref/search.json").read_bytes())
    assert len(works) == 1
    assert works[0].DOI
    assert works[0].title


def test_what_authors_told_arxiv_of_the_publication() -> None:
    id = Identifier(Scheme.ARXIV, "astro-ph/0601001")
    body = Body(200, (RESPONSES / "real/arxiv/papers.xml").read_bytes())
    claim = SOURCES["arxiv"].parse(body, Request("", (id,)))[id]
    assert isinstance(claim, Claim)
    assert claim.hints.journal_ref
    assert claim.says.DOI == ""
    for path in FEEDS:
        said = re.findall(r"<arxiv:doi[^>]*>(10\.[^<]+)</arxiv:doi>", path.read_text("utf-8"))
        found = re.findall(r"<id>http://arxiv\.org/abs/(\S+?)v\d+</id>", path.read_text("utf-8"))
        ids = tuple(Identifier(Scheme.ARXIV, value) for value in found)
        answers = SOURCES["arxiv"].parse(Body(200, path.read_bytes()), Request("", ids)).values()
        hints = {id.value for answer in answers if isinstance(answer, Claim) for id in answer.hints.names}
        assert {doi.lower() for doi in said if not doi.startswith("10.5555")} <= hints, path.name


def test_corrections_at_crossref() -> None:
    claim = crossref("10.1371/journal.pone.0033693")
    assert isinstance(claim, Claim)
    assert claim.hints.notices[0].effect is Effect.CORRECTED
    assert claim.hints.notices[0].id.value.startswith("10.1371/")
    assert claim.says.status is Status.UNRESOLVED


TITLED = frozenset({"title", "display_name", "subtitle", "container-title", "original-title", "short-container-title"})


def titles(data: object) -> Iterator[str]:
    """Every title in a body, wherever it stands."""
    if isinstance(data, dict):
        for name, value in data.items():
            if name in TITLED:
                yield from (text for text in (value if isinstance(value, list) else [value]) if isinstance(text, str))
            yield from titles(value)
    elif isinstance(data, list):
        for part in data:
            yield from titles(part)


def test_no_title_keeps_the_markup_of_its_service() -> None:
    found = []
    for path in sorted(RESPONSES.rglob("*.json")):
        found += list(titles(json.loads(path.read_text("utf-8"))))
    assert sum("<" in title or "&" in title or "\n" in title for title in found) >= 10
    for title in found:
        text = plain(from_html(title))
        assert not re.search(r"</?[A-Za-z]|&#?\w{2,8};|\n|\s\s", text), title
        assert text == text.strip()
        assert tidied(from_html(title)) == from_html(title)
