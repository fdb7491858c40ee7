"""Finding the publications of preprints: first through the ids that sources name, then by title.

What is asked and what is concluded are apart: `gather` asks, `publish` judges what was heard against a record as it is
then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from fedbib.match.candidates import candidates, leads, search_candidates, wanted
from fedbib.match.linking import Outcome, decided, hit_leads
from fedbib.model.claim import Claim
from fedbib.model.identifier import Identifier
from fedbib.model.record import Record
from fedbib.model.work import Work
from fedbib.net.messages import Failure
from fedbib.settle import settle
from fedbib.sources import SOURCES
from fedbib.sync.ask import Questions, Replies, asked, resolve
from fedbib.sync.refresh import refresh
from fedbib.words.rules import Rules

Found = Mapping[str, Sequence[Work] | Failure]
"""What each source that searches titles found."""

Hits = Mapping[str, Found]
"""By citation key."""

FIRST_VERSION = "arXiv, first version"
"""Under which name `Hits` holds the first version of a preprint: no candidate, but another title of the paper."""


def gather(
    records: Iterable[Record],
    replies: Replies,
    ask: Callable[[Questions], Replies],
    search: Callable[[Mapping[str, Work]], Hits],
    is_due: Callable[[Record], bool],
    rules: Rules,
    off: Iterable[str] = (),
) -> tuple[Replies, Hits]:
    """The replies with those about possible publications, and what searches by title found for papers no id helps with.

    `is_due` says of a record whether it may be searched for again.
    """
    off = frozenset(off)
    silent = off | rules.indexes
    fresh = (refresh(record, replies, rules).record for record in records)
    looking = [record for record in fresh if wanted(record)]
    replies = _with({id for record in looking for id, _ in leads(record)}, replies, ask, silent)
    open_ = [record for record in looking if not decided(record, candidates(record, replies, rules), rules).linked]
    hits = search({record.key: settle(record, rules) for record in open_ if is_due(record)})
    known = {record.key: replace(record, claims=(*record.claims, *_first_version(record, hits))) for record in open_}
    worth = {id for key, record in known.items() for id in hit_leads(record, heard(hits, key), rules)}
    replies = _with(worth, replies, ask, silent)
    # What was just linked is asked about once more, so that the next run has nothing new to learn;
    # an index that goes by the preprint's id knows no more of it.
    linked = (publish(record, replies, hits, rules).record for record in looking)
    more = {id for record in linked for id in asked(record)}
    by_preprint = {name for name in rules.indexes if SOURCES[name].schemes[0].is_preprint}
    return _with(more, replies, ask, off | by_preprint), hits


def _with(
    ids: Iterable[Identifier], replies: Replies, ask: Callable[[Questions], Replies], off: Iterable[str]
) -> Replies:
    """The replies with those of the registries of some more identifiers."""

    def unasked(jobs: Questions) -> Replies:
        left = {name: [id for id in wanted if (name, id) not in replies] for name, wanted in jobs.items()}
        return ask({name: wanted for name, wanted in left.items() if wanted})

    return {**replies, **resolve(sorted(ids, key=str), unasked, off)}


def heard(hits: Hits, key: str) -> dict[str, Sequence[Work]]:
    """The works that were found for a record, by source; failures left out."""
    found = hits.get(key, {}).items()
    return {name: works for name, works in found if not isinstance(works, Failure) and name != FIRST_VERSION}


def _first_version(record: Record, hits: Hits) -> tuple[Claim, ...]:
    """What the first version of a record's paper says, for its title and authors."""
    first = hits.get(record.key, {}).get(FIRST_VERSION, ())
    return () if isinstance(first, Failure) else tuple(Claim("arxiv", work) for work in first)


def publish(record: Record, replies: Replies, hits: Hits, rules: Rules) -> Outcome:
    """The record with its publication linked or proposed, if one was found."""
    if not wanted(record):
        return Outcome(record)
    found = (*candidates(record, replies, rules), *search_candidates(record, heard(hits, record.key), replies, rules))
    return decided(record, found, rules, _first_version(record, hits))
