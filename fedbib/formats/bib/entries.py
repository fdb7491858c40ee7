"""The entries of a .bib, whatever dialect they speak: text to values and back.

Reading takes anybody's .bib and says what it could not take; writing knows nothing of what fields mean.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from sys import intern
from types import MappingProxyType
from typing import TypeVar

from fedbib.cores import each
from fedbib.formats.bib import asides, commands
from fedbib.formats.bib.blocks import Item, Macro, blocks
from fedbib.model.name import Name
from fedbib.model.problem import Problem, Severity
from fedbib.model.quick import quick
from fedbib.model.reading import Value
from fedbib.text.latex import decode
from fedbib.text.markup import plain
from fedbib.text.names import from_bibtex, in_doubt
from fedbib.text.plain import clean
from fedbib.text.regex import regex
from fedbib.text.tables import read_table

T = TypeVar("T")

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

PEOPLE = ("author", "editor", "translator", "bookauthor")
"""The fields that are names of people."""

# Names that others, or biblatex, give to the same field.
SAME = {
    "journaltitle": "journal", "location": "address", "archiveprefix": "eprinttype", "primaryclass": "eprintclass",
    "issue": "number",
    "journal-title": "journal", "key-words": "keywords", "keyword": "keywords", "book-title": "booktitle",
    "tags": "keywords", "journal-iso": "shortjournal", "lastaccessed": "urldate", "lastchecked": "urldate",
}  # fmt: skip
SUBTITLES = {"title": "subtitle", "booktitle": "booksubtitle", "journal": "journalsubtitle"}
# What people add to an entry for themselves.
LINKS = {
    "github": "code", "code": "code", "slides": "slides", "video": "video", "poster": "poster",
    "project": "page", "website": "page",
}  # fmt: skip


@quick
@dataclass(frozen=True, slots=True)
class BibEntry:
    """An entry with its values as text: what the TeX of the fields says."""

    key: str
    type: str
    author: tuple[Name, ...]
    editor: tuple[Name, ...]
    fields: Mapping[str, str]
    translator: tuple[Name, ...] = ()
    bookauthor: tuple[Name, ...] = ()


_NO_STRINGS: Mapping[str, str] = MappingProxyType({})


def write(entries: Iterable[tuple[str, str, Mapping[str, str]]], strings: Mapping[str, str] = _NO_STRINGS) -> str:
    """A .bib of entries given as type, key and fields, each field's value as TeX with its braces.

    `strings` are the macros that values may name, with their TeX; they stand first.
    """
    blocks = [f"@string{{{name} = {value}}}\n" for name, value in strings.items()]
    for kind, key, fields in entries:
        lines = "".join([f"  {name} = {value},\n" for name, value in fields.items()])
        blocks.append(f"@{kind}{{{key},\n{lines}}}\n")
    return "\n".join(blocks) or "\n"


_PLACES = frozenset({"journal", "booktitle", "series"})
_WORDS = _PLACES.union(
    asides.TITLES,
    PEOPLE,
    ["shorttitle", "publisher", "organization", "institution", "school", "address", "note", "howpublished", "type"],
    ["edition", "number"],
)
"""The fields whose words an output prints."""
_JOURNAL_MACRO = regex(r"[{\s]*\\([A-Za-z]+)[\s}]*")


@cache
def journal_macros() -> Mapping[str, str]:
    """What the macros of journals stand for (`data/journal-macros.toml`)."""
    return read_table("journal-macros")


_MOST_FROM_STRINGS = 1_000_000
"""How much longer than the file its entries may become; each @string may double the one before it."""
_VERBATIM = frozenset(
    {"url", "doi", "eprint", "eprintclass", "eprinttype", "verba", "ids", "file", "crossref", "xdata", *LINKS}
)


_MONTHS = {month: month for month in MONTHS}


class _Macros:
    """The texts of @string by name in lower case, and how many characters more may be taken from them."""

    def __init__(self, most: int) -> None:
        self.texts = _MONTHS.copy()
        self.left = most

    def taken(self, name: str) -> str | None:
        text = self.texts.get(name.lower())
        if text is None:
            return None
        self.left -= len(text)
        return text if self.left >= 0 else name


Values = Callable[[], tuple[Value, ...]]
"""Gives all that an entry itself says, under its own names of fields."""


def read(
    text: str, types: Container[str], made: Callable[[BibEntry, Values], T]
) -> tuple[list[T], list[int], list[Problem]]:
    """What is `made` of each entry of a .bib, ours or anybody's, the line of each, and what was skipped (B01) or read
    in part (B02).

    `types` are the entry types that the caller knows; others are named.
    """
    entries, problems = _entries(text)
    family = _Family(entries)
    found: list[tuple[_Raw, Mapping[str, str]]] = []
    for raw in entries:
        kind, key, line = raw.item.type, raw.item.key, raw.item.line
        if kind not in types:
            said = "only groups entries and was skipped" if kind == "set" else "is not known and was read as @misc"
            problems.append(Problem("B02", Severity.NOTE, f"the type @{kind} {said}", line=line, key=key))
        for name in family.missing(raw):
            message = f"inherits from {name}, which is not in the file"
            hint = "export the file together with the entries that others refer to"
            problems.append(Problem("B02", Severity.WARNING, message, line=line, key=key, field="crossref", hint=hint))
        if kind not in ("xdata", "set"):
            found.append((raw, family.values(raw)))
    works: list[T] = []
    for work, doubts in each(lambda entry: (made(*_read(*entry)), _people_in_doubt(entry[0])), found):
        works.append(work)
        problems += doubts
    return works, [raw.item.line for raw, _ in found], sorted(problems, key=lambda problem: problem.line or 0)


def _entries(text: str) -> tuple[list[_Raw], list[Problem]]:
    """The entries of a .bib with the texts of strings put in, and what of it could not be read."""
    problems: list[Problem] = []
    entries: list[_Raw] = []
    macros = _Macros(_MOST_FROM_STRINGS + len(text))
    lines_of: dict[str, int] = {}
    for block in blocks(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")):
        if isinstance(block, Problem):
            problems.append(block)
        elif isinstance(block, Macro):
            macros.texts[block.name] = _value(block.value, macros, lambda _: None)
        else:
            key, line = block.key, block.line
            first = lines_of.setdefault(key.lower(), line)
            if key and first != line:
                message = f"the key {key} was used before, at line {first}"
                hint = "give one of them another key"
                problems.append(Problem("B02", Severity.WARNING, message, line=line, key=key, hint=hint))
            entries.append(_raw(block, macros, problems))
    if macros.left < 0:
        message = f"the @string texts add more than {_MOST_FROM_STRINGS:,} characters to the file"
        problems.append(
            Problem("B01", Severity.ERROR, message, line=1, hint="the rest is left as the names of the strings")
        )
    return entries, problems


def _people_in_doubt(raw: _Raw) -> list[Problem]:
    hint = 'if these are two, put "and" between them instead of the comma'
    said = [(field, raw.values[field]) for field in PEOPLE if field in raw.values]
    found = [(field, name) for field, tex in said for name in in_doubt(tex)]
    return [
        Problem(
            "B02",
            Severity.WARNING,
            f'"{name.inverted}" is read as one person, {name.display}',
            line=raw.item.line,
            key=raw.item.key,
            field=field,
            hint=hint,
        )
        for field, name in found
    ]


@quick
@dataclass(frozen=True, slots=True)
class _Raw:
    """An entry as its file has it."""

    item: Item
    values: dict[str, str]
    """The TeX of each field, under BibTeX's names."""
    said: tuple[tuple[str, str], ...]
    """The TeX of each field, under the entry's own names."""
    parents: Sequence[tuple[str, str]]
    """The entries that it inherits from, each with how: "crossref", "xdata" or "field"."""


_NOT_GIVEN = frozenset(
    {"title", "subtitle", "shorttitle", "author", "crossref", "doi", "url", "ids", "pages", "pagetotal"}
)
"""What a collection does not give to its parts."""
_DEEPEST = 20
_ONE_OF_XDATA = regex(r"xdata\s*+=\s*+(.+)-([a-z]+)(?:-(\d+))?", re.IGNORECASE)
"""A value that is a field of an @xdata, or one of the names in it (biblatex manual, section 3.13.6)."""


class _Family:
    """Which entry inherits from which, to any depth, as biber has it: all of `xdata`, of `crossref` what fits."""

    def __init__(self, entries: Sequence[_Raw]) -> None:
        self._by_key = {raw.item.key.lower(): raw for raw in reversed(entries)}

    def missing(self, raw: _Raw) -> list[str]:
        """The entries it names that are not in the file."""
        return [name for _, name in raw.parents if name.lower() not in self._by_key]

    def values(self, raw: _Raw, above: tuple[str, ...] = ()) -> dict[str, str]:
        """The fields of an entry with those it inherits; its own stay."""
        values, key = dict(raw.values), raw.item.key.lower()
        if len(above) > _DEEPEST or key in above:
            return values
        for how, name in raw.parents:
            parent = self._by_key.get(name.lower())
            if parent is None or parent is raw:
                if how == "field":  # `missing` tells of it
                    values = {field: _granted(value, name, {}) for field, value in values.items()}
                continue
            given = self.values(parent, (*above, key))
            if how == "field":
                values = {field: _granted(value, name, given) for field, value in values.items()}
                continue
            if how == "crossref":
                book = given.get("title", "")
                given = {field: value for field, value in given.items() if field not in _NOT_GIVEN}
                if book:
                    where = "journal" if raw.item.type == "article" else "booktitle"
                    given[where] = parent.values.get(where) or book
            given.pop("ids", None)
            values = given | values
        return values


def _granted(tex: str, name: str, given: Mapping[str, str]) -> str:
    """A value, or what stands for it in the @xdata entry `name`."""
    match = _ONE_OF_XDATA.fullmatch(tex.strip())
    if not match or match[1] != name:
        return tex
    field = SAME.get(match[2].lower(), match[2].lower())
    said, at = given.get(field, ""), int(match[3] or 0)
    parts = re.split(r"(?<!\s)\s++and\s++", said) if at else [said]
    return parts[min(max(at, 1), len(parts)) - 1]


def _raw(item: Item, macros: _Macros, problems: list[Problem]) -> _Raw:
    """The TeX of each field, names in lower case, macros put in."""

    def told(message: str) -> None:
        problems.append(Problem("B02", Severity.WARNING, message, line=item.line, key=item.key, field=name))

    def undefined(string: str) -> None:
        told(f"the string {string!r} is not defined")

    def taken(tex: str) -> str:
        if name not in _WORDS:
            return tex
        if name in asides.TITLES or name in PEOPLE:
            tex, others = asides.without(tex, is_title=name in asides.TITLES)
            for piece in others:
                told(f"{clean(piece)} is no part of the {name} and was left out")
        tex, strangers, left = commands.unwrapped(tex)
        for command in strangers:
            told(f"{command} is not known; the {name} has what it encloses")
        for command in left:
            told(f"{command} is not known and stands in the {name} as it is")
        return tex

    def say(right: str) -> None:
        tex = taken(_value(right, macros, undefined))
        said.extend(_extra(tex) if name == "note" and "\n" in tex else [(name, tex)])

    said: list[tuple[str, str]] = []
    for field, right in item.fields:
        name, raw = intern(field.lower()), right  # the same few in all entries
        if plain := _PLAIN.fullmatch(raw):
            said.append((name, plain[1]))
            continue
        while found := _run_on(raw):
            told(f"a comma is missing before {found.group(1)}")
            say(raw[: found.start()].rstrip())
            name, raw = found.group(1).lower(), raw[found.end() :].strip()
        say(raw)
    values = _united(said)
    return _Raw(item, values, tuple(said), _parents(values))


def _parents(values: Mapping[str, str]) -> Sequence[tuple[str, str]]:
    """What an entry with these values inherits from, as `_Raw.parents`."""
    parts = [_ONE_OF_XDATA.fullmatch(tex.strip()) for tex in values.values() if "xdata" in tex]
    if not parts and "crossref" not in values and "xdata" not in values:
        return ()
    named = [("crossref", values.get("crossref", ""))]
    named += [("xdata", name) for name in values.get("xdata", "").split(",")]
    named += [("field", match[1]) for match in parts if match]
    return [(how, name.strip()) for how, name in named if name.strip()]


_PLAIN = regex(r"\{([^=#\\$\n]*)\}")
"""What most values are: a group with nothing that is looked at here."""
_EXTRA = regex(r"\s*+(PMID|PMCID|DOI|ISBN|ISSN)\s*+:\s*+([^\s\\]++)\s*+", re.IGNORECASE)
_LINE_END = regex(r"(?:\\\\[^\S\n]*+)?\n")


def _extra(note: str) -> list[tuple[str, str]]:
    """The fields that lines of a note give, as Zotero exports its field "Extra" ("PMID: 29456894"), and the rest."""
    found = [(line, _EXTRA.fullmatch(line)) for line in _LINE_END.split(note)]
    said = [(match[1].lower(), match[2]) for _, match in found if match]
    rest = "\n".join(line for line, match in found if not match)
    return [*said, ("note", rest)] if said and rest.strip() else said or [("note", note)]


def _united(said: Sequence[tuple[str, str]]) -> dict[str, str]:
    """The TeX of each field under BibTeX's name, a title with its subtitle.

    Of two names for one field BibTeX's own counts, of two others the first.
    """
    values: dict[str, str] = {}
    names = {name for name, tex in said if tex.strip("{} ")}
    for name, tex in said:
        if name == "location" and "address" in names:
            values.setdefault("venue", tex)  # the publisher's place has a field of its own, so this is the event's
        elif name in names and SAME.get(name) not in names:
            values.setdefault(SAME.get(name, name), tex)
    full, short = values.get("fjournal", ""), values.get("journal", "")
    if short and len(full) > len(short):  # MathSciNet and zbMATH abbreviate in `journal`
        values |= {"journal": full, "shortjournal": short}
    for title, subtitle in SUBTITLES.items():
        if subtitle in values and values.get(title, "").strip() and (more := values[subtitle].strip()):
            end = values[title].rstrip().rstrip("}")[-1:]
            values[title] = f"{values[title].rstrip()}{' ' if end in ('?', '!', ':') else ': '}{more}"
    return values


_NEXT_FIELD = regex(r"\s+([A-Za-z][\w-]*)\s*=\s*(?=[{\"\w])")


_BARE = regex(r"[^\s{}\",#=]++")


def _run_on(raw: str) -> re.Match[str] | None:
    """Where the next field begins in a value that ends without a comma."""
    if "=" not in raw:
        return None
    if not raw.startswith(("{", '"')):
        return _NEXT_FIELD.match(raw, bare.end()) if (bare := _BARE.match(raw)) else None
    depth = 0
    for match in re.finditer(r'\\.|[{}"]', raw, re.DOTALL):
        sign = match.group()
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if (depth == 0 and sign == "}" and raw[0] == "{") or (
            depth == 0 and sign == '"' and match.start() and raw[0] == '"'
        ):
            return _NEXT_FIELD.match(raw, match.end())
    return None


_PIECES = regex(r'\s*(?:\{(?P<braced>.*)\}|"(?P<quoted>.*)"|(?P<bare>[^\s#{}"]+))\s*', re.DOTALL)


def _value(raw: str, macros: _Macros, undefined: Callable[[str], None]) -> str:
    """What a field's right side says: groups, quotes, numbers and macros joined by #."""
    if raw.startswith("{") and raw.endswith("}") and "#" not in raw:
        return raw[1:-1]
    out = []
    for piece in _concatenated(raw):
        match = _PIECES.fullmatch(piece)
        if not match:
            out.append(piece.strip())
            continue
        bare = match.group("bare")
        if bare is None:
            out.append(match.group("braced") if match.group("braced") is not None else match.group("quoted"))
        elif bare.isdigit():
            out.append(bare)
        elif (text := macros.taken(bare)) is not None:
            out.append(text)
        else:
            undefined(bare)
            out.append(bare)
    return "".join(out)


def _concatenated(raw: str) -> Iterator[str]:
    """The pieces between the # that stand outside of braces and quotes."""
    depth = start = 0
    quoted = False
    for match in re.finditer(r'\\.|[{}"#]', raw, re.DOTALL):
        sign = match.group()
        if sign == "{":
            depth += 1
        elif sign == "}":
            depth -= 1
        elif sign == '"' and depth == 0:
            quoted = not quoted
        elif sign == "#" and depth == 0 and not quoted:
            yield raw[start : match.start()]
            start = match.end()
    yield raw[start:]


def _read(raw: _Raw, values: Mapping[str, str]) -> tuple[BibEntry, Values]:
    fields = {name: _decoded(name, tex) for name, tex in values.items() if tex and name not in PEOPLE}
    people = {field: from_bibtex(values[field]) if field in values else () for field in PEOPLE}
    entry = BibEntry(clean(raw.item.key), raw.item.type, fields=fields, **people)
    return entry, lambda: tuple(Value(name, _shown(name, tex, raw, fields)) for name, tex in raw.said)


def _shown(name: str, tex: str, raw: _Raw, fields: Mapping[str, str]) -> str:
    """The text of a field under the entry's own name, which has mostly been decoded already."""
    common = SAME.get(name, name)
    if raw.values.get(common) == tex and common in fields:
        return plain(fields[common]) if common == "title" else fields[common]
    return plain(_decoded(common, tex)) if common == "title" else _decoded(common, tex)


_LINKED = regex(r"\\href\s*\{([^{}]*)\}\s*\{([^{}]*)\}")


def _decoded(name: str, tex: str) -> str:
    if name in _VERBATIM:
        return clean(_bare(tex))
    if name == "title":
        return _title(tex)
    if name in _PLACES and (journal := _JOURNAL_MACRO.fullmatch(tex)):
        return journal_macros().get(journal[1], "") or decode(tex, rich=False)
    if name in ("howpublished", "note") and "\\href" in tex:
        tex = _LINKED.sub(r"\2 \\url{\1}", tex)
    return decode(tex, rich=False)


_ESCAPED = regex(r"\\([&%#_$~{}])")


def _bare(tex: str) -> str:
    """A verbatim value as people write it: without `\\url{}` and backslashes before signs."""
    if "\\" in tex:
        before, _, url = tex.partition(r"\url{")
        inner, closed, after = url.rpartition("}")
        tex = _ESCAPED.sub(r"\1", before + inner + after if closed else tex)
    return tex.strip("{} ") if tex.startswith("{") else tex


_ESCAPED_FORMULA = regex(r"\{\\\$\}\{\\\$\}((?:(?!\{\\\$\})[^$])++)\{\\\$\}\{\\\$\}")
_ESCAPED_SIGN = regex(r"\{\\(?:([{}_^&#%])|(backslash)\s?)(?:\{\})?\}")


def _formula(match: re.Match[str]) -> str:
    """A formula that Springer escapes sign by sign, `{\\$}{\\$}L{\\_}1{\\$}{\\$}`, as one."""
    return f"${_ESCAPED_SIGN.sub(lambda sign: sign[1] or chr(92), match[1]).strip()}$"


def _title(tex: str) -> str:
    """The title; braces around all of it guard it as a whole and say nothing of a word."""
    title = decode(_ESCAPED_FORMULA.sub(_formula, tex) if "{\\$}{" in tex else tex, braces=True)
    if (
        title.startswith('<span class="nocase">')
        and title.endswith("</span>")
        and title.count("<span") == 1
        and " " in title[21:]
    ):
        return title[21:-7]
    return title
