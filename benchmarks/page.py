"""Measure the page of a large collection in headless Chromium: `python -m benchmarks.page [COUNT]`, 10,000 by default.

In milliseconds: from the request to the first paint and to the list drawn, and from a key pressed in the search field to
the frame that shows its answer. The target for 10,000 papers is a second for the first view and 50 ms for a key.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from benchmarks.run import FEDBIB
from benchmarks.screenshot import FLAGS
from benchmarks.synthetic import write

RUNS = 5
WORDS = "federated prompt 77"
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1"
DRAWN = "performance.getEntriesByName('drawn')[0].startTime"
WATCH = """
new MutationObserver((_, watching) => {
  if (document.querySelector("#works > li .cite")) { performance.mark("drawn"); watching.disconnect(); }
}).observe(document, { childList: true, subtree: true })
"""
TYPE = """
async (words) => {
  const field = document.getElementById("q"), times = []
  for (let end = 1; end <= words.length; end++) {
    const start = performance.now()
    field.value = words.slice(0, end)
    field.dispatchEvent(new Event("input", { bubbles: true }))
    document.body.offsetHeight  // the layout counts
    times.push(performance.now() - start)
    await new Promise(requestAnimationFrame)
  }
  return times
}
"""


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name) / "collection"
        write(folder, count)
        subprocess.run([FEDBIB, "-C", str(folder), "build"], check=True, capture_output=True)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        painted, drawn, keys = [], [], []
        for _ in range(RUNS):
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.add_init_script(WATCH)
            page.goto((folder / "output" / "site" / "index.html").as_uri())
            page.locator("#works > li .cite").first.wait_for(state="attached")
            painted.append(page.evaluate(PAINTED))
            drawn.append(page.evaluate(DRAWN))
            keys += page.evaluate(TYPE, WORDS)
            page.close()
        browser.close()
    print(f"{count} papers, the median of {RUNS} visits and the worst:")
    for what, times in (("first paint", painted), ("list drawn", drawn), ("a key answered", keys)):
        print(f"{what:<16}{statistics.median(times):>8.0f} ms{max(times):>8.0f} ms")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
