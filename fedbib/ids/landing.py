"""The page a reader lands on, and what a page's address says of a work's identifiers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any
from urllib.parse import unquote, urlsplit

from fedbib.errors import BadIdentifier, BadValue
from fedbib.ids import publishers
from fedbib.ids.addresses import checked
from fedbib.ids.identify import identifiers, identify, normal
from fedbib.ids.schemes import SCHEMES
from fedbib.ids.schemes.base import trimmed
from fedbib.ids.wrapped import direct
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.work import ID_FIELDS, Work, id_fields
from fedbib.text.regex import regex
from fedbib.text.verbatim import bare


def safe(url: str) -> str:
    """The address if it may stand in an output (`fedbib.ids.addresses.checked`), else ""."""
    try:
        return checked(url)
    except BadValue:
        return ""


def named(url: str) -> Identifier | None:
    """The identifier that an address is the page or file of; of `Identifier.url` it is that very identifier."""
    for scheme, start, end in _PAGES:
        if url.startswith(start) and url.endswith(end):
            value = unquote(url[len(start) : len(url) - len(end)])
            found = _doi(value) if scheme is Scheme.DOI else None
            if found or ((found := _normal(scheme, value)) and found.url == url):
                return found
    try:
        return identify(url)
    except BadIdentifier:
        return None


_PAGES = tuple((each.scheme, *each.scheme.address.partition("{}")[::2]) for each in SCHEMES.values())
"""What stands before and behind an identifier in the address of its page."""


def _doi(text: str) -> Identifier | None:
    """The DOI that a text is in whatever case, with nothing else; None for what must be read with care."""
    value = text.lower()
    return Identifier(Scheme.DOI, value) if SCHEMES[Scheme.DOI].normal.fullmatch(value) else None


def is_index(url: str) -> bool:
    """Whether an address is the page of an index, which points to papers and is no paper's own."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return publishers.is_index(parts.hostname or "", parts.path)


def url_fields(url: str, known: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a work that an address gives: an identifier where it is one's page or file, else `URL`.

    `known` are the fields that the work has already: an identifier among them stays, and the page of another paper says
    nothing. An address that may not stand in an output gives an empty `URL`, and so does the page of an index; one of a
    redirect or proxy is the address it leads to.
    """
    url, found = _led_to(url)
    if not found:
        return {"URL": url}
    if field := ID_FIELDS.get(found.scheme):
        return {"URL": "", field: known.get(field) or found.value}
    return {"URL": "", "other_ids": id_fields((*known.get("other_ids", ()), found))["other_ids"]}


@lru_cache(maxsize=64)  # formats are asked for the same addresses, one after the other
def _led_to(url: str) -> tuple[str, Identifier | None]:
    """The address that an output may have, "" for none, and the identifier that it is a page or file of."""
    said = direct(bare(url))
    url = safe(said)
    found = named(url or said) if url or _RESOLVED.match(said) else None
    return "" if found or is_index(url) else url, found


_RESOLVED = regex(r"https?://(?:dx\.)?doi\.org/10\.", re.IGNORECASE)
"""What leads to a DOI, also to one with signs that an address may not have, as in "49:8<693::AID-ASI4>3.0.CO;2-O"."""
_BETWEEN = regex(r"(?<![\s,;])[\s,;]++(?:and\s+|or\s+)?(?=https?:|www\.|doi\b|10\.\d{4})", re.IGNORECASE)
_WHOLE = regex(r"[A-Za-z0-9](?:[A-Za-z0-9./:_?=#-]*[A-Za-z0-9])?")
"""What is surely one, with nothing around it."""
_ADDRESS = regex(r"https?://\S", re.IGNORECASE)


@lru_cache(maxsize=1024)
def ids_in(text: str) -> tuple[Identifier, ...]:
    """The identifiers in the text of a field, each once, in their order; () where there is none."""
    if found := _doi(text):
        return (found,)
    for notation in SCHEMES.values():
        if notation.alone and notation.normal.fullmatch(text):  # the common case is not taken apart
            return (Identifier(notation.scheme, text),)
    try:
        return identifiers(text) if text else ()
    except BadIdentifier:
        return ()


_TAGGED = regex(r"\[([^\s\[\]]{9,20})\]\s+(?=\S)")


def tagged(title: str) -> tuple[Identifier | None, str]:
    """The arXiv id before a title and the title without it, as arXiv titles its pages: "[2310.15080] A title"."""
    match = _TAGGED.match(title)
    found = [id for id in ids_in(match.group(1)) if id.scheme is Scheme.ARXIV] if match else []
    return (found[0], title[match.end() :]) if match and found else (None, title)


def fields_in(text: str, known: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a work that a text of identifiers and addresses gives, as people fill a field of a bibliography.

    Of several of a kind the first counts; what `known` has already stays, and its `URL` too.
    """
    found = {**known, "URL": known.get("URL", "")}
    if not text:
        return found
    for part in [text] if _WHOLE.fullmatch(text) else map(trimmed, _BETWEEN.split(bare(text))):
        part = f"https://{part}" if part.lower().startswith("www.") else part
        if _ADDRESS.match(part):
            said = url_fields(part, found)
        else:
            said = {"URL": ""}
            for id in ids_in(part):
                field = ID_FIELDS.get(id.scheme)
                if field:
                    said[field] = found.get(field) or said.get(field) or id.value
                else:
                    said |= id_fields((*found.get("other_ids", ()), id))
        found |= said | {"URL": found["URL"] or said["URL"]}
    return found


def with_url(work: Work, url: str) -> Work:
    """The work with what an address says (`fields_in`)."""
    known = {field: getattr(work, field) for field in (*ID_FIELDS.values(), "other_ids")}
    said = {field: value for field, value in fields_in(url, known).items() if getattr(work, field) != value}
    return replace(work, **said) if said else work


@lru_cache(maxsize=16)  # each format asks for the same work
def normalised(work: Work) -> Work:
    """The work as outputs show it: identifiers in normal form, those that are none left out.

    `URL` is set only where it says more than the identifiers do.
    """
    changed: dict[str, Any] = {}
    for scheme, field in ID_FIELDS.items():
        value = getattr(work, field)
        if value and not SCHEMES[scheme].normal.fullmatch(value):
            found = _normal(scheme, value)
            if not found or found.value != value:
                changed[field] = found.value if found else ""
    if work.other_ids:
        found_ids = (_normal(id.scheme, id.value) for id in work.other_ids)
        changed["other_ids"] = tuple(id for id in found_ids if id)
    if changed:
        work = replace(work, **changed)
    return with_url(work, work.URL) if work.URL else work


@lru_cache(maxsize=16)
def landing(work: Work) -> str:
    """Where a reader of a normalised work should land: its own address, else its first identifier's page, else ""."""
    if work.URL:
        return work.URL
    first = work.first_id
    return first.url if first else ""


def _normal(scheme: Scheme, value: str) -> Identifier | None:
    try:
        return normal(scheme, value)
    except BadIdentifier:
        return None
