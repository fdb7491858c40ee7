"""The look that comes with fedbib: its templates are code of ours, drawn without the sandbox for those of strangers.

Nothing else is ever drawn here: where a collection has one template of its own, `fedbib.site.templates` draws them all,
since templates reach each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from functools import cache
from operator import attrgetter
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape

from fedbib.site.templates import Drawing, Templates, each
from fedbib.text.tables import read_text


@cache
def default(name: str) -> str:
    """A file of the look."""
    return read_text(f"site/{name}")


class Shipped(Templates):
    """The templates of the look."""

    def __init__(self) -> None:
        self._environment = _Environment(default, autoescape=True, auto_reload=False, cache_size=-1)
        self.own_items = False


def shown(value: object) -> str:
    """A value as HTML."""
    if type(value) is str:  # `escape` gives what it makes a type of its own, which takes longer than all else
        text = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return text.replace('"', "&#34;").replace("'", "&#39;")
    return value if type(value) is Markup else escape(value)


def _map(values: Iterable[Any], attribute: str) -> Iterator[Any]:
    return map(attrgetter(attribute), values)


def _join(texts: Iterable[str], between: str) -> str:
    return between.join(texts)


_SIMPLE: Mapping[str, Callable[..., Any]] = {"map": _map, "join": _join}
"""Filters that do what the look asks of those of Jinja."""


class _Code(CodeGenerator):
    """Makes Python of the look: Jinja has each value asked, whenever it is drawn, what it could be."""

    def write_commons(self) -> None:
        super().write_commons()
        self.writeline("shown = environment.shown")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:  # noqa: ARG002
        self.write("shown(")

    def visit_Block(self, node: nodes.Block, frame: Frame) -> None:
        """In one piece: each is handed on by every template above."""
        if not (frame.toplevel and self.has_known_extends):
            self.writeline(f"yield concat(context.blocks[{node.name!r}][0](context))", node)

    def visit_FromImport(self, node: nodes.FromImport, frame: Frame) -> None:
        """The macros of the look make of the same values the same on all pages."""
        super().visit_FromImport(nodes.FromImport(node.template, node.names, False, lineno=node.lineno), frame)

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:
        """Of texts alone: none that is HTML already is joined with others."""
        self.write("concat(")
        self.visit_Tuple(nodes.Tuple(node.nodes, "load"), frame)
        self.write(")")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        name = node.node.name if isinstance(node.node, nodes.Name) else ""
        if name == each.__name__ or node.kwargs:  # it takes more than is written
            super().visit_Call(node, frame, forward_caller=forward_caller)
        else:
            self.visit(node.node, frame)
            self.visit_Tuple(nodes.Tuple(node.args, "load"), frame)


class _Environment(Drawing):
    code_generator_class = _Code
    shown = staticmethod(shown)

    def __init__(self, load: Callable[[str], str | None], **options: Any) -> None:
        super().__init__(load, **options)
        self.filters = {**self.filters, **_SIMPLE}

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return {**self.globals, **(d or {})}
