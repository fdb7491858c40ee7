"""`declined.toml`: the papers that people looked at and did not take, a line each.

People's file: lines are only added.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from fedbib.disk import files
from fedbib.errors import BadFile, BadIdentifier
from fedbib.ids.identify import identify
from fedbib.model.identifier import Identifier
from fedbib.text.plain import clean

NAME = "declined.toml"
_LIMIT = 20_000_000
_HEAD = "# Papers that were declined: `fedbib discover` does not show them again, and learns from them.\n"
_MEMBERS = frozenset({"date", "why", "title"})


@dataclass(frozen=True, slots=True)
class Declined:
    """A paper that people did not take."""

    id: Identifier
    on: date
    why: str = ""
    title: str = ""


def read(root: Path) -> tuple[Declined, ...]:
    """What the collection in a folder has declined, in the order of its file; raises BadFile."""
    path = root / NAME
    if not files.exists(path):
        return ()
    return parse(files.text(files.read(path, limit=_LIMIT), NAME))


def parse(text: str) -> tuple[Declined, ...]:
    """The papers in the text of the file; raises BadFile with what is wrong."""
    import tomli

    try:
        data = tomli.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadFile(f"is not TOML: {error}", where=NAME) from error
    return tuple(_one(name, values, _line(text, name)) for name, values in data.items())


def _one(name: str, values: object, line: int | None) -> Declined:
    hint = '"arxiv:2503.12232" = { date = 2026-11-27, why = "no language model", title = "..." }'
    try:
        id = identify(name)
    except BadIdentifier as error:
        raise BadFile(error.message, where=NAME, line=line, hint=hint) from error
    if not isinstance(values, dict) or not values.keys() <= _MEMBERS or type(values.get("date")) is not date:
        raise BadFile(f"{name}: needs a date and may have why and title", where=NAME, line=line, hint=hint)
    why, title = values.get("why", ""), values.get("title", "")
    if not isinstance(why, str) or not isinstance(title, str):
        raise BadFile(f"{name}: why and title must be texts", where=NAME, line=line, hint=hint)
    return Declined(id, values["date"], clean(why), clean(title))


def _line(text: str, name: str) -> int | None:
    return next((number for number, line in enumerate(text.split("\n"), 1) if name in line), None)


def add(root: Path, papers: Iterable[Declined]) -> int:
    """Write a line for each paper that has none, below what is there; how many were new. Raises BadFile."""
    path = root / NAME
    text = files.text(files.read(path, limit=_LIMIT), NAME) if files.exists(path) else _HEAD
    known = {paper.id for paper in parse(text)}
    new = [paper for paper in dict.fromkeys(papers) if paper.id not in known]
    if new:
        files.write(path, (text.rstrip("\n") + "\n" + "".join(map(render, new))).encode())
    return len(new)


def render(paper: Declined) -> str:
    """The line of a paper."""
    texts = (("why", clean(paper.why)), ("title", clean(paper.title)))
    told = [f"date = {paper.on.isoformat()}", *(f"{name} = {_quoted(text)}" for name, text in texts if text)]
    return f"{_quoted(str(paper.id))} = {{ {', '.join(told)} }}\n"


def _quoted(text: str) -> str:
    import tomlkit

    return tomlkit.string(text).as_string()
