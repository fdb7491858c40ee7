"""`fedbib show`"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from fedbib.collection import Collection
from fedbib.commands.selecting import key_completion
from fedbib.console import complain, out
from fedbib.errors import BadFile
from fedbib.model.claim import IMPORT
from fedbib.model.record import Record
from fedbib.records import fields
from fedbib.report.findings import sentence, told
from fedbib.settle import Reason, Voice, explain


@click.command(name="show", short_help="Print one paper and the source of each of its fields.")
@click.argument("key", shell_complete=key_completion)
@click.option("--format", type=click.Choice(["text", "json", "bibtex"]), default="text", show_default=True)
@click.pass_obj
def command(folder: Path, key: str, format: str) -> int:
    """Print one paper: the value of each field, the source it comes from, and other sources' values that differ.

    Then come the evidence by which a publication was linked, and imported data that may be about another paper.

    \b
    Examples:
      fedbib show che2023federated
      fedbib show che2023federated --format bibtex
    """
    collection = Collection.open(folder)
    loaded = collection.entries.pick([key])
    try:
        (record,) = loaded.named([key])
    except BadFile:
        complain([problem for problem in loaded.problems if problem.key == key])
        raise
    broken = complain([problem for problem in loaded.problems if problem.key == record.key])
    work = collection.settled(record)
    reasons = explain(record, collection.rules)
    if format == "bibtex":
        from fedbib.api import render

        click.echo(render("bibtex", [work]), nl=False)
    elif format == "json":
        data = {"work": fields.everything(work), "fields": [_data(reason) for reason in reasons]}
        click.echo(json.dumps(data, ensure_ascii=False, indent=1))
    else:
        _print(fields.everything(work), reasons)
        _print_links(record)
    return int(broken)


def _print(work: dict[str, Any], reasons: tuple[Reason, ...]) -> None:
    out(str(work.pop("key")))
    said = {reason.field.replace("_", "-"): reason for reason in reasons}
    for name, value in work.items():
        reason = said.get(name)
        out(f"  {name}: {fields.shown(value)}" + (f"  [{_who(reason.chosen)}]" if reason else ""))
        for voice in reason.others if reason else ():
            out(f"      but {_who(voice)}: {fields.display(voice.value)}")
    voices = {voice for reason in reasons for voice in (reason.chosen, *reason.others) if voice.source != IMPORT}
    for source, origin in sorted({(voice.source, voice.origin) for voice in voices if voice.origin}):
        out(f"  ({source} as read from {origin})")


def _print_links(record: Record) -> None:
    """The evidence for claims whose identifier no person gave, and why claims are not used."""
    for claim in record.claims:
        if claim.is_linked:
            out(f"  ({claim.source} linked as {claim.id}: {told(claim.link)})")
        if claim.doubt:
            out(f"  ({claim.origin or claim.source} is not used: {sentence(claim.doubt)})")


def _who(voice: Voice) -> str:
    return f"{voice.source}, {voice.origin}" if voice.source == IMPORT else voice.source


def _data(reason: Reason) -> dict[str, object]:
    return {
        "field": reason.field.replace("_", "-"),
        **_voice(reason.chosen),
        "others": [_voice(voice) for voice in reason.others],
    }


def _voice(voice: Voice) -> dict[str, object]:
    return {"value": fields.plain_value(voice.value), "source": voice.source, "origin": voice.origin}
