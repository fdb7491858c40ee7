"""What is known of a scheme of identifiers: how they are written, read and spoken of."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import SplitResult

from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.work import FIELDS, ID_FIELDS

Link = Callable[[Sequence[str], SplitResult], Identifier | None]
"""Reads a link to a host, given the decoded segments of its path and the whole; raises BadIdentifier like `read`."""

_CLOSING = {")": "(", "]": "[", "}": "{", ">": "<"}
_QUOTES = "\"'`\u201c\u201d\u2018\u2019\u00ab\u00bb"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notation:
    """Everything that is known of a scheme: the last line of its module, and one line in `fedbib.ids.schemes`.

    What `fedbib.ids.identify` takes for an identifier, the schemas and the names in messages and lists follow from
    these facts. A description that lacks one is refused (TypeError), one that contradicts itself too (ValueError).
    """

    scheme: Scheme
    """Its name, where its identifiers lead, and what they name."""
    label: str
    """As shown to people: "ACL Anthology"; the text of a link to a paper there."""
    noun: str
    """One of its identifiers in a sentence, with its article: "an ACL Anthology id"."""
    example: str
    """A value in normal form."""
    description: str
    """For the schema of a record file, with `{}` for the example."""
    normal: re.Pattern[str]
    """Matches only what is in normal form for sure: such a value is not read any further."""
    read: Callable[[str], Identifier | None]
    """The identifier that a text without words around it is, None when it looks like none of these.

    Raises BadIdentifier with the reason for what looks like one and is none.
    """
    alone: bool
    """Whether one that stands by itself, without prefix or link, can be told from other texts."""
    hosts: Mapping[str, Link]
    """How links to papers are read, by host; also for the hosts below each."""
    other_pages: Mapping[str, str] = field(default_factory=dict)
    """What the first segment of a link's path shows to be no paper: "a list of papers"."""
    led: Callable[[str], str | None] | None = None
    """What follows the words that may lead to an identifier, None without such; beside "name: ", which always may."""
    anywhere: Callable[[SplitResult], Identifier | None] | None = None
    """Reads a link to any host, after all others."""
    fault: Callable[[str], str] | None = None
    """What a text is that resembles an identifier and is none ("a volume of the ACL Anthology, not a paper"), or ""."""

    def __post_init__(self) -> None:
        wrong = [what for what, fits in self._facts().items() if not fits]
        if wrong:
            raise ValueError(f"the scheme {str(self.scheme)!r} is not described well: {', '.join(wrong)}")

    def _facts(self) -> Mapping[str, bool]:
        """What must hold of a description, and whether it does."""
        return {
            "name": re.fullmatch("[a-z][a-z0-9]*", self.scheme) is not None
            and (self.scheme in ID_FIELDS or self.scheme not in FIELDS),
            "address": self.scheme.address.startswith("https://") and self.scheme.address.count("{}") == 1,
            "label": bool(self.label),
            "noun": self.noun.startswith(("a ", "an ")),
            "description": "{}" in self.description,
            "normal": self.normal.fullmatch(self.example) is not None,
            "read": self.read(self.example) == Identifier(self.scheme, self.example),
            "hosts": bool(self.hosts) or self.anywhere is not None,
        }


def trimmed(text: str) -> str:
    """Without the punctuation, quotes and unmatched brackets that a text is copied with."""
    text = text.strip()
    while text:
        first, last = text[0], text[-1]
        if first in _QUOTES or first in ",;":
            text = text[1:]
        elif last in _QUOTES or last in ".,;:!?\u2026":
            text = text[:-1]
        elif last in _CLOSING and _CLOSING[last] == first:
            text = text[1:-1]
        elif (last in _CLOSING and text.count(last) > text.count(_CLOSING[last])) or last.isspace():
            text = text[:-1]
        elif first in "([{<" or first.isspace():
            text = text[1:]
        else:
            return text
    return text


def shown(text: str) -> str:
    """A text in a message: in quotes, and not endless."""
    return f'"{text if len(text) <= 80 else text[:77] + "..."}"'


def is_link(text: str) -> bool:
    return text.lower().startswith(("http://", "https://"))
