from __future__ import annotations

from collections.abc import Iterator

import pytest

from fedbib.net.http import Http
from tests.net.standing import Time, edge
from tests.standin.server import Standin


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def net(standin: Standin, time: Time) -> Iterator[Http]:
    with edge(standin, time) as opened:
        yield opened
