"""The options that choose a part of a collection, and what a shell completes of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from fedbib.collection import Collection
from fedbib.console import say
from fedbib.errors import BadFile, FedbibError
from fedbib.model.work import Status, Work
from fedbib.select import Selection, by_keys, cited_by, unknown, years
from fedbib.text.markup import plain

Completer = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def _completer(said: Callable[[Work], Iterable[tuple[str, str]]]) -> Completer:
    """Completes what the works of the collection have: words, each with a remark."""

    def complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001
        folder = ctx.find_root().params.get("folder") or Path()
        try:
            works = Collection.open(folder).works
        except (FedbibError, OSError):
            return []
        words = dict(pair for work in works for pair in said(work))
        begin = incomplete.casefold()
        return [CompletionItem(word, help=words[word]) for word in sorted(words) if word.casefold().startswith(begin)]

    return complete


key_completion = _completer(lambda work: [(work.key, plain(work.title))])


def style_completion(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001
    """Completes names of styles, and paths of files."""
    from fedbib.references.style import names

    found = [CompletionItem(name) for name in names() if name.startswith(incomplete.lower())]
    return [*found, CompletionItem(incomplete, type="file")]


_topics = _completer(lambda work: [(topic, "") for topic in work.topics])
_datasets = _completer(lambda work: [(dataset, "") for dataset in work.datasets])
_models = _completer(lambda work: [(model, "") for model in work.models])
_venues = _completer(lambda work: [(venue, "") for venue in (work.container_title_short,) if venue])


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person asked for of a collection."""

    keys: tuple[str, ...]
    documents: tuple[Path, ...]
    selection: Selection

    def of(self, works: Sequence[Work], where: str) -> tuple[tuple[Work, ...], bool]:
        """The works that are wanted, and whether a key is missing; reports missing keys.

        BadFile where nothing is left of what was asked for, so that no file becomes an empty one.
        """
        missing: tuple[str, ...] = ()
        if self.keys or self.documents:
            works, missing = self._named(works)
            if not works:
                raise BadFile("none of the papers asked for is in the collection", where=where)
        return self._selected(works), bool(missing)

    def _named(self, works: Sequence[Work]) -> tuple[tuple[Work, ...], tuple[str, ...]]:
        """The works of the keys and of what the documents cite, and the keys that no work has."""
        wanted = [*self.keys]
        for document in self.documents:
            keys_there, unread = cited_by(document)
            wanted += keys_there
            for path in unread:
                say(f"{path}: is included by {document} but cannot be read; what it cites is left out")
        found, missing = by_keys(works, wanted)
        for line in unknown(works, missing):
            say(line)
        return found, missing

    def _selected(self, works: Sequence[Work]) -> tuple[Work, ...]:
        for word, close in self.selection.strange(works):
            hint = f"did you mean {close}?" if close else "`fedbib show KEY` prints what a paper has"
            raise BadFile("no paper has it", where=word, hint=hint)
        if self.selection.is_everything:
            return tuple(works)
        found = tuple(work for work in works if self.selection.takes(work))
        if works and not found:
            raise BadFile("no paper matches all of them", where="the filters", hint="leave one out")
        return found


_OPTIONS = (
    click.argument("keys", metavar="[KEY...]", nargs=-1, shell_complete=key_completion),
    click.option(
        "--topic",
        "topics_",
        multiple=True,
        shell_complete=_topics,
        help="A topic. This and the next four may be repeated.",
    ),
    click.option("--dataset", "datasets_", multiple=True, shell_complete=_datasets),
    click.option("--model", "models_", multiple=True, shell_complete=_models),
    click.option("--venue", "venues_", multiple=True, shell_complete=_venues, help="A label without the year: EMNLP."),
    click.option("--status", "statuses_", multiple=True, type=click.Choice([status.value for status in Status])),
    click.option("--year", help="2023, 2022-2024, 2022- or -2024."),
    click.option(
        "--search", default="", help="Words in key, title, authors, venue, topics, datasets, models or comment."
    ),
    click.option(
        "--cited",
        "--aux",
        "--bcf",
        "--tex",
        "documents",
        multiple=True,
        type=click.Path(path_type=Path, dir_okay=False),
        help="What this .aux, .bcf or .tex file cites; the four names mean the same, and may be repeated.",
    ),
)


def wanting(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that select works to a command, which gets them as `wanted`."""

    @wraps(command)
    def called(*args: Any, **options: Any) -> Any:
        year = options.pop("year")
        selection = Selection(
            **{name: options.pop(f"{name}_") for name in ("topics", "datasets", "models", "venues", "statuses")},
            years=years(year) if year else None,
            text=options.pop("search"),
        )
        return command(*args, wanted=Wanted(options.pop("keys"), options.pop("documents"), selection), **options)

    for option in reversed(_OPTIONS):
        called = option(called)
    return called
