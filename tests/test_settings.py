from __future__ import annotations

import copy
import re
from pathlib import Path
from typing import Any

import pytest

from fedbib.errors import BadFile, BadSettings
from fedbib.model.about import About, Section
from fedbib.settings import DEFAULT_SECTIONS, Ages, Settings, find, parse
from fedbib.text.capitals import protect
from fedbib.text.markup import segments

SOURCES = {"arxiv": ("api",), "acl": ("site", "data")}


def test_no_setting_is_needed() -> None:
    assert parse({}, "fedbib.toml", SOURCES) == Settings(
        about=About("bibliography", "Bibliography", "", DEFAULT_SECTIONS),
        entries="entries",
        output="output",
        readme="README.md",
        site=True,
        templates="",
        style="acl",
        contact="",
        bases={},
        off=frozenset(),
        ages=Ages(young_preprint=6, preprint=30, young=30, published=180),
        vocabularies={},
    )
    assert [(section.title, section.kind) for section in DEFAULT_SECTIONS] == [
        ("Published Papers", "published"),
        ("Preprints", "preprints"),
    ]
    assert Settings() == parse({}, "fedbib.toml", SOURCES)


def test_what_can_be_set() -> None:
    data = {
        "name": "fed_llm-2",
        "title": "Federated LLMs",
        "description": "Papers.",
        "sections": [
            {"title": "Applications", "topic": "application", "text": "Where it is used."},
            {"title": "All", "kind": "published"},
            {"title": "New", "kind": "preprints"},
            {"title": "Twice", "kind": "topic", "topic": "x"},
        ],
        "sources": {
            "arxiv": {"api": "http://127.0.0.1:1/api/", "on": True},
            "acl": {"on": False, "data": "http://h/d"},
        },
        "entries": "papers",
        "output": "docs/out",
        "readme": "docs/LIST.markdown",
        "site": False,
        "templates": "look",
        "style": "styles/own.csl",
        "contact": "ann@x.example",
        "ages": {"young-preprint": 0, "preprint": 1, "young": 2, "published": 36500},
        "topics": {"privacy": []},
        "datasets": {"Synthetic": ["made up"]},
        "models": {"GPT-2": ["GPT two"]},
    }
    before = copy.deepcopy(data)
    settings = parse(data, "fedbib.toml", SOURCES)
    assert settings == Settings(
        about=About(
            "fed_llm-2",
            "Federated LLMs",
            "Papers.",
            (
                Section("Applications", "topic", "application", "Where it is used."),
                Section("All", "published"),
                Section("New", "preprints"),
                Section("Twice", "topic", "x"),
            ),
        ),
        entries="papers",
        output="docs/out",
        readme="docs/LIST.markdown",
        site=False,
        templates="look",
        style="styles/own.csl",
        contact="ann@x.example",
        bases={"arxiv": {"api": "http://127.0.0.1:1/api"}, "acl": {"data": "http://h/d"}},
        off=frozenset({"acl"}),
        ages=Ages(young_preprint=0, preprint=1, young=2, published=36500),
        vocabularies=settings.vocabularies,
    )
    words = {"topics": "Privacy", "datasets": "MADE-UP", "models": "gpt TWO"}
    assert {facet: known.term(words[facet]) for facet, known in settings.vocabularies.items()} == {
        "topics": "privacy",
        "datasets": "Synthetic",
        "models": "GPT-2",
    }
    assert data == before


def test_no_list_no_style_and_the_folder_itself_can_be_said() -> None:
    settings = parse({"readme": "", "style": "", "output": "."}, "fedbib.toml", SOURCES)
    assert (settings.readme, settings.style, settings.output) == ("", "", ".")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param({"nmae": "x"}, "did you mean `name`?", id="typo"),
        pytest.param({"name": 1}, "name must be a text", id="number"),
        pytest.param({"name": "../x"}, "must be letters", id="name"),
        pytest.param({"name": "-rf"}, "begins with '-'", id="name that is an option"),
        pytest.param({"name": "Con"}, "name of a device", id="name that is a device"),
        pytest.param({"output": "a/aux.d/b"}, "name of a device", id="folder that is a device"),
        pytest.param({"output": "a\0b"}, "output contains U+0000", id="NUL"),
        pytest.param({"title": "a\u001b[2Jb"}, "title contains U+001B", id="ESC"),
        pytest.param({"style": "a\u202ecsl.x"}, "style contains U+202E", id="right to left"),
        pytest.param({"topics": {"a": ["b\u200bc"]}}, "topics.a contains U+200B", id="zero width"),
        pytest.param({"topics": {"a\u2066": []}}, "topics contains U+2066", id="hidden in a name"),
        pytest.param({"sections": [{"title": "a\ufeff"}]}, "sections.title contains U+FEFF", id="hidden in a list"),
        pytest.param({"output": "../out"}, "leads out of", id="parent"),
        pytest.param({"output": "/etc"}, "leads out of", id="root"),
        pytest.param({"output": "C:\\x"}, "leads out of", id="drive"),
        pytest.param({"sources": {"arxvi": {}}}, "did you mean `arxiv`?", id="source"),
        pytest.param({"sources": {"arxiv": {"url": "x"}}}, "unknown name in sources.arxiv", id="base"),
        pytest.param({"sources": {"arxiv": {"on": "yes"}}}, "must be true or false", id="flag"),
        pytest.param({"sections": [{"title": "x"}]}, "needs a title and", id="section"),
        pytest.param({"sections": ["x"]}, "a list of tables", id="sections"),
        pytest.param({"sections": "x"}, "a list of tables", id="sections-text"),
        pytest.param({"topics": ["x"]}, "topics must be a table", id="topics"),
        pytest.param({"models": {"GPT-2": "GPT2"}}, "models.GPT-2 must be a list of other spellings", id="aliases"),
        pytest.param({"models": {"GPT-2": [2]}}, "models.GPT-2 must be a list of other spellings", id="alias"),
        pytest.param({"models": {"DataJuicer-1": {"3B": []}}}, "models.DataJuicer-1 must be", id="dotted-term"),
        pytest.param(
            {"models": {"a": [], "b": ["A"]}}, "models: 'A' is a spelling of 'a' and of 'b'", id="alias-twice"
        ),
        pytest.param({"title": ["x"]}, "title must be a text, not ['x']", id="list for a text"),
        pytest.param({"description": None}, "description must be a text", id="nothing for a text"),
        pytest.param({"site": 1}, "site must be true or false, not 1", id="number for a flag"),
        pytest.param({"sources": []}, "sources must be a table", id="sources-list"),
        pytest.param({"sources": {"arxiv": "off"}}, "unknown source `arxiv`", id="source that is no table"),
        pytest.param({"sources": {"arxiv": {"api": 1}}}, "api must be a text", id="base that is none"),
        pytest.param({"sections": [{"kind": "published"}]}, "needs a title", id="section without a title"),
        pytest.param({"sections": [{"title": "x", "kind": "topic"}]}, "or a topic", id="topic that is not named"),
        pytest.param(
            {"sections": [{"title": "x", "kind": "published", "topic": "y"}]}, "or a topic", id="topic of a year list"
        ),
        pytest.param({"sections": [{"title": "x", "kind": "years"}]}, "or a topic", id="kind that there is not"),
        pytest.param({"sections": [{"titel": "x"}]}, "unknown name in sections `titel`", id="name in a section"),
        pytest.param({"ages": {"young": -1}}, "young must be a number of days from 0 to 36500, not -1", id="age below"),
        pytest.param({"ages": {"young": 36501}}, "from 0 to 36500, not 36501", id="age above"),
        pytest.param({"ages": {"young": True}}, "from 0 to 36500, not True", id="age that is a flag"),
        pytest.param({"ages": {"preprint": "30"}}, "preprint must be a number of days, not '30'", id="age in words"),
        pytest.param({"ages": {"young_preprint": 3}}, "unknown name in ages `young_preprint`", id="age with _"),
        pytest.param({"entries": ""}, "entries = '' is empty", id="no folder for records"),
        pytest.param({"output": ""}, "output = '' is empty", id="no folder for outputs"),
        pytest.param(
            {"entries": "."}, "entries = '.' is the collection's own folder; give another", id="records everywhere"
        ),
        pytest.param({"templates": "../look"}, "templates = '../look' leads out", id="templates"),
        pytest.param({"style": "../x.csl"}, "style = '../x.csl' leads out", id="style"),
        pytest.param({"readme": "../README.md"}, "readme = '../README.md' leads out", id="list outside"),
        pytest.param({"readme": "list.txt"}, "readme = 'list.txt' must be a .md file", id="list in another format"),
        pytest.param(
            {"output": "entries/out"}, "output = 'entries/out' overlaps with entries = 'entries'", id="inside"
        ),
        pytest.param({"output": "Entries"}, "overlaps with entries", id="the same but for case"),
        pytest.param({"entries": "output/site"}, "overlaps with entries", id="records among pages"),
        pytest.param({"templates": "output/site/look"}, "overlaps with templates", id="look among pages"),
        pytest.param({"output": "look/out", "templates": "look"}, "overlaps with templates", id="pages in the look"),
        pytest.param(
            {"sources": {"arxiv": {"api": "https://\u0430rxiv.org/api"}}},
            "the host of the address in api has letters outside ASCII",
            id="a host that looks like another",
        ),
        pytest.param({"contact": "https://\u0430nn.example/"}, "the host of the address in contact", id="a contact's"),
        pytest.param({"venues": {"fl": 1}}, "venues.fl must be a table", id="venue that is no table"),
        pytest.param({"venues": {"fl": {"kind": "workshop"}}}, "`fl` is not a known venue, so it needs", id="no label"),
        pytest.param(
            {"venues": {"f l": {}}}, "venues.f l: the id of a venue has only lower-case", id="name of a venue"
        ),
        pytest.param({"venues": {"icml": {"kind": "conf"}}}, "unknown kind of venue `conf`", id="kind of venue"),
        pytest.param({"venues": {"icml": {"tilte": "x"}}}, "unknown name in venues.icml `tilte`", id="key of a venue"),
        pytest.param({"venues": {"icml": {"title": "{0.x}"}}}, "but no other braces", id="braces in a title"),
        pytest.param({"venues": {"icml": {"title": "{nth}", "first": 0}}}, "so `first` must give", id="count"),
        pytest.param({"venues": {"icml": {"titles": {"24": "x"}}}}, "'24' is not a year", id="year of a title"),
        pytest.param({"venues": {"icml": {"titles": {"2024": 1}}}}, "1 is not a text", id="title of a year"),
        pytest.param({"venues": {"icml": {"first": -1}}}, "venues.icml.first must be a year from 0", id="first year"),
        pytest.param({"venues": {"icml": {"spellings": ["x" * 501]}}}, "longer than 500 characters", id="long name"),
        pytest.param(
            {"venues": {"a": {"short": "FL", "kind": "journal"}, "b": {"short": "fl", "kind": "journal"}}},
            "'fl' is a spelling of `a` and of `b`",
            id="two venues of one name",
        ),
        pytest.param({"capitals": {"keep": ["flower"]}}, "'flower' must be a name", id="no capital"),
        pytest.param({"capitals": {"keep": ["A_b"]}}, "'A_b' must be a name", id="mark in a name"),
        pytest.param({"capitals": {"keep": "Flower"}}, "capitals.keep must be a list of texts", id="capitals"),
        pytest.param({"capitals": {"kept": []}}, "unknown name in capitals `kept`", id="key of capitals"),
        pytest.param({"topics": {"a": {"under": "b"}}}, "'a' is under 'b', which is not a term", id="under nothing"),
        pytest.param(
            {"topics": {"a": {"under": "b"}, "b": {"under": "a"}}}, "is under itself", id="a circle of topics"
        ),
        pytest.param({"topics": {"a": {"under": 1}}}, "topics.a.under must be a text", id="under a number"),
        pytest.param({"topics": {"a": {"under": "a", "x": 1}}}, "unknown name in topics.a `x`", id="key of a topic"),
        pytest.param(
            {"links": {"Blog": ["x"]}}, "links.Blog: a kind of link has only lower-case letters", id="kind of links"
        ),
        pytest.param({"links": {"blog": "x"}}, "links.blog must be a list of texts", id="words of a kind"),
        pytest.param({"list": {"forms": "../x"}}, "leads out of", id="forms elsewhere"),
        pytest.param({"list": {"order": "oldest"}}, "unknown order `oldest`", id="order of a list"),
        pytest.param({"list": {"form": "x"}}, "unknown name in list `form`", id="key of a list"),
        pytest.param({"list": {"forms": "output"}}, "overlaps with list.forms", id="forms among outputs"),
        pytest.param({"name": ""}, "must be letters, digits, '-' and '_'", id="no name"),
        pytest.param({"name": "a b"}, "name = 'a b' must be letters", id="blank in a name"),
    ],
)
def test_what_makes_no_sense_is_named(data: dict[str, Any], words: str) -> None:
    with pytest.raises(BadSettings) as error:
        parse(data, "fedbib.toml", SOURCES)
    assert words in str(error.value)
    assert error.value.where == "fedbib.toml"


@pytest.mark.parametrize(
    "data",
    [
        {"sources": {"arxiv": {"api": "https://ann:secret@x.example/api"}}},
        {"contact": "https://ann:secret@x.example/"},
    ],
)
def test_a_password_in_an_address_is_refused_and_not_repeated(data: dict[str, Any]) -> None:
    with pytest.raises(BadSettings, match="contains a user name or password") as caught:
        parse(data, "fedbib.toml", SOURCES)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "data",
    [
        {"output": "entries-out"},
        {"entries": "out/entries", "output": "out"},
        {"templates": "output/look"},
        {"output": ".", "entries": "e", "templates": "look"},
        {"readme": "LIST.MD"},
        {"contact": "J\u00f6rg"},
        {"contact": "https://x.example/J\u00f6rg"},
        {"contact": "https://x.example/people/@ann"},
    ],
)
def test_what_only_looks_wrong_is_taken(data: dict[str, Any]) -> None:
    settings = parse(data, "fedbib.toml", SOURCES)
    assert {name: getattr(settings, name) for name in data} == data


def test_an_unknown_name_comes_with_those_that_are_known() -> None:
    with pytest.raises(BadSettings) as caught:
        parse({"sources": {"zzz": {}}}, "fedbib.toml", SOURCES)
    assert str(caught.value) == "fedbib.toml: unknown source `zzz`\n  hint: known: acl, arxiv"
    with pytest.raises(BadSettings) as caught:
        parse({"sources": {"acl": {"dat": "x"}}}, "fedbib.toml", SOURCES)
    assert (
        str(caught.value)
        == "fedbib.toml: unknown name in sources.acl `dat`, did you mean `data`?\n  hint: known: data, on, site"
    )
    with pytest.raises(BadSettings, match="unknown name in the settings `zzz`"):
        parse({"zzz": 1}, "fedbib.toml", SOURCES)


def test_what_hides_is_to_be_deleted_and_what_holds_a_password_is_to_go() -> None:
    for data, hint in (({"title": "a\u200bb"}, "delete it"), ({"contact": "https://a@x.example"}, "remove it")):
        with pytest.raises(BadSettings) as caught:
            parse(data, "fedbib.toml", SOURCES)
        assert (caught.value.hint, caught.value.where) == (hint, "fedbib.toml")
    cases: tuple[tuple[dict[str, Any], str], ...] = (
        ({"title": "a\u200bb"}, "title contains U+200B ZERO WIDTH SPACE"),
        ({"sections": [{"title": "a\u200bb"}]}, "sections.title contains U+200B ZERO WIDTH SPACE"),
        ({"name": "-rf"}, "name = '-rf' has a name that begins with '-'"),
    )
    for settings, message in cases:
        with pytest.raises(BadSettings) as caught:
            parse(settings, "fedbib.toml", SOURCES)
        assert caught.value.message == message
    with pytest.raises(BadSettings, match=r"a name contains U\+200B"):
        parse({"a\u200b": 1}, "fedbib.toml", SOURCES)
    with pytest.raises(BadSettings, match=r"models\.GPT-2 contains U\+200B"):
        parse({"models": {"GPT-2": ["a", "b\u200bc"]}}, "fedbib.toml", SOURCES)


# Venues and capitals of a collection ----------------------------------------------------------------------------------


def test_own_venues_stand_over_the_register() -> None:
    venues = {
        "fl-day": {
            "short": "FL Day",
            "kind": "workshop",
            "title": "{nth} Day of FL",
            "first": 2020,
            "spellings": ["FLD"],
        },
        "icml": {"short": "Int. Conf. ML", "spellings": ["TPAMI"], "titles": {"2024": "Another title"}},
    }
    found = parse({"venues": venues}, "fedbib.toml", SOURCES).register
    day, icml, taken = (found.find(name) for name in ("fld 2024", "ICML", "TPAMI"))
    assert day
    assert icml
    assert (day.short, day.kind, day.full_title(2024)) == ("FL Day", "workshop", "5th Day of FL")
    assert (icml.short, icml.kind) == ("Int. Conf. ML", "conference")
    assert icml.full_title(2024) == "Another title"
    assert icml.full_title(2023) == "Proceedings of the 40th International Conference on Machine Learning"
    assert taken is icml
    assert Settings().register.find("fld") is None


def test_own_capitals_stand_beside_the_known_ones() -> None:
    keep = parse({"capitals": {"keep": ["Flower", "Blue Sky"], "drop": ["Bayesian"]}}, "fedbib.toml", SOURCES)
    title = "Flower for Bayesian Learning under a Blue Sky"
    assert plain_spans(protect(title, keep.capitals)) == ["Flower", "Blue", "Sky"]
    assert plain_spans(protect(title)) == ["Bayesian"]


def plain_spans(title: str) -> list[str]:
    return [run.text for run in segments(title) if "nocase" in run.styles]


def test_the_reference_has_every_key() -> None:
    text = (Path(__file__).parents[1] / "docs/settings.md").read_text("utf-8")
    tables: dict[str, Any] = {"venues": {"x": {"": 1}}, "capitals": {"": 1}, "ages": {"": 1}, "discover": {"": 1}}
    tables["publish"] = {"": 1}
    wrong: list[dict[str, Any]] = [{"": 1}, {"sections": [{"": 1}]}, *({name: table} for name, table in tables.items())]
    for data in wrong:
        with pytest.raises(BadSettings) as caught:
            parse(data, "fedbib.toml", SOURCES)
        for key in caught.value.hint.removeprefix("known: ").split(", "):
            assert re.search(
                rf"`(?:\[\[?)?{key}(?:`|\]|\.| =)|^{key} =|\[venues\.[a-z-]+\.{key}\]", text, re.MULTILINE
            ), key


def test_a_term_can_stand_under_a_wider_one() -> None:
    topics = {"PEFT": [], "LoRA": {"spellings": ["low rank"], "under": "peft"}, "QLoRA": {"under": "LoRA"}}
    known = parse({"topics": topics}, "fedbib.toml", SOURCES).vocabularies["topics"]
    assert known.named(["q-lora", "attacks"]) == ("QLoRA", "LoRA", "PEFT", "attacks")
    assert known.named(["low-rank", "PEFT"]) == ("LoRA", "PEFT")


def test_own_kinds_of_links_are_kept() -> None:
    links = {"blog post": ["blog", "medium.com"]}
    assert parse({"links": links}, "fedbib.toml", SOURCES).links == {"blog post": ("blog", "medium.com")}


# The file of the settings ---------------------------------------------------------------------------------------------


def test_the_nearest_settings_above_a_folder_count(tmp_path: Path) -> None:
    (tmp_path / "fedbib.toml").write_text('name = "outer"\n')
    inner = tmp_path / "a"
    (inner / "b" / "c").mkdir(parents=True)
    assert find(inner / "b" / "c", SOURCES) == (tmp_path, parse({"name": "outer"}, "", SOURCES))
    (inner / "pyproject.toml").write_text('[project]\nname = "x"\n')
    assert find(inner / "b", SOURCES)[0] == tmp_path
    (inner / "pyproject.toml").write_text('[tool.other]\nname = "x"\n')
    assert find(inner / "b", SOURCES)[0] == tmp_path
    (inner / "pyproject.toml").write_text('[tool.fedbib]\nname = "inner"\n')
    assert find(inner / "b", SOURCES) == (inner, parse({"name": "inner"}, "", SOURCES))
    (inner / "fedbib.toml").write_text('name = "first"\n')
    assert find(inner, SOURCES)[1].about.name == "first"


def test_a_folder_is_found_from_where_the_command_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "fedbib.toml").write_text("")
    monkeypatch.chdir(tmp_path)
    assert find(Path(), SOURCES)[0] == tmp_path


def test_where_no_settings_are_the_way_to_make_them_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadSettings) as caught:
        find(tmp_path, SOURCES)
    assert caught.value.where == str(tmp_path)
    assert caught.value.message.startswith("there is no collection here or in a folder above: no fedbib.toml")
    assert "`fedbib init`" in caught.value.hint
    with pytest.raises(BadSettings) as caught:
        find(tmp_path / "nothing", SOURCES)
    assert (caught.value.message, caught.value.where) == ("does not exist", str(tmp_path / "nothing"))


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        pytest.param("fedbib.toml", "name =", "is not TOML: ", id="no TOML"),
        pytest.param("fedbib.toml", "a = " + "[" * 100_000, "is not TOML: ", id="lists without end"),
        pytest.param("pyproject.toml", "[tool.fedbib]\nname = 1", "name must be a text, not 1", id="a wrong value"),
        pytest.param("pyproject.toml", "[tool]\nfedbib = 1", "unknown name in the settings ``", id="no table"),
    ],
)
def test_settings_that_cannot_be_used_are_named_by_their_file(tmp_path: Path, name: str, text: str, words: str) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(BadSettings) as caught:
        find(tmp_path, SOURCES)
    assert caught.value.message.startswith(words)
    assert caught.value.where == str(tmp_path / name)


def test_a_file_of_settings_is_read_within_bounds_and_in_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "fedbib.toml"
    path.write_bytes(b"#" * 1_000_000)
    assert find(tmp_path, SOURCES)[1] == Settings()
    path.write_bytes(b"#" * 1_000_001)
    with pytest.raises(BadFile, match="larger than 1,000,000 bytes"):
        find(tmp_path, SOURCES)
    path.write_bytes(b"title = '\xe9'")
    with pytest.raises(BadFile, match="is not UTF-8") as caught:
        find(tmp_path, SOURCES)
    assert caught.value.where == str(path)


def test_a_pyproject_whose_tool_is_no_table_is_somebody_elses(tmp_path: Path) -> None:
    (tmp_path / "fedbib.toml").write_text("")
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "pyproject.toml").write_text("tool = 3\n")
    assert find(tmp_path / "a", SOURCES)[0] == tmp_path


def test_an_emoji_in_a_title_and_a_mail_address_stay() -> None:
    settings = parse({"title": "Papers \u2764\ufe0f", "contact": "ann@x.example"}, "fedbib.toml", SOURCES)
    assert (settings.about.title, settings.contact) == ("Papers \u2764\ufe0f", "ann@x.example")
