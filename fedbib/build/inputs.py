"""What a build reads beside the records: the page's own templates and the style of its references."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from fedbib.disk import files, inside
from fedbib.errors import BadSettings, BadValue, MissingExtra
from fedbib.records.filing import CLAIMS
from fedbib.settings import FILES, Settings

if TYPE_CHECKING:
    from fedbib.references.style import Style
    from fedbib.site.entry import Entry

_TEMPLATE_LIMIT = 1_000_000


@dataclass(frozen=True)
class Inputs:
    """What outputs depend on beside the records and the settings."""

    look: Mapping[str, str] = field(default_factory=dict)
    """The collection's own templates by name."""
    style: str = ""
    """The name of the references' style, or of its file; "" for none."""
    csl: bytes = b""
    """The content of that file."""
    pandoc: str = ""
    """Which program sets the references."""

    def with_references(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        """The entries with their references, unless what those need is missing; BadSettings for what is no style."""
        if not self.style or not entries:
            return entries
        from fedbib.references.installed import missing

        if missing(self.style):
            return entries
        from fedbib.references.pandoc import references

        made = references([entry.work for entry in entries], self._style, listed=False)
        said = {each.key: each.rich for each in made}
        return [replace(entry, reference=said.get(entry.work.key, "")) for entry in entries]

    @cached_property
    def _style(self) -> Style:
        from fedbib.references import style

        try:
            return style.parse(self.csl, self.style) if self.csl else style.named(self.style)
        except BadValue as error:
            raise BadSettings(error.message, where="style in the settings", hint=error.hint) from None


def inputs(root: Path, settings: Settings) -> Inputs:
    """What lies on disk of them; BadSettings or BadFile for what cannot be used."""
    if not settings.site:
        return Inputs()
    look = _templates(root, settings)
    if not settings.style:
        return Inputs(look)
    from fedbib.references.installed import identity

    csl = b""
    if settings.style.lower().endswith(".csl"):
        from fedbib.references.style import LIMIT

        csl = files.read(inside.resolve(root, settings.style), limit=LIMIT)
    return Inputs(look, settings.style, csl, identity())


def _templates(root: Path, settings: Settings) -> Mapping[str, str]:
    """The collection's own templates by name; BadSettings when their folder holds something else."""
    if not settings.templates:
        return {}
    from fedbib.site import LOOK

    folder = inside.resolve(root, settings.templates)
    found = list(files.names(folder))
    if not found or (strange := [name for name in found if name not in LOOK]):
        raise BadSettings(
            f"contains other files: {', '.join(strange)}" if found else "contains no template",
            where=str(folder),
            hint="known: " + ", ".join(LOOK),
        )
    return {name: files.text(files.read(folder / name, limit=_TEMPLATE_LIMIT), str(folder / name)) for name in found}


def missing(settings: Settings) -> MissingExtra | None:
    """What is not installed, so that the page has no formatted references."""
    from fedbib.references import installed

    return installed.missing(settings.style) if settings.site and settings.style else None


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
