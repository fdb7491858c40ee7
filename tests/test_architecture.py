"""The imports point one way: from the commands to the model. Read from the source, so that lazy imports count too."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / "fedbib"

# From the outside in: a module may import from its own layer's line or any below, never from one above.
LAYERS: tuple[frozenset[str], ...] = (
    frozenset({"__main__"}),
    frozenset({"cli"}),
    frozenset({"commands"}),
    frozenset({"api", "console", "network", "schema"}),
    frozenset({"collection", "http", "pandoc", "serving"}),
    frozenset({"adding"}),
    frozenset({"finding", "plan", "selecting"}),
    frozenset({"state"}),
    frozenset({"build", "sync", "importing", "syncreport"}),
    frozenset({"checks", "citing", "fetch", "kinds", "report", "search", "site"}),
    frozenset({"formats", "settings", "sources", "settle", "records", "publication"}),
    frozenset({"people", "titles"}),
    frozenset({"matching", "claimfile", "uniting", "venues", "vocabulary"}),
    frozenset({"citekeys"}),
    frozenset({"recordfile"}),
    frozenset({"evidence", "fields", "landing"}),
    frozenset({"identify", "files", "links", "lock", "nearest"}),
    frozenset({"text"}),
    frozenset({"model"}),
    frozenset({"errors"}),
)
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}

# Who alone may import what reaches the network or the terminal.
EDGES = {
    "requests": {"http"},
    "requests_cache": {"http"},
    "urllib3": {"http"},
    "socket": {"http"},
    "rich": {"console"},
    "click": {"cli", "commands", "console"},
    "subprocess": set[str](),
    "pypandoc": {"pandoc"},
}

MODULES = sorted(ROOT.rglob("*.py"))


def layer(module: str) -> str:
    """The part of the program a dotted module of fedbib belongs to."""
    return [*module.split("."), ""][1]


def imported(path: Path) -> set[str]:
    """Every module a file imports, wherever in the file."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
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


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_arrows_point_one_way(path: Path) -> None:
    own = layer(name_of(path))
    for module in imported(path):
        if not module.startswith("fedbib."):
            continue
        other = layer(module)
        if other in RANK and own:
            assert RANK[own] <= RANK[other], f"{name_of(path)} must not import {module}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_edges_are_few(path: Path) -> None:
    for module in imported(path):
        allowed = EDGES.get(module.split(".")[0])
        assert allowed is None or layer(name_of(path)) in allowed, f"{name_of(path)} must not import {module}"


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


def test_every_module_has_a_layer() -> None:
    assert {layer(name_of(path)) for path in MODULES} - {""} == set(RANK)


def test_the_pure_middle_opens_nothing() -> None:
    """Only the edges may read files, the clock or the environment."""
    edges = {
        "__main__",
        "cli",
        "commands",
        "console",
        "network",
        "collection",
        "http",
        "pandoc",
        "files",
        "fetch",
        "serving",
        "lock",
        "state",
    }
    forbidden = {"os", "time", "tempfile", "shutil", "threading", "random"}
    for path in MODULES:
        if layer(name_of(path)) not in edges:
            assert not forbidden & {module.split(".")[0] for module in imported(path)}, name_of(path)
