"""`fedbib venues`"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from fedbib.checks.venues import unknown
from fedbib.collection import Collection
from fedbib.console import complain, say, table
from fedbib.errors import BadSettings
from fedbib.model.venue import Venue
from fedbib.settings import FILES, Settings
from fedbib.words.venues import Register, spellings


@click.command(name="venues", short_help="List known venues, and venues of the collection that are not known.")
@click.argument("names", metavar="[NAME]...", nargs=-1)
@click.option("--unknown", "only_unknown", is_flag=True, help="List only venues of the collection that are not known.")
@click.option("--format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_obj
def command(folder: Path, names: tuple[str, ...], only_unknown: bool, format: str) -> int:
    """List known venues, and venues of the collection that are not known; with NAMEs, the venue that each stands for.

    Known venues are those that come with fedbib and those under [venues] in the settings. Exit 1 if a NAME is not known
    or --unknown finds any.

    \b
    Examples:
      fedbib venues
      fedbib venues "Proc. of ICML" TPAMI
      fedbib venues --unknown --format json
    """
    if names and only_unknown:
        raise click.UsageError("give names or --unknown, not both")
    collection = _collection(folder)
    settings = collection.settings if collection else Settings()
    register = settings.register
    if names:
        return _named(names, register, set(settings.venues), format)
    found = unknown(collection.works, register) if collection else {}
    broken = complain(collection.faults) if collection else False
    known = () if only_unknown else register.venues
    if format == "json":
        own = set(settings.venues)
        data = {"unknown": found} | ({} if only_unknown else {"known": [_data(venue, own) for venue in known]})
        click.echo(json.dumps(data, ensure_ascii=False, indent=1))
    else:
        if known:
            table(_HEAD, [_row(venue, set(settings.venues)) for venue in known])
        _tell(found, as_result=only_unknown)
    return int(broken or (only_unknown and bool(found)))


def _tell(found: Mapping[str, Sequence[str]], *, as_result: bool) -> None:
    if not found:
        return
    if not as_result:
        say("not known, so written as their sources write them (`fedbib venues --unknown` lists only these):")
    table(("venue", "papers", "first"), [(name, str(len(keys)), keys[0]) for name, keys in found.items()])
    say("  hint: add a venue, or another spelling of a known one, under [venues] in the settings")


_HEAD = ("id", "label", "kind", "from", "title")


def _row(venue: Venue, own: set[str]) -> tuple[str, ...]:
    title = venue.title or (venue.titles[-1][1] if venue.titles else "")
    return venue.id, venue.short, venue.kind, "settings" if venue.id in own else "fedbib", title


def _data(venue: Venue, own: set[str]) -> dict[str, object]:
    return {
        "id": venue.id,
        "short": venue.short,
        "kind": venue.kind,
        "from": "settings" if venue.id in own else "fedbib",
        "title": venue.title,
        "titles": {str(year): title for year, title in venue.titles},
        "publisher": venue.publisher,
        "spellings": list(dict.fromkeys(spellings(venue))),
    }


def _named(names: tuple[str, ...], register: Register, own: set[str], format: str) -> int:
    """What each name is taken for."""
    found = {name: register.find(name) for name in names}
    if format == "json":
        data = {name: _data(venue, own) if venue else None for name, venue in found.items()}
        click.echo(json.dumps(data, ensure_ascii=False, indent=1))
    else:
        rows = [(name, *_row(venue, own)) for name, venue in found.items() if venue]
        if rows:
            table(("name", *_HEAD), rows)
        for name, venue in found.items():
            if not venue:
                say(f"{name}: is not a known venue")
    return int(not all(found.values()))


def _collection(folder: Path) -> Collection | None:
    """The collection at hand, if there is one."""
    try:
        return Collection.open(folder)
    except BadSettings:
        if (folder / FILES[0]).is_file():
            raise
        return None
