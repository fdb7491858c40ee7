"""Text in XML: what the standard library's `xml.sax.saxutils` does, which takes a whole HTTP client along."""

from __future__ import annotations

import html

_BLANKS = str.maketrans({"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def escape(text: str) -> str:
    """Text as it stands between tags."""
    return html.escape(text, quote=False)


def quoteattr(text: str) -> str:
    """Text as the value of an attribute, in its quotes."""
    said = escape(text).translate(_BLANKS)
    if '"' not in said:
        return f'"{said}"'
    return f"'{said}'" if "'" not in said else '"{}"'.format(said.replace('"', "&quot;"))
