"""What every source is: two pure functions, one that says what to ask and one that reads the answer, and its facts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from fedbib.model.claim import Claim
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.listed import Listed
from fedbib.model.work import FIELDS, Work
from fedbib.net.messages import Body, Login, Request


@dataclass(frozen=True, slots=True)
class NotFound:
    """The source answered and does not know the identifier."""

    id: Identifier


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The source answered with something that is no answer: nothing may be concluded from it."""

    id: Identifier
    reason: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The identifier is kept by another source (an agency of doi.org)."""

    id: Identifier
    agency: str
    """As doi.org names it: "Crossref", "DataCite", "JaLC"."""


Answer = Claim | NotFound | Unreadable | Elsewhere


class Role(StrEnum):
    """What the word of a source is worth."""

    REGISTRY = "registry"
    """It keeps identifiers, and says what each is."""
    INDEX = "index"
    """It points to registries. What it says of a paper proves nothing, and `add` does not ask it."""
    RESOLVER = "resolver"
    """It says which agency keeps an identifier, and nothing of the paper."""


@dataclass(frozen=True, slots=True)
class Search:
    """How a source is searched by title."""

    base: str
    """The name of the base URL."""
    rest: str
    """What follows it, with `{}` for the percent-encoded words of the title; the answer is JSON."""
    read: Callable[[bytes], Iterable[Work]]
    """The works that an answer names, in its order; raises Wrong for what is no answer."""
    login: Callable[[Mapping[str, str], str], Login | None] | None = None
    """How to log in first at one of the base URLs."""
    most: int = 1
    """How many titles it takes at a time."""
    batch: Callable[[Mapping[str, str], Sequence[Work]], Request | None] | None = None
    """The question about up to so many works at the base URLs; None where they are to be asked about one by one."""
    volumes: Volumes | None = None
    """Of a source that has no search but lists what is in each volume: `batch` asks for the list of volumes."""


@dataclass(frozen=True, slots=True)
class Volumes:
    """How papers are found in the volumes that a source lists.

    It is asked about published papers as well: nobody else may name what they are there.
    """

    takes: Callable[[Work], bool]
    """Whether enough is known of a work to tell its volume."""
    request: Callable[[Mapping[str, str], str], Request]
    """The question for the papers of a volume, by its name."""
    holding: Callable[[bytes, Mapping[str, Work]], Mapping[str, str]]
    """The name of the volume, in the bytes of the list, where each work by its key should be; raises Wrong."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which new papers a source is asked for. A source takes of it what it can be asked by."""

    since: date
    until: date
    """The first day that is not asked for."""
    phrases: tuple[str, ...] = ()
    """One of them has to stand in a paper."""
    categories: tuple[str, ...] = ()
    """arXiv's."""
    volumes: tuple[str, ...] = ()
    """The Anthology's, without the year: "acl-long"."""
    streams: tuple[str, ...] = ()
    """DBLP's: "conf/icml"."""
    ours: tuple[Identifier, ...] = ()
    """Papers of which those are wanted that cite them, the newest first."""


@dataclass(frozen=True, slots=True)
class Page:
    """Papers that a source told of, and where it goes on."""

    papers: tuple[Listed, ...]
    next: str = ""
    """The place of the next page, in the source's own words; "" after the last."""


@dataclass(frozen=True, slots=True)
class News:
    """How a source is asked for papers that nobody named."""

    request: Callable[[Wanted, Mapping[str, str], str], Request | None]
    """The page at a place ("" for the first) from the source's bases; None when there is nothing to ask."""
    page: Callable[[bytes, Wanted, str], Page]
    """The page in the bytes of an answer, none where there is no such page; raises Wrong for what is no answer."""
    listed: Callable[[bytes], Iterable[Listed]] | None = None
    """The papers of a saved file, where such files are taken; raises Wrong."""
    late: int = 0
    """Days for which papers may still come in under a date that is past."""
    newest_first: bool = False
    """Whether a page of nothing but known papers of days that were asked for before is the last with something new."""


@dataclass(frozen=True, slots=True)
class Dump:
    """A file with all that a source has."""

    mark: bytes
    """What stands near its beginning, unpacked."""
    read: Callable[[Iterable[bytes], Sequence[Identifier], Iterable[str]], Iterable[Claim]]
    """What it says, given in pieces, of identifiers and of papers with these titles. Raises Wrong for no dump."""


@dataclass(frozen=True, slots=True)
class Bulk:
    """How works are read, one by one, of the files in which a source gives all of them away."""

    mark: bytes = b""
    """What stands near the beginning of such a file, unpacked; b"" for lines of JSON."""
    works: Callable[[Callable[[], Iterable[bytes]]], Iterator[Work]] | None = None
    """The works of a file with the mark, given what opens it in pieces. Raises Wrong."""
    keys: frozenset[str] = frozenset()
    """What an object of JSON that describes a work has."""
    work: Callable[[Mapping[str, object]], Work | None] | None = None
    """The work that such an object describes; None for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Everything that is known of a provider: the last line of its module, and one line in `fedbib.sources`.

    What is asked, how often, in which order and whom to believe follows from these facts; no other module names a
    source. A descriptor that lacks one is refused (TypeError), one that contradicts itself too (ValueError).
    """

    name: str
    """As written in claims and settings: "semantic_scholar"."""
    title: str
    """As shown to people: "Semantic Scholar"."""
    role: Role
    schemes: tuple[Scheme, ...]
    """The identifiers it may be asked about. An index is asked about a paper once, by the first of these it has."""
    keeps: Mapping[Scheme, str]
    """Of which identifiers it is the registry, by scheme: how the values begin, "" for all of the scheme."""
    rank: int
    """Its place among the sources, the most trusted lowest; no two have the same."""
    ranks: Mapping[str, int] = field(default_factory=dict)
    """Its place for single fields of a work, where that is another."""
    first: bool
    """Whether it is asked before anything is known of an identifier; else only where a resolver points to it."""
    optional: bool
    """Whether a run goes well without it: it often asks for a key or for patience."""
    saved: bool
    """Whether saved answers are taken (`sync --from`)."""
    bases: Mapping[str, str]
    """Base URLs by name (`api`, ...), without a final slash; a setting can replace each."""
    pace: float
    """Least seconds between the starts of two requests to one of its hosts."""
    agency: str = ""
    """Its name as a registration agency, as doi.org writes it."""
    key: str = ""
    """The environment variable with the key that it wants."""
    way: str = ""
    """What a person can do where it does not answer everybody; words for a message."""
    search: Search | None = None
    news: News | None = None
    dump: Dump | None = None
    """How its dump of everything is read, where there is one."""
    bulk: Bulk | None = None
    """How an index is made of all that it has, where there are files with it."""
    requests: Callable[[Sequence[Identifier], Mapping[str, str]], Sequence[Request]]
    """What to ask at which base URLs: every id in at least one request, in batches where the source takes them."""
    otherwise: Callable[[Sequence[Identifier], Mapping[str, str]], Sequence[Request]] | None = None
    """Where else to ask about what the first way does not find; None where that is all there is."""
    parse: Callable[[Body, Request], Mapping[Identifier, Answer]]
    """Exactly one answer per id of the request, matched by identifier, never by position; of a source whose saved
    answers are taken, a request about no id is about every paper in the body. Never raises.
    """

    def __post_init__(self) -> None:
        wrong = [what for what, fits in self._facts().items() if not fits]
        if wrong:
            raise ValueError(f"the source {self.name!r} is not described well: {', '.join(wrong)}")

    def _facts(self) -> Mapping[str, bool]:
        """What must hold of a description, and whether it does."""
        registers = self.role is Role.REGISTRY
        return {
            "name": re.fullmatch("[a-z][a-z0-9_]*", self.name) is not None,
            "title": bool(self.title),
            "schemes": bool(self.schemes),
            "keeps": bool(self.keeps) == registers,
            "ranks": self.ranks.keys() <= FIELDS.keys(),
            "bases": all(re.fullmatch(r"https?://.*[^/]", url) for url in self.bases.values()),
            "pace": self.pace > 0,
            "agency": registers or not self.agency,
            "search": self.search is None
            or (self.search.base in self.bases and self.search.rest.count("{}") == (self.search.volumes is None)),
        }

    def owns(self, id: Identifier) -> bool:
        """Whether it is the registry of an identifier, and has to know it."""
        start = self.keeps.get(id.scheme)
        return start is not None and id.value.startswith(start)

    def rank_for(self, field: str) -> int:
        """Its place among the sources for a field of a work."""
        return self.ranks.get(field, self.rank)
