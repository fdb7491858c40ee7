"""A document, read for what it refers to: Word, Markdown and Typst through pandoc, PDF by its lines."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from fedbib.disk import files
from fedbib.errors import BadFile
from fedbib.intake.encoding import text_of
from fedbib.model.reading import Manuscript
from fedbib.references import manuscript, pages, pandoc, pdf

_LIMIT = 200_000_000
_UNPACKED = 300_000_000
"""Bytes that a Word document may have when it is unpacked."""
_MARKUP = {".docx": "docx", ".md": "markdown", ".markdown": "markdown", ".typ": "typst"}
ENDINGS = frozenset({*_MARKUP, ".pdf"})


def read(path: Path) -> Manuscript:
    """What a document refers to. Raises BadFile for one that cannot be read, or has neither citations nor a list.

    Of Markdown that has neither nothing is returned: it may be a list of papers.
    """
    content, where, kind = files.read(path.resolve(), limit=_LIMIT), str(path), path.suffix.lower()
    if kind == ".pdf":
        found = pages.references(list(pdf.lines(content, where)))
        listed = tuple(manuscript.reference(each.text, each.page) for each in found)
        if not listed:
            hint = "audit the .bib file, or the document that this was made from"
            raise BadFile("has no list of references that can be recognised", where=where, hint=hint)
        return Manuscript(references=listed)
    source = "" if kind == ".docx" else text_of(content, where)[0]
    if kind == ".docx":
        _unpackable(content, where)
    tree = pandoc.tree(source.encode() if source else content, _MARKUP[kind], where)
    document = manuscript.read(tree, source if kind == ".typ" else "")
    if not document.bibliographies and not document.references and kind not in (".md", ".markdown"):
        raise BadFile(
            "has neither a bibliography nor a list of references", where=where, hint="give the .bib file instead"
        )
    return document


def _unpackable(content: bytes, where: str) -> None:
    """A Word document is an archive; what it says to have inside is bounded."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            size = sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise BadFile("is not a Word document", where=where, hint="save it as .docx") from error
    if size > _UNPACKED:
        raise BadFile(f"is larger than {_UNPACKED:,} bytes when unpacked", where=where)
