"""The outputs on disk: which differ from what they should hold, and how they are written and deleted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from fedbib import cores
from fedbib.build import citation, ondisk, outputs, owned
from fedbib.build.outputs import SITE, SITE_OWN, Output, Whole, listed
from fedbib.build.piece import FILES
from fedbib.disk import files, inside
from fedbib.disk.seen import Memory
from fedbib.errors import BadFile, RoundTripLost
from fedbib.model.problem import Problem, Severity
from fedbib.settings import Settings

if TYPE_CHECKING:
    from fedbib.formats.lists.edits import Edit
    from fedbib.site.drawing import Page


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
    folder: str = ""
    """The path of the output folder."""

    is_begun: bool = True
    """Whether an output beside the README is on disk."""

    name: bytes = b""
    """Under which name it is kept once it is done, if nothing is wrong with the records."""

    @property
    def is_done(self) -> bool:
        """Whether everything on disk is as it should be, and there is nothing to tell of it."""
        return not (self.stale or self.leftover or self.foreign or self.edits or self.notes)


def build(
    whole: Whole,
    root: Path,
    settings: Settings,
    own: Mapping[str, str],
    memory: Memory,
    checksums: ondisk.Checksums = ondisk.UNKNOWN,
) -> Built:
    """What the output files, the README and the page should hold, beside what they hold now. Writes nothing.

    `own` are the collection's own templates, `checksums` those of files on disk that were taken before. Raises
    BadFile and BadSettings for a file or a setting that cannot be used.
    """
    about, folder = settings.about, settings.output

    def held(path: str, checksum: str) -> bool:
        return not whole.is_new and checksums.known.get(path) != checksum

    made = tuple(outputs.files(whole, about, folder, held))
    there = partial(_there, root, checksums)
    readme, edits, notes = _readme(whole, root, settings, memory, there)
    drawn = whole.pages or partial(pages, whole, settings, own, memory, there)
    among_pages = tuple(own_pages(root, settings)) if settings.site else ()
    site = tuple(outputs.site(whole, about, folder, made, own, memory, drawn, held)) if settings.site else ()
    known = owned.manifest((*made, *site), folder)
    made = (*made, *site, *readme, *citation.citation(about), known)
    compared = _compared(len(whole.pieces()), made, root, settings, checksums, among_pages)
    return replace(compared, edits=edits, readme=settings.readme, folder=folder, notes=notes)


def pages(
    whole: Whole, settings: Settings, own: Mapping[str, str], memory: Memory, checksum: Callable[[str], str]
) -> Sequence[Page]:
    """The pages about several papers, as `outputs.drawn`, beside what is on disk; `checksum` gives that at a path."""
    place = f"{settings.output}/{SITE}/"
    return outputs.drawn(whole, settings.about, own, memory, lambda path: checksum(place + path))


def _there(root: Path, checksums: ondisk.Checksums, path: str) -> str:
    return checksums.known.get(path) or ondisk.checksum(root, path)


def _readme(
    whole: Whole, root: Path, settings: Settings, memory: Memory, checksum: Callable[[str], str]
) -> tuple[Sequence[Output], tuple[Edit, ...], tuple[tuple[int, str], ...]]:
    """The README, if there is to be one, what people wrote into its list, and its notes.

    `checksum` gives that of what is on disk at a path.
    """
    if not settings.readme:
        return (), (), ()
    text, about = ondisk.text(root, settings.readme), settings.about
    if settings.look:
        from fedbib.build import last, look

        before = last.built(root, settings)
        kept = look.listed(text, whole.entries, before, look.forms(root, settings), settings)
        return [Output.of(settings.readme, kept.text.encode())], kept.edits, kept.notes
    readme = outputs.readme(whole, about, settings.readme, text)
    there = sha256(text.encode()).hexdigest()
    if text and readme.checksum != there and memory.find(_list(there, checksum(_works(settings)), settings)) is None:
        from fedbib.build import last
        from fedbib.formats.lists.edits import edits
        from fedbib.formats.lists.lexicon import Lexicon

        lexicon = Lexicon.of(settings.register, settings.links)
        return [readme], edits(text, whole.works, last.built(root, settings), about, lexicon), ()
    return [readme], (), ()


def _works(settings: Settings) -> str:
    """The path of the output that has all of the works."""
    return f"{settings.output}/{settings.about.name}{FILES['full-json']}"


def _list(readme: str, works: str, settings: Settings) -> bytes:
    """The name of a README and the works that it was made of: while both are as a build left them, nobody edited it."""
    return sha256(b"list" + repr((settings.about, readme, works)).encode()).digest()


def _compared(
    works: int,
    made: tuple[Output, ...],
    root: Path,
    settings: Settings,
    before: ondisk.Checksums,
    among_pages: Iterable[str],
) -> Built:
    """The outputs beside what is on disk: that of which checksums were taken `before`, and what stands among pages."""
    read = cache(lambda path: ondisk.text(root, f"{settings.output}/{path}"))
    known = owned.listed(read(owned.NAME)) if before.listed is None else before.listed
    checksums = {**before.known, **before.rest()}
    checksums.update(_checksums([output for output in made if output.path not in checksums], root))
    stale = tuple([output for output in made if checksums[output.path] != output.checksum])
    paths = zip(stale, inside.resolve_all(root, (output.path for output in stale)), strict=True)
    there = [output for output, path in paths if checksums[output.path] or files.exists(path)]
    for output in there:
        if checksums[output.path] not in (known or {}).get(output.path.removeprefix(f"{settings.output}/"), ()):
            ondisk.text(root, output.path)  # what the last build did not make may be no text
    foreign = [
        output.path
        for output in there
        if output.path != settings.readme  # of which only what stands between the markers is replaced
        and not (
            _has_mark(root, output.path)
            if output.path in citation.FILES
            else owned.is_ours(output.path.removeprefix(f"{settings.output}/"), settings.about.name, known, read)
        )
    ]
    wanted = {output.path for output in made}
    leftover: list[str] = []
    for full in among_pages:
        path = full.removeprefix(f"{settings.output}/")
        if full in wanted or (known is not None and path not in known):
            continue
        if owned.is_marked(path, read(path)) or owned.is_as_made(path, read(path), known):
            leftover.append(full)
        elif known is not None:
            foreign.append(full)
    is_begun = any(files.exists(root / output.path) for output in made if output.path != settings.readme)
    return Built(works, made, stale, tuple(leftover), tuple(foreign), is_begun=is_begun)


def _has_mark(root: Path, path: str) -> bool:
    """Whether what stands at the path of a file that says how to cite is ours, or nothing is there."""
    text = ondisk.text(root, path)
    return not text or citation.MARK in text


def _checksums(made: Iterable[Output], root: Path) -> Iterator[tuple[str, str]]:
    """The path of each output with the checksum of what is on disk, "" where that cannot be read."""
    by_folder: dict[str, list[Output]] = {}
    for output in made:
        by_folder.setdefault(output.path.rpartition("/")[0], []).append(output)
    for folder, some in by_folder.items():
        place = inside.resolve(root, folder) if folder else root
        names = (output.path.rpartition("/")[2] for output in some)
        for output, content in zip(some, files.read_all(place, names, limit=ondisk.LIMIT), strict=True):
            yield output.path, "" if content is None else sha256(content).hexdigest()


def problems(built: Callable[[], Built]) -> tuple[Problem, ...]:
    """What is wrong with the outputs on disk: those that are stale or left over, or why none can be built."""
    try:
        found = built()
    except (BadFile, RoundTripLost) as error:
        return (Problem("O01", Severity.ERROR, error.message, error.where, error.line, hint=error.hint),)
    hint = "run `fedbib build` and commit what it writes"
    if not found.is_begun:
        return (Problem("O01", Severity.ERROR, "nothing is built yet", found.folder, hint=hint),)
    wrong = [(path, "is out of date", hint) for path in sorted(changed(found))]
    wrong += [(path, _NOT_OURS, _ELSEWHERE) for path in found.foreign]
    wrong += [(found.readme, _edited(found.edits), _TAKE.format(found.readme))] if found.edits else []
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
        others = f"; the same is true of {len(built.foreign) - 1} other files" if len(built.foreign) > 1 else ""
        raise BadFile(_NOT_OURS + others, where=built.foreign[0], hint=_ELSEWHERE)


def _edited(edits: Sequence[Edit]) -> str:
    first = edits[0]
    more = f", and {len(edits) - 1} more" if len(edits) > 1 else ""
    if first.is_gone:
        return f'the list lacks "{first.text[:100]}"{more}, though the records have it'
    return f"the list was edited by hand: {first.text.strip()[:100]}{more}"


def write(built: Built, root: Path, settings: Settings, memory: Memory, *, over_edits: bool = False) -> None:
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
            f"has {len(listed(full, ondisk.text(root, full)))} works, but there are no records to build from",
            where=full,
            hint=f"check what happened to {settings.entries}/; to start over, delete the outputs by hand",
        )
    places = {path.rpartition("/")[0]: path for path in (output.path for output in built.outputs)}
    files.sweep_dead(dict.fromkeys(inside.resolve(root, path).parent for path in places.values()))
    for path in built.leftover:
        files.remove(inside.resolve(root, path))
    known = built.outputs[-1]
    rest = sorted((each for each in built.stale if each is not known), key=lambda each: each.path != built.readme)
    _write_all(root, (known, *rest))
    if settings.readme and not settings.look:
        checksums = {output.path: output.checksum for output in built.outputs}
        memory.keep(_list(checksums[settings.readme], checksums[_works(settings)], settings), b"")


_FIRST = 2
"""So many outputs come before all others."""


def _write_all(root: Path, outputs: Sequence[Output]) -> None:
    """Write the outputs, of many one half by another process."""
    wanted = list(zip(inside.resolve_all(root, (output.path for output in outputs)), outputs, strict=True))
    _put(wanted[:_FIRST])
    half = len(wanted) // 2 if cores.is_worth(len(wanted)) else len(wanted)
    other = cores.aside(_put, [some for some in (wanted[half:],) if some])
    _put(wanted[_FIRST:half])
    list(other)


def _put(some: Iterable[tuple[Path, Output]]) -> None:
    files.write_all((path, output.content) for path, output in some)


_NOT_OURS = "was not made by `fedbib build`, so it is not replaced"
_ELSEWHERE = "move it, or choose another `output` in the settings"
_TAKE = (
    "`fedbib import {0}` brings papers that were added or changed there into the records; text that is not about a "
    "paper belongs outside the markers; `fedbib build --over-edits` overwrites the edits"
)


def own_pages(root: Path, settings: Settings) -> Iterator[str]:
    """The paths of what is on disk where nothing should stand but pages of ours."""
    for folder, ending in SITE_OWN.items():
        for name in files.names(inside.resolve(root, f"{settings.output}/{SITE}/{folder}")):
            if name.endswith(ending):
                yield f"{settings.output}/{SITE}/{folder}/{name}"


def _full(root: Path, stale: Iterable[Output]) -> str:
    """The first output that holds works on disk, or ""."""
    paths = (output.path for output in stale if output.path not in citation.FILES)
    return next((path for path in paths if listed(path, ondisk.text(root, path))), "")
