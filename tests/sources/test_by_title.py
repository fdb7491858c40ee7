from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from fedbib.model.date import PartialDate
from fedbib.model.name import Name
from fedbib.model.pages import Pages
from fedbib.model.work import ItemType, Work
from fedbib.net.messages import Body
from fedbib.sources import SOURCES, by_title

BASES: Mapping[str, Mapping[str, str]] = {
    name: SOURCES[name].bases for name in ("dblp", "openreview", "crossref", "acl")
}
TITLE = "Petals: Collaborative Inference & Fine-tuning of <i>Large</i> Models?"


def found(source: str, content: object, status: int = 200) -> tuple[Work, ...] | None:
    body = Body(status, content if isinstance(content, bytes) else json.dumps(content).encode())
    said = by_title.parse(source, body, {"k": Work(title=TITLE)})
    return said if said is None else said["k"]


def hits(*infos: Mapping[str, object]) -> dict[str, object]:
    return {"result": {"hits": {"@total": "1", "hit": [{"@score": "1", "info": info} for info in infos]}}}


def test_one_question_for_each_service_that_searches() -> None:
    made = {
        name: request
        for name in by_title.searchers(BASES)
        for keys, request in by_title.requests(name, {"k": Work(title=TITLE)}, BASES[name])
    }
    words = "petals%20collaborative%20inference%20fine%20tuning%20of%20large%20models"
    assert {name: request.url for name, request in made.items()} == {
        "dblp": "https://sparql.dblp.org/sparql",
        "openreview": f"https://api2.openreview.net/notes/search?term={words}&content=title&limit=10",
        "crossref": f"https://api.crossref.org/works?query.bibliographic={words}&rows=5",
    }
    assert all(request.ids == () and "application/json" in request.expects for request in made.values())
    assert '"Petals: Collaborative Inference & Fine-tuning of Large Models?."' in made["dblp"].body


def test_many_titles_are_one_question_where_a_service_takes_them() -> None:
    works = {f"k{number}": Work(title=f'A "quoted" title, number {number}') for number in range(51)}
    made = by_title.requests("dblp", works, BASES["dblp"])
    assert [len(keys) for keys, _ in made] == [50, 1]
    assert '"A \\"quoted\\" title, number 0."' in made[0][1].body


def test_a_mirror_that_the_settings_name_is_searched_title_by_title() -> None:
    bases = {**BASES["dblp"], "search": "https://mirror.example/search"}
    ((keys, request),) = by_title.requests("dblp", {"k": Work(title="T")}, bases)
    assert (keys, request.url) == (("k",), "https://mirror.example/search?q=t&format=json&h=10&c=0")


def test_a_service_that_is_off_is_not_asked() -> None:
    assert by_title.searchers({"crossref": SOURCES["crossref"].bases}) == ("crossref",)


@pytest.mark.parametrize("title", ["", "?!", "<i></i>"])
def test_without_words_nothing_is_asked(title: str) -> None:
    assert [list(by_title.requests(name, {"k": Work(title=title)}, BASES[name])) for name in BASES] == [[]] * len(BASES)


def test_a_title_without_end_makes_no_address_without_end() -> None:
    long = {"k": Work(title="\u00e9 " * 10_000)}
    made = [request for name in BASES for _, request in by_title.requests(name, long, BASES[name])]
    assert made
    assert all(len(request.url) < 3000 and request.url.isascii() for request in made)


def test_hits_of_dblp_a_publication_and_its_preprint() -> None:
    people = {"author": [{"@pid": "1", "text": "Zhenqing Ling"}, {"@pid": "2", "text": "Liuyi Yao 0001"}]}
    title = "On the Convergence of Zeroth-Order Federated Tuning for Large Language Models."
    published = {
        "authors": people,
        "title": title,
        "venue": "KDD",
        "pages": "1827-1838",
        "year": "2024",
        "type": "Conference and Workshop Papers",
        "key": "conf/kdd/LingCYL024",
        "doi": "10.1145/3637528.3671865",
        "ee": "https://doi.org/10.1145/3637528.3671865",
    }
    preprint = {
        "authors": people,
        "title": title,
        "venue": "CoRR",
        "volume": "abs/2402.05926",
        "year": "2024",
        "type": "Informal and Other Publications",
        "key": "journals/corr/abs-2402-05926",
        "doi": "10.48550/ARXIV.2402.05926",
    }
    names = (Name(unsplit="Zhenqing Ling"), Name(unsplit="Liuyi Yao"))
    assert found("dblp", hits(published, preprint)) == (
        Work(
            type=ItemType.PAPER_CONFERENCE,
            title=title[:-1],
            author=names,
            issued=PartialDate(2024),
            container_title_short="KDD",
            page=Pages("1827", "1838"),
            DOI="10.1145/3637528.3671865",
            dblp="conf/kdd/LingCYL024",
        ),
        Work(
            type=ItemType.ARTICLE,
            title=title[:-1],
            author=names,
            issued=PartialDate(2024),
            arxiv="2402.05926",
            dblp="journals/corr/abs-2402-05926",
        ),
    )


@pytest.mark.parametrize(
    ("info", "expected"),
    [
        pytest.param(
            {"authors": {"author": {"@pid": "1", "text": "Peter Hall"}}}, {"author": (Name(unsplit="Peter Hall"),)}, id="one"
        ),
        pytest.param({}, {"author": ()}, id="none"),
        pytest.param({"title": "&quot;Cats&quot; &amp; dogs."}, {"title": '"Cats" & dogs'}, id="entities"),
        pytest.param({"venue": ["A", "B"]}, {"container_title_short": "A"}, id="two-venues"),
        pytest.param({"ee": ["https://x.example/", "https://openreview.net/forum?id=cit0hg4sEz"]}, {"openreview": "cit0hg4sEz"}, id="links"),
        pytest.param({"ee": "https://proceedings.mlr.press/v235/nie24a.html"}, {"pmlr": "v235/nie24a"}, id="pmlr"),
        pytest.param({"ee": "http://arxiv.org/abs/1706.03741", "type": "Journal Articles"}, {"arxiv": ""}, id="published-at-arxiv"),
        pytest.param({"year": "soon", "pages": None}, {"issued": None, "page": None}, id="neither-date-nor-pages"),
        pytest.param({"type": "Informal and Other Publications", "venue": "IACR Cryptol. ePrint Arch."}, {"type": ItemType.ARTICLE}, id="another-server"),
    ],
)  # fmt: skip
def test_a_hit_of_dblp(info: dict[str, object], expected: dict[str, object]) -> None:
    works = found("dblp", hits({"key": "conf/x/Hall07", **info}))
    assert works is not None
    assert {name: getattr(works[0], name) for name in expected} == expected


def test_submissions_come_as_what_they_are() -> None:
    def note(id: str, venueid: str, venue: str) -> dict[str, object]:
        content = {"title": {"value": "T"}, "venueid": {"value": venueid}, "venue": {"value": venue}}
        return {"id": id, "forum": id, "content": content}

    notes = [
        note("aaaaaaaaaa", "ICLR.cc/2024/Conference", "ICLR 2024 poster"),
        note("bbbbbbbbbb", "ICLR.cc/2024/Conference/Rejected_Submission", "Submitted to ICLR 2024"),
    ]
    works = found("openreview", {"notes": notes, "count": 2})
    assert works is not None
    assert [(work.openreview, work.container_title_short) for work in works] == [
        ("aaaaaaaaaa", "ICLR"),
        ("bbbbbbbbbb", ""),
    ]


def test_works_of_crossref() -> None:
    items = [{"DOI": "10.1000/X", "title": ["T"], "type": "proceedings-article"}, {"title": ["No DOI"]}]
    works = found("crossref", {"message-type": "work-list", "message": {"total-results": 2_000_000, "items": items}})
    assert works == (Work(type=ItemType.PAPER_CONFERENCE, title="T", DOI="10.1000/x"),)


@pytest.mark.parametrize(
    ("source", "content"),
    [
        ("dblp", {"result": {"hits": {"@total": "0", "@sent": "0"}}}),
        ("openreview", {"notes": [], "count": 0}),
        ("crossref", {"message-type": "work-list", "message": {"items": []}}),
    ],
)
def test_nothing_found_is_not_no_answer(source: str, content: object) -> None:
    assert found(source, content) == ()
    assert found(source, content, status=404) is None


@pytest.mark.parametrize("source", ["dblp", "openreview", "crossref"])
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html>",
        b"{}",
        b"[]",
        b'{"result": 1}',
        b'{"result": {"hits": []}}',
        b'{"notes": {}}',
        b"[" * 100_000,
        b"\xff",
    ],
)
def test_a_page_or_junk_is_no_answer(source: str, content: bytes) -> None:
    assert found(source, content) is None


@pytest.mark.parametrize("value", [1, "x", None, True, {"a": [1]}, [[1]], [None]])
def test_hits_of_any_shape_are_no_crash(value: object) -> None:
    names = ("authors", "title", "venue", "year", "type", "doi", "ee", "pages", "volume", "number")
    works = found("dblp", hits({"key": "conf/x/Hall07", **dict.fromkeys(names, value)}))
    assert works is not None
    assert [work.dblp for work in works] == ["conf/x/Hall07"]
    assert found("dblp", {"result": {"hits": {"hit": value}}}) == ()
