"""The list that fedbib wrote into a README, with what people added to it since.

Bullets of ours are read by the rules they were written by. What else stands between the markers is read as anybody's
list is: an item under "By Topic" is a paper with that topic. Around the markers people write what they like; what is
surely a paper there is read as well.
"""

from __future__ import annotations

import re
from dataclasses import replace

from fedbib.errors import BadFile
from fedbib.formats.lists.lexicon import Lexicon
from fedbib.formats.readme import document, overview, region
from fedbib.model.reading import Reading

_TOPIC = re.compile(r"\*\*(.+)\*\* \(\d+\): .*")
_SECTION = re.compile(r'<a id="(item-\d+)"></a>')


def parse(text: str, lexicon: Lexicon | None = None) -> Reading:
    """What the list says and what was added to it; repeats stay, as only the one who added them knows why."""
    from fedbib.formats.lists import markdown

    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    own, rest = document.apart(overview.without(text, _as_heading))
    added = markdown.read(_without_sections(rest), lexicon)
    inside = _inside(text)
    doubts = tuple(doubt for doubt in added.doubts if doubt.line in inside)
    problems = [problem for problem in added.problems if problem.line in inside]
    if not (added.works or doubts or problems):
        return own
    pairs = sorted(
        [*zip(own.works, own.lines, strict=True), *zip(added.works, added.lines, strict=True)], key=lambda pair: pair[1]
    )
    return replace(
        own,
        works=tuple(work for work, _ in pairs),
        lines=tuple(line for _, line in pairs),
        problems=tuple(sorted((*own.problems, *problems), key=lambda problem: problem.line or 0)),
        doubts=doubts,
        passed=added.passed,
    )


def _inside(text: str) -> range:
    """The numbers of the lines between the markers; of all lines where there are none."""
    try:
        body = region.region(text)
    except BadFile:
        return range(1, text.count("\n") + 2)
    first = text[: text.index(body)].count("\n") + 1 if body else 1
    return range(first, first + body.count("\n") + 1)


def _as_heading(line: str) -> str:
    """What the index under "By Topic" has for a topic, as a heading above what somebody adds there."""
    match = _TOPIC.fullmatch(line)
    return f"## {match.group(1)}" if match else ""


def _without_sections(text: str) -> str:
    """The text without the headings of sections that are by year, which are no topics."""
    lines = text.split("\n")
    for at, line in enumerate(lines[:-1]):
        if (match := _SECTION.fullmatch(line)) and f'<a id="{match.group(1)}-' in text:
            lines[at + 1] = "##"
    return "\n".join(lines)
