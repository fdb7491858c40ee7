"""The tools that a collection offers to AI assistants; none of them changes it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from fedbib.collection import Collection
from fedbib.errors import BadIdentifier, BadValue
from fedbib.ids.identify import identify
from fedbib.match.works import title_words
from fedbib.model.work import Work
from fedbib.records import fields
from fedbib.references.style import names
from fedbib.text.markup import plain
from fedbib.text.nearest import nearest

MOST = 100
"""The most works in one answer."""


class Tools:
    """The tools, which read the collection on disk at each call."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def _collection(self) -> Collection:
        return Collection.open(self._folder)

    def search(
        self, words: str = "", topic: str = "", venue: str = "", year: str = "", status: str = "", limit: int = 20
    ) -> dict[str, Any]:
        """Find papers of the collection. All `words` must be in key, title, authors, venue or topics; `venue` is a
        label without the year ("EMNLP"); `year` is 2023, 2022-2024, 2022- or -2024; `status` is preprint, published,
        withdrawn or retracted. Returns the number of papers found and the newest of them.
        """
        found = self._collection().select(
            search=words, topic=_given(topic), venue=_given(venue), status=_given(status), year=year or None
        )
        newest = sorted(found, key=lambda work: (-(work.year or 0), work.key))
        return {"total": len(found), "works": [_brief(work) for work in newest[: max(0, min(limit, MOST))]]}

    def get(self, name: str) -> dict[str, Any]:
        """Everything about one paper: its fields by their CSL names, links and topics, and the source of each field.
        `name` is its citation key, an identifier (arxiv:2310.15080, a DOI) or an address.
        """
        collection = self._collection()
        work = collection.get(name)
        if work is None:
            close = nearest(name, [work.key for work in collection.works])
            raise BadValue(
                "no paper has this key or identifier", where=name, hint=f"did you mean {close}?" if close else ""
            )
        said = {reason.field: reason.chosen.source for reason in collection.explain(work.key)}
        return fields.everything(work) | {"said_by": said}

    def cite(self, keys: Sequence[str], format: str = "bibtex", style: str = "apa") -> str:
        """References to papers by their citation keys: `format` is bibtex, biblatex, csl-json, ris, or text for
        formatted references in a `style` (apa, ieee, acl, acm, chicago, mla, vancouver, ...).
        """
        collection, wanted = self._collection(), tuple(dict.fromkeys(keys))[:MOST]
        if format == "text":
            if style not in names():  # nor the path of a file
                raise BadValue("is not a style", where=style, hint="give a style such as apa, ieee, acl or chicago")
            return "\n\n".join(each.text for each in collection.cite(wanted, style))
        works = [work for key in wanted if (work := collection.get(key))]
        if missing := [key for key in wanted if not collection.get(key)]:
            raise BadValue("no paper has this key", where=", ".join(missing))
        return collection.render(format, works)

    def exists(self, paper: str) -> dict[str, Any]:
        """Whether a paper is in the collection, by its key, an identifier, an address, or its whole title. False means
        that it is not in this collection; the paper may exist nevertheless. `like` has papers of the collection with a
        similar title.
        """
        collection = self._collection()
        if work := collection.get(paper):
            return {"exists": True, "by": "name", "work": _brief(work)}
        titled = {title_words(work.title): work for work in collection.works if work.title}
        wanted = title_words(paper)
        if found := titled.get(wanted):
            return {"exists": True, "by": "title", "work": _brief(found)}
        like = nearest(wanted, titled) if not _is_identifier(paper) else ""
        return {"exists": False, "like": [_brief(titled[like])] if like else []}


def _given(text: str) -> tuple[str, ...]:
    return (text,) if text else ()


def _is_identifier(text: str) -> bool:
    try:
        identify(text)
    except BadIdentifier:
        return False
    return True


def _brief(work: Work) -> dict[str, Any]:
    venue = work.container_title_short or work.container_title
    return {
        "key": work.key,
        "title": plain(work.title),
        "authors": [name.display for name in work.author],
        "year": work.year,
        "venue": venue,
        "status": str(work.status),
        "url": work.URL,
    }
