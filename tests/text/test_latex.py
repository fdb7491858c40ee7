from __future__ import annotations

import pytest
from hypothesis import example, given, settings

from fedbib.text.latex import decode, encode, is_safe_math, printable, respelt, substitutes
from tests.effort import LINEAR, growth
from tests.property import strategies

NOCASE = '<span class="nocase">{}</span>'


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        pytest.param("A plain title", "A plain title", id="plain text is left alone"),
        pytest.param(r"Caf\'e", "Café", id="acute"),
        pytest.param(r"{\'e}t\'{e}{\'{e}}", "étéé", id="acute-in-braces"),
        pytest.param(r"\c c\c{S}", "çŞ", id="cedilla"),
        pytest.param(r"na\"{\i}ve na{\"\i}ve \"i", "naïve naïve ï", id="dotless-i"),
        pytest.param(r"Stra{\ss}e \o re \aa\ x", "Straße øre å x", id="letters"),
        pytest.param(r"Erd{\H o}s Erd\H{o}s", "Erdős Erdős", id="double-acute"),
        pytest.param(r"{\~{\^e}} \'{\^e}", "ễ ế", id="stacked"),
        pytest.param(r"\a'e{\a`o} Franc\ocirc{u}", "éò Franců", id="other names of accents"),
        pytest.param(r"\v{S}koda {\L}{\'o}d\'z \k{a}", "Škoda Łódź ą", id="slavic"),
        pytest.param(r"$\ell_2$-norm", r"$\ell_2$-norm", id="mathematics-stays"),
        pytest.param(r"$\alpha$-fair {$\alpha$} \ensuremath{\alpha}", "α-fair α α", id="one-sign"),
        pytest.param(
            r"H$_2$O, $x^{2}$, x$^{2}$, CO\textsubscript{2}",
            "H<sub>2</sub>O, $x^{2}$, x<sup>2</sup>, CO<sub>2</sub>",
            id="scripts",
        ),
        pytest.param(
            r"R\&D 50\% \#1 a\_b \$5 \{x\} ~ \textasciitilde{} \^{} \textbackslash",
            "R&D 50% #1 a_b $5 {x} ~ ^ \\",
            id="signs",
        ),
        pytest.param("a--b---c ``q'' `r'", "a–b—c “q” ‘r'", id="dashes and quotes"),
        pytest.param(
            r"\textit{E. coli} {\em all} {\bf bold} \emph{x} \mkbibemph{y}",
            "<i>E. coli</i> <i>all</i> <b>bold</b> <i>x</i> <i>y</i>",
            id="markup",
        ),
        pytest.param(r"\input{/etc/passwd} \write18{rm} ^^5c", r"\input{/etc/passwd} \write18{rm} ^^5c", id="text"),
        pytest.param(r"\csname x\endcsname \begin{verbatim}", r"\csname x\endcsname \begin{verbatim}", id="csname"),
        pytest.param("a } b { c", "a b c", id="lone-braces"),
        pytest.param("ends in \\", "ends in \\", id="backslash-at-the-end"),
        pytest.param(r"\unknownmacro stays", r"\unknownmacro stays", id="unknown macro is shown"),
        pytest.param(r"\textsc{Foo} \texttt{bar} \LaTeX{}", "Foo bar LaTeX", id="looks without a form in rich text"),
        pytest.param(r"costs \$5 and \$6", "costs $5 and $6", id="money is no mathematics"),
        pytest.param(r"\href{https://x.org/}{The Page} y", "The Page y", id="a link is its text"),
        pytest.param(r"{\MF} with \LuaTeX{}{\Dash}news", "METAFONT with LuaTeX—news", id="names of programs"),
        pytest.param(r"A {\mine}word, \mine word", r"A \mine word, \mine word", id="a name ends with its group"),
        pytest.param(r"Mauro\kern.1em-\TeX, Z\kern-.05em{\`\i} \hskip 1ex x", "Mauro-TeX, Zì x", id="distances"),
        pytest.param(
            r"Hampton Roads,$\backslash$nVirginia $\backslash$n", r"Hampton Roads, Virginia \n", id="line ends"
        ),
        pytest.param(r"a\hspace{2mm}b \vspace*{-2mm}c{\color{red} d}\phantom{x}e", "a b c d e", id="gaps and colours"),
        pytest.param(r"{$ \Omega $} A\thinspace\&\thinspace B", "Ω A & B", id="blanks in a formula"),
        pytest.param(r"\alpha x \le y", "αx ≤y", id="mathematics outside of mathematics"),
        pytest.param(
            r"\ce{CO{2}} \ce{SO4^{2-}}", "CO<sub>2</sub> SO<sub>4</sub><sup>2-</sup>", id="braces in a formula"
        ),
    ],
)
def test_decode(tex: str, text: str) -> None:
    assert decode(tex) == text


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        pytest.param("{LoRA} for all", NOCASE.format("LoRA") + " for all", id="group guards a word"),
        pytest.param(r"{\'E}tude", "Étude", id="special character guards nothing"),
        pytest.param(r"{\'{E}}cole {{\'E}cole}", "École " + NOCASE.format("École"), id="special character in a group"),
        pytest.param("{{Double}}", NOCASE.format("Double"), id="one span for two braces"),
        pytest.param(
            r"\textit{Foo} {{}\textit{Foo}}", "<i>Foo</i> " + NOCASE.format("<i>Foo</i>"), id="argument guards nothing"
        ),
        pytest.param("{$O(N)$} a{}b {}", "$O(N)$ ab", id="mathematics and empty groups"),
    ],
)
def test_decode_with_braces(tex: str, text: str) -> None:
    assert decode(tex, braces=True) == text


@pytest.mark.parametrize(
    ("text", "tex"),
    [
        pytest.param("A plain title: 1/2 (x)", "A plain title: 1/2 (x)", id="plain text is left alone"),
        pytest.param("Müller É č Ş ğ ą", r"M{\"u}ller {\'E} {\v{c}} {\c{S}} {\u{g}} {\k{a}}", id="accents"),
        pytest.param("Ł ø ß æ ı Å ő", r"{\L} {\o} {\ss} {\ae} {\i} {\r{A}} {\H o}", id="letters"),
        pytest.param("ế ệ í", r"{\'{\^ {e}}} {\d{\^ {e}}} {\'i}", id="stacked"),
        pytest.param(NOCASE.format("LoRA") + " & 100% #1 a_b $5", r"{LoRA} \& 100\% \#1 a\_b \$5", id="signs"),
        pytest.param("<i>E. coli</i> H<sub>2</sub>O x<sup>2</sup>", r"\textit{E. coli} H$_{2}$O x$^{2}$", id="markup"),
        pytest.param("a–b — “q” ’", r"a--b --- ``q'' {\textquoteright}", id="dashes and quotes"),
        pytest.param("a--b ''", "a-{}-b '{}'", id="what TeX would join is kept apart"),
        pytest.param(r"$\ell_2$ $\alpha$ α", r"{$\ell_2$} {${\alpha}$} {$\alpha$}", id="mathematics"),
        pytest.param(r"\input{x}", r"{\textbackslash}input{\textbraceleft}x{\textbraceright}", id="input"),
        pytest.param("^^5c", r"{\textasciicircum}{\textasciicircum}5c", id="caret"),
        pytest.param(
            r"$\input{x}$",
            r"\${\textbackslash}input{\textbraceleft}x{\textbraceright}\$",
            id="no-mathematics-with-commands",
        ),
        pytest.param("} @article{", r"{\textbraceright} @article{\textbraceleft}", id="braces"),
        pytest.param("ends in \\", r"ends in {\textbackslash}", id="backslash-at-the-end"),
        pytest.param(NOCASE.format("<i>Foo</i>"), r"{{}\textit{Foo}}", id="group is told from a special character"),
    ],
)
def test_encode(text: str, tex: str) -> None:
    assert encode(text) == tex
    assert decode(tex, braces=True) == text


def test_without_rich_tags_are_text() -> None:
    assert encode("<i>x</i>", rich=False) == r"{\textless}i{\textgreater}x{\textless}/i{\textgreater}"
    assert decode(r"\textit{x} {\bf y} $_2$", rich=False) == "x y 2"


@settings(deadline=None, max_examples=500)
@given(strategies.rich_text())
def test_decode_gives_back_what_was_encoded(text: str) -> None:
    tex = encode(text, raw=True)
    assert decode(tex, braces=True) == respelt(text)
    assert tex.count("{") == tex.count("}")


@settings(deadline=None, max_examples=300)
@given(strategies.clean_text())
def test_decode_gives_back_plain_text(text: str) -> None:
    assert decode(encode(text, rich=False, raw=True), rich=False) == text


@settings(deadline=None, max_examples=500)
@example("αα\U00014647α")
@example("a-\U00014647-b")
@given(strategies.rich_text())
def test_ascii_loses_the_letters_that_are_named_and_no_others(text: str) -> None:
    tex = encode(text)
    assert tex.isascii()
    assert tex.count("{") == tex.count("}")
    shown = decode(tex, braces=True)
    assert decode(encode(shown), braces=True) == shown
    if not substitutes(text):
        assert shown == respelt(text)


# The letters of the names of 12,000 people at conferences, of Vietnamese names but for hooks and horns, and of
# the writing systems of Europe.
LETTERS = (
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿĀāĂăĄąĆćĈĉĊċČčĎďĐđĒēĔĕĖėĘęĚěĜĝĞğĠġĢģĤĥĨĩĪīĬĭĮįİıĴĵĶķĹĺĻļĽľŁłŃń"
    "ŅņŇňŊŋŌōŎŏŐőŒœŔŕŖŗŘřŚśŜŝŞşŠšŢţŤťŨũŪūŬŭŮůŰűŲųŴŵŶŷŸŹźŻżŽžǍǎǏǐǑǒǓǔǦǧǨǩǪǫǰǴǵǸǹȘșȚțȨȩḌḍḠḡḤḥḰḱḶḷṀṁṂṃṄṅṆṇṚṛṢṣṬṭẀẁẂẃẄẅẒẓẠạẸẹẼẽỊịỌọỤụỲỳỴỵ"
    "ẤấẦầẪẫẬậẮắẰằẴẵẶặẾếỀềỄễỆệỐốỒồỖỗỘộ"
)


@pytest.mark.parametrize("letter", LETTERS)
def test_a_letter_of_names_survives(letter: str) -> None:
    assert decode(encode(f"a{letter}b {letter}", rich=False), rich=False) == f"a{letter}b {letter}"
    assert substitutes(letter) == {}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("Ильин", "Ilin", id="a soft sign is nothing"),
        pytest.param("أحمد", "hmd", id="so is an alef"),
        pytest.param("من؟", "mn?", id="a question mark of another script"),
        pytest.param("a⟦b", "ab", id="a sign that ASCII has not"),
        pytest.param("x ⁄ y ⁚ z", "x / y : z", id="signs that it has"),
    ],
)
def test_no_question_mark_stands_for_what_has_no_letter(text: str, shown: str) -> None:
    assert decode(encode(text, rich=False), rich=False) == shown


def test_what_plain_latex_has_no_letter_for() -> None:
    assert substitutes("Bảo Ơ 王 Иé") == {"ả": "a", "Ơ": "O", "王": "Wang", "И": "I"}


def test_greek_is_mathematics_or_a_word() -> None:
    assert encode("α and αβ") == "{$\\alpha$} and {$\\alpha$}{$\\beta$}"
    assert encode("Παπαδόπουλος", rich=False) == "Papadopoylos"
    assert encode("Παπαδόπουλος", rich=False, raw=True) == "Παπαδόπουλος"
    assert substitutes("α Ελληνικά") == {"Ελληνικά": "Ellinika"}


@settings(deadline=None, max_examples=300)
@given(strategies.hostile_text())
def test_any_tex_decodes_to_text_in_normal_form(tex: str) -> None:
    text = decode(tex, braces=True)
    assert decode(encode(text), braces=True).count("\n") == 0


@pytest.mark.parametrize(
    "piece",
    [
        "{",
        "}",
        "\\",
        "\\'",
        "{\\'",
        "$",
        "${",
        "\\textit{",
        "{\\it ",
        "\\x{",
        " ",
        "{$",
        "\\'{",
        "'",
        "\\ensuremath{",
        "\\href{",
        "$$x",
        "{{}\\",
    ],
)
def test_hostile_runs_take_linear_time(piece: str) -> None:
    assert growth(lambda count: (decode(piece * count, braces=True), encode(piece * count)), 700) < LINEAR


@pytest.mark.parametrize("content", [r"\ell_2", r"O(n \log n)", r"x^{2}", r"\mathcal{O}", r"\frac{1}{2}", "<"])
def test_mathematics_that_may_stand(content: str) -> None:
    assert is_safe_math(content)


@pytest.mark.parametrize(
    "content", [r"\input{x}", r"\def\x{y}", "^^5c", "x^^y", "a%b", "a&b", "{", "é", "\\", r"\,\write", "x_", "x~y"]
)
def test_mathematics_that_may_not_stand(content: str) -> None:
    assert not is_safe_math(content)


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        pytest.param(r"$\texttt{FedBC}$: a way", NOCASE.format("FedBC") + ": a way", id="typewriter in mathematics"),
        pytest.param(r"$\textbf{Fed}^2$", NOCASE.format("Fed") + "<sup>2</sup>", id="bold with a superscript"),
        pytest.param(r"{A $\mathtt{X}$ b}", NOCASE.format("A X b"), id="within a guarded group"),
        pytest.param(r"$\mathcal{O}(n)$", r"$\mathcal{O}(n)$", id="a formula stays one"),
        pytest.param(r"$\mathrm{d}x$", r"$\mathrm{d}x$", id="a formula with an upright letter stays one"),
        pytest.param(r"\noopsort{1973b}Sorted", "Sorted", id="noopsort"),
        pytest.param(r"{\noopsort{1973}}1973", "1973", id="noopsort in braces"),
        pytest.param(r"\enquote{A \enquote{b}}", "“A “b””", id="csquotes"),
        pytest.param(r"\enquote", r"\enquote", id="csquotes without an argument"),
        pytest.param(r"\ce{H2O} {\ce{SO4^2-}}", "H<sub>2</sub>O SO<sub>4</sub><sup>2-</sup>", id="mhchem"),
        pytest.param(r"R&amp;D, R{\&}amp;D, a &#8211; b", "R&D, R&D, a – b", id="entities"),
        pytest.param(r"&lt;x&gt;", "<x>", id="entities of brackets are no markup"),
        pytest.param(r"CO<sub>2</sub> <i>in vivo</i>", "CO<sub>2</sub> <i>in vivo</i>", id="tags"),
        pytest.param(r"a <b>x", "a <b>x", id="a tag alone stays text"),
    ],
)
def test_what_people_and_programs_leave_in_a_value_is_read(tex: str, text: str) -> None:
    assert decode(tex, braces=True) == text


def test_an_entity_that_is_meant_stays_text() -> None:
    assert decode(encode("the sign &amp; in HTML")) == "the sign &amp; in HTML"


def test_a_reader_of_the_ascii_gets_its_letters() -> None:
    assert (printable("ảb"), printable("Müller"), printable("plain")) == ("ab", "Müller", "plain")


@pytest.mark.parametrize(("tex", "text"), [("$ $", "$ $"), ("a $ $ b", "a $ $ b"), ("5 $} {$ 6", "5 $ $ 6")])
def test_dollars_around_nothing_are_dollars(tex: str, text: str) -> None:
    assert decode(tex) == text


@pytest.mark.parametrize(
    "tex",
    [
        r"\url{https://a.org/~b/c_d}",
        r"\url{https://a.org/\~{}b/c\_d}",
        r"\path{https://a.org/{\textasciitilde}b/c{\_}d}",
        r"\url{https://a.org/$\sim$b/c\_d}",
        r"\nolinkurl{https://a.org/\string~b/c_d}",
    ],
)
def test_an_address_keeps_its_signs(tex: str) -> None:
    assert decode(f"see {tex}, 2020", rich=False) == "see https://a.org/~b/c_d, 2020"


def test_of_two_spellings_the_one_for_tex_is_read() -> None:
    assert decode(r"On \texorpdfstring{$\gamma$ rays}{gamma rays} of \texorpdfstring{\textit{X}}{X}") == (
        "On γ rays of <i>X</i>"
    )


@pytest.mark.parametrize(
    ("text", "tex", "back"),
    [
        ("3×10⁻⁴", r"3{\texttimes}10$^{-4}$", "3×10<sup>-4</sup>"),
        ("x₁₂ and H₂O", "x$_{12}$ and H$_{2}$O", "x<sub>12</sub> and H<sub>2</sub>O"),
        ("F²", r"F{\texttwosuperior}", "F²"),
        ("10<sup>-4</sup>", "10$^{-4}$", "10<sup>-4</sup>"),
        ("GPT‑4 at −1", "GPT-4 at -1", "GPT-4 at -1"),
        ("a‑-b ‒ c ― d", "a-{}-b -- c --- d", "a--b – c — d"),
    ],
)
def test_small_digits_and_hyphens_of_other_kinds_keep_their_meaning_in_ascii(text: str, tex: str, back: str) -> None:
    assert encode(text) == tex
    assert decode(tex) == back
    assert encode(back) == tex
    assert encode(text, raw=True).replace("{}", "") == (text if "<" not in text else tex)
