"""What the outputs of a collection hold, put together from what each paper gives (`fedbib.build.piece`). Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from hashlib import sha256
from typing import TYPE_CHECKING

from fedbib.build.piece import FILES, LIST, Piece, verify
from fedbib.errors import BadFile
from fedbib.formats import FORMATS
from fedbib.model.about import About
from fedbib.model.work import Work

if TYPE_CHECKING:
    from fedbib.disk.seen import Memory
    from fedbib.site import Source
    from fedbib.site.drawing import Page
    from fedbib.site.entry import Entry
    from fedbib.site.part import Part, Sheet

SITE = "site"
"""The folder of the page in the output folder."""
SITE_OWN = {"works": ".html", "years": ".html", "pictures": ".svg"} | dict.fromkeys(
    ("topics", "venues", "datasets", "models", "authors"), ".html"
)
"""Folders in it, with the ending of files, where nothing stands but what `build` writes."""


@dataclass(frozen=True, slots=True)
class Output:
    """A file as it should be. Many are as they are already, and only their checksums are needed."""

    path: str
    """Relative to the collection's folder, with `/`."""
    checksum: str
    """SHA-256 of the content, in hexadecimal digits."""
    make: Callable[[], bytes]

    @classmethod
    def of(cls, path: str, content: bytes) -> Output:
        return cls(path, sha256(content).hexdigest(), lambda: content)

    @classmethod
    def large(cls, path: str, make: Callable[[], bytes], held: Held) -> Output:
        """Of a content that is `held` until it is asked for, if its path and checksum say so, or made again then."""
        content = make()
        checksum = sha256(content).hexdigest()
        return cls(path, checksum, (lambda: content) if held(path, checksum) else make)

    @property
    def content(self) -> bytes:
        return self.make()

    @property
    def text(self) -> str:
        return self.content.decode()


@dataclass(frozen=True, slots=True)
class Whole:
    """What the outputs are about; each is had when it is asked for."""

    pieces: Callable[[], Sequence[Piece]]
    """In the order of their keys; their pages and texts lie elsewhere."""
    parts: Callable[[], Sequence[Part]]
    """What each piece gives to the page; nothing where none is built."""
    sheets: Callable[[], Sequence[Sequence[Sheet]]]
    """The files of the page that are about each piece alone, their texts where they are known."""
    texts: Callable[[str], Iterable[bytes | memoryview]]
    """Gives those of all pieces by name, as `site.part.Texts`."""
    source: Source
    """Where there is more of each."""
    beside: Callable[[str, str], Mapping[str, bytes]]
    """As `texts`, of a key and some others, by key."""
    contents: Callable[[str], Sequence[bytes]]
    """Gives the contents of the files that are about a key alone, where the sheets do not have them."""
    pages: Callable[[], Sequence[Page]] | None = None
    """Gives what `drawn` does, where somebody draws them meanwhile."""
    is_new: bool = False
    """Whether much of it was made just now, and fills the memory."""

    @classmethod
    def of(cls, pieces: Sequence[Piece], source: Source, contents: Callable[[str], Sequence[bytes]]) -> Whole:
        """Of pieces that have their pages and texts."""
        parts = [piece.page for piece in pieces if piece.page]

        def texts(name: str) -> Iterable[bytes]:
            return (piece.texts[name] for piece in pieces)

        def beside(name: str, _: str) -> Mapping[str, bytes]:
            return {piece.key: piece.texts[name] for piece in pieces}

        sheets = [part.sheets for part in parts]
        return cls(lambda: pieces, lambda: parts, lambda: sheets, texts, source, beside, contents)

    @property
    def works(self) -> list[Work]:
        return [self.source.work(piece.key) for piece in self.pieces()]

    @property
    def entries(self) -> list[Entry]:
        """Work, titles and versions of each."""
        from fedbib.site.entry import Entry

        return [Entry(self.source.work(piece.key), (), piece.titles, piece.versions) for piece in self.pieces()]


Held = Callable[[str, str], bool]
"""Whether a large content at some path is held until it is written, by its checksum."""


def _never(_: str, __: str) -> bool:
    return False


def files(whole: Whole, about: About, folder: str, held: Held = _never) -> Iterable[Output]:
    """The output files of a collection; pure, so the same works give the same bytes everywhere."""
    for name, ending in FILES.items():
        yield Output.large(f"{folder}/{about.name}{ending}", partial(_file, whole, name, about), held)


def _file(whole: Whole, name: str, about: About) -> bytes:
    from fedbib.formats.frames import file

    return file(name, whole.texts(name), about)


def drawn(
    whole: Whole, about: About, look: Mapping[str, str], memory: Memory, there: Callable[[str], str] = lambda _: ""
) -> Sequence[Page]:
    """The pages about several papers and the feed, their paths in the folder of the page.

    `look` are the collection's own templates by name, `there` gives the checksum of what is on disk at a path in the
    folder of the page: what is there already is not drawn. Raises BadFile for a template that fails.
    """
    from fedbib.site import TEMPLATES, pages, templates_of
    from fedbib.site.drawing import Drawing
    from fedbib.site.entry import Entry

    wholes = {name: f"{about.name}{ending}" for name, ending in FILES.items()}
    parts, source = whole.parts(), whole.source
    if look.keys().isdisjoint(TEMPLATES):  # ours tell nothing else of an entry than its work
        source = replace(source, entries=lambda keys: [Entry(source.work(key)) for key in keys])
    drawing = Drawing(parts, whole.beside, look, lambda: templates_of(look, len(parts)), memory, there)
    return list(pages(parts, source, about, wholes, drawing))


def site(
    whole: Whole,
    about: About,
    folder: str,
    made: Iterable[Output],
    look: Mapping[str, str],
    memory: Memory,
    pages: Callable[[], Sequence[Page]],
    held: Held = _never,
) -> Iterable[Output]:
    """The files of the page; `made` are those of `files`, `pages` gives those of `drawn`."""
    from fedbib.site import data

    place = f"{folder}/{SITE}"
    yield from (replace(one, path=f"{place}/{one.path.removeprefix(f'{folder}/')}") for one in made)
    yield from (Output.large(f"{place}/{path}", make, held) for path, make in data(whole.texts, about, look).items())
    again = cache(lambda: {page.path: page.content or b"" for page in drawn(whole, about, look, memory)})

    def content(page: Page) -> bytes:
        return again()[page.path] if page.content is None else page.content

    # All that needs no page comes first: another process may be drawing them.
    sheets = [
        Output(f"{place}/{sheet.path}", sheet.checksum, _Sheet(whole.contents, piece.key, number, sheet.text))
        for piece, some in zip(whole.pieces(), whole.sheets(), strict=False)
        for number, sheet in enumerate(some)
    ]
    for page in pages():
        for path in (f"{place}/{page.path}", *([f"{folder}/{page.path}"] if page.path == "feed.xml" else [])):
            yield Output(path, page.checksum, partial(content, page))
    yield from sheets


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The content of a file about one paper, when it is asked for."""

    contents: Callable[[str], Sequence[bytes]]
    key: str
    number: int
    text: str | None

    def __call__(self) -> bytes:
        return self.contents(self.key)[self.number] if self.text is None else self.text.encode()


def readme(whole: Whole, about: About, path: str, text: str) -> Output:
    """The README with the list in its place; a text without markers is refused, an empty one is begun.

    Raises BadFile for broken markers.
    """
    from fedbib.formats.readme import document, region

    listed = document.together([piece.bullet for piece in whole.pieces()], about)
    try:
        return Output.of(path, region.replace_region(text or region.blank(about), listed).encode())
    except BadFile as error:
        error.where = error.where or path
        raise


def listed(path: str, text: str) -> Sequence[Work]:
    """The works that an output on disk holds, whatever its path; none when it cannot be read."""
    from fedbib.formats.readme import region

    names = [name for name, ending in FILES.items() if path.endswith(ending)]
    name = max(names, key=lambda name: len(FILES[name]), default=LIST)
    try:
        return FORMATS[name].parse(region.region(text) if name == LIST else text).works if text else ()
    except BadFile:
        return ()


def rendered(name: str, works: Sequence[Work], about: About) -> str:
    """The text of the works in one format, known to read back."""
    form = FORMATS[name]
    text = form.render(works, about)
    verify(name, form, works, about, text)
    return text
