from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.commands.conftest import Runner
from tests.formats.lists.shapes import PAPERS, SHAPES, written

CASES = Path(__file__).parents[1] / "cases" / "lists"


def rows(run: Runner, *words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("import", *words, "--format", "json").out)["rows"]
    return found


def account(said: str) -> dict[str, int]:
    """The numbers of the summary's last line."""
    last = said.strip().splitlines()[-1].partition(";")[0].partition("(")[0]
    return {what: int(number) for number, what in (part.split() for part in last.split(", "))}


def test_every_line_that_looked_like_a_paper_is_accounted_for(run: Runner) -> None:
    path = str(CASES / "numbered.md")
    found = rows(run, path, "--dry-run")
    assert [(row["what"], row["line"]) for row in found] == [
        ("new", 3),
        ("new", 4),
        ("new", 5),
        ("new", 6),
        ("new", 7),
        ("skipped", 8),
        ("skipped", 9),
        ("unsure", 10),
        ("unsure", 11),
    ]
    assert {row["file"] for row in found} == {path}
    assert found[5]["reason"].startswith("does not link to a paper")
    result = run("import", path, "--dry-run")
    assert result.code == 1
    assert account(result.err) == {"new": 5, "known": 0, "unsure": 2, "skipped": 2}
    assert "(nothing was changed)" in result.err
    assert f"  {path}:11  " in result.out


def test_several_files_in_one_run_and_one_that_cannot_be_read(run: Runner, tmp_path: Path) -> None:
    page = tmp_path / "x.xml"
    page.write_text("<?xml version='1.0'?><xml/>")
    found = rows(run, str(CASES / "fences.md"), str(page), str(CASES / "badges.md"))
    assert [row["what"] for row in found] == ["new", "new", "skipped", "refused", *["new"] * 2, "unsure", *["new"] * 3]
    assert "is XML" in found[3]["reason"]
    again = run("import", str(CASES / "fences.md"), str(CASES / "badges.md"))
    assert account(again.err) == {"new": 0, "known": 7, "unsure": 1, "skipped": 1}


def test_latin_1_is_read_with_a_warning(run: Runner, tmp_path: Path) -> None:
    path = tmp_path / "x.bib"
    path.write_bytes("@misc{a, title = {Über allem}, author = {Müller, Jörg}}".encode("latin-1"))
    result = run("import", str(path))
    assert (run.root / "entries/mulleruber.toml").read_text().startswith("# Über allem")
    assert "W06 warning: is not UTF-8" in result.err


def test_a_refused_entry_is_in_the_table_with_its_line(run: Runner) -> None:
    path = run.put("x.bib", "@misc{a, title={A}, doi={10.1000/1}}\n@misc{b, title={Open\n")
    assert [(row["what"], row["line"]) for row in rows(run, str(path))] == [("new", 1), ("refused", 2)]


def test_an_identifier_on_many_papers_is_told_once_and_keeps_none_of_them_out(run: Runner) -> None:
    titles = ("Rafts of sleeping otters", "How beavers choose trees", "Tides and the hunting of seals")
    entries = [f"@misc{{k{place}, title={{{title}}}, eprint={{1011.1669}}}}\n" for place, title in enumerate(titles)]
    path = run.put("x.bib", "".join(entries))
    result = run("import", str(path))
    assert "arxiv:1011.1669 is on 3 entries of different papers and was left out of them: lines 1, 2, 3" in result.err
    assert result.err.count("I03") == 1
    assert [(row["what"], row["left_out"]) for row in rows(run, str(path))] == [
        ("known", [{"field": "eprint", "value": "1011.1669"}])
    ] * 3


@pytest.mark.parametrize("entry", ["k, title={\\{\\}: ...}", "author={Lee, Ann}"])
def test_an_entry_without_a_title_is_found_again(run: Runner, entry: str) -> None:
    path = str(run.put("x.bib", f"@misc{{{entry}}}\n"))
    run("import", path)
    files = run.files()
    assert rows(run, path)[0]["what"] == "known"
    assert run.files() == files


def test_a_conflict_is_reported_and_the_claim_kept(run: Runner) -> None:
    run(
        "import", str(run.put("a.md", "- A Title of Many Words [KDD 2024] [[pdf]](https://arxiv.org/abs/2401.00001)\n"))
    )
    result = run(
        "import",
        str(run.put("b.md", "- A Title of Many Words [ICML 2024] [[pdf]](https://arxiv.org/abs/2401.00001)\n")),
    )
    assert "b.md:1: N02 warning" in result.err
    (claims,) = (run.root / "entries" / "claims").iterdir()
    assert {claim["origin"] for claim in json.loads(claims.read_text())["claims"]} == {"a.md", "b.md"}


def test_two_papers_with_one_identifier_are_shown_both_and_taken_apart(run: Runner) -> None:
    path = run.put(
        "x.bib",
        "@misc{a, title={Otters on Ice in Winter}, author={Lee, Ann}, doi={10.1000/1}, year={2020}}\n"
        "@misc{b, title={Weighing Beavers by Photo}, author={Roe, Jim}, doi={10.1000/1}}\n",
    )
    result = run("import", str(path))
    assert result.out.count(f"lee2020otters is at {path}:1\n  {path}:2  Weighing Beavers by Photo") == 1
    assert "I03" not in run("check").out
    for words in (("--take", "2"), ()):
        result = run("import", str(path), "--show", "left-out", *words)
        assert f"{path}:2: b: doi = 10.1000/1" in result.out
        assert sorted(entry.stem for entry in (run.root / "entries").glob("*.toml")) == [
            "lee2020otters",
            "roeweighing",
        ]
        assert "I03" not in result.err + run("check").out


def test_a_comma_for_an_and_is_told_at_the_import_and_by_check(run: Runner) -> None:
    path = run.put("x.bib", "@misc{a, title={T}, author={Ada Byron, Charles Babbage and Alan Turing}, doi={10.1000/1}}")
    result = run("import", str(path))
    assert f'{path}:1: B02 warning: "Ada Byron, Charles Babbage" is read as one person' in result.err
    assert 'W16 note: "Ada Byron, Charles Babbage" is one person here' in run("check").out


def test_merge_unites_two_records(run: Runner) -> None:
    run.put(
        "entries/one.toml",
        '# mine\nids = { arxiv = "2310.15080" } # sure\ntopics = ["prompt"]\n\n[links]\ncode = "https://a.example/1"\n',
    )
    run.put(
        "entries/two.toml",
        'ids = { acl = "2023.emnlp-main.488" }\ntopics = ["split"]\nnote = "see"\n\n[links]\nvideo = "https://a.example/2"\n\n[pin]\ntitle = "T"\n',
    )
    result = run("merge", "one", "two")
    assert (result.code, result.out) == (0, "two is now part of one\n"), result.err
    text = (run.root / "entries" / "one.toml").read_text()
    assert text.startswith("# mine\nids = {")
    assert "# sure" in text
    for part in ("2023.emnlp-main.488", "split", "see", "https://a.example/2", 'title = "T"', 'aliases = ["two"]'):
        assert part in text
    assert not (run.root / "entries" / "two.toml").exists()
    assert run("check").code in (0, 1)
    assert run("show", "two").code == 0 or run("show", "one").code == 0


def test_merge_refuses_two_papers(run: Runner) -> None:
    run.put("entries/one.toml", 'ids = { arxiv = "2310.15080" }\n')
    run.put("entries/two.toml", 'ids = { arxiv = "2401.00001" }\n')
    before = run.files()
    result = run("merge", "one", "two")
    assert result.code == 1
    assert "ids.arxiv: 2310.15080, and 2401.00001 in two" in result.err
    assert run.files() == before
    result = run("merge", "one", "two", "--anyway")
    assert result.code == 0
    assert "not kept: ids.arxiv" in result.err


@pytest.mark.parametrize("words", [("one", "one"), ("one", "none"), ("none", "one")], ids=["same", "second", "first"])
def test_merge_needs_two_records(run: Runner, words: tuple[str, str]) -> None:
    run.put("entries/one.toml", 'ids = { arxiv = "2310.15080" }\n')
    before = run.files()
    assert run("merge", *words).code == 1
    assert run.files() == before


@pytest.mark.parametrize("shape", SHAPES)
def test_a_list_of_any_shape_imports_and_a_second_time_changes_nothing(run: Runner, tmp_path: Path, shape: str) -> None:
    path = str(tmp_path / "list.md")
    Path(path).write_text(written(shape, PAPERS[::8]), encoding="utf-8")
    first = run("import", path, "--format", "json")
    assert "Traceback" not in first.err
    assert sum(account(first.err).values()) == len(json.loads(first.out)["rows"])
    before = run.files()
    second = run("import", path)
    assert account(second.err)["new"] == 0
    assert run.files() == before


def test_the_complete_json_keeps_what_no_other_format_does(run: Runner, tmp_path: Path) -> None:
    run.put(
        "entries/qin2023federated.toml",
        'ids = { arxiv = "2312.06353" }\ntopics = ["LoRA"]\ndatasets = ["QNLI"]\nmodels = ["GPT-2"]\n'
        'aliases = ["kseed", "Qin-1"]\n[links]\ncode = "https://example.org/c"\n"page 2" = "https://example.org/p"\n'
        '[pin]\ntitle = "Federated Tuning"\nauthor = ["Qin, Zhen"]\nstatus = "withdrawn"\n',
    )
    run.put(
        "entries/doe2024good.toml", '[pin]\ntype = "book"\ntitle = "Good"\nauthor = ["Doe, Ann"]\nissued = "2024"\n'
    )
    assert run("build").code == 0
    built = (run.root / "output/fedllm.full.json").read_text("utf-8")
    copy = tmp_path / "theirs.json"
    copy.write_text(built, encoding="utf-8")
    again = Runner(tmp_path / "again", run._capsys, run._monkeypatch)
    assert again("init", "--name", "fedllm", "--title", "FedLLM").code == 0
    result = again("import", str(copy))
    assert result.code == 0, result.err
    record = (again.root / "entries/qin2023federated.toml").read_text("utf-8")
    for part in ('topics = ["LoRA"]', 'datasets = ["QNLI"]', 'models = ["GPT-2"]', 'aliases = ["kseed", "Qin-1"]'):
        assert part in record
    assert again("build").code == 0
    assert (again.root / "output/fedllm.full.json").read_text("utf-8") == built
    before = again.files()
    assert "0 new, 2 known" in again("import", str(copy)).err
    assert again.files() == before


def test_an_alias_that_cannot_be_one_is_not_kept(run: Runner, tmp_path: Path) -> None:
    path = tmp_path / "x.full.json"
    aliases = json.dumps(["../evil", "doe2024good", "old"])
    work = '{"key": "%s", "title": "Good %s", "author": [{"family": "Doe"}], "issued": "2024", "aliases": %s}'
    path.write_text(f'{{"works": [{work % ("a", "things", aliases)}, {work % ("b", "apples pears plums", aliases)}]}}')
    assert run("import", str(path)).code == 0
    assert 'aliases = ["b", "old"]' in (run.root / "entries/doe2024good.toml").read_text()
    assert 'aliases = ["a"]' in (run.root / "entries/doe2024goodb.toml").read_text()
    assert run("build").code == 0
    assert not list(run.root.rglob("*evil*")), "a key that is no file name makes no page"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "x.rst",
            (
                "Otters\n======\n\n* `Otters on Ice in Winter <https://arxiv.org/abs/2401.00001>`_, Ann Lee, Bo Li. ICML 2024.\n"
                "* **Slow Otters in Fast Rivers**. Zoë Müller, Bo Li. https://arxiv.org/abs/2401.00002\n"
            ),
        ),
        (
            "x.org",
            (
                "#+TITLE: Otters\n* 2024\n- [[https://arxiv.org/abs/2401.00001][Otters on Ice in Winter]], Ann Lee, Bo Li. ICML 2024.\n"
                "- [[https://arxiv.org/abs/2401.00002][Slow Otters in Fast Rivers]], Zoë Müller, Bo Li\n"
            ),
        ),
    ],
    ids=["restructuredtext", "org"],
)
def test_lists_in_other_markup_are_read(run: Runner, name: str, text: str) -> None:
    found = rows(run, str(run.put(name, text)), "--dry-run")
    assert [row["title"] for row in found if row["what"] == "new"] == [
        "Otters on Ice in Winter",
        "Slow Otters in Fast Rivers",
    ]


def test_a_link_on_two_papers_is_for_a_person_also_when_one_of_them_is_known(run: Runner) -> None:
    address = "https://arxiv.org/abs/2401.00001"
    text = (
        f"| Title | Paper |\n|---|---|\n| Otters on Ice in Winter | [pdf]({address}) |\n"
        f"| Weighing Beavers by Photo alone | [pdf]({address}) |\n"
    )
    path = str(run.put("../a.md", text))
    for outcome in ("new", "known"):
        assert [row["what"] for row in rows(run, path)] == [outcome, "unsure"]


def test_what_was_learnt_of_a_list_is_told(run: Runner) -> None:
    text = "".join(
        f"- [Otters in Winter, Part {number}](https://arxiv.org/abs/2401.0000{number}) (ICML 2024)\n"
        for number in range(5)
    )
    before = run.files()
    result = run("import", str(run.put("../a.md", text)), "--explain")
    assert result.code == 0, result.err
    assert "5 rows: item link" in result.out
    assert "link: title (5 of 5)" in result.out
    assert "( after: venue (5 of 5, 100% of them agree)" in result.out
    assert run.files() == before
