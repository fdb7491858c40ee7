"""The page as files: what is in it, inert, complete and the same on every machine."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from html.parser import HTMLParser
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings
from hypothesis import strategies as st

from fedbib.build.piece import FILES
from fedbib.disk import inside
from fedbib.errors import BadFile
from fedbib.formats import FORMATS, frames
from fedbib.formats.readme import document
from fedbib.model.about import About, Published
from fedbib.model.claim import IMPORT, Claim, Hints
from fedbib.model.date import PartialDate
from fedbib.model.finding import Code, Finding, Grade
from fedbib.model.identifier import KNOWN, Identifier, Scheme
from fedbib.model.name import Name
from fedbib.model.pages import Pages
from fedbib.model.record import Record
from fedbib.model.work import ItemType, Link, Status, Work
from fedbib.settle import Reason, Voice, settle_and_explain
from fedbib.site import LISTED, TEMPLATES, drawing, part, templates_of
from fedbib.site.drawing import Drawing
from fedbib.site.entry import Entry, entry
from fedbib.site.facets import Group, page, slug
from fedbib.site.feed import NEWEST, News, feed, newest, of_entry
from fedbib.site.papers import Papers, Told
from fedbib.site.part import LISTED as PLACES
from fedbib.site.pictures import pictures
from fedbib.site.scholar import tags
from fedbib.site.shipped import Shipped, default
from tests import outputs
from tests.madeup.registered import registered
from tests.property.strategies import works
from tests.rules import RULES
from tests.thorough import examples

ABOUT = About("fedllm", "FedLLM & <friends>", "Papers.")
SHIPPED = templates_of({}, 1)
SANDBOXED = templates_of({"work.html": default("work.html")}, 100_000)
HOSTILE = '</script><img src=x onerror="alert(1)">'
PETALS = Work(
    key="borzunov2023petals",
    type=ItemType.PAPER_CONFERENCE,
    title='Petals of <span class="nocase">LLM</span>s and <i>more</i> & co',
    author=(Name("Borzunov", "Alexander"), Name(literal="BigScience Workshop")),
    issued=PartialDate(2023, 7),
    container_title="Proceedings of ACL",
    container_title_short="ACL",
    page=Pages("558", "568"),
    DOI="10.18653/v1/2023.acl-demo.54",
    acl="2023.acl-demo.54",
    arxiv="2209.01188",
    status=Status.PUBLISHED,
    topics=("framework",),
    datasets=("Synthetic",),
    models=("BLOOM",),
    links=(Link("code", "https://github.com/bigscience-workshop/petals"),),
    aliases=("petals",),
)
PREPRINT = Work(
    key="che2023federated",
    type=ItemType.ARTICLE,
    title="Federated Learning",
    author=(Name("Che", "Tianshi"),),
    issued=PartialDate(2023, 10),
    arxiv="2310.15080",
    status=Status.WITHDRAWN,
)
ENTRIES = (
    Entry(PETALS, titles=("An Earlier Title",), added=date(2026, 1, 31), published=date(2026, 2, 1)),
    Entry(PREPRINT, added=date(2026, 1, 30)),
)


@pytest.fixture(autouse=True)
def _registered() -> Iterator[None]:
    """Some works have an identifier of a scheme that `Work` has no field for."""
    with registered():
        yield


def site(*entries: Entry, look: dict[str, str] | None = None, about: About = ABOUT) -> dict[str, str]:
    """The files of the page by path."""
    return {output.path: output.text for output in outputs.site(entries, about, look=look)}


class Remembering(dict[bytes, bytes]):
    """What past runs kept."""

    find = dict.get
    keep = dict.__setitem__


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def read(html: str) -> _Tags:
    parser = _Tags()
    parser.feed(html)
    parser.close()
    return parser


def data(files: dict[str, str]) -> dict[str, Any]:
    """What data.js holds."""
    text = files["o/site/data.js"]
    head = re.search(r"\.\.\.(\{.*\}),$", text, re.MULTILINE)
    rest = text[text.index('"dates"') : text.rindex("}")]
    assert head
    found: dict[str, Any] = json.loads(head[1]) | json.loads("{" + rest + "}")
    return found


def test_every_work_has_a_page_and_every_alias_leads_to_it() -> None:
    files = site(*ENTRIES)
    page = files["o/site/works/borzunov2023petals.html"]
    assert "<i>more</i> &amp; co</h1>" in page
    assert "An Earlier Title" in page
    assert "https://github.com/bigscience-workshop/petals" in page
    assert 'url=borzunov2023petals.html"' in files["o/site/works/petals.html"]
    assert "withdrawn" in files["o/site/works/che2023federated.html"]


def test_the_front_page_is_complete_without_javascript() -> None:
    parsed = read(site(*ENTRIES)["o/site/index.html"])
    assert [attrs["id"] for tag, attrs in parsed.found if tag == "li" and "id" in attrs] == [
        "borzunov2023petals", "che2023federated"
    ]  # fmt: skip
    for shown in ("Petals of LLMs and more & co", "BigScience Workshop", "ACL 2023", "framework", "withdrawn", "code"):
        assert shown in parsed.text


def test_of_many_works_each_year_has_a_page() -> None:
    entries = [
        Entry(Work(key=f"k{number}", title=f"T {number}", issued=PartialDate(2000 + number % 3)))
        for number in range(LISTED + 1)
    ]
    files = site(*entries)
    listed = [
        attrs["id"]
        for year in ("2000", "2001", "2002")
        for tag, attrs in read(files[f"o/site/years/{year}.html"]).found
        if tag == "li"
    ]
    assert sorted(filter(None, listed)) == sorted(entry.work.key for entry in entries)
    assert files["o/site/index.html"].count("<li id=") < LISTED
    assert 'href="years/2002.html"' in files["o/site/index.html"]


def test_topics_venues_data_sets_models_and_authors_have_pages() -> None:
    files = site(*ENTRIES)
    for path in ("topics/framework", "venues/acl", "datasets/synthetic", "models/bloom"):
        page = read(files[f"o/site/{path}.html"])
        assert "Petals of LLMs and more & co" in page.text
        assert ("a", {"href": "../works/borzunov2023petals.html"}) in page.found
        kind = path.partition("/")[0]
        assert ("a", {"href": f"{path}.html"}) in read(files[f"o/site/{kind}.html"]).found
    assert ("section", {"class": "author", "id": "alexander-borzunov"}) in read(files["o/site/authors/b.html"]).found
    assert '<a href="../authors/b.html#alexander-borzunov">' in files["o/site/works/borzunov2023petals.html"]


@cache
def ours() -> set[str]:
    return {tag for html in site(*ENTRIES).values() for tag, _ in read(html).found}


@given(st.lists(works(), max_size=3))
@settings(max_examples=examples(40), deadline=None)
def test_every_link_leads_somewhere_and_text_from_records_is_inert(found: list[Work]) -> None:
    """To a file of the page, and to a place in it where it names one.

    No tag, attribute or address of a page comes from a record, whatever its texts are.
    """
    known = ours() | {"b", "i", "sub", "sup", "strong", "small", "br"}
    entries = [Entry(replace(work, key=f"k{number}", aliases=())) for number, work in enumerate(found)]
    files = site(*entries)
    parsed = {path: read(text) for path, text in files.items() if path.endswith(".html")}
    for path, parser in parsed.items():
        for tag, attrs in parser.found:
            assert tag in known
            assert "onerror" not in attrs
            assert not re.match(r"\s*(?:javascript|data|vbscript):", attrs.get("href") or "", re.IGNORECASE)
            at = attrs.get("href") or attrs.get("src") or ""
            if tag in ("a", "link", "script", "img") and not re.match("https?:", at):
                to, _, place = at.partition("#")
                target = posixpath.normpath(posixpath.join(posixpath.dirname(path), to)) if to else path
                assert target in files, (path, at)
                if place and "=" not in place:
                    assert place in {attrs.get("id") for _, attrs in parsed[target].found}, (path, at)


@pytest.mark.parametrize(
    ("values", "together"),
    [
        (("LoRA", "lora"), True),
        (("LLaMA-2-7B", "LLaMA 2 7B"), True),
        (("José Díaz", "Jose Diaz"), True),
        (("C", "C++"), False),
        (("C++", "C#"), False),
        (("BERT*", "BERT"), False),
        (("x" * 100 + "y", "x" * 100 + "z"), False),
        (("☃", "☂"), False),
    ],
)
def test_spellings_of_one_value_have_one_page(values: tuple[str, str], together: bool) -> None:
    one, other = map(slug, values)
    assert (one == other) is together


@given(st.text(max_size=200))
def test_a_page_can_be_a_file_everywhere(value: str) -> None:
    assert re.fullmatch("[a-z0-9][a-z0-9-]{0,100}", slug(value))
    assert not inside.is_device(slug(value))
    inside.names(page("topics", value))


def test_pages_speak_to_their_own_folder_only() -> None:
    """No request leaves it: what a browser fetches by itself is relative, and the policy allows nothing else."""
    for path, text in site(*ENTRIES).items():
        if not path.endswith(".html"):
            continue
        parsed = read(text)
        policy = next(attrs for tag, attrs in parsed.found if attrs.get("http-equiv") == "Content-Security-Policy")
        assert policy["content"] == (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"
        )
        for tag, attrs in parsed.found:
            assert not {name for name in attrs if name.startswith("on") or name == "style"}
            if tag in ("script", "img", "link"):
                assert not re.match(r"[a-z]+:|//", attrs.get("src") or attrs.get("href") or "")
            assert tag != "style"
            assert tag != "script" or attrs.get("src")


def test_hostile_text_in_the_data_stays_text() -> None:
    hostile = Work(key="k", title=HOSTILE, author=(Name(literal=HOSTILE),), topics=(HOSTILE,), container_title=HOSTILE)
    files = site(Entry(hostile, titles=(HOSTILE,)))
    (work,) = data(files)["works"]
    assert work["topics"] == [HOSTILE]
    assert read(files["o/site/works/k.html"]).text.count(HOSTILE) >= 4
    assert "<img src=x" not in files["o/site/index.html"] + files["o/site/works/k.html"]


def test_the_data_is_that_of_the_complete_json() -> None:
    files = site(*ENTRIES)
    assert data(files)["works"] == json.loads(files["o/site/fedllm.full.json"])["works"]
    assert data(files)["dates"] == [["2026-01-31", "2026-02-01"], ["2026-01-30", ""]]
    for scheme in KNOWN:
        assert data(files)["urls"][scheme].replace("{}", "v1/x") == Identifier(scheme, "v1/x").url


@given(st.lists(works(), max_size=4))
@settings(max_examples=60, deadline=None)
def test_pieces_put_together_are_the_file(found: list[Work]) -> None:
    """So what was known to read back of each reads back of them all."""
    for name in FILES:
        pieces = [frames.piece(name, work, ABOUT).encode() for work in found]
        for chosen in (slice(None), slice(1), slice(1, None)):
            text = frames.file(name, pieces[chosen], ABOUT).decode()
            assert text == FORMATS[name].render(found[chosen], ABOUT)
            if text.strip():
                assert FORMATS[name].parse(text).works == tuple(map(FORMATS[name].carry, found[chosen]))


@given(st.lists(works(), max_size=4))
@settings(max_examples=60, deadline=None)
def test_bullets_put_together_are_the_list(found: list[Work]) -> None:
    parts = [document.part(work, ABOUT) for work in found]
    text = document.together(parts, ABOUT)
    assert text == document.render(found, ABOUT)
    alone = {work for part in parts for work in document.parse(part.lines).works}
    assert alone == set(document.parse(text).works)


def test_what_is_known_of_lists_is_what_templates_draw() -> None:
    """`each` gives what it was told of papers, so that has to be what the macro makes in every page."""
    draw = templates_of({}, 2)
    for macro, up, people in PLACES:
        call = f"{macro}(work, up{'' if people else ', people=false'})"
        head = f'{{% from "item.html" import {macro} with context %}}'
        source = f"{head}{{% for work in works %}}{{{{ {call} }}}}{{% endfor %}}"
        page = templates_of({"year.html": source}, 2)
        values = {"up": up, "works": [PETALS, PREPRINT], "about": ABOUT, "nav": (), "year": "2023"}
        told = "".join(draw.item((macro, up, people), work)[0] for work in (PETALS, PREPRINT))
        assert page("year.html", **values) == told


@pytest.mark.parametrize("look", [{}, {"year.html": "{% for one in listed %}{{ one.tldr }}{% endfor %}"}])
def test_a_list_is_drawn_again_when_what_it_shows_of_a_paper_changed(look: dict[str, str]) -> None:
    """Those of ours are known by the lines that papers have there; a template of somebody else may read anything."""
    memory, there = Remembering(), dict[str, str]()

    def drawn(work: Work) -> set[str]:
        """The pages that are not on disk as they were drawn before."""
        whole = outputs.whole([Entry(work)], ABOUT, look)
        draw = Drawing(
            whole.parts(), whole.beside, look, lambda: templates_of(look, 1), memory, lambda at: there.get(at, "")
        )
        papers = Papers([work.key], whole.source.work)
        group = Group("a", "topics/a.html", ("a",), papers)
        said: dict[str, dict[str, object]] = {
            "years/2023.html": {"listed": papers, "year": "2023"},
            "topics/a.html": {"group": group, "kind": "topics"},
        }
        made = [
            draw(name, **part.usual(path, name, ABOUT, ()), **shown, title="Topics", facet="topic")
            for (path, shown), name in zip(said.items(), ("year.html", "group.html"), strict=True)
        ]
        there.update((one.path, one.checksum) for one in made)
        return {one.path for one in made if one.content is not None}

    work = Work(key="k", title="T")
    assert len(drawn(work)) == 2
    assert not drawn(work)
    assert drawn(replace(work, tldr="said")) == {"years/2023.html", *(["topics/a.html"] if look else [])}
    assert len(drawn(replace(work, title="Another"))) == 2


@pytest.mark.parametrize("template", drawing._SHOWS)
def test_our_lists_show_papers_in_the_known_ways_and_ask_for_no_work(template: str) -> None:
    """They are known by the lines that papers have there, so they must tell nothing else of them."""

    def refuse(key: str) -> Work:
        raise AssertionError(key)

    draw = templates_of({}, 1)
    for way in (*PLACES, ("item", "", True)):
        draw.learn(way, lambda: {"k": (b"<li>known</li>", 0)})
    papers = Papers(["k"], refuse)
    group = Group("a", "topics/a.html", ("A",), papers)
    shown: dict[str, object] = {"title": "T", "facet": "topic", "kind": "topics", "groups": [group], "group": group}
    shown |= {"year": "2023", "listed": papers, "letter": "a", "letters": ["a"], "frequent": [group]}
    shown |= {"works": papers, "years": [], "updated": None, "files": [], "own": ("", "")}
    text = draw(template, **part.usual("topics/a.html", template, ABOUT, ()), **shown)
    assert ("known" in text) == (template != "kind.html")


@settings(max_examples=examples(100), deadline=None)
@given(works())
def test_a_paper_on_the_front_page_is_the_one_in_other_lists_but_for_its_links(work: Work) -> None:
    there, here = (SHIPPED.item(("item", up, True), work)[0] for up in ("../", ""))
    assert there.replace('href="../', 'href="') == here


def test_shipped_templates_draw_the_same_in_the_sandbox_and_outside() -> None:
    about = replace(ABOUT, published=Published("https://example.org/"), abstracts=True)
    told = [replace(one, added=date(2026, 1, 31), abstract=HOSTILE) for one in ENTRIES]
    assert site(*told, about=about) == site(*told, about=about, look={"work.html": default("work.html")})


@settings(max_examples=examples(100), deadline=None)
@given(works())
def test_any_paper_is_drawn_the_same_in_the_sandbox_and_outside(work: Work) -> None:
    voices = (Voice("acl", work.title, HOSTILE), Voice(IMPORT, work.author, HOSTILE))
    told = Entry(work, (Reason("title", voices[0], voices),), (HOSTILE,), work.ids, date(2026, 1, 31))
    told = replace(told, reference=f"{work.title}. <i>{work.publisher}</i>")
    pieces = dict.fromkeys(part.SCRIPTED, HOSTILE.encode())
    inside, outside = (part.part(told, ABOUT, (("index", "<A>"),), draw, pieces) for draw in (SANDBOXED, SHIPPED))
    assert outside[1] == inside[1]
    assert outside[0].sheets == inside[0].sheets


@pytest.mark.parametrize("name", TEMPLATES)
def test_one_template_of_a_collection_has_all_drawn_in_the_sandbox(name: str) -> None:
    draw = templates_of({name: "{{ about.sections.count }}", "site.css": ""}, 1)
    assert not isinstance(draw, Shipped)
    with pytest.raises(BadFile, match="may not use 'count'"):
        draw(name, about=ABOUT)
    assert isinstance(templates_of({"site.css": "{{ about }}"}, 1), Shipped)


def test_a_template_of_the_collection_s_own() -> None:
    files = site(*ENTRIES, look={"work.html": "{{ entry.work.key }}!", "site.css": "body { color: red }\n"})
    assert files["o/site/works/che2023federated.html"] == "che2023federated!\n"
    assert files["o/site/site.css"] == "body { color: red }\n"
    with pytest.raises(BadFile, match="unknown tag 'nonsense'") as caught:
        site(*ENTRIES, look={"work.html": "\n{% nonsense"})
    assert (caught.value.where, caught.value.line) == ("work.html", 2)
    with pytest.raises(BadFile, match="'nonsense' is undefined"):
        site(*ENTRIES, look={"work.html": "{{ nonsense }}"})


def test_an_abstract_is_shown_where_it_is_asked_for_and_told() -> None:
    told = Entry(PETALS, abstract=f"We show. {HOSTILE}")
    shown = site(told, about=replace(ABOUT, abstracts=True))["o/site/works/borzunov2023petals.html"]
    assert f"We show. {HOSTILE}" in read(shown).text
    assert "public domain (CC0)" in shown
    for files in (site(told), site(Entry(PETALS), about=replace(ABOUT, abstracts=True))):
        assert "Abstract" not in files["o/site/works/borzunov2023petals.html"]


# What only a record knows ---------------------------------------------------------------------------------------------


def test_an_entry_knows_other_titles_versions_and_dates() -> None:
    doi = Identifier(Scheme.DOI, "10.18653/v1/2023.acl-demo.54")
    claims = (
        Claim(
            "arxiv",
            Work(type=ItemType.ARTICLE, title="An Earlier Title", arxiv="2209.01188"),
            hints=Hints(abstract="We show."),
        ),
        Claim(
            "crossref",
            Work(type=ItemType.PAPER_CONFERENCE, title="Petals: Swarm Inference", DOI=doi.value, openreview="abc"),
            doi,
            since=date(2026, 2, 1),
        ),
        Claim(
            "import",
            Work(title="Another Paper"),
            origin="a.md",
            doubt=Finding.of(Code.EARLIER, Grade.FAIL, text="another title"),
        ),
    )
    record = Record("k", claims=claims, added=date(2026, 1, 31))
    work, reasons = settle_and_explain(record, RULES)
    found = entry(record, work, reasons())
    assert found.titles == ("An Earlier Title",)
    assert found.abstract == "We show."
    assert (found.added, found.published) == (date(2026, 1, 31), date(2026, 2, 1))
    assert {reason.field for reason in found.reasons} >= {"title", "DOI", "type"}
    assert found.versions == ()


# Tags for Google Scholar and Zotero -----------------------------------------------------------------------------------


def test_citation_tags() -> None:
    assert list(tags(PETALS)) == [
        ("citation_title", "Petals of LLMs and more & co"),
        ("citation_author", "Borzunov, Alexander"),
        ("citation_author", "BigScience Workshop"),
        ("citation_publication_date", "2023/07"),
        ("citation_inbook_title", "Proceedings of ACL"),
        ("citation_conference_title", "Proceedings of ACL"),
        ("citation_firstpage", "558"),
        ("citation_lastpage", "568"),
        ("citation_doi", "10.18653/v1/2023.acl-demo.54"),
        ("citation_arxiv_id", "2209.01188"),
        ("citation_public_url", "https://aclanthology.org/2023.acl-demo.54/"),
        ("citation_pdf_url", "https://aclanthology.org/2023.acl-demo.54.pdf"),
        ("citation_keywords", "framework"),
    ]
    html = site(*ENTRIES)["o/site/works/borzunov2023petals.html"]
    written = [
        (attrs["name"], attrs["content"]) for tag, attrs in read(html).found if tag == "meta" and "name" in attrs
    ]
    assert [pair for pair in written if str(pair[0]).startswith("citation_")] == list(tags(PETALS))


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (ItemType.ARTICLE_JOURNAL, "citation_journal_title"),
        (ItemType.CHAPTER, "citation_inbook_title"),
        (ItemType.THESIS, "citation_dissertation_institution"),
        (ItemType.REPORT, "citation_technical_report_institution"),
        (ItemType.BOOK, "citation_publisher"),
    ],
)
def test_citation_tags_by_type(kind: ItemType, name: str) -> None:
    found = dict(tags(Work(type=kind, title="T", container_title="Where", publisher="Who")))
    assert found[name] == ("Where" if name.endswith("title") else "Who")


# News -----------------------------------------------------------------------------------------------------------------

ATOM = "{http://www.w3.org/2005/Atom}"


def told(root: Element) -> list[tuple[str | None, str | None]]:
    return [(item.findtext(f"{ATOM}updated"), item.findtext(f"{ATOM}title")) for item in root.findall(f"{ATOM}entry")]


def fed(*entries: Entry) -> str:
    news = newest([one for entry in entries for one in of_entry(entry)])[:NEWEST]
    works = {entry.work.key: entry.work for entry in entries}
    return feed(news, [works[one.key] for one in news], ABOUT)


def test_the_feed_tells_what_came_in_and_what_was_published() -> None:
    root = fromstring(fed(*ENTRIES))
    assert told(root) == [
        ("2026-02-01T00:00:00Z", "Published: Petals of LLMs and more & co"),
        ("2026-01-31T00:00:00Z", "Petals of LLMs and more & co"),
        ("2026-01-30T00:00:00Z", "Federated Learning"),
    ]
    assert root.findtext(f"{ATOM}updated") == "2026-02-01T00:00:00Z"
    ids = [found.text for found in root.iter(f"{ATOM}id")]
    assert len(set(ids)) == len(ids) == 4
    for item in root.findall(f"{ATOM}entry"):
        assert item.find(f"{ATOM}author") is not None
        link = item.find(f"{ATOM}link")
        assert link is not None
        assert link.get("href", "").startswith("https://")


def test_what_a_page_tells_of_many_papers_is_had_together() -> None:
    """Setting the reference of one takes as long as those of fifty."""
    asked: list[Sequence[str]] = []

    def entries(keys: Sequence[str]) -> Sequence[Entry]:
        asked.append(keys)
        return [Entry(Work(key=key)) for key in keys]

    days = Told([News(date(2026, 1, 1), "added", key) for key in "aba"], entries)
    assert [entry.work.key for _, _, entry in days] == list("aba")
    assert asked == [list("aba")]
    assert days[1][2].work.key == "b"
    assert [entry.work.key for _, _, entry in days[1:]] == list("ba")


def test_the_feed_holds_the_newest_and_no_day_of_today() -> None:
    many = [Entry(Work(key=f"k{number}"), added=date(2026, 1, 1 + number % 28)) for number in range(NEWEST * 2)]
    days = [day for day, _ in told(fromstring(fed(*many)))]
    assert len(days) == NEWEST
    assert days == sorted(days, key=str, reverse=True)
    empty = fromstring(fed(Entry(PETALS)))
    assert (told(empty), empty.findtext(f"{ATOM}updated")) == ([], "1970-01-01T00:00:00Z")


# Pictures -------------------------------------------------------------------------------------------------------------


def test_pictures_are_svg_with_words_and_numbers() -> None:
    drawn = {picture.name: picture for picture in pictures([PETALS, PREPRINT])}
    assert set(drawn) == {"topics", "published", "venues", "datasets", "models"}
    assert drawn["published"].rows == (
        ("published the same year", (0, 0)),
        ("published the year after", (1, 0)),
        ("published later", (0, 0)),
        ("not published yet", (0, 1)),
    )
    assert drawn["venues"].rows == (("ACL", (1,)),)
    assert drawn["topics"].alternative == "Papers per year by topic: framework 1"
    for picture in drawn.values():
        root = fromstring(picture.svg)
        assert root.get("role") == "img"
        assert [child.tag.rpartition("}")[2] for child in root][:2] == ["title", "desc"]
        assert not list(root.iter("{http://www.w3.org/2000/svg}script"))
        assert "http" not in re.sub(r'xmlns(:\w+)?="[^"]*"', "", picture.svg)


def test_pictures_are_the_same_every_time_and_hold_hostile_names() -> None:
    hostile = [Work(key="k", topics=(HOSTILE,), datasets=("]]>",), issued=PartialDate(2024), models=("&amp;",))]
    first, again = list(pictures(hostile)), list(pictures(hostile))
    assert first == again
    for picture in first:
        fromstring(picture.svg)
    assert list(pictures([])) == []
