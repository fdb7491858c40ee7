"""The settings' own words: what a paper must speak of to be shown."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from fedbib.settings import Discover


@dataclass(frozen=True, slots=True)
class Phrases:
    """Words or phrases looked for in a text: whole words, without regard to case, hyphens and a plural's s.

    A `*` stands for any letters: "fine-tun*", "*BERT".
    """

    pattern: re.Pattern[str] | None
    hints: tuple[str, ...] = ()
    """Of each phrase a piece that stands in every text with it: looking for these first is much faster."""

    @classmethod
    @lru_cache(maxsize=64)
    def of(cls, phrases: tuple[str, ...]) -> Phrases:
        parts = [_part(phrase) for phrase in sorted(phrases, key=len, reverse=True) if phrase.strip(" *-")]
        if not parts:
            return cls(None)
        hints = (max(re.split(r"[\s*-]+", phrase.casefold()), key=len) for phrase in phrases if phrase.strip(" *-"))
        pattern = re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE)
        return cls(pattern, tuple(dict.fromkeys(hints)))

    def stand(self, text: str) -> bool:
        """Whether one of them stands in a text; without any, that is so."""
        if self.pattern is None:
            return True
        low = text.casefold()
        return any(hint in low for hint in self.hints) and self.pattern.search(text) is not None

    def found(self, text: str) -> tuple[str, ...]:
        """What stands in the text, lower case, each once, in order."""
        if self.pattern is None:
            return ()
        return tuple(dict.fromkeys(_told(match[0]) for match in self.pattern.finditer(text)))

    def count(self, text: str) -> int:
        """How often any of them stands in the text."""
        return sum(1 for _ in self.pattern.finditer(text)) if self.pattern else 0


def _part(phrase: str) -> str:
    words = [re.escape(word).replace(r"\*", r"\w*") for word in re.split(r"[\s-]+", phrase.strip())]
    return r"[\s-]*".join(words) + "s?"


def _told(found: str) -> str:
    return " ".join(found.casefold().split())


@dataclass(frozen=True, slots=True)
class Words:
    """The words of the settings, ready to look for."""

    must: tuple[Phrases, ...] = ()
    any: Phrases = field(default_factory=lambda: Phrases(None))
    never: Phrases = field(default_factory=lambda: Phrases(None))

    @classmethod
    def of(cls, settings: Discover) -> Words:
        return cls(
            tuple(Phrases.of(alternatives(entry)) for entry in settings.must),
            Phrases.of(settings.any),
            Phrases.of(settings.never),
        )

    def __bool__(self) -> bool:
        return bool(self.must) or self.any.pattern is not None

    def takes(self, title: str, abstract: str) -> bool:
        """Whether a paper speaks of what it must and of nothing that it must not.

        Where there is no abstract, a title need not hold one of the `any` words.
        """
        text = f"{title}\n{abstract}"
        return (
            all(phrases.stand(text) for phrases in self.must)
            and (not abstract or self.any.stand(text))
            and (self.never.pattern is None or not self.never.stand(text))
        )

    def named(self, text: str) -> tuple[str, ...]:
        """The words that speak most for a text: two of `any` and one of each `must`, of one in two forms the first."""
        return (*_forms(self.any.found(text))[:2], *(word for must in self.must for word in must.found(text)[:1]))


def _forms(words: Iterable[str]) -> tuple[str, ...]:
    """Words without those that are others with a hyphen or a plural's s."""
    first: dict[str, str] = {}
    for word in words:
        first.setdefault(re.sub(r"[\s-]|s$", "", word), word)
    return tuple(first.values())


def alternatives(entry: str) -> tuple[str, ...]:
    """The phrases of an entry of `must`, of which one is enough: "federated | decentralized"."""
    return tuple(part for part in (part.strip() for part in entry.split("|")) if part)


def phrases(entries: Iterable[str]) -> tuple[str, ...]:
    """What a service can be asked for: the alternatives of the first entry that have no open ending."""
    first = next(iter(entries), "")
    return tuple(phrase for phrase in alternatives(first) if "*" not in phrase)
