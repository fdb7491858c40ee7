"""`fedbib sync`"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from fedbib.collection import Collection
from fedbib.console import complain, progress, say, table
from fedbib.disk import files
from fedbib.match.publication import Candidate, Judgement, dated
from fedbib.model.claim import Claim
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.problem import Problem, Severity
from fedbib.model.record import Record
from fedbib.net.messages import Body, Failure, Request
from fedbib.records.folder import Loaded
from fedbib.settle import settle
from fedbib.sources import SOURCES
from fedbib.sources.asking import Reply
from fedbib.sources.base import Elsewhere, NotFound
from fedbib.sources.semantic_scholar import KEY
from fedbib.sync.due import Due, asking, load
from fedbib.sync.memory import State
from fedbib.sync.network import Network, addresses, network
from fedbib.sync.publications import Hits, gather, publish
from fedbib.sync.refresh import OPTIONAL, Change, Replies, asked, changes, failures, questions, refresh, resolve
from fedbib.sync.report import Report, as_json, as_markdown, rows
from fedbib.words.rules import Rules

_LIMIT = 50_000_000


@click.command(name="sync", short_help="Ask the sources again and refresh what they say.")
@click.argument("keys", metavar="[KEY...]", nargs=-1)
@click.option("--plan", is_flag=True, help="Show what would be asked, and ask nothing.")
@click.option("--all", "everything", is_flag=True, help="Ask also what was answered a short time ago.")
@click.option("--offline", is_flag=True, help="Ask nobody; use what an interrupted run has heard.")
@click.option("--dry-run", is_flag=True, help="Show what would change and change nothing.")
@click.option("--check", is_flag=True, help="Like --dry-run; exit 1 when something would change.")
@click.option("--format", type=click.Choice(["text", "json", "markdown"]), default="text", show_default=True)
@click.option(
    "--from",
    "saved",
    type=click.Path(path_type=Path, dir_okay=False),
    multiple=True,
    help="Read saved answers, ask nobody.",
)
@click.option("--source", type=click.Choice(list(SOURCES)), help="Whose answers the saved files are.")
@click.option("--origin", default="", help="Where the saved files come from, for the claims.")
@click.pass_obj
def command(
    folder: Path,
    keys: tuple[str, ...],
    plan: bool,
    everything: bool,
    offline: bool,
    dry_run: bool,
    check: bool,
    format: str,
    saved: tuple[Path, ...],
    source: str | None,
    origin: str,
) -> int:
    """Ask the sources about the records, or those named, and rewrite the claims of a record where something changed.

    For preprints it looks for the publication, links it where title, authors, year and venue leave no doubt, and lists
    the rest for `fedbib review`. What was answered a short time ago is not asked again (`[ages]` in the settings). What
    people wrote is never touched, a source that fails takes nothing away, and an answer about another paper is refused.
    Exit 1 when a source failed or a record needs a person.

    \b
    Examples:
      fedbib sync --plan
      fedbib sync che2023federated
      fedbib sync --format markdown > pull-request.md
      fedbib sync --from 2023.emnlp.xml --source acl --origin "acl-org/acl-anthology data/xml/2023.emnlp.xml"
    """
    if bool(saved) != bool(source):
        raise click.UsageError("--from and --source go together")
    collection = Collection.open(folder)
    keep = not (plan or dry_run or check)
    with collection.locked() if keep else nullcontext():
        run = _Run(collection, keys, everything=everything or bool(keys))
        if plan:
            run.show_plan()
            return int(run.broken)
        hits: Hits = {}
        if source:
            replies = _saved(saved, source, origin, run.ids)
        elif offline:
            replies = run.offline()
        else:
            with progress() as show, network(collection.settings, show, run.note) as net:
                replies, hits = run.heard(net)
        report = run.applied(replies, hits, keep=keep)
    if format == "json":
        click.echo(as_json(report), nl=False)
    elif format == "markdown":
        click.echo(as_markdown(report), nl=False)
    else:
        table(("key", "source", "field", "old", "new"), rows(report))
    complain([*report.linked, *report.problems, *report.failed])
    say(report.summary + ("" if keep or not report.changes else " (nothing was written)"))
    needs = any(problem.severity is Severity.ERROR for problem in report.problems)
    failed = any(problem.path not in OPTIONAL for problem in report.failed)
    return int(run.broken or needs or failed or (check and bool(report.changes)))


class _Run:
    """One run over a collection: what to ask, what was heard, what became of it."""

    def __init__(self, collection: Collection, keys: Sequence[str], *, everything: bool) -> None:
        self._collection, self._keys, self._rules = collection, keys, collection.rules
        loaded = collection.load()
        self.broken = complain(loaded.problems)
        self._records = _named(loaded, keys)
        self.ids = list(dict.fromkeys(id for record in self._records for id in asked(record)))
        self._state = State(collection.place / "answers.sqlite")
        self._heard = self._state.heard()
        now = time.time()
        self._due = Due(
            self._records, self._heard, collection.settings.ages, now, time.gmtime(now).tm_year, everything=everything
        )

    def show_plan(self) -> None:
        """Print the first round of requests, per host, with the least time they take."""
        from fedbib.net.pace import pace

        jobs: dict[str, list[Identifier]] = {}
        for name, ids in questions(self.ids, self._collection.settings.off).items():
            if due := [id for id in ids if self._due(name, id) and not self._due.waiting(name, id)]:
                jobs[name] = due
        loads = load(jobs, SOURCES, addresses(self._collection.settings), pace)
        head = ("source", "host", "ids", "requests", "least time")
        table(head, [(x.source, x.host, str(x.ids), str(x.requests), f"{x.seconds:.0f} s") for x in loads])
        longest = max((x.seconds for x in loads), default=0.0)
        say(f"{sum(x.requests for x in loads)} requests, at least {longest:.0f} s; hosts are asked side by side")

    def note(self, source: str, answers: Mapping[Identifier, Reply]) -> None:
        """Keep an answer at once, so that an interrupted run need not ask again."""
        self._state.note(source, answers, time.time())

    def offline(self) -> Replies:
        """What an interrupted run has heard."""
        return resolve(self.ids, asking(lambda _: {}, self._due, self._heard), self._collection.settings.off)

    def heard(self, net: Network) -> tuple[Replies, Hits]:
        """What the sources say of the records, and of publications that preprints may have."""
        off = self._collection.settings.off
        if "semantic_scholar" not in off and self.ids and not os.environ.get(KEY):
            say(f"Semantic Scholar is asked without a key ({KEY} is not set), so it may refuse")
        ask = asking(net.ask, self._due, self._heard)
        replies = resolve(self.ids, ask, off)
        return gather(self._records, replies, ask, net.search, self._may_search, self._rules, off)

    def _may_search(self, record: Record) -> bool:
        slot = _titles(record, self._rules)
        return slot is not None and self._due(*slot)

    def applied(self, replies: Replies, hits: Hits, *, keep: bool) -> Report:
        """Bring the answers to the records as they are now: a person may have saved one since."""
        entries = self._collection.entries
        changed: list[Change] = []
        linked: list[Problem] = []
        problems: list[Problem] = []
        records = []
        for record in _named(entries.load(), self._keys):
            path = f"{entries.name}/{record.key}.toml"
            fresh = refresh(record, replies, self._rules, path)
            outcome = publish(fresh.record, replies, hits, self._rules)
            if outcome.linked:
                fresh = refresh(outcome.record, replies, self._rules, path)
            final = dated(record, fresh.record if outcome.linked else outcome.record, date.today())
            changed += changes(record.key, record.claims, final.claims)
            linked += [_linked(record, *found, path) for found in outcome.linked]
            problems += fresh.problems
            problems += [_proposed(record, *found, path) for found in outcome.proposed]
            records.append(final)
            if keep and final != record:
                entries.write_claims(record.key, final.claims, final.proposals)
        if keep:
            self._remember(replies, hits, records)
        self._state.close()
        silent = {
            (name, slot[1]): said
            for record in records
            for name, said in hits.get(record.key, {}).items()
            if isinstance(said, Failure) and (slot := _titles(record, self._rules))
        }
        failed = tuple(failures({**replies, **silent}))
        return Report(len(records), tuple(changed), tuple(linked), tuple(problems), failed)

    def _remember(self, replies: Replies, hits: Hits, records: Sequence[Record]) -> None:
        """Note what needs no asking for a while: answers that became claims, DOIs kept elsewhere, titles searched.

        What is said of papers that only may be a record's stays as it is, for the next run to judge again.
        """
        own = {id for record in records for id in asked(record)}
        claimed = {(claim.source, claim.id) for record in records for claim in record.claims}
        done = {
            (source, id)
            for (source, id), reply in replies.items()
            if isinstance(reply, Elsewhere)
            or (isinstance(reply, Claim) and (source, id) in claimed)
            or (isinstance(reply, NotFound) and isinstance(replies.get(("doi_org", id)), Elsewhere))
        }
        for record in records:
            found = hits.get(record.key)
            if (
                found
                and (slot := _titles(record, self._rules))
                and not any(isinstance(said, Failure) for said in found.values())
            ):
                self._state.note(slot[0], {slot[1]: NotFound(slot[1])}, time.time())
                done.add(slot)
        self._state.used(slot for slot in done if slot[1] in own)
        self._state.forget(slot for slot in replies if slot not in done and slot[1] in own)


def _titles(record: Record, rules: Rules) -> tuple[str, Identifier] | None:
    """Under what it is noted when the title of a preprint was searched for."""
    arxiv = settle(record, rules).arxiv
    return ("titles", Identifier(Scheme.ARXIV, arxiv)) if arxiv else None


def _linked(record: Record, candidate: Candidate, judgement: Judgement, path: str) -> Problem:
    message = f"published as {candidate.id}: {judgement.evidence}"
    hint = f"if it is not: `fedbib reject {record.key} {candidate.id}`"
    return Problem("P01", Severity.NOTE, message, path, key=record.key, field="ids", hint=hint)


def _proposed(record: Record, candidate: Candidate, judgement: Judgement, path: str) -> Problem:
    message = f"may be published as {candidate.id} ({judgement.reason})"
    hint = f"`fedbib accept {record.key} {candidate.id}` or `fedbib reject {record.key} {candidate.id}`"
    return Problem("P02", Severity.WARNING, message, path, key=record.key, field="ids", hint=hint)


def _named(loaded: Loaded, keys: Sequence[str]) -> Sequence[Record]:
    return loaded.named(keys) if keys else loaded.records


def _saved(paths: Sequence[Path], source: str, origin: str, ids: Sequence[Identifier]) -> Replies:
    """The claims in files that hold a source's answers; identifiers a file does not speak of are left alone."""
    wanted = tuple(id for id in ids if id.scheme in SOURCES[source].SCHEMES)
    found: dict[tuple[str, Identifier], Claim] = {}
    for path in paths:
        content = files.read(path.resolve(), limit=_LIMIT)
        answers = SOURCES[source].parse(Body(200, content), Request(str(path), wanted))
        claims = {(source, id): answer for id, answer in answers.items() if isinstance(answer, Claim)}
        if not claims:
            say(f"{path}: says nothing about the records")
        found |= {slot: replace(claim, origin=origin or path.name) for slot, claim in claims.items()}
    return found
