"""The sentences of what a sync came upon, and what to do about it."""

from __future__ import annotations

from fedbib.model.problem import Problem
from fedbib.model.work import Work
from fedbib.report import counted
from fedbib.report.findings import against, title, told
from fedbib.sources import SOURCES
from fedbib.sync.events import (
    Event,
    Foreign,
    Homeless,
    Linked,
    Lost,
    Missing,
    Offline,
    Proposed,
    Silent,
    Stranger,
)

_CHECK = "check the id in the record"
_KEPT = "and its data are kept"
_LEFT = f"not refreshed, {_KEPT}"


def problem(event: Event, folder: str = "entries") -> Problem:
    """The event for people; `folder` is where the records lie."""
    code, message, field, hint = _told(event)
    if isinstance(event, Silent | Offline):
        path = event.source if isinstance(event, Silent) else "network"
        return Problem(code, event.severity, message, path, hint=hint)
    return Problem(code, event.severity, message, f"{folder}/{event.key}.toml", key=event.key, field=field, hint=hint)


def _told(event: Event) -> tuple[str, str, str, str]:
    """Code, message, field and hint."""
    match event:
        case Lost():
            said = f"{title(event.source)} no longer gives {event.field.replace('_', '-')}; the earlier value is kept"
            return "S02", said, event.field, ""
        case Stranger():
            said = f"{event.claim.id} is a different paper at {title(event.claim.source)}: {_cited(event.claim.says)}"
            hint = f"nothing was overwritten; {_CHECK}"
            return "I03", f"{said}, but the record is about {_cited(event.known)}", "ids", hint
        case Missing():
            return "S01", f"{event.id} is not known at {title(event.source)}", "ids", _CHECK
        case Homeless():
            said = f"{event.id} is not known at {event.agency}, where it is registered according to doi.org"
            return "S01", said, "ids", _CHECK
        case Foreign():
            said = f"{event.id} is registered at {event.agency}, which fedbib does not ask"
            return "S01", said, "", "write the data under [pin]"
        case Linked():
            id = event.judged.id
            said = f"published as {id}: {told(event.judged.why)}"
            return "P01", said, "ids", f"if it is not: `fedbib reject {event.key} {id}`"
        case Proposed():
            id = event.judged.id
            said = f"may be published as {id} ({against(event.judged.findings)})"
            return "P02", said, "ids", f"`fedbib accept {event.key} {id}` or `fedbib reject {event.key} {id}`"
        case Silent():
            how = "did not answer in full" if event.partly else "did not answer"
            said = f"{title(event.source)} {how}: {event.reason}; {counted(event.count, 'lookup')} left, {_KEPT}"
            return "S03", said, "", _ways(event.source)
        case Offline():
            said = f"no source can be reached; {counted(event.count, 'identifier')} {_LEFT}"
            return "S03", said, "", "`build`, `check` and `list` need no network"


def _ways(source: str) -> str:
    return SOURCES[source].way if source in SOURCES else ""


def _cited(work: Work) -> str:
    people = work.author[0].display + (" et al." if len(work.author) > 1 else "") if work.author else "no authors"
    return f'"{work.title}" ({people})'
