from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from fedbib.formats import FORMATS
from fedbib.formats.vocabulary import vocabulary
from fedbib.model.work import FIELDS, ItemType

WRITTEN = ("bibtex", "biblatex", "csl-json", "ris")
ONLY_WRITTEN = ("hayagriva", "cff", "zotero")
READ_AS = {"bibtex": "bib", "biblatex": "bib"}


@pytest.mark.parametrize("name", WRITTEN)
@pytest.mark.parametrize("kind", ItemType)
def test_every_item_type_has_a_word_and_what_is_read_of_it_is_written_the_same(name: str, kind: ItemType) -> None:
    written = vocabulary(name).written
    read = vocabulary(READ_AS.get(name, name)).read
    assert written[read[written[kind]]] == written[kind]


@pytest.mark.parametrize("name", [name for name in WRITTEN if name != "csl-json"])
def test_every_type_that_is_written_has_its_fields(name: str) -> None:
    words = vocabulary(name)
    assert set(words.written.values()) <= words.fields.keys()
    carried = {field for fields in words.fields.values() for field in fields.values()}
    assert carried <= FORMATS[name].CARRIES


@pytest.mark.parametrize("name", [*WRITTEN, "bib"])
def test_what_is_read_goes_to_fields_of_a_work(name: str) -> None:
    words = vocabulary(name)
    assert {field for said in (*words.said.values(), words.other) for field in said} <= FIELDS.keys()


def test_a_table_holds_nothing_that_is_not_read() -> None:
    tables = tomllib.loads(files("fedbib").joinpath("data/formats.toml").read_text("utf-8"))
    assert set(tables) == {*WRITTEN, *ONLY_WRITTEN, "bib"}
    assert all(set(tables[name]) == {"written"} for name in ONLY_WRITTEN)
    assert {part for table in tables.values() for part in table} == {"written", "fields", "read", "said"}
    for table in tables.values():
        assert {*table.get("written", ()), *table.get("read", ())} == set(ItemType)


def test_what_all_types_say_is_said_of_each_beside_its_own() -> None:
    words = vocabulary("ris")
    assert words.said["THES"]["publisher"] == words.other["publisher"] == ("PB",)
    assert words.said["RPRT"]["collection_title"] == ("T2", "T3")
    assert not {"all", "other"} & words.said.keys()
