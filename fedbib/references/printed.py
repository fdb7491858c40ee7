"""A reference as somebody printed it, read: "Archer, A., Becker, B. (2017). On Sheep. In Proc. KDD, pp. 12-22."

The grammar, from left to right; what a string has in another place or form stays unread, and nothing is guessed:

    reference = [number] people [date] title [["In" [editors]] container] {detail}
    people    = names in one style, up to a date, a quotation or a full stop (`people`)
    date      = a year, also with month or letter, in brackets or not: behind the people, or behind the container
    title     = what is quoted; else a sentence; else, behind "people,", what one comma ends, if only one can
    container = what stands before volume, pages or date, if "In", a word such as "Journal" or such details say so
    detail    = volume, issue, pages, identifiers, in any order
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from fedbib.errors import BadIdentifier
from fedbib.ids.identify import identify
from fedbib.model.date import PartialDate
from fedbib.model.identifier import Identifier
from fedbib.model.name import Name, named
from fedbib.model.pages import Pages
from fedbib.model.work import ItemType, Work, id_fields
from fedbib.references import people
from fedbib.text.plain import clean

LONGEST = 2000
"""Characters of a reference; what is longer is none."""

_NUMBER = re.compile(r"\s*+(?:\[([\w+-]{1,20})\]|\((\d{1,4})\)|(\d{1,4})[.)](?=\s)|(\d{1,4})\s(?=[^\W\d_]))\s*+")
_ARXIV = r"(?:\d{4}\.\d{4,5}|[a-z-]{2,20}(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?"
_LINK = re.compile(
    r"(?:(?:Retrieved|Available)(?: (?:online|at|from))?:? )?(?:URL:? ?)?\b(?:https?://|www\.)[^\s<>\"“”]++"
    r"|\bdoi:? ?10\.\d{4,9}/\S++|\b10\.\d{4,9}/\S++"
    rf"|\barXiv:? ?(?:preprint )?(?:arXiv:? ?)?(?:abs/)?{_ARXIV}|\babs/{_ARXIV}",
    re.IGNORECASE,
)
_MONTH = (
    r"(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]{0,6}\.?(?:[ ]?[-–/][ ]?[A-Z][a-z]{2,8}\.?)?"
    r"|Spring|Summer|Fall|Autumn|Winter)"
)
_YEAR = r"(?:1[5-9]\d\d|20\d\d)[a-z]?\b"
_DAYS = r"\d\d?(?:[-–]\d\d?)?"
_DATED = rf"(?:(?:\d\d?[ ])?{_MONTH}(?:[ ]{_DAYS})?,?[ ])?{_YEAR}(?:,?[ ](?:\d\d?[ ])?{_MONTH}(?:[ ]\d\d?)?)?"
_BEHIND = re.compile(rf"[ ]?[.,:]?[ ]?(?:\({_DATED}\)|\[{_DATED}\]|{_DATED}(?=[.,:;]|[ ][“\"«‘'(A-Z]))[.,:;]?[ ]*")
_ALONE = re.compile(rf"(?<![\w–-]){_DATED}(?![\w–/-])")
_BRACKETED = re.compile(rf"\(({_DATED})\)")

_QUOTES = {"“": '”"', '"': '"”', "«": "»", "‘": "’", "„": "“”", "`": "'"}
_ENDING = re.compile(r"[.?!][”\"»’]?(?=[ ]|$)")
_NO_END = re.compile(
    r"(?:^(?:Chapter|Part|Section)?[ ]?\d*|\b(?:[A-Za-z]|vs|etc|cf|St|Dr|Mr|Mrs|Nos?|[Vv]ol|al|resp|approx|Proc|Int"
    r"|Conf|Symp|Trans|[Ee]ds?)|\.[a-z])$"
)
"""What a full stop stands behind that ends no sentence."""
_CUE = re.compile(
    r"\b(?:Proc(?:eedings?)?|Journal|Conf(?:erence)?|Symp(?:osium)?|Workshop|Trans(?:actions)?|Letters|Lett|Review|Rev"
    r"|Annals|Advances|Magazine|Lecture Notes|Bulletin|Annual Meeting|Communications|Archives|Revue|Zeitschrift|CoRR"
    r"|arXiv|IEEE|ACM|AAAI|NeurIPS|NIPS|ICML|ICLR|CVPR|ACL|EMNLP|KDD|ECCV|ICCV|AISTATS|IJCAI)\b"
)
"""Words that the name of a journal or of proceedings has."""
_IN = re.compile(r"(?:In|in|En|em|Em):?[ ]+(?=\S)")
_COMMA_IN = re.compile(r"[.,][ ][Ii]n:?[ ](?=[A-Z\d(])")
_EDITED = re.compile(
    r"(?:[^()]{2,300}?\((?:[Ee]d(?:itor)?s?|[Hh]rsg|[Cc]oords?|[Oo]rgs?)\.?\)"
    r"|(?:[^,()]{2,80}, ){1,12}?(?:[Ee]ditors?|[Ee]ds?\.))[.,:]?[ ]*"
)
_NAMED_NUMBER = (
    r"\b(?:[Vv]ol(?:umes?)?s?\b\.?|[Nn][o°r]s?\b\.?|[Ii]ssue|[Nn]úm\.?|[Pp]p?\.|[Pp]ages?\b|[Pp]art\b)[ ]?"
    r"(?=[\dIVXLivxl])"
)
_BARE_NUMBER = r"(?<=[ ,.:;(\[])[A-Z]?\d{1,9}(?=$|[ ]?[.,:;()\[\]–-][^A-Za-z]|[ ]?[.,:;()\[\]–-]$|[ ][(\d])"
_DETAIL = re.compile(
    rf"[ ]?[.,:;(\[]?[ ]?(?:{_NAMED_NUMBER}|{_MONTH}[ ](?:{_DAYS},?[ ])?(?={_YEAR}(?![ ][A-Za-z]))|{_BARE_NUMBER})"
)
"""Where the name of a container ends and its details begin."""
_PAGE = r"[A-Za-z]?\d{1,7}"
_RANGE = rf"{_PAGE}[ ]?[-–—−]{{1,2}}[ ]?{_PAGE}"
_PAGES = re.compile(
    rf"\b(?:[Pp]p?\.|[Pp]ages?\b|[Pp]ág\.|[Ss]\.)[ ]?(?P<named>{_RANGE}|[A-Za-z]?\d[\w.]*+)"
    rf"|(?<![\w–.-])(?P<range>{_RANGE})(?![\w–-])"
)
_YEARS = re.compile(r"(?:1[89]|20)\d\d[ ]?[-–—−]{1,2}[ ]?(?:(?:1[89]|20)\d\d|\d\d)")
_VOLUME = re.compile(r"\b[Vv]ol(?:ume)?s?\b\.?[ ]?(?P<named>\d{1,5}|[IVXLivxl]{1,6}\b)")
_ISSUE = re.compile(r"\b(?:[Nn][o°r]s?\b\.?|[Ii]ssue|[Nn]úm\.?)[ ]?(\d{1,5}(?:[-–/]\d{1,4})?)")
_NUMBERED = re.compile(r"(\d{1,5})(?:[ ]?\((\d{1,4}(?:[-–/]\d{1,4})?)\)|\.(\d{1,3})\b)?(?![\w–-])")
_SINGLE = re.compile(r"[ ,.:;]+([A-Za-z]?\d{1,7})(?![\w–-])")
_JOURNAL = re.compile(r"\b(?:Journal|Transactions|Trans|Letters|Review|Annals|Magazine|Bulletin|J)\b")
_CONFERENCE = re.compile(r"\b(?:Proc(?:eedings)?|Conf(?:erence)?|Symp(?:osium)?|Workshop|Annual Meeting)\b")
_GENRE = re.compile(
    r"Tech(?:nical)?\.?[ ](?:Rep(?:ort)?|Memo)|TR\b|Report\b|Ph\.?[ ]?D|Doctoral|Master|M\.?Sc|Diplom|Thesis"
    r"|Working [Pp]aper|Personal|Unpublished|Manuscript|To appear|Submitted|Invited|Edited"
    r"|[\w ]{1,30}(?:[Tt]hesis|[Dd]issertation)\b"
)
"""What says the kind of a report or thesis, where others name a container."""
_HOUSE = re.compile(
    r",[ ](?:[A-Z][\w.&'-]*+[ ]){0,4}(?:Press|Publish\w*|Pub|Verlag|Wiley|Springer|Elsevier|Addison|Prentice|McGraw"
    r"|Academic|Kluwer|Morgan|Macmillan)\b"
)
_ABBREVIATED = re.compile(r"(?=[^.]{1,12}\.)(?:[A-Z][\w/-]{0,14}\.?[ ]?){1,7}")
""""Clim. Dynam.": the name of a journal, cut short."""
_PART = re.compile(r"[ ][IVX]{1,4}\.(?=[ ]|$)")
_IMPRINT = re.compile(r"[ ]\((?:[^():]{2,60}:[ ])?[^():]{2,80},?[ ](?:1[5-9]|20)\d\d\)")
""""(London: Routledge, 1997)" behind the title of a book."""
_AS_BEFORE = re.compile(r"(?:[—–_]{2,20}|-{3,20})[ ]?[.,]?[ ]+")
_EDITION = re.compile(
    r"[ ,](?:\((?:\d{1,3}\w\w|[Rr]ev\w{0,5}\.?|[A-Z][a-z]{1,12})[ ][Ee]d(?:ition|n|s)?\b[^()]{0,20}\)|\[[^\[\]]{3,30}\]"
    r"|\d{1,3}(?:st|nd|rd|th) ed(?:ition|n)?\.?)$"
)
_NO_TITLE = re.compile(
    r"(?:and|&|et|y|und|de)\b|[(\d]*+$|(?:[Pp]ersonal|Unpublished|[Tt]o appear|to be)\b|.{0,40}\beds?\."
)
_TOWN = r"(?!and\b)[A-Z][\w.'-]*+(?:[ ](?!and\b)[A-Z][\w.'-]*+){0,2}"
_PLACE = re.compile(rf"(?:,[ ]|[ ]\((?![\w'-]{{0,9}}[A-Z]{{2}}))(?:{_TOWN})(?:,[ ]{_TOWN})?\)?$")
_SERVER = re.compile(r"\b(?:arXiv|CoRR|bioRxiv|medRxiv)\b", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]{2}")
_LEFT = re.compile(r"[^\W_]{2,}")
_NO_ABBREVIATION = 7
"""Letters from which on a word before a full stop is no abbreviation of a journal's name."""


@dataclass(slots=True)
class Parts:
    """The parts of a reference as they are written; "" and None for what was not read."""

    number: str = ""
    people: str = ""
    names: tuple[Name, ...] = ()
    are_editors: bool = False
    """Whether the people are the editors of the whole book."""
    year: str = ""
    title: str = ""
    container: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    ids: tuple[Identifier, ...] = ()
    left: str = ""
    """What was not read."""
    editors: bool = False
    is_sure: bool = False
    """Whether the people surely end where they do, or the title is quoted."""
    by_commas: bool = False
    """Whether its parts are separated by commas, not by full stops."""

    @property
    def is_whole(self) -> bool:
        """Whether every part that says which paper it is was read, and nothing is left that has letters."""
        has_all = (
            self.is_sure
            and self.title
            and named(self.names)
            and not self.are_editors
            and self.year
            and (self.container or self.ids)
        )
        return bool(has_all) and not _LEFT.search(self.left)


def parts(text: str) -> Parts:
    """The parts of one reference; of a text longer than `LONGEST`, none."""
    found, text = Parts(), clean(text)
    if len(text) > LONGEST:
        return found
    if match := _NUMBER.match(text):
        found.number = next(filter(None, match.groups()), "")
        text = text[match.end() :]
    text = _without_ids(text, found)
    rest = _after_title(_after_people(text, found), found)
    if found.title:
        rest = _after_container(rest, found)
    _details(rest, found)
    return found


def read(text: str) -> tuple[Work, bool]:
    """The work that a reference names, and whether all of it was read."""
    found = parts(text)
    is_server = bool(_SERVER.search(found.container)) or (
        not found.container and any(id.is_preprint for id in found.ids)
    )
    values: dict[str, Any] = {
        "key": found.number,
        "type": _type(found, is_server),
        "title": found.title,
        "author": () if found.are_editors else found.names,
        "editor": found.names if found.are_editors else (),
        "issued": PartialDate(int(found.year)) if found.year else None,
        "container_title": found.container,
        "volume": found.volume,
        "issue": found.issue,
        "page": Pages.parse(found.pages) if found.pages else None,
        **id_fields(found.ids),
    }
    return Work(**values), found.is_whole


def _type(found: Parts, is_server: bool) -> ItemType:
    if is_server:
        return ItemType.ARTICLE
    if _CONFERENCE.search(found.container):
        return ItemType.PAPER_CONFERENCE
    if _JOURNAL.search(found.container):
        return ItemType.ARTICLE_JOURNAL
    return ItemType.CHAPTER if found.editors else ItemType.DOCUMENT


def _without_ids(text: str, found: Parts) -> str:
    """The text without identifiers and addresses."""
    ids: list[Identifier] = []
    for match in _LINK.finditer(text):
        try:
            ids.append(identify(match[0].rstrip(".,;)")))
        except BadIdentifier:
            continue
    found.ids = tuple(dict.fromkeys(ids))
    return " ".join(_LINK.sub(" ", text).split())


def _after_people(text: str, found: Parts) -> str:
    """What stands behind the people and the date beside them."""
    if same := _AS_BEFORE.match(text):
        # Who they are stands in the reference before: title and the rest are read all the same.
        found.people, text = same[0].strip(" .,"), text[same.end() :]
        if date := _BEHIND.match(text):
            found.year, text = _year(date[0]), text[date.end() :]
        return text
    who = people.read(text)
    if who is None:
        return text
    found.people, found.names, found.are_editors = text[: who.end].strip(), who.names, who.are_editors
    found.is_sure, rest = who.is_sure, text[who.end :]
    found.by_commas = rest[:1] in (",", ";") or (who.are_editors and text[who.end - 1] == ",")
    if date := _BEHIND.match(rest):
        found.year, found.is_sure = _year(date[0]), True
        found.by_commas = date[0].rstrip()[-1:] != "."
        return rest[date.end() :]
    return rest


def _year(text: str) -> str:
    match = re.search(r"(?:1[5-9]|20)\d\d", text)
    return match[0] if match else ""


def _after_title(text: str, found: Parts) -> str:
    """What stands behind the title: a quotation, a sentence, or what one comma ends."""
    start = text.lstrip(" .,:;")
    if start[:1] in _QUOTES:
        end = _quotation(start)
        if end:
            found.title, found.is_sure = start[1:end].strip(" ,.;"), True
            return start[end + 1 :]
        return start
    if not found.people:
        return start
    end = _comma_title(start) if found.by_commas else _sentence(start)
    title = _EDITION.sub("", start[:end].rstrip(" .,;"))
    if house := _HOUSE.search(title):
        title, end = title[: house.start()], house.start()
    if _NO_TITLE.match(title):
        return start
    found.title = title.strip(" ,.;")
    return start[end:]


def _quotation(text: str) -> int:
    """Where the quotation that a text begins with is closed, 0 where it is not; an apostrophe closes none."""
    closing = _QUOTES[text[0]]
    for place, sign in enumerate(text):
        if place and sign in closing and not text[place + 1 : place + 2].isalpha():
            return place
    return 0


def _comma_title(text: str) -> int:
    """Where a title ends that stands between commas; 0 where it cannot be told."""
    detail = _DETAIL.search(text)
    stop = detail.start() if detail else len(text)
    if named := _COMMA_IN.search(text, 0, stop):
        return named.start()
    imprint = _IMPRINT.search(text)
    if imprint and not _CUE.search(text, 0, imprint.start()):
        return imprint.start()
    sentence = _sentence(text) or len(text)
    commas = [match.start() for match in re.finditer(r",[ ]", text[:stop])]
    for place, after in pairwise([*commas, stop]):
        if place < sentence and (_CUE.search(text, place, after) or _HOUSE.match(text, place)):
            return place
        if after == stop and detail and _ABBREVIATED.fullmatch(text[place + 2 : stop]):
            return place
    if sentence < (commas[0] if commas else stop) or _LETTERS.search(text, sentence, stop):
        return sentence
    return commas[0] if len(commas) == 1 and detail else 0


def _sentence(text: str) -> int:
    """Where the first sentence of a text ends, behind its full stop; 0 for none."""
    for match in _ENDING.finditer(text):
        if match[0][0] == "." and _NO_END.search(text, max(0, match.start() - 12), match.start()):
            continue
        behind = text[match.end() :].lstrip()
        if behind[:1].islower() and not _IN.match(behind):
            continue
        number = _PART.match(text, match.end())
        return number.end() if number else match.end()
    return 0


def _after_container(text: str, found: Parts) -> str:
    """What stands behind the name of what it appeared in."""
    start = text.lstrip(' .,:;”"')
    inside = _IN.match(start)
    if inside:
        start = start[inside.end() :]
        if edited := _EDITED.match(start):
            found.editors, start = True, start[edited.end() :]
    detail = _DETAIL.search(start)
    stop = detail.start() if detail else len(start)
    name = start[:stop]
    end = _named_until(name)
    name = name[:end].strip(" .,:;([")
    if _CONFERENCE.search(name) and (place := _PLACE.search(name)) and _CONFERENCE.search(name, 0, place.start()):
        name = name[: place.start()]
    numbered = end == stop and _is_numbered(start[stop:])
    if not _LETTERS.search(name) or len(name) > 300 or _GENRE.match(name):
        return text
    if inside or _CUE.search(name) or (numbered and ": " not in name and len(name.split()) <= 12):
        found.container = name
        return start[end:]
    return text


def _is_numbered(text: str) -> bool:
    """Whether details begin with more than a year."""
    details = text.lstrip(" .,:;([")
    year = _ALONE.match(details)
    return bool(re.search(r"\d", details[year.end() :] if year else details))


def _named_until(text: str) -> int:
    """Where a container's name ends before its details: at the end of its sentence; abbreviations end none."""
    for match in re.finditer(r"\.[ ]|,[ ](?=(?:ed\.|eds\.|edited by|volume|vol|series|held)\b)", text):
        word = re.search(r"[^\W\d_]*$", text[: match.start()])
        if (
            match[0][0] == "."
            and word
            and (len(word[0]) < _NO_ABBREVIATION)
            and not re.match(r"[^:.,]+:[ ]", text[match.end() :])
        ):
            continue
        return match.start()
    return len(text)


def _details(text: str, found: Parts) -> None:
    """Year, volume, issue and pages, wherever they stand behind the container."""
    pages = _pages(text)
    if pages:
        found.pages = (pages["named"] or pages["range"] or "").rstrip(".")
        text = text[: pages.start()] + " ; " + text[pages.end() :]
    if not found.year:
        alone = list(_ALONE.finditer(text))
        bracketed = _BRACKETED.search(text)
        if bracketed or alone:
            where = bracketed or alone[-1]
            found.year = _year(where[0])
            text = text[: where.start()] + " , " + text[where.end() :]
    if volume := _VOLUME.search(text):
        found.volume = volume["named"]
        text = text[: volume.start()] + " " + text[volume.end() :]
    if issue := _ISSUE.search(text):
        found.issue = issue[1]
        text = text[: issue.start()] + " " + text[issue.end() :]
    if found.container and not found.volume:
        text = _bare(text, found)
    found.left = text


def _bare(text: str, found: Parts) -> str:
    """The text without the numbers of volume, issue and page that nothing names."""
    text = text.lstrip(" ,;.:([)]")
    match = _NUMBERED.match(text)
    if not match:
        return text
    found.volume, found.issue = match[1], found.issue or match[2] or match[3] or ""
    text = text[match.end() :]
    single = _SINGLE.match(re.sub(r"^[ ,;]+", ", ", text))
    if single and not found.pages and not found.issue:
        found.pages = single[1]
        text = text.replace(single[1], " ", 1)
    return text


def _pages(text: str) -> re.Match[str] | None:
    """The pages: those that are named so, else the last range that is none of years."""
    matches = list(_PAGES.finditer(text))
    named = [match for match in matches if match["named"]]
    if named:
        return named[0]
    ranges = [
        match
        for match in matches
        if not re.fullmatch(r"(?:1[89]|20)\d\d[ ]?[-–—−]+[ ]?(?:(?:1[89]|20)\d\d|\d\d)", match["range"])
    ]
    return ranges[-1] if ranges else None
