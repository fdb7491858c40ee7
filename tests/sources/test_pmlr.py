from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from fedbib.model.claim import Claim
from fedbib.model.date import PartialDate
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.name import Name
from fedbib.model.pages import Pages
from fedbib.model.work import ItemType, Work
from fedbib.net.messages import Body, Request
from fedbib.sources import by_title, pmlr
from fedbib.sources.base import Answer, NotFound, Unreadable
from tests.standin import wire

PAGE = (Path(__file__).parents[1] / "responses" / "pmlr" / "agostinelli-iii24a.md").read_bytes()
ID = Identifier(Scheme.PMLR, "v235/agostinelli-iii24a")


def says(content: bytes) -> Work:
    answer = pmlr.parse(Body(200, content), Request("", (ID,)))[ID]
    assert isinstance(answer, Claim), answer
    return answer.says


EXPECTED = Work(
    type=ItemType.PAPER_CONFERENCE,
    title='<span class="nocase">LeaPformer</span>: Enabling Linear Transformers for Autoregressive and '
    "Simultaneous Tasks via Learned Proportions",
    author=(Name("Agostinelli", "Victor", "III"), Name("Hong", "Sanghyun"), Name("Chen", "Lizhong")),
    issued=PartialDate(2024),
    container_title="Proceedings of the 41st International Conference on Machine Learning",
    collection_title="Proceedings of Machine Learning Research",
    publisher="PMLR",
    volume="235",
    page=Pages("452", "470"),
    ISSN="2640-3498",
    openreview="XhH1OKLANY",
    pmlr="v235/agostinelli-iii24a",
)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(PAGE, id="plain"),
        pytest.param(PAGE.replace(b"\n", b"\r\n"), id="crlf"),
        pytest.param(b"\xef\xbb\xbf" + PAGE, id="bom"),
        pytest.param(PAGE.replace(b"pdf: https", b"x: https"), id="id-from-volume"),
    ],
)
def test_a_page(content: bytes) -> None:
    assert says(content) == EXPECTED


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("'It''s: a\n  title'", "It's: a title"),
        ('"Caf\\xE9 \\"x\\" \\u03b1"', 'Café "x" α'),
        ("plain # comment", "plain"),
        (">-\n  folded\n  text", "folded text"),
        ("~", ""),
        ("'50% & more'", "50% & more"),
        ('"broken', ""),
    ],
)
def test_scalars(written: str, title: str) -> None:
    head = b"---\ntitle: " + written.encode() + b"\nid: agostinelli-iii24a\nvolume: 235\n---\n"
    assert says(head).title == title


def test_another_paper_is_no_answer() -> None:
    other = Identifier(Scheme.PMLR, "v235/qin24a")
    assert pmlr.parse(Body(200, PAGE), Request("", (other,))) == {other: NotFound(other)}
    openreview = Identifier(Scheme.OPENREVIEW, "XhH1OKLANY")
    assert isinstance(pmlr.parse(Body(200, PAGE), Request("", (openreview,)))[openreview], Claim)


@pytest.mark.parametrize(
    "content", [b"", b"title: x", b"---\ntitle: x\n", b"---\ntitle: x\n---\n", b"---\n\xff\n---\n"]
)
def test_what_is_no_page_is_unreadable(content: bytes) -> None:
    assert isinstance(pmlr.parse(Body(200, content), Request("", (ID,)))[ID], Unreadable)


VOLUME = b"""---
booktitle: Proceedings of the 42nd International Conference on Machine Learning
volume: '267'
year: '2025'
start: &1 2025-07-13
end: 2025-07-19
published: 2025-10-06
layout: proceedings
series: Proceedings of Machine Learning Research
publisher: PMLR
issn: 2640-3498
editor:
- given: Aarti
  family: Singh
- given: Simon
  family: Lacoste-Julien
description: |
  Proceedings of the 42nd International Conference on Machine Learning
conference:
  name: International Conference on Machine Learning
  location: Vancouver Convention Center, Vancouver, Canada
"""
FERRET = Identifier(Scheme.PMLR, "v267/shu25a")


def volume(content: bytes = VOLUME, *ids: Identifier) -> dict[Identifier, Answer]:
    return dict(pmlr.parse(Body(200, content), Request("", ids or (FERRET,))))


def test_a_volume_says_what_its_papers_share_and_nothing_of_others() -> None:
    answers = volume(VOLUME, FERRET, ID)
    assert answers[ID] == NotFound(ID)
    claim = answers[FERRET]
    assert isinstance(claim, Claim)
    assert claim.says == Work(
        editor=(Name("Singh", "Aarti"), Name("Lacoste-Julien", "Simon")),
        issued=PartialDate(2025, 7),
        container_title="Proceedings of the 42nd International Conference on Machine Learning",
        collection_title="Proceedings of Machine Learning Research",
        event_place="Vancouver Convention Center, Vancouver, Canada",
        publisher="PMLR",
        volume="267",
        ISSN="2640-3498",
    )


def test_the_place_of_a_volume_is_its_own_word_where_it_has_one() -> None:
    claim = volume(VOLUME.replace(b"published:", b"location: Mai Khao, Thailand\npublished:"))[FERRET]
    assert isinstance(claim, Claim)
    assert claim.says.event_place == "Mai Khao, Thailand"


def test_a_start_of_another_year_is_a_slip() -> None:
    claim = volume(VOLUME.replace(b"&1 2025-07-13", b"2024-07-13"))[FERRET]
    assert isinstance(claim, Claim)
    assert claim.says.issued is None


def test_an_initial_is_no_part_of_a_family_name() -> None:
    head = b"---\ntitle: x\nid: vu24a\nvolume: 238\nauthor:\n- given: My\n  family: T. Thai\n---\n"
    id = Identifier(Scheme.PMLR, "v238/vu24a")
    claim = pmlr.parse(Body(200, head), Request("", (id,)))[id]
    assert isinstance(claim, Claim)
    assert claim.says.author == (Name("Thai", "My T."),)


KSEED = {
    "title": "Federated Full-Parameter Tuning of {B}illion-Sized Language Models & More",
    "authors": [["Zhen", "Qin"], ["Victor", "Agostinelli Iii"]],
    "pmlr": "v235/qin24a",
    "booktitle": "Proceedings of the 41st International Conference on Machine Learning",
    "pages": "41473-41497",
    "event": "ICML",
    "year": 2024,
}


def test_a_paper_is_asked_for_by_its_page_and_read_from_the_bibtex_there() -> None:
    """The abstract under it is any TeX, its braces too."""
    id = Identifier(Scheme.PMLR, "v235/qin24a")
    (request,) = pmlr.requests([id, id], pmlr.SOURCE.bases)
    assert request.url == "https://proceedings.mlr.press/v235/qin24a.html"
    page = wire.pmlr([KSEED], "/v235/qin24a.html", "")
    answer = pmlr.parse(Body(200, page.content), request)[id]
    assert isinstance(answer, Claim), answer
    assert answer.says == Work(
        type=ItemType.PAPER_CONFERENCE,
        title='Federated Full-Parameter Tuning of <span class="nocase">Billion</span>-Sized Language Models & More',
        author=(Name("Qin", "Zhen"), Name("Agostinelli", "Victor", "III")),
        editor=(Name("Heller", "Katherine"), Name("Weller", "Adrian")),
        issued=PartialDate(2024, 7),
        container_title="Proceedings of the 41st International Conference on Machine Learning",
        collection_title="Proceedings of Machine Learning Research",
        publisher="PMLR",
        volume="235",
        page=Pages("41473", "41497"),
        pmlr="v235/qin24a",
    )
    gone = wire.pmlr([KSEED], "/v235/other24a.html", "")
    assert pmlr.parse(Body(gone.status, gone.content), request)[id] == NotFound(id)


def test_a_page_without_bibtex_is_no_answer() -> None:
    answer = pmlr.parse(Body(200, b"<!DOCTYPE html><title>PMLR</title>"), Request("", (ID,)))[ID]
    assert answer == Unreadable(ID, "contains no BibTeX")


WORKSHOP = {**KSEED, "pmlr": "v300/lee24a", "event": "the ICML Workshop on Otters at ICML", "title": "Otters & Trees"}


def work(label: str, year: int = 2024, title: str = str(KSEED["title"]).replace("{B}", "B")) -> Work:
    return Work(title=title, container_title_short=label, issued=PartialDate(year))


def test_a_paper_is_looked_for_in_the_volume_of_its_venue_and_year() -> None:
    bases = pmlr.SOURCE.bases
    works = {"a": work("ICML"), "b": work("ICML", 2023), "c": work("ICM"), "d": work("", 2024), "e": Work(title="T")}
    ((keys, request),) = by_title.requests("pmlr", works, bases)
    assert (keys, request.url) == (("a", "b", "c"), "https://proceedings.mlr.press/")
    page = wire.pmlr([WORKSHOP, KSEED], "/", "")
    body = Body(page.status, page.content)
    asked = {key: works[key] for key in keys}
    ((keys, request),) = by_title.onward("pmlr", body, asked, bases)
    assert (keys, request.url) == (("a",), "https://proceedings.mlr.press/v235/")
    assert by_title.parse("pmlr", body, asked) == {"a": (), "b": (), "c": ()}


def test_a_volume_lists_its_papers() -> None:
    shown = {**KSEED, "title": str(KSEED["title"]).replace("{B}", "B")}
    page = wire.pmlr([shown, {**shown, "title": "Another", "pmlr": "v235/lee24a"}], "/v235/", "")
    found = by_title.parse("pmlr", Body(page.status, page.content), {"a": work("ICML"), "b": work("ICML", title="No")})
    assert found == {
        "a": (
            Work(
                type=ItemType.PAPER_CONFERENCE,
                title="Federated Full-Parameter Tuning of Billion-Sized Language Models & More",
                author=(Name(unsplit="Zhen Qin"), Name(unsplit="Victor Agostinelli Iii")),
                container_title="Proceedings of the 41st International Conference on Machine Learning",
                volume="235",
                page=Pages("41473", "41497"),
                pmlr="v235/qin24a",
            ),
        ),
        "b": (),
    }


@pytest.mark.parametrize(
    ("listed", "venue", "title", "is_there"),
    [
        ("Proceedings of ICML 2024", "ICML", "", True),
        ("Proceedings of the 41st International Conference on Machine Learning (ICML 2024)", "ICML", "", True),
        ("ICML-2024 proceedings.", "ICML", "", True),
        ("Conference on Lifelong Learning Agents, 22-25 August 2024", "CoLLAs", "Conference on Lifelong Learning Agents", True),
        ("Proceedings of ICML 2025", "ICML", "", False),
        ("Proceedings of the NICML 2024 days", "ICML", "", False),
        ("Proceedings of ICML", "ICML", "", False),
    ],
)  # fmt: skip
def test_a_volume_is_known_by_label_or_title_and_year(listed: str, venue: str, title: str, is_there: bool) -> None:
    page = f'<ul><li><a href="/v9/"><b>Volume 9</b></a> {listed}</li></ul>'.encode()
    asked = {"a": replace(work(venue), container_title=title)}
    assert bool(by_title.onward("pmlr", Body(200, page), asked, pmlr.SOURCE.bases)) is is_there


@pytest.mark.parametrize("content", [b"", b"<html>log in</html>", b"<li><a href='v235'>ICML</a></li>", b"\xff"])
def test_another_page_lists_nothing_and_is_no_answer(content: bytes) -> None:
    assert by_title.onward("pmlr", Body(200, content), {"a": work("ICML")}, pmlr.SOURCE.bases) == []
    assert by_title.parse("pmlr", Body(200, content), {"a": work("ICML")}) is None
