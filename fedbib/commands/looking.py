"""A list that is there, as `fedbib init` finds it: its title, and the forms of its rows."""

from __future__ import annotations

from pathlib import Path

from fedbib.console import out, say
from fedbib.disk import files, inside
from fedbib.errors import BadFile
from fedbib.report import counted

_FORMS = "list"
"""The folder of the forms."""
SETTINGS = f"""
# The list keeps its own layout (docs/lists.md).
[list]
forms = "{_FORMS}"               # the folder with the templates of its rows
# order = "newest-first"        # or newest-last, or title; default: the order of the existing rows
# rest = "Others"               # the heading for papers that fit under no other
"""
"""What a collection's settings say of it."""
_LIMIT = 20_000_000
_HEAD = 50_000
"""Characters in which a first heading is looked for."""
_SHOWN = 8
"""Lines named of those that follow no form."""


def look(root: Path, source: str) -> dict[str, str]:
    """The files that hold the look of a list, by path; BadFile for what holds no rows of one form."""
    from fedbib.build.look import ENDING, filling, spelled
    from fedbib.formats.lists.lexicon import built_in
    from fedbib.formats.look.learn import learnt

    lexicon = built_in()
    found = learnt(_text(root, source), lexicon, spelled(lexicon.register), filling)
    if not found.forms:
        raise BadFile(
            "has no two rows written in the same way", where=source, hint="`fedbib import --explain` shows what is read"
        )
    out(f"learnt {counted(len(found.forms), 'template')} from {counted(found.rows, 'row')} of {source}")
    if found.others:
        lines = ", ".join(map(str, found.others[:_SHOWN])) + (", ..." if len(found.others) > _SHOWN else "")
        say(f"{counted(len(found.others), 'row')} that no template fits will stay as they are: line {lines}")
    names = ("row", *(f"row-{number}" for number in range(2, len(found.forms) + 1)))
    return {f"{_FORMS}/{name}{ENDING}": f"{form}\n" for name, form in zip(names, found.forms, strict=True)}


def title(root: Path, source: str) -> str:
    """The first heading of a list, as plain text."""
    from fedbib.formats.lists.phrases import title_in
    from fedbib.formats.lists.pieces import without_emoji
    from fedbib.formats.readme.tree import tree

    found = next(tree(_text(root, source)[:_HEAD]).find("h1"), None)
    return title_in(without_emoji(found.text)) if found else ""


def _text(root: Path, source: str) -> str:
    path = inside.resolve(root, source)
    if not path.is_file():
        raise BadFile("does not exist", where=source, hint="give the path of the list within the collection's folder")
    return files.text(files.read(path, limit=_LIMIT), source)
