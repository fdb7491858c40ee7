from __future__ import annotations

import pytest

from fedbib.export.dress import VENUES, dressed
from fedbib.export.profiles import fields, others, profiles
from fedbib.formats import FORMATS, SHAPING
from fedbib.formats.base import DOI, EPRINT, SECOND_URL, URL
from fedbib.model.date import PartialDate
from fedbib.model.work import FIELDS, ItemType, Work
from fedbib.words.venues import register

WORK = Work(
    key="a",
    type=ItemType.PAPER_CONFERENCE,
    title='Federated Learning of <span class="nocase">LLaMA</span>',
    container_title="Proceedings of the 41st International Conference on Machine Learning",
    container_title_short="ICML",
    collection_title="Proceedings of Machine Learning Research",
    issued=PartialDate(2024, 7),
    publisher="PMLR",
    publisher_place="Vienna",
    event_place="Vienna, Austria",
    topics=("LoRA",),
)


@pytest.mark.parametrize(
    ("venues", "title", "series"),
    [
        ("full", WORK.container_title, WORK.collection_title),
        ("short", "ICML", WORK.collection_title),
        ("iso4", "Proc. 41st Int. Conf. Mach. Learn.", "Proc. Mach. Learn. Res."),
    ],
)
def test_venues_in_each_form(venues: str, title: str, series: str) -> None:
    (work,) = dressed([WORK], register(), venues=venues)
    assert (work.container_title, work.collection_title) == (title, series)


def test_a_journal_is_abbreviated_as_the_register_has_it() -> None:
    journal = Work(type=ItemType.ARTICLE_JOURNAL, container_title="Transactions on Machine Learning Research")
    (work,) = dressed([journal], register(), venues="iso4")
    assert work.container_title == "Transact. Mach. Learn. Res."


def test_what_has_no_label_keeps_its_title() -> None:
    (work,) = dressed([Work(container_title="A Workshop")], register(), venues="short")
    assert work.container_title == "A Workshop"
    (preprint,) = dressed([Work(type=ItemType.ARTICLE, container_title_short="arXiv")], register(), venues="short")
    assert preprint.container_title == ""


@pytest.mark.parametrize("name", sorted(set(fields()) - {URL, DOI, EPRINT, SECOND_URL, "month"}))
def test_what_is_left_out_is_not_there_and_all_else_is(name: str) -> None:
    (work,) = dressed([WORK], register(), without=[name])
    for field in FIELDS:
        wanted = FIELDS[field] if field in fields()[name] else getattr(WORK, field)
        assert getattr(work, field) == wanted


def test_a_month_goes_and_the_year_stays() -> None:
    (work,) = dressed([WORK], register(), without=["month"])
    assert work.issued == PartialDate(2024)


def test_titles_in_sentence_case_keep_names() -> None:
    (work,) = dressed([WORK], register(), titles="sentence")
    assert "Federated learning of" in work.title
    assert "LLaMA" in work.title


def test_fields_that_are_not_named_are_the_others() -> None:
    gone = others({"author", "journal", "year", "url"})
    assert {"author", "journal", "booktitle", "year", "url", "url-with-doi"}.isdisjoint(gone)
    assert {"doi", "eprint", "month", "pages", "editor"} <= gone
    assert {"number", "url", "doi"} <= others(set())


@pytest.mark.parametrize("name", profiles())
def test_a_profile_asks_for_what_there_is(name: str) -> None:
    profile = profiles()[name]
    assert profile.without <= fields().keys()
    assert profile.venues in VENUES
    assert profile.format in {*FORMATS, *SHAPING}
