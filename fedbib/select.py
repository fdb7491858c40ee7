"""A part of a collection: the works that have what is asked for, or exactly those that a LaTeX document cites."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from pathlib import Path

from fedbib.disk import files
from fedbib.errors import BadFile, BadIdentifier, BadValue, WorkNotFound
from fedbib.ids.identify import identify
from fedbib.ids.same import same
from fedbib.match.works import title_words
from fedbib.model.identifier import Identifier
from fedbib.model.work import Work
from fedbib.text.markup import plain
from fedbib.text.nearest import nearest
from fedbib.text.regex import regex

EVERYTHING = "*"
"""What `\\nocite{*}` cites."""

_LIMIT = 100_000_000
_LONG_LINE = 1_000_000
"""Characters: a line of a document that people or LaTeX wrote has fewer."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What a work must have; of several values of one kind one is enough, of several kinds all."""

    topics: tuple[str, ...] = ()
    datasets: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    venues: tuple[str, ...] = ()
    """Labels without the year: "EMNLP"."""
    statuses: tuple[str, ...] = ()
    years: tuple[int, int] | None = None
    """First and last."""
    text: str = ""
    """Words that all stand in key, title, authors, venue or facets."""

    @property
    def is_everything(self) -> bool:
        """Whether it takes every work."""
        return self == _ALL

    def takes(self, work: Work) -> bool:
        return (
            _one_of(self.topics, work.topics)
            and _one_of(self.datasets, work.datasets)
            and _one_of(self.models, work.models)
            and _one_of(self.venues, (work.container_title_short, work.container_title))
            and _one_of(self.statuses, (work.status,))
            and (self.years is None or (work.year is not None and self.years[0] <= work.year <= self.years[1]))
            and all(word in _words(work) for word in title_words(self.text).split())
        )

    def strange(self, works: Sequence[Work]) -> Iterator[tuple[str, str]]:
        """Each word of a filter that none of the works has, with the nearest that one has, or ""."""
        kinds = (
            (self.topics, attrgetter("topics")),
            (self.datasets, attrgetter("datasets")),
            (self.models, attrgetter("models")),
            (self.venues, attrgetter("container_title_short", "container_title")),
        )
        for wanted, values in kinds:
            has = {value for work in works for value in values(work)} if wanted else set[str]()
            for word in wanted:
                if not _one_of((word,), tuple(has)):
                    yield word, nearest(word, sorted(has - {""})) or ""


_ALL = Selection()


def _one_of(wanted: Sequence[str], has: Sequence[str]) -> bool:
    return not wanted or bool({word.casefold() for word in wanted} & {word.casefold() for word in has})


def _words(work: Work) -> str:
    people = " ".join(name.display for name in work.author)
    parts = (work.key, plain(work.title), people, work.container_title, work.container_title_short)
    return title_words(" ".join((*parts, *work.topics, *work.datasets, *work.models, work.comment, work.tldr)))


def years(text: str) -> tuple[int, int]:
    """First and last year of "2023", "2022-2024", "2022-" or "-2024"; raises BadValue."""
    match = re.fullmatch(r"(\d{4})|(\d{4})?\s*[-–]\s*(\d{4})?", text.strip(), re.ASCII)
    if not match or not any(match.groups()):
        raise BadValue(f"{text!r} is not a year or a range of years", hint="write 2023, 2022-2024, 2022- or -2024")
    one, first, last = match.groups()
    return int(one or first or 0), int(one or last or 9999)


_AUX = regex(r"\\(?:citation|abx@aux@cite(?:\{\d+\})?)\{([^{}]*)\}")
_BCF = regex(r"<bcf:citekey\b[^<>]*>([^<]*)</bcf:citekey>")
# Not natbib's and biblatex's commands that take something else than keys.
_OTHER = regex(r"cite(?:text|style|name)|(?:set|use)cite.*|(?:AtEvery|AtNext|AfterCite|DeclareCite).*")
_OPTIONS = r"(?:\s*+\[[^\][]*+\])*+\s*+"
_TEX = regex(rf"\\(?=[a-zA-Z]*[cC]ite)([a-zA-Z]++)\*?{_OPTIONS}\{{([^{{}}]*+)\}}")
_SEVERAL = r"\\[a-zA-Z]*[cC]ites(?![a-zA-Z])\*?"
_TEX_SEVERAL = regex(rf"{_SEVERAL}((?:\s*+\([^()]*+\))*+(?:{_OPTIONS}\{{[^{{}}]*+\}})++)")
_INPUT = regex(r"\\(?:@input|input|include|subfile)\s*\{([^{}#\\]+)\}")
_NOT_TYPESET = regex(r"\\begin\{((?:verbatim|lstlisting|comment)\*?)\}|\\verb\*?([^\sA-Za-z*])|\\iffalse\b")
_COMMENT = regex(r"(?<!\\)%.*")


def cited(text: str) -> tuple[str, ...]:
    """The keys that an `.aux`, `.bcf` or `.tex` cites, in order, each once; `EVERYTHING` for `\\nocite{*}`."""
    if "<bcf:" in text:
        found = _BCF.findall(text)
    elif r"\citation{" in text or r"\abx@aux@cite" in text:
        found = _AUX.findall(text)
    else:
        text = _typeset(_COMMENT.sub("", text)).partition(r"\end{document}")[0]
        groups = [(match.start(), match[2]) for match in _TEX.finditer(text) if not _OTHER.fullmatch(match[1])]
        for match in _TEX_SEVERAL.finditer(text):
            groups += [(match.start(), group) for group in re.findall(r"\{([^{}]*)\}", match[1])]
        found = [group for _, group in sorted(groups, key=lambda placed: placed[0])]
    keys = (key.strip() for group in found for key in group.split(","))
    return tuple(dict.fromkeys(key for key in keys if key and "#" not in key))


def _typeset(text: str) -> str:
    """The text without what LaTeX prints as it stands or skips; what is not closed, stays."""
    kept, end = [], 0
    last = {sign: place for place, sign in enumerate(text)} if r"\verb" in text else {}
    endless: set[str] = set()
    for match in _NOT_TYPESET.finditer(text):
        environment, sign = match.groups()
        if match.start() < end or match[0] in endless or (sign and last[sign] < match.end()):
            continue
        closing = rf"\\end\{{{re.escape(environment)}\}}" if environment else re.escape(sign) if sign else r"\\fi\b"
        if closed := re.compile(closing).search(text, match.end()):
            kept.append(text[end : match.start()])
            end = closed.end()
        else:
            endless.add(match[0])
    return "".join((*kept, text[end:]))


def inputs(text: str) -> tuple[str, ...]:
    """The names of the files that an `.aux` or `.tex` takes in, as they stand there, in order, each once."""
    return tuple(dict.fromkeys(name.strip() for name in _INPUT.findall(_COMMENT.sub("", text))))


def cited_by(document: Path) -> tuple[tuple[str, ...], tuple[Path, ...]]:
    """The keys that an `.aux`, `.bcf` or `.tex` file and those it takes in cite, and the files that cannot be read.

    The names of the others are looked up as LaTeX does: from the document's folder. Raises BadFile for a document that
    cannot be read or cites nothing.
    """
    folder, found, unread = document.absolute().parent, list[str](), list[Path]()
    waiting, seen = [document.absolute()], set[Path]()
    while waiting:
        path = waiting.pop(0)
        if path in seen:
            continue
        seen.add(path)
        try:
            text = files.read(path, limit=_LIMIT).decode("utf-8", "replace")
            _refuse_long(text, path)
        except BadFile:
            if path == document.absolute():
                raise
            unread.append(path)
            continue
        found += cited(text)
        waiting += [folder / (name if Path(name).suffix else f"{name}{document.suffix}") for name in inputs(text)]
    if not found:
        hint = "run LaTeX once and give its .aux or .bcf file, or give the .tex file"
        raise BadFile("cites nothing", where=str(document), hint=hint)
    return tuple(found), tuple(unread)


def _refuse_long(text: str, path: Path) -> None:
    """Raise BadFile for a line longer than `_LONG_LINE`."""
    if len(text) > _LONG_LINE:
        for number, line in enumerate(text.split("\n"), start=1):
            if len(line) > _LONG_LINE:
                message = f"has a line of more than {_LONG_LINE:,} characters, so it is not a document"
                raise BadFile(message, where=str(path), line=number, hint="give the .tex, .aux or .bcf file")


def by_keys(works: Sequence[Work], keys: Iterable[str]) -> tuple[tuple[Work, ...], tuple[str, ...]]:
    """The works of some keys, in the order of the collection, and the keys that nothing has.

    A work that is asked for by an earlier key, or in other capitals, is given under the key asked for, as the document
    that cites it needs.
    """
    wanted = dict.fromkeys(keys)
    if EVERYTHING in wanted:
        return tuple(works), ()
    found = []
    known: set[str] = set()
    alike: dict[str, list[str]] = {}
    for key in wanted:
        alike.setdefault(key.casefold(), []).append(key)
    for work in works:
        own = dict.fromkeys((work.key, *work.aliases))
        names = list(dict.fromkeys(key for name in own for key in alike.get(name.casefold(), ())))
        known |= set(names)
        found += [work if name == work.key else replace(work, key=name) for name in names]
    return tuple(found), tuple(key for key in wanted if key not in known)


class Index:
    """Works by the names they are called by."""

    def __init__(self, works: Sequence[Work]) -> None:
        earlier = {name: work for work in works for name in (work.URL, *work.aliases) if name}
        self._by_name = earlier | {work.key: work for work in works}
        self._by_id = {id: work for work in works for id in same(work.ids)}

    def get(self, name: str | Identifier) -> Work | None:
        """The work with a citation key, an earlier key, an address or an identifier, written in any known way."""
        if isinstance(name, str):
            if work := self._by_name.get(name):
                return work
            try:
                name = identify(name)
            except BadIdentifier:
                return None
        return next((self._by_id[id] for id in same([name]) if id in self._by_id), None)

    def named(self, name: str | Identifier) -> Work:
        """As `get`; WorkNotFound, with the nearest key, instead of None."""
        work = self.get(name)
        if work is None:
            close = nearest(str(name), self._by_name)
            message = "no paper has this key or identifier" + (f", did you mean {close}?" if close else "")
            raise WorkNotFound(message, where=str(name), hint="`fedbib list` prints the keys")
        return work


def unknown(works: Sequence[Work], keys: Iterable[str]) -> Iterator[str]:
    """A line for each key that no work has, with the nearest one that there is."""
    known = [name for work in works for name in (work.key, *work.aliases)]
    for key in keys:
        close = nearest(key, known)
        yield f"{key}: no paper has this key" + (f", did you mean {close}?" if close else "")
