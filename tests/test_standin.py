"""The stand-in answers as the recorded services do, so that what works here works there."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

from tests.standin.server import Standin


def get(url: str) -> tuple[int, str, bytes]:
    try:
        with urllib.request.urlopen(url) as answer:
            return answer.status, answer.headers["Content-Type"], answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers["Content-Type"], error.read()


def test_arxiv(standin: Standin) -> None:
    api = standin.bases["arxiv"]["api"]
    status, kind, feed = get(f"{api}/query?id_list=2310.15080,2401.00001,2209.01188v1&max_results=3")
    assert (status, kind) == (200, "application/atom+xml")
    assert feed.index(b"abs/2209.01188v2") < feed.index(b"abs/2310.15080v3")
    assert b"<opensearch:totalResults>2<" in feed
    status, _, feed = get(f"{api}/query?id_list=abc")
    assert (status, b"<title>Error</title>" in feed) == (400, True)


def test_crossref(standin: Standin) -> None:
    api = standin.bases["crossref"]["api"]
    assert get(f"{api}/works/10.48550%2FarXiv.2310.15080")[::2] == (404, b"Resource not found.")
    _, _, body = get(
        f"{api}/works?filter=doi:10.1145/3637528.3671865,doi:10.1145/0,doi:10.18653/v1/2023.acl-demo.54&rows=3"
    )
    message = json.loads(body)["message"]
    assert message["total-results"] == 2
    assert [item["DOI"] for item in message["items"]] == ["10.1145/3637528.3671865", "10.18653/V1/2023.ACL-DEMO.54"]


def test_anthology(standin: Standin) -> None:
    assert get(standin.bases["acl"]["site"] + "/2023.acl-demo.99.bib")[:2] == (404, "text/html")
    status, _, xml = get(standin.bases["acl"]["data"] + "/2023.findings.xml")
    assert (status, b"<fixed-case>PET</fixed-case>" in xml) == (200, True)


def test_datacite_and_doi_org(standin: Standin) -> None:
    status, _, body = get(standin.bases["datacite"]["api"] + "/dois/10.1/x")
    assert (status, json.loads(body)["errors"][0]["status"]) == (404, "404")
    assert json.loads(get(standin.bases["doi_org"]["ra"] + "/10.4230/lipics.tqc.2013.93")[2])[0]["RA"] == "DataCite"
    assert json.loads(get(standin.bases["doi_org"]["ra"] + "/10.1/x")[2]) == [
        {"DOI": "10.1/x", "status": "DOI does not exist"}
    ]


def test_it_can_be_started_by_hand() -> None:
    command = [sys.executable, "-m", "tests.standin", "--fault", "arxiv=503"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1]) as process:
        try:
            assert process.stdout is not None
            lines = [process.stdout.readline() for _ in range(3)]
            assert lines[1] == "[sources.arxiv]\n"
            api = lines[2].removeprefix('api = "').rstrip('"\n')
            assert get(f"{api}/query?id_list=2310.15080")[0] == 503
        finally:
            process.terminate()


def post(url: str, data: object) -> tuple[int, bytes]:
    request = urllib.request.Request(url, json.dumps(data).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        return answer.status, answer.read()


def test_semantic_scholar(standin: Standin) -> None:
    ids = ["ARXIV:2209.01188", "DOI:10.1/unknown", "DOI:10.48550/arXiv.2312.06353", "ACL:2023.emnlp-main.488"]
    status, body = post(standin.bases["semantic_scholar"]["api"] + "/paper/batch?fields=title", {"ids": ids})
    papers = json.loads(body)
    assert (status, len(papers), papers[1]) == (200, 4, None)
    assert papers[0]["externalIds"]["DOI"] == "10.18653/v1/2023.acl-demo.54"
    assert papers[2]["externalIds"]["DBLP"] == "conf/icml/QinCQDLD24"
    assert papers[3]["externalIds"]["ArXiv"] == "2310.15080"


def test_openalex(standin: Standin) -> None:
    api = standin.bases["openalex"]["api"]
    assert get(f"{api}/works/https://doi.org/10.1/unknown")[:2] == (404, "text/html")
    _, _, body = get(f"{api}/works?filter=doi:10.48550/arxiv.2209.01188%7C10.1145/3637528.3671865%7C10.1/x&per-page=50")
    assert [work["type"] for work in json.loads(body)["results"]] == ["preprint", "article"]


def test_openreview(standin: Standin) -> None:
    v1, v2 = standin.bases["openreview"]["v1"], standin.bases["openreview"]["v2"]
    note = json.loads(get(f"{v2}/notes?ids=cit0hg4sEz,unknown0000")[2])["notes"][0]
    assert note["content"]["venueid"]["value"] == "ICML.cc/2024/Conference"
    assert json.loads(get(f"{v1}/notes?ids=cit0hg4sEz")[2]) == {"notes": [], "count": 0}
    found = json.loads(get(f"{v2}/notes/search?term=federated%20tuning&content=title&limit=10")[2])["notes"]
    assert found[0]["id"] == "cit0hg4sEz"


def test_searches_by_title(standin: Standin) -> None:
    url = f"{standin.address}/dblp/search" + "?q=zeroth%20order%20federated%20tuning&format=json&h=10&c=0"
    hits = json.loads(get(url)[2])["result"]["hits"]["hit"]
    assert [hit["info"]["venue"] for hit in hits] == ["KDD", "CoRR"]
    nothing = json.loads(get(f"{standin.address}/dblp/search" + "?q=nonsense&format=json")[2])["result"]["hits"]
    assert (nothing["@total"], "hit" in nothing) == ("0", False)
    url = standin.bases["crossref"]["api"] + "/works?query.bibliographic=collaborative%20inference%20petals&rows=2"
    message = json.loads(get(url)[2])["message"]
    assert message["total-results"] > 1_000_000
    assert message["items"][0]["DOI"] == "10.18653/V1/2023.ACL-DEMO.54"
