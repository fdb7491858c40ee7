"""`entries/<key>.toml`: the people's file of a record, as text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from fedbib.errors import BadIdentifier, BadValue
from fedbib.ids.addresses import checked
from fedbib.ids.identify import identify, normal
from fedbib.ids.publishers import improbable
from fedbib.ids.schemes import SCHEMES
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.problem import Problem, Severity
from fedbib.model.record import Record
from fedbib.model.work import NAME_FIELDS, Link, Work
from fedbib.records import fields
from fedbib.records.filing import is_key
from fedbib.text.names import parse as parse_name
from fedbib.text.nearest import nearest
from fedbib.text.plain import clean, hidden
from fedbib.text.regex import regex

MOST_PROBLEMS = 100
"""So many problems of one file are told."""

_NESTING = 20
_NO_PIN = Work()
LABEL = r"[a-z][a-z0-9 _-]{0,39}"
"""What the label of a link looks like."""
_CONFLICT = regex(r"^(?:<{7}|>{7}) .*$|^={7}$", re.MULTILINE)
_STRING = regex(r'"(?:[^"\\\n]|\\.)*+"?|\'[^\'\n]*+\'?')
_AT_LINE = regex(r"\(at line (\d+), column \d+\)|\(at end of document\)")


def parse(text: str, key: str, path: str) -> tuple[Record | None, tuple[Problem, ...]]:
    """The record in a file's text and what is wrong with it.

    A value that does not fit is left out and named; a text that is no TOML gives no record.
    """
    reader = _Reader(text, key, path)
    try:
        data = reader.toml()
        return (None if data is None else reader.record(data)), tuple(reader.problems)
    except _TooMany:
        return None, tuple(reader.problems)


class _TooMany(Exception):
    """So much is wrong with a file that the rest is not looked at."""


class _Reader:
    def __init__(self, text: str, key: str, path: str) -> None:
        self.text, self.key, self.path = text, key, path
        self.problems: list[Problem] = []
        self.places: Mapping[tuple[str, ...], int] | None = None

    def problem(
        self,
        code: str,
        message: str,
        *at: str,
        line: int | None = None,
        hint: str = "",
        severity: Severity = Severity.ERROR,
    ) -> None:
        if line is None:
            self.places = places(self.text) if self.places is None else self.places
            line = next((found for end in range(len(at), 0, -1) if (found := self.places.get(at[:end]))), None)
        self.problems.append(Problem(code, severity, message, self.path, line, self.key, ".".join(at), hint))
        if len(self.problems) == MOST_PROBLEMS:
            message = f"has more than {MOST_PROBLEMS} problems; the others are not shown"
            self.problems.append(Problem("R01", Severity.ERROR, message, self.path, line, self.key))
            raise _TooMany

    def toml(self) -> dict[str, Any] | None:
        import tomli  # compiled, where tomllib is not

        conflict = _CONFLICT.search(self.text)
        if conflict:
            line = self.text.count("\n", 0, conflict.start()) + 1
            self.problem("R07", "unresolved merge conflict", line=line, hint="keep one side and delete the markers")
            return None
        if _depth(self.text) > _NESTING:
            self.problem("R01", "is nested too deeply", line=1)
            return None
        try:
            return tomli.loads(self.text)
        except (ValueError, RecursionError) as error:  # ValueError: TOMLDecodeError, and integers beyond Python's limit
            at = _AT_LINE.search(str(error))
            line = int(at.group(1)) if at and at.group(1) else self.text.count("\n") + 1 if at else 1
            reason = _AT_LINE.sub("", str(error)).strip() if at else "a number is too long"
            self.problem("R01", f"is not TOML: {reason}", line=line)
            return None

    def record(self, data: Mapping[str, Any]) -> Record:
        values: dict[str, Any] = {}
        for name, value in data.items():
            if name not in _READERS:
                close = nearest(name, _READERS)
                message = f"unknown field `{name}`" + (f", did you mean `{close}`?" if close else "")
                hint = f"bibliographic fields go under [pin]: {name}" if fields.is_name(name) else ""
                self.problem("R02", message, name, hint=hint or "known: " + ", ".join(_READERS))
                continue
            values[name] = _READERS[name](self, name, value)
        return Record(self.key, **values)

    def string(self, value: object, *at: str) -> str:
        if not isinstance(value, str):
            self.problem("R03", f"must be a text, not {_shown(value)}", *at, hint="put it in quotes")
            return ""
        if found := hidden(value):
            self.problem("R05", "contains invisible characters: " + ", ".join(found), *at, hint="delete them")
        return clean(value)

    def strings(self, name: str, value: object, *table: str) -> tuple[str, ...]:
        at, hint = (*table, name), f'write {name} = ["..."]'
        if not isinstance(value, list):
            self.problem("R03", f"must be a list of texts, not {_shown(value)}", *at, hint=hint)
            return ()
        return tuple(text for item in value if (text := self.string(item, *at)))

    def table(self, name: str, value: object) -> Mapping[str, object]:
        if not isinstance(value, dict):
            self.problem("R03", f"must be a table, not {_shown(value)}", name)
            return {}
        return value

    def ids(self, name: str, value: object) -> tuple[Identifier, ...]:
        found = []
        for scheme, text in self.table(name, value).items():
            if scheme not in SCHEMES:
                close = nearest(scheme, SCHEMES)
                message = f"unknown identifier `{scheme}`" + (f", did you mean `{close}`?" if close else "")
                self.problem("R02", message, name, scheme, hint="known: " + ", ".join(SCHEMES))
            elif written := self.string(text, name, scheme):
                try:
                    found.append(id := normal(SCHEMES[scheme].scheme, written))
                except BadIdentifier as error:
                    self.problem("I01", error.message, name, scheme, hint=error.hint)
                else:
                    self.tail(written, id, name, scheme)
        if len(found) > 1:
            found = sorted(dict.fromkeys(found), key=lambda id: id.scheme.place)
        return tuple(found)

    def tail(self, written: str, id: Identifier, *at: str) -> None:
        """Tell of a DOI that was written with something behind it that its publisher never puts there."""
        doi = written.lower()[max(written.find("10."), 0) :]
        if id.scheme is Scheme.DOI and doi != id.value and (tail := improbable(doi)):
            message = f"{tail!r} is not part of the DOI, which was read as {id.value}"
            self.problem("I04", message, *at, hint=f'write {id.scheme} = "{id.value}"', severity=Severity.WARNING)

    def links(self, name: str, value: object) -> tuple[Link, ...]:
        found = []
        for label, url in self.table(name, value).items():
            if not re.fullmatch(LABEL, label):
                self.problem(
                    "R02",
                    f"`{label}` cannot be the label of a link",
                    name,
                    label,
                    hint="use lower-case letters, digits, '-' and '_'",
                )
            elif written := self.string(url, name, label):
                try:
                    found.append(Link(label, checked(written)))
                except BadValue as error:
                    self.problem("R06", error.message, name, label, hint=error.hint)
        return tuple(found)

    def aliases(self, name: str, value: object) -> tuple[str, ...]:
        found = self.strings(name, value)
        for alias in found:
            if not is_key(alias):
                self.problem("R04", f"{alias!r} cannot be a citation key", name)
        return tuple(alias for alias in found if is_key(alias))

    def rejected(self, name: str, value: object) -> tuple[Identifier, ...]:
        found = []
        for text in self.strings(name, value):
            try:
                found.append(identify(text))
            except BadIdentifier as error:
                self.problem("I01", error.message, name, hint=error.hint)
        return tuple(dict.fromkeys(found))

    def day(self, name: str, value: object) -> date | None:
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        self.problem("R03", f"must be a date, not {_shown(value)}", name, hint=f"write {name} = 2026-01-31, no quotes")
        return None

    def pin(self, name: str, value: object) -> Work:
        pinned: dict[str, object] = {}
        for field, given in self.table(name, value).items():
            if not fields.is_name(field):
                close = nearest(field, fields.names())
                message = f"unknown field `{field}`" + (f", did you mean `{close}`?" if close else "")
                self.problem("R02", message, name, field)
                continue
            data = given
            if fields.NAMES.get(field) in NAME_FIELDS:
                data = [_name(item) for item in self.strings(field, given, name)]
            elif isinstance(given, str):
                data = self.string(given, name, field)
            try:
                fields.load({field: data})
            except BadValue as error:
                self.problem("R03", f"{field}: {error.message}", name, field, hint=error.hint)
            else:
                pinned[field] = data
        return fields.load(pinned)


def _name(text: str) -> dict[str, str]:
    name = parse_name(text)
    return {part: value for part in name.__slots__ if (value := getattr(name, part))}


_READERS: dict[str, Callable[[_Reader, str, Any], Any]] = {
    "ids": _Reader.ids,
    "topics": _Reader.strings,
    "datasets": _Reader.strings,
    "models": _Reader.strings,
    "comment": lambda reader, name, value: reader.string(value, name),
    "tldr": lambda reader, name, value: reader.string(value, name),
    "links": _Reader.links,
    "pin": _Reader.pin,
    "aliases": _Reader.aliases,
    "rejected": _Reader.rejected,
    "waiting": lambda reader, name, value: reader.string(value, name),
    "note": lambda reader, name, value: reader.string(value, name),
    "added": _Reader.day,
}
"""Every field of a record file; `schema` describes the same (a test compares them)."""

FIELDS = tuple(_READERS)


def _shown(value: object) -> str:
    known = {bool: "true or false", int: "a number", float: "a number", str: "a text", list: "a list", dict: "a table"}
    return known.get(type(value), "a date or time")


def _depth(text: str) -> int:
    """An upper bound of how deep the brackets of a TOML text nest."""
    if text.count("[") + text.count("{") <= _NESTING:
        return 0
    depth = deepest = 0
    for char in re.findall(r"[][{}]|\n", _STRING.sub("", text)):
        depth = depth + 1 if char in "[{" else max(0, depth - (char in "]}"))
        deepest = max(deepest, depth)
    return deepest


def places(text: str) -> dict[tuple[str, ...], int]:
    """The 1-based line on which each value (`("pin", "title")`) and each table is first set."""
    found: dict[tuple[str, ...], int] = {}
    table = ""
    for number, line in enumerate(text.split("\n"), start=1):
        stripped = line.strip()
        if stripped.startswith("["):
            table = stripped.strip("[] ").replace('"', "")
            found.setdefault((table,), number)
        elif "=" in stripped:
            name = stripped.split("=", 1)[0].strip().strip("\"'").replace(" ", "")
            at = (table, name) if table else tuple(name.split(".", 1))
            found.setdefault(at, number)
            found.setdefault(at[:1], number)
    return found


def render(record: Record, title: str = "") -> str:
    """A new file for a record: the title as a comment, then what people say; `parse` of it gives the record back."""
    lines = [f"# {title}"] if title else []
    if record.ids:
        lines.append("ids = { " + ", ".join(f"{id.scheme} = {_quoted(id.value)}" for id in record.ids) + " }")
    for name in ("topics", "datasets", "models", "aliases"):
        if values := getattr(record, name):
            lines.append(f"{name} = [{', '.join(map(_quoted, values))}]")
    if record.rejected:
        lines.append(f"rejected = [{', '.join(_quoted(str(id)) for id in record.rejected)}]")
    for name in ("comment", "tldr", "waiting", "note"):
        if value := getattr(record, name):
            lines.append(f"{name} = {_quoted(value)}")
    if record.added:
        lines.append(f"added = {record.added.isoformat()}")
    if record.links:
        lines += ["", "[links]", *(f"{_toml_key(link.label)} = {_quoted(link.url)}" for link in record.links)]
    if pinned := fields.dump(record.pin) if record.pin != _NO_PIN else {}:
        lines += ["", "[pin]"]
        for field, value in pinned.items():
            if isinstance(value, list):
                written = [_quoted(name.inverted) for name in getattr(record.pin, fields.NAMES[field])]
                lines.append(f"{field} = [{', '.join(written)}]")
            else:
                lines.append(f"{field} = {_quoted(str(value))}")
    return "\n".join(lines) + "\n"


def with_id(text: str, id: Identifier) -> str:
    """A file's text with one more identifier; comments and layout stay."""
    import tomlkit

    document = tomlkit.parse(text)
    if "ids" not in document:
        document["ids"] = tomlkit.inline_table()
    document["ids"][str(id.scheme)] = id.value
    # tomlkit leaves no blank before the bracket that closes what was `{ arxiv = "..." }`.
    tail = re.compile(rf"\{{[ ]?([^{{}}\n]*{re.escape(tomlkit.item(id.value).as_string())})\}}")
    return tail.sub(lambda match: f"{{ {match[1]} }}", tomlkit.dumps(document), count=1)


def without_waiting(text: str) -> str:
    """A file's text without its reason to wait; comments and layout stay."""
    import tomlkit

    document = tomlkit.parse(text)
    document.pop("waiting", None)
    return tomlkit.dumps(document)


def with_rejected(text: str, id: Identifier) -> str:
    """A file's text with one more identifier that is not the paper's; comments and layout stay."""
    import tomlkit

    document = tomlkit.parse(text)
    if "rejected" not in document:
        document["rejected"] = tomlkit.array()
    document["rejected"].append(str(id))
    return tomlkit.dumps(document)


def _toml_key(label: str) -> str:
    return label if re.fullmatch(r"[A-Za-z0-9_-]+", label) else _quoted(label)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda match: f"\\u{ord(match.group()):04x}", escaped) + '"'
