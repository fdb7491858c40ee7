"""`fedbib review`"""

from __future__ import annotations

import json
from pathlib import Path

import click

from fedbib.collection import Collection
from fedbib.console import complain, say, table
from fedbib.model.claim import Claim, Version
from fedbib.model.proposal import Proposal
from fedbib.model.record import Record
from fedbib.records import fields
from fedbib.report import counted
from fedbib.report.findings import against, told
from fedbib.settle import version
from fedbib.text.markup import plain

_NO_ID = "no identifier yet; accepted according to the authors"


@click.command(name="review", short_help="List possible publications that need your decision.")
@click.option("--format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_obj
def command(folder: Path, format: str) -> int:
    """List the possible publications that `sync` found but did not link, and why.

    The columns are key, identifier, title, venue and the reason against a link; tab-separated unless printed to a
    terminal. A preprint that was accepted at a venue, according to its authors' comment at arXiv, is listed without an
    identifier.

    \b
    Examples:
      fedbib review
      fedbib review --format json
      fedbib accept ling2024convergence doi:10.1145/3637528.3671865
      fedbib reject borzunov2023petals openreview:HLQyRgRnoXo
    """
    loaded = Collection.open(folder).load()
    broken = complain(loaded.problems)
    waiting = [(record.key, proposal) for record in loaded.records for proposal in record.proposals]
    accepted = [(record.key, claim) for record in loaded.records if (claim := _accepted(record))]
    if format == "json":
        data = [_data(key, proposal) for key, proposal in waiting] + [_told(key, claim) for key, claim in accepted]
        click.echo(json.dumps(data, ensure_ascii=False, indent=1))
    else:
        rows = [_row(key, proposal) for key, proposal in waiting]
        rows += [(key, "", plain(claim.says.title), claim.hints.accepted, _NO_ID) for key, claim in accepted]
        table(("key", "id", "title", "venue", "why not linked"), rows)
    if waiting:
        say(f"{counted(len(waiting), 'possible publication')}: `fedbib accept KEY ID` or `fedbib reject KEY ID`")
    if accepted:
        say(
            f"{counted(len(accepted), 'preprint')} accepted according to the authors: find the publication's identifier"
        )
    if not waiting and not accepted:
        say("nothing needs a decision")
    return int(broken)


def _accepted(record: Record) -> Claim | None:
    """The claim by which the authors of a preprint, of which no publication is proposed, say that it was accepted."""
    if record.proposals or version(record) is not Version.PREPRINT:
        return None
    return next((claim for claim in record.claims if claim.hints.accepted), None)


def _told(key: str, claim: Claim) -> dict[str, object]:
    says = fields.dump(claim.says.only(("title", "author")))
    return {"key": key, "id": "", "url": "", "reason": _NO_ID, "evidence": claim.hints.accepted, "says": says}


def _row(key: str, proposal: Proposal) -> tuple[str, ...]:
    from fedbib.text.markup import plain

    says = proposal.says
    venue = says.container_title_short or says.container_title
    if says.year and str(says.year) not in venue:
        venue = f"{venue} {says.year}".strip()
    return key, str(proposal.id), plain(says.title), venue, against(proposal.findings)


def _data(key: str, proposal: Proposal) -> dict[str, object]:
    return {
        "key": key,
        "id": str(proposal.id),
        "url": proposal.id.url,
        "reason": against(proposal.findings),
        "evidence": told(proposal.findings),
        "says": fields.dump(proposal.says),
    }
