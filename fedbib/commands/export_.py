"""`fedbib export`"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from fedbib.build.outputs import rendered
from fedbib.collection import Collection
from fedbib.commands.selecting import Wanted, wanting
from fedbib.commands.shaping import REFERENCES, Wishes, wishing
from fedbib.console import complain, say
from fedbib.disk import files
from fedbib.export.dress import dressed
from fedbib.export.keys import renamed
from fedbib.formats import FORMATS, SHAPING
from fedbib.formats.base import Shape
from fedbib.model.work import Work
from fedbib.references import document, pandoc
from fedbib.references.style import style_of
from fedbib.report import counted


@click.command(name="export", short_help="Write papers of the collection in any format.")
@wishing
@click.option(
    "--key-map",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file to which --keys writes old and new keys, tab-separated. [default: FILE.keys.tsv beside the output]",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file to write. [default: standard output]",
)
@wanting
@click.pass_obj
def command(folder: Path, wanted: Wanted, wishes: Wishes, key_map: Path | None, output: Path | None) -> int:
    """Write papers of the collection in any format: all, by key, by the filters below, or those that a document cites.

    --for sets all options to suit a publisher or a program; options given beside it take precedence. Exit 1 if a key is
    not in the collection; the others are written.

    \b
    Examples:
      fedbib export --topic LoRA --year 2024- -o lora.bib
      fedbib export --aux paper.aux --for ieee -o references.bib
      fedbib export --venue EMNLP --venues short --without url --without doi
      fedbib export --fields author,title,booktitle,journal,year,pages --macros
      fedbib export --aux paper.aux --keys AuthorYear -o references.bib
      fedbib export --format markdown --style ieee
    """
    collection = Collection.open(folder)
    broken = complain(collection.faults)
    works, missing = wanted.of(collection.works, str(output or "export"))
    works = dressed(
        works, collection.rules.register, venues=wishes.venues, titles=wishes.titles, without=wishes.without
    )
    renamings: tuple[tuple[str, str], ...] = ()
    if wishes.keys:
        old, works = [work.key for work in works], renamed(works, wishes.keys)
        renamings = tuple(zip(old, (work.key for work in works), strict=True))
    _write(_text(wishes, works, collection), len(works), output)
    if renamings:
        _tell(renamings, key_map, output)
    return int(broken or missing)


def _text(wishes: Wishes, works: Sequence[Work], collection: Collection) -> str:
    """The works in the wanted format and shape."""
    about = collection.settings.about
    if wishes.format in REFERENCES:
        written = {"html": document.as_html, "markdown": document.as_markdown}[wishes.format]
        return written(pandoc.references(works, style_of(wishes.style, Path.cwd()), shape=wishes.shape))
    if wishes.format in FORMATS:
        text = rendered(wishes.format, works, about)
        if wishes.shape == Shape():
            return text
    return SHAPING[wishes.format].shaped(works, about, wishes.shape)


def _write(text: str, number: int, output: Path | None) -> None:
    if output and not _is_standard_output(output):
        _put(output, text.encode())
        say(f"{counted(number, 'work')} in {output}")
    else:
        click.echo(text, nl=False)


def _tell(renamings: Sequence[tuple[str, str]], key_map: Path | None, output: Path | None) -> None:
    """Write which key became which; to standard error where there is no file to write it beside."""
    text = "".join(f"{old}\t{new}\n" for old, new in renamings)
    if key_map is None and output and not _is_standard_output(output):
        key_map = output.with_name(f"{output.name}.keys.tsv")
    if key_map is None:
        click.echo(text, nl=False, err=True)
    else:
        _put(key_map, text.encode())
        say(f"{counted(len(renamings), 'key')}, old and new, in {key_map}")


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
