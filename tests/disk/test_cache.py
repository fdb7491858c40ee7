from __future__ import annotations

from pathlib import Path

from fedbib.disk.cache import place


def test_the_place_does_not_tell_the_path() -> None:
    assert "secret" not in str(place(Path("/home/secret/collection")))
    assert place(Path("/a")) != place(Path("/b"))
