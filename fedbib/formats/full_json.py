"""Everything the collection knows of its works, as JSON: every field of `Work`, read back without loss.

What is special here:

* Names and values are those of `fedbib.records.fields`, as in records, claims and `fedbib show --format json`: CSL's
  names, a date as "2023-07", pages as "12-34", links by their label. A field that is not known is left out.
* A field of a work stands on a line of its own, and so does each name, so that a change shows as what changed.
* The first member says that the file is this, and which version of it; `fedbib schema --of works` describes it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from json.encoder import encode_basestring as _quoted
from typing import Any

from fedbib.errors import BadValue
from fedbib.formats import json_items
from fedbib.formats.base import RECENT
from fedbib.ids.addresses import checked
from fedbib.ids.landing import normalised, safe
from fedbib.model.about import About
from fedbib.model.problem import Problem, Severity
from fedbib.model.reading import Reading
from fedbib.model.work import FACETS, FIELDS, ID_FIELDS, Link, Work
from fedbib.records import fields
from fedbib.records.recordfile import LABEL
from fedbib.text.markup import tidied
from fedbib.text.plain import clean
from fedbib.text.regex import regex

VERSION = 1
"""Goes up when what was there before means something else; a new field changes nothing."""
MARK = "fedbib"
"""The member that holds the version."""

CARRIES = frozenset(FIELDS)

_LABEL = regex(LABEL)
_encoded = json.JSONEncoder(ensure_ascii=False).encode


def arrange(works: Sequence[Work], about: About) -> Sequence[Work]:  # noqa: ARG001 - the protocol's
    """The works as they come."""
    return works


@lru_cache(maxsize=RECENT)
def carry(work: Work) -> Work:
    """The work, its identifiers in normal form; of several links with one label the last, and none that is not safe."""
    work = normalised(work)
    if work.links:
        found = {link.label: link.url for link in work.links if _LABEL.fullmatch(link.label) and safe(link.url)}
        links = tuple(Link(label, url) for label, url in found.items())
        work = work if links == work.links else replace(work, links=links)
    title = tidied(work.title)
    return work if title == work.title else replace(work, title=title)


# Writing --------------------------------------------------------------------------------------------------------------


def render(works: Sequence[Work], about: About) -> str:
    head, joint, tail = frame(about)
    items = joint.join(_item(carry(work)) for work in works)
    return head + items + tail if items else head.removesuffix("[\n") + "[]\n}\n"


@lru_cache(maxsize=8)  # of a collection each work asks for the same
def frame(about: About) -> tuple[str, str, str]:
    """What stands before, between and after the works."""
    said = {"name": about.name, "title": about.title, "description": about.description}
    members = [f'"{MARK}": {VERSION}']
    members += [f'"{name}": {_quoted(clean(text))}' for name, text in said.items() if text]
    return "{\n " + ",\n ".join([*members, '"works": [\n']), ",\n", "\n ]\n}\n"


def _item(work: Work) -> str:
    members = [
        f'"{name}": {_quoted(value) if isinstance(value, str) else _value(value)}'
        for name, value in fields.everything(work).items()
    ]
    return "  {\n   " + ",\n   ".join(members) + "\n  }"


def _value(value: object) -> str:
    """JSON of a list or an object of texts; each object in a list has a line."""
    match value:
        case dict():
            return "{" + ", ".join([f"{_quoted(name)}: {_quoted(text)}" for name, text in value.items()]) + "}"
        case [{}, *_]:
            return "[\n    " + ",\n    ".join(map(_value, value)) + "\n   ]"
        case list():
            return "[" + ", ".join(map(_quoted, value)) + "]"
        case _:
            return _encoded(value)


# Reading --------------------------------------------------------------------------------------------------------------


def parse(text: str) -> Reading:
    """The works of a file of this format; what does not fit in one is left out and named (C01). Never raises."""
    works: list[Work] = []
    lines: list[int] = []
    problems: list[Problem] = []
    for item, line in _items(text.removeprefix("\ufeff"), problems):
        if not isinstance(item, dict):
            message = f"a work is {json_items.kind(item)}, not an object, and was skipped"
            problems.append(Problem("C01", Severity.ERROR, message, line=line))
            continue
        work, notes = _work(item)
        works.append(work)
        lines.append(line)
        problems += [Problem("C01", Severity.WARNING, note, line=line, key=work.key) for note in notes]
    return Reading(tuple(works), tuple(lines), tuple(problems))


def _items(text: str, problems: list[Problem]) -> Iterator[tuple[object, int]]:
    """The works with their lines; the other members say nothing that a work does."""

    def wrong(message: str, at: int, hint: str = "") -> None:
        line = text.count("\n", 0, at) + 1
        problems.append(Problem("C01", Severity.ERROR, message, line=line, hint=hint))

    at = json_items.after_space(text, 0)
    if not text.startswith("{", at):
        wrong("is not an object with works", at, "CSL-JSON is read with --kind csl-json")
        return
    at = json_items.after_space(text, at + 1)
    seen = False
    while not text.startswith("}", at):
        start = at
        name, at = json_items.value(text, at, problems)
        if name is None:
            return
        at = json_items.after_space(text, at)
        if not text.startswith(":", at) or not isinstance(name[0], str):
            wrong("a member has no name or no value; what follows was not read", start)
            return
        at = json_items.after_space(text, at + 1)
        if name[0] == "works" and text.startswith("[", at):
            seen = True
            end = yield from json_items.members(text, at, problems)
            if end is None:
                return
            at = end
        else:
            said, at = json_items.value(text, at, problems)
            if said is None:
                return
            if name[0] == MARK and said[0] != str(VERSION):
                wrong(f"is of version {_encoded(said[0])[:20]}, which is not known", start, "install a newer fedbib")
                return
        at = json_items.after_space(text, at)
        if text.startswith(",", at):
            at = json_items.after_space(text, at + 1)
        elif not text.startswith("}", at):
            wrong("a comma or the end of the object is missing; what follows was not read", at)
            return
    json_items.finish(text, at + 1, problems)
    if not seen:
        wrong("has no list of works", 0)


def _work(item: Mapping[str, Any]) -> tuple[Work, list[str]]:
    notes: list[str] = []
    values: dict[str, Any] = {}
    for name, said in item.items():
        try:
            if name == "key":
                values["key"] = clean(said) if isinstance(said, str) else ""
            elif name == "links":
                values["links"] = _links(said)
            elif name in ("comment", "tldr"):
                values[name] = clean(said) if isinstance(said, str) else ""
            elif name in FACETS:
                values[name] = _texts(said)
            else:
                fields.take(values, name, said)
        except BadValue as error:
            notes.append(f"{clean(name)[:40]} was left out: {error.message}")
    read = Work(**values)
    work = carry(read)
    if work is read:
        return work, notes
    schemes = {id.scheme for id in work.ids}
    lost = [id for id in read.ids if id.scheme not in schemes]
    return work, [
        *notes,
        *(f"{ID_FIELDS.get(id.scheme, id.scheme)} was left out: {id.value[:60]!r} is not one" for id in lost),
    ]


def _texts(said: object) -> tuple[str, ...]:
    if not isinstance(said, list) or not all(isinstance(text, str) for text in said):
        raise BadValue("must be a list of texts")
    return tuple(text for part in said if (text := clean(part)))


def _links(said: object) -> tuple[Link, ...]:
    if not isinstance(said, dict) or not all(isinstance(url, str) for url in said.values()):
        raise BadValue("must be an object that maps labels to addresses")
    for label in said:
        if not _LABEL.fullmatch(label):
            raise BadValue(f"{clean(label)[:40]!r} cannot be the label of a link")
    return tuple(Link(label, safe(address := clean(url)) or checked(address)) for label, url in said.items())
