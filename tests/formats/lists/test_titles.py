"""Titles that are cut, lengthened or taken for something else, each as a small list of its own."""

from __future__ import annotations

import pytest

from fedbib.formats.lists import markdown
from tests.formats.lists.rows import ARXIV, people, titles


@pytest.mark.parametrize(
    "title",
    [
        "Otter Aided Night Search (OANS): Pool and Lake Studies",
        "An Otter Model (OM) Based Guide (GD) for Rivers",
        "Where Do Otters Sleep? Tracks of Small Mammals",
        "Quiet! Otters for Non-i.i.d. Ponds",
        "Otters, Beavers and Minks: Who Wins",
        "Otter GANs [Extended Abstract]",
    ],
)
def test_a_title_stays_whole(title: str) -> None:
    text = f"# L\n\n- {title}. [[PDF]({ARXIV}1)]\n- Weighing Beavers from Photos. [[PDF]({ARXIV}2)]\n"
    assert titles(text)[0] == title
    assert markdown.parse(text).works[0].author == ()
    assert markdown.parse(text).works[0].container_title_short == ""


def test_the_venue_in_a_bold_title_is_no_part_of_it() -> None:
    text = (
        f"- **Otters on Ice in Winter (TKDE 2021)**\n  - Ann Lee, Bo Li\n  - [[Paper]]({ARXIV}1)\n"
        f"- **Beavers on Ice in Winter (WSDM 2022)**\n  - Ann Lee, Carla Diaz\n  - [[Paper]]({ARXIV}2)\n"
    )
    first, second = markdown.parse(text).works
    assert (first.title, first.container_title_short, first.year) == ("Otters on Ice in Winter", "TKDE", 2021)
    assert (second.container_title_short, people(second)) == ("WSDM", ["Ann Lee", "Carla Diaz"])


def test_titles_stand_above_their_links() -> None:
    text = (
        "# Otters\n\n**Silent Otters Learn to Dive**\n\n- Paper: https://arxiv.org/abs/2401.00001\n- Code: https://github.com/a/b\n\n"
        "**Weighing Otters from One Photo**\n\n- Paper(Oral): https://arxiv.org/abs/2401.00002\n- Code: None\n\n"
        "# 水獭\n\n**Attentive Otters by Night**\n\n- 论文：https://arxiv.org/abs/2401.00003\n- 代码：https://github.com/a/c\n"
    )
    works = markdown.parse(text).works
    assert [(work.arxiv, len(work.links)) for work in works] == [
        ("2401.00001", 1),
        ("2401.00002", 0),
        ("2401.00003", 1),
    ]


@pytest.mark.parametrize("before", ["[2023] ", "(2023) ", "1. [2023] ", "[12] [2023] "])
def test_a_year_in_brackets_in_front_is_no_number(before: str) -> None:
    (work,) = markdown.parse(f"{before}**Otters on Ice in Winter** [pdf]({ARXIV}1)\n").works
    assert (work.title, work.year) == ("Otters on Ice in Winter", 2023)


def test_titles_in_another_script_are_not_taken_for_one_another() -> None:
    text = f"- [水獭在冰上的学习方法]({ARXIV}1)\n- [河流中的慢速水獭研究]({ARXIV}1)\n- 水獭在冬天的学习, ICML 2024\n"
    reading = markdown.parse(text)
    assert [work.title for work in reading.works][:1] == ["水獭在冰上的学习方法"]
    assert [doubt.work.title for doubt in reading.doubts if doubt.is_another] == ["河流中的慢速水獭研究"]


def test_a_label_glued_to_a_title_is_no_part_of_it() -> None:
    text = f"| Title | Paper |\n|--|--|\n| ✅[Review]Otters and Ice: Challenges | [Link]({ARXIV}1) |\n"
    assert titles(text) == ["Otters and Ice: Challenges"]


def test_a_plain_title_stands_above_links_with_labels() -> None:
    text = "# L\n\nOtters in the Dark\n\n- Project: https://a.example/o/\n- Paper: https://arxiv.org/abs/2401.00001\n"
    assert titles(text) == ["Otters in the Dark"]
    assert titles(text.replace("Otters in the Dark", "These we read:")) == []


@pytest.mark.parametrize("mark", ['"[HTML]"', "%22[HTML]%22"])
def test_a_title_glued_to_an_address_is_no_part_of_it(mark: str) -> None:
    text = f"- **Otters on Ice in Winter**, ICML 2014 [[HTML]](https://link.springer.com/article/10.1007/s1061-015-04{mark})\n"
    assert [str(id) for id in markdown.parse(text).works[0].ids] == ["doi:10.1007/s1061-015-04"]


def test_a_title_goes_on_behind_its_first_mark() -> None:
    rows = "".join(
        f"{number}. {title}. ICML'24. | [Paper]({ARXIV}{number})  \n   *{people_}*\n"
        for number, (title, people_) in enumerate(
            [
                ("Slow Otters in the Wild", "Jean-Pierre Dupont"),
                ("Fast Beavers at Scale", "Bo Li, An Zhang, Robert Okafor"),
                ("Stop! Swimming Is All You Learn", "An Zhang, Data Mishra"),
                ("Counting Animals without Supervision", "Ahmed El-Sayed, Ludwig van Beek"),
            ],
            1,
        )
    )
    assert titles(rows)[2] == "Stop! Swimming Is All You Learn"
    assert people(markdown.parse(rows).works[2]) == ["An Zhang", "Data Mishra"]


def test_quotes_within_quotes_end_no_title() -> None:
    text = f'- Ann Lee, Bo Li. "“Why Swim?” Asking Otters". ICML, 2021. [[PDF]({ARXIV}1)]'
    assert titles(text) == ["“Why Swim?” Asking Otters"]


def test_papers_in_one_item_may_have_short_titles() -> None:
    text = f"- Early: [Otter Mamba]({ARXIV}1), [Counting Beavers by Ear]({ARXIV}2) and [Slow Weighing of Otters]({ARXIV}3).\n"
    assert titles(text) == ["Otter Mamba", "Counting Beavers by Ear", "Slow Weighing of Otters"]


THREE = "Indexing Temporal Keys, Joining Wide Tables, and Cleaning Lakes"


def test_an_address_is_no_title() -> None:
    text = f"- {THREE} (ICML 2023)  \n  <{ARXIV}1>\n- Slow Weighing of Otters (ICML 2023)  \n  <{ARXIV}2>\n"
    assert not any(title.startswith("http") for title in titles(text))


def test_marks_around_a_chinese_title_are_no_part_of_it() -> None:
    assert titles(f"- 《Slow Weighing of Otters》（ICML 2023）：[论文]({ARXIV}1)\n") == ["Slow Weighing of Otters"]


def test_a_link_that_looks_like_people_is_a_paper_of_its_own() -> None:
    text = (
        f"### Weighing Otters from Above\n\n[PDF]({ARXIV}1)\n\n- [{THREE}](https://doi.org/10.1145/1.2) (ICML 2023)\n\n"
        f"## More\n\n- [Slow Weighing of Otters]({ARXIV}3) (ICML 2022)\n"
    )
    assert THREE in titles(text)


def test_a_number_in_a_bold_title_is_no_part_of_it() -> None:
    text = f"**[1] Slow Weighing of Otters**, *Ann Lee*. ICML 2023. [[pdf]({ARXIV}1)]\n"
    assert titles(text) == ["Slow Weighing of Otters"]


def test_strokes_part_what_stands_behind_a_title() -> None:
    text = "".join(
        f"- [Slow Otters / Fast Beavers in {n} Ponds]({ARXIV}{n}) / ICML 2023 / No code\n" for n in range(1, 4)
    )
    for n, work in enumerate(markdown.parse(text).works, start=1):
        assert (work.title, work.container_title_short, work.year) == (
            f"Slow Otters / Fast Beavers in {n} Ponds",
            "ICML",
            2023,
        )


def test_a_title_that_begins_with_a_quotation_is_whole() -> None:
    text = f"- “Why Should I Swim?” Asking Otters [[paper]({ARXIV}1)]\n- Slow Weighing of Otters [[paper]({ARXIV}2)]\n"
    assert titles(text)[0] == "“Why Should I Swim?” Asking Otters"


def test_a_title_in_single_quotes_stands_behind_its_people() -> None:
    text = "".join(
        f"- Ann Lee, Bo Li, ‘The Otter’s {n} Ponds: A Walk’, *ICML*, 202{n}. [pdf]({ARXIV}{n})\n" for n in range(1, 4)
    )
    first = markdown.parse(text).works[0]
    assert (first.title, people(first), first.year) == ("The Otter’s 1 Ponds: A Walk", ["Ann Lee", "Bo Li"], 2021)


def test_pages_behind_a_year_are_no_part_of_a_title() -> None:
    text = f"- Ann Lee, Bo Li: Slow Otters in Ponds. ICSE 2019: 12-23 [[pdf]({ARXIV}1)]\n"
    (work,) = markdown.parse(text).works
    assert (work.title, people(work)) == ("Slow Otters in Ponds", ["Ann Lee", "Bo Li"])
    assert (work.container_title_short, work.year) == ("ICSE", 2019)


def test_a_title_is_freed_of_the_name_of_its_file() -> None:
    text = f"- 2019-CVPR-Slow Otters in Ponds [[pdf]({ARXIV}1)]\n- 2021-RA-L-Beavers - by Ear [[pdf]({ARXIV}2)]\n- 2020-RSS-Q-Dam: Doors [[pdf]({ARXIV}3)]\n"
    works = markdown.parse(text).works
    assert [(work.title, work.container_title_short, work.year) for work in works] == [
        ("Slow Otters in Ponds", "CVPR", 2019),
        ("Beavers - by Ear", "RA-L", 2021),
        ("Q-Dam: Doors", "RSS", 2020),
    ]


def test_what_stands_behind_et_al_and_a_semicolon_is_the_title() -> None:
    text = f"- Ann Lee et al.; Weighing Otters; KDD 2021; [link]({ARXIV}1)\n"
    (work,) = markdown.parse(text).works
    assert (work.title, people(work), work.year) == ("Weighing Otters", ["Ann Lee", "et al."], 2021)


def test_what_is_bold_below_a_title_with_its_year_is_no_title() -> None:
    text = "".join(
        f"### {n}. {title} (202{n})\n**Otter Lab & Pond Lab**\n- {ARXIV}{n}\n- **Key insight**: otters swim\n\n"
        for n, title in enumerate(("Slow Otters in Ponds", "Counting Beavers by Ear", "Weighing Seals"), start=1)
    )
    works = markdown.parse(text).works
    assert [(work.title, work.year) for work in works] == [
        ("Slow Otters in Ponds", 2021),
        ("Counting Beavers by Ear", 2022),
        ("Weighing Seals", 2023),
    ]


def test_an_identifier_below_a_title_is_no_paper_of_its_own() -> None:
    text = (
        "1. **Slow Otters in Ponds.**\n   - 作者: Lee A, Li B, Ek CD 等\n   - 年份: 2023\n"
        "   - DOI: [10.1038/s41586-023-06130-4](https://doi.org/10.1038/s41586-023-06130-4)\n"
        "   - PubMed: [PMID:37258682](https://pubmed.ncbi.nlm.nih.gov/37258682/)\n"
    )
    (work,) = markdown.parse(text).works
    assert (work.title, people(work), work.year) == (
        "Slow Otters in Ponds",
        ["A Lee", "B Li", "CD Ek", "et al."],
        2023,
    )


def test_a_quoted_title_behind_people_is_one_in_a_list_of_other_rows() -> None:
    text = "".join(
        f"- Ann Lee, Bo Li. **Slow Otters in {n} Ponds**. ICML 2021. [[pdf]({ARXIV}{n})]\n" for n in range(9)
    )
    text += f"- Ann Lee, Bo Li, “Counting Beavers by Ear,” in *ICML*, 2020, pp. 1–9. [[pdf]({ARXIV}9)]\n"
    work = markdown.parse(text).works[-1]
    assert (work.title, people(work), work.year) == ("Counting Beavers by Ear", ["Ann Lee", "Bo Li"], 2020)
