"""The words of an audit, and its report as text, JSON, annotations, SARIF, Markdown and a page of HTML.

What was seen is said, and where; nobody is accused of anything.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from html import escape as escape_html
from typing import Any
from urllib.parse import quote

from fedbib.audit.run import Result
from fedbib.audit.verdict import CONTRADICTIONS, Audited, Kind, Note, Verdict
from fedbib.audit.volumes import Why
from fedbib.model.problem import Problem, Severity
from fedbib.report import as_github, counted, inert
from fedbib.text.markdown import escape
from fedbib.text.markup import plain
from fedbib.text.plain import visible

VERSION = 1
"""Of the JSON report: goes up when what was there before means something else."""

_LONGEST = 160
"""Characters of a value that a sentence keeps."""

TITLES: Mapping[Verdict, str] = {
    Verdict.CONTRADICTED: "contradicted",
    Verdict.DIFFERS: "confirmed but described differently",
    Verdict.UNDETERMINED: "undetermined",
    Verdict.CONFIRMED: "confirmed",
}
MEANINGS: Mapping[Kind, str] = {
    Kind.OTHER_PAPER: "the identifier is that of another paper",
    Kind.NOT_IN_VOLUME: "the proceedings of that year are completely known and do not have this title",
    Kind.OTHER_WORK: "the proceedings have another paper by exactly these authors, and do not have this title",
    Kind.NO_EDITION: "there are no proceedings of that year, and those beside it do not have this title",
    Kind.FUTURE: "the year is in the future",
    Kind.EARLY: "the year is earlier than the one in which the identifier was assigned",
    Kind.OTHER_PEOPLE: "the paper with this title is by other authors",
    Kind.TITLE: "the title is written differently",
    Kind.AUTHORS_MISSING: "authors are missing",
    Kind.AUTHORS_ADDED: "there are more authors than the paper has",
    Kind.AUTHORS: "some authors are different",
    Kind.AUTHOR_ORDER: "the authors are in another order",
    Kind.PLACEHOLDER: "a name or an identifier is only a placeholder",
    Kind.VENUE: "it appeared elsewhere",
    Kind.YEAR: "it appeared in another year",
    Kind.PAGES: "the pages are different",
    Kind.IDENTIFIER: "the identifier is not the paper's",
    Kind.NAMES_ANOTHER: "the DOI names another conference or year",
    Kind.UNKNOWN_IDENTIFIER: "the registry for this kind of identifier does not know it",
    Kind.PUBLISHED: "the preprint has been published",
    Kind.WITHDRAWN: "the paper was withdrawn",
    Kind.RETRACTED: "the paper was retracted",
}
"""Every kind of note, for `--kinds` and SARIF's rules."""

_SARIF = "https://json.schemastore.org/sarif-2.1.0.json"
"""GitHub's code scanning refuses a file without it."""
_WHY: Mapping[Why, str] = {
    Why.PAGES: "the page numbers have no gap",
    Why.CONTENTS: "the whole table of contents is known",
}


def sentence(note: Note) -> str:
    """What was seen, and where."""
    ours, theirs, where = _short(note.ours), _short(note.theirs), _where(note)
    match note.kind:
        case Kind.OTHER_PAPER:
            return f'{ours} is "{theirs}"{where}'
        case Kind.NOT_IN_VOLUME if note.volume:
            volume = note.volume
            held = f"{counted(volume.works, 'paper')}; {_WHY.get(volume.why, '')}"
            return f'"{_short(volume.title)}" is completely known ({held}) and has no such title: {volume.source}'
        case Kind.OTHER_WORK:
            return f'these authors have "{theirs}" there, but not this title{where}'
        case Kind.NO_EDITION:
            return f"no edition of {ours} is known; those of {theirs} are completely known and have no such title"
        case Kind.FUTURE:
            return f"the year is {ours}, but it is only {theirs}"
        case Kind.EARLY:
            return f"the year is {ours}, but the identifier was assigned in {theirs}"
        case Kind.OTHER_PEOPLE:
            return f"the paper of this title is by {theirs}, not by {ours}{where}"
        case Kind.NAMES_ANOTHER:
            return f"{ours} names {theirs}{where}"
        case Kind.UNKNOWN_IDENTIFIER:
            return f"{ours} is not known at its registry"
        case Kind.PLACEHOLDER:
            return f"{ours} is a placeholder"
        case Kind.PUBLISHED:
            return f"has been published: {theirs}{where}"
        case Kind.WITHDRAWN | Kind.RETRACTED:
            return f"was {note.kind}{where}"
        case Kind.IDENTIFIER if note.ours.startswith(("doi:", "arxiv:", "acl:", "pmlr:", "openreview:", "dblp:")):
            return f'{ours} is "{theirs}"{where}'
        case _:
            return f"{_FIELDS.get(note.field, note.field)}: {ours or '(nothing)'} -> {theirs}{where}"


_FIELDS = {"author": "authors", "issued": "year", "container_title": "venue", "page": "pages"}


def _where(note: Note) -> str:
    """The work that is held, by its key and where it was read."""
    if not note.held:
        return ""
    key = note.held.work.key
    return f" [{key}, {note.held.source}]" if key else f" [{note.held.source}]"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."


def summary(result: Result) -> str:
    """ "12 entries: 1 contradicted, 2 confirmed but described differently; 3 to fix"."""
    counts = Counter(each.verdict for each in result.audited)
    told = ", ".join(f"{counts[verdict]} {TITLES[verdict]}" for verdict in Verdict if counts[verdict])
    number = len(result.audited)
    faults = sum(each.is_fault for each in result.audited)
    more = f"; {counted(result.accepted, 'finding')} of the baseline left out" if result.accepted else ""
    return f"{number} {'entry' if number == 1 else 'entries'}: {told or 'none'}; {faults} to fix{more}"


def worst_first(audited: Iterable[Audited]) -> list[Audited]:
    """Those with notes: what is to fix before what is to look at, the worst verdict first, then by file and line."""
    noted = [each for each in audited if each.notes]
    return sorted(noted, key=lambda each: (not each.is_fault, each.verdict.rank, each.path, each.line))


def as_text(result: Result) -> str:
    lines = [summary(result)]
    for each in worst_first(result.audited):
        place = f"{each.path}:{each.line}" if each.line else each.path
        lines.append(f"{place}: {each.work.key}: {TITLES[each.verdict]}")
        lines.append(f"    {each.text or plain(each.work.title)}")
        lines += [f"  {'fix ' if note.is_sure else 'look'}  {sentence(note)}" for note in each.notes]
    open_ = [each for each in result.audited if each.verdict is Verdict.UNDETERMINED]
    if open_:
        asked = ", ".join(dict.fromkeys(name for each in open_ for name in each.asked)) or "nothing"
        lines.append(f"{len(open_)} not found, which is no evidence against them; asked: {asked}")
    lines += [f"did not answer: {source}" for source in result.out]
    return "".join(f"{inert(line)}\n" for line in lines)


def problems(result: Result) -> list[Problem]:
    """The notes as problems: to fix is an error where something contradicts the entry, else a warning."""
    found = []
    for each in worst_first(result.audited):
        for note in each.notes:
            severity = Severity.WARNING if note.is_sure else Severity.NOTE
            severity = Severity.ERROR if note.is_sure and note.kind in CONTRADICTIONS else severity
            message = f"{each.work.key}: {sentence(note)}" + (f": {each.text}" if each.text else "")
            found.append(Problem(f"audit/{note.kind}", severity, message, each.path, each.line or None, each.work.key))
    return found


def as_annotations(result: Result) -> str:
    return as_github(problems(result))


def as_json(result: Result) -> str:
    """Every entry with its verdict, in the order of the files; `fedbib schema --of audit` describes it."""
    counts = Counter(each.verdict for each in result.audited)
    data = {
        "fedbib_audit": VERSION,
        "counts": {verdict.value: counts[verdict] for verdict in Verdict},
        "accepted": result.accepted,
        "out": list(result.out),
        "entries": [_entry(each) for each in result.audited],
    }
    return json.dumps(data, indent=1) + "\n"


def _entry(each: Audited) -> dict[str, Any]:
    found: dict[str, Any] = {
        "key": each.work.key,
        "path": each.path,
        "line": each.line,
        "verdict": each.verdict.value,
        "to_fix": each.is_fault,
        "asked": list(each.asked),
        "notes": [_note(note) for note in each.notes],
    }
    if each.text:
        found["text"] = each.text
    if each.held:
        found["found"] = {"key": each.held.work.key, "source": each.held.source, "title": plain(each.held.work.title)}
    return {name: visible(value) if isinstance(value, str) else value for name, value in found.items()}


def _note(note: Note) -> dict[str, Any]:
    found = {"kind": note.kind.value, "sure": note.is_sure, "field": note.field, "entry": note.ours}
    found |= {"held": note.theirs, "message": sentence(note)}
    if note.held:
        found |= {"source": note.held.source, "source_key": note.held.work.key}
    elif note.volume:
        found |= {"source": note.volume.source, "source_key": ""}
    return {name: visible(value) if isinstance(value, str) else value for name, value in found.items()}


def schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of the JSON report."""
    text, number = {"type": "string"}, {"type": "integer", "minimum": 0}
    texts = {"type": "array", "items": text}

    def table(needed: Mapping[str, Any], **more: Any) -> dict[str, Any]:
        properties = {**needed, **more}
        return {"type": "object", "properties": properties, "required": list(needed), "additionalProperties": False}

    note = table(
        {
            "kind": {"enum": [kind.value for kind in Kind]},
            "sure": {
                "type": "boolean",
                "description": "True if it has to be fixed, false if a person should look at it.",
            },
            "field": text,
            "entry": {**text, "description": "The value in the entry."},
            "held": {**text, "description": "The known value."},
            "message": text,
        },
        source=text,
        source_key=text,
    )
    verdict = {"enum": [verdict.value for verdict in Verdict]}
    entry = table(
        {"key": text, "path": text, "line": number, "verdict": verdict, "to_fix": {"type": "boolean"}}
        | {"asked": texts, "notes": {"type": "array", "items": note}},
        text={**text, "description": "For a reference in a document, its text."},
        found=table({"key": text, "source": text, "title": text}),
    )
    body = table(
        {
            "fedbib_audit": {"const": VERSION},
            "counts": table({verdict.value: number for verdict in Verdict}),
            "accepted": number,
            "out": texts,
            "entries": {"type": "array", "items": entry},
        }
    )
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "An audit of fedbib", **body}


def as_sarif(result: Result) -> str:
    """SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/)."""
    levels = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
    found = problems(result)
    rules = [{"id": f"audit/{kind}", "shortDescription": {"text": text}} for kind, text in MEANINGS.items()]
    results = [
        {
            "ruleId": problem.code,
            "level": levels[problem.severity],
            "message": {"text": visible(problem.message)},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": _uri(problem.path)},
                        "region": {"startLine": problem.line or 1},
                    }
                }
            ],
        }
        for problem in found
    ]
    driver = {"name": "fedbib audit", "rules": rules}
    runs = [{"tool": {"driver": driver}, "results": results}]
    return json.dumps({"$schema": _SARIF, "version": "2.1.0", "runs": runs}, indent=1) + "\n"


def _uri(path: str) -> str:
    return quote(path.replace("\\", "/"))


def as_markdown(result: Result) -> str:
    lines = ["# Audit", "", f"{summary(result)}.", ""]
    shown = worst_first(result.audited)
    if shown:
        lines += ["| where | verdict | seen |", "| --- | --- | --- |"]
    for each in shown:
        seen = "<br>".join(f"{'**fix**' if note.is_sure else 'look'}: {_cell(sentence(note))}" for note in each.notes)
        place = f"{each.path}:{each.line}" if each.line else each.path
        seen = f"{_cell(each.text)}<br>{seen}" if each.text else seen
        lines.append(f"| {_cell(each.work.key)} ({_cell(place)}) | {TITLES[each.verdict]} | {seen} |")
    return "".join(f"{line}\n" for line in lines)


def _cell(text: str) -> str:
    return escape(visible(text)).replace("|", "\\|")


_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}"
    "article{border-top:1px solid #8888;padding:.5rem 0}h2{font-size:1rem;margin:.2rem 0}ul{padding-left:1.2rem}"
    "p{margin:.2rem 0}.fix{font-weight:bold}li,h2,p{overflow-wrap:anywhere}"
)


def as_html(result: Result) -> str:
    """A page that needs nothing but itself: no scripts, and its policy forbids all but its own style."""
    digest = b64encode(sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    open_ = [each for each in result.audited if each.verdict is Verdict.UNDETERMINED and not each.notes]
    lines = [
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width">\n<title>Audit</title>',
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>Audit</h1>\n<p>{_html(summary(result))}.</p>",
        *map(_article, worst_first(result.audited)),
        *(f"<p>Did not answer: {_html(source)}</p>" for source in result.out),
    ]
    if open_:
        lines.append("<section>\n<h2>Not found, which is no evidence against them</h2>\n<ul>")
        lines += [f"<li>{_html(each.work.key)}: {_html(each.text or plain(each.work.title))}</li>" for each in open_]
        lines.append("</ul>\n</section>")
    return "\n".join([*lines, "</main>\n</body>\n</html>\n"])


def _article(each: Audited) -> str:
    place = f"{each.path}:{each.line}" if each.line else each.path
    kinds = {True: "fix", False: "look"}
    notes = "".join(
        f'<li class="{kinds[note.is_sure]}">{kinds[note.is_sure]}: {_html(sentence(note))}</li>\n'
        for note in each.notes
    )
    return (
        f"<article>\n<h2>{_html(each.work.key)}: {TITLES[each.verdict]}</h2>\n<p>{_html(place)}</p>\n"
        f"<p>{_html(each.text or plain(each.work.title))}</p>\n<ul>\n{notes}</ul>\n</article>"
    )


def _html(text: str) -> str:
    return escape_html(visible(text))


FORMATS: Mapping[str, Callable[[Result], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_annotations,
    "sarif": as_sarif,
    "markdown": as_markdown,
    "html": as_html,
}


def kinds() -> str:
    """Each kind of note with what it means."""
    width = max(len(kind.value) for kind in Kind)
    return "".join(f"{kind.value:<{width}}  {MEANINGS[kind]}\n" for kind in Kind)
