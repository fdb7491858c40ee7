"""Any text people have on the clipboard to an identifier in normal form; the rest is refused with the reason.

What identifiers look like is `fedbib.ids.schemes`; here is what holds for all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import SplitResult, unquote, urlsplit

from fedbib.errors import BadIdentifier
from fedbib.ids.schemes import SCHEMES
from fedbib.ids.schemes.base import Notation, is_link, shown, trimmed
from fedbib.model.identifier import Identifier, Scheme
from fedbib.text.plain import clean

_LONGEST = 2000

_MARKDOWN = re.compile(r"\[[^\[\]]*\]\(((?:(?!\]\()[^\s)])+)\)")
_BARE_URL = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}/", re.ASCII | re.IGNORECASE)
_PREFIXED = re.compile(r"([a-z][a-z0-9]*)\s*:\s*", re.IGNORECASE)
_MARKED = re.compile(r"https?://|10\.\d{4}|([a-z][a-z0-9]*):", re.IGNORECASE)

_DATE = re.compile(r"(?:\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})", re.ASCII)
_VERSION = re.compile(r"v?\d+(?:\.\d+){1,4}(?:-?(?:rc|a|b|dev|post)\.?\d*)?", re.ASCII | re.IGNORECASE)
_ISBN = re.compile(r"(?:isbn[\s:]*)?97[89](?:[\s-]?\d){10}", re.ASCII | re.IGNORECASE)
_NUMBER = re.compile(r"\+?[\d\s()/.-]+", re.ASCII)


def identify(text: str) -> Identifier:
    """The identifier in a text: an id, a prefixed id, a link to a page or file of the paper, or a text around one.

    Raises BadIdentifier with the reason for everything else. Nothing is looked up: that an id exists is not checked.
    """
    asked = clean(text)
    if len(asked) > _LONGEST:
        raise BadIdentifier(f"a text of {len(asked)} characters is no identifier", hint=_hint())
    bare = trimmed(asked)
    if not bare:
        raise BadIdentifier("nothing to read: the text is empty", hint=_hint())
    error: BadIdentifier | None = None
    try:
        found = _whole(bare)
    except BadIdentifier as reason:
        found, error = None, reason
    if found:
        return found
    inside = set(_inside(asked)) if len(asked.split()) > 1 or "](" in asked else set()
    if len(inside) == 1:
        return inside.pop()
    if len(inside) > 1:
        raise BadIdentifier(f"{shown(asked)} holds {len(inside)} identifiers", hint="give them one at a time")
    raise error or _refused(bare)


def normal(scheme: Scheme, value: str) -> Identifier:
    """The identifier that a record's value under `scheme` means; prefixes and links of that scheme are read too.

    Raises BadIdentifier for what is no such identifier, also when it is one of another scheme.
    """
    notation = SCHEMES[scheme]
    if notation.normal.fullmatch(value):  # what is normal already, the common case, is not taken apart
        return Identifier(scheme, value)
    bare = clean(value)
    if not notation.alone and (own := notation.read(bare)) and not _bare(bare):
        return own
    found = identify(value)
    if found.scheme is not scheme:
        raise BadIdentifier(
            f"{shown(value)} is {SCHEMES[found.scheme].noun}, not {notation.noun}",
            hint=f'write {found.scheme} = "{found.value}"',
        )
    return found


def _hint() -> str:
    *labels, last = (notation.label for notation in SCHEMES.values())
    return f"known are {', '.join(labels)} and {last}: an id or a link"


def _whole(text: str) -> Identifier | None:
    """The identifier that the text is, None when it looks like none; raises where it looks like one and is not."""
    if len(text.split()) == 1:
        if found := _bare(text):
            return found
        if is_link(text) or _BARE_URL.match(text):
            return _url(text)
    for notation in SCHEMES.values():
        if notation.led and (rest := notation.led(text)) is not None:
            return _url(rest) if is_link(rest) else _certain(notation, rest)
    if (match := _PREFIXED.match(text)) and (named := SCHEMES.get(match.group(1).lower())):
        return _certain(named, text[match.end() :])
    return None


def _bare(text: str) -> Identifier | None:
    """The identifier that a text without words around it is, of the schemes that are told by their form."""
    return next((found for each in SCHEMES.values() if each.alone and (found := each.read(text))), None)


def _certain(notation: Notation, text: str) -> Identifier:
    """The identifier of a scheme that a text says it is; raises BadIdentifier when it is none."""
    if found := notation.read(text):
        return found
    raise BadIdentifier(f"{shown(text)} is not {notation.noun}", hint=_hint())


def _url(text: str) -> Identifier:
    """The identifier in a link; raises BadIdentifier when it has none."""
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError as error:
        raise BadIdentifier(f"{shown(text)} is not a well-formed link") from error
    segments = [unquote(segment) for segment in parts.path.split("/") if segment]
    if found := _linked(host, segments, parts):
        return found
    raise BadIdentifier(
        f"{shown(text)}: {_no_id(host, segments)}", hint="give the DOI or another identifier of the paper"
    )


def _linked(host: str, segments: list[str], parts: SplitResult) -> Identifier | None:
    for notation in SCHEMES.values():
        for known, reader in notation.hosts.items():
            if _is_at(host, known) and (found := reader(segments, parts)):
                return found
    readers = (notation.anywhere for notation in SCHEMES.values() if notation.anywhere)
    return next((found for reader in readers if (found := reader(parts))), None)


def _is_at(host: str, known: str) -> bool:
    return host == known or host.endswith(f".{known}")


def _no_id(host: str, segments: list[str]) -> str:
    for notation in SCHEMES.values():
        if notation.hosts and _is_at(host, urlsplit(notation.scheme.address).hostname or ""):
            what = notation.other_pages.get(segments[0], "") if segments else ""
            return "has no identifier of a paper in it" + (f": it is {what}" if what else "")
    return "has no DOI in it"


def _inside(text: str) -> Iterator[Identifier]:
    """The identifiers in a longer text that are marked as such: links, DOIs and prefixed ids."""
    for word in [match.group(1) for match in _MARKDOWN.finditer(text)] or text.split():
        word = trimmed(word)
        match = _MARKED.match(word)
        if match and (not match.group(1) or match.group(1).lower() in SCHEMES):
            try:
                found = _whole(word)
            except BadIdentifier:
                continue
            if found:
                yield found


def _refused(text: str) -> BadIdentifier:
    """Why a text is no identifier, as far as it can be told."""
    faults = (notation.fault(text) for notation in SCHEMES.values() if notation.fault)
    if fault := next(filter(None, faults), ""):
        return BadIdentifier(f"{shown(text)} is {fault}", hint=_hint())
    if _ISBN.fullmatch(text):
        return BadIdentifier(f"{shown(text)} is an ISBN, which names a book and not a paper", hint=_hint())
    if _DATE.fullmatch(text):
        return BadIdentifier(f"{shown(text)} looks like a date", hint=_hint())
    if (
        _NUMBER.fullmatch(text)
        and sum(char.isdigit() for char in text) >= 6
        and not re.fullmatch(r"\d+(?:\.\d+)+", text)
    ):
        return BadIdentifier(f"{shown(text)} looks like a telephone number", hint=_hint())
    if _VERSION.fullmatch(text):
        return BadIdentifier(f"{shown(text)} looks like a version or a plain number", hint=_hint())
    return BadIdentifier(f"{shown(text)} is no identifier fedbib knows", hint=_hint())
