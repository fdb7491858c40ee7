"""`fedbib discover`"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import click

from fedbib.collection import Collection
from fedbib.console import complain, out, progress, say, table
from fedbib.discover import declined
from fedbib.discover.ask import Told, abstracts, news
from fedbib.discover.found import as_json, as_markdown, rows, ticked
from fedbib.discover.judge import Answers, Queue, judged
from fedbib.discover.saved import read
from fedbib.discover.store import Store
from fedbib.discover.take import declined as lines
from fedbib.discover.take import take
from fedbib.discover.words import Words, phrases
from fedbib.disk import files
from fedbib.disk.cache import place
from fedbib.errors import BadIdentifier
from fedbib.ids.identify import identify
from fedbib.intake.known import Known
from fedbib.intake.typed import Fate
from fedbib.model.identifier import Identifier
from fedbib.sources import SOURCES
from fedbib.sources.base import Wanted
from fedbib.sync.network import addresses, connection, network
from fedbib.text.markdown import escape
from fedbib.text.markup import plain

_LIMIT = 1_000_000


@click.command(name="discover", short_help="Find new papers that are not in the collection.")
@click.argument("ids", metavar="[ID...]", nargs=-1)
@click.option("--accept", is_flag=True, help="Add these papers to the collection.")
@click.option("--decline", is_flag=True, help="Decline these papers, so that they are not shown again.")
@click.option("--why", default="", help="The reason for declining.")
@click.option(
    "--ticks",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="Accept and decline the papers ticked in the saved text of an issue.",
)
@click.option(
    "--from",
    "saved",
    type=click.Path(path_type=Path, dir_okay=False),
    multiple=True,
    help="Read a saved listing or feed instead of asking the network; may be repeated.",
)
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Ask for papers since this day.")
@click.option("--offline", is_flag=True, help="Send no requests; show what earlier runs found.")
@click.option("--all", "everything", is_flag=True, help="Also show papers below the threshold.")
@click.option("--most", type=click.IntRange(1), default=50, show_default=True, help="Show at most this many.")
@click.option("--format", type=click.Choice(["text", "json", "markdown"]), default="text", show_default=True)
@click.pass_obj
def command(
    folder: Path,
    ids: tuple[str, ...],
    accept: bool,
    decline: bool,
    why: str,
    ticks: Path | None,
    saved: tuple[Path, ...],
    since: datetime | None,
    offline: bool,
    everything: bool,
    most: int,
    format: str,
) -> int:
    """Find papers that are not in the collection yet: ask the sources for new ones and show those likely to fit.

    What fits is learnt from the collection, from papers declined before (declined.toml), and from the words under
    [discover] in the settings. Each paper is shown with the reason. Abstracts stay on this machine. Needs the extra
    fedbib[discover]. Exit 1 if a source failed or a paper was refused.

    \b
    Examples:
      fedbib discover
      fedbib discover --from 2025-11-20.jsonl --all
      fedbib discover --accept arxiv:2511.16423 2511.14199
      fedbib discover --decline 2511.10945 --why "no language model"
      fedbib discover --format markdown > issue.md
    """
    if (accept and decline) or bool(ids) != (accept or decline):
        raise click.UsageError("give papers together with either --accept or --decline")
    if why and not decline:
        raise click.UsageError("--why goes with --decline")
    collection = Collection.open(folder)
    with closing(Store(place(collection.root) / "discover.sqlite")) as store:
        if store.trouble:
            say(store.trouble)
        _heard(store, saved)
        if ids or ticks:
            wanted, refused = (ids if accept else (), ids if decline else ()) if ids else _ticked(ticks)
            return int(_answered(collection, store, wanted, refused, why, format))
        answers = _answers(collection)
        asks = not (saved or offline)
        failed = asks and _asked(collection, answers, store, since.date() if since else None)
        queue = judged(store.papers(), answers, Words.of(collection.settings.discover))
    _show(queue, format, most, everything=everything)
    return int(failed)


def _answers(collection: Collection) -> Answers:
    loaded = collection.load()
    complain(loaded.problems)
    return Answers(Known(loaded.records, collection.rules), declined.read(collection.root))


def _heard(store: Store, paths: Sequence[Path]) -> None:
    """Keep what saved listings tell."""
    for path in paths:
        source, papers = read(path)
        new = store.keep(source, papers)
        say(f"{path}: {len(papers)} papers from {SOURCES[source].title}, {new} of them new")


def _asked(collection: Collection, answers: Answers, store: Store, since: date | None) -> bool:
    """Ask the sources; whether one that a run cannot do without failed."""
    settings, bases = collection.settings, addresses(collection.settings)
    known = answers.known
    newest = sorted(known.records.values(), key=lambda record: known.settled(record.key).year or 0, reverse=True)
    ours = [id for record in newest for id in record.ids]
    wanted = Wanted(
        date.min,
        date.today(),
        phrases(settings.discover.must),
        settings.discover.categories,
        settings.discover.volumes,
        settings.discover.streams,
        tuple(ours),
    )
    with progress() as show, connection(settings) as get:
        told = news(wanted, bases, settings.off, get, store, show, since)
        abstracts(ours, bases, settings.off, get, store)
    for one in told:
        say(_told(one))
    return any(one.failure and not SOURCES[one.source].optional for one in told)


def _told(told: Told) -> str:
    title = SOURCES[told.source].title
    done = f"{title}: {told.new} new papers, {told.requests} requests"
    return f"{done}; stopped early: {told.failure}" if told.failure else done


def _ticked(path: Path | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if path is None or str(path) == "-":
        text = sys.stdin.buffer.read(_LIMIT).decode("utf-8", "replace")
    else:
        text = files.text(files.read(path.resolve(), limit=_LIMIT), str(path))
    return ticked(text.replace("\r\n", "\n"))


def _answered(
    collection: Collection, store: Store, wanted: Sequence[str], refused: Sequence[str], why: str, format: str
) -> bool:
    """Carry out what people answered; whether a paper was refused."""
    with collection.locked():
        bad = bool(wanted) and _taken(collection, store, wanted, format)
        ids = [id for text in refused if (id := _identified(text))]
        if refused:
            new = declined.add(collection.root, lines(ids, store, why, date.today()))
            say(f"{declined.NAME}: {new} of {len(refused)} papers added")
    return bad or len(refused) != len(ids)


def _taken(collection: Collection, store: Store, texts: Sequence[str], format: str) -> bool:
    known = Known(collection.load().records, collection.rules)
    with progress() as show, network(collection.settings, show) as net:
        additions = take(texts, known, collection.rules, store, net.ask, date.today(), collection.settings.off)
    for addition in additions:
        record = addition.record
        if addition.fate is Fate.ADDED and record:
            title = plain(known.settled(record.key).title)
            collection.entries.write_new(record, title)
            done = f"added {record.key}: {title}" + (f" ({', '.join(record.topics)})" if record.topics else "")
            out(f"- {escape(done)}" if format == "markdown" else done)
        elif record:
            out(f"already here: {addition.text} is {record.key}")
        else:
            say(f"{addition.fate}: {addition.text}" + (f": {addition.reason}" if addition.reason else ""))
    if any(addition.fate is Fate.ADDED for addition in additions):
        say("next: look at the new files in entries/, then `fedbib sync` and `fedbib build`")
    return any(addition.fate not in (Fate.ADDED, Fate.HERE) for addition in additions)


def _identified(text: str) -> Identifier | None:
    try:
        return identify(text)
    except BadIdentifier as error:
        say(f"refused: {text}: {error.message}")
        return None


def _show(queue: Queue, format: str, most: int, *, everything: bool) -> None:
    above = [one for one in queue.candidates if one.above]
    shown = (queue.candidates if everything else above)[:most]
    if format == "json":
        click.echo(as_json(queue, shown), nl=False)
    elif format == "markdown":
        click.echo(as_markdown(queue, shown), nl=False)
    else:
        table(("score", "id", "title", "why"), rows(shown))
    below = len(queue.candidates) - len(above)
    say(
        f"{len(above)} to look at, {below} below the threshold (--all shows them), {queue.listed} considered"
        + ("" if queue.line is not None else "; the threshold is learnt once you have accepted and declined a few")
    )
