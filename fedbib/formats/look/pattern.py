"""One row taken apart: what of its text is a value of its paper, and what is the list's own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from fedbib.formats.lists.pieces import TRACKING
from fedbib.formats.look.people import Style
from fedbib.formats.look.rows import Row
from fedbib.ids.landing import named
from fedbib.ids.wrapped import direct
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.work import Work
from fedbib.text.markdown import escape

Part = str | tuple[str, str]
"""The list's own text, or a value: what a template says for it, and how it is written here."""

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_URL = re.compile(r"https?://[^\s<>\"'|\]\\]+")
_WORD = re.compile(r"[^\W_]+")
_BETWEEN = r"(?:&(?:amp|lt|gt|quot|nbsp|#\d{1,4}|#x[0-9a-f]{1,4});|[\W_])*+"
"""What may stand between two words of a title: blanks, signs, markup, references to characters."""
_LONGEST = 20_000
"""Characters of a row that is taken apart."""
_NUMBER = re.compile(r"[ \t]*(?:\|[ \t]*)?(\d{1,4})(?=[.)]?[ \t])")
_MONTH = "|".join(f"{name}|{name[:3]}" for name in MONTHS)
_DATES = (
    re.compile(r"(?<![\w.])(?P<year>(?:19|20)\d\d)[./-](?P<month>0[1-9]|1[0-2])(?:[./-](?P<day>\d\d))?(?![\w.])"),
    re.compile(r"(?<![\w.])(?P<yy>\d\d)[./](?P<month>0[1-9]|1[0-2])(?![\w.])"),
    re.compile(r"(?<![\w.])(?P<month>0[1-9]|1[0-2])[./-](?P<year>(?:19|20)\d\d)(?![\w.])"),
    re.compile(rf"(?<!\w)(?P<name>{_MONTH})[.,]?[ -](?P<year>(?:19|20)\d\d)(?!\w)"),
    re.compile(rf"(?<!\w)(?P<year>(?:19|20)\d\d)[ -](?P<name>{_MONTH})(?!\w)"),
    re.compile(r"(?<=['’‘`´])(?P<yy>\d\d)(?!\w)"),
    re.compile(r"(?<![\d/.-])(?P<year>(?:19|20)\d\d)(?![\d/-])"),
)
_PLAIN_NAME = re.compile(r"[a-z][a-z0-9_]*")
DATES = frozenset({"year", "yy", "month", "month_name", "month_short", "day"})
_IDS = {Scheme.ARXIV: "arxiv", Scheme.DOI: "doi", Scheme.ACL: "acl", Scheme.OPENREVIEW: "openreview"}


@dataclass(frozen=True, slots=True)
class Pattern:
    """A row as parts: joined they are its text."""

    parts: tuple[Part, ...]

    @property
    def values(self) -> dict[str, str]:
        """What the row says, by expression."""
        return {part[0]: part[1] for part in self.parts if isinstance(part, tuple)}

    @property
    def signature(self) -> tuple[str | tuple[str], ...]:
        """The row without its values."""
        return tuple(part if isinstance(part, str) else (part[0],) for part in self.parts)

    def filled(self, value: Callable[[str, str], str]) -> str:
        """The text with other values; `value` is handed the expression and what stands there."""
        return "".join(part if isinstance(part, str) else value(*part) for part in self.parts)


def pattern_of(row: Row, style: Style | None, venues: Callable[[str], tuple[str, ...]]) -> Pattern | None:
    """The parts of a row; None where its title is not found in it. `venues` gives the spellings of a venue's label."""
    if len(row.text) > _LONGEST:
        return None
    finder = _Finder(row.text, row.says)
    finder.addresses()
    if not finder.title():
        return None
    finder.number()
    if style:
        finder.exact(style.expression, style.written(row.says.author))
    finder.exact("comment", row.says.comment)
    finder.exact("tldr", row.says.tldr)
    for facet in ("datasets", "models", "topics"):
        finder.exact(f'{facet}|join(", ")', ", ".join(getattr(row.says, facet)))
    finder.venue(venues(row.says.container_title_short))
    finder.dates()
    return finder.pattern()


def link_expression(label: str) -> str:
    return f"links.{label}" if _PLAIN_NAME.fullmatch(label) else f'links["{label}"]'


def cleaned(url: str) -> str:
    """An address as a list's reader takes it."""
    url = TRACKING.sub("", direct(url))
    return url.partition("&")[0] if "?" not in url else url


def repository(url: str) -> str:
    """ "owner/name" of a repository's address, or ""."""
    match = re.match(r"https?://(?:www\.)?(?:github|gitlab)\.com/([\w.-]+/[\w.-]+)", url)
    return match.group(1).removesuffix(".git") if match else ""


def repository_of(work: Work) -> str:
    """The repository of the code of a work, or ""."""
    return next((repository(link.url) for link in work.links if link.label == "code"), "")


def addresses_in(text: str) -> Iterator[tuple[int, str]]:
    """The addresses in a text, each with where it begins."""
    for match in _URL.finditer(text):
        url = match.group()
        while url.count(")") > url.count("("):  # the end of a link, and what stands right behind it
            url = url[: url.rindex(")")]
        yield match.start(), url.rstrip(".,;:!")


class _Finder:
    def __init__(self, text: str, says: Work) -> None:
        self._text = text
        self._says = says
        self._found: list[tuple[int, int, str]] = []

    def pattern(self) -> Pattern:
        parts: list[Part] = []
        end = 0
        for start, stop, expression in sorted(self._found):
            if self._text[end:start]:
                parts.append(self._text[end:start])
            parts.append((expression, self._text[start:stop]))
            end = stop
        if self._text[end:]:
            parts.append(self._text[end:])
        return Pattern(tuple(parts))

    def _take(self, start: int, stop: int, expression: str) -> bool:
        if start == stop or not self._is_free(start, stop):
            return False
        self._found.append((start, stop, expression))
        return True

    def _is_free(self, start: int, stop: int) -> bool:
        return not any(start < end and begin < stop for begin, end, _ in self._found)

    # Addresses

    def addresses(self) -> None:
        ids = set(self._says.ids)
        links = {link.url: link_expression(link.label) for link in self._says.links}
        repo = repository_of(self._says)
        main = ""
        for start, url in addresses_in(self._text):
            known = cleaned(url)
            id = named(known)
            if main and url == main:
                self._take(start, start + len(url), "url")
            elif (id and id in ids) or (known == self._says.URL and known):
                if main:
                    self._id(start, url, id)
                else:
                    main = url
                    self._take(start, start + len(url), "url")
            elif known in links:
                self._take(start, start + len(url), links[known])
            elif id and id.scheme is Scheme.ARXIV:
                self._id(start, url, id)
            elif repo and (at := url.find(repo)) >= 0:
                self._take(start + at, start + at + len(repo), "repo")

    def _id(self, start: int, url: str, id: Identifier | None) -> None:
        if id and id in self._says.ids and id.scheme in _IDS and (at := url.lower().find(id.value.lower())) >= 0:
            self._take(start + at, start + at + len(id.value), _IDS[id.scheme])

    # Texts

    def title(self) -> bool:
        title = self._says.title
        words = _WORD.findall(title)
        if not words:
            return False
        for match in re.finditer(_BETWEEN.join(map(re.escape, words)), self._text):
            start, stop = match.span()
            tail = title[title.rindex(words[-1]) + len(words[-1]) :]
            lead = title[: title.index(words[0])]
            stop += len(tail) if tail and self._text.startswith(tail, stop) else 0
            start -= len(lead) if lead and self._text[:start].endswith(lead) else 0
            if "\n" not in self._text[start:stop] and self._take(start, stop, "title"):
                return True
        return False

    def number(self) -> None:
        if match := _NUMBER.match(self._text):
            self._take(*match.span(1), "number")

    def exact(self, expression: str, said: str) -> None:
        """A value that stands in the row as it is, or as Markdown escapes it."""
        for text in dict.fromkeys((said, escape(said))) if said else ():
            at = self._text.find(text)
            while at >= 0:
                if self._take(at, at + len(text), expression):
                    return
                at = self._text.find(text, at + 1)

    def venue(self, spellings: tuple[str, ...]) -> None:
        for spelling in spellings:
            for match in re.finditer(rf"(?<!\w){re.escape(spelling)}(?!\w)", self._text, re.IGNORECASE):
                if self._take(*match.span(), "venue"):
                    return

    def dates(self) -> None:
        issued = self._says.issued
        posted = posted_of(self._says)
        for form in _DATES:
            for match in form.finditer(self._text):
                said = {name: text for name, text in match.groupdict().items() if text}
                year = int(said.get("year") or f"20{said['yy']}")
                month = _month(said)
                is_issued = issued and issued.year == year and (not month or issued.month in (None, month))
                if not (is_issued or (month and posted == (year, month))):
                    continue
                spans = {name: match.span(name) for name in said}
                if all(self._is_free(*span) for span in spans.values()):
                    for name, span in spans.items():
                        long = len(said[name]) > 3 or said[name] == "May"
                        self._take(*span, {"name": "month_name" if long else "month_short"}.get(name, name))


def _month(said: dict[str, str]) -> int | None:
    if name := said.get("name"):
        return next(number for number, month in enumerate(MONTHS, start=1) if month.startswith(name[:3]))
    return int(said["month"]) if "month" in said else None


def posted_of(work: Work) -> tuple[int, int] | None:
    """Year and month in which a paper came to arXiv, as its id says."""
    match = re.match(r"(\d\d)(0[1-9]|1[0-2])\.\d{4}", work.arxiv)
    return (2000 + int(match.group(1)), int(match.group(2))) if match else None
