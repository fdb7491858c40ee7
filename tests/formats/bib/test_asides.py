"""Footnotes, thanks and marks in titles and names: they are left out, and told."""

from __future__ import annotations

import pytest

from fedbib.formats.bib.bibtex import parse

ENTRY = "@article{k, author = {%s}, title = {%s}, journal = {J}, year = 2001}\n"


@pytest.mark.parametrize(
    ("author", "left"),
    [
        (r"Lee, Ann\thanks{Grant {12} of \textbf{NSF}} and Roe, Bo", [r"\thanks{Grant {12} of \textbf{NSF}}"]),
        (r"Ann Lee$^{1,2}$ and Bo Roe$^*$", ["$^{1,2}$", "$^*$"]),
        (r"Lee, Ann\textsuperscript{$\dagger$} and Roe, Bo", []),
        (r"Lee, Ann\textsuperscript{a} and Roe, Bo\footnotemark[3]", [r"\textsuperscript{a}", r"\footnotemark[3]"]),
        (r"Lee, Ann\IEEEauthorrefmark{1} and Roe, Bo\orcidlink{0000-0001}", [r"\IEEEauthorrefmark{1}", "0000-0001"]),
    ],
)
def test_marks_of_affiliations_are_no_part_of_a_name(author: str, left: list[str]) -> None:
    reading = parse(ENTRY % (author, "On Names"))
    if left:
        assert [name.inverted for name in reading.works[0].author] == ["Lee, Ann", "Roe, Bo"]
    told = [problem.message for problem in reading.problems if problem.field == "author"]
    assert len(told) == len(left)
    assert all(piece in message for piece, message in zip(left, told, strict=True))


@pytest.mark.parametrize(
    "author", [r"M{\"u}ller, J\"org", r"{$\mu$-Team}", r"{\'E}tienne, H\textsuperscript{\'e}l\`ene"]
)
def test_names_with_accents_are_left_alone(author: str) -> None:
    assert not parse(ENTRY % (author, "On Names")).problems


def test_footnotes_and_citations_are_no_part_of_a_title_and_are_told() -> None:
    title = r"On Ends\footnote{As in~\cite{a}, {\em twice}.} \citep[p.~2]{b} and $x^{2}$ of {\LaTeX}\thanks{To X.}"
    reading = parse(ENTRY % ("Lee, Ann", title))
    assert reading.works[0].title == "On Ends and $x^{2}$ of LaTeX"
    told = [problem.message.partition(" is no part")[0] for problem in reading.problems if problem.field == "title"]
    assert told == [r"\footnote{As in~\cite{a}, {\em twice}.}", r"\citep[p.~2]{b}", r"\thanks{To X.}"]


def test_a_note_keeps_its_citations() -> None:
    entry = r"@misc{k, title = {T}, note = {Reply to \cite{old}}}"
    assert "old" in parse(entry).works[0].note
