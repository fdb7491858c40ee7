"""Lists of JSON objects read item by item: the line of each is known, and what is broken takes away only what follows.

Numbers, true sizes and `NaN` come as the text that stands there, so none is too long.
"""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator

from fedbib.model.problem import Problem, Severity
from fedbib.text.regex import regex

_SPACE = regex(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str, strict=False)


def items(text: str, at: int, problems: list[Problem]) -> Iterator[tuple[object, int]]:
    """Each item of the list whose bracket stands at `at`, with its 1-based line; all else that follows is a problem."""
    end = yield from members(text, at, problems)
    if end is not None:
        finish(text, end, problems)


def members(text: str, at: int, problems: list[Problem]) -> Generator[tuple[object, int], None, int | None]:
    """Like `items`; returns where the list ends, or None where it does not."""
    line, counted = 1, 0
    at = after_space(text, at + 1)
    if text.startswith("]", at):
        return at + 1
    while True:
        line, counted = line + text.count("\n", counted, at), at
        found, at = value(text, at, problems, line)
        if found is None:
            return None
        yield found[0], line
        at = after_space(text, at)
        if text.startswith("]", at):
            return at + 1
        if not text.startswith(",", at):
            message = "a comma or the end of the list is missing; what follows was not read"
            problems.append(Problem("C01", Severity.ERROR, message, line=line + text.count("\n", counted, at)))
            return None
        at = after_space(text, at + 1)


def value(text: str, at: int, problems: list[Problem], line: int = 0) -> tuple[tuple[object] | None, int]:
    """The value that starts at `at`, as the one part of a tuple, and where it ends; None when it cannot be read.

    `line` is that of an item of a list, for the message.
    """
    try:
        found, end = _DECODER.raw_decode(text, at)
    except json.JSONDecodeError as error:
        what = "an item is not JSON; it and what follows were not read" if line else "is not JSON"
        problems.append(Problem("C01", Severity.ERROR, f"{what}: {error.msg}", line=error.lineno))
        return None, at
    except (RecursionError, ValueError):
        message = "an item is nested too deeply; it and what follows were not read"
        problems.append(Problem("C01", Severity.ERROR, message, line=line or text.count("\n", 0, at) + 1))
        return None, at
    return (found,), end


def after_space(text: str, at: int) -> int:
    if text[at : at + 1] > " ":
        return at
    match = _SPACE.match(text, at)
    return match.end() if match else at


def finish(text: str, at: int, problems: list[Problem]) -> None:
    """Name what follows the end."""
    at = after_space(text, at)
    if at < len(text):
        line = text.count("\n", 0, at) + 1
        problems.append(Problem("C01", Severity.ERROR, "what follows the last item was not read", line=line))


def kind(value: object) -> str:
    """What a value is, in words."""
    kinds: dict[type, str] = {list: "a list", dict: "an object", str: "a text or number", bool: "true or false"}
    return kinds.get(type(value), "null")
