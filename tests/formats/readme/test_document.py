from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from fedbib.formats.readme import document
from fedbib.formats.readme.region import BEGIN, END, region, replace_region
from fedbib.model.about import About, Section
from fedbib.model.date import PartialDate
from fedbib.model.name import Name
from fedbib.model.problem import Severity
from fedbib.model.work import ItemType, Link, Status, Work
from tests.effort import LINEAR, growth

CASES = Path(__file__).parents[2] / "cases"

PETALS = Work(
    key="borzunov2023petals",
    type=ItemType.PAPER_CONFERENCE,
    title='<span class="nocase">Petals</span>: Collaborative Inference of <i>Large</i> Models',
    author=(Name("Borzunov", "Alexander"), Name(literal="BigScience, and friends")),
    issued=PartialDate(2023, 7),
    container_title="Proceedings of the 61st Annual Meeting (Volume 3: System Demonstrations)",
    container_title_short="ACL Demo",
    DOI="10.18653/v1/2023.acl-demo.54",
    acl="2023.acl-demo.54",
    arxiv="2209.01188",
    status=Status.PUBLISHED,
    datasets=("Synthetic, and real",),
    models=("BLOOM-176B", "LLaMA_2"),
    links=(Link("code", "https://github.com/bigscience-workshop/petals"),),
)
KSEED = Work(
    key="qin2023federated",
    type=ItemType.ARTICLE,
    title="Federated Full-Parameter Tuning",
    author=(Name("Qin", "Zhen"),),
    issued=PartialDate(2023, 12),
    container_title_short="arXiv",
    arxiv="2312.06353",
    status=Status.PREPRINT,
)
OLD = Work(key="old", title="An older paper", issued=PartialDate(2021), container_title_short="EMNLP", acl="P18-1001")
HEALTH = replace(KSEED, key="health", title="For hospitals", topics=("Health",), arxiv="2310.15080")
GONE = replace(OLD, key="gone", title="A retracted paper", status=Status.RETRACTED, acl="", URL="https://a.example/x")
BARE = Work(key="bare", title="Nobody knows where")
WORKS = (BARE, OLD, KSEED, HEALTH, GONE, PETALS)

ABOUT = About(
    sections=(
        Section("Published Papers", "published", text="Papers accepted by conferences."),
        Section("Preprints", "preprints"),
        Section("Applications", "topic", "health"),
        Section("Surveys", "topic", "survey"),
    )
)


def shown(work: Work) -> str:
    """The first line of one work."""
    return next(
        line for line in document.render([work], About()).split("\n") if line.endswith(f'<a id="{work.key}"></a>')
    )


def test_golden() -> None:
    assert document.render(WORKS, ABOUT) == (CASES / "list.md").read_text("utf-8")


def test_golden_reads_back() -> None:
    reading = document.parse((CASES / "list.md").read_text("utf-8"))
    assert reading.works == tuple(document.carry(work) for work in document.arrange(WORKS, ABOUT))
    assert not reading.problems


def test_order_is_by_section_and_year_and_loses_nobody() -> None:
    assert [work.key for work in document.arrange(WORKS, ABOUT)] == [
        "borzunov2023petals",
        "old",
        "gone",
        "qin2023federated",
        "bare",
        "health",
    ]


@pytest.mark.parametrize(
    "sections",
    [
        (),
        (Section("All", "preprints"),),
        (Section("All", "published"),),
        (Section("Health", "topic", "health"),),
    ],
    ids=["none", "preprints-only", "published-only", "topic-only"],
)
def test_works_without_a_section_of_theirs_are_shown_all_the_same(sections: tuple[Section, ...]) -> None:
    about = About(sections=sections)
    keys = sorted(work.key for work in WORKS)
    assert sorted(work.key for work in document.arrange(WORKS, about)) == keys
    assert sorted(work.key for work in document.parse(document.render(WORKS, about)).works) == keys


def test_every_link_of_the_table_of_contents_has_its_anchor() -> None:
    text = document.render(WORKS, ABOUT)
    targets = re.findall(r"\(#([^)]*)\)", text)
    assert len(set(targets)) >= 8
    assert all(f'<a id="{target}"></a>' in text for target in targets)


def test_an_empty_section_says_so() -> None:
    assert "## Surveys\n\nNone yet.\n" in document.render(WORKS, ABOUT)
    assert document.parse(document.render((), ABOUT)).works == ()


def test_what_a_list_keeps() -> None:
    kept = document.carry(PETALS)
    assert kept.title == "Petals: Collaborative Inference of <i>Large</i> Models"
    assert kept.author == (Name(unsplit="Alexander Borzunov"), Name(unsplit="BigScience, and friends"))
    assert kept.issued == PartialDate(2023)
    assert (kept.acl, kept.DOI, kept.arxiv) == (PETALS.acl, PETALS.DOI, PETALS.arxiv)
    assert kept.datasets == PETALS.datasets
    assert kept.links == PETALS.links
    assert document.carry(GONE).status is Status.RETRACTED


@pytest.mark.parametrize(
    ("title", "line"),
    [
        pytest.param("[x](javascript:alert(1))", r"\[x\](javascript:alert(1))", id="link"),
        pytest.param("![x](y)", r"!\[x\](y)", id="image"),
        pytest.param("<img src=x onerror=y>", "&lt;img src=x onerror=y&gt;", id="raw-html"),
        pytest.param("a | b", r"a \| b", id="pipe"),
        pytest.param("`code` ```", r"\`code\` \`\`\`", id="backticks"),
        pytest.param("<!-- fedbib:end -->", "&lt;!-- fedbib:end --&gt;", id="marker"),
        pytest.param("by @name", "by &#64;name", id="mention"),
        pytest.param("# heading", r"\# heading", id="leading-hash"),
        pytest.param("- item", r"\- item", id="leading-dash"),
        pytest.param("1. item", r"1\. item", id="leading-number"),
        pytest.param("*a* _b_ ~~c~~", r"\*a\* \_b\_ \~\~c\~\~", id="emphasis"),
        pytest.param("$x$ and $y$", "&#36;x&#36; and &#36;y&#36;", id="mathematics"),
        pytest.param("AT&T &amp; more", "AT&T &amp;amp; more", id="entity"),
        pytest.param("a \\", "a \\\\", id="backslash-at-the-end"),
        pytest.param("see https://a.example", "see https&#58;//a.example", id="bare-address"),
        pytest.param("a :fire: b", "a &#58;fire: b", id="emoji"),
        pytest.param("H<sub>2</sub>O", "H<sub>2</sub>O", id="markup"),
    ],
)
def test_text_is_inert(title: str, line: str) -> None:
    work = Work(key="k", title=title)
    assert shown(work) == f'- {line} <a id="k"></a>'
    assert document.parse(document.render([work], About())).works == (work,)


def test_a_hostile_title_does_not_leave_the_region() -> None:
    works = [Work(key="k", title=f"a {END}"), Work(key="l", title=BEGIN, topics=(END,))]
    listed = document.render(works, About(sections=(Section(END, "published", text=END),)))
    page = replace_region(f"# A\n{BEGIN}\n{END}\nmine\n", listed)
    assert region(page) == listed
    assert page.endswith(f"{END}\nmine\n")


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "https://u:p@a.example/", "https://аррӏе.example/"]
)
def test_unsafe_addresses_are_not_written(url: str) -> None:
    work = Work(key="k", title="T", URL=url, links=(Link("code", url),))
    text = document.render([work], About())
    assert url not in text
    assert document.parse(text).works == (Work(key="k", title="T"),)


@pytest.mark.parametrize(
    "url", ["https://a.example/x_(y)", "https://a.example/a)b", "https://a.example/?a=1&lt;b", "https://a.example/*x*"]
)
def test_addresses_come_back_as_they_were(url: str) -> None:
    work = Work(key="k", title="T", URL=url, links=(Link("code", url),))
    assert document.parse(document.render([work], About())).works == (work,)


def test_a_year_in_a_label_is_not_the_year() -> None:
    work = Work(key="k", title="T", container_title_short="Vision 2000")
    assert document.parse(document.render([work], About())).works == (work,)


# Lists of others ------------------------------------------------------------------------------------------------------

FOREIGN = """\
# List

## Contents
- [Papers](#papers)

## Papers
```
- [title](paper link) [Venue]
  - authors
```
### 2022
- [Prompt Tuning](http://arxiv.org/abs/2310.15080) [EMNLP 2023]
  - *authors*: Tianshi Che, Victor S. Sheng, and Dejing Dou.
  - *datasets*: SST-2, RTE, and BoolQ, MPQA, TREC, and MR
  - *models*: RoBERTa, LLaMA 7B.
  - [code](https://github.com/llm-eff/FedPepTAO) and slide

- [Petals.](https://aclanthology.org/2023.acl-demo.54.pdf) [ACL 2023]
  - *authors*: Alexander Borzunov.
  - *datasets*: Natural Instructions and Dolly-15K.
  - *models*:
  - [code](https://github.com/bigscience-workshop/petals) [slide](https://a.example/s.pdf) [pdf](https://arxiv.org/pdf/2209.01188)
- [FedMeZO](https://arxiv.org/abs/2402.05926) [ArXiv 2024]
- [On the Web](https://a.example/paper)
  - *authors*: A. B.
-
- [Some tool](https://a.example/tool)
- only words
<!--
- [Hidden](https://arxiv.org/abs/2401.00001)
-->
| [In a table](https://arxiv.org/abs/2401.00002) |
<li><a href="https://arxiv.org/abs/2401.00003">In HTML</a></li>
"""


def test_a_list_of_others() -> None:
    reading = document.parse(FOREIGN)
    tuning, petals, mezo, web = reading.works
    assert tuning == Work(
        title="Prompt Tuning",
        author=(Name(unsplit="Tianshi Che"), Name(unsplit="Victor S. Sheng"), Name(unsplit="Dejing Dou")),
        issued=PartialDate(2023),
        container_title_short="EMNLP",
        arxiv="2310.15080",
        datasets=("SST-2", "RTE", "BoolQ", "MPQA", "TREC", "MR"),
        models=("RoBERTa", "LLaMA 7B"),
        links=(Link("code", "https://github.com/llm-eff/FedPepTAO"),),
    )
    assert (petals.title, petals.acl, petals.arxiv) == ("Petals", "2023.acl-demo.54", "2209.01188")
    assert petals.datasets == ("Natural Instructions", "Dolly-15K")
    assert petals.models == ()
    assert [link.label for link in petals.links] == ["code", "slides"]
    assert (mezo.type, mezo.container_title_short, mezo.year) == (ItemType.ARTICLE, "arXiv", 2024)
    assert (web.URL, web.author, web.year) == ("https://a.example/paper", (Name(unsplit="A. B."),), 2022)
    assert reading.lines == (12, 18, 23, 24)


def test_what_was_skipped_is_named_with_its_line() -> None:
    problems = document.parse(FOREIGN).problems
    assert {problem.code for problem in problems} == {"L01"}
    assert sorted((problem.line, problem.message.partition(":")[0]) for problem in problems if problem.line) == [
        (8, "is in a code block, so it was not read as a paper"),
        (16, "mentioned without a link"),
        (26, "an empty bullet"),
        (27, "a link that may not be a paper"),
        (28, "a bullet without a link to a paper"),
        (32, "a table was not read"),
        (33, "a link in HTML was not read"),
    ]
    assert {problem.line for problem in problems if problem.severity is Severity.WARNING} == {27}


def test_our_bullets_are_told_apart_from_what_stands_beside_them() -> None:
    text = document.render(WORKS, ABOUT)
    lines = text.split("\n")
    place = next(at for at, line in enumerate(lines) if line.startswith("  - *authors*"))
    lines[place] = "  - authors: Somebody Else, Another One"
    lines.insert(place + 1, "  - [A Paper That Was Added](https://arxiv.org/abs/2401.00001)")
    reading, rest = document.apart("\n".join(lines))
    assert [work.key for work in reading.works] == [work.key for work in document.parse(text).works]
    assert Name(unsplit="Somebody Else") in {name for work in reading.works for name in work.author}
    left = [line for line in rest.split("\n") if line.startswith(("- ", "  - ")) and "](#" not in line]
    assert left == ["  - [A Paper That Was Added](https://arxiv.org/abs/2401.00001)"]
    assert rest.count("\n") == len(lines) - 1


@pytest.mark.parametrize(
    "text", [FOREIGN.replace("\n", "\r\n"), "\ufeff" + FOREIGN, FOREIGN.rstrip("\n")], ids=["crlf", "bom", "end"]
)
def test_line_ends_do_not_matter(text: str) -> None:
    assert document.parse(text) == document.parse(FOREIGN)


@pytest.mark.parametrize(
    ("venue", "label", "year", "kind"),
    [
        ("EMNLP 2023", "EMNLP", 2023, ItemType.DOCUMENT),
        ("Findings of ACL 2023", "Findings of ACL", 2023, ItemType.DOCUMENT),
        ("Arxiv 2024", "arXiv", 2024, ItemType.ARTICLE),
        ("arXiv'23", "arXiv", 2023, ItemType.ARTICLE),
        ("IEEE Communication Magazine", "IEEE Communication Magazine", None, ItemType.DOCUMENT),
    ],
)
def test_venues_as_people_write_them(venue: str, label: str, year: int | None, kind: ItemType) -> None:
    (work,) = document.parse(f"- [T](https://a.example/p) [{venue}]").works
    assert (work.container_title_short, work.year, work.type) == (label, year, kind)


@pytest.mark.parametrize(
    ("before", "piece", "after"),
    [
        pytest.param("- ", "[", "", id="open-brackets"),
        pytest.param("- ", "[a](", "", id="open-links"),
        pytest.param("- [", "\\", "", id="backslashes"),
        pytest.param("- [a](https://a.example) [", "*a", "", id="stars"),
        pytest.param("- [a](https://a.example)", " ", "x", id="blanks"),
        pytest.param("- [", "`", "](https://arxiv.org/abs/2310.15080)", id="backticks"),
        pytest.param("- [", "<i>", "](https://arxiv.org/abs/2310.15080)", id="tags"),
        pytest.param("- [", "*", "a](https://arxiv.org/abs/2310.15080)", id="only-stars"),
        pytest.param("- [a](https://a.example/", "(", ")", id="parentheses"),
        pytest.param("", "#", " " * 1_000, id="heading"),
        pytest.param("#", " ", "", id="blank-heading"),
        pytest.param("- [a](https://arxiv.org/abs/2310.15080)\n  - *authors*: ", "and ", "", id="and"),
        pytest.param("- [a](https://arxiv.org/abs/2310.15080)\n  - *models*: ", ", ", "", id="commas"),
        pytest.param("- [a](https://arxiv.org/abs/2310.15080)\n  - ", "[x](", "", id="detail-links"),
        pytest.param("- [a](https://arxiv.org/abs/2310.15080) [", "1 ", "]", id="venue"),
    ],
)  # fmt: skip
def test_hostile_text_takes_linear_time(before: str, piece: str, after: str) -> None:
    assert growth(lambda count: document.parse(before + piece * count + after), 600) < LINEAR
