"""Other programs read the .bib as the .json says it, item by item, and none of them complains."""

from __future__ import annotations

import json
import re
import unicodedata
import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from bibtexparser import entrypoint
from defusedxml import ElementTree
from pybtex import errors as pybtex_errors
from pybtex.database import parse_string

from fedbib.collection import Collection
from fedbib.formats import FORMATS
from fedbib.ids.landing import landing
from fedbib.model.about import About, Section
from fedbib.model.work import Work
from fedbib.text.markup import plain
from tests.engines import need, node, run
from tests.hard import OTHER_SCRIPTS, WORKS

pytestmark = pytest.mark.engine

ROOT = Path(__file__).resolve().parents[1]
FORMS = ("bibtex", "biblatex")
HARD = WORKS + OTHER_SCRIPTS
ABOUT = About(title="Tests")

CITATION_JS = """
const {Cite} = require("@citation-js/core")
require("@citation-js/plugin-bibtex")
const text = require("fs").readFileSync(0, "utf8")
console.log(JSON.stringify(new Cite(text, {forceType: "@FORM/text", generateGraph: false}).data))
"""
BIBTEX_TIDY = """
const tidied = require("bibtex-tidy").tidy(require("fs").readFileSync(0, "utf8"), {duplicates: ["key", "doi"]})
console.log(JSON.stringify({count: tidied.count, warnings: tidied.warnings}))
"""


@pytest.fixture(params=["shipped", "hard"])
def works(request: pytest.FixtureRequest) -> Sequence[Work]:
    return Collection.open(ROOT).works if request.param == "shipped" else HARD


@pytest.fixture(params=FORMS)
def form(request: pytest.FixtureRequest) -> str:
    return str(request.param)


# Item by item -----------------------------------------------------------------------------------------------------

Item = Mapping[str, Any]


def pandoc(bib: str, form: str) -> Sequence[Item]:
    out, complaints = run([need("pandoc"), "-f", form, "-t", "csljson"], bib)
    assert complaints == ""
    found: Sequence[Item] = json.loads(out)
    return found


def citation_js(bib: str, form: str) -> Sequence[Item]:
    script = CITATION_JS.replace("FORM", form)
    found: Sequence[Item] = json.loads(node(script, bib, "@citation-js/core", "@citation-js/plugin-bibtex"))
    return found


READERS: Mapping[str, Callable[[str, str], Sequence[Item]]] = {"pandoc": pandoc, "citation-js": citation_js}

# In BibTeX a preprint is an @misc, which says nothing of what it is, for biblatex an @report.
PREPRINT_TYPES = frozenset({"", "article", "document", "report"})
GREEK = {
    "\\alpha": "α",
    "\\gamma": "γ",
    "\\ell": "ℓ",
    "\\leq": "≤",
    "\\lambda": "λ",
    "\\eta": "η",
    "\\nu": "ν",
    "\\iota": "ι",
    "\\kappa": "κ",
}
# What the two readers do not know: the names of signs, and braces and `\symbol` in a name.
NOT_READ = {("muller2022uber", "title"), ("attack2021text", "author")}


def words(text: str) -> str:
    """The letters and digits: readers have their own quotes, dashes, sentence case and ways to write mathematics."""
    for macro, letter in GREEK.items():
        text = re.sub(rf"(?i){re.escape(macro)}(?![a-z])", letter, text)
    text = unicodedata.normalize("NFKC", re.sub(r"</?(?:i|b|sub|sup|span)[^>]*>", "", text)).casefold()
    return re.sub(r"[\W_]", "", text)


def person(name: Item) -> tuple[str, str, str]:
    family = [name.get(part, "") for part in ("dropping-particle", "non-dropping-particle", "family", "literal")]
    return (words("".join(family)), words(name.get("given", "")), words(name.get("suffix", "")))


def view(item: Item) -> dict[str, object]:
    """What has to agree."""
    return {
        "title": words(item.get("title", "")),
        "author": [person(name) for name in item.get("author", ())],
        "editor": [person(name) for name in item.get("editor", ())],
        "year": item.get("issued", {}).get("date-parts", [[None]])[0][0],
        "DOI": item.get("DOI", "").lower(),
        "URL": item.get("URL", ""),
        "container-title": words(item.get("container-title", "")),
        "page": item.get("page", "").replace("–", "-"),
        "volume": str(item.get("volume", "")),
    }


@pytest.mark.parametrize("reader", READERS)
def test_what_others_read_from_the_bib_is_what_the_json_says(works: Sequence[Work], form: str, reader: str) -> None:
    # The .bib for BibTeX spells some letters otherwise, and says so in what it carries.
    carried = [FORMATS[form].carry(work) if work in HARD else work for work in works]
    ours: Sequence[Item] = json.loads(FORMATS["csl-json"].render(carried, ABOUT))
    theirs = READERS[reader](FORMATS[form].render(works, ABOUT), form)
    assert [item["id"] for item in theirs] == [item["id"] for item in ours]
    for said, read in zip(ours, theirs, strict=True):
        kinds = PREPRINT_TYPES if said["type"] == "article" else {said["type"]}
        assert read.get("type", "") in kinds, said["id"]
        wanted, found = view(said), view(read)
        different = {
            name: (wanted[name], found[name])
            for name in wanted
            if wanted[name] != found[name] and (said["id"], name) not in NOT_READ
        }
        assert different == {}, said["id"]


def test_pandoc_reads_the_json_as_it_is(works: Sequence[Work]) -> None:
    text = FORMATS["csl-json"].render(works, ABOUT)
    ours, theirs = json.loads(text), pandoc(text, "csljson")
    assert [item["type"] for item in theirs] == [item["type"] for item in ours]
    assert list(map(view, theirs)) == list(map(view, ours))


def test_pandoc_shows_every_paper_of_the_list_as_text(works: Sequence[Work]) -> None:
    """GitHub's Markdown, as pandoc reads it: titles and names as plain text, and no link but the papers' own."""
    sections = (Section("Published", "published"), Section("Preprints", "preprints"))
    listed = FORMATS["readme"].render(works, About(title="Tests", sections=sections))
    out, complaints = run([need("pandoc"), "-f", "gfm", "-t", "html", "--wrap=none"], listed)
    assert complaints == ""
    page = ElementTree.fromstring(f"<page>{out.replace('<br>', '<br/>')}</page>")
    shown = words("".join(page.itertext()))
    for work in works:
        assert words(plain(work.title)) in shown
        assert all(words(name.display) in shown for name in work.author)
    targets = {link.get("href", "") for link in page.iter("a")} - {""}
    own = {
        url
        for work in works
        for url in (landing(work), *(id.url for id in work.ids), *(link.url for link in work.links))
    }
    assert {target for target in targets if not target.startswith("#")} <= own
    assert not list(page.iter("script")) + list(page.iter("img"))


# Counts and complaints --------------------------------------------------------------------------------------------


def test_bibtexparser(works: Sequence[Work], form: str) -> None:
    library = entrypoint.parse_string(FORMATS[form].render(works, ABOUT))
    assert library.failed_blocks == []
    assert [entry.key for entry in library.entries] == [work.key for work in works]


def test_pybtex(works: Sequence[Work], form: str) -> None:
    with warnings.catch_warnings(), pybtex_errors.capture() as complaints:
        warnings.simplefilter("error")
        data = parse_string(FORMATS[form].render(works, ABOUT), "bibtex")
    assert complaints == []
    assert list(data.entries) == [work.key for work in works]


def test_bibclean(works: Sequence[Work], form: str) -> None:
    out, complaints = run([need("bibclean"), "-no-fix-names"], FORMATS[form].render(works, ABOUT))
    assert complaints == ""
    assert len(re.findall(r"^@\w+\{", out, re.MULTILINE)) == len(works)


def test_bibtool(works: Sequence[Work], form: str, tmp_path: Path) -> None:
    (tmp_path / "works.bib").write_text(FORMATS[form].render(works, ABOUT), "utf-8")
    kinds = ["-r", "biblatex"] if form == "biblatex" else []
    out, complaints = run([need("bibtool"), *kinds, "works.bib"], folder=tmp_path)
    assert complaints == ""
    assert len(re.findall(r"^@\w+\{", out, re.MULTILINE)) == len(works)


def test_bibutils(works: Sequence[Work], tmp_path: Path) -> None:
    (tmp_path / "works.bib").write_text(FORMATS["bibtex"].render(works, ABOUT), "utf-8")
    out, complaints = run([need("bib2xml"), "works.bib"], folder=tmp_path)
    assert complaints == f"bib2xml: Processed {len(works)} references.\n"
    ids = [item.get("ID") for item in ElementTree.fromstring(out.removeprefix("\ufeff"))]
    assert ids == [work.key for work in works]


def test_bibtex_tidy(works: Sequence[Work], form: str) -> None:
    said = json.loads(node(BIBTEX_TIDY, FORMATS[form].render(works, ABOUT), "bibtex-tidy"))
    assert said == {"count": len(works), "warnings": []}
