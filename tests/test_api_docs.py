"""What the documents say of Python, run in a clone as a reader would."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
_BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("name", ["README.md", "docs/api.md"])
def test_the_examples_run(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    text = (ROOT / name).read_text("utf-8")
    # All but the code is blanked out, so that a failure tells the line in the document.
    kept = [(match.start(1), match.end(1)) for match in _BLOCK.finditer(text)]
    code = "".join(
        char if char == "\n" or any(start <= place < end for start, end in kept) else ""
        for place, char in enumerate(text)
    )
    examples = doctest.DocTestParser().get_doctest(code, {}, name, name, 0)
    assert examples.examples, "no example is found"
    said: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS, verbose=False)
    results = runner.run(examples, out=said.append)
    assert results.failed == 0, "".join(said)
