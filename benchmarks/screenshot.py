"""The pictures of the page in README and docs: `python -m benchmarks.screenshot SITE_FOLDER DOCS_FOLDER`."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from playwright.sync_api import sync_playwright

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
"""Of Chromium: in a container, and without a word to anybody."""


PICTURES: Sequence[tuple[str, int, int, Literal["light", "dark"]]] = (
    ("page.png", 1000, 720, "light"),
    ("page-phone.png", 390, 844, "dark"),
)
"""Name, width, height and colours of each."""


def main(folder: Path, pictures: Path) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for name, width, height, scheme in PICTURES:
            page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
            page.goto((folder.resolve() / "index.html").as_uri() + "#topic=LoRA")
            page.locator(".tick").first.wait_for()
            page.screenshot(path=pictures / name)
        browser.close()


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
