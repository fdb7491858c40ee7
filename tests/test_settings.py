from __future__ import annotations

from typing import Any

import pytest

from fedbib.errors import BadSettings
from fedbib.settings import DEFAULT_SECTIONS, parse

SOURCES = {"arxiv": ("api",), "acl": ("site", "data")}


def test_no_setting_is_needed() -> None:
    settings = parse({}, "fedbib.toml", SOURCES)
    assert (settings.entries, settings.output, settings.readme) == ("entries", "output", "README.md")
    assert settings.about.sections == DEFAULT_SECTIONS


def test_what_can_be_set() -> None:
    data = {
        "name": "fedllm",
        "sections": [{"title": "Applications", "topic": "application"}],
        "sources": {"arxiv": {"api": "http://127.0.0.1:1/api/"}, "acl": {"on": False}},
        "models": {"GPT-2": ["GPT two"]},
    }
    settings = parse(data, "fedbib.toml", SOURCES)
    assert settings.about.sections[0].kind == "topic"
    assert settings.bases["arxiv"] == {"api": "http://127.0.0.1:1/api"}
    assert settings.off == {"acl"}
    assert {facet: known.term("gpt TWO") for facet, known in settings.vocabularies.items()} == {"models": "GPT-2"}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param({"nmae": "x"}, "did you mean `name`?", id="typo"),
        pytest.param({"name": 1}, "name must be a text", id="number"),
        pytest.param({"name": "../x"}, "must be letters", id="name"),
        pytest.param({"name": "-rf"}, "begins with '-'", id="name that is an option"),
        pytest.param({"name": "Con"}, "name of a device", id="name that is a device"),
        pytest.param({"output": "a/aux.d/b"}, "name of a device", id="folder that is a device"),
        pytest.param({"output": "a\0b"}, "output holds U+0000", id="NUL"),
        pytest.param({"title": "a\u001b[2Jb"}, "title holds U+001B", id="ESC"),
        pytest.param({"style": "a\u202ecsl.x"}, "style holds U+202E", id="right to left"),
        pytest.param({"topics": {"a": ["b\u200bc"]}}, "topics.a holds U+200B", id="zero width"),
        pytest.param({"topics": {"a\u2066": []}}, "topics holds U+2066", id="hidden in a name"),
        pytest.param({"sections": [{"title": "a\ufeff"}]}, "sections.title holds U+FEFF", id="hidden in a list"),
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
        pytest.param({"models": {"a": [], "b": ["A"]}}, "'A' is a spelling of 'a' and of 'b'", id="alias-twice"),
    ],
)
def test_what_makes_no_sense_is_named(data: dict[str, Any], words: str) -> None:
    with pytest.raises(BadSettings) as error:
        parse(data, "fedbib.toml", SOURCES)
    assert words in str(error.value)


@pytest.mark.parametrize(
    "data",
    [
        {"sources": {"arxiv": {"api": "https://ann:secret@x.example/api"}}},
        {"contact": "https://ann:secret@x.example/"},
    ],
)
def test_a_password_in_an_address_is_refused_and_not_repeated(data: dict[str, Any]) -> None:
    with pytest.raises(BadSettings, match="holds a user name or password") as caught:
        parse(data, "fedbib.toml", SOURCES)
    assert "secret" not in str(caught.value)


def test_an_emoji_in_a_title_and_a_mail_address_stay() -> None:
    settings = parse({"title": "Papers \u2764\ufe0f", "contact": "ann@x.example"}, "fedbib.toml", SOURCES)
    assert (settings.about.title, settings.contact) == ("Papers \u2764\ufe0f", "ann@x.example")
