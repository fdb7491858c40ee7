from __future__ import annotations

from dataclasses import replace

import pytest

from fedbib.match.vetoes import Veto, is_generic, veto
from fedbib.model.date import PartialDate
from fedbib.model.name import Name
from fedbib.model.pages import Pages
from fedbib.model.work import ItemType, Work
from tests.rules import RULES

PAPER = Work(
    type=ItemType.ARTICLE_JOURNAL,
    title="A careful study of averaging under heterogeneity",
    author=(Name("Smith", "Jane"),),
    issued=PartialDate(2019),
    container_title="Journal of Tests",
    volume="12",
    page=Pages("100", "120"),
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(PAPER, PAPER, id="the same"),
        pytest.param(PAPER, Work(title=PAPER.title), id="a poorer one"),
        pytest.param(PAPER, replace(PAPER, DOI="10.1000/1"), id="an identifier on one side"),
        pytest.param(
            replace(PAPER, DOI="10.1000/1"),
            replace(PAPER, DOI="10.2139/ssrn.123"),
            id="a preprint server's DOI beside the publisher's",
        ),
        pytest.param(
            replace(PAPER, issued=PartialDate(2018)),
            replace(PAPER, container_title="J. Tests", issued=None),
            id="a year on one side",
        ),
        pytest.param(
            PAPER,
            Work(type=ItemType.ARTICLE, title=PAPER.title, issued=PartialDate(2017), container_title="arXiv"),
            id="its preprint",
        ),
        pytest.param(PAPER, replace(PAPER, page=Pages("e7")), id="other pages of one volume"),
        pytest.param(
            PAPER, replace(PAPER, container_title="J. Test.", page=Pages("1", "21")), id="an abbreviated journal"
        ),
        pytest.param(
            replace(PAPER, type=ItemType.REPORT, container_title="", issued=PartialDate(2020)),
            replace(PAPER, type=ItemType.PAPER_CONFERENCE),
            id="a report of the year after",
        ),
        pytest.param(PAPER, replace(PAPER, volume="vol", page=Pages("58no3pp497-510")), id="no number in a volume"),
        pytest.param(
            replace(PAPER, page=Pages("177", "82")),
            replace(PAPER, volume="Vol. 13", page=Pages("177", "182")),
            id="one first page",
        ),
    ],
)
def test_nothing_keeps_one_work_apart(one: Work, other: Work) -> None:
    assert veto(one, other, RULES) is None
    assert veto(other, one, RULES) is None


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        pytest.param(replace(PAPER, DOI="10.1000/1"), replace(PAPER, DOI="10.1000/2"), Veto.IDS, id="two DOIs"),
        pytest.param(
            replace(PAPER, arxiv="2310.15080"), replace(PAPER, arxiv="2310.15081"), Veto.IDS, id="two arXiv ids"
        ),
        pytest.param(PAPER, replace(PAPER, title=f"Erratum to: {PAPER.title}"), Veto.NOTICE, id="an erratum"),
        pytest.param(PAPER, replace(PAPER, title=f"Data from: {PAPER.title}"), Veto.NOTICE, id="its data"),
        pytest.param(PAPER, replace(PAPER, title=f"{PAPER.title}: Solutions manual"), Veto.NOTICE, id="its solutions"),
        pytest.param(
            replace(PAPER, title=f"{PAPER.title}, Part I"),
            replace(PAPER, title=f"{PAPER.title}, Part II"),
            Veto.NUMBERS,
            id="two parts",
        ),
        pytest.param(
            replace(PAPER, title=f"{PAPER.title} 2019"),
            replace(PAPER, title=f"{PAPER.title} 2020"),
            Veto.NUMBERS,
            id="two years' reports",
        ),
        pytest.param(
            replace(PAPER, title=f"Ten {PAPER.title}"),
            replace(PAPER, title=f"Eleven {PAPER.title}"),
            Veto.NUMBERS,
            id="numbers in words",
        ),
        pytest.param(PAPER, replace(PAPER, type=ItemType.THESIS), Veto.KIND, id="a thesis of the same title"),
        pytest.param(
            PAPER,
            replace(PAPER, container_title="Annals of Else", issued=PartialDate(2021)),
            Veto.PLACE,
            id="another year and venue",
        ),
        pytest.param(
            Work(type=ItemType.BOOK, title=PAPER.title, issued=PartialDate(1959)),
            Work(type=ItemType.BOOK, title=PAPER.title, issued=PartialDate(1997)),
            Veto.PLACE,
            id="another edition",
        ),
        pytest.param(
            Work(type=ItemType.REPORT, title=PAPER.title, issued=PartialDate(2007)),
            Work(type=ItemType.DOCUMENT, title=PAPER.title, issued=PartialDate(2015)),
            Veto.PLACE,
            id="many years apart",
        ),
        pytest.param(
            Work(type=ItemType.REPORT, title=PAPER.title, issued=PartialDate(1987)),
            Work(type=ItemType.CHAPTER, title=f"{PAPER.title} and its uses", issued=PartialDate(1991)),
            Veto.PLACE,
            id="some years apart, with more in the title",
        ),
        pytest.param(
            replace(PAPER, type=ItemType.REPORT, container_title="", issued=PartialDate(2021)),
            replace(PAPER, type=ItemType.PAPER_CONFERENCE),
            Veto.PLACE,
            id="a report that is later than the paper",
        ),
        pytest.param(
            PAPER,
            replace(
                PAPER,
                type=ItemType.PAPER_CONFERENCE,
                container_title="Proceedings of the Conference on Otters",
                volume="",
                page=Pages("7", "11"),
            ),
            Veto.PAGES,
            id="a conference paper and a journal article of one year",
        ),
        pytest.param(
            PAPER,
            Work(type=ItemType.PAPER_CONFERENCE, title=PAPER.title, page=Pages("7", "11")),
            Veto.PAGES,
            id="a conference paper of which little is known, and a journal article",
        ),
        pytest.param(
            PAPER, replace(PAPER, volume="13", page=Pages("1", "9")), Veto.PAGES, id="another volume and other pages"
        ),
        pytest.param(
            PAPER, replace(PAPER, volume="13", issued=PartialDate(2020)), Veto.PAGES, id="another volume and year"
        ),
        pytest.param(
            replace(PAPER, issue="1/2"),
            replace(PAPER, issue="3", page=Pages("7")),
            Veto.PAGES,
            id="another issue and page",
        ),
        pytest.param(
            replace(PAPER, title="Calendar"),
            replace(PAPER, title="Calendar", issue="", page=Pages("7")),
            Veto.PAGES,
            id="every issue's",
        ),
    ],
)
def test_two_works_stay_two(one: Work, other: Work, reason: Veto) -> None:
    assert veto(one, other, RULES) is reason
    assert veto(other, one, RULES) is reason


def test_a_title_of_few_words_says_too_little() -> None:
    assert is_generic("Abstracts")
    assert is_generic("Notes on Averaging")
    assert not is_generic("Notes on Averaging Models")
    assert not is_generic(PAPER.title)
