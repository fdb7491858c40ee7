"""What a row says of its paper, as it is now: what is true stays as it is written, what is not is written anew."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from fedbib.formats.look.pattern import DATES, MONTHS, Pattern, cleaned, posted_of, repository_of
from fedbib.formats.look.people import Style, forms, people
from fedbib.ids.landing import landing, named, normalised, safe
from fedbib.model.identifier import Identifier
from fedbib.model.name import Name
from fedbib.model.name import named as people_named
from fedbib.model.venue import Venue
from fedbib.model.work import Link, Work
from fedbib.text.ascii import folded
from fedbib.text.markdown import escape
from fedbib.text.markup import plain
from fedbib.text.names import split
from fedbib.words.publication import is_posted


class Links(dict[str, str]):
    """The links of a paper by label; a label that it has not is empty."""

    def __missing__(self, label: str) -> str:
        return ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of the collection."""

    work: Work
    titles: tuple[str, ...] = ()
    """Others that it is or was known by."""
    versions: tuple[Identifier, ...] = ()
    """Identifiers of other versions of it."""

    def is_called(self, title: str) -> bool:
        """Whether it is or was known by a title."""
        known = (plain(self.work.title), *self.titles)
        return folded(title) in map(folded, known) or not self.work.title


Find = Callable[[str], Venue | None]
"""The register of venues."""
Fill = Callable[[str, Mapping[str, Any]], str]
"""The text that a form, by its name, makes of values."""


def written(text: str, *, is_html: bool) -> str:
    """A value as it stands in a row."""
    return html.escape(text, quote=False) if is_html else escape(text)


def address(url: str, *, is_html: bool) -> str:
    if is_html:
        return html.escape(url)
    return f"<{url}>" if "(" in url or ")" in url else url


def values_of(work: Work, *, is_html: bool) -> dict[str, Any]:
    """What a template is given of a work."""
    work = normalised(work)
    issued, posted = work.issued, posted_of(work)
    month = issued.month if issued and issued.month else None
    if not month and issued and posted and posted[0] == issued.year:
        month = posted[1]
    links = Links((link.label, address(link.url, is_html=is_html)) for link in work.links if safe(link.url))
    found: dict[str, Any] = {
        "title": written(plain(work.title), is_html=is_html),
        "url": address(landing(work), is_html=is_html),
        "venue": written(venue_label(work), is_html=is_html),
        "year": str(issued.year) if issued else "",
        "yy": f"{issued.year % 100:02}" if issued else "",
        "month": f"{month:02}" if month else "",
        "month_name": MONTHS[month - 1] if month else "",
        "month_short": MONTHS[month - 1][:3] if month else "",
        "day": f"{issued.day:02}" if issued and issued.day else "",
        "arxiv": work.arxiv,
        "doi": work.DOI,
        "acl": work.acl,
        "openreview": work.openreview,
        "links": links,
        "repo": repository_of(work),
        "comment": written(work.comment, is_html=is_html),
        "tldr": written(work.tldr, is_html=is_html),
        "key": work.key,
        "number": "",
    }
    for facet in ("topics", "datasets", "models"):
        found[facet] = tuple(written(text, is_html=is_html) for text in getattr(work, facet))
    for name, names in forms(work.author).items():
        found[name] = tuple(written(text, is_html=is_html) for text in names)
    return found


def venue_label(work: Work) -> str:
    return work.container_title_short or work.container_title or ("arXiv" if work.is_preprint and work.arxiv else "")


def nothing() -> dict[str, Any]:
    """What a template is given of a work of which nothing is known."""
    return values_of(Work(), is_html=False)


@dataclass(frozen=True, slots=True)
class Truth:
    """What is true of a paper, to hold a row against."""

    paper: Paper
    find: Find
    before: Work | None = None
    """The paper at the last build."""

    def told(self, says: Work, pattern: Pattern, *, is_html: bool) -> dict[str, Any]:
        """The values of the work, but what the row says and is true as the row has it."""
        work = self.paper.work
        now = values_of(work, is_html=is_html)
        values = {**now, "links": Links(now["links"])}
        row = pattern.values
        keeps_date = self._is_date_true(says) or not all(now[name] for name in DATES & row.keys())
        for expression, text in row.items():
            name, is_link = _name(expression)
            if is_link:
                if self._is_link_true(name, text):
                    values["links"][name] = text
            elif name in DATES:
                values[name] = text if keeps_date else now[name]
            elif name in ("authors", "initials", "families"):
                if self._are_authors_true(says):
                    values.update(forms(says.author))
            elif name in ("topics", "datasets", "models"):
                if self._are_words_true(name, says):
                    values[name] = getattr(says, name)
            elif self._is_true(name, text, says):
                values[name] = text
        if "repo" in row and not values["repo"]:
            values["repo"] = row["repo"]
        self._leave_out(values, {_name(expression) for expression in row})
        return values

    def _leave_out(self, values: dict[str, Any], row: AbstractSet[tuple[str, bool]]) -> None:
        """Take away what people gave the paper before the last build, and the row has not all the same; and the server
        of a preprint.
        """
        before = values_of(self.before or self.paper.work, is_html=False)
        for label in [label for label in values["links"] if (label, True) not in row and label in before["links"]]:
            del values["links"][label]
        if ("venue", False) not in row and self.paper.work.is_preprint:
            values["venue"] = ""
        for name in ("comment", "tldr", "topics", "datasets", "models"):
            if (name, False) not in row and before[name]:
                values[name] = before[name][:0]

    def _is_true(self, name: str, text: str, says: Work) -> bool:
        work = self.paper.work
        match name:
            case "title":
                return not work.title or folded(says.title) == folded(plain(work.title))
            case "url":
                return self._is_address_true(text)
            case "venue":
                return self._is_venue_true(says.container_title_short)
            case "arxiv" | "doi" | "acl" | "openreview":
                return any(id.value.lower() == text.lower() for id in (*work.ids, *self.paper.versions))
            case "repo":
                return text == repository_of(work) or self.before is None or text != repository_of(self.before)
            case "comment" | "tldr":
                return folded(getattr(says, name)) == folded(getattr(work, name))
            case _:
                return True

    def _are_words_true(self, facet: str, says: Work) -> bool:
        """Whether a row has the words of a facet, or some of them where none came since the last build."""
        now, here = (frozenset(map(folded, getattr(work, facet))) for work in (self.paper.work, says))
        is_new = self.before is not None and getattr(self.before, facet) != getattr(self.paper.work, facet)
        return here == now or (here < now and not is_new)

    def _is_address_true(self, url: str) -> bool:
        """Whether an address is that of the paper, or of nothing that is known."""
        id = named(cleaned(url))
        return id is None or id in self.paper.work.ids or id in self.paper.versions

    def _is_link_true(self, label: str, url: str) -> bool:
        """Whether a link is the paper's, or the keeper's own: not one that the paper had at the last build."""
        link = Link(label, cleaned(url))
        return link in self.paper.work.links or self.before is None or link not in self.before.links

    def _is_venue_true(self, label: str) -> bool:
        now = venue_label(self.paper.work)
        if not now or folded(label) == folded(now):
            return True
        said, known = self.find(label), self.find(now) or self.find(self.paper.work.container_title)
        return said is not None and known is not None and said.short == known.short

    def _is_date_true(self, says: Work) -> bool:
        work, issued = self.paper.work, says.issued
        if not issued or not work.issued:
            return True
        if issued.year == work.issued.year:
            return True
        if work.is_preprint and issued.year > work.issued.year and not is_posted(says.container_title_short):
            return True  # of a publication that nobody told of
        is_of_arxiv = posted_of(work) == (issued.year, issued.month)
        return is_of_arxiv and self._is_venue_true(says.container_title_short or venue_label(work))

    def _are_authors_true(self, says: Work) -> bool:
        ours, theirs = list(_families(self.paper.work.author)), list(_families(says.author))
        if not ours:
            return True
        is_cut = len(theirs) < len(says.author)
        return theirs == ours[: len(theirs)] if is_cut or len(ours) < len(self.paper.work.author) else theirs == ours


def _families(author: Iterable[Name]) -> Iterable[str]:
    for name in people_named(author):
        part = split(name.unsplit) if name.unsplit else name
        yield folded(part.family or part.literal).replace("-", "")


def _name(expression: str) -> tuple[str, bool]:
    """The value that an expression begins with, and whether it is a link's label."""
    name = expression.partition("|")[0]
    if name.startswith("links."):
        return name.removeprefix("links."), True
    if name.startswith('links["'):
        return name[7:-2], True
    return name, False


def said(says: Work, pattern: Pattern) -> dict[str, Any]:
    """What a template is given of a row that says no more than what stands in it."""
    values = nothing()
    links = Links()
    for expression, text in pattern.values.items():
        name, is_link = _name(expression)
        if is_link:
            links[name] = text
        elif name in ("authors", "initials", "families"):
            values.update(forms(says.author))
        elif name in ("topics", "datasets", "models"):
            values[name] = getattr(says, name)
        else:
            values[name] = text
    values["links"] = links
    return values


def own_text(says: Work, pattern: Pattern, values: Mapping[str, Any], style: Style) -> str | None:
    """The row with other values in its own pattern; None when one that stands in it would be empty."""
    here = said(says, pattern)
    texts: dict[str, str] = {}
    for expression, text in pattern.values.items():
        name, is_link = _name(expression)
        if is_link:
            texts[expression] = values["links"][name]
        elif values[name] == here[name]:
            texts[expression] = text
        elif expression == style.expression:
            texts[expression] = people(values[name], style.most, style.between, style.last, style.others)
        else:
            texts[expression] = values[name] if isinstance(values[name], str) else ", ".join(values[name])
    if not all(texts.values()):
        return None
    return pattern.filled(lambda expression, _: texts[expression])
