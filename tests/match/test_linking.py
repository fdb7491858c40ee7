from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from fedbib.ids.identify import identify
from fedbib.match.candidates import Candidate, candidates, leads, search_candidates, wanted
from fedbib.match.linking import Decision, dated, decided, hit_leads, judge, linked, linked_ids, proposed
from fedbib.model.claim import IMPORT, Claim, Effect, Hints, Notice, State, Submission
from fedbib.model.date import PartialDate
from fedbib.model.finding import Code, Finding, Grade
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.name import Name
from fedbib.model.record import Record
from fedbib.model.work import ItemType, Status, Work
from fedbib.settle import settle
from fedbib.sources.base import NotFound
from fedbib.sync.ask import asked
from fedbib.sync.refresh import refresh
from tests.rules import RULES

PAPERS = Path(__file__).parents[1] / "cases/papers.jsonl"
"""Papers of the shipped collection with what is known of each: title, people, preprint and publication."""

S2 = Finding.of(Code.NAMED, source="semantic_scholar")
AUTHORS_DOI = Finding.of(Code.NAMED, source="arxiv")
SEARCH = Finding.of(Code.SEARCHED, source="dblp")
LISTED = Finding.of(Code.LISTED, origin="README.md")


def names(people: Sequence[str]) -> tuple[Name, ...]:
    return tuple(Name(unsplit=person) for person in people)


def preprint(arxiv: str, title: str, people: Sequence[str], *more: Claim) -> Record:
    """A record that knows its arXiv id and what arXiv says."""
    id = Identifier(Scheme.ARXIV, arxiv)
    year, month = 2000 + int(arxiv[:2]), int(arxiv[2:4])
    says = Work(
        type=ItemType.ARTICLE, title=title, author=names(people), issued=PartialDate(year, month), arxiv=arxiv
    )  # fmt: skip
    return Record("key", ids=(id,), claims=(Claim("arxiv", says, id), *more))


def published(
    id: str,
    title: str,
    people: Sequence[str],
    venue: str,
    year: int,
    found: Finding = S2,
    source: str = "",
    **more: Any,
) -> Candidate:
    """What the registry of an id says, and how it was found."""
    at = identify(id)
    owners = {
        Scheme.ACL: "acl", Scheme.DOI: "crossref", Scheme.OPENREVIEW: "openreview", Scheme.PMLR: "pmlr", Scheme.DBLP: "dblp"
    }  # fmt: skip
    field = "DOI" if at.scheme is Scheme.DOI else str(at.scheme)
    values: dict[str, Any] = {
        "type": ItemType.PAPER_CONFERENCE,
        "title": title,
        "author": names(people),
        "issued": PartialDate(year) if year else None,
        "container_title": venue,
        field: at.value,
    }
    return Candidate(at, Work(**(values | more)), source or owners[at.scheme], found)


PEPTAO_TITLE = (
    "Federated Learning of Large Language Models with Parameter-Efficient Prompt Tuning and Adaptive Optimization"
)
PEPTAO_PEOPLE = (
    "Tianshi Che",
    "Ji Liu",
    "Yang Zhou",
    "Jiaxiang Ren",
    "Jiwen Zhou",
    "Victor S. Sheng",
    "Huaiyu Dai",
    "Dejing Dou",
)
PETUNING_OLD = "When Federated Learning Meets Pre-trained Language Models' Parameter-Efficient Tuning Methods"
PETUNING_TITLE = (
    "FedPETuning: When Federated Learning Meets the Parameter-Efficient Tuning Methods of Pre-trained Language Models"
)
PETUNING_FIVE = ("Zhuo Zhang", "Yuanhang Yang", "Yong Dai", "Lizhen Qu", "Zenglin Xu")
PETUNING_PEOPLE = ("Zhuo Zhang", "Yuanhang Yang", "Yong Dai", "Qifan Wang", "Yue Yu", "Lizhen Qu", "Zenglin Xu")
PETALS_TITLE = "Petals: Collaborative Inference and Fine-tuning of Large Models"
PETALS_PEOPLE = (
    "Alexander Borzunov",
    "Dmitry Baranchuk",
    "Tim Dettmers",
    "Max Ryabinin",
    "Younes Belkada",
    "Artem Chumachenko",
    "Pavel Samygin",
    "Colin Raffel",
)
PETALS_ACL = (*PETALS_PEOPLE[:3], "Maksim Riabinin", *PETALS_PEOPLE[4:])
SISTER_TITLE = "Distributed Inference and Fine-tuning of Large Language Models Over The Internet"
MEZO_OLD = "On the Convergence of Zeroth-Order Federated Tuning in Large Language Models"
MEZO_TITLE = "On the Convergence of Zeroth-Order Federated Tuning for Large Language Models"
MEZO_PEOPLE = ("Zhenqing Ling", "Daoyuan Chen", "Liuyi Yao", "Yaliang Li", "Ying Shen")
KSEED_TITLE = (
    "Federated Full-Parameter Tuning of Billion-Sized Language Models with Communication Cost under 18 Kilobytes"
)
KSEED_PEOPLE = ("Zhen Qin", "Daoyuan Chen", "Bingchen Qian", "Bolin Ding", "Yaliang Li", "Shuiguang Deng")

PEPTAO = preprint("2310.15080", PEPTAO_TITLE, PEPTAO_PEOPLE)
PETUNING = preprint("2212.10025", PETUNING_OLD, PETUNING_FIVE)
PETALS = preprint("2209.01188", PETALS_TITLE, PETALS_PEOPLE)
MEZO = preprint("2402.05926", MEZO_TITLE, MEZO_PEOPLE)
MEZO_V1 = preprint("2402.05926", MEZO_OLD, MEZO_PEOPLE)
KSEED = preprint("2312.06353", KSEED_TITLE, KSEED_PEOPLE)

EMNLP = "Proceedings of the 2023 Conference on Empirical Methods in Natural Language Processing"
FINDINGS = "Findings of the Association for Computational Linguistics: ACL 2023"
DEMO = "Proceedings of the 61st Annual Meeting of the Association for Computational Linguistics (Volume 3: System Demonstrations)"
KDD = "Proceedings of the 30th ACM SIGKDD Conference on Knowledge Discovery and Data Mining"
ICML = "Proceedings of the 41st International Conference on Machine Learning"
NEURIPS = "Advances in Neural Information Processing Systems 36"


@pytest.mark.parametrize(
    ("record", "candidate", "wanted"),
    [
        pytest.param(
            PEPTAO, published("2023.emnlp-main.488", PEPTAO_TITLE, (*PEPTAO_PEOPLE[:5], "Victor Sheng", *PEPTAO_PEOPLE[6:]), EMNLP, 2023),
            Decision.LINK, id="peptao-by-id",
        ),
        pytest.param(
            PEPTAO, published("10.18653/v1/2023.emnlp-main.488", PEPTAO_TITLE, PEPTAO_PEOPLE, EMNLP, 2023, SEARCH),
            Decision.LINK, id="peptao-by-title",
        ),
        pytest.param(
            PETUNING, published("2023.findings-acl.632", PETUNING_TITLE, PETUNING_PEOPLE, FINDINGS, 2023),
            Decision.LINK, id="petuning-retitled-two-more-by-id",
        ),
        pytest.param(
            PETUNING, published("2023.findings-acl.632", PETUNING_TITLE, PETUNING_PEOPLE, FINDINGS, 2023, SEARCH),
            Decision.PROPOSE, id="petuning-retitled-by-title",
        ),
        pytest.param(
            replace(PETUNING, claims=(*PETUNING.claims, Claim("arxiv", Work(type=ItemType.ARTICLE, title=PETUNING_TITLE), PETUNING.ids[0]))),
            published("2023.findings-acl.632", PETUNING_TITLE, PETUNING_PEOPLE, FINDINGS, 2023, SEARCH),
            Decision.LINK, id="any-known-title",
        ),
        pytest.param(
            replace(PETALS, claims=(*PETALS.claims, Claim("semantic_scholar", Work(title=SISTER_TITLE, dblp="conf/nips/B1"), PETALS.ids[0]))),
            published("dblp:conf/nips/B1", SISTER_TITLE, PETALS_ACL, NEURIPS, 2023, S2),
            Decision.REFUSE, id="an-index-that-takes-the-sister-for-petals",
        ),
        pytest.param(
            replace(KSEED, claims=(*KSEED.claims, Claim("openalex", Work(title=MEZO_TITLE), KSEED.ids[0]))),
            published("10.1145/3637528.3671865", MEZO_TITLE, KSEED_PEOPLE, KDD, 2024, S2),
            Decision.REFUSE, id="a-corrupt-title-of-an-index",
        ),
        pytest.param(
            replace(PETUNING, claims=(*PETUNING.claims, Claim(IMPORT, Work(title=PETUNING_TITLE), origin="README.md"))),
            published("2023.findings-acl.632", PETUNING_TITLE, PETUNING_PEOPLE, FINDINGS, 2023, SEARCH),
            Decision.PROPOSE, id="a-title-that-only-a-list-gives",
        ),
        pytest.param(
            replace(PETUNING, pin=Work(title=PETUNING_TITLE)),
            published("2023.findings-acl.632", PETUNING_TITLE, PETUNING_PEOPLE, FINDINGS, 2023, SEARCH),
            Decision.LINK, id="a-pinned-title",
        ),
        pytest.param(PETALS, published("2023.acl-demo.54", PETALS_TITLE, PETALS_ACL, DEMO, 2023), Decision.LINK, id="petals"),
        pytest.param(PETALS, published("2023.acl-demo.54", PETALS_TITLE, PETALS_ACL, DEMO, 2023, SEARCH), Decision.LINK, id="petals-by-title"),
        pytest.param(
            PETALS, published("openreview:HLQyRgRnoXo", PETALS_TITLE, PETALS_PEOPLE, "", 2022, container_title_short="BPM-NeurIPS Workshop"),
            Decision.PROPOSE, id="petals-workshop",
        ),
        pytest.param(
            PETALS, published("openreview:XmN7ZNbUAe", SISTER_TITLE, PETALS_ACL, NEURIPS, 2023, SEARCH),
            Decision.REFUSE, id="petals-sister-by-title",
        ),
        pytest.param(
            PETALS, published("10.5281/zenodo.1234567", PETALS_TITLE, PETALS_PEOPLE, "Zenodo", 2023), Decision.REFUSE, id="zenodo",
        ),
        pytest.param(MEZO, published("10.1145/3637528.3671865", MEZO_TITLE, MEZO_PEOPLE, KDD, 2024, AUTHORS_DOI), Decision.LINK, id="mezo"),
        pytest.param(MEZO_V1, published("10.1145/3637528.3671865", MEZO_TITLE, MEZO_PEOPLE, KDD, 2024, AUTHORS_DOI), Decision.LINK, id="mezo-in-for"),
        pytest.param(MEZO_V1, published("dblp:conf/kdd/LingCYL024", MEZO_TITLE, MEZO_PEOPLE, KDD, 2024, SEARCH), Decision.PROPOSE, id="mezo-in-for-by-title"),
        pytest.param(
            MEZO, published("10.1145/3637528.3671897", "FedBiOT: LLM Local Fine-tuning in Federated Learning without Full Model",
                            ("Feijie Wu", "Zitao Li", "Yaliang Li", "Bolin Ding", "Jing Gao"), KDD, 2024, AUTHORS_DOI),
            Decision.REFUSE, id="doi-of-another-kdd-paper",
        ),
        pytest.param(KSEED, published("pmlr:v235/qin24a", KSEED_TITLE.lower(), KSEED_PEOPLE, ICML, 2024), Decision.LINK, id="kseed-pmlr"),
        pytest.param(
            KSEED, published("openreview:cit0hg4sEz", KSEED_TITLE, KSEED_PEOPLE, "", 2024, SEARCH, container_title_short="ICML"),
            Decision.LINK, id="kseed-openreview",
        ),
        pytest.param(
            KSEED, published("pmlr:v235/qin24a", KSEED_TITLE.replace("18", "28"), KSEED_PEOPLE, ICML, 2024),
            Decision.REFUSE, id="another-number",
        ),
        pytest.param(
            preprint("2309.05444", "FLoRA: Federated Fine-Tuning Large Language Models with Heterogeneous Low-Rank Adaptations", ("Ziyao Wang", "Zheyu Shen")),
            published("10.1000/flora", "FLoRA: Low-Rank Core Space for N-dimension", ("Chongjie Si", "Xuehui Wang"), "CVPR", 2024),
            Decision.REFUSE, id="another-flora",
        ),
        pytest.param(
            preprint("2308.06522", "SLoRA: Federated Parameter Efficient Fine-Tuning of Language Models", ("Sara Babakniya", "Ahmed Roushdy Elkordy")),
            published("10.1000/s-lora", "S-LoRA: Serving Thousands of Concurrent LoRA Adapters", ("Ying Sheng", "Shiyi Cao"), "MLSys", 2024),
            Decision.REFUSE, id="slora-s-lora",
        ),
        pytest.param(
            KSEED, published("10.1000/a", KSEED_TITLE, ("Ann Smith", "Bob Jones", "Carl May"), KDD, 2024), Decision.REFUSE, id="same-title-other-people",
        ),
        pytest.param(KSEED, published("10.1000/a", KSEED_TITLE, (), KDD, 2024), Decision.PROPOSE, id="no-authors"),
        pytest.param(KSEED, published("10.1000/a", KSEED_TITLE, KSEED_PEOPLE, KDD, 0), Decision.PROPOSE, id="no-year"),
        pytest.param(KSEED, published("10.1000/a", KSEED_TITLE, (), KDD, 0), Decision.REFUSE, id="neither-authors-nor-year"),
        pytest.param(KSEED, published("10.1000/a", KSEED_TITLE, (), "FL@FM-NeurIPS", 2024), Decision.PROPOSE, id="a-workshop-without-authors"),
        pytest.param(KSEED, published("10.1000/a", KSEED_TITLE, (), KDD, 2024, status=Status.RETRACTED), Decision.PROPOSE, id="retracted-without-authors"),
        pytest.param(KSEED, published("10.1000/a", KSEED_TITLE, KSEED_PEOPLE, "", 2024), Decision.REFUSE, id="no-venue"),
        pytest.param(KSEED, published("10.1000/a", KSEED_TITLE, KSEED_PEOPLE, KDD, 2022), Decision.LINK, id="year-before"),
        pytest.param(KSEED, published("10.1000/a", KSEED_TITLE, KSEED_PEOPLE, KDD, 2021), Decision.PROPOSE, id="two-years-before"),
        pytest.param(KSEED, published("10.1000/a", KSEED_TITLE, KSEED_PEOPLE, KDD, 2027), Decision.LINK, id="four-years-after"),
        pytest.param(KSEED, published("10.1000/a", KSEED_TITLE, KSEED_PEOPLE, KDD, 2028), Decision.PROPOSE, id="five-years-after"),
        pytest.param(KSEED, published("10.1000/a", KSEED_TITLE, KSEED_PEOPLE, KDD, 2013), Decision.REFUSE, id="ten-years-before"),
        pytest.param(KSEED, published("10.1000/a", KSEED_TITLE, KSEED_PEOPLE, "CoRR", 2024), Decision.REFUSE, id="corr"),
        pytest.param(KSEED, published("10.1000/a", KSEED_TITLE, KSEED_PEOPLE, "arXiv preprint arXiv:2312.06353", 2024), Decision.REFUSE, id="arxiv-preprint"),
        pytest.param(KSEED, published("10.1000/a", KSEED_TITLE, KSEED_PEOPLE, "bioRxiv", 2024), Decision.REFUSE, id="biorxiv"),
        pytest.param(KSEED, published("10.2139/ssrn.4713271", KSEED_TITLE, KSEED_PEOPLE, "SSRN Electronic Journal", 2024), Decision.REFUSE, id="ssrn"),
        pytest.param(KSEED, published("10.36227/techrxiv.24191886.v1", KSEED_TITLE, KSEED_PEOPLE, "Institute", 2024), Decision.REFUSE, id="techrxiv-by-doi"),
        pytest.param(KSEED, published("10.1000/a", KSEED_TITLE, KSEED_PEOPLE, KDD, 2024, type=ItemType.ARTICLE), Decision.REFUSE, id="posted-content"),
        pytest.param(KSEED, published("10.1000/a", KSEED_TITLE, KSEED_PEOPLE, KDD, 2024, type=ItemType.DATASET), Decision.REFUSE, id="dataset"),
        pytest.param(KSEED, published("10.1000/a", KSEED_TITLE, KSEED_PEOPLE, "Zhejiang University", 2024, type=ItemType.THESIS), Decision.REFUSE, id="thesis"),
        pytest.param(KSEED, published("dblp:journals/corr/abs-2312-06353", KSEED_TITLE, KSEED_PEOPLE, "Journal", 2024), Decision.REFUSE, id="corr-key"),
        pytest.param(KSEED, published("openreview:cit0hg4sEz", KSEED_TITLE, KSEED_PEOPLE, "Submitted to ICLR 2024", 2024), Decision.REFUSE, id="submitted"),
        pytest.param(KSEED, published("openreview:cit0hg4sEz", KSEED_TITLE, KSEED_PEOPLE, "ICLR 2024 Withdrawn Submission", 2024), Decision.REFUSE, id="withdrawn-submission"),
        pytest.param(KSEED, published("openreview:cit0hg4sEz", KSEED_TITLE, KSEED_PEOPLE, "ICLR", 2024, status=Status.WITHDRAWN), Decision.REFUSE, id="withdrawn"),
        pytest.param(
            KSEED, replace(published("openreview:cit0hg4sEz", KSEED_TITLE, KSEED_PEOPLE, "ICLR", 2024), hints=Hints(submission=Submission(State.REJECTED, "ICLR.cc/2024/Conference"))),
            Decision.REFUSE, id="rejected",
        ),
        pytest.param(KSEED, published("10.1000/a", KSEED_TITLE, KSEED_PEOPLE, KDD, 2024, status=Status.RETRACTED), Decision.LINK, id="retracted"),
        pytest.param(KSEED, published("10.1000/a", KSEED_TITLE, KSEED_PEOPLE, "FL@FM-NeurIPS", 2024), Decision.PROPOSE, id="workshop-by-sign"),
        pytest.param(KSEED, published("10.1000/a", KSEED_TITLE, KSEED_PEOPLE, "KDDW", 2024), Decision.PROPOSE, id="workshop-by-letter"),
        pytest.param(KSEED, published("10.1000/a", KSEED_TITLE, KSEED_PEOPLE, "Proceedings of the ACM Web Conference 2024, WWW 2024", 2024), Decision.LINK, id="www-is-no-workshop"),
        pytest.param(KSEED, published("10.1000/a", KSEED_TITLE, KSEED_PEOPLE, KDD, 2024, source="semantic_scholar"), Decision.PROPOSE, id="not-read-at-its-registry"),
        pytest.param(KSEED, published("10.1000/a", KSEED_TITLE, KSEED_PEOPLE, KDD, 2024, source="acl"), Decision.PROPOSE, id="not-acl-s-doi"),
        pytest.param(KSEED, published("10.1000/a", KSEED_TITLE, KSEED_PEOPLE, KDD, 2024, DOI="10.1000/b"), Decision.REFUSE, id="answer-about-another-doi"),
        pytest.param(KSEED, published("10.1000/a", KSEED_TITLE, KSEED_PEOPLE, KDD, 2024, arxiv="2312.08361"), Decision.REFUSE, id="of-another-preprint"),
        pytest.param(KSEED, published("10.1000/a", KSEED_TITLE, KSEED_PEOPLE, KDD, 2024, arxiv="2312.06353"), Decision.LINK, id="of-this-preprint"),
        pytest.param(
            KSEED, replace(published("10.1000/a", KSEED_TITLE, KSEED_PEOPLE, KDD, 2024), hints=Hints(names=(Identifier(Scheme.ARXIV, "2312.08361"),))),
            Decision.REFUSE, id="of-another-preprint-by-relation",
        ),
        pytest.param(KSEED, published("10.1000/a", f"Correction to: {KSEED_TITLE}", KSEED_PEOPLE, KDD, 2024), Decision.REFUSE, id="correction"),
        pytest.param(KSEED, published("10.1000/a", f"{KSEED_TITLE}: Supplementary", KSEED_PEOPLE, KDD, 2024), Decision.REFUSE, id="supplement"),
        pytest.param(KSEED, published("10.1000/a", f"Poster: {KSEED_TITLE}", KSEED_PEOPLE, KDD, 2024), Decision.PROPOSE, id="poster"),
        pytest.param(KSEED, published("10.1000/a", f"{KSEED_TITLE}, Part II", KSEED_PEOPLE, KDD, 2024), Decision.PROPOSE, id="part-ii"),
        pytest.param(MEZO_V1, published("10.1000/a", MEZO_TITLE, (*MEZO_PEOPLE[:4], "Someone Else"), KDD, 2024), Decision.PROPOSE, id="two-weak-gates"),
        pytest.param(MEZO_V1, published("10.1000/a", MEZO_TITLE, MEZO_PEOPLE, KDD, 2024, LISTED), Decision.PROPOSE, id="id-of-a-list"),
    ],
)  # fmt: skip
def test_judgements(record: Record, candidate: Candidate, wanted: Decision) -> None:
    found = judge(record, candidate, RULES)
    assert found.decision is wanted, found.findings


def test_no_gate_makes_up_for_another() -> None:
    good = published("10.1000/a", KSEED_TITLE, KSEED_PEOPLE, KDD, 2024, AUTHORS_DOI)
    assert {finding.grade for finding in judge(KSEED, good, RULES).findings} == {Grade.PASS}
    spoilt = {
        Code.TITLE_OTHER: replace(good, says=replace(good.says, title="Attention Is All You Need")),
        Code.AUTHORS: replace(good, says=replace(good.says, author=names(["Ashish Vaswani"]))),
        Code.YEAR: replace(good, says=replace(good.says, issued=PartialDate(1999))),
        Code.WITHDRAWN: replace(good, says=replace(good.says, status=Status.WITHDRAWN)),
        Code.PREPRINT: replace(good, says=replace(good.says, container_title="CoRR")),
        Code.OTHER_ID: replace(good, says=replace(good.says, DOI="10.1000/b")),
    }
    for code, candidate in spoilt.items():
        found = judge(KSEED, candidate, RULES)
        assert [each.code for each in found.findings if each.grade is not Grade.PASS] == [code]
        assert found.decision is Decision.REFUSE


# Which are looked for, where -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        pytest.param(KSEED, True, id="preprint"),
        pytest.param(Record("k", ids=KSEED.ids), True, id="nothing-known-but-the-arxiv-id"),
        pytest.param(Record("k"), False, id="nothing-known"),
        pytest.param(replace(KSEED, ids=(*KSEED.ids, identify("pmlr:v235/qin24a"))), False, id="has-an-id"),
        pytest.param(replace(KSEED, ids=(*KSEED.ids, identify("openreview:cit0hg4sEz"))), True, id="a-submission"),
        pytest.param(replace(KSEED, ids=(*KSEED.ids, identify("10.2139/ssrn.4713271"))), True, id="another-preprint"),
        pytest.param(
            replace(KSEED, claims=(*KSEED.claims, Claim(IMPORT, Work(container_title_short="ICML"), origin="x.md"))),
            True,
            id="a-list-names-a-venue",
        ),
        pytest.param(replace(KSEED, pin=Work(type=ItemType.ARTICLE)), False, id="pinned-as-a-preprint"),
    ],
)
def test_wanted(record: Record, expected: bool) -> None:
    assert wanted(record) is expected


def claims_of(*claims: Claim) -> Mapping[tuple[str, Identifier], object]:
    return {(claim.source, claim.id): claim for claim in claims if claim.id}


ARXIV_SAYS_DOI = replace(
    MEZO,
    claims=(replace(MEZO.claims[0], hints=Hints((identify("10.1145/3637528.3671865"),), journal_ref="KDD 2024")),),
)
AT_KDD = published("10.1145/3637528.3671865", MEZO_TITLE, MEZO_PEOPLE, KDD, 2024)
AT_CROSSREF = Claim("crossref", AT_KDD.says, AT_KDD.id)


def test_leads_come_from_what_the_claims_name() -> None:
    assert leads(ARXIV_SAYS_DOI) == ((AT_KDD.id, AUTHORS_DOI),)
    s2 = Claim(
        "semantic_scholar",
        Work(DOI="10.18653/v1/2023.acl-demo.54", dblp="conf/acl/Borzunov", arxiv="2209.01188"),
        PETALS.ids[0],
    )
    assert leads(replace(PETALS, claims=(*PETALS.claims, s2))) == (
        (Identifier(Scheme.DOI, "10.18653/v1/2023.acl-demo.54"), S2),
        (Identifier(Scheme.DBLP, "conf/acl/Borzunov"), S2),
        (Identifier(Scheme.ACL, "2023.acl-demo.54"), Finding.of(Code.HELD, source="semantic_scholar")),
    )


def test_what_people_took_up_or_rejected_is_no_lead() -> None:
    assert leads(replace(ARXIV_SAYS_DOI, rejected=(AT_KDD.id,))) == ()
    assert leads(replace(ARXIV_SAYS_DOI, ids=(*MEZO.ids, AT_KDD.id))) == ()
    s2 = Claim("semantic_scholar", Work(acl="2023.acl-demo.54", DOI="10.18653/v1/2023.acl-demo.54"), PETALS.ids[0])
    record = replace(PETALS, claims=(*PETALS.claims, s2), rejected=(Identifier(Scheme.ACL, "2023.acl-demo.54"),))
    assert leads(record) == ()


def test_a_list_s_id_is_a_lead_that_counts_for_less() -> None:
    listed = Claim(IMPORT, Work(title=MEZO_OLD, DOI="10.1145/3637528.3671865"), origin="README.md")
    (candidate,) = candidates(replace(MEZO_V1, claims=(*MEZO_V1.claims, listed)), claims_of(AT_CROSSREF), RULES)
    assert (candidate.found, candidate.by_id) == (LISTED, False)
    assert judge(MEZO_V1, candidate, RULES).decision is Decision.PROPOSE


def test_candidates_say_what_their_registry_says() -> None:
    (candidate,) = candidates(ARXIV_SAYS_DOI, claims_of(AT_CROSSREF), RULES)
    assert candidate == Candidate(AT_KDD.id, AT_KDD.says, "crossref", AUTHORS_DOI)
    assert decided(ARXIV_SAYS_DOI, [candidate], RULES).linked[0].candidate is candidate


def test_nobody_answered_is_no_publication() -> None:
    assert candidates(ARXIV_SAYS_DOI, {}, RULES) == ()
    assert candidates(ARXIV_SAYS_DOI, {("crossref", AT_KDD.id): NotFound(AT_KDD.id)}, RULES) == ()
    other = Claim("crossref", AT_KDD.says, identify("10.1000/b"))
    assert candidates(ARXIV_SAYS_DOI, claims_of(other), RULES) == ()


HIT = replace(
    published("dblp:conf/kdd/LingCYL024", MEZO_TITLE, MEZO_PEOPLE, "", 2024).says,
    DOI="10.1145/3637528.3671865",
    container_title_short="KDD",
)
NAMESAKE = published("dblp:conf/x/Y1", "FedBiOT: LLM Local Fine-tuning", ("Feijie Wu", "Yaliang Li"), "KDD", 2024).says
CORR_HIT = Work(
    type=ItemType.ARTICLE,
    title=MEZO_TITLE,
    author=names(MEZO_PEOPLE),
    arxiv="2402.05926",
    dblp="journals/corr/abs-2402-05926",
)


def test_a_search_finds_what_is_worth_asking_about() -> None:
    hits = {"dblp": (CORR_HIT, NAMESAKE, HIT)}
    assert hit_leads(MEZO, hits, RULES) == (AT_KDD.id, Identifier(Scheme.DBLP, "conf/kdd/LingCYL024"))
    found = search_candidates(MEZO, hits, claims_of(AT_CROSSREF), RULES)
    outcome = decided(MEZO, found, RULES)
    assert {str(each.id) for each in outcome.linked} == {
        "doi:10.1145/3637528.3671865",
        "dblp:conf/kdd/LingCYL024",
    }
    assert outcome.record.proposals == ()
    assert outcome.linked[0].why[0] == SEARCH


def test_a_found_id_that_its_registry_does_not_confirm_is_not_linked() -> None:
    outcome = decided(MEZO, search_candidates(MEZO, {"dblp": (replace(HIT, dblp=""),)}, {}, RULES), RULES)
    assert outcome.linked == ()
    assert [str(item.id) for item in outcome.record.proposals] == ["doi:10.1145/3637528.3671865"]


# What becomes of them ------------------------------------------------------------------------------------------------


def test_a_link_is_a_claim_with_its_evidence_and_settles() -> None:
    record = linked(MEZO, judge(MEZO, AT_KDD, RULES))
    claim = next(claim for claim in record.claims if claim.source == "crossref")
    assert claim.is_linked
    assert claim.link == (
        S2,
        Finding.of(Code.TITLE_EQUAL),
        Finding.of(Code.AUTHORS, same=5, of=5, more=0, respelt=0),
        Finding.of(Code.YEAR, year=2024, preprint=2024),
        Finding.of(Code.ACCEPTED),
        Finding.of(Code.VENUE, venue="KDD"),
        Finding.of(Code.AT_REGISTRY, source="crossref"),
    )
    work = settle(record, RULES)
    assert (work.DOI, work.arxiv, work.container_title_short, work.status) == (
        "10.1145/3637528.3671865", "2402.05926", "KDD", Status.PUBLISHED
    )  # fmt: skip
    assert record.ids == MEZO.ids
    assert not wanted(record)


def test_a_linked_id_is_asked_for_again_and_keeps_its_evidence() -> None:
    record = linked(MEZO, judge(MEZO, AT_KDD, RULES))
    assert asked(record) == {*MEZO.ids, AT_KDD.id}
    again = Claim(
        "crossref",
        replace(AT_KDD.says, publisher="ACM"),
        AT_KDD.id,
        hints=Hints(notices=(Notice(Effect.CORRECTED, identify("10.1000/n")),)),
    )
    fresh = refresh(record, {("crossref", AT_KDD.id): again}, RULES).record
    claim = next(claim for claim in fresh.claims if claim.source == "crossref")
    assert claim.says.publisher == "ACM"
    assert claim.link == linked(MEZO, judge(MEZO, AT_KDD, RULES)).claims[-1].link
    assert claim.hints == again.hints
    assert refresh(fresh, {("crossref", AT_KDD.id): again}, RULES).record == fresh


def test_the_day_a_preprint_was_found_published_is_kept() -> None:
    day, later = date(2026, 1, 31), date(2026, 2, 1)
    found = dated(MEZO, linked(MEZO, judge(MEZO, AT_KDD, RULES)), day)
    assert [claim.since for claim in found.claims if claim.source == "crossref"] == [day]
    again = {("crossref", AT_KDD.id): Claim("crossref", replace(AT_KDD.says, publisher="ACM"), AT_KDD.id)}
    fresh = refresh(found, again, RULES).record
    assert [claim.since for claim in dated(found, fresh, later).claims if claim.source == "crossref"] == [day]
    assert dated(MEZO, MEZO, day) == MEZO


def test_a_rejected_link_is_asked_for_no_more_and_goes() -> None:
    record = replace(linked(MEZO, judge(MEZO, AT_KDD, RULES)), rejected=(AT_KDD.id,))
    assert linked_ids(record) == ()
    fresh = refresh(record, {}, RULES).record
    assert [claim.source for claim in fresh.claims] == ["arxiv"]


def test_a_proposal_stays_off_the_work() -> None:
    candidate = published("openreview:HLQyRgRnoXo", PETALS_TITLE, PETALS_PEOPLE, "BPM Workshop", 2022)
    outcome = decided(PETALS, [candidate], RULES)
    (proposal,) = outcome.record.proposals
    assert [each for each in proposal.findings if each.grade is not Grade.PASS] == [
        Finding.of(Code.WORKSHOP, Grade.UNSURE, venue="BPM Workshop")
    ]
    assert proposal.says == Work(
        title=PETALS_TITLE, author=names(PETALS_PEOPLE), issued=PartialDate(2022), container_title="BPM Workshop"
    )
    assert settle(outcome.record, RULES) == settle(PETALS, RULES)
    assert decided(outcome.record, [candidate], RULES).record == outcome.record


def test_a_rejected_id_is_neither_linked_nor_proposed_again() -> None:
    record = replace(PETALS, rejected=(Identifier(Scheme.ACL, "2023.acl-demo.54"),))
    found = [
        published("2023.acl-demo.54", PETALS_TITLE, PETALS_ACL, DEMO, 2023),
        replace(published("2023.acl-demo.54", PETALS_TITLE, PETALS_ACL, DEMO, 2023), id=Identifier(Scheme.DOI, "10.18653/v1/2023.acl-demo.54"), source="crossref"),
    ]  # fmt: skip
    assert decided(record, found, RULES).record == record
    assert proposed(record, judge(record, found[1], RULES)) == record


def test_one_publication_under_several_ids_is_linked_as_one() -> None:
    found = [
        published("openreview:cit0hg4sEz", KSEED_TITLE, KSEED_PEOPLE, "ICML", 2024, SEARCH),
        published("pmlr:v235/qin24a", KSEED_TITLE, KSEED_PEOPLE, ICML, 2024, SEARCH, openreview="cit0hg4sEz"),
        published("dblp:conf/icml/QinCQDLD24", KSEED_TITLE, KSEED_PEOPLE, "Forty-first International Conference on Machine Learning", 2024, SEARCH, openreview="cit0hg4sEz"),
    ]  # fmt: skip
    assert [each.candidate for each in decided(KSEED, found, RULES).linked] == found


def test_a_twin_in_a_database_is_no_rival_and_no_question() -> None:
    """DBLP calls the place what nobody knows, and gives no authors."""
    conference = published("10.1000/a", KSEED_TITLE, KSEED_PEOPLE, "Proc. of an Unknown Venue", 2024)
    twin = published("dblp:conf/x/Y24", KSEED_TITLE, (), "XYZ", 2024, SEARCH)
    for found in ([conference, twin], [twin, conference]):
        outcome = decided(KSEED, found, RULES)
        assert [each.candidate for each in outcome.linked] == [conference, twin]
        assert outcome.proposed == ()
    elsewhere = replace(twin, source="crossref")
    outcome = decided(KSEED, [conference, elsewhere], RULES)
    assert ([each.candidate for each in outcome.linked], outcome.proposed) == ([conference], ())


def test_a_retraction_is_linked_with_the_other_witness() -> None:
    told = published("10.18653/v1/2023.acl-demo.54", PETALS_TITLE, PETALS_ACL, DEMO, 2023, status=Status.RETRACTED)
    other = published("2023.acl-demo.54", PETALS_TITLE, PETALS_ACL, DEMO, 2023)
    outcome = decided(PETALS, [other, told], RULES)
    assert len(outcome.linked) == 2
    assert settle(outcome.record, RULES).status is Status.RETRACTED


def test_the_better_way_to_an_id_counts() -> None:
    by_id = published("10.1145/3637528.3671865", MEZO_TITLE, MEZO_PEOPLE, KDD, 2024, AUTHORS_DOI)
    outcome = decided(MEZO_V1, [replace(by_id, found=SEARCH), by_id], RULES)
    assert [each.candidate for each in outcome.linked] == [by_id]
    assert outcome.proposed == ()


def test_a_proposal_that_fails_at_a_gate_by_now_goes() -> None:
    waiting = published("openreview:bjRk18VW6t", KSEED_TITLE, KSEED_PEOPLE, "FL@FM-NeurIPS Workshop", 2023)
    record = decided(KSEED, [waiting], RULES).record
    assert len(record.proposals) == 1
    assert (
        decided(
            record,
            [replace(waiting, hints=Hints(submission=Submission(State.REJECTED, "X.cc/2023/Workshop/Y")))],
            RULES,
        ).record.proposals
        == ()
    )
    poorer = replace(waiting, says=replace(waiting.says, author=(), issued=None))
    assert decided(record, [poorer], RULES).record == record


def test_two_publications_are_for_a_person() -> None:
    conference = published("10.1000/a", KSEED_TITLE, KSEED_PEOPLE, KDD, 2024, SEARCH)
    journal = published(
        "10.1000/b", KSEED_TITLE, KSEED_PEOPLE, "IEEE Trans. Comput.", 2026, SEARCH, type=ItemType.ARTICLE_JOURNAL
    )
    outcome = decided(KSEED, [conference, journal], RULES)
    assert outcome.linked == ()
    assert [str(item.id) for item in outcome.record.proposals] == ["doi:10.1000/a", "doi:10.1000/b"]
    also = Finding.of(Code.NOT_ALONE, Grade.UNSURE, venues=f"{KDD} and IEEE Trans. Comput.")
    assert [item.findings[-1] for item in outcome.record.proposals] == [also, also]


def test_what_is_doubtful_waits_beside_two_publications_and_what_fails_is_told() -> None:
    conference = published("10.1000/a", KSEED_TITLE, KSEED_PEOPLE, KDD, 2024, SEARCH)
    journal = published(
        "10.1000/b", KSEED_TITLE, KSEED_PEOPLE, "IEEE Trans. Comput.", 2026, SEARCH, type=ItemType.ARTICLE_JOURNAL
    )
    late = published("10.1000/c", KSEED_TITLE, KSEED_PEOPLE, KDD, 2028)
    other = published("10.1000/d", "Attention Is All You Need", ["Ashish Vaswani"], KDD, 2024)
    outcome = decided(KSEED, [late, conference, other, journal], RULES)
    assert {str(item.id) for item in outcome.record.proposals} == {"doi:10.1000/a", "doi:10.1000/b", "doi:10.1000/c"}
    assert [each.candidate for each in outcome.refused] == [other]


def test_pinned_people_are_those_that_a_candidate_is_compared_with() -> None:
    candidate = published("10.1000/a", KSEED_TITLE, KSEED_PEOPLE, KDD, 2024)
    assert judge(KSEED, candidate, RULES).decision is Decision.LINK
    wrong = replace(KSEED, pin=Work(author=names(["Ashish Vaswani", "Noam Shazeer"])))
    assert judge(wrong, candidate, RULES).decision is Decision.REFUSE
    arxiv = replace(KSEED.claims[0], says=replace(KSEED.claims[0].says, author=names(["Ashish Vaswani"])))
    right = replace(KSEED, claims=(arxiv,), pin=Work(author=names(KSEED_PEOPLE)))
    assert judge(right, candidate, RULES).decision is Decision.LINK


def test_of_two_publications_the_one_that_an_id_led_to_is_linked() -> None:
    conference = published("10.1000/a", KSEED_TITLE, KSEED_PEOPLE, KDD, 2024, AUTHORS_DOI)
    journal = published(
        "10.1000/b", KSEED_TITLE, KSEED_PEOPLE, "IEEE Trans. Comput.", 2026, SEARCH, type=ItemType.ARTICLE_JOURNAL
    )
    outcome = decided(KSEED, [journal, conference], RULES)
    assert [each.candidate for each in outcome.linked] == [conference]


def test_the_workshop_version_waits_beside_the_linked_conference_version() -> None:
    workshop = published("openreview:bjRk18VW6t", KSEED_TITLE, KSEED_PEOPLE, "FL@FM-NeurIPS Workshop", 2023)
    conference = published("pmlr:v235/qin24a", KSEED_TITLE, KSEED_PEOPLE, ICML, 2024)
    outcome = decided(KSEED, [workshop, conference], RULES)
    assert [each.candidate for each in outcome.linked] == [conference]
    assert [item.id for item in outcome.record.proposals] == [workshop.id]


@pytest.mark.parametrize(
    ("id", "rule", "linked"),
    [
        pytest.param("10.1145/3650203.3663331", S2, True, id="an-id-led-to-the-proceedings"),
        pytest.param("10.1145/3650203.3663331", SEARCH, False, id="found-by-its-title"),
        pytest.param("openreview:bjRk18VW6t", S2, False, id="no-proceedings"),
    ],
)
def test_a_workshop_that_is_all_there_is(id: str, rule: Finding, linked: bool) -> None:
    workshop = published(id, KSEED_TITLE, KSEED_PEOPLE, "FL@FM-NeurIPS Workshop", 2023, rule)
    outcome = decided(KSEED, [workshop], RULES)
    assert [each.candidate for each in outcome.linked] == ([workshop] if linked else [])
    assert [item.id for item in outcome.record.proposals] == ([] if linked else [workshop.id])


@pytest.mark.parametrize(("arxiv", "year"), [("hep-th/9108001", 1991), ("math/0703001", 2007), ("9012.00001", 2090)])
def test_the_year_of_a_preprint_is_in_its_arxiv_id(arxiv: str, year: int) -> None:
    id = Identifier(Scheme.ARXIV, arxiv)
    says = Work(type=ItemType.ARTICLE, title=KSEED_TITLE, author=names(KSEED_PEOPLE), arxiv=arxiv)
    record = Record("k", ids=(id,), claims=(Claim("arxiv", says, id),))
    for after, decision in ((year, Decision.LINK), (year + 60, Decision.REFUSE), (year - 60, Decision.REFUSE)):
        candidate = published("10.1000/a", KSEED_TITLE, KSEED_PEOPLE, KDD, after)
        assert judge(record, candidate, RULES).decision is decision


# Real papers ---------------------------------------------------------------------------------------------------------

_SCHEMES = {"acl": Scheme.ACL, "doi": Scheme.DOI, "openreview": Scheme.OPENREVIEW, "pmlr": Scheme.PMLR}
_OWNERS = {"acl": "acl", "doi": "crossref", "openreview": "openreview", "pmlr": "pmlr"}


def facts() -> list[dict[str, Any]]:
    return [json.loads(line) for line in PAPERS.read_text("utf-8").splitlines()]


def of_fact(paper: Mapping[str, Any], rule: Finding) -> list[Candidate]:
    """A paper's publication as the registries of its ids would give it."""
    found = []
    for name, scheme in _SCHEMES.items():
        if value := paper.get(name):
            says = Work(
                type=ItemType.PAPER_CONFERENCE,
                title=paper["title"],
                author=names(paper.get("authors", ())),
                issued=PartialDate(paper["year"]) if paper.get("year") else None,
                container_title=paper.get("venue", ""),
                container_title_short=paper.get("venue_short", ""),
                **{"DOI" if name == "doi" else name: value.lower() if name == "doi" else value},
            )
            id = Identifier(scheme, value.lower() if name == "doi" else value)
            found.append(Candidate(id, says, _OWNERS[name], rule))
    return found


def record_of(paper: Mapping[str, Any]) -> Record:
    return preprint(paper["arxiv"], paper["title"], paper.get("authors", ()))


def is_publication(paper: Mapping[str, Any]) -> bool:
    """Whether the facts speak of a publication that may be linked: a venue that is no preprint server or workshop."""
    venue = paper.get("venue", "").casefold()
    in_doubt = any(word in venue for word in ("arxiv", "workshop", "submi"))
    return bool(venue) and not in_doubt and any(paper.get(name) for name in _SCHEMES)


_RARE, _EVERY = 12, 9


def of_others(papers: Sequence[Mapping[str, Any]]) -> list[list[Candidate]]:
    """For each paper the publications of those that share a person or a rarer word of the title, and of every ninth."""
    signs = [{*paper["title"].casefold().split(), *paper.get("authors", ())} for paper in papers]
    having: dict[str, list[int]] = {}
    for place, some in enumerate(signs):
        for sign in some:
            having.setdefault(sign, []).append(place)
    publications = [of_fact(paper, S2)[:1] for paper in papers]
    found = []
    for place, some in enumerate(signs):
        alike = {other for sign in some if len(having[sign]) <= _RARE for other in having[sign]}
        others = alike | set(range(place % _EVERY, len(papers), _EVERY))
        found.append([each for other in sorted(others - {place}) for each in publications[other]])
    return found


def test_no_preprint_is_linked_to_the_publication_of_another_paper() -> None:
    papers = facts()
    judged, wrong = 0, []
    for paper, others in zip(papers, of_others(papers), strict=True):
        if paper.get("arxiv"):
            record = record_of(paper)
            wrong += [each for each in others if judge(record, each, RULES).decision is Decision.LINK]
            judged += len(others)
    assert wrong == []
    assert judged > 5_000


@pytest.mark.parametrize("rule", [S2, SEARCH])
def test_preprints_are_linked_to_their_publication(rule: Finding) -> None:
    right = [paper for paper in facts() if paper.get("arxiv") and is_publication(paper)]
    missed = []
    for paper in right:
        outcome = decided(record_of(paper), of_fact(paper, rule), RULES)
        if not outcome.linked:
            missed.append((paper["title"], [each.findings for each in (*outcome.proposed, *outcome.refused)]))
    assert len(right) > 100
    assert len(missed) <= 0.05 * len(right), missed


def test_workshop_versions_are_never_linked() -> None:
    papers = [paper for paper in facts() if paper.get("arxiv") and "workshop" in paper.get("venue", "").casefold()]
    assert len(papers) > 10
    for paper in papers:
        for candidate in of_fact(paper, AUTHORS_DOI):
            assert judge(record_of(paper), candidate, RULES).decision is not Decision.LINK


def test_first_titles_and_first_authors_never_lead_elsewhere() -> None:
    papers = facts()
    for paper, others in zip(papers, of_others(papers), strict=True):
        variants = [(title, paper.get("authors", ())) for title in paper.get("title_variants", ())]
        variants += [(paper["title"], people) for people in paper.get("author_variants", ())]
        if not paper.get("arxiv"):
            continue
        for title, people in variants:
            record = preprint(paper["arxiv"], title, people)
            assert not [each for each in others if judge(record, each, RULES).decision is Decision.LINK]
