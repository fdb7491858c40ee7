"""Lists in the wild: the words that a list is read with, fedbib's or those of a collection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urlsplit

from fedbib.formats.lists.links import LONGEST_LABEL, bare
from fedbib.words.venues import Register, register


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    register: Register
    """The venues that are known."""
    kinds: Mapping[str, str] = field(default_factory=dict)
    """A collection's own kinds of links, by words that stand on them and hosts that they lead to."""

    @classmethod
    def of(cls, register: Register, links: Mapping[str, Sequence[str]]) -> Self:
        """With the kinds of links of a table `kind = [words and hosts]`."""
        kinds = {
            (word.casefold() if "." in word else bare(word)): kind for kind, words in links.items() for word in words
        }
        return cls(register, kinds)

    def kind_of(self, url: str, label: str) -> str:
        """The kind that the collection has for a link, by what is written on it or by its host; "" for none."""
        if not self.kinds:
            return ""
        if len(label) <= LONGEST_LABEL and (kind := self.kinds.get(bare(label), "")):
            return kind
        try:
            host = (urlsplit(url).hostname or "").removeprefix("www.")
        except ValueError:
            return ""
        return next((self.kinds[each] for each in (host, host.partition(".")[2]) if each in self.kinds), "")


def built_in() -> Lexicon:
    """What comes with fedbib, for a list that belongs to no collection."""
    return Lexicon(register())
