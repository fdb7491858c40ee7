"""Lists of papers in the shapes that people give them, made of the papers of the shipped collection."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

Paper = Mapping[str, Any]

PAPERS: tuple[Paper, ...] = tuple(
    paper
    for line in (Path(__file__).parents[2] / "cases/papers.jsonl").read_text("utf-8").splitlines()
    if "arxiv" in (paper := json.loads(line))
)


def _address(paper: Paper) -> str:
    return f"https://arxiv.org/abs/{paper['arxiv']}"


def _venue(paper: Paper) -> str:
    return f"{paper.get('venue_short') or 'arXiv'} {paper.get('year', 2024)}"


def _people(paper: Paper) -> str:
    return ", ".join(paper["authors"])


def _bullet(paper: Paper) -> str:
    return f"- [{paper['title']}]({_address(paper)}) [{_venue(paper)}]\n"


def _labelled(paper: Paper) -> str:
    return f"* **{paper['title']}.** {_people(paper)}. *{_venue(paper)}*. [[Paper]]({_address(paper)}) [[Code]](https://github.com/x/y)\n"


def _numbered(paper: Paper) -> str:
    return f"1. {paper['title']}, {_venue(paper)} [[pdf]]({_address(paper)})\n"


def _heading(paper: Paper) -> str:
    return f"### {paper['title']}\n\n{_people(paper)}\n\n[Paper]({_address(paper)})\n\n"


def _row(paper: Paper) -> str:
    title = paper["title"].replace("|", "\\|")
    return f"| {title} | {_venue(paper)} | [paper]({_address(paper)}) |\n"


def _cells(paper: Paper) -> str:
    return f'<tr>\n<td><a href="{_address(paper)}">{paper["title"]}</a></td>\n<td>{_venue(paper)}</td>\n</tr>\n'


_ONE: dict[str, tuple[str, Callable[[Paper], str], str]] = {
    "bullets": ("", _bullet, ""),
    "labels": ("", _labelled, ""),
    "numbers": ("", _numbered, ""),
    "headings": ("", _heading, ""),
    "table": ("| Title | Venue | Link |\n|---|---|---|\n", _row, ""),
    "cells": ("<table>\n<tr><th>Title</th><th>Venue</th></tr>\n", _cells, "</table>\n"),
}
SHAPES = tuple(_ONE)


def written(shape: str, papers: Sequence[Paper]) -> str:
    before, one, after = _ONE[shape]
    return f"# A List\n\n## Papers\n\n{before}{''.join(map(one, papers))}{after}"
