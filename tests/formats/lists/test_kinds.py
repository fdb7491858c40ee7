"""Kinds of rows that a reader of single rows takes for something else, each as a small list of its own."""

from __future__ import annotations

from random import Random

import pytest

from fedbib.formats.lists import markdown
from fedbib.formats.lists.markdown import unbracketed
from fedbib.model.work import Work

ARXIV = "https://arxiv.org/abs/2401.0000"


def people(work: Work) -> list[str]:
    return [name.display for name in work.author]


def titles(text: str) -> list[str]:
    return [work.title for work in markdown.parse(text).works]


def test_a_poorer_repeat_wipes_nothing() -> None:
    text = (
        f"| Title | Venue | Date |\n|--|--|--|\n| [Otters at Night: A Field Study]({ARXIV}1) | ICML | 2024-05 |\n\n"
        f"## Data\n\n| Name | Paper |\n|--|--|\n| Ott | [Otters at Night: A Field Study]({ARXIV}1) |\n"
    )
    first, second = markdown.parse(text).works
    assert (first.container_title_short, first.year) == ("ICML", 2024)
    assert first == second


REPEATED = f"""# L
- [Otters Are Careful Counters of Fish]({ARXIV}1). Ann Lee, Bo Li. arXiv 2021. [[code](https://github.com/a/b)]
- [Beavers Are Builders of Dams]({ARXIV}2). Ann Lee, Bo Li. ICML 2022. [[code](https://github.com/a/c)]
- [Seals Are Swimmers in Ponds]({ARXIV}3). Ann Lee, Bo Li. ICML 2022. [[code](https://github.com/a/d)]

## More
- [Otters Are Careful Counters of Fish]({ARXIV}1). A. Lee, Bo Li. NeurIPS 2022. [[code](https://github.com/x/b)] [[video](https://youtu.be/abcdefghijk)]
- [Beavers Are Builders of Dams]({ARXIV}2). Ann Lee, Bo Li. KDD 2023. [[code](https://github.com/a/c)]
- [Seals Are Swimmers in Ponds]({ARXIV}3). Dan Wu, Bo Li. arXiv 2021. [[code](https://github.com/a/d)]
"""


def test_rows_about_one_paper_give_it_all_links_and_its_publication() -> None:
    otters, beavers, seals = markdown.parse(REPEATED).works[:3]
    assert [(link.label, link.url) for link in otters.links] == [
        ("code", "https://github.com/a/b"),
        ("code 2", "https://github.com/x/b"),
        ("video", "https://youtu.be/abcdefghijk"),
    ]
    assert [len(work.links) for work in (beavers, seals)] == [1, 1]
    venues = [(work.container_title_short, work.year) for work in (otters, beavers, seals)]
    assert venues == [("NeurIPS", 2022), ("ICML", 2022), ("ICML", 2022)]


def test_what_a_repeat_says_otherwise_is_told() -> None:
    assert [(problem.line, problem.code, problem.message) for problem in markdown.parse(REPEATED).problems] == [
        (8, "L04", "left out the venue, as line 3 has another one for the same paper: KDD"),
        (8, "L04", "left out the date, as line 3 has another one for the same paper: 2023"),
        (9, "L04", "left out the authors, as line 4 has other ones for the same paper: Dan Wu, Bo Li"),
    ]


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


def test_a_shortened_given_name_ends_no_list_of_people() -> None:
    text = f"# L\n\n- **Weighing Otters by Night** Ann Lee, Hans Th. Weber. [[pdf]({ARXIV}1)]\n- **Weighing Minks by Night** Ann Lee, A. Yu. Smirnov, Bo Li. [[pdf]({ARXIV}2)]\n"
    assert [people(work) for work in markdown.parse(text).works] == [
        ["Ann Lee", "Hans Th. Weber"],
        ["Ann Lee", "A. Yu. Smirnov", "Bo Li"],
    ]


def test_an_address_beside_the_papers_own_is_told() -> None:
    text = (
        f"# L\n- Weighing Otters by Night in Ponds. [[Paper]({ARXIV}1)] [[PDF](https://a.example/o.pdf)] [[Paper](https://b.example/o)]\n"
        "- Weighing Beavers by Night in Ponds, ICML 2024. [[Paper](https://a.example/b)] [[Paper](https://b.example/b)]\n"
    )
    reading = markdown.parse(text)
    assert [work.URL for work in reading.works] == ["", "https://a.example/b"]
    assert [(problem.line, problem.message.rpartition(" ")[2]) for problem in reading.problems] == [
        (2, "https://a.example/o.pdf"),
        (2, "https://b.example/o"),
        (3, "https://b.example/b"),
    ]


def test_one_link_on_two_papers_is_told() -> None:
    text = (
        "| Title | Paper |\n|--|--|\n"
        f"| Slow Weighing of Otters by Day | [Link]({ARXIV}1) |\n| Counting Beavers from the Air over Lakes | [Link]({ARXIV}1) |\n"
    )
    reading = markdown.parse(text)
    assert [work.title for work in reading.works] == ["Slow Weighing of Otters by Day"]
    assert [(doubt.line, doubt.reason) for doubt in reading.doubts] == [(4, "has the link of another paper, in line 3")]


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


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("K. Otter et al.", ["K. Otter", "et al."]),
        ("Lena Koch, Marco A. Ruiz, Bo Li", ["Lena Koch", "Marco A. Ruiz", "Bo Li"]),
        ("Lena Koch, An Zhang, Shan You", ["Lena Koch", "An Zhang", "Shan You"]),
        ("Otter et al.", ["Otter", "et al."]),
        ("R. Gruber", ["R. Gruber"]),
        (", ".join(f"Ann B{chr(97 + index)} Lee" for index in range(26)), None),
    ],
    ids=["et-al", "initial-a", "an-and-you", "family-et-al", "one", "many"],
)
def test_people_are_read_as_they_stand(written: str, names: list[str] | None) -> None:
    (work,) = markdown.parse(f"- **Otters on Ice in Winter** (2014), {written} [[pdf]]({ARXIV}1)\n").works
    assert people(work) == (names or written.split(", "))
    assert work.year == 2014


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Ge, T., Chen, S.-Q., & Wei, F.", ["T. Ge", "S.-Q. Chen", "F. Wei"]),
        ("Chen, S-Q., & Sun, Y. -J.", ["S-Q. Chen", "Y.-J. Sun"]),
        ("O'Brien, Th., & Wei, F.", ["Th. O'Brien", "F. Wei"]),
        ("Smith, J., Jr., & Lee, K.", ["J. Smith Jr.", "K. Lee"]),
        ("Lee, K.; Park, S.-H.; Kim, J. M.", ["K. Lee", "S.-H. Park", "J. M. Kim"]),
        ("Lee K., Park S.-H., van den Berg J. W.", ["K. Lee", "S.-H. Park", "J. W. van den Berg"]),
    ],
    ids=["hyphen", "hyphen-only", "two-letters", "suffix", "semicolons", "dots-behind"],
)
def test_initials_behind_family_names_are_read_in_every_spelling(written: str, names: list[str]) -> None:
    text = (
        f"1. {written} (2024). Otters on ice in winter. *ICLR 2024*. [PDF]({ARXIV}1)\n"
        f"2. Mu, J., & Goodman, N. (2023). Beavers in deep ponds. *NeurIPS 2023*. [PDF]({ARXIV}2)\n"
    )
    assert people(markdown.parse(text).works[0]) == names


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


def test_a_paper_that_is_a_heading_does_not_swallow_the_papers_below_it() -> None:
    text = (
        f"# [Otters on Ice in Winter]({ARXIV}1)\n\nAnn Lee, Bo Li. ICML 2024.\n\n"
        f"- [Slow Otters in Fast Rivers]({ARXIV}2) Zoë Müller, Bo Li\n"
    )
    assert titles(text) == ["Otters on Ice in Winter", "Slow Otters in Fast Rivers"]


@pytest.mark.parametrize("before", ["[2023] ", "(2023) ", "1. [2023] ", "[12] [2023] "])
def test_a_year_in_brackets_in_front_is_no_number(before: str) -> None:
    (work,) = markdown.parse(f"{before}**Otters on Ice in Winter** [pdf]({ARXIV}1)\n").works
    assert (work.title, work.year) == ("Otters on Ice in Winter", 2023)


def test_a_sentence_in_capitals_within_a_title_is_nobody() -> None:
    rows = "".join(f"- Weighing Otters, Part {at}. Ann Lee, Bo Li. [[pdf]]({ARXIV}{at})\n" for at in (2, 3, 4))
    text = f"{rows}- Stop! Counting Is All You Do. Kai Wu. [[pdf]]({ARXIV}1)\n"
    works = {work.arxiv[-1]: work for work in markdown.parse(text).works}
    assert (works["1"].title, [name.display for name in works["1"].author]) == (
        "Stop! Counting Is All You Do",
        ["Kai Wu"],
    )


def test_titles_in_another_script_are_not_taken_for_one_another() -> None:
    text = f"- [水獭在冰上的学习方法]({ARXIV}1)\n- [河流中的慢速水獭研究]({ARXIV}1)\n- 水獭在冬天的学习, ICML 2024\n"
    reading = markdown.parse(text)
    assert [work.title for work in reading.works][:1] == ["水獭在冰上的学习方法"]
    assert [doubt.work.title for doubt in reading.doubts if doubt.is_another] == ["河流中的慢速水獭研究"]


def test_the_only_row_under_a_heading_is_a_row() -> None:
    assert titles(f"# Living review of otters\n\n* [Otter Nets]({ARXIV}1) (2023)\n") == ["Otter Nets"]


def test_meetings_and_places_to_publish_are_no_papers() -> None:
    text = (
        f"# L\n\n## Papers\n\n- Otters over Clouds and Ice. [[PDF]({ARXIV}1)]\n\n## Workshops\n\n"
        "- [[OW'24](https://otters.example.org/ow)], International Workshop on Otters, Jeju, South Korea\n\n## Venues\n\n"
        "- Data Mining\n   * [KDD](https://www.kdd.org/)\n"
    )
    reading = markdown.parse(text)
    assert [work.title for work in reading.works] == ["Otters over Clouds and Ice"]
    assert [(problem.code, problem.line) for problem in reading.problems] == [("L03", 9), ("L03", 13)]


@pytest.mark.parametrize(
    "row",
    [
        "- [Otters of the Old Harbour](https://cds.example.org/record/2711111) (2020)",
        "- [Otters of the Old Harbour](papers/otters.pdf) (2020)",
        "- OTTO: Secure Sums of Otter Votes.",
        "- [How we count otters](https://blog.example.org/count) - a blog post",
    ],
    ids=["unknown-host", "relative", "no-link", "blog"],
)
def test_what_stands_beside_papers_is_in_the_account(row: str) -> None:
    text = (
        f"# L\n\n- [Weighing Otters by Photo]({ARXIV}1) (2023)\n{row}\n- [Weighing Beavers by Photo]({ARXIV}2) (2023)\n"
    )
    reading = markdown.parse(text)
    assert len(reading.works) == 2
    assert 4 in {doubt.line for doubt in reading.doubts} | {problem.line for problem in reading.problems}


def test_words_of_the_owner_are_the_comment_and_no_title() -> None:
    text = f"- **Otters on Ice in Winter** (NeurIPS 2022) [[paper]]({ARXIV}1) — *the classic; read this first.*\n"
    reading = markdown.parse(text)
    assert [work.title for work in reading.works] == ["Otters on Ice in Winter"]
    assert [work.comment for work in reading.works] == ["the classic; read this first"]
    assert reading.problems == ()


def test_a_tldr_is_a_field_of_its_own() -> None:
    text = f"- [Otters on Ice in Winter]({ARXIV}1)\n  - **TL;DR**: otters slide\n  - Note: by day"
    (work,) = markdown.parse(f"# L\n\n{text}\n").works
    assert (work.tldr, work.comment) == ("otters slide", "by day")
    table = f"| Title | Paper | TLDR |\n|--|--|--|\n| Otters on Ice in Winter | [pdf]({ARXIV}1) | otters slide |"
    (work,) = markdown.parse(f"# L\n\n{table}\n").works
    assert (work.tldr, work.comment) == ("otters slide", "")


@pytest.mark.parametrize(
    ("row", "comment", "told"),
    [
        (
            f"- [Otters on Ice in Winter]({ARXIV}1) (ICML 2024) - still the best introduction",
            "still the best introduction",
            "",
        ),
        (f"- [Otters on Ice in Winter]({ARXIV}1)\n  - Note: only for small ponds", "only for small ponds", ""),
        (f"- [Otters on Ice in Winter]({ARXIV}1)\n  - Main idea: otters slide", "otters slide", ""),
        (
            f"| Title | Paper | Remarks |\n|--|--|--|\n| Otters on Ice in Winter | [pdf]({ARXIV}1) | :fire: a must read 🔥 |",
            "a must read",
            "",
        ),
        (
            f"| Title | Paper | Backbone |\n|--|--|--|\n| Otters on Ice in Winter | [pdf]({ARXIV}1) | a large pond |",
            "",
            "a large pond",
        ),
        (f"- [Otters on Ice in Winter]({ARXIV}1)\n  - Affiliations: Pond University of Ottery", "", "Pond University"),
        (f"- [Otters on Ice in Winter]({ARXIV}1) - ask ann@example.org for data", "", "private"),
        (f"- [Otters on Ice in Winter]({ARXIV}1) - " + "very long words " * 40, "", "paper: very long"),
    ],
    ids=["behind a dash", "a note", "a summary", "a column", "another column", "another label", "a mail", "long"],
)
def test_a_comment_is_short_and_nobody_s_secret(row: str, comment: str, told: str) -> None:
    reading = markdown.parse(f"# L\n\n{row}\n")
    assert [(work.title, work.comment) for work in reading.works] == [("Otters on Ice in Winter", comment)]
    assert [told in problem.message for problem in reading.problems] == ([True] if told else [])


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


def test_a_label_glued_to_a_title_is_no_part_of_it() -> None:
    text = f"| Title | Paper |\n|--|--|\n| ✅[Review]Otters and Ice: Challenges | [Link]({ARXIV}1) |\n"
    assert titles(text) == ["Otters and Ice: Challenges"]


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


BITS = (
    *("- ", "1. ", "\n", "\n\n", "\n  - ", "[", "](", ")", "(", "**", "*", "`", "https://arxiv.org/abs/2310.15080", "paper"),
    *("Ann Lee", "Bo Li, ", "et al.", "ICML 2024", ". ", ": ", " - ", "|", "| a | b |\n|--|--|\n", "<br>", "<td>", "<tr>"),
    *("<table>", "<ul><li>", "### ", "Authors: ", "论文：", "【", "】", "\ue000", "🔥", "```", "\\", "<a href='x.pdf'>", "</a>"),
    "![x](https://img.shields.io/badge/a-b)",
)  # fmt: skip


@pytest.mark.parametrize("seed", range(10))
def test_any_text_is_read(seed: int) -> None:
    random = Random(seed)
    for _ in range(60):
        reading = markdown.parse("".join(random.choices(BITS, k=random.randint(1, 40))))
        assert len(reading.works) == len(reading.lines)
        assert all(problem.line for problem in reading.problems)


def test_a_reference_led_by_its_people_and_year_is_taken_apart() -> None:
    text = (
        f"# Otters\n\nLee, A.B., Koch, L. and Ruiz, M., 2009. Otters on ice: A survey. *ACM otter surveys* , 41(3), p.15. [[PDF]({ARXIV}1)]\n\n"
        f"Ruiz, M., 2003, July. Otter pools. In *ICDM '03*, pp. 17-41. IEEE. [[PDF]({ARXIV}2)]\n\n"
        f"**Dams**. Diaz, C. and Lee, A., 2012. Beaver dams by night. In European Meeting on Beavers and Dams pp. 5-7. [[PDF]({ARXIV}3)]\n\n"
        f"Lee, A. and Li, B., 2015. Otters in many ponds. *Otter notes*, 5(5), pp.3-8. [[Downloadable Link]({ARXIV}5)]\n\n"
        f"Diaz, Carla & Koch, Lena. (2018). A Study of Otters: [with Snow]. *Otter Lettr*s. 20. 13-23. [[PDF]({ARXIV}4)]\n"
    )
    assert [(w.title, people(w), w.container_title_short, w.year) for w in markdown.parse(text).works] == [
        ("Otters on ice: A survey", ["A.B. Lee", "L. Koch", "M. Ruiz"], "ACM otter surveys", 2009),
        ("Otter pools", ["M. Ruiz"], "ICDM", 2003),
        ("Beaver dams by night", ["C. Diaz", "A. Lee"], "European Meeting on Beavers and Dams", 2012),
        ("Otters in many ponds", ["A. Lee", "B. Li"], "Otter notes", 2015),
        ("A Study of Otters: [with Snow]", ["Carla Diaz", "Lena Koch"], "", 2018),
    ]
    told = [problem.message for problem in markdown.parse(text).problems]
    assert "left out words beside a paper: 41 3 p.15" in told


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Koch, Lena B and Ruiz, Marco", ["Lena B Koch", "Marco Ruiz"]),
        ("Koch, Lena and van den Berg, Bo and others", ["Lena Koch", "Bo van den Berg", "et al."]),
        ("Ann Lee, Bo Li and Carla Diaz, Dan Wu", ["Ann Lee", "Bo Li", "Carla Diaz", "Dan Wu"]),
        ("Search, Planning and Acting, Learning", []),
    ],
    ids=["bibtex", "bibtex-cut", "plain-commas", "no-names"],
)
def test_names_of_bibtex_are_turned(written: str, names: list[str]) -> None:
    text = f"1. **Otters on Ice in Winter.** ICML 2014. [paper]({ARXIV}1)\n\n    *{written}.*\n"
    assert people(markdown.parse(text).works[0]) == names


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


def test_a_plain_title_stands_above_links_with_labels() -> None:
    text = "# L\n\nOtters in the Dark\n\n- Project: https://a.example/o/\n- Paper: https://arxiv.org/abs/2401.00001\n"
    assert titles(text) == ["Otters in the Dark"]
    assert titles(text.replace("Otters in the Dark", "These we read:")) == []


def test_a_file_among_papers_is_one_and_a_page_is_for_a_person_to_see() -> None:
    rows = "".join(f"| [Otters on Ice, Winter {at}]({ARXIV}{at}) |\n" for at in range(1, 6))
    rows += (
        "| [Otters and Their Rivers](https://a.example/o.pdf) |\n| [Otters and Their Ponds](https://github.com/a/o) |\n"
    )
    reading = markdown.parse(f"| Paper |\n|--|\n{rows}")
    assert reading.works[-1].title == "Otters and Their Rivers"
    assert [(d.work.title, d.reason) for d in reading.doubts] == [
        ("Otters and Their Ponds", "does not link to a paper (code)")
    ]


@pytest.mark.parametrize("mark", ['"[HTML]"', "%22[HTML]%22"])
def test_a_title_glued_to_an_address_is_no_part_of_it(mark: str) -> None:
    text = f"- **Otters on Ice in Winter**, ICML 2014 [[HTML]](https://link.springer.com/article/10.1007/s1061-015-04{mark})\n"
    assert [str(id) for id in markdown.parse(text).works[0].ids] == ["doi:10.1007/s1061-015-04"]


def test_a_publisher_alone_is_no_venue() -> None:
    (work,) = markdown.parse(f"- **Otters on Ice in Winter**. Ann Lee, Bo Li. 2014. IEEE. [[pdf]]({ARXIV}1)\n").works
    assert work.container_title_short == ""


def test_running_text_that_leads_to_a_paper_is_told() -> None:
    text = (
        f"# L\n\nSee [Wiki](https://en.wikipedia.org/wiki/Otter) first, then read on.\n\n"
        f"Lee, A., of otters, 2008. Otters in films. [[See Video]](https://youtu.be/abcdefghijk)\n\n- [Otters on Ice]({ARXIV}1)\n"
    )
    reading = markdown.parse(text)
    assert [(problem.line, problem.message.split(":")[0]) for problem in reading.problems] == [
        (5, "is running text and may not be an entry of the list")
    ]
    assert [(passed.line, passed.reason) for passed in reading.passed] == [
        (3, "is running text that leads to no paper")
    ]


def test_every_line_with_words_is_accounted_for() -> None:
    text = (
        "# Otters\n\nA list of otters.\n\n- [Papers](#papers)\n- [Tools](#tools)\n\n## Papers\n\n"
        f"- **Otters on Ice in Winter** - *Ann Lee, Bo Li* - [pdf]({ARXIV}1)\n"
        f"- **Beavers in Deep Ponds** - *Ann Lee, Bo Li* - [pdf]({ARXIV}2)\n"
        "- **Why? Otters!** - *Ann Lee, Bo Li* - under review\n"
        "- Soon\n\n## Tools\n\n- [ottertools](https://github.com/a/b) - a library\n"
        "\n[![Stars](https://img.shields.io/a)](https://example.org)\n"
    )
    reading = markdown.parse(text)
    passed = {each.line: each.reason for each in reading.passed}
    told = {
        *reading.lines,
        *passed,
        *(doubt.line for doubt in reading.doubts),
        *(each.line for each in reading.problems),
    }
    assert reading.lines == (10, 11)
    assert [(doubt.line, doubt.work.title, doubt.reason) for doubt in reading.doubts] == [
        (12, "Why? Otters!", "has no link")
    ]
    assert passed[3] == "is text without a link"
    assert passed[5] == "leads to another place of the list"
    assert passed[13] == "says too little to be a paper"
    assert told >= {number for number, line in enumerate(text.split("\n"), start=1) if line[:1] not in ("", "#")}


def test_one_word_beside_a_paper_is_told() -> None:
    text = (
        f"- [[CVPR]({ARXIV}1)] Otters on Ice in a Long Winter. [__`swim.`__ __`dive.`__]\n"
        f"- [[CVPR]({ARXIV}2)] Beavers under Water in a Short Summer. [__`dive.`__]\n"
        f"- [[ICML]({ARXIV}3)] Counting Animals from the Air over Lakes. [__`fly.`__]\n"
    )
    reading = markdown.parse(text)
    assert [(problem.line, problem.message.rpartition(": ")[2]) for problem in reading.problems] == [
        *((1, "swim"), (1, "dive"), (2, "dive"), (3, "fly"))
    ]


@pytest.mark.parametrize(
    ("words", "comment"),
    [
        ("fast variant of the outlier factor (LOF)", "fast variant of the outlier factor (LOF)"),
        ("(runs on one machine)", "runs on one machine"),
        ("runs on one machine)", "runs on one machine"),
        ("(a first) and (a second)", "(a first) and (a second)"),
    ],
)
def test_a_comment_keeps_the_brackets_that_are_whole(words: str, comment: str) -> None:
    assert unbracketed(words) == comment


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


def test_a_title_of_words_in_commas_is_no_list_of_people() -> None:
    rows = "".join(
        f"- [ICML 2024] {title}, {people_} et al. [[arXiv]({ARXIV}{number})]\n"
        for number, (title, people_) in enumerate(
            [
                ("Slow Otters in the Wild", "Jean Dupont"),
                ("Quick, Small and Quiet", "Xin Wang"),
                ("Counting Beavers from the Air", "Yang Liu"),
            ],
            1,
        )
    )
    reading = markdown.parse(rows)
    assert titles(rows)[1] == "Quick, Small and Quiet"
    assert people(reading.works[1])[0] == "Xin Wang"


THREE = "Indexing Temporal Keys, Joining Wide Tables, and Cleaning Lakes"
"""A title that could be three people."""


@pytest.mark.parametrize(
    ("row", "venue"),
    [
        ("- [{title}](https://arxiv.org/abs/2401.0000{n}) `VLDB 2023`", "VLDB"),
        ("- **{title}** [[PDF](https://arxiv.org/abs/2401.0000{n})]", ""),
        ("- {title} [[VLDB 2023]](https://arxiv.org/abs/2401.0000{n})", "VLDB"),
        ("- {title}, VLDB 2023. [[PDF](https://arxiv.org/abs/2401.0000{n})]", "VLDB"),
    ],
    ids=["link", "bold", "text", "comma"],
)
def test_a_title_in_its_place_is_no_list_of_people(row: str, venue: str) -> None:
    others = (
        "Slow Weighing of Otters",
        "Counting Beavers from the Air",
        "Minks on Ice at Dawn",
        "Rivers of the Far North",
    )
    text = "\n".join(row.format(title=title, n=n) for n, title in enumerate((*others, THREE), start=1))
    work = markdown.parse(text).works[-1]
    assert (work.title, work.author, work.container_title_short) == (THREE, (), venue)


@pytest.mark.parametrize("place", ["(ETH Zurich, ICML 2023)", "(Max Planck Institute)", "[Meta AI, UC Berkeley]"])
def test_where_authors_work_is_no_author(place: str) -> None:
    text = "\n".join(f"- [Slow Weighing of Otters by {n} Boats]({ARXIV}{n}) {place}" for n in range(1, 6))
    assert {work.author for work in markdown.parse(text).works} == {()}


def test_a_year_glued_to_a_venue_is_no_mark_of_an_affiliation() -> None:
    text = "\n".join(f"- Slow Otters in {n} Ponds, Ann Lee; Bo Li; Wei Hu, LREC2023. {ARXIV}{n}" for n in range(1, 4))
    for work in markdown.parse(text).works:
        assert (people(work), work.container_title_short, work.year) == (["Ann Lee", "Bo Li", "Wei Hu"], "LREC", 2023)


def test_an_initial_with_an_accent_ends_no_sentence() -> None:
    text = f"- [Slow Weighing of Otters]({ARXIV}1). Ann Lee, Luis Á. Ruiz, Bo Li. ICML 2023."
    assert people(markdown.parse(text).works[0]) == ["Ann Lee", "Luis Á. Ruiz", "Bo Li"]


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


def test_quotes_within_quotes_end_no_title() -> None:
    text = f'- Ann Lee, Bo Li. "“Why Swim?” Asking Otters". ICML, 2021. [[PDF]({ARXIV}1)]'
    assert titles(text) == ["“Why Swim?” Asking Otters"]


def test_what_a_paper_is_cited_as_has_its_year() -> None:
    text = "\n".join(f"- [Lee et al., 2021] [Slow Otters in {n} Ponds]({ARXIV}{n})" for n in range(1, 4))
    assert {(work.year, work.author) for work in markdown.parse(text).works} == {(2021, ())}


def test_a_journal_whose_name_is_a_word_is_one_beside_its_year() -> None:
    text = "\n".join(f"- **[Science 2022]** Slow Otters in {n} Ponds. [[PDF]({ARXIV}{n})]" for n in range(1, 4))
    assert {(work.container_title_short, work.year) for work in markdown.parse(text).works} == {("Science", 2022)}


def test_papers_in_one_item_may_have_short_titles() -> None:
    text = f"- Early: [Otter Mamba]({ARXIV}1), [Counting Beavers by Ear]({ARXIV}2) and [Slow Weighing of Otters]({ARXIV}3).\n"
    assert titles(text) == ["Otter Mamba", "Counting Beavers by Ear", "Slow Weighing of Otters"]


def test_an_address_is_no_title() -> None:
    text = f"- {THREE} (ICML 2023)  \n  <{ARXIV}1>\n- Slow Weighing of Otters (ICML 2023)  \n  <{ARXIV}2>\n"
    assert not any(title.startswith("http") for title in titles(text))


def test_marks_around_a_chinese_title_are_no_part_of_it() -> None:
    assert titles(f"- 《Slow Weighing of Otters》（ICML 2023）：[论文]({ARXIV}1)\n") == ["Slow Weighing of Otters"]


def test_a_post_of_a_blog_is_no_paper() -> None:
    papers = "".join(f"- [Slow Otters in {n} Ponds]({ARXIV}{n}), ICML, 2020\n" for n in range(1, 6))
    posts = "".join(f"- [Otters in {n} Ten Minutes](https://blog.example.com/{n}), Jo Ek, 2020\n" for n in range(3))
    assert len(titles(f"## Papers\n\n{papers}\n## Blog Posts\n\n{posts}")) == 5


def test_details_in_details_are_read_in_no_time() -> None:
    text = "<details><summary>One of them all</summary>\n\n" * 50 + f"[PDF]({ARXIV}1)\n\n" + "</details>\n\n" * 50
    assert len(markdown.parse(text).passed) > 0


def test_identifiers_in_words_are_links() -> None:
    text = (
        "- Ann Lee, Jo Ek<sup>1</sup> (2019). Slow Weighing of Otters. KDD. doi:10.1145/3100018.3585605\n"
        "- Wei Hu, Jo Ek (2020). Counting Beavers by Ear. KDD. doi:10.1145/3100018.3585606\n"
    )
    found = [
        (work.title, people(work), work.container_title_short, work.DOI[-2:]) for work in markdown.parse(text).works
    ]
    assert found == [
        ("Slow Weighing of Otters", ["Ann Lee", "Jo Ek"], "KDD", "05"),
        ("Counting Beavers by Ear", ["Wei Hu", "Jo Ek"], "KDD", "06"),
    ]


def test_the_archive_with_number_and_year_is_a_link() -> None:
    text = "- Luis Á. Ruiz, Bo Li. Minks on Ice at Dawn. arXiv preprint arXiv:2401.00001, 2024.\n"
    work = markdown.parse(text).works[0]
    assert (work.title, people(work)) == ("Minks on Ice at Dawn", ["Luis Á. Ruiz", "Bo Li"])
    assert (work.container_title_short, work.year, work.arxiv) == ("arXiv", 2024, "2401.00001")


@pytest.mark.parametrize("row", ["- Ann Lee (202{n}). Slow Otters in {n} Ponds. KDD. doi:10.1145/31{n}.358\n", (
    "- **Title:** Slow Otters in {n} Ponds<br>\n  **Venue:** KDD 202{n}<br>\n  **Paper:** [PDF](https://arxiv.org/abs/2401.0000{n})\n"
)])  # fmt: skip
def test_a_heading_is_no_title_of_several_papers(row: str) -> None:
    text = "## Otters in Very Cold Rivers\n\n" + "".join(row.format(n=n) for n in range(1, 5))
    assert titles(text) == [f"Slow Otters in {n} Ponds" for n in range(1, 5)]


def test_a_link_that_looks_like_people_is_a_paper_of_its_own() -> None:
    text = (
        f"### Weighing Otters from Above\n\n[PDF]({ARXIV}1)\n\n- [{THREE}](https://doi.org/10.1145/1.2) (ICML 2023)\n\n"
        f"## More\n\n- [Slow Weighing of Otters]({ARXIV}3) (ICML 2022)\n"
    )
    assert THREE in titles(text)


def test_a_number_in_a_bold_title_is_no_part_of_it() -> None:
    text = f"**[1] Slow Weighing of Otters**, *Ann Lee*. ICML 2023. [[pdf]({ARXIV}1)]\n"
    assert titles(text) == ["Slow Weighing of Otters"]


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


def test_tags_that_come_again_and_again_are_no_people() -> None:
    tags = ("Program Repair", "Code Search", "Static Analysis")
    rows = "".join(f"- [Slow Otters in {n} Ponds]({ARXIV}{n}) `{tags[n % 3]}` `ICSE 2023`\n" for n in range(1, 9))
    rest = "".join(f"- [Otters and {n} Boats](https://otters.example.org/{n}), Jo Ek and Ann Lee\n" for n in range(2))
    assert {work.author for work in markdown.parse(f"{rows}\n## Posts\n\n{rest}").works if "Slow" in work.title} == {()}


def test_where_a_thesis_was_written_is_no_venue() -> None:
    text = "".join(f"- Ann Lee, [Slow Otters in {n} Ponds]({ARXIV}{n}), PhD thesis, MIT, 2021\n" for n in range(1, 4))
    assert {(work.container_title_short, work.year) for work in markdown.parse(text).works} == {("", 2021)}


def test_people_title_and_venue_between_semicolons_are_told_apart() -> None:
    text = (
        f"- Ann Lee et al.; Slow Weighing of Otters; ICML 2023; [link]({ARXIV}1)\n"
        f"- Bo Li et al.; Counting Beavers by Ear; KDD 2022; [link]({ARXIV}2)\n"
    )
    found = [
        (work.title, people(work)[0], work.container_title_short, work.year) for work in markdown.parse(text).works
    ]
    assert found == [
        ("Slow Weighing of Otters", "Ann Lee", "ICML", 2023),
        ("Counting Beavers by Ear", "Bo Li", "KDD", 2022),
    ]


def test_a_title_that_begins_with_a_quotation_is_whole() -> None:
    text = f"- “Why Should I Swim?” Asking Otters [[paper]({ARXIV}1)]\n- Slow Weighing of Otters [[paper]({ARXIV}2)]\n"
    assert titles(text)[0] == "“Why Should I Swim?” Asking Otters"


def test_a_summary_in_korean_names_nobody() -> None:
    text = f"- [Slow Weighing of Otters]({ARXIV}1), 김민수, 이서연\n- [Counting Beavers by Ear]({ARXIV}2) - 트랜스포머를 사용한 새로운 방법\n"
    first, second = markdown.parse(text).works
    assert (people(first), second.author) == (["김민수", "이서연"], ())


def test_a_heading_is_not_heard_before_the_words_of_a_row() -> None:
    text = "## ICML 2023\n\n- Ann Lee, Bo Li. Slow Weighing of Otters. arXiv preprint arXiv:2401.00001, 2024.\n"
    assert markdown.parse(text).works[0].container_title_short == "arXiv"


def test_a_preprint_has_its_year() -> None:
    text = "".join(f"- [Slow Otters in {n} Ponds]({ARXIV}{n}) (preprint, 202{n})\n" for n in range(1, 4))
    assert [work.year for work in markdown.parse(text).works] == [2021, 2022, 2023]


@pytest.mark.parametrize(
    "written",
    ["Ann Lee; Bo Diaz; Cy Ruiz, KDD", "Ann Lee, Bo Diaz, et al., KDD", "Ann Lee and Cy Ruiz. KDD"],
    ids=["semicolons", "et-al", "sentence"],
)
def test_a_venue_behind_people_is_no_part_of_a_name(written: str) -> None:
    text = "".join(f"- [Slow Otters in {n} Ponds]({ARXIV}{n}): {written} (2021). Read it.\n" for n in range(1, 4))
    for work in markdown.parse(text).works:
        assert {"Ann Lee"} <= set(people(work)) <= {"Ann Lee", "Bo Diaz", "Cy Ruiz", "et al."}
        assert (work.container_title_short, work.year) == ("KDD", 2021)


def test_a_russian_initial_of_two_letters_ends_no_sentence() -> None:
    text = f"- [Slow Weighing of Otters]({ARXIV}1), *A. Yu. Petrov, Ann Lee, and Bo Li*. KDD 2021.\n"
    assert people(markdown.parse(text).works[0]) == ["A. Yu. Petrov", "Ann Lee", "Bo Li"]


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


def test_a_journal_in_chinese_behind_its_people_is_nobody() -> None:
    text = f"- [水獭在池塘中缓慢游泳的研究]({ARXIV}1)，王小明、李华，软件学报，2021\n"
    (work,) = markdown.parse(text).works
    assert (people(work), work.container_title_short, work.year) == (["王小明", "李华"], "软件学报", 2021)


def test_people_with_their_year_in_bold_lead_a_title() -> None:
    text = f"- **Ann Lee, Bo Li (2021)** [Slow Otters in Ponds]({ARXIV}1) *TPAMI* 12(3):4-9\n"
    (work,) = markdown.parse(text).works
    assert (people(work), work.container_title_short, work.year) == (["Ann Lee", "Bo Li"], "TPAMI", 2021)


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


def test_a_chinese_label_for_venues_of_both_kinds_is_known() -> None:
    text = f"1. **Slow Otters in Ponds**\n   - 作者：Ann Lee\n   - 会议/期刊：ICML 2021\n   - 论文地址：{ARXIV}1\n"
    (work,) = markdown.parse(text).works
    assert (work.title, work.container_title_short, work.year) == ("Slow Otters in Ponds", "ICML", 2021)


def test_items_that_are_headings_have_siblings_and_stand_within_each_other() -> None:
    text = (
        f"- ICML 2021\n    - [Slow Otters in Ponds]({ARXIV}1), Ann Lee\n"
        f"- OTR 2020\n    - [Counting Beavers by Ear]({ARXIV}2), Bo Li\n"
        f"\n## More\n\n- 2019\n    - ICLR\n        - [Weighing Seals at Night]({ARXIV}3), Cy Wu\n"
    )
    found = [(work.container_title_short, work.year) for work in markdown.parse(text).works]
    assert found == [("ICML", 2021), ("OTR", 2020), ("ICLR", 2019)]


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


def test_a_title_that_lists_things_is_not_taken_for_people() -> None:
    text = "".join(
        f"- Slow Otter Ponds, Deep Beaver Dams, and Ice {n}, Ann Lee, Bo Li, KDD 2021. {ARXIV}{n}\n"
        for n in range(1, 4)
    ).replace("Ice 1", "Ice Floes")
    first = markdown.parse(text).works[0]
    assert (first.title, people(first)) == ("Slow Otter Ponds, Deep Beaver Dams, and Ice Floes", ["Ann Lee", "Bo Li"])


@pytest.mark.parametrize("heading", ["Year 2021", "2021 年", "2021년", "2021 Papers"])
def test_a_heading_of_a_year_has_words_beside_it(heading: str) -> None:
    assert markdown.parse(f"## {heading}\n\n- [Slow Otters in Ponds]({ARXIV}1)\n").works[0].year == 2021


def test_what_stands_behind_et_al_and_a_semicolon_is_the_title() -> None:
    text = f"- Ann Lee et al.; Weighing Otters; KDD 2021; [link]({ARXIV}1)\n"
    (work,) = markdown.parse(text).works
    assert (work.title, people(work), work.year) == ("Weighing Otters", ["Ann Lee", "et al."], 2021)


def test_a_venue_has_its_own_year_and_no_preprint_date() -> None:
    text = (
        "| Title | Venue | Date |\n|--|--|--|\n"
        f"| [Slow Otters in Ponds]({ARXIV}1) | T-RO 2024 | 2023-01-11 |\n"
        f"| [Counting Beavers by Ear]({ARXIV}2) | ICML 2023 | 2023-07-11 |\n"
    )
    dates = [work.issued and work.issued.iso for work in markdown.parse(text).works]
    assert dates == ["2024", "2023-07"]


def test_what_looks_like_somebody_behind_the_authors_is_kept_as_words() -> None:
    text = f"- **Slow Otters in Ponds**, *Ann Lee, Bo Li*. Pond Days, 2021. [[pdf]]({ARXIV}1)\n"
    (work,) = markdown.parse(text).works
    assert (people(work), work.comment, work.year) == (["Ann Lee", "Bo Li"], "Pond Days", 2021)


def test_a_reference_is_read_behind_its_tag_and_alone() -> None:
    text = (
        f"**[Survey]** Ann Lee, Bo Li. Otters in Ponds: A Survey. IEEE Transactions on Robotics (TRO), 2020. [[pdf]({ARXIV}1)]\n\n"
        f"**[Survey]** Lee, A., & Li, B. (2016). Weighing the beavers. SIGMOD, 2016. [[pdf]({ARXIV}2)]\n\n"
        f"**[Tutorial]** Ek, C., & Wu, D. (2021). Counting seals by ear, 2021. [[pdf]({ARXIV}3)]\n"
    )
    works = markdown.parse(text).works
    assert [(work.title, people(work), work.year) for work in works] == [
        ("Otters in Ponds: A Survey", ["Ann Lee", "Bo Li"], 2020),
        ("Weighing the beavers", ["A. Lee", "B. Li"], 2016),
        ("Counting seals by ear", ["C. Ek", "D. Wu"], 2021),
    ]
    assert works[1].container_title_short == "SIGMOD"


@pytest.mark.parametrize(("said", "year"), [("VLDB 17", 2017), ("SIGMOD 98", 1998), ("ICML 37", None)])
def test_a_year_of_two_figures_stands_behind_a_venue_that_is_known(said: str, year: int | None) -> None:
    assert markdown.parse(f"1. [Slow Otters in Ponds]({ARXIV}1) [{said}]\n").works[0].year == year


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


def test_one_of_the_people_may_be_bold() -> None:
    text = (
        f'- "Slow Otters in Ponds", A. Lee, **B. Li**, C. Ek, Pond Days 2018, **Best Paper** [[pdf]({ARXIV}1)]\n'
        f'- "Counting Beavers by Ear", A. Lee, D. Wu, **B. Li**, Workshop on Dams 2017 [[pdf]({ARXIV}2)]\n'
    )
    first, second = markdown.parse(text).works
    assert (people(first), first.year) == (["A. Lee", "B. Li", "C. Ek"], 2018)
    assert (people(second), second.year) == (["A. Lee", "D. Wu", "B. Li"], 2017)


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


def test_words_in_brackets_are_nobody_where_a_label_names_the_authors() -> None:
    text = (
        f"### **Slow Otters in Ponds** (Original LBF Note)\n- **Authors**: Ann Lee, Bo Li\n- **PDF**: {ARXIV}1\n\n"
        f"### **Counting Beavers by Ear**\n- **Authors**: Cy Ek\n- **PDF**: {ARXIV}2\n"
    )
    assert [people(work) for work in markdown.parse(text).works] == [["Ann Lee", "Bo Li"], ["Cy Ek"]]


def test_the_whole_list_of_authors_stays_of_two_rows() -> None:
    rows = (
        f"- [Slow Otters in Ponds]({ARXIV}1), Ann Lee et al.\n",
        f"- [Slow Otters in Ponds]({ARXIV}1), Ann Lee, Bo Li, Cy Ek\n",
    )
    for text in ("".join(rows), "".join(reversed(rows))):
        reading = markdown.parse(text)
        assert people(reading.works[0]) == ["Ann Lee", "Bo Li", "Cy Ek"]
        assert not [problem for problem in reading.problems if "authors" in problem.message]


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


def test_a_quoted_title_behind_people_is_one_in_a_list_of_other_rows() -> None:
    text = "".join(
        f"- Ann Lee, Bo Li. **Slow Otters in {n} Ponds**. ICML 2021. [[pdf]({ARXIV}{n})]\n" for n in range(9)
    )
    text += f"- Ann Lee, Bo Li, “Counting Beavers by Ear,” in *ICML*, 2020, pp. 1–9. [[pdf]({ARXIV}9)]\n"
    work = markdown.parse(text).works[-1]
    assert (work.title, people(work), work.year) == ("Counting Beavers by Ear", ["Ann Lee", "Bo Li"], 2020)


def test_a_title_of_things_is_whole_where_a_label_names_the_authors() -> None:
    text = "".join(
        f"- {title}（ICML 2021）[[論文]]({ARXIV}{n})\n    - 著者: Ann Lee, Bo Li, Cy Ek\n"
        for n, title in enumerate(
            ("Otter Ponds, Beaver Dams, and Seal Ice", "Slow Otters", "Big Beavers in Ponds"), start=1
        )
    )
    work = markdown.parse(text).works[0]
    assert (work.title, people(work)) == ("Otter Ponds, Beaver Dams, and Seal Ice", ["Ann Lee", "Bo Li", "Cy Ek"])


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


def test_a_heading_with_labels_is_a_paper_beside_another_below_it() -> None:
    text = (
        f"## Otters and Their Many Ponds\n\n- **Authors**: Ann Lee, Bo Li\n- **Venue**: ICML 2021\n- [Paper]({ARXIV}1) [code](https://github.com/a/b)\n\n"
        f"+ [Counting Beavers by Ear]({ARXIV}2), **KDD 2020**.\n"
    )
    found = [(work.title, work.container_title_short) for work in markdown.parse(text).works]
    assert found == [("Otters and Their Many Ponds", "ICML"), ("Counting Beavers by Ear", "KDD")]
