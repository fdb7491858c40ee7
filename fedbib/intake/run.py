"""A file of other people's becomes decisions, rows and findings; nothing is written here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from operator import attrgetter
from typing import Any

from fedbib.cores import ahead
from fedbib.ids.landing import tagged
from fedbib.intake.account import Entry, Fate, account
from fedbib.intake.drafts import SAID, Decision, Outcome, decide, doubted, said_of
from fedbib.intake.known import Known
from fedbib.intake.report import REFUSED, SKIPPED, Row, row
from fedbib.intake.shared import without_shared
from fedbib.model.identifier import Identifier
from fedbib.model.problem import Problem, Severity
from fedbib.model.reading import Reading, Value
from fedbib.model.record import Record
from fedbib.model.work import FIELDS, Work
from fedbib.text.plain import clean
from fedbib.words.private import is_private
from fedbib.words.vocabulary import Vocabularies, named

HEARSAY = frozenset({"bibtex", "biblatex", "csl-json", "ris"})
"""Formats of which each entry speaks for itself alone; a list is its keeper's word."""
OURS = "readme"
"""The format of our own list, in which people write of papers that have records."""
_LONG = 20
"""From so many entries on, a file of which not one has an identifier is not taken on anybody's word by itself."""


_SHOWN = 3
"""Lines of a file that a message names."""


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms a person imports."""

    accept: bool | None = None
    """Whether he vouches for entries without an identifier; None: for those of the first file of a collection."""
    tags: bool = False
    """Whether keywords are topics, also those that the settings do not know."""
    lines: frozenset[int] = frozenset()
    """The lines of entries that are new papers where they are unsure."""
    all_unsure: bool = False
    """Whether all of them are."""


@dataclass(frozen=True)
class Taken:
    """What became of a file."""

    decisions: tuple[Decision, ...]
    before: Mapping[str, Record]
    """The records as they were, by key."""
    problems: tuple[Problem, ...]
    """What a person should know beside the rows."""
    each_row: Iterator[Row]
    """As the rows become known, which takes a while; they are had once."""

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """By line."""
        return tuple(sorted(self.each_row, key=lambda row: row.line))


def take(reading: Reading, file: str, origin: str, known: Known, terms: Terms, words: Vocabularies) -> Taken:
    """What becomes of the entries of a file; `known` learns them."""
    before = dict(known.records)
    hearsay = reading.format in HEARSAY
    works = tuple(map(_untagged_title, reading.works))
    works = tuple(map(_public, works)) if hearsay else works
    works, shared = without_shared(works) if hearsay else (works, {})
    works = _untagged(works, words) if hearsay and not terms.tags else works
    vouched = terms.accept if terms.accept is not None else not before and not _is_improbable(works)
    places = frozenset(place for place, line in enumerate(reading.lines) if terms.all_unsure or line in terms.lines)
    unsaid = ahead(_unsaid, [*zip(works, reading.values, strict=True)] if reading.values else [])
    decisions = decide(works, known, clean(origin), alone=hearsay and not vouched, take=places)
    decided = _placed([*zip(decisions, reading.lines, strict=True)], file)
    lefts = map(_left, decisions, works, reading.values, unsaid)
    decided += [(doubted(doubt, known), doubt.line) for doubt in reading.doubts]
    problems = [*_problems(reading, decided, file), *_beside(reading, decided, known, file, words)]
    problems += [_on_many(id, [reading.lines[place] for place in places], file) for id, places in shared.items()]
    return Taken(tuple(decisions), before, tuple(problems), _rows(decided, lefts, reading, file))


def _placed(decided: Sequence[tuple[Decision, int]], file: str) -> list[tuple[Decision, int]]:
    """The decisions; one that is unsure about the record of another entry of the file says where that stands."""
    lines: dict[str, int] = {}
    for decision, line in decided:
        if decision.outcome is not Outcome.UNSURE:
            lines.setdefault(decision.record.key, line)
    return [(_beside_entry(decision, file, lines), line) for decision, line in decided]


def _beside_entry(decision: Decision, file: str, lines: Mapping[str, int]) -> Decision:
    if decision.outcome is not Outcome.UNSURE or not (line := lines.get(decision.record.key)):
        return decision
    where = f"; {decision.record.key} is at {file}:{line}"
    conflicts = tuple(replace(conflict, message=conflict.message + where) for conflict in decision.conflicts)
    return replace(decision, reason=decision.reason + where, conflicts=conflicts)


def _untagged_title(work: Work) -> Work:
    """The work with the arXiv id that stands before its title."""
    id, title = tagged(work.title)
    return replace(work, title=title, arxiv=work.arxiv or id.value) if id else work


_values = attrgetter(*FIELDS)


def _public(work: Work) -> Work:
    """The work without addresses that are nobody else's business: of a disk, of this machine, with a password."""
    links = tuple(link for link in work.links if not is_private(link.label, link.url))
    said = zip(FIELDS, _values(work), strict=True)
    private: dict[str, Any] = {
        field: "" for field, value in said if value and isinstance(value, str) and is_private(field.lower(), value)
    }
    if work.page and is_private("pages", work.page.text):
        private["page"] = None
    return replace(work, links=links, **private) if private or links != work.links else work


def _untagged(works: Sequence[Work], words: Vocabularies) -> tuple[Work, ...]:
    """The works with those of their keywords that are topics of the collection; a person's tags are his own."""
    topics = words.get("topics")
    if topics is None:
        return tuple(replace(work, topics=()) if work.topics else work for work in works)
    terms = (tuple(tag for tag in work.topics if topics.term(tag)) for work in works)
    return tuple(
        replace(work, topics=tags) if tags != work.topics else work for work, tags in zip(works, terms, strict=True)
    )


def _is_improbable(works: Sequence[Work]) -> bool:
    return len(works) >= _LONG and not any(work.ids for work in works)


def _rows(
    decided: Sequence[tuple[Decision, int]], lefts: Iterator[Sequence[Entry]], reading: Reading, file: str
) -> Iterator[Row]:
    """A row for every line that looked like a paper."""
    for decision, line in decided:
        yield row(decision, file, line, next(lefts, ()))
    for problem in reading.problems:
        if problem.severity is Severity.ERROR:
            yield Row(REFUSED, file, problem.line or 0, problem.key, reason=problem.message)
        elif _is_row(problem):
            reason, _, title = problem.message.partition(": ")
            yield Row(SKIPPED, file, problem.line or 0, title=title, reason=reason)


def _unsaid(entry: tuple[Work, Sequence[Value]]) -> tuple[int, ...]:
    """The places of those values of an entry that a claim of its draft does not hold."""
    work, values = entry
    return tuple(place for place, one in enumerate(account(values, [work.only(SAID)])) if one.fate is not Fate.KEPT)


def _left(decision: Decision, work: Work, values: Sequence[Value], unsaid: Sequence[int]) -> Sequence[Entry]:
    """Of the values of an entry that was taken those that its record has not; `unsaid` as of `_unsaid`."""
    claims = decision.record.claims if decision.outcome is not Outcome.UNSURE else ()
    if not values or not claims:
        return ()
    works = [claim.says for claim in claims]
    if any(said_of(one) == said_of(work) for one in works):
        values = [values[place] for place in unsaid]
        works = works if len(works) > 1 else []
    return [one for one in account(values, [*works, _facets(decision.record)]) if one.fate is not Fate.KEPT]


def _is_row(problem: Problem) -> bool:
    """Whether it is about a line that leads to no paper."""
    return problem.code == "L03" or (problem.code == "L01" and problem.severity is Severity.WARNING)


def _facets(record: Record) -> Work:
    """What a record has of an entry beside its claims."""
    keys = tuple(key for claim in record.claims for key in (claim.place, *claim.keys))
    return Work(topics=record.topics, links=record.links, aliases=(record.key, *record.aliases, *keys))


def _beside(
    reading: Reading, decided: Sequence[tuple[Decision, int]], known: Known, file: str, vocabularies: Vocabularies
) -> Iterable[Problem]:
    """What a list says of a known paper that only its record can hold, which is people's: a comment, links, and in our
    own list the words that it shows.
    """
    for decision, line in decided if reading.format in (OURS, "list") else ():
        if decision.outcome is not Outcome.KNOWN:
            continue
        key, work = decision.record.key, decision.work
        there = named(known.settled(key), vocabularies)
        for name in ("comment", "tldr"):
            if (words := getattr(work, name)) and words not in getattr(there, name):
                yield _told(f"{name} {words}", key, file, line)
        for name in ("topics", "datasets", "models") if reading.format == OURS else ():
            has = {value.casefold() for value in getattr(there, name)}
            if more := [value for value in getattr(work, name) if value.casefold() not in has]:
                yield _told(f"{name} {', '.join(more)}", key, file, line)
        urls = {link.url for link in there.links}
        for link in work.links:
            if link.url not in urls:
                yield _told(f"{link.label} {link.url}", key, file, line)


def _on_many(id: Identifier, lines: Sequence[int], file: str) -> Problem:
    first, more = sorted(lines)[:_SHOWN], len(lines) - _SHOWN
    where = f"lines {', '.join(map(str, first))}" + (f" and {more} more" if more > 0 else "")
    message = f"{id} is on {len(lines)} entries of different papers and was left out of them: {where}"
    return Problem("I03", Severity.WARNING, message, file, first[0], hint="write it into the record that it belongs to")


def _told(what: str, key: str, file: str, line: int) -> Problem:
    message = f"has values that the record lacks: {what}"
    return Problem(
        "L04", Severity.WARNING, message, file, line, key, hint="if they are right, write them into the record"
    )


def _problems(reading: Reading, decided: Sequence[tuple[Decision, int]], file: str) -> list[Problem]:
    """What a person should know beside the rows: what was read in part, and where a file contradicts what is known."""
    found = [
        replace(problem, path=file)
        for problem in reading.problems
        if problem.severity is not Severity.ERROR and not _is_row(problem)
    ]
    if not reading.works and not reading.doubts:
        hint = "give its format with --kind; `fedbib import --help` lists the formats"
        found.append(Problem("L02", Severity.ERROR, "contains no papers", file, hint=hint))
    for decision, line in decided:
        key = decision.record.key
        hint = (
            f"another paper: `--take {line}`; the same: add its id to {key}"
            if decision.outcome is Outcome.UNSURE
            else f"the claim is kept; see `fedbib show {key}`"
        )
        found += [
            Problem(conflict.code, Severity.WARNING, conflict.message, file, line, key, hint=hint)
            for conflict in decision.conflicts
        ]
    return found
