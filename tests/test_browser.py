"""The page in a real browser: searched, filtered, linked, taken from, by keyboard, without JavaScript, from a disk."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from playwright.sync_api import Browser, Dialog, Page, Request, sync_playwright

from benchmarks.screenshot import FLAGS
from fedbib.collection import Collection
from fedbib.formats import full_json
from fedbib.model.about import About, Published
from fedbib.model.date import PartialDate
from fedbib.model.name import Name
from fedbib.model.work import ItemType, Link, Status, Work
from fedbib.select import Selection
from fedbib.site.coins import coins
from fedbib.site.entry import Entry
from fedbib.site.serving import serving
from fedbib.text.plain import clean
from tests import outputs
from tests.commands.conftest import Runner
from tests.engines import missing

pytestmark = pytest.mark.engine

ROOT = Path(__file__).parents[1]
ABOUT = About("fedllm", "FedLLM", "Papers.")

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if not program:
        missing("chromium")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Open]:
    """Opens a page; at the end nothing may have left its folder, broken the policy or raised an error."""
    contexts = []
    bases: list[str] = []
    strays: list[str] = []
    errors: list[str] = []

    def refused(dialog: Dialog) -> None:
        errors.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def requested(asked: Request) -> None:
        if not asked.url.startswith((*bases, "blob:")):
            strays.append(asked.url)

    def opened(folder: Path | str, at: str = "index.html", **options: object) -> Page:
        context = browser.new_context(**({"viewport": {"width": 1280, "height": 900}} | options))  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        base = folder.rstrip("/") if isinstance(folder, str) else folder.as_uri()
        bases.append(base)
        page.on("request", requested)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: errors.append(said.text) if said.type in ("error", "warning") else None)
        page.on("dialog", refused)
        page.goto(f"{base}/{at}")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert strays == []
    assert errors == []


@pytest.fixture(scope="module")
def shipped() -> tuple[Work, ...]:
    return Collection.open(ROOT).works


SITE = ROOT / "output" / "site"


@pytest.fixture
def served() -> Iterator[str]:
    with serving(SITE, "127.0.0.1", 0) as address:
        yield address


def written(folder: Path, *works: Work, about: About = ABOUT) -> Path:
    """The page of some works, on disk."""
    for output in outputs.site([Entry(work, titles=(work.container_title,)) for work in works], about):
        path = folder / output.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(output.text, "utf-8", newline="")
    return folder / "o" / "site"


def keys(page: Page) -> list[str]:
    """The keys of all works found, in order."""
    while page.locator("#more").is_visible():
        page.locator("#more").click()
    found: list[str] = page.eval_on_selector_all("#works > li", "items => items.map(item => item.id)")
    return found


def count(page: Page) -> str:
    return page.locator("#count").inner_text()


def test_search_as_you_type(visit: Open, shipped: tuple[Work, ...]) -> None:
    page = visit(SITE)
    assert count(page) == f"{len(shipped)} papers"
    page.locator("#q").press_sequentially("lora privacy")
    wanted = {work.key for work in shipped if Selection(text="lora privacy").takes(work)}
    assert wanted
    assert wanted <= set(keys(page))
    for item in page.locator("#works > li").all():
        shown = f"{item.get_attribute('id')} {item.inner_text()}".lower()
        work = next(work for work in shipped if work.key == item.get_attribute("id"))
        assert "lora" in shown + " ".join((*work.models, *work.datasets)).lower()
    page.get_by_role("button", name="Remove the search").click()
    page.locator("#q").fill("borzunov2023petals")
    assert keys(page) == ["borzunov2023petals"]


FOUND = [
    Work(key="later", title="A Study of Many Things, and of Fine-Tuning", issued=PartialDate(2026)),
    Work(key="title", title="Finetuning at the Edge", issued=PartialDate(2020), arxiv="2310.15080"),
    Work(key="apart", title="On fine tuning", DOI="10.1000/Xy-Z.5", issued=PartialDate(2019)),
    Work(key="people", title="Something else", author=(Name("Šárková", "Ana"),), topics=("edge",)),
]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param("fine-tuning", ["later", "title", "apart"], id="with a hyphen"),
        pytest.param("finetuning", ["later", "title", "apart"], id="in one word"),
        pytest.param("fine tuning", ["apart", "later", "title"], id="in two words, which one title has"),
        pytest.param("edge", ["title", "people"], id="what stands in a title comes first"),
        pytest.param("sarkova", ["people"], id="without accents"),
        pytest.param("2310.15080", ["title"], id="an id"),
        pytest.param("arXiv:2310.15080v2", ["title"], id="an id with its name and version"),
        pytest.param("https://doi.org/10.1000/xy-z.5", ["apart"], id="an address"),
        pytest.param("fientuning edge", ["title"], id="a typo"),
    ],
)
def test_what_a_search_finds_and_in_which_order(
    visit: Open, tmp_path_factory: pytest.TempPathFactory, query: str, found: list[str]
) -> None:
    page = visit(written(tmp_path_factory.mktemp("found"), *FOUND))
    page.locator("#q").fill(query)
    assert keys(page) == found
    assert ("No results for" in count(page)) == query.startswith("fien")


def test_where_nothing_is_found_something_is_offered(visit: Open, tmp_path: Path) -> None:
    page = visit(written(tmp_path, *FOUND), "index.html#q=edge+bananas&year=2019")
    assert keys(page) == []
    page.get_by_role("button", name="Only “edge” (2)").click()
    assert keys(page) == ["title", "people"]
    assert page.locator("#nothing").is_hidden()
    page.goto(page.url.partition("#")[0] + "#q=edge&year=2019")
    page.get_by_role("button", name="Any year (2)").click()
    assert keys(page) == ["title", "people"]


def test_a_year_is_chosen_by_its_bar(visit: Open, shipped: tuple[Work, ...]) -> None:
    page = visit(SITE)
    wanted = {work.key for work in shipped if work.year == 2023}
    published = sum(work.status is Status.PUBLISHED for work in shipped if work.key in wanted)
    bar = page.get_by_role("button", name=f"2023: {len(wanted)} papers, {published} published")
    bar.click()
    assert set(keys(page)) == wanted
    assert page.locator("input[name=year][value='2023']").is_checked()
    assert page.locator("#years [aria-pressed=true]").inner_text() == "2023"
    page.locator("#years [aria-pressed=true]").click()
    assert len(keys(page)) == len(shipped)


def test_on_a_phone_the_first_paper_is_in_view_and_filters_are_one_button_away(visit: Open) -> None:
    page = visit(SITE, viewport={"width": 390, "height": 844})
    box = page.locator("#works > li").first.bounding_box()
    assert box
    assert box["y"] + box["height"] < 844
    assert page.locator("#filters").is_hidden()
    page.get_by_role("button", name="Filters").click()
    page.locator("#filters summary", has_text="Topic").click()
    page.get_by_label(re.compile("^LoRA")).check()
    page.get_by_role("button", name="Filters (1)").wait_for()


def test_a_name_leads_to_all_its_papers(visit: Open, shipped: tuple[Work, ...]) -> None:
    page = visit(SITE, "index.html#borzunov2023petals")
    page.locator("#works").get_by_role("link", name="Colin Raffel").click()
    wanted = {work.key for work in shipped if "Colin Raffel" in [name.display for name in work.author]}
    assert set(keys(page)) == wanted
    page.go_back()
    assert keys(page) == ["borzunov2023petals"]


def test_accents_and_case_do_not_matter(visit: Open, tmp_path: Path) -> None:
    work = Work(key="k", title="Über LoRA", author=(Name("Nguyễn", "Šárka"),))
    page = visit(written(tmp_path, work, Work(key="other", title="Other")))
    page.locator("#q").fill("UBER nguyen sarka")
    assert keys(page) == ["k"]


def test_filters_count_what_they_would_leave(visit: Open, shipped: tuple[Work, ...]) -> None:
    page = visit(SITE)
    page.get_by_label(re.compile("^LoRA")).check()
    page.get_by_label(re.compile("^published")).check()
    wanted = {work.key for work in shipped if "LoRA" in work.topics and work.status is Status.PUBLISHED}
    assert set(keys(page)) == wanted
    assert count(page) == f"{len(wanted)} of {len(shipped)} papers"
    for year in {work.year for work in shipped if work.key in wanted}:
        counted = sum(work.year == year for work in shipped if work.key in wanted)
        assert page.locator(f"label:has(input[name=year][value='{year}'])").inner_text().split() == [
            str(year),
            str(counted),
        ]
    # Another topic would widen the selection, so its count is that of the published papers that have it.
    others = sum("prompt" in work.topics and work.status is Status.PUBLISHED for work in shipped)
    assert page.locator("label:has(input[value=prompt])").inner_text().split() == ["prompt", str(others)]


def test_a_view_is_a_link(visit: Open) -> None:
    page = visit(SITE)
    page.locator("#q").fill("federated")
    page.get_by_label(re.compile("^LoRA")).check()
    page.locator("input[name=year][value='2024']").check()
    page.locator("#sort").select_option("title")
    found = keys(page)
    assert page.url.endswith("#q=federated&year=2024&topic=LoRA&sort=title")
    again = visit(SITE, "index.html#" + page.url.partition("#")[2])
    assert keys(again) == found
    assert again.locator("#q").input_value() == "federated"
    assert again.get_by_label(re.compile("^LoRA")).is_checked()
    assert keys(visit(SITE, "index.html#borzunov2023petals")) == ["borzunov2023petals"]


@pytest.mark.parametrize("order", ["newest", "oldest", "title", "author", "venue", "added"])
def test_sorting(visit: Open, shipped: tuple[Work, ...], order: str) -> None:
    found = keys(visit(SITE, f"index.html#sort={order}"))
    assert sorted(found) == sorted(work.key for work in shipped)
    years = {work.key: work.year or 0 for work in shipped}
    if order in ("newest", "oldest"):
        assert [years[key] for key in found] == sorted(years.values(), reverse=order == "newest")


@pytest.mark.parametrize(
    ("format", "name", "ending"),
    [("bibtex", "BibTeX", ".bib"), ("csl-json", "Zotero", ".json"), ("ris", "Word/EndNote", ".ris")],
)
def test_a_selection_downloads_as_export_writes_it(
    visit: Open,
    tmp_path: Path,
    format: str,
    name: str,
    ending: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = visit(SITE)
    ticked = ["qin2024federated", "borzunov2023petals", "che2023federated"]
    for key in ticked:
        page.locator("#q").fill(key)
        page.get_by_label(f"Tick {key}").check()
    assert page.locator("#taking").inner_text().startswith("3 ticked:")
    with page.expect_download() as started:
        page.locator("#taking").get_by_role("button", name=name, exact=True).click()
    assert started.value.suggested_filename == f"fedllm-selection{ending}"
    taken = tmp_path / "taken"
    started.value.save_as(taken)
    exported = Runner(ROOT, capsys, monkeypatch)("export", *ticked, "--format", format)
    assert exported.code == 0
    assert taken.read_bytes() == exported.out.encode()


def test_the_whole_collection_is_one_click_away(visit: Open, served: str) -> None:
    page = visit(served)
    for path in ("fedllm.bib", "fedllm-biblatex.bib", "fedllm.json", "fedllm.ris", "fedllm.full.json"):
        link = page.locator(f".whole a[href='{path}']")
        assert link.get_attribute("download") is not None
        with page.expect_download() as started:
            link.click()
        assert Path(started.value.path()).read_bytes() == (ROOT / "output" / path).read_bytes()


def test_read_from_a_disk_the_whole_collection_is_saved_not_opened(visit: Open) -> None:
    page = visit(SITE)
    for path in ("fedllm.bib", "fedllm.json", "fedllm.ris"):
        with page.expect_download() as started:
            page.locator(f".whole a[href='{path}']").click()
        assert started.value.suggested_filename == path
        assert Path(started.value.path()).read_bytes() == (ROOT / "output" / path).read_bytes()


def test_all_that_is_found_is_taken_at_once(
    visit: Open, shipped: tuple[Work, ...], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = visit(SITE, "index.html#topic=survey")
    surveys = [work.key for work in shipped if "survey" in work.topics]
    assert page.locator("#taking").inner_text().startswith(f"Download these {len(surveys)}:")
    with page.expect_download() as started:
        page.locator("#taking").get_by_role("button", name="BibTeX", exact=True).click()
    exported = Runner(ROOT, capsys, monkeypatch)("export", *surveys, "--format", "bibtex").out
    assert Path(started.value.path()).read_bytes() == exported.encode()


def test_a_paper_s_page_is_taken_from(
    visit: Open, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = visit(SITE, "works/borzunov2023petals.html")
    run = Runner(ROOT, capsys, monkeypatch)
    page.locator("summary", has_text="Word/EndNote").click()
    for format, ending in (("bibtex", ".bib"), ("ris", ".ris")):
        with page.expect_download() as started:
            page.get_by_role("button", name=f"Download {ending}").click()
        assert started.value.suggested_filename == f"borzunov2023petals{ending}"
        exported = run("export", "borzunov2023petals", "--format", format).out
        assert Path(started.value.path()).read_bytes() == exported.encode()
    page.get_by_role("button", name="Copy BibTeX").click()
    page.get_by_role("button", name="Copy BibTeX (copied)").wait_for()
    assert "Copy BibTeX: copied" in page.get_by_role("status").inner_text()


def test_copying(visit: Open, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    page = visit(SITE, "index.html#borzunov2023petals")
    page.locator(".cite").click()
    run = Runner(ROOT, capsys, monkeypatch)
    for name, wanted in (
        ("BibTeX", run("export", "borzunov2023petals").out),
        ("key", "borzunov2023petals"),
        ("reference", run("cite", "borzunov2023petals", "--style", "acl").out.rstrip("\n")),
    ):
        page.locator(".box").get_by_role("button", name=f"Copy {name}").click()
        page.get_by_role("button", name=f"Copy {name} (copied)").wait_for()
        page.evaluate("document.body.append(Object.assign(document.createElement('textarea'), {id: 'paste'}))")
        page.locator("#paste").focus()
        page.keyboard.press("Control+V")
        assert page.locator("#paste").input_value() == wanted
        page.evaluate("document.getElementById('paste').remove()")


def test_what_a_search_finds_is_in_sight(visit: Open) -> None:
    page = visit(SITE)
    for _ in range(3):
        page.locator("#more").click()
    page.evaluate("scrollTo(0, 5000)")
    page.locator("#q").fill("petals")
    assert page.locator("#count").is_visible()
    assert page.locator("#count").bounding_box()["y"] >= 0  # type: ignore[index]


def test_details(visit: Open) -> None:
    page = visit(SITE, "index.html#borzunov2023petals")
    page.locator(".cite").click()
    box = page.locator("#borzunov2023petals .box")
    box.get_by_text("Page of this paper").wait_for()
    for name in ("acl:2023.acl-demo.54", "doi:10.18653/v1/2023.acl-demo.54", "arxiv:2209.01188"):
        assert (box.get_by_role("link", name=name).get_attribute("href") or "").startswith("https://")
    assert "Alexander Borzunov, " in box.inner_text()
    box.get_by_role("link", name="Page of this paper").click()
    page.locator("summary", has_text="Where each field comes from").click()
    assert "crossref" in page.locator(".sources").inner_text() or "acl" in page.locator(".sources").inner_text()


def test_keyboard_only(visit: Open) -> None:
    page = visit(SITE)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("/")
    page.keyboard.type("borzunov2023petals")
    assert keys(page) == ["borzunov2023petals"]
    seen = []
    for _ in range(120):
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate("document.activeElement.getAttribute('aria-label') || document.activeElement.textContent")
        )
        if seen[-1] == "Tick borzunov2023petals":
            page.keyboard.press("Space")
        if seen[-1] == "Cite borzunov2023petals":
            page.keyboard.press("Enter")
            break
    assert "Tick borzunov2023petals" in seen
    assert page.locator("#taking").inner_text().startswith("1 ticked:")
    page.get_by_role("button", name="Copy reference").wait_for()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Copy reference"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Copy BibTeX (copied)").wait_for()


def test_without_javascript_the_list_is_complete(visit: Open, shipped: tuple[Work, ...]) -> None:
    page = visit(SITE, java_script_enabled=False)
    assert page.locator("#search").is_hidden()
    assert sorted(page.locator("#works > li").evaluate_all("items => items.map(item => item.id)")) == sorted(
        work.key for work in shipped
    )
    page.locator("#borzunov2023petals h3 a").click()
    assert page.locator("meta[name=citation_title]").get_attribute("content") == (
        "Petals: Collaborative Inference and Fine-tuning of Large Models"
    )
    assert page.locator(".file pre").first.inner_text().startswith("@inproceedings{borzunov2023petals,")
    page.get_by_role("link", name="Colin Raffel").click()
    page.locator("#colin-raffel").get_by_role("link", name="Petals").click()
    page.get_by_role("link", name="framework").click()
    frameworks = {work.key for work in shipped if "framework" in work.topics}
    links = page.locator(".lines a").evaluate_all("all => all.map(one => one.href.split('/').pop())")
    assert {link.removesuffix(".html") for link in links} == frameworks


def test_reference_managers_see_every_work_shown(visit: Open, shipped: tuple[Work, ...]) -> None:
    page = visit(SITE)
    found = dict(
        zip(keys(page), page.locator("span.Z3988").evaluate_all("all => all.map(one => one.title)"), strict=True)
    )
    for work in map(full_json.carry, shipped):
        assert parse_qsl(found[work.key]) == parse_qsl(coins(work))


def test_reference_managers_see_what_is_not_shown_yet(visit: Open, shipped: tuple[Work, ...]) -> None:
    page = visit(SITE)
    found = page.locator("span.Z3988").evaluate_all("all => all.map(one => one.title)")
    assert sorted(map(parse_qsl, found)) == sorted(parse_qsl(coins(full_json.carry(work))) for work in shipped)


HOSTILE = (
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "{{7*7}}{% raw %}",
    "<svg onload=alert(1)>",
    "__proto__",
    clean("\u202egnp.exe \u2028 line"),
    "](javascript:alert(1))",
)


def test_hostile_records_are_text(visit: Open, tmp_path: Path) -> None:
    works = [
        Work(
            key=f"k{number}",
            type=ItemType.PAPER_CONFERENCE,
            title=f"{text} <i>x</i>",
            author=(Name(literal=text),),
            container_title=text,
            container_title_short=text,
            topics=(text,),
            datasets=(text,),
            models=(text,),
            links=(Link("code", text if text.startswith("java") else "https://example.org/?q=%22%3E"),),
            issued=PartialDate(2024),
            URL=text if text.startswith("java") else "",
        )
        for number, text in enumerate(HOSTILE)
    ]
    folder = written(tmp_path, *works)
    page = visit(folder)
    assert sorted(keys(page)) == [f"k{number}" for number in range(len(HOSTILE))]
    for number, text in enumerate(HOSTILE):
        item = page.locator(f"#k{number}")
        shown = " ".join(text.split())
        assert shown in " ".join((item.locator("h3").text_content() or "").split())
        assert item.locator("h3 i").inner_text() == "x"
        item.locator(".cite").click()
        item.get_by_text("Other titles").wait_for()
    assert page.locator("script[src]").count() == page.locator("script").count()
    for tag in ("img[src=x]", "li svg", "[onerror]", "[onload]", "a[href^=javascript]"):
        assert page.locator(tag).count() == 0
    for number in range(len(HOSTILE)):
        page.goto(f"{folder.as_uri()}/works/k{number}.html")
        assert page.locator("script:not([src]), img, svg, a[href^=javascript]").count() == 0


def test_data_for_search_engines_is_no_script(visit: Open, tmp_path: Path) -> None:
    """A browser neither runs it nor complains that the page's policy forbids scripts."""
    about = replace(ABOUT, published=Published(address="https://example.org/p/"))
    work = Work(key="k", title=HOSTILE[0], topics=HOSTILE)
    page = visit(written(tmp_path, work, about=about), "works/k.html")
    (said,) = page.eval_on_selector_all("script[type='application/ld+json']", "all => all.map(one => one.textContent)")
    assert json.loads(said)["keywords"] == list(HOSTILE)
    assert json.loads(said)["headline"] == HOSTILE[0]


def test_ten_thousand_works(visit: Open, tmp_path: Path) -> None:
    """What is drawn does not grow with the collection."""
    works = [
        Work(
            key=f"k{number:05}",
            title=f"Paper {number}",
            author=(Name("Smith", "A."),),
            issued=PartialDate(2015 + number % 10),
        )
        for number in range(10_000)
    ]
    page = visit(written(tmp_path, *works))
    assert count(page) == "10000 papers"
    assert page.locator("#works > li").count() < 100
    page.locator("#q").press_sequentially("paper 777")
    wanted = sum("777" in str(number) for number in range(10_000))
    assert count(page) == f"{wanted} of 10000 papers"
    assert len(keys(page)) == wanted


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "at",
    ["index.html", "works/borzunov2023petals.html", "venues.html", "authors/b.html", "charts.html", "news.html"],
)
def test_axe_finds_nothing(visit: Open, scheme: str, at: str) -> None:
    folders = [Path(folder) for folder in os.environ.get("NODE_PATH", "").split(os.pathsep) if folder]
    axe = next((found for folder in folders if (found := folder / "axe-core" / "axe.min.js").is_file()), None)
    if axe is None:
        missing("axe-core")
    page = visit(SITE, at, color_scheme=scheme, bypass_csp=True)
    if at == "index.html":
        page.locator("#works .cite").first.click()
        page.locator("#works .box").get_by_text("Page of this paper").wait_for()
        page.locator("#years button").last.click()
        page.locator(".tick").first.check()
    page.add_script_tag(content=axe.read_text("utf-8"))
    found = page.evaluate(
        "axe.run(document, {preload: false}).then(result => result.violations.map(one => [one.id, one.nodes[0].html]))"
    )
    assert json.loads(json.dumps(found)) == []


@pytest.mark.parametrize("width", [320, 390, 768, 1280, 2560])
def test_every_width(visit: Open, width: int) -> None:
    for at in ("index.html", "works/borzunov2023petals.html", "venues.html", "authors.html", "charts.html"):
        page = visit(SITE, at, viewport={"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_details_on_a_phone_are_lines_not_letters(visit: Open) -> None:
    page = visit(SITE, "works/borzunov2023petals.html", viewport={"width": 320, "height": 800})
    page.locator("summary", has_text="Where each").click()
    page.locator(".sources").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    widths = page.eval_on_selector_all(".sources td", "cells => cells.map(cell => cell.clientWidth)")
    assert min(widths) > 200


def test_printed_it_is_a_list(visit: Open, shipped: tuple[Work, ...]) -> None:
    page = visit(SITE)
    page.emulate_media(media="print")
    assert page.locator("#search").is_hidden()
    assert page.locator("#filters").is_hidden()
    assert page.locator("#works h3").first.is_visible()
    page.pdf()
    assert page.locator("#works > li").count() == len(shipped)
