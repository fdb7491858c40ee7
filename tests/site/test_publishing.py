"""What a page has once it is known where it is served; and nothing of it before."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date

from defusedxml.ElementTree import fromstring

from fedbib.model.about import About, Published
from fedbib.model.date import PartialDate
from fedbib.model.name import Name
from fedbib.model.work import ItemType, Status, Work
from fedbib.site.entry import Entry
from fedbib.site.publishing import reference
from tests import outputs

ADDRESS = "https://example.org/papers/"
ABOUT = About("fedllm", "FedLLM & <friends>", "Papers.", published=Published(address=ADDRESS))
HOSTILE = "</script><script>alert(1)</script><!--"
WORK = Work(
    key="one",
    type=ItemType.PAPER_CONFERENCE,
    title=HOSTILE,
    author=(Name("Ho", "Ann"), Name(literal="The Group")),
    issued=PartialDate(2024, 7),
    container_title="Proceedings",
    DOI="10.1000/x",
    topics=("LoRA",),
    aliases=("earlier",),
    status=Status.PUBLISHED,
)


def site(about: About) -> dict[str, str]:
    found = outputs.site([Entry(WORK, added=date(2026, 1, 31))], about)
    return {output.path.removeprefix("o/site/"): output.text for output in found}


def test_every_page_says_its_address_and_the_sitemap_has_it() -> None:
    files = site(ABOUT)
    listed = re.findall("<loc>(.*?)</loc>", files["sitemap.xml"])
    assert ADDRESS in listed
    assert len(set(listed)) == len(listed)
    pages = {path for path in files if path.endswith(".html")} - {"404.html", "works/earlier.html"}
    assert {ADDRESS + path.replace("index.html", "") for path in pages} == set(listed)
    for path in pages:
        address = ADDRESS + path.replace("index.html", "")
        assert f'<link rel="canonical" href="{address}">' in files[path]
        assert f'<meta property="og:url" content="{address}">' in files[path]
        assert files[path].count('rel="canonical"') == 1
    assert '<meta property="og:type" content="article">' in files["works/one.html"]
    assert f"Sitemap: {ADDRESS}sitemap.xml\n" in files["robots.txt"]


def test_the_page_for_what_is_not_there_works_at_any_depth() -> None:
    page = site(ABOUT)["404.html"]
    assert set(re.findall(r'(?:href|src)="(?!https:|#)', page)) == set()
    assert f'href="{ADDRESS}site.css"' in page
    assert 'content="noindex"' in page


def test_the_feed_says_where_it_is() -> None:
    links = fromstring(site(ABOUT)["feed.xml"]).findall("{http://www.w3.org/2005/Atom}link")
    assert [(link.get("rel"), link.get("href")) for link in links] == [
        ("self", f"{ADDRESS}feed.xml"),
        ("alternate", ADDRESS),
    ]


def test_a_paper_is_told_in_schema_org_s_words_and_ends_no_script() -> None:
    page = site(ABOUT)["works/one.html"]
    (said,) = re.findall('<script type="application/ld\\+json">(.*?)</script>', page)
    assert json.loads(said) == {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "headline": HOSTILE,
        "author": [{"@type": "Person", "name": "Ann Ho"}, {"@type": "Organization", "name": "The Group"}],
        "datePublished": "2024-07",
        "isPartOf": {"@type": "PublicationIssue", "name": "Proceedings"},
        "keywords": ["LoRA"],
        "url": f"{ADDRESS}works/one.html",
        "sameAs": ["https://doi.org/10.1000/x"],
    }
    assert not re.search("[<>&]", said)


def test_without_an_address_nothing_of_this_is_there() -> None:
    files = site(replace(ABOUT, published=Published()))
    assert not {"sitemap.xml", "robots.txt", "404.html"} & files.keys()
    for path, text in files.items():
        if path.endswith((".html", ".xml")):
            assert (
                not re.search("canonical|og:|ld\\+json|rel=.self", text.replace("earlier.html", ""))
                or "refresh" in text
            )
            assert "example.org" not in text


def test_how_to_cite_the_collection_and_under_what_licence_stands_on_the_front_page() -> None:
    known = Published(ADDRESS, (Name("Ho", "Ann"),), "CC0-1.0", "10.5281/zenodo.1", "https://example.org/source", "1.2")
    said, bibtex = reference(replace(ABOUT, published=known), 2026)
    assert said == "Ann Ho. FedLLM & <friends>. Version 1.2. 2026. https://doi.org/10.5281/zenodo.1"
    assert "10.5281/zenodo.1" in bibtex
    assert bibtex.startswith("@misc{fedllm,")
    page = site(replace(ABOUT, published=known))["index.html"]
    assert "FedLLM &amp; &lt;friends&gt;. Version 1.2. 2026. https://doi.org/10.5281/zenodo.1" in page
    assert 'href="https://spdx.org/licenses/CC0-1.0.html"' in page
    assert 'href="https://example.org/source"' in page
    assert '<time datetime="2026-01-31">' in page
    assert "How to cite" not in site(ABOUT)["index.html"]
