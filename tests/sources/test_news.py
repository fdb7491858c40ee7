"""What the Anthology, OpenAlex and Semantic Scholar tell of new papers: questions and answers, bodies made here."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.listed import Listed
from fedbib.sources import SOURCES, acl_news, answers, dblp_news, openalex_news, semantic_scholar_news
from fedbib.sources.base import Page, Wanted

OURS = (
    Identifier(Scheme.DOI, "10.1234/a"),
    Identifier(Scheme.ARXIV, "2310.15080"),
    Identifier(Scheme.PMLR, "v235/x24a"),
)
WANTED = Wanted(date(2026, 11, 2), date(2026, 11, 9), volumes=("acl-long", "acl-demo", "findings-acl"), ours=OURS)
NEVER = Wanted(WANTED.until, WANTED.until, volumes=WANTED.volumes, ours=OURS)
NEW = Identifier(Scheme.ARXIV, "2511.00001")
ACL = """<collection id="2026.acl"><volume id="long" ingest-date="2026-11-04"><meta/><frontmatter/><paper id="7"><title>On <fixed-case>F</fixed-case>ed
 <i>Things</i></title><author><first>Ann</first><last>Ho</last></author><author><last>Li</last></author><abstract>We <b>do</b> it.</abstract></paper>
<paper id="8"><title/></paper></volume><volume id="short" ingest-date="2026-11-04"><paper id="1"><title>Not wanted</title></paper></volume>
<volume id="demo" ingest-date="2026-07-04"><paper id="1"><title>Not new</title></paper></volume></collection>"""


def asked(question: Callable[[str], object], place: str = "") -> tuple[str, Mapping[str, list[str]]]:
    found = question(place)
    url = getattr(found, "url", "")
    return unquote(urlsplit(url).path), parse_qs(urlsplit(url).query)


def test_each_collection_of_the_wanted_volumes_is_asked_for_once() -> None:
    paths, place = [], ""
    while request := acl_news.request(WANTED, {"data": "https://x/xml"}, place):
        paths.append(urlsplit(request.url).path)
        place = acl_news.page(b"", WANTED, place).next or "99"
    assert paths == ["/xml/2026.acl.xml", "/xml/2026.findings.xml"]
    assert acl_news.request(NEVER, {"data": "https://x/xml"}, "") is None


def test_the_papers_of_new_volumes_have_abstracts() -> None:
    id = Identifier(Scheme.ACL, "2026.acl-long.7")
    paper = Listed(id, "On Fed Things", ("Ann Ho", "Li"), "We do it.", date(2026, 11, 4))
    assert acl_news.page(ACL.encode(), WANTED, "") == Page((paper,), "1")
    assert acl_news.page(ACL.encode(), WANTED, "1") == Page((paper,), "")


def test_openalex_is_asked_for_our_works_and_then_for_who_cites_them() -> None:
    def question(place: str) -> object:
        return openalex_news.request(WANTED, {"api": "https://x"}, place)

    path, query = asked(question)
    assert (path, query["filter"]) == ("/works", ["doi:10.1234/a|10.48550/arxiv.2310.15080"])
    ours: list[dict[str, object]] = [{"id": "https://openalex.org/W2", "doi": "https://doi.org/10.1234/A"}]
    ours += [{"id": "https://openalex.org/W1", "doi": "https://doi.org/10.48550/arXiv.2310.15080"}]
    ours += [{"id": "https://openalex.org/W3", "doi": "https://doi.org/10.9/strange"}, {"id": "x", "doi": None}]
    first = openalex_news.page(json.dumps({"results": ours}).encode(), WANTED, "")
    assert first.papers == ()
    path, query = asked(question, first.next)
    assert query["filter"] == ["cites:W1|W2,from_publication_date:2026-11-02,to_publication_date:2026-11-08"]
    works: list[dict[str, object]] = [
        {
            "doi": "https://doi.org/10.48550/arXiv.2511.00001",
            "title": "A <i>Title</i>.",
            "publication_date": "2026-11-03",
            "authorships": [{"author": {"display_name": "Ann Ho"}}, {"author": None}],
            "referenced_works": ["https://openalex.org/W1", "https://openalex.org/W2", "https://openalex.org/W9"],
            "abstract_inverted_index": {"it": [2], "We": [0, 3], "do": [1], "odd": ["x"]},
        },
        {"doi": "https://doi.org/10.5/b", "title": "Cites one", "referenced_works": ["https://openalex.org/W1"]},
        {"doi": None, "title": "No id", "referenced_works": ["https://openalex.org/W1", "https://openalex.org/W2"]},
    ]
    second = openalex_news.page(json.dumps({"results": works}).encode(), WANTED, first.next)
    paper = Listed(NEW, "A <i>Title</i>", ("Ann Ho",), "We do it We", date(2026, 11, 3), cites=frozenset(OURS[:2]))
    assert second == Page((paper,), "")
    assert openalex_news.request(NEVER, {"api": "https://x"}, "") is None


def test_nothing_is_asked_of_who_cites_where_openalex_knows_none_of_ours() -> None:
    assert openalex_news.page(b'{"results": []}', WANTED, "").next == ""


def test_semantic_scholar_is_asked_for_citations_and_then_for_what_it_recommends() -> None:
    bases = {"api": "https://x/graph", "recommendations": "https://x/rec"}
    request = semantic_scholar_news.request(WANTED, bases, "", None)
    assert request is not None
    assert json.loads(request.body) == {"ids": ["DOI:10.1234/a", "ARXIV:2310.15080"]}
    paper = {
        "title": "A Title.", "abstract": None, "externalIds": {"ArXiv": "2511.00001", "DOI": "10.48550/arXiv.2511.00001"},
        "publicationDate": "2026-11-03", "authors": [{"name": "A. Ho"}],
    }  # fmt: skip
    old, bare = {**paper, "publicationDate": "2025-11-03"}, {**paper, "externalIds": None}
    answer = [None, {"paperId": "f" * 40, "citations": [paper, old, bare, None]}]
    first = semantic_scholar_news.page(json.dumps(answer).encode(), WANTED, "")
    told = Listed(NEW, "A Title", ("A. Ho",), "", date(2026, 11, 3), cites=frozenset({OURS[1]}))
    assert first.papers == (told,)
    request = semantic_scholar_news.request(WANTED, bases, first.next, ("x-api-key", "S2_API_KEY"))
    assert request is not None
    assert (urlsplit(request.url).path, json.loads(request.body)) == ("/rec/papers/", {"positivePaperIds": ["f" * 40]})
    assert request.secret == ("x-api-key", "S2_API_KEY")
    second = semantic_scholar_news.page(json.dumps({"recommendedPapers": [paper, old]}).encode(), WANTED, first.next)
    assert [(one.id, one.cites) for one in second.papers] == [(NEW, frozenset())]
    assert second.next == ""
    assert semantic_scholar_news.request(NEVER, bases, "", None) is None


def test_the_key_goes_to_the_service_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    source = SOURCES["semantic_scholar"]
    assert source.news is not None
    own, other = (
        source.news.request(WANTED, bases, "") for bases in (source.bases, {**source.bases, "api": "https://x"})
    )
    assert own is not None
    assert other is not None
    assert (own.secret, other.secret) == (("x-api-key", "S2_API_KEY"), None)


def test_dblp_is_asked_for_each_stream_and_year_by_the_words_of_titles() -> None:
    wanted = Wanted(date(2025, 12, 29), date(2026, 1, 5), ('Fed"erated', "split"), streams=("conf/icml", "conf/kdd"))
    bodies, place = [], ""
    end = {"name": {"value": "end of the answer"}}
    while request := dblp_news.request(wanted, {"sparql": "https://x"}, place):
        bodies.append(request.body)
        place = dblp_news.page(json.dumps({"results": {"bindings": [end]}}).encode(), wanted, place).next or "99"
    assert [body.partition("streams/")[2].partition(">")[0] for body in bodies] == ["conf/icml", "conf/kdd"] * 2
    assert [body.partition('STR(?year) = "')[2][:4] for body in bodies] == ["2025", "2025", "2026", "2026"]
    assert 'CONTAINS(LCASE(STR(?title)), "fed\\"erated") || CONTAINS(LCASE(STR(?title)), "split")' in bodies[0]
    assert dblp_news.request(WANTED, {"sparql": "https://x"}, "") is None


def test_dblps_rows_become_papers_with_their_people_in_order() -> None:
    rec = "https://dblp.org/rec/conf/icml/"
    rows = [
        {
            "pub": f"{rec}A26",
            "title": "On Things.",
            "place": "2",
            "name": "Bo Li 0003",
            "doi": "https://doi.org/10.1234/X",
        },
        {"pub": f"{rec}A26", "title": "On Things.", "place": "1", "name": "Ann Ho", "doi": "https://doi.org/10.1234/X"},
        {"pub": f"{rec}B26", "title": "More &amp; More.", "place": "1", "name": "Cy Wu"},
        {"name": "end of the answer"},
    ]
    bindings = [{name: {"type": "literal", "value": value} for name, value in row.items()} for row in rows]
    found = dblp_news.page(json.dumps({"results": {"bindings": bindings}}).encode(), WANTED, "")
    assert found.papers == (
        Listed(Identifier(Scheme.DOI, "10.1234/x"), "On Things", ("Ann Ho", "Bo Li")),
        Listed(Identifier(Scheme.DBLP, "conf/icml/B26"), "More & More", ("Cy Wu",)),
    )
    with pytest.raises(answers.Wrong, match="incomplete"):
        dblp_news.page(json.dumps({"results": {"bindings": bindings[:-1]}}).encode(), WANTED, "")


PAGES = {
    "dblp": dblp_news.page,
    "acl": acl_news.page,
    "openalex": openalex_news.page,
    "semantic_scholar": semantic_scholar_news.page,
}


@pytest.mark.parametrize(
    "content", [b"<html/>", b"[]", b"{}", b"null", b"\xff", b"[[[", b'{"results": 3}', b"<a"], ids=repr
)
@pytest.mark.parametrize("name", PAGES)
def test_what_is_no_answer_is_never_taken_for_one(name: str, content: bytes) -> None:
    with pytest.raises(answers.Wrong):
        PAGES[name](content, WANTED, "")


@pytest.mark.parametrize("place", ["x", "[]", "{}", "[1]", '["a", "b"]', "null", "-1"])
def test_a_place_that_is_none_begins_anew(place: str) -> None:
    bases = {"api": "https://x", "recommendations": "https://x", "data": "https://x"}
    for ask in (acl_news.request, openalex_news.request):
        assert ask(WANTED, bases, place) == ask(WANTED, bases, "")
    assert semantic_scholar_news.request(WANTED, bases, place, None) == semantic_scholar_news.request(
        WANTED, bases, "", None
    )
