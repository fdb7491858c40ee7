from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fedbib.model.name import OTHERS, Name
from fedbib.text.names import from_bibtex, in_doubt, parse, several, split, split_list, to_bibtex
from tests.effort import LINEAR, growth
from tests.property import strategies

NAMES = (Path(__file__).parents[1] / "cases/names.txt").read_text("utf-8").splitlines()
"""Names of authors as "Given|Family", as the ACL Anthology (CC BY 4.0) divides them; one in forty is not only two words."""


@pytest.mark.parametrize(
    ("display", "name"),
    [
        pytest.param("Zhen Qin", Name("Qin", "Zhen"), id="two words"),
        pytest.param("Brendan McMahan", Name("McMahan", "Brendan"), id="inner capital"),
        pytest.param("Laurens van der Maaten", Name("van der Maaten", "Laurens"), id="particle"),
        pytest.param("Maria de la Cruz García", Name("de la Cruz García", "Maria"), id="particles"),
        pytest.param("Joeri Van Der Vloet", Name("Van Der Vloet", "Joeri"), id="capital-particle"),
        pytest.param("Nour El Droubi", Name("El Droubi", "Nour"), id="arabic-particle"),
        pytest.param("Arantza Díaz de Ilarraza", Name("Díaz de Ilarraza", "Arantza"), id="compound-with-particle"),
        pytest.param("Manuel J. Maña López", Name("Maña López", "Manuel J."), id="compound"),
        pytest.param("Sammy Davis Jr.", Name("Davis", "Sammy", "Jr."), id="junior"),
        pytest.param("John Smith III", Name("Smith", "John", "III"), id="third"),
        pytest.param("John Smith, Jr.", Name("Smith", "John", "Jr."), id="junior-after-comma"),
        pytest.param("Madonna", Name("Madonna"), id="one-word"),
        pytest.param("李明", Name("李明"), id="cjk-without-space"),
        pytest.param("李 明", Name("李", "明"), id="cjk-with-space"),
        pytest.param("Llama Team", Name(literal="Llama Team"), id="team"),
        pytest.param("BigScience Workshop", Name(literal="BigScience Workshop"), id="workshop"),
        pytest.param("The ATLAS Collaboration", Name(literal="The ATLAS Collaboration"), id="collaboration"),
        pytest.param("ZHEN QIN", Name("QIN", "ZHEN"), id="all-caps"),
        pytest.param("Zhen\u200b\u202e Qin", Name("Qin", "Zhen"), id="invisible"),
    ],
)
def test_split(display: str, name: Name) -> None:
    assert split(display) == name


def test_split_is_right_for_98_of_100_names_of_real_authors() -> None:
    """Compound family names are what is wrong; `python -m benchmarks.names FILE` measures a longer list."""
    parts = [line.split("|") for line in NAMES]
    right = sum(split(f"{given} {family}") == Name(family, given) for given, family in parts)
    assert len(parts) == 700
    assert right / len(parts) >= 0.98


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("Qin, Zhen", Name("Qin", "Zhen"), id="family first"),
        pytest.param("Davis, Jr., Sammy", Name("Davis", "Sammy", "Jr."), id="with suffix"),
        pytest.param("{BigScience Workshop}", Name(literal="BigScience Workshop"), id="organisation"),
        pytest.param("{Smith, Wesson and Sons}", Name(literal="Smith, Wesson and Sons"), id="organisation-with-comma"),
        pytest.param("Zhen Qin", Name(unsplit="Zhen Qin"), id="as shown"),
        pytest.param("A, B, C, D", Name("A", "C, D", "B"), id="three-commas"),
    ],
)
def test_parse(text: str, name: Name) -> None:
    assert parse(text) == name


@pytest.mark.parametrize(
    "name",
    [
        Name("Qin", "Zhen"),
        Name("van der Maaten", "Laurens"),
        Name("Davis", "Sammy", "Jr."),
        Name(literal="A, B and C"),
        Name(unsplit="Zhen Qin"),
    ],
)
def test_parse_undoes_inverted(name: Name) -> None:
    assert parse(name.inverted) == name


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param(
            "Zhen Qin, Daoyuan Chen, and Yaliang Li.", ("Zhen Qin", "Daoyuan Chen", "Yaliang Li"), id="comma and"
        ),
        pytest.param("A. Smith and B. Jones", ("A. Smith", "B. Jones"), id="and"),
        pytest.param("A. Smith & B. J.", ("A. Smith", "B. J."), id="initial keeps its dot"),
        pytest.param("Sam Davis, Jr., Ann Lee et al.", ("Sam Davis Jr.", "Ann Lee", "et al."), id="suffix-and-et-al"),
        pytest.param("A B, and, C D", ("A B", "C D"), id="a-word-and-nobody"),
        pytest.param("A B, C D, and others", ("A B", "C D", "et al."), id="others"),
        pytest.param("Sandy Anderson,, Andrea Orlando", ("Sandy Anderson", "Andrea Orlando"), id="and inside a name"),
        pytest.param("", (), id="nothing"),
    ],
)
def test_split_list(text: str, names: tuple[str, ...]) -> None:
    assert split_list(text) == names


@pytest.mark.parametrize(
    ("tex", "names"),
    [
        pytest.param("Qin, Zhen and Daoyuan Chen", (Name("Qin", "Zhen"), Name("Chen", "Daoyuan")), id="both orders"),
        pytest.param("Ludwig van Beethoven", (Name("van Beethoven", "Ludwig"),), id="von"),
        pytest.param(
            "{Lee, Ann; Roe, Bo; Moss}, Cy and Ada Day",
            (Name("Lee", "Ann"), Name("Roe", "Bo"), Name("Moss", "Cy"), Name("Day", "Ada")),
            id="a list in braces",
        ),
        pytest.param(
            "{Byron, A., Babbage, C., and Turing}, A.",
            (Name("Byron", "A."), Name("Babbage", "C."), Name("Turing", "A.")),
            id="a list with an and in braces",
        ),
        pytest.param(
            "{Lee, Ann, ROE}, Bo and {Barnes, Noble}, Ann",
            (Name("Lee, Ann, ROE", "Bo"), Name("Barnes, Noble", "Ann")),
            id="no list in braces",
        ),
        pytest.param(
            r"{\O}ystein S{\o}rensen and {\AA}ge Winther and \'{E}tienne Roe and \v{S}ime Lee",
            (Name("Sørensen", "Øystein"), Name("Winther", "Åge"), Name("Roe", "Étienne"), Name("Lee", "Šime")),
            id="a capital in TeX is no von",
        ),
        pytest.param(
            r"Ann A. L.\ Thiele and Bo\ Roe", (Name("Thiele", "Ann A. L."), Name("Roe", "Bo")), id="TeX's blank"
        ),
        pytest.param(
            r"{\textsf{R} Core Team}", (Name(literal="R Core Team"),), id="a whole that begins with a command"
        ),
        pytest.param(
            "Charles Louis Xavier Joseph de la Vall{\\'e}e Poussin",
            (Name("de la Vallée Poussin", "Charles Louis Xavier Joseph"),),
            id="de-la",
        ),
        pytest.param("de la fontaine, Jean", (Name("de la fontaine", "Jean"),), id="lower"),
        pytest.param("Smith, Jr., John", (Name("Smith", "John", "Jr."),), id="junior"),
        pytest.param(
            "{Barnes and Noble, Inc.} and Lee, Ann",
            (Name(literal="Barnes and Noble, Inc."), Name("Lee", "Ann")),
            id="organisation",
        ),
        pytest.param("{Corporate} and Sons", (Name(literal="Corporate"), Name("Sons")), id="two-names"),
        pytest.param("Lee, Ann and others", (Name("Lee", "Ann"), OTHERS), id="and others"),
        pytest.param("Lee, Ann and et~al.", (Name("Lee", "Ann"), OTHERS), id="et al. with a tie"),
        pytest.param("Ann Lee 0001 and Wang, Wei 0034", (Name("Lee", "Ann"), Name("Wang", "Wei")), id="namesakes"),
        pytest.param("Agent 1007 and Wei {0001}", (Name("1007", "Agent"), Name("0001", "Wei")), id="no namesakes"),
        pytest.param(
            "Ada Byron, Alan Turing, and Kurt Gödel",
            (Name("Byron", "Ada"), Name("Turing", "Alan"), Name("Gödel", "Kurt")),
            id="comma before and",
        ),
        pytest.param("Byron, Ada, and Turing, Alan", (Name("Byron", "Ada"), Name("Turing", "Alan")), id="comma behind"),
        pytest.param("Van Dyke, Mary Ann, and Lee, Jo", (Name("Van Dyke", "Mary Ann"), Name("Lee", "Jo")), id="double"),
        pytest.param("Ada Byron \\& Alan Turing", (Name("Byron", "Ada"), Name("Turing", "Alan")), id="ampersand"),
        pytest.param(
            "Byron, Ada & Turing, Alan", (Name("Byron", "Ada"), Name("Turing", "Alan")), id="ampersand, commas"
        ),
        pytest.param("{Ernst \\& Young}", (Name(literal="Ernst & Young"),), id="company"),
        pytest.param("Ernst \\& Young", (Name("Young", "Ernst &"),), id="words beside an ampersand"),
        pytest.param("Lee, Ann and Others", (Name("Lee", "Ann"), OTHERS), id="and Others"),
        pytest.param("Lee, Ann et al.", (Name("Lee", "Ann"), OTHERS), id="et al. behind a name"),
        pytest.param("Lee, Ann and {et al.}", (Name("Lee", "Ann"), OTHERS), id="et al. in braces"),
        pytest.param("And, Metin and Doe, J.", (Name("And", "Metin"), Name("Doe", "J.")), id="surname And"),
        pytest.param("Smith, J. and And, Metin", (Name("Smith", "J."), Name("And", "Metin")), id="surname And, last"),
        pytest.param(
            "family=Duren, given=Alex, prefix=van, useprefix=true and Guez, Ann",
            (Name("van Duren", "Alex"), Name("Guez", "Ann")),
            id="extended format",
        ),
        pytest.param(
            'family={de Long}, given={A. B.}, given-i=AB, suffix=Jr. and "family={Robert and Sons, Inc.}"',
            (Name("de Long", "A. B.", "Jr."), Name(literal="Robert and Sons, Inc.")),
            id="extended format in braces and quotes",
        ),
        pytest.param("山田 太郎 and 王小明", (Name("山田", "太郎"), Name("王小明")), id="Han family first"),
        pytest.param("Metin And and Doe, J.", (Name("And", "Metin"), Name("Doe", "J.")), id="surname And before and"),
        pytest.param("Zhang W and Li H", (Name("Zhang", "W"), Name("Li", "H")), id="PubMed's form between and"),
        pytest.param(
            "Lee K. and van der Berg J.-W. and Smith JA III",
            (Name("Lee", "K."), Name("van der Berg", "J.-W."), Name("Smith", "JA", "III")),
            id="initials with dots behind",
        ),
        pytest.param("Wei LI and Jun HE", (Name("LI", "Wei"), Name("HE", "Jun")), id="family names in capitals"),
        pytest.param("Lee, A, Doe, BC", (Name("Lee", "A"), Name("Doe", "BC")), id="initials without dots"),
        pytest.param("Ann Lee, Jr. and Bo Doe", (Name("Lee", "Ann", "Jr."), Name("Doe", "Bo")), id="suffix behind"),
        pytest.param("Lee, Ann, Jr.", (Name("Lee", "Ann", "Jr."),), id="suffix last"),
        pytest.param("Lee, Ann; Doe, Bo", (Name("Lee", "Ann"), Name("Doe", "Bo")), id="semicolons"),
        pytest.param("Ann Lee; Bo Doe", (Name("Lee", "Ann"), Name("Doe", "Bo")), id="semicolons, given name first"),
        pytest.param("Lee A, Doe BC", (Name("Lee", "A"), Name("Doe", "BC")), id="as PubMed has them"),
        pytest.param(
            "Ann Lee, Bo Doe, Cy Roe", (Name("Lee", "Ann"), Name("Doe", "Bo"), Name("Roe", "Cy")), id="commas"
        ),
        pytest.param("Lee, A., Doe, B. C.", (Name("Lee", "A."), Name("Doe", "B. C.")), id="commas all the way"),
        pytest.param("de la Cruz, Ana Maria", (Name("de la Cruz", "Ana Maria"),), id="one name of many words"),
        pytest.param("A, B, C, D", (Name("A", "C D", "B"),), id="three-commas"),
        pytest.param("{\\'E}mile Zola", (Name("Zola", "Émile"),), id="special character is upper case"),
        pytest.param("Jean {\\'e}x Zola", (Name("éx Zola", "Jean"),), id="special character is lower case"),
        pytest.param("{van der} Maaten, Laurens", (Name("van der Maaten", "Laurens"),), id="braces in a part"),
        pytest.param(
            "Knuth,Donald~E. AND Lamport,\nLeslie",
            (Name("Knuth", "Donald E."), Name("Lamport", "Leslie")),
            id="spaces and case of and",
        ),
        pytest.param(" and  and ", (), id="nothing"),
        pytest.param(
            "{{\\'E}cole} and {\\L}ukasz", (Name(literal="École"), Name("Łukasz")), id="group and special character"
        ),
    ],
)
def test_from_bibtex(tex: str, names: tuple[Name, ...]) -> None:
    assert from_bibtex(tex) == names


@pytest.mark.parametrize(
    ("names", "tex"),
    [
        pytest.param(
            (Name("van der Maaten", "Laurens"), Name("Hinton", "Geoffrey")),
            "van der Maaten, Laurens and Hinton, Geoffrey",
            id="particles",
        ),
        pytest.param((Name(literal="Barnes and Noble, Inc."),), "{Barnes and Noble, Inc.}", id="organisation"),
        pytest.param((Name("Erdős", "Pál"),), r"Erd{\H o}s, P{\'a}l", id="accents"),
        pytest.param((Name("Smith", "John", "Jr."),), "Smith, Jr., John", id="junior"),
        pytest.param((Name("Madonna"),), "Madonna", id="one-word"),
        pytest.param((Name("A, B", "C and D"),), "{A, B}, C {and} D", id="separators-in-a-part"),
        pytest.param((Name("Foo Bar"),), "{}{Foo Bar}", id="family of two words alone"),
        pytest.param((Name("others"),), "{o}thers", id="somebody-called-others"),
        pytest.param((Name(literal="É"), Name("É")), r"{{\'E}} and {\'E}", id="organisation is told from a letter"),
    ],
)
def test_to_bibtex(names: tuple[Name, ...], tex: str) -> None:
    assert to_bibtex(names) == tex
    assert from_bibtex(tex) == names


def test_unsplit_names_are_split_before_they_are_written() -> None:
    assert to_bibtex((Name(unsplit="Laurens van der Maaten"),)) == "van der Maaten, Laurens"


@settings(deadline=None, max_examples=500)
@given(strategies.names(unsplit=False))
def test_from_bibtex_undoes_to_bibtex(name: Name) -> None:
    pair = (name, Name("Qin", "Zhen"))
    assert from_bibtex(to_bibtex(pair, raw=True)) == pair
    assert to_bibtex(pair).isascii()


_PARTS = st.lists(
    st.sampled_from(["Ann", "Lee", "A.", "AB", "University", "of", "Jr", "X"]), min_size=1, max_size=4
).map(" ".join)


@settings(deadline=None)
@given(st.builds(Name, family=_PARTS, given=_PARTS, suffix=st.just("") | _PARTS))
def test_a_name_whose_parts_look_like_names_stays_one(name: Name) -> None:
    assert from_bibtex(to_bibtex([name])) == (name,)
    assert from_bibtex(to_bibtex([name, Name("Qin", "Zhen")])) == (name, Name("Qin", "Zhen"))


@settings(deadline=None)
@given(strategies.hostile_text())
def test_any_text_is_read_as_some_names(text: str) -> None:
    for name in (*from_bibtex(text), *([split(text)] if text.strip() else [])):
        assert bool(name.family) + bool(name.literal) + bool(name.unsplit) <= 1
    assert all(split_list(text))


def test_three_thousand_authors_are_all_kept() -> None:
    names = tuple(Name(f"Family{number}", "Given") for number in range(3000))
    assert from_bibtex(to_bibtex(names)) == names


@pytest.mark.parametrize("piece", ["{", "}", "\\", ", ", " and ", "{\\", "a ", "~"])
def test_hostile_runs_of_names_take_linear_time(piece: str) -> None:
    assert growth(lambda count: (from_bibtex(piece * count), split_list(piece * count)), 700) < LINEAR


@pytest.mark.parametrize(
    ("shown", "family", "given"),
    [
        ("ZHANG Wei", "Zhang", "Wei"),
        ("Wei ZHANG", "Zhang", "Wei"),
        ("NGUYEN Van An", "Nguyen", "Van An"),
        ("KIM-LEE Min-Soo", "Kim-Lee", "Min-Soo"),
        ("Jean-Pierre DUPONT", "Dupont", "Jean-Pierre"),
        ("Émile ÉLUARD", "Éluard", "Émile"),
    ],
)
def test_the_one_word_in_capitals_is_the_family_name(shown: str, family: str, given: str) -> None:
    assert split(shown) == Name(family=family, given=given)
    assert split(split(shown).display) == split(shown)


@pytest.mark.parametrize(
    ("shown", "family"),
    [
        ("YANG CAO", "CAO"), ("AJ Smith", "Smith"), ("JPS Morgan", "Morgan"), ("LI Wei", "Wei"), ("J. R. SMITH", "SMITH"),
        ("minghao zhu", "zhu"), ("Wei Zhang", "Zhang"), ("DAVID B. Smith JONES", "JONES"),
    ],
)  # fmt: skip
def test_capitals_that_say_nothing_change_nothing(shown: str, family: str) -> None:
    assert split(shown).family == family


TWO = (Name("Ho", "A"), Name("Li", "B"))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ho A, Li B", TWO),
        ("Ho A, Li B et al.", (*TWO, OTHERS)),
        ("Ho, A.; Li, B.", (Name("Ho", "A."), Name("Li", "B."))),
        ("Ho, A.;Li, B.", (Name("Ho", "A."), Name("Li", "B."))),
        ("Ho, A., Li, B.", (Name("Ho", "A."), Name("Li", "B."))),
        ("Ann Ho; Bo Li", (Name("Ho", "Ann"), Name("Li", "Bo"))),
        ("Ann Ho, Bo Li", ()),
        ("Ho, Ann", ()),
        ("One", ()),
    ],
)
def test_a_plain_text_is_a_list_of_people_where_it_says_so(text: str, names: tuple[Name, ...]) -> None:
    assert several(text) == names


@pytest.mark.parametrize(
    ("tex", "name"),
    [
        ("Ann {B}{c}d Ho", Name("Bcd Ho", "Ann")),
        ("Ann {x}y Ho", Name("xy Ho", "Ann")),
        ("Ann {X}Y Ho", Name("Ho", "Ann XY")),
        ("Ann {{x}}Y Ho", Name("Ho", "Ann xY")),
        ("Ann 1a Ho", Name("1a Ho", "Ann")),
    ],
)
def test_a_particle_is_told_by_its_first_letter_outside_of_braces(tex: str, name: Name) -> None:
    assert from_bibtex(tex) == (name,)


@pytest.mark.parametrize(
    ("display", "name"),
    [
        ("Ann Ram\u00f3n y Cajal", Name("Ram\u00f3n y Cajal", "Ann")),
        ("Jo y Cajal", Name("Cajal", "Jo y")),
        ("Jo de Ilarraza", Name("de Ilarraza", "Jo")),
        ("Ann Jo de Ilarraza", Name("de Ilarraza", "Ann Jo")),
        ("Jo Diaz de Ilarraza", Name("Diaz de Ilarraza", "Jo")),
    ],
)
def test_what_stands_before_a_particle_belongs_to_it_where_it_is_half_a_name(display: str, name: Name) -> None:
    assert split(display) == name


@pytest.mark.parametrize(
    ("tex", "told"),
    [
        ("Ada Byron, Charles Babbage and Alan Turing", "Ada Byron, Charles Babbage"),
        ("Alan Turing and Ada Byron, Charles Babbage", "Ada Byron, Charles Babbage"),
        ("A. Byron, C. Babbage and A. Turing", "A. Byron, C. Babbage"),
        (r"Ludwig van B{\"e}thoven, Ada King Byron and Alan Turing", "Ludwig van B\u00ebthoven, Ada King Byron"),
        ("Byron, Ada and Babbage, Charles", ""),
        ("Ada Byron, Charles Babbage", ""),
        ("Leiva Hercules, Luis Antonio and Turing, Alan", ""),
        ("Garc\u00eda M\u00e1rquez, Gabriel Jos\u00e9 and Alan Turing", ""),
        ("Le Cun, Yann Andr\u00e9 and Alan Turing", ""),
        ("{Ada Byron, Charles Babbage} and Alan Turing", ""),
        ("Turing, Alan Mathison and Ada Byron", ""),
        ("Ada Byron, Jr., Charles Babbage and Alan Turing", ""),
        ("University of Things, Department of Others and Alan Turing", ""),
    ],
)
def test_a_comma_that_may_stand_for_an_and_is_told_and_changes_nothing(tex: str, told: str) -> None:
    assert [name.inverted for name in in_doubt(tex)] == ([told] if told else [])
    assert {*in_doubt(tex)} <= {*from_bibtex(tex)}


@pytest.mark.parametrize(
    ("tex", "names"),
    [
        ("given=Ada, family=Byron", (Name("Byron", "Ada"),)),
        ("family=de la Cruz, given=Ana", (Name("de la Cruz", "Ana"),)),
        ("Doe, Jane, given=x", (Name("Doe", "given=x", "Jane"),)),
        ("E=mc2, Ada", (Name("E=mc2", "Ada"),)),
    ],
)
def test_a_name_is_in_the_extended_format_as_a_whole(tex: str, names: tuple[Name, ...]) -> None:
    assert from_bibtex(tex) == names


@pytest.mark.parametrize(("name", "tex"), [("Jean--Luc", "Jean{-}{-}Luc"), ("--Foo", "{-}{-}Foo")])
def test_biber_takes_no_brace_for_an_initial(name: str, tex: str) -> None:
    assert to_bibtex([Name(name, "A")]) == f"{tex}, A"


def test_pubmeds_form_is_read_between_semicolons_and_a_suffix_behind_a_whole_name() -> None:
    assert from_bibtex("Lee A; Kim BC; Park D") == (Name("Lee", "A"), Name("Kim", "BC"), Name("Park", "D"))
    assert from_bibtex("Ann Lee; Bo Kim") == (Name("Lee", "Ann"), Name("Kim", "Bo"))
    assert from_bibtex("Martin Luther King III and Ann Lee Jr.") == (
        Name("King", "Martin Luther", "III"),
        Name("Lee", "Ann", "Jr."),
    )
    assert from_bibtex("Ann IV") == (Name("IV", "Ann"),)
