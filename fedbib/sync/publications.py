"""Finding the publications of papers: through the ids that sources name, and by title where none helps.

What is asked and what is concluded are apart: `gather` asks, `publish` judges what was heard against a record as it is
then. What is concluded follows from what is known, not from the run in which it was heard: what `sync` linked before is
judged again with all that came since, so that an outage leaves no trace once the service has answered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from fedbib.ids.same import anthology, same
from fedbib.match.candidates import Answers, candidates, leads, search_candidates, wanted
from fedbib.match.following import followed
from fedbib.match.linking import Outcome, carried, decided, hit_leads, linked_ids
from fedbib.model.claim import Claim, Version
from fedbib.model.finding import Code
from fedbib.model.identifier import Identifier
from fedbib.model.record import Record
from fedbib.model.work import Work
from fedbib.net.messages import Failure
from fedbib.settle import settle, version
from fedbib.sources import SOURCES
from fedbib.sources.by_title import words
from fedbib.sync.ask import Questions, Replies, asked, indexed, lengthened, pointing, resolve
from fedbib.sync.refresh import refresh
from fedbib.words.rules import Rules

Found = Mapping[str, Sequence[Work] | Failure]
"""What each source that searches titles found."""

Hits = Mapping[str, Found]
"""By citation key."""

FIRST_VERSION = "arXiv, first version"
"""Under which name `Hits` holds the first version of a preprint: no candidate, but another title of the paper."""


def question(name: str, work: Work) -> str:
    """What a service is asked about a work, as it is remembered; "" where there is nothing to ask."""
    if name == FIRST_VERSION:
        return work.arxiv
    if has_volumes(name):  # which volume it is looked for in is part of the question
        return f"{words(work)}, {work.container_title_short} {work.year}"
    return words(work)


_ROUNDS = 6
"""How many times what was heard may lead to further questions; a chain of registries is shorter."""


def gather(
    records: Iterable[Record],
    ask: Callable[[Questions], Replies],
    search: Callable[[Mapping[str, Work], Mapping[str, Work]], Hits],
    rules: Rules,
    off: Iterable[str] = (),
) -> tuple[Replies, Hits]:
    """What the sources say of the records and of possible publications, and what searches by title found where no id
    helps.

    Every id that what is known of a paper names is followed to its registry. `search` is given the works without a
    publication, and those with one of which lists of volumes may say more.
    """
    off, records = frozenset(off), list(records)
    short = lengthened((id for record in records for id in asked(record)), ask, off)
    replies = _followed(records, short, {}, ask, rules, off)
    fresh = [refresh(record, replies, rules).record for record in records]
    fresh = [record for record in fresh if wanted(unlinked(record))]
    works = {record.key: settle(record, rules) for record in fresh if _is_open(record, replies, rules)}
    found = [record for record in fresh if record.key not in works]
    hits = search(works, _published(found, replies, {}, rules))
    searched = [record for record in records if record.key in hits]
    replies = _followed(searched, replies, hits, ask, rules, off)
    # What a search found has a venue now, whose volumes may say more.
    fresh = [refresh(record, replies, rules).record for record in records if record.key in works]
    now = _published(fresh, replies, hits, rules)
    late = search({}, {key: work for key, work in now.items() if _place(work) != _place(works[key])})
    hits = {**hits, **{key: {**hits.get(key, {}), **said} for key, said in late.items()}}
    return _followed([record for record in searched if record.key in late], replies, hits, ask, rules, off), hits


def _place(work: Work) -> tuple[str, int | None]:
    return work.container_title_short, work.year


def _published(records: Iterable[Record], replies: Replies, hits: Hits, rules: Rules) -> dict[str, Work]:
    """By citation key, the works of the records, refreshed, of which the answers so far tell a publication."""
    outcomes = (publish(record, replies, hits, rules).record for record in records)
    return {record.key: settle(record, rules) for record in outcomes if version(record) is Version.PUBLISHED}


def _is_open(record: Record, replies: Replies, rules: Rules) -> bool:
    """Whether no identifier leads to the publication of a paper."""
    base = unlinked(record)
    return not decided(base, candidates(base, _known(record, replies), rules), rules).linked


def _followed(
    records: Sequence[Record],
    replies: Replies,
    hits: Hits,
    ask: Callable[[Questions], Replies],
    rules: Rules,
    off: frozenset[str],
) -> Replies:
    """The replies with those of the registries of all ids that these records' claims name, and the claims of those."""
    left = list(records)
    told: dict[Identifier, list[Claim]] = {}
    for record in records:
        for claim in record.claims:
            if claim.id:
                told.setdefault(claim.id, []).append(replace(claim, link=(), since=None))
    for _ in range(_ROUNDS):
        needs = {record.key: _needs(record, replies, hits, rules) for record in left}
        open_ = {id for need in needs.values() for id in need[0] if _is_unasked(id, replies, rules, off)}
        points = {slot for need in needs.values() for slot in need[1] if slot not in replies and slot[0] not in off}
        if not open_ and not points:
            break
        before = len(replies)
        replies = _with(open_, replies, ask, off | rules.indexes)
        jobs: dict[str, list[Identifier]] = {}
        for name, id in sorted(points, key=str):
            jobs.setdefault(name, []).append(id)
        replies = {**replies, **(ask(jobs) if jobs else {})}
        # What one record has is not asked again for another.
        held = (claim for need in needs.values() for id in need[2] for claim in told.get(id, ()))
        replies = {**{(claim.source, claim.id): claim for claim in held if claim.id}, **replies}
        if len(replies) == before:  # nobody is asked, or nothing is due
            break
        left = [record for record in left if open_ & needs[record.key][0] or points & needs[record.key][1]]
    return replies


def _needs(
    record: Record, replies: Replies, hits: Hits, rules: Rules
) -> tuple[frozenset[Identifier], frozenset[tuple[str, Identifier]], frozenset[Identifier]]:
    """The ids to ask registries about for a record, the indexes to ask about it, and which ids are not its own."""
    fresh = refresh(record, replies, rules).record
    after = publish(fresh, replies, hits, rules).record
    own = asked(after)
    others = {id for id, _ in leads(after)}
    if record.key in hits:
        others |= set(hit_leads(_beside(fresh, hits), heard(hits, record.key), rules))
    return own | others, pointing(own, rules.indexes), frozenset(others - own)


def _is_unasked(id: Identifier, replies: Replies, rules: Rules, off: frozenset[str]) -> bool:
    sources = (
        source for source in SOURCES.values() if source.first and id.scheme in source.schemes and source.owns(id)
    )
    return any((source.name, id) not in replies for source in sources if source.name not in off | rules.indexes)


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


def _beside(record: Record, hits: Hits) -> Record:
    base = unlinked(record)
    return replace(base, claims=(*base.claims, *_first_version(record, hits)))


def unlinked(record: Record) -> Record:
    """The record as it is without what `sync` linked to it: what is said of the ids that people gave, and imports."""
    ids = (*record.ids, *record.longer)
    own = {*ids, *filter(None, map(anthology, ids))}
    return replace(record, claims=tuple(claim for claim in record.claims if claim.id is None or claim.id in own))


def _known(record: Record, replies: Replies) -> Answers:
    """The answers, and what the record keeps of earlier ones: never less than that."""
    kept = {(claim.source, claim.id): claim for claim in record.claims if claim.id}
    return {**replies, **kept}


def publish(record: Record, replies: Replies, hits: Hits, rules: Rules) -> Outcome:
    """The record with its publication linked or proposed, if one was found, and with every registry's word on it.

    What was linked before stays linked, with the evidence there is now.
    """
    base, answers = unlinked(record), _known(record, replies)
    outcome = Outcome(base)
    if wanted(base):
        outcome = _found(base, answers, hits, rules)
        if not _is_that(record, outcome):
            outcome = Outcome(record)
    after = followed(outcome.record, answers, rules)
    is_named = any(each.candidate.by_id for each in outcome.linked)
    return replace(outcome, record=_kept(record, after, rules, is_named=is_named))


def _found(base: Record, answers: Answers, hits: Hits, rules: Rules) -> Outcome:
    """The publication by the ids that are named; where they lead to none, by what searches found."""
    named = candidates(base, answers, rules)
    outcome = decided(base, named, rules)
    if outcome.linked and (held := {name: works for name, works in heard(hits, base.key).items() if has_volumes(name)}):
        outcome = decided(base, (*named, *search_candidates(base, held, answers, rules)), rules)
    if outcome.linked:
        listed = tuple(each for each in outcome.record.proposals if each.findings[0].code is not Code.SEARCHED)
        return replace(outcome, record=replace(outcome.record, proposals=listed))
    searched = search_candidates(base, heard(hits, base.key), answers, rules)
    return decided(base, (*named, *searched), rules, _first_version(base, hits))


def _is_that(record: Record, outcome: Outcome) -> bool:
    """Whether what is found now is what was linked before, if anything was."""
    before = same(linked_ids(record))
    if not before or version(record) is not Version.PUBLISHED:
        return True
    return any(before & same((each.id, *each.candidate.says.ids)) for each in outcome.linked)


def _kept(before: Record, after: Record, rules: Rules, *, is_named: bool) -> Record:
    """The record after, with the claims of before that it lacks, and of indexes no more than they are asked.

    What a search found while nobody named an id gives way to what ids lead to.
    """
    heard = [claim for claim in before.claims if claim.id and not (is_named and _is_searched(claim))]
    old = {claim.slot: claim for claim in heard}
    claims = {claim.slot: carried(old.get(claim.slot), claim) for claim in after.claims if claim.id}
    # Imports have no id, and two of one place may be claims of their own.
    every = [*(claim for claim in after.claims if not claim.id), *{**old, **claims}.values()]
    record = replace(after, claims=tuple(sorted(every, key=lambda claim: claim.slot)))
    points = indexed(asked(record), rules.indexes)
    told = {name for name, id in points if any((claim.source, claim.id) == (name, id) for claim in record.claims)}
    kept = tuple(claim for claim in record.claims if claim.source not in told or (claim.source, claim.id) in points)
    return replace(record, claims=kept)


def _is_searched(claim: Claim) -> bool:
    if not claim.link or claim.link[0].code is not Code.SEARCHED:
        return False
    return not has_volumes(str(dict(claim.link[0].facts)["source"]))


def has_volumes(name: str) -> bool:
    """Whether a source lists volumes, which it is asked for whatever else is known of a paper."""
    search = SOURCES[name].search if name in SOURCES else None
    return search is not None and search.volumes is not None
