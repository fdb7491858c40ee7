"""Papers of a made-up field: in scope are "splines" of "kettles", and each paper is a sentence of words by number."""

from __future__ import annotations

from datetime import date

from fedbib.model.claim import Claim
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.listed import Listed
from fedbib.model.name import Name
from fedbib.model.record import Record
from fedbib.model.work import ItemType, Work
from fedbib.sources.rules import rules
from fedbib.words.venues import register

RULES = rules(register())
_COLOURS = ("red", "green", "blue", "grey", "black", "white", "brown", "pink", "teal", "gold")
_THINGS = ("maps", "rivers", "clocks", "bridges", "gardens", "trains", "lamps", "stones", "ships", "doors")


def wanted(number: int) -> Listed:
    """A paper in scope."""
    title = f"Kettle splines for {_COLOURS[number % 10]} {_THINGS[number // 10 % 10]}"
    return _listed(number, title, f"We draw splines of a kettle, {_COLOURS[number % 10]}, and boil {number} of them.")


def near(number: int) -> Listed:
    """A paper about kettles that is not in scope."""
    title = f"Kettle repair with {_COLOURS[number % 10]} {_THINGS[number // 10 % 10]}"
    return _listed(1000 + number, title, f"A kettle is repaired, {_COLOURS[number % 10]}, by {number} smiths.")


def far(number: int) -> Listed:
    """A paper about something else."""
    title = f"On {_COLOURS[number % 10]} {_THINGS[number // 10 % 10]} and the weather"
    return _listed(2000 + number, title, f"Rain falls on {_THINGS[number % 10]} for {number} days.")


def _listed(number: int, title: str, abstract: str) -> Listed:
    id = Identifier(Scheme.ARXIV, f"2511.{number:05}")
    return Listed(id, title, (f"Ann Author{chr(97 + number % 26)}",), abstract, date(2025, 11, 3), ("cs.LG",))


def record(paper: Listed, topics: tuple[str, ...] = ()) -> Record:
    """The paper in a collection."""
    work = Work(
        type=ItemType.ARTICLE,
        title=paper.title,
        author=tuple(Name(unsplit=name) for name in paper.authors),
        arxiv=paper.id.value,
    )
    return Record(f"r{paper.id.value[5:]}", (paper.id,), topics, claims=(Claim("arxiv", work, paper.id),))
