"""`fedbib index`"""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

import click

from fedbib.audit import bulk
from fedbib.audit.index import Index, build, default_path
from fedbib.console import out, say
from fedbib.intake.foreign import read_file
from fedbib.report import counted

_INDEX = click.option("--index", "path", type=click.Path(path_type=Path, dir_okay=False), help="Its file.")


@click.group(name="index", short_help="Make the index that an audit looks in, and tell what it holds.")
def command() -> None:
    """Make the index that `fedbib audit` looks in, and tell what it holds.

    \b
    Examples:
      fedbib index build dblp/ arxiv-metadata.jsonl
      fedbib index info
    """


@command.command(name="build", short_help="Make the index anew.")
@click.argument("sources", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@_INDEX
def _build(sources: tuple[Path, ...], path: Path | None) -> int:
    """Make the index anew of files, or of all files in a folder.

    Read are, told by their shape, packed (gzip) or not: DBLP's dump (dblp.xml.gz) and its BibTeX, also as JSON of
    titles and lines; the ACL Anthology's XML; Crossref's public data and OpenAlex's snapshot (JSON Lines, or JSON of
    items); arXiv's metadata snapshot (JSON Lines). Not packed: any other .bib, CSL-JSON, RIS or .full.json file.

    \b
    Example:
      fedbib index build proceedings/ arxiv-metadata.jsonl.gz
    """
    from fedbib.words.venues import register

    where = path or default_path()
    found = bulk.found(list(sources))
    number = build(where, ((file.name, bulk.works(file, read_file)) for file in found), register())
    say(f"{counted(number, 'work')} of {counted(len(found), 'file')} in {where}")
    return 0


@command.command(name="export", short_help="Write the index as Parquet files.")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@_INDEX
def _export(folder: Path, path: Path | None) -> int:
    """Write the index into FOLDER as Parquet files, for audits of many entries at once: `audit --index FOLDER`.

    \b
    Example:
      fedbib index export index/
    """
    from fedbib.audit import layout
    from fedbib.words.venues import register

    with Index.open(path or default_path(), register()) as index:
        rows = layout.export(index, folder)
    say(f"{counted(rows['work'], 'work')} in {folder}")
    return 0


@command.command(name="info", short_help="Tell what the index holds, and which proceedings are whole.")
@_INDEX
@click.option("--files", "files_", is_flag=True, help="Print the files that it was made of, too.")
def _info(path: Path | None, files_: bool) -> int:
    """Tell what the index holds, and of which series which years are whole.

    \b
    Example:
      fedbib index info
    """
    from fedbib.words.venues import register

    with Index.open(path or default_path(), register()) as index:
        sources, volumes = index.sources(), index.volumes()
    out(f"{counted(sum(works for _, works in sources), 'work')} of {counted(len(sources), 'file')}")
    for series, group in groupby(volumes, key=lambda volume: volume.series):
        each = list(group)
        whole = _years([volume.year for volume in each if volume.is_whole])
        part = ", ".join(f"{volume.year} ({volume.why})" for volume in each if not volume.is_whole)
        out(f"{series}: whole {whole or 'none'}" + (f"; in part {part}" if part else ""))
    if files_:
        for name, works in sources:
            out(f"{name}: {counted(works, 'work')}")
    return 0


def _years(years: list[int]) -> str:
    """ "2010-2014, 2016"."""
    runs: list[list[int]] = []
    for year in sorted(years):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
