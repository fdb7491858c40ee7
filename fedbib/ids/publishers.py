"""What is known of DOIs by publisher: where one ends, and which follow from an address (`data/publishers.toml`)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import SplitResult, unquote

from fedbib.text.regex import regex
from fedbib.text.tables import read_table


@dataclass(frozen=True, slots=True)
class _Page:
    at: re.Pattern[str]
    doi: str


@dataclass(frozen=True, slots=True)
class _Publishers:
    shapes: Mapping[str, re.Pattern[str]]
    """What stands behind a prefix and its slash."""
    views: frozenset[str]
    endings: tuple[str, ...]
    pages: Mapping[str, Sequence[_Page]]
    """By host."""
    help: Mapping[str, str]
    """By host."""
    indexes: re.Pattern[str]
    """Matches host and path of a page of an index."""


@cache
def _publishers() -> _Publishers:
    data = read_table("publishers")
    plain = dict.fromkeys(data["plain"]["prefixes"], r"[^/]+")
    shapes = {prefix: regex(shape) for prefix, shape in (plain | data["shapes"]).items()}
    pages: dict[str, list[_Page]] = {}
    for page in data["pages"]:
        pages.setdefault(page["host"], []).append(_Page(regex(page["at"], re.IGNORECASE), page["doi"]))
    listed = "|".join(
        re.escape(start).replace(r"\*", "[a-z.]+") + ("" if "/" in start else "/") for start in data["indexes"]["hosts"]
    )
    indexes = regex(rf"(?:[^/]*\.)?(?:{listed})")
    views = data["views"]
    return _Publishers(shapes, frozenset(views["names"]), tuple(views["endings"]), pages, data["help"], indexes)


def proper(doi: str) -> str:
    """A DOI in lower case without what its publisher never puts there; as it is where nothing is known of it."""
    prefix, slash, rest = doi.partition("/")
    shape = _publishers().shapes.get(prefix)
    if shape is None or rest.startswith("(sici)"):  # the item's own code, with slashes of its own (ANSI/NISO Z39.56)
        return doi
    found = shape.match(rest)
    kept = found.group() if found else rest
    return f"{prefix}{slash}{_without_ending(kept) or kept}"


def _without_ending(text: str) -> str:
    """The text without ".pdf" and the like; `;jsessionid=...` too."""
    text = re.sub(r";jsessionid=.*|[?&][a-z_]+=.*|#[a-z]\w*(?:=.*)?$", "", text)
    cut = True
    while cut:
        cut = False
        for ending in _publishers().endings:
            if text.endswith(ending) and len(text) > len(ending):
                text, cut = text.removesuffix(ending), True
    return text


def without_view(text: str) -> str:
    """What begins with a DOI, from the path of an address, without the name of a view behind it: "/full", ".pdf"."""
    text = _without_ending(text.rstrip("/"))
    known = _publishers().views
    parts = text.split("/")
    for place in range(2, len(parts)):
        if parts[place].partition(";")[0].lower() in known:
            return _without_ending("/".join(parts[:place]))
    return text


def improbable(doi: str) -> str:
    """What of a DOI in normal form is hardly a part of it ("/full", ".pdf", "?download=true"), or ""."""
    for kept in (proper(doi), without_view(doi)):
        if len(kept) < len(doi):
            return doi[len(kept) :]
    found = _IMPROBABLE.search(doi)
    return found.group() if found else ""


_IMPROBABLE = regex(
    r"[?&][a-z_]+=.*|https?:.*|/10\.\d{4,9}/.*|%[0-9a-f]{2}.*|[\\{}$].*|/\d{5,}/[a-z]+(?:-[a-z0-9]+){2,}$|[,;:]$"
)


def of_page(host: str, parts: SplitResult) -> str:
    """The DOI that follows from the address of a page of some publisher, or ""."""
    where = unquote(parts.path) + (f"?{unquote(parts.query)}" if parts.query else "")
    for name in up(host):
        for page in _publishers().pages.get(name, ()):
            if found := page.at.fullmatch(where):
                return page.doi.format(**found.groupdict())
    return ""


def help_at(host: str) -> str:
    """What to give instead of an address at a host that leads to no identifier, or ""."""
    known = _publishers().help
    return next((known[name] for name in up(host) if name in known), "")


def is_index(host: str, path: str) -> bool:
    """Whether a page is an index's, which points to papers and is none's own."""
    return _publishers().indexes.match(f"{host}{path or '/'}".lower()) is not None


def up(host: str) -> Sequence[str]:
    """A host and those above it."""
    labels = host.lower().split(".")
    return [".".join(labels[place:]) for place in range(max(len(labels) - 1, 1))]
