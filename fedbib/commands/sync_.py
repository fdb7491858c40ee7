"""`fedbib sync`"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext
from datetime import date
from pathlib import Path

import click

from fedbib.collection import Collection
from fedbib.commands.selecting import key_completion
from fedbib.commands.source import readable_source
from fedbib.console import complain, progress, say, table
from fedbib.disk import files
from fedbib.disk.cache import place
from fedbib.report import counted
from fedbib.report.pull_request import as_markdown
from fedbib.report.run import Report, as_json, rows
from fedbib.sources import SOURCES
from fedbib.sync.ask import Replies
from fedbib.sync.dump import dumped, is_dump, of_dump
from fedbib.sync.memory import State
from fedbib.sync.network import network
from fedbib.sync.publications import Hits
from fedbib.sync.run import Done, Run
from fedbib.sync.saved import saved as saved_answers


@click.command(name="sync", short_help="Refresh the records from the sources and find publications of preprints.")
@click.argument("keys", metavar="[KEY...]", nargs=-1, shell_complete=key_completion)
@click.option("--plan", is_flag=True, help="Show which requests would be sent, and send none.")
@click.option("--all", "everything", is_flag=True, help="Also ask again what was answered recently.")
@click.option("--offline", is_flag=True, help="Send no requests; use the answers that an interrupted run received.")
@click.option("--dry-run", is_flag=True, help="Show what would change and change nothing.")
@click.option("--check", is_flag=True, help="Like --dry-run, and exit 1 if something would change.")
@click.option("--format", type=click.Choice(["text", "json", "markdown"]), default="text", show_default=True)
@click.option(
    "--full",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the complete Markdown report to this file; --format markdown is shortened to fit a pull request.",
)
@click.option(
    "--from",
    "saved",
    type=click.Path(path_type=Path, dir_okay=False),
    multiple=True,
    help="Read answers saved in this file instead of asking the network; may be repeated.",
)
@click.option("--source", callback=readable_source, help="The source that the saved answers are from.")
@click.option("--origin", default="", help="Where the saved files come from, as noted in the claims.")
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
    full: Path | None,
    saved: tuple[Path, ...],
    source: str | None,
    origin: str,
) -> int:
    """Ask the sources about all records, or those you name, and update the claims that changed.

    sync also looks for the publications of preprints. It links one if title, authors, year and venue leave no doubt,
    and leaves the others for `fedbib review`. Recent answers are not asked for again (`[ages]` in the settings). What
    people wrote is never changed, nothing is removed because a source failed, and answers about another paper are
    rejected. Data that a registry gives in a saved file are added to the records with its identifiers. Exit 1 if a
    request failed or something needs your decision.

    \b
    Examples:
      fedbib sync --plan
      fedbib sync che2023federated
      fedbib sync --format markdown > pull-request.md
      fedbib sync --from dblp.xml.gz
      fedbib sync --from 2023.emnlp.xml --source acl --origin "acl-org/acl-anthology data/xml/2023.emnlp.xml"
    """
    source = source or dumped(saved) or None
    if bool(saved) != bool(source):
        raise click.UsageError("--from needs --source and the other way round, except for DBLP's dump")
    collection = Collection.open(folder)
    keep = not (plan or dry_run or check)
    with (
        collection.locked() if keep else nullcontext(),
        _answers(collection) as state,
    ):
        run, broken = _run(collection, keys, state, everything=everything or bool(keys))
        if plan:
            _show_plan(run)
            return int(broken or state.is_damaged)
        if source:
            replies, hits = _saved(run, collection, saved, source, origin)
        else:
            replies, hits = run.offline() if offline else _heard(run, collection)
        done = run.apply(replies, hits, date.today(), keep=keep, joining=bool(source))
    _print(done, Report.of(done, collection.entries.name), format, full, kept=keep)
    return int(broken or state.is_damaged or done.needs_a_person or done.failed or (check and bool(done.changes)))


@contextmanager
def _answers(collection: Collection) -> Iterator[State]:
    """The answers to past runs; a fault of the file, which may show at any use, is reported at the end."""
    with closing(State(place(collection.root) / "answers.sqlite")) as state:
        try:
            yield state
        finally:
            if state.trouble:
                say(state.trouble)


def _run(collection: Collection, keys: Sequence[str], state: State, *, everything: bool) -> tuple[Run, bool]:
    """The run, and whether a record is broken."""
    loaded = collection.load()
    broken = complain(loaded.problems)
    entries, settings, rules = collection.entries, collection.settings, collection.rules
    return Run(entries, loaded, keys, settings, rules, state, time.time, everything=everything), broken


def _show_plan(run: Run) -> None:
    loads, searches, open_ = run.plan(), run.plan_searches(), run.open
    head = ("source", "host", "ids", "requests", "least time")
    rows = [(x.source, x.host, str(x.ids), str(x.requests), f"{x.seconds:.0f} s") for x in loads]
    rows += [
        (f"{x.source} (titles)", x.host, str(x.ids), f"at most {x.requests}", f"{x.seconds:.0f} s") for x in searches
    ]
    table(head, rows)
    by_host: dict[str, float] = {}
    for load in (*loads, *searches):
        by_host[load.host] = by_host.get(load.host, 0.0) + load.seconds
    least = max((x.seconds for x in loads), default=0.0)
    say(
        f"{sum(x.requests for x in loads)} requests, and at most {sum(x.requests for x in searches)} for titles; "
        f"{least:.0f} s to about {max(by_host.values(), default=0.0):.0f} s, as hosts are asked in parallel"
    )
    if open_:
        say(f"not counted: requests about publications that the answers name for {counted(open_, 'preprint')}")
    if untitled := run.untitled:
        say(f"not counted: searches for {counted(untitled, 'paper')} whose title is not known yet")


def _heard(run: Run, collection: Collection) -> tuple[Replies, Hits]:
    for name, source in SOURCES.items():
        if source.key and name not in collection.settings.off and run.ids and not os.environ.get(source.key):
            say(f"{source.title} may refuse requests without an API key: set {source.key} if you have one")
    with progress() as show, network(collection.settings, show, run.note) as net:
        return run.ask(net)


def _saved(run: Run, collection: Collection, paths: Sequence[Path], source: str, origin: str) -> tuple[Replies, Hits]:
    dumps = [path for path in paths if is_dump(path, source)]
    others = [path for path in paths if path not in dumps]
    found, silent = saved_answers(others, source, origin, run.ids)
    replies = dict(found)
    for path in dumps:
        replies |= of_dump(path, source, place(collection.root) / "dump.sqlite", run.named, run.titles)
    for path in silent:
        say(f"{path}: contains nothing about the records")
    return replies, {}


def _print(done: Done, report: Report, format: str, full: Path | None, *, kept: bool) -> None:
    if full:
        files.write(full.absolute(), as_markdown(done, report, most=None).encode())
    if format == "json":
        click.echo(as_json(report), nl=False)
    elif format == "markdown":
        click.echo(as_markdown(done, report), nl=False)
    else:
        table(("key", "source", "field", "old", "new"), rows(report))
    complain([*report.linked, *report.problems, *report.failed])
    say(report.summary + ("" if kept or not report.changes else " (nothing was written)"))
