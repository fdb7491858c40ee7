"""What Zotero reads from the page is what the .json says, work by work."""

from __future__ import annotations

import json
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from fedbib import Collection
from fedbib.formats import SHAPING, csl_json, full_json
from fedbib.formats.base import Shape
from fedbib.model.about import About
from fedbib.model.date import PartialDate
from fedbib.model.name import Name
from fedbib.model.work import ItemType, Link, Work
from fedbib.site.coins import ZOTERO, coins
from fedbib.site.scholar import tags
from fedbib.text.markup import plain
from tests import zotero
from tests.hard import WORKS

OUTPUT = Path(__file__).resolve().parents[2] / "output"
SITE = OUTPUT / "site"
SHIPPED = {item["id"]: item for item in json.loads((OUTPUT / "fedllm.json").read_text("utf-8"))}
TYPES = {str(kind): name for kind, name in ZOTERO.items()}


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_span_s_values_are_quoted_as_in_any_query(text: str) -> None:
    assert coins(Work(publisher=text)) == "&".join(
        [*coins(Work()).split("&"), *(["rft.pub=" + quote_plus(text)] if text else [])]
    )


class _Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))


def spans() -> dict[str, str]:
    """The title of each span of the front page, by the key of the item it stands in."""
    found: dict[str, str] = {}
    key = ""
    for tag, attributes in _Page((SITE / "index.html").read_text("utf-8")).found:
        if tag == "li" and "id" in attributes:
            key = attributes["id"]
        elif attributes.get("class") == "Z3988":
            found[key] = attributes["title"]
    return found


def letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def check(item: zotero.Item, said: Mapping[str, Any], place: bool = True) -> None:
    """Whether Zotero's item says what an item of CSL-JSON does."""
    fields = item.fields
    assert item.type == TYPES[said["type"]]
    # A plus sign is a blank to its reader.
    assert letters(plain(fields["title"])) == letters(plain(said["title"]))
    for name, member in (
        ("publicationTitle", "container-title"), ("volume", "volume"), ("issue", "issue"), ("publisher", "publisher"),
        ("pages", "page"), ("DOI", "DOI"), ("url", "URL"), ("ISBN", "ISBN"), ("ISSN", "ISSN"),
    ):  # fmt: skip
        if name == "publicationTitle" and item.type in ("preprint", "webpage", "document", "dataset"):
            continue
        if name == "publisher" and item.type == "journalArticle":
            continue  # Zotero's has none
        assert fields.get(name, "").replace(" ", "+") == said.get(member, "").replace(" ", "+"), (said["id"], name)
    assert (
        place is False
        or item.type == "journalArticle"
        or fields.get("place", "") == said.get("publisher-place", said.get("event-place", ""))
    )
    year, *rest = said.get("issued", {}).get("date-parts", [[""]])[0]
    assert fields.get("date", "").replace("/", "-").split("-") == [str(year), *(f"{part:02d}" for part in rest)]
    people = [(name.get("family") or name["literal"], name.get("given", "")) for name in said.get("author", ())]
    assert [tuple(map(letters, name)) for name in item.authors] == [tuple(map(letters, name)) for name in people]
    assert "abstractNote" not in fields


def test_every_item_of_the_front_page_is_read_right() -> None:
    found = spans()
    assert found.keys() == SHIPPED.keys()
    for key, title in found.items():
        check(zotero.from_coins(title), SHIPPED[key])


def test_every_page_of_a_paper_is_read_right() -> None:
    for key, said in SHIPPED.items():
        page = _Page((SITE / "works" / f"{key}.html").read_text("utf-8"))
        named = [(attrs["name"], attrs["content"]) for tag, attrs in page.found if tag == "meta" and "name" in attrs]
        check(zotero.from_tags(named), said, place=False)


@pytest.mark.parametrize("kind", ItemType)
def test_every_type_is_told(kind: ItemType) -> None:
    work = full_json.carry(Work(key="a", type=kind, title="T", container_title="C", publisher="P"))
    assert zotero.from_coins(coins(work)).type == ZOTERO[kind]
    assert zotero.from_coins(coins(work)).fields["title"] == "T"
    assert zotero.from_tags(tags(work)).type == ZOTERO[kind]


def test_hard_works_are_read_right() -> None:
    carried = [full_json.carry(work) for work in WORKS]
    items = json.loads(csl_json.render(carried, About()))
    for work, said in zip(carried, items, strict=True):
        read = zotero.from_coins(coins(work))
        assert letters(read.fields["title"]) == letters(plain(said["title"]))
        assert read.fields.get("DOI", "") == said.get("DOI", "")
        assert read.tags == list(work.topics)
        assert len(read.authors) == len(said.get("author", ()))


def test_a_namesake_of_the_first_author_is_not_taken_for_him() -> None:
    people = (Name("Li", "Wei"), Name("Li", "Weijie"), Name(literal="The BigScience Workshop"))
    work = Work(type=ItemType.ARTICLE, title="T", author=people, issued=PartialDate(2024), arxiv="2310.15080")
    read = zotero.from_coins(coins(work))
    assert read.authors == [("Li", "Wei"), ("Li", "Weijie"), ("The BigScience Workshop", "")]
    assert read.fields["DOI"] == "10.48550/arXiv.2310.15080"
    assert read.fields["publisher"] == "arXiv"


# The file for Zotero's import ----------------------------------------------------------------------------------------


def rdf(*works: Work, without: frozenset[str] = frozenset()) -> list[zotero.Item]:
    return [*zotero.from_rdf(SHAPING["zotero-rdf"].shaped(works, About(), Shape(without))).values()]


def test_every_work_is_imported_with_its_type_key_tags_and_links() -> None:
    works = Collection.open(OUTPUT.parent).works
    for work, item in zip(works, rdf(*works), strict=True):
        said = SHIPPED[work.key]
        if item.type == "preprint":
            assert item.fields["archiveID"] == said["number"]
            item.fields["publisher"] = item.fields["repository"]
        check(item, said)
        assert item.fields["extra"].splitlines()[0] == f"Citation Key: {work.key}"
        assert item.tags == [*work.topics, *work.datasets, *work.models]
        assert item.links[-len(work.links) :] == [(link.label, link.url) for link in work.links] or not work.links
        assert "nocase" not in item.fields["title"]


def test_an_import_has_all_that_a_work_says() -> None:
    work = Work(
        key="a",
        type=ItemType.PAPER_CONFERENCE,
        title='<span class="nocase">LLM</span>s: x<sup>2</sup> & <i>more</i> < 5',
        author=(Name("Lee", "Ann", "Jr."), Name(literal="A Team")),
        issued=PartialDate(2024, 7),
        container_title="Proceedings of X",
        event_title="X 2024",
        event_place="Vienna",
        collection_title="PMLR",
        volume="235",
        publisher="ACM",
        arxiv="2310.15080",
        DOI="10.1000/x",
        acl="2024.acl-long.1",
        ISBN="978-0-306-40615-7",
        topics=("LoRA",),
        links=(Link("code", "https://example.org/code"),),
    )
    (item,) = rdf(work)
    assert item.type == "conferencePaper"
    assert item.fields == {
        "title": "LLMs: x<sup>2</sup> & <i>more</i> < 5",
        "date": "2024-07",
        "publicationTitle": "Proceedings of X",
        "conferenceName": "X 2024",
        "series": "PMLR",
        "volume": "235",
        "publisher": "ACM",
        "place": "Vienna",
        "DOI": "10.1000/x",
        "ISBN": "978-0-306-40615-7",
        "url": "https://aclanthology.org/2024.acl-long.1/",
        "callNumber": "arXiv:2310.15080",
        "extra": "Citation Key: a",
    }
    assert item.authors == [("Lee", "Ann, Jr."), ("A Team", "")]
    assert item.links == [("PDF", "https://aclanthology.org/2024.acl-long.1.pdf"), ("code", "https://example.org/code")]
    (less,) = rdf(work, without=frozenset({"doi", "url", "eprint"}))
    assert not {"DOI", "url", "callNumber"} & less.fields.keys()


def test_hard_works_are_imported() -> None:
    assert len(rdf(*WORKS)) == len(WORKS)
    assert rdf() == []


def test_an_import_names_translators_the_authors_of_a_book_and_the_language() -> None:
    work = Work(
        key="a",
        type=ItemType.CHAPTER,
        title="T",
        translator=(Name("Roe", "Tim"),),
        container_author=(Name("Poe", "Ann"),),
        language="de",
    )
    root = fromstring(SHAPING["zotero-rdf"].shaped([work], About(), Shape()))
    spaces = {"z": "http://www.zotero.org/namespaces/export#", "foaf": "http://xmlns.com/foaf/0.1/"}
    for name, family in (("z:translators", "Roe"), ("z:bookAuthors", "Poe")):
        assert [who.text for who in root.findall(f".//{name}//foaf:surname", spaces)] == [family]
    assert root.findtext(".//z:language", "", spaces) == "de"
