"""fedbib keeps a curated bibliography as code.

import fedbib

works, problems = fedbib.works("path/to/collection")
print(fedbib.render("bibtex", works))
"""

from __future__ import annotations

__version__ = "0.1.0"

__all__ = ["__version__", "parse", "render", "works"]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fedbib.api import parse, render, works


def __getattr__(name: str) -> object:
    # `fedbib --version` must not pay for the rest.
    if name in __all__:
        from fedbib import api

        return getattr(api, name)
    raise AttributeError(f"module 'fedbib' has no attribute {name!r}")
