"""`fedbib venues`, and how a collection's own venues and capitals reach its outputs."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from fedbib.cli import cli

SETTINGS = """
[venues.fl-day]
short = "FL Day"
kind = "workshop"
title = "Proceedings of the {nth} Day of Learning"
first = 2020
spellings = ["Day of Federated Learners"]

[capitals]
keep = ["Flower"]
"""
RECORD = """
[pin]
type = "paper-conference"
title = "A study of things"
author = ["Ho, Ann"]
issued = "2024"
container-title = "{}"
"""


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, ["-C", str(folder), *words], standalone_mode=False)


def collection(folder: Path) -> None:
    (folder / "entries").mkdir()
    (folder / "fedbib.toml").write_text(SETTINGS)
    for key, venue in (("a", "Day of Federated Learners 2024"), ("b", "Journal of Nobody"), ("c", "Journal of Nobody")):
        (folder / "entries" / f"{key}.toml").write_text(RECORD.format(venue))


def test_what_is_known_and_what_is_not_are_listed(tmp_path: Path) -> None:
    collection(tmp_path)
    done = run(tmp_path, "venues")
    assert "fl-day\tFL Day\tworkshop\tsettings\tProceedings of the {nth} Day of Learning" in done.stdout
    assert "\nicml\tICML\tconference\tfedbib\t" in done.stdout
    assert "Journal of Nobody\t2\tb\n" in done.stdout
    assert done.return_value == 0
    data = json.loads(run(tmp_path, "venues", "--format", "json").stdout)
    assert data["unknown"] == {"Journal of Nobody": ["b", "c"]}
    own = [venue for venue in data["known"] if venue["from"] == "settings"]
    assert [(venue["id"], venue["short"], venue["kind"]) for venue in own] == [("fl-day", "FL Day", "workshop")]
    assert "Day of Federated Learners" in own[0]["spellings"]


def test_venues_that_are_not_known_are_something_to_fix(tmp_path: Path) -> None:
    collection(tmp_path)
    done = run(tmp_path, "venues", "--unknown")
    assert (done.stdout, done.return_value) == ("Journal of Nobody\t2\tb\n", 1)
    assert "[venues]" in done.stderr
    assert json.loads(run(tmp_path, "venues", "--unknown", "--format", "json").stdout) == {
        "unknown": {"Journal of Nobody": ["b", "c"]}
    }


def test_a_name_is_told_what_it_is_taken_for(tmp_path: Path) -> None:
    collection(tmp_path)
    done = run(tmp_path, "venues", "Proc. of ICML", "FL Day 2024", "Nothing")
    assert [line.split("\t")[:3] for line in done.stdout.splitlines()] == [
        ["Proc. of ICML", "icml", "ICML"],
        ["FL Day 2024", "fl-day", "FL Day"],
    ]
    assert (done.stderr, done.return_value) == ("Nothing: is not a known venue\n", 1)
    assert json.loads(run(tmp_path, "venues", "Nothing", "--format", "json").stdout) == {"Nothing": None}


def test_the_outputs_have_the_venue_of_the_settings(tmp_path: Path) -> None:
    collection(tmp_path)
    works = {work["key"]: work for work in json.loads(run(tmp_path, "list", "--format", "json").stdout)}
    assert works["a"]["container-title-short"] == "FL Day"


def test_it_lists_without_a_collection(tmp_path: Path) -> None:
    assert run(tmp_path, "venues", "ICML").stdout.startswith("ICML\ticml\t")
    (tmp_path / "fedbib.toml").write_text("nome = 1")
    assert "unknown name" in str(run(tmp_path, "venues", "ICML").exception)


def test_a_list_is_read_with_the_venues_of_the_collection(tmp_path: Path) -> None:
    """Without them, the first heading is a topic and the other rows have the venue in their titles."""
    collection(tmp_path)
    rows = [
        "# Papers\n\n## FL Day\n\n- [A Study of Small Otters](https://arxiv.org/abs/2405.00001), 2024\n\n## Others\n",
        "- A Study of Glad Weasels, Ann Lee and Bo Li, Day of Federated Learners [[pdf]](https://arxiv.org/abs/2405.00002)",
        "- A Study of Slow Weasels, Day of Federated Learners [[pdf]](https://arxiv.org/abs/2405.00003)",
    ]
    (tmp_path / "list.md").write_text("\n".join(rows) + "\n", "utf-8")
    said = json.loads(run(tmp_path, "import", str(tmp_path / "list.md"), "--dry-run", "--format", "json").stdout)
    assert said["coverage"]["venue"] == 3
    assert [row["title"] for row in said["rows"]] == [
        "A Study of Small Otters",
        "A Study of Glad Weasels",
        "A Study of Slow Weasels",
    ]
    explained = run(tmp_path, "import", str(tmp_path / "list.md"), "--explain").stdout
    assert "after a title in running text: comma" in explained
