"""Which of the listed papers a person should look at, best first, and why. Nothing is asked or written here."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from fedbib.discover.declined import Declined
from fedbib.discover.learnt import Learnt, Text
from fedbib.discover.topics import Topics
from fedbib.discover.words import Words
from fedbib.ids.same import same
from fedbib.intake.known import Known
from fedbib.match.vetoes import Veto
from fedbib.match.works import Verdict, title_words
from fedbib.model.identifier import Identifier
from fedbib.model.listed import Listed
from fedbib.model.name import Name
from fedbib.model.record import Record
from fedbib.model.work import Work, id_fields
from fedbib.text.markup import plain

_BACKGROUND = 800
"""Papers that nobody looked at are compared with, however many there are."""
_WHOLE = 5000
"""So many are judged by title and abstract; of more, those whose titles are the most likely."""
_EVEN = 0.0
"""Without words a paper has to be more likely taken than not."""
_CITING = 3
"""Whoever cites so many papers of the collection need not use its words."""
_TOLD = 4
"""So many words are told of a paper; those of the settings come first."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A paper that is not in the collection."""

    paper: Listed
    score: float
    """The logarithm of the odds that it is taken."""
    above: bool
    """Whether it is above the line."""
    why: tuple[str, ...]
    cites: int
    """How many papers of the collection it cites, as far as that is known."""
    topics: tuple[str, ...]
    """Those it is likely to get."""
    like: str = ""
    """The key of a record that it may be."""


@dataclass(frozen=True, slots=True)
class Queue:
    """The candidates, best first."""

    candidates: tuple[Candidate, ...]
    line: float | None
    """The score from which on papers are above the line; None while too little was answered."""
    listed: int
    """How many papers were looked through."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What people answered: the collection and what they declined."""

    known: Known
    declined: tuple[Declined, ...]

    @property
    def texts(self) -> tuple[tuple[Record, str], ...]:
        """Each record with the words of its title."""
        return tuple((record, plain(self.known.settled(key).title)) for key, record in self.known.records.items())


def judged(papers: Sequence[Listed], answers: Answers, words: Words) -> Queue:
    """The papers that are neither in the collection nor declined and that have the settings' words, best first.

    Raises FedbibError where nothing can be learnt.
    """
    by_id = {paper.id: paper for paper in papers}
    refused = frozenset(id for one in answers.declined for id in same([one.id]))
    titles = frozenset(filter(None, (_folded(one.title) for one in answers.declined)))
    ours = {id: record.key for record in answers.known.records.values() for id in _ids(record)}
    open_ = [paper for paper in papers if paper.id not in ours and paper.id not in refused]
    cited = {paper.id: _cited(paper, ours) for paper in open_}
    let = [p for p in open_ if words.takes(p.title, p.abstract) or cited[p.id] >= _CITING] if words else open_
    let = [paper for paper in let if not titles or _folded(paper.title) not in titles]
    if not let:
        return Queue((), None, len(papers))
    learnt = _learnt(answers, by_id, ours, _background(open_, let, words), words)
    likely = _likely(let, cited, learnt)
    scores = learnt.scores([_text(paper, cited[paper.id]) for paper in likely])
    line = learnt.line if words else max(learnt.line or _EVEN, _EVEN)
    topics = Topics((title, record.topics) for record, title in answers.texts)
    found = []
    for paper, score in sorted(zip(likely, scores, strict=True), key=lambda pair: (-pair[1], str(pair[0].id))):
        here, like = _twin(paper, answers.known)
        if not here:
            above = line is None or score >= line
            found.append(Candidate(paper, score, above, (), cited[paper.id], topics.of(paper.title), like))
    return Queue(tuple(_reasoned(found, words, learnt)), line, len(papers))


def _reasoned(candidates: Sequence[Candidate], words: Words, learnt: Learnt) -> Iterable[Candidate]:
    """The candidates, each with why: the settings' words it has, then what was learnt, then its citations."""
    learned = iter(learnt.reasons([_text(one.paper) for one in candidates if one.above]))
    for one in candidates:
        if one.above:
            told = words.named(one.paper.text)
            for word in next(learned):
                if len(told) < _TOLD and not any(word in other or other in word for other in told):
                    told = (*told, word)
            citing = (f"cites {one.cites} papers of the collection",) if one.cites else ()
            yield replace(one, why=(*told, *citing))
        else:
            yield one


def _twin(paper: Listed, known: Known) -> tuple[bool, str]:
    """Whether a paper is here by its title and people, and else the key of a record that it may be."""
    twin = known.by_title(work_of(paper))
    if twin is None or twin.veto not in (None, Veto.IDS, Veto.PLACE):
        return False, ""
    equal = _folded(known.settled(twin.record.key).title) == _folded(paper.title)
    return twin.verdict is Verdict.SAME and (equal or not twin.veto), twin.record.key


def work_of(paper: Listed) -> Work:
    """The paper as far as a listing tells of it."""
    return Work(title=paper.title, author=tuple(Name(unsplit=name) for name in paper.authors), **id_fields([paper.id]))


def _ids(record: Record) -> Iterable[Identifier]:
    said = (id for claim in record.claims if not claim.is_doubted for id in claim.says.ids)
    return same([*record.ids, *said])


def _cited(paper: Listed, ours: Mapping[Identifier, str]) -> int:
    return len({ours[id] for id in paper.cites if id in ours})


def _folded(title: str) -> str:
    return title_words(title).replace(" ", "")


def _text(paper: Listed, cites: int = 0) -> Text:
    return Text(plain(paper.title), paper.abstract, cites)


def _background(open_: Sequence[Listed], let: Sequence[Listed], words: Words) -> list[Text]:
    """Papers that the words keep out; without such, any. The same ones each time, in no order that says anything."""
    waiting = {paper.id for paper in let} if words else set()
    others = [paper for paper in open_ if paper.id not in waiting]
    chosen = sorted(others or let, key=_mixed)[:_BACKGROUND]
    return [_text(paper) for paper in chosen]


def _mixed(paper: Listed) -> bytes:
    return hashlib.sha256(str(paper.id).encode()).digest()


def _learnt(
    answers: Answers,
    by_id: Mapping[Identifier, Listed],
    ours: Mapping[Identifier, str],
    background: Sequence[Text],
    words: Words,
) -> Learnt:
    """The model of all answers, each with its abstract where a source told it."""
    taken = []
    for record, title in answers.texts:
        held = next((by_id[id] for id in _ids(record) if id in by_id), None)
        if held or title:
            taken.append(_text(held, _cited(held, ours)) if held else Text(title))
    declined = []
    for one in answers.declined:
        held = by_id.get(one.id)
        if held or one.title:
            declined.append(_text(held, _cited(held, ours)) if held else Text(one.title))
    return Learnt(taken, declined, background, words)


def _likely(papers: Sequence[Listed], cited: Mapping[Identifier, int], learnt: Learnt) -> Sequence[Listed]:
    """Those that are worth judging by their abstracts."""
    if len(papers) <= _WHOLE:
        return papers
    scores = learnt.scores([Text(plain(paper.title), cites=cited[paper.id]) for paper in papers])
    ranked = sorted(zip(scores, papers, strict=True), key=lambda pair: (-pair[0], str(pair[1].id)))
    return [paper for _, paper in ranked[:_WHOLE]]
