from __future__ import annotations

from pathlib import Path

import pytest

from fedbib.formats.lists import markdown
from fedbib.formats.lists.draft import Draft
from fedbib.formats.lists.lexicon import Lexicon
from fedbib.formats.lists.read import read as read_row
from fedbib.formats.lists.roles import Layout
from fedbib.formats.lists.shape import MOST, Shape
from fedbib.formats.readme import document
from fedbib.formats.readme.tree import LONG_LINE
from fedbib.model.date import PartialDate
from fedbib.model.reading import Reading
from fedbib.model.work import ItemType, Link, Work
from tests.effort import LINEAR, growth
from tests.formats.lists.shapes import PAPERS, SHAPES, written

CASES = Path(__file__).parents[2] / "cases"


def read(name: str) -> Reading:
    return markdown.parse((CASES / "lists" / name).read_text("utf-8"))


def brief(reading: Reading) -> list[tuple[int, str, str, int | None, str]]:
    """Line, the title's first words, venue, year and first identifier of each work."""
    return [
        (line, " ".join(work.title.split()[:3]), work.container_title_short, work.year, str(next(iter(work.ids), "")))
        for work, line in zip(reading.works, reading.lines, strict=True)
    ]


def people(work: Work) -> list[str]:
    return [name.display for name in work.author]


def one(text: str) -> Work:
    (work,) = markdown.parse(text).works
    return work


# Shapes ---------------------------------------------------------------------------------------------------------------


def test_a_heading_per_paper_is_read() -> None:
    reading = read("headings.md")
    assert brief(reading) == [
        (7, "Semi-Supervised Classification with", "ICLR", 2017, "arxiv:1609.02907"),
        (12, "Convolutional Neural Networks", "NeurIPS", 2016, "arxiv:1606.09375"),
        (20, "Graph Attention Networks", "ICLR", 2018, "arxiv:1710.10903"),
    ]
    kipf, defferrard, attention = reading.works
    assert people(kipf) == ["Thomas N. Kipf", "Max Welling"]
    assert [link.label for link in kipf.links] == ["code", "slides"]
    assert len(people(defferrard)) == 3
    assert people(attention) == ["Petar Veličković", "et al."]
    assert attention.links == (Link("page", "https://petar-v.com/GAT/"),)
    assert kipf.topics == ("Spectral methods",)


def test_numbered_items_are_read() -> None:
    reading = read("numbered.md")
    assert brief(reading) == [
        (3, "wav2vec 2.0: A", "NeurIPS", 2020, "arxiv:2006.11477"),
        (4, "Robust Speech Recognition", "ICML", 2023, "pmlr:v202/radford23a"),
        (5, "HuBERT: Self-Supervised Speech", "arXiv", 2021, "arxiv:2106.07447"),
        (6, "Connectionist temporal classification:", "ICML", 2006, "doi:10.1145/1143844.1143891"),
        (7, "Deep Speech 2:", "", 2015, "arxiv:1512.02595"),
    ]
    assert [len(work.author) for work in reading.works] == [4, 0, 3, 4, 0]
    assert [(doubt.line, doubt.reason.split(":")[0]) for doubt in reading.doubts] == [
        (10, "links to two papers"),
        (11, "is a link to a paper without a title"),
    ]
    assert [(problem.code, problem.line) for problem in reading.problems] == [("L03", 8), ("L03", 9)]
    assert reading.passed == ()


def test_tables_with_badges_and_html_are_read() -> None:
    reading = read("badges.md")
    assert brief(reading) == [
        (13, "Denoising Diffusion Probabilistic", "NeurIPS", 2020, "arxiv:2006.11239"),
        (14, "High-Resolution Image Synthesis", "CVPR", 2022, "arxiv:2112.10752"),
        (21, "Video Diffusion Models", "", 2022, "arxiv:2204.03458"),
        (22, "Imagen Video: High", "", 2022, "arxiv:2210.02303"),
        (26, "Make-A-Video: Text-to-Video Generation", "ICLR", 2023, "openreview:nJfylDvgzlq"),
    ]
    assert reading.works[0].links == (Link("code", "https://github.com/hojonathanho/diffusion"),)
    assert [(doubt.line, doubt.reason) for doubt in reading.doubts] == [(15, "has no link")]


def test_a_cell_that_spans_rows_stands_in_each_of_them_and_in_no_more() -> None:
    def row(number: int, venue: str) -> str:
        return (
            f'<tr>{venue}<td><a href="https://arxiv.org/abs/2401.0000{number}">A Title of Paper {number}</a></td></tr>'
        )

    spans = '<td rowspan="2">ICLR 2024</td>'
    table = "\n".join([row(1, spans), row(2, ""), row(3, "<td>ACL 2023</td>"), row(4, "<td></td>")])
    reading = markdown.parse(f"<table>\n{table}\n</table>\n")
    assert [(work.container_title_short, work.year, work.arxiv) for work in reading.works] == [
        ("ICLR", 2024, "2401.00001"),
        ("ICLR", 2024, "2401.00002"),
        ("ACL", 2023, "2401.00003"),
        ("", None, "2401.00004"),
    ]


def test_et_al_nested_bullets_and_broken_links_are_read() -> None:
    reading = read("etal.md")
    assert brief(reading) == [
        (6, "Deep Residual Learning", "CVPR", 2016, "arxiv:1512.03385"),
        (7, "Very Deep Convolutional", "", 2014, "arxiv:1409.1556"),
        (8, "Going Deeper with", "", None, "arxiv:1409.4842"),
        (9, "Visualizing and Understanding", "ECCV", None, "doi:10.1007/978-3-319-10590-1_53"),
        (10, "Densely Connected Convolutional", "CVPR", 2017, "arxiv:1608.06993"),
        (11, "FitNets: Hints for", "ICLR Workshop", 2015, "arxiv:1412.6550"),
    ]
    assert [doubt.line for doubt in reading.doubts] == [3, 12, 13]
    assert all("its link is empty" in doubt.reason for doubt in reading.doubts[1:])
    assert {(problem.code, problem.line) for problem in reading.problems} == {("L04", 12)}
    assert [people(reading.works[index]) for index in (0, 2)] == [["He", "et al."], ["C. Szegedy", "et al."]]
    assert all(work.topics == ("Networks",) for work in reading.works)


def test_bibtex_in_fences_is_read() -> None:
    reading = read("fences.md")
    assert [(line, work.arxiv, len(work.author)) for work, line in zip(reading.works, reading.lines, strict=True)] == [
        (8, "1312.5602", 3),
        (16, "1509.06461", 3),
    ]
    assert [(problem.code, problem.line) for problem in reading.problems] == [("L03", 27)]


def test_a_row_is_read_once_though_its_group_is_judged_first(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "".join(
        f"- [A Study of {number} Otters](https://arxiv.org/abs/2401.{number:05})\n" for number in range(1, 1500)
    )
    lines: list[int] = []

    def counted(shape: Shape, layout: Layout, line: int, lexicon: Lexicon) -> Draft:
        lines.append(line)
        return read_row(shape, layout, line, lexicon)

    monkeypatch.setattr("fedbib.formats.lists.markdown.read_row", counted)
    assert len(markdown.parse(text).works) == 1499
    assert sorted(lines) == list(range(1, 1500))


def test_the_seed_layout_is_read_as_ever() -> None:
    text = (CASES / "seed.md").read_text("utf-8")
    assert markdown.parse(text).works == document.parse(text).works
    assert markdown.parse(text).lines == document.parse(text).lines


def test_the_seed_layout_with_a_table_beside_it() -> None:
    text = (CASES / "seed.md").read_text("utf-8")
    table = (
        "\n## More\n| Title | Link |\n|--|--|\n| A Study of Many Things | [pdf](https://arxiv.org/abs/2401.00001) |\n"
    )
    assert markdown.parse(text + table).works == (
        *document.parse(text).works,
        Work(title="A Study of Many Things", arxiv="2401.00001", topics=("More",)),
    )


def test_our_own_list_is_read_by_its_own_rules() -> None:
    text = (CASES / "list.md").read_text("utf-8")
    assert markdown.parse(text) == document.parse(text)


# Parts ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "label", "issued"),
    [
        ("[ICLR'25]", "ICLR", PartialDate(2025)),
        ("*ICML 2024 Workshop*", "ICML Workshop", PartialDate(2024)),
        ("`NeurIPS`", "NeurIPS", None),
        ("[Arxiv 2024.05]", "arXiv", PartialDate(2024, 5)),
        ("[**NAACL 2024**]", "NAACL", PartialDate(2024)),
        ("*[arXiv'17]*", "arXiv", PartialDate(2017)),
        ("(EMNLP, 2023)", "EMNLP", PartialDate(2023)),
        ("[ICLR 2024 (Oral)]", "ICLR", PartialDate(2024)),
        ("*Published in KDD 2024*", "KDD", PartialDate(2024)),
        ("[Nowhere Communication Magazine]", "Nowhere Communication Magazine", None),
    ],
)
def test_venues_are_found_as_people_write_them(written: str, label: str, issued: PartialDate | None) -> None:
    work = one(f"- A Title of Many Words {written} [[paper]](https://arxiv.org/abs/2401.00001)")
    assert (work.title, work.container_title_short, work.issued) == ("A Title of Many Words", label, issued)
    assert work.type is (ItemType.ARTICLE if label == "arXiv" else ItemType.DOCUMENT)


@pytest.mark.parametrize(
    ("written", "title"),
    [
        pytest.param("🔥 A Title of Words. ", "A Title of Words", id="emoji-and-dot"),
        pytest.param(":fire: **A Title of Words**", "A Title of Words", id="shortcode"),
        pytest.param(r"$\{$FwdLLM$\}$: Efficient Finetuning", "FwdLLM: Efficient Finetuning", id="notes-latex-braces"),
        pytest.param(r"F\textasciicircum3OCUS - A Strategy", "F^3OCUS - A Strategy", id="notes-latex-macro"),
        pytest.param("FeDeRA:Efficient Fine-tuning of Models", "FeDeRA: Efficient Fine-tuning of Models", id="notes-colon"),
        pytest.param("1+1&lt;1? A Case of Sums", "1+1<1? A Case of Sums", id="notes-entity"),
        pytest.param("FedP²EFT: Federated Learning to Personalize", "FedP²EFT: Federated Learning to Personalize", id="notes-superscript"),
    ],
)  # fmt: skip
def test_titles_are_cleaned(written: str, title: str) -> None:
    assert one(f"- {written} [[Paper]](https://arxiv.org/abs/2401.00001)").title == title


@pytest.mark.parametrize(
    ("url", "id"),
    [
        ("https://www.arxiv.org/abs/2409.02346", "arxiv:2409.02346"),
        ("https://arxiv.org/html/2210.01708v3", "arxiv:2210.01708"),
        ("https://ar5iv.labs.arxiv.org/html/2303.08774", "arxiv:2303.08774"),
        ("https://doi.org/10.48550/arXiv.2404.11536", "arxiv:2404.11536"),
        ("https://aclanthology.org/2023.acl-demo.54.pdf", "acl:2023.acl-demo.54"),
        ("https://openreview.net/pdf?id=dqgzfhHd2-", "openreview:dqgzfhHd2-"),
        ("https://arxiv.org/pdf/1810.04805.pdf&usg=ALkJrhhzxlCL6yTht2BRmH9atgvKFxHsxQ", "arxiv:1810.04805"),
        ("https://arxiv.org/abs/2401.00001?utm_source=catalyzex.com", "arxiv:2401.00001"),
        ("https://dl.acm.org/doi/10.1145/3510033?casa_token=abc", "doi:10.1145/3510033"),
    ],
)
def test_links_of_section_4_4_of_the_notes(url: str, id: str) -> None:
    assert [str(known) for known in one(f"- [A Title of Many Words]({url})").ids] == [id]


def test_a_link_as_the_target_of_a_link() -> None:
    assert one("- [A Title of Many Words]([45a3.pdf](https://arxiv.org/pdf/2403.19211))").arxiv == "2403.19211"


def test_placeholder_dois_are_addresses() -> None:
    work = one("- A Title of Many Words [[Paper]](https://dl.acm.org/doi/10.5555/3618408.3619703)")
    assert (work.DOI, work.URL) == ("", "https://dl.acm.org/doi/10.5555/3618408.3619703")


def test_many_papers_in_one_cell_are_told_apart_and_nicknames_are_no_titles() -> None:
    text = (
        "| Area | Works |\n|--|--|\n| A | [FedX](https://arxiv.org/abs/2401.00001) ([code](https://github.com/a/b)); "
        "[FedY](https://arxiv.org/abs/2401.00002), [AAAI’24 version](https://ojs.aaai.org/index.php/AAAI/article/view/1) |\n"
    )
    reading = markdown.parse(text)
    assert reading.works == ()
    assert [(doubt.work.title, doubt.work.arxiv) for doubt in reading.doubts] == [
        ("FedX", "2401.00001"),
        ("FedY", "2401.00002"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Our survey [A Survey of Many Things](https://arxiv.org/abs/2401.00001) is out, please read and cite it.", id="prose"),
        pytest.param("- A Title of Many Words [[Paper]]()", id="empty-link"),
        pytest.param("- FedX [[Paper]](https://arxiv.org/abs/2401.00001)", id="nickname"),
    ],
)  # fmt: skip
def test_what_is_unsure_is_for_a_person(text: str) -> None:
    reading = markdown.parse(text)
    assert reading.works == ()
    assert [doubt.line for doubt in reading.doubts] == [1]


@pytest.mark.parametrize(
    "text",
    [
        "- [Papers](#papers)\n  - [2024](#item-2024)",
        "- We survey algorithms and systems, and leave out hardware.",
        "![figure](figures/a.png)",
        "<!-- - [Hidden Paper of Words](https://arxiv.org/abs/2401.00001) -->",
    ],
    ids=["contents", "words", "picture", "comment"],
)
def test_what_is_no_paper_is_left_out(text: str) -> None:
    reading = markdown.parse(text)
    assert (reading.works, reading.doubts, reading.problems) == ((), (), ())


@pytest.mark.parametrize(
    ("before", "piece", "after"),
    [
        pytest.param("- ", "[", "", id="open-brackets"),
        pytest.param("- ", "[a](", "", id="open-links"),
        pytest.param("- [", "\\", "", id="backslashes"),
        pytest.param("- [a](https://a.example) [", "*a", "", id="stars"),
        pytest.param("", "<div>", "", id="tags"),
        pytest.param("", "<", "", id="angles"),
        pytest.param("| a | b |\n|--|--|\n", "| a ", "", id="cells"),
        pytest.param("- A Title of Words, ", "A. B, ", "[[pdf]](https://arxiv.org/abs/2310.15080)", id="names"),
        pytest.param("- ", "A sentence. ", "[[pdf]](https://arxiv.org/abs/2310.15080)", id="sentences"),
        pytest.param("- A Title ", "(x)", "", id="parentheses"),
        pytest.param("- A Title ", "(", ")", id="open-parentheses"),
        pytest.param("", "".join("  " * depth + "- a\n" for depth in range(20)), "", id="nesting"),
    ],
)  # fmt: skip
def test_hostile_text_takes_linear_time(before: str, piece: str, after: str) -> None:
    assert growth(lambda count: markdown.parse(before + piece * count + after), 400) < LINEAR


def test_of_a_line_without_end_the_rest_is_not_read_and_that_is_said() -> None:
    paper = "- **A Second Paper of Some Words**. [pdf](https://arxiv.org/abs/2310.15080)\n"
    reading = markdown.parse("# Papers\n\n" + "word " * (LONG_LINE // 5) + "word\n\n" + paper)
    assert [work.arxiv for work in reading.works] == ["2310.15080"]
    assert [(problem.line, problem.message[:31]) for problem in reading.problems] == [
        (3, "has more than 500,000 character")
    ]
    assert not markdown.parse("word " * (LONG_LINE // 5) + "\n\n" + paper).problems


def test_of_a_row_with_thousands_of_links_the_rest_is_not_read_and_that_is_said() -> None:
    paper = '<ul>\n<li><a href="https://arxiv.org/abs/2310.15080">A Second Paper of Some Words</a>'
    link = ' <a href="https://x.example/">x</a>'  # two pieces, the blank and the link
    for count, lines in ((MOST, [2]), (MOST // 2 - 1, [])):
        reading = markdown.parse(paper + link * count + "</li>\n</ul>\n")
        assert [work.arxiv for work in reading.works] == ["2310.15080"]
        assert [problem.line for problem in reading.problems if "more than 5,000" in problem.message] == lines


# Lists of known papers ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", SHAPES)
def test_every_paper_of_a_list_is_read_in_any_shape(shape: str) -> None:
    """`python -m benchmarks.lists FILE` counts in a list that people wrote."""
    reading = markdown.parse(written(shape, PAPERS))
    right = {(paper["arxiv"], paper["title"]) for paper in PAPERS}
    found = [(work.arxiv, work.title) for work in reading.works]
    assert {arxiv for arxiv, _ in found} == {arxiv for arxiv, _ in right}
    assert len(found) == len(right) > 300
    assert len(right.intersection(found)) >= 0.99 * len(right)
    assert reading.doubts == ()


def test_the_people_of_a_list_are_those_that_stand_there() -> None:
    works = {work.arxiv: work for work in markdown.parse(written("labels", PAPERS)).works}
    right = [paper for paper in PAPERS if people(works[paper["arxiv"]]) == paper["authors"]]
    assert len(right) >= 0.96 * len(PAPERS)
