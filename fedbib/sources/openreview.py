"""OpenReview: what became of a submission, from its two APIs (https://docs.openreview.net).

Newer venues are in the second (v2), whose values are wrapped, older ones in the first (v1). A submission is a
publication only where its `venueid` says that it was accepted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, urlsplit

from fedbib.model.claim import Hints, State, Submission
from fedbib.model.date import PartialDate
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.name import Name
from fedbib.model.work import ItemType, Work
from fedbib.net.messages import Body, Login, Request
from fedbib.net.origin import is_here
from fedbib.sources import answers
from fedbib.sources.answers import items, table, tables, text
from fedbib.sources.base import Answer, Role, Search, Source
from fedbib.text.markup import tidied
from fedbib.text.plain import clean
from fedbib.text.regex import regex

_BATCH = 100
_JSON = "application/json"
_TMLR = "Transactions on Machine Learning Research"
_VENUE = regex(r"(?P<label>\S.*?) (?P<year>(?:19|20)\d\d)(?P<rest>(?: .*)?)")
_TRACK = regex(r"(?:^|_)Track(?:$|_)")
_YEAR = regex(r"(?:19|20)\d\d")
_PRESENTED = regex(
    r"(?<![\s,:-])(?:[\s,:-]+\(?(?:poster|spotlight|oral|main|talk|paper(?! track)|regular|notable)\b.*)$",
    re.IGNORECASE,
)
_STATES = (
    (regex(r"withdr[ae]w", re.IGNORECASE), State.WITHDRAWN),
    (regex(r"reject", re.IGNORECASE), State.REJECTED),
    (regex(r"retract", re.IGNORECASE), State.TAKEN_BACK),
    (regex(r"submi|review|pending|blind|\bARR\b", re.IGNORECASE), State.SUBMITTED),
)


def requests(ids: Sequence[Identifier], bases: Mapping[str, str]) -> Sequence[Request]:
    """Up to 100 ids at a time, of both APIs: an id does not tell in which of them its submission is."""
    made = []
    for api in ("v2", "v1"):
        for run in answers.batches(ids, _BATCH):
            listed = ",".join(quote(id.value, safe="") for id in run)
            url = f"{bases[api]}/notes?ids={listed}"
            made.append(Request(url, run, accept=_JSON, expects=(_JSON,), login=login(bases, api)))
    return made


def login(bases: Mapping[str, str], api: str) -> Login | None:
    """Anonymous visitors are shown a page that asks for a browser. One token is good at both APIs; it and the password
    go to the service itself only, never to another address on the net.
    """
    asked = {urlsplit(bases[name]) for name in ("v2", api)}
    own = {urlsplit(url).netloc for url in SOURCE.bases.values()}
    if all(where.netloc in own or is_here(where.hostname or "") for where in asked):
        return Login(f"{bases['v2']}/login", "OPENREVIEW_USERNAME", "OPENREVIEW_PASSWORD")
    return None


def parse(body: Body, request: Request) -> Mapping[Identifier, Answer]:
    """What one of the two APIs does not have may be in the other: not found is what neither has."""
    return answers.read(SOURCE.name, body, request, found)


def found(content: bytes) -> Iterator[answers.Found]:
    """The submissions in an answer to `/notes` or `/notes/search`, of either API. Raises Wrong."""
    data = table(answers.json_value(content))
    if not isinstance(data.get("notes"), list):
        raise answers.Wrong("contains no notes of OpenReview")
    for note in tables(data["notes"]):
        forum = text(note.get("forum")) or text(note.get("id"))
        id = answers.identifier(Scheme.OPENREVIEW, forum)
        # Reviews and comments are notes of the same forum; what has a ddate is deleted.
        if id and text(note.get("id")) == forum and not text(note.get("ddate")):
            yield (id,), *_said(note, id)
    answers.whole(data.get("count"), len(items(data["notes"])))


def _said(note: Mapping[str, object], id: Identifier) -> tuple[Work, Hints]:
    content = {name: _value(value) for name, value in table(note.get("content")).items()}
    decision = Decision.of(text(content.get("venueid")), text(content.get("venue")), _day(note.get("pdate")))
    work = Work(
        type=decision.type,
        title=answers.undotted(clean(tidied(answers.from_tex(text(content.get("title")))))),
        author=_people(content.get("authors")),
        issued=decision.issued,
        container_title=decision.title,
        container_title_short=decision.label,
        openreview=id.value,
    )
    return work, Hints(submission=decision.submission)


def _value(value: object) -> object:
    """A value of v2 without its wrapping; v1 has it bare."""
    return value.get("value") if isinstance(value, dict) and "value" in value else value


def _people(value: object) -> tuple[Name, ...]:
    """The names as displayed; ids of authors, which may be mail addresses, are not read."""
    said = (text(table(who).get("fullname")) if isinstance(who, dict) else text(who) for who in items(value))
    return tuple(Name(unsplit=name) for name in said if name and "@" not in name and not name.startswith("Anonymous"))


def _day(value: object) -> PartialDate | None:
    """The day of a time in milliseconds since 1970."""
    written = text(value)
    if not re.fullmatch(r"[0-9]{10,14}", written):
        return None
    day = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=int(written))
    return answers.known(PartialDate(day.year, day.month, day.day))


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of a submission; without a type and venue while it is no publication."""

    type: ItemType = ItemType.DOCUMENT
    label: str = ""
    title: str = ""
    issued: PartialDate | None = None
    submission: Submission | None = None

    @classmethod
    def of(cls, venueid: str, venue: str, day: PartialDate | None = None) -> Decision:
        """By the shape of the `venueid` and the year in it (`ICLR.cc/2025/Conference`, `..._Track`, `Workshop/...`, a
        journal); `venue`, a text for display, gives the label and can only speak against.
        """
        if not venueid:
            return cls()
        parts = venueid.split("/")
        is_workshop = "Workshop" in parts[:-1]
        named = parts[-1] if not is_workshop or parts[-2] != "Workshop" else ""
        for pattern, state in _STATES:
            if pattern.search(named) or (pattern.search(venue) and not is_workshop) or pattern.match(venue):
                place = venueid.removesuffix(f"/{named}") if pattern.search(named) else venueid
                return cls(submission=Submission(state, place))
        undecided = cls(submission=Submission(State.UNDECIDED, venueid))
        if "ARR" in parts or parts[0] == "dblp.org":
            return undecided
        accepted = Submission(State.ACCEPTED, venueid)
        if venueid == "TMLR":
            return cls(ItemType.ARTICLE_JOURNAL, "TMLR", _TMLR, day, accepted)
        match = _VENUE.fullmatch(venue)
        years = [part for part in parts if _YEAR.fullmatch(part)]
        if not years or (match and match["year"] not in years):
            return undecided
        if not is_workshop and parts[-1] != "Conference" and not any(_TRACK.search(part) for part in parts):
            return undecided
        shown = f"{match['label']}{match['rest']}" if match else venue
        series = re.sub(r"\.\w+$", "", parts[parts.index(years[0]) - 1]) if parts[0] != years[0] else ""
        label = _workshop(shown or named or series) if is_workshop else _label(match, series)
        return cls(ItemType.PAPER_CONFERENCE, label, "", PartialDate(int(years[0])), accepted)


def _label(match: re.Match[str] | None, series: str) -> str:
    """ "ICLR" of "ICLR 2025 Poster", "Findings of EMNLP"; without a text what stands before the year in the id."""
    if match is None:
        return series
    name, rest = match["label"], match["rest"]
    if rest.strip().casefold().startswith("findings"):
        return f"Findings of {name}"
    return _PRESENTED.sub("", f"{name}{rest}").strip()


def _workshop(shown: str) -> str:
    """ "FL@FM-NeurIPS Workshop"."""
    whole = _PRESENTED.sub("", shown).strip()
    return whole if "workshop" in whole.casefold() else f"{whole} Workshop"


SOURCE = Source(
    name="openreview",
    title="OpenReview",
    role=Role.REGISTRY,
    schemes=(Scheme.OPENREVIEW,),
    keeps={Scheme.OPENREVIEW: ""},
    rank=50,
    first=True,
    optional=True,
    saved=True,
    bases={"v2": "https://api2.openreview.net", "v1": "https://api.openreview.net"},
    pace=1.0,  # not published
    way="log in: set OPENREVIEW_USERNAME and OPENREVIEW_PASSWORD (an account is free)",
    search=Search("v2", "/notes/search?term={}&content=title&limit=10", answers.works(found), login=login),
    requests=requests,
    parse=parse,
)
