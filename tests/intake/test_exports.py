"""What tools write into their exports beside the fields that everybody knows: it is read, or told as left out."""

from __future__ import annotations

import json

import pytest

from fedbib.formats import FORMATS
from fedbib.intake.account import Fate, account
from fedbib.intake.foreign import read
from fedbib.model.about import About
from fedbib.model.date import PartialDate
from fedbib.model.pages import Pages
from fedbib.model.reading import Reading
from fedbib.model.work import Work

BIB = "@article{k, title = {Wind over Water}, author = {Lee, Ann}, year = 2011, %s}\n"
RIS = "TY  - JOUR\nID  - k\nTI  - Wind over Water\nAU  - Lee, Ann\nPY  - 2011\n%sER  - \n"


def item(**members: object) -> str:
    return json.dumps([{"id": "k", "type": "article-journal", "title": "Wind over Water"} | members])


def only(text: str) -> Work:
    (work,) = read(text).works
    return work


def left(reading: Reading) -> list[tuple[str, str]]:
    """Names and texts of the values that no field of the first work has."""
    found = account(reading.values[0], [reading.works[0]])
    return [(entry.value.name, entry.value.text) for entry in found if entry.fate is Fate.LEFT_OUT]


@pytest.mark.parametrize(
    ("said", "isbn", "issn"),
    [
        ("issn = {20493630}", "", "2049-3630"),
        ("issn = {2049-3630, 0317-8471}", "", "2049-3630"),
        ("isbn = {0306406152 9780306406157}", "9780306406157", ""),
        ("isbn = {2049-3630}", "", "2049-3630"),
        ("issn = {978-0-306-40615-7}", "978-0-306-40615-7", ""),
        ("isbn = {none}", "none", ""),
        ("isbn = {978-0-306-40615-8}", "978-0-306-40615-8", ""),
    ],
)
def test_one_number_stands_in_each_field_for_numbers(said: str, isbn: str, issn: str) -> None:
    work = only(BIB % said)
    assert (isbn, issn) == (work.ISBN, work.ISSN)


def test_a_number_that_is_left_out_is_told_and_words_around_one_are_not() -> None:
    assert left(read(BIB % "issn = {2049-3630, 0317-8471}")) == [("issn", "2049-3630, 0317-8471")]
    assert left(read(RIS % "SN  - 20493630 (ISSN)\nJF  - J\n")) == []


def test_a_full_name_of_a_journal_stands_beside_its_abbreviation() -> None:
    for said in (
        "journal = {J. Wind}, fjournal = {Journal of Wind}",
        "journal = {Journal of Wind}, journal-iso = {J. Wind}",
    ):
        work = only(BIB % said)
        assert (work.container_title, work.container_title_short) == ("Journal of Wind", "J. Wind")
    work = only(BIB % "journal = {Journal of Wind}, fjournal = {Journal of Wind}")
    assert (work.container_title, work.container_title_short) == ("Journal of Wind", "")
    work = only(item(**{"container-title": "Journal of Wind", "journalAbbreviation": "J. Wind"}))
    assert work.container_title_short == "J. Wind"


@pytest.mark.parametrize(
    "said", ["acronym = {Water}", "titleaddon = {Water}", "shorttitle = {Wind}", "maintitle = {over}"]
)
def test_a_field_that_is_not_read_is_told_though_its_words_stand_in_the_title(said: str) -> None:
    name, _, text = said.partition(" = ")
    assert left(read(BIB % said)) == [(name, text.strip("{}"))]


def test_a_count_that_no_field_has_is_told_though_the_number_stands_elsewhere() -> None:
    told = "times-cited = {12}, volume = {12}, doi = {10.1234/wind.12}"
    assert left(read(BIB % told)) == [("times-cited", "12")]


@pytest.mark.parametrize(
    ("said", "note"),
    [
        ("collaboration = {ATLAS}", "ATLAS Collaboration"),
        (
            "collaboration = {The Pierre Auger Collaboration}, note = {Erratum added}",
            "Erratum added; The Pierre Auger Collaboration",
        ),
        ("collaboration = {DES}, note = {For the DES Collaboration}", "For the DES Collaboration"),
    ],
)
def test_the_group_for_whom_authors_speak_is_noted_and_carried(said: str, note: str) -> None:
    reading = read(BIB % said)
    assert reading.works[0].note == note
    assert left(reading) == []
    for name in ("bibtex", "biblatex", "ris", "csl-json"):
        assert FORMATS[name].parse(FORMATS[name].render(reading.works, About("n", "t"))).works[0].note == note


def test_abbreviations_and_months_of_the_web_of_science_are_read() -> None:
    reading = read(RIS % "T2  - JOURNAL OF WIND\nJ9  - J WIND\nJI  - J. Wind\nPD  - FEB 15\n")
    work = reading.works[0]
    assert (work.container_title, work.container_title_short) == ("JOURNAL OF WIND", "J. Wind")
    assert work.issued == PartialDate(2011, 2, 15)
    assert left(reading) == []
    assert only(BIB % "journal = {Journal of Wind}, abbrev_source_title = {J. Wind}").container_title_short == "J. Wind"


@pytest.mark.parametrize(
    ("url", "is_told"),
    [
        ("https://www.biorxiv.org/content/10.1101/2021.01.02.425678v2.full", True),
        ("https://link.springer.com/article/10.1101/2021.01.02.425678/figures/2", True),
        ("https://www.biorxiv.org/content/10.1101/2021.01.02.425678.full.pdf+html", False),
        ("https://www.biorxiv.org/content/early/2021/01/02/2021.01.02.425678", True),
        ("https://doi.org/10.1101/2021.01.02.425678", False),
        ("https://onlinelibrary.wiley.com/doi/abs/10.1101/2021.01.02.425678", False),
    ],
)
def test_a_page_of_the_papers_doi_is_told_where_it_is_of_a_version_or_a_part(url: str, is_told: bool) -> None:
    reading = read(BIB % f"journal = {{J}}, doi = {{10.1101/2021.01.02.425678}}, url = {{{url}}}")
    assert left(reading) == ([("url", url)] if is_told else [])


def test_where_semantic_scholar_and_scopus_put_the_venue_it_is_read() -> None:
    assert only(BIB % "booktitle = {Wind Symposium}").container_title == "Wind Symposium"
    scopus = (
        BIB.replace("@article", "@conference")
        % "journal = {Lecture Notes in Wind}, art_number = {12}, page_count = {9}"
    )
    work = only(scopus)
    assert (work.container_title, work.number_of_pages) == ("Lecture Notes in Wind", "9")
    assert only(BIB % "journal = {Wind}, art_number = {106775}").number == "106775"
    assert only(BIB % "journal = {Wind}, pubmedid = {335405}").archive_location == "335405"


@pytest.mark.parametrize(
    ("title", "read_as"),
    [
        (
            "On {\\$}{\\$}k{\\$}{\\$} and {\\$}{\\$}{\\backslash}mathbb {\\{}R{\\}}{\\^{}}n{\\$}{\\$}",
            "On $k$ and $\\mathbb{R}^n$",
        ),
        (
            '<italic>A</italic> <inline-formula><tex-math notation="LaTeX">$k$</tex-math></inline-formula>-mean',
            "<i>A</i> $k$-mean",
        ),
        ("Lines of \\ion{H}{i}, \\ion{Ca}{2}", "Lines of H I, Ca II"),
    ],
)
def test_titles_as_publishers_escape_them_are_read(title: str, read_as: str) -> None:
    reading = read(BIB.replace("Wind over Water", title.replace("%", "%%")) % "journal = {J}")
    assert reading.works[0].title == read_as
    assert left(reading) == []


def test_tags_of_refworks_and_ebsco_are_read() -> None:
    work = only(RIS % "JN  - Journal of Wind\nVO  - 3\nSP  - 7\nOP  - 9\n")
    assert (work.container_title, work.volume, work.page) == ("Journal of Wind", "3", Pages("7", "9"))


def test_keywords_are_kept_by_topics_alone_and_short_values_by_themselves() -> None:
    assert left(read(RIS % "KW  - Ann\nKW  - Wind\nJF  - J\n")) == []
    reading = read(BIB % "journal = {Wind A}, keywords = {Water}")
    bare = account(reading.values[0], [reading.works[0].only(["title", "author", "issued", "container_title"])])
    assert [one.value.name for one in bare if one.fate is Fate.LEFT_OUT] == ["keywords"]


def test_a_number_that_is_none_is_told_beside_one_that_is() -> None:
    assert left(read(BIB % "isbn = {9780306406158 0306406152}")) == [("isbn", "9780306406158 0306406152")]


def test_counts_of_a_database_are_no_note_of_a_bib() -> None:
    reading = read(BIB % "journal = {J}, note = {cited By 12; With a map}")
    assert reading.works[0].note == "With a map"
    assert left(reading) == [("note", "cited By 12; With a map")]


@pytest.mark.parametrize("name", ["bibtex", "biblatex"])
def test_a_server_is_named_where_another_is_its_publisher(name: str) -> None:
    posted = "journal = {medRxiv}, publisher = {A Laboratory Press}, doi = {10.1101/2020.01.02.20012345}"
    text = FORMATS[name].render([only(BIB % posted)], About("n", "t"))
    assert "medRxiv" in text
    assert FORMATS[name].parse(text).works[0].publisher == "medRxiv"


def test_what_a_database_tells_of_its_own_record_is_no_note() -> None:
    reading = read(RIS % "N1  - Cited By :12\nN1  - Export Date: 3 May 2021\nN1  - With a map\nJF  - J\n")
    assert reading.works[0].note == "With a map"
    assert left(reading) == [("n1", "Cited By :12"), ("n1", "Export Date: 3 May 2021")]


def test_markup_in_a_title_of_ris_is_no_loss() -> None:
    reading = read((RIS % "JF  - J\n").replace("TI  - Wind over Water", "T1  - Sleep &amp; <i>Mus musculus</i>."))
    assert reading.works[0].title == "Sleep & <i>Mus musculus</i>"
    assert left(reading) == []


def test_a_day_whose_year_has_its_own_tag_is_read() -> None:
    reading = read(RIS % "DA  - May 3\nJF  - J\n")
    assert reading.works[0].issued == PartialDate(2011, 5, 3)
    assert left(reading) == []
    assert only(RIS % "DA  - Spring\n").issued == PartialDate(2011)


def test_a_doi_in_another_tag_of_ris_is_read() -> None:
    assert only(RIS % "L3  - 10.1234/wind.5\n").DOI == "10.1234/wind.5"


def test_lines_of_zoteros_extra_are_members_and_keys_and_the_rest_stays() -> None:
    note = "PMID: 29456894\nCitation Key: lee2011wind\ntex.ids: old1, old2\nDOI: 10.1234/wind.5\nEdition: 2\nread it\nNB: mine"
    reading = read(item(note=note, edition="3"))
    (work,) = reading.works
    assert (work.archive, work.archive_location, work.DOI) == ("PubMed", "29456894", "10.1234/wind.5")
    assert work.aliases == ("lee2011wind", "old1", "old2")
    assert work.edition == "3"
    assert work.note == "Edition: 2 read it NB: mine"
    assert left(reading) == []


def test_a_note_of_one_line_beside_a_key_is_anybodys_words() -> None:
    assert only(item(note="Edition: second", **{"citation-key": "k"})).note == "Edition: second"
    assert only(item(**{"citation-key": "other"})).aliases == ("other",)


def test_lines_of_a_note_in_a_bib_are_fields_and_the_rest_stays() -> None:
    reading = read(BIB % "journal = {J}, note = {PMID: 29456894\\\\\nread on the way\\\\ \ndoi: 10.1234/wind.5}")
    (work,) = reading.works
    assert (work.archive, work.archive_location, work.DOI) == ("PubMed", "29456894", "10.1234/wind.5")
    assert work.note == "read on the way"
    assert left(reading) == []
    assert only(BIB % "note = {Line one\nline two}").note == "Line one line two"


def test_what_crossref_answers_is_read_whole() -> None:
    author = [
        {"given": "Ann", "family": "Lee", "sequence": "first"},
        {"name": "The Water Group", "sequence": "additional"},
    ]
    more = {"short-container-title": ["J. Wind"], "subtitle": ["A Record"], "article-number": "A9", "author": author}
    reading = read(item(**more, **{"container-title": ["Journal of Wind"]}))
    (work,) = reading.works
    assert (work.title, work.container_title_short, work.number) == ("Wind over Water: A Record", "J. Wind", "A9")
    assert not [name for name, _ in left(reading) if name in ("title", "subtitle", "author", *map(str.lower, more))]


def test_a_doi_with_signs_that_no_address_may_have_is_read_from_its_link() -> None:
    doi = "10.1002/(sici)1097-4571(199806)49:8<693::aid-asi4>3.0.co;2-o"
    for said in (f"doi = {{doi: http://dx.doi.org/{doi}}}", f"url = {{https://doi.org/{doi}}}"):
        work = only(BIB % said.replace("sici", "SICI"))
        assert doi == work.DOI
    assert only(BIB % "url = {https://example.org/<script>}").URL == ""


def test_words_that_point_to_an_address_go_with_it() -> None:
    how = "howpublished = {Stapled, available at \\url{https://example.org/a}, last seen in May}"
    work = only((BIB % how).replace("@article", "@misc"))
    assert (work.medium, work.URL) == ("Stapled last seen in May", "https://example.org/a")
