"""What many entries of a .bib say, once, as @string."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence

from fedbib.formats.bib.entries import MONTHS
from fedbib.model.work import Work
from fedbib.text.ascii import folded

_SHARED = ("booktitle", "journal", "journaltitle", "series", "publisher", "organization", "institution", "school")

Entry = tuple[str, str, dict[str, str]]


def shared(works: Sequence[Work], entries: Sequence[Entry]) -> tuple[list[Entry], dict[str, str]]:
    """The entries of the works with macros for what at least two of them say, and the macros with their TeX.

    A venue's macro is its label and year ("emnlp2023"), or its label where the text is that of several years
    ("emnlp"); that of another text its initials ("acl").
    """
    counted = Counter(values[name] for _, _, values in entries for name in _SHARED if name in values)
    years: dict[str, set[int | None]] = {}
    for work, (_, _, values) in zip(works, entries, strict=True):
        years.setdefault(values.get("booktitle", ""), set()).add(work.year)
    names: dict[str, str] = {}
    taken = set(MONTHS)
    out: list[Entry] = []
    for work, (kind, key, values) in zip(works, entries, strict=True):
        for name in _SHARED:
            text = values.get(name, "")
            if counted[text] > 1 and text not in names:
                names[text] = _free(_wish(work, name, text, dated=len(years.get(text, ())) == 1), taken)
                taken.add(names[text])
        out.append((kind, key, {name: _value(name, text, names) for name, text in values.items()}))
    return out, {name: text for text, name in sorted(names.items(), key=lambda item: item[1])}


def _value(name: str, text: str, names: Mapping[str, str]) -> str:
    return names.get(text, text) if name in _SHARED else text


def _wish(work: Work, name: str, text: str, dated: bool) -> str:
    is_venue = name in ("booktitle", "journal", "journaltitle")
    said = folded(work.container_title_short) + str(work.year or "") * dated if is_venue else ""
    initials = "".join(word[0] for word in text.strip("{}").split() if word[:1].isupper())
    wish = said or folded(initials if len(initials) > 1 else text)
    # BibTeX's names begin with no digit.
    return wish if wish[:1].isalpha() else f"m{wish}"


def _free(wish: str, taken: Container[str]) -> str:
    return next(name for name in _names(wish) if name not in taken)


def _names(wish: str) -> Iterator[str]:
    yield wish
    number = 1
    while True:
        number += 1
        yield f"{wish}n{number}"
