"""Papers in the wire formats of the services. Each function answers one path: a status, a media type and a body."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, unquote
from xml.sax.saxutils import escape

Paper = Mapping[str, Any]


@dataclass(frozen=True)
class Answer:
    status: int
    media_type: str
    content: bytes


def _json(data: object, status: int = 200, media_type: str = "application/json") -> Answer:
    return Answer(status, media_type, json.dumps(data).encode())


def _text(text: str, status: int = 200, media_type: str = "text/plain") -> Answer:
    return Answer(status, media_type, text.encode())


def arxiv(papers: Sequence[Paper], path: str, query: str) -> Answer:
    """The Atom feed: newest version, other order than asked, unknown ids missing, ten entries unless told otherwise."""
    fields = parse_qs(query)
    ids = [id for part in fields.get("id_list", []) for id in part.split(",")]
    for id in ids:
        if not re.fullmatch(r"\d{4}\.\d{4,5}(v\d+)?|[a-z-]+/\d{7}(v\d+)?", id):
            return _text(_feed([_error(id)], 1), 400, "application/atom+xml")
    known = {paper["arxiv"]["id"]: paper for paper in papers if "arxiv" in paper}
    found = [known[bare] for id in reversed(ids) if (bare := re.sub(r"v\d+$", "", id)) in known]
    shown = found[: int(fields.get("max_results", ["10"])[0])]
    return _text(_feed(map(_entry, shown), len(found)), media_type="application/atom+xml")


def _feed(entries: Any, total: int) -> str:
    return (
        "<?xml version='1.0' encoding='UTF-8'?>\n"
        '<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom" '
        'xmlns="http://www.w3.org/2005/Atom">\n'
        "  <id>https://arxiv.org/api/x</id>\n  <title>arXiv Query</title>\n"
        f"  <opensearch:totalResults>{total}</opensearch:totalResults>\n{''.join(entries)}</feed>\n"
    )


def _error(id: str) -> str:
    return (
        f"  <entry>\n    <id>https://arxiv.org/api/errors#incorrect_id_format_for_{escape(id)}</id>\n    <title>Error</title>\n"
        f"    <summary>incorrect id format for {escape(id)}</summary>\n"
        "    <author><name>arXiv api core</name></author>\n  </entry>\n"
    )


def _entry(paper: Paper) -> str:
    arxiv = paper["arxiv"]
    title = escape(paper["title"]).replace(": ", ":\n  ")
    authors = "".join(f"    <author><name>{escape(' '.join(name))}</name></author>\n" for name in paper["authors"])
    comment = f"    <arxiv:comment>{escape(arxiv['comment'])}</arxiv:comment>\n" if "comment" in arxiv else ""
    return (
        f"  <entry>\n    <id>http://arxiv.org/abs/{arxiv['id']}v{arxiv['version']}</id>\n    <title>{title}</title>\n"
        f"    <updated>{arxiv['published']}</updated>\n    <published>{arxiv['published']}</published>\n"
        f"{comment}{authors}"
        f'    <arxiv:primary_category term="{arxiv["class"]}"/>\n'
        f'    <category term="{arxiv["class"]}" scheme="http://arxiv.org/schemas/atom"/>\n  </entry>\n'
    )


def anthology(papers: Sequence[Paper], path: str, query: str) -> Answer:
    """`/<id>.bib`; everything else is the site's own 404 page."""
    by_id = {f"/{paper['acl']}.bib": paper for paper in papers if "acl" in paper}
    paper = by_id.get(path)
    return (
        _text(_bib(paper), media_type="application/octet-stream")
        if paper
        else _text("<!doctype html><h1>404</h1>", 404, "text/html")
    )


def _bib(paper: Paper) -> str:
    fixed = paper.get("fixed", paper["title"])
    title = re.sub(r"<fixed-case>(.*?)</fixed-case>", r"{\1}", fixed)
    names = "  and\n      ".join(f"{family}, {given}" for given, family in paper["authors"])
    month = f"    month = {_MONTHS[paper['month'] - 1]},\n"
    return (
        f'@inproceedings{{x,\n    title = "{title}",\n    author = "{names}",\n    booktitle = "{paper["booktitle"]}",\n{month}'
        f'    year = "{paper["year"]}",\n    address = "{paper["place"]}",\n    publisher = "{paper["publisher"]}",\n'
        f'    url = "https://aclanthology.org/{paper["acl"]}/",\n    doi = "{paper["doi"]}",\n'
        f'    pages = "{paper["pages"].replace("-", "--")}"\n}}\n'
    )


_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_LONG_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def anthology_data(papers: Sequence[Paper], path: str, query: str) -> Answer:
    """`/<collection>.xml` with every paper of a collection."""
    collection = path.removeprefix("/").removesuffix(".xml")
    volumes: dict[str, list[Paper]] = {}
    for paper in papers:
        start, _, rest = paper.get("acl", "").partition("-")
        if start == collection:
            volumes.setdefault(rest.partition(".")[0], []).append(paper)
    if not volumes:
        return _text("404: Not Found", 404)
    body = "".join(_volume(collection, name, same) for name, same in volumes.items())
    return _text(f"<?xml version='1.0' encoding='UTF-8'?>\n<collection id=\"{collection}\">\n{body}</collection>\n")


def _volume(collection: str, name: str, papers: Sequence[Paper]) -> str:
    first = papers[0]
    meta = (
        f"  <meta><booktitle>{escape(first['booktitle'])}</booktitle><publisher>{escape(first['publisher'])}</publisher>"
        f"<address>{first['place']}</address><month>{_LONG_MONTHS[first['month'] - 1]}</month><year>{first['year']}</year>"
        f"<url>{collection}-{name}</url></meta>\n"
    )
    return f'<volume id="{name}" type="proceedings">\n{meta}{"".join(map(_paper, papers))}</volume>\n'


def _paper(paper: Paper) -> str:
    authors = "".join(
        f"<author><first>{escape(given)}</first><last>{escape(family)}</last></author>"
        for given, family in paper["authors"]
    )
    return (
        f'  <paper id="{paper["acl"].rpartition(".")[2]}"><title>{paper.get("fixed", escape(paper["title"]))}</title>{authors}'
        f"<pages>{paper['pages'].replace('-', '–')}</pages><url>{paper['acl']}</url><doi>{paper['doi']}</doi></paper>\n"
    )


def crossref(papers: Sequence[Paper], path: str, query: str) -> Answer:
    """`/works/<doi>`, or `/works?filter=doi:a,doi:b`: unknown DOIs missing, other order than asked, 20 rows by default."""
    known = {paper["doi"]: paper for paper in papers if paper.get("agency") == "Crossref"}
    if path.startswith("/works/"):
        paper = known.get(unquote(path.removeprefix("/works/")).lower())
        if not paper:
            return _text("Resource not found.", 404)
        return _json({"status": "ok", "message-type": "work", "message-version": "1.0.0", "message": _message(paper)})
    fields = parse_qs(query)
    wanted = [part.removeprefix("doi:").lower() for part in fields.get("filter", [""])[0].split(",")]
    items = [_message(paper) for doi, paper in reversed(known.items()) if doi in wanted]
    message = {"total-results": len(items), "items": items[: int(fields.get("rows", ["20"])[0])], "items-per-page": 20}
    return _json({"status": "ok", "message-type": "work-list", "message-version": "1.0.0", "message": message})


def _message(paper: Paper) -> dict[str, object]:
    return {
        "DOI": paper["doi"].upper(),
        "type": "proceedings-article",
        "title": [paper["title"].replace(": ", ":\n            ")],
        "author": [{"given": given, "family": family, "sequence": "additional"} for given, family in paper["authors"]],
        "container-title": [paper["booktitle"]],
        "publisher": paper["publisher"],
        "page": paper["pages"],
        "issued": {"date-parts": [[paper["year"]]]},
        "published-print": {"date-parts": [[paper["year"]]]},
        "event": {"name": paper["booktitle"], "location": paper["place"]},
        "relation": {},
    }


def datacite(papers: Sequence[Paper], path: str, query: str) -> Answer:
    """`/dois/<doi>`, or `/dois?ids=a,b`."""
    known = {paper["doi"]: paper for paper in papers if paper.get("agency") == "DataCite"}
    media_type = "application/vnd.api+json"
    if path.startswith("/dois/"):
        paper = known.get(unquote(path.removeprefix("/dois/")).lower())
        if not paper:
            title = "The resource you are looking for doesn't exist."
            return _json({"errors": [{"status": "404", "title": title}]}, 404, media_type)
        return _json({"data": _resource(paper)}, media_type=media_type)
    wanted = parse_qs(query).get("ids", [""])[0].lower().split(",")
    return _json({"data": [_resource(paper) for doi, paper in known.items() if doi in wanted]}, media_type=media_type)


def _resource(paper: Paper) -> dict[str, object]:
    attributes = {
        "doi": paper["doi"],
        "titles": [{"title": paper["title"]}],
        "creators": [
            {"name": f"{family}, {given}", "nameType": "Personal", "givenName": given, "familyName": family}
            for given, family in paper["authors"]
        ],
        "publisher": paper["publisher"],
        "publicationYear": paper["year"],
        "container": {"type": "Series", "title": paper["booktitle"]},
        "dates": [{"date": str(paper["year"]), "dateType": "Issued"}],
        "types": {"resourceTypeGeneral": "ConferencePaper", "bibtex": "inproceedings"},
    }
    return {"id": paper["doi"], "type": "dois", "attributes": attributes}


def doi_org(papers: Sequence[Paper], path: str, query: str) -> Answer:
    """`/<doi>`: the agency that keeps it."""
    doi = unquote(path.removeprefix("/"))
    agency = next((paper["agency"] for paper in papers if paper.get("doi") == doi.lower()), "")
    return _json([{"DOI": doi, "RA": agency} if agency else {"DOI": doi, "status": "DOI does not exist"}])


def dblp(papers: Sequence[Paper], path: str, query: str) -> Answer:
    """`/<key>.bib`"""
    by_path = {f"/{paper['dblp']}.bib": paper for paper in papers if "dblp" in paper}
    paper = by_path.get(path)
    if not paper:
        return _text("<!doctype html>not found", 404, "text/html")
    names = " and\n                  ".join(" ".join(name) for name in paper["authors"])
    pages = f"  pages        = {{{paper['pages'].replace('-', '--')}}},\n" if "pages" in paper else ""
    return _text(
        f"@inproceedings{{DBLP:{paper['dblp']},\n  author       = {{{names}}},\n  title        = {{{paper['title']}}},\n"
        f"  booktitle    = {{{paper['booktitle']}}},\n{pages}  publisher    = {{{paper['publisher']}}},\n  year         = {{{paper['year']}}},\n"
        f"  biburl       = {{https://dblp.org/rec/{paper['dblp']}.bib}}\n}}\n",
        media_type="application/x-bibtex",
    )


SERVICES: Mapping[str, Callable[[Sequence[Paper], str, str], Answer]] = {
    "/arxiv/api": arxiv,
    "/anthology": anthology,
    "/anthology-data": anthology_data,
    "/crossref": crossref,
    "/datacite": datacite,
    "/doi/ra": doi_org,
    "/dblp/rec": dblp,
}
"""By the start of the path."""
