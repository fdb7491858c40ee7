"""`serve`: the page over HTTP on this machine, rebuilt when a record changes."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.error import HTTPError

import pytest

from fedbib.errors import BadSettings
from fedbib.site.serving import serving
from tests.commands.conftest import Runner

RECORD = '[pin]\ntitle = "{}"\ntype = "article"\nauthor = ["Che, Tianshi"]\n'


def get(url: str) -> str:
    with urllib.request.urlopen(url, timeout=10) as answer:
        text: str = answer.read().decode()
        return text


def until(url: str, wanted: str) -> str:
    for _ in range(200):
        if wanted in (text := get(url)):
            return text
        time.sleep(0.1)
    raise AssertionError(f"{wanted} is not at {url}")


def test_a_changed_record_is_on_the_page(run: Runner) -> None:
    run.put("entries/one.toml", RECORD.format("First Title"))
    command = [sys.executable, "-m", "fedbib", "-C", str(run.root), "serve", "--port", "0"]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    ) as server:
        try:
            assert server.stdout
            address = ""
            while not address:
                line = server.stdout.readline()
                assert line, "ended without serving"
                if found := re.search(r"serving (\S+)", line):
                    address = found[1]
            assert "First Title" in get(f"{address}index.html")
            run.put("entries/one.toml", RECORD.format("Second Title"))
            assert "First Title" not in until(f"{address}index.html", "Second Title")
            run.put("entries/one.toml", "not TOML")
            time.sleep(1)
            run.put("entries/two.toml", RECORD.format("Another Title"))
            until(f"{address}index.html", "Another Title")
        finally:
            server.send_signal(signal.SIGINT)
        assert server.wait(20) == 0


def test_only_files_of_the_folder_are_served(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    site = tmp_path / "site"
    (site / "works").mkdir(parents=True)
    (site / "index.html").write_text("front")
    with serving(site, "127.0.0.1", 0) as address:
        assert get(address) == "front"
        for path in ("../secret", "%2e%2e/secret", "works/", "missing"):
            with pytest.raises(HTTPError) as caught:
                get(address + path)
            assert caught.value.code == 404
            caught.value.close()
        with pytest.raises(BadSettings, match="cannot be served on"), serving(site, "127.0.0.1", int(address[17:-1])):
            pass


def test_a_collection_without_a_page_has_nothing_to_serve(run: Runner) -> None:
    run.put("fedbib.toml", "site = false\n")
    result = run("serve")
    assert (result.code, "the collection has no page" in result.err) == (1, True)
