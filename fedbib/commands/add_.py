"""`fedbib add`"""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from fedbib.collection import Collection
from fedbib.commands.source import readable_source
from fedbib.console import complain, out, progress, say
from fedbib.intake.known import Known
from fedbib.intake.typed import Addition, Fate, add
from fedbib.settle import settle
from fedbib.sync.ask import Replies
from fedbib.sync.network import network
from fedbib.sync.saved import heard
from fedbib.sync.saved import saved as saved_answers
from fedbib.text.markup import plain

_LIMIT = 1_000_000


@click.command(name="add", short_help="Add papers by identifier or URL.")
@click.argument("texts", metavar="ID|URL...", nargs=-1)
@click.option("--topic", "topics", multiple=True, help="A topic of the new records; may be given several times.")
@click.option(
    "--from",
    "saved",
    type=click.Path(path_type=Path, dir_okay=False),
    multiple=True,
    help="Read saved answers, ask nobody.",
)
@click.option("--source", callback=readable_source, help="Whose answers the saved files are.")
@click.option("--origin", default="", help="Where the saved files come from, for the claims.")
@click.option("--anyway", is_flag=True, help="Add a paper although one with its title is here.")
@click.pass_obj
def command(
    folder: Path,
    texts: tuple[str, ...],
    topics: tuple[str, ...],
    saved: tuple[Path, ...],
    source: str | None,
    origin: str,
    anyway: bool,
) -> int:
    """Add papers by what is on the clipboard: arXiv and ACL Anthology ids and links, DOIs, links that hold a DOI.

    Without arguments, or with `-`, one per line is read from standard input. A paper that is here already under any of
    its identifiers is named and not added again.

    \b
    Examples:
      fedbib add 2310.15080 https://aclanthology.org/2023.acl-demo.54/
      fedbib add doi:10.1145/3637528.3671865 --topic zeroth-order
      pbpaste | fedbib add
      fedbib add 2504.13365 --from 2025-04-21.jsonl --source arxiv
    """
    if bool(saved) != bool(source):
        raise click.UsageError("--from and --source go together")
    wanted = list(dict.fromkeys(_texts(texts)))
    if not wanted:
        raise click.UsageError("nothing to add: give identifiers or links, or lines on standard input")
    collection = Collection.open(folder)
    answers = saved_answers(saved, source, origin, ())[0] if source else None
    with collection.locked():
        return _add(collection, wanted, topics, answers, anyway=anyway)


def _add(
    collection: Collection, wanted: list[str], topics: tuple[str, ...], answers: Replies | None, *, anyway: bool
) -> int:
    loaded = collection.load()
    broken = complain(loaded.problems)
    known = Known(loaded.records, collection.rules)
    off = collection.settings.off
    if answers is not None:
        additions = add(wanted, known, collection.rules, heard(answers), off=off, anyway=anyway)
    else:
        with progress() as show, network(collection.settings, show) as net:
            additions = add(wanted, known, collection.rules, net.ask, off=off, anyway=anyway)
    for addition in additions:
        if addition.fate is Fate.ADDED and addition.record:
            record = replace(addition.record, topics=topics, added=date.today())
            work = settle(record, collection.rules)
            collection.entries.write_new(record, plain(work.title))
            venue = f"{work.container_title_short} {work.year or ''}".strip()
            out(f"added {record.key}: {plain(work.title)}" + (f" [{venue}]" if venue else ""))
        else:
            _tell(addition)
    refused = sum(addition.fate is Fate.REFUSED for addition in additions)
    if any(addition.fate is Fate.ADDED for addition in additions):
        say("next: look at the new files in entries/, then `fedbib build`")
    return int(broken or bool(refused))


def _tell(addition: Addition) -> None:
    reason = f" ({addition.reason})" if addition.reason else ""
    if addition.record:
        out(f"here already: {addition.text} is {addition.record.key}{reason}")
    else:
        say(f"refused: {addition.text}: {addition.reason}")
    if addition.hint:
        say(f"  hint: {addition.hint}")


def _texts(texts: tuple[str, ...]) -> list[str]:
    if texts and texts != ("-",):
        return list(texts)
    if sys.stdin.isatty() and not texts:
        return []
    lines = sys.stdin.buffer.read(_LIMIT).decode("utf-8", "replace").splitlines()
    return [line.strip() for line in lines if line.strip()]
