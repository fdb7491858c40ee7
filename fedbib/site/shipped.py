"""The look that comes with fedbib: its templates are code of ours, drawn without the sandbox for those of strangers.

Nothing else is ever drawn here: where a collection has one template of its own, `fedbib.site.templates` draws them all,
since templates reach each other.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from jinja2.runtime import Context

from fedbib.site.templates import OF_JINJA, PLAIN, Drawing, Templates


@cache
def default(name: str) -> str:
    """A file of the look."""
    return files("fedbib").joinpath("data", "site", name).read_text("utf-8")


class Shipped(Templates):
    """The templates of the look."""

    def __init__(self) -> None:
        self._environment = _Environment(default, autoescape=True)
        self.own_items = False


class _Context(Context):
    def call(self, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        if id(obj) in PLAIN:  # Jinja would find out what else the function takes
            for name in OF_JINJA:
                kwargs.pop(name, None)
            return obj(*args, **kwargs)
        return super().call(obj, *args, **kwargs)


class _Environment(Drawing):
    context_class = _Context
