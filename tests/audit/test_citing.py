"""How people cite right, and what of a wrong citation says so itself: fewer words, other names, translations, odd DOIs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fedbib.audit.contents import Contents
from fedbib.audit.index import Index
from fedbib.audit.judge import Judge
from fedbib.audit.series import is_foreign
from fedbib.audit.verdict import Kind, Verdict
from fedbib.formats.bib import bibtex
from fedbib.match.titles import Title
from fedbib.match.works import surname
from fedbib.model.name import Name
from fedbib.words.venues import register
from tests.audit.made import TITLE, entry, index, judged, paper, people, title, volume

SHORT, COMMON = "Kinetic Tiles", "Sparse Robust Causal Graph Kernels"
NAMED = "Woolly Kernels: Sparse Estimation under Budget Constraints"
LONE = "Sheep and Goats under Uncertainty and Rain"
RENAMED = "Flo Fisher and Gus Glover and Hal Hunter"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    text = volume().replace(title(5), NAMED).replace(title(6), LONE)
    text = text.replace(title(9), SHORT).replace(title(10), COMMON)
    text = text.replace(" and ".join(people(6)), "Nicholas J. Bryan").replace("{10.1234/icml.2021.7}", "{}")
    with index(
        tmp_path_factory.mktemp("index"), text, volume(range(30, 60), 2023), volume(range(60, 90), 2019)
    ) as found:
        yield found


def kinds(base: Index, text: str) -> list[tuple[Kind, bool]]:
    return [(note.kind, note.is_sure) for note in judged(base, text).notes]


RIGHT = {
    "without the subtitle": entry(5, title="Woolly Kernels"),
    "without the subtitle, with initials": entry(5, title="Woolly Kernels", author="F. Fisher and G. Glover and H. Hunter"),
    "without the subtitle and most people": entry(5, title="Woolly Kernels", author="Flo Fisher and others"),
    "without the short name": entry(5, title="Sparse Estimation under Budget Constraints"),
    "a sign for and": entry(6, title=LONE.replace(" and ", r" \& "), author="Nicholas J. Bryan"),
    "the short form of an only author's name": entry(6, title=LONE, author="Nick Bryan"),
    "another given name of an only author": entry(6, title=LONE, author="Robin Bryan"),
    "one given name that has changed": entry(8, author="Ann Archer and Robin Becker and Cy Cooper"),
    "names in short": entry(7, author="H. Hunter and Ann Archer and B. Becker"),
    "a symposium that prints nothing": entry(8, booktitle="AAAI Spring Symposium", year="2020"),
    "people put together": entry(13, author=r"Flo Fisher, Gus Glover \& Hal Hunter"),
    "a conference that prints abstracts": entry(8, booktitle="Conference on Cognitive Computational Neuroscience"),
    "an abbreviated venue with its place": entry(8, booktitle="Int. Conf. on Machine Learning, PMLR, Montreal, Canada"),
    "a title in Chinese": entry(8, title="基于深度学习的图像识别方法研究"),
    "a title in German": entry(8, title="Das Stricken mit der Wolle und die Schafe"),
    "a title in Spanish and English": entry(8, title="El tejido de la lana y las ovejas (Knitting with Sheep)"),
    "the year that the DOI was given in": entry(7, doi="10.1109/tpami.2022.3456789"),
    "an old paper's running number": entry(7, doi="10.1145/1968.1972", year="1985", booktitle="Journal of Wool"),
    "a DOI of a repository": entry(7, doi="10.17863/CAM.12345"),
    "a number in the DOI that looks like a year": entry(7, doi="10.52202/068431-2005"),
    "a preprint's DOI": entry(7, doi="10.1101/2018.03.24.123456"),
    "a DOI that names the very conference": entry(8, doi="10.1234/icml.2021.8"),
    "Findings beside the conference": entry(
        8, title="Knitting", booktitle="Findings of ACL", year="2021", doi="10.18653/v1/2021.findings-acl.8"
    ),
    "a DOI of several conferences at once": entry(8, title="Knitting", booktitle="ACL", doi="10.1109/CVPR/ACL.2021.00469"),
    "long papers of a conference": entry(
        8, title="Knitting", doi="10.18653/v1/2021.acl-long.19",
        booktitle="Proceedings of the 63rd Annual Meeting of the Association for Computational Linguistics (Volume 1: Long Papers)",
    ),
    "a label that several conferences have": entry(
        8, title="Knitting", booktitle="ICC 2025 - IEEE International Conference on Communications", doi="10.1109/icc52391.2025.11161447"
    ),
    "two conferences that met as one": entry(
        8, title="Knitting", booktitle="IJCNLP", year="2021", doi="10.18653/v1/2021.acl-long.8"
    ),
}  # fmt: skip


@pytest.mark.parametrize("text", RIGHT.values(), ids=RIGHT)
def test_what_people_write_otherwise_is_no_fault(base: Index, text: str) -> None:
    found = judged(base, text)
    assert not found.is_fault, found.notes


def test_a_paper_is_found_without_its_subtitle_and_its_title_is_to_look_at(base: Index) -> None:
    assert kinds(base, RIGHT["without the subtitle"]) == [(Kind.TITLE, False)]
    stranger = judged(base, entry(5, title="Woolly Kernels", author="Zoe Zimmer and Yan Young"))
    assert stranger.verdict is Verdict.CONTRADICTED


def test_several_other_given_names_are_other_people(base: Index) -> None:
    found = kinds(base, entry(13, author="Zoe Fisher and Yan Glover and Hal Hunter"))
    assert found == [(Kind.AUTHORS, True)]
    short = entry(13, author="Florence Fisher and G. Glover and Harold Hunter")
    assert kinds(base, short) == []


def test_a_doi_that_names_another_conference_is_a_fault(base: Index) -> None:
    text = entry(8, title="Knitting", booktitle="Proceedings of ACL", doi="10.1109/CVPR46437.2021.00469")
    assert (Kind.NAMES_ANOTHER, True) in kinds(base, text)


def test_a_doi_that_names_the_conference_of_the_paper_speaks_against_an_unknown_venue(base: Index) -> None:
    journal = entry(7, booktitle="Transactions on Woollen Adaptation", doi="10.1609/icml.v38i1.7")
    assert kinds(base, journal) == [(Kind.VENUE, True)]
    assert kinds(base, entry(7, booktitle="Transactions on Woollen Adaptation")) == [(Kind.VENUE, False)]


def test_a_doi_of_another_year_is_a_fault_where_the_paper_has_none(base: Index) -> None:
    assert kinds(base, entry(7, doi="10.7777/2024.39405")) == [(Kind.NAMES_ANOTHER, True)]
    assert kinds(base, entry(7, doi="10.7777/2022.39405")) == []


def test_a_year_between_two_whole_editions_of_what_meets_every_other_year_is_a_fault(base: Index) -> None:
    strange = "Learning to Knit with Quantum Sheep"
    assert kinds(base, entry(8, title=strange, year="2022")) == [(Kind.NO_EDITION, True)]
    assert kinds(base, entry(8, title=strange, year="2018")) == []
    near = kinds(base, entry(8, year="2022"))
    assert near == [(Kind.YEAR, False)]


def journal(year: int, number: int, papers: int = 15) -> str:
    return "\n".join(
        f"@article{{DBLP:journals/jmlr/P{place}y{year},\n  author    = {{Ann Archer}},\n  title     = {{Wool {place} of {year}}},\n"
        f"  journal   = {{J. Mach. Learn. Res.}},\n  volume    = {{{number}}},\n  year      = {{{year}}},\n"
        "  bibsource = {dblp computer science bibliography, https://dblp.org}\n}\n"
        for place in range(papers)
    )


def test_a_volume_of_a_journal_is_its_year(tmp_path: Path) -> None:
    with index(tmp_path, *(journal(year, year - 1999) for year in (2020, 2021, 2022))) as base:
        said = {"kind": "article", "booktitle": "", "journal": "JMLR", "title": "Knitting"}
        assert kinds(base, entry(8, **said, volume="20", year="2021")) == [(Kind.YEAR, True)]
        assert kinds(base, entry(8, **said, url="http://jmlr.org/papers/v20/18-598.html", year="2021")) == [
            (Kind.YEAR, True)
        ]
        assert kinds(base, entry(8, **said, volume="20", year="2020")) == []
        assert kinds(base, entry(8, **said, volume="3", year="2021")) == []
        assert kinds(base, entry(8, **said, volume="2021", year="2021")) == []


def test_a_journal_of_several_volumes_a_year_says_nothing(tmp_path: Path) -> None:
    with index(tmp_path, *(journal(year, number) for year, number in ((2020, 21), (2021, 23), (2022, 25)))) as base:
        assert (
            kinds(base, entry(8, "article", booktitle="", journal="JMLR", title="Knitting", volume="20", year="2022"))
            == []
        )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Attention Is All You Need", False),
        ("Das Boot: Reading a Novel in Translation", False),
        ("Learning $\\alpha$-Divergences in ℝ", False),
        ("La Traviata and Il Trovatore", True),
        ("Глубокое обучение", True),
        ("Apprentissage profond pour les images", True),
    ],
)
def test_titles_in_other_languages_are_told(text: str, expected: bool) -> None:
    assert is_foreign(text) is expected


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("Generalised Source-free Domain Adaptation", "Generalized Source-Free Domain Adaptation"),
        ("Amortised Proximal Optimisation", "Amortized Proximal Optimization"),
        ("Analysing Behavioural Modelling", "Analyzing Behavioral Modeling"),
        ("Labelled Dialogues at the Centre", "Labeled Dialogs at the Center"),
    ],
)
def test_british_and_american_spelling_are_one_title(british: str, american: str) -> None:
    assert Title.of(british).text == Title.of(american).text
    assert Title.of(british).words == Title.of(american).words


def test_spelling_makes_no_other_words_one() -> None:
    assert Title.of("A Prize for Four Tours").text != Title.of("A Price for For Tors").text
    assert Title.of("Noise in the Center").text != Title.of("Nose in the Centre").text


def test_nothing_of_the_collection_in_this_repository_speaks_against_itself() -> None:
    works = bibtex.parse(Path(__file__).parents[2].joinpath("output/fedllm.bib").read_text("utf-8")).works
    with Index.of([], register(), "none") as none:
        judge = Judge((none,), 2026)
        assert [(work.key, note) for work in works for note in judge.judged(work).notes] == []


def test_a_slip_in_a_title_is_to_fix_and_no_sign_that_there_is_no_such_paper(base: Index) -> None:
    for number, off in (
        (9, "Kinetc Tiles"),
        (10, "Sparse Robust Casual Graph Kernels"),
        (10, "Sparse Causal Graph Kernels"),
    ):
        found = judged(base, entry(number, title=off))
        assert found.verdict is Verdict.DIFFERS
        assert {note.kind for note in found.notes} == {Kind.TITLE}
    assert judged(base, entry(1, title="Knitting Tiles")).verdict is Verdict.CONTRADICTED


def test_within_a_volume_titles_are_found_by_words_that_all_have() -> None:
    many = Contents((number, f"Deep Learning of Graphs {number}") for number in range(1000))
    assert 7 in many.like(Title.of("Deep Learing of Graphs 7"))
    assert many.like(Title.of("Knitting with Sheep")) == []


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"Predictions that are $\varepsilon$-Accurate", "Predictions that are ε-Accurate"),
        (r"Learned Index with Dynamic $\epsilon$", "Learned Index with Dynamic ϵ"),
        (r"$\Lambda$-DARTS: Mitigating Collapse", "Λ-DARTS: Mitigating Collapse"),
        (r"$\ell_1$-regression", "ℓ1-Regression"),
        (r"Re${}^{\mbox{2}}$TAL", "Re2TAL"),
        (r"On $\mathcal{O}(\log n)$ Regret", "On O(log n) regret"),
    ],
)
def test_a_formula_that_was_left_as_it_was_is_one_that_was_read(tex: str, text: str) -> None:
    assert Title.of(tex).text == Title.of(text).text


def test_what_stands_behind_a_name_is_no_last_name() -> None:
    assert surname(Name(unsplit="Robert W. Heath Jr.")) == surname(Name(unsplit="Bob Heath")) == "heath"
    assert surname(Name(unsplit="Sr.")) == "sr"


def test_a_title_without_its_number_is_meant_for_the_paper_by_these_people_in_the_volume(base: Index) -> None:
    found = kinds(base, entry(12, title=title(12).replace(" 12", "").replace("Kernels ", "")))
    assert found == [(Kind.TITLE, True)]


def test_a_paper_that_appeared_twice_is_right_in_each_place(tmp_path: Path) -> None:
    where = "Symposium of Shepherds, Vienna, July 1-5, 2021"
    again = paper(5).replace(TITLE.format(2021), where).replace("conf/icml/P5y2021", "books/sheep/P5")
    with index(tmp_path, volume(), again) as base:
        assert [held.series for held in base.by_title(Title.of(title(5)))] == ["icml", ""]
        assert judged(base, entry(5, booktitle="Symposium of Cowherds")).is_fault
        assert not judged(base, entry(5, booktitle=where)).is_fault
