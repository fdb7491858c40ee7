"""Papers in the wire formats of the services. Each function answers one path: a status, a media type and a body."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
    if "search_query" in fields:
        return _searched(papers, fields)
    ids = [id for part in fields.get("id_list", []) for id in part.split(",")]
    for id in ids:
        if not re.fullmatch(r"\d{4}\.\d{4,5}(v\d+)?|[a-z-]+/\d{7}(v\d+)?", id):
            return _text(_feed([_error(id)], 1), 400, "application/atom+xml")
    known = {paper["arxiv"]["id"]: paper for paper in papers if "arxiv" in paper}
    found = []
    for id in reversed(ids):
        bare, _, version = id.partition("v")
        if bare in known:
            paper = known[bare]
            newest = paper["arxiv"].get("title", paper["title"])
            found.append({**paper, "title": paper["arxiv"].get("first", newest) if version == "1" else newest})
    shown = found[: int(fields.get("max_results", ["10"])[0])]
    return _text(_feed(map(_entry, shown), len(found)), media_type="application/atom+xml")


def _searched(papers: Sequence[Paper], fields: Mapping[str, Sequence[str]]) -> Answer:
    """`search_query` of categories, phrases and days, `(cat:a OR cat:b) AND (all:"c") AND submittedDate:[x TO y]`."""
    query = fields["search_query"][0]
    categories, phrases = re.findall(r"cat:([\w.-]+)", query), re.findall(r'all:"([^"]*)"', query)
    since, until = re.findall(r"submittedDate:\[(\d{12}) TO (\d{12})\]", query)[0]
    found = [
        paper
        for paper in papers
        if "arxiv" in paper
        and since <= re.sub(r"\D", "", paper["arxiv"]["published"])[:12] < until
        and (not categories or paper["arxiv"]["class"] in categories)
        and (
            not phrases or any(phrase in f"{paper['title']} {paper.get('abstract', '')}".lower() for phrase in phrases)
        )
    ]
    found.sort(key=lambda paper: str(paper["arxiv"]["published"]), reverse="descending" in fields["sortOrder"])
    start, most = (int(fields[name][0]) for name in ("start", "max_results"))
    return _text(_feed(map(_entry, found[start : start + most]), len(found)), media_type="application/atom+xml")


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
    told = "".join(
        f"    <arxiv:{name}>{escape(arxiv[name])}</arxiv:{name}>\n"
        for name in ("comment", "journal_ref", "doi")
        if name in arxiv
    )
    told += f"    <summary>{escape(paper['abstract'])}</summary>\n" if "abstract" in paper else ""
    return (
        f"  <entry>\n    <id>http://arxiv.org/abs/{arxiv['id']}v{arxiv['version']}</id>\n    <title>{title}</title>\n"
        f"    <updated>{arxiv['published']}</updated>\n    <published>{arxiv['published']}</published>\n"
        f"{told}{authors}"
        f'    <arxiv:primary_category term="{arxiv["class"]}"/>\n'
        f'    <category term="{arxiv["class"]}" scheme="http://arxiv.org/schemas/atom"/>\n  </entry>\n'
    )


def anthology(papers: Sequence[Paper], path: str, query: str) -> Answer:
    """`/<id>.bib`, which a retracted paper has no more; everything else is the site's own 404 page."""
    by_id = {f"/{paper['acl']}.bib": paper for paper in papers if "acl" in paper and not paper.get("retracted")}
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
    came = f' ingest-date="{first["ingested"]}"' if "ingested" in first else ""
    return f'<volume id="{name}" type="proceedings"{came}>\n{meta}{"".join(map(_paper, papers))}</volume>\n'


def _paper(paper: Paper) -> str:
    authors = "".join(
        f"<author><first>{escape(given)}</first><last>{escape(family)}</last></author>"
        for given, family in paper["authors"]
    )
    title = paper.get("fixed", escape(paper["title"]))
    told = f'<retracted date="2024-05-31">{paper["retracted"]}</retracted>' if paper.get("retracted") else ""
    title = f"[<fixed-case>RETRACTED</fixed-case>] {title}" if told else title
    told += f"<abstract>{escape(paper['abstract'])}</abstract>" if "abstract" in paper else ""
    return (
        f'  <paper id="{paper["acl"].rpartition(".")[2]}"><title>{title}</title>{authors}{told}'
        f"<pages>{paper['pages'].replace('-', '–')}</pages><url>{paper['acl']}</url><doi>{paper['doi']}</doi></paper>\n"
    )


def crossref(papers: Sequence[Paper], path: str, query: str) -> Answer:
    """`/works/<doi>`, or `/works?filter=doi:a,doi:b`: unknown DOIs missing, other order than asked, 20 rows by default.

    `/works?query.bibliographic=words` finds something for any words, the likest first.
    """
    known = {paper["doi"]: paper for paper in papers if paper.get("agency") == "Crossref"}
    if path.startswith("/works/"):
        paper = known.get(unquote(path.removeprefix("/works/")).lower())
        if not paper:
            return _text("Resource not found.", 404)
        return _json({"status": "ok", "message-type": "work", "message-version": "1.0.0", "message": _message(paper)})
    fields = parse_qs(query)
    if "query.bibliographic" in fields:
        items = [_message(paper) for paper in _likest(known.values(), fields["query.bibliographic"][0])]
        message = {"total-results": 1_000_000 + len(items), "items": items[: int(fields.get("rows", ["20"])[0])]}
        return _json({"status": "ok", "message-type": "work-list", "message-version": "1.0.0", "message": message})
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
        **paper.get("crossref", {}),
    }


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def _likest(papers: Iterable[Paper], text: str) -> list[Paper]:
    """The papers by how many words of their titles are in a text, the best first; none without a common word."""
    wanted = _words(text)
    scored = [(len(wanted & _words(paper["title"])), paper) for paper in papers]
    return [paper for score, paper in sorted(scored, key=lambda item: -item[0]) if score]


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


def doi_org_handle(papers: Sequence[Paper], path: str, query: str) -> Answer:
    """`/<short DOI>`: its handle record, an alias; "10/pN" stands for the DOI of the paper in place N."""
    short = unquote(path.removeprefix("/"))
    number = int(short.removeprefix("10/p").rstrip("x")) if re.fullmatch(r"10/p\d+x*", short) else len(papers)
    if number >= len(papers) or "doi" not in papers[number]:
        return _json({"responseCode": 100, "handle": short}, 404)
    data = {"format": "string", "value": papers[number]["doi"]}
    return _json({"responseCode": 1, "handle": short, "values": [{"index": 1, "type": "HS_ALIAS", "data": data}]})


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


def dblp_search(papers: Sequence[Paper], path: str, query: str) -> Answer:
    """`?q=words`: what has every word in its title; a preprint and its publication are two hits, `hit` is missing for none."""
    fields = parse_qs(query)
    wanted = _words(fields.get("q", [""])[0])
    infos = [info for paper in papers if wanted <= _words(paper["title"]) for info in _dblp_infos(paper)]
    sent = infos[: int(fields.get("h", ["30"])[0])]
    hits: dict[str, object] = {
        "@total": str(len(infos)),
        "@computed": str(len(sent)),
        "@sent": str(len(sent)),
        "@first": "0",
    }
    if sent:
        hits["hit"] = [{"@score": "1", "@id": str(number), "info": info} for number, info in enumerate(sent)]
    return _json({"result": {"query": "", "status": {"@code": "200", "text": "OK"}, "hits": hits}})


def _dblp_infos(paper: Paper) -> Iterator[dict[str, object]]:
    people = [{"@pid": f"{number}/1", "text": " ".join(name)} for number, name in enumerate(paper["authors"])]
    both = {"authors": {"author": people if len(people) != 1 else people[0]}, "title": escape(paper["title"]) + "."}
    if "dblp" in paper:
        doi = {"doi": paper["doi"].upper(), "ee": f"https://doi.org/{paper['doi']}"} if "doi" in paper else {}
        yield {
            **both,
            "venue": paper.get("short", paper["booktitle"]),
            "year": str(paper["year"]),
            "type": "Conference and Workshop Papers",
            "key": paper["dblp"],
            **({"pages": paper["pages"]} if "pages" in paper else {}),
            **doi,
        }
    if "arxiv" in paper:
        id = paper["arxiv"]["id"]
        yield {
            **both,
            "venue": "CoRR",
            "volume": f"abs/{id}",
            "year": paper["arxiv"]["published"][:4],
            "type": "Informal and Other Publications",
            "key": f"journals/corr/abs-{id.replace('.', '-').replace('/', '-')}",
            "doi": f"10.48550/ARXIV.{id.upper()}",
            "ee": f"https://doi.org/10.48550/arXiv.{id}",
        }


def pmlr(papers: Sequence[Paper], path: str, query: str) -> Answer:
    """`/<id>.html`: a page that shows BibTeX; `/`: the volumes; `/v235/`: the papers of one."""
    if path.endswith("/"):
        return _listed([paper for paper in papers if "pmlr" in paper], path.strip("/"))
    paper = next((paper for paper in papers if path == f"/{paper.get('pmlr')}.html"), None)
    if paper is None:
        return _text("<!doctype html><title>404</title>", 404, "text/html")
    names = " and ".join(f"{family}, {given}" for given, family in paper["authors"])
    volume = paper["pmlr"].partition("/")[0].removeprefix("v")
    entry = (
        f"@InProceedings{{pmlr-v{volume}-x,\n  title = \t {{{paper['title']}}},\n  author =       {{{names}}},\n"
        f"  booktitle = \t {{{paper['booktitle']}}},\n  pages = \t {{{paper['pages'].replace('-', '--')}}},\n"
        f"  year = \t {{{paper['year']}}},\n  editor = \t {{Heller, Katherine and Weller, Adrian}},\n"
        f"  volume = \t {{{volume}}},\n  series = \t {{Proceedings of Machine Learning Research}},\n"
        f"  month = \t {{21--27 Jul}},\n  publisher =    {{PMLR}},\n"
        f"  url = \t {{https://proceedings.mlr.press/{paper['pmlr']}.html}},\n"
        "  abstract = \t {Costs are < 18 {kB and 5% & more}\n}\n"
    )
    return _text(
        f'<!DOCTYPE html><html><body><h1>{escape(paper["title"])}</h1>\n<code class="citecode" id="bibtex">\n'
        f"{escape(entry)}</code></body></html>",
        media_type="text/html",
    )


def _listed(papers: Sequence[Paper], volume: str) -> Answer:
    held = [paper for paper in papers if paper["pmlr"].partition("/")[0] == volume]
    if volume and not held:
        return _text("<!doctype html><title>404</title>", 404, "text/html")
    names = {"v54": "Proceedings of AISTATS 2017"}
    names |= {paper["pmlr"].partition("/")[0]: f"Proceedings of {paper['event']} {paper['year']}" for paper in papers}
    volumes = "".join(
        f'  <li>\n    <a href="{name}"><b>Volume {name[1:]}</b></a> {title}\n  </li>\n' for name, title in names.items()
    )
    shown = "".join(
        f'<div class="paper">\n  <p class="title">{escape(paper["title"])}</p>\n  <p class="details">\n'
        f'    <span class="authors">{",&nbsp;".join(" ".join(name) for name in paper["authors"])}</span>;\n'
        f'    <span class="info"><i>{escape(paper["booktitle"])}</i>, PMLR {volume[1:]}:{paper["pages"]}</span>\n  </p>\n'
        f'  <p class="links">\n    [<a href="https://proceedings.mlr.press/{paper["pmlr"]}.html">abs</a>]\n  </p>\n</div>\n'
        for paper in held
    )
    body = shown or f'<ul class="proceedings-list">\n{volumes}</ul>'
    return _text(f"<!DOCTYPE html><html><body>\n{body}</body></html>", media_type="text/html")


def openreview_v2(papers: Sequence[Paper], path: str, query: str) -> Answer:
    """`/notes?ids=a,b`, `/notes/search?term=words`: every value wrapped."""
    return _notes([paper for paper in papers if "openreview" in paper], path, query, "v2")


def openreview_v1(papers: Sequence[Paper], path: str, query: str) -> Answer:
    """The same for older submissions (`"api": "v1"`), with bare values and without a search."""
    return _notes([paper for paper in papers if "openreview" in paper], path, query, "v1")


def openreview_login(papers: Sequence[Paper], path: str, posted: str) -> Answer:
    """`/login`: a token for the right password."""
    if path != "/login" or json.loads(posted) != {"id": "ann@example.org", "password": "right"}:
        return _json({"name": "Error", "message": "Invalid username or password", "status": 400}, 400)
    return _json({"token": "abc.def", "user": {"id": "~Ann_1"}})


def _notes(papers: Sequence[Paper], path: str, query: str, api: str) -> Answer:
    fields = parse_qs(query)
    own = {paper["openreview"]["id"]: paper for paper in papers if paper["openreview"].get("api", "v2") == api}
    if path == "/notes/search" and api == "v2":
        found = _likest(own.values(), fields.get("term", [""])[0])[: int(fields.get("limit", ["10"])[0])]
    elif path == "/notes":
        found = [own[id] for id in fields.get("ids", [""])[0].split(",") if id in own]
    else:
        return _json({"name": "NotFoundError", "message": "Not found", "status": 404}, 404)
    return _json({"notes": [_note(paper, api) for paper in found], "count": len(found)})


def _note(paper: Paper, api: str) -> dict[str, object]:
    about = paper["openreview"]
    content: dict[str, object] = {
        "title": paper["title"],
        "authors": [" ".join(name) for name in paper["authors"]],
        "authorids": [f"~{'_'.join(name)}1" for name in paper["authors"]],
        **{name: about[name] for name in ("venue", "venueid") if name in about},
    }
    if api == "v2":
        content = {name: {"value": value} for name, value in content.items()}
    dates = {"cdate": 1700000000000, **({"pdate": about["pdate"]} if "pdate" in about else {})}
    return {"id": about["id"], "forum": about["id"], "content": content, **dates}


def openalex(papers: Sequence[Paper], path: str, query: str) -> Answer:
    """`/works/https://doi.org/<doi>`, or `/works?filter=doi:a|b`; arXiv's DOIs are known too. Unknown: HTML, or missing."""
    known = {
        doi: work for paper in papers if paper.get("openalex", {}) is not None for doi, work in _openalex_works(paper)
    }
    if path.startswith("/works/"):
        work = known.get(unquote(path.removeprefix("/works/")).removeprefix("https://doi.org/").lower())
        return _json(work) if work else _text("<!doctype html><title>404 Not Found</title>", 404, "text/html")
    filtered = parse_qs(query).get("filter", [""])[0]
    if filtered.startswith("cites:"):
        return _citing(papers, filtered, int(parse_qs(query)["page"][0]))
    wanted = filtered.removeprefix("doi:").lower().split("|")
    results = [work for doi, work in known.items() if doi in wanted]
    return _json({"meta": {"count": len(results), "page": 1, "per_page": 50}, "results": results})


def _citing(papers: Sequence[Paper], filtered: str, page: int) -> Answer:
    """`filter=cites:W1|W2,from_publication_date:a,to_publication_date:b`: who cites them, 50 a page."""
    named, since, until = (part.partition(":")[2] for part in filtered.split(","))
    found = [
        {
            "doi": f"https://doi.org/10.48550/arXiv.{paper['arxiv']['id']}",
            "title": paper["title"],
            "publication_date": paper["arxiv"]["published"][:10],
            "authorships": [{"author": {"display_name": " ".join(name)}} for name in paper["authors"]],
            "referenced_works": [f"https://openalex.org/{name}" for name in paper["cites"]],
            "abstract_inverted_index": {
                word: [place for place, other in enumerate(paper["abstract"].split()) if other == word]
                for word in paper["abstract"].split()
            },
        }
        for paper in papers
        if set(paper.get("cites", ())) & set(named.split("|")) and since <= paper["arxiv"]["published"][:10] <= until
    ]
    return _json({"meta": {"count": len(found)}, "results": found[50 * (page - 1) : 50 * page]})


def _openalex_works(paper: Paper) -> Iterator[tuple[str, dict[str, object]]]:
    about = {
        "title": paper["title"],
        "is_retracted": False,
        **({"id": paper["work"]} if "work" in paper else {}),
        **(paper.get("openalex") or {}),
    }
    preprint = f"10.48550/arxiv.{paper['arxiv']['id']}" if "arxiv" in paper else ""
    place = {"landing_page_url": f"https://arxiv.org/abs/{paper['arxiv']['id']}"} if preprint else {}
    if "doi" in paper:
        places = [{"landing_page_url": f"https://doi.org/{paper['doi']}"}, *([place] if place else [])]
        yield paper["doi"], {"doi": f"https://doi.org/{paper['doi']}", "type": "article", "locations": places, **about}
    if preprint:
        yield (
            preprint,
            {
                "doi": f"https://doi.org/{preprint}",
                "type": "preprint",
                "locations": [place],
                **about,
                "is_retracted": False,
            },
        )


def semantic_scholar(papers: Sequence[Paper], path: str, posted: str) -> Answer:
    """`/paper/batch`: an array in the order asked, null for what is unknown. `s2` of a paper changes its ids, null hides it.

    Papers that say that they cite its `work` are its citations.
    """
    if path != "/paper/batch":
        return _json({"error": "Not found"}, 404)
    known: dict[str, dict[str, Any]] = {}
    for paper in papers:
        if paper.get("s2", {}) is not None:
            answer = _s2_paper(paper)
            name = paper.get("work", "").rpartition("/")[2]
            answer["citations"] = [_s2_paper(other) for other in papers if name in other.get("cites", ())]
            known |= {f"{name.upper()}:{id}".upper(): answer for name, id in answer["externalIds"].items()}
    asked = json.loads(posted)["ids"]
    return _json([known.get(id.upper().replace("DOI:10.48550/ARXIV.", "ARXIV:")) for id in asked])


def recommendations(papers: Sequence[Paper], path: str, posted: str) -> Answer:
    """`/papers/`: whatever is `recommended`, to who names papers by the service's own ids."""
    if path != "/papers/" or not json.loads(posted)["positivePaperIds"]:
        return _json({"error": "Not found"}, 404)
    return _json({"recommendedPapers": [_s2_paper(paper) for paper in papers if paper.get("recommended")]})


def _s2_paper(paper: Paper) -> dict[str, Any]:
    """Both forms of a paper merged, as Semantic Scholar mostly has them."""
    ids = {
        "ArXiv": paper["arxiv"]["id"] if "arxiv" in paper else None,
        "DOI": paper.get("doi") or (f"10.48550/arXiv.{paper['arxiv']['id']}" if "arxiv" in paper else None),
        "ACL": paper.get("acl"),
        "DBLP": paper.get("dblp"),
        "CorpusId": 1,
        **{name: value for name, value in paper.get("s2", {}).items() if name != "title"},
    }
    return {
        "paperId": "0" * 40,
        "externalIds": {name: value for name, value in ids.items() if value},
        "title": paper.get("s2", {}).get("title", paper["title"]),
        "venue": paper.get("booktitle", "arXiv.org"),
        "publicationVenue": {"name": paper["booktitle"], "type": "conference"} if "booktitle" in paper else None,
        "year": paper.get("year") or (int(paper["arxiv"]["published"][:4]) if "arxiv" in paper else None),
        "publicationDate": paper["arxiv"]["published"][:10] if "arxiv" in paper else None,
        "abstract": paper.get("abstract"),
        "authors": [{"name": " ".join(name)} for name in paper["authors"]],
    }


def dblp_sparql(papers: Sequence[Paper], path: str, posted: str) -> Answer:
    """The three questions that are asked: records by key, records by title, and the records of DOIs."""
    rows: list[dict[str, str]] = []
    if found := re.search(r"<https://dblp.org/streams/(\S+)>", posted):
        return _dblp_stream(papers, found[1], posted)
    wanted = re.search(r"VALUES \?(\w+) \{ ?(.*?) ?\}", posted)
    values = re.findall(r'<([^<>]*)>|"((?:[^"\\]|\\.)*)"', posted)
    asked = [unquote(address) or re.sub(r"\\(.)", r"\1", literal) for address, literal in values]
    for paper in papers:
        records = [("dblp", paper["dblp"])] if paper.get("dblp") else []
        if "arxiv" in paper:
            records.append(("corr", f"journals/corr/abs-{paper['arxiv']['id'].replace('.', '-').replace('/', '-')}"))
        for kind, key in records:
            title = f"{paper['title']}."
            page = f"https://dblp.org/rec/{key}"
            if wanted and wanted[1] == "asked":
                preprint = f"https://doi.org/10.48550/ARXIV.{paper['arxiv']['id'].upper()}" if "arxiv" in paper else ""
                own = f"https://doi.org/{paper['doi'].upper()}" if paper.get("doi") else ""
                rows += [{"asked": id, "pub": page} for id in (own, preprint) if kind == "dblp" and id and id in asked]
            elif page in asked or title in asked:
                rows += list(_dblp_rows(paper, kind, page, title))
    bindings = [{name: {"type": "literal", "value": value} for name, value in row.items()} for row in rows]
    bindings.append(
        {"asked" if wanted and wanted[1] == "asked" else "name": {"type": "literal", "value": "end of the answer"}}
    )
    return _json({"head": {}, "results": {"bindings": bindings}}, media_type="application/sparql-results+json")


def _dblp_stream(papers: Sequence[Paper], stream: str, posted: str) -> Answer:
    """The records of a stream and year whose titles have one of the words."""
    year, words = re.findall(r'\?year\) = "(\d+)"', posted)[0], re.findall(r'\(\?title\)\), "([^"]*)"\)', posted)
    rows = [
        row
        for paper in papers
        if paper.get("dblp", "").startswith(f"{stream}/") and str(paper["year"]) == year
        if any(word in paper["title"].lower() for word in words)
        for row in _dblp_rows(paper, "dblp", f"https://dblp.org/rec/{paper['dblp']}", f"{paper['title']}.")
    ]
    bindings = [
        {name: {"type": "literal", "value": value} for name, value in row.items()}
        for row in [*rows, {"name": "end of the answer"}]
    ]
    return _json({"head": {}, "results": {"bindings": bindings}}, media_type="application/sparql-results+json")


def _dblp_rows(paper: Paper, kind: str, page: str, title: str) -> Iterator[dict[str, str]]:
    facts = {
        "pub": page,
        "title": title,
        "type": "http://purl.org/net/nknouf/ns/bibtex#" + ("Article" if kind == "corr" else "Inproceedings"),
        "year": paper["arxiv"]["published"][:4] if kind == "corr" else str(paper["year"]),
        "venue": "CoRR" if kind == "corr" else paper.get("short", "X"),
    }
    if kind == "dblp":
        more = {"pages": paper.get("pages", ""), "book": paper["booktitle"] + "."}
        if paper.get("doi"):
            more["doi"] = f"https://doi.org/{paper['doi'].upper()}"
        elif "openreview" in paper:
            more["page"] = f"https://openreview.net/forum?id={paper['openreview']['id']}"
        facts |= {name: value for name, value in more.items() if value}
    else:
        facts["doi"] = f"https://doi.org/10.48550/ARXIV.{paper['arxiv']['id'].upper()}"
    for place, name in enumerate(paper["authors"], start=1):
        yield {**facts, "place": str(place), "name": f"{' '.join(name)} 0001" if place == 2 else " ".join(name)}


POSTED: Mapping[str, Callable[[Sequence[Paper], str, str], Answer]] = {
    "/s2": semantic_scholar,
    "/s2-recommendations": recommendations,
    "/dblp/endpoint": dblp_sparql,
    "/openreview/v2": openreview_login,
}
"""What is asked by POST, by the start of the path; called with the body."""

SERVICES: Mapping[str, Callable[[Sequence[Paper], str, str], Answer]] = {
    "/arxiv/api": arxiv,
    "/anthology": anthology,
    "/anthology-data": anthology_data,
    "/crossref": crossref,
    "/datacite": datacite,
    "/doi/ra": doi_org,
    "/doi/api/handles": doi_org_handle,
    "/dblp/rec": dblp,
    "/dblp/search": dblp_search,
    "/openreview/v2": openreview_v2,
    "/openreview/v1": openreview_v1,
    "/openalex": openalex,
    "/pmlr": pmlr,
}
"""By the start of the path."""
