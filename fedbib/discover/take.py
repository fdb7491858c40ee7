"""Taking candidates into the collection, and declining them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date

from fedbib.discover.declined import Declined
from fedbib.discover.judge import work_of
from fedbib.discover.store import Store
from fedbib.discover.topics import Topics
from fedbib.intake.known import Known
from fedbib.intake.typed import Addition, Fate, add
from fedbib.model.claim import Claim
from fedbib.model.identifier import Identifier
from fedbib.model.work import ItemType
from fedbib.sources import SOURCES
from fedbib.sources.base import Role
from fedbib.sync.ask import Questions, Replies
from fedbib.words.rules import Rules


def take(
    texts: Sequence[str],
    known: Known,
    rules: Rules,
    store: Store,
    ask: Callable[[Questions], Replies],
    today: date,
    off: Iterable[str] = (),
) -> list[Addition]:
    """What becomes of each candidate, by its identifier: a record, with the topics it is likely to get.

    What its registry's listing told of a preprint is not asked for again (`sync` completes it); of everything else the
    sources are asked, as `fedbib add` does.
    """
    topics = Topics((known.settled(key).title, record.topics) for key, record in known.records.items())

    def heard(jobs: Questions) -> Replies:
        told = {(name, id): claim for name, ids in jobs.items() for id in ids if (claim := claimed(store, name, id))}
        open_ = {name: [id for id in ids if not _is_told(told, id)] for name, ids in jobs.items()}
        return {**told, **ask({name: ids for name, ids in open_.items() if ids})}

    additions = add(texts, known, rules, heard, off=off)
    return [
        replace(addition, record=replace(addition.record, topics=_topics(addition, known, topics), added=today))
        if addition.fate is Fate.ADDED and addition.record
        else addition
        for addition in additions
    ]


def _topics(addition: Addition, known: Known, topics: Topics) -> tuple[str, ...]:
    return topics.of(known.settled(addition.record.key).title) if addition.record else ()


def _is_told(told: Replies, id: Identifier) -> bool:
    return any(asked == id for _, asked in told)


def claimed(store: Store, name: str, id: Identifier) -> Claim | None:
    """What a registry's own listing told of one of its preprints, as its claim; of publications it tells too little."""
    paper = store.one(id)
    if paper is None or not id.is_preprint or store.source(id) != name or SOURCES[name].role is not Role.REGISTRY:
        return None
    work = work_of(paper)
    return Claim(name, replace(work, type=ItemType.ARTICLE, arxiv_class=next(iter(paper.categories), "")), id)


def declined(ids: Iterable[Identifier], store: Store, why: str, today: date) -> tuple[Declined, ...]:
    """The lines for papers that are not taken."""
    papers = ((id, store.one(id)) for id in ids)
    return tuple(Declined(id, today, why, paper.title if paper else "") for id, paper in papers)
