"""How the fields of a work are written as data, in claims and in pins: CSL names, plain values.

A name is an object with `family`, `given`, `suffix`, or `literal`, or `unsplit`; a date is "2023-07", pages are
"12-34".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from fedbib.errors import BadValue
from fedbib.ids.addresses import checked
from fedbib.ids.schemes import SCHEMES
from fedbib.model.date import PartialDate
from fedbib.model.identifier import Identifier
from fedbib.model.name import Name
from fedbib.model.pages import Pages
from fedbib.model.work import (
    DATE_FIELDS,
    FACETS,
    FIELDS,
    ID_FIELDS,
    NAME_FIELDS,
    ItemType,
    Status,
    Work,
    id_fields,
    told_of,
)
from fedbib.text.plain import clean

_USUAL = frozenset({"family", "given"})
_NAME_PARTS = frozenset({"family", "given", "suffix", "literal", "unsplit"})


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise BadValue(f"must be a text, not {_shown(value)}", hint="put it in quotes")
    return clean(value)


def _date(value: object) -> PartialDate:
    return _day(_text(value))


_day = lru_cache(maxsize=1024)(PartialDate.parse)


def _pages(value: object) -> Pages | None:
    return Pages.parse(_text(value))


def _type(value: object) -> ItemType:
    try:
        return ItemType(_text(value))
    except ValueError as error:
        raise BadValue(f"unknown type {value!r}", hint="known: " + ", ".join(ItemType)) from error


def _status(value: object) -> Status:
    try:
        return Status(_text(value))
    except ValueError as error:
        raise BadValue(f"unknown status {value!r}", hint="known: " + ", ".join(Status)) from error


@lru_cache(maxsize=4096)
def _person(family: str, given: str) -> Name:
    return Name(clean(family), clean(given))


def _name(value: object) -> Name:
    if isinstance(value, dict) and value.keys() == _USUAL and value["family"]:
        family, given = value["family"], value["given"]
        if isinstance(family, str) and isinstance(given, str):
            name = _person(family, given)  # the same people are named by many claims
            if name.family:
                return name
    if not isinstance(value, dict) or not value or not _NAME_PARTS.issuperset(value):
        raise BadValue("a name is an object with family and given, or literal, or unsplit")
    parts = {part: _text(text) for part, text in value.items()}
    forms = [form for form in ("family", "literal", "unsplit") if parts.get(form)]
    if len(forms) != 1 or (forms != ["family"] and len(parts) != 1):
        raise BadValue("a name has exactly one of family, literal and unsplit")
    return Name(**parts)


def _names(value: object) -> tuple[Name, ...]:
    if not isinstance(value, list):
        raise BadValue("must be a list of names")
    return tuple(_name(item) for item in value)


def _url(value: object) -> str:
    return checked(_text(value))


_READERS: dict[str, Callable[[object], Any]] = {
    "type": _type,
    **dict.fromkeys(NAME_FIELDS, _names),
    **dict.fromkeys(DATE_FIELDS, _date),
    "page": _pages,
    "status": _status,
    "URL": _url,
}

NAMES: dict[str, str] = {
    field.replace("_", "-"): field for field in FIELDS if field not in FACETS and field not in ("key", "other_ids")
}
"""The field of `Work` for each name in data: `container-title` is `container_title`."""

_FIELD_READERS = {name: (field, _READERS.get(field, _text)) for name, field in NAMES.items()}


_told = told_of(tuple(NAMES.values()))
_NAME_OF = {field: name for name, field in NAMES.items()}
_PLAIN_FACETS = tuple(field for field in FIELDS if field in FACETS and field != "links")


def _shown(value: object) -> str:
    return {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "a table"}.get(
        type(value), "null" if value is None else "a date or time"
    )


def names() -> tuple[str, ...]:
    """Every name that data may have: `NAMES`, and the schemes of `Work.other_ids`."""
    return *NAMES, *(name for name, notation in SCHEMES.items() if notation.scheme not in ID_FIELDS)


def is_name(name: str) -> bool:
    """Whether it is one of `names`."""
    return name in NAMES or (name in SCHEMES and SCHEMES[name].scheme not in ID_FIELDS)


def load(data: Mapping[str, object]) -> Work:
    """A work with the fields in `data`; raises BadValue (with the field in `where`) for what does not fit."""
    values: dict[str, Any] = {}
    for name, value in data.items():
        take(values, name, value)
    return Work(**values)


def take(values: dict[str, Any], name: str, value: object) -> None:
    """Put what a name in data says to the fields of a work; raises BadValue like `load`."""
    try:
        if name in _FIELD_READERS:
            field, reader = _FIELD_READERS[name]
            values[field] = reader(value)
        elif is_name(name):
            id = Identifier(SCHEMES[name].scheme, _text(value))
            values["other_ids"] = id_fields((*values.get("other_ids", ()), id))["other_ids"]
        else:
            raise BadValue("unknown field")
    except BadValue as error:
        error.where = name
        raise


def dump(work: Work) -> dict[str, object]:
    """The fields of `work` that are set, in the order of `Work`; `load` of it gives them back."""
    said = {
        _NAME_OF[field]: value if type(value) is str else plain_value(value) for field, value in _told(work).items()
    }
    return said | {str(id.scheme): id.value for id in work.other_ids} if work.other_ids else said


def everything(work: Work) -> dict[str, object]:
    """`dump` with the key before and the facets after it; a link is `{label: url}`."""
    said = {"key": work.key, **dump(work)}
    for field in _PLAIN_FACETS:
        if value := getattr(work, field):
            said[field] = value if isinstance(value, str) else list(value)
    if work.links:
        said["links"] = {link.label: link.url for link in work.links}
    return said


def plain_value(value: object) -> object:
    """A value of a field as data."""
    match value:
        case str():
            return str(value)
        case PartialDate():
            return value.iso
        case Pages():
            return value.text
        case tuple():
            return [{part: text for part in Name.__slots__ if (text := getattr(name, part))} for name in value]
        case _:
            return str(value)


def display(value: object) -> str:
    """A value of a field for people, as `shown` has its data."""
    match value:
        case str():
            return str(value)
        case tuple():
            return "; ".join([name.display for name in value])
        case _:
            return shown(plain_value(value))


def shown(value: object) -> str:
    """Data for people, on one line: names are "Given Family; ...", links "label url; ..."."""
    match value:
        case list():
            return "; ".join(shown(item) for item in value)
        case dict() if value.keys() <= _NAME_PARTS:
            return Name(**value).display
        case dict():
            return "; ".join(f"{label} {url}" for label, url in value.items())
        case _:
            return str(value)
