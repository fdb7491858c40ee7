"""The settings of a collection: `[tool.fedbib]` in `pyproject.toml`, or a `fedbib.toml`. Read here, nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fedbib.disk import files, inside
from fedbib.errors import BadFile, BadSettings
from fedbib.model.about import About, Published, Section
from fedbib.model.venue import KINDS
from fedbib.text.nearest import nearest
from fedbib.text.plain import hidden
from fedbib.text.regex import regex
from fedbib.words.vocabulary import FACETS, Vocabularies, Vocabulary

if TYPE_CHECKING:
    from fedbib.model.name import Name
    from fedbib.text.capitals import Capitals
    from fedbib.words.venues import Register

FILES = ("fedbib.toml", "pyproject.toml")

_LIMIT = 1_000_000
_FORMS = {
    "categories": r"[a-z][a-z-]*(?:\.[A-Za-z-]+)?",
    "volumes": r"[a-z0-9]+-[a-z0-9]+",
    "streams": r"[a-z]+/[A-Za-z0-9_-]+",
}
"""What other services' names look like."""

_PUBLISHED = {
    "licence": (r"[A-Za-z0-9][A-Za-z0-9.+-]*", "an SPDX identifier: CC0-1.0"),
    "doi": (r"10\.\d{4,9}/[A-Za-z0-9:/_;.()\[\]-]+", "a DOI: 10.5281/zenodo.1234567"),
    "address": (r"https?://[\w.:-]+(?:/[\w.~/%@+-]*)?", "the address of a folder: https://example.org/papers/"),
    "repository": (r"https?://[\w.:-]+(?:/[\w.~/%@+-]*)?", "an address: https://github.com/who/what"),
    "version": (r"[\w.+-]+", "a version: 1.0"),
}
"""What the texts under `publish` look like, and in words."""

DEFAULT_SECTIONS = (
    Section("Published Papers", "published"),
    Section("Preprints", "preprints"),
)


@dataclass(frozen=True, slots=True)
class Ages:
    """After how many days a source is asked again about a paper. "Young" is of this year or the last."""

    young_preprint: int = 6
    """May be published any day."""
    preprint: int = 30
    young: int = 30
    """A young publication: corrections come early."""
    published: int = 180


@dataclass(frozen=True, slots=True)
class Discover:
    """What `fedbib discover` asks for and shows."""

    must: tuple[str, ...] = ()
    """Each has to stand in title or abstract; "a | b" where one of several is enough."""
    any: tuple[str, ...] = ()
    """At least one has to, where there are any; each counts in favour."""
    never: tuple[str, ...] = ()
    """None may; `not` in the file."""
    categories: tuple[str, ...] = ()
    """arXiv's that are asked: "cs.CL"; all when empty."""
    volumes: tuple[str, ...] = ()
    """The Anthology's that are asked for each year: "acl-long"."""
    streams: tuple[str, ...] = ()
    """DBLP's that are asked for each year: "conf/icml"."""


ORDERS = ("newest-first", "newest-last", "title")


@dataclass(frozen=True, slots=True)
class KeptList:
    """How a list that is kept in its own look is written; `[list]` in the file."""

    forms: str
    """The folder with the forms of its rows."""
    order: str = ""
    """One of `ORDERS`, or "" for that of the rows that are there."""
    rest: str = ""
    """The heading for papers that belong under no other."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a collection, each with what it is when nothing is said."""

    about: About = field(default_factory=lambda: About(sections=DEFAULT_SECTIONS))
    entries: str = "entries"
    output: str = "output"
    readme: str = "README.md"
    """The file with the list; empty for none. All three are relative to the folder of the settings."""
    look: KeptList | None = None
    """How the list is written where it keeps its own look; None for fedbib's."""
    site: bool = True
    """Whether the page is built."""
    templates: str = ""
    """The folder with the collection's own files for the page's look; relative like the three above."""
    style: str = "acl"
    """The CSL style of the page's formatted references: its name or the path of a .csl file; empty for none."""
    contact: str = ""
    """E-mail address or page that services may write to; sent in the User-Agent only."""
    bases: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Base URLs that replace a source's own, by source and name."""
    off: frozenset[str] = frozenset()
    """Sources that are not asked."""
    ages: Ages = field(default_factory=Ages)
    """How long an answer is good for."""
    discover: Discover = field(default_factory=Discover)
    vocabularies: Vocabularies = field(default_factory=dict)
    """The words for topics, datasets and models, where the collection defines them."""
    venues: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """The collection's own venues by id, over those of the register: tables as `fedbib/data/venues.toml` has them."""
    links: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The collection's own kinds of links, each with words that lists write on them and hosts that they lead to."""
    names: tuple[str, ...] = ()
    """Words and names whose capitals titles keep, beside the known ones; `[capitals] keep` in the file."""
    ordinary: tuple[str, ...] = ()
    """Known ones that are no names here; `[capitals] drop` in the file."""

    @property
    def register(self) -> Register:
        """The register of venues with the collection's own; built anew each time."""
        from fedbib.words.venues import extended

        return extended(self.venues)

    @property
    def capitals(self) -> Capitals:
        """The words of titles that keep their capitals; built anew each time."""
        from fedbib.text.capitals import Capitals

        return Capitals.of(self.names, self.ordinary)


def find(folder: Path, sources: Mapping[str, Iterable[str]]) -> tuple[Path, Settings]:
    """The settings that lie in `folder` or above it, after the folder they lie in; `sources` as for `parse`.

    Raises BadSettings when there are none or they cannot be used, BadFile when a file cannot be read.
    """
    folder = folder.absolute()
    if not folder.is_dir():
        raise BadSettings("does not exist", where=str(folder))
    for root in (folder, *folder.parents):
        for path in (root / name for name in FILES):
            table = _table(path)
            if table is not None:
                return root, parse(table, str(path), sources)
    raise BadSettings(
        "there is no collection here or in a folder above: no fedbib.toml, and no pyproject.toml with [tool.fedbib]",
        where=str(folder),
        hint="start one with `fedbib init`, or give its folder with `fedbib -C FOLDER ...`",
    )


def _table(path: Path) -> Mapping[str, Any] | None:
    """The table of the settings in a file; None when it holds none."""
    import tomli

    if not path.is_file():
        return None
    text = files.text(files.read(path, limit=_LIMIT), str(path))
    try:
        data = tomli.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadSettings(f"is not TOML: {error}", where=str(path)) from error
    if path.name != "pyproject.toml":
        return data
    tool = data.get("tool", {})
    if not isinstance(tool, dict) or "fedbib" not in tool:
        return None
    return tool["fedbib"] if isinstance(tool["fedbib"], dict) else {"": tool["fedbib"]}


def parse(data: Mapping[str, Any], where: str, sources: Mapping[str, Iterable[str]]) -> Settings:
    """The settings in a TOML table; `sources` names each source and the bases it has.

    Raises BadSettings for an unknown name or a wrong type.
    """
    _refuse_hidden(data, "", where)
    take = _Taker(data, where)
    about = About(
        name=take.text("name", About().name),
        title=take.text("title", About().title),
        description=take.text("description"),
        sections=tuple(_section(part, where) for part in take.tables("sections")) or DEFAULT_SECTIONS,
        abstracts=take.flag("abstracts", default=False),
        published=_published(take.table("publish"), where),
    )
    bases, off = _sources(take.table("sources"), sources, where)
    settings = Settings(
        about=about,
        entries=take.path("entries", "entries"),
        output=take.path("output", "output"),
        readme=take.path("readme", "README.md", empty=True),
        look=_listed(take.table("list"), where),
        site=take.flag("site", default=True),
        templates=take.path("templates", "", empty=True),
        style=take.path("style", "acl", empty=True),
        contact=take.address("contact"),
        bases=bases,
        off=off,
        ages=_ages(take.table("ages"), where),
        discover=_discover(take.table("discover"), where),
        vocabularies={name: _vocabulary(name, found, where) for name in FACETS if (found := take.table(name))},
        venues=_venues(take.table("venues"), where),
        links=_links(take.table("links"), where),
        **_capitals(take.table("capitals"), where),
    )
    take.finish("the settings")
    if not settings.about.name.replace("-", "").replace("_", "").isalnum():
        raise BadSettings(f"name = {settings.about.name!r} must be letters, digits, '-' and '_'", where=where)
    _inside(settings.about.name, "name", where)
    _apart(settings, where)
    return settings


def _sources(
    table: Mapping[str, Any], sources: Mapping[str, Iterable[str]], where: str
) -> tuple[dict[str, Mapping[str, str]], frozenset[str]]:
    """The bases of each source that stand in its own's place, and the sources that are not asked."""
    bases: dict[str, Mapping[str, str]] = {}
    off = set()
    for name, options in table.items():
        if name not in sources or not isinstance(options, dict):
            raise _unknown("source", name, sources, where)
        inner = _Taker(options, where)
        if not inner.flag("on", default=True):
            off.add(name)
        bases[name] = {base: url for base in sources[name] if (url := inner.address(base).rstrip("/"))}
        inner.finish(f"sources.{name}")
    return bases, frozenset(off)


def _apart(settings: Settings, where: str) -> None:
    """Raise BadSettings where built files would stand among people's, or a list would be no Markdown."""
    output = inside.names(settings.output)
    page = (*output, "site")
    forms = settings.look.forms if settings.look else ""
    for name, path in (("entries", settings.entries), ("templates", settings.templates), ("list.forms", forms)):
        own = inside.names(path) if path else ()
        if own and (_begins(output, own) or _begins(own, page)):
            raise BadSettings(f"output = {settings.output!r} overlaps with {name} = {path!r}", where=where)
        if name == "entries" and not own:
            raise BadSettings("entries = '.' is the collection's own folder; give another", where=where)
    if settings.readme and not settings.readme.lower().endswith((".md", ".markdown")):
        raise BadSettings(f"readme = {settings.readme!r} must be a .md file", where=where)


def _begins(parts: tuple[str, ...], first: tuple[str, ...]) -> bool:
    """Whether a path leads through another, on a disk that knows no case too."""
    return [part.casefold() for part in parts[: len(first)]] == [part.casefold() for part in first]


def _inside(path: str, name: str, where: str) -> None:
    try:
        inside.names(path)
    except BadFile as error:
        raise BadSettings(f"{name} = {path!r} {error.message}", where=where) from None


def _refuse_hidden(value: object, at: str, where: str) -> None:
    """Nobody would see what a setting with invisible characters says; emoji keep what colours them."""
    if isinstance(value, dict):
        for name, part in value.items():
            _refuse_hidden(str(name), at, where)
            _refuse_hidden(part, f"{at}.{name}".lstrip("."), where)
    elif isinstance(value, list):
        for part in value:
            _refuse_hidden(part, at, where)
    elif isinstance(value, str) and (found := hidden(value.replace("\ufe0f", "").replace("\u200d", ""))):
        raise BadSettings(f"{at or 'a name'} contains {found[0]}", where=where, hint="delete it")


def _published(data: Mapping[str, Any], where: str) -> Published:
    take = _Taker(data, where)
    authors = tuple(map(_person, take.texts("authors")))
    said = {name: take.address(name) for name in _PUBLISHED}
    take.finish("publish")
    for name, (form, words) in _PUBLISHED.items():
        if said[name] and not re.fullmatch(form, said[name], re.ASCII):
            raise BadSettings(f"publish.{name} = {said[name]!r} is not {words}", where=where)
    if said["address"]:
        said["address"] = said["address"].rstrip("/") + "/"
    return Published(authors=authors, **said)


def _person(text: str) -> Name:
    from fedbib.text.names import parse

    return parse(text)


def _ages(data: Mapping[str, Any], where: str) -> Ages:
    take = _Taker(data, where)
    names = {field.name: field.name.replace("_", "-") for field in fields(Ages)}
    days = {name: take.number(written, getattr(Ages(), name)) for name, written in names.items()}
    take.finish("ages")
    return Ages(**days)


def _discover(data: Mapping[str, Any], where: str) -> Discover:
    take = _Taker(data, where)
    names = {field.name: {"never": "not"}.get(field.name, field.name) for field in fields(Discover)}
    wanted = {name: take.texts(written) for name, written in names.items()}
    take.finish("discover")
    for name, form in _FORMS.items():
        if bad := next((text for text in wanted[name] if not re.fullmatch(form, text)), ""):
            raise BadSettings(f"discover.{name}: {bad!r} is not one", where=where)
    return Discover(**wanted)


def _vocabulary(name: str, table: Mapping[str, Any], where: str) -> Vocabulary:
    spellings: dict[str, list[str]] = {}
    above: dict[str, str] = {}
    for term, said in table.items():
        aliases = said
        if isinstance(said, dict) and said.keys() & {"spellings", "under"}:
            take = _Taker(said, where, f"{name}.{term}.")
            aliases = list(take.texts("spellings"))
            if under := take.text("under"):
                above[term] = under
            take.finish(f"{name}.{term}")
        if not isinstance(aliases, list) or not all(isinstance(alias, str) for alias in aliases):
            hint = 'or a table with a wider term: { spellings = ["another"], under = "a wider term" }'
            message = f"{name}.{term} must be a list of other spellings, not {aliases!r}"
            raise BadSettings(message, where=where, hint=hint)
        spellings[term] = aliases
    try:
        return Vocabulary.of(spellings, above)
    except ValueError as error:
        raise BadSettings(f"{name}: {error}", where=where) from error


def _listed(data: Mapping[str, Any], where: str) -> KeptList | None:
    if not data:
        return None
    take = _Taker(data, where, "list.")
    found = KeptList(take.path("forms", "list"), take.text("order"), take.text("rest"))
    take.finish("list")
    if found.order and found.order not in ORDERS:
        raise _unknown("order", found.order, ORDERS, where)
    return found


_TEXTS = ("short", "kind", "title", "publisher", "series", "abbreviated")
_YEARS = ("first", "since")
_PLACES = regex(r"\{(?:year|nth|word)\}")
_COUNTED = ("{nth}", "{word}")
_KIND = regex(r"[a-z][a-z0-9 _-]{0,39}")
_ID = regex(r"[a-z0-9][a-z0-9-]*")
_LONGEST = 500
"""Characters of a name."""
_MOST = 5000
"""Names in one list."""


def _venues(data: Mapping[str, Any], where: str) -> Mapping[str, Mapping[str, Any]]:
    from fedbib.words.venues import extended

    found = {id: _venue(id, table, where) for id, table in data.items()}
    try:
        extended(found) if found else None
    except ValueError as error:
        raise BadSettings(f"venues: {error}", where=where, hint="`fedbib venues` lists the known venues") from None
    return found


def _venue(id: str, data: object, where: str) -> Mapping[str, Any]:
    """A venue's table as it is, known to be sound."""
    if not isinstance(data, dict):
        raise BadSettings(f"venues.{id} must be a table, not {data!r}", where=where)
    if len(id) > _LONGEST or not _ID.fullmatch(id):
        raise BadSettings(f"venues.{id}: the id of a venue has only lower-case letters, digits and '-'", where=where)
    take = _Taker(data, where, f"venues.{id}.")
    texts = {name: take.text(name) for name in _TEXTS}
    years = {name: take.number(name, 0, "a year", 2200) for name in _YEARS}
    titles = take.table("titles")
    names = (*take.texts("spellings"), *take.texts("acl"))
    take.finish(f"venues.{id}")
    if "kind" in data and texts["kind"] not in KINDS:
        raise _unknown("kind of venue", texts["kind"], KINDS, where)
    if bad := next((year for year in titles if not (year.isascii() and year.isdigit() and len(year) == 4)), ""):
        raise BadSettings(f"venues.{id}.titles: {bad!r} is not a year", where=where)
    if bad := next((title for title in titles.values() if not isinstance(title, str)), ""):
        raise BadSettings(f"venues.{id}.titles: {bad!r} is not a text", where=where)
    _bounded((*texts.values(), *titles.values(), *names), f"venues.{id}", where)
    if "{" in _PLACES.sub("", texts["title"]) or "}" in _PLACES.sub("", texts["title"]):
        message = f"venues.{id}.title = {texts['title']!r} can have {{year}}, {{nth}} and {{word}}, but no other braces"
        raise BadSettings(message, where=where)
    if any(place in texts["title"] for place in _COUNTED) and not years["first"]:
        raise BadSettings(
            f"venues.{id}.title has a number, so `first` must give the year of the first one", where=where
        )
    return data


def _links(data: Mapping[str, Any], where: str) -> Mapping[str, tuple[str, ...]]:
    take = _Taker(data, where, "links.")
    found = {}
    for kind in data:
        if not _KIND.fullmatch(kind):
            message = f"links.{kind}: a kind of link has only lower-case letters, digits, spaces, '-' and '_'"
            raise BadSettings(message, where=where)
        found[kind] = take.texts(kind)
        _bounded(found[kind], f"links.{kind}", where)
    return found


def _capitals(data: Mapping[str, Any], where: str) -> dict[str, tuple[str, ...]]:
    take = _Taker(data, where, "capitals.")
    names, ordinary = take.texts("keep"), take.texts("drop")
    take.finish("capitals")
    _bounded((*names, *ordinary), "capitals", where)
    for name in names:
        if name == name.lower() or not all(part[:1].isalpha() for part in name.split()) or set(name) & set("_*#"):
            message = f"capitals.keep: {name!r} must be a name with a capital letter"
            raise BadSettings(message, where=where, hint='as titles write it: "Flower", "Kyoto University"')
    return {"names": names, "ordinary": ordinary}


def _bounded(names: Sequence[str], what: str, where: str) -> None:
    if len(names) > _MOST or any(len(name) > _LONGEST for name in names):
        message = f"{what} has more than {_MOST} names, or a name longer than {_LONGEST} characters"
        raise BadSettings(message, where=where, hint="shorten it")


def _section(data: Mapping[str, Any], where: str) -> Section:
    take = _Taker(data, where)
    topic = take.text("topic")
    section = Section(take.text("title"), take.text("kind", "topic" if topic else ""), topic, take.text("text"))
    take.finish("sections")
    if (
        not section.title
        or section.kind not in ("published", "preprints", "topic")
        or (section.kind == "topic") != bool(topic)
    ):
        raise BadSettings(
            "each section needs a title and either kind = 'published', kind = 'preprints' or a topic", where=where
        )
    return section


def _unknown(kind: str, name: str, known: Iterable[str], where: str) -> BadSettings:
    close = nearest(name, known)
    return BadSettings(
        f"unknown {kind} `{name}`" + (f", did you mean `{close}`?" if close else ""),
        where=where,
        hint="known: " + ", ".join(sorted(known)),
    )


class _Taker:
    """Takes typed values out of a table and knows at the end which were not asked for."""

    def __init__(self, data: Mapping[str, Any], where: str, above: str = "") -> None:
        self._data = dict(data)
        self._where = where
        self._above = above
        """What messages say before a name."""
        self._known: list[str] = []

    def _take(self, name: str, kind: type, default: Any, word: str) -> Any:
        self._known.append(name)
        value = self._data.pop(name, default)
        if not isinstance(value, kind):
            raise BadSettings(f"{self._above}{name} must be {word}, not {value!r}", where=self._where)
        return value

    def text(self, name: str, default: str = "") -> str:
        return str(self._take(name, str, default, "a text"))

    def texts(self, name: str) -> tuple[str, ...]:
        texts: list[object] = self._take(name, list, [], "a list of texts")
        if not all(isinstance(text, str) and text.strip() for text in texts):
            raise BadSettings(f"{self._above}{name} must be a list of texts, not {texts!r}", where=self._where)
        return tuple(map(str, texts))

    def number(self, name: str, default: int, kind: str = "a number of days", most: int = 36500) -> int:
        number = self._take(name, int, default, kind)
        if isinstance(number, bool) or not 0 <= number <= most:
            message = f"{self._above}{name} must be {kind} from 0 to {most}, not {number!r}"
            raise BadSettings(message, where=self._where)
        return int(number)

    def flag(self, name: str, *, default: bool) -> bool:
        return bool(self._take(name, bool, default, "true or false"))

    def table(self, name: str) -> Mapping[str, Any]:
        table: Mapping[str, Any] = self._take(name, dict, {}, "a table")
        return table

    def tables(self, name: str) -> list[Mapping[str, Any]]:
        tables: list[Mapping[str, Any]] = self._take(name, list, [], "a list of tables")
        if not all(isinstance(table, dict) for table in tables):
            raise BadSettings(f"{name} must be a list of tables", where=self._where)
        return tables

    def path(self, name: str, default: str, *, empty: bool = False) -> str:
        """A path below the collection's folder, "." for the folder itself; what its text may be says `disk.inside`."""
        path = self.text(name, default)
        if path or not empty:
            _inside(path, name, self._where)
        return path

    def address(self, name: str) -> str:
        """An address, or what else may stand there; its user and password are for nobody to see."""
        address = self.text(name)
        host = address.partition("://")[2].partition("/")[0]
        if "@" in host:
            message = f"the address in {name} contains a user name or password"
            raise BadSettings(message, where=self._where, hint="remove it")
        if not host.isascii():  # letters that look like others lead elsewhere
            message = f"the host of the address in {name} has letters outside ASCII"
            raise BadSettings(message, where=self._where, hint="write its ASCII form: xn--...")
        return address

    def finish(self, what: str) -> None:
        for name in self._data:
            raise _unknown(f"name in {what}", name, self._known, self._where)
