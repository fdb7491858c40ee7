"""What became of each value of an imported entry: kept, left out, or private.

The account is drawn up from what is there afterwards, not from what a reader meant to do: a value is kept when the
record's claims hold it. So none can go missing in silence, whatever a reader does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from operator import attrgetter
from urllib.parse import unquote

from fedbib.formats import csl_json
from fedbib.formats.bib import bibtex
from fedbib.formats.bib.bibtex import GENRES
from fedbib.ids.landing import ids_in, tagged
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.name import Name
from fedbib.model.pages import Pages
from fedbib.model.reading import Value
from fedbib.model.work import DATE_FIELDS, FIELDS, Work
from fedbib.text import dates, serials
from fedbib.text.markup import plain
from fedbib.text.names import NUMBER
from fedbib.words.private import is_private
from fedbib.words.publication import is_posted, is_state, place


class Fate(StrEnum):
    KEPT = "kept"
    LEFT_OUT = "left out"
    """No field of a record has it; the report names it."""
    PRIVATE = "private"
    """A person's own; in no output and in no record."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One value of an entry and what became of it."""

    value: Value
    fate: Fate


def account(values: Sequence[Value], works: Sequence[Work]) -> tuple[Entry, ...]:
    """What became of the values of one entry, in their order; `works` is what the record's claims say."""
    held = _Held(works)
    return tuple(Entry(value, _fate(value, held)) for value in values)


def _fate(value: Value, held: _Held) -> Fate:
    if not value.text.strip():
        return Fate.KEPT  # it says nothing
    if is_private(value.name, value.text):
        return Fate.PRIVATE
    return Fate.KEPT if held.has(value) else Fate.LEFT_OUT


class _Held:
    """What works say, for comparison; most values stand there as they are, and little is compared in other ways."""

    def __init__(self, works: Sequence[Work]) -> None:
        self._works = works
        self._leaves = {leaf for work in works for leaf in _leaves(work)}

    @cached_property
    def text(self) -> str:
        """All of it, folded, a line each."""
        plain = "\n".join(filter(str.isascii, self._leaves))
        return "\n".join((_bare(plain), *(_bare(leaf) for leaf in self._leaves if not leaf.isascii())))

    @cached_property
    def _whole(self) -> frozenset[str]:
        """Each of its texts, folded."""
        return frozenset(self.text.split("\n"))

    @cached_property
    def words(self) -> frozenset[str]:
        """Its words, and each of its texts as one."""
        return self._whole.union(_words("\n".join(self._leaves)))

    @cached_property
    def _dates(self) -> frozenset[str]:
        return frozenset(date.iso for work in self._works for name in DATE_FIELDS if (date := getattr(work, name)))

    @cached_property
    def ids(self) -> frozenset[str]:
        return frozenset(id.value.casefold() for work in self._works for id in work.ids)

    @cached_property
    def _topics(self) -> frozenset[str]:
        return frozenset(_folded(topic) for work in self._works for topic in work.topics)

    def has(self, value: Value) -> bool:
        name, text = value.name, value.text
        if name in _DATES:
            return self._date(name, text)
        text = tagged(text)[1] if name in _TITLES else text
        if text in self._leaves and (len(text) > _SHORT or _is_read(name)):
            return True
        if name in _STRUCTURE or text.startswith("xdata="):
            return True
        if name in _KEYWORDS:
            return {_folded(word) for word in _COMMAS.split(text) if word.strip()} <= self._topics
        if name in _PEOPLE:
            return self._people(text)
        if name in _PAGES:
            pages = Pages.parse(text)
            return pages is not None and (_folded(pages.text) in self.text or set(_words(pages.text)) <= self.words)
        return self._says(name, text) or self._is_id(name, text.casefold()) or (name in _VENUES and self._venue(text))

    def _says(self, name: str, text: str) -> bool:
        """Whether the letters and digits of a value stand somewhere."""
        if name == "type" and text.casefold() in GENRES:
            return _folded(GENRES[text.casefold()]) in self.text
        folded = _folded(_unwrapped(text))
        if not folded:
            return True
        if not _is_read(name):  # a word of the title is not what somebody calls the short title, nor a volume a count
            found = not self._whole.isdisjoint((folded, _folded(text))) or any(folded in _folded(id) for id in self.ids)
            return found and len(folded) > _SHORT
        if name in _SERIALS and (numbers := serials.all_in(text)):
            others = re.sub("|".join(map(_folded, numbers)), "", _folded(text))
            return all(_folded(number) in self.text for number in numbers) and not _NUMBER.search(others)
        if len(folded) <= 3 or folded.isdigit() or name == "an":  # "WOS:000123" is an archive and its number
            return folded in self._whole or (name in _IN_PARTS and set(_words(text)) <= self.words)
        return folded in self.text or _folded(text) in self.text or folded in _ALWAYS.get(name, ())

    def _venue(self, text: str) -> bool:
        """Whether the words of a venue stand in several fields: "NeurIPS, to appear", "Blog post, at https://..."."""
        words = set(_words(text))
        if is_posted(text):
            server = set(_words(place(text).name))
            known = bool(self.ids) or server <= self.words
            return known and words <= _DRESS | _POINTING | server | {word for id in self.ids for word in _words(id)}
        return words <= self.words | _POINTING

    def _is_id(self, name: str, text: str) -> bool:
        """Whether a text is an identifier in dress: in a field for identifiers whatever stands beside it but others."""
        if not any(id[-2:] in unquote(text) for id in self.ids):
            return False  # an identifier ends as its page's address does, whatever stands before
        if name in _IDS or "://" in text:
            parts = {part: ids_in(part) for part in _SEVERAL.split(text)}
            if any(parts.values()):
                return all(self._is_held(part, ids) for part, ids in parts.items())
        rest = text
        for id in self.ids:
            rest = rest.replace(id, " ")
        return rest != text and (name in _IDS or all(word in _DRESS or word in self.words for word in _words(rest)))

    def _is_held(self, text: str, ids: Sequence[Identifier]) -> bool:
        """Whether the identifiers that stand in a text are there and an address tells no more than they do; without
        any, whether its own words are.
        """
        if not ids:
            return _folded(_unwrapped(text)) in self.text
        return all(id.value.casefold() in self.ids for id in ids) and self._is_page(text, ids)

    def _is_page(self, text: str, ids: Sequence[Identifier]) -> bool:
        """Whether an address says the identifiers themselves, and no version, figure or part of what they name."""
        _, _, path = unquote(text).partition("://")[2].partition("/")
        if path and not any(id.value.casefold() in path for id in ids):
            return False  # they follow from it by a publisher's rule
        known = {word for id in ids for word in _words(id.value)} | _VIEWS | self.words
        for id in ids:
            path = path.replace(id.value.casefold(), " ")
        versions = _VERSIONS if any(id.scheme is Scheme.ARXIV for id in ids) else frozenset[str]()
        return known.union(versions).issuperset(_words(path))

    def _people(self, text: str) -> bool:
        folded = self.text
        return all(word in folded or len(word) == 1 or word in _GLUE or NUMBER.fullmatch(word) for word in _words(text))

    def _date(self, name: str, text: str) -> bool:
        if name == "month":
            month = dates.joined("2000", text)
            found = month.date and month.date.month
            return bool(found and not month.left and any(iso[5:7] == f"{found:02d}" for iso in self._dates))
        if name == "day":
            return any(iso[8:].lstrip("0") == text.strip().lstrip("0") for iso in self._dates)
        dated = dates.read(text.rstrip("/"))
        if not dated.date and is_state(text):
            return _folded(text) in self.text
        if not dated.date and name in ("da", "pd"):  # a month, perhaps a day, whose year has a tag of its own
            with_year = ((iso, dates.read(f"{text} {iso[:4]}").date) for iso in self._dates)
            return any(date and date.month and iso.startswith(date.iso) for iso, date in with_year)
        return bool(dated.date and not dated.left and any(iso.startswith(dated.date.iso) for iso in self._dates))


def _is_read(name: str) -> bool:
    """Whether a format has a meaning for a field; the names of RIS are of two characters."""
    return len(name) == 2 or name in _NAMES


_NAMES = bibtex.NAMES.union(map(str.lower, csl_json.NAMES))
_SERIALS = frozenset({"isbn", "issn", "sn"})
_KEYWORDS = frozenset({"keywords", "keyword", "kw", "tags"})
_COMMAS = re.compile("[,;]")
_IN_PARTS = frozenset({"an", "collaboration", "ep", "howpublished", "n1", "note", "number", "op", "sp"})
"""Fields whose value may be a part of what a field of the record holds."""
_NUMBER = re.compile(r"\d{4}")
_SEVERAL = re.compile(r"(?<![\s,;])[\s,;]++(?=https?:|10\.\d{4})")
_PEOPLE = frozenset(
    {"author", "editor", "translator", "bookauthor", "container-author", "au", "a1", "a2", "a3", "a4", "ed"}
)
_STRUCTURE = frozenset({"crossref", "xdata", "entryset"})
"""What names other entries: what it gives is among the values, and one that is missing is told by the reader."""
_DATES = frozenset(
    {"year", "date", "month", "day", "issued", "py", "y1", "da", "pd", "urldate", "accessed", "y2"}
    | {"lastaccessed", "lastchecked"}
    | {"eventdate", "event-date"}
)
_PAGES = frozenset({"pages", "page"})
_VENUES = frozenset(
    {"journal", "journaltitle", "booktitle", "container-title", "howpublished", "t2", "jo", "jf", "publisher"}
)
"""Fields in which the name of a server may stand: the record has it under its own name, or the id that is there."""
_POINTING = frozenset({"https", "http", "www", "available", "accessed", "online", "at", "url", "see", "from"})
"""Words around an address that say nothing more."""
_IDS = frozenset({"doi", "eprint", "arxiv", "arxivid", "do"})
"""Fields that hold an identifier and nothing else, whatever it is dressed in."""
_VERSIONS = frozenset(f"v{number}" for number in range(1, 20))
_DRESS = _VERSIONS | frozenset(
    {"arxiv", "preprint", "e", "eprint", "doi", "https", "http", "www", "org", "abs", "pdf", "dx", "corr"}
    | {"10", "48550"}
)
"""Words around an identifier that say nothing more."""
_VIEWS = (
    (_DRESS - _VERSIONS)
    | {"abstract", "article", "articles", "book", "books", "cfm", "chapter", "chapters", "citation", "content"}
    | {"document", "doid", "download", "epdf", "epub", "forum", "full", "fulltext", "htm", "html", "id"}
    | {"index", "journals", "lookup", "paper", "papers", "pdfdirect", "php", "proceedings", "pub", "pubs"}
    | {"reader", "record", "records", "science", "stable", "view", "xml"}
)
"""Words in the address of a page that only say in which form it shows a paper."""
_SHORT = 5
"""So long a value that nobody reads may stand somewhere by chance."""
_TITLES = frozenset({"title", "ti", "t1"})
_GLUE = frozenset({"and", "others", "et", "al", "family", "given", "prefix", "suffix", "useprefix", "true", "false"})
_ALWAYS = {
    "type": ("misc", "article"),
}
"""Values that say nothing which the record does not say otherwise."""
_LINK = re.compile(r"\\?(?:url|href)\{?|https?://(?:(?:dx\.)?doi\.org/|arxiv\.org/(?:abs|pdf)/|www\.)?", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")


def _unwrapped(text: str) -> str:
    """A value without the dress of an address or identifier."""
    return _LINK.sub("", unquote(text)) if "://" in text or "%" in text else text


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    return _bare(text)


def _bare(text: str) -> str:
    """The letters and digits of a text, without regard to case; line ends stay."""
    if text.isascii():
        return text.encode("ascii").translate(_LOWER, _SIGNS).decode("ascii")
    return "".join(_WORD.findall(text.casefold()))


_LOWER = bytes(range(256)).lower()
_SIGNS = bytes(sign for sign in range(128) if not chr(sign).isalnum() and sign != ord("\n"))


_values = attrgetter(*FIELDS)


def _leaves(work: Work) -> Iterable[str]:
    for field, value in zip(FIELDS, _values(work), strict=True):
        if not value or field == "type":  # its word is the model's, not the entry's
            continue
        if isinstance(value, tuple):
            for item in value:
                yield _shown(item)
        else:
            yield _text(field, value)
    for id in work.ids:
        yield id.value
        yield id.url


def _shown(item: object) -> str:
    if isinstance(item, Name):
        return " ".join(filter(None, (item.given, item.family, item.suffix, item.literal, item.unsplit)))
    return str(getattr(item, "url", item))


def _text(field: str, value: object) -> str:
    if isinstance(value, Pages):
        return value.text
    text = str(getattr(value, "iso", value))
    return plain(text) if field == "title" else unquote(text)
