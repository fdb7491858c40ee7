"""Real answers of the services, recorded in public repositories; skipped where the folder is not at hand."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from contextlib import suppress
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
from fedbib.sources.base import Elsewhere, NotFound, Unreadable
from fedbib.text.markup import from_html, plain, tidied

FIXTURES = Path(os.environ.get("FEDBIB_FIXTURES") or Path(__file__).resolve().parents[3] / "shared" / "fixtures")

pytestmark = pytest.mark.skipif(not FIXTURES.is_dir(), reason="no recorded answers at hand (FEDBIB_FIXTURES)")


def says(name: str, file: str, id: Identifier) -> Work:
    answer = SOURCES[name].parse(Body(200, (FIXTURES / file).read_bytes()), Request("", (id,)))[id]
    assert isinstance(answer, Claim), answer
    return answer.says


def check(work: Work, expected: dict[str, Any]) -> None:
    found = {field: getattr(work, field) for field in expected}
    assert found == expected


@pytest.mark.parametrize(
    ("file", "value", "expected"),
    [
        pytest.param(
            "legacy2010s_astro-ph_9812133.xml",
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
            "legacy2010s_math_9501234.xml",
            "math/9501234",
            {
                "author": (Name(unsplit="Donald E. Knuth"),),
                "arxiv_class": "math.CO",
                "issued": PartialDate(1995, 1, 23),
            },
            id="old-id-with-class",
        ),
        pytest.param(
            "old-style_astro-ph_0601001_journal-ref.xml",
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
        pytest.param("single_versioned_2104.12255v1.xml", "2104.12255", {"title": "0"}, id="title-0"),
        pytest.param("multi_search_15_entries.xml", "2202.12139", {"arxiv_class": "cs.SE", "DOI": ""}, id="with-doi"),
    ],
)
def test_arxiv(file: str, value: str, expected: dict[str, Any]) -> None:
    work = says("arxiv", f"arxiv/{file}", Identifier(Scheme.ARXIV, value))
    assert work.type is ItemType.ARTICLE
    check(work, {"arxiv": value} | expected)


def test_arxiv_missing_and_malformed() -> None:
    arxiv = SOURCES["arxiv"]
    there, missing = Identifier(Scheme.ARXIV, "1707.08567"), Identifier(Scheme.ARXIV, "0808.0539")
    body = (FIXTURES / "arxiv/multi_one-missing_0808.05394_1707.08567.xml").read_bytes()
    answers = arxiv.parse(Body(200, body), Request("", (missing, there)))
    assert answers[missing] == NotFound(missing)
    claim = answers[there]
    assert isinstance(claim, Claim)
    assert len(claim.says.author) == 34
    for name in ("notfound_0000.0000.xml", "notfound_0808.05394.xml"):
        body = (FIXTURES / "arxiv" / name).read_bytes()
        assert arxiv.parse(Body(200, body), Request("", (there,))) == {there: NotFound(there)}
    for name, status in (("malformed_abc_http400.xml", 400), ("legacy2010s_INVALIDID.xml", 200)):
        body = (FIXTURES / "arxiv" / name).read_bytes()
        assert isinstance(arxiv.parse(Body(status, body), Request("", (there,)))[there], Unreadable)


@pytest.mark.parametrize(
    "path", sorted((FIXTURES / "arxiv").glob("*.xml")) if FIXTURES.is_dir() else [], ids=lambda path: path.name
)
def test_every_entry_of_arxiv_is_read(path: Path) -> None:
    found = re.findall(r"<id>http://arxiv\.org/abs/(\S+?)v\d+</id>", path.read_text("utf-8"))
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
            "paper_2023.emnlp-main.488_FedPepTAO.xml",
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
            "paper_2023.findings-acl.632_FedPETuning.xml",
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
            "paper_2023.acl-demo.54_Petals.xml",
            "2023.acl-demo.54",
            {"page": Pages("558", "568"), "DOI": "10.18653/v1/2023.acl-demo.54"},
        ),
        (
            "2023.findings-acl.632_pasted.bib",
            "2023.findings-acl.632",
            {"title": FEDPETUNING, "issued": PartialDate(2023, 7)},
        ),
        ("N04-1001.bib", "N04-1001", {"issued": PartialDate(2004, 5), "DOI": "", "page": Pages("1", "8")}),
        ("P19-1007.bib", "P19-1007", {"DOI": "10.18653/v1/p19-1007", "event_place": "Florence, Italy"}),
        ("pasted_entries_2020.bib", "L16-1040", {"event_place": "Portorož, Slovenia"}),
        ("pasted_entries_2020.bib", "P02-1040", {"DOI": "10.3115/1073083.1073135"}),
        ("pasted_entries_2020.bib", "W14-3354", {"author": (Name("Stanojević", "Miloš"), Name("Sima'an", "Khalil"))}),
        (
            "pasted_entries_2020.bib",
            "W03-0419",
            {"author": (Name("Tjong Kim Sang", "Erik F."), Name("De Meulder", "Fien"))},
        ),
        ("toy_L06.xml", "L06-1060", {"issued": PartialDate(2006, 5), "acl": "L06-1060"}),
        ("toy_J89.xml", "J89-1001", {"volume": "15", "issue": "1", "container_title": "Computational Linguistics"}),
        ("toy_2022.naloma.xml", "2022.naloma-1.1", {"page": Pages("1", "10"), "event_place": "Galway, Ireland"}),
        (
            "collection_2022.acl_selected_papers.xml",
            "2022.acl-long.375",
            {"title": "$\\infty$-former: Infinite Memory Transformer"},
        ),
        (
            "papers_2023_markup_cases.xml",
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
    check(says("acl", f"acl_anthology/{file}", Identifier(Scheme.ACL, value)), {"acl": value} | expected)


def crossref(file: str) -> Work:
    content = json.loads((FIXTURES / "crossref" / file).read_text("utf-8"))
    message = content.get("message", content)
    body = {"message-type": "work", "message": message}
    id = Identifier(Scheme.DOI, message["DOI"].lower())
    answer = SOURCES["crossref"].parse(Body(200, json.dumps(body).encode()), Request("", (id,)))[id]
    assert isinstance(answer, Claim)
    return answer.says


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        (
            "acl-message_10.18653_v1_n18-1058.json",
            {
                "container_title": "Proceedings of the 2018 Conference of the North American Chapter of the "
                "Association for Computational Linguistics: Human Language Technologies, Volume 1 (Long Papers)",
                "issued": PartialDate(2018, 6),
                "event_title": "",
                "event_place": "New Orleans, Louisiana",
            },
        ),
        (
            "book-chapter_10.1007_978-3-642-33191-6_49.json",
            {
                "type": ItemType.CHAPTER,
                "container_title": "Advances in Visual Computing",
                "collection_title": "Lecture Notes in Computer Science",
            },
        ),
        ("dissertation_10.14264_uql.2020.791.json", {"issued": None, "type": ItemType.THESIS}),
        ("journal-article_10.1038_s42256-024-00832-8.json", {"arxiv": "", "page": Pages("525", "535"), "volume": "6"}),
        ("journal-article_no-title_10.7600_jspfsm.56.60.json", {"title": "", "author": ()}),
        (
            "journal-article_no-author_10.1007_s40278-023-41815-2.json",
            {
                "title": "Convalescent-anti-sars-cov-2-plasma/immune-globulin: Fever and mild decrease in baseline "
                "oxygen saturation following off-label use: 3 case reports",
                "page": Pages("145"),
            },
        ),
        ("journal-article_physrev_10.1103_physrevlett.120.117701.json", {"page": Pages("117701")}),
        (
            "journal-article_title-markup_10.1073_pnas.1205508109.json",
            {
                "title": "Oncogenic mutations mimic and enhance dynamic events in the natural activation of "
                "phosphoinositide 3-kinase p110α (<i>PIK3CA</i>)",
                "issued": PartialDate(2012, 9, 18),
            },
        ),
        (
            "journal-article_title-markup-newlines_10.1136_jclinpath-2020-206745.json",
            {
                "title": "Construction of a reference material panel for detecting "
                "<i>KRAS</i>/<i>NRAS</i>/<i>EGFR</i>/<i>BRAF</i>/<i>MET</i> mutations in plasma ctDNA"
            },
        ),
        (
            "posted-content_double-escaped-title_10.5194_cp-2020-95.json",
            {
                "title": "The Atmospheric Bridge Communicated the δ<sup>13</sup>C Decline during the Last Deglaciation "
                "to the Global Upper Ocean",
                "type": ItemType.ARTICLE,
            },
        ),
        (
            "list-item_title-mathml_10.1103_physrevc.91.057301.json",
            {"title": "Persistence of collective behavior at high spin in the N=88 nucleus <sup>153</sup>Tb"},
        ),
        (
            "list-item_title-mathml-first_10.1103_physrevb.89.235131.json",
            {"title": "LaSrVO<sub>4</sub>: A candidate for the spin-orbital liquid state"},
        ),
        (
            "list-item_title-mathml-no-prefix_10.1155_2021_5525739.json",
            {"title": "More on Dα-Closed Sets in Topological Spaces"},
        ),
        (
            "proceedings-article_10.1145_3448016.3452841.json",
            {
                "title": "Vector Quotient Filters: Overcoming the Time/Space Trade-Off in Filter Design",
                "issued": PartialDate(2021, 6, 9),
                "container_title_short": "SIGMOD/PODS",
            },
        ),
        ("journal-article_has-preprint_10.1038_ng.3834.json", {"issued": PartialDate(2017, 5), "arxiv": ""}),
        ("journal-article_updated-by_10.1073_pnas.1414271111.json", {"status": Status.UNRESOLVED}),
        ("journal-article_update-to_10.1371_journal.ppat.1008184.json", {"status": Status.UNRESOLVED}),
        ("papis_message_conference.json", {"container_title_short": "WWW", "event_place": "Lyon, France"}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_crossref(file: str, expected: dict[str, Any]) -> None:
    check(crossref(file), expected)


def test_crossref_collective_authors_and_suffixes() -> None:
    assert Name(literal="GTEx Consortium") in crossref("journal-article_has-preprint_10.1038_ng.3834.json").author
    assert Name("Hora", "Donald", "Jr.") in crossref("journal-article_suffix_10.1002_jor.1100150407.json").author
    assert crossref("journal-article_no-given_10.3892_ijo_00000353.json").author[0] == Name("Stravopodis")


@pytest.mark.parametrize(
    ("file", "status", "kind"),
    [
        ("error_404_works.txt", 404, NotFound),
        ("error_404_works.txt", 200, Unreadable),
        ("error_504.txt", 504, Unreadable),
        ("error_400_works-list.json", 400, Unreadable),
        ("agency_10.5284_1011335.json", 200, Unreadable),
    ],
)
def test_crossref_errors(file: str, status: int, kind: type) -> None:
    id = Identifier(Scheme.DOI, "10.5284/1011335")
    body = Body(status, (FIXTURES / "crossref" / file).read_bytes())
    assert isinstance(SOURCES["crossref"].parse(body, Request("", (id,)))[id], kind)


@pytest.mark.parametrize(
    ("file", "value", "expected"),
    [
        (
            "lipics_10.4230_lipics.tqc.2013.93.json",
            "10.4230/lipics.tqc.2013.93",
            {"type": ItemType.PAPER_CONFERENCE, "editor": (Name("Severini", "Simone"), Name("Brandao", "Fernando"))},
        ),
        (
            "jacow_10.18429_jacow-ipac2016-tupmy003.json",
            "10.18429/jacow-ipac2016-tupmy003",
            {"type": ItemType.PAPER_CONFERENCE, "page": None},
        ),
        (
            "thai-title_10.14457_kmitl.res.2006.17.json",
            "10.14457/kmitl.res.2006.17",
            {"issued": None, "author": (Name(unsplit="กัญจนา แซ่เตียว"),)},
        ),
        (
            "text_10.3204_desy-2014-01645.json",
            "10.3204/desy-2014-01645",
            {"type": ItemType.THESIS, "page": None, "volume": ""},
        ),
        (
            "journalarticle_10.2312_geowissenschaften.1989.7.181.json",
            "10.2312/geowissenschaften.1989.7.181",
            {"container_title": "Die Geowissenschaften", "page": Pages("181", "186"), "issue": "7"},
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_datacite(file: str, value: str, expected: dict[str, Any]) -> None:
    check(says("datacite", f"datacite/{file}", Identifier(Scheme.DOI, value)), {"DOI": value} | expected)


def test_datacite_record_of_arxiv() -> None:
    work = says("datacite", "datacite/arxiv_10.48550_arxiv.2311.16162.json", Identifier(Scheme.ARXIV, "2311.16162"))
    check(work, {"arxiv": "2311.16162", "DOI": "", "type": ItemType.ARTICLE, "issued": PartialDate(2023, 11, 9)})
    assert work.author[4] == Name("Salvador-Carulla", "Luis")


def test_doi_org() -> None:
    id = Identifier(Scheme.DOI, "10.4202/app.2007.0001")
    doi_org = SOURCES["doi_org"]
    body = (FIXTURES / "doi_org/ra_lookup.json").read_bytes()
    assert doi_org.parse(Body(200, body), Request("", (id,))) == {id: Elsewhere(id, "Crossref")}
    html = (FIXTURES / "doi_org/error_404_doi-not-found.html").read_bytes()
    assert doi_org.parse(Body(404, html), Request("", (id,))) == {id: NotFound(id)}
    assert isinstance(doi_org.parse(Body(200, html), Request("", (id,)))[id], Unreadable)


def test_dblp() -> None:
    work = says("dblp", "dblp/conf_kdd_LingCYL024_FedMeZO.bib", Identifier(Scheme.DBLP, "conf/kdd/LingCYL024"))
    check(work, {"DOI": "10.1145/3637528.3671865", "page": Pages("1827", "1838"), "event_place": "Barcelona, Spain"})
    assert work.container_title.endswith("SIGKDD Conference on Knowledge Discovery and Data Mining")
    work = says("dblp", "dblp/conf_icml_QinCQDLD24_FedKSeed.bib", Identifier(Scheme.DBLP, "conf/icml/QinCQDLD24"))
    check(work, {"openreview": "cit0hg4sEz", "container_title_short": "ICML", "DOI": "", "page": None})


def test_pmlr() -> None:
    work = says("pmlr", "pmlr/v235_qin24a_FedKSeed.md", Identifier(Scheme.PMLR, "v235/qin24a"))
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
    ("file", "value", "others"),
    [
        (
            "paper_10.1038_s42256-024-00832-8.json",
            "2304.05376",
            {"doi:10.1038/s42256-024-00832-8", "dblp:journals/natmi/BranCSBWS24"},
        ),
        ("paper_acl_1_1908.10084.json", "1908.10084", {"acl:D19-1410", "doi:10.18653/v1/d19-1410"}),
        (
            "paper_acl_4_2412.12693.json",
            "2412.12693",
            {"acl:2025.acl-long.568", "doi:10.18653/v1/2025.acl-long.568", "dblp:conf/acl/ZhangNMWZKLW25"},
        ),
        ("paper_venue_1_1603.02754.json", "1603.02754", {"doi:10.1145/2939672.2939785", "dblp:conf/kdd/ChenG16"}),
        ("paper_arxiv-doi_10.48550_arxiv.2312.07559.json", "2312.07559", set()),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_semantic_scholar(file: str, value: str, others: set[str]) -> None:
    paper = json.loads((FIXTURES / "semanticscholar" / file).read_text("utf-8"))
    id = Identifier(Scheme.ARXIV, value)
    claim = SOURCES["semantic_scholar"].parse(Body(200, json.dumps([paper]).encode()), Request("", (id,)))[id]
    assert isinstance(claim, Claim)
    assert claim.version is Version.UNKNOWN
    assert claim.says == Work(title=paper["title"], arxiv=value)
    assert {str(id) for id in claim.hints.names} == others


def test_semantic_scholar_batches() -> None:
    ids = tuple(
        Identifier(Scheme.DOI, doi)
        for doi in ("10.1000/unknown", "10.2139/ssrn.288970", "10.2139/ssrn.2250500", "10.1257/rct.1355")
    )
    body = Body(200, (FIXTURES / "semanticscholar/batch_with_null.json").read_bytes())
    answers = SOURCES["semantic_scholar"].parse(body, Request("", ids))
    assert answers[ids[0]] == NotFound(ids[0])
    assert [type(answers[id]) for id in ids[1:]] == [Claim, Claim, Claim]
    body = Body(200, (FIXTURES / "semanticscholar/batch_small.json").read_bytes())
    answers = SOURCES["semantic_scholar"].parse(body, Request("", ids[:3]))
    assert all(isinstance(answer, Unreadable) for answer in answers.values())


@pytest.mark.parametrize(
    ("file", "status", "kind"),
    [
        ("error_400_fields.json", 400, Unreadable),
        ("error_403_batch.json", 403, Unreadable),
        ("error_403_batch.json", 200, Unreadable),
        ("error_404_paper.json", 404, NotFound),
        ("search_min-citations.json", 200, Unreadable),
        ("match_paperqa.json", 200, Unreadable),
    ],
)
def test_semantic_scholar_errors(file: str, status: int, kind: type) -> None:
    id = Identifier(Scheme.ARXIV, "2312.07559")
    body = Body(status, (FIXTURES / "semanticscholar" / file).read_bytes())
    assert isinstance(SOURCES["semantic_scholar"].parse(body, Request("", (id,)))[id], kind)


@pytest.mark.parametrize(
    ("file", "id", "title", "hints"),
    [
        (
            "work_10.1145_3448016.3452841.json",
            Identifier(Scheme.DOI, "10.1145/3448016.3452841"),
            "Vector Quotient Filters",
            (),
        ),
        ("work_no-title_10.7600_jspfsm.56.60.json", Identifier(Scheme.DOI, "10.7600/jspfsm.56.60"), "", ()),
        (
            "work_preprint_10.1101_097196.json",
            Identifier(Scheme.DOI, "10.1101/097196"),
            "A Data Citation Roadmap for Scholarly Data Repositories",
            (),
        ),
        ("work_select_10.1002_wrna.1370.json", Identifier(Scheme.DOI, "10.1002/wrna.1370"), "", ()),
        (
            "list_title-search_arxiv_PaperQA.json",
            Identifier(Scheme.ARXIV, "2312.07559"),
            "PaperQA: Retrieval-Augmented Generative Agent for Scientific Research",
            (),
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_openalex(file: str, id: Identifier, title: str, hints: tuple[Identifier, ...]) -> None:
    answer = SOURCES["openalex"].parse(Body(200, (FIXTURES / "openalex" / file).read_bytes()), Request("", (id,)))[id]
    assert isinstance(answer, Claim)
    assert (answer.says.title, answer.hints.names, answer.version) == (title, hints, Version.UNKNOWN)


def test_openalex_a_preprint_and_its_article_are_two_works() -> None:
    ids = (Identifier(Scheme.DOI, "10.1038/s42256-024-00832-8"), Identifier(Scheme.ARXIV, "2304.05376"))
    body = Body(200, (FIXTURES / "openalex/list_title-search_chemcrow.json").read_bytes())
    article, preprint = SOURCES["openalex"].parse(body, Request("", ids)).values()
    assert isinstance(article, Claim)
    assert isinstance(preprint, Claim)
    assert (article.says.arxiv, preprint.says.DOI) == ("", "")
    body = Body(404, (FIXTURES / "openalex/error_404.html").read_bytes())
    assert SOURCES["openalex"].parse(body, Request("", ids[:1])) == {ids[0]: NotFound(ids[0])}


@pytest.mark.parametrize("wrap", [True, False], ids=["v2", "v1"])
@pytest.mark.parametrize(
    "file", ["derived_note_1_JFY9MZtWTu", "derived_note_2_nspzrcvzcB", "derived_note_3_ioYdy7aghG"]
)
def test_openreview_submissions_that_a_client_had_flattened(file: str, wrap: bool) -> None:
    flat = json.loads((FIXTURES / f"openreview/{file}.json").read_text("utf-8"))
    content = {name: flat[name] for name in ("title", "authors", "venue", "venueid")}
    note = {"id": flat["id"], "forum": flat["id"]}
    note["content"] = {name: {"value": value} for name, value in content.items()} if wrap else content
    id = Identifier(Scheme.OPENREVIEW, flat["id"])
    answer = SOURCES["openreview"].parse(Body(200, json.dumps({"notes": [note]}).encode()), Request("", (id,)))[id]
    assert isinstance(answer, Claim)
    check(
        answer.says, {"container_title_short": "ICLR", "issued": PartialDate(2026), "type": ItemType.PAPER_CONFERENCE}
    )
    assert answer.says.title == flat["title"]
    assert [name.unsplit for name in answer.says.author] == flat["authors"]


@pytest.mark.parametrize("file", ["v1_note_1_HkghWScuoQ", "v1_note_2_r1eLk2mKiX"])
def test_openreview_submissions_without_a_decision(file: str) -> None:
    note = json.loads((FIXTURES / f"openreview/{file}.json").read_text("utf-8"))
    id = Identifier(Scheme.OPENREVIEW, note["id"])
    answer = SOURCES["openreview"].parse(Body(200, json.dumps({"notes": [note]}).encode()), Request("", (id,)))[id]
    assert isinstance(answer, Claim)
    assert answer.version is Version.UNKNOWN
    assert len(answer.says.author) == len(note["content"]["authors"])
    assert "redacted" not in str(answer)


@pytest.mark.parametrize(
    "path",
    sorted((FIXTURES / "dblp").glob("search-hits_*.json")) if FIXTURES.is_dir() else [],
    ids=lambda path: path.name,
)
def test_hits_of_dblp(path: Path) -> None:
    hits = json.loads(path.read_text("utf-8"))
    works = by_title.parse("dblp", Body(200, json.dumps({"result": {"hits": {"hit": hits}}}).encode()))
    assert works is not None
    assert [work.dblp for work in works] == [hit["info"]["key"] for hit in hits]
    for work, info in zip(works, (hit["info"] for hit in hits), strict=True):
        assert work.is_preprint == bool(work.arxiv) == (info["venue"] == "CoRR")
        assert work.container_title_short == ("" if work.is_preprint else info["venue"])
        assert bool(work.author) == ("authors" in info)
        assert not work.title.endswith(".")
        assert not any(name.unsplit[-1].isdigit() for name in work.author)
        assert ("" if work.is_preprint else info.get("doi", "").lower()) == work.DOI


def test_a_search_at_crossref() -> None:
    works = by_title.parse("crossref", Body(200, (FIXTURES / "crossref/list_query-title_rows1.json").read_bytes()))
    assert works is not None
    assert len(works) == 1
    assert works[0].DOI
    assert works[0].title


def test_what_authors_told_arxiv_of_the_publication() -> None:
    id = Identifier(Scheme.ARXIV, "astro-ph/0601001")
    body = Body(200, (FIXTURES / "arxiv/old-style_astro-ph_0601001_journal-ref.xml").read_bytes())
    claim = SOURCES["arxiv"].parse(body, Request("", (id,)))[id]
    assert isinstance(claim, Claim)
    assert claim.hints.journal_ref
    assert claim.says.DOI == ""
    for path in sorted((FIXTURES / "arxiv").glob("*.xml")):
        said = re.findall(r"<arxiv:doi[^>]*>(10\.[^<]+)</arxiv:doi>", path.read_text("utf-8"))
        found = re.findall(r"<id>http://arxiv\.org/abs/(\S+?)v\d+</id>", path.read_text("utf-8"))
        ids = tuple(Identifier(Scheme.ARXIV, value) for value in found)
        answers = SOURCES["arxiv"].parse(Body(200, path.read_bytes()), Request("", ids)).values()
        hints = {id.value for answer in answers if isinstance(answer, Claim) for id in answer.hints.names}
        assert {doi.lower() for doi in said if not doi.startswith("10.5555")} <= hints, path.name


def test_corrections_at_crossref() -> None:
    content = json.loads(
        (FIXTURES / "crossref/journal-article_updated-by_10.1371_journal.pone.0033693.json").read_bytes()
    )
    message = content.get("message", content)
    id = Identifier(Scheme.DOI, message["DOI"].lower())
    body = json.dumps({"message-type": "work", "message": message}).encode()
    claim = SOURCES["crossref"].parse(Body(200, body), Request("", (id,)))[id]
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
    for path in sorted(FIXTURES.rglob("*.json")):
        with suppress(ValueError):
            found += list(titles(json.loads(path.read_text("utf-8"))))
    assert sum("<" in title or "&" in title or "\n" in title for title in found) >= 10
    for title in found:
        text = plain(from_html(title))
        assert not re.search(r"</?[A-Za-z]|&#?\w{2,8};|\n|\s\s", text), title
        assert text == text.strip()
        assert tidied(from_html(title)) == from_html(title)
