"""The form of a list's rows, learnt from all of them: a template, with parts that stand only where there is a value."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from fedbib.formats.look.pattern import Pattern

Token = str | tuple[str]
"""A piece of the list's own text, or what a template says for a value."""

_PIECE = re.compile(r"\s+|\w+|[^\w\s]")
_LINK = re.compile(r"links(?:\.(\w+)|\[\"([^\"]*)\"\])")
_LONGEST = 400
"""Pieces of a row from which a form is learnt."""
_MOST_PATTERNS = 60
MOST = 12
"""Forms of one list."""
_OPENS, _CLOSES = "([{<", ")]}>"
_PAIRS = frozenset("([{")
_MARKS = frozenset("*_`~[](){}.:-/")
"""What holds a word as a tag or an emphasis, and takes no part in the list's structure."""


def tokens_of(pattern: Pattern) -> tuple[Token, ...]:
    found: list[Token] = []
    for part in pattern.signature:
        if isinstance(part, str):
            found += _PIECE.findall(part)
        else:
            found.append(part)
    return tuple(found)


@dataclass(slots=True)
class Form:
    """A template as pieces; the spans of `parts` stand only where the value that each names is set."""

    tokens: tuple[Token, ...]
    parts: list[tuple[int, int, str]] = field(default_factory=list)
    """First piece, piece behind the last, expression; apart or nested, never crossing."""

    def written(self, has: frozenset[str]) -> tuple[Token, ...]:
        """The pieces of a row that has these values."""
        gone = [(start, end) for start, end, expression in self.parts if expression not in has]
        return tuple(token for at, token in enumerate(self.tokens) if not any(start <= at < end for start, end in gone))

    def makes(self, tokens: Sequence[Token]) -> bool:
        return self.written(values_in(tokens)) == tuple(tokens)

    def learn(self, tokens: Sequence[Token]) -> bool:
        """Take up a row that lacks some parts; False when the form cannot be both."""
        if self.makes(tokens):
            return True
        missing = values_in(self.tokens) - values_in(tokens)
        found = self._left_out(tokens, missing)
        if found is None:
            return False
        tried = Form(self.tokens, sorted({*self.parts, *found}))
        if not tried.makes(tokens) or not tried._is_apart():
            return False
        self.parts = tried.parts
        return True

    def _left_out(self, tokens: Sequence[Token], missing: frozenset[str]) -> list[tuple[int, int, str]] | None:
        """The spans that are not in a row, each with the value that it lacks."""
        matcher = SequenceMatcher(None, [str(token) for token in self.tokens], [str(token) for token in tokens], False)
        spans = []
        for kind, start, end, _, _ in matcher.get_opcodes():
            if kind == "equal":
                continue
            if kind != "delete":
                return None
            for first, last in self._beside(*self._slid(start, end)):
                lacking = [token[0] for token in self.tokens[first:last] if isinstance(token, tuple)]
                if not lacking or not missing.issuperset(lacking):
                    return None
                spans.append((first, last, _chief(lacking)))
        return spans

    def _beside(self, start: int, end: int) -> list[tuple[int, int]]:
        """Of a span what is beside the parts in it, where all of that has values of its own; else the span."""
        spans, at = [], start
        for first, last, _ in self.parts:
            if at <= first and last <= end:
                spans.append((at, first))
                at = last
        spans = [(first, last) for first, last in (*spans, (at, end)) if first < last]
        is_all = all(any(isinstance(token, tuple) for token in self.tokens[first:last]) for first, last in spans)
        return spans if spans and is_all else [(start, end)]

    def _slid(self, start: int, end: int) -> tuple[int, int]:
        """A span as it reads best, of those that leave the same pieces: brackets whole, a blank in front."""
        first, last = start, end
        while first > 0 and self.tokens[first - 1] == self.tokens[last - 1]:
            first, last = first - 1, last - 1
        best, most = (start, end), -1
        while True:
            span = self.tokens[first:last]
            score = 2 * _is_balanced(span) + (isinstance(span[0], str) and span[0].isspace())
            if score > most:
                best, most = (first, last), score
            if last >= len(self.tokens) or self.tokens[first] != self.tokens[last]:
                return best
            first, last = first + 1, last + 1

    def without_strange(self, rows: Mapping[tuple[Token, ...], int]) -> Form:
        """The form without words that fewer than half of the rows have which could have them.

        They are some row's own, an institute or a tag that no field is for: a new row must not say them. What stands on
        a link becomes the kind of the link.
        """
        gone: set[int] = set()
        labels: dict[int, str] = {}
        for at, token in enumerate(self.tokens):
            if isinstance(token, str) and token.isalnum() and self._is_strange(at, rows):
                label = self._label(at)
                labels |= {at: label} if label else {}
                gone |= set() if label else self._around(at)
        gone |= self._emptied(gone)
        kept = [at for at in range(len(self.tokens)) if at not in gone]
        tokens = tuple(labels.get(at, self.tokens[at]) for at in kept)
        before = [sum(old < at for old in kept) for at in range(len(self.tokens) + 1)]
        return Form(tokens, [(before[start], before[end], expression) for start, end, expression in self.parts])

    def _emptied(self, gone: Set[int]) -> set[int]:
        """Brackets that hold nothing but blanks any more."""
        found: set[int] = set()
        for at in sorted(gone):
            start, end = at, at
            while start - 1 >= 0 and (start - 1 in gone or str(self.tokens[start - 1]).isspace()):
                start -= 1
            while end < len(self.tokens) and (end in gone or str(self.tokens[end]).isspace()):
                end += 1
            if start and end < len(self.tokens) and _is_balanced((self.tokens[start - 1], self.tokens[end])):
                is_pair = self.tokens[start - 1] in _PAIRS
                found |= set(range(start - 1, end + 1)) if is_pair else set()
        return found

    def _is_strange(self, at: int, rows: Mapping[tuple[Token, ...], int]) -> bool:
        needed = {expression for start, end, expression in self.parts if start <= at < end}
        could = {tokens: count for tokens, count in rows.items() if values_in(tokens) >= needed}
        return 2 * sum(count for tokens, count in could.items() if self.tokens[at] in tokens) < sum(could.values())

    def _label(self, at: int) -> str:
        """The kind of the link whose whole text a word is, "" for any other word."""
        around = self.tokens[at - 1 : at] + self.tokens[at + 1 : at + 4]
        if around[:3] != ("[", "]", "(") or len(around) < 4 or not isinstance(around[3], tuple):
            return ""
        named = _LINK.fullmatch(around[3][0])
        return named[1] or named[2] if named else "paper"

    def _around(self, at: int) -> set[int]:
        """A word with the marks and brackets that hold it alone: all of "[`word`]"."""
        start, end = at, at + 1
        while start and self._is_mark(start - 1):
            start -= 1
        while end < len(self.tokens) and self._is_mark(end):
            end += 1
        while not _is_balanced(self.tokens[start:end]):
            if end > at + 1 and (start == at or self.tokens[start] not in _PAIRS):
                end -= 1
            else:
                start += 1
        return set(range(start, end))

    def _is_mark(self, at: int) -> bool:
        token = self.tokens[at]
        return isinstance(token, str) and (token.isalnum() or _MARKS.issuperset(token))

    def _is_apart(self) -> bool:
        """Whether no two parts cross."""
        return not any(
            start < other_start < end < other_end
            for start, end, _ in self.parts
            for other_start, other_end, _ in self.parts
        )

    @property
    def template(self) -> str:
        """The form in Jinja's words."""
        opens: dict[int, list[tuple[int, str]]] = {}
        for start, end, expression in self.parts:
            opens.setdefault(start, []).append((end, expression))
        out: list[str] = []
        ends: list[int] = []
        for at, token in enumerate((*self.tokens, "")):
            while ends and ends[-1] == at:
                out.append("{% endif %}")
                ends.pop()
            for end, expression in sorted(opens.get(at, ()), reverse=True):
                out.append("{% if " + expression.partition("|")[0] + " %}")
                ends.append(end)
            out.append(token if isinstance(token, str) else "{{ " + token[0] + " }}")
        return _guarded(out)


def _guarded(pieces: Sequence[str]) -> str:
    """The pieces as one text in which no text of the list begins anything of Jinja's."""
    out = []
    for piece, after in zip(pieces, [*pieces, ""][1:], strict=True):
        begins = piece == "{" and after[:1] in ("{", "%", "#")
        out.append('{{ "{" }}' if begins else piece)
    return "".join(out)


def _chief(expressions: Sequence[str]) -> str:
    """The value that a part depends on: a link rather than what is made of it."""
    return next((each for each in expressions if each not in ("repo", "number", "yy")), expressions[0])


def _is_balanced(span: Sequence[Token]) -> bool:
    depth: list[str] = []
    for token in span:
        if isinstance(token, str) and token in _OPENS and token:
            depth.append(_CLOSES[_OPENS.index(token)])
        elif isinstance(token, str) and token in _CLOSES and token and (not depth or depth.pop() != token):
            return False
    return not depth


def values_in(tokens: Iterable[Token]) -> frozenset[str]:
    return frozenset(token[0] for token in tokens if isinstance(token, tuple))


def forms_of(patterns: Sequence[Pattern]) -> Iterator[tuple[str, str]]:
    """The templates of rows, the one that most follow first, until what is left has no form in common; each as the rows
    have it, and without words that are some row's own.
    """
    counts = Counter(tokens for pattern in patterns if len(tokens := tokens_of(pattern)) <= _LONGEST)
    rows, total = dict(counts), sum(counts.values())
    is_first = True
    for _ in range(MOST):
        if not counts:
            return
        form, made = _best(counts)
        if sum(counts[tokens] for tokens in made) < max(2, total // 50) and not is_first:
            return
        yield form.template, form.without_strange(rows).template
        is_first = False
        for tokens in made:
            del counts[tokens]


def _best(counts: Counter[tuple[Token, ...]]) -> tuple[Form, list[tuple[Token, ...]]]:
    """The form that the most rows follow, begun with a frequent pattern, and the patterns that it makes."""
    frequent = [tokens for tokens, _ in counts.most_common(_MOST_PATTERNS)]
    fullest = sorted(frequent, key=lambda tokens: (-len(values_in(tokens)), -counts[tokens]))
    found: list[tuple[tuple[int, int, int], Form, list[tuple[Token, ...]]]] = []
    for tokens in dict.fromkeys([frequent[0], *fullest[:4]]):
        form = Form(tokens)
        for other in sorted(frequent, key=lambda each: (-len(values_in(each)), -counts[each])):
            if values_in(other) < values_in(tokens):
                form.learn(other)
        made = [each for each in counts if form.makes(each)]
        # Of two that make as many, the one without what stands in a single row.
        found.append(((sum(counts[each] for each in made), counts[tokens], -len(tokens)), form, made))
    _, form, made = max(found, key=lambda each: each[0])
    return form, made
