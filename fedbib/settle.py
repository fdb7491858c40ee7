"""A record becomes a work: per field the pin, else the best claim about the one version of the paper that is cited.

The rules, in order:

1. The version is the publication when any claim tells of one (or a pin sets a type other than a preprint's), else the
   preprint. Where no claim tells, an arXiv id and no id of a publication make a preprint. Fields come from claims about
   that version only; where none of them has a title or an author, any other claim may give one, and where none has a
   year, a claim that names no version.
2. Per field a pin wins; then the sources in the order of `Rules.ranks`, of two claims of one source the
   first that has the field, and of two imports the one that says most, those read from a preview of the Anthology last.
   Of imports' titles that wins which most of them give. Year and month of a preprint are those of its arXiv id where
   only imports tell them.
3. The register of venues gives the venue's label and type, and title, series and publisher where no claim of a source
   does that stands before it in `Rules.ranks`, and more than one entry's own word tells of the publication. What nobody
   vouches for comes last everywhere.
4. Identifiers: people's, then those of the claims. The arXiv id stays with the published work; a publication's
   identifiers stay off a work that is settled from preprint data.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any

from fedbib.model.claim import IMPORT, Claim, Version
from fedbib.model.date import PartialDate
from fedbib.model.identifier import Identifier, Names, Scheme
from fedbib.model.name import Name, fullness
from fedbib.model.quick import quick
from fedbib.model.record import Record
from fedbib.model.venue import Venue
from fedbib.model.work import FACETS, FIELDS, ID_FIELDS, NAME_FIELDS, ItemType, Status, Work, told_of
from fedbib.text.capitals import pinned, protect
from fedbib.text.latex import untexted
from fedbib.text.markup import plain
from fedbib.text.names import split
from fedbib.text.regex import regex
from fedbib.words.publication import honest, version_of
from fedbib.words.rules import REGISTER, Rules
from fedbib.words.venues import Register

_OF_ANY_VERSION = frozenset({"arxiv", "arxiv_class"})
_OF_LAST_RESORT: dict[str, frozenset[Version]] = {
    "title": frozenset(Version),
    "author": frozenset(Version),
    "issued": frozenset({Version.UNKNOWN}),
    "openreview": frozenset({Version.UNKNOWN}),
}
_ARXIV_MONTH = regex(r"(?:[a-z-]+/)?(\d\d)(0[1-9]|1[0-2])", re.ASCII)
_PREVIEW = regex(r"https?://preview\.aclanthology\.org/")
"""Branches of the Anthology's site, whose pages may be of any state: https://github.com/acl-org/acl-anthology/wiki."""
_APART = FACETS | {"key", "type", "status", "other_ids"}
_FIELDS = tuple(field for field in FIELDS if field not in _APART)
_told = told_of(_FIELDS)
_LAST = 1_000_000
"""The place of a source that the rules do not know."""
_TYPES = {"journal": ItemType.ARTICLE_JOURNAL, "preprint": ItemType.ARTICLE}

PIN, PEOPLE = "pin", "record"


@quick
@dataclass(frozen=True, slots=True)
class Voice:
    """One answer to "what is this field?" and who gives it."""

    source: str
    """A source's name, `import`, `pin`, `record` (people's ids) or `venue register`."""
    value: Any
    origin: str = ""


@quick
@dataclass(frozen=True, slots=True)
class Reason:
    """Why a field has its value: the voice that won, and those that said something else."""

    field: str
    """Of a work; for the identifiers in `other_ids` the name of their scheme."""
    chosen: Voice
    others: tuple[Voice, ...] = ()


def version(record: Record) -> Version:
    """Which version of the paper the record is settled from."""
    return _version(record, _trusted(record))


_Trusted = Sequence[tuple[Claim, Version]]
"""Claims that take part, each with what its words amount to (`honest`), and of which version they speak."""


def _version(record: Record, trusted: _Trusted) -> Version:
    if record.pin.type is not ItemType.DOCUMENT:
        return Version.PREPRINT if record.pin.is_preprint else Version.PUBLISHED
    said = {of for claim, of in trusted if not claim.alone} or {of for _, of in trusted}
    known = next((known for known in (Version.PUBLISHED, Version.PREPRINT) if known in said), Version.UNKNOWN)
    return Version.PREPRINT if known is Version.UNKNOWN and _only_preprint(record, trusted) else known


def _trusted(record: Record) -> _Trusted:
    claims = (claim for claim in record.claims if not claim.is_doubted)
    told = (claim if (says := honest(claim.says)) is claim.says else replace(claim, says=says) for claim in claims)
    return [(claim, version_of(claim)) for claim in told]


def _only_preprint(record: Record, trusted: _Trusted) -> bool:
    named = {id.scheme.names for id in (*record.ids, *(id for claim, _ in trusted for id in claim.says.ids))}
    return Names.PREPRINT in named and Names.PUBLICATION not in named


def settle(record: Record, rules: Rules) -> Work:
    """The work that every output shows for a record."""
    return settle_and_explain(record, rules)[0]


def settle_and_explain(record: Record, rules: Rules) -> tuple[Work, Callable[[], tuple[Reason, ...]]]:
    """What `settle` gives and, when it is called, what `explain` does: the voices are weighed once for both."""
    chosen = _chosen(record, rules)
    values = {field: _polished(field, voice.source, voice.value, rules) for field, voice in chosen.items()}
    return _work(record, dict(values)), lambda: _reasons(record, chosen, values, rules)


def _work(record: Record, values: dict[str, Any]) -> Work:
    others = _popped(values)
    return Work(
        **values,
        other_ids=others,
        key=record.key,
        topics=record.topics,
        datasets=record.datasets,
        models=record.models,
        comment=record.comment,
        tldr=record.tldr,
        links=record.links,
        aliases=_aliases(record),
    )


_NO_PIN = Work()
_OUTLINE = ("title", "author", *ID_FIELDS.values())


def outline(record: Record, rules: Rules) -> Work:
    """Of the work that `settle` makes the title, without braces for its capitals, the authors and the identifiers.

    Where there is but one claim, what that says, for these are looked at again and again.
    """
    trusted = _trusted(record)
    cited = _version(record, trusted)
    if len(trusted) == 1 and record.pin == _NO_PIN and trusted[0][1] is cited:
        says = trusted[0][0].says
        if says.ids == record.ids:
            return replace(says, title=untexted(says.title), author=_split(says.author)) if _is_rough(says) else says
    chosen = _voices(record, _Ranked(trusted, cited, rules), cited, _OUTLINE)
    values = {field: voice.value for field, voice in chosen.items()}
    others = _popped(values)
    if (title := chosen.get("title")) and title.source != PIN:
        values["title"] = untexted(title.value)
    values["author"] = _split(values.get("author", ()))
    return Work(**values, other_ids=others)


def _is_rough(says: Work) -> bool:
    return "$" in says.title or any(name.unsplit for name in says.author)


def _popped(values: dict[str, Any]) -> tuple[Identifier, ...]:
    """The identifiers that have no field, taken out of the values."""
    others = [Identifier(field, values.pop(field)) for field in tuple(values) if isinstance(field, Scheme)]
    return tuple(sorted(others, key=lambda id: id.scheme.place))


def _aliases(record: Record) -> tuple[str, ...]:
    """Every other key by which the paper may be cited: people's, then those of the entries it was imported from."""
    keys = (key for claim in record.claims if not claim.is_doubted for key in claim.keys)
    return tuple(dict.fromkeys((*record.aliases, *keys)))


def explain(record: Record, rules: Rules) -> tuple[Reason, ...]:
    """Per bibliographic field that is set, who said so and who said something else."""
    return settle_and_explain(record, rules)[1]()


def _reasons(
    record: Record, chosen: Mapping[str, Voice], values: Mapping[str, Any], rules: Rules
) -> tuple[Reason, ...]:
    reasons = []
    for field, voice in chosen.items():
        value, unknown = values[field], FIELDS.get(field, "")
        others = []
        for claim in record.claims:
            said = _said(claim.says, field)
            if said == unknown or (said == voice.value and voice.source != PIN != claim.source):
                continue
            if (said := _polished(field, claim.source, said, rules)) not in (unknown, value) and not _is_less(
                said, value
            ):
                others.append(Voice(claim.source, said, claim.origin))
        reasons.append(Reason(field, Voice(voice.source, value, voice.origin), tuple(others)))
    return tuple(reasons)


def _is_less(said: object, value: object) -> bool:
    """Whether a date is the same as another as far as it goes."""
    return isinstance(said, PartialDate) and isinstance(value, PartialDate) and said.holds(value)


def _chosen(record: Record, rules: Rules) -> dict[str, Voice]:
    """The voice that wins, for each field that is known."""
    trusted = _trusted(record)
    cited = _version(record, trusted)
    ranked = _Ranked(trusted, cited, rules)
    ours = [claim for claim, of in trusted if of is cited]
    chosen = {"type": _type(record, ranked), "status": _status(record, cited, ours)}
    chosen |= _voices(record, ranked, cited, _FIELDS)
    if cited is Version.PREPRINT and "arxiv" in chosen:
        _add_month(chosen)
    told = [claim.says for claim in ours]
    _add_venue(chosen, cited, rules, told, is_confirmed=_is_confirmed(record, cited, ours))
    return chosen


def _voices(record: Record, ranked: _Ranked, cited: Version, fields: Iterable[str]) -> dict[str, Voice]:
    """The voices for some fields, and for the identifiers that have none."""
    chosen: dict[str, Voice] = {}
    stated = set[str]().union(*map(_told, (record.pin, *ranked.says)))
    for field in fields:
        if field not in stated:
            continue
        if (pinned := getattr(record.pin, field)) != FIELDS[field]:
            chosen[field] = Voice(PIN, pinned)
        elif voice := ranked.first(field):
            chosen[field] = voice
    for scheme in _others(record):
        if pinned := _said(record.pin, scheme):
            chosen[scheme] = Voice(PIN, pinned)
        elif voice := ranked.first(scheme, _said):
            chosen[scheme] = voice
    longer = iter(record.longer)
    for id in record.ids:
        if id.is_short and (long := next(longer, None)):
            id = long
        if cited is Version.PUBLISHED or id.scheme.names is not Names.PUBLICATION:
            chosen[ID_FIELDS.get(id.scheme, id.scheme)] = Voice(PEOPLE, id.value)
    return chosen


def _others(record: Record) -> Iterable[Scheme]:
    """The schemes without a field of their own of which a pin or a claim has an identifier, in their order."""
    works = (record.pin, *(claim.says for claim in record.claims))
    found = {id.scheme for work in works if work.other_ids for id in work.other_ids}
    return sorted(found, key=lambda scheme: scheme.place)


def _said(says: Work, field: str) -> Any:
    """What a work says of a field, or its identifier of a scheme without one."""
    if field in FIELDS:
        return getattr(says, field)
    return next((id.value for id in says.other_ids if id.scheme == field), "")


def _add_month(chosen: dict[str, Voice]) -> None:
    """An arXiv id begins with year and month: lists often give the year in which they were written instead."""
    said = chosen.get("issued")
    match = _ARXIV_MONTH.match(chosen["arxiv"].value)
    if match and (said is None or said.source == IMPORT):
        year = 1900 + int(match[1]) if int(match[1]) > 90 else 2000 + int(match[1])
        if said is None or said.value.year != year or said.value.month is None:
            chosen["issued"] = Voice(chosen["arxiv"].source, PartialDate(year, int(match[2])))


class _Ranked:
    """The claims of a record, asked field by field."""

    def __init__(self, trusted: _Trusted, cited: Version, rules: Rules) -> None:
        self._ranks = rules.ranks
        self._indexes = rules.indexes
        self._versions = trusted
        self._cited = tuple(claim for claim, said in trusted if said is cited)
        self._rest = tuple((claim, said) for claim, said in trusted if said is not cited)
        self._allowed = (cited, Version.UNKNOWN)
        self.says = [claim.says for claim, _ in trusted]

    @cached_property
    def _titles(self) -> Counter[str]:
        return _agreed(claim for claim, said in self._versions if said in self._allowed)

    @cached_property
    def _full(self) -> dict[int, int]:
        return {id(claim): _fullness(claim) for claim, _ in self._versions}

    def first(self, field: str, said: Callable[[Work, str], Any] = getattr) -> Voice | None:
        """The best claim's voice on a field; `said` reads it from what a claim says."""
        voice = self._best(field, self._cited, said)
        if voice or not self._rest:
            return voice
        if field in _OF_ANY_VERSION or (isinstance(field, Scheme) and field.is_preprint):
            return self._best(field, [claim for claim, _ in self._rest], said)
        if not (allowed := _OF_LAST_RESORT.get(field)):
            return None
        rest = [claim for claim, of in self._rest if of in allowed]
        if field == "author":  # those of an index may be abbreviated
            rest = [claim for claim in rest if claim.source not in self._indexes]
        return self._best(field, rest, said)

    def _best(self, field: str, claims: Sequence[Claim], said: Callable[[Work, str], Any]) -> Voice | None:
        unknown = FIELDS.get(field, "")
        found = [claim for claim in claims if said(claim.says, field) != unknown]
        if len(found) > 1:
            ranks = self._ranks[field if field in FIELDS else "other_ids"]
            # Whole lists of people come before cut ones, names in parts before names as displayed, whoever gives them;
            # of imports the one that names more of them does, and then the fuller.
            is_people = field in NAME_FIELDS
            found.sort(
                key=lambda claim: (
                    _is_cut(said(claim.says, field)),
                    _is_unsplit(said(claim.says, field)),
                    ranks.get(claim.source, _LAST),
                    claim.alone,
                    *_unnamed(said(claim.says, field), is_people and claim.source == IMPORT),
                    -self._titles[_words(claim)] if field == "title" and claim.source == IMPORT else 0,
                    -self._full[id(claim)],
                )
            )
        best = _finest(found) if field == "issued" and found else next(iter(found), None)
        return Voice(best.source, said(best.says, field), best.origin) if best else None


def _finest(claims: list[Claim]) -> Claim:
    """The first claim, or where it has a year alone the first that knows the month of that year."""
    first = claims[0].says.issued
    if first is None or first.month:
        return claims[0]
    said = ((claim, claim.says.issued) for claim in claims)
    return next((claim for claim, date in said if date and date.year == first.year and date.month), claims[0])


def _agreed(claims: Iterable[Claim]) -> Counter[str]:
    """How many imports give each title, letters and digits alone."""
    return Counter(_words(claim) for claim in claims if claim.source == IMPORT and claim.says.title and not claim.alone)


def _words(claim: Claim) -> str:
    return _letters(claim.says.title)


@lru_cache(maxsize=64)  # a record's claims have the same title
def _letters(title: str) -> str:
    return "".join([char for char in plain(title).casefold() if char.isalnum()])


def _fullness(claim: Claim) -> int:
    """How many fields an import states, 0 for a preview; of a source's claims the first is as good as the next."""
    if claim.source != IMPORT or _PREVIEW.match(claim.origin):
        return 0
    return len(_told(claim.says))


def _is_cut(value: object) -> bool:
    return isinstance(value, tuple) and any(name.is_others for name in value)


def _unnamed(value: Sequence[Name], counts: bool) -> tuple[int, int]:
    """How many people and how much of their given names a list has, the fullest least; where it `counts`."""
    _, people, given = fullness(value) if counts else (True, 0, 0)
    return -people, -given


def _is_unsplit(value: object) -> bool:
    return isinstance(value, tuple) and any(name.unsplit for name in value)


def _type(record: Record, ranked: _Ranked) -> Voice:
    if record.pin.type is not ItemType.DOCUMENT:
        return Voice(PIN, record.pin.type)
    return ranked.first("type") or Voice(PEOPLE, ItemType.DOCUMENT)


def _status(record: Record, cited: Version, ours: Sequence[Claim]) -> Voice:
    if record.pin.status is not Status.UNRESOLVED:
        return Voice(PIN, record.pin.status)
    bad = Status.WITHDRAWN if cited is Version.PREPRINT else Status.RETRACTED
    for claim in ours:
        if claim.says.status is bad:
            return Voice(claim.source, bad, claim.origin)
    by_version = {Version.PUBLISHED: Status.PUBLISHED, Version.PREPRINT: Status.PREPRINT}
    said = next(iter(ours), None)
    return Voice(said.source if said else PEOPLE, by_version.get(cited, Status.UNRESOLVED), said.origin if said else "")


def _is_confirmed(record: Record, cited: Version, claims: Sequence[Claim]) -> bool:
    """Whether more than one entry's own word tells of the version that is cited."""
    if cited is not Version.PUBLISHED or record.pin.type is not ItemType.DOCUMENT:
        return True
    ids = (*record.ids, *(id for claim in claims for id in claim.says.ids))
    # A DOI tells nothing of the venue that an entry gives with it.
    if any(not id.is_preprint and id.scheme is not Scheme.DOI for id in ids):
        return True
    return any(not claim.alone for claim in claims) or len({claim.origin for claim in claims}) > 1


def _add_venue(
    chosen: dict[str, Voice], cited: Version, rules: Rules, told: Iterable[Work], *, is_confirmed: bool
) -> None:
    """Fill in what the register knows of the venue that the claims name; of hearsay no more than its label.

    A name that the register does not know takes no label away that another claim's name has: `told` are all of them.
    """
    if cited is Version.UNKNOWN:
        return
    register = rules.register
    venue = (
        _venue(chosen, register) or _any_venue(told, register)
        if cited is Version.PUBLISHED
        else register.find("arXiv" if "arxiv" in chosen else "")
    )
    if not venue:
        return
    if "container_title_short" not in chosen or chosen["container_title_short"].source != PIN:
        chosen["container_title_short"] = Voice(REGISTER, venue.short)
    if chosen["type"].value is ItemType.DOCUMENT:
        chosen["type"] = Voice(REGISTER, _TYPES.get(venue.kind, ItemType.PAPER_CONFERENCE))
    if cited is Version.PUBLISHED and is_confirmed:
        year = chosen["issued"].value.year if "issued" in chosen else 0
        full = venue.full_title(year) if year else ""
        # A list's "NeurIPS workshop" is the label in other letters.
        said = chosen["container_title"].value if "container_title" in chosen else ""
        title = full or (venue.short if said.lower() == venue.short.lower() else "")
        for field, value in (
            ("container_title", title),
            ("publisher", venue.publisher),
            ("collection_title", venue.series),
        ):
            if value and (field not in chosen or _is_weaker(chosen[field], field, rules)):
                chosen[field] = Voice(REGISTER, value)


def _is_weaker(voice: Voice, field: str, rules: Rules) -> bool:
    """Whether the register of venues knows better."""
    ranks = rules.ranks[field]
    return voice.source not in (PIN, PEOPLE) and ranks.get(voice.source, _LAST) > ranks[REGISTER]


def _venue(chosen: Mapping[str, Voice], register: Register) -> Venue | None:
    said = {
        field: chosen[field].value for field in ("acl", "container_title", "container_title_short") if field in chosen
    }
    return register.find(said.get("container_title", ""), said.get("acl", "")) or register.find(
        said.get("container_title_short", "")
    )


def _any_venue(said: Iterable[Work], register: Register) -> Venue | None:
    found = (register.find(work.container_title) or register.find(work.container_title_short) for work in said)
    return next((venue for venue in found if venue), None)


def _split(names: tuple[Name, ...]) -> tuple[Name, ...]:
    return tuple(split(name.unsplit) if name.unsplit else name for name in names)


def _polished(field: str, source: str, value: Any, rules: Rules) -> Any:
    """What a voice says as the outputs show it."""
    match field:
        case "title":
            if source == PIN:
                return pinned(value, rules.capitals)
            return protect(untexted(value), rules.capitals)
        case _ if field in NAME_FIELDS:
            return _split(value)
        case _:
            return value
