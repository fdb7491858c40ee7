"""What is taken for a venue and is none, and venues that are missed, each as a small list of its own."""

from __future__ import annotations

import pytest

from fedbib.formats.lists import markdown
from tests.formats.lists.rows import ARXIV, people


@pytest.mark.parametrize(
    "form",
    [
        "{title}. {people}. {where}. [[pdf]({url})]",
        "{title} - {people} - {where} [[pdf]({url})]",
        "**{title}** {people}. {where}. [[pdf]({url})]",
        "[{title}]({url}) - {people}. {where}",
        '{people}, "{title}," {where}. [[pdf]({url})]',
    ],
)
def test_a_venue_that_nobody_knows_is_neither_a_person_nor_part_of_the_title(form: str) -> None:
    papers = [
        ("Counting Otters by Day in Ponds", ["Ann Lee", "Bo Li"], "Otter Days"),
        ("Weighing Beavers at Night in Lakes", ["Ann Wu", "Bo Li", "Cy Diaz"], "Symposium on Otters"),
        ("MiceNet: Tracking Mice in Houses", ["Fay King", "Gil Moss"], "Mammal Record"),
    ]
    rows = (
        form.format(title=title, people=", ".join(names), where=where, url=f"{ARXIV}{at}")
        for at, (title, names, where) in enumerate(papers, start=1)
    )
    works = markdown.parse("# L\n\n" + "".join(f"- {row}\n" for row in rows)).works
    assert [(work.title, people(work), work.comment) for work in works] == papers
    assert [work.container_title_short for work in works] == ["", "", ""]


def test_a_preprint_in_brackets_is_published_nowhere() -> None:
    text = f"# L\n\n- [Weighing Otters by Night in Ponds]({ARXIV}1) (Preprint, 2019)\n- [Weighing Minks by Day in Ponds]({ARXIV}2) (ICML, 2019)\n- [Weighing Voles by Day in Ponds]({ARXIV}3) (under review, 2020)\n"
    works = markdown.parse(text).works
    assert works[2].comment == "under review"
    assert [(work.title, work.container_title_short, work.year) for work in works] == [
        ("Weighing Otters by Night in Ponds", "", 2019),
        ("Weighing Minks by Day in Ponds", "ICML", 2019),
        ("Weighing Voles by Day in Ponds", "", 2020),
    ]


def test_the_number_of_a_preprint_is_no_venue_where_the_heading_names_one() -> None:
    text = f"# L\n\n## ASPLOS 2022\n- Weighing Otters by Night in Ponds [[arXiv:2401.00001]]({ARXIV}1)\n- Weighing Minks by Day in Ponds [[paper]]({ARXIV}2)\n"
    assert [(work.container_title_short, work.year) for work in markdown.parse(text).works] == [("ASPLOS", 2022)] * 2


def test_a_nickname_in_front_is_neither_title_nor_venue() -> None:
    quoted = f'* **OTT**: "Otters without Retraining", NeurIPS, 2021 (*MBZUAI*). [[Paper]({ARXIV}1)]\n'
    (work,) = markdown.parse(quoted).works
    assert (work.title, work.container_title_short, work.year) == ("Otters without Retraining", "NeurIPS", 2021)
    barred = (
        f"- **[OTT v1]** You Only Dive Once: Otters | **[CVPR' 16]** |[`[pdf]`]({ARXIV}2)\n"
        f"- **[Ice]** Ice Nets for Otters | Lena Koch, et al. | **[ECCV' 16]** |[`[pdf]`]({ARXIV}3)\n"
    )
    one, other = markdown.parse(barred).works
    assert (one.title, one.container_title_short, one.year) == ("You Only Dive Once: Otters", "CVPR", 2016)
    assert (other.container_title_short, people(other)) == ("ECCV", ["Lena Koch", "et al."])


def test_a_heading_is_a_venue_only_by_the_register() -> None:
    text = f"# L\n\n### GANs\n\n* [Otters from Noise and Ice]({ARXIV}1) (2023)\n\n### ICML 2024\n\n* [Otters at Play]({ARXIV}2)\n"
    first, second = markdown.parse(text).works
    assert (first.container_title_short, first.topics, first.year) == ("", ("GANs",), 2023)
    assert (second.container_title_short, second.year) == ("ICML", 2024)


def test_the_link_in_front_is_the_venue_though_it_is_also_a_label() -> None:
    text = (
        "## 2017\n- [[CVPR](https://example.org/1.pdf)] Otters on Ice in Winter. [[code](https://github.com/a/b)][[torch](https://github.com/a/c)]\n"
        "- [[NeurIPS](https://papers.nips.cc/paper/1)] Otter Sets.\n- [[arXiv](https://arxiv.org/abs/2401.00001)] Otters in Deep Ponds.\n"
    )
    reading = markdown.parse(text)
    assert [(work.title, work.container_title_short) for work in reading.works] == [
        ("Otters on Ice in Winter", "CVPR"),
        ("Otter Sets", "NeurIPS"),
        ("Otters in Deep Ponds", ""),
    ]
    assert reading.problems == ()
    assert [(link.label, link.url) for link in reading.works[0].links] == [
        ("code", "https://github.com/a/b"),
        ("code 2", "https://github.com/a/c"),
    ]


def test_a_publisher_alone_is_no_venue() -> None:
    (work,) = markdown.parse(f"- **Otters on Ice in Winter**. Ann Lee, Bo Li. 2014. IEEE. [[pdf]]({ARXIV}1)\n").works
    assert work.container_title_short == ""


def test_a_year_glued_to_a_venue_is_no_mark_of_an_affiliation() -> None:
    text = "\n".join(f"- Slow Otters in {n} Ponds, Ann Lee; Bo Li; Wei Hu, LREC2023. {ARXIV}{n}" for n in range(1, 4))
    for work in markdown.parse(text).works:
        assert (people(work), work.container_title_short, work.year) == (["Ann Lee", "Bo Li", "Wei Hu"], "LREC", 2023)


THREE = "Indexing Temporal Keys, Joining Wide Tables, and Cleaning Lakes"


def test_a_reference_whose_title_is_a_link_has_a_journal_and_pages() -> None:
    text = (
        f"- Ann Lee & Bo Li (2019). [{THREE}]({ARXIV}1). *Otter Watch*, 12(3), 4-17.\n"
        f"- Wei Hu & Jo Ek (2020). [Counting Beavers by Ear]({ARXIV}2). *Pond Life*, 3(1), 8-9.\n"
    )
    first, second = markdown.parse(text).works
    assert (first.title, people(first), first.container_title_short, first.year) == (
        THREE,
        ["Ann Lee", "Bo Li"],
        "Otter Watch",
        2019,
    )
    assert (second.title, second.container_title_short, second.year) == ("Counting Beavers by Ear", "Pond Life", 2020)


def test_what_stands_behind_in_is_a_venue_and_pages_hide_no_year() -> None:
    text = f"- Ann Lee, Bo Li, “Slow Weighing of Otters,” in *Otter Watch*, 2021, pp. 15–27. [[PDF]({ARXIV}1)]"
    work = markdown.parse(text).works[0]
    assert (work.title, work.container_title_short, work.year) == ("Slow Weighing of Otters", "Otter Watch", 2021)


def test_what_a_paper_is_cited_as_has_its_year() -> None:
    text = "\n".join(f"- [Lee et al., 2021] [Slow Otters in {n} Ponds]({ARXIV}{n})" for n in range(1, 4))
    assert {(work.year, work.author) for work in markdown.parse(text).works} == {(2021, ())}


def test_a_journal_whose_name_is_a_word_is_one_beside_its_year() -> None:
    text = "\n".join(f"- **[Science 2022]** Slow Otters in {n} Ponds. [[PDF]({ARXIV}{n})]" for n in range(1, 4))
    assert {(work.container_title_short, work.year) for work in markdown.parse(text).works} == {("Science", 2022)}


def test_the_archive_with_number_and_year_is_a_link() -> None:
    text = "- Luis Á. Ruiz, Bo Li. Minks on Ice at Dawn. arXiv preprint arXiv:2401.00001, 2024.\n"
    work = markdown.parse(text).works[0]
    assert (work.title, people(work)) == ("Minks on Ice at Dawn", ["Luis Á. Ruiz", "Bo Li"])
    assert (work.container_title_short, work.year, work.arxiv) == ("arXiv", 2024, "2401.00001")


def test_a_badge_of_a_paper_names_its_venue() -> None:
    badge = "[![Paper](https://img.shields.io/badge/paper-ICML%202023-green)]"
    work = markdown.parse(f"- **Slow Weighing of Otters** {badge}({ARXIV}1)\n").works[0]
    assert (work.container_title_short, work.year) == ("ICML", 2023)


def test_a_chinese_label_in_the_line_hides_no_venue() -> None:
    text = "".join(
        f"- **Slow Otters in {n} Ponds**，ICML 2023。论文：{ARXIV}{n}  代码：https://github.com/a/b{n}\n"
        for n in range(1, 4)
    )
    for work in markdown.parse(text).works:
        assert (work.container_title_short, work.year, len(work.links)) == ("ICML", 2023, 1)


def test_where_a_thesis_was_written_is_no_venue() -> None:
    text = "".join(f"- Ann Lee, [Slow Otters in {n} Ponds]({ARXIV}{n}), PhD thesis, MIT, 2021\n" for n in range(1, 4))
    assert {(work.container_title_short, work.year) for work in markdown.parse(text).works} == {("", 2021)}


def test_a_preprint_has_its_year() -> None:
    text = "".join(f"- [Slow Otters in {n} Ponds]({ARXIV}{n}) (preprint, 202{n})\n" for n in range(1, 4))
    assert [work.year for work in markdown.parse(text).works] == [2021, 2022, 2023]


def test_a_reference_keeps_no_word_of_its_container() -> None:
    text = (
        f"Lee, A., & Li, B. (2021). Slow otters in ponds. In *Proceedings of ICML* (pp. 1–9). {ARXIV}1\n\n"
        f"Ann Lee. 2018. Counting beavers by ear. In *3DV*. 9 pages. {ARXIV}2\n"
    )
    found = [(work.title, people(work), work.container_title_short, work.year) for work in markdown.parse(text).works]
    assert found == [
        ("Slow otters in ponds", ["A. Lee", "B. Li"], "ICML", 2021),
        ("Counting beavers by ear", ["Ann Lee"], "3DV", 2018),
    ]


@pytest.mark.parametrize("said", ["by Ann Lee (2011)", "- Engineering blog, 2011"], ids=["person", "blog"])
def test_who_wrote_it_and_a_blog_are_no_venue(said: str) -> None:
    rows = "".join(f"- [Slow Otters in {n} Ponds]({ARXIV}{n}) - ICML, 202{n}\n" for n in range(1, 6))
    text = f"{rows}\n## More\n\n- [The Whole Handbook of Otters](https://books.example.com/otters) {said}\n"
    reading = markdown.parse(text)
    assert len(reading.works) == 5
    assert [doubt.work.container_title_short for doubt in reading.doubts] == [""]


def test_a_chinese_label_for_venues_of_both_kinds_is_known() -> None:
    text = f"1. **Slow Otters in Ponds**\n   - 作者：Ann Lee\n   - 会议/期刊：ICML 2021\n   - 论文地址：{ARXIV}1\n"
    (work,) = markdown.parse(text).works
    assert (work.title, work.container_title_short, work.year) == ("Slow Otters in Ponds", "ICML", 2021)


JOURNALS = ("Annals of Otter Care", "ICML", "Days of Ponds", "ICML", "Annals of Otter Care")


TITLED = (
    "Slow Otters in Ponds",
    "Is Weighing Beavers Enough?",
    "Counting Seals by Ear",
    "Ice: A Survey",
    "Dams and Doors",
)


@pytest.mark.parametrize(
    "form",
    [
        "Ann Lee, Bo Li, Cy Ek. {title}{stop} {venue}, 2021. [[pdf]({url})]",
        "Ann Lee, Bo Li, Cy Ek. {title}{stop} {venue}. [[pdf]({url})]",
        "[{title}]({url}). Ann Lee, Bo Li, Cy Ek. {venue}. 2021.",
        "Ann Lee, Bo Li, Cy Ek. [{title}]({url}). *{venue}* (2021).",
        "Ann Lee, Bo Li, Cy Ek. *{title}*. {venue}, 2021. [[pdf]]({url})",
        "Ann Lee, Bo Li & Cy Ek (2021). {title}{stop} {venue}. {url}",
        "[{title}]({url}), Ann Lee, Bo Li, and Cy Ek, {venue}",
        "{title}, Ann Lee, Bo Li and Cy Ek, {venue} [[pdf]({url})]",
    ],
    ids=["behind-title", "no-year", "behind-people", "italics", "own-text", "reference", "commas", "all-text"],
)
def test_venues_that_nobody_knows_are_told_by_where_the_others_stand(form: str) -> None:
    rows = (
        form.format(title=title, stop="" if title.endswith("?") else ".", venue=venue, url=f"{ARXIV}{n}")
        for n, (title, venue) in enumerate(zip(TITLED, JOURNALS, strict=True), start=1)
    )
    works = markdown.parse("".join(f"- {row}\n" for row in rows)).works
    assert [work.title for work in works] == list(TITLED)
    assert [work.container_title_short for work in works] == list(JOURNALS)
    assert {tuple(people(work)) for work in works} == {("Ann Lee", "Bo Li", "Cy Ek")}
    assert {work.year for work in works} == ({2021} if "2021" in form else {None})


def test_a_last_sentence_is_no_venue_where_no_row_has_one() -> None:
    text = "".join(
        f"- Ann Lee, Bo Li. {title.rstrip('?')}. All About {word}. [[pdf]({ARXIV}{n})]\n"
        for n, (title, word) in enumerate(zip(TITLED, ("Ice", "Dams", "Ponds", "Snow", "Mud"), strict=True), start=1)
    )
    assert {work.container_title_short for work in markdown.parse(text).works} == {""}


@pytest.mark.parametrize("words", ["MIT Press", "Otter University", "Great read", "Springer"])
def test_who_prints_or_pays_is_no_venue(words: str) -> None:
    places = ("ICML", "KDD", "ICLR", words, "ICML")
    text = "".join(
        f"- [{title}]({ARXIV}{n}). Ann Lee, Bo Li, Cy Ek. {place}. 2021.\n"
        for n, (title, place) in enumerate(zip(TITLED, places, strict=True), start=1)
    )
    work = markdown.parse(text).works[3]
    assert (work.container_title_short, len(work.author), work.year) == ("", 3, 2021)


def test_a_venue_has_its_own_year_and_no_preprint_date() -> None:
    text = (
        "| Title | Venue | Date |\n|--|--|--|\n"
        f"| [Slow Otters in Ponds]({ARXIV}1) | T-RO 2024 | 2023-01-11 |\n"
        f"| [Counting Beavers by Ear]({ARXIV}2) | ICML 2023 | 2023-07-11 |\n"
    )
    dates = [work.issued and work.issued.iso for work in markdown.parse(text).works]
    assert dates == ["2024", "2023-07"]


@pytest.mark.parametrize(("said", "year"), [("VLDB 17", 2017), ("SIGMOD 98", 1998), ("ICML 37", None)])
def test_a_year_of_two_figures_stands_behind_a_venue_that_is_known(said: str, year: int | None) -> None:
    assert markdown.parse(f"1. [Slow Otters in Ponds]({ARXIV}1) [{said}]\n").works[0].year == year


@pytest.mark.parametrize("behind", [", vol. 3, no. 2, pp. 1–9, 2021", ", 2021", " (2021)"])
def test_italics_before_a_volume_or_a_year_are_venues_known_or_not(behind: str) -> None:
    text = "".join(
        f'- Ann Lee, Bo Li, "{title}," *{venue}*{behind}. [[pdf]({ARXIV}{n})]\n'
        for n, (title, venue) in enumerate(zip(TITLED, JOURNALS, strict=True), start=1)
    )
    assert [(work.container_title_short, work.year) for work in markdown.parse(text).works] == [
        (venue, 2021) for venue in JOURNALS
    ]


def test_a_venue_that_a_site_is_called_after_has_its_year() -> None:
    text = f"- Ann Lee, Bo Li: [Slow Otters in Ponds]({ARXIV}1). IJCAI 2019: 30-41\n"
    (work,) = markdown.parse(text).works
    assert (work.container_title_short, work.year) == ("IJCAI", 2019)
