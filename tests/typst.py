"""What Typst prints of a bibliography, entry by entry."""

from __future__ import annotations

import html
import re
from pathlib import Path

import typst


def printed(text: str, style: str, folder: Path, ending: str = "bib") -> list[str]:
    """The entries in the order of the style, as plain text."""
    (folder / f"works.{ending}").write_text(text, "utf-8")
    (folder / "works.typ").write_text(f'#bibliography("works.{ending}", style: "{style}", full: true)\n', "utf-8")
    page = typst.compile(str(folder / "works.typ"), format="html")
    assert isinstance(page, bytes)
    entries = re.findall(r"<li>(.*?)</li>", page.decode(), re.DOTALL)
    return [" ".join(html.unescape(re.sub(r"<[^<>]+>", "", entry)).split()) for entry in entries]
