"""Is it a publication? What the names of venues, DOIs and people's notes say (`data/publication.toml`).

The one place that knows: import, settle, check and sync ask here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import cache, lru_cache

from fedbib.model.claim import Claim, Version
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.work import ItemType, Status, Work
from fedbib.text.regex import regex
from fedbib.text.tables import read_table

_CORR = "journals/corr/"
_OWN_SERVER = "arXiv"
"""The server whose ids a work has a field for: its name adds nothing to them."""
_LONGEST = 300
"""Characters of a text that are looked at."""


class Standing(Enum):
    """How far a paper has come, by the name of where it is said to be."""

    PUBLISHED = auto()
    """Nothing speaks against it."""
    FORTHCOMING = auto()
    """Accepted there, and not out yet."""
    PENDING = auto()
    """With reviewers, sent back by them, or not even finished."""
    POSTED = auto()
    """On a server of preprints."""


@dataclass(frozen=True, slots=True)
class Place:
    """What the name of a venue says."""

    standing: Standing
    name: str
    """The server by its own name; else the venue without the words for "to appear", which may leave nothing."""


@lru_cache(maxsize=4096)
def place(venue: str) -> Place:
    """What a venue's name says, in whatever words: "Preprint at arXiv https://...", "Submitted to Nature"."""
    words, text = _words(), venue[:_LONGEST]
    if server := _server(text):
        return Place(Standing.POSTED, server)
    if _says_pending(text) or words.pending_alone.fullmatch(text.strip(" .,;:()[]")):
        return Place(Standing.PENDING, venue)
    if match := words.forthcoming.match(text):
        return Place(Standing.FORTHCOMING, venue[match.end() :].strip(" ,;:()"))
    if match := words.forthcoming_last.search(text):
        return Place(Standing.FORTHCOMING, venue[: match.start()].strip(" ,;:()"))
    return Place(Standing.PUBLISHED, venue)


def is_posted(venue: str) -> bool:
    """Whether a venue's name is that of a server of preprints."""
    return bool(venue) and _server(venue[:_LONGEST]) != ""


def is_pending(text: str) -> bool:
    """Whether a venue's name, or a note, says that a paper is not accepted."""
    said = text[:_LONGEST]
    return bool(text) and not _server(said) and _says_pending(said)


def _says_pending(text: str) -> bool:
    words = _words()
    return bool(words.pending.search(text) or words.pending_first.match(text.strip()))


def is_state(text: str) -> bool:
    """Whether a text says nothing but how far a paper has come: "in press", "under review"."""
    if not text:
        return False
    words, said = _words(), text.strip(" .,;:()[]")
    rest = words.accepted.sub("", words.pending.sub("", words.pending_first.sub("", said)))
    return rest != said and not _bare(words.dress.sub("", rest))


def is_server(id: Identifier) -> bool:
    """Whether the DOI is one of a server's."""
    return id.scheme is Scheme.DOI and id.value.startswith(_words().dois)


def is_corr(id: Identifier) -> bool:
    """Whether it is the DBLP record of a preprint at arXiv."""
    return id.scheme is Scheme.DBLP and id.value.startswith(_CORR)


def version_of(claim: Claim) -> Version:
    """Which version of a paper a claim speaks of."""
    says = honest(claim.says)
    if says.is_preprint or says.status is Status.PREPRINT:
        return Version.PREPRINT
    named = says.container_title or says.container_title_short
    typed = says.type is not ItemType.DOCUMENT or says.status is not Status.UNRESOLVED
    return Version.PUBLISHED if named or typed else Version.UNKNOWN


_MAY_BE_POSTED = frozenset(
    {ItemType.ARTICLE_JOURNAL, ItemType.PAPER_CONFERENCE, ItemType.CHAPTER, ItemType.REPORT, ItemType.DOCUMENT}
)


def honest(work: Work) -> Work:
    """The work as what it is: a preprint where its venue is a server, or where it says that it is not accepted.

    The server becomes the publisher; words about reviewers, and about a publication to come, go into the note. Nothing
    else is changed, and what is honest stays as it is.
    """
    if work.type is ItemType.ARTICLE:
        return _posted(work, work.container_title) if is_posted(work.container_title) else work
    if work.type not in _MAY_BE_POSTED:
        return work
    venue = work.container_title or work.container_title_short
    if not venue and work.type in (ItemType.REPORT, ItemType.DOCUMENT):
        venue = next((text for text in (work.medium, work.publisher) if _is_of_papers(text)), "")
    if not venue:
        is_found = work.type in (ItemType.ARTICLE_JOURNAL, ItemType.PAPER_CONFERENCE) and any(map(is_server, work.ids))
        return replace(work, type=ItemType.ARTICLE) if is_found else work
    found = place(venue)
    match found.standing:
        case Standing.POSTED:
            return _posted(work, venue)
        case _ if work.type is ItemType.CHAPTER:
            return work  # a book may be called anything
        case Standing.PENDING:
            return _pending(work, venue)
        case Standing.FORTHCOMING if not found.name:
            return _pending(work, venue)
        case Standing.FORTHCOMING:
            work = replace(work, note=_noted(work.note, _without(venue, found.name)))
            if work.container_title:
                return replace(work, container_title=found.name)
            return replace(work, container_title_short=found.name)
    return _pending(work, venue) if work.note and _is_pending_note(work.note) else work


def _is_of_papers(text: str) -> bool:
    """Whether a text names a server on which nothing lies but papers."""
    return is_posted(text) and place(text).name in _words().of_papers


def _posted(work: Work, venue: str) -> Work:
    """A work on a server, which is its publisher if there is no other. Of arXiv's the id tells where it is."""
    name = place(venue).name
    kind = ItemType.DOCUMENT if name in _words().sites and not work.arxiv else ItemType.ARTICLE
    if name != _OWN_SERVER and not work.archive_location and (number := _NUMBER.search(venue)):
        work = replace(work, archive=name, archive_location=number.group())
    if work.publisher and not is_posted(work.publisher):
        return replace(work, type=kind)
    said = name if name.casefold() in venue.casefold() else " ".join(_BESIDE.sub(" ", venue).split()).strip(" .,:;")
    work = replace(
        work,
        type=kind,
        publisher="" if name == _OWN_SERVER and work.arxiv else said or name,
        container_title="" if is_posted(work.container_title) else work.container_title,
        medium="" if is_posted(work.medium) else work.medium,
    )
    is_told = is_posted(work.container_title_short) and name != _OWN_SERVER
    return replace(work, container_title_short="") if is_told else work


def _pending(work: Work, venue: str) -> Work:
    """A work that nobody has accepted: where it was sent stands in the note."""
    note = _noted(work.note, venue)
    return replace(work, type=ItemType.ARTICLE, container_title="", container_title_short="", note=note)


def _is_pending_note(note: str) -> bool:
    words, text = _words(), note[:_LONGEST].strip(" (")
    is_sent = words.pending_first.match(text) or words.pending.match(text)
    return bool(is_sent) and not words.accepted.search(text)


def _noted(note: str, words: str) -> str:
    """A note with more words, each once."""
    return note if not words or words.casefold() in note.casefold() else "; ".join(filter(None, (note, words)))


def _without(text: str, part: str) -> str:
    return "" if text == part else text.replace(part, "").strip(" ,;:()")


@lru_cache(maxsize=4096)
def _server(venue: str) -> str:
    """The name of the server that a text consists of, without ids, addresses and words around it; or ""."""
    words, text = _words(), venue.casefold().lstrip()
    if words.server_words.isdisjoint(_WORD.findall(text)) and "http" not in text:
        return ""
    if _OWN_PART.match(text):
        return _OWN_SERVER
    text = _ASIDE.sub(" ", text.partition(" : ")[0])
    return words.servers.get(_bare(text)) or words.servers.get(_bare(words.dress.sub(" ", text)), "")


_WORD = regex(r"[^\W\d_]+")
_OWN_PART = regex(r"arxiv\s*[:.]\s*\w")
"""A part of arXiv, or an id: "arXiv: Learning", "arXiv.cs"."""
_NUMBER = regex(r"(?<![\w/.])(?:(?:19|20)\d\d/\d+|hal-\d+(?:v\d+)?|\d{6,})(?![\w/.]*\w)")
"""What a server calls a paper, in the name of a venue: "Cryptology ePrint Archive, Paper 2022/674"."""
_BESIDE = regex(r"https?://\S+|\([^()]*\)|\[[^\[\]]*\]")
_ASIDE = regex(
    r"(?<=arxiv)[\s:]*\d{4}\.\d{4,5}\S*|https?://\S+|\bdoi:\s*\S+|\b10\.\d{4,9}/\S+|\babs/\S*|\bhal-\d+\S*|\[[^\[\]]*\]|\([^()]*\)|\b(?:19|20)\d\d/\d+\b"
    r"|(?<![\w.])v?\d[\d.]*(?:v\d+)?(?![\w.]*\w)|(?<![\w/])[a-z-]+(?:\.[a-z]{2})?/\d{7}(?:v\d+)?"
)


def _bare(text: str) -> str:
    """The words of a text, each once: "arXiv preprint arXiv:2310.15080" names its server twice."""
    return " ".join(dict.fromkeys(text.replace(",", " ").strip(" .,:;-/#").split()))


@dataclass(frozen=True, slots=True)
class _Words:
    servers: dict[str, str]
    server_words: frozenset[str]
    """A word of each name of a server: a text without any of them names none."""
    of_papers: frozenset[str]
    sites: frozenset[str]
    dois: tuple[str, ...]
    pending: re.Pattern[str]
    pending_first: re.Pattern[str]
    pending_alone: re.Pattern[str]
    """The whole name of a venue."""
    forthcoming: re.Pattern[str]
    """Where a text begins."""
    forthcoming_last: re.Pattern[str]
    """Where it ends, after a comma or in brackets."""
    accepted: re.Pattern[str]
    """Anywhere."""
    dress: re.Pattern[str]


@cache
def _words() -> _Words:
    data = read_table("publication")
    tables = (data["servers"], data["hosts"], data["sites"])
    spellings = {name: (name, *others) for table in tables for name, others in table.items()}
    servers = {_bare(spelling.casefold()): name for name, others in spellings.items() for spelling in others}
    coming = _either(data["forthcoming"]["words"])
    return _Words(
        servers,
        frozenset(max(_WORD.findall(name), key=len) for name in servers),
        frozenset(data["servers"]),
        frozenset(data["sites"]),
        tuple(data["dois"]["prefixes"]),
        _compiled(_either(data["pending"]["anywhere"])),
        _compiled(_either(data["pending"]["first"])),
        _compiled(_either(data["pending"]["alone"])),
        _compiled(
            rf"[(\[]?(?:{coming})(?:(?<=\b(?:in|at|to|by))|(?<=\bfor)|(?<=\bappear)|(?=[)\]\s]*(?:$|[,;:.])))(?!\w)"
        ),
        _compiled(rf"[,;(\[]\s*(?:{coming})[)\]]?$"),
        _compiled(rf"\b(?:{coming})(?!\w)"),
        _compiled(rf"(?<![\w.-])(?:{_either(data['dress']['words'])})(?![\w-])"),
    )


def _either(patterns: Iterable[str]) -> str:
    return "|".join(f"(?:{pattern})" for pattern in patterns)


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
