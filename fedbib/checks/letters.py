"""W12: letters that the .bib for BibTeX spells otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from fedbib.model.problem import Problem, Severity
from fedbib.model.work import Work
from fedbib.text.latex import substitutes

_HINT = "nothing has to be done: the .bib for biblatex and the other outputs keep the letters"


def check(works: Sequence[Work], paths: Callable[[str], str]) -> Iterator[Problem]:
    """One note per work, which names each letter of its title and names and what stands in its place."""
    for work in works:
        texts = (work.title, work.container_title, *(name.display for name in work.author + work.editor))
        lost = {char: shown for text in texts for char, shown in substitutes(text).items()}
        if lost:
            said = ", ".join(f"{char} ({shown or 'nothing'})" for char, shown in lost.items())
            message = f"plain LaTeX cannot print {said}"
            yield Problem("W12", Severity.NOTE, message, paths(work.key), key=work.key, hint=_HINT)
