"""A run with network, clock and state handed in: nothing here reaches a server or reads the time."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from fedbib.model.about import About
from fedbib.model.claim import Claim, Hints
from fedbib.model.date import PartialDate
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.name import Name
from fedbib.model.record import Record
from fedbib.model.work import ItemType, Work
from fedbib.net.messages import Failure
from fedbib.records.folder import Entries
from fedbib.settings import Settings
from fedbib.sources.base import NotFound
from fedbib.sync.ask import Questions, Replies
from fedbib.sync.due import DAY
from fedbib.sync.events import Linked, Missing, Silent
from fedbib.sync.memory import State
from fedbib.sync.network import Found, Network
from fedbib.sync.publications import Hits
from fedbib.sync.run import Run
from tests.rules import RULES

NOW = 1_790_000_000.0
TODAY = date(2026, 9, 21)
ARXIV = Identifier(Scheme.ARXIV, "2402.05926")
DOI = Identifier(Scheme.DOI, "10.1145/3637528.3671865")
PREPRINT = Claim(
    "arxiv",
    Work(
        type=ItemType.ARTICLE,
        title="On the Convergence of Zeroth-Order Federated Tuning for Large Language Models",
        author=(Name("Ling", "Zhenqing"), Name("Chen", "Daoyuan")),
        issued=PartialDate(2024, 2),
        arxiv=ARXIV.value,
    ),
    ARXIV,
)
PRINTED = Work(
    type=ItemType.PAPER_CONFERENCE,
    title=PREPRINT.says.title,
    author=PREPRINT.says.author,
    issued=PartialDate(2024),
    container_title="Proceedings of the 30th ACM SIGKDD Conference on Knowledge Discovery and Data Mining",
    DOI=DOI.value,
)
ANSWERS: Replies = {("arxiv", ARXIV): PREPRINT, ("crossref", DOI): Claim("crossref", PRINTED, DOI)}


class Services:
    """What sources would answer, and what they were asked."""

    def __init__(self, answers: Replies, hits: Hits | None = None) -> None:
        self.answers, self.hits = answers, hits or {}
        self.asked: list[tuple[str, Identifier]] = []
        self.searched: list[tuple[str, str]] = []
        self.searchers: tuple[str, ...] = ("dblp",)

    def ask(self, jobs: Questions) -> Replies:
        slots = [(name, id) for name, ids in jobs.items() for id in ids]
        self.asked += slots
        return {slot: self.answers.get(slot, NotFound(slot[1])) for slot in slots}

    def search(self, works: Mapping[str, Mapping[str, Work]], heard: Found) -> Hits:
        found: dict[str, dict[str, Sequence[Work] | Failure]] = {}
        for name, asked in works.items():
            self.searched += [(name, key) for key in asked]
            for key in asked:
                said = self.hits.get(key, {}).get(name, ())
                found.setdefault(key, {})[name] = said
                if not isinstance(said, Failure):
                    heard(name, {key: said})
        return found

    @property
    def net(self) -> Network:
        return Network(self.ask, self.search, self.searchers)


@pytest.fixture
def entries(tmp_path: Path) -> Entries:
    entries = Entries(tmp_path / "entries")
    entries.write_new(Record("ling2024convergence", ids=(ARXIV,)), "On the Convergence")
    return entries


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    state = State(tmp_path / "answers.sqlite")
    yield state
    state.close()


def a_run(entries: Entries, state: State, now: float = NOW, *keys: str) -> Run:
    return Run(entries, entries.load(), keys, Settings(), RULES, state, lambda: now)


FOUND: Hits = {"ling2024convergence": {"dblp": (PRINTED,)}}


def test_a_run_asks_finds_links_and_writes(entries: Entries, state: State) -> None:
    run = a_run(entries, state)
    done = run.apply(*run.ask(Services(ANSWERS, FOUND).net), TODAY)
    assert (done.records, done.needs_a_person, done.failed) == (1, False, False)
    assert [(event.key, event.judged.id) for event in done.linked] == [("ling2024convergence", DOI)]
    assert all(isinstance(event, Linked) for event in done.linked)
    (record,) = entries.load().records
    assert [(claim.source, claim.is_linked, claim.since) for claim in record.claims] == [
        ("arxiv", False, None),
        ("crossref", True, TODAY),
    ]
    assert {change.source for change in done.changes} == {"arxiv", "crossref"}


def test_abstracts_are_kept_where_the_settings_ask_for_them(entries: Entries, state: State) -> None:
    hints = Hints(abstract="We show.")
    answers = {
        ("arxiv", ARXIV): replace(PREPRINT, hints=hints),
        ("crossref", DOI): Claim("crossref", PRINTED, DOI, hints=hints),
    }
    for wanted, kept in ((False, ""), (True, "We show."), (False, "")):
        settings = Settings(about=About(abstracts=wanted))
        run = Run(entries, entries.load(), (), settings, RULES, state, lambda: NOW, everything=True)
        run.apply(*run.ask(Services(answers, FOUND).net), TODAY)
        (record,) = entries.load().records
        assert [(claim.source, claim.hints.abstract) for claim in record.claims] == [
            ("arxiv", kept),
            ("crossref", kept),
        ]


def test_a_dry_run_says_the_same_and_keeps_nothing(entries: Entries, state: State) -> None:
    run = a_run(entries, state)
    answers = run.ask(Services(ANSWERS, FOUND).net)
    dry = run.apply(*answers, TODAY, keep=False)
    assert entries.load().records[0].claims == ()
    assert dry == run.apply(*answers, TODAY)
    assert a_run(entries, state).apply(*answers, TODAY).changes == ()


def test_what_was_answered_is_asked_again_when_its_days_are_over(entries: Entries, state: State) -> None:
    run, services = a_run(entries, state), Services(ANSWERS)
    replies, hits = run.ask(services.net)
    for (source, id), reply in replies.items():
        run.note(source, {id: reply})
    run.apply(replies, hits, TODAY)
    services.asked.clear()
    a_run(entries, state, NOW + DAY).ask(services.net)
    assert ("arxiv", ARXIV) not in services.asked
    a_run(entries, state, NOW + 400 * DAY).ask(services.net)
    assert ("arxiv", ARXIV) in services.asked


def test_an_interrupted_run_is_finished_without_a_network(entries: Entries, state: State) -> None:
    a_run(entries, state).note("arxiv", {ARXIV: PREPRINT})
    run = a_run(entries, state, NOW + 60)
    assert run.apply(*run.offline(), TODAY).changes != ()
    assert [claim.source for claim in entries.load().records[0].claims] == ["arxiv"]


def test_a_paper_that_its_registry_does_not_know_needs_a_person(entries: Entries, state: State) -> None:
    run = a_run(entries, state)
    done = run.apply(*run.ask(Services({}).net), TODAY)
    assert Missing("ling2024convergence", ARXIV, "arxiv") in done.events
    assert done.needs_a_person


@pytest.mark.parametrize(("source", "failed"), [("arxiv", True), ("semantic_scholar", False)])
def test_a_run_fails_with_a_source_that_it_needs(entries: Entries, state: State, source: str, failed: bool) -> None:
    down = {**ANSWERS, (source, ARXIV): Failure("https://x", "HTTP 503")}
    run = a_run(entries, state)
    done = run.apply(*run.ask(Services(down).net), TODAY)
    assert done.silent == (Silent(source, "HTTP 503", 1),)
    assert done.failed is failed


def test_the_plan_is_what_the_run_would_ask(entries: Entries, state: State) -> None:
    assert {load.source for load in a_run(entries, state).plan()} == {
        "arxiv",
        "dblp",
        "semantic_scholar",
        "openalex",
    }
    assert a_run(entries, state).ids == (ARXIV,)


def test_a_record_that_a_person_saved_meanwhile_is_the_one_that_counts(entries: Entries, state: State) -> None:
    run = a_run(entries, state)
    answers = run.ask(Services(ANSWERS, FOUND).net)
    path = entries.folder / "ling2024convergence.toml"
    path.write_text(path.read_text() + f'rejected = ["{DOI}"]\n')
    done = run.apply(*answers, TODAY)
    assert done.linked == ()
    assert [claim.source for claim in entries.load().records[0].claims] == ["arxiv"]


def test_a_claim_that_nobody_asked_for_joins_only_where_the_run_is_told_to(entries: Entries, tmp_path: Path) -> None:
    listed = Claim("import", replace(PRINTED, DOI="", container_title="KDD"), origin="README.md")
    entries.write_new(Record("printed2024", claims=(listed,)), "Printed")
    id = Identifier(Scheme.DBLP, "conf/kdd/LingCYL024")
    replies: Replies = {("dblp", id): Claim("dblp", replace(PRINTED, dblp=id.value), id, origin="kdd2024.bib")}
    for joining in (False, True):
        state = State(tmp_path / "answers.sqlite")
        run = Run(entries, entries.load(), ["printed2024"], Settings(), RULES, state, lambda: NOW)
        run.apply(replies, {}, TODAY, joining=joining)
        state.close()
        claims = entries.load().named(["printed2024"])[0].claims
        assert [claim.origin for claim in claims if claim.id == id] == ["kdd2024.bib"] * joining


def test_a_run_that_hears_nothing_changes_no_byte_of_the_shipped_records(tmp_path: Path, state: State) -> None:
    """Claims of imports that share a place are two, links that other tools made stay."""
    shipped = Path(__file__).parents[2] / "entries"
    shutil.copytree(shipped, tmp_path / "shipped")
    entries = Entries(tmp_path / "shipped")
    run = a_run(entries, state)
    done = run.apply(*run.offline(), TODAY)
    assert done.records > 400
    assert (done.changes, done.settled, done.linked) == ((), (), ())
    for path in shipped.rglob("*.*"):
        assert (tmp_path / "shipped" / path.relative_to(shipped)).read_bytes() == path.read_bytes(), path
