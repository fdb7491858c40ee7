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

_INDEX = click.option(
    "--index",
    "path",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file of the index (default: your own).",
)


@click.group(name="index", short_help="Build, export or describe the index that audit looks in.")
def command() -> None:
    """Build, export or describe the index that `fedbib audit` looks in.

    \b
    Examples:
      fedbib index build dblp/ arxiv-metadata.jsonl
      fedbib index info
    """


@command.command(name="build", short_help="Build the index from files.")
@click.argument("sources", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@_INDEX
def _build(sources: tuple[Path, ...], path: Path | None) -> int:
    """Build the index from files, or from all files in a folder. It replaces the index that was there.

    These are recognised by their content, also if compressed with gzip: DBLP's dump (dblp.xml.gz) and its BibTeX, also
    as JSON of titles and lines; the ACL Anthology's XML; Crossref's public data, OpenAlex's snapshot and arXiv's
    metadata snapshot (JSON Lines, JSON of items, or Parquet, which needs fedbib[sql]). Any other .bib, CSL-JSON, RIS or
    .full.json file can be read if it is not compressed.

    \b
    Example:
      fedbib index build proceedings/ arxiv-metadata.jsonl.gz
    """
    from fedbib.words.venues import register

    where = path or default_path()
    found = bulk.found(list(sources))
    number = build(where, ((file.name, bulk.works(file, read_file)) for file in found), register())
    say(f"{counted(number, 'work')} from {counted(len(found), 'file')} in {where}")
    return 0


@command.command(name="export", short_help="Write the index as Parquet files.")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@_INDEX
def _export(folder: Path, path: Path | None) -> int:
    """Write the index to FOLDER as Parquet files, for audits of many entries: `fedbib audit --index FOLDER`.

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


@command.command(name="info", short_help="Describe the index: how many works, and which proceedings are complete.")
@_INDEX
@click.option("--files", "files_", is_flag=True, help="Also print the files that it was built from.")
def _info(path: Path | None, files_: bool) -> int:
    """Describe the index: how many works it has, and which years of each series are complete.

    \b
    Example:
      fedbib index info
    """
    from fedbib.words.venues import register

    with Index.open(path or default_path(), register()) as index:
        sources, volumes = index.sources(), index.volumes()
    out(f"{counted(sum(works for _, works in sources), 'work')} from {counted(len(sources), 'file')}")
    for series, group in groupby(volumes, key=lambda volume: volume.series):
        each = list(group)
        whole = _years([volume.year for volume in each if volume.is_whole])
        part = ", ".join(f"{volume.year} ({volume.why})" for volume in each if not volume.is_whole)
        out(f"{series}: complete {whole or 'none'}" + (f"; in part {part}" if part else ""))
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
