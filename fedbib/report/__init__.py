"""Problems as text, JSON and GitHub annotations; and text made harmless for a terminal or a log."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict

from fedbib.model.problem import Problem, Severity

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def inert(text: str) -> str:
    """One line that a terminal or a CI log only prints: control characters shown, no workflow command at its start."""
    shown = _CONTROL.sub(lambda match: f"\\x{ord(match.group()):02x}", text)
    return f" {shown}" if shown.lstrip().startswith("::") else shown


def as_text(problems: Sequence[Problem]) -> str:
    """`path:line: code severity: message`, a hint under it."""
    lines = []
    for problem in problems:
        place = f"{problem.path}:{problem.line}" if problem.line else problem.path
        lines.append(inert(f"{place}: {problem.code} {problem.severity}: {problem.message}".removeprefix(": ")))
        if problem.hint:
            lines.append(inert(f"  hint: {problem.hint}"))
    return "".join(f"{line}\n" for line in lines)


def as_json(problems: Sequence[Problem]) -> str:
    """A list of objects with the fields of `Problem`, in ASCII, so that a log prints nothing but what it shows."""
    return json.dumps([asdict(problem) for problem in problems], indent=2) + "\n"


def as_github(problems: Sequence[Problem]) -> str:
    """Workflow commands that annotate the lines of a pull request."""
    kinds = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
    lines = []
    for problem in problems:
        values = {"file": problem.path, "line": str(problem.line or ""), "title": problem.code}
        properties = ",".join(f"{name}={_property(value)}" for name, value in values.items() if value)
        message = problem.message + (f"\n{problem.hint}" if problem.hint else "")
        lines.append(f"::{kinds[problem.severity]} {properties}::{_data(message)}")
    return "".join(f"{line}\n" for line in lines)


def _data(text: str) -> str:
    # https://docs.github.com/actions/reference/workflow-commands-for-github-actions: these three are escaped.
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


FORMATS: Mapping[str, Callable[[Sequence[Problem]], str]] = {"text": as_text, "json": as_json, "github": as_github}


def counted(number: int, noun: str) -> str:
    """ "1 record", "2 records"."""
    return f"{number} {noun}" + "s" * (number != 1)


def summary(problems: Iterable[Problem]) -> str:
    """ "2 errors, 1 warning", or "nothing to fix"."""
    counts = Counter(problem.severity for problem in problems)
    return ", ".join(counted(counts[kind], kind) for kind in Severity if counts[kind]) or "nothing to fix"
