"""Works with everything that is hard in a bibliography."""

from __future__ import annotations

from fedbib.model.date import PartialDate
from fedbib.model.name import Name
from fedbib.model.pages import Pages
from fedbib.model.work import ItemType, Work

NOCASE = '<span class="nocase">{}</span>'
WORKS = (
    Work(
        key="borzunov2023petals",
        type=ItemType.PAPER_CONFERENCE,
        title="Petals: Collaborative Inference of "
        + NOCASE.format("LLaMA")
        + " and 100% of "
        + NOCASE.format("R&D")
        + " #1",
        author=(
            Name("Borzunov", "Alexander"),
            Name("Erdős", "Pál"),
            Name("van der Maaten", "Laurens"),
            Name("Łódź", "Šárka"),
        ),
        issued=PartialDate(2023, 7),
        container_title="Proceedings of the 61st Annual Meeting (Volume 3: System Demonstrations)",
        event_title="ACL",
        publisher="Association for Computational Linguistics",
        publisher_place="Toronto, Canada",
        page=Pages("558", "568"),
        DOI="10.18653/v1/2023.acl-demo.54",
        arxiv="2209.01188",
        arxiv_class="cs.LG",
        acl="2023.acl-demo.54",
        topics=("framework", "R&D"),
        aliases=("petals2023old",),
        ISBN="978-0-306-40615-7",
    ),
    Work(
        key="zhang2023fedpetuning",
        type=ItemType.PAPER_CONFERENCE,
        title=NOCASE.format("FedPETuning")
        + ": When Federated Learning Meets “Tuning” – H<sub>2</sub>O, x<sup>2</sup> & <i>E. coli</i>",
        author=(
            Name("Zhang", "Zhuo"),
            Name("Ångström", "Émile"),
            Name("O’Donnell", "Łukasz"),
            Name("Davis", "Sammy", "Jr."),
        ),
        issued=PartialDate(2023),
        container_title="Findings of the Association for Computational Linguistics: ACL 2023",
        publisher="Association for Computational Linguistics",
        publisher_place="Toronto, Canada",
        page=Pages("9963", "9977"),
        acl="2023.findings-acl.632",
    ),
    Work(
        key="qin2024kseed",
        type=ItemType.PAPER_CONFERENCE,
        title="Tuning with $O(n \\log n)$ Cost, $\\ell_2$ Norms and α, Γ, ≤ Signs in 18 Kilobytes",
        author=(Name("Qin", "Zhen"),),
        issued=PartialDate(2024),
        container_title="Proceedings of the 41st International Conference on Machine Learning",
        collection_title="Proceedings of Machine Learning Research",
        publisher="PMLR",
        publisher_place="Vienna",
        volume="235",
        page=Pages("41473", "41497"),
        openreview="cit0hg4sEz",
        arxiv="2312.06353",
    ),
    Work(
        key="llama2024herd",
        type=ItemType.ARTICLE,
        title="The " + NOCASE.format("Llama") + " 3 Herd of Models",
        author=(Name(literal="Llama Team, AI and Friends"),),
        issued=PartialDate(2024, 12),
        arxiv="2407.21783",
        arxiv_class="cs.AI",
    ),
    Work(
        key="muller2022uber",
        type=ItemType.ARTICLE_JOURNAL,
        title="Über " + NOCASE.format("Łukasiewicz") + ": ß, ø, Æ, ế, ı, … § © ™ ° × → ² \\ { } < > ^ ~ | `",
        author=(Name("Müller", "Jürgen"), Name("Ørsted", "Ünal"), Name("Nguyễn", "Tiến")),
        issued=PartialDate(2022, 3),
        container_title="Journal of R&D",
        volume="12",
        issue="3",
        page=Pages("1", "9"),
        ISSN="2049-3630",
        DOI="10.1234/a_b",
    ),
    Work(
        key="attack2021text",
        type=ItemType.PAPER_CONFERENCE,
        title="\\input{x} \\write18{y} ^^5c \\begin{z} } { @article{q, and \\",
        author=(Name("\\input{x}", "%&#_$"), Name(literal="A, B } and { C\\")),
        issued=PartialDate(2021),
        container_title="\\end{document}",
        publisher="100% _ # & $",
        publisher_place="X",
        page=Pages("1", "2"),
    ),
    Work(
        key="smith2021thesis",
        type=ItemType.THESIS,
        title="On Privacy",
        author=(Name("Smith", "Ann"),),
        issued=PartialDate(2021),
        publisher="University of Somewhere",
        genre="PhD thesis",
        URL="https://example.org/a_b%20c",
    ),
    Work(
        key="smith2020report",
        type=ItemType.REPORT,
        title="On Reports",
        author=(Name("Smith", "Ann"),),
        issued=PartialDate(2020),
        publisher="University of Somewhere",
        genre="Technical Report",
        number="7",
    ),
    Work(
        key="smith2019chapter",
        type=ItemType.CHAPTER,
        title="On Chapters",
        author=(Name("Smith", "Ann"),),
        editor=(Name("Lee", "Bob"),),
        issued=PartialDate(2019),
        container_title="A Book",
        publisher="Press",
        publisher_place="Berlin",
        page=Pages("1", "9"),
    ),
    Work(
        key="null2020",
        type=ItemType.PAPER_CONFERENCE,
        title="null",
        author=(
            Name("True"),
            Name("Null", "Jennifer"),
            Name(literal="Bell and Sons, Ltd."),
        ),
        issued=PartialDate(2020),
        container_title="1e5",
        publisher="NaN",
        publisher_place="0",
        volume="007",
        page=Pages("e123"),
        DOI="10.1002/(sici)1097-0258(19980815/30)17:15<1661::aid>3.0.co;2-2",
    ),
    Work(
        key="many2022",
        type=ItemType.ARTICLE_JOURNAL,
        title="\"Quotes\", 'single', a--b, ?!; @me [1] (2) {3} http://example.org/~a_b and 5 < 6 > 4",
        author=tuple(Name(f"Author{chr(97 + number % 26)}{chr(97 + number // 26)}", "A. B.") for number in range(30)),
        issued=PartialDate(2022, 12, 31),
        container_title="Annals, of (Hard) Things: Part A",
        volume="12",
        issue="3-4",
        page=Pages("12345"),
        DOI="10.1234/x;y[1]",
        publisher="A & B",
    ),
)
"""No field of these works is in another than its normal form."""

OTHER_SCRIPTS = (
    Work(
        key="shalom2024",
        type=ItemType.ARTICLE,
        title="שלום and α, Ελληνικά, Привет: 中文 – fine",
        author=(
            Name("כהן", "דוד"),
            Name("王", "小明"),
            Name("Παπαδόπουλος", "Γιώργος"),
            Name("Ivanov", "Ivan"),
            Name("LE CUN", "YANN"),
            Name("d’Alembert", "Jean le Rond"),
        ),
        issued=PartialDate(2024, 2),
        arxiv="2402.00001",
    ),
)
"""For these pdfLaTeX needs the ASCII of the .bib; with the letters of biblatex's it needs LuaLaTeX and a font."""
