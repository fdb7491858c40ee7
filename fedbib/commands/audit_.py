"""`fedbib audit`"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from datetime import date
from pathlib import Path

import click

from fedbib.audit import baseline, entries, online, patch, run
from fedbib.audit.batch import Library
from fedbib.audit.engines import ENGINES
from fedbib.audit.index import Index, default_path
from fedbib.audit.judge import Judge
from fedbib.audit.patch import Edit, Extent
from fedbib.audit.series import Series
from fedbib.audit.shelf import Shelf
from fedbib.audit.verdict import Audited
from fedbib.collection import Collection
from fedbib.console import complain, progress, say
from fedbib.disk import files
from fedbib.errors import BadSettings
from fedbib.intake import documents
from fedbib.intake.foreign import read_file
from fedbib.model.problem import Severity
from fedbib.model.work import Work
from fedbib.report import audit as report
from fedbib.settings import FILES, Settings
from fedbib.sync.network import network
from fedbib.sync.publications import FIRST_VERSION, Hits

_LIMIT = 200_000_000
_DOCUMENTS = dict.fromkeys(documents.ENDINGS, documents.read)
_FILE = click.Path(path_type=Path, dir_okay=False)
_PATH = click.Path(path_type=Path)


def _kinds(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        click.echo(report.kinds(), nl=False)
        context.exit()


@click.command(name="audit", short_help="Check each entry of a bibliography against known papers and registries.")
@click.argument("sources", metavar="[FILE...]", nargs=-1, type=_FILE)
@click.option(
    "--index", "indexes", multiple=True, type=_PATH, help="An index to look in; may be repeated (default: your own)."
)
@click.option(
    "--engine",
    type=click.Choice(list(ENGINES)),
    default="duckdb",
    help="The engine that reads an index of Parquet files.",
)
@click.option("--format", type=click.Choice(list(report.FORMATS)), default="text", show_default=True)
@click.option("--baseline", "looked_at", type=_FILE, help="Leave out the findings listed in this file.")
@click.option("--write-baseline", "kept", type=_FILE, help="Write the findings to this file, and exit 0.")
@click.option("--offline", is_flag=True, help="Send no requests to registries.")
@click.option(
    "--fix",
    type=click.Choice([extent.value for extent in Extent]),
    help="Print corrections as a diff of the .bib files: year, DOI and pages (safe), or titles and authors too (all).",
)
@click.option("--interactive", is_flag=True, help="With --fix: ask for each change whether to include it.")
@click.option(
    "--kinds",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_kinds,
    help="Print what each kind of finding means, and stop.",
)
@click.pass_obj
def command(
    folder: Path,
    sources: tuple[Path, ...],
    indexes: tuple[Path, ...],
    engine: str,
    format: str,
    looked_at: Path | None,
    kept: Path | None,
    offline: bool,
    fix: str | None,
    interactive: bool,
) -> int:
    """Check each entry of a bibliography: does the paper exist, and are title, authors, venue and identifiers right?

    FILE is a .bib, CSL-JSON, RIS or .full.json file, or a document: .aux, .bcf and .tex are read for what they cite,
    .md, .typ and .docx for that or for their list of references, .pdf for its list of references. Without FILE, the
    collection is audited.

    Entries are looked up in the collection of this folder, if there is one, and in the index that `fedbib index build`
    makes. Then, unless --offline is given, registries are asked about the identifiers that were not found there, and
    searched for the titles of entries not found.

    The verdict on an entry is one of four: confirmed; confirmed but described differently; contradicted; or
    undetermined, which is no evidence against it.

    Exit 1 if there is something to fix, 4 if there is not but some sources did not answer.

    \b
    Examples:
      fedbib audit paper.bib
      fedbib audit paper.bib --fix safe | git apply
      fedbib audit paper.bib --fix all --interactive > fixes.diff
      fedbib audit paper.bib --baseline looked-at.json
    """
    if interactive and not fix:
        raise click.UsageError("--interactive needs --fix safe or --fix all")
    found = _entries(sources, folder)
    accepted = baseline.read(looked_at) if looked_at else frozenset()
    audited, out = _audited(found, folder, (indexes, engine), own=not sources, offline=offline)
    result = run.result(audited, accepted, out)
    if kept:
        files.write(kept.absolute(), baseline.text(run.marks(result.audited)).encode())
        say(f"{report.summary(result)}; written to {kept}")
        return 0
    text = _diff(result.audited, Extent(fix), ask=interactive) if fix else report.FORMATS[format](result)
    click.echo(text, nl=False)
    if fix or format != "text":
        say(report.summary(result))
    return result.code


def _audited(
    found: Sequence[entries.Entry], folder: Path, indexes: tuple[tuple[Path, ...], str], *, own: bool, offline: bool
) -> tuple[tuple[Audited, ...], tuple[str, ...]]:
    """The verdicts, and the sources that did not answer."""
    collection = _collection(folder)
    with _opened(None if own else collection, indexes, found) as opened:
        if offline and not opened:
            say("there is no collection and no index to look in; `fedbib index build FILE...` makes an index")
        judge = Judge(opened, date.today().year)
        audited = run.audit(found, judge)
        if offline:
            return audited, ()
        return _asked(found, audited, judge, collection.settings if collection else Settings())


def _entries(sources: tuple[Path, ...], folder: Path) -> tuple[entries.Entry, ...]:
    """The entries to audit; reports what cannot be read, and what is cited but missing."""
    read = entries.read(sources, read_file, _DOCUMENTS) if sources else _own(folder)
    complain([problem for problem in read.problems if problem.severity is not Severity.NOTE])
    for key in read.missing:
        say(f"{key}: is cited, but is in no bibliography of the document")
    return read.entries


def _own(folder: Path) -> entries.Read:
    """The works of the collection."""
    collection = Collection.open(folder)
    name = f"{collection.settings.entries}/{{}}.toml"
    return entries.Read(
        tuple(entries.Entry(work, name.format(work.key), 0) for work in collection.works), collection.faults
    )


@contextmanager
def _opened(
    collection: Collection | None, indexes: tuple[tuple[Path, ...], str], asking: Sequence[entries.Entry]
) -> Iterator[list[Shelf]]:
    """The collection at hand, unless it is what is audited, and the indexes; of Parquet files, what is asked for."""
    with ExitStack() as stack:
        found: list[Shelf] = []
        register = collection.settings.register if collection else Settings().register
        if collection and collection.works:
            name = collection.settings.about.name
            found.append(stack.enter_context(Index.of(collection.works, register, name)))
        named, engine = indexes
        for path in named or ((default_path(),) if default_path().is_file() else ()):
            if path.is_dir():
                runs = stack.enter_context(closing(ENGINES[engine]()))
                found.append(Library(path, runs, register).found(asking))
            else:
                found.append(stack.enter_context(Index.open(path, register)))
        yield found


def _asked(
    found: Sequence[entries.Entry], audited: Sequence[Audited], judge: Judge, settings: Settings
) -> tuple[tuple[Audited, ...], tuple[str, ...]]:
    """The verdicts with the registries' answers, and the sources that did not answer."""
    names = judge.indexes[0].names if judge.indexes else Series(settings.register)
    with progress() as bars, network(settings, bars) as net:
        services = [name for name in net.searchers if name != FIRST_VERSION]

        def search(works: Mapping[str, Work]) -> Hits:
            return net.search(dict.fromkeys(services, works), lambda *_: None)

        answers = online.ask(found, audited, net.ask, search, names, settings.off)
    return run.again(found, audited, judge, answers), answers.out


def _diff(audited: Sequence[Audited], extent: Extent, *, ask: bool) -> str:
    """The corrections of the .bib files as one diff; with `ask`, only those that a person includes."""
    told: list[str] = []
    for path in dict.fromkeys(each.path for each in audited):
        if Path(path).suffix.lower() in (".bib", ".bibtex"):
            # Line ends stay as they are.
            before = files.read(Path(path).resolve(), limit=_LIMIT).decode("utf-8", "surrogateescape")
            mine = [each for each in audited if each.path == path]
            changes = patch.edits(before, mine, extent)
            taken = _taken(changes, is_first=not told) if ask else changes
            told.append(patch.diff(path, before, patch.corrected(before, taken)))
    return "".join(told)


def _taken(changes: Sequence[Edit], *, is_first: bool) -> list[Edit]:
    """The changes that a person includes; asked on standard error, so that the diff can go into a file."""
    taken: list[Edit] = []
    for place, edit in enumerate(changes, start=1):
        say(f"{edit.entry.path}:{edit.entry.line}: {edit.entry.work.key}: {report.sentence(edit.note)}")
        say(f"  - {edit.field} = {edit.before}\n  + {edit.field} = {edit.after}")
        answer = _answer(
            f"{place} of {len(changes)}: include it? (y)es, (n)o, (a)ll that follow, (q)uit with those included so far",
            is_first=is_first and place == 1,
        )
        if answer == "q":
            return taken
        if answer == "a":
            return [*taken, *changes[place - 1 :]]
        taken += [edit] if answer == "y" else []
    return taken


def _answer(question: str, *, is_first: bool) -> str:
    """What a person answers; where piped answers end, they quit."""
    try:
        answer: str = click.prompt(question, type=click.Choice("ynaq"), show_choices=False, err=True)
    except click.Abort:
        if is_first or sys.stdin.isatty():
            raise
        say("")
        return "q"
    return answer


def _collection(folder: Path) -> Collection | None:
    try:
        return Collection.open(folder)
    except BadSettings:
        if (folder / FILES[0]).is_file():
            raise
        return None
