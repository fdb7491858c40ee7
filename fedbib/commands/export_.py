"""`fedbib export`"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import click

from fedbib.build.outputs import rendered
from fedbib.collection import Collection
from fedbib.console import complain, say
from fedbib.disk import files
from fedbib.errors import BadFile
from fedbib.formats import FORMATS
from fedbib.model.work import Status, Work
from fedbib.report import counted
from fedbib.select import Selection, by_keys, cited_by, unknown, years
from fedbib.text.capitals import sentence

TITLES = click.option(
    "--titles",
    type=click.Choice(("as-published", "sentence")),
    default="as-published",
    show_default=True,
    help="Sentence case, as APA and most journals ask for it, keeps the capitals of names.",
)


@click.command(name="export", short_help="Write a part of the collection in any format.")
@click.argument("keys", metavar="[KEY...]", nargs=-1)
@click.option("--format", type=click.Choice(list(FORMATS)), default="bibtex", show_default=True)
@click.option("--topic", "topics", multiple=True, help="May be given several times, as the next four.")
@click.option("--dataset", "datasets", multiple=True)
@click.option("--model", "models", multiple=True)
@click.option("--venue", "venues", multiple=True, help="Its label without the year: EMNLP.")
@click.option("--status", "statuses", multiple=True, type=click.Choice([status.value for status in Status]))
@click.option("--year", help="2023, 2022-2024, 2022- or -2024.")
@click.option("--search", "text", default="", help="Words in key, title, authors, venue, topics, datasets or models.")
@click.option(
    "--cited",
    "--aux",
    "--bcf",
    "--tex",
    "documents",
    multiple=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="What this .aux, .bcf or .tex cites; any of the four names, any number of files.",
)
@TITLES
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Default: -, standard output.")
@click.pass_obj
def command(
    folder: Path,
    keys: tuple[str, ...],
    format: str,
    topics: tuple[str, ...],
    datasets: tuple[str, ...],
    models: tuple[str, ...],
    venues: tuple[str, ...],
    statuses: tuple[str, ...],
    year: str | None,
    text: str,
    documents: tuple[Path, ...],
    titles: str,
    output: Path | None,
) -> int:
    """Write a part of the collection in any format: by key, by what the works have, or exactly what a document cites.

    Exit 1 when a key is not in the collection; the others are written.

    \b
    Examples:
      fedbib export --topic LoRA --year 2024- -o lora.bib
      fedbib export --aux paper.aux -o references.bib
      fedbib export --venue EMNLP --format csl-json --titles sentence
    """
    collection = Collection.open(folder)
    works = collection.works
    broken = complain(collection.faults)
    missing: tuple[str, ...] = ()
    if keys or documents:
        works, missing = _named(works, keys, documents)
        if not works:
            raise BadFile("none of the works asked for is in the collection", where=str(output or "export"))
    selection = Selection(topics, datasets, models, venues, statuses, years(year) if year else None, text)
    works = _selected(works, selection)
    if titles == "sentence":
        works = tuple(replace(work, title=sentence(work.title)) for work in works)
    whole = rendered(format, works, collection.settings.about)
    if output and not _is_standard_output(output):
        _put(output, whole.encode())
        say(f"{counted(len(works), 'work')} in {output}")
    else:
        click.echo(whole, nl=False)
    return int(broken or bool(missing))


def _named(
    works: Sequence[Work], keys: Iterable[str], documents: Iterable[Path]
) -> tuple[tuple[Work, ...], tuple[str, ...]]:
    """The works of the keys and of what the documents cite, and the keys that no work has; says what is missing."""
    wanted = [*keys]
    for document in documents:
        keys_there, unread = cited_by(document)
        wanted += keys_there
        for path in unread:
            say(f"{path}: is taken in by {document} and cannot be read; what it cites is left out")
    found, missing = by_keys(works, wanted)
    for line in unknown(works, missing):
        say(line)
    return found, missing


def _selected(works: Sequence[Work], selection: Selection) -> tuple[Work, ...]:
    """The works that a selection takes; BadFile when it takes none, so that no file becomes an empty one."""
    for word, close in selection.strange(works):
        hint = f"did you mean {close}?" if close else "`fedbib list` prints what the works have"
        raise BadFile("no work has it", where=word, hint=hint)
    found = tuple(work for work in works if selection.takes(work))
    if works and not found:
        raise BadFile("no work has all that was asked for", where="export", hint="ask for less")
    return found


def _is_standard_output(path: Path) -> bool:
    try:
        return str(path) == "-" or path.samefile("/dev/stdout")
    except OSError:
        return False


def _put(output: Path, content: bytes) -> None:
    """Write where a person said; a link that a person names is followed."""
    full = output.absolute()
    if not files.pour(full, content):
        full = full.resolve()
        files.sweep_dead([full.parent])
        files.write(full, content)
