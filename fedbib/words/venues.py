"""The register of venues: which one a work's data names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from typing import Any

from fedbib.model.venue import Venue
from fedbib.text.regex import regex
from fedbib.text.tables import read_table, read_text

# What a full title has around the venue's own name: "Proceedings of the 30th ACM SIGKDD Conference on ...", "... 2024".
_PROCEEDINGS = regex(r"^(?:in )?(?:proc(?:eedings|\.) (?:of )?)?(?:the )?")
_COUNT = regex(
    r"^(?:\d+(?:st|nd|rd|th)|(?:(?:twenty|thirty|forty|fifty|sixty|seventy)-)?[a-z]+(?:st|nd|rd|th|ieth)) "
    r"(?=annual|international|acm|ieee|conference|workshop|joint|symposium|european|asian|british)"
)
_YEAR = regex(r"(?:(?<!\s)\s+)?(?:\b(?:19|20)\d\d\b|['\N{RIGHT SINGLE QUOTATION MARK}]\d\d\b)\s*")
# DBLP writes the event, the place and the days behind the title: "..., KDD 2024, Barcelona, Spain, August 25-29, 2024".
_EVENT = regex(r",[^,]*\b(?:19|20)\d\d(?:,.*)?$| arxiv:\S+$")
_DASH = regex(r"--+|[\u2010-\u2015]")
# What registries put behind a name: a volume ("... Systems 38", "... Data Mining V.2"), how a paper was presented or
# selected ("ICLR 2024 poster", "ICML 2025 Position Paper Track"), the event ("Computer Vision - ECCV 2024: 18th ...").
_TAIL = regex(
    r"(?:(?<![ ,])[ ,]++(?:(?:v(?:ol(?:ume)?)?\.? ?)?\d{1,3}"
    r"|\(?(?:poster|oral|spotlight|talk|notable|regular)\b.*"
    r"|(?:research|position paper|applied data science|main) track\b.*)"
    r"|: \d+(?:st|nd|rd|th) .*)$"
)
_DATED = regex(r"(?:, ?| \()[a-z]+(?:-[a-z]+)?(?: ?['\N{RIGHT SINGLE QUOTATION MARK}]|-)\d\d\)?$")

_DIGIT = regex(r"\d")
_WORD = regex(r"[^\W\d_]{3,}")
_NO_ID = regex(r"[^a-z0-9]+")
# Whose a series is, in front of its name: some write it, others do not.
_SPONSOR = regex(
    r"^(?:annual )?(?:(?:ACM|IEEE|IFIP|USENIX|SIG[A-Z]+|RSJ|CVF)(?:[/-](?:ACM|IEEE|IFIP|SIG[A-Z]+|RSJ))?\s)+"
)


@dataclass(frozen=True, eq=False)
class Register:
    """The venues that are known; one register is like no other, so that what it says can be kept by it."""

    venues: tuple[Venue, ...]
    by_spelling: Mapping[str, Venue]
    by_acl: Mapping[str, Venue]

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of three letters or more that names in the register have, in lower case."""
        return frozenset(word for venue in self.venues for name in spellings(venue) for word in words_of(name))

    def find(self, title: str, acl: str = "") -> Venue | None:
        """The venue that an Anthology id or, failing that, a title or label names; None when it is not here."""
        if acl:
            volume = acl.partition(".")[2].rpartition(".")[0]
            if venue := self.by_acl.get(volume):
                return venue
        core = _core(title)
        return (self.by_spelling.get(core) or self.by_spelling.get(_TAIL.sub("", core))) if title else None


@lru_cache(maxsize=1024)  # the same venues stand in many works
def _core(title: str) -> str:
    text = title.casefold()
    if "--" in text or not text.isascii():
        text = _DASH.sub("-", text)
    if _DIGIT.search(text) or "arxiv:" in text:
        text = _YEAR.sub(" ", _DATED.sub("", _EVENT.sub("", text)))
    text = _PROCEEDINGS.sub("", text.strip(" .,"))
    return _COUNT.sub("", text).replace(" )", ")").strip(" .,")


def words_of(name: str) -> list[str]:
    """The words of three letters or more of a name, in lower case."""
    return _WORD.findall(name.casefold())


@cache
def register() -> Register:
    """The register that comes with fedbib: `data/venues.toml`, and the series of `data/series.txt` beside them."""
    data = read_table("venues")
    return _register([*_series(), *(venue_of(id, table) for id, table in data.items())])


def _series() -> Iterator[Venue]:
    for line in read_text("series.txt").splitlines():
        if line.startswith("#"):
            continue
        kind, short, name, *abbreviated = line.split("\t")
        id = _NO_ID.sub("-", short.lower()).strip("-")
        bare = _SPONSOR.sub("", name) if kind != "journal" else name
        names = dict.fromkeys((name, bare, *([f"annual {bare}"] if kind != "journal" else [])))
        others = tuple(each.replace(" & ", " and ") for each in names if " & " in each)
        yield Venue(
            id,
            short,
            kind,
            name if kind == "journal" else "",
            abbreviated="".join(abbreviated),
            spellings=(*names, *others),
        )


def _register(venues: Sequence[Venue]) -> Register:
    return Register(
        tuple(venues),
        {_core(spelling): venue for venue in venues for spelling in spellings(venue)},
        {volume: venue for venue in venues for volume in venue.acl},
    )


def extended(own: Mapping[str, Mapping[str, Any]]) -> Register:
    """The register with a collection's own venues over it: tables as those of `data/venues.toml`, by id.

    A table with the id of a known venue changes what it names of that one, and adds to its spellings. A spelling of an
    own venue is that one's, whoever else has it; one that two own venues claim is a ValueError, as is a new venue
    without label or kind.
    """
    built_in = register()
    if not own:
        return built_in
    venues = {venue.id: venue for venue in built_in.venues}
    claimed: dict[str, str] = {}
    for id, table in own.items():
        venues[id] = changed = _changed(venues[id], table) if id in venues else _made(id, table)
        for spelling in spellings(changed):
            if claimed.setdefault(_core(spelling), id) != id:
                raise ValueError(f"{spelling!r} is a spelling of `{claimed[_core(spelling)]}` and of `{id}`")
    return _register([*(venue for id, venue in venues.items() if id not in own), *(venues[id] for id in own)])


def _made(id: str, table: Mapping[str, Any]) -> Venue:
    if not table.get("short") or not table.get("kind"):
        raise ValueError(f"`{id}` is not a known venue, so it needs `short` and `kind`")
    return venue_of(id, table)


def _changed(venue: Venue, table: Mapping[str, Any]) -> Venue:
    """A known venue with what a table says of it; a title of its own holds for all years that the table has none of."""
    said = venue_of(venue.id, {"short": venue.short, "kind": venue.kind, **table})
    changes: dict[str, Any] = {name: getattr(said, name) for name in table}
    changes["spellings"] = (*spellings(venue), *said.spellings)
    changes["titles"] = (*said.titles, *(() if said.title else venue.titles))
    return replace(venue, **changes)


def venue_of(id: str, table: Mapping[str, Any]) -> Venue:
    """The venue of a table such as `data/venues.toml` has."""
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in table.items()}
    values["titles"] = tuple((int(year), title) for year, title in values.pop("titles", {}).items())
    return Venue(id, **values)


def spellings(venue: Venue) -> tuple[str, ...]:
    """Every way to write a venue that the register knows: label, titles, abbreviation, spellings."""
    pattern = "" if "{nth}" in venue.title or "{word}" in venue.title else venue.title.format(year=2000)
    written = (venue.short, venue.abbreviated, pattern, *(title for _, title in venue.titles), *venue.spellings)
    return tuple(filter(None, written))
