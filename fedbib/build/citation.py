"""How to cite the collection itself: `CITATION.cff`, which GitHub shows, and `.zenodo.json`, for a DOI of a release."""

from __future__ import annotations

import json
from collections.abc import Iterator

from fedbib.build.outputs import Output
from fedbib.model.about import About

MARK = "fedbib build"
"""Stands in each of these files: it is ours."""
FILES = ("CITATION.cff", ".zenodo.json")


def citation(about: About) -> Iterator[Output]:
    """Both files, when the settings name whom to cite."""
    if about.published.authors:
        yield Output.of(FILES[0], _cff(about).encode())
        yield Output.of(FILES[1], _zenodo(about).encode())


def _cff(about: About) -> str:
    """Citation File Format 1.2.0 (https://github.com/citation-file-format/citation-file-format)."""
    from fedbib.formats import cff, yaml

    known = about.published
    said: dict[str, yaml.Value] = {
        "cff-version": "1.2.0",
        "message": "Please cite this collection as below.",
        "type": "dataset",
        "title": about.title,
        "abstract": about.description,
        "authors": cff.people(known.authors),
        "version": known.version,
        "doi": known.doi,
        "license": known.licence,
        "url": known.address,
        "repository-code": known.repository,
    }
    head = f"# Written by `{MARK}` from the settings.\n"
    return head + yaml.dump({name: value for name, value in said.items() if value})


def _zenodo(about: About) -> str:
    """The metadata of a deposit (https://developers.zenodo.org/#deposit-metadata)."""
    known = about.published
    said = {
        "title": about.title,
        "description": about.description or about.title,
        "upload_type": "dataset",
        "creators": [{"name": name.literal or name.inverted} for name in known.authors],
        "license": known.licence,
        "version": known.version,
        "notes": f"Made by `{MARK}`.",
    }
    return json.dumps({name: value for name, value in said.items() if value}, ensure_ascii=False, indent=1) + "\n"
