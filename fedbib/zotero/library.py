"""A library at a server that speaks Zotero's Web API, version 3: read whole, and written to in runs of 50 items."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from fedbib.errors import BadFile, BadValue
from fedbib.model.work import Work
from fedbib.net.messages import Body, Failure, Request
from fedbib.zotero.item import TYPES, changes, citation_key, item, item_key

SERVER = "https://api.zotero.org"
VARIABLE = "ZOTERO_API_KEY"
"""The environment variable of the key that may write to the library (https://www.zotero.org/settings/keys)."""
PACE = 0.5
"""Seconds between two requests."""
_JSON = "application/json"
_PAGE, _RUN = 100, 50
"""Items in an answer and in a question, the most that the server takes."""
_MOST_PAGES = 1000

Get = Callable[[Request], Body | Failure]


@dataclass(frozen=True, slots=True)
class Step:
    """What is to be done about one work."""

    key: str
    """The citation key."""
    data: Mapping[str, Any]
    """What is sent; nothing when the library has it all."""
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    steps: tuple[Step, ...]
    twice: tuple[str, ...] = field(default=())
    """Citation keys that several items of the library have; nothing is done about those."""


class Library:
    """One library, asked through `get`."""

    def __init__(self, get: Get, name: str, server: str = SERVER) -> None:
        """Raises BadValue for a name that is not users/NUMBER or groups/NUMBER."""
        if not re.fullmatch(r"(?:users|groups)/[0-9]{1,12}", name):
            hint = "give users/NUMBER, with your number at https://www.zotero.org/settings/keys, or groups/NUMBER"
            raise BadValue("is not a library", where=name, hint=hint)
        self._get, self._base, self._server = get, f"{server}/{name}", server

    def _asked(self, url: str, body: str = "") -> Any:
        """The JSON of an answer; BadFile when there is none."""
        secret = ("Zotero-API-Key", VARIABLE)
        answer = self._get(Request(url, (), accept=_JSON, expects=(_JSON,), body=body, secret=secret))
        if isinstance(answer, Failure):
            raise BadFile(
                answer.reason, where=url.partition("?")[0], hint=f"check that {VARIABLE} is set and has write access"
            )
        if answer.status != 200:
            raise BadFile(f"was not found (HTTP {answer.status})", where=url.partition("?")[0])
        try:
            return json.loads(answer.content)
        except (ValueError, RecursionError) as error:
            raise BadFile("answers with something that is not JSON", where=url.partition("?")[0]) from error

    def items(self) -> Iterator[Mapping[str, Any]]:
        """The data of every item of the library that is not in its bin."""
        for page in range(_MOST_PAGES):
            found = self._asked(f"{self._base}/items/top?v=3&format=json&limit={_PAGE}&start={page * _PAGE}")
            listed = [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []
            yield from (each["data"] for each in listed if isinstance(each.get("data"), dict))
            if len(listed) < _PAGE:
                return

    def fields(self, type: str) -> frozenset[str]:
        """The fields that a type of item has."""
        found = self._asked(f"{self._server}/itemTypeFields?v=3&itemType={type}")
        listed = found if isinstance(found, list) else []
        return frozenset(str(each["field"]) for each in listed if isinstance(each, dict) and "field" in each)

    def plan(self, works: Sequence[Work]) -> Plan:
        """What a push of some works would do."""
        known, twice = dict[str, Mapping[str, Any]](), set[str]()
        for data in self.items():
            if name := citation_key(data):
                if name in known:
                    twice.add(name)
                known[name] = data
        fields = cache(self.fields)
        steps = []
        for work in works:
            name = next((name for name in (work.key, *work.aliases) if name in known), "")
            if name in twice:
                continue
            wanted = item(work, fields(TYPES[work.type]))
            if name:
                changed = changes(wanted, known[name])
                sent = {"key": known[name].get("key"), "version": known[name].get("version"), **changed}
                steps.append(Step(work.key, sent if changed else {}))
            else:
                steps.append(Step(work.key, {"key": item_key(work.key), "version": 0, **wanted}, is_new=True))
        return Plan(tuple(steps), tuple(sorted(twice)))

    def push(self, steps: Sequence[Step]) -> dict[str, str]:
        """Send what changes; the citation keys that the server did not take, each with its reason."""
        refused: dict[str, str] = {}
        sent = [step for step in steps if step.data]
        for start in range(0, len(sent), _RUN):
            run = sent[start : start + _RUN]
            answer = self._asked(f"{self._base}/items?v=3", json.dumps([step.data for step in run]))
            failed = answer.get("failed") if isinstance(answer, dict) else None
            for place, why in (failed if isinstance(failed, dict) else {}).items():
                if place.isdigit() and int(place) < len(run):
                    message = why.get("message") if isinstance(why, dict) else why
                    refused[run[int(place)].key] = str(message)[:200]
        return refused
