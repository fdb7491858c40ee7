"""The outputs on disk: which differ from what they should hold, and how they are written and deleted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from fedbib.build import outputs
from fedbib.build.inputs import templates, with_references
from fedbib.build.outputs import SITE, SITE_OWN, Output, listed
from fedbib.disk import files
from fedbib.errors import BadFile, RoundTripLost
from fedbib.model.problem import Problem, Severity
from fedbib.settings import Settings
from fedbib.site.entry import Entry

_LIMIT = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Built:
    """What the files of a collection should hold, and how those on disk differ."""

    works: int
    """How many works the outputs hold."""
    outputs: tuple[Output, ...]
    stale: tuple[Output, ...]
    """The outputs that differ from what is on disk."""
    leftover: tuple[str, ...]
    """Paths of pages on disk of papers that are gone or have another key now."""


def build(entries: Sequence[Entry], root: Path, settings: Settings) -> Built:
    """What the output files, the README and the page should hold, beside what they hold now. Writes nothing.

    Raises RoundTripLost for an output that does not read back, BadFile and BadSettings for a file or a setting that
    cannot be used.
    """
    about, folder = settings.about, settings.output
    works = [entry.work for entry in entries]
    made = list(outputs.files(works, about, folder))
    if settings.site:
        shown = with_references(entries, root, settings)
        made += outputs.site(shown, about, folder, tuple(made), templates(root, settings))
    if settings.readme:
        made.append(outputs.readme(works, about, settings.readme, _read(root, settings.readme)))
    stale = tuple(output for output in made if _read(root, output.path) != output.text)
    return Built(len(works), tuple(made), stale, tuple(_leftover(root, settings, made)))


def problems(entries: Sequence[Entry], root: Path, settings: Settings) -> tuple[Problem, ...]:
    """What is wrong with the outputs on disk: those that are stale or left over, or why none can be built."""
    try:
        built = build(entries, root, settings)
    except (BadFile, RoundTripLost) as error:
        return (Problem("O01", Severity.ERROR, error.message, error.where, error.line, hint=error.hint),)
    hint = "run `fedbib build` and commit what it writes"
    paths = (*(output.path for output in built.stale), *built.leftover)
    return tuple(Problem("O01", Severity.ERROR, "is not what build would write", path, hint=hint) for path in paths)


def write(built: Built, root: Path, settings: Settings) -> None:
    """Write the outputs that are stale and delete what is left over.

    Raises BadFile when there are no works but the outputs on disk hold some: the records are missing, not gone.
    """
    if not built.works and (full := _full(root, built.stale)):
        raise BadFile(
            f"holds {len(listed(full, _read(root, full)))} works, and there are no records to build from",
            where=full,
            hint=f"look what became of {settings.entries}/; to begin anew, delete the outputs by hand",
        )
    for output in built.stale:
        files.write(root / output.path, output.text.encode())
    for path in built.leftover:
        files.remove(root / path)


def _leftover(root: Path, settings: Settings, made: Iterable[Output]) -> Iterable[str]:
    if not settings.site:
        return
    wanted = {output.path for output in made}
    site = f"{settings.output}/{SITE}"
    for folder, ending in SITE_OWN.items():
        for name in files.names(root / site / folder):
            if name.endswith(ending) and (path := f"{site}/{folder}/{name}") not in wanted:
                yield path


def _read(root: Path, path: str) -> str:
    """An output with its line ends as they are; "" when there is none."""
    full = root / path
    if not full.exists() and not full.is_symlink():
        return ""
    content = files.read(full, limit=_LIMIT)
    files.text(content, path)
    return content.decode("utf-8")


def _full(root: Path, stale: Iterable[Output]) -> str:
    """The first output that holds works on disk, or ""."""
    return next((output.path for output in stale if listed(output.path, _read(root, output.path))), "")
