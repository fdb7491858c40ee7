"""`entries/claims/<key>.json`: the program's file of a record, as text."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from fedbib.errors import BadFile, BadIdentifier, BadValue
from fedbib.model.claim import Claim, Hints
from fedbib.model.finding import Code, Finding, Grade
from fedbib.model.proposal import Proposal
from fedbib.model.work import Work
from fedbib.records import fields, findings, hints
from fedbib.records.members import Members, check, flag, identifier, table, tables, text, texts

_TEXTS = ("source", "id", "origin", "place", "since")
_MEMBERS = frozenset({*_TEXTS, "keys", "alone", "link", "doubt", "hints", "says", "evidence"})
_PROPOSED = frozenset({"id", "findings", "says", "reason", "evidence"})
_NO_HINTS = Hints()
_LINKED, _DOUBTED = "linked: ", "doubted: "
"""How the `evidence` in files of earlier versions begins where it tells why a claim was linked, or is doubted."""
_HINT = "fedbib writes this file: restore it from version control, or delete it and run `fedbib sync`"


def parse(content: str, where: str) -> tuple[Claim, ...]:
    """The claims in a file's text; raises BadFile for anything that `render` would not have written."""
    return read(content, where)[0]


def read(content: str, where: str) -> tuple[tuple[Claim, ...], tuple[Proposal, ...]]:
    """The claims and the proposals in a file's text; raises BadFile as `parse` does."""
    try:
        data = _decoded(content)
        claims = tuple(_claim(item) for item in data["claims"])
        return claims, tuple(_proposal(item) for item in data.get("proposals", ()))
    except json.JSONDecodeError as error:
        conflict = re.search(r"^<{7} ", content, re.MULTILINE)
        message = "unresolved merge conflict" if conflict else f"is not JSON: {error.msg}"
        raise BadFile(message, where=where, line=error.lineno, hint=_HINT) from error
    except RecursionError:
        raise BadFile("is nested too deeply", where=where, line=1, hint=_HINT) from None
    except (BadValue, BadIdentifier) as error:
        field = f"{error.where}: " if error.where else ""
        line = _line(content, error.where)
        raise BadFile(f"{field}{error.message}", where=where, line=line, hint=_HINT) from error
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadFile("is not a claims file", where=where, line=1, hint=_HINT) from error


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    data = dict(pairs)
    if len(data) != len(pairs):
        twice = next(name for name, times in Counter(name for name, _ in pairs).items() if times > 1)
        raise BadValue("occurs twice", where=twice)
    return data


def _no_constant(name: str) -> object:
    raise BadValue(f"{name} is not a JSON value")


_decoded = json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_no_constant).decode


def _line(text: str, member: str) -> int:
    found = text.find(f'"{member}"') if member else -1
    return text.count("\n", 0, found) + 1 if found >= 0 else 1


def _claim(item: Members) -> Claim:
    check(item, _MEMBERS)
    source, id, origin, place, since = (text(item, name) for name in _TEXTS)
    claim = Claim(
        source,
        _says(item),
        id=identifier(id) if id else None,
        origin=origin,
        place=place,
        keys=tuple(texts(item, "keys")),
        alone=flag(item, "alone"),
        link=tuple(map(findings.load, tables(item, "link"))),
        doubt=findings.load(table(item, "doubt")) if "doubt" in item else None,
        hints=hints.load(table(item, "hints")) if "hints" in item else _NO_HINTS,
        since=_day(since) if since else None,
    )
    if not source:
        raise BadValue("a claim needs a source", where="source")
    return _with_evidence(claim, text(item, "evidence"))


def _with_evidence(claim: Claim, evidence: str) -> Claim:
    """A claim of an earlier version's file, where one text told all but the fields: its words are kept as words."""
    if not evidence:
        return claim
    if evidence.startswith(_LINKED):
        return replace(claim, link=(_earlier(evidence.removeprefix(_LINKED), Grade.PASS),))
    if evidence.startswith(_DOUBTED):
        return replace(claim, doubt=_earlier(evidence.removeprefix(_DOUBTED), Grade.FAIL))
    return replace(claim, hints=replace(claim.hints, note=evidence))


def _earlier(words: str, grade: Grade) -> Finding:
    return Finding.of(Code.EARLIER, grade, text=words)


def _proposal(item: Members) -> Proposal:
    check(item, _PROPOSED)
    found = tuple(map(findings.load, tables(item, "findings")))
    if reason := text(item, "reason"):
        found = (_earlier(reason, Grade.UNSURE),)
    return Proposal(identifier(text(item, "id")), found, _says(item))


def _says(item: Members) -> Work:
    if "says" not in item:
        raise BadValue("a claim or proposal needs `says`")
    return fields.load(table(item, "says"))


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise BadValue(f"{written!r} is not a date", where="since") from None


def render(claims: Sequence[Claim], proposals: Sequence[Proposal] = ()) -> str:
    """The file's text: claims by slot, proposals by id; one field a line, a name or a finding on one line."""
    members = {"claims": [_rendered(claim) for claim in sorted(claims, key=lambda claim: claim.slot)]}
    if proposals:
        members["proposals"] = [_proposed(item) for item in sorted(proposals, key=lambda item: str(item.id))]
    lists = (
        f' "{name}": [\n{{}}\n ]'.format(",\n".join(items)) if items else f' "{name}": []'
        for name, items in members.items()
    )
    return "{\n" + ",\n".join(lists) + "\n}\n"


def _rendered(claim: Claim) -> str:
    return _object(
        {
            "source": claim.source,
            "id": str(claim.id or ""),
            "origin": claim.origin,
            "place": claim.place,
            "keys": list(claim.keys),
            "alone": claim.alone,
            "since": claim.since.isoformat() if claim.since else "",
            "link": list(map(findings.dump, claim.link)),
            "doubt": findings.dump(claim.doubt) if claim.doubt else None,
        },
        {"hints": hints.dump(claim.hints), "says": fields.dump(claim.says)},
    )


def _proposed(proposal: Proposal) -> str:
    return _object(
        {"id": str(proposal.id), "findings": list(map(findings.dump, proposal.findings))},
        {"says": fields.dump(proposal.says)},
    )


def _object(members: Mapping[str, Any], objects: Mapping[str, Mapping[str, object]]) -> str:
    """Members that are on a line or a list, then those that are objects with a member a line."""
    lines = [f"   {_json(name)}: {_value(value, 3)}" for name, value in members.items() if value]
    for name, item in objects.items():
        inner = ",\n".join(f"    {_json(member)}: {_value(value, 4)}" for member, value in item.items())
        if inner:
            lines.append(f"   {_json(name)}: {{\n{inner}\n   }}")
        elif name == "says":
            lines.append('   "says": {}')
    return "  {\n" + ",\n".join(lines) + "\n  }"


def _value(value: object, depth: int) -> str:
    """A list with an item a line, and anything else on one."""
    if isinstance(value, list):
        blank = " " * depth
        return "[\n" + ",\n".join(f"{blank} {_json(item)}" for item in value) + f"\n{blank}]"
    return _json(value)


_json = json.JSONEncoder(ensure_ascii=False).encode
