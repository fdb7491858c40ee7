"""Templates of a stranger: they draw, and do nothing else."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from fedbib.errors import BadFile
from fedbib.model.about import About
from fedbib.model.name import Name
from fedbib.model.work import Work
from fedbib.site import TEMPLATES
from fedbib.site.entry import Entry
from fedbib.site.shipped import default
from fedbib.site.templates import FILTER_NAMES, FUNCTIONS, LIMIT, TEST_NAMES, Templates

DOCS = Path(__file__).resolve().parents[2] / "docs" / "templates.md"
WORK = Work(key="a", title="<i>One</i> & two", author=(Name("Ho", "A."), Name("Li", "B.")), topics=("x", "y"))
VALUES: dict[str, Any] = {
    "about": About("name", "Title"),
    "entry": Entry(WORK, added=date(2026, 1, 31)),
    "work": WORK,
    "works": (WORK,) * 10,
    "up": "",
}


def drawn(template: str, **others: str) -> str:
    return Templates({"index.html": template, **others}, 1)("index.html", **VALUES)


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{{ work.title }}", "&lt;i&gt;One&lt;/i&gt; &amp; two"),
        ("{{ work.author | map(attribute='display') | join(', ') }}", "A. Ho, B. Li"),
        ("{% for t in work.topics %}{{ loop.index * 2 }}{{ loop.cycle('-', '+') }}{{ t }}{% endfor %}", "2-x4+y"),
        ("{% macro m(x) %}[{{ x }}]{% endmacro %}{{ m('a' ~ 1) }}", "[a1]"),
        ("{% macro m() %}[{{ caller() }}]{% endmacro %}{% call m() %}b{% endcall %}", "[b]"),
        ("{% block a %}A{% endblock %}{{ self.a() }}", "AA"),
        ("{{ entry.added }} {{ entry.added.year + 1 }}", "2026-01-31 2027"),
        ("{% import 'item.html' as own %}{{ own.m('c') }}", "(c)"),
        ("{% include 'item.html' %}", ""),
        ("{% for n in range(3) recursive %}{{ n }}{% if n == 2 %}{{ loop([7]) }}{% endif %}{% endfor %}", "0127"),
        ("{{ works | length }}{{ plain(work.title) }}{{ nothing | default('-') }}", "10One &amp; two-"),
    ],
)
def test_what_a_template_may_do(template: str, text: str) -> None:
    assert drawn(template, **{"item.html": "{% macro m(x) %}({{ x }}){% endmacro %}"}).strip() == text


ESCAPES = [
    "{{ cycler.__init__.__globals__ }}",
    "{{ lipsum.__globals__['os'] }}",
    "{{ joiner.__init__ }}",
    "{{ namespace.__init__ }}",
    "{{ dict(a=1) }}",
    "{{ get_flashed_messages }}",
    "{{ url_for.__globals__ }}",
    "{{ request.application }}",
    "{{ config }}",
    "{{ work.__class__ }}",
    "{{ work['__class__'] }}",
    "{{ work['__cla' ~ 'ss__'] }}",
    "{{ work|attr('__class__') }}",
    "{{ works | map(attribute='__class__') | list }}",
    "{{ works | map(attribute='key.__class__') | list }}",
    "{{ works | groupby('__class__') | list }}",
    "{{ works | sort(attribute='__class__') }}",
    "{{ works | selectattr('__class__') | list }}",
    "{{ works | map('attr', '__class__') | list }}",
    "{{ '{0.__class__}'.format(work) }}",
    "{{ '{0.__class__}'.format_map }}",
    "{{ '%s' | format(work) }}",
    "{{ '%s' % work }}",
    "{{ ''.__class__.__mro__ }}",
    "{{ ().__class__.__bases__[0].__subclasses__() }}",
    "{{ work.only(['key']) }}",
    "{{ work.only }}",
    "{{ about.sections.append }}",
    "{{ 'x'.join(works) }}",
    "{{ 'x'.encode() }}",
    "{{ entry.added.strftime('%Y') }}",
    "{{ self.__init__ }}",
    "{{ self._TemplateReference__context }}",
    "{% block a %}{{ self.a.__globals__ }}{% endblock %}",
    "{% macro m() %}{% endmacro %}{{ m.__globals__ }}",
    "{% macro m() %}{% endmacro %}{{ m._func }}",
    "{% macro m() %}{{ caller.__init__ }}{% endmacro %}{% call m() %}{% endcall %}",
    "{% for x in works %}{{ loop.__init__ }}{% endfor %}",
    "{% for x in works %}{{ loop._iterator }}{% endfor %}",
    "{{ plain.__globals__ }}",
    "{{ plain.__code__ }}",
    "{{ landing.func_globals }}",
    "{% import 'item.html' as own %}{{ own.__init__ }}",
    "{% import 'item.html' as own %}{{ own._body_stream }}",
    "{% from 'item.html' import __class__ %}{{ __class__ }}",
    "{% set n = namespace(x=1) %}",
    "{% set work.key = 'x' %}",
    "{% autoescape false %}{{ work.title }}{% endautoescape %}",
    "{{ work.title | safe }}",
    "{% include '/etc/hostname' %}",
    "{% include '../../pyproject.toml' %}",
    "{% import 'os' as os %}",
    "{% extends 'site.js' %}",
    "{% include work.title %}",
    "{{ (1).__class__ }}",
    "{{ undefined_name.__class__ }}",
    "{{ works.count(work) }}",
    "{{ works | tojson }}",
    "{{ works | pprint }}",
    "{{ works | random }}",
    "{% debug %}",
    "{% do works.append(1) %}",
    "{% trans %}x{% endtrans %}",
    "{{ charged.__globals__ }}",
    "{{ context }}{{ environment }}",
]


@pytest.mark.parametrize("template", ESCAPES)
def test_no_template_reaches_what_it_is_not_given(template: str) -> None:
    with pytest.raises(BadFile, match="cannot be filled in"):
        drawn(template, **{"item.html": "{% macro m() %}{% endmacro %}"})


DOUBLED = "".join(f"{{% set x{n + 1} = x{n} ~ x{n} %}}" for n in range(60))
CALLED = "".join(f"{{% macro m{n + 1}() %}}{{{{ m{n}() }}}}{{{{ m{n}() }}}}{{% endmacro %}}" for n in range(60))
CAUGHT = "".join(f"{{% set x{n + 1} %}}{{{{ x{n} }}}}{{{{ x{n} }}}}{{% endset %}}" for n in range(60))
HELD = "".join(
    f"{{% macro m{n + 1}() %}}{{% set x = m{n}() %}}{{{{ x }}}}{{{{ x }}}}{{% endmacro %}}" for n in range(60)
)


def nested(body: str) -> str:
    return "{% for a in range(10000) %}" * 5 + body + "{% endfor %}" * 5


WORK_OF = [
    pytest.param("{% set x0 = 'x' %}" + DOUBLED, id="a text joined with itself"),
    pytest.param("{% set x0 = 'x' %}" + CAUGHT, id="a text caught twice"),
    pytest.param("{% macro m0() %}x{% endmacro %}" + CALLED + "{{ m60() }}", id="macros that call twice"),
    pytest.param("{% macro m0() %}x{% endmacro %}" + HELD + "{{ m60() }}", id="macros whose text is taken twice"),
    pytest.param(nested("x"), id="loops in loops"),
    pytest.param(nested(""), id="loops that draw nothing"),
    pytest.param(nested("{% set x = works | list %}"), id="loops of filters"),
    pytest.param("{% set x = 'x' * 1000000000 %}", id="a text taken many times"),
    pytest.param("{{ 9 ** 9 ** 9 ** 9 }}", id="a power"),
    pytest.param("{{ (999999999 * 999999999) * 999999999 }}", id="numbers without end"),
    pytest.param("{{ range(10000000000) | join(work.title) | length }}" * 400, id="a range of thousands of millions"),
    pytest.param("{% set x %}" + "y" * 100_000 + "{% endset %}{{ range(10000) | join(x) }}", id="long joints"),
    pytest.param("{{ [1] | map('charged', -1000000000000) | list }}" + nested(""), id="a charge below nothing"),
    pytest.param("{% macro m() %}{{ m() }}{{ m() }}{% endmacro %}{{ m() }}", id="a macro that calls itself"),
    pytest.param("{% extends 'index.html' %}", id="a template that extends itself"),
    pytest.param("{% include 'index.html' %}{% include 'index.html' %}", id="a template that takes itself in"),
    pytest.param("{% for x in [1] recursive %}{{ loop([1, 1]) }}{% endfor %}", id="a loop in itself"),
    pytest.param("{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}", id="brackets in brackets"),
    pytest.param("{{ " + "-" * 20_000 + "1 }}", id="signs before signs"),
    pytest.param("{% if 1 %}" * 500 + "{% endif %}" * 500, id="conditions in conditions"),
    pytest.param("{% for x in [] %}" * 30 + "{% endfor %}" * 30, id="more loops in loops than Python has"),
    pytest.param("x" * (LIMIT + 1), id="a template of great length"),
]


@pytest.mark.parametrize("template", WORK_OF)
def test_no_template_takes_more_than_a_bound(template: str) -> None:
    with pytest.raises(BadFile, match="cannot be filled in"):
        drawn(template)


@pytest.mark.parametrize(
    "template", ["{{ 1 / 0 }}", "{{ label(1) }}", "{{ works[99] }}", "{{ 1 < 'a' }}", "{{ plain() }}"]
)
def test_a_mistake_in_a_template_is_an_error_with_a_word(template: str) -> None:
    with pytest.raises(BadFile, match="cannot be filled in") as caught:
        drawn(template)
    assert "docs/templates.md" in caught.value.hint


def test_each_turn_of_a_loop_counts_though_it_draws_the_same() -> None:
    costs = []
    for turns in (10, 1010):
        draw = Templates({"index.html": f"{{% for n in range({turns}) %}}x{{% endfor %}}"}, 1)
        draw("index.html")
        costs.append(draw.spent)
    assert costs[1] - costs[0] > 1000 * 500


def test_fedbib_s_own_templates_take_a_small_part_of_the_bound() -> None:
    many = Work(key="k", title="x", author=tuple(Name(f"Family{n}", "Given") for n in range(100_000)))
    draw = Templates({name: default(name) for name in TEMPLATES}, 1)
    for template in ("index.html", "work.html"):
        text = draw(
            template, about=About(), up="", path="index.html", found=True, nav=(), works=(many,), listed=(many,), years=(), files=(),
            updated=None, entry=Entry(many), linked=100, own=("", ""), data="", tags=(), fields=(),
        )  # fmt: skip
        assert "Given Family99999" in text


def test_the_docs_name_all_a_template_may_use() -> None:
    named = set(re.findall(r"`([^`\n]+)`", DOCS.read_text("utf-8")))
    assert named >= {*FUNCTIONS, *FILTER_NAMES, *TEST_NAMES, *TEMPLATES, "join"}
