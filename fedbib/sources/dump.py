"""DBLP's dump of everything, dblp.xml.gz (https://dblp.org/xml, CC0): a series of small XML records, read one by one.

The file is ISO-8859-1 and names letters by the entities of its DTD, which is never loaded: they are HTML's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape

from fedbib.sources import answers
from fedbib.text.plain import clean
from fedbib.text.regex import regex

_TAGS = "article|inproceedings|incollection|proceedings|book|phdthesis|mastersthesis|www|data"
_RECORD = regex(rf"<({_TAGS}) ([^<>]*+)>((?:[^<]++|<(?!/?(?:{_TAGS})[ >]))*+)</\1>")
_KEY = regex(r'\bkey="([^"]*)"')
_TITLE = regex(r"<title\b[^<>]*+>((?:[^<]++|<(?!/?title\b))*+)</title>")
_LINK = regex(r"<ee\b[^<>]*>([^<>]*)</ee>")
_ENTITY = regex(r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)(\w{2,30});")
_LARGEST = 2_000_000
"""Characters of a record; the largest real ones, pages of people, have some 100,000."""
_DOI = "https://doi.org/"


@dataclass(frozen=True, slots=True)
class Record:
    """One record as it is written, and by what it is found."""

    tag: str
    key: str
    xml: str
    """Well-formed where the dump is: without entities of a DTD."""
    title: str
    """Letters and digits alone, folded."""
    dois: tuple[str, ...]
    """Lower case, arXiv's among them."""
    is_withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which records are to be kept."""

    keys: frozenset[str]
    dois: frozenset[str]
    """Lower case; of preprints arXiv's own."""
    titles: frozenset[str]
    """As `folded` makes them."""

    def has(self, record: Record) -> bool:
        return record.key in self.keys or record.title in self.titles or not self.dois.isdisjoint(record.dois)


def folded(title: str) -> str:
    """A title's letters and digits, without regard to case."""
    return "".join(filter(str.isalnum, re.sub(r"<[^<>]*>", "", title).casefold()))


def records(pieces: Iterable[bytes]) -> Iterator[Record]:
    """The records of a dump, whatever its size; raises Wrong for what is none."""
    text = ""
    for piece in pieces:
        text += piece.decode("latin-1")
        end = 0
        for match in _RECORD.finditer(text):
            end = match.end()
            if match[1] not in ("www", "data") and (key := _KEY.search(match[2])):
                yield _record(match[1], key[1], match[0], match[3], 'publtype="withdrawn' in match[2])
        text = text[end:]
        if len(text) > _LARGEST:
            raise answers.Wrong("is not a dump of DBLP: no record ends where one should")


def _record(tag: str, key: str, xml: str, inner: str, is_withdrawn: bool) -> Record:
    title = _TITLE.search(inner)
    dois = tuple(link[len(_DOI) :].lower() for link in _LINK.findall(inner) if link.startswith(_DOI))
    return Record(tag, key, xml, folded(unescape(title[1])) if title else "", dois, is_withdrawn)


def members(record: Record) -> list[tuple[str, str]]:
    """The record's elements in order, each with its text; a title with its markup. Raises Wrong for what is no XML."""
    root = answers.xml_root(_ENTITY.sub(lambda match: unescape(match[0]), record.xml).encode())
    found = [(child.tag, clean("".join(child.itertext()))) for child in root]
    title = _TITLE.search(record.xml)
    return [(tag, title[1] if tag == "title" and title else text) for tag, text in found]
