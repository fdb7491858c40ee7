"""The options that say how an export is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any

import click

from fedbib.commands.selecting import style_completion
from fedbib.export.dress import TITLES, VENUES
from fedbib.export.profiles import Profile, fields, others, profiles
from fedbib.formats import FORMATS, SHAPING
from fedbib.formats.base import DOI, EPRINT, SECOND_URL, URL, Shape
from fedbib.text.nearest import nearest

TITLED = click.option(
    "--titles",
    type=click.Choice(TITLES),
    default=TITLES[0],
    show_default=True,
    help="As published, or in sentence case with the capitals of names, as APA style has it.",
)
REFERENCES = ("html", "markdown")
"""The formats that are formatted references in a style."""
_BIB = ("bibtex", "biblatex")


@dataclass(frozen=True, slots=True)
class Wishes:
    """The options for the form of an export."""

    format: str
    venues: str
    titles: str
    without: frozenset[str]
    """Names of `fedbib.export.profiles.fields`."""
    macros: bool
    style: str
    """For `REFERENCES`."""
    keys: str
    """A pattern (`fedbib.export.keys`), or "" for the keys of the collection."""

    @property
    def shape(self) -> Shape:
        return Shape(self.without & {URL, DOI, EPRINT, SECOND_URL}, self.macros)


def _names(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> frozenset[str]:
    """Names of fields, given one by one or with commas between them."""
    found = {name.strip().lower() for value in values for name in value.split(",")} - {""}
    known = {*fields(), "title"}
    for name in sorted(found - known):
        close = nearest(name, known)
        hint = f" Did you mean {close}?" if close else f" Known: {', '.join(sorted(known))}."
        raise click.BadParameter(f"there is no field {name!r}.{hint}", ctx, param)
    return frozenset(found)


_FIELD: dict[str, Any] = {"multiple": True, "callback": _names, "metavar": "FIELD,..."}
_OPTIONS: Iterable[Callable[..., Any]] = (
    click.option("--format", type=click.Choice(sorted({*FORMATS, *SHAPING, *REFERENCES})), help="[default: bibtex]"),
    click.option(
        "--for",
        "profile",
        type=click.Choice(sorted(profiles())),
        help="Set all options to suit this publisher or program.",
    ),
    click.option(
        "--style", shell_complete=style_completion, help="For markdown and html, as in `cite`. [default: apa]"
    ),
    click.option("--venues", type=click.Choice(VENUES), help="Full titles, labels (EMNLP), or ISO 4 abbreviations."),
    click.option(
        "--titles", type=click.Choice(TITLES), help="As published, or in sentence case with the capitals of names."
    ),
    click.option("--fields", "only", **_FIELD, help="Only these fields and the title, by their BibTeX names."),
    click.option(
        "--without", **_FIELD, help="Leave out these fields: url, doi, eprint, editor, month, address, keywords, ..."
    ),
    click.option("--with", "with_", **_FIELD, help="Keep these fields even if --for leaves them out."),
    click.option(
        "--macros/--no-macros", default=None, help="In a .bib file, define recurring names once with @string."
    ),
    click.option(
        "--keys",
        "pattern",
        default="",
        metavar="PATTERN",
        help="Write other keys by this pattern: authorYearTitle, author:year.",
    ),
)


def wishing(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options for the form of an export to a command, which gets them as `wishes`."""

    @wraps(command)
    def called(*args: Any, **options: Any) -> Any:
        names = ("format", "profile", "style", "venues", "titles", "only", "without", "with_", "macros", "pattern")
        return command(*args, wishes=_wishes(**{name: options.pop(name) for name in names}), **options)

    for option in reversed([*_OPTIONS]):
        called = option(called)
    return called


def _wishes(
    profile: str | None,
    style: str | None,
    only: frozenset[str],
    without: frozenset[str],
    with_: frozenset[str],
    pattern: str,
    **said: Any,
) -> Wishes:
    """The values of the profile, except for those that options give."""
    asked = profiles()[profile] if profile else Profile()
    given: Mapping[str, Any] = {name: value for name, value in said.items() if value is not None}
    form = given.get("format", asked.format)
    kept = with_ | ({SECOND_URL} if URL in with_ else frozenset())
    gone = (others(only) if only else asked.without) - kept | without
    macros = given.get("macros", asked.macros and form in _BIB)
    if macros and form not in _BIB:
        raise click.UsageError(f"--macros is for {' and '.join(_BIB)}, not for {form}.")
    if style and form not in REFERENCES:
        raise click.UsageError(f"--style is for {' and '.join(REFERENCES)}, not for {form}.")
    if form not in {*SHAPING, *REFERENCES} and gone & {URL, DOI, EPRINT, SECOND_URL}:
        raise click.UsageError(f"{form} always has all addresses and identifiers.")
    venues, titles = given.get("venues", asked.venues), given.get("titles", asked.titles)
    return Wishes(form, venues, titles, gone, macros, style or "apa", pattern)
