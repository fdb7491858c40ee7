"""Headings, tables and hidden parts that a reader of single rows takes for something else, each as a small list of its own."""

from __future__ import annotations

import pytest

from fedbib.formats.lists import markdown
from tests.formats.lists.rows import ARXIV, people, titles


def test_rows_right_below_the_end_of_an_element_are_read_where_they_stand() -> None:
    text = (
        f'# L\n<ul>\n<li><a href="{ARXIV}1">Weighing Otters by Night in Ponds</a></li>\n</ul>\n'
        f"- Weighing Minks by Day in Ponds [[paper]]({ARXIV}2)\n- Weighing Voles by Day in Ponds [[paper]]({ARXIV}3)\n\n"
        f"</ul>\n* Weighing Mice by Day in Ponds [[paper]]({ARXIV}4)\n"
    )
    reading = markdown.parse(text)
    assert [(work.arxiv[-1], line) for work, line in zip(reading.works, reading.lines, strict=True)] == [
        ("1", 3),
        ("2", 5),
        ("3", 6),
        ("4", 9),
    ]


def test_a_paper_that_is_a_heading_does_not_swallow_the_papers_below_it() -> None:
    text = (
        f"# [Otters on Ice in Winter]({ARXIV}1)\n\nAnn Lee, Bo Li. ICML 2024.\n\n"
        f"- [Slow Otters in Fast Rivers]({ARXIV}2) Zoë Müller, Bo Li\n"
    )
    assert titles(text) == ["Otters on Ice in Winter", "Slow Otters in Fast Rivers"]


def test_the_only_row_under_a_heading_is_a_row() -> None:
    assert titles(f"# Living review of otters\n\n* [Otter Nets]({ARXIV}1) (2023)\n") == ["Otter Nets"]


def test_a_row_that_leads_to_a_paper_is_no_head_of_a_table() -> None:
    row = "<tr><td>ICML</td><td><a href='{}'>{}</a></td><td><a href='https://github.com/a/b'>code</a></td></tr>"
    rows = [
        row.format(f"{ARXIV}{at}", title) for at, title in enumerate(("No Title Yet", "Otters on Ice in Winter"), 1)
    ]
    assert titles("<table>\n" + "\n".join(rows) + "\n</table>\n") == ["No Title Yet", "Otters on Ice in Winter"]


def test_papers_under_by_topic_of_anybody_are_papers_without_that_for_a_topic() -> None:
    text = f"# L\n\n## By Topic\n\n- [Otters on Ice in Winter]({ARXIV}1) (arXiv 2022)\n- **Beavers in Rivers** [paper]({ARXIV}2)\n"
    assert [(work.title, work.topics) for work in markdown.parse(text).works] == [
        ("Otters on Ice in Winter", ()),
        ("Beavers in Rivers", ()),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            f"- Ann Lee, Bo Li. Otters on Ice: A Study. ICML 2024. [[pdf]]({ARXIV}1)\n"
            f"- Kai Wu, Jo Ray and Al Sun. Beavers, Minks and Ponds. NeurIPS 2023. [[pdf]]({ARXIV}2)\n"
            f"- Kai Wu. Do Minks Swim? AAAI 2022. [[pdf]]({ARXIV}3)\n",
            [
                ("Otters on Ice: A Study", 2, "ICML"),
                ("Beavers, Minks and Ponds", 3, "NeurIPS"),
                ("Do Minks Swim?", 1, "AAAI"),
            ],
            id="people-first",
        ),
        pytest.param(
            f"- Lee, A., Li, B. (2024). Otters on Ice: A Study. [pdf]({ARXIV}1)\n"
            f"- Wu, K. (2023). Beavers, Minks and Ponds. [pdf]({ARXIV}2)\n",
            [("Otters on Ice: A Study", 2, ""), ("Beavers, Minks and Ponds", 1, "")],
            id="family-names-first",
        ),
        pytest.param(
            f"- ICML 2024 | Otters on Ice: A Study | [Paper]({ARXIV}1)\n- KDD 2023 | Minks and Ponds | [Paper]({ARXIV}2)\n",
            [("Otters on Ice: A Study", 0, "ICML"), ("Minks and Ponds", 0, "KDD")],
            id="venue-first",
        ),
        pytest.param(
            f"- [FedX]({ARXIV}1): Otters on Ice in Winter, ICML 2024\n- [FedY]({ARXIV}2): Beavers in Deep Ponds, KDD 2023\n",
            [("Otters on Ice in Winter", 0, "ICML"), ("Beavers in Deep Ponds", 0, "KDD")],
            id="linked-nicknames",
        ),
        pytest.param(
            f"**Otters on Ice in Winter**<br>\n*Ann Lee, Bo Li*<br>\nICML 2024. [[Paper]]({ARXIV}1)<br>\n"
            f"**Beavers in Deep Ponds**<br>\n*Kai Wu, Jo Ray*<br>\nKDD 2023. [[Paper]]({ARXIV}2)<br>\n",
            [("Otters on Ice in Winter", 2, "ICML"), ("Beavers in Deep Ponds", 2, "KDD")],
            id="one-paragraph",
        ),
        pytest.param(
            f"<details><summary>Otters on Ice in Winter (ICML 2024)</summary>\n\nAnn Lee, Bo Li. [paper]({ARXIV}1)\n\n</details>\n",
            [("Otters on Ice in Winter", 2, "ICML")],
            id="summary",
        ),
        pytest.param(
            f"- [Otters on Ice in Winter][1], ICML 2024\n\n[1]: {ARXIV}1\n",
            [("Otters on Ice in Winter", 0, "ICML")],
            id="links-that-stand-apart",
        ),
        pytest.param(
            f"- **水獭在冰上的行为研究**，张三，李四，ICML 2024 [[论文]]({ARXIV}1)\n- **河狸的大坝**，王五，CVPR 2023 [[论文]]({ARXIV}2)\n",
            [("水獭在冰上的行为研究", 2, "ICML"), ("河狸的大坝", 1, "CVPR")],
            id="chinese",
        ),
        pytest.param(
            f"- [Otters on Ice]({ARXIV}1)（ICML 2024）\n- [Beavers in Deep Ponds]({ARXIV}2)【CVPR 2023】\n",
            [("Otters on Ice", 0, "ICML"), ("Beavers in Deep Ponds", 0, "CVPR")],
            id="full-width",
        ),
    ],
)
def test_a_layout_is_learnt(text: str, expected: list[tuple[str, int, str]]) -> None:
    works = markdown.parse(text).works
    assert [(work.title, len(work.author), work.container_title_short) for work in works] == expected


THREE = "Indexing Temporal Keys, Joining Wide Tables, and Cleaning Lakes"


@pytest.mark.parametrize("title", ["Slow Weighing of Otters", THREE])
def test_what_details_hide_belongs_to_the_title_that_shows(title: str) -> None:
    text = (
        f"<details>\n<summary><b>{title}</b></summary>\n\nAnn Lee, Bo Li\n\nICML 2023\n\n[PDF]({ARXIV}1)\n\n</details>\n\n"
        f"<details>\n<summary><b>Counting Beavers by Ear</b></summary>\n\nWei Hu, Jo Ek\n\nKDD 2023\n\n[PDF]({ARXIV}2)\n\n</details>\n"
    )
    first, second = markdown.parse(text).works
    assert (first.title, people(first), first.container_title_short) == (title, ["Ann Lee", "Bo Li"], "ICML")
    assert (second.title, people(second), second.container_title_short) == (
        "Counting Beavers by Ear",
        ["Wei Hu", "Jo Ek"],
        "KDD",
    )


def test_details_around_a_list_hide_its_papers_from_nobody() -> None:
    text = f"<details>\n<summary>More papers of 2023</summary>\n\n- [Slow Weighing of Otters]({ARXIV}1)\n\n</details>\n"
    assert titles(text) == ["Slow Weighing of Otters"]


def test_details_on_one_line_swallow_no_numbered_item() -> None:
    row = "{n}. [Slow Otters in {n} Ponds](https://arxiv.org/abs/2401.0000{n})\n  <details><summary>Abstract</summary>We weigh.</details>\n"
    text = "".join(row.format(n=n) for n in range(1, 5))
    reading = markdown.parse(text)
    assert [(work.title, line) for work, line in zip(reading.works, reading.lines, strict=True)] == [
        (f"Slow Otters in {n} Ponds", 2 * n - 1) for n in range(1, 5)
    ]


def test_what_is_set_small_is_read() -> None:
    text = "\n".join(
        f"- [Slow Otters in {n} Ponds]({ARXIV}{n}) <sup>ICML 2023</sup><br><sub>Ann Lee<sup>1</sup>, Bo Li<sup>2</sup></sub>"
        for n in range(1, 4)
    )
    for work in markdown.parse(text).works:
        assert (people(work), work.container_title_short, work.year) == (["Ann Lee", "Bo Li"], "ICML", 2023)


def test_the_values_of_a_column_say_which_of_two_papers_it_means() -> None:
    text = (
        "| # | Paper | Publication |\n|--|--|--|\n"
        f"| 1 | [Slow Weighing of Otters]({ARXIV}1) | Otter Watch, 2022 |\n| 2 | [Counting Beavers by Ear]({ARXIV}2) | Pond Life, 2023 |\n"
    )
    found = [(work.title, work.container_title_short, work.year) for work in markdown.parse(text).works]
    assert found == [("Slow Weighing of Otters", "Otter Watch", 2022), ("Counting Beavers by Ear", "Pond Life", 2023)]


def test_a_heading_whose_siblings_are_venues_is_one() -> None:
    text = f"## ICML 2023\n\n- [Slow Weighing of Otters]({ARXIV}1)\n\n## PNAS 2022\n\n- [Counting Beavers by Ear]({ARXIV}2)\n\n## Tools\n"
    found = [(work.container_title_short, work.year) for work in markdown.parse(text).works]
    assert found == [("ICML", 2023), ("PNAS", 2022)]
    alone = f"## GANs 2022\n\n- [Counting Beavers by Ear]({ARXIV}2)\n\n## VAEs 2021\n\n- [Slow Weighing of Otters]({ARXIV}1)\n"
    assert {work.container_title_short for work in markdown.parse(alone).works} == {""}


def test_a_heading_is_heard_before_a_badge_of_the_archive() -> None:
    badge = "[![](https://img.shields.io/badge/arXiv-2401.00001-red)]"
    text = f"## ICML 2023\n\n- **Slow Weighing of Otters** {badge}({ARXIV}1)\n"
    assert markdown.parse(text).works[0].container_title_short == "ICML"


def test_details_in_details_are_read_in_no_time() -> None:
    text = "<details><summary>One of them all</summary>\n\n" * 50 + f"[PDF]({ARXIV}1)\n\n" + "</details>\n\n" * 50
    assert len(markdown.parse(text).passed) > 0


@pytest.mark.parametrize("row", ["- Ann Lee (202{n}). Slow Otters in {n} Ponds. KDD. doi:10.1145/31{n}.358\n", (
    "- **Title:** Slow Otters in {n} Ponds<br>\n  **Venue:** KDD 202{n}<br>\n  **Paper:** [PDF](https://arxiv.org/abs/2401.0000{n})\n"
)])  # fmt: skip
def test_a_heading_is_no_title_of_several_papers(row: str) -> None:
    text = "## Otters in Very Cold Rivers\n\n" + "".join(row.format(n=n) for n in range(1, 5))
    assert titles(text) == [f"Slow Otters in {n} Ponds" for n in range(1, 5)]


def test_a_heading_is_not_heard_before_the_words_of_a_row() -> None:
    text = "## ICML 2023\n\n- Ann Lee, Bo Li. Slow Weighing of Otters. arXiv preprint arXiv:2401.00001, 2024.\n"
    assert markdown.parse(text).works[0].container_title_short == "arXiv"


def test_columns_have_the_names_that_labels_have() -> None:
    text = (
        "| Titre | Auteurs | Année | Conférence | Lien |\n|--|--|--|--|--|\n"
        f"| Otters: A Survey | Ann Lee | 2021 | Otter Days | [lien]({ARXIV}1) |\n"
        f"| Slow Beavers | Bo Li, Cy Wu | 2020 | ICML | [lien]({ARXIV}2) |\n"
    )
    found = [
        (work.title, len(work.author), work.container_title_short, work.year) for work in markdown.parse(text).works
    ]
    assert found == [("Otters: A Survey", 1, "Otter Days", 2021), ("Slow Beavers", 2, "ICML", 2020)]


def test_titles_stand_in_the_column_of_links_beside_names() -> None:
    text = (
        "| Model | Paper Link | Release | Params |\n|--|--|--|--|\n"
        f"| OTT-1 | [Slow Otters in Deep Ponds]({ARXIV}1) | 2021/05 | 7B |\n"
        f"| BEA-2 | [Counting the Beavers by Ear]({ARXIV}2) | 2022/05 | 70B |\n"
    )
    assert titles(text) == ["Slow Otters in Deep Ponds", "Counting the Beavers by Ear"]


def test_items_that_are_headings_have_siblings_and_stand_within_each_other() -> None:
    text = (
        f"- ICML 2021\n    - [Slow Otters in Ponds]({ARXIV}1), Ann Lee\n"
        f"- OTR 2020\n    - [Counting Beavers by Ear]({ARXIV}2), Bo Li\n"
        f"\n## More\n\n- 2019\n    - ICLR\n        - [Weighing Seals at Night]({ARXIV}3), Cy Wu\n"
    )
    found = [(work.container_title_short, work.year) for work in markdown.parse(text).works]
    assert found == [("ICML", 2021), ("OTR", 2020), ("ICLR", 2019)]


@pytest.mark.parametrize("heading", ["Year 2021", "2021 年", "2021년", "2021 Papers"])
def test_a_heading_of_a_year_has_words_beside_it(heading: str) -> None:
    assert markdown.parse(f"## {heading}\n\n- [Slow Otters in Ponds]({ARXIV}1)\n").works[0].year == 2021


def test_a_heading_with_its_badge_is_a_paper_beside_another_below_it() -> None:
    text = "".join(
        f"### {title} ({word})\n\n[![Paper](https://img.shields.io/badge/paper-ICML%20202{n}-green)]({ARXIV}{n})\n\n"
        f"- {other} (KDD, 2020). Paper: [link]({ARXIV}{n + 5})\n\n"
        for n, (title, word, other) in enumerate(
            (
                ("Slow Otters", "and Ponds", "Counting Beavers by Ear"),
                ("Big Seals", "and Ice", "Weighing Dams at Night"),
            ),
            start=1,
        )
    )
    assert sorted(titles(text)) == [
        "Big Seals (and Ice)",
        "Counting Beavers by Ear",
        "Slow Otters (and Ponds)",
        "Weighing Dams at Night",
    ]


def test_an_introduction_with_a_link_makes_no_title_of_its_heading() -> None:
    text = (
        f"## All Otters and Their Ponds\n\nSee [this survey]({ARXIV}1).\n\n"
        f"- [Counting Beavers by Ear]({ARXIV}2)\n- [Weighing Dams at Night]({ARXIV}3)\n"
    )
    assert titles(text) == ["Counting Beavers by Ear", "Weighing Dams at Night"]


def test_a_heading_with_labels_is_a_paper_beside_another_below_it() -> None:
    text = (
        f"## Otters and Their Many Ponds\n\n- **Authors**: Ann Lee, Bo Li\n- **Venue**: ICML 2021\n- [Paper]({ARXIV}1) [code](https://github.com/a/b)\n\n"
        f"+ [Counting Beavers by Ear]({ARXIV}2), **KDD 2020**.\n"
    )
    found = [(work.title, work.container_title_short) for work in markdown.parse(text).works]
    assert found == [("Otters and Their Many Ponds", "ICML"), ("Counting Beavers by Ear", "KDD")]
