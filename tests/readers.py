"""Every reader of the package, and what it is fed with: see `tests.pathological`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress

from fedbib import settings
from fedbib.errors import FedbibError
from fedbib.formats import csl_json, full_json, ris
from fedbib.formats.bib import biblatex, bibtex
from fedbib.formats.lists import markdown
from fedbib.formats.readme import document
from fedbib.ids.identify import identify
from fedbib.match.titles import Title
from fedbib.records import claimfile, recordfile
from fedbib.references import style
from fedbib.select import cited, inputs
from fedbib.text import capitals, latex, markup, names, plain
from tests import pathological as made

Maker = Callable[[int], str]


def _quietly(read: Callable[[str], object]) -> Callable[[str], None]:
    """What is refused with a word is read as well."""

    def quiet(text: str) -> None:
        with suppress(FedbibError):
            read(text)

    return quiet


def _settings(text: str) -> object:
    import tomli

    try:
        return settings.parse(tomli.loads(text), "fedbib.toml", {})
    except (ValueError, RecursionError):
        return None


def _words(text: str) -> None:
    title = plain.clean(text)
    markup.plain(title)
    latex.encode(title)
    latex.decode(text)
    capitals.protect(title)
    capitals.sentence(title)
    names.parse(text)
    names.from_bibtex(text)
    names.split_list(text)
    Title.of(title)
    identify(text)


READERS: Mapping[str, tuple[Mapping[str, Maker], Callable[[str], None]]] = {
    name: (makers, _quietly(read))
    for name, (makers, read) in {
        "bibtex": (made.BIB, bibtex.parse),
        "biblatex": (made.BIB, biblatex.parse),
        "ris": (made.RIS, ris.parse),
        "csl-json": (made.JSON, csl_json.parse),
        "full-json": (made.JSON, full_json.parse),
        "list": (made.MARKDOWN, markdown.parse),
        "readme": (made.MARKDOWN, document.parse),
        "record": (made.TOML, lambda text: recordfile.parse(text, "a", "entries/a.toml")),
        "settings": (made.TOML, _settings),
        "claims": (made.CLAIMS, lambda text: claimfile.read(text, "a.json")),
        "document": (made.TEX, lambda text: (cited(text), inputs(text))),
        "style": (made.CSL, lambda text: style.parse(text.encode(), "a.csl")),
        "words": (made.WORDS, _words),
    }.items()
}
