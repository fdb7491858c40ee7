from __future__ import annotations

from typing import Any

import pytest

from fedbib.references import pandoc
from fedbib.references.manuscript import read

LIST = """
# Sheep

# References

1. Archer, A. (2017). *Counting sheep*. Wool, 12, 45-67. [Link](https://doi.org/10.1234/wool.5)
2. Becker, B. (2018). "Dogs". Wool, 13, 1-9.

# Appendix

Cooper, C. (2019). Cats. Wool, 14, 2-3.
"""


def test_the_list_behind_its_heading_is_read_with_numbers_and_links() -> None:
    found = read(pandoc.tree(LIST.encode(), "markdown", "a.md"))
    assert [one.text for one in found.references] == [
        "[1] Archer, A. (2017). Counting sheep. Wool, 12, 45-67. Link https://doi.org/10.1234/wool.5",
        "[2] Becker, B. (2018). “Dogs”. Wool, 13, 1-9.",
    ]
    assert found.references[0].work.DOI == "10.1234/wool.5"


def test_a_heading_in_bold_and_plain_paragraphs_are_a_list() -> None:
    text = "**Bibliography**\n\nArcher, A. (2017). Counting sheep. Wool, 12, 45-67.\n\nBecker, B. (2018). Dogs. Wool, 1, 1-9.\n"
    assert len(read(pandoc.tree(text.encode(), "markdown", "a.md")).references) == 2


def test_markdown_names_bibliographies_and_cites_keys() -> None:
    text = "---\nbibliography:\n- a.bib\n- b.bib\n---\nAs [@one; @two, p. 3] and @one say.\n"
    found = read(pandoc.tree(text.encode(), "markdown", "a.md"))
    assert (found.bibliographies, found.cited, found.references) == (("a.bib", "b.bib"), ("one", "two"), ())


def test_typst_names_bibliographies_and_cites_keys() -> None:
    text = 'As @one and #cite(<two>) say.\n#bibliography(("a.bib", "b.bib"), title: "Works")\n'
    found = read(pandoc.tree(text.encode(), "typst", "a.typ"), text)
    assert (found.bibliographies, found.cited) == (("a.bib", "b.bib"), ("one", "two"))


@pytest.mark.parametrize(
    "tree",
    [
        {},
        {"meta": 3, "blocks": 4},
        {"meta": {"bibliography": [1]}, "blocks": [None, 1, {"t": "Header"}, {"t": "Para", "c": {"t": []}}]},
        {
            "blocks": [
                {"t": "Header", "c": [1, [], [{"t": "Str", "c": "References"}]]},
                {"t": "OrderedList", "c": [[], 3]},
            ]
        },
        {"blocks": [{"t": "Para", "c": [{"t": "Str", "c": "References"}]}, {"t": "BulletList", "c": [[], [4], 5]}]},
    ],
)
def test_a_tree_of_another_shape_has_nothing(tree: dict[str, Any]) -> None:
    assert read(tree).references == ()
