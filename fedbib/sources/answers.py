"""What the sources have in common: bytes to data, data to texts, names and dates, and one answer per identifier."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from fedbib.errors import BadIdentifier
from fedbib.ids.identify import identify, normal
from fedbib.model.claim import Claim, Hints
from fedbib.model.date import PartialDate
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.name import Name
from fedbib.model.work import ItemType, Status, Work
from fedbib.net.messages import Body, Request
from fedbib.sources.base import Answer, NotFound, Unreadable
from fedbib.text.markup import STYLES, Segment, join, plain
from fedbib.text.plain import clean
from fedbib.text.regex import regex

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_DEEPEST = 60
_LATEST = 2100
_SUFFIX = regex(r"(?:jr|sr)\.?|ii|iii|iv", re.IGNORECASE)
_RUN = regex(r"(?<=\b[^\W\d_]\.)(?=[^\W\d_]\.)")
_WORD = regex(r"[\w\u0300-\u036f]+")
_ABBREVIATED = regex(r"(?:^|\W)(?:\w|\w+\.\w+|al|etc|inc|ltd|co|corp|jr|sr|vs|cf|no|vol|eds?|st|dr)\.$", re.IGNORECASE)
_MARK = regex(
    r"""^\s*(?:
        [\[(]\s*(?:<[^<>]+>)?(?:retracted|withdrawn)(?:\ (?:article|paper|chapter))?(?:</\w+>)?\s*[\])][\s:]*
      | (?:<[^<>]+>)?(?:retracted|withdrawn)(?:\ (?:article|paper|chapter))?(?:</\w+>)?\s*:\s*
    )
    | (?<!\s)\s*+[\[(]\s*+retracted(?:\ (?:article|paper|chapter))?\s*+[\])]\s*+$""",
    re.IGNORECASE | re.VERBOSE,
)
_RESOLVER = regex(r"^https?://(?:dx\.)?doi\.org/", re.IGNORECASE)
_DATE = regex(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?!\d)", re.ASCII)


class Wrong(Exception):
    """A body that is no answer; never leaves the sources."""


class Short(Exception):
    """A body that ends before it has told all: what was read of it holds, and what is missing may be known."""


Found = tuple[Iterable[Identifier | None], Work] | tuple[Iterable[Identifier | None], Work, Hints]
"""The identifiers by which a paper may have been asked, what a body says of it and, where it has some, its hints."""


def read(
    name: str, body: Body, request: Request, reader: Callable[[bytes], Iterable[Found]]
) -> dict[Identifier, Answer]:
    """One answer per identifier of the request, from whatever `reader` finds in the body.

    A request about none, as for a file that somebody saved, is about every paper in it. Where the reader ends with
    Short, nothing is concluded of the identifiers that it did not come upon.
    """
    if body.status in (404, 410) and len(request.ids) == 1 and not _is_list(request):
        return {id: NotFound(id) for id in request.ids}
    if body.status != 200:
        return unreadable(request, f"HTTP status {body.status}")
    found: dict[Identifier, Claim] = {}
    short = ""
    try:
        for said in reader(body.content):
            hints = said[2] if len(said) == 3 else Hints()
            for id in said[0]:
                if id:
                    found.setdefault(id, Claim(name, unmarked(said[1]), id, hints=hints))
    except Short as error:
        short = str(error)
    except Wrong as error:
        return unreadable(request, str(error))
    missing = (lambda id: Unreadable(id, short)) if short else NotFound
    return {id: found.get(id) or missing(id) for id in request.ids or found}


def _is_list(request: Request) -> bool:
    """Whether what is asked for is a list that is there whatever its identifiers are: they are not in its path."""
    query = unquote(urlsplit(request.url).query)
    return bool(request.body) or any(id.value in query for id in request.ids)


def whole(told: object, got: int, asked: int | None = None) -> None:
    """Raises Short for fewer papers than the answer says there are, and for none where several were asked about.

    An empty list is how an overloaded service answers, too.
    """
    said = text(told)
    if said.isdecimal() and int(said[:9]) > got:
        raise Short(f"it is incomplete: {got} of {said[:9]}")
    if not got and asked is not None and asked > 1:
        raise Short(f"it has none of the {asked}")


def works(reader: Callable[[bytes], Iterable[Found]]) -> Callable[[bytes], Iterable[Work]]:
    """A reader of the same bodies that gives the works alone."""

    def read(content: bytes) -> Iterator[Work]:
        with suppress(Short):  # a search tells of more than it sends
            for said in reader(content):
                yield unmarked(said[1])

    return read


def unmarked(work: Work) -> Work:
    """A work whose title is marked as retracted or withdrawn, with that as its status; any other as it is.

    Publishers put "RETRACTED ARTICLE:" before a title, the ACL Anthology "[RETRACTED]".
    """
    title = _MARK.sub("", work.title)
    if title == work.title or not title:
        return work
    if work.type is ItemType.DOCUMENT or work.status is not Status.UNRESOLVED:
        return replace(work, title=title)
    status = Status.WITHDRAWN if work.is_preprint else Status.RETRACTED
    return replace(work, title=title, status=status)


def unreadable(request: Request, reason: str) -> dict[Identifier, Answer]:
    return {id: Unreadable(id, reason) for id in request.ids}


def batches(ids: Sequence[Identifier], most: int, longest: int = 3000) -> list[tuple[Identifier, ...]]:
    """The identifiers, each once, in runs of at most `most` that together have at most `longest` characters."""
    runs: list[list[Identifier]] = []
    length = 0
    for id in dict.fromkeys(ids):
        size = 3 * len(id.value)
        if not runs or len(runs[-1]) == most or length + size > longest * 3:
            runs.append([])
            length = 0
        runs[-1].append(id)
        length += size
    return [tuple(run) for run in runs]


# Bytes ---------------------------------------------------------------------------------------------------------------


def decoded(content: bytes) -> str:
    """UTF-8 text; raises Wrong for other bytes, so that wrong letters are never passed on."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Wrong(f"is not UTF-8 (byte {error.start})") from error


def json_value(content: bytes) -> object:
    """The JSON value, its numbers as the texts they were written as; raises Wrong."""
    import json

    try:
        value: object = json.loads(decoded(content), parse_int=str, parse_float=str, parse_constant=str)
    except RecursionError as error:
        raise Wrong("is JSON nested too deeply") from error
    except ValueError as error:
        raise Wrong("is not JSON") from error
    return value


def xml_root(content: bytes) -> Element:
    """The root of an XML document without DTD, or a root around a series of elements; raises Wrong."""
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    root: Element | None = None
    for attempt in (content, b"<fragment>" + content + b"</fragment>"):
        try:
            root = fromstring(attempt, forbid_dtd=True)
            break
        except DefusedXmlException as error:
            raise Wrong("is XML with a DTD, which is refused") from error
        except ParseError as error:
            # expat: 9 is "junk after document element", which a series of elements looks like.
            if attempt is not content or error.code != 9:
                raise Wrong("is not well-formed XML") from error
        except (ValueError, LookupError) as error:
            raise Wrong("is XML in an encoding that cannot be read") from error
    if root is None:
        raise Wrong("is not well-formed XML")
    layer, depth = [root], 0
    while layer:
        layer, depth = [child for element in layer for child in element], depth + 1
        if depth > _DEEPEST:
            raise Wrong("is XML nested too deeply")
    return root


# Data ----------------------------------------------------------------------------------------------------------------


def text(value: object) -> str:
    """A text or number in normal form; "" for anything else."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return clean(value) if isinstance(value, str) else ""


def items(value: object) -> Sequence[object]:
    """The members of an array; a single value is an array of one, null of none."""
    return value if isinstance(value, list) else [] if value is None else [value]


def first(value: object) -> str:
    """The first member of an array of texts that is not empty."""
    return next((found for item in items(value) if (found := text(item))), "")


def table(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def tables(value: object) -> list[Mapping[str, object]]:
    return [item for item in items(value) if isinstance(item, dict)]


def date(value: object) -> PartialDate | None:
    """A date as ISO 8601 text, with or without time; None for a range and for what no calendar has."""
    written = text(value)
    match = None if "/" in written else _DATE.match(written)
    return known(PartialDate.from_parts([part for part in match.groups() if part])) if match else None


def known(found: PartialDate | None) -> PartialDate | None:
    """None for a year that cannot be one of publication (Buddhist calendar, slips of a key)."""
    return found if found and found.year <= _LATEST else None


def person(family: str, given: str = "", suffix: str = "") -> Name | None:
    """A name from a source that knows its parts; "Logan IV" and "Agostinelli Iii" are split into name and suffix.

    Initials stand apart, as BibTeX counts them: "C.S." is "C. S.".
    """
    family, given, suffix = clean(family), _RUN.sub(" ", clean(given)), clean(suffix)
    head, _, tail = family.rpartition(" ")
    if head and given and not suffix and _SUFFIX.fullmatch(tail):
        family = head.rstrip(",")
        suffix = tail.upper() if tail.upper().strip("I") in ("", "V") else tail[:1].upper() + tail[1:].lower()
    if not family:
        return Name(family=given) if given else None
    return Name(family=family, given=given, suffix=suffix)


def from_tex(title: str) -> str:
    """A title written as raw TeX, as arXiv and OpenReview keep it: accents become letters, `$...$` stays."""
    if "\\" not in title:
        return title
    from fedbib.text.latex import decode

    # What TeX would take for a comment, a blank or a table is text here.
    return clean(decode(re.sub(r"(?<!\\)([%&#])", r"\\\1", title)))


def undotted(title: str) -> str:
    """A title without the full stop some sources end it with; abbreviations and dots in a row keep theirs."""
    if not title.endswith(".") or title.endswith("..") or _ABBREVIATED.search(title):
        return title
    return title[:-1].rstrip()


def identifier(scheme: Scheme, value: object) -> Identifier | None:
    """The identifier a source names, or None when it is no such identifier."""
    try:
        return normal(scheme, text(value)) if text(value) else None
    except BadIdentifier:
        return None


def any_identifier(value: object) -> Identifier | None:
    """The identifier of any scheme that a source names, or None."""
    try:
        return identify(text(value)) if text(value) else None
    except BadIdentifier:
        return None


def addressed(value: object) -> Identifier | None:
    """The same of what doi.org's addresses hold: the DOI itself, also where it holds an id of a publisher's own."""
    return any_identifier(_RESOLVER.sub("", text(value)))


def doi_fields(value: object) -> dict[str, str]:
    """`DOI`, or `arxiv` for one that is arXiv's own, as fields of a work."""
    found = any_identifier(value)
    if found and found.scheme in (Scheme.DOI, Scheme.ARXIV):
        return {"DOI" if found.scheme is Scheme.DOI else "arxiv": found.value}
    return {}


def whole_words(runs: Iterable[Segment]) -> str:
    """Rich text in which `nocase` covers every word it touches: a source may protect single letters ("FedPETuning")."""
    runs = [Segment(re.sub(r"\s+", " ", run.text), run.styles) for run in runs]
    string = "".join(run.text for run in runs)
    styles = [run.styles for run in runs for _ in run.text]
    for match in _WORD.finditer(string):
        span = range(*match.span())
        if any("nocase" in styles[place] for place in span):
            for place in span:
                styles[place] = tuple(style for style in STYLES if style == "nocase" or style in styles[place])
    for match in re.finditer(r"[^\w\u0300-\u036f]+", string):
        for place in range(*match.span()):
            # A sign is protected between two protected words only: "Baeza{-}Yates" protects nothing.
            if "nocase" in styles[place] and not _is_inside(styles, *match.span()):
                styles[place] = tuple(style for style in styles[place] if style != "nocase")
    out: list[Segment] = []
    for place, char in enumerate(string):
        if char == " ":
            if not out or out[-1].text == " ":
                continue
            after = next((styles[later] for later in range(place, len(string)) if string[later] != " "), ())
            styles[place] = tuple(style for style in styles[place] if style in out[-1].styles and style in after)
        out.append(Segment(char, styles[place]))
    return clean(join(out))


def _is_inside(styles: Sequence[tuple[str, ...]], start: int, end: int) -> bool:
    return start > 0 and end < len(styles) and "nocase" in styles[start - 1] and "nocase" in styles[end]


def subtitled(title: str, subtitle: str) -> str:
    """Title and subtitle as one text; a subtitle that only repeats the title (a running head) is left out."""
    if not title or not subtitle:
        return title or subtitle
    have, words = set(_WORD.findall(plain(title).casefold())), _WORD.findall(plain(subtitle).casefold())
    if not words or sum(word in have for word in words) >= 0.75 * len(words):
        return title
    return f"{title} {subtitle}" if title.endswith((":", "?", "!", "\u2013", "\u2014")) else f"{title}: {subtitle}"
