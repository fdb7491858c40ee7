"""W14: letters that only look like Latin ones."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence

from fedbib.model.problem import Problem, Severity
from fedbib.model.work import Work
from fedbib.text.lookalikes import LATIN, disguised

_HINT = "a search in Latin letters will not find it: pin the right spelling"


def check(works: Sequence[Work], paths: Callable[[str], str]) -> Iterator[Problem]:
    """One note per field, which names the first such word and its letters."""
    for work in works:
        people = {
            field: " / ".join(name.display for name in names)
            for field, names in (("author", work.author), ("editor", work.editor))
        }
        texts = {"title": work.title, "container-title": work.container_title, "publisher": work.publisher}
        for field, text in (texts | people).items():
            if words := disguised(text):
                letters = ", ".join(
                    f"U+{ord(char):04X} {unicodedata.name(char)} for {LATIN[char]}"
                    for char in dict.fromkeys(words[0])
                    if char in LATIN
                )
                message = f"{field} has {words[0]!r} with {letters}"
                yield Problem("W14", Severity.NOTE, message, paths(work.key), key=work.key, field=field, hint=_HINT)
