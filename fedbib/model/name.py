"""Names of people and organisations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fedbib.model.quick import quick

_EAST_ASIAN = "\u2e80"
"""Scripts from here on write the family name first."""


@quick
@dataclass(frozen=True, slots=True)
class Name:
    """One author or editor, in exactly one of three forms.

    * parts: `family`, with `given` and `suffix` as known;
    * `literal`: an organisation, never split;
    * `unsplit`: a person as displayed ("Given Family"), the parts unknown to the source.

    All texts are plain Unicode in the normal form of `fedbib.text.plain.clean`.
    """

    family: str = ""
    """With its particles: "van der Maaten" (CSL's `non-dropping-particle` is lost in Zotero, so it stays here)."""
    given: str = ""
    suffix: str = ""
    """"Jr.", "III"; only beside `family`."""
    literal: str = ""
    unsplit: str = ""

    @property
    def display(self) -> str:
        """The name as a reader sees it: "Given Family Suffix"; in Chinese, Japanese and Korean script family first."""
        if self.literal or self.unsplit:
            return "et al." if self.is_others else self.literal or self.unsplit
        if self.given and self.family and not self.suffix and self.given < _EAST_ASIAN:
            return f"{self.given} {self.family}"
        if self.is_family_first:
            return f"{self.family} {self.given}"
        return " ".join(filter(None, (self.given, self.family, self.suffix)))

    @property
    def is_others(self) -> bool:
        """Whether it stands for authors that are not named."""
        return self.literal == "others"

    @property
    def is_family_first(self) -> bool:
        """Whether its parts are in Chinese, Japanese or Korean script."""
        return self.given >= _EAST_ASIAN and self.family >= _EAST_ASIAN

    @property
    def inverted(self) -> str:
        """The name as people write it in a pin: "Family, Given", "Family, Suffix, Given", "{Organisation}"."""
        if self.literal:
            return "{" + self.literal + "}"
        if self.unsplit:
            return self.unsplit
        parts = (self.family, self.suffix, self.given) if self.suffix else (self.family, self.given)
        return ", ".join(parts).removesuffix(", ")


OTHERS = Name(literal="others")
"""Authors that are not named: the last of a list that ends in BibTeX's "and others", in "et al.".

A literal `others` is what pandoc makes of BibTeX's and takes for "et al." in CSL-JSON.
"""


def named(names: Iterable[Name]) -> tuple[Name, ...]:
    """The names without `OTHERS`."""
    return tuple([name for name in names if not name.is_others])


def fullness(names: Sequence[Name]) -> tuple[bool, int, int]:
    """What tells of two lists of the same people the one that says more, the greater: whether all are named, how many
    are, and how much of their given names.
    """
    people = named(names)
    return len(people) == len(names), len(people), sum(len(name.given) for name in people)
