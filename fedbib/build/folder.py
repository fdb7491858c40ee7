"""The outputs on disk: which differ from what they should hold, and how they are written and deleted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from fedbib.build import citation, last, look, outputs, owned
from fedbib.build.inputs import templates, with_references
from fedbib.build.outputs import SITE, SITE_OWN, Output, listed
from fedbib.disk import files, inside
from fedbib.errors import BadFile, RoundTripLost
from fedbib.formats.lists.edits import Edit, edits
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
    """The last is the list of the others."""
    stale: tuple[Output, ...]
    """The outputs that differ from what is on disk."""
    leftover: tuple[str, ...]
    """Paths of pages on disk of papers that are gone or have another key now."""
    foreign: tuple[str, ...]
    """Paths at which something stands that no build made."""
    edits: tuple[Edit, ...] = ()
    """What people wrote into the list of the README, or took out of it."""
    readme: str = ""
    """The path of that README."""
    notes: tuple[tuple[int, str], ...] = ()
    """Lines of a list with a look of its own that say what is not so, and cannot be written anew."""


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
    made.append(owned.manifest(made, folder))
    found: tuple[Edit, ...] = ()
    notes: tuple[tuple[int, str], ...] = ()
    if settings.readme:
        text = _read(root, settings.readme)
        if settings.look:
            before = last.built(root, settings)
            kept = look.listed(text, entries, before, look.forms(root, settings), settings)
            made.insert(-1, Output(settings.readme, kept.text))
            found, notes = kept.edits, kept.notes
        else:
            made.insert(-1, outputs.readme(works, about, settings.readme, text))
            if text and made[-2].text != text:
                found = edits(text, works, last.built(root, settings), about)
    made[-1:-1] = citation.citation(about)
    compared = _compared(len(works), tuple(made), root, settings)
    return replace(compared, edits=found, readme=settings.readme, notes=notes)


def _compared(works: int, made: tuple[Output, ...], root: Path, settings: Settings) -> Built:
    """The outputs beside what is on disk."""
    read = cache(lambda path: _read(root, f"{settings.output}/{path}"))
    known = owned.listed(read(owned.NAME))
    stale = tuple(output for output in made if _read(root, output.path) != output.text)
    foreign = [
        output.path
        for output in stale
        if output.path != settings.readme  # of which only what stands between the markers is replaced
        and not (
            _has_mark(root, output.path)
            if output.path in citation.FILES
            else owned.is_ours(output.path.removeprefix(f"{settings.output}/"), settings.about.name, known, read)
        )
    ]
    wanted = {output.path for output in made}
    leftover: list[str] = []
    for path in _pages(root, settings) if settings.site else ():
        full = f"{settings.output}/{path}"
        if full in wanted or (known is not None and path not in known):
            continue
        if owned.is_marked(path, read(path)) or owned.is_as_made(path, read(path), known):
            leftover.append(full)
        elif known is not None:
            foreign.append(full)
    return Built(works, made, stale, tuple(leftover), tuple(foreign))


def _has_mark(root: Path, path: str) -> bool:
    """Whether what stands at the path of a file that says how to cite is ours, or nothing is there."""
    text = _read(root, path)
    return not text or citation.MARK in text


def problems(entries: Sequence[Entry], root: Path, settings: Settings) -> tuple[Problem, ...]:
    """What is wrong with the outputs on disk: those that are stale or left over, or why none can be built."""
    try:
        built = build(entries, root, settings)
    except (BadFile, RoundTripLost) as error:
        return (Problem("O01", Severity.ERROR, error.message, error.where, error.line, hint=error.hint),)
    hint = "run `fedbib build` and commit what it writes"
    if not any(files.exists(root / output.path) for output in built.outputs if output.path != settings.readme):
        return (Problem("O01", Severity.ERROR, "nothing is built yet", settings.output, hint=hint),)
    wrong = [(path, "is not what build would write", hint) for path in sorted(changed(built))]
    wrong += [(path, _NOT_OURS, _ELSEWHERE) for path in built.foreign]
    wrong += [(built.readme, _edited(built.edits), _TAKE.format(built.readme))] if built.edits else []
    return tuple(Problem("O01", Severity.ERROR, message, path, hint=hint) for path, message, hint in wrong)


def changed(built: Built) -> frozenset[str]:
    """Paths of what `write` would replace or delete."""
    return frozenset(output.path for output in built.stale).difference(built.foreign).union(built.leftover)


def refuse(built: Built, *, edited: bool = True) -> None:
    """Raise BadFile when something in the way of an output is not ours, or with `edited` was edited by hand."""
    if built.edits and edited:
        hint = _TAKE.format(built.readme)
        raise BadFile(_edited(built.edits), where=built.readme, line=built.edits[0].line or None, hint=hint)
    if built.foreign:
        others = f"; nor are {len(built.foreign) - 1} others" if len(built.foreign) > 1 else ""
        raise BadFile(_NOT_OURS + others, where=built.foreign[0], hint=_ELSEWHERE)


def _edited(edits: Sequence[Edit]) -> str:
    first = edits[0]
    more = f", and {len(edits) - 1} more" if len(edits) > 1 else ""
    if first.is_gone:
        return f'somebody took "{first.text[:100]}"{more} out of the list, of which there are records'
    return f"no build wrote what stands in the list: {first.text.strip()[:100]}{more}"


def write(built: Built, root: Path, settings: Settings, *, over_edits: bool = False) -> None:
    """Write the outputs that are stale and delete what is left over; what a killed run left is swept away.

    What goes, goes while the list of what is ours still has it, and the new list comes before the files that are new:
    so a run that was killed knows its own when it is run again. The README comes before the outputs that it is held
    against: they never tell of papers that its list has not. Raises BadFile when something in the way is not ours,
    when somebody edited the list of the README (unless `over_edits`), or when there are no works but the outputs on
    disk hold some: the records are missing, not gone. Nothing is changed then.
    """
    refuse(built, edited=not over_edits)
    if not built.works and (full := _full(root, built.stale)):
        raise BadFile(
            f"holds {len(listed(full, _read(root, full)))} works, and there are no records to build from",
            where=full,
            hint=f"look what became of {settings.entries}/; to begin anew, delete the outputs by hand",
        )
    paths = {output.path: inside.resolve(root, output.path) for output in built.outputs}
    files.sweep_dead(dict.fromkeys(path.parent for path in paths.values()))
    for path in built.leftover:
        files.remove(inside.resolve(root, path))
    known = built.outputs[-1]
    rest = sorted((each for each in built.stale if each is not known), key=lambda each: each.path != built.readme)
    files.write_all((paths[output.path], output.text.encode()) for output in (known, *rest))


_NOT_OURS = "is not ours: no `fedbib build` made it"
_ELSEWHERE = "move it or name another output"
_TAKE = (
    "`fedbib import {0}` takes papers that were added or changed there into the records; what is no paper belongs "
    "outside the markers; `fedbib build --over-edits` writes the list anew"
)


def _pages(root: Path, settings: Settings) -> Iterator[str]:
    for folder, ending in SITE_OWN.items():
        for name in files.names(inside.resolve(root, f"{settings.output}/{SITE}/{folder}")):
            if name.endswith(ending):
                yield f"{SITE}/{folder}/{name}"


def _read(root: Path, path: str) -> str:
    """An output with its line ends as they are; "" when there is none."""
    full = inside.resolve(root, path)
    if not files.exists(full):
        return ""
    content = files.read(full, limit=_LIMIT)
    files.text(content, path)
    return content.decode("utf-8")


def _full(root: Path, stale: Iterable[Output]) -> str:
    """The first output that holds works on disk, or ""."""
    paths = (output.path for output in stale if output.path not in citation.FILES)
    return next((path for path in paths if listed(path, _read(root, path))), "")
