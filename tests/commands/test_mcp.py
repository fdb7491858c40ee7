"""The server for programs that write, asked by a client as they ask it."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters

from fedbib.commands.mcp_ import server
from tests.commands.conftest import Runner


def asked(folder: Path, *questions: tuple[str, dict[str, Any]], whole: bool = False) -> Sequence[Any]:
    """The answers to some questions, in this process or, as a whole, of `fedbib mcp` over its standard streams."""

    async def ask() -> list[Any]:
        words = ["-m", "fedbib", "-C", str(folder), "mcp"]
        target = StdioServerParameters(command=sys.executable, args=words) if whole else server(folder)
        async with Client(target) as client:
            return [await client.call_tool(name, values) for name, values in questions]

    return asyncio.run(ask())


def test_the_program_answers_over_its_standard_streams(full: Runner) -> None:
    found, gone = asked(
        full.root, ("exists", {"paper": "arxiv:2310.15080"}), ("get", {"name": "nobody2020nothing"}), whole=True
    )
    assert found.structured_content["work"]["key"] == "che2023federated"
    assert gone.is_error
    assert "nobody2020nothing: no paper has this key or identifier" in gone.content[0].text


def test_papers_are_found_and_told_whole(full: Runner) -> None:
    found, one, none = asked(
        full.root,
        ("search", {"words": "federated", "limit": 1}),
        ("get", {"name": "https://arxiv.org/abs/2310.15080"}),
        ("search", {"words": "federated", "topic": "nothing of the kind"}),
    )
    assert found.structured_content["total"] > 1
    assert len(found.structured_content["works"]) == 1
    assert one.structured_content["key"] == "che2023federated"
    assert one.structured_content["said_by"]["title"]
    assert none.structured_content == {"total": 0, "works": []}


def test_references_come_in_the_formats_of_export(full: Runner) -> None:
    bib, strange, path = asked(
        full.root,
        ("cite", {"keys": ["che2023federated"]}),
        ("cite", {"keys": ["che2023federated"], "format": "word"}),
        ("cite", {"keys": ["che2023federated"], "format": "text", "style": "/etc/passwd"}),
    )
    assert "@inproceedings{che2023federated," in bib.content[0].text
    assert strange.is_error
    assert "bibtex" in strange.content[0].text
    assert path.is_error
    assert "is not a style" in path.content[0].text


@pytest.mark.parametrize(
    ("paper", "exists", "by"),
    [
        ("che2023federated", True, "name"),
        ("10.48550/arXiv.2310.15080", True, "name"),
        (
            "federated learning of large language models with parameter-efficient prompt tuning and adaptive optimization!",
            True,
            "title",
        ),
        ("Federated Learning of Large Language Models with Parameter-Efficient Prompt Tuning", False, None),
        ("2310.15081", False, None),
    ],
)
def test_whether_a_paper_is_there_is_said_and_not_guessed(
    full: Runner, paper: str, exists: bool, by: str | None
) -> None:
    (answer,) = asked(full.root, ("exists", {"paper": paper}))
    found = answer.structured_content
    assert (found["exists"], found.get("by")) == (exists, by)


def test_what_comes_in_later_is_found(run: Runner) -> None:
    async def ask() -> tuple[Any, Any]:
        async with Client(server(run.root)) as client:
            before = await client.call_tool("search", {})
            run.put("entries/new.toml", '[pin]\ntype = "article"\ntitle = "A"\nauthor = ["Doe, Jane"]\n')
            return before, await client.call_tool("search", {})

    before, after = asyncio.run(ask())
    assert (before.structured_content["total"], after.structured_content["total"]) == (0, 1)


def test_nothing_is_written(full: Runner) -> None:
    before = full.files()
    asked(full.root, ("search", {}), ("exists", {"paper": "x"}), ("cite", {"keys": ["che2023federated"]}))
    assert full.files() == before
    assert all(tool.annotations.read_only_hint for tool in asyncio.run(tools(full.root)))


async def tools(folder: Path) -> Any:
    async with Client(server(folder)) as client:
        return (await client.list_tools()).tools
