"""Problems as text, JSON and GitHub annotations; and text made harmless for a terminal or a log."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, replace

from fedbib.model.problem import Problem, Severity
from fedbib.text.plain import visible

_PLACES = 3
"""Of how many files a group of notes names."""


def inert(text: str) -> str:
    """One line that a terminal or a CI log only prints: what is hidden is shown, no workflow command begins it."""
    shown = visible(text)
    return f" {shown}" if shown.lstrip().startswith("::") else shown


def as_text(problems: Sequence[Problem]) -> str:
    """`path:line: code severity: message`, the other lines of the file with the same problem and a hint under it."""
    same: dict[Problem, list[int]] = {}
    for problem in problems:
        same.setdefault(replace(problem, line=None, key=""), []).append(problem.line or 0)
    lines = []
    for problem, (first, *others) in same.items():
        place = f"{problem.path}:{first}" if first else problem.path
        lines.append(inert(f"{place}: {problem.code} {problem.severity}: {problem.message}".removeprefix(": ")))
        if also := [line for line in dict.fromkeys(others) if line not in (0, first)]:
            lines.append(f"  also at line{'s' * (len(also) > 1)} {', '.join(map(str, also))}")
        if problem.hint:
            lines.append(inert(f"  hint: {problem.hint}"))
    return "".join(f"{line}\n" for line in lines)


def by_code(problems: Sequence[Problem], meanings: Mapping[str, str]) -> str:
    """As `as_text`, but of notes that share a code with another the number, what the code means and a few places."""
    notes = defaultdict[str, list[Problem]](list)
    for problem in problems:
        if problem.severity is Severity.NOTE:
            notes[problem.code].append(problem)
    single = [problem for problem in problems if len(notes[problem.code]) < 2 or problem.severity is not Severity.NOTE]
    lines = []
    for code, found in sorted(notes.items()):
        if len(found) > 1:
            places = list(dict.fromkeys(problem.path for problem in found))
            more = f" and {len(places) - _PLACES} more" if len(places) > _PLACES else ""
            lines.append(f"{code} {len(found)} notes: {meanings[code]}")
            lines.append(inert(f"  {', '.join(places[:_PLACES])}{more}"))
            lines.append(f"  hint: `fedbib check --code {code}` lists them")
    return as_text(single) + "".join(f"{line}\n" for line in lines)


def as_json(problems: Sequence[Problem]) -> str:
    """A list of objects with the fields of `Problem`, in ASCII, so that a log prints nothing but what it shows."""
    told = [
        {name: visible(value) if isinstance(value, str) else value for name, value in asdict(problem).items()}
        for problem in problems
    ]
    return json.dumps(told, indent=2) + "\n"


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
    return "%0A".join(visible(line) for line in text.replace("%", "%25").split("\n"))


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
