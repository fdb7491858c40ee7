"""Findings that a person has looked at and leaves as they are: a JSON file that lies beside the bibliography."""

from __future__ import annotations

import json
from pathlib import Path

from fedbib.disk import files
from fedbib.errors import BadFile

VERSION = 1
_MARK = "fedbib_audit_baseline"
_LIMIT = 50_000_000
_HINT = "`--write-baseline FILE` writes one"


def read(path: Path) -> frozenset[str]:
    """The marks of the findings (`fedbib.audit.run.mark`); BadFile for a file that is no baseline."""
    text = files.text(files.read(path.resolve(), limit=_LIMIT), str(path))
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadFile("is not JSON", where=str(path), hint=_HINT) from error
    marks = data.get("accepted") if isinstance(data, dict) and data.get(_MARK) == VERSION else None
    if not isinstance(marks, list) or not all(isinstance(mark, str) for mark in marks):
        raise BadFile("is not a baseline of an audit", where=str(path), hint=_HINT)
    return frozenset(marks)


def text(marks: list[str]) -> str:
    """A baseline of marks."""
    return json.dumps({_MARK: VERSION, "accepted": marks}, indent=1, ensure_ascii=False) + "\n"
