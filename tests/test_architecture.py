"""The imports point one way: from the commands to the model. Read from the source, so that lazy imports count too."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / "fedbib"

# Each room with the rooms it may import from: every pair is meant, and one more fails.
ALLOWED: dict[str, frozenset[str]] = {
    room: frozenset(others.split())
    for room, others in {
        "errors": "",
        "cores": "",
        "model": "errors",
        "text": "model",
        "words": "model text",
        "ids": "errors model text",
        "settle": "model text words",
        "match": "errors ids model settle text words",
        "disk": "errors",
        "records": "cores disk errors ids model text",
        "net": "disk errors model",
        "settings": "disk errors model text words",
        "changes": "disk errors formats model records",
        "report": "audit changes ids model records sources sync text",
        "discover": "disk errors ids intake match model net report settings sources sync text words",
        "select": "disk errors ids match model text",
        "formats": "cores errors ids model records text words",
        "export": "errors model records text words",
        "schema": "formats ids model records",
        "references": "disk errors formats ids model text",
        "checks": "errors ids match model settle text words",
        "sources": "errors ids match model net text words",
        "site": "disk errors formats ids match model records settle text",
        "build": "cores disk errors formats model records references settings site words",
        "made": "build checks cores disk errors formats ids model records settings settle site words",
        "collection": (
            "build checks cores disk errors made model records references select settings settle sources words"
        ),
        "intake": "cores disk errors formats ids match model net records references report settle sources sync text words",
        "sync": "disk errors ids match model net records settings settle sources words",
        "audit": "disk errors ids match model net select sources sync text words",
        "api": "collection errors formats intake model",
        "tools": "collection errors ids match model records references text",
        "zotero": "errors formats ids model net text",
        "console": "model report",
        "commands": (
            "api audit build changes checks collection console discover disk errors export formats ids intake made model "
            "net records references report schema select settings settle site sources sync text tools words zotero"
        ),
        "cli": "errors report text",
        "__main__": "cli",
    }.items()
}

# Who alone may import what reaches the network or the terminal.
EDGES = {
    "requests": {"net"},
    "requests_cache": {"net"},
    "urllib3": {"net"},
    "socket": {"net", "site"},
    "rich": {"console"},
    "click": {"cli", "commands", "console"},
    "subprocess": {"changes", "references"},
}

MODULES = sorted(ROOT.rglob("*.py"))


def room(module: str) -> str:
    """The room of the house that a dotted module of fedbib stands in; "" is `fedbib/__init__.py`."""
    return [*module.split("."), ""][1]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


@cache
def imported(path: Path) -> set[str]:
    """Every module a file imports, wherever in the file."""
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            module = node.module or ""
            found |= {f"{module}.{alias.name}" for alias in node.names} if module == "fedbib" else {module}
            if module.startswith("fedbib."):
                found |= {f"{module}.{alias.name}" for alias in node.names}
    return found


def name_of(path: Path) -> str:
    return ".".join(("fedbib", *path.relative_to(ROOT).with_suffix("").parts)).removesuffix(".__init__")


def arrows() -> set[tuple[str, str]]:
    """Every pair of rooms of which the first imports from the second."""
    pairs = (
        (room(name_of(path)), room(module))
        for path in MODULES
        for module in imported(path)
        if module.startswith("fedbib.")
    )
    return {(own, other) for own, other in pairs if own and own != other and other in ALLOWED}


def test_arrows_are_those_that_are_meant() -> None:
    assert arrows() == {(name, other) for name, others in ALLOWED.items() for other in others}


def test_arrows_make_no_circle() -> None:
    left = dict(ALLOWED)
    while left:
        free = {name for name, others in left.items() if not others & left.keys()}
        assert free, f"a circle among {sorted(left)}"
        left = {name: others for name, others in left.items() if name not in free}


def test_edges_are_few() -> None:
    imports = [(name_of(path), module) for path in MODULES for module in imported(path)]
    assert not [
        f"{name} must not import {module}"
        for name, module in imports
        if room(name) not in EDGES.get(module.split(".")[0], {room(name)})
    ]


@pytest.mark.parametrize("part", ["sources", "formats", "checks"])
def test_siblings_do_not_know_each_other(part: str) -> None:
    """Two sources, two formats or two checks share what is in `base` or a helper of theirs, not each other."""
    registry = imported(ROOT / part / "__init__.py")
    members = {path.stem for path in (ROOT / part).glob("*.py") if f"fedbib.{part}.{path.stem}" in registry} - {"base"}
    for member in members:
        others = {
            module.split(".")[2]
            for module in imported(ROOT / part / f"{member}.py")
            if module.startswith(f"fedbib.{part}.")
        }
        assert not (others & members) - {member}


def test_every_module_has_a_room() -> None:
    assert {room(name_of(path)) for path in MODULES} - {""} == set(ALLOWED)


def test_few_modules_stand_outside_the_rooms() -> None:
    assert len(list(ROOT.glob("*.py"))) <= 13


def test_the_pure_middle_opens_nothing() -> None:
    """Only the edges may read files, the clock or the environment."""
    edges = {
        *("__main__", "cli", "collection", "commands", "console", "cores", "disk"),
        *("audit.batch", "audit.layout"),
        *("changes.git", "made.each", "net.adapter", "net.deadline", "net.http", "net.pace"),
        *("references.pandoc", "site.serving", "sources.asking", "sync.memory", "sync.network"),
    }
    forbidden = {"os", "time", "tempfile", "shutil", "threading", "random"}
    for path in MODULES:
        name = name_of(path)
        if room(name) not in edges and name.removeprefix("fedbib.") not in edges:
            assert not forbidden & {module.split(".")[0] for module in imported(path)}, name


def test_functions_are_short() -> None:
    """What is longer than 50 lines does more than one thing; how branched it may be, ruff says (C901)."""
    assert not [
        f"{name_of(path)}.{node.name} has {lines} lines"
        for path in MODULES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := (node.end_lineno or 0) - node.lineno + 1) > 50
    ]


def test_the_register_of_venues_is_handed_in() -> None:
    """Only what has no collection to get one from takes the register that comes with fedbib: a list read by itself, and
    the command that makes an index.
    """
    doors = {name_of(path) for path in MODULES if "fedbib.words.venues.register" in imported(path)}
    assert doors == {"fedbib.formats.lists.lexicon", "fedbib.commands.index_"}


SOURCES = {path.stem for path in (ROOT / "sources").glob("*.py") if "SOURCE = Source(" in path.read_text("utf-8")}


def test_no_module_names_a_source_but_its_own() -> None:
    """What holds of one source is a fact of its descriptor; the first versions of arXiv's preprints are the exception."""
    named = {
        (name_of(path), module.split(".")[2])
        for path in MODULES
        if path.parent.name != "sources"
        for module in imported(path)
        if module.startswith("fedbib.sources.")
    }
    assert {(name, source) for name, source in named if source in SOURCES} == {("fedbib.sync.network", "arxiv")}
