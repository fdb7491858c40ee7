"""The rules that fedbib comes with, for tests of what is handed some."""

from __future__ import annotations

from fedbib.sources.rules import rules
from fedbib.words.venues import register

RULES = rules(register())
