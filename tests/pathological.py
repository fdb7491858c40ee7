"""Inputs made to take a reader's time: for each kind of file a text that grows in one respect, and nothing else.

A reader that is fed 4n of it may take some four times as long as with n.
"""

from __future__ import annotations

import ast
import importlib
import itertools
import pkgutil
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import fedbib
from fedbib.text.regex import Regex

# What a compiled pattern is made of: there is no public way to see it.
sre, parser = importlib.import_module("re._constants"), importlib.import_module("re._parser")

# Patterns ---------------------------------------------------------------------------------------------------------------

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split")


@dataclass(frozen=True, slots=True)
class Used:
    """A pattern of the package, and the ways in which it is used."""

    where: str
    pattern: re.Pattern[str]
    methods: frozenset[str]

    def runs(self) -> Iterator[Callable[[str], object]]:
        anywhere = self.methods - {"match", "fullmatch"}
        if anywhere:
            yield lambda text: sum(1 for _ in self.pattern.finditer(text))
        for method in self.methods - anywhere:
            yield getattr(self.pattern, method)


def patterns() -> list[Used]:
    """Every pattern that stands in a module of the package, by name or in a call, each once."""
    found: dict[tuple[str, int], Used] = {}
    for info in pkgutil.walk_packages(fedbib.__path__, "fedbib."):
        if info.name == "fedbib.__main__":
            continue
        module = importlib.import_module(info.name)
        tree = ast.parse(Path(str(module.__file__)).read_text("utf-8"))
        used = _methods(tree)
        named = {
            f"{info.name}.{name}": (pattern, frozenset(used.get(name, {"search"})))
            for name, value in vars(module).items()
            if not name.startswith("__")  # which is Python's
            for pattern in _held(value)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
                of, written = node.func.value, node.args[0]
                is_call = isinstance(of, ast.Name) and of.id == "re" and node.func.attr in _METHODS
                if is_call and isinstance(written, ast.Constant) and isinstance(written.value, str):
                    flags = next((re.IGNORECASE for word in node.keywords if word.arg == "flags"), re.NOFLAG)
                    named[f"{info.name}:{node.lineno}"] = (
                        re.compile(written.value, flags),
                        frozenset({node.func.attr}),
                    )
        for where, (pattern, methods) in named.items():
            key = (pattern.pattern, pattern.flags)
            methods |= found[key].methods if key in found else frozenset()
            found[key] = Used(found[key].where if key in found else where, pattern, methods)
    return list(found.values())


def _held(value: object) -> Iterator[re.Pattern[str]]:
    """The patterns in a value of a module, also in a table."""
    match value:
        case re.Pattern() if isinstance(value.pattern, str):
            yield value
        case Regex() if isinstance(value.pattern, str):
            yield value.compiled
        case dict():
            for part in (*value.keys(), *value.values()):
                yield from _held(part)
        case tuple() | list():
            for part in value:
                yield from _held(part)


def _methods(tree: ast.Module) -> Mapping[str, set[str]]:
    """The methods of a pattern that a module calls, by the name it is called of."""
    used = defaultdict[str, set[str]](set)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.attr in _METHODS:
            used[node.value.id].add(node.attr)
    return used


def pumped(pattern: re.Pattern[str]) -> Iterator[Callable[[int], str]]:
    """Makers of texts of some length that a pattern begins to match again and again, and does not.

    Of a text that it matches, any part is repeated behind what comes before it; and each letter that it knows alone.
    """
    parsed = parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    letters: dict[str, None] = {}
    for branch in range(4):
        tokens = [*_tokens(parsed, branch)][:16]
        letters |= dict.fromkeys(tokens)
        for begin in range(len(tokens)):
            for end in range(begin + 1, min(begin + 6, len(tokens)) + 1):
                yield repeated_exactly("".join(tokens[begin:end]), "".join(tokens[:begin]))
    for letter in letters:
        yield repeated_exactly(letter)


def repeated_exactly(part: str, head: str = "") -> Callable[[int], str]:
    return lambda length: head + (part * (length // len(part) + 1))[:length] + "\0"


def _tokens(parsed: Any, branch: int) -> Iterator[str]:
    """A text that a pattern matches, in pieces: runs of letters, and one letter for each class."""
    run = ""
    for operation, argument in parsed:
        if operation is sre.LITERAL:
            run += chr(argument)
            continue
        if run:
            yield run
        run = ""
        if operation is sre.NOT_LITERAL or operation is sre.ANY:
            yield "~"
        elif operation is sre.IN:
            members = [*_members(argument)]
            yield members[branch % len(members)]
        elif operation is sre.BRANCH:
            yield from _tokens(argument[1][branch % len(argument[1])], branch)
        elif operation not in (sre.ASSERT_NOT, sre.AT, sre.GROUPREF):
            for part in argument if isinstance(argument, tuple) else (argument,):
                if isinstance(part, parser.SubPattern):
                    yield from _tokens(part, branch)
    if run:
        yield run


def _members(argument: Any) -> Iterator[str]:
    if argument[0][0] is sre.NEGATE:
        yield "~"
        return
    for kind, value in argument:
        if kind is sre.LITERAL:
            yield chr(value)
        elif kind is sre.RANGE:
            yield chr(value[0])
        else:
            yield {"SPACE": " ", "DIGIT": "0", "WORD": "a"}.get(str(value).rpartition("_")[2], "~")


# Files ------------------------------------------------------------------------------------------------------------------


def repeated(piece: str, head: str = "", tail: str = "") -> Callable[[int], str]:
    """A text of some number of characters that says one thing again and again; `#` in it counts."""

    def made(length: int) -> str:
        parts, size = [head], 0
        for number in itertools.count():
            part = piece.replace("#", str(number))
            size += len(part)
            parts.append(part)
            if size >= length:
                return "".join((*parts, tail))
        raise AssertionError

    return made


def nested(opening: str, closing: str, middle: str = "", head: str = "", tail: str = "") -> Callable[[int], str]:
    def made(length: int) -> str:
        times = length // (len(opening) + len(closing)) + 1
        return head + opening * times + middle + closing * times + tail

    return made


BIB = {
    "strings that double": lambda length: (
        '@string{s0="x"}\n'
        + "".join(f"@string{{s{n + 1}=s{n}#s{n}}}\n@misc{{k{n},title=s{n}}}\n" for n in range(length // 40))
    ),
    "strings that are used": lambda length: (
        f'@string{{s="{"x" * (length // 2)}"}}\n' + "".join(f"@misc{{k{n},title=s}}\n" for n in range(length // 40))
    ),
    "a value without end": repeated("x ", "@misc{a, title={"),
    "braces": nested("{", "}", "x", "@misc{a, title={", "}}"),
    "unknown commands": repeated("\\no{x}", "@misc{a, title={", "}}"),
    "opening braces": repeated("{", "@misc{a, title="),
    "closing braces": repeated("}", "@misc{a, title={x"),
    "quotes": repeated('"', '@misc{a, title="'),
    "commas": repeated(",", "@misc{a", "}"),
    "blanks": repeated(" ", "@misc{a, title={x}", "}"),
    "lines": repeated("\n", "@misc{a, title={x}", "}"),
    "signs @": repeated("@"),
    "entries": repeated("@misc{k#, title={A b c}, author={A, B}}\n"),
    "entries on one line": repeated("@misc{k#, title={A b c}} "),
    "entries of one key": repeated("@misc{k, title={A b c}}\n"),
    "entries without an end": repeated("@misc{k#, title={A b c\n"),
    "unknown fields": repeated("f# = {x},\n", "@misc{a,\n", "}"),
    "one field again": repeated("title = {x},\n", "@misc{a,\n", "}"),
    "fields without a comma": repeated("f# = {x}\n", "@misc{a,\n", "}"),
    "authors": repeated("A, B and ", "@misc{a, author={", "C, D}}"),
    "words and": repeated("and ", "@misc{a, author={", "}}"),
    "commas in a name": repeated(", ", "@misc{a, author={A", "}}"),
    "hyphens in a name": repeated("-", "@misc{a, author={A", "}}"),
    "commands": repeated(r"\x", "@misc{a, title={", "}}"),
    "accents": repeated(r"\'", "@misc{a, title={", "}}"),
    "accents in braces": nested(r"{\'", "}", "e", "@misc{a, title={", "}}"),
    "commands of one another": nested(r"\textit{", "}", "x", "@misc{a, title={", "}}"),
    "mathematics": repeated("$x$ ", "@misc{a, title={", "}}"),
    "dollars": repeated("$", "@misc{a, title={", "}}"),
    "backslashes": repeated("\\", "@misc{a, title={", "}}"),
    "addresses": repeated(r"\url{", "@misc{a, url={", "}}"),
    "parents": repeated("@misc{k#, crossref={p}}\n", "@misc{p, title={x}, note={y}}\n"),
    "shared data": repeated("p,", "@xdata{p, title={x}}\n@misc{a, xdata={", "}}"),
    "joined values": lambda length: "@misc{a, title={x}" + "#{x}" * (length // 4) + "}",
    "comments": repeated("@comment{x}\n"),
    "names that are undefined": lambda length: "@misc{a, title=u" + " # u" * (length // 4) + "}",
    "pages": repeated(" - ", "@misc{a, pages={1", "}}"),
    "words": repeated("Word ", "@misc{a, title={", "}}"),
    "capitals": repeated("ABc", "@misc{a, title={", "}}"),
    "years": repeated("(", "@misc{a, year={", "}}"),
}

RIS = {
    "records": repeated("TY  - JOUR\nTI  - A b\nER  - \n"),
    "records without an end": repeated("TY  - JOUR\nTI  - A b\n"),
    "tags": repeated("A1  - A, B\n", "TY  - JOUR\n", "ER  - \n"),
    "titles": repeated("TI  - A b\n", "TY  - JOUR\n", "ER  - \n"),
    "unknown tags": repeated("X1  - A b\n", "TY  - JOUR\n", "ER  - \n"),
    "lines that go on": repeated("more words\n", "TY  - JOUR\nN2  - x\n", "ER  - \n"),
    "blanks": repeated(" ", "TY  - JOUR\nTI  - x", "y\nER  - \n"),
    "addresses": repeated("; ", "TY  - JOUR\nUR  - http://x.example/", "\nER  - \n"),
    "keywords": repeated("KW  - a\n", "TY  - JOUR\n", "ER  - \n"),
    "letters": repeated("TY"),
    "arXiv": repeated("arxiv", "TY  - JOUR\nN1  - ", "\nER  - \n"),
}

JSON = {
    "items": repeated('{"id":"k#","type":"book","title":"A"},', "[", '{"id":"z"}]'),
    "items of one id": repeated('{"id":"k","type":"book"},', "[", '{"id":"z"}]'),
    "unknown members": repeated('"m#":1,', '[{"id":"a",', '"type":"book"}]'),
    "one member again": repeated('"title":"x",', '[{"id":"a",', '"type":"book"}]'),
    "lists": nested("[", "]", "1"),
    "objects": nested('{"a":', "}", "1"),
    "brackets": repeated("["),
    "names": repeated('{"family":"A","given":"B"},', '[{"id":"a","author":[', '{"family":"C"}]}]'),
    "tags": repeated("<i>", '[{"id":"a","title":"', '"}]'),
    "tags in tags": nested("<i>", "</i>", "x", '[{"id":"a","title":"', '"}]'),
    "spans": nested("<span class='nocase'>", "</span>", "x", '[{"id":"a","title":"', '"}]'),
    "a note of pairs": repeated("a#: b\\n", '[{"id":"a","note":"', '"}]'),
    "blanks in a title": repeated(" ", '[{"id":"a","title":"x', 'y"}]'),
    "numbers": repeated("9", '[{"id":"a","volume":', "}]"),
    "no items": repeated("1,", "[", "2]"),
    "escapes": repeated("\\u0041", '[{"id":"a","title":"', '"}]'),
}

MARKDOWN = {
    "blanks in a line": repeated(" ", "- a", " x [x](https://arxiv.org/abs/2310.15080)\n"),
    "items": repeated("- [A b #](https://arxiv.org/abs/2310.15080)\n"),
    "items in items": lambda length: "".join(f"{'  ' * n}- a\n" for n in range(int(length**0.5))),
    "brackets": repeated("[", "- "),
    "brackets in brackets": nested("[", "]", "x", "- "),
    "links without an end": repeated("[a](", "- "),
    "links": repeated("[a](https://x.example/#) ", "- "),
    "images": repeated("![a](", "- "),
    "stars": repeated("*a ", "- "),
    "stars alone": repeated("*", "- a"),
    "underlines": repeated("_a ", "- "),
    "backticks": repeated("` ", "- "),
    "growing backticks": lambda length: "- " + " ".join("`" * n for n in range(1, int((2 * length) ** 0.5))),
    "tildes": repeated("~~a ", "- "),
    "quotes": repeated("> "),
    "headings": lambda length: "# a\n" * (length // 4),
    "cells": repeated("| a ", "", "|\n|-|\n"),
    "rows": repeated("| a | b |\n", "| a | b |\n|---|---|\n"),
    "wide rows": lambda length: (
        (n := int(length**0.5) // 2) and "|a" * n + "|\n" + "|-" * n + "|\n" + ("|a" * n + "|\n") * n
    ),
    "tags": repeated("<b>", "- "),
    "opening tags": repeated("<", "- "),
    "tables of HTML": repeated("<table><tr><td>a</td></tr></table>\n"),
    "cells of HTML": repeated("<td>a", "<table><tr>"),
    "tables in tables": nested("<table><tr><td>", "</td></tr></table>", "x"),
    "lists of HTML": repeated("<li>a [x](https://x.example/)", "<ul>"),
    "comments": repeated("<!-- "),
    "details": repeated("<details><summary>a</summary>\n"),
    "entities": repeated("&amp;", "- "),
    "ampersands": repeated("&", "- "),
    "addresses": repeated("https://x.example/a ", "- "),
    "references": repeated("[a#]: https://x.example/\n"),
    "references that are used": lambda length: (
        repeated("[a#]: https://x.example/\n")(length // 2) + repeated("[a#] ", "- ")(length // 2)
    ),
    "commas": repeated(", ", "- a", "\n"),
    "names": repeated("Ann Ho, ", "- **A Title Here**. ", "2024\n"),
    "words": repeated("word ", "- ", "[x](https://x.example/)\n"),
    "bars": repeated(" | ", "- a", " [x](https://x.example/)\n"),
    "dashes": repeated(" - ", "- a", " [x](https://x.example/)\n"),
    "full stops": repeated(". ", "- a", " [x](https://x.example/)\n"),
    "points": repeated("...,", "- a ", " [x](https://x.example/)\n"),
    "years": repeated("2024 ", "- a ", " [x](https://x.example/)\n"),
    "lines of blanks": repeated(" \n", "- a\n"),
    "fences": repeated("```\n"),
    "emoji": repeated("📄", "- a ", " [x](https://x.example/)\n"),
    "backslashes": repeated("\\[", "- "),
    "emphasis in emphasis": nested("*", "*", "a", "- "),
}

TOML = {
    "unknown fields": repeated("titel#=1\n"),
    "unknown pins": repeated("titel#=1\n", "[pin]\n"),
    "unknown ids": repeated('id#="1"\n', "[ids]\n"),
    "bad links": repeated('l#="ftp://x"\n', "[links]\n"),
    "links": repeated('l#="https://x.example/"\n', "[links]\n"),
    "bad labels": repeated('"L#!"="https://x.example/"\n', "[links]\n"),
    "bad aliases": repeated('"a b",', "aliases=[", '"c"]\n'),
    "bad identifiers": repeated('"x",', "rejected=[", '"c"]\n'),
    "numbers as topics": repeated("1,", "topics=[", "2]\n"),
    "hidden characters": repeated('"a\u200b",', "topics=[", '"c"]\n'),
    "tables": repeated("[a#]\n"),
    "tables in tables": lambda length: "[" + ".".join(["a"] * (length // 2)) + "]\n",
    "dotted keys": lambda length: ".".join(["a"] * (length // 2)) + "=1\n",
    "keys below keys": repeated("a.b#.c=1\n"),
    "arrays": nested("[", "]", "", "a=", "\n"),
    "inline tables": nested("{a=", "}", "1", "a=", "\n"),
    "arrays of tables": repeated("[[a]]\n"),
    "quotes": repeated('"', "a="),
    "escaped quotes": repeated('\\"', 'a="[', '"\n'),
    "comments": lambda length: "#\n" * (length // 2),
    "lines": repeated("\n"),
    "markers of a conflict": repeated("=======x\n"),
    "authors": repeated('"A, B",', "[pin]\nauthor=[", '"C, D"]\n'),
    "a title": repeated("Word ", '[pin]\ntitle="', '"\n'),
    "a number": repeated("9", "a="),
}

CLAIMS = {
    "claims": repeated('{"source":"s","says":{}},', '{"claims":[', '{"source":"s","says":{}}]}'),
    "unknown members": repeated('"m#":1,', '{"claims":[{', '"source":"s","says":{}}]}'),
    "members again": repeated('"a":1,', '{"claims":[{', '"a":1}]}'),
    "different members and one again": repeated('"m#":1,', '{"claims":[{', '"m0":1}]}'),
    "names": repeated(
        '{"family":"A","given":"B"},', '{"claims":[{"source":"s","says":{"author":[', '{"family":"C"}]}}]}'
    ),
    "lists": nested("[", "]", "1", '{"claims":', "}"),
    "lines": repeated("\n", '{"claims":[', "]}"),
}

TEX = {
    "the word cite": repeated("cite", "\\"),
    "citations": repeated(r"\cite{a#}"),
    "citations without an end": repeated(r"\cite{a"),
    "options": repeated("[a]", r"\cite"),
    "options without an end": repeated("[", r"\cite"),
    "blanks": repeated(" ", r"\cite"),
    "keys": repeated("a#,", r"\cite{", "}"),
    "verbatim": repeated(r"\begin{verbatim}"),
    "verbatim and its end": repeated(r"\begin{verbatim}x\end{verbatim}"),
    "verb": repeated(r"\verb|"),
    "verb with other signs": lambda length: "".join(f"\\verb{chr(0x4E00 + n)}" for n in range(length // 6)),
    "conditions": repeated(r"\iffalse"),
    "conditions with other ends": repeated(r"\iffalse\filler"),
    "comments": repeated("%"),
    "several": repeated("{a}", r"\cites"),
    "several in brackets": repeated("(a)", r"\cites"),
    "inputs": repeated(r"\input{a#}"),
    "backslashes": repeated("\\"),
    "aux": repeated(r"\citation{a#}"),
    "aux without an end": repeated(r"\citation{"),
    "bcf": repeated("<bcf:citekey>a#</bcf:citekey>", "<bcf:x>"),
    "bcf without an end": repeated("<bcf:citekey ", "<bcf:x>"),
}

_CSL = (
    '<style xmlns="http://purl.org/net/xbiblio/csl"><info/><bibliography><layout>{}</layout></bibliography>{}</style>'
)
CSL = {
    "elements": lambda length: _CSL.format("<text/>" * (length // 7), ""),
    "elements in elements": lambda length: _CSL.format("<group>" * (length // 15) + "</group>" * (length // 15), ""),
    "macros": lambda length: _CSL.format("", "".join(f'<macro name="m{n}"/>' for n in range(length // 20))),
    "macros that call the next": lambda length: _CSL.format(
        "", "".join(f'<macro name="m{n}"><text macro="m{n + 1}"/></macro>' for n in range(length // 45))
    ),
    "macros that call the one before": lambda length: _CSL.format(
        "", "".join(f'<macro name="m{n + 1}"><text macro="m{n}"/></macro>' for n in range(length // 45))
    ),
    "groups of a date": lambda length: _CSL.format("<group><date variable='accessed'/></group>" * (length // 42), ""),
    "attributes": lambda length: _CSL.format("<text " + " ".join(f'a{n}=""' for n in range(length // 6)) + "/>", ""),
}

WORDS = {
    "letters": repeated("a"),
    "capitals": repeated("A"),
    "digits": repeated("1"),
    "blanks": repeated(" ", "a", "b"),
    "dots": repeated("."),
    "slashes": repeated("/"),
    "hyphens": repeated("-", "a"),
    "brackets": repeated("("),
    "brackets around": nested("(", ")", "a"),
    "tags": repeated("<i>"),
    "dollars": repeated("$a"),
    "backslashes": repeated("\\"),
    "colons": repeated(": a"),
    "percents": repeated("%41"),
    "marks": repeated("\u0301", "a"),
    "commas": repeated(", "),
    "ands": repeated(" and "),
    "apostrophes": repeated("'s "),
    "ligatures": repeated("\ufb01"),
    "words": repeated("Word "),
    "arXiv": repeated("arxiv:"),
    "addresses": repeated("https://"),
    "DOIs": repeated("10.1234/"),
    "braces": nested("{", "}", "a"),
    "open braces": repeated("{"),
    "Greek": repeated("α"),
}
