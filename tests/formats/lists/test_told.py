"""What a reader of single rows loses, doubles or gives to another paper, each as a small list of its own."""

from __future__ import annotations

from random import Random

import pytest

from fedbib.formats.lists import markdown
from fedbib.formats.lists.markdown import unbracketed
from tests.formats.lists.rows import ARXIV, people, titles


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


def test_a_post_of_a_blog_is_no_paper() -> None:
    papers = "".join(f"- [Slow Otters in {n} Ponds]({ARXIV}{n}), ICML, 2020\n" for n in range(1, 6))
    posts = "".join(f"- [Otters in {n} Ten Minutes](https://blog.example.com/{n}), Jo Ek, 2020\n" for n in range(3))
    assert len(titles(f"## Papers\n\n{papers}\n## Blog Posts\n\n{posts}")) == 5


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
