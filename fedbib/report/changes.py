"""What changed between two states of a collection, as text, Markdown or JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from fedbib.changes import Change, Changes
from fedbib.ids.landing import landing
from fedbib.model.work import Work
from fedbib.records import fields
from fedbib.text import markdown
from fedbib.text.markup import plain


def as_text(changes: Changes) -> str:
    """A line of numbers, and one for each paper."""
    return "".join(f"{line}\n" for line in (_summary(changes), *_lines(changes)))


def as_markdown(changes: Changes) -> str:
    """The changelog of a release: a line of numbers, and a list for each kind of change."""
    return "".join(f"{line}\n" for line in (_summary(changes), *_sections(changes)))


def as_json(changes: Changes) -> str:
    """An object with a list for each kind of change; of a paper that changed, each field that did before and now."""
    told = {
        "before": changes.before,
        "now": changes.now,
        "added": [fields.everything(work) for work in changes.added],
        "published": [_told(change) for change in changes.published],
        "changed": [_told(change) for change in changes.changed],
        "removed": [fields.everything(work) for work in changes.removed],
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _summary(changes: Changes) -> str:
    numbers = f"{len(changes.added)} added, {len(changes.published)} published, {len(changes.changed)} changed"
    return f"{changes.now} papers, {changes.before} before: {numbers}, {len(changes.removed)} removed"


def _lines(changes: Changes) -> Iterator[str]:
    for title, works in (("added", changes.added), ("removed", changes.removed)):
        yield from (f"{title:9}  {work.key}  {_named(work)}" for work in works)
    for change in changes.published:
        yield f"published  {_key(change)}  {_named(change.now)}"
    for change in changes.changed:
        yield f"changed    {_key(change)}  {', '.join(change.fields)}"


def _sections(changes: Changes) -> Iterator[str]:
    for title, works in (("Added", changes.added), ("Removed", changes.removed)):
        yield from _section(title, [_linked(work) for work in works])
    yield from _section("Published", [f"{_linked(each.now)}, was {_venue(each.before)}" for each in changes.published])
    changed = [f"{_linked(each.now)}: {', '.join(each.fields)}" for each in changes.changed]
    yield from _section("Changed", changed)


def _section(title: str, items: Sequence[str]) -> Iterator[str]:
    if items:
        yield from ("", f"## {title} ({len(items)})", "", *(f"- {item}" for item in items))


def _key(change: Change) -> str:
    was = change.before.key
    return change.now.key if was == change.now.key else f"{change.now.key} (was {was})"


def _named(work: Work) -> str:
    said = f"{plain(work.title) or work.key} ({_venue(work)})"
    return said.removesuffix(" ()")


def _linked(work: Work) -> str:
    title, url = markdown.escape(plain(work.title) or work.key), landing(work)
    venue = f" ({markdown.escape(_venue(work))})" if _venue(work) else ""
    return (f"[{title}]({url})" if url else title) + venue


def _venue(work: Work) -> str:
    return f"{work.container_title_short or work.container_title} {work.year or ''}".strip()


def _told(change: Change) -> dict[str, object]:
    one, other = fields.everything(change.before), fields.everything(change.now)
    differing = {name: {"before": one.get(name), "now": other.get(name)} for name in change.fields}
    return {"key": change.now.key, "title": plain(change.now.title), "fields": differing}
