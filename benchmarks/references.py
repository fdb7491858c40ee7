"""Measure the reader of printed references on labelled ones: `python -m benchmarks.references FILE [--list FIELD]`.

FILE is AnyStyle's XML: a `sequence` per reference, whose elements are its parts in order. A hash of the string puts it
into the half that rules were written with or the half that only measures. Per field: "exact" are read as they are
labelled, "other" otherwise, "unread" not at all; "extra" are read where no label is. `--list` prints what is other or
extra of the first half.
"""

from __future__ import annotations

import argparse
import hashlib
import re
from collections import Counter
from pathlib import Path
from xml.etree.ElementTree import Element

import defusedxml.ElementTree

from fedbib.references.printed import Parts, parts

FIELDS = ("people", "year", "title", "container", "volume", "pages", "doi")


def half(text: str) -> str:
    return ("tuning", "held out")[hashlib.sha256(text.encode()).digest()[0] % 2]


def folded(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold().replace("\u00ad", "")))


def labelled(sequence: Element) -> dict[str, str]:
    """The parts of a reference as they are labelled, in a form to compare; a field with several labels is left out."""
    by_tag: dict[str, list[str]] = {}
    for part in sequence:
        by_tag.setdefault(part.tag, []).append(part.text or "")
    found = {
        name: by_tag[tag][0]
        for name, tag in (("title", "title"), ("people", "author"), ("doi", "doi"))
        if tag in by_tag
    }
    if venue := by_tag.get("journal", by_tag.get("container-title")):
        found["container"] = re.sub(r"^\s*[Ii]n:?\s", "", venue[0])
    told = {name: folded(text) for name, text in found.items()}
    if match := re.search(r"(?:1[5-9]|20)\d\d", (by_tag.get("date") or [""])[0]):
        told["year"] = match[0]
    if "volume" in by_tag and (number := re.search(r"\d+", by_tag["volume"][0])):
        told["volume"] = number[0]
    if "pages" in by_tag:
        told["pages"] = " ".join(re.findall(r"\d+", by_tag["pages"][0]))
    if "doi" in told:
        told["doi"] = folded(re.sub(r"^.*?(?=10\.)", "", found["doi"]))
    return told


def ours(found: Parts) -> dict[str, str]:
    people = "" if found.are_editors or not found.names else found.people
    told = {"people": folded(people), "title": folded(found.title), "container": folded(found.container)}
    told |= {"year": found.year, "volume": found.volume, "pages": " ".join(re.findall(r"\d+", found.pages))}
    told["doi"] = next((folded(id.value) for id in found.ids if str(id).startswith("doi:")), "")
    return told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--list", choices=FIELDS)
    asked = parser.parse_args()
    counts: Counter[tuple[str, str, str]] = Counter()
    whole: Counter[tuple[str, bool, bool]] = Counter()
    for sequence in defusedxml.ElementTree.fromstring(asked.file.read_bytes()):
        text = " ".join(" ".join(part.text or "" for part in sequence).split())
        true, found = labelled(sequence), parts(text)
        said, side = ours(found), half(text)
        for name in FIELDS:
            is_known, is_read = bool(true.get(name)), bool(said[name])
            if is_known or is_read:
                equal = is_known and said[name] == true[name]
                what = "exact" if equal else "extra" if not is_known else "other" if is_read else "unread"
                counts[side, name, what] += 1
                if name == asked.list and what in ("other", "extra") and side == "tuning":
                    print(f"{text}\n   {true.get(name)}\n   {said[name]}")
        right = all(not said[name] or said[name] == true.get(name) for name in ("people", "year", "title"))
        whole[side, found.is_whole, right] += 1
    for side in ("tuning", "held out"):
        print(side)
        for name in FIELDS:
            exact, other, unread, extra = (counts[side, name, what] for what in ("exact", "other", "unread", "extra"))
            known, read = exact + other + unread, exact + other + extra
            print(
                f"  {name:<10} {known:>4} labelled: exact {exact / max(known, 1):.3f}, other {other / max(known, 1):.3f}, "
                f"unread {unread / max(known, 1):.3f}; {extra} extra; of what is read {exact / max(read, 1):.3f} exact"
            )
        print(
            f"  read whole {whole[side, True, True] + whole[side, True, False]}, of these wrong in people, year or title {whole[side, True, False]}"
        )


if __name__ == "__main__":
    main()
