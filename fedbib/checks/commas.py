"""W16: a name that may be two people's, because somebody wrote a comma for an "and"."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from fedbib.model.claim import IMPORT
from fedbib.model.problem import Problem, Severity
from fedbib.model.record import Record
from fedbib.model.work import Work
from fedbib.text.names import may_be_two

_HINT = "if they are two people, pin the authors; if it is one person with a double family name, do nothing"


def check(records: Sequence[Record], works: Sequence[Work], paths: Callable[[str], str]) -> Iterator[Problem]:
    """One note per name that only imports give, of works that have more than one."""
    by_key = {record.key: record for record in records}
    for work in works:
        claims = (claim.says for claim in by_key[work.key].claims if claim.source != IMPORT and not claim.is_doubted)
        sure = {name for says in (by_key[work.key].pin, *claims) for name in says.author + says.editor}
        for field, names in (("author", work.author), ("editor", work.editor)):
            for name in names if len(names) > 1 else ():
                if may_be_two(name) and name not in sure:
                    message = f'"{name.inverted}" is one person here, but may be {name.family} and {name.given}'
                    yield Problem("W16", Severity.NOTE, message, paths(work.key), key=work.key, field=field, hint=_HINT)
