"""SPARQL as DBLP answers it: what a question is made of, and its answer as rows.

The vocabulary is https://dblp.org/rdf/docu/. The endpoint (beta, CC0) answers where dblp.org's own pages ask for a
browser. A row of ours ends every answer, so that one that was cut short is known from one that has nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import quote

from fedbib.model.identifier import Identifier, Scheme
from fedbib.net.messages import Request
from fedbib.sources import answers
from fedbib.sources.answers import table, tables, text

_ACCEPT = "application/sparql-results+json"
_SCHEMA = "https://dblp.org/rdf/schema#"
_PREFIX = f"PREFIX dblp: <{_SCHEMA}>\n"
_RECORD = "https://dblp.org/rec/"
_DOI = "https://doi.org/"
_ARXIV = "10.48550/ARXIV."
_END = "end of the answer"
_FACTS = {
    "type": "bibtexType",
    "year": "yearOfPublication",
    "month": "monthOfPublication",
    "venue": "publishedIn",
    "volume": "publishedInJournalVolume",
    "issue": "publishedInJournalVolumeIssue",
    "pages": "pagination",
    "doi": "doi",
    "page": "primaryDocumentPage",
}
"""What is asked of a record where it has it, by the name of the variable."""


def records(keys: Iterable[str]) -> str:
    """What DBLP has on the records with these keys: a row for each author."""
    return _about(f"VALUES ?pub {{ {' '.join(f'<{_RECORD}{_safe(key)}>' for key in keys)} }}")


def titled(titles: Iterable[str]) -> str:
    """The same of the records with these titles, letter by letter; DBLP ends a title with a full stop."""
    literals = dict.fromkeys(literal for title in titles for literal in (title, f"{title}."))
    return _about(f"VALUES ?title {{ {' '.join(map(_literal, literals))} }}")


def _about(start: str) -> str:
    facts = "\n".join(f"    OPTIONAL {{ ?pub dblp:{fact} ?{name} }}" for name, fact in _FACTS.items())
    # Authors are no OPTIONAL: unbound, they would be those of other papers.
    return f"""{_PREFIX}SELECT ?pub ?title ?{" ?".join(_FACTS)} ?book ?place ?name WHERE {{
  {{ {start}
    ?pub dblp:title ?title ; dblp:hasSignature ?by .
    ?by dblp:signatureOrdinal ?place ; dblp:signatureDblpName ?name .
{facts}
    OPTIONAL {{ ?pub dblp:publishedAsPartOf ?whole . ?whole dblp:title ?book }}
  }} UNION {{ BIND("{_END}" AS ?name) }}
}}"""


def pointers(ids: Sequence[Identifier]) -> str:
    """The records of DOIs, and of preprints at arXiv what their first authors published under the same title."""
    dois = " ".join(f"<{_doi(id)}>" for id in ids if id.scheme is Scheme.DOI)
    preprints = " ".join(f"<{_doi(id)}>" for id in ids if id.scheme is Scheme.ARXIV)
    return f"""{_PREFIX}SELECT DISTINCT ?asked ?pub WHERE {{
  {{ VALUES ?asked {{ {dois} }} ?pub dblp:doi ?asked }}
  UNION {{ VALUES ?asked {{ {preprints} }}
    ?preprint dblp:doi ?asked ; dblp:title ?one ; dblp:hasSignature ?by .
    ?by dblp:signatureOrdinal 1 ; dblp:signatureCreator ?who .
    ?pub dblp:authoredBy ?who ; dblp:title ?other .
    FILTER(?pub != ?preprint && LCASE(STR(?other)) = LCASE(STR(?one)))
  }}
  UNION {{ BIND("{_END}" AS ?asked) }}
}}"""


def stream(name: str, year: int, phrases: Iterable[str]) -> str:
    """The records of a stream ("conf/emnlp") and year whose titles have one of the phrases: a row for each author."""
    either = " || ".join(f"CONTAINS(LCASE(STR(?title)), {_literal(phrase.lower())})" for phrase in phrases)
    return f"""{_PREFIX}SELECT ?pub ?title ?doi ?place ?name WHERE {{
  {{ ?pub dblp:publishedInStream <https://dblp.org/streams/{_safe(name)}> ; dblp:yearOfPublication ?year ;
      dblp:title ?title ; dblp:hasSignature ?by .
    ?by dblp:signatureOrdinal ?place ; dblp:signatureDblpName ?name .
    FILTER(STR(?year) = "{year}" && ({either}))
    OPTIONAL {{ ?pub dblp:doi ?doi }}
  }} UNION {{ BIND("{_END}" AS ?name) }}
}}"""


def request(base: str, query: str, ids: Sequence[Identifier] = ()) -> Request:
    return Request(
        f"{base}/sparql",
        tuple(ids),
        accept=_ACCEPT,
        expects=(_ACCEPT, "application/json"),
        body=query,
        content_type="application/sparql-query",
    )


def rows(content: bytes) -> Sequence[Mapping[str, str]]:
    """The rows of an answer by variable, without ours. Raises Wrong for no answer, Short where ours is missing."""
    results = table(table(answers.json_value(content)).get("results"))
    if not isinstance(results.get("bindings"), list):
        raise answers.Wrong("contains no SPARQL results")
    found = [
        {name: text(table(value).get("value")) for name, value in row.items()} for row in tables(results["bindings"])
    ]
    kept = [row for row in found if _END not in row.values()]
    if len(kept) == len(found):
        raise answers.Short("it is incomplete")
    return kept


def key(address: str) -> str:
    """The key in the address of a record, or ""."""
    return address.removeprefix(_RECORD) if address.startswith(_RECORD) else ""


def pointed(row: Mapping[str, str]) -> tuple[Identifier | None, Identifier | None]:
    """What was asked and the record of it, in a row about pointers."""
    return answers.addressed(row.get("asked")), answers.identifier(Scheme.DBLP, key(row.get("pub", "")))


def _doi(id: Identifier) -> str:
    """DBLP has DOIs as addresses in capitals."""
    doi = id.value if id.scheme is Scheme.DOI else _ARXIV + id.value
    return _DOI + _safe(doi.upper())


def _safe(value: str) -> str:
    """An address can hold everything that does not end it."""
    return re.sub(r"[^!#-;=?-\[\]_a-z~]", lambda match: quote(match[0], safe=""), value)


def _literal(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
