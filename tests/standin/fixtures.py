from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.standin.server import Standin


@pytest.fixture
def standin() -> Iterator[Standin]:
    """The services, on this machine."""
    with Standin() as server:
        yield server
