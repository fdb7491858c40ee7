"""What people fill in on the web: the text that an issue form of GitHub, or an issue template of GitLab, makes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fedbib.errors import BadValue
from fedbib.formats.lists.links import role_of_word, target_of
from fedbib.ids.addresses import checked
from fedbib.intake.pasted import pieces
from fedbib.model.work import Link
from fedbib.text.plain import clean

FIELDS = {"identifier or address": "papers", "topics": "topics", "code, slides, video": "links"}
"""The headings that are read, in small letters, and what stands under them; the form is among the package's data."""
LABELS = ("code", "slides", "video", "page", "poster", "dataset", "model", "supplement")
"""What the link of a form may be."""
_EMPTY = "_No response_"
_HEADING = re.compile(r"^#{2,3}[ \t]+(\S[^\n]*)$", re.MULTILINE)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_LINK = re.compile(
    r"(?:\[([^\[\]\n]{1,40})\]\(|(?:\b([a-z]{1,20})[ \t]{0,5}:[ \t]{0,5})?<?)(https?://[^\s()<>,]{1,2000})",
    re.IGNORECASE,
)
_LIMIT = 100_000
_MOST = 50
"""So many papers, topics or links are taken from one form."""


@dataclass(frozen=True, slots=True)
class Form:
    """What a form asks for. Its text is a stranger's."""

    papers: tuple[str, ...]
    """As `add` takes them: identifiers, links, titles, BibTeX entries."""
    topics: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    left: tuple[tuple[str, str], ...] = ()
    """Addresses that were not taken, each with the reason."""


def parse(text: str) -> Form:
    """The form in an issue's text; nothing but what stands under the headings of `FIELDS` is read. Never raises."""
    said = _sections(_COMMENT.sub("", text[:_LIMIT].replace("\r\n", "\n")))
    topics = (clean(topic) for topic in re.split(r"[,;\n]", said.get("topics", "")))
    links, left = list[Link](), list[tuple[str, str]]()
    for label, url in _links(said.get("links", "")):
        try:
            address = checked(url)
        except BadValue as error:
            left.append((url, error.message))
            continue
        if not label:
            left.append((url, "it is not clear what it leads to: write `slides:` or the like before it"))
        elif label in {link.label for link in links}:
            left.append((url, f"there is already one for {label}"))
        else:
            links.append(Link(label, address))
    papers = pieces(said.get("papers", ""))
    return Form(
        tuple(papers[:_MOST]), tuple(dict.fromkeys(filter(None, topics)))[:_MOST], tuple(links[:_MOST]), tuple(left)
    )


def _sections(text: str) -> dict[str, str]:
    """What stands under each heading that is known; of two the first."""
    said: dict[str, str] = {}
    found = list(_HEADING.finditer(text))
    ends = [*(match.start() for match in found[1:]), len(text)]
    for match, end in zip(found, ends, strict=False):
        field = FIELDS.get(clean(match[1]).casefold().rstrip(":"))
        value = text[match.end() : end].strip()
        if field and value != _EMPTY:
            said.setdefault(field, value)
    return said


def _links(text: str) -> Iterator[tuple[str, str]]:
    """The addresses of a text, each with what it leads to as the word before it or its host tells, or "" for it."""
    for match in _LINK.finditer(text):
        url = match[3].rstrip(".;")
        word = role_of_word(match[1] or match[2] or "")
        role = word or target_of(url, "").role
        yield (role if role in LABELS else ""), url
