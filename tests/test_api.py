"""What a caller in Python meets."""

from __future__ import annotations

import ast
import json
import pydoc
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import is_dataclass
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from mypy import api as mypy

import fedbib
from fedbib.formats import FORMATS, READERS
from tests.commands.conftest import Runner

ROOT = Path(__file__).parents[1]
SETTINGS = 'name = "mine"\ntitle = "Mine"\nstyle = ""\n\n[topics]\nLoRA = ["low rank"]\n'
PETALS = """\
ids = { acl = "2023.acl-demo.54", arxiv = "2209.01188" }
topics = ["framework"]
models = ["BLOOM-176B"]
aliases = ["borzunov2022petals"]

[pin]
type = "paper-conference"
title = "Petals: Collaborative Inference"
author = ["Borzunov, Alexander"]
issued = "2023"
container-title = "Demonstrations of ACL"
container-title-short = "ACL"
DOI = "10.18653/v1/2023.acl-demo.54"
"""
KSEED = """\
ids = { arxiv = "2312.06353" }
topics = ["low rank"]

[pin]
title = "Full-Parameter Tuning"
author = ["Qin, Zhen"]
"""
ELSEWHERE = """\
waiting = "named in one list only"
ids = { arxiv = "2401.00001" }

[pin]
title = "Not Sure Yet"
"""
BIB = "@article{knuth1984, title = {Literate Programming}, author = {Knuth, Donald E.}, journal = {J}, year = 1984}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for path, text in {
        "fedbib.toml": SETTINGS,
        "entries/borzunov2023petals.toml": PETALS,
        "entries/qin2023full.toml": KSEED,
        "entries/wait2024.toml": ELSEWHERE,
    }.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    return tmp_path


@pytest.fixture
def run(folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Runner:
    return Runner(folder, capsys, monkeypatch)


@pytest.fixture
def collection(folder: Path) -> fedbib.Collection:
    return fedbib.open(folder)


# The package -------------------------------------------------------------------------------------------------------


def test_every_public_name_is_there_and_listed() -> None:
    for name in fedbib.__all__:
        assert getattr(fedbib, name) is not None
    assert set(fedbib.__all__) <= set(dir(fedbib))


def test_what_a_type_checker_sees_is_what_there_is() -> None:
    tree = ast.parse((ROOT / "fedbib" / "__init__.py").read_text("utf-8"))
    seen = {
        alias.name: node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    del seen["annotations"], seen["import_module"]
    homes: dict[str, tuple[str, ...]] = vars(fedbib)["_HOMES"]
    assert seen == {name: f"fedbib.{home}" for home, names in homes.items() for name in names}
    assert {*seen, "__version__"} == set(fedbib.__all__)


def test_help_tells_of_every_name() -> None:
    text = pydoc.plain(pydoc.render_doc(fedbib))
    for name in set(fedbib.__all__) - {"__version__"}:
        assert name in text
    assert "The collection whose settings are in `folder` or above it" in text
    assert "class Work(" in text
    assert "get(self, name" in text


def test_every_public_name_is_documented() -> None:
    text = (ROOT / "docs" / "api.md").read_text("utf-8")
    for name in set(fedbib.__all__) - {"__version__"}:
        assert f"`{name}`" in text or f"`fedbib.{name}(" in text or f"`fedbib.{name}`" in text, name
        written = getattr(fedbib, name).__doc__ or ""
        assert written, name
        assert not written.startswith(f"{name}("), f"{name}: no docstring but what dataclass makes"


def test_every_type_that_a_caller_meets_is_public() -> None:
    public = {getattr(fedbib, name) for name in fedbib.__all__}
    for value in (value for value in public if isinstance(value, type) and is_dataclass(value)):
        for name, hint in get_type_hints(value).items():
            met = {part for part in _parts(hint) if getattr(part, "__module__", "").startswith("fedbib.")}
            assert met <= public, f"{value.__name__}.{name}"


def test_a_name_that_is_none_is_an_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nope'"):
        _ = vars(fedbib)["__getattr__"]("nope")


def test_importing_loads_nothing_but_the_package() -> None:
    code = "import sys; before = set(sys.modules); import fedbib; print(*sorted(set(sys.modules) - before))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert run.stdout.split() == ["fedbib"]


CHECKED = """
from pathlib import Path

import fedbib

collection: fedbib.Collection = fedbib.open(Path("x"))
work = collection.get("arxiv:2310.15080")
if work is not None:
    title: str = work.title
    year: int | None = work.year
    names: list[str] = [name.display for name in work.author]
some: tuple[fedbib.Work, ...] = collection.select(topic=["LoRA"], status=fedbib.Status.PREPRINT, year=2024, cited="a.aux")
text: str = collection.render("bibtex", some) + fedbib.render("ris", some)
references: tuple[fedbib.Reference, ...] = collection.cite(["a", "b"], style="ieee")
problems: list[fedbib.Problem] = [p for p in collection.problems() if p.severity is fedbib.Severity.ERROR]
voices: list[fedbib.Voice] = [reason.chosen for reason in collection.explain("a")]
reading: fedbib.Reading = fedbib.read(Path("refs.bib"), format="bibtex")
try:
    fedbib.open("nowhere")
except fedbib.FedbibError as error:
    print(error.where, error.line, error.hint)
"""
REFUSED = {
    "fedbib.nope": 'Module has no attribute "nope"',
    "fedbib.open(3)": 'Argument 1 to "open" has incompatible type "int"',
    'fedbib.open().get("a").title': 'Item "None" of "Work | None" has no attribute "title"',
    'fedbib.open().select(topics="LoRA")': 'Unexpected keyword argument "topics"',
}


def test_a_type_checker_knows_the_api(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.py", tmp_path / "bad.py"
    good.write_text(CHECKED)
    bad.write_text("import fedbib\n" + "\n".join(REFUSED) + "\n")
    options = ["--strict", "--config-file", str(ROOT / "pyproject.toml"), "--hide-error-context"]
    out, err, _ = mypy.run([*options, str(good), str(bad)])
    assert err == ""
    found = [line for line in out.splitlines() if ": error: " in line]
    assert len(found) == len(REFUSED), out
    for number, (line, message) in enumerate(zip(found, REFUSED.values(), strict=True), 2):
        assert f"bad.py:{number}: error: " in line
        assert message in line


def _parts(hint: Any) -> Iterator[Any]:
    """A type and those that it is made of."""
    yield hint
    for part in get_args(hint):
        yield from _parts(part)


# A collection ------------------------------------------------------------------------------------------------------


def test_works_are_those_of_the_outputs_and_read_once(collection: fedbib.Collection, folder: Path) -> None:
    assert [work.key for work in collection.works] == ["borzunov2023petals", "qin2023full"]
    (folder / "entries" / "qin2023full.toml").unlink()
    assert len(collection.works) == 2
    assert len(fedbib.open(folder / "entries").works) == 1


def test_what_was_wrong_with_the_files_is_kept(folder: Path) -> None:
    (folder / "entries" / "bad2024.toml").write_text("ids = ")
    collection = fedbib.open(folder)
    assert [problem.code for problem in collection.faults] == ["R01"]
    assert len(collection.works) == 2


@pytest.mark.parametrize(
    "name",
    [
        "borzunov2023petals",
        "borzunov2022petals",
        "arxiv:2209.01188",
        "2209.01188v2",
        "https://arxiv.org/pdf/2209.01188",
        "10.48550/arXiv.2209.01188",
        "acl:2023.acl-demo.54",
        "https://aclanthology.org/2023.acl-demo.54/",
        "https://doi.org/10.18653/V1/2023.acl-demo.54",
        fedbib.Identifier(fedbib.Scheme.ARXIV, "2209.01188"),
    ],
)
def test_get_knows_a_work_by_each_of_its_names(collection: fedbib.Collection, name: str | fedbib.Identifier) -> None:
    work = collection.get(name)
    assert work is not None
    assert work.key == "borzunov2023petals"


@pytest.mark.parametrize("name", ["", "nope", "arxiv:1706.03762", "wait2024", "arxiv:2401.00001", "https://a.example/"])
def test_get_gives_none_for_what_is_not_in_the_outputs(collection: fedbib.Collection, name: str) -> None:
    assert collection.get(name) is None


@pytest.mark.parametrize(
    ("wanted", "keys"),
    [
        ({}, ["borzunov2023petals", "qin2023full"]),
        ({"topic": "lora"}, ["qin2023full"]),
        ({"topic": ["LoRA", "framework"]}, ["borzunov2023petals", "qin2023full"]),
        ({"topic": "LoRA", "venue": "ACL"}, []),
        ({"model": "BLOOM-176B"}, ["borzunov2023petals"]),
        ({"dataset": "GLUE"}, []),
        ({"status": fedbib.Status.PREPRINT}, ["qin2023full"]),
        ({"year": 2023, "venue": "ACL"}, ["borzunov2023petals"]),
        ({"year": "-2022"}, []),
        ({"search": "collaborative borzunov"}, ["borzunov2023petals"]),
    ],
)
def test_select_takes_what_is_asked_for(collection: fedbib.Collection, wanted: dict[str, Any], keys: list[str]) -> None:
    assert [work.key for work in collection.select(**wanted)] == keys


def test_select_takes_what_a_document_cites(collection: fedbib.Collection, tmp_path: Path) -> None:
    document = tmp_path / "paper.tex"
    document.write_text(r"\cite{borzunov2022petals, unknown1999}")
    assert [work.key for work in collection.select(cited=document)] == ["borzunov2022petals"]
    assert collection.select(cited=[str(document)], topic="LoRA") == ()
    document.write_text("nothing")
    with pytest.raises(fedbib.BadFile, match="cites nothing"):
        collection.select(cited=document)


def test_explain_says_where_a_field_is_from(collection: fedbib.Collection) -> None:
    said = {reason.field: reason.chosen.source for reason in collection.explain("arxiv:2209.01188")}
    assert (said["title"], said["arxiv"]) == ("pin", "record")


def test_explain_names_the_nearest_key(collection: fedbib.Collection) -> None:
    with pytest.raises(fedbib.WorkNotFound, match="did you mean borzunov2023petals") as error:
        collection.explain("borzunov2023petal")
    assert error.value.where == "borzunov2023petal"


def test_render_is_what_export_writes(collection: fedbib.Collection, run: Runner) -> None:
    assert collection.render("bibtex") == run("export").out
    lora = collection.select(topic="LoRA")
    assert collection.render("ris", lora) == run("export", "--format", "ris", "--topic", "LoRA").out
    assert [work.key for work in fedbib.read(fedbib.render("csl-json", lora)).works] == ["qin2023full"]


def test_every_format_that_is_written_can_be_read(collection: fedbib.Collection) -> None:
    assert set(READERS) - set(FORMATS) == {"list"}
    for format in FORMATS:
        reading = fedbib.read(collection.render(format), format)
        assert len(reading.works) == 2, format


def test_an_unknown_format_names_the_known(collection: fedbib.Collection) -> None:
    for call in (
        lambda: collection.render("bibtx"),
        lambda: fedbib.render("bibtx", ()),
        lambda: fedbib.read(BIB, "bibtx"),
    ):
        with pytest.raises(fedbib.UnknownFormat, match="did you mean bibtex") as error:
            call()
        for known in ("biblatex", "bibtex", "csl-json", "ris", "readme", "full-json"):
            assert known in error.value.hint


def test_cite_is_what_the_command_prints(collection: fedbib.Collection, run: Runner) -> None:
    references = collection.cite(["2312.06353", "borzunov2022petals", "qin2023full"])
    assert {each.key for each in references} == {"borzunov2023petals", "qin2023full"}
    printed = run("cite", "qin2023full", "borzunov2023petals").out
    assert "".join(f"{each.text}\n" for each in references) == printed
    with pytest.raises(fedbib.WorkNotFound):
        collection.cite("nope")


def test_problems_are_what_check_finds(collection: fedbib.Collection, run: Runner) -> None:
    problems = collection.problems()
    assert "O01" in {problem.code for problem in problems}
    shown = json.loads(run("check", "--format", "json").out)
    assert sorted(problem["code"] for problem in shown) == sorted(problem.code for problem in problems)
    assert run("build").code == 0
    assert "O01" not in {problem.code for problem in collection.problems()}


def test_no_collection_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(fedbib.BadSettings, match="there is no collection here or in a folder above"):
        fedbib.open(tmp_path)


# A bibliography of somebody else's ---------------------------------------------------------------------------------


def test_a_text_and_a_file_are_read_alike(tmp_path: Path) -> None:
    path = tmp_path / "refs"
    path.write_text(BIB)
    assert fedbib.read(BIB) == fedbib.read(path) == fedbib.read(path, "bibtex")
    assert [work.key for work in fedbib.read(BIB).works] == ["knuth1984"]


def test_a_file_in_an_old_encoding_is_read_with_a_word(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_bytes(BIB.replace("Knuth, Donald E.", "Müller, Jörg").encode("latin-1"))
    reading = fedbib.read(path)
    assert reading.works[0].author == (fedbib.Name("Müller", "Jörg"),)
    assert [problem.code for problem in reading.problems] == ["W06"]


def test_a_text_is_never_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "refs.bib").write_text(BIB)
    with pytest.raises(fedbib.BadValue, match="is the name of a file") as error:
        fedbib.read("refs.bib")
    assert "pathlib.Path" in error.value.hint
    with pytest.raises(fedbib.BadFile):
        fedbib.read("/etc/passwd")
