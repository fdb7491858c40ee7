"""A scheme and a source that fedbib does not know are two modules and a line each: every command takes them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import click
import pytest

from fedbib.commands import sync_
from fedbib.ids.identify import identify
from fedbib.ids.schemes import SCHEMES
from fedbib.match.candidates import wanted
from fedbib.model.claim import Claim
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.record import Record
from fedbib.model.work import ItemType, Work
from fedbib.schema import schema, works_schema
from fedbib.settle import explain, settle
from fedbib.sources import SOURCES
from fedbib.sources.rules import rules
from fedbib.words.venues import register
from tests.commands.conftest import Runner
from tests.madeup.registered import registered
from tests.madeup.scheme import HAL
from tests.standin.server import Standin

ID = Identifier(HAL, "hal-01234567")
PAPER = {
    "halId_s": ID.value,
    "title_s": ["Federated Tuning of Language Models at the Edge"],
    "authFullName_s": ["Anne Dupont", "Jean Martin"],
    "producedDate_s": "2024-03-05",
}


@pytest.fixture(autouse=True)
def _registered(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with registered():
        # An option's choices are those of the registry as it was when the command was loaded.
        (option,) = (option for option in sync_.command.params if option.name == "source")
        monkeypatch.setattr(option, "type", click.Choice([name for name, source in SOURCES.items() if source.saved]))
        yield


class Archive(ThreadingHTTPServer):
    """The archive's service on this machine, with one paper."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.paper = dict(PAPER)
        self.asked: list[str] = []


class _Handler(BaseHTTPRequestHandler):
    server: Archive

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        content = json.dumps({"response": {"docs": [self.server.paper]}}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def archive() -> Iterator[Archive]:
    with Archive() as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def collection(
    run: Runner,
    at: Callable[[Mapping[str, Mapping[str, str]]], str],
    standin: Standin,
    archive: Archive,
) -> Runner:
    """A collection with the paper, added by its address."""
    here = {"hal": {"api": f"http://127.0.0.1:{archive.server_address[1]}"}}
    run.put("fedbib.toml", at({**standin.bases, **here}))
    added = run("add", "https://hal.science/hal-01234567v2/document")
    assert (added.code, added.out) == (
        0,
        "added dupont2024federated: Federated Tuning of Language Models at the Edge [2024]\n",
    )
    return run


def test_add_keeps_the_identifier_and_knows_the_paper_again(collection: Runner) -> None:
    assert 'ids = { hal = "hal-01234567" }' in (collection.root / "entries/dupont2024federated.toml").read_text()
    again = collection("add", "HAL: hal-01234567")
    assert (again.code, again.out) == (0, "already here: HAL: hal-01234567 is dupont2024federated\n")


def test_list_and_show_name_it(collection: Runner) -> None:
    (work,) = json.loads(collection("list", "--format", "json").out)
    assert (work["hal"], work["type"], work["status"]) == (ID.value, "article", "preprint")
    assert collection("list").out.startswith("dupont2024federated\t2024\t")
    told = collection("show", "dupont2024federated").out
    assert "  hal: hal-01234567  [record]\n" in told
    assert "  title: Federated Tuning of Language Models at the Edge  [hal]\n" in told


def test_sync_plans_asks_and_refreshes(collection: Runner, archive: Archive) -> None:
    plan = collection("sync", "--plan", "--all").out.splitlines()
    assert [line.split("\t")[0] for line in plan if "(titles)" not in line] == ["hal"]
    archive.paper["title_s"] = ["Federated Tuning of Large Language Models at the Edge"]
    before = len(archive.asked)
    synced = collection("sync", "--all")
    assert (synced.code, len(archive.asked)) == (0, before + 1)
    assert "\thal\ttitle\tFederated Tuning of Language Models at the Edge\tFederated Tuning of Large" in synced.out
    saved = collection.put("saved.json", json.dumps({"response": {"docs": [PAPER]}}))
    assert "\thal\ttitle\t" in collection("sync", "--from", str(saved), "--source", "hal").out


def test_build_check_and_every_output(collection: Runner, tmp_path: Path) -> None:
    built = collection("build")
    assert built.code == 0, built.err
    checked = collection("check")
    assert checked.code == 0, checked.err
    url = "https://hal.science/hal-01234567"
    for name in ("fedllm.bib", "fedllm-biblatex.bib", "fedllm.json", "fedllm.ris", "site/index.html"):
        assert url in (collection.root / "output" / name).read_text("utf-8"), name
    assert f"[Federated Tuning of Language Models at the Edge]({url})" in (collection.root / "README.md").read_text()
    (work,) = json.loads((collection.root / "output/fedllm.full.json").read_text("utf-8"))["works"]
    assert work["hal"] == ID.value
    for name in (
        "README.md",
        "output/fedllm.bib",
        "output/fedllm.json",
        "output/fedllm.ris",
        "output/fedllm.full.json",
    ):
        again = collection("import", str(collection.root / name), "--dry-run")
        assert "known" in again.out, (name, again.out, again.err)


def test_the_schemas_describe_it() -> None:
    assert schema()["properties"]["ids"]["properties"]["hal"]["description"].startswith("HAL id without version")
    assert "hal" in works_schema()["properties"]["works"]["items"]["properties"]


def test_a_second_identifier_is_a_link_in_the_list(collection: Runner, archive: Archive) -> None:
    archive.paper["arxivId_s"] = "2403.01234"
    assert collection("sync", "--all").code == 0
    assert collection("build").code == 0
    text = (collection.root / "README.md").read_text("utf-8")
    assert "(https://arxiv.org/abs/2403.01234) [arXiv 2024]" in text
    assert "[HAL](https://hal.science/hal-01234567)" in text


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("hal-01234567", "hal:hal-01234567"),
        ("hal:HAL-01234567v3", "hal:hal-01234567"),
        ("see https://inria.hal.science/hal-01234567/file/x.pdf for more", "hal:hal-01234567"),
        ("https://hal.science/tel-00000001", "hal:tel-00000001"),
    ],
)
def test_texts_are_recognised(text: str, id: str) -> None:
    assert str(identify(text)) == id


def claim(source: str, *ids: Identifier, **said: object) -> Claim:
    values = {"type": ItemType.ARTICLE, "title": "T", "other_ids": ids, **said}
    return Claim(source, Work(**values), ID)  # type: ignore[arg-type]


def test_settling_takes_one_identifier_of_a_scheme_from_the_best_claim() -> None:
    other = Identifier(HAL, "hal-00000002")
    by = rules(register())
    record = Record("k", claims=(claim("arxiv", other), claim("hal", ID)))
    assert settle(record, by).other_ids == (other,)  # arXiv is believed before HAL
    reason = next(reason for reason in explain(record, by) if reason.field == "hal")
    assert (reason.chosen.source, [voice.value for voice in reason.others]) == ("arxiv", [ID.value])
    people = Record("k", ids=(ID,), claims=(claim("arxiv", other),))
    assert settle(people, by).other_ids == (ID,)
    assert settle(people, by).ids == (ID,)


def test_a_preprint_s_identifier_stays_with_the_publication() -> None:
    published = Claim("crossref", Work(type=ItemType.PAPER_CONFERENCE, title="T", DOI="10.1/x", container_title="C"))
    work = settle(Record("k", claims=(claim("hal", ID), published)), rules(register()))
    assert (work.DOI, work.other_ids) == ("10.1/x", (ID,))
    assert work.ids == (Identifier(Scheme.DOI, "10.1/x"), ID)


def test_a_publication_s_identifier_of_any_scheme_ends_the_search() -> None:
    preprint = Record("k", ids=(Identifier(Scheme.ARXIV, "2403.01234"),))
    assert wanted(preprint)
    assert wanted(replace(preprint, ids=(*preprint.ids, ID)))
    assert not wanted(replace(preprint, ids=(*preprint.ids, Identifier(Scheme("new", "https://new.example/{}"), "1"))))


def test_the_registry_is_in_the_order_in_which_identifiers_are_shown() -> None:
    places = [notation.scheme.place for notation in SCHEMES.values()]
    assert places == sorted(places)
    assert list(SOURCES)[-1] == "hal"
