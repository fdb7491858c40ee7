"""Any text people have on the clipboard to an identifier in normal form; the rest is refused with the reason.

What identifiers look like is `fedbib.ids.schemes`; here is what holds for all of them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from fedbib.errors import BadIdentifier
from fedbib.ids.publishers import help_at, up
from fedbib.ids.schemes import SCHEMES
from fedbib.ids.schemes.base import Notation, is_link, shown, trimmed
from fedbib.ids.wrapped import unwrapped
from fedbib.model.identifier import Identifier, Scheme
from fedbib.text.plain import clean
from fedbib.text.regex import regex
from fedbib.text.verbatim import plainest

_LONGEST = 2000

_MARKDOWN = regex(r"\[[^\[\]]*\]\(((?:(?!\]\()[^\s)])+)\)")
_BARE_URL = regex(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?::\d+)?[/?]", re.ASCII | re.IGNORECASE)
_HALF_URL = regex(
    r"(?:h(?:tt|xx)ps?\s*+(?::\s*+)?/{0,3}|//)(?=(?:[a-z0-9-]+\.)+[a-z0-9]{2,}/|10\.\d{4})", re.ASCII | re.IGNORECASE
)
_PREFIXED = regex(r"([a-z][a-z0-9]*)\s*:\s*", re.IGNORECASE)
_LEADS = r"https?:|www\.|10\.\d{4}|doi\b|urn:|info:|arxiv\b|abs/|\\"
_BETWEEN = regex(
    rf"(?<![\s,;|])[\s,;|]++(?:and|or|&)\s++(?={_LEADS})|[,;|]\s*+(?={_LEADS})|[,;|]?\s++|(?<=[^\W_])(?=https?://(?:dx\.)?doi\.org/10)",
    re.IGNORECASE,
)
_MARKED = regex(
    r"https?://|view-source:|[a-z]+-extension://|www\.|10\.\d{4}|abs/\d"
    r"|\[\d{4}\.\d|\[[a-z-]+(?:\.[a-z]+)?/\d|(?:19|20)\d\d\.[a-z0-9]+-[a-z0-9]+\.\d|([a-z][a-z0-9]*):",
    re.IGNORECASE,
)
_FILLER = regex(r"(?:and|or|&|doi|doi:|arxiv|arxiv:|arxivid|url:?|link:?|https?:|pdf:?|abs:?|\W*)", re.IGNORECASE)

_DATE = regex(r"(?:\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?|\d{1,2}[-/.](?:\d{1,2}[-/.])?\d{2,4})", re.ASCII)
_VERSION = regex(r"v?\d+(?:\.\d+){1,4}(?:-?(?:rc|a|b|dev|post)\.?\d*)?", re.ASCII | re.IGNORECASE)
_ISBN = regex(r"(?:isbn[\s:]*)?97[89](?:[\s-]?\d){10}", re.ASCII | re.IGNORECASE)
_NUMBER = regex(r"\+?[\d\s()/.-]+", re.ASCII)
_EPRINT = regex(r"(?:(?:iacr|cryptology|eprint|archive|report)[\s:,]*)*(?:19|20)\d\d/\d{3,4}", re.ASCII | re.IGNORECASE)


def identify(text: str) -> Identifier:
    """The identifier in a text: an id, a prefixed id, a link to a page or file of the paper, or a text around one.

    Raises BadIdentifier with the reason for everything else. Nothing is looked up: that an id exists is not checked.
    """
    found = identifiers(text)
    if len(found) > 1:
        raise BadIdentifier(f"{shown(clean(text))} contains {len(found)} identifiers", hint="give them one at a time")
    return found[0]


def identifiers(text: str) -> tuple[Identifier, ...]:
    """All identifiers that a text holds, each once, in its order; raises BadIdentifier like `identify` for none."""
    asked = clean(text)
    if len(asked) > _LONGEST:
        raise BadIdentifier(f"a text of {len(asked)} characters is not an identifier", hint=_hint())
    asked = clean(plainest(asked))
    bare = _core(asked)
    if not bare:
        raise BadIdentifier("the text is empty", hint=_hint())
    try:
        if found := _whole(bare):
            return (found,)
    except BadIdentifier:
        if inside := _inside(asked):
            return inside
        raise
    if inside := _inside(asked):
        return inside
    raise _refused(bare)


@lru_cache(maxsize=1024)  # records and formats ask for the same, one after the other
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
    return f"give an id or a link of {', '.join(labels)} or {last}"


def _whole(text: str) -> Identifier | None:
    """The identifier that the text is, None when it looks like none; raises where it looks like one and is not."""
    if len(text.split()) == 1:
        if found := _bare(text):
            return found
        if half := _HALF_URL.match(text):
            text = f"https://{text[half.end() :]}"
        if is_link(text) or _BARE_URL.match(text) or _VIEWER.match(text):
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
        parts = urlsplit(_QUERY.sub(r"\1?", unwrapped(text if _SCHEME.match(text) else f"https://{text}"), count=1))
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError as error:
        raise BadIdentifier(f"{shown(text)} is not a well-formed link") from error
    segments = [part for segment in parts.path.split("/") if (part := trimmed(unquote(segment)))]
    if found := _linked(host, segments, parts):
        return found
    hint = help_at(host) or "give the DOI or another identifier of the paper, or its title in quotes"
    raise BadIdentifier(f"{shown(text)}: {_no_id(host, segments)}", hint=hint)


_SCHEME = regex(r"[a-z][a-z-]+:", re.IGNORECASE)
_QUERY = regex(r"^([^?#]*?)&(?=[a-z_]+=)", re.IGNORECASE)
"""The "&" before a query that has lost its "?"."""
_VIEWER = regex(r"(?:view-source:|[a-z]+-extension://)", re.IGNORECASE)


def _linked(host: str, segments: list[str], parts: SplitResult) -> Identifier | None:
    names = up(host)
    for notation in SCHEMES.values():
        for name in names:
            reader = notation.hosts.get(name)
            if reader and (found := reader(segments, parts)):
                return found
    readers = (notation.anywhere for notation in SCHEMES.values() if notation.anywhere)
    return next((found for reader in readers if (found := reader(parts))), None) or _named(segments, parts)


def _named(segments: list[str], parts: SplitResult) -> Identifier | None:
    """The identifier that stands in a link behind the name of its scheme: "/paper/ACL:P18-1001"."""
    for text in (*segments, *(value for _, value in parse_qsl(parts.query))):
        match = _PREFIXED.match(text)
        notation = SCHEMES.get(match.group(1).lower()) if match else None
        if match and notation and (found := notation.read(text[match.end() :])):
            return found
    return None


def _no_id(host: str, segments: list[str]) -> str:
    names = up(host)
    for notation in SCHEMES.values():
        if notation.hosts and notation.scheme.address.split("/")[2] in names:
            what = notation.other_pages.get(segments[0], "") if segments else ""
            return "contains no identifier of a paper" + (f": it is {what}" if what else "")
    return "contains no DOI"


def _inside(text: str) -> tuple[Identifier, ...]:
    """The identifiers in a longer text, each once: those marked as such, and all where it consists of nothing else."""
    words = [match.group(1) for match in _MARKDOWN.finditer(text)] or [word for word in _BETWEEN.split(text) if word]
    if len(words) < 2 and "](" not in text:
        return ()
    found = [(word, _found(word)) for word in words]
    alone = all(id or _FILLER.fullmatch(word) for word, id in found)
    led = ["", *words]
    return tuple(
        dict.fromkeys(
            id
            for (word, id), before in zip(found, led, strict=False)
            if id and (alone or _is_marked(word) or before.lower().rstrip(":.") in SCHEMES)
        )
    )


def _core(text: str) -> str:
    """A text without what it was copied with, whichever stands outside of the other."""
    return trimmed(plainest(trimmed(text)))


def _found(word: str) -> Identifier | None:
    try:
        return _whole(_core(word))
    except BadIdentifier:
        return None


def _is_marked(word: str) -> bool:
    """Whether a word says itself that it is an identifier: a link, a DOI, a prefixed id."""
    bare = word.lstrip("([{<\"'")
    if _BARE_URL.match(bare) or _HALF_URL.match(bare):
        return True
    match = _MARKED.match(word.lstrip("({<\"'")) or _MARKED.match(bare)
    return match is not None and (not (name := match.group(1)) or name.lower() in SCHEMES)


def _refused(text: str) -> BadIdentifier:
    """Why a text is no identifier, as far as it can be told."""
    faults = (notation.fault(text) for notation in SCHEMES.values() if notation.fault)
    if fault := next(filter(None, faults), ""):
        return BadIdentifier(f"{shown(text)} is {fault}", hint=_hint())
    if _ISBN.fullmatch(text):
        return BadIdentifier(f"{shown(text)} is an ISBN, which identifies a book, not a paper", hint=_hint())
    if _DATE.fullmatch(text):
        return BadIdentifier(f"{shown(text)} looks like a date", hint=_hint())
    if _EPRINT.fullmatch(text):
        return BadIdentifier(
            f"{shown(text)} looks like a number of the Cryptology ePrint Archive, which fedbib does not support",
            hint=help_at("eprint.iacr.org"),
        )
    if (
        _NUMBER.fullmatch(text)
        and sum(char.isdigit() for char in text) >= 6
        and ("/" not in text or text.startswith(("0", "+", "(")))
        and not re.fullmatch(r"\d+(?:\.\d+)+", text)
    ):
        return BadIdentifier(f"{shown(text)} looks like a telephone number", hint=_hint())
    if _VERSION.fullmatch(text):
        return BadIdentifier(f"{shown(text)} looks like a version or a plain number", hint=_hint())
    return BadIdentifier(f"{shown(text)} is not an identifier that fedbib knows", hint=_hint())
