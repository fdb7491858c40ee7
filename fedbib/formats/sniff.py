"""Which format of `fedbib.formats.READERS` a text is in, told by its content."""

from __future__ import annotations

import json
import re
from pathlib import PurePath

from fedbib.errors import BadFile
from fedbib.formats import READERS
from fedbib.formats.readme.document import is_ours

ENDINGS = {".bib": "bibtex", ".bibtex": "bibtex", ".json": "csl-json", ".ris": "ris"} | dict.fromkeys(
    (".md", ".markdown", ".mdown", ".mkd"), "list"
)
"""What the name of a file says of its kind, where its content leaves it open."""
_RIS = re.compile(r"^\s{0,3}TY\s{1,2}-(?:\s|$)", re.MULTILINE)
_ENTRY = re.compile(r"^[ \t]*@[A-Za-z]+[ \t]*[{(]", re.MULTILINE)
_MARKDOWN = re.compile(
    r"^#{1,6} |\]\(\S|^```|^\s*[-*+] \S|^\|.*\|\s*$|<(?:table|ul|h[1-6]|details|div)\b", re.MULTILINE
)
_OURS = re.compile(r'"fedbib"\s*:\s*\d')
_LOOK = 200_000
# Exports that say what they are, and what to ask the program for instead.
_REFUSED = (
    (re.compile(r"<\?xml", re.IGNORECASE), "is XML"),
    (re.compile(r'"?Key"?,"?Item Type"?,'), "is a CSV export of Zotero"),
    (re.compile(r"PMID\s*- ?\d", re.IGNORECASE), "is a PubMed (nbib) export"),
    (re.compile(r"%[0A-Z] \S"), "is a Refer or EndNote export"),
    (re.compile(r"%PDF-"), "is a PDF"),
    (re.compile(r"PK\x03\x04"), "is a ZIP file (.docx, .xlsx and .epub are, too)"),
    (re.compile(r"\{\\rtf"), "is an RTF document"),
    (re.compile(r"\\documentclass|\\begin\{document\}"), "is LaTeX; its bibliography is the .bib or .bbl beside it"),
    (re.compile(r"cff-version:"), "is a CITATION.cff"),
    (re.compile(r"FN (?:Clarivate|Thomson|ISI)"), "is a Web of Science export"),
)


_UNREAD = {
    ".csv": "is a table (CSV)",
    ".tsv": "is a table (TSV)",
    ".yaml": "is YAML",
    ".yml": "is YAML",
    ".toml": "is TOML",
    ".ipynb": "is a notebook",
    ".adoc": "is AsciiDoc",
    ".tex": "is LaTeX; its bibliography is the .bib or .bbl beside it",
}
"""Endings of kinds of text whose content does not tell."""
_INSTEAD = "export it as BibTeX, RIS or CSL JSON; convert a list to Markdown"


def kind(text: str, name: str) -> str:
    """The format of a text; `name` is its file's, for where the content leaves it open.

    Raises BadFile with what to do for a text in none of them.
    """
    start = text[:_LOOK]
    suffix = PurePath(name).suffix.lower()
    ending = ENDINGS.get(suffix, "")
    begin = start.lstrip()
    if suffix in _UNREAD:
        raise BadFile(f"{_UNREAD[suffix]}, which fedbib does not read", where=name, hint=_INSTEAD)
    for pattern, what in _REFUSED:
        if pattern.match(begin):
            raise BadFile(f"{what}, which fedbib does not read", where=name, hint=_INSTEAD)
    if "\0" in start:
        raise BadFile("is not text", where=name, hint=_INSTEAD)
    if begin[:1] == "{" and (name.lower().endswith(".full.json") or _OURS.search(start)):
        return "full-json"
    if begin[:1] in ("{", "[") and (ending == "csl-json" or _is_json(text)):
        return "csl-json"
    if _RIS.search(start) and ending in ("", "ris"):
        return "ris"
    if _ENTRY.search(text) and ending in ("", "bibtex") and (ending or not _MARKDOWN.search(start)):
        return "bibtex"
    if ending == "list" and _ENTRY.match(start.lstrip()):
        return "bibtex"
    if ending == "list" or (not ending and _MARKDOWN.search(start)):
        return "readme" if is_ours(text) else "list"
    if ending:
        return ending
    raise BadFile(
        "has a format that neither its name nor its content shows",
        where=name,
        hint="give the format (`--kind`, in Python `format=`), one of " + ", ".join(READERS),
    )


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
