"""The input law over entries made of everything: each value is kept, named as left out, or private; none is silent."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fedbib.formats import csl_json, ris
from fedbib.formats.bib import bibtex
from fedbib.intake.account import Fate, account
from fedbib.intake.drafts import Outcome, decide
from fedbib.intake.foreign import read
from fedbib.intake.known import Known
from fedbib.intake.run import Terms, take
from fedbib.model.reading import Reading, Value
from fedbib.model.work import Work
from fedbib.settle import settle
from fedbib.words.private import is_private
from tests.rules import RULES

TEXTS = (
    "Proceedings of Tests", "Neural Things & Co", "A Careful Study", "private communication", "12", "3--17", "e77", "Berlin",
    "Müller, Jörg and Doe, Ann", "Lee, Ann and others", "10.1000/abc.1", "https://doi.org/10.1000/x_y", "arXiv:1610.05492v2 [cs.LG]",
    "https://example.org/a~b?c=1", "2019-12", "c2001", "forthcoming", "May", "jan--feb", "{T}he {BIG} one", "$O(n)$ bounds", "978-3-16-148410-0",
    "to appear in Tests", "/home/ann/secret.pdf", "https://ann:pw@example.org/x", "Second edition", "toread, LoRA", "<i>in vivo</i>", "50\\% more",
)  # fmt: skip
FIELDS = (
    "author", "editor", "title", "booktitle", "journal", "journaltitle", "year", "date", "month", "day", "volume", "number", "pages", "publisher",
    "organization", "institution", "school", "series", "edition", "chapter", "address", "location", "note", "howpublished", "doi", "url", "eprint",
    "archiveprefix", "isbn", "issn", "keywords", "abstract", "file", "annote", "bdsk-url-1", "mendeley-tags", "groups", "code", "type", "version",
    "mystery",
)  # fmt: skip
TYPES = (
    "article",
    "inproceedings",
    "misc",
    "book",
    "incollection",
    "phdthesis",
    "techreport",
    "online",
    "unpublished",
    "patent",
    "dataset",
    "weird",
)

_fields = st.dictionaries(st.sampled_from(FIELDS), st.sampled_from(TEXTS), min_size=1, max_size=12)


def fates(reading: Reading) -> list[tuple[Value, Fate]]:
    """What became of each value of the entries that made or found a record."""
    decisions = decide(reading.works, Known((), RULES), "x")
    found = []
    for decision, values in zip(decisions, reading.values, strict=True):
        if decision.outcome is Outcome.UNSURE:
            continue
        record = decision.record
        works = [*(claim.says for claim in record.claims), Work(topics=record.topics, links=record.links)]
        found += [(entry.value, entry.fate) for entry in account(values, works)]
    return found


def written(kind: str, fields: dict[str, str]) -> str:
    return f"@{kind}{{k1,\n" + ",\n".join(f"  {name} = {{{text}}}" for name, text in fields.items()) + "\n}\n"


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(TYPES), _fields)
def test_no_value_of_a_bib_entry_is_without_a_fate(kind: str, fields: dict[str, str]) -> None:
    reading = bibtex.parse(written(kind, fields))
    assert len(reading.values) == len(reading.works) == 1
    assert {value.name for value in reading.values[0]} == set(fields), (
        "each field is in the account, under its own name"
    )
    taken = take(replace(reading, format="bibtex"), "x", "x", Known((), RULES), Terms(), {})
    says = str([settle(decision.record, RULES) for decision in taken.decisions])
    public = " ".join(fields.get(name, "") for name in ("title", "author", "editor"))
    assert "ann:pw@" not in says or "ann:pw@" in public
    for value, fate in fates(reading):
        assert (fate is Fate.PRIVATE) == is_private(value.name, value.text)


@pytest.mark.parametrize(
    ("kind", "fields", "left"),
    [
        pytest.param(
            "article", {"title": "A", "journal": "J. of Tests", "year": "2019", "month": "may"}, [], id="all kept"
        ),
        pytest.param("misc", {"title": "A", "mystery": "something"}, ["mystery"], id="a field that nothing holds"),
        pytest.param("article", {"title": "A", "year": "2021 (forthcoming)"}, ["year"], id="more than a year"),
        pytest.param("article", {"title": "A", "month": "jan--feb", "year": "2020"}, ["month"], id="two months"),
        pytest.param("article", {"title": "A", "doi": "DOI 10.1000/ABC"}, [], id="an identifier in dress"),
        pytest.param(
            "article",
            {"title": "A", "eprint": "arXiv:1610.05492v2 [cs.LG]", "archiveprefix": "arXiv"},
            [],
            id="arXiv with a class",
        ),
        pytest.param("article", {"title": "A", "doi": "no doi"}, ["doi"], id="what is no identifier"),
        pytest.param("article", {"title": "A", "author": "Lee, Ann and others"}, [], id="others"),
    ],
)
def test_what_no_record_holds_is_named(kind: str, fields: dict[str, str], left: Sequence[str]) -> None:
    assert [value.name for value, fate in fates(bibtex.parse(written(kind, fields))) if fate is Fate.LEFT_OUT] == left


def test_an_entry_that_names_no_paper_does_not_shift_the_account_of_others() -> None:
    text = "@misc{a, note = {nothing}}\n@misc{b, title = {A title}, mystery = {something}}\n"
    taken = take(read(text), "x.bib", "x.bib", Known((), RULES), Terms(), {})
    assert [(row.what, [entry.value.name for entry in row.left]) for row in taken.rows] == [
        ("refused", []),
        ("new", ["mystery"]),
    ]


def test_private_values_come_into_no_record() -> None:
    fields = {
        "title": "Private fields", "author": "Aa, B.", "file": ":/home/jdoe/secret.pdf:PDF", "annote": "SECRET", "groups": "SECRET", "bdsk-url-1": "SECRET",
        "url": "https://user:SECRET@example.org/x.pdf", "code": "https://user:SECRET@example.org/a", "howpublished": "in print",
    }  # fmt: skip
    reading = replace(bibtex.parse(written("article", fields)), format="bibtex")
    taken = take(reading, "x.bib", "x.bib", Known((), RULES), Terms(), {})
    assert "SECRET" not in str(taken.decisions)
    assert "secret" not in str(taken.decisions)
    private = {value.name for value, fate in fates(reading) if fate is Fate.PRIVATE}
    assert private == {"file", "annote", "groups", "bdsk-url-1", "url", "code"}


def test_every_member_of_a_csl_item_is_in_the_account() -> None:
    item = {
        "id": "x", "type": "article-journal", "title": "A <i>title</i>", "author": [{"family": "Lee", "given": "Ann"}], "issued": {"date-parts": [[2019, 5]]},
        "container-title": "J. of Tests", "page": "3-17", "DOI": "10.1000/x", "annote": "mine", "archive_location": "Shelf 7",
    }  # fmt: skip
    reading = csl_json.parse(json.dumps([item]))
    assert {value.name for value in reading.values[0]} == {name.lower() for name in item} - {"id", "type"}
    told = {value.name: fate for value, fate in fates(reading) if fate is not Fate.KEPT}
    assert told == {"annote": Fate.PRIVATE, "archive_location": Fate.LEFT_OUT}


def test_every_tag_of_a_ris_record_is_in_the_account() -> None:
    reading = ris.parse(
        "TY  - JOUR\nID  - k\nTI  - A title\nAU  - Lee, Ann\nPY  - 2019\nT2  - J. of Tests\nN1  - a note\nL1  - file:///x.pdf\nER  - \n"
    )
    told = {value.name: fate for value, fate in fates(reading) if fate is not Fate.KEPT}
    assert told.get("l1") is Fate.PRIVATE
    assert {value.name for value in reading.values[0]} == {"ti", "au", "py", "t2", "n1", "l1"}


def test_translators_languages_and_events_are_kept_or_told() -> None:
    fields = {
        "title": "A title", "author": "Lee, Ann", "translator": "Roe, Tim", "bookauthor": "Poe, Ann", "language": "german",
        "langid": "ngerman", "eventdate": "2019-06-03/2019-06-05",
    }  # fmt: skip
    told = {value.name for value, fate in fates(bibtex.parse(written("inbook", fields))) if fate is not Fate.KEPT}
    assert told == {"eventdate", "langid"}, "a range, and a second word for the language"
    item = {"id": "x", "type": "chapter", "title": "T", "translator": [{"family": "Roe"}], "language": "de"} | {
        "container-author": [{"family": "Poe"}], "event-date": {"date-parts": [[2019, 6, 3]]},
    }  # fmt: skip
    assert {fate for _, fate in fates(csl_json.parse(json.dumps([item])))} == {Fate.KEPT}
    reading = ris.parse(
        "TY  - CHAP\nTI  - T\nA4  - Roe, Tim\nLA  - de\nER  - \nTY  - JOUR\nTI  - U\nA4  - Roe, Tim\nER  - \n"
    )
    assert [value.name for value, fate in fates(reading) if fate is not Fate.KEPT] == ["a4"]


def test_an_arxiv_id_before_a_title_is_an_identifier() -> None:
    text = "@misc{k, title = {[2310.15080v2] A title of some words}, author = {Jo Doe}, year = 2023}\n"
    taken = take(bibtex.parse(text), "a.bib", "a.bib", Known((), RULES), Terms(), {})
    (decision,) = taken.decisions
    says = decision.record.claims[0].says
    assert (says.title, says.arxiv) == ("A title of some words", "2310.15080")
    assert [entry for row in taken.rows for entry in row.left] == []


def test_of_two_identifiers_in_a_field_the_one_that_is_not_kept_is_named() -> None:
    text = "@misc{k, title = {A title of some words}, doi = {10.1145/3637528.3671866; 10.1145/3637528.3671867}}\n"
    taken = take(bibtex.parse(text), "a.bib", "a.bib", Known((), RULES), Terms(), {})
    assert taken.decisions[0].work.DOI == "10.1145/3637528.3671866"
    assert [(entry.value.name, entry.fate) for row in taken.rows for entry in row.left] == [("doi", Fate.LEFT_OUT)]


def test_a_number_in_an_archive_is_kept_with_the_archives_name() -> None:
    reading = ris.parse("TY  - JOUR\nID  - k\nTI  - A title\nAN  - WOS:000350000000099\nER  - \n")
    assert [fate for value, fate in fates(reading) if value.name == "an"] == [Fate.KEPT]


def test_a_server_with_an_address_is_kept_where_its_id_is() -> None:
    how = "Preprint at arXiv https://doi.org/10.48550/arXiv.2003.00023"
    assert [fate for value, fate in fates(bibtex.parse(f"@misc{{a, title={{T}}, howpublished={{{how}}}}}"))] == [
        Fate.KEPT,
        Fate.KEPT,
    ]


def test_the_name_of_a_type_is_no_word_of_the_entry() -> None:
    entry = "@proceedings{k, title = {Proceedings of Otters}, booktitle = {Proceedings of Otters (Book)}}"
    found = [(value.name, fate) for value, fate in fates(bibtex.parse(entry))]
    assert found == [("title", Fate.KEPT), ("booktitle", Fate.LEFT_OUT)]
