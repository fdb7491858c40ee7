"""Real LaTeX over what is written: no error, no warning, every key cited, the right letters in the PDF."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

from fedbib.formats import FORMATS
from fedbib.formats.bib import bibtex
from fedbib.model.about import About
from fedbib.text.latex import encode
from fedbib.text.markup import plain
from tests import engines
from tests.engines import need
from tests.hard import KINDS, OTHER_SCRIPTS, WORKS
from tests.typst import printed

pytestmark = pytest.mark.engine

OUTPUT = Path(__file__).resolve().parents[1] / "output"

NATBIB = "\\usepackage[numbers]{natbib}"
ARTICLE = "\\documentclass{article}\n\\usepackage[T1]{fontenc}\n\\usepackage{times,url}"
STYLES = {
    "plain": ARTICLE,
    "unsrt": ARTICLE,
    "alpha": ARTICLE,
    "abbrv": ARTICLE,
    "plainnat": ARTICLE + NATBIB,
    "apalike": ARTICLE,
    "acm": ARTICLE,
    "ieeetr": ARTICLE,
    "IEEEtran": "\\documentclass{IEEEtran}\n\\usepackage[T1]{fontenc}\n\\usepackage{url}",
    "ACM-Reference-Format": ARTICLE + NATBIB + "\\usepackage{hyperref}",
    "splncs04": "\\documentclass{llncs}\n\\usepackage[T1]{fontenc}\n\\usepackage{times,url}",
    "elsarticle-num": "\\documentclass{elsarticle}\n\\usepackage[T1]{fontenc}\n\\usepackage{times,hyperref}",
}
"""Each style with the beginning of a document as its users write it."""
# What a true record may lack, and two styles ask for.
LACKING = re.compile(
    r"Warning--(?:empty (?:pages|address|publisher|publisher and address) in|no number and no volume in"
    r"|page numbers missing in both pages and numpages fields in|articleno or eid field, but no numpages field, in) \S+"
    r"|\(There (?:was 1|were \d+) warnings?\)"
)
ASKING = ("ACM-Reference-Format", "elsarticle-num")
BIBLATEX_STYLES = ("numeric", "authoryear", "ieee", "apa")

# biblatex-apa makes an @article of a paper without editors; its file keeps it from that, a .bib for BibTeX cannot.
MADE_ARTICLES = re.compile(
    r"WARN - Datamodel: Entry '\S+' \(works\.bib\): Invalid field '(?:publisher|location|isbn|issn)' for entrytype 'article'\n"
    r"|INFO - WARNINGS: \d+\n"
)

SHOWN = (
    "FedPETuning", "Petals", "LLaMA", "100% of R&D #1", "Łukasiewicz", "Müller", "Erdős", "Nguyễn", "van der Maaten",
    "Llama Team, AI and Friends", "Otter Core Team",
    "\\input{x} \\write18{y} ^^5c", "@article{q",
)  # fmt: skip
SHOWN_OF_SHIPPED = ("FedPETuning", "Petals", "Che", "Borzunov")


def run(folder: Path, *command: str) -> str:
    """What a program printed in a folder."""
    return "".join(engines.run(command, folder=folder))


def squeezed(text: str) -> str:
    """Text of a PDF without what its lines do to it: blanks, ligatures, hyphens at the ends of lines."""
    for ligature, letters in (("ﬀ", "ff"), ("ﬁ", "fi"), ("ﬂ", "fl"), ("ﬃ", "ffi"), ("ﬄ", "ffl")):
        text = text.replace(ligature, letters)
    return unicodedata.normalize("NFC", re.sub(r"\s+", "", re.sub(r"-\n", "", text)))


def log_warnings(log: str) -> list[str]:
    """Warnings of a LaTeX log; how full lines are is no matter here, and an error stops LaTeX."""
    return [line for line in log.splitlines() if "Warning" in line and "Font shape" not in line]


SOURCES = ("written", "shipped")
FORMATS_READ = {"bibtex": "fedllm.bib", "biblatex": "fedllm-biblatex.bib"}


def bib_of(which: str, form: str = "bibtex") -> str:
    if which == "shipped":
        return (OUTPUT / FORMATS_READ[form]).read_text("utf-8")
    works = WORKS + KINDS if form == "biblatex" else WORKS + KINDS + OTHER_SCRIPTS
    return FORMATS[form].render(works, About(title="Tests"))


def for_apa(bib: str) -> str:
    """biblatex-apa makes an @inbook of a paper, and knows the event of talks only."""
    return re.sub(r"^ +eventtitle = .*\n", "", bib, flags=re.MULTILINE)


def keys_of(bib: str) -> list[str]:
    return re.findall(r"^@\w+\{([^,]+),", bib, re.MULTILINE)


def check_pdf(folder: Path, which: str, keys: list[str], small_capitals: bool = False) -> None:
    text = squeezed(run(folder, need("pdftotext"), "-layout", "paper.pdf", "-"))
    for wanted in SHOWN if which == "written" else SHOWN_OF_SHIPPED:
        if small_capitals and not wanted.isascii():
            continue  # a PDF does not say which letter an accent over a small capital belongs to
        assert squeezed(wanted).casefold() in text.casefold(), wanted
    aux = (folder / "paper.aux").read_text("utf-8")
    for key in keys:
        assert key in aux


def check_findable(bbl: str, bib: str) -> None:
    """Each reference prints something to find the paper by: where it appeared, an id or an address."""
    works = {work.key: work for work in bibtex.parse(bib).works}
    printed = dict(ITEM.findall(bbl))
    assert printed.keys() == works.keys()
    for key, text in printed.items():
        work = works[key]
        ids = (work.DOI, work.arxiv, work.URL, work.openreview, work.number)
        places = (work.container_title, work.publisher, work.medium, *ids)
        assert any(place and letters(encode(place, rich=False)) in letters(text) for place in places), text


def check_numbers(bbl: str, bib: str) -> None:
    """A preprint's number is printed once at most beside its addresses, that of a published work not at all."""
    works = {work.key: work for work in bibtex.parse(bib).works}
    for key, text in ITEM.findall(bbl):
        shown = ADDRESS.sub("", re.sub(r"%\n", "", text))
        if (number := works[key].arxiv) and number in shown:
            assert works[key].is_preprint, text
            assert shown.count(number) == 1, text


ADDRESS = re.compile(r"https?:\\?/\\?/[^\s{}]+|10\.48550[^\s{}]+")
ITEM = re.compile(r"\\bibitem(?:\[.*?\])?%?\s*\{([^{}]+)\}(.*?)(?=\\bibitem|\\end\{thebib)", re.DOTALL)


def letters(text: str) -> str:
    return re.sub(r"\W", "", text).casefold()


@pytest.mark.parametrize("which", SOURCES)
@pytest.mark.parametrize("style", STYLES)
def test_bibtex_style(tmp_path: Path, style: str, which: str) -> None:
    latex, program = need("pdflatex"), need("bibtex")
    bib = bib_of(which)
    keys = keys_of(bib)
    (tmp_path / "works.bib").write_text(bib, "utf-8")
    (tmp_path / "paper.tex").write_text(
        f"{STYLES[style]}\n\\begin{{document}}\n\\cite{{{','.join(keys)}}}\n"
        f"\\bibliographystyle{{{style}}}\n\\bibliography{{works}}\n\\end{{document}}\n",
        "utf-8",
    )
    command = (latex, "-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error", "paper.tex")
    run(tmp_path, *command)
    warned = [line for line in run(tmp_path, program, "paper").splitlines() if "warning" in line.lower()]
    if style in ASKING:
        warned = [line for line in warned if not LACKING.fullmatch(line)]
    assert warned == []
    check_findable((tmp_path / "paper.bbl").read_text("utf-8"), bib)
    check_numbers((tmp_path / "paper.bbl").read_text("utf-8"), bib)
    for _ in range(2):
        run(tmp_path, *command)
    assert log_warnings((tmp_path / "paper.log").read_text("latin-1")) == []
    check_pdf(tmp_path, which, keys, small_capitals=style == "acm")


@pytest.mark.parametrize("which", SOURCES)
@pytest.mark.parametrize("form", FORMATS_READ)
@pytest.mark.parametrize("style", BIBLATEX_STYLES)
def test_biblatex_style_with_biber(tmp_path: Path, style: str, form: str, which: str) -> None:
    latex, biber = need("pdflatex"), need("biber")
    bib = bib_of(which, form)
    keys = keys_of(bib)
    (tmp_path / "works.bib").write_text(for_apa(bib) if style == "apa" and which == "written" else bib, "utf-8")
    (tmp_path / "paper.tex").write_text(
        "\\documentclass{article}\n\\usepackage[T1]{fontenc}\n\\usepackage{times}\n\\usepackage[american]{babel}\n"
        f"\\usepackage{{csquotes}}\n\\usepackage[backend=biber,style={style},maxbibnames=99]{{biblatex}}\n"
        "\\addbibresource{works.bib}\n\\begin{document}\n"
        f"\\cite{{{','.join(keys)}}}\n\\printbibliography\n\\end{{document}}\n",
        "utf-8",
    )
    command = (latex, "-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error", "paper.tex")
    run(tmp_path, *command)
    said = run(tmp_path, biber, "--validate-datamodel", "paper")
    if style == "apa" and form == "bibtex":
        said = MADE_ARTICLES.sub("", said)
    assert not re.search(r"WARN|ERROR", said), said
    for _ in range(2):
        run(tmp_path, *command)
    told = log_warnings((tmp_path / "paper.log").read_text("latin-1"))
    if style == "apa" and form == "bibtex":
        told = [line for line in told if "Biber reported the following issues" not in line]
    assert told == []
    check_pdf(tmp_path, which, keys)


@pytest.mark.parametrize("style", ["ieee", "apa", "chicago-author-date", "association-for-computing-machinery"])
def test_typst(tmp_path: Path, style: str) -> None:
    """Every entry with title and year; no TeX; the number of a preprint once, that of a published work not at all."""
    bib = bib_of("shipped", "biblatex")
    entries = printed(bib, style, tmp_path)
    works = bibtex.parse(bib).works
    assert len(entries) == len(works)
    for work in works:
        mine = [text for text in entries if plain_letters(plain(work.title)) in plain_letters(text)]
        assert mine, work.title
        assert any(work.year is None or str(work.year) in ADDRESS.sub("", text) for text in mine), mine
        for text in mine:
            assert not re.search(r"[{}\\^]|, , |, Ed\.\)?$", text), text
            assert not work.arxiv or ADDRESS.sub("", text).count(work.arxiv) <= work.is_preprint, text


def plain_letters(text: str) -> str:
    return letters(unicodedata.normalize("NFKC", text)).replace("ı", "i")


def test_a_missing_program_is_skipped_by_name_and_fails_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "false")
    with pytest.raises(pytest.skip.Exception, match="no-such-engine"):
        need("no-such-engine")
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="no-such-engine"):
        need("no-such-engine")
