"""W09: topics, datasets and models that the collection's vocabulary does not have."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from fedbib.model.problem import Problem, Severity
from fedbib.model.record import Record
from fedbib.text.nearest import nearest
from fedbib.words.vocabulary import Vocabularies

_HINT = "correct it, or add it to the settings under [{}] as a term or as another spelling of one"


def check(records: Sequence[Record], paths: Callable[[str], str], vocabularies: Vocabularies) -> Iterator[Problem]:
    """A finding per record and word, with the nearest known term."""
    for facet, known in vocabularies.items():
        for record in records:
            for word in getattr(record, facet):
                if known.term(word) is None:
                    close = known.term(nearest(word.casefold(), known.by_spelling)) or ""
                    message = f"`{word}` is not among the {facet} in the settings"
                    message += f", did you mean `{close}`?" if close else ""
                    hint = _HINT.format(facet)
                    yield Problem("W09", Severity.WARNING, message, paths(record.key), None, record.key, facet, hint)
