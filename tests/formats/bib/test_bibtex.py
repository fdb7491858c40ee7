from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from fedbib.formats.base import Format
from fedbib.formats.bib import biblatex, bibtex
from fedbib.model.about import About
from fedbib.model.date import PartialDate
from fedbib.model.name import OTHERS, Name
from fedbib.model.pages import Pages
from fedbib.model.problem import Severity
from fedbib.model.work import ItemType, Link, Work
from fedbib.text.markup import plain
from tests.effort import LINEAR, growth

CASES = Path(__file__).resolve().parents[2] / "cases"
ABOUT = About(name="cases", title="Papers on federated learning")

PETALS = Work(
    key="borzunov2023petals",
    type=ItemType.PAPER_CONFERENCE,
    title="Petals: Collaborative Inference and Fine-tuning of Large Models",
    author=(Name("Borzunov", "Alexander"), Name("Baranchuk", "Dmitry"), Name("Dettmers", "Tim")),
    issued=PartialDate(2023, 7),
    container_title="Proceedings of the 61st Annual Meeting of the Association for Computational Linguistics "
    "(Volume 3: System Demonstrations)",
    publisher="Association for Computational Linguistics",
    publisher_place="Toronto, Canada",
    page=Pages("558", "568"),
    DOI="10.18653/v1/2023.acl-demo.54",
    arxiv="2209.01188",
    arxiv_class="cs.LG",
    acl="2023.acl-demo.54",
    topics=("framework",),
)
KSEED = Work(
    key="qin2024federated",
    type=ItemType.PAPER_CONFERENCE,
    title='Federated Full-Parameter Tuning of Billion-Sized Language Models with <span class="nocase">FedKSeed</span>'
    " & 18 <i>kilobytes</i>",
    author=(
        Name("Qin", "Zhen"),
        Name("van der Maaten", "Laurens"),
        Name("Erdős", "Pál"),
        Name("Davis", "Sammy", "Jr."),
    ),
    issued=PartialDate(2024),
    container_title="Proceedings of the 41st International Conference on Machine Learning",
    collection_title="Proceedings of Machine Learning Research",
    publisher="PMLR",
    volume="235",
    page=Pages("41473", "41497"),
    arxiv="2312.06353",
    openreview="cit0hg4sEz",
)
PREPRINT = Work(
    key="llama2024herd",
    type=ItemType.ARTICLE,
    title='The <span class="nocase">Llama</span> 3 Herd of Models: $O(n)$ and α',
    author=(Name(literal="Llama Team, AI and Friends"),),
    issued=PartialDate(2024, 12),
    arxiv="2407.21783",
    arxiv_class="cs.AI",
    publisher="arXiv",
)
JOURNAL = Work(
    key="muller2022uber",
    type=ItemType.ARTICLE_JOURNAL,
    title='Über <span class="nocase">Łukasiewicz</span>: <span class="nocase">CO<sub>2</sub></span> – “quoted”',
    author=(Name("Müller", "Jürgen"),),
    issued=PartialDate(2022, 3),
    container_title="Journal of R&D",
    volume="12",
    issue="3",
    page=Pages("e123"),
    ISSN="2049-3630",
    DOI="10.1234/a_b",
)
THESIS = Work(
    key="smith2021thesis",
    type=ItemType.THESIS,
    title="On Privacy",
    author=(Name("Smith", "Ann"),),
    issued=PartialDate(2021),
    publisher="University of Somewhere",
    genre="PhD thesis",
    URL="https://example.org/a_b%20c",
)
REPORT = replace(THESIS, key="smith2020report", type=ItemType.REPORT, genre="Technical Report", number="7", URL="")
BOOK = replace(
    THESIS, key="smith2019book", type=ItemType.BOOK, genre="", publisher="Press", ISBN="978-0-306-40615-7", URL=""
)
CHAPTER = replace(BOOK, key="smith2018chapter", type=ItemType.CHAPTER, container_title="A Book", page=Pages("1", "9"))
SOFTWARE = replace(THESIS, key="smith2017software", type=ItemType.SOFTWARE, genre="", publisher="")
WORKS = (PETALS, KSEED, PREPRINT, JOURNAL, THESIS, REPORT, BOOK, CHAPTER, SOFTWARE)


def test_the_bib_is_what_it_was() -> None:
    assert bibtex.render(WORKS, ABOUT) == (CASES / "all_types.bib").read_text("utf-8")


@pytest.mark.parametrize("work", WORKS, ids=lambda work: work.key)
def test_usual_works_lose_nothing_but_arxivs_own_name(work: Work) -> None:
    kept = bibtex.carry(work)
    assert kept == (replace(work, publisher="") if work is PREPRINT else work)


@pytest.mark.parametrize(
    ("work", "kept"),
    [
        pytest.param(replace(PETALS, issued=PartialDate(2023, 7, 10)), PETALS, id="day"),
        pytest.param(replace(PETALS, datasets=("MNLI",), models=("BLOOM",)), PETALS, id="facets"),
        pytest.param(replace(PETALS, topics=("framework", "a, b")), PETALS, id="topic with a comma"),
        pytest.param(
            replace(PETALS, publisher_place="", event_place="Toronto, Canada"), PETALS, id="place of the event"
        ),
        pytest.param(
            replace(PETALS, URL="https://aclanthology.org/2023.acl-demo.54/"), PETALS, id="address an id gives"
        ),
        pytest.param(
            replace(JOURNAL, publisher="Springer", publisher_place="Berlin"), JOURNAL, id="publisher of an article"
        ),
        pytest.param(replace(KSEED, issue="2"), KSEED, id="number beside a volume"),
        pytest.param(replace(KSEED, dblp="conf/icml/QinCQDLD24"), KSEED, id="second identifier without a place"),
        pytest.param(replace(BOOK, ISBN="979-8-89176-060-8"), replace(BOOK, ISBN=""), id="ISBN that biber refuses"),
        pytest.param(
            replace(PETALS, author=(Name(unsplit="Laurens van der Maaten"),)),
            replace(PETALS, author=(Name("van der Maaten", "Laurens"),)),
            id="unsplit name",
        ),
    ],
)
def test_carry_leaves_out_what_readers_refuse(work: Work, kept: Work) -> None:
    assert bibtex.carry(work) == kept
    assert bibtex.parse(bibtex.render([work], ABOUT)).works == (kept,)


HOSTILE = (
    r"\input{/etc/passwd} \write18{rm} \openout \csname x\endcsname \catcode ^^5c \begin{verbatim}",
    "} } { @article{x, title = {y}}",
    "ends in \\",
    'a % b # c _ d & e ~ f ^ g " h',
    "\\end{document}",
)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:20]))
def test_hostile_text_stays_text(text: str) -> None:
    work = replace(
        PETALS,
        title=text,
        author=(Name(text, "Ann"), Name("Lee", text), Name(literal=text)),
        container_title=text,
        publisher=text,
        topics=(),
    )
    bib = bibtex.render([work, KSEED], ABOUT)
    assert bibtex.parse(bib).works == (work, KSEED)
    assert bibtex.parse(bib).problems == ()
    for macro in ("\\input", "\\write", "\\openout", "\\csname", "\\catcode", "^^", "\\begin", "\\end"):
        assert macro not in bib


FOREIGN = """\
This file was made by somebody.
@string(ml = {Machine Learning})
@string{icml = "International Conference on " # ml}
@comment{nothing}
@InProceedings{one, title = {{A Title of FedAvg}}, author = "Ann Lee and Bob {\\'E}tienne and others",
  booktitle = icml, month = jul, year = 2023, pages = "1 -- 12", doi = {https://doi.org/10.1145/3637528.3671865}}
@article(two, title = "The {LoRA} way", journal = {arXiv preprint arXiv:2312.06353}, year = {2023}, author={Qin, Zhen})
@misc{three, title={x}, eprint={2209.01188v2}, archivePrefix={arXiv}, primaryClass={cs.LG}, year={2022}}
@online{four, title={Site}, url={https://example.org/a\\_b}, date={2021-05-02}, author={{Some Team}}}
@inproceedings{five, crossref={six}, title={Child}, author={Lee, Ann}}
@proceedings{six, title={The Proceedings}, year={2020}, publisher={Press}}
@article{seven, title={Twice}, title={Again}, journal={J}, year={1999}}
@article{seven, title={Same key}, journal={J}, year={2000}}
@book{eight, title={Unknown string}, publisher = nobody}
@article{nine, title={Broken
@misc{ten, title={After the broken one}}
"""


def test_a_foreign_bib_is_read_and_what_is_not_is_listed() -> None:
    reading = bibtex.parse(FOREIGN)
    read = {work.key: work for work in reversed(reading.works)}
    assert list(dict.fromkeys(work.key for work in reading.works)) == [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "ten",
    ]
    assert read["one"].title == "A Title of FedAvg"
    assert read["one"].author == (Name("Lee", "Ann"), Name("Étienne", "Bob"), OTHERS)
    assert read["one"].container_title == "International Conference on Machine Learning"
    assert read["one"].issued == PartialDate(2023, 7)
    assert read["one"].page == Pages("1", "12")
    assert read["one"].DOI == "10.1145/3637528.3671865"
    assert (read["two"].type, read["two"].arxiv) == (ItemType.ARTICLE, "2312.06353")
    assert read["two"].title == 'The <span class="nocase">LoRA</span> way'
    assert (read["three"].type, read["three"].arxiv, read["three"].arxiv_class) == (
        ItemType.ARTICLE,
        "2209.01188",
        "cs.LG",
    )
    assert read["four"].URL == "https://example.org/a_b"
    assert read["four"].issued == PartialDate(2021, 5, 2)
    assert read["four"].author == (Name(literal="Some Team"),)
    assert (read["five"].container_title, read["five"].year) == ("The Proceedings", 2020)
    assert [(problem.code, problem.line) for problem in reading.problems] == [
        ("B02", 12),
        ("B02", 13),
        ("B02", 14),
        ("B01", 15),
    ]


def test_lines_are_those_of_the_entries() -> None:
    assert bibtex.parse("\n\n@misc{a, title={x}}\n@misc{b,\n title={y}}\n").lines == (3, 4)
    assert bibtex.parse("\ufeff@misc{a, title={x}}\r\n@misc{b, title={y}}\r\n").lines == (1, 2)


def test_month_of_every_spelling() -> None:
    names = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ]
    for number, name in enumerate(names, 1):
        for text in (name[:3].lower(), f"{{{name}}}", f'"{number}"', f"{number}"):
            reading = bibtex.parse(f"@misc{{k, year = 2020, month = {text}}}")
            assert reading.works[0].issued == PartialDate(2020, number), text


@pytest.mark.parametrize(
    "text",
    ["", "no entries", "@", "@@@{", "@article{", "@article{a", "@string{x", "@article{a, = }", "\x00", "@misc{,}"],
)
def test_any_text_is_read_without_an_exception(text: str) -> None:
    reading = bibtex.parse(text)
    assert len(reading.works) == len(reading.lines)


@pytest.mark.parametrize("piece", ["{", "}", "\\", "@", "@a{", '"', "#", "= ", "@misc{a, b = {", " "])
def test_hostile_runs_take_linear_time(piece: str) -> None:
    assert growth(lambda count: bibtex.parse(piece * count), 600) < LINEAR
    assert growth(lambda count: bibtex.parse("@misc{a, title = {" + piece * count + "}}"), 600) < LINEAR


@pytest.mark.parametrize(
    ("text", "titles", "problems"),
    [
        pytest.param("@misc{a, title = {One}\n author = {Ann Lee}}", ["One"], [("B02", 1)], id="missing-comma"),
        pytest.param("@article{title={No Key}, year=2000}", ["No Key"], [], id="no-key"),
        pytest.param("@article{, title={No Key}}\n@article{, title={Nor This}}", ["No Key", "Nor This"], [], id="empty-keys"),
        pytest.param("@misc{a, title={Closed}, year=2020\n", ["Closed"], [("B02", 1)], id="unclosed-last"),
        pytest.param("@misc{a, title={Open, year=2020\n", [], [("B01", 1)], id="unreadable"),
        pytest.param("@misc{a, title={Un{closed}, year={2020}}\n@misc{b, title={B}}", ["B"], [("B01", 1)], id="brace"),
        pytest.param("@inproceedings{a, title={A}, xdata={x}}\n@xdata{x, year=2018}", ["A"], [], id="xdata"),
        pytest.param("@weird{a, title={A}}", ["A"], [("B02", 1)], id="unknown-type"),
        pytest.param("@misc{a, title={A},\n mystery={x}}\n@misc{b, title={B}, mystery={y}}", ["A", "B"], [], id="unknown-field"),
        pytest.param('@misc{a, title="He said {"}x{"} there"}', ["He said \"x\" there"], [], id="quotes-in-braces"),
    ],
)  # fmt: skip
def test_bib_of_any_quality(text: str, titles: list[str], problems: list[tuple[str, int]]) -> None:
    reading = bibtex.parse(text)
    assert [plain(work.title) for work in reading.works] == titles
    assert [(problem.code, problem.line) for problem in reading.problems] == problems


def test_xdata_is_inherited() -> None:
    (work,) = bibtex.parse("@inproceedings{a, title={A}, xdata={x}}\n@xdata{x, year=2018, booktitle={B}}").works
    assert (work.year, work.container_title) == (2018, "B")


@pytest.mark.parametrize(
    "field",
    [
        "journal = {CoRR}, volume = {abs/2310.03123}",
        "journal = {arXiv preprint}, note = {arXiv:2310.03123}",
        "journal = {arXiv preprint arXiv:2310.03123}",
        "doi = {10.48550/arXiv.2310.03123}",
        "eprint = {2310.03123}, archivePrefix = {arXiv}",
        "url = {https://arxiv.org/abs/2310.03123}",
    ],
    ids=["dblp", "note", "scholar", "doi", "export", "url"],
)
def test_where_people_put_an_arxiv_id(field: str) -> None:
    assert bibtex.parse(f"@article{{a, title={{A}}, {field}}}").works[0].arxiv == "2310.03123"


def test_a_doi_in_a_note_and_links_of_their_own() -> None:
    text = "@misc{a, title={A}, note={doi: 10.1145/3637528.3671865.}, github={https://github.com/a/b}, tags={x, y}}"
    (work,) = bibtex.parse(text).works
    assert (work.DOI, work.topics) == ("10.1145/3637528.3671865", ("x", "y"))
    assert work.links == (Link("code", "https://github.com/a/b"),)


@pytest.mark.parametrize(
    ("value", "journal"),
    [
        ("{\\mnras}", "Monthly Notices of the Royal Astronomical Society"),
        ('"{\\apjl }"', "The Astrophysical Journal Letters"),
        ("{\\nosuch}", "\\nosuch"),
        ("{Proc. \\mnras}", "Proc. \\mnras"),
    ],
)
def test_a_macro_that_is_a_journal_is_read(value: str, journal: str) -> None:
    (work,) = bibtex.parse(f"@article{{a, title={{x}}, journal={value}}}").works
    assert work.container_title == journal


def test_strings_that_double_come_to_an_end_that_is_named() -> None:
    doubled = "".join(f"@string{{t{n + 1} = t{n} # t{n}}}\n" for n in range(40))
    reading = bibtex.parse(f'@string{{t0 = "word "}}\n{doubled}@misc{{a, title = t40, note = t2}}\n')
    (problem,) = (problem for problem in reading.problems if problem.code == "B01")
    assert "1,000,000 characters" in problem.message
    assert len(reading.works[0].title) < 10


def test_a_comment_between_fields_is_one_as_for_biber() -> None:
    text = "@article{a, author = {Dd, E.}, title = {100% of it}, % keep\n journal = {J}, year = 2002,\n volume = 3 % Was: 4\n}\n"
    (work,) = bibtex.parse(text).works
    assert (work.title, work.container_title, work.year, work.volume) == ("100% of it", "J", 2002, "3")


def test_inheritance_goes_to_any_depth_and_a_missing_parent_is_told() -> None:
    text = """
@inproceedings{child, title={Child}, author={Lee, Ann}, crossref={book}}
@proceedings{book, title={The Proceedings}, xdata={shared}, crossref={series}}
@xdata{shared, publisher={Press}, xdata={more}}
@xdata{more, year={2020}}
@book{series, series={The Series}, title={All}}
@misc{orphan, title={Orphan}, crossref={nowhere}}
@misc{one, title={One}, crossref={two}}
@misc{two, title={Two}, crossref={one}}
"""
    reading = bibtex.parse(text)
    child = reading.works[0]
    assert (child.container_title, child.publisher, child.year, child.collection_title) == (
        "The Proceedings",
        "Press",
        2020,
        "The Series",
    )
    assert [(problem.key, problem.field) for problem in reading.problems if problem.severity is Severity.WARNING] == [
        ("orphan", "crossref")
    ]


def test_a_set_is_no_work_and_a_preamble_is_told() -> None:
    reading = bibtex.parse('@preamble{"\\\\newcommand{\\\\x}{y}"}\n@set{s, entryset={a,b}}\n@misc{a, title={A}}\n')
    assert [work.key for work in reading.works] == ["a"]
    assert [problem.line for problem in reading.problems] == [1, 2]


def test_what_is_written_is_read_without_the_splitter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Which is most of the time that reading takes."""
    monkeypatch.setattr("bibtexparser.splitter.Splitter.split", None)
    for form in (bibtex, biblatex):
        assert len(form.parse(form.render([PETALS, KSEED, PREPRINT], ABOUT)).works) == 3


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        (["issue = {Summer}", "number = {3}"], "issue", "3"),
        (["issue = {3}", "number = {}"], "issue", "3"),
        (["journaltitle = {Long Name}", "journal = {Name}"], "container_title", "Name"),
    ],
)
def test_of_two_names_for_a_field_the_order_does_not_decide(
    fields: list[str], field: str, said: str, order: int
) -> None:
    (work,) = bibtex.parse(f"@article{{a, title = {{T}}, {', '.join(fields[::order])}}}").works
    assert getattr(work, field) == said


def test_a_linked_text_keeps_its_address() -> None:
    (work,) = bibtex.parse(r"@misc{a, title = {T}, howpublished = {\href{https://a.org/~b}{Project page}}}").works
    assert (work.medium, work.URL) == ("Project page", "https://a.org/~b")


def test_ranges_in_a_list_of_pages_have_dashes_and_the_site_of_a_page_is_named() -> None:
    paper = Work(key="a", type=ItemType.ARTICLE_JOURNAL, title="T", page=Pages("12-15, 18, 20-22"))
    coded = replace(paper, key="c", page=Pages("A-1-A-8"))
    page = Work(key="b", type=ItemType.WEBPAGE, title="T", container_title="A Blog")
    for form in (bibtex, biblatex):
        text = form.render([paper, coded, page], About(name="x"))
        assert "pages = {12--15, 18, 20--22}" in text
        assert "pages = {A-1-A-8}" in text
        assert "organization = {A Blog}" in text
        read = form.parse(text).works
        assert read[0].page == paper.page
        assert read[2] == form.carry(page)
    assert "howpublished = {Website, A Blog}" in bibtex.render([page], About(name="x"))


@pytest.mark.parametrize("form", [bibtex, biblatex], ids=["bibtex", "biblatex"])
def test_a_family_name_of_several_words_alone_is_written_as_a_whole(form: Format) -> None:
    work = Work(
        key="r", type=ItemType.BOOK, title="Tools", author=(Name("Otter Core Team"), Name("Lee, Ann"), Name("Bo"))
    )
    text = form.render([work], ABOUT)
    assert "author = {{Otter Core Team} and {Lee, Ann} and Bo}" in text
    assert bibtex.parse(text).works[0].author == (Name(literal="Otter Core Team"), Name(literal="Lee, Ann"), Name("Bo"))


@pytest.mark.parametrize("form", [bibtex, biblatex], ids=["bibtex", "biblatex"])
def test_a_name_with_more_commas_than_biber_takes_is_written_as_a_whole(form: Format) -> None:
    names = (Name("Lee, Ann, ROE", "Bo"), Name("Lee, Ann", "Bo", "Jr."), Name("Lee, Ann", "Bo"))
    text = form.render([Work(key="r", type=ItemType.BOOK, title="Tools", author=names)], ABOUT)
    assert "author = {{Lee, Ann, ROE, Bo} and {Lee, Ann, Jr., Bo} and {Lee, Ann}, Bo}" in text
