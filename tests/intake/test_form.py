"""The form in which people give papers on the web."""

from __future__ import annotations

import pytest
import yaml

from fedbib.intake.form import FIELDS, Form, parse
from fedbib.model.work import Link
from tests.test_project import ROOT

FILLED = """### Identifier or address

https://arxiv.org/abs/2310.15080

### Topics

LoRA, prompt,
privacy

### Code, slides, video

https://github.com/alibaba/FederatedScope
slides: https://example.org/slides.pdf
[Poster](https://example.org/poster.pdf).

### What is to be corrected

_No response_
"""


def test_what_is_filled_in_is_read() -> None:
    assert parse(FILLED) == Form(
        ("https://arxiv.org/abs/2310.15080",),
        ("LoRA", "prompt", "privacy"),
        (
            Link("code", "https://github.com/alibaba/FederatedScope"),
            Link("slides", "https://example.org/slides.pdf"),
            Link("poster", "https://example.org/poster.pdf"),
        ),
    )


@pytest.mark.parametrize(
    ("text", "form"),
    [
        pytest.param("", Form(()), id="nothing"),
        pytest.param("Please add https://arxiv.org/abs/2310.15080", Form(()), id="not-the-form"),
        pytest.param("### Topics\r\n\r\n_No response_\r\n", Form(()), id="no-response"),
        pytest.param(
            "## Topics\n<!-- parted by commas\n### Topics\n -->\na; b\n", Form((), ("a", "b")), id="a-template"
        ),
        pytest.param("### Topics\n\na\n\n### Topics\n\nb\n", Form((), ("a",)), id="a-heading-twice"),
        pytest.param("### Other\n\nx\n\n### Topics\n\na\n", Form((), ("a",)), id="a-heading-of-others"),
        pytest.param(
            '### Identifier or address\n\n10.1145/3637528.3671865\n"A Title of a Paper"\n',
            Form(("10.1145/3637528.3671865", '"A Title of a Paper"')),
            id="two-papers",
        ),
        pytest.param(
            "### Code, slides, video\n\nhttps://example.org/a\n",
            Form(
                (),
                left=(
                    (
                        "https://example.org/a",
                        "it is not clear what it leads to: write `slides:` or the like before it",
                    ),
                ),
            ),
            id="an-address-of-anything",
        ),
        pytest.param(
            "### Code, slides, video\n\nhttps://github.com/a/b https://github.com/a/c\n",
            Form(
                (),
                links=(Link("code", "https://github.com/a/b"),),
                left=(("https://github.com/a/c", "there is already one for code"),),
            ),
            id="code-twice",
        ),
    ],
)
def test_what_stands_elsewhere_is_not(text: str, form: Form) -> None:
    assert parse(text) == form


@pytest.mark.parametrize("text", ["code: https://user:word@github.com/a", "code: https://localhost\u202e/a"])
def test_an_address_that_no_record_may_hold_is_left_out(text: str) -> None:
    form = parse(f"### Code, slides, video\n\n{text}\n")
    assert (form.links, len(form.left)) == ((), 1)


def test_much_is_cut() -> None:
    papers = "\n".join(f"arxiv:2310.{number:05}" for number in range(1000))
    topics = ", ".join(map(str, range(1000)))
    form = parse(f"### Identifier or address\n\n{papers}\n\n### Topics\n\n{topics}\n" + "x" * 1_000_000)
    assert (len(form.papers), len(form.topics)) == (50, 50)


def test_the_labels_of_the_form_are_those_that_are_read() -> None:
    form = yaml.safe_load((ROOT / ".github/ISSUE_TEMPLATE/paper.yml").read_text("utf-8"))
    labels = [part["attributes"]["label"].casefold() for part in form["body"]]
    assert [label for label in labels if label in FIELDS] == list(FIELDS)
    template = (ROOT / "fedbib/data/gitlab/paper.md").read_text("utf-8")
    assert [line[3:].casefold() for line in template.splitlines() if line.startswith("## ")] == list(FIELDS)
