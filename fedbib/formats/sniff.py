"""What kind of bibliography a text is, told by its content, and how each kind is read."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import PurePath
from types import MappingProxyType

from fedbib.errors import BadFile
from fedbib.formats import unknown
from fedbib.model.reading import Reading

READERS: Mapping[str, str] = MappingProxyType(
    {
        "bibtex": "bib.bibtex",
        "biblatex": "bib.biblatex",
        "csl-json": "csl_json",
        "readme": "lists.markdown",
        "ris": "ris",
        "full-json": "full_json",
    }
)
"""The kinds by name, each with the module of `fedbib.formats` that reads it; `readme` is any list in Markdown."""

ENDINGS = {".bib": "bibtex", ".bibtex": "bibtex", ".json": "csl-json", ".ris": "ris"} | dict.fromkeys(
    (".md", ".markdown", ".mdown", ".mkd"), "readme"
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
    (re.compile(r"(?:<!doctype html|<html|<!doctype netscape)", re.IGNORECASE), "is a web page"),
    (re.compile(r"<\?xml", re.IGNORECASE), "is XML"),
    (re.compile(r'"?Key"?,"?Item Type"?,'), "is a table of Zotero's (CSV)"),
    (re.compile(r"PMID\s*- ?\d", re.IGNORECASE), "is a PubMed (nbib) export"),
    (re.compile(r"%[0A-Z] \S"), "is a Refer or EndNote export"),
    (re.compile(r"%PDF-"), "is a PDF"),
    (re.compile(r"FN (?:Clarivate|Thomson|ISI)"), "is a Web of Science export"),
)


def kind(text: str, name: str) -> str:
    """The kind of a text; `name` is its file's, for where the content leaves it open.

    Raises BadFile with what to do for a text of no kind that is read.
    """
    start = text[:_LOOK]
    ending = ENDINGS.get(PurePath(name).suffix.lower(), "")
    begin = start.lstrip()
    for pattern, what in _REFUSED:
        if pattern.match(begin):
            raise BadFile(f"{what}, which is not read", where=name, hint="export it as BibTeX, RIS or CSL JSON")
    if "\0" in start:
        raise BadFile("is no text", where=name, hint="export it as BibTeX, RIS or CSL JSON")
    if begin[:1] == "{" and (name.lower().endswith(".full.json") or _OURS.search(start)):
        return "full-json"
    if begin[:1] in ("{", "[") and (ending == "csl-json" or _is_json(text)):
        return "csl-json"
    if _RIS.search(start) and ending in ("", "ris"):
        return "ris"
    if _ENTRY.search(text) and ending in ("", "bibtex") and (ending or not _MARKDOWN.search(start)):
        return "bibtex"
    if ending:
        return (
            "bibtex"
            if ending == "readme" and start.lstrip().startswith("@") and _ENTRY.match(start.lstrip())
            else ending
        )
    if _MARKDOWN.search(start):
        return "readme"
    raise BadFile(
        "neither its name nor its content says what it is",
        where=name,
        hint="say which it is (`--kind`, in Python `format=`); known: " + ", ".join(READERS),
    )


def reader(kind: str) -> Callable[[str], Reading]:
    """The function that reads a kind; UnknownFormat for a name that is none."""
    if kind not in READERS:
        raise unknown(kind, READERS)
    parse: Callable[[str], Reading] = import_module(f"fedbib.formats.{READERS[kind]}").parse
    return parse


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
