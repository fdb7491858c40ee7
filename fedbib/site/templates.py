"""The templates of the page, filled in. A template may come from a stranger: it draws, and can do nothing else.

It reads the values it is given, has the names listed here and no others, and its work is counted: the limit depends on
the number of papers alone, so that the same template passes or fails on every machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, cast

from jinja2 import Environment, TemplateError, TemplateSyntaxError, Undefined, nodes, pass_context, pass_environment
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS
from jinja2.loaders import FunctionLoader
from jinja2.nodes import EvalContext
from jinja2.runtime import BlockReference, Context, LoopContext, Macro, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.tests import TESTS
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from fedbib.errors import BadFile
from fedbib.formats.eprint import pdf
from fedbib.ids.landing import landing
from fedbib.model.work import Work
from fedbib.site.coins import coins
from fedbib.site.facets import page, venue
from fedbib.site.feed import label
from fedbib.site.papers import Papers
from fedbib.text.markup import plain, segments, to_html

Way = tuple[str, str, bool]
Known = dict[Way, Callable[[], Mapping[str, tuple[bytes, int]]]]
"""How works stand in lists, had when a template asks: by their keys, each with what it cost."""


@pass_environment
def each(environment: Drawing, macro: Macro, works: Sequence[Work], up: str, people: bool = True) -> Markup:
    """What a macro makes of each work, one after the other."""
    told = environment.items.get((macro.name, up, people))
    if not told or not isinstance(works, Papers):
        return Markup("").join(_called(macro, work, up, people=people) for work in works)
    known = told()
    found = [known[key] for key in works.keys]
    environment.charge(sum(cost for _, cost in found))
    return Markup(b"".join([text for text, _ in found]).decode())


def _called(macro: Macro, work: Work, up: str, *, people: bool) -> Any:
    return macro(work, up) if people else macro(work, up, people=False)


FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "coins": coins,
    "each": each,
    "label": label,
    "landing": landing,
    "page": page,
    "pdf": pdf,
    "plain": plain,
    "range": lambda *bounds: range(*bounds)[:_LONGEST_RANGE],
    "rich": lambda title: Markup(to_html(title)),
    "segments": segments,
    "venue": venue,
}
"""What a template may call, besides its own macros and blocks."""
_PLAIN = frozenset(id(function) for name, function in FUNCTIONS.items() if name != each.__name__)
"""Those that take nothing but what a template gives them."""
_OF_JINJA = ("_loop_vars", "_block_vars")
"""What the code that Jinja makes of a template gives to every call in a loop or block."""

_FILTERS = """
    abs capitalize count d default e escape first float groupby int last length list lower map max min reject rejectattr
    reverse select selectattr sort string title truncate unique upper urlencode
"""
_TESTS = """
    != < <= == > >= boolean defined divisibleby eq equalto even false ge greaterthan gt integer le lessthan lower lt
    mapping ne none number odd sameas sequence string true undefined upper
"""
FILTER_NAMES, TEST_NAMES = frozenset(_FILTERS.split()), frozenset(_TESTS.split())
"""Those of Jinja that make no more than they are given, besides `join`."""

LIMIT = 200_000
"""Characters of a template."""
_LONGEST_RANGE = 10_000
_STEP = 500
"""What a turn of a loop, a call or a filter costs, in characters written."""
_FOR_ALL, _PER_WORK = 50_000_000, 2_500_000
"""How much a build may cost: less than 200,000 steps, and 5,000 more for each work."""
_HINT = "see docs/templates.md for what a template may do"
_SPENT = "it takes too much computation for this number of papers"
_EACH = 10
_LARGEST = 10**9
_TEXTS = frozenset({str, Markup})
_MOST_KNOWN = 1000

# What switches the escaping off, and what changes a value that exists.
_STRANGE = (nodes.EvalContextModifier, nodes.NSRef)


class TooMuch(BadFile):
    """Templates that take more work than the page of so many papers may."""


class _Spent(SecurityError):
    """More was charged than there is."""


def limit(works: int) -> int:
    """How much all templates of a page of so many works may cost."""
    return _FOR_ALL + _PER_WORK * works


def too_much(where: str) -> TooMuch:
    return TooMuch(f"cannot be filled in: {_SPENT}", where=where, hint=_HINT)


class Templates:
    """The templates of one page, which is about some number of works."""

    def __init__(
        self,
        sources: Mapping[str, str],
        works: int,
        filters: Mapping[str, Callable[..., str]] | None = None,
        *,
        escaping: bool = True,
        own_items: bool = False,
    ) -> None:
        """`sources` are the texts by name: no template knows any other. `filters` are more of them, each of which makes
        little of a text or a list; without `escaping` what fills a template is text of its format already. With
        `own_items` the collection says how papers stand in lists, and nothing is known of what that depends on.
        """
        self._environment: Drawing = _Environment(sources, limit(works), escaping=escaping)
        self._environment.filters.update(filters or {})
        self.own_items = own_items

    @property
    def spent(self) -> int:
        """What the files made so far have cost."""
        return self._environment.spent

    def item(self, way: Way, work: Work) -> tuple[str, int]:
        """How a work stands in lists: the macro, the way to the page's folder, whether people are named; its cost."""
        macro = getattr(self._environment.get_template("item.html").module, way[0])
        before = self.spent
        return str(_called(macro, work, way[1], people=way[2])), self.spent - before

    def ready(self) -> None:
        """Read those that a paper's page is made of."""
        for name in ("base.html", "item.html", "work.html"):
            self._environment.get_template(name)

    def learn(self, way: Way, items: Callable[[], Mapping[str, tuple[bytes, int]]]) -> None:
        """Take it for known how works stand in lists, by their keys: what `item` gave, had when a template asks."""
        self._environment.items[way] = cache(items)

    def __call__(self, template: str, **values: Any) -> str:
        """The file that a template makes; raises BadFile for one that does not work or does too much."""
        try:
            text = self._environment.get_template(template).render(**values)
        except TemplateError as error:
            where = getattr(error, "name", None) or template
            kind = TooMuch if isinstance(error, _Spent) else BadFile
            raise _bad(error.message or "", where, getattr(error, "lineno", None), kind) from error
        except (RecursionError, MemoryError) as error:
            raise _bad("it is nested too deeply or includes itself", template) from error
        except (ArithmeticError, AttributeError, LookupError, SyntaxError, TypeError, ValueError) as error:
            raise _bad(str(error), template) from error
        return text if text.endswith("\n") else text + "\n"


def _bad(message: str, where: str, line: int | None = None, kind: type[BadFile] = BadFile) -> BadFile:
    return kind(f"cannot be filled in: {message}", where=where, line=line, hint=_HINT)


class Drawing(Environment):
    """Templates that know how works stand in lists; what they make costs nothing."""

    def __init__(self, load: Callable[[str], str | None], **options: Any) -> None:
        super().__init__(loader=FunctionLoader(load), undefined=StrictUndefined, **options)
        self.items: Known = {}
        self.globals = dict(FUNCTIONS)

    @property
    def spent(self) -> int:
        return 0

    def charge(self, cost: int) -> None:
        pass


class _Environment(ImmutableSandboxedEnvironment, Drawing):
    # Also keeps these from being computed while a template is read.
    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%", "**"})

    def __init__(self, sources: Mapping[str, str], budget: int, *, escaping: bool) -> None:
        super().__init__(sources.get, autoescape=escaping, finalize=self.charged)
        self._budget = self._left = budget
        self._safe: dict[tuple[type, str], bool] = {}
        self.globals = dict(FUNCTIONS)  # and none of the sandbox's
        self.filters = {name: FILTERS[name] for name in FILTER_NAMES} | {"join": _join, _CHARGED: _charged}
        self.tests = {name: TESTS[name] for name in TEST_NAMES}

    # What it may cost

    @property
    def spent(self) -> int:
        return self._budget - self._left

    def charge(self, cost: int) -> None:
        self._left -= cost
        if self._left < 0:
            raise _Spent(_SPENT)

    def charged(self, value: Any) -> Any:
        """The value as it is; its size is charged."""
        self._left -= _STEP + len(value) if type(value) in _TEXTS else _size(value)
        if self._left < 0:  # as `charge`, which is asked for too often here
            raise _Spent(_SPENT)
        return value

    def compile(self, *args: Any, **options: Any) -> Any:
        """Is done once, whatever is drawn first, and so is no part of what a file costs."""
        before = self._left
        try:
            return super().compile(*args, **options)
        finally:
            self._left = before

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        if len(source) > LIMIT:
            raise TemplateSyntaxError(f"it has more than {LIMIT:,} characters", 1, name, filename)
        tree = super()._parse(source, name, filename)
        if strange := next(tree.find_all(_STRANGE), None):
            raise TemplateSyntaxError("it uses a statement that templates may not use", strange.lineno, name, filename)
        counted: nodes.Template = _Counting().visit(tree)
        return counted

    def call_filter(self, name: str, value: Any, *args: Any, **kwargs: Any) -> Any:
        return self.charged(super().call_filter(name, self.charged(value), *args, **kwargs))

    def call_test(self, name: str, value: Any, *args: Any, **kwargs: Any) -> Any:
        return super().call_test(name, self.charged(value), *args, **kwargs)

    def call(self, context: Any, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        for value in (*args, *kwargs.values()):
            self.charged(value)
        if id(obj) in _PLAIN:
            # Jinja would look at each call whether it may be made and what else the function takes.
            return self.charged(obj(*args, **{name: kwargs[name] for name in kwargs if name not in _OF_JINJA}))
        return self.charged(super().call(context, obj, *args, **kwargs))

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        if operator == "**" or not all(
            isinstance(part, int | float) and abs(part) <= _LARGEST for part in (left, right)
        ):
            raise SecurityError(f"{operator!r} is only for numbers up to {_LARGEST:,}; join texts with '~'")
        return super().call_binop(context, operator, left, right)

    # What it may reach

    def getattr(self, obj: Any, attribute: str) -> Any:
        """What a value of ours says, never a method; of what is Jinja's, what it is there for."""
        if self._is_safe(obj, attribute):
            found = getattr(obj, attribute, self)
            if found is not self and (not callable(found) or isinstance(found, Macro) or isinstance(obj, LoopContext)):
                return found
        try:
            return obj[attribute]
        except (AttributeError, LookupError, TypeError):
            return self._missing(obj, attribute)

    def _is_safe(self, obj: Any, attribute: str) -> bool:
        """As `is_safe_attribute`, which asks for nothing but the type of the value and the name."""
        known = self._safe.get((type(obj), attribute))
        if known is None:
            known = self.is_safe_attribute(obj, attribute, None)
            if len(self._safe) < _MOST_KNOWN:
                self._safe[type(obj), attribute] = known
        return known

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(argument, str) and not hasattr(type(obj), "__getitem__"):
            return self.getattr(obj, argument)
        try:
            return obj[argument]
        except (AttributeError, LookupError, TypeError):
            return self.getattr(obj, argument) if isinstance(argument, str) else self._missing(obj, argument)

    def _missing(self, obj: Any, name: Any) -> Undefined:
        if isinstance(name, str) and hasattr(obj, name):
            raise SecurityError(f"templates may not use {name!r}")
        return self.undefined(obj=obj, name=name)

    def is_safe_callable(self, obj: Any) -> bool:
        own = isinstance(obj, Macro | BlockReference | LoopContext) or obj in FUNCTIONS.values()
        return own or isinstance(getattr(obj, "__self__", None), LoopContext)


def _size(value: Any) -> int:
    return _STEP + (len(value) if hasattr(value, "__len__") and not isinstance(value, Undefined) else 0)


_CHARGED = "charged"


@pass_context  # which Jinja has when a template draws, and not when it computes in advance what is constant
def _charged(context: Context, value: Any, cost: int = 0) -> Any:
    environment = cast("_Environment", context.environment)
    environment.charge(max(cost, 0))
    return environment.charged(value)


@pass_environment
def _join(environment: _Environment, value: Iterable[Any], d: str = "", attribute: str | int | None = None) -> Any:
    """Jinja's `join`; what it makes, which may be much, is charged before it is made."""
    parts = [part if attribute is None else environment.getitem(part, attribute) for part in value]
    environment.charge(sum(_EACH + len(str(part)) + len(d) for part in parts))
    return FILTERS["join"](EvalContext(environment), parts, d)


class _Counting(NodeTransformer):
    """Charges for each turn of a body by what stands in it, and for each value that something is made of."""

    def __init__(self) -> None:
        self._seen = 0
        """The cost of all that was visited so far."""

    def generic_visit(self, node: nodes.Node, *args: Any, **kwargs: Any) -> nodes.Node:
        before = self._seen
        self._seen += len(node.data) if isinstance(node, nodes.TemplateData) else _STEP * isinstance(node, nodes.Expr)
        counted = super().generic_visit(node, *args, **kwargs)
        match counted:
            case nodes.For() | nodes.Macro() | nodes.CallBlock() | nodes.Block():
                cost = [nodes.Const(self._seen - before)]
                turn = nodes.Filter(nodes.Const(None), _CHARGED, cost, [], None, None)
                counted.body.insert(0, nodes.ExprStmt(turn, lineno=counted.lineno))
            case nodes.Filter() | nodes.Test() if counted.node is not None:
                counted.node = _charging(counted.node)
            case nodes.Compare():
                counted.expr = _charging(counted.expr)
                for operand in counted.ops:
                    operand.expr = _charging(operand.expr)
            case nodes.Getitem() if isinstance(counted.arg, nodes.Slice):
                counted.node = _charging(counted.node)
        return _charging(counted) if isinstance(counted, nodes.Filter | nodes.Concat) else counted


def _charging(node: nodes.Expr) -> nodes.Expr:
    return nodes.Filter(node, _CHARGED, [], [], None, None, lineno=node.lineno)
