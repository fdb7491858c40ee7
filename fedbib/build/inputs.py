"""What a build reads beside the records: the page's own templates and the style of its references."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from fedbib.disk import files, inside
from fedbib.errors import BadSettings, BadValue, MissingExtra
from fedbib.records.folder import CLAIMS
from fedbib.settings import FILES, Settings
from fedbib.site.entry import Entry

_TEMPLATE_LIMIT = 1_000_000


def templates(root: Path, settings: Settings) -> Mapping[str, str]:
    """The collection's own templates by name; BadSettings when their folder holds something else."""
    if not settings.templates:
        return {}
    from fedbib.site import LOOK

    folder = inside.resolve(root, settings.templates)
    found = list(files.names(folder))
    if not found or (strange := [name for name in found if name not in LOOK]):
        raise BadSettings(
            f"holds {', '.join(strange)}" if found else "holds no template",
            where=str(folder),
            hint="known: " + ", ".join(LOOK),
        )
    return {name: files.text(files.read(folder / name, limit=_TEMPLATE_LIMIT), str(folder / name)) for name in found}


def missing(settings: Settings) -> MissingExtra | None:
    """What is not installed, so that the page has no formatted references."""
    from fedbib.references import pandoc

    return pandoc.missing(settings.style) if settings.site and settings.style else None


def with_references(entries: Sequence[Entry], root: Path, settings: Settings) -> Sequence[Entry]:
    """The entries, each with its reference in the style of the settings, unless what that needs is `missing`.

    Raises BadSettings for a style that is none.
    """
    if not settings.style or missing(settings):
        return entries
    from fedbib.references.pandoc import references
    from fedbib.references.style import style_of

    try:
        if settings.style.lower().endswith(".csl"):
            inside.resolve(root, settings.style)
        style = style_of(settings.style, root)
    except BadValue as error:
        raise BadSettings(error.message, where="style in the settings", hint=error.hint) from None
    made = references([entry.work for entry in entries], style, numbered=False)
    said = {each.key: each.rich for each in made}
    return [replace(entry, reference=said.get(entry.work.key, "")) for entry in entries]


def stamp(root: Path, settings: Settings) -> tuple[tuple[str, int, int], ...]:
    """Path, time of change and size of everything that a build reads: when it is as before, so are the outputs."""
    folders = [inside.resolve(root, path) for path in (settings.entries, f"{settings.entries}/{CLAIMS}")]
    if settings.templates:
        folders.append(inside.resolve(root, settings.templates))
    if settings.look:
        folders.append(inside.resolve(root, settings.look.forms))
    paths = [folder / name for folder in folders for name in files.names(folder)]
    paths += [root / name for name in FILES]
    if settings.style.lower().endswith(".csl"):
        paths.append(root / settings.style)
    return tuple((str(path), *files.stamp(path)) for path in paths)
