from __future__ import annotations

from dataclasses import replace

from fedbib.checks import identifiers
from fedbib.model.claim import Claim
from fedbib.model.identifier import Identifier, Scheme
from fedbib.model.name import Name
from fedbib.model.problem import Problem, Severity
from fedbib.model.record import Record
from fedbib.model.work import Work
from fedbib.settle import settle
from tests.rules import RULES

ACL = Identifier(Scheme.ACL, "2023.acl-demo.54")
ARXIV = Identifier(Scheme.ARXIV, "2209.01188")
PETALS = Work(title="Petals: Collaborative Inference of Large Models", author=(Name("Borzunov", "Alexander"),))
KSEED = Work(title="Federated Full-Parameter Tuning", author=(Name("Qin", "Zhen"), Name("Chen", "Daoyuan")))


def found(record: Record) -> list[Problem]:
    return list(identifiers.check((record,), lambda key: f"entries/{key}.toml"))


def test_ids_of_different_papers_are_both_named() -> None:
    claims = (Claim("acl", PETALS, id=ACL), Claim("arxiv", KSEED, id=ARXIV), Claim("import", KSEED, origin="list.md"))
    (problem,) = found(Record("k", ids=(ACL, ARXIV), claims=claims))
    assert (problem.code, problem.severity, problem.path) == ("I03", Severity.ERROR, "entries/k.toml")
    for named in ("acl:2023.acl-demo.54", "arxiv:2209.01188", "Petals", "Federated", "Borzunov", "Qin et al."):
        assert named in problem.message


def test_an_import_of_another_paper_is_named_by_its_file() -> None:
    claims = (Claim("acl", PETALS, id=ACL), Claim("import", KSEED, origin="list.md"))
    (problem,) = found(Record("k", ids=(ACL,), claims=claims))
    assert "list.md" in problem.message


def test_a_doi_that_wraps_another_anthology_id_is_an_error() -> None:
    doi = Identifier(Scheme.DOI, "10.18653/v1/2023.findings-acl.632")
    claims = (Claim("acl", Work(title="T", container_title="P", acl=ACL.value), id=ACL),)
    record = Record("k", ids=(ACL, doi), claims=claims, pin=Work(container_title="P"))
    assert settle(record, RULES).acl == ACL.value
    problems = identifiers.check((Record("k", ids=(ACL, doi)),), str)
    (problem,) = problems
    assert problem.code == "I03"
    assert "2023.findings-acl.632" in problem.message
    assert "2023.acl-demo.54" in problem.message


def test_a_pinned_identifier_that_is_none_is_an_error() -> None:
    (problem,) = found(Record("k", pin=Work(DOI="20.1234/x")))
    assert (problem.code, problem.field, problem.severity) == ("I01", "pin.DOI", Severity.ERROR)


def test_leaves_alone() -> None:
    claims = (Claim("acl", PETALS, id=ACL), Claim("arxiv", PETALS, id=ARXIV), Claim("import", Work(title=PETALS.title)))
    assert found(Record("k", ids=(ACL, ARXIV), claims=claims, pin=Work(DOI="10.18653/v1/2023.acl-demo.54"))) == []
    retitled = Claim("arxiv", Work(title="Quite another wording", author=PETALS.author), id=ARXIV)
    assert found(Record("k", claims=(claims[0], retitled))) == [], "a retitled paper keeps its people"
    assert found(Record("k")) == []


def test_a_record_with_very_many_papers_ends() -> None:
    claims = tuple(
        Claim("import", Work(title=f"Title{number}", author=(Name(f"Family{number}"),)), origin=f"{number}.md")
        for number in range(5_000)
    )
    assert len(found(Record("k", claims=claims))) == 4


def test_titles_alone_are_only_a_suspicion() -> None:
    """A paper's first title can share no word with its last."""
    listed = Claim("import", Work(title="Semantic Cache", arxiv=ARXIV.value), origin="a/list")
    early = Claim("import", Work(title="MeanCache", author=(Name(unsplit="Waris Gill"),)), origin="b/list")
    (problem,) = found(Record("k", ids=(ARXIV,), claims=(listed, early)))
    assert (problem.code, problem.severity) == ("I03", Severity.WARNING)


def test_a_doi_with_a_tail_that_is_hardly_its_own_is_told() -> None:
    tailed = Identifier(Scheme.DOI, "10.9999/abc.1/full")
    (problem,) = found(Record("k", ids=(tailed,)))
    assert (problem.code, problem.severity, problem.field) == ("I04", Severity.WARNING, "ids")
    assert "'/full'" in problem.message
    assert problem.hint.startswith("open https://doi.org/10.9999/abc.1;")
    (said,) = found(Record("k", claims=(Claim("import", replace(PETALS, DOI=tailed.value)),)))
    assert said.code == "I04"
    assert found(Record("k", ids=(Identifier(Scheme.DOI, "10.18653/v1/2023.acl-demo.54"),))) == []


def test_a_short_doi_is_told() -> None:
    (problem,) = found(Record("k", ids=(Identifier(Scheme.DOI, "10/dvzd5z"),)))
    assert (problem.code, problem.severity) == ("I04", Severity.NOTE)
    assert "https://doi.org/10/dvzd5z" in problem.hint
