"""`fedbib add`"""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from fedbib.collection import Collection
from fedbib.commands.source import readable_source
from fedbib.console import complain, out, progress, say, table
from fedbib.disk import files
from fedbib.intake.form import Form, parse
from fedbib.intake.known import Known
from fedbib.intake.pasted import pieces
from fedbib.intake.typed import Addition, Fate, add
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.work import Work
from fedbib.report import counted
from fedbib.settle import settle
from fedbib.sync.ask import Replies
from fedbib.sync.network import network
from fedbib.sync.saved import heard
from fedbib.sync.saved import saved as saved_answers
from fedbib.text.markup import plain

_LIMIT = 1_000_000


@click.command(name="add", short_help="Add papers by identifier, URL or title.")
@click.argument("texts", metavar="ID|URL|TITLE|BIBTEX...", nargs=-1)
@click.option("--topic", "topics", multiple=True, help="A topic for the new records; may be repeated.")
@click.option(
    "--from",
    "saved",
    type=click.Path(path_type=Path, dir_okay=False),
    multiple=True,
    help="Read answers saved in this file instead of asking the network; may be repeated.",
)
@click.option("--source", callback=readable_source, help="The source that the saved answers are from.")
@click.option("--origin", default="", help="Where the saved files come from, as noted in the claims.")
@click.option(
    "--form",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="The text of an issue opened with the form for papers; - is standard input.",
)
@click.option("--anyway", is_flag=True, help="Add a paper even if one with the same title is in the collection.")
@click.pass_obj
def command(
    folder: Path,
    texts: tuple[str, ...],
    topics: tuple[str, ...],
    saved: tuple[Path, ...],
    source: str | None,
    origin: str,
    form: Path | None,
    anyway: bool,
) -> int:
    """Add papers by whatever you have: an id of arXiv, the ACL Anthology, OpenReview, PMLR or DBLP, a DOI, a link to
    any of these, a BibTeX entry, or a title in quotes.

    Without arguments, or with `-`, these are read from standard input, one or more per line; lines that begin with # or
    % are ignored. A paper that is already in the collection under any of its identifiers is reported, not added again.
    A title is searched for at the sources; you choose among the results or, without a terminal, get a list of
    identifiers to add.

    \b
    Examples:
      fedbib add 2310.15080 https://aclanthology.org/2023.acl-demo.54/
      fedbib add doi:10.1145/3637528.3671865 --topic zeroth-order
      fedbib add "Petals: Collaborative Inference and Fine-tuning of Large Models"
      pbpaste | fedbib add
      fedbib add 2504.13365 --from 2025-04-21.jsonl --source arxiv
      fedbib add --form issue.md       # an issue opened with the form
    """
    if bool(saved) != bool(source):
        raise click.UsageError("--from and --source go together")
    if form and texts:
        raise click.UsageError("give either --form or papers on the command line, not both")
    filled = _filled(form, topics) if form else None
    wanted = list(dict.fromkeys(filled.papers if filled else (text for each in _texts(texts) for text in pieces(each))))
    if not wanted:
        raise click.UsageError("nothing to add: give identifiers, links or titles, as arguments or on standard input")
    collection = Collection.open(folder)
    answers = saved_answers(saved, source, origin, ())[0] if source else None
    with collection.locked():
        return _add(collection, wanted, filled or Form((), topics), answers, anyway=anyway)


def _filled(path: Path, topics: tuple[str, ...]) -> Form:
    """The form in a file; reports what is left out. Links are used only if the form has a single paper."""
    content = sys.stdin.buffer.read(_LIMIT) if str(path) == "-" else files.read(path, limit=_LIMIT)
    form = parse(content.decode("utf-8", "replace"))
    links = form.links if len(form.papers) == 1 else ()
    stray = [(link.url, "not clear which of the papers it belongs to") for link in form.links if link not in links]
    for url, reason in (*form.left, *stray):
        say(f"left out: {url}: {reason}")
    return replace(form, topics=tuple(dict.fromkeys((*topics, *form.topics))), links=links)


def _add(collection: Collection, wanted: list[str], form: Form, answers: Replies | None, *, anyway: bool) -> int:
    """Add papers; each gets the form's topics and links."""
    loaded = collection.load()
    broken = complain(loaded.problems)
    known = Known(loaded.records, collection.rules)

    def became(texts: list[str]) -> list[Addition]:
        off, rules, about = collection.settings.off, collection.rules, collection.settings.about
        if answers is not None:
            return add(texts, known, rules, heard(answers), off=off, anyway=anyway, abstracts=about.abstracts)
        with progress() as show, network(collection.settings, show) as net:
            return add(texts, known, rules, net.ask, net.titled, off=off, anyway=anyway, abstracts=about.abstracts)

    additions = became(wanted)
    chosen = {addition.text: id for addition in additions if (id := _chosen(addition))}
    if chosen:
        additions = [addition for addition in additions if addition.text not in chosen]
        additions += became(list(chosen.values()))
    for addition in additions:
        if addition.fate is Fate.ADDED and addition.record:
            record = replace(addition.record, topics=form.topics, links=form.links, added=date.today())
            work = settle(record, collection.rules)
            collection.entries.write_new(record, plain(work.title))
            venue = f"{work.container_title_short} {work.year or ''}".strip()
            out(f"added {record.key}: {plain(work.title)}" + (f" [{venue}]" if venue else ""))
        else:
            _tell(addition)
    if unreached := sum(addition.fate is Fate.UNREACHED for addition in additions):
        say(f"no source can be reached, so {counted(unreached, 'paper')} could not be looked up: check the network")
    if any(addition.fate is Fate.ADDED for addition in additions):
        say("next: look at the new files in entries/, then `fedbib build`")
    return int(broken or any(addition.fate not in (Fate.ADDED, Fate.HERE) for addition in additions))


def _tell(addition: Addition) -> None:
    reason = f" ({addition.reason})" if addition.reason else ""
    if addition.record:
        out(f"already here: {addition.text} is {addition.record.key}{reason}")
    elif addition.fate is Fate.REFUSED:
        say(f"refused: {addition.text}: {addition.reason}")
    elif addition.fate is Fate.OPEN and not _is_asking():
        say(f"which paper is {addition.text}? add one of these by its identifier:")
        table(("id", "paper"), [(str(_best(work)), _shown(work)) for work in addition.candidates])
    if addition.hint:
        say(f"  hint: {addition.hint}")


def _chosen(addition: Addition) -> str:
    """The identifier of the candidate that a person at a terminal chooses, "" for none."""
    if addition.fate is not Fate.OPEN or not _is_asking():
        return ""
    say(f"which paper is {addition.text}?")
    for number, work in enumerate(addition.candidates, start=1):
        say(f"  {number}  {_best(work)}  {_shown(work)}")
    most = len(addition.candidates)
    number = click.prompt("its number, or 0 for none", type=click.IntRange(0, most), default=0, err=True)
    return str(_best(addition.candidates[number - 1])) if number else ""


def _best(work: Work) -> Identifier:
    """The identifier by which a work is added: a registry's before DBLP's, which names preprints too."""
    return min(work.ids, key=lambda id: (id.scheme is Scheme.DBLP, id.scheme.place))


def _is_asking() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


def _shown(work: Work) -> str:
    """A candidate in a line."""
    people = work.author[0].display + (" et al." if len(work.author) > 1 else "") if work.author else "no authors"
    venue = work.container_title_short or work.container_title
    return f"{plain(work.title)} ({', '.join(filter(None, (people, venue, str(work.year or ''))))})"


def _texts(texts: tuple[str, ...]) -> list[str]:
    """The texts given, or all of standard input."""
    if texts and texts != ("-",):
        return list(texts)
    if sys.stdin.isatty() and not texts:
        return []
    return [sys.stdin.buffer.read(_LIMIT).decode("utf-8", "replace")]
