"""Programs that others wrote render our CSL-JSON in sentence and in title case: citeproc-js, citeproc-py, pandoc."""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import citeproc
import pytest
from citeproc.source.json import CiteProcJSON

from fedbib.formats import csl_json
from fedbib.model.about import About
from fedbib.model.work import ItemType, Work
from tests import engines
from tests.engines import need, run

pytestmark = pytest.mark.engine

STYLE = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0" default-locale="en-US">
<info><title>Test</title><id>http://example.org/test</id><updated>2026-01-01T00:00:00+00:00</updated></info>
<citation><layout><text variable="title"/></layout></citation>
<bibliography><layout><text variable="title" text-case="{}"/></layout></bibliography>
</style>
"""
# Braces around what is protected; the same in sentence case.
TITLES = {
    "{Twitter} as a Corpus": "Twitter as a corpus",
    "{Byzantine}-Resilient Learning": "Byzantine-resilient learning",
    "{LoRA} Meets {GPT-4} on {non-IID} Data": "LoRA meets GPT-4 on non-IID data",
    "{pFedLoRA} for {LLMs} and {mmWave} in {Europe}": "pFedLoRA for LLMs and mmWave in Europe",
    "Translation with {English-German} {WMT17} Data": "Translation with English-German WMT17 data",
    "{5} Notes on {中文} and {I}": "5 notes on 中文 and I",
    "{FedScope} Beats {HOPE}": "FedScope beats HOPE",
}


def citeproc_js(style: str, items: str, folder: Path) -> Sequence[str]:
    return list(engines.citeproc_js(style, items).values())


def citeproc_py(style: str, items: str, folder: Path) -> Sequence[str]:
    (folder / "style.csl").write_text(style, "utf-8")
    parsed = json.loads(items)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own, and of members it does not know
        rules = citeproc.CitationStylesStyle(str(folder / "style.csl"), validate=False)
        works = citeproc.CitationStylesBibliography(rules, CiteProcJSON(parsed), citeproc.formatter.plain)
        for item in parsed:
            works.register(citeproc.Citation([citeproc.CitationItem(item["id"])]))
        return [str(entry) for entry in works.bibliography()]


def pandoc(style: str, items: str, folder: Path) -> Sequence[str]:
    (folder / "style.csl").write_text(style, "utf-8")
    (folder / "works.json").write_text(items, "utf-8")
    text = "---\nnocite: '@*'\nlang: en-US\n---\n"
    command = [need("pandoc"), "-C", "--csl=style.csl", "--bibliography=works.json", "--to=plain", "--wrap=none"]
    return [line for line in run(command, text, folder)[0].splitlines() if line]


Processor = Callable[[str, str, Path], Sequence[str]]
PROCESSORS: Mapping[str, Processor] = {"citeproc-js": citeproc_js, "citeproc-py": citeproc_py, "pandoc": pandoc}


@pytest.fixture(params=PROCESSORS)
def processor(request: pytest.FixtureRequest) -> Processor:
    return PROCESSORS[request.param]


def rich(braced: str) -> str:
    return braced.replace("{", '<span class="nocase">').replace("}", "</span>")


def items() -> str:
    works = [Work(key=f"a{number:02}", type=ItemType.BOOK, title=rich(title)) for number, title in enumerate(TITLES)]
    return csl_json.render(works, About())


def test_sentence_case_keeps_what_is_protected(processor: Processor, tmp_path: Path) -> None:
    assert sorted(processor(STYLE.format("sentence"), items(), tmp_path)) == sorted(TITLES.values())


def test_title_case_changes_nothing_that_is_protected(processor: Processor, tmp_path: Path) -> None:
    wanted = sorted(title.replace("{", "").replace("}", "") for title in TITLES)
    assert sorted(processor(STYLE.format("title"), items(), tmp_path)) == wanted
