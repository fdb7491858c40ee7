"""How a list writes the authors of a paper in a line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fedbib.model.name import Name, named
from fedbib.text.names import split

_BETWEEN = (", ", "; ", " and ", " & ")
_LAST = ("", ", and ", " and ", " & ", ", & ")
_OTHERS = (" et al.", ", et al.", " et al", ", et al", " *et al.*", ", *et al.*", ", ...", " and others")
_LONGEST = 50
"""Characters between two names."""
_MOST = 12
"""Of more authors a list that cuts has no rule."""


def people(names: Iterable[str], most: int = 0, between: str = ", ", last: str = "", others: str = " et al.") -> str:
    """Names in a line: with `most` only so many, then `others`; `last` stands before the last of them, if it is set.

    A list of names that ends in "et al." is one of which others are not named.
    """
    between, last, others = between[:_LONGEST], last[:_LONGEST], others[:_LONGEST]
    known = [name for name in map(str, names) if name]
    is_cut = bool(known) and known[-1] == OTHERS
    known = known[:-1] if is_cut else known
    if most and len(known) > most:
        known, is_cut = known[:most], True
    if is_cut or not last or len(known) < 2:
        return between.join(known) + (others if is_cut else "")
    return between.join(known[:-1]) + last + known[-1]


OTHERS = "et al."


@dataclass(frozen=True, slots=True)
class Style:
    """A way to write authors; `expression` is what a template says for it."""

    names: str = "authors"
    """authors, initials or families: the values of a template."""
    most: int = 0
    between: str = ", "
    last: str = ""
    others: str = " et al."

    @property
    def expression(self) -> str:
        words = []
        if self.most:
            words.append(f"most={self.most}")
        words += [
            f"{name}={_quoted(value)}"
            for name, value, usual in (
                ("between", self.between, ", "), ("last", self.last, ""), ("others", self.others, " et al."),
            )
            if value != usual
        ]  # fmt: skip
        return f"{self.names}|people" + (f"({', '.join(words)})" if words else "")

    def written(self, author: Sequence[Name]) -> str:
        return people(forms(author)[self.names], self.most, self.between, self.last, self.others)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def forms(author: Sequence[Name]) -> dict[str, tuple[str, ...]]:
    """The authors by each way to write one of them, as templates have them."""
    parts = [split(name.unsplit) if name.unsplit else name for name in author]
    return {
        "authors": tuple(name.display for name in author),
        "initials": tuple(map(_initialled, parts)),
        "families": tuple(name.display if name.is_others else name.family or name.display for name in parts),
    }


def _initialled(name: Name) -> str:
    if name.literal or not name.given or name.is_family_first:
        return name.display
    given = " ".join("-".join(f"{part[0]}." for part in word.split("-") if part) for word in name.given.split())
    return " ".join(filter(None, (given, name.family, name.suffix)))


def styles_in(text: str, author: Sequence[Name]) -> list[Style]:
    """The styles in which the authors of a row stand in its text."""
    people_named = named(author)
    is_cut = len(people_named) < len(author)
    if not people_named:
        return []
    found = []
    for kind, names in forms(author).items():
        if names[0] not in text or (kind != "authors" and names == forms(author)["authors"]):
            continue
        for between in _BETWEEN:
            for end in _OTHERS if is_cut else ("" if len(names) < 2 else last for last in _LAST):
                style = Style(kind, 0, between, *(("", end) if is_cut else (end, " et al.")))
                if style not in found and style.written(author) in text:
                    found.append(style)
    return found


def style_of(rows: Iterable[tuple[str, Sequence[Name]]]) -> Style | None:
    """The style in which most rows, each its text and its authors, write them; None where none does."""
    several: Counter[Style] = Counter()
    others: Counter[Style] = Counter()
    cuts: Counter[str] = Counter()
    sizes: list[int] = []
    whole = 0
    for text, author in rows:
        styles = styles_in(text, author)
        is_cut = bool(styles) and len(named(author)) < len(author)
        if is_cut:
            cuts.update(style.others for style in styles)
            sizes.append(len(named(author)))
        elif styles:
            whole = max(whole, len(author))
        votes = others if is_cut or len(author) < 2 else several  # one name tells nothing of what stands between two
        votes.update({Style(style.names, 0, style.between, "" if is_cut else style.last) for style in styles})
    votes = several or others
    if not votes:
        return None
    best = max(votes.items(), key=lambda item: (item[1], len(item[0].last), item[0] == Style()))[0]
    most = max(sizes, default=0)
    most = most if most <= _MOST and whole <= max(most, 1) else 0
    return Style(best.names, most, best.between, best.last, cuts.most_common(1)[0][0] if cuts else best.others)
