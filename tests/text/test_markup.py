from __future__ import annotations

from html import escape
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fedbib.text.markup import STYLES, Segment, from_html, join, lettered, plain, segments, tidied, to_html
from fedbib.text.plain import clean
from tests.effort import LINEAR, growth

NOCASE = '<span class="nocase">'


@pytest.mark.parametrize(
    ("rich", "text"),
    [
        ("Petals", "Petals"),
        (f"{NOCASE}FedPETuning</span>: When", "FedPETuning: When"),
        ("δ<sup>13</sup>C", "δ13C"),
        ("x < y and List<T> & z", "x < y and List<T> & z"),
        ("a <i>b", "a b"),
        ("1 &lt; 2", "1 &lt; 2"),
    ],
)
def test_plain_takes_out_markup_alone(rich: str, text: str) -> None:
    assert plain(rich) == text


@pytest.mark.parametrize(
    ("rich", "normal"),
    [
        ("", ""),
        ("plain", "plain"),
        ("<i>a</i><i>b</i>", "<i>ab</i>"),
        ("<i></i>a", "a"),
        ("<i><i>a</i></i>", "<i>a</i>"),
        ("<b><i>a</i></b>", "<i><b>a</b></i>"),
        (f"<i>{NOCASE}a</span></i>", f"{NOCASE}<i>a</i></span>"),
        ("<i>a<b>b</i>c</b>", "<i>a<b>b</b></i><b>c</b>"),
        ("a</i>b<b>c", "abc"),
        ("<i>a</i> <i>b</i>", "<i>a</i> <i>b</i>"),
        ("<<i>i></i>", "<<i>i></i>"),
        ("<<b>i>", "\u2039i>"),
    ],
)
def test_one_look_has_one_text(rich: str, normal: str) -> None:
    assert join(segments(rich)) == normal
    assert segments(normal) == segments(rich)


RUNS = st.lists(
    st.builds(
        Segment,
        st.text(alphabet="ab <>/i\u0338&", max_size=6) | st.sampled_from(["<i>", "</b>", NOCASE, "</span>"]),
        st.sets(st.sampled_from(STYLES)).map(tuple),
    ),
    max_size=6,
)


@given(RUNS)
def test_segments_give_back_what_was_joined(runs: list[Segment]) -> None:
    rich = join(runs)
    found = segments(rich)
    assert join(found) == rich
    assert segments(join(found)) == found
    assert all(run.text for run in found)
    assert all(one.styles != two.styles for one, two in pairwise(found))


@given(st.text(alphabet="ab <>/isup&;\n\u0338.,()-", max_size=60) | st.text(max_size=40))
def test_any_text_becomes_clean_rich_text(text: str) -> None:
    rich = from_html(text)
    assert clean(plain(rich)) == plain(rich)
    assert join(segments(rich)) == rich


@pytest.mark.parametrize(
    ("raw", "rich"),
    [
        pytest.param("A  plain\n title", "A plain title", id="blanks"),
        pytest.param("Child &amp; Adolescent", "Child & Adolescent", id="entity"),
        pytest.param("Child &amp;amp; Adolescent", "Child & Adolescent", id="entity-twice"),
        pytest.param("p &lt; 0.05", "p < 0.05", id="entity-less"),
        pytest.param("AT&T and R&D; &nosuch;", "AT&T and R&D; &nosuch;", id="no-entity"),
        pytest.param(
            "the δ&amp;lt;sup&amp;gt;13&amp;lt;/sup&amp;gt;C Decline",
            "the δ<sup>13</sup>C Decline",
            id="tag-escaped-twice",
        ),
        pytest.param(
            "material for detecting\n          <i>KRAS</i>\n          /\n          <i>NRAS</i>\n"
            "          mutations in plasma",
            "material for detecting <i>KRAS</i>/<i>NRAS</i> mutations in plasma",
            id="layout-slash",
        ),
        pytest.param(
            "p110α (\n            <i>PIK3CA</i>\n            )", "p110α (<i>PIK3CA</i>)", id="layout-brackets"
        ),
        pytest.param("seed beetle\n            <i>C. maculatus</i>", "seed beetle <i>C. maculatus</i>", id="layout"),
        pytest.param("of CO\n   <sub>2</sub>\n   emissions", "of CO<sub>2</sub> emissions", id="layout-sub"),
        pytest.param("anti-\n<i>Candida</i>", "anti-<i>Candida</i>", id="layout-hyphen"),
        pytest.param("In <i>vivo</i> , too", "In <i>vivo</i>, too", id="before-comma"),
        pytest.param("A <i>new</i> .NET", "A <i>new</i> .NET", id="dot-of-a-word"),
        pytest.param("<scp>BERT</scp> and <tt>x</tt>", "BERT and x", id="scp"),
        pytest.param(
            "<jats:italic>E. coli</jats:italic> <jats:bold>x</jats:bold>", "<i>E. coli</i> <b>x</b>", id="jats"
        ),
        pytest.param("<em>a</em> <strong>b</strong> <inf>c</inf>", "<i>a</i> <b>b</b> <sub>c</sub>", id="html-names"),
        pytest.param("<I>a</I><BR/>b", "<i>a</i> b", id="capitals-and-break"),
        pytest.param("<![CDATA[<i>a</i>]]> <!-- no --> b", "<i>a</i> b", id="cdata-and-comment"),
        pytest.param(f"{NOCASE}BERT</span>", f"{NOCASE}BERT</span>", id="nocase"),
        pytest.param('<span style="font-variant:small-caps;">Bert</span> <i>a</i>', "Bert <i>a</i>", id="other-span"),
        pytest.param('<a href="x" onclick="y">Bert</a>', "Bert", id="link"),
        pytest.param("Vectors<T> in <script>", "Vectors<T> in <script>", id="unknown-is-text"),
        pytest.param("<i>unclosed", "unclosed", id="unclosed"),
        pytest.param(
            '<mml:math xmlns:mml="x"><mml:msub><mml:mrow><mml:mi>LaSrVO</mml:mi></mml:mrow>'
            "<mml:mn>4</mml:mn></mml:msub></mml:math>: A",
            "LaSrVO<sub>4</sub>: A",
            id="mathml-first",
        ),
        pytest.param(
            'More on <math xmlns="x">\n   <mi mathvariant="script">D</mi>\n   <mi>α</mi>\n  </math>-Closed Sets',
            "More on Dα-Closed Sets",
            id="mathml-default-namespace",
        ),
        pytest.param(
            "spin in the<mml:math><mml:mrow><mml:mi>N</mml:mi><mml:mo>=</mml:mo><mml:mn>88</mml:mn></mml:mrow>"
            "</mml:math>nucleus<mml:math><mml:mmultiscripts><mml:mi>Tb</mml:mi><mml:mprescripts /><mml:none />"
            "<mml:mrow><mml:mn>153</mml:mn></mml:mrow></mml:mmultiscripts></mml:math>",
            "spin in the N=88 nucleus <sup>153</sup>Tb",
            id="mathml-prescripts",
        ),
        pytest.param(
            "<math><mfrac><mn>1</mn><mrow><mi>a</mi><mi>b</mi></mrow></mfrac></math>",
            "1/(ab)",
            id="mathml-fraction",
        ),
        pytest.param("<math><msqrt><mi>n</mi></msqrt></math> x", "√n x", id="mathml-root"),
        pytest.param("<math><mover><mi>x</mi><mo>¯</mo></mover></math>", "x\u0304", id="mathml-accent"),
        pytest.param(
            "<math><msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup></math>",
            "x<sub>1</sub><sup>2</sup>",
            id="mathml-both",
        ),
        pytest.param(
            "<math><semantics><mi>x</mi><annotation>\\alpha</annotation></semantics></math>",
            "x",
            id="mathml-annotation",
        ),
        pytest.param("<i>Pe\u202etals\u200b</i>", "<i>Petals</i>", id="invisible"),
        pytest.param("Pe\u00adtals &#8239;x&#x200b;", "Petals x", id="entities"),
        pytest.param("<i>a</i>\u0338b", "<i>a</i>b", id="overlay-after-tag"),
        pytest.param("<math><mroot><mi>x</mi><mn>3</mn></mroot></math>", "<sup>3</sup>√x", id="mathml-other-root"),
        pytest.param("<math><msup><mi>x</mi><mn>2</mn></msup></math>", "x<sup>2</sup>", id="mathml-power"),
        pytest.param("<math><mfenced><mi>a</mi><mi>b</mi></mfenced></math>", "(a,b)", id="mathml-fences"),
        pytest.param("<math><mover><mi>ab</mi><mo>¯</mo></mover></math>", "ab<sup>¯</sup>", id="mathml-bar-over-two"),
        pytest.param("<math><mmultiscripts></mmultiscripts></math>a", "a", id="mathml-scripts-of-nothing"),
        pytest.param(
            f"<math>{'<mrow>' * 99}a{'</mrow>' * 99}<mi>b</mi></math> <i>c</i>", "ab <i>c</i>", id="mathml-too-deep"
        ),
    ],
)
def test_providers_titles_become_clean_rich_text(raw: str, rich: str) -> None:
    assert from_html(raw) == rich


@pytest.mark.parametrize(
    ("before", "piece", "after"),
    [
        ("", "<", ""),
        ("", "<i>", ""),
        ("", "<math>", ""),
        ("<math>", "<mrow>a", ""),
        ("", "&amp;", ""),
        ("", "&", ""),
        ("", "<!--", ""),
        ("", " ", "<i>"),
        ("", "<a ", ""),
    ],
)
def test_hostile_texts_take_linear_time(before: str, piece: str, after: str) -> None:
    def read(count: int) -> None:
        text = before + piece * count + after
        from_html(text)
        segments(text)

    assert growth(read, 2_000) < LINEAR


def test_tags_that_are_closed_late_take_linear_time() -> None:
    assert growth(lambda count: segments(from_html("<i> " * count + "</i>" * count)), 1_500) < LINEAR


@pytest.mark.parametrize(
    ("mathml", "rich"),
    [
        ("<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mi>c</mi></mfrac>", "(a+b)/c"),
        ("<msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup>", "x<sub>1</sub><sup>2</sup>"),
        ("<munderover><mi>S</mi><mn>1</mn><mi>n</mi></munderover>", "S<sub>1</sub><sup>n</sup>"),
        ("<munder><mi>x</mi><mn>1</mn></munder>", "x<sub>1</sub>"),
        ("<mi>a</mi><mspace/><mi>b</mi>", "a b"),
        ("<mi>a</mi><mphantom><mi>b</mi></mphantom>", "a"),
        ("<semantics><mi>a</mi><annotation>tex</annotation></semantics>", "a"),
        ('<semantics><mi>a</mi><annotation-xml encoding="x"><mi>b</mi></annotation-xml></semantics>', "a"),
        ("<msqrt><mi>a</mi><mi>b</mi></msqrt>", "√(ab)"),
        ("<mroot><mrow><mi>a</mi><mi>b</mi></mrow><mn>3</mn></mroot>", "<sup>3</sup>√(ab)"),
        (
            "<mmultiscripts><mi>C</mi><mn>1</mn><mn>2</mn><mprescripts/><mn>3</mn><mn>4</mn></mmultiscripts>",
            "<sub>3</sub><sup>4</sup>C<sub>1</sub><sup>2</sup>",
        ),
        ("<mover><mi>a</mi><mo>^</mo></mover>", "â"),
        ("<mover><mi>a</mi><mo>q</mo></mover>", "a<sup>q</sup>"),
    ],
)
def test_an_element_of_mathml_is_readable_text(mathml: str, rich: str) -> None:
    assert from_html(f"<math>{mathml}</math>") == rich


@pytest.mark.parametrize(
    ("raw", "rich"),
    [
        ("the<math><mi>N</mi></math>nucleus", "the N nucleus"),
        ("a<math><mi>N</mi></math>th", "aNth"),
        ("the<math><msub><mi>N</mi><mi>i</mi></msub></math>set", "the N<sub>i</sub> set"),
        ("(<math><mi>N</mi></math>)", "(N)"),
        ("<i>x<math><mi>a</mi></math></i>", "<i>xa</i>"),
        ("<math><mi>a", "a"),
        ("<p>a</p><p>b</p>", "a b"),
        ("x <sub>2</sub>", "x <sub>2</sub>"),
        ("x\n<sup>2</sup> y", "x<sup>2</sup> y"),
        ("a /\n<i>b</i>", "a /<i>b</i>"),
        ("[ <i>a</i> ]", "[<i>a</i>]"),
        ("a <i>b</i> !", "a <i>b</i>!"),
        ("a <i>b</i> ;c", "a <i>b</i> ;c"),
        ("&lt;i&gt;a&lt;/i&gt;", "<i>a</i>"),
    ],
)
def test_blanks_stand_between_words_and_nowhere_else(raw: str, rich: str) -> None:
    assert from_html(raw) == rich


@pytest.mark.parametrize(
    ("rich", "known", "wanted"),
    [
        ("F<sup>3</sup>", "", "F³"),
        ("H<sub>2</sub>O", "", "H₂O"),
        ("<i>x<sup>(n+1)</sup></i>", "", "<i>x⁽ⁿ⁺¹⁾</i>"),
        ("x<sup>a</sup>", "", "x<sup>a</sup>"),
        ("x<sub>n</sub>", "", "x<sub>n</sub>"),
        ("x<sup>2</sup>y<sup>4</sup>", "¹²³", "x²y<sup>4</sup>"),
        ("a <i>b</i>", "", "a <i>b</i>"),
        ("plain", "", "plain"),
    ],
)
def test_raised_and_lowered_digits_have_letters_of_their_own(rich: str, known: str, wanted: str) -> None:
    assert lettered(rich, known) == wanted


@pytest.mark.parametrize(
    ("raw", "rich"),
    [
        ("a\n<i>-b</i>", "a<i>-b</i>"),
        ("a\n<i>- b</i>", "a <i>- b</i>"),
        ("x-\n<i>b</i>", "x-<i>b</i>"),
        ("x -\n<i>b</i>", "x - <i>b</i>"),
        ("-\n<i>b</i>", "- <i>b</i>"),
    ],
)
def test_a_hyphen_at_the_end_of_a_line_joins_a_word(raw: str, rich: str) -> None:
    assert from_html(raw) == rich


@pytest.mark.parametrize(
    ("html", "rich"),
    [
        ("f( <i>y</i>", "f(<i>y</i>"),
        ("see [<i>\n y</i>]", "see [<i>y</i>]"),
        ("f{ <b>z</b>}", "f{<b>z</b>}"),
        ("f <i>y</i> )", "f <i>y</i>)"),
    ],
)
def test_a_gap_inside_brackets_is_layout(html: str, rich: str) -> None:
    assert from_html(html) == rich


def test_scripts_of_a_formula_change_between_low_and_high() -> None:
    scripts = "".join(f"<mn>{number}</mn>" for number in range(1, 5))
    read = from_html(f"<math><mmultiscripts><mi>C</mi>{scripts}</mmultiscripts></math>")
    assert read == "C<sub>1</sub><sup>2</sup><sub>3</sub><sup>4</sup>"


@pytest.mark.parametrize("tag", ["<b>", "</i>", "<sup>", "</span>"])
def test_a_tag_without_its_partner_leaves_no_second_blank(tag: str) -> None:
    assert tidied(f"on {tag} the <i>E. coli</i> here") == "on the <i>E. coli</i> here"
    assert tidied(f"{tag} first") == "first"


@pytest.mark.parametrize(
    ("rich", "html"),
    [
        ("Costs below 5 & above", "Costs below 5 &amp; above"),
        ('<i>A</i> & <span class="nocase">B</span>', "<i>A</i> &amp; B"),
        ("In <i>A & B</i> > <b>C</b>.", "In <i>A &amp; B</i> &gt; <b>C</b>."),
        ("<i>A</i><i>B</i>", "<i>AB</i>"),
        ("<i>A</i>\u0338<b>\u0338</b>B", "<i>A</i>B"),
        ("<i>A</b> <b>B</b>", "A <b>B</b>"),
    ],
)
def test_rich_text_as_html(rich: str, html: str) -> None:
    assert to_html(rich) == html


@given(RUNS)
def test_html_has_each_run_in_its_style(runs: list[Segment]) -> None:
    rich = join(runs)
    seen = [(escape(run.text, quote=False), tuple(set(run.styles) - {"nocase"})) for run in segments(rich)]
    assert to_html(rich) == join(Segment(text, styles) for text, styles in seen)
