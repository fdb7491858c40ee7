"""CSL-JSON (CSL 1.0.2, csl-data.json): the file for Zotero, pandoc and citeproc.

What is special here:

* Every item has a type, and none is `software`: with one of those Zotero refuses the whole file.
* A preprint is an `article` of the publisher arXiv with `number` "arXiv:2312.06353", arXiv's DOI, and a note for styles
  that print nothing else. A published work keeps its arXiv id in `call-number`, which no style prints.
* `URL` is the page to land on; the identifier that the page belongs to is read back from it. Identifiers beyond DOI,
  arXiv and that one have no place in CSL-JSON.
* CSL's rich text in titles knows no escapes, so it stands as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from json.encoder import encode_basestring as _quoted
from typing import Any

from fedbib.errors import BadIdentifier
from fedbib.formats import eprint, json_items
from fedbib.formats.base import DOI, EPRINT, RECENT, URL, Shape
from fedbib.formats.eprint import SERVER
from fedbib.formats.json_items import after_space
from fedbib.formats.vocabulary import vocabulary
from fedbib.ids import noted
from fedbib.ids.identify import normal
from fedbib.ids.landing import fields_in, ids_in, landing, normalised
from fedbib.model.about import About
from fedbib.model.date import PartialDate
from fedbib.model.identifier import Scheme
from fedbib.model.name import OTHERS, Name
from fedbib.model.pages import Pages
from fedbib.model.problem import Problem, Severity
from fedbib.model.reading import Reading, Told, Value
from fedbib.model.work import NAME_FIELDS, ItemType, Status, Work, id_fields
from fedbib.text import dates
from fedbib.text.markup import NOCASE, Segment, from_html, is_simple, join, plain, segments, tidied
from fedbib.text.names import is_others, several, split
from fedbib.text.plain import clean
from fedbib.text.regex import regex
from fedbib.words.publication import is_state

_TYPES = vocabulary("csl-json")
# Member of CSL-JSON and field of Work, in the order in which items are written.
_TEXTS = {
    field.replace("_", "-"): field
    for field in (
        *("container_title", "container_title_short", "collection_title", "collection_number", "event_title"),
        *("event_place", "publisher", "publisher_place", "volume", "number_of_volumes", "issue", "number"),
        *("number_of_pages", "chapter_number", "edition", "version", "genre", "medium", "ISBN", "ISSN", "language"),
    )
}

CARRIES = (
    frozenset(
        {"key", "type", "title", "author", "editor", "issued", "page", "DOI", "URL", "arxiv", "arxiv_class", "status"}
    )
    | frozenset(_TEXTS.values())
    | {"acl", "openreview", "pmlr", "dblp", "other_ids", "archive", "archive_location", "note", "accessed"}
    | {"translator", "container_author", "event_date"}
)
"""Of the other identifiers only the one whose page is the work's; of the status only withdrawn and retracted."""

_MARKED = frozenset({Status.WITHDRAWN, Status.RETRACTED})
_MARKS = {status.value: status for status in _MARKED}
_CLASS = regex(r"[A-Za-z-]+(?:\.[A-Za-z-]+)?", re.ASCII)
_NOTE = regex(r"arXiv:[ \t]*([^\s\[\];]+)(?:[ \t]*\[([A-Za-z.-]+)\])?", re.IGNORECASE)


def arrange(works: Sequence[Work], about: About) -> Sequence[Work]:  # noqa: ARG001 - the same for all formats
    return works


def carry(work: Work) -> Work:
    work = normalised(work)
    landed = landing(work)
    ids = id_fields(
        id for id in work.ids if id.scheme in (Scheme.DOI, Scheme.ARXIV) or (not work.URL and id.url == landed)
    )
    preprint = _on_arxiv(work)
    archive, location = eprint.archived(work)
    people: dict[str, Any] = {field: tuple(map(_split, getattr(work, field))) for field in NAME_FIELDS}
    return replace(
        work,
        type=_TYPES.read[_TYPES.written[work.type]],
        title=_title(work.title),
        **people,
        page=Pages.parse(work.page.text) if work.page else None,
        accessed=work.accessed if work.URL else None,
        arxiv_class=_class(work),
        status=work.status if work.status in _MARKED else Status.UNRESOLVED,
        publisher="" if preprint and work.publisher == SERVER else _published(work)[0],
        publisher_place=_published(work)[1],
        container_title_short=_short(work),
        number=_number(work),
        genre=_genre(work),
        archive=archive,
        archive_location=location,
        note=_words(work),
        topics=(),
        datasets=(),
        models=(),
        comment="",
        tldr="",
        links=(),
        aliases=(),
        **ids,
    )


def _on_arxiv(work: Work) -> bool:
    return work.type is ItemType.ARTICLE and bool(work.arxiv)


def _short(work: Work) -> str:
    """The short title but for a journal's: ours is a label ("IEEE TIFS"), and styles print it for an abbreviation."""
    is_journal = work.type is ItemType.ARTICLE_JOURNAL and work.container_title
    is_arxiv = _on_arxiv(work) and work.container_title_short == SERVER
    return "" if is_journal or is_arxiv else work.container_title_short


def _published(work: Work) -> tuple[str, str]:
    """Publisher and place but for a journal's: no style prints them, and Zotero's journal articles have none."""
    return ("", "") if work.type is ItemType.ARTICLE_JOURNAL else (work.publisher, work.publisher_place)


def _class(work: Work) -> str:
    return work.arxiv_class if work.arxiv and _CLASS.fullmatch(work.arxiv_class) else ""


def _number(work: Work) -> str:
    """The number of what is no preprint: a preprint's number is its arXiv id."""
    if work.type is ItemType.ARTICLE and (work.arxiv or _NOTE.match(work.number)):
        return ""
    return work.number


def _genre(work: Work) -> str:
    # "Preprint" as the genre of an article adds noise in APA and Chicago.
    return "" if work.type is ItemType.ARTICLE else work.genre


@lru_cache(maxsize=RECENT)
def _title(title: str) -> str:
    """The rich text with `nocase` only where a style would change something.

    citeproc-js, citeproc-py and pandoc do not agree on what a `text-case` of `sentence` or `title` leaves alone: the
    first lowers even "LoRA" and "GPT-4", the last makes "Wmt17" of "WMT17". None of them touches the capital that
    begins a title, nor what has no case.
    """
    if NOCASE not in title:
        return tidied(title)
    # What a mark kept apart may now be a blank at the end, or one character with its neighbour.
    if is_simple(title):
        return clean(_GUARDED.sub(_as_needed, title))
    runs = segments(title)
    first, after, *_ = (*(run.text for run in runs), "", "")
    return clean(
        join(
            Segment(run.text, tuple(style for style in run.styles if style != "nocase"))
            if _is_unchanged(run.text) or (not number and _is_plain_first(first, after))
            else run
            for number, run in enumerate(runs)
        )
    )


_GUARDED = regex(rf"{NOCASE}([^<]+)</span>")


def _as_needed(match: re.Match[str]) -> str:
    """A run that keeps its capitals, in its span if it needs that."""
    after = match.string[match.end() : match.end() + 1]
    is_plain = _is_unchanged(match[1]) or (not match.start() and _is_plain_first(match[1], after))
    return match[1] if is_plain else match[0]


def _is_unchanged(text: str) -> bool:
    """Whether a text has no case."""
    return text == text.swapcase()


def _is_plain_first(first: str, after: str) -> bool:
    """Whether the first run of a title is a word with the capital that begins the title."""
    return first.isalpha() and first.istitle() and not after[:1].isalnum()


def _split(name: Name) -> Name:
    """The name in the parts that CSL wants; what cannot be taken apart is a family name."""
    if not name.unsplit:
        return OTHERS if name.literal and is_others(name.literal) else name
    found = split(name.unsplit)
    return found if found.family or found.literal else Name(family=name.unsplit)


# Writing --------------------------------------------------------------------------------------------------------------


def render(works: Sequence[Work], about: About) -> str:
    return shaped(works, about, Shape())


def shaped(works: Sequence[Work], about: About, shape: Shape) -> str:  # noqa: ARG001 - the protocol's
    items = ",\n".join(_item(normalised(work), shape) for work in works)
    return f"[\n{items}\n]\n" if items else "[]\n"


_ASKED_AGAIN = 1024
"""Works are given to the program that sets references before each is written itself."""
_CARRIERS = {URL: ("URL",), DOI: ("DOI",), EPRINT: ("note", "call-number")}


@lru_cache(maxsize=_ASKED_AGAIN)
def _item(work: Work, shape: Shape) -> str:
    members = {
        "id": _quoted(work.key),
        "citation-key": _quoted(work.key),
        "type": _quoted(_TYPES.written[work.type]),
        "title": _quoted(_title(work.title)) if work.title else "",
        **{field.replace("_", "-"): _people(getattr(work, field)) for field in NAME_FIELDS},
        "issued": _dated(work.issued),
        "event-date": _dated(work.event_date),
        "accessed": _dated(work.accessed) if work.URL else "",
        **{member: _quoted(text) for member, text in _texts(work).items() if text},
    }
    said = shape.kept({member: value for member, value in members.items() if value}, _CARRIERS)
    return " {\n  " + ",\n  ".join(f'"{member}": {value}' for member, value in said.items()) + "\n }"


def _dated(date: PartialDate | None) -> str:
    return f'{{"date-parts": [[{", ".join(map(str, date.parts))}]]}}' if date else ""


def _texts(work: Work) -> dict[str, str]:
    """The members that are texts, in order; an empty one is left out."""
    preprint = _on_arxiv(work)
    return {
        **{member: getattr(work, field) for member, field in _TEXTS.items()},
        "container-title-short": _short(work),
        "publisher": _published(work)[0] or (SERVER if preprint else ""),
        "publisher-place": _published(work)[1],
        "number": f"{SERVER}:{work.arxiv}" if preprint else _number(work),
        "genre": _genre(work),
        "archive": eprint.archived(work)[0],
        "archive_location": eprint.archived(work)[1],
        "page": work.page.text if work.page else "",
        "DOI": eprint.doi(work, preprint),
        "URL": landing(work),
        "status": work.status.value if work.status in _MARKED else "",
        "note": _BETWEEN.join(filter(None, (_at_arxiv(work) if preprint else "", _words(work)))),
        "call-number": "" if preprint else _at_arxiv(work),
    }


def _at_arxiv(work: Work) -> str:
    """The arXiv id with its class."""
    category = _class(work)
    return f"{SERVER}: {work.arxiv}" + (f" [{category}]" if category else "") if work.arxiv else ""


_BETWEEN = "; "


def _words(work: Work) -> str:
    """The work's own note without its identifiers."""
    return noted.kept(work.note, work.DOI, work.arxiv)


def _people(names: Sequence[Name]) -> str:
    return "[\n   " + ",\n   ".join(map(_person, names)) + "\n  ]" if names else ""


def _person(name: Name) -> str:
    name = _split(name)
    parts = {"literal": name.literal} if name.literal else {}
    parts |= {"family": name.family, "given": name.given, "suffix": name.suffix}
    return "{" + ", ".join(f'"{part}": {_quoted(text)}' for part, text in parts.items() if text) + "}"


# Reading --------------------------------------------------------------------------------------------------------------

_ARCHIVES = {"PMID": "PubMed", "PMCID": "PubMed Central"}
"""Members that hold what an archive calls a work."""
NAMES = frozenset(
    {"id", "citation-key", "ids", "type", "title", "author", "editor", "issued", "page", "DOI", "URL", "status", "note"}
    | {"translator", "container-author", "event", "event-date", "subtitle"}
    | {"accessed", "archive", "archive_location", "call-number", *_ARCHIVES, *_TEXTS}
)
"""The members of anybody's that are read."""
_OTHERWISE = {
    "journalAbbreviation": "container-title-short", "short-container-title": "container-title-short",
    "article-number": "number",
}  # fmt: skip
"""What Zotero, citeproc-js and Crossref call members."""
_EXTRA = regex(r"\s*+([A-Za-z][A-Za-z. -]*+)(?<! )\s*+:\s*+(\S.*)")
_OF_EXTRA = {name.lower(): name for name in (*_TEXTS, *_ARCHIVES, "DOI", "URL", "citation-key")} | {"tex.ids": "ids"}
"""The members that Zotero's users write into the field "Extra", a line each."""
_LISTS = ("items", "references")


def parse(text: str) -> Reading:
    works: list[Work] = []
    lines: list[int] = []
    read: list[Mapping[str, object]] = []
    problems: list[Problem] = []
    for item, line in _items(text.removeprefix("\ufeff"), problems):
        if isinstance(item, dict):
            item = _with_extra(item)
        else:
            message = f"an item is {json_items.kind(item)}, not an object, and was skipped"
            problems.append(Problem("C01", Severity.ERROR, message, line=line))
            continue
        work, found = _work(item)
        works.append(work)
        read.append(item)
        lines.append(line)
        problems += [replace(problem, line=line, key=work.key) for problem in found]
    return Reading(tuple(works), tuple(lines), tuple(problems), values=Told(_values, read))


_PEOPLE = {field.replace("_", "-"): field for field in NAME_FIELDS}
_NO_VALUES = frozenset({"id", "citation-key", "ids", "type"})


def _values(item: Mapping[str, object]) -> Iterator[Value]:
    """All that an item says: people as "Given Family", dates as in ISO 8601."""
    for name, value in item.items():
        if name in _NO_VALUES or value in (None, "", [], {}):
            continue
        for part in value if isinstance(value, list) and name not in _DATED else [value]:
            if text := clean(_flat(part)):
                yield Value(name.lower(), text)


_DATED = frozenset({"issued", "accessed", "event-date", "original-date", "submitted", "available-date"})


def _flat(value: object) -> str:
    match value:
        case dict() if isinstance(value.get("date-parts"), list):
            return _shown_date(value)
        case dict():
            names = (
                "given",
                "dropping-particle",
                "non-dropping-particle",
                "family",
                "suffix",
                "literal",
                "name",
                "raw",
            )
            known = [str(value[name]) for name in names if value.get(name)]
            return " ".join(known or [_flat(inner) for inner in value.values()])
        case list():
            return " ".join(map(_flat, value))
        case str() if "<" not in value and "&" not in value:
            return value
        case _:
            return plain(from_html(str(value)))


def _shown_date(value: Mapping[str, Any]) -> str:
    """A date, a range of two, and what says that one is uncertain or a season."""
    parts = value["date-parts"]
    ends = [end for end in parts if isinstance(end, list)] or [parts]
    said = "/".join("-".join(str(part) for part in end if part is not None) for end in ends)
    return said + ("?" if value.get("circa") else "") + (f" season {value['season']}" if value.get("season") else "")


def _items(text: str, problems: list[Problem]) -> Iterable[tuple[object, int]]:
    """Each item with the line it starts on: those of the list, of the list in an object, or the object itself."""
    at = after_space(text, 0)
    if text.startswith("[", at):
        yield from json_items.items(text, at, problems)
        return
    whole, end = json_items.value(text, at, problems)
    if whole is not None:
        line = text.count("\n", 0, at) + 1
        yield from _located(text, _whole(whole[0]), line)
        json_items.finish(text, end, problems)


_LIST = regex(rf'"(?:{"|".join(_LISTS)})"\s*+:\s*+(?=\[)')

_MOST_TRIED = 3
"""How many lists of such a name are read; one within the settings of the file may stand before that of the items."""


def _located(text: str, parts: Sequence[object], line: int) -> Iterable[tuple[object, int]]:
    """The items of an object's list, each with the line it starts on; `line` is the object's."""
    for match in islice(_LIST.finditer(text), _MOST_TRIED):
        found = list(json_items.members(text, match.end(), []))
        if [part for part, _ in found] == parts:
            return found
    return [(part, line) for part in parts]


def _whole(data: object) -> Sequence[object]:
    """The items of what is no list: itself, or those in it (pandoc's `references`, Zotero's `items`)."""
    if isinstance(data, dict):
        for name in _LISTS:
            if isinstance(data.get(name), list):
                found: list[object] = data[name]
                return found
    return [data]


def _text(value: object) -> str:
    """A member's text; numbers and words stand for themselves, anything else for nothing."""
    if type(value) is str:  # as nearly all are
        return clean(value)
    if value is None:
        return ""
    match value:
        case str():
            return clean(value)
        case bool():
            return str(value).lower()
        case list():
            # Crossref's own answers put titles into lists, the main one first.
            return _text(value[0]) if value and isinstance(value[0], str) else ""
        case _:
            return ""


def _work(item: Mapping[str, Any]) -> tuple[Work, tuple[Problem, ...]]:
    notes: list[str] = []
    key = _text(item.get("id"))
    # Reference managers write the key a second time and speak CSL's rich text; anybody else may send HTML.
    is_html = "citation-key" not in item or _text(item["citation-key"]) != key
    read: Callable[[str], str] = (lambda text: clean(plain(from_html(text)))) if is_html else str
    kind = _type(item, notes)
    title = _text(item.get("title"))
    said = _said(item, kind, read, notes)
    said |= {field: _names(item[member], read, notes) for member, field in _PEOPLE.items() if member in item}
    work = Work(
        key=key,
        type=kind,
        title=tidied(clean(from_html(title))) if is_html else _title(title),
        issued=_date(item.get("issued"), notes),
        event_date=_date(item.get("event-date"), notes),
        accessed=_date(item.get("accessed"), notes) if said.get("URL") else None,
        page=Pages.parse(_text(item["page"])) if "page" in item else None,
        status=_status(_text(item.get("status"))),
        aliases=tuple([name for name in dict.fromkeys(_keys(item)) if name not in ("", key)]),
        **said,
    )
    if others := [name for name in item if name not in NAMES]:
        notes.append("not kept: " + ", ".join(clean(name)[:40] for name in others))
    if not title:
        notes.append("no title")
    return work, tuple(Problem("C01", Severity.NOTE, message) for message in notes)


def _keys(item: Mapping[str, Any]) -> list[str]:
    """The keys beside its own that documents may cite the item by."""
    others = _text(item["ids"]).split(",") if "ids" in item else ()
    return [_text(item.get("citation-key")), *map(clean, others)]


def _with_extra(item: dict[str, Any]) -> dict[str, Any]:
    """An item with what its note says of it in lines of their own, as Zotero has it: "PMID: 29456894"; the rest stays.

    A note that is one line is another's words, unless the item is not written by a reference manager.
    """
    for name, member in _OTHERWISE.items():
        if name in item and member not in item:
            item = {member if known == name else known: value for known, value in item.items()}
    if (more := _text(item.get("subtitle"))) and (title := _text(item.get("title"))) and more not in title:
        item = item | {"title": f"{title}: {more}"}  # Crossref's
    note = item.get("note")
    if not isinstance(note, str) or ("\n" not in note and "citation-key" in item):
        return item
    rest = []
    for line in note.split("\n"):
        match = _EXTRA.fullmatch(line)
        member = _OF_EXTRA.get(match[1].lower().replace(" ", "-"), "") if match else ""
        if match and member and _text(item.get(member)) in ("", clean(match[2])):
            item[member] = clean(match[2])
        else:
            rest.append(line)
    return item | {"note": "\n".join(rest)}


def _type(item: Mapping[str, Any], notes: list[str]) -> ItemType:
    said = _text(item.get("type"))
    if said not in _TYPES.read:
        notes.append(f"the type {said[:60]!r} was read as document" if "type" in item else "no type")
    return _TYPES.read.get(said, ItemType.DOCUMENT)


def _said(item: Mapping[str, Any], kind: ItemType, read: Callable[[str], str], notes: list[str]) -> dict[str, Any]:
    """The fields that are plain texts, identifiers and the address."""
    texts = {field: read(text) for member, field in _TEXTS.items() if member in item and (text := _text(item[member]))}
    if event := _text(item.get("event")):  # as CSL 1.0.1 called it
        texts.setdefault("event_title", read(event))
    preprint = kind is ItemType.ARTICLE
    note = _text(item.get("note"))
    numbered = _NOTE.match(texts.get("number", "")) if preprint else None
    called = _NOTE.search(_text(item.get("call-number")))
    said = [*(match.groups("") for match in (numbered, called) if match), noted.arxiv(note)]
    stated = [(_id(Scheme.ARXIV, id) if id else "", category) for id, category in said]
    arxiv = next((id for id, _ in stated if id), "")
    ids = _ids(item, arxiv, note, notes)
    if ids["arxiv"]:
        category = next((category for id, category in stated if category and id == arxiv), "")
        ids["arxiv_class"] = category if _CLASS.fullmatch(category) else ""
    if preprint:
        texts = _of_preprint(texts, bool(arxiv or numbered), bool(ids["arxiv"]))
    return texts | _archived(item, read) | {"note": _own_note(item, note, ids, read)} | ids


def _own_note(item: Mapping[str, Any], note: str, ids: Mapping[str, Any], read: Callable[[str], str]) -> str:
    """The note without the identifiers that are the work's, and how far a paper is that is not out yet."""
    status = read(_text(item.get("status")))
    note = read(noted.rest(note, ids["DOI"], ids["arxiv"]))
    is_said = is_state(status) and status not in _MARKED
    return _BETWEEN.join(filter(None, (note, status if is_said else "")))


def _archived(item: Mapping[str, Any], read: Callable[[str], str]) -> dict[str, str]:
    """The archive and what it calls the work."""
    archive, location = read(_text(item.get("archive"))), read(_text(item.get("archive_location")))
    if archive and location:
        return {} if archive.casefold() == SERVER.casefold() else {"archive": archive, "archive_location": location}
    known = ((name, read(_text(item.get(member)))) for member, name in _ARCHIVES.items())
    return next(({"archive": name, "archive_location": text} for name, text in known if text), {})


def _of_preprint(texts: Mapping[str, str], numbered: bool, on_arxiv: bool) -> dict[str, str]:
    """The texts without the server's words for its id and itself."""
    left = {"genre", "number"} if numbered else {"genre"}
    if on_arxiv:
        left |= {field for field in ("publisher", "container_title_short") if texts.get(field) == SERVER}
    return {field: text for field, text in texts.items() if field not in left}


def _ids(item: Mapping[str, Any], arxiv: str, note: str, notes: list[str]) -> dict[str, Any]:
    """DOI, arXiv id, and what the address says; `arxiv` is the id that the item states outside of its DOI."""
    doi = _text(item.get("DOI")) or noted.doi(note)
    ids: dict[str, Any] = {"DOI": "", "arxiv": arxiv}
    if doi:
        ids |= fields_in(doi, ids) | {"URL": ""}
        if not ids_in(doi):
            notes.append(f"{doi[:80]!r} is not a DOI and was left out")
    return fields_in(_text(item.get("URL")), ids)


def _status(text: str) -> Status:
    return _MARKS.get(text, Status.UNRESOLVED)


def _id(scheme: Scheme, text: str) -> str:
    try:
        return normal(scheme, text).value
    except BadIdentifier:
        return ""


def _names(value: object, read: Callable[[str], str], notes: list[str]) -> tuple[Name, ...]:
    if value is None:
        return ()
    names: list[Name] = []
    items = value if isinstance(value, list) else _AND.split(value) if isinstance(value, str) else [value]
    for item in items:
        name = _name(item, read)
        if name and read is not str and (found := several(name.literal or name.unsplit or name.family)):
            names += found
        elif name:
            names.append(name)
        else:
            notes.append("an empty name was left out")
    return tuple(names)


_AND = regex(r"(?<!\s)\s++and\s++")
"""Between the names of a list that somebody wrote as one text, which CSL does not know."""


def _name(item: object, read: Callable[[str], str]) -> Name | None:
    if isinstance(item, str):
        return Name(unsplit=text) if (text := read(clean(item))) else None
    if not isinstance(item, dict):
        return None
    said = {part: text for part in _NAME_PARTS if part in item and (text := read(_text(item[part])))}
    given = said.get("given", "")
    if family := said.get("family", ""):
        particles = [said[part] for part in _PARTICLES if part in said]
        before = "".join([part if part.endswith(("'", "’")) else f"{part} " for part in particles])
        return Name(before + family, given, said.get("suffix", ""))
    if literal := said.get("literal") or said.get("name"):
        return OTHERS if is_others(literal) else Name(literal=literal)
    return Name(family=given) if given else None


_PARTICLES = ("dropping-particle", "non-dropping-particle")
_NAME_PARTS = ("family", "given", "suffix", "literal", "name", *_PARTICLES)
"""Parts of a name; `name` is Crossref's for an organisation."""


def _date(value: object, notes: list[str]) -> PartialDate | None:
    """The date in `issued`: date-parts, or what `raw`, `literal` or a plain text says for certain."""
    if value is None:
        return None
    if isinstance(value, dict):
        parts = value.get("date-parts")
        first = parts[0] if isinstance(parts, list) and parts else None
        first = first if isinstance(first, list) else parts  # one date that is not within a list of dates
        date = PartialDate.from_parts(first[:3]) if isinstance(first, list) else None
        if date:
            return date
        value = next((value[name] for name in ("raw", "literal", "string") if isinstance(value.get(name), str)), None)
    text = _text(value)
    if date := dates.read(text).date:
        return date
    if text:
        notes.append(f"the date {text[:60]!r} cannot be read")
    return None
