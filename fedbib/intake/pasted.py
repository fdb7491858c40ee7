"""What people give to `add`: identifiers and links, several in a line, titles, BibTeX entries."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fedbib.errors import BadIdentifier
from fedbib.formats.bib import bibtex
from fedbib.ids.identify import identifiers
from fedbib.match.works import compare, title_words
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.work import Work
from fedbib.text.markup import plain
from fedbib.text.plain import clean

_ENTRY = re.compile(r"^[ \t]*@[A-Za-z]+[ \t]*[{(]", re.MULTILINE)
_COMMENT = re.compile(r"^\s*(?:#|%|//\s|;).*|\s#\s.*")
_QUOTES = ("\"'\u201c\u201e\u00ab\u2018`", "\"'\u201d\u201c\u00bb\u2019'")
_WORD = re.compile(r"[^\W\d_]{2,}")
_FEWEST = 3
"""So many words make a title, where no quotes say that it is one."""
_NEAR = 0.5
"""How much of a title's words a candidate must share."""
_MOST = 9
"""So many candidates are shown."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One paper that a person wants, as far as what he gave tells."""

    text: str
    ids: tuple[Identifier, ...] = ()
    """Of one paper; where there is none it is looked for by `work`."""
    work: Work = Work()
    fault: BadIdentifier | None = None
    """Why it can be neither asked about nor looked for."""


def pieces(text: str) -> list[str]:
    """Each line of a text, without comments and blank ones; BibTeX entries stay whole."""
    start = _ENTRY.search(text)
    head, entries = (text[: start.start()], text[start.start() :]) if start else (text, "")
    lines = [line for each in head.splitlines() if (line := _COMMENT.sub("", each).strip())]
    return [*lines, entries] if entries else lines


def wanted(texts: Iterable[str]) -> Iterator[Wanted]:
    """The papers that each text names, in order; one that names none is there with the reason."""
    for text in texts:
        if _ENTRY.match(text):
            yield from _entries(text)
            continue
        try:
            found = identifiers(text)
        except BadIdentifier as fault:
            title = _title(text)
            yield Wanted(text, work=Work(title=title)) if title else Wanted(text, fault=fault)
        else:
            yield from (Wanted(text if len(found) == 1 else str(id), (id,)) for id in found)


def _entries(text: str) -> Iterator[Wanted]:
    reading = bibtex.parse(text)
    for work in reading.works:
        shown = work.key or plain(work.title)
        if work.ids or work.title:
            yield Wanted(shown, work.ids, work)
        else:
            yield Wanted(shown, fault=BadIdentifier("the entry has neither an identifier nor a title"))
    if not reading.works:
        reason = next((problem.message for problem in reading.problems), "no entry was found in it")
        yield Wanted(clean(text)[:60], fault=BadIdentifier(f"the BibTeX cannot be read: {reason}"))


def _title(text: str) -> str:
    """The title that a text is: one in quotes, or several words; "" for what only failed to be an identifier."""
    bare = clean(text)
    quoted = len(bare) > 2 and bare[0] in _QUOTES[0] and bare[-1] in _QUOTES[1]
    if quoted:
        bare = bare[1:-1].strip()
    words = _WORD.findall(bare)
    is_link = "://" in bare or "www." in bare
    return bare if words and not is_link and (quoted or len(words) >= _FEWEST) else ""


def candidates(work: Work, found: Iterable[Work]) -> tuple[Work, ...]:
    """The works with an identifier among those that searches found, each once, the likest to what is wanted first.

    Of one title, what only DBLP has an identifier of comes last, and not at all where another has it.
    """
    near = {other: score for other in found if other.ids and (score := compare(work, other).title or 0) >= _NEAR}
    known: dict[Identifier, Work] = {}
    titles: set[str] = set()
    for other in sorted(near, key=lambda other: (-near[other], _is_listed_only(other))):
        words = title_words(other.title)
        if known.keys().isdisjoint(other.ids) and not (_is_listed_only(other) and words in titles):
            known |= dict.fromkeys(other.ids, other)
            titles.add(words)
    return tuple(dict.fromkeys(known.values()))[:_MOST]


def _is_listed_only(work: Work) -> bool:
    return all(id.scheme is Scheme.DBLP for id in work.ids)
