"""The list of a collection in its own look: its forms, read from disk and filled in, and the README made by them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from fedbib.disk import files, inside
from fedbib.errors import BadFile, BadSettings
from fedbib.formats.lists.lexicon import Lexicon
from fedbib.formats.look.keep import Kept, Look, kept
from fedbib.formats.look.people import people
from fedbib.formats.look.values import Fill, Paper
from fedbib.model.work import Work
from fedbib.settings import Settings
from fedbib.site.entry import Entry
from fedbib.words.venues import Register, spellings

ENDING = ".md"
_LIMIT = 200_000
_MOST = 40
"""Forms of one list."""


def forms(root: Path, settings: Settings) -> Mapping[str, str]:
    """The forms of a list's rows by name; BadSettings when their folder holds something else."""
    if not settings.look:
        return {}
    folder = inside.resolve(root, settings.look.forms)
    names = sorted(files.names(folder))
    strange = [name for name in names if not name.endswith(ENDING)]
    if not names or strange or len(names) > _MOST:
        wrong = (
            f"contains other files: {', '.join(strange[:3])}"
            if strange
            else "contains no template"
            if not names
            else "contains too many templates"
        )
        hint = f"each template of a row is a {ENDING} file; `fedbib init --from README.md` writes those of a list"
        raise BadSettings(wrong, where=str(folder), hint=hint)
    texts = {name: files.text(files.read(folder / name, limit=_LIMIT), str(folder / name)) for name in names}
    return {f"{settings.look.forms}/{name}": text for name, text in texts.items()}


def filling(texts: Mapping[str, str], rows: int) -> Fill:
    """What fills in the forms of a list of some number of rows; BadFile for a form that does not work."""
    from fedbib.site.templates import Templates

    # A form is written in Markdown, and so is what fills it.
    templates = Templates(texts, rows * (1 + len(texts)), {"people": people}, escaping=False)
    return lambda name, values: templates(name, **values).removesuffix("\n")


def spelled(register: Register) -> Callable[[str], tuple[str, ...]]:
    """A venue's label with its other spellings, the longest first."""

    def of(label: str) -> tuple[str, ...]:
        venue = register.find(label) if label else None
        known = sorted(spellings(venue), key=len, reverse=True) if venue else ()
        return tuple(dict.fromkeys(filter(None, (label, *known))))

    return of


def listed(
    text: str, entries: Sequence[Entry], before: Mapping[str, Work], texts: Mapping[str, str], settings: Settings
) -> Kept:
    """The README of a collection as it should be, its list in its own look; BadFile where there is none to keep."""
    if not text.strip():
        hint = "the look of the list is in it: take it from the last commit, or leave [list] out of the settings"
        raise BadFile("does not exist", where=settings.readme, hint=hint)
    assert settings.look
    papers = [Paper(entry.work, entry.titles, entry.versions) for entry in entries]
    register = settings.register
    look = Look(tuple(texts), Lexicon.of(register, settings.links), settings.look.order, settings.look.rest)
    fill = filling(texts, len(papers) + text.count("\n"))
    try:
        return kept(text, papers, before, look, fill, register.find, spelled(register))
    except BadFile as error:
        error.where = error.where or settings.readme
        raise
