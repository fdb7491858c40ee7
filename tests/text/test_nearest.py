from __future__ import annotations

import pytest

from fedbib.text.nearest import nearest


@pytest.mark.parametrize(
    ("name", "found"), [("loar", "lora"), ("lora", "lora"), ("prompt", "prompts"), ("weasel", ""), ("", "")]
)
def test_the_known_name_that_is_most_like_another(name: str, found: str) -> None:
    assert nearest(name, ["prompts", "lora", "federated"]) == found
