"""The sentences of findings. Nothing decides by them: reword them as you like."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from fedbib.model.claim import State
from fedbib.model.finding import Code, Fact, Finding, Grade
from fedbib.sources import SOURCES

SENTENCES: Mapping[Code, str] = {
    Code.NAMED: "by an id that {source} gives",
    Code.HELD: "by the Anthology id in a DOI that {source} gives",
    Code.LISTED: "by an id in {origin}",
    Code.SEARCHED: "by title at {source}",
    Code.TITLE_EQUAL: "same title",
    Code.TITLE_EQUAL_LISTED: "same title as one that only an imported file gives",
    Code.TITLE_ALIKE: "similar title ({score})",
    Code.TITLE_BUT_NUMBER: "similar title ({score}) except for a number",
    Code.TITLE_BUT_NAME: "similar title ({score}) except for the short name",
    Code.TITLE_BUT_KIND: "similar title ({score}) but marked as {kind}",
    Code.TITLE_SAME_NAME: "similar title ({score}) with the same short name",
    Code.TITLE_OTHER: "different title ({score})",
    Code.TITLE_OTHER_NUMBER: "title with another number",
    Code.TITLE_NOTICE: "a notice or supplement",
    Code.TITLE_UNKNOWN: "title not known",
    Code.AUTHORS: "{same} of {of} authors{more}{respelt}",
    Code.AUTHORS_UNKNOWN: "authors not known",
    Code.YEAR: "{year} for a preprint of {preprint}",
    Code.YEAR_UNKNOWN: "year not known",
    Code.YEAR_LISTED: "{year}, {listed} according to an imported file",
    Code.ACCEPTED: "nothing against its acceptance",
    Code.NOT_ACCEPTED: "not accepted ({text})",
    Code.NOT_DECIDED: "not accepted ({state} {at})",
    Code.WITHDRAWN: "withdrawn",
    Code.RETRACTED: "retracted",
    Code.VENUE: "in {venue}",
    Code.VENUE_UNKNOWN: "no venue",
    Code.PREPRINT: "a preprint ({venue})",
    Code.NO_PAPER: "a {type}, not a paper",
    Code.WORKSHOP: "a workshop ({venue})",
    Code.OTHER_VENUE: "but {venue} according to an imported file",
    Code.AT_REGISTRY: "read at {source}",
    Code.NOT_AT_REGISTRY: "not read at the registry of {scheme}",
    Code.OTHER_ID: "the answer is about {id}",
    Code.OTHER_PREPRINT: "the publication of {id}",
    Code.NOT_ALONE: "other publications pass as well ({venues})",
    Code.ANOTHER_PAPER: '{id} is {key} ("{known}"), and here "{title}"',
    Code.EARLIER: "{text}",
}

STATES = {
    State.ACCEPTED: "accepted at",
    State.REJECTED: "rejected at",
    State.WITHDRAWN: "withdrawn from",
    State.TAKEN_BACK: "withdrawn after acceptance at",
    State.SUBMITTED: "submitted to",
    State.UNDECIDED: "no decision of",
}


def sentence(finding: Finding) -> str:
    """ "4 of 5 authors and 1 more"."""
    return SENTENCES[finding.code].format(**{name: _shown(name, fact) for name, fact in finding.facts})


def told(findings: Iterable[Finding]) -> str:
    """All of them on one line: how an identifier was found and how it fared."""
    return ", ".join(map(sentence, findings))


def against(findings: Iterable[Finding]) -> str:
    """What speaks against a link, on one line."""
    return told(finding for finding in findings if finding.grade is not Grade.PASS)


def title(source: str) -> str:
    """A source as shown to people."""
    return SOURCES[source].title if source in SOURCES else source


def _shown(name: str, fact: Fact) -> str:
    match name:
        case "source":
            return title(str(fact))
        case "score":
            return f"{fact:.2f}"
        case "more":
            return f" and {fact} more" if fact else ""
        case "respelt":
            return f" ({fact} spelt differently)" if fact else ""
        case "state":
            return STATES[State(str(fact))] if fact in list(State) else str(fact)
        case _:
            return str(fact)
