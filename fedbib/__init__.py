"""fedbib keeps a curated bibliography as code.

import fedbib

collection = fedbib.open("path/to/collection")
collection.get("arxiv:2310.15080")
collection.select(topic="LoRA", year="2024-")
collection.render("bibtex")

`open` returns a Collection, `read` the content of any bibliography, and `render` works as text. Everything else here is
a type of their arguments and results; docs/api.md has examples.
"""

from __future__ import annotations

__version__ = "0.1.0"

__all__ = [
    "About",
    "Ages",
    "BadFile",
    "BadIdentifier",
    "BadSettings",
    "BadValue",
    "Claim",
    "Code",
    "Collection",
    "Discover",
    "Doubt",
    "Effect",
    "FedbibError",
    "Finding",
    "Grade",
    "Hints",
    "Identifier",
    "ItemType",
    "KeptList",
    "Link",
    "Loaded",
    "Name",
    "Notice",
    "Pages",
    "PartialDate",
    "Passed",
    "Problem",
    "Proposal",
    "Published",
    "Reading",
    "Reason",
    "Record",
    "Reference",
    "RoundTripLost",
    "Scheme",
    "Section",
    "Settings",
    "Severity",
    "State",
    "Status",
    "Submission",
    "UnknownFormat",
    "Value",
    "Version",
    "Vocabulary",
    "Voice",
    "Work",
    "WorkNotFound",
    "__version__",
    "open",
    "read",
    "render",
]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fedbib.api import open, read, render
    from fedbib.collection import Collection
    from fedbib.errors import (
        BadFile,
        BadIdentifier,
        BadSettings,
        BadValue,
        FedbibError,
        RoundTripLost,
        UnknownFormat,
        WorkNotFound,
    )
    from fedbib.model.about import About, Published, Section
    from fedbib.model.claim import Claim, Effect, Hints, Notice, State, Submission, Version
    from fedbib.model.date import PartialDate
    from fedbib.model.finding import Code, Finding, Grade
    from fedbib.model.identifier import Identifier, Scheme
    from fedbib.model.name import Name
    from fedbib.model.pages import Pages
    from fedbib.model.problem import Problem, Severity
    from fedbib.model.proposal import Proposal
    from fedbib.model.reading import Doubt, Passed, Reading, Value
    from fedbib.model.record import Record
    from fedbib.model.work import ItemType, Link, Status, Work
    from fedbib.records.folder import Loaded
    from fedbib.references.document import Reference
    from fedbib.settings import Ages, Discover, KeptList, Settings
    from fedbib.settle import Reason, Voice
    from fedbib.words.vocabulary import Vocabulary

if not TYPE_CHECKING:
    # Imported when asked for, so that `fedbib --version` does not pay for it; hidden from a type checker, which would
    # take any name for one of these.
    _HOMES = {
        "api": ("open", "read", "render"),
        "collection": ("Collection",),
        "errors": (
            "BadFile",
            "BadIdentifier",
            "BadSettings",
            "BadValue",
            "FedbibError",
            "RoundTripLost",
            "UnknownFormat",
            "WorkNotFound",
        ),
        "model.about": ("About", "Published", "Section"),
        "model.claim": ("Claim", "Effect", "Hints", "Notice", "State", "Submission", "Version"),
        "model.date": ("PartialDate",),
        "model.finding": ("Code", "Finding", "Grade"),
        "model.identifier": ("Identifier", "Scheme"),
        "model.name": ("Name",),
        "model.pages": ("Pages",),
        "model.problem": ("Problem", "Severity"),
        "model.proposal": ("Proposal",),
        "model.reading": ("Doubt", "Passed", "Reading", "Value"),
        "model.record": ("Record",),
        "model.work": ("ItemType", "Link", "Status", "Work"),
        "records.folder": ("Loaded",),
        "references.document": ("Reference",),
        "settings": ("Ages", "Discover", "KeptList", "Settings"),
        "settle": ("Reason", "Voice"),
        "words.vocabulary": ("Vocabulary",),
    }

    def __getattr__(name):
        for module, names in _HOMES.items():
            if name in names:
                from importlib import import_module

                return getattr(import_module(f"fedbib.{module}"), name)
        raise AttributeError(f"module 'fedbib' has no attribute {name!r}")

    def __dir__():
        return sorted({*globals(), *__all__})
