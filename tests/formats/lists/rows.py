"""What tests of small lists say of them."""

from __future__ import annotations

from fedbib.formats.lists import markdown
from fedbib.model.work import Work

ARXIV = "https://arxiv.org/abs/2401.0000"


def people(work: Work) -> list[str]:
    return [name.display for name in work.author]


def titles(text: str) -> list[str]:
    return [work.title for work in markdown.parse(text).works]
