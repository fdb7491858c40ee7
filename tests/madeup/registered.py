"""The made-up scheme and source, registered as a line each would."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from fedbib.ids.schemes import SCHEMES
from fedbib.sources import SOURCES
from tests.madeup.scheme import NOTATION
from tests.madeup.source import SOURCE


@contextmanager
def registered() -> Iterator[None]:
    with patch.dict(SCHEMES, {NOTATION.scheme: NOTATION}), patch.dict(SOURCES, {SOURCE.name: SOURCE}):
        yield
