"""The list between the markers of a README: for readers, and read back.

One bullet per work, its details under it:

    - [title](landing page) [EMNLP 2023] <a id="key"></a>
      - *authors*: Given Family, Given Family.
      - *datasets*: A, B
      - *tldr*: what the paper does, in a sentence
      - *comment*: a few words of the list's keeper
      - [code](...) [arXiv](...)

The anchor with the key marks a bullet as ours: it is read back by the exact rules it was written by. Bullets without
it are anybody's and read with the tolerance that lists in the wild need; what is skipped there is named (L01).

Where works stand: a work with a topic that has a section of its own stands there and nowhere else. Of the others, a
work that is known to be published, or whose venue is named and is no preprint server, stands in the section
`published`, every other one in `preprints`: what nobody said anything of is never shown as published. Where a section
of the right kind is missing the other one takes its place, and where both are missing one called "Papers" at the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from fedbib.formats.readme import overview
from fedbib.ids.landing import landing, named, normalised, safe, url_fields
from fedbib.ids.schemes import SCHEMES
from fedbib.model.about import About, Section
from fedbib.model.date import PartialDate
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.name import OTHERS, Name
from fedbib.model.problem import Problem, Severity
from fedbib.model.reading import Reading
from fedbib.model.work import ID_FIELDS, ItemType, Link, Status, Work, id_fields
from fedbib.text.markdown import escape, escape_rich, led, line, shown, unescape, unescape_rich, without_emphasis
from fedbib.text.names import is_others, split_list
from fedbib.text.plain import clean
from fedbib.text.regex import regex

_ID_FIELDS = (*ID_FIELDS.values(), "other_ids")

CARRIES = frozenset(
    {
        "key",
        "type",
        "title",
        "author",
        "issued",
        "container_title_short",
        "status",
        "topics",
        "datasets",
        "models",
        "comment",
        "tldr",
        "links",
    }
    | {"URL", *_ID_FIELDS}
)
"""Of the type only whether it is a preprint on arXiv, of the date the year, of the status withdrawn and retracted."""

_MARKED = {status.value: status for status in (Status.WITHDRAWN, Status.RETRACTED)}
_ARXIV = "arXiv"
_FACETS = ("datasets", "models", "topics")
_WORDS = ("tldr", "comment")
_REST = Section("Papers", "published")


# Order ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Part:
    """What one work gives to the list."""

    key: str
    section: int
    """The place of its section among those of the list."""
    year: int | None
    topics: tuple[str, ...]
    label: str
    """What it is called in the index of topics."""
    lines: str
    """Its bullet, of several lines; reads back alone as it does in the list."""


@dataclass(frozen=True, slots=True)
class _Shelf:
    """A section with its works, by year where the section is by year."""

    section: Section
    years: Sequence[tuple[int | None, Sequence[Part]]]


def arrange(works: Sequence[Work], about: About) -> Sequence[Work]:
    if len(works) < 2:
        return works
    places = _places(about)
    sections = [places.of(work) for work in works]
    order = sorted(range(len(works)), key=lambda number: (sections[number], -(works[number].year or 0)))
    return [works[number] for number in order]


@dataclass(frozen=True, slots=True)
class _Places:
    """Where works stand."""

    sections: tuple[Section, ...]
    by_topic: Mapping[str, int]
    by_kind: Mapping[str, int]

    def of(self, work: Work) -> int:
        """The place of a work's section."""
        topics = [self.by_topic[topic] for topic in map(str.casefold, work.topics) if topic in self.by_topic]
        return min(topics) if topics else self.by_kind.get(_kind(work), next(iter(self.by_kind.values()), 0))


@lru_cache(maxsize=8)
def _places(about: About) -> _Places:
    sections = about.sections
    if not {section.kind for section in sections} & {"published", "preprints"}:
        sections = (*sections, _REST)
    by_topic: dict[str, int] = {}
    by_kind: dict[str, int] = {}
    for index, section in enumerate(sections):
        if section.kind == "topic":
            by_topic.setdefault(section.topic.casefold(), index)
        else:
            by_kind.setdefault(section.kind, index)
    return _Places(sections, by_topic, by_kind)


def _shelves(parts: Sequence[Part], about: About) -> list[_Shelf]:
    sections = _places(about).sections if parts or not about.sections else about.sections
    placed: list[dict[int | None, list[Part]]] = [{} for _ in sections]
    for part in parts:
        placed[part.section].setdefault(part.year, []).append(part)
    return [
        _Shelf(section, sorted(found.items(), key=lambda item: -(item[0] or 0)))
        for section, found in zip(sections, placed, strict=True)
    ]


def _kind(work: Work) -> str:
    if work.status in (Status.PUBLISHED, Status.RETRACTED):
        return "published"
    if work.status is Status.PREPRINT or work.is_preprint:
        return "preprints"
    label = _label(work)
    return "published" if label and label.casefold() != _ARXIV.casefold() else "preprints"


# What is kept ---------------------------------------------------------------------------------------------------------


def _shown_as(names: Iterable[Name]) -> tuple[Name, ...]:
    """The names as a list shows them; whoever is called "et al." stands for those that are not named."""
    return tuple([_person(shown) for name in names if (shown := name.display)])


@lru_cache(maxsize=4096)
def _person(shown: str) -> Name:
    """Whoever is shown so; the same people are in what is read and in what was written, and in many works."""
    return OTHERS if is_others(shown) else Name(unsplit=shown)


def carry(work: Work) -> Work:
    work = normalised(work)
    label = _label(work)
    return Work(
        key=work.key,
        type=ItemType.ARTICLE if label == _ARXIV else ItemType.DOCUMENT,
        title=shown(work.title),
        author=_shown_as(work.author),
        issued=PartialDate(work.issued.year) if work.issued else None,
        container_title_short=label,
        URL=work.URL,
        status=work.status if work.status.value in _MARKED else Status.UNRESOLVED,
        topics=tuple(filter(None, work.topics)),
        datasets=tuple(filter(None, work.datasets)),
        models=tuple(filter(None, work.models)),
        comment=clean(work.comment),
        tldr=clean(work.tldr),
        links=tuple(link for link in work.links if safe(link.url) and link.label),
        **{name: getattr(work, name) for name in _ID_FIELDS},
    )


def _label(work: Work) -> str:
    """The venue in the brackets: its label, else its full title, for preprints at least "arXiv"."""
    label = work.container_title_short or work.container_title or (_ARXIV if work.is_preprint and work.arxiv else "")
    return _ARXIV if label.casefold() == _ARXIV.casefold() else label


# Writing --------------------------------------------------------------------------------------------------------------


def render(works: Sequence[Work], about: About) -> str:
    return together([part(work, about) for work in works], about)


def part(work: Work, about: About) -> Part:
    """What a work gives to the list of a collection."""
    lines = "\n".join(_entry(work))
    return Part(work.key, _places(about).of(work), work.year, work.topics, overview.label(work), lines)


def together(parts: Sequence[Part], about: About) -> str:
    """The list of all parts: their bullets under headings, and what it says of itself."""
    shelves = _shelves(parts, about)
    topics = overview.by_topic([part for shelf in shelves for _, found in shelf.years for part in found])
    lines = ["## Table of Contents"]
    for number, shelf in enumerate(shelves, start=1):
        lines.append(f"- [{escape(shelf.section.title)}](#item-{number})")
        if shelf.section.kind != "topic":
            lines += [f"  - [{_year(year)}](#item-{number}-{year or 0})" for year, _ in shelf.years]
    if topics:
        lines.append("- [By Topic](#by-topic)")
    if parts:
        counts = [(shelf.section.title, [(year, len(found)) for year, found in shelf.years]) for shelf in shelves]
        lines += ["", *overview.table(counts, [(topic, len(found)) for topic, found in topics.items()])]
    for number, shelf in enumerate(shelves, start=1):
        lines += ["", "", f'<a id="item-{number}"></a>', f"## {escape(shelf.section.title)}"]
        if shelf.section.text:
            lines += ["", line(shelf.section.text)]
        if not shelf.years:
            lines += ["", "None yet."]
        if shelf.section.kind == "topic":
            lines += ["", *(part.lines for _, found in shelf.years for part in found)]
            continue
        for year, found in shelf.years:
            lines += ["", f'<a id="item-{number}-{year or 0}"></a>', f"### {_year(year)}", ""]
            lines += [part.lines for part in found]
    lines += overview.index(topics)
    return "\n".join(lines).rstrip("\n") + "\n"


def _year(year: int | None) -> str:
    return str(year) if year else "Year unknown"


def _entry(work: Work) -> Iterator[str]:
    work = normalised(work)
    url = landing(work)
    title = escape_rich(shown(work.title))
    head = f"- [{title}]({_target(url)})" if url else f"- {led(title)}"
    if venue := _venue(work):
        head += f" [{venue}]"
    if work.status.value in _MARKED:
        head += f" **[{work.status.value}]**"
    yield f'{head} <a id="{_anchor(work.key)}"></a>'
    authors = [name.display for name in work.author]
    if any(authors):
        yield f"  - *authors*: {_listed(authors)}."
    for facet in _FACETS:
        if any(values := getattr(work, facet)):
            yield f"  - *{facet}*: {_listed(values)}"
    for name in _WORDS:
        if words := clean(getattr(work, name)):
            yield f"  - *{name}*: {escape(words)}"
    links = [f"[{escape(link.label)}]({_target(link.url)})" for link in work.links if safe(link.url) and link.label]
    links += [f"[{SCHEMES[id.scheme].label}]({_target(id.url)})" for id in work.ids if id.url != url]
    if links:
        yield "  - " + " ".join(links)


def _anchor(key: str) -> str:
    return key if key.isalnum() else re.sub(r"[^\w.:-]", lambda match: f"&#{ord(match.group())};", key)


def _venue(work: Work) -> str:
    label = escape(_label(work))
    if work.year:
        return f"{label} {work.year}".strip()
    # A label's own number must not be taken for the year.
    return f"{label[:-1]}&#{ord(label[-1])};" if _TRAILING_YEAR.search(label) else label


def _listed(values: Iterable[str]) -> str:
    return ", ".join([escape(value).replace(",", "&#44;") for value in values if value])


def _target(url: str) -> str:
    if "&" in url:
        url = re.sub(r"&(?=#?\w{1,40};)", "&amp;", url)
    return f"<{url}>" if "(" in url or ")" in url else url


# Reading --------------------------------------------------------------------------------------------------------------

_TRAILING_YEAR = regex(r"(?:^| )(\d{4})$", re.ASCII)
_INNER = r"(?:[^\[\]\\]|\\.)*+"
_LINK = regex(rf"\[({_INNER})\]\((?:<([^<>\s]*+)>|([^()\s]*+(?:\([^()\s]*+\)[^()\s]*+)*+))(?:\s+\"[^\"]*+\")?\s*\)")
_LINK_OR_ESCAPED = regex(rf"\\.|{_LINK.pattern}")
_BRACKETS = regex(rf"\s*\\?\[({_INNER})\\?\]")
_OWN_VENUE = regex(rf" \[{_INNER}\]")
_OWN_BULLET = regex(r'^- .* <a id="[^"<>]*"></a>\r?$', re.MULTILINE)
_OWN = regex(r'^- (.*) <a id="([^"<>]*)"></a>$')
_BULLET = regex(r"([ \t]*+)(?:[-*+]|\d{1,9}[.)])(?:[ \t]++(.*+))?$")
_DETAIL = regex(r"[*_]*+(authors?|datasets?|models?|topics?|comments?|tldr)[*_]*+\s*:[*_]*+(.*)$", re.IGNORECASE)
_FENCE = regex(r" {0,3}(`{3,}|~{3,})")
_HEADING = regex(r" {0,3}(#{1,6})[ \t]++(.*)$")
_YEAR_HEADING = regex(r"(?:19|20)\d\d", re.ASCII)
_VENUE_YEAR = regex(r"(.*?)(?:(?<![\s,])[\s,]+)?(?:['’](\d\d)|\b((?:19|20)\d\d))$", re.ASCII)
_ANCHOR = regex(r'<a (?:id|name)="[^"]*"></a>')
_LABEL = regex(r"[a-z][a-z0-9 _-]{0,39}", re.ASCII)
_SYNONYMS = {"slide": "slides", "videos": "video", "codes": "code", "github": "code"}
_WITHOUT_LINK = regex(r"\b(code|slides?|video|poster|paper|dataset|page)\b", re.IGNORECASE)
_BETWEEN = regex(r",\s*(?:and\s+)?|(?<!\s)\s+and\s+", re.IGNORECASE)


def is_ours(text: str) -> bool:
    """Whether a text holds a bullet that `render` wrote."""
    return bool(_OWN_BULLET.search(text))


def parse(text: str) -> Reading:
    """What the list says."""
    reader = _Reader()
    for number, content in enumerate(overview.without(text.removeprefix("\ufeff")).split("\n"), start=1):
        reader.line(number, content.removesuffix("\r"))
    return reader.reading()


def apart(text: str) -> tuple[Reading, str]:
    """What the bullets say that are ours, and the text without them, their lines empty."""
    reader = _Reader()
    lines = text.split("\n")
    for number, content in enumerate(lines, start=1):
        if reader.own(number, content):
            lines[number - 1] = ""
    return reader.reading(), "\n".join(lines)


@dataclass(slots=True)
class _Entry:
    """A bullet that may be a paper, until the next one begins."""

    line: int
    values: dict[str, Any]
    """Fields of the work, and under `ids` the identifiers that its links give."""
    is_ours: bool = False
    is_sure: bool = False
    shown: str = ""


class _Reader:
    def __init__(self) -> None:
        self.works: list[Work] = []
        self.lines: list[int] = []
        self.problems: list[Problem] = []
        self._entry: _Entry | None = None
        self._fence = ""
        self._in_comment = False
        self._year: int | None = None
        self._year_level = 0

    def skip(self, number: int, reason: str, text: str = "", severity: Severity = Severity.NOTE) -> None:
        message = f"{reason}: {clean(text)[:100]}" if text else reason
        self.problems.append(Problem("L01", severity, message, line=number))

    def reading(self) -> Reading:
        self.finish()
        return Reading(tuple(self.works), tuple(self.lines), tuple(self.problems))

    def own(self, number: int, text: str) -> bool:
        """Read a line if it is of a bullet of ours; also of one whose details somebody changed."""
        if text.startswith("  ") and (match := _BULLET.match(text)) and _is_title((match.group(2) or "").strip()):
            return False
        if self._is_own(number, text):
            return True
        if self._is_outside(number, text):
            return False
        match = _BULLET.match(text) if self._entry and text.startswith("  ") else None
        said = (match.group(2) or "").strip() if match else ""
        if said:
            self._detail(number, said)
            return True
        if text.strip():
            self.finish()
        return False

    def _is_own(self, number: int, text: str) -> bool:
        """Read a line that follows the rules our own bullets are written by."""
        if text.startswith("- ") and text.endswith("</a>") and not self._fence and not self._in_comment:
            entry = _own(number, text)
            if entry:
                self._begin(entry)
                return True
        entry = self._entry
        return bool(text.startswith("  - ") and entry and entry.is_ours and _own_detail(text[4:], entry.values))

    def line(self, number: int, text: str) -> None:
        if self._is_own(number, text):
            return
        if self._is_outside(number, text):
            return
        if match := _HEADING.match(text):
            self.finish()
            self._heading(len(match.group(1)), match.group(2))
        elif match := _BULLET.match(text):
            self._bullet(number, match.group(1), (match.group(2) or "").strip())
        elif text.lstrip().startswith("|") and "](" in text:
            self.skip(number, "a table was not read", text)
        elif '<a href="http' in text:
            self.skip(number, "a link in HTML was not read", text)

    def _is_outside(self, number: int, text: str) -> bool:
        """Whether a line belongs to a code fence or a comment."""
        if self._in_comment:
            self._in_comment = "-->" not in text
            return True
        fence = _FENCE.match(text)
        if self._fence:
            if fence and fence.group(1).startswith(self._fence) and not text.strip().strip(self._fence[0]):
                self._fence = ""
            elif text.startswith("- "):
                self.skip(number, "is in a code block, so it was not read as a paper", text)
            return True
        if fence:
            self._fence = fence.group(1)
            return True
        if text.startswith("<!--"):
            self._in_comment = "-->" not in text
            return True
        return False

    def _heading(self, level: int, title: str) -> None:
        title = clean(title.strip(" #"))
        if _YEAR_HEADING.fullmatch(title):
            self._year, self._year_level = int(title), level
        elif level <= self._year_level or not self._year_level:
            self._year, self._year_level = None, 0

    def _bullet(self, number: int, indent: str, text: str) -> None:
        depth = len(indent.expandtabs(4))
        if not text:
            self.skip(number, "an empty bullet")
        elif depth >= 2 and self._entry:
            self._detail(number, text)
        elif match := _LINK.match(text):
            if (match.group(2) or match.group(3) or "").startswith("#"):
                self.finish()
            else:
                self._foreign(number, text, match)
        elif depth < 2:
            self.finish()
            self.skip(
                number, "a bullet without a link to a paper", text, Severity.WARNING if "[" in text else Severity.NOTE
            )

    def _foreign(self, number: int, text: str, match: re.Match[str]) -> None:
        title = unescape_rich(without_emphasis(match.group(1)))
        title = title[:-1].rstrip() if title.endswith(".") and not title.endswith("..") else title
        values: dict[str, Any] = {"title": title}
        url = unescape(match.group(2) or match.group(3) or "")
        if url and not safe(url):
            self.skip(number, "an address that cannot be trusted", url, Severity.WARNING)
        values |= url_fields(url, {}) if url else {}
        entry = _Entry(number, values, is_sure=not values.keys().isdisjoint(_ID_FIELDS), shown=text)
        if self._year:
            values["issued"] = PartialDate(self._year)
        rest = text[match.end() :]
        if venue := _BRACKETS.match(rest):
            entry.is_sure = True
            values |= _venue_fields(clean(unescape(venue.group(1).removesuffix("\\"))))
            rest = rest[venue.end() :]
        for link in _links(rest):
            self._link(number, entry, link)
        self._begin(entry)

    def _begin(self, entry: _Entry) -> None:
        self.finish()
        self._entry = entry

    def finish(self) -> None:
        """Keep the bullet that came last, with the details under it."""
        entry, self._entry = self._entry, None
        if not entry:
            return
        values = entry.values
        if not (entry.is_ours or (entry.is_sure and values.get("title"))):
            self.skip(entry.line, "a link that may not be a paper", entry.shown, Severity.WARNING)
            return
        if ids := values.pop("ids", []):
            own = [Identifier(scheme, values[field]) for scheme, field in ID_FIELDS.items() if values.get(field)]
            values |= id_fields((*own, *values.get("other_ids", ()), *ids))
        self.works.append(Work(**values))
        self.lines.append(entry.line)

    def _detail(self, number: int, text: str) -> None:
        entry = self._entry
        if not entry:
            return
        if match := _DETAIL.match(text):
            name, said = match.group(1).lower(), match.group(2).strip()
            if not said:
                return
            if name.startswith("author"):
                entry.values["author"] = tuple(map(_person, split_list(unescape(without_emphasis(said)))))
                entry.is_sure = True
            elif name.startswith("comment") or name == "tldr":
                entry.values[name.removesuffix("s")] = clean(unescape(without_emphasis(said)))
            else:
                facet = name if name.endswith("s") else f"{name}s"
                entry.values[facet] = things(said)
            return
        end, rest = 0, []
        for link in _links(text):
            self._link(number, entry, link)
            rest.append(text[end : link.start()])
            end = link.end()
        rest.append(text[end:])
        left = " ".join(rest)
        if labels := _WITHOUT_LINK.findall(left):
            self.skip(number, "mentioned without a link: " + ", ".join(labels))
        elif not end:
            self.skip(number, "a detail that was not read", text)

    def _link(self, number: int, entry: _Entry, match: re.Match[str]) -> None:
        label = clean(unescape(without_emphasis(match.group(1)))).lower().strip("[]() ")
        url = unescape(match.group(2) or match.group(3) or "")
        if not url:
            self.skip(number, f"mentioned without a link: {label}")
            return
        label = _SYNONYMS.get(label, label)
        if not safe(url) or not _LABEL.fullmatch(label):
            self.skip(number, "a link that was not read", match.group(), Severity.WARNING)
            return
        names = _PAPER_WORDS.union(notation.label.lower() for notation in SCHEMES.values())
        found = named(url) if label in names else None
        if found:
            entry.values.setdefault("ids", []).append(found)
            return
        links: tuple[Link, ...] = entry.values.get("links", ())
        if all(link.label != label for link in links):
            entry.values["links"] = (*links, Link(label, url))


_PAPER_WORDS = frozenset({"paper", "pdf", "link"})


def _scheme(label: str) -> Scheme | None:
    """The scheme whose ids a link with a label leads to."""
    return next((notation.scheme for notation in SCHEMES.values() if notation.label == label), None)


def things(said: str) -> tuple[str, ...]:
    """The things a line names: "RTE, and BoolQ, MPQA and MR." are four."""
    parts = (part.strip().rstrip(".").strip() for part in _BETWEEN.split(said))
    found = (clean(unescape(without_emphasis(part))) for part in parts)
    return tuple(dict.fromkeys(value for value in found if value and value.lower() != "and"))


def _is_title(text: str) -> bool:
    """Whether a line below a bullet is another paper: it begins with a link to one whose text is no label."""
    match = _LINK.match(text)
    if not match or len(match.group(1).split()) < 3 or match.group(1).islower():
        return False
    return named(unescape(match.group(2) or match.group(3) or "")) is not None


def _links(text: str) -> Iterator[re.Match[str]]:
    """The links of a line from left to right; a bracket after a backslash begins none."""
    return (match for match in _LINK_OR_ESCAPED.finditer(text) if match.group(1) is not None)


def _venue_fields(label: str) -> dict[str, Any]:
    """What brackets like "EMNLP 2023", "arXiv'23" or "IEEE Communication Magazine" say."""
    match = _VENUE_YEAR.fullmatch(label)
    name, short, year = match.groups() if match else (label, "", "")
    name = name.strip(" ,")
    values: dict[str, Any] = {"container_title_short": name}
    if year or short:
        values["issued"] = PartialDate(int(year or f"20{short}"))
    if name.casefold() == _ARXIV.casefold():
        values |= {"container_title_short": _ARXIV, "type": ItemType.ARTICLE}
    return values


# Our own bullets ------------------------------------------------------------------------------------------------------


def _own(number: int, text: str) -> _Entry | None:
    """A bullet that `render` wrote; None when it does not follow its rules."""
    match = _OWN.match(text)
    if not match:
        return None
    head, key = match.groups()
    status = Status.UNRESOLVED
    for word, mark in _MARKED.items():
        if head.endswith(f" **[{word}]**"):
            head, status = head.removesuffix(f" **[{word}]**"), mark
    url = ""
    if link := _LINK.match(head):
        title, url, venue = link.group(1), unescape(link.group(2) or link.group(3) or ""), head[link.end() :]
    elif head.startswith("["):
        title, venue = "", f" {head}"
    else:
        start = head.rfind(" [")
        if start >= 0 and not _OWN_VENUE.fullmatch(head, start):
            start = -1
        title, venue = (head[:start], head[start:]) if start >= 0 else (head, "")
    label, year = "", None
    if venue:
        if not venue.startswith(" [") or not venue.endswith("]"):
            return None
        label = venue[2:-1]
        if found := _TRAILING_YEAR.search(label):
            year, label = PartialDate.from_parts([int(found.group(1))]), label[: found.start()]
        label = clean(unescape(label))
    values = {
        "key": unescape(key),
        "type": ItemType.ARTICLE if label == _ARXIV else ItemType.DOCUMENT,
        "title": unescape_rich(title),
        "issued": year,
        "container_title_short": label,
        "status": status,
    }
    return _Entry(number, values | url_fields(url, {}) if url else values, is_ours=True)


def _own_detail(text: str, values: dict[str, Any]) -> bool:
    """Read a line under one of our bullets; whether it follows the rules."""
    if text.startswith("*"):
        name, _, said = text[1:].partition("*: ")
        if name == "authors" and said.endswith("."):
            values["author"] = tuple(map(_person, _parts(said[:-1])))
            return True
        if name in _WORDS and said:
            values[name] = clean(unescape(said))
            return True
        if name in _FACETS and said:
            values[name] = _parts(said)
            return True
        return False
    if not text.startswith("["):
        return False
    links: list[Link] = []
    ids: list[Identifier] = []
    end = 0
    for match in _links(text):
        if text[end : match.start()] not in ("", " "):
            return False
        end = match.end()
        label, url = clean(unescape(match.group(1))), unescape(match.group(2) or match.group(3) or "")
        scheme = _scheme(label)
        found = named(url) if scheme else None
        if found and found.scheme is scheme:
            ids.append(found)
        elif safe(url):
            links.append(Link(label, url))
    if end != len(text):
        return False
    values["links"] = tuple(links)
    values["ids"] = ids
    return True


def _parts(said: str) -> tuple[str, ...]:
    return tuple([clean(unescape(part)) for part in said.split(", ")])
