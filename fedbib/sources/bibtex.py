"""Entries of the `.bib` files that the ACL Anthology and DBLP serve; bibliographies of people are `fedbib.formats`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fedbib.model.date import PartialDate
from fedbib.model.name import Name
from fedbib.model.pages import Pages
from fedbib.model.work import ItemType
from fedbib.sources import answers
from fedbib.text.markup import segments
from fedbib.text.plain import clean
from fedbib.text.regex import regex

_LONGEST = 2_000_000
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = regex(rf"\b({'|'.join(_MONTHS)})[a-z]*\b", re.IGNORECASE)
_AND = regex(r"\sand\s", re.IGNORECASE)
_HOMONYM = regex(r"\s\d{4}$")

TYPES = {
    "inproceedings": ItemType.PAPER_CONFERENCE,
    "conference": ItemType.PAPER_CONFERENCE,
    "article": ItemType.ARTICLE_JOURNAL,
    "incollection": ItemType.CHAPTER,
    "inbook": ItemType.CHAPTER,
    "book": ItemType.BOOK,
    "proceedings": ItemType.BOOK,
    "phdthesis": ItemType.THESIS,
    "mastersthesis": ItemType.THESIS,
    "techreport": ItemType.REPORT,
}


@dataclass(frozen=True, slots=True)
class Entry:
    type: str
    """Lower case: "inproceedings"."""
    key: str
    fields: Mapping[str, str]
    """By lower-case name, as written, with their quotes or braces."""

    def tex(self, name: str) -> str:
        """The TeX of a field, without what encloses it."""
        value = self.fields.get(name, "").strip()
        if len(value) >= 2 and (value[0], value[-1]) in (("{", "}"), ('"', '"')):
            return value[1:-1]
        return value

    def title(self, name: str = "title") -> str:
        """Rich text; words with protected capitals are marked as a whole."""
        from fedbib.text.latex import decode

        return answers.whole_words(segments(decode(self.tex(name), braces=True)))

    def text(self, name: str) -> str:
        from fedbib.text.latex import decode

        tex = self.tex(name)
        return clean(decode(tex, rich=False)) if tex else ""

    def literal(self, name: str) -> str:
        """A URL or an identifier, which is no TeX beyond `\\_` and its like."""
        return clean(re.sub(r"\\([_%#&~{}])", r"\1", self.tex(name)))

    def names(self, name: str, family_only: bool) -> tuple[Name, ...]:
        """People: "Last, First" in parts; a name without comma is a family name alone, or unsplit."""
        found = (_name(tex, family_only) for tex in _people(self.tex(name)))
        return tuple(name for name in found if name)

    @property
    def issued(self) -> PartialDate | None:
        """Year and month; of several months (`oct # "-" # nov`) none is certain."""
        year = clean(self.tex("year"))
        months = {match.lower() for match in _MONTH.findall(self.fields.get("month", ""))}
        month = [_MONTHS.index(months.pop()) + 1] if len(months) == 1 else []
        return answers.known(PartialDate.from_parts([year, *month])) if year else None

    @property
    def page(self) -> Pages | None:
        return Pages.parse(self.text("pages"))


def entries(content: bytes) -> list[Entry]:
    """The entries of a body; raises Wrong when there is none."""
    text = answers.decoded(content)
    if len(text) > _LONGEST:
        raise answers.Wrong("is too long for the BibTeX of one paper")
    if "@" not in text:
        raise answers.Wrong("contains no BibTeX entry")
    import logging

    from bibtexparser.entrypoint import parse_string

    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    library = parse_string(text, parse_stack=[])
    found = [
        Entry(entry.entry_type.lower(), entry.key, {field.key.lower(): str(field.value) for field in entry.fields})
        for entry in library.entries
    ]
    if not found:
        raise answers.Wrong("contains no BibTeX entry")
    return found


def _people(tex: str) -> Iterable[str]:
    """The names of a list, parted by "and" outside braces."""
    start = end = depth = 0
    marks = {match.start(): match.end() for match in _AND.finditer(tex)}
    while end < len(tex):
        char = tex[end]
        depth += (char == "{") - (char == "}")
        if depth <= 0 and end in marks:
            yield tex[start:end]
            start = end = marks[end]
            continue
        end += 1
    yield tex[start:]


def _name(tex: str, family_only: bool) -> Name | None:
    from fedbib.text.latex import decode

    tex = tex.strip()
    name = clean(decode(tex, rich=False))
    if not name or name == "others":
        return None
    if tex.startswith("{") and tex.endswith("}") and tex.count("{") == 1:
        return Name(literal=name)
    parts = [part.strip() for part in name.split(",")]
    if len(parts) == 1:
        return Name(family=name) if family_only else Name(unsplit=_HOMONYM.sub("", name))
    if len(parts) == 2:
        return answers.person(parts[0], parts[1])
    return answers.person(parts[0], ", ".join(parts[2:]), parts[1])
