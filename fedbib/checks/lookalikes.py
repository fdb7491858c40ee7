"""W14: letters that only look like Latin ones."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from urllib.parse import urlsplit

from fedbib.model.problem import Problem, Severity
from fedbib.model.work import Work
from fedbib.text.lookalikes import LATIN, disguised

_HINT = "nobody who types it in Latin letters will find it: pin the right spelling"
_HOST_HINT = "it only looks like another's: see where it leads, and write the right address"


def check(works: Sequence[Work], paths: Callable[[str], str]) -> Iterator[Problem]:
    """One note per field or address, which names the first such word and its letters."""
    for work in works:
        people = {
            field: " / ".join(name.display for name in names)
            for field, names in (("author", work.author), ("editor", work.editor))
        }
        texts = {"title": work.title, "container-title": work.container_title, "publisher": work.publisher}
        found = [(field, f"{field} holds", disguised(text), _HINT) for field, text in (texts | people).items()]
        for field, url in (("URL", work.URL), *((link.label, link.url) for link in work.links)):
            found.append((field, f"the host of {field} is written with", disguised(_host(url)), _HOST_HINT))
        for field, what, words, hint in found:
            if words:
                message = f"{what} {words[0]!r} with {_letters(words[0])}"
                yield Problem("W14", Severity.NOTE, message, paths(work.key), key=work.key, field=field, hint=hint)


def _letters(word: str) -> str:
    return ", ".join(
        f"U+{ord(char):04X} {unicodedata.name(char)} for {LATIN[char]}" for char in dict.fromkeys(word) if char in LATIN
    )


def _host(url: str) -> str:
    """The host of an address as a browser shows it: `xn--` labels in their letters (RFC 3490)."""
    if url.isascii() and "xn--" not in url.casefold():
        return ""
    try:
        host = urlsplit(url).hostname or ""
        return host.encode("idna").decode("idna")
    except ValueError:  # no host, or none in these letters
        return url.partition("://")[2].partition("/")[0]
