"""The region of a README that fedbib writes: between two markers, each alone on its line. The rest is people's text.

<!-- fedbib:begin -->
... generated, replaced by every build ...
<!-- fedbib:end -->
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from fedbib.errors import BadFile
from fedbib.model.about import About
from fedbib.text.markdown import line
from fedbib.text.regex import regex

BEGIN = "<!-- fedbib:begin -->"
END = "<!-- fedbib:end -->"

_BEGINNING = "<!-- fedbib:"
_MARKER = regex(r"^\ufeff?[ \t]*<!-- fedbib:(begin|end) -->[ \t]*(?:\r?\n|\Z)", re.MULTILINE)


def region(readme: str) -> str:
    """The text between the markers, with `\\n` line ends, as a format rendered it.

    Raises BadFile when the markers are missing, doubled or in the wrong order.
    """
    start, end = _span(readme)
    return readme[start:end].replace("\r\n", "\n")


def replace_region(readme: str, text: str) -> str:
    """The README with `text` between the markers, written with the line ends of the begin marker.

    Everything outside, the markers' lines included, is kept character for character. Raises BadFile as `region` does.
    """
    start, end = _span(readme)
    if next(_markers(text), None):
        raise BadFile("the list contains a marker itself, so the file was not changed")
    if text and not text.endswith("\n"):
        text += "\n"
    if readme[:start].endswith("\r\n"):
        text = text.replace("\n", "\r\n")
    return readme[:start] + text + readme[end:]


def blank(about: About) -> str:
    """A README for a collection that has none: title, description, and the markers with nothing between them."""
    parts = [f"# {line(about.title)}", line(about.description), f"{BEGIN}\n{END}"]
    return "\n\n".join(part for part in parts if part) + "\n"


def _markers(text: str) -> Iterator[re.Match[str]]:
    """The lines that are markers; only those that hold the beginning of one are looked at."""
    before, at = -1, text.find(_BEGINNING)
    while at >= 0:
        end = text.rfind("\n", max(before, 0), at)
        is_first = before < 0 or end >= 0  # in its line
        if is_first and (match := _MARKER.match(text, end + 1)):
            yield match
        before, at = at, text.find(_BEGINNING, at + 1)


def _span(readme: str) -> tuple[int, int]:
    """Where the region's text starts and ends."""
    found = [(match.group(1), match) for match in _markers(readme)]
    kinds = [kind for kind, _ in found]
    if kinds == ["begin", "end"]:
        return found[0][1].end(), found[1][1].start()
    for kind, marker in (("begin", BEGIN), ("end", END)):
        lines = [readme.count("\n", 0, match.start()) + 1 for name, match in found if name == kind]
        if not lines:
            hint = f"add the lines `{BEGIN}` and `{END}` where the list should be"
            raise BadFile(f"has no line `{marker}`, so the file was not changed", hint=hint)
        if len(lines) > 1:
            numbers = ", ".join(map(str, lines))
            message = f"has `{marker}` {len(lines)} times (lines {numbers}), so nothing was changed"
            raise BadFile(message, line=lines[1], hint="keep one of each")
    line = readme.count("\n", 0, found[0][1].start()) + 1
    raise BadFile(f"has `{END}` before `{BEGIN}`, so nothing was changed", line=line, hint="put them in order")
