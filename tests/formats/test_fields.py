"""Which fields of a work each format keeps, by type; and where other people's files say them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from fedbib.formats import FORMATS
from fedbib.model.about import About
from fedbib.model.date import PartialDate
from fedbib.model.name import Name
from fedbib.model.work import FIELDS, ItemType, Work

BASE = Work(key="a", title="A study", author=(Name("Doe", "Jo"),), issued=PartialDate(2020))
SERIES: dict[str, Any] = {"collection_title": "Notes", "collection_number": "12"}
KEPT: dict[str, tuple[Work, dict[str, set[str]]]] = {
    "book": (
        Work(
            type=ItemType.BOOK, **SERIES, publisher="Press", publisher_place="Rome", edition="2", number_of_pages="312",
            number_of_volumes="3", note="Reprint", ISBN="978-0-306-40615-7",
        ),
        {},
    ),
    "chapter": (
        Work(
            type=ItemType.CHAPTER, **SERIES, container_title="A book", publisher="Press", publisher_place="Rome",
            edition="2", chapter_number="4", note="Reprint",
        ),
        {},
    ),
    "article with a number": (
        Work(type=ItemType.ARTICLE_JOURNAL, container_title="Phys. Rev.", volume="9", number="012345", note="Erratum"),
        {},
    ),
    "conference paper with two places": (
        Work(
            type=ItemType.PAPER_CONFERENCE, container_title="Proc. of Tests", publisher="ACM", publisher_place="New York",
            event_place="Oslo", note="Best paper",
        ),
        {"bibtex": {"event_place"}, "ris": {"publisher_place"}},
    ),
    "translated part of another's book": (
        Work(
            type=ItemType.CHAPTER, container_title="Works", container_author=(Name("Poe", "Ann"),),
            translator=(Name("Roe", "Tim"), Name("Moe", "Di")), language="German", publisher="Press",
        ),
        {"bibtex": {"container_author", "translator", "language"}, "ris": {"container_author"}},
    ),
    "translated book": (
        Work(type=ItemType.BOOK, translator=(Name("Roe", "Tim"),), language="en", publisher="Press"),
        {"bibtex": {"translator", "language"}},
    ),
    "conference of some days": (
        Work(
            type=ItemType.PAPER_CONFERENCE, container_title="Proc", event_title="TESTS", event_date=PartialDate(2020, 6, 1),
            language="fr",
        ),
        {"bibtex": {"event_title", "event_date", "language"}, "ris": {"event_date"}},
    ),
    "thesis": (
        Work(type=ItemType.THESIS, genre="Bachelor's thesis", publisher="Uni", number_of_pages="80", note="In German"),
        {},
    ),
    "report": (
        Work(type=ItemType.REPORT, publisher="NIST", number="SP 800-1", genre="Technical report", version="1.2", note="x"),
        {"ris": {"version"}},
    ),
    "patent": (
        Work(type=ItemType.PATENT, number="US 1234567 B2", publisher="Acme and Sons", genre="U.S. patent", note="Expired"),
        {},
    ),
    "data": (
        Work(type=ItemType.DATASET, publisher="Zenodo", version="3", genre="Images", note="Updated"),
        {},
    ),
    "page on the web": (
        Work(
            type=ItemType.WEBPAGE, publisher="W3C", URL="https://www.w3.org/x", accessed=PartialDate(2020, 2, 3),
            note="Blog",
        ),
        {},
    ),
    "something with a medium": (Work(medium="Blog post at a lab", note="Draft", version="2"), {"ris": {"medium", "version"}}),
    "in another archive": (
        Work(type=ItemType.ARTICLE_JOURNAL, container_title="J", archive="PubMed", archive_location="12345678"),
        {},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ["bibtex", "biblatex", "csl-json", "ris", "full-json"])
@pytest.mark.parametrize("kind", KEPT)
def test_a_format_keeps_all_that_it_has_a_place_for(name: str, kind: str) -> None:
    said, left = KEPT[kind]
    work = replace(said, key=BASE.key, title=BASE.title, author=BASE.author, issued=BASE.issued)
    (read,) = FORMATS[name].parse(FORMATS[name].render([work], About())).works
    lost = {field for field in FIELDS if getattr(read, field) != getattr(work, field)}
    assert lost == left.get(name, set())


def of_bib(entry: str) -> Work:
    (work,) = FORMATS["biblatex"].parse(entry).works
    return work


@pytest.mark.parametrize(
    ("entry", "fields"),
    [
        pytest.param("@misc{a, publisher={Lab}, year=2020}", {"publisher": "Lab"}, id="publisher of a misc"),
        pytest.param("@inproceedings{a, organization={PMLR}}", {"publisher": "PMLR"}, id="organization"),
        pytest.param("@misc{a, howpublished={Talk at Tests}}", {"medium": "Talk at Tests"}, id="howpublished"),
        pytest.param(
            r"@misc{a, howpublished={Blog, available: \url{https://x.org/a}}}",
            {"medium": "Blog", "URL": "https://x.org/a"},
            id="howpublished with an address",
        ),
        pytest.param(
            "@misc{a, eprint={2016/1013}, archiveprefix={Cryptology ePrint Archive}}",
            {"archive": "Cryptology ePrint Archive", "archive_location": "2016/1013"},
            id="eprint of another archive",
        ),
        pytest.param("@article{a, pmid={123}}", {"archive": "PubMed", "archive_location": "123"}, id="PubMed"),
        pytest.param(
            "@misc{a, eprint={arXiv:1610.05492v2 [cs.LG]}, eprinttype={ArXiv.org}}", {"arxiv": "1610.05492"}, id="arXiv"
        ),
        pytest.param(
            "@inproceedings{a, location={Oslo}, address={Berlin}}",
            {"event_place": "Oslo", "publisher_place": "Berlin"},
            id="two places",
        ),
        pytest.param(
            "@inbook{a, bookauthor={Poe, Ann}, translator={Roe, Tim and {A Group}}, language={german}, langid={ngerman}}",
            {
                "container_author": (Name("Poe", "Ann"),),
                "translator": (Name("Roe", "Tim"), Name(literal="A Group")),
                "language": "german",
            },
            id="others who made a book",
        ),
        pytest.param("@misc{a, langid={ngerman}}", {"language": "ngerman"}, id="language of the hyphenation"),
        pytest.param(
            "@inproceedings{a, eventdate={2019-06-03/2019-06-05}}",
            {"event_date": PartialDate(2019, 6, 3)},
            id="date of the event",
        ),
        pytest.param("@article{a, eid={012}, numpages={7}}", {"number": "012", "number_of_pages": "7"}, id="eid"),
        pytest.param("@thesis{a, type={candthesis}}", {"genre": "Candidate thesis"}, id="kind of thesis"),
        pytest.param(
            "@patent{a, holder={Acme Inc.}, number={7}, type={patentus}}",
            {"type": ItemType.PATENT, "publisher": "Acme Inc.", "number": "7", "genre": "U.S. patent"},
            id="patent",
        ),
        pytest.param("@book{a, title={Main}, subtitle={More}}", {"title": "Main: More"}, id="subtitle"),
        pytest.param("@book{a, title={Why?}, subtitle={More}}", {"title": "Why? More"}, id="subtitle of a question"),
        pytest.param("@article{a, pubstate={inpress}, year={2020}}", {"note": "inpress"}, id="state"),
        pytest.param("@article{a, year={in press}}", {"note": "in press"}, id="state for a year"),
        pytest.param(
            "@misc{a, doi={10.1000/x}, note={doi: 10.1000/x}}", {"DOI": "10.1000/x", "note": ""}, id="note of an id"
        ),
        pytest.param("@misc{a, note={Best paper}}", {"note": "Best paper"}, id="note"),
        pytest.param("@inproceedings{a, issn={2640-3498}}", {"ISSN": "2640-3498"}, id="ISSN of proceedings"),
        pytest.param(
            "@article{a, journal={Preprint at arXiv https://doi.org/10.48550/arXiv.2408.06005}}",
            {"type": ItemType.ARTICLE, "arxiv": "2408.06005"},
            id="arXiv for a journal",
        ),
        pytest.param(
            "@article{a, journal={Computing Research Repository (CoRR)}, volume={2408.06008}}",
            {"type": ItemType.ARTICLE, "arxiv": "2408.06008"},
            id="bare id as a volume",
        ),
    ],
)
def test_a_bib_says_it_in_many_fields(entry: str, fields: dict[str, object]) -> None:
    work = of_bib(entry)
    assert {field: getattr(work, field) for field in fields} == fields


def test_one_value_may_come_from_an_xdata_entry() -> None:
    text = (
        "@xdata{x, booktitle={Proc. of X}, editor={One, A. and Two, B.}}\n"
        "@inproceedings{a, booktitle={xdata=x-booktitle}, editor={xdata=x-editor-2}, publisher={xdata=gone-publisher}}"
    )
    reading = FORMATS["biblatex"].parse(text)
    (work,) = reading.works
    assert (work.container_title, work.editor, work.publisher) == ("Proc. of X", (Name("Two", "B."),), "")
    assert any("inherits from gone" in problem.message for problem in reading.problems)


def test_csl_notes_and_archives_are_read() -> None:
    text = '[{"id": "a", "note": "arXiv: 2301.00001 [cs.LG]; Best paper", "PMID": "7", "status": "in press"}]'
    (work,) = FORMATS["csl-json"].parse(text).works
    assert (work.arxiv, work.arxiv_class, work.note) == ("2301.00001", "cs.LG", "Best paper; in press")
    assert (work.archive, work.archive_location) == ("PubMed", "7")


def test_ris_counts_pages_of_a_book_and_numbers_articles() -> None:
    book, article = (
        FORMATS["ris"]
        .parse(
            "TY  - BOOK\nTI  - A\nSP  - 312\nET  - 2nd\nN1  - One\nN1  - Two\nER  - \n"
            "TY  - JOUR\nTI  - B\nSP  - 3\nC7  - 012345\nDB  - PubMed\nAN  - 77\nER  - \n"
        )
        .works
    )
    assert (book.number_of_pages, book.page, book.edition, book.note) == ("312", None, "2nd", "One; Two")
    assert (article.number, article.page and article.page.text, article.archive_location) == ("012345", "3", "77")
