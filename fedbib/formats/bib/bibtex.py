"""BibTeX that every style and importer reads alike; and reading of anybody's .bib.

Field choices follow trials with BibTeX's standard styles, biblatex with biber's data-model check, and Zotero's import.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import quote, unquote

from fedbib.formats import eprint
from fedbib.formats.base import DOI, EPRINT, RECENT, URL, Shape
from fedbib.formats.bib import macros
from fedbib.formats.bib.entries import LINKS, MONTHS, PEOPLE, SAME, SUBTITLES, BibEntry, read, write
from fedbib.formats.vocabulary import vocabulary
from fedbib.ids import noted
from fedbib.ids.landing import fields_in, ids_in, landing, normalised, safe
from fedbib.model.about import About
from fedbib.model.date import PartialDate
from fedbib.model.identifier import Scheme
from fedbib.model.name import OTHERS, Name
from fedbib.model.pages import Pages
from fedbib.model.reading import Reading
from fedbib.model.work import ItemType, Link, Work
from fedbib.text import dates
from fedbib.text.capitals import protect
from fedbib.text.latex import encode, printable, respelt
from fedbib.text.markup import NOCASE, tidied
from fedbib.text.names import is_indivisible, is_others, split, to_bibtex
from fedbib.text.regex import regex
from fedbib.text.serials import is_isbn, is_issn
from fedbib.words.publication import is_posted, is_state, place

CARRIES = frozenset(
    {"key", "type", "title", "author", "editor", "issued", "container_title", "collection_title", "publisher"}
    | {"publisher_place", "volume", "issue", "page", "number", "genre", "ISBN", "ISSN", "DOI", "URL", "arxiv"}
    | {"arxiv_class", "acl", "openreview", "pmlr", "dblp", "other_ids", "topics", "aliases"}
    | {"collection_number", "number_of_volumes", "number_of_pages", "chapter_number", "edition", "version", "medium"}
    | {"archive", "archive_location", "note", "accessed"}
)

_WORDS = vocabulary("bibtex")
_EDITED = frozenset({"inproceedings", "incollection", "book"})
_ORDER = (
    *("author", "editor", "title", "booktitle", "journal", "series", "volume", "volumes", "number", "eid", "edition"),
    *("chapter", "pages", "pagetotal", "year", "month", "publisher", "organization", "school", "institution"),
    *("address", "type", "version", "howpublished", "isbn", "issn", "doi", "eprint", "eprinttype", "verba"),
    *("url", "urldate", "note", "keywords", "ids"),
)
_GENRES = {"phdthesis": "PhD thesis", "mastersthesis": "Master's thesis"}
GENRES = {
    "phdthesis": "PhD thesis",
    "mathesis": "Master's thesis",
    "bathesis": "Bachelor's thesis",
    "candthesis": "Candidate thesis",
    "techreport": "Technical report",
    "resreport": "Research report",
    "patentus": "U.S. patent",
    "patenteu": "European patent",
}
"""What biblatex's words for a `type` stand for."""
PREPRINT = "Preprint"
# What a @misc says of itself in `howpublished`, when it is no arXiv preprint.
_KINDS = {
    ItemType.ARTICLE: PREPRINT,
    ItemType.WEBPAGE: "Website",
    ItemType.DATASET: "Dataset",
    ItemType.SOFTWARE: "Software",
    ItemType.PATENT: "Patent",
}
_KIND_TYPES = {kind: item for item, kind in _KINDS.items()}
_KIND_SAID = regex(rf"({'|'.join(_KINDS.values())})(?:, (?!\s)(.+))?")
_PATENT_SAID = regex(r"Patent (\S.*)")

# How we name a paper at arXiv, with its primary category.
_AT_ARXIV = regex(r"arXiv:\s?(\S+)(?: \[([a-z][a-z-]*(?:\.[A-Za-z-]{2,})?)\])?", re.IGNORECASE)
_ARXIV_ID = regex(r"\d{4}\.\d{4,5}|[a-z][a-z-]+/\d{7}")
_ARXIV_CLASS = regex(r"[a-z][a-z-]*(?:\.[A-Za-z-]{2,})?")
_ARXIV_WITHIN = regex(r"(?:abs/|arxiv(?:\.org)?(?:[:\s/.–-]|preprint|pdf)*)(\d{4}\.\d{4,5})(?!\d)", re.IGNORECASE)
_CLASS_IN_VENUE = regex(r"\[([a-z-]+(?:\.[A-Za-z-]{2,})?)\]")
_BARE_ARXIV = regex(r"(?<![\d./])\d{4}\.\d{4,5}(?![\d/])|[a-z-]{2,20}/\d{7}")
_BESIDE_A_SERVER = ("volume", "number", "pages", "eid", "url")
"""Fields that hold the bare id of what a server has."""
_ARCHIVED = regex(r"[A-Za-z0-9][A-Za-z0-9 ./:_-]*(?<! )", re.ASCII)
_CLASS_BEHIND = regex(r"\[([A-Za-z.-]+)\]")
_UNSAFE_IN_URL = regex(r"[^!-~]|[{}\\\"<>^`|]")
_UNSAFE_IN_DOI = regex(r"[^!-~]|[{}\\%]")
_LISTED_RANGE = regex(r"(?<=\d)-(?=\d++(?:,|$))")
"""A range among several: "1-3, 5-7"."""
_LIST_SIGNS = regex("[,;]")
_KEY_LEFT_OUT = regex(r"[\s,{}%#~\\\"=@]+|[^\w!-~]+")


# --- from works


def arrange(works: Sequence[Work], about: About) -> Sequence[Work]:  # noqa: ARG001 - the protocol's
    """The works as they come."""
    return works


def carry(work: Work) -> Work:
    """What a .bib keeps: per entry type the fields that every style and biber take; facets but for topics are left out.

    Names are split; a date keeps year and month; of the identifiers beside DOI and arXiv the one stays
    whose page is the `url`; letters that plain LaTeX has not are spelt in those it has.
    """
    return work_of(_item(work))


def entry(work: Work) -> Said:
    return said(_item(work))


def render(works: Sequence[Work], about: About) -> str:
    """A .bib in ASCII."""
    return shaped(works, about, Shape())


def shaped(works: Sequence[Work], about: About, shape: Shape) -> str:  # noqa: ARG001 - the protocol's
    return written_in(shape, works, map(_written, map(_item, works)))


CARRIERS = {URL: ("url",), DOI: ("doi",), EPRINT: ("verba", "eprint", "eprinttype")}


def written_in(shape: Shape, works: Sequence[Work], entries: Iterable[tuple[str, str, dict[str, str]]]) -> str:
    """The .bib of the works' entries in a shape."""
    kept = [(kind, key, shape.kept(values, CARRIERS)) for kind, key, values in entries]
    return write(*macros.shared(works, kept)) if shape.macros else write(kept)


def written(item: BibEntry, raw: bool = False) -> dict[str, str]:
    """The TeX of each field that says something; with `raw` letters stay as they are."""
    values = {name: value for name, text in item.fields.items() if (value := tex(name, text, raw)) != "{}"}
    if "holder" in values:
        values["holder"] = f"{{{values['holder']}}}"  # a list of names, and an organisation among them
    people = ((name, getattr(item, name)) for name in PEOPLE)
    return values | {name: f"{{{to_bibtex(names, raw)}}}" for name, names in people if names}


def _written(item: BibEntry) -> tuple[str, str, dict[str, str]]:
    values = written(item)
    return item.type, item.key, {name: values[name] for name in _ORDER if name in values}


_VERBATIM = frozenset({"url", "urldate", "doi", "eprint", "eprinttype", "verba", "ids", "year", "date", "pubstate"})


def tex(name: str, text: str, raw: bool = False) -> str:
    """The right side of a field."""
    if name == "month":
        return text
    if name in _VERBATIM:
        return f"{{{text}}}"
    raw = raw and name != "pages" and not text.isascii()  # where it changes nothing, both dialects ask for the same
    return f"{{{_guarded(text, raw) if name == 'booktitle' else encode(text, name == 'title', raw)}}}"


@lru_cache(maxsize=1000)
def _guarded(text: str, raw: bool) -> str:
    """TeX of a plain text with braces around the words that keep their capitals: biblatex-apa lowers a booktitle."""
    if "<" in text or "$" in text:
        return encode(text, rich=False, raw=raw)
    return encode(f"{NOCASE}{text}</span>" if text.isupper() else protect(text), raw=raw)


@lru_cache(maxsize=RECENT)
def _item(work: Work) -> BibEntry:
    work = normalised(work)
    entry_type = _entry_type(work)
    names = _WORDS.fields[entry_type]
    values = stated(work, names, preprint=entry_type == "misc")
    if work.issued:
        values["year"] = str(work.issued.year)
        if work.issued.month:
            values["month"] = MONTHS[work.issued.month - 1]
    if entry_type == "inproceedings" and not work.publisher_place and work.event_place:
        values["address"] = work.event_place  # where proceedings appeared, or else where the event was
    if entry_type != "article" and "series" in _WORDS.fields[entry_type]:
        _numbered(values)
    if entry_type == "misc":
        _how_published(values, work)
    if values.get("type") == _GENRES.get(entry_type, ""):
        values.pop("type", None)
    values = {
        name: text if text.isascii() or name == "pages" else printable(text, rich=name == "title")
        for name, text in values.items()
    }
    author = people(_printable(work.author))
    editor = people(_printable(work.editor)) if entry_type in _EDITED else ()
    return BibEntry(key_of(work), entry_type, author, () if entry_type == "book" and author else editor, values)


def _numbered(values: dict[str, str]) -> None:
    """The number of a volume where BibTeX does not warn of it."""
    if "volume" in values or "series" not in values:
        values.pop("number", None)


def _how_published(values: dict[str, str], work: Work) -> None:
    """What a @misc is: a preprint at arXiv, or one of the kinds that have no entry type."""
    kind = work.type
    if "verba" in values and kind in (ItemType.ARTICLE, ItemType.DOCUMENT):
        values["howpublished"] = values.pop("verba")
        without_server(values)
    elif kind is ItemType.PATENT:
        values["howpublished"] = f"{_KINDS[kind]} {work.number}".rstrip()
    elif kind in _KINDS:
        # Old styles print neither publisher nor address of a @misc.
        values["howpublished"] = ", ".join(filter(None, (_KINDS[kind], values.get("organization", ""), work.medium)))


def without_server(values: dict[str, str]) -> None:
    """Leave out that arXiv published what is at arXiv."""
    if values.get("organization", "").lower() == eprint.SERVER.lower():
        del values["organization"]


def _printable(names: Iterable[Name]) -> tuple[Name, ...]:
    """The names in letters that LaTeX has, each in parts; one of which nothing is left is none."""
    return tuple([spelt for name in map(_parted, names) if (spelt := _spelt(name)).display])


def _spelt(name: Name) -> Name:
    if name.display.isascii():
        return name
    family, given, suffix, literal = map(printable, (name.family, name.given, name.suffix, name.literal))
    return Name(family, given, suffix, literal) if family or literal else Name(given, suffix=suffix)


def stated(work: Work, names: Mapping[str, str], preprint: bool) -> dict[str, str]:
    """The values of a normalised work that BibTeX and biblatex write alike, by the name of the field.

    `names` gives the field of `Work` for each field that the entry type has; the others are those all types have.
    A `preprint` without a DOI has arXiv's.
    """
    values = {name: str(said) for name, field in names.items() if name != "pages" and (said := getattr(work, field))}
    if work.type is ItemType.WEBPAGE and not work.publisher and work.container_title:
        values["organization"] = work.container_title  # the site or blog that a page is on
    if work.title:
        values["title"] = respelt(tidied(work.title) if "<" in work.title else work.title)
    if work.page and "pages" in names:
        values["pages"] = _pages(work.page)
    if work.medium and _says_kind(work.medium):
        values.pop("howpublished", None)
    if note := noted.kept(values.pop("note", ""), work.DOI, work.arxiv):
        values["note"] = note
    if (volumes := values.get("volumes")) and not volumes.isdecimal():
        del values["volumes"]  # a number to biber
    if (isbn := values.get("isbn")) and (not is_isbn(isbn) or _UNKNOWN_ISBN.match(isbn)):
        del values["isbn"]
    if (issn := values.get("issn")) and not is_issn(issn):
        del values["issn"]
    if preprint and is_posted(work.container_title):  # a server, with another publisher
        values |= {name: work.container_title for name, field in names.items() if field == "publisher"}
    return values | _ids(work, preprint) | _words(work)


def _pages(page: Pages) -> str:
    """The pages in letters that LaTeX has, a range with its dash."""
    if page.last:
        return f"{printable(page.first)}–{printable(page.last)}"
    return printable(_LISTED_RANGE.sub("–", page.first))


def _says_kind(medium: str) -> bool:
    """Whether how something was published would be read as what it is, or as its arXiv id."""
    said = _KIND_SAID.fullmatch(medium) or _PATENT_SAID.fullmatch(medium) or _AT_ARXIV.match(medium)
    return bool(said or ("rxiv" in medium.lower() and _arxiv_id(medium)))


_UNKNOWN_ISBN = regex("979-?8")
"""How ISBNs begin that biber's tables of 2022 do not know."""


def _ids(work: Work, preprint: bool) -> dict[str, str]:
    values: dict[str, str] = {}
    if _ARXIV_ID.fullmatch(work.arxiv):
        # A field of the user's own, which no style prints: only what appeared nowhere else is cited by this number.
        subject = f" [{work.arxiv_class}]" if _ARXIV_CLASS.fullmatch(work.arxiv_class) else ""
        values["verba"] = f"{eprint.SERVER}:{work.arxiv}{subject}"
    elif all(map(_ARCHIVED.fullmatch, archived := eprint.archived(work))):
        values |= {"eprint": archived[1], "eprinttype": archived[0]}
    if doi := eprint.doi(work, preprint and "verba" in values):
        values["doi"] = _quoted(doi, _UNSAFE_IN_DOI)
    if url := landing(work):
        values["url"] = _quoted(url, _UNSAFE_IN_URL)
    if work.URL and work.accessed:
        values["urldate"] = work.accessed.iso
    return values


def _quoted(text: str, unsafe: re.Pattern[str]) -> str:
    return unsafe.sub(lambda match: quote(match.group(), safe=""), text)


def _words(work: Work) -> dict[str, str]:
    """The lists of words: topics, and earlier keys."""
    topics = [topic for topic in work.topics if topic and not _LIST_SIGNS.search(topic)]
    aliases = [alias for alias in work.aliases if alias and not _KEY_LEFT_OUT.search(alias)]
    words = {"keywords": ", ".join(topics), "ids": ",".join(aliases)}
    return {name: text for name, text in words.items() if text}


def key_of(work: Work) -> str:
    """The key without what a .bib cannot have in one."""
    return work.key if work.key.isalnum() else _KEY_LEFT_OUT.sub("", work.key) or "work"


def people(names: Sequence[Name]) -> tuple[Name, ...]:
    """The names, each in parts, but for those that biber cannot take apart."""
    if not names:
        return ()
    parts = map(_parted, names)
    return listed([Name(literal=name.inverted) if is_indivisible(name) else name for name in parts])


def _parted(name: Name) -> Name:
    return split(name.unsplit) if name.unsplit else name


def listed(names: Iterable[Name]) -> tuple[Name, ...]:
    """The names; that some are not named is said once, at the end, and only where somebody is."""
    found = tuple(names)
    if not any(name.literal for name in found):
        return found
    found = tuple([OTHERS if is_others(name.literal) else name for name in found])
    named = tuple(found[: max((at for at, name in enumerate(found, start=1) if not name.is_others), default=0)])
    return (*named, OTHERS) if named and len(named) < len(found) else named


def _entry_type(work: Work) -> str:
    if work.type is ItemType.THESIS:
        return "mastersthesis" if work.genre.lower().startswith("master") else "phdthesis"
    return _WORDS.written[work.type]


# --- to works


_READ_WORDS = vocabulary("bib")
_TYPES = frozenset({*_READ_WORDS.read, "xdata"})
_NOT_OF_A_PREPRINT = frozenset({"genre", "publisher_place", "medium"})
_OF_A_JOURNAL = frozenset({"container_title", "volume", "issue", "page"})
_ADDRESSES = regex(r"https?://[^\s{}<>\"]+")
_POINTING = frozenset(
    ["available", "accessed", "accessible", "retrieved", "online", "link", "see", "at", "from", "on", "via", "url"]
)
"""Words before an address that say nothing more."""
_ARCHIVES = {
    "pmid": "PubMed",
    "pubmedid": "PubMed",
    "pmcid": "PubMed Central",
    "pmc": "PubMed Central",
    "hal_id": "HAL",
}
"""Fields of exporters that hold what an archive calls a work."""
NAMES = frozenset(
    {name for said in (_READ_WORDS.other, *_READ_WORDS.said.values()) for names in said.values() for name in names}
    | {*SAME, *SUBTITLES, *SUBTITLES.values(), *PEOPLE, *LINKS, *_ARCHIVES, *_BESIDE_A_SERVER}
    | {
        "title",
        "date",
        "year",
        "month",
        "day",
        "eventdate",
        "urldate",
        "doi",
        "url",
        "eprint",
        "eprinttype",
        "ids",
        "note",
    }
    | {"eprintclass", "verba", "keywords", "pubstate", "crossref", "xdata", "fjournal", "collaboration"}
)
"""The fields of anybody's that are read."""


Said = tuple[str, str, tuple[tuple[Name, ...], ...], tuple[tuple[str, str], ...]]
"""What a work is made of: key, type, people and fields of an entry."""


def said(item: BibEntry) -> Said:
    people = (item.author, item.editor, item.translator, item.bookauthor)
    return item.key, item.type, people, tuple(sorted(item.fields.items()))


def work_of(item: BibEntry) -> Work:
    """What an entry of any dialect says, its fields under BibTeX's names."""
    return _work_of(said(item))


@lru_cache(maxsize=RECENT)
def _work_of(said: Said) -> Work:
    key, type, (author, editor, translator, bookauthor), pairs = said
    fields = dict(pairs)
    item = BibEntry(key, type, author, editor, fields, translator, bookauthor)
    eprint_id, arxiv_class = _arxiv(fields)
    kind, arxiv = _kind(item, eprint_id)
    texts = _texts(item, kind)
    if kind is ItemType.ARTICLE and _READ_WORDS.read.get(item.type) is not ItemType.DOCUMENT:
        texts = {field: text for field, text in texts.items() if field not in _OF_A_JOURNAL}
    if kind is ItemType.ARTICLE and _is_reported(fields):
        texts = _unreported(texts)
    ids = _ids_of(fields, arxiv)
    texts |= _archived(fields, ids["arxiv"]) | {"note": _note(fields, ids)}
    if _is_posted(kind, fields, ids["arxiv"]):
        kind = ItemType.ARTICLE
    if kind is ItemType.ARTICLE and ids["arxiv"]:
        texts = {field: text for field, text in texts.items() if field not in _NOT_OF_A_PREPRINT}
    return Work(
        key=item.key,
        type=kind,
        title=fields.get("title", ""),
        author=item.author,
        editor=item.editor,
        translator=item.translator,
        container_author=item.bookauthor,
        issued=_issued(fields),
        event_date=dates.read(fields.get("eventdate", "")).date,
        page=Pages.parse(texts.pop("page", "")),
        arxiv_class=arxiv_class if ids["arxiv"] else "",
        accessed=dates.read(fields.get("urldate", "")).date if ids["URL"] else None,
        topics=tuple(dict.fromkeys(_split(fields.get("keywords", ""), "[,;]"))),
        aliases=tuple(_split(fields.get("ids", ""), ",")),
        links=_links(fields),
        **texts,
        **ids,
    )


def _texts(item: BibEntry, kind: ItemType) -> dict[str, Any]:
    """The fields that are plain texts, from where the entry type has them."""
    like = _WORDS.written[_READ_WORDS.read.get(item.type, ItemType.DOCUMENT)]
    said = _READ_WORDS.said.get(item.type) or _READ_WORDS.said.get(like, _READ_WORDS.other)
    fields = item.fields
    texts = {}
    for field, names in said.items():
        for name in names:
            if text := fields.get(name):
                texts[field] = text
                break
    genre = texts.get("genre") or _GENRES.get(item.type, "")
    texts |= {"genre": GENRES.get(genre.lower(), genre)}
    return texts | _medium(texts["medium"], texts.get("publisher", ""), kind) if "medium" in texts else texts


def _medium(how: str, publisher: str, kind: ItemType) -> dict[str, str]:
    """What `howpublished` says beside an address, an arXiv id, what kind of thing it is and who published it."""
    if match := _KIND_SAID.fullmatch(how):
        rest = match[2] or ""
        return {"medium": "" if rest == publisher else rest.removeprefix(f"{publisher}, ") if publisher else rest}
    if kind is ItemType.PATENT and (match := _PATENT_SAID.fullmatch(how)):
        return {"medium": "", "number": match[1]}
    said = how
    if _ADDRESSES.search(how):
        *before, last = _ADDRESSES.split(how)
        said = " ".join((*map(_unpointing, before), last.lstrip(" .,;:)>"))).strip()
        said = _unpointing(said)
    return {"medium": said if not re.match(r"arXiv:\S+", how, re.IGNORECASE) else ""}


def _unpointing(text: str) -> str:
    """A text without the words and signs at its end that point to an address."""
    words = text.split()
    while words and (not (word := words[-1].strip(".,;:()<>")) or word.casefold() in _POINTING):
        words.pop()
    return " ".join(words).rstrip(" .,;:(<")


def _is_reported(fields: Mapping[str, str]) -> bool:
    """Whether a report says that it is a preprint."""
    return fields.get("type", "").lower() == PREPRINT.lower()


def _unreported(texts: Mapping[str, str]) -> dict[str, str]:
    """The texts of a preprint without what makes it a report: that it is one, its server and its id there."""
    out = {field: text for field, text in texts.items() if field != "genre"}
    if out.get("publisher") == eprint.SERVER:
        del out["publisher"]
    if _AT_ARXIV.match(out.get("number", "")):
        del out["number"]
    return out


def _archived(fields: Mapping[str, str], arxiv: str) -> dict[str, str]:
    """Another archive than arXiv, with the work's name there."""
    where = fields.get("eprinttype", "")
    if arxiv:
        return {}
    if not _is_arxiv(where) and where.lower() not in ("doi", "url") and (name := fields.get("eprint", "")):
        return {"archive": where, "archive_location": name}
    said = ((archive, fields.get(field, "")) for field, archive in _ARCHIVES.items())
    return next(({"archive": archive, "archive_location": name} for archive, name in said if name), {})


def _note(fields: Mapping[str, str], ids: Mapping[str, Any]) -> str:
    """The note, if it says more than the identifiers, and what stands in its place of how far a paper has come."""
    note = noted.rest(fields.get("note", ""), ids["DOI"], ids["arxiv"])
    said = ["" if note.casefold() == ids["URL"].casefold() else note]
    said += [text for name in ("pubstate", "year", "date") if is_state(text := fields.get(name, ""))]
    said.append(_collaboration(fields))
    return "; ".join(dict.fromkeys(filter(None, said)))


def _collaboration(fields: Mapping[str, str]) -> str:
    """The group for whom the authors speak (REVTeX's and INSPIRE's field), in words; "" where it is the author."""
    name = fields.get("collaboration", "")
    if not name or name.casefold() in fields.get("note", "").casefold():
        return ""
    return name if _GROUP.search(name) else f"{name} Collaboration"


_GROUP = regex(r"\b(?:collaborations?|consortium|consortia|teams?|groups?|projects?|surveys?)\b", re.IGNORECASE)


def _kind(item: BibEntry, arxiv: str) -> tuple[ItemType, str]:
    """The item type, and the arXiv id: `arxiv`, which the entry says outright, or one that stands elsewhere."""
    fields = item.fields
    kind = _READ_WORDS.read.get(item.type, ItemType.DOCUMENT)
    if kind is ItemType.REPORT and _is_reported(fields):
        return ItemType.ARTICLE, arxiv
    if kind is ItemType.DOCUMENT and fields.get("pubstate") == "prepublished":
        return ItemType.ARTICLE, arxiv
    if kind is ItemType.DOCUMENT:
        how = fields.get("howpublished", "")
        said = _KIND_SAID.fullmatch(how)
        kind = _KIND_TYPES[said[1]] if said else ItemType.PATENT if _PATENT_SAID.fullmatch(how) else kind
        kind = ItemType.ARTICLE if kind is ItemType.DOCUMENT and arxiv else kind
    if kind is ItemType.DOCUMENT:
        return kind, arxiv or _arxiv_elsewhere(fields)
    venue = fields.get("journal", "") or fields.get("booktitle", "") or fields.get("institution", "")
    if venue and _is_arxiv(venue) and kind is not ItemType.ARTICLE:
        bare = _BARE_ARXIV.search(" ".join((venue, *(fields.get(name, "") for name in _BESIDE_A_SERVER)))[:500])
        if found := arxiv or _arxiv_elsewhere(fields) or _arxiv_id(bare.group() if bare else ""):
            return ItemType.ARTICLE, found
    return kind, arxiv


def _is_posted(kind: ItemType, fields: Mapping[str, str], arxiv: str) -> bool:
    """Whether what is no more than on the web is a preprint."""
    if kind is ItemType.WEBPAGE and fields.get("pubstate") == "prepublished":
        return True
    return kind in (ItemType.DOCUMENT, ItemType.WEBPAGE) and bool(arxiv)


def _ids_of(fields: Mapping[str, str], arxiv: str) -> dict[str, Any]:
    """DOI, arXiv id, and what the address says."""
    ids: dict[str, Any] = {"DOI": "", "arxiv": arxiv}
    other = fields.get("eprint", "") if fields.get("eprinttype", "").lower() in ("doi", "url") else ""
    if doi := fields.get("doi", "") or other or noted.doi(fields.get("note", "")):
        ids |= fields_in(unquote(doi), ids) | {"URL": ""}
    how = _ADDRESSES.search(fields.get("howpublished", ""))
    ids = fields_in(fields.get("url", "") or (how.group().rstrip(".,;)") if how else ""), ids)
    return fields_in(fields.get("ee", ""), ids)  # of DBLP's files


def _links(fields: Mapping[str, str]) -> tuple[Link, ...]:
    addresses = {label: fields[name] for name, label in LINKS.items() if name in fields}
    return tuple(Link(label, url) for label, url in addresses.items() if re.match(r"https?://", url) and safe(url))


def _split(text: str, signs: str) -> list[str]:
    return [word for part in re.split(signs, text) if (word := part.strip())]


def _arxiv_id(text: str) -> str:
    return next((id.value for id in ids_in(text) if id.scheme is Scheme.ARXIV), "")


def _arxiv(fields: Mapping[str, str]) -> tuple[str, str]:
    said = fields.get("eprint", "")
    if not said or not (_is_arxiv(fields.get("eprinttype", "")) or "arxiv" in said.lower()):
        named = (_AT_ARXIV.match(fields.get(name, "")) for name in ("howpublished", "verba", "number"))
        if found := next(filter(None, named), None):
            return _arxiv_id(found[1]), found[2] or _class(fields)
        how = fields.get("howpublished", "")
        if "rxiv" in how.lower() and (said := _arxiv_id(how)):
            return said, _class(fields)
        own, category = noted.arxiv(fields.get("note", ""))
        return own, _class(fields) or category
    return _arxiv_id(said), _class(fields)


def _class(fields: Mapping[str, str]) -> str:
    """The category at arXiv, from its own field, or the name of the venue: "arXiv [cs.LG]"."""
    behind = _CLASS_BEHIND.search(fields.get("eprint", "")[:200])
    if _ARXIV_CLASS.fullmatch(said := fields.get("eprintclass", "") or (behind.group(1) if behind else "")):
        return said
    venue = fields.get("journal", "") or fields.get("booktitle", "")
    match = _CLASS_IN_VENUE.search(venue[:200]) if is_posted(venue) else None
    return match[1] if match else ""


def _is_arxiv(archive: str) -> bool:
    """Whether an archive that an entry names, or does not name, is arXiv."""
    return not archive or (is_posted(archive) and place(archive).name == eprint.SERVER)


def _arxiv_elsewhere(fields: Mapping[str, str]) -> str:
    """The id where DBLP ("abs/2310.03123" as the volume) and others put it."""
    for name in ("volume", "number", "pages", "journal", "booktitle", "howpublished", "series", "url"):
        if match := _ARXIV_WITHIN.search(fields.get(name, "")[:200]):
            return _arxiv_id(match.group(1))
    return ""


def _issued(fields: Mapping[str, str]) -> PartialDate | None:
    """From biblatex's `date`, else from `year` and `month`: what of them is certain."""
    dated = dates.read(fields.get("date", "")).date
    return dated or dates.joined(fields.get("year", ""), fields.get("month", ""), fields.get("day", "")).date


def parse(text: str) -> Reading:
    """Read a .bib, ours or anybody's: the entries, and what was skipped (B01) or read in part (B02)."""
    found, lines, problems = read(text, _TYPES, lambda entry, values: (work_of(entry), values()))
    works, values = tuple(work for work, _ in found), tuple(values for _, values in found)
    return Reading(works, tuple(lines), tuple(problems), values=values)


def entries(text: str) -> Sequence[Said]:
    return read(text, _TYPES, lambda entry, _: said(entry))[0]
