from __future__ import annotations

import json

from tests.commands.conftest import Runner

OWN = (
    '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text"><info/><citation><layout/></citation>'
    "<bibliography><layout><text {}/></layout></bibliography></style>"
)


def test_a_reference_in_a_named_style(full: Runner) -> None:
    result = full("cite", "che2023federated")
    assert result.code == 0
    assert result.out.startswith("Che, ")
    assert "(2023). Federated Learning of Large Language Models" in result.out
    assert full("cite", "che2023federated", "--style", "ieee").out.startswith("[1] ")


def test_in_every_form(full: Runner) -> None:
    assert "<i>" in full("cite", "che2023federated", "--format", "html").out
    assert "<i>" in full("cite", "che2023federated", "--format", "markdown").out
    assert "<i>" not in full("cite", "che2023federated").out
    (item,) = json.loads(full("cite", "che2023federated", "--format", "json").out)
    assert item["key"] == "che2023federated"
    assert item["text"] == full("cite", "che2023federated").out.rstrip("\n")


def test_sentence_case_as_apa_asks(full: Runner) -> None:
    assert "Federated learning of large language models" in full("cite", "che2023federated", "--titles", "sentence").out


def test_a_style_of_ones_own(full: Runner) -> None:
    own = full.put("own.csl", OWN.format('variable="title"'))
    assert full("cite", "che2023federated", "--style", str(own)).out.startswith("Federated Learning of Large")
    missing = full("cite", "che2023federated", "--style", "none.csl")
    assert missing.code == 1
    assert "none.csl: no such file" in missing.err


def test_keys_that_nothing_has(full: Runner) -> None:
    result = full("cite", "che2023federatd", "che2023federated")
    assert result.code == 1
    assert "did you mean che2023federated?" in result.err
    assert result.out.startswith("Che, ")
    assert full("cite").code == 2


def test_a_style_that_sorts_nothing_keeps_the_order_of_the_keys(full: Runner) -> None:
    for keys in (("che2023federated", "borzunov2023petals"), ("borzunov2023petals", "che2023federated")):
        lines = full("cite", *keys, "--style", "ieee").out.splitlines()
        assert [line[:3] for line in lines] == ["[1]", "[2]"]
        assert ("Che" in lines[0]) == (keys[0] == "che2023federated")
        assert full("cite", *keys).out.startswith("Borzunov")


def test_the_first_mention_of_a_key_counts(full: Runner) -> None:
    lines = full(
        "cite", "che2023federated", "borzunov2023petals", "che2023federated", "--style", "ieee"
    ).out.splitlines()
    assert len(lines) == 2
    assert "Che" in lines[0]


def test_references_are_paragraphs(full: Runner) -> None:
    keys = ("che2023federated", "borzunov2023petals")
    assert full("cite", *keys, "--format", "markdown").out.count("\n\n") == 1
    assert full("cite", *keys, "--format", "html").out.count("<p>") == 2


def test_a_style_that_prints_nothing(full: Runner) -> None:
    own = full.put("own.csl", OWN.format('macro="none"'))
    result = full("cite", "che2023federated", "--style", str(own))
    assert (result.code, result.out) == (1, "")
    assert "the style prints nothing for it" in result.err


def test_everything(full: Runner) -> None:
    result = full("cite", "*", "--style", "ieee")
    assert result.code == 0
    assert len(result.out.splitlines()) == len(full("list").out.splitlines())


def test_an_earlier_key_still_works(full: Runner) -> None:
    full("rename", "che2023federated", "fedpeptao")
    assert full("cite", "che2023federated").out == full("cite", "fedpeptao").out


def settings(run: Runner, style: str) -> Runner:
    path = run.root / "fedbib.toml"
    path.write_text(f'style = "{style}"\n' + path.read_text())
    return run


def reference(run: Runner) -> str:
    assert run("build").code == 0
    page = (run.root / "output/site/works/che2023federated.html").read_text("utf-8")
    return page.partition('<p class="reference">')[2].partition("</p>")[0]


def test_the_page_has_the_reference_without_a_number(full: Runner) -> None:
    assert reference(full).startswith("Tianshi Che, ")
    assert reference(settings(full, "ieee")).startswith("T. Che <i>et al.</i>, ")


def test_the_page_may_have_none(full: Runner) -> None:
    assert reference(settings(full, "")) == ""


def test_the_page_in_a_style_of_ones_own(full: Runner) -> None:
    full.put("own.csl", OWN.format('variable="title"'))
    assert reference(settings(full, "own.csl")).startswith("Federated Learning of Large")


def test_settings_with_a_style_that_nobody_knows(full: Runner) -> None:
    result = settings(full, "iee")("build")
    assert result.code == 1
    assert "style in the settings: there is no style 'iee'" in result.err
    assert "did you mean ieee" in result.err
