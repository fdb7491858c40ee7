"""Listings in the forms in which arXiv gives them; bodies made here."""

from __future__ import annotations

import json
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.listed import Listed
from fedbib.sources import SOURCES, answers
from fedbib.sources.arxiv_listing import listed, page, request
from fedbib.sources.base import Wanted

BASES = {"api": "https://export.arxiv.org/api"}
WANTED = Wanted(date(2026, 11, 2), date(2026, 11, 9), ("federated", "split learning"), ("cs.CL", "eess.IV"))
FEED = """<?xml version='1.0'?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom"
 xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/"><opensearch:totalResults>{total}</opensearch:totalResults>{entries}</feed>"""
ENTRY = """<entry><id>http://arxiv.org/abs/2511.0000{n}v2</id><title>A Title
  in M\\"unchen</title><summary>  What it
 says.</summary><published>2026-11-02T10:00:00Z</published><updated>2026-11-05T10:00:00Z</updated>
<author><name>Ann Ho</name></author><author><name>Bo Li</name></author><arxiv:comment>9 pages</arxiv:comment>
<category term="cs.LG"/><category term="cs.CL"/><arxiv:primary_category term="cs.CL"/></entry>"""
PAPER = Listed(
    Identifier(Scheme.ARXIV, "2511.00001"),
    "A Title in München",
    ("Ann Ho", "Bo Li"),
    "What it says.",
    date(2026, 11, 2),
    ("cs.CL", "cs.LG"),
    "9 pages",
)
LINE = {
    "id": "2511.00001v1", "day": "2026-11-02", "title": "A Title in M\\\"unchen", "authors": ["Ann Ho", "Bo Li"],
    "abstract": "What it says.", "categories": ["cs.CL", "cs.LG"], "comment": "9 pages",
}  # fmt: skip
OAI = """<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords><record><header/><metadata>{form}</metadata></record>
<record><header status="deleted"/></record></ListRecords></OAI-PMH>"""
FORMS = {
    "arXiv": """<arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>2511.00001</id><created>2026-11-02</created><authors>
<author><keyname>Ho</keyname><forenames>Ann</forenames></author><author><keyname>Li</keyname><forenames>Bo</forenames></author></authors>
<title>A Title in München</title><categories>cs.CL cs.LG</categories><comments>9 pages</comments><abstract> What it says.
</abstract></arXiv>""",
    "arXivRaw": """<arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/"><id>2511.00001</id><version version="v1">
<date>Mon, 2 Nov 2026 10:00:00 GMT</date></version><version version="v2"><date>Thu, 5 Nov 2026 10:00:00 GMT</date></version>
<title>A Title in München</title><authors>Ann Ho and Bo Li</authors><categories>cs.CL cs.LG</categories><comments>9 pages</comments>
<abstract>What it says.</abstract></arXivRaw>""",
}


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(FEED.format(total=1, entries=ENTRY.format(n=1)), id="Atom"),
        pytest.param(f"\n{json.dumps(LINE)}\n\n".lstrip(), id="lines of JSON"),
        *(pytest.param(OAI.format(form=form), id=f"OAI-PMH {name}") for name, form in FORMS.items()),
    ],
)
def test_one_paper_in_every_form(content: str) -> None:
    assert list(listed(content.encode())) == [PAPER]


def test_dublin_core_has_no_categories() -> None:
    form = """<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title>A Title in München</dc:title><dc:creator>Ann Ho</dc:creator><dc:creator>Bo Li</dc:creator><dc:description>What it says.
</dc:description><dc:date>2026-11-02</dc:date><dc:identifier>http://arxiv.org/abs/2511.00001</dc:identifier></oai_dc:dc>"""
    assert list(listed(OAI.format(form=form).encode())) == [
        Listed(PAPER.id, PAPER.title, PAPER.authors, PAPER.abstract, PAPER.day)
    ]


def test_a_line_without_id_or_title_is_left_out() -> None:
    lines = "\n".join(json.dumps(LINE | more) for more in ({"id": "x"}, {"title": ""}, {"day": None, "authors": None}))
    assert [(paper.id, paper.day, paper.authors) for paper in listed(lines.encode())] == [(PAPER.id, None, ())]


@pytest.mark.parametrize(
    "content", [b"<html/>", b"no", b"{", b"{}\n[", b"<!DOCTYPE x [<!ENTITY a 'b'>]><feed/>", b"\xff{"]
)
def test_what_is_no_listing_is_refused(content: bytes) -> None:
    with pytest.raises(answers.Wrong):
        list(listed(content))


def test_a_page_is_asked_by_categories_words_and_whole_days() -> None:
    asked = request(WANTED, BASES, "200")
    assert asked is not None
    query = parse_qs(urlsplit(asked.url).query)
    words = '(cat:cs.CL OR cat:eess.IV) AND (all:"federated" OR all:"split learning")'
    assert query["search_query"] == [f"{words} AND submittedDate:[202611020000 TO 202611090000]"]
    assert (query["start"], query["max_results"], query["sortOrder"]) == (["200"], ["100"], ["descending"])
    bare = request(Wanted(WANTED.since, WANTED.until), BASES, "")
    assert bare is not None
    assert "search_query=submittedDate" in bare.url


def test_nothing_is_asked_for_a_span_without_a_day_or_beyond_what_is_given() -> None:
    assert request(Wanted(WANTED.until, WANTED.until), BASES, "") is None
    assert request(WANTED, BASES, "30000") is None


def test_a_page_tells_where_it_goes_on() -> None:
    entries = ENTRY.format(n=1) + ENTRY.format(n=2)
    assert page(FEED.format(total=3, entries=entries).encode(), WANTED, "").next == "2"
    assert page(FEED.format(total=3, entries=ENTRY.format(n=3)).encode(), WANTED, "2").next == ""


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(FEED.format(total=3, entries=""), id="an empty page before the end"),
        pytest.param("<feed xmlns='http://www.w3.org/2005/Atom'/>", id="a feed without a count"),
        pytest.param(
            FEED.format(total=1, entries=ENTRY.format(n=1).replace("abs/2511.00001v2", "api/errors#x")), id="an error"
        ),
    ],
)
def test_nothing_is_concluded_from_a_page_that_is_none(content: str) -> None:
    with pytest.raises(answers.Wrong):
        page(content.encode(), WANTED, "")


def test_the_descriptor_of_the_source_has_it() -> None:
    news = SOURCES["arxiv"].news
    assert news is not None
    assert news.listed is listed
