"""Lists as people write them, made from a seed, with the truth of each: every layout, hard names, titles and venues.

A layout is drawn from the places and forms that a title, a venue, authors and links have in lists, and the containers
and headings around them. `made(seed)` gives one list; what it says of each paper is in its truth and nothing else.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace

from fedbib.model.identifier import Identifier, Scheme

_HEADS = (
    "Learning", "Robust", "Scaling", "Rethinking", "Towards", "Adaptive", "Sparse", "On the Limits of", "Deep", "Fast",
    "Probabilistic", "Understanding", "Private", "Efficient", "An Empirical Study of", "Causal", "Revisiting",
)  # fmt: skip
_THINGS = (
    "Glacier Flow", "Coral Reefs", "River Deltas", "Song Birds", "Wind Turbines", "Protein Folds", "Street Maps",
    "Tree Rings", "Solar Flares", "Speech Codecs", "Harbour Traffic", "Crystal Growth", "Crop Yields", "Bridge Cables",
    "Bee Colonies", "Tidal Basins", "Rail Networks", "Cloud Chambers", "Sand Dunes", "Museum Archives",
)  # fmt: skip
_ENDS = (
    "with Graph Priors", "under Distribution Shift", "from Few Labels", "in the Wild", "by Message Passing",
    "via Contrastive Alignment", "for Low-Power Sensors", "at Scale", "without Supervision", "across Languages",
    "through Active Sampling", "beyond Convexity", "for Time-Series Forecasting", "with Non-i.i.d. Clients",
    "on Edge Devices", "using Optimal Transport", "in O(n) Time", "with 1.5 Bits per Weight",
)  # fmt: skip
_NICKS = ("GlaceNet", "DuneBERT", "T-REX", "ReefFormer", "Qanat", "SALT", "BeeHive++", "TideGAN", "MoNo", "Kestrel-2")
_WHOLE = (
    "Do Rivers Remember? A Spectral View of Deltas", "Stop! Sampling Is All You Learn", "Kestrels",
    "Attention (NTSM) Based Helpers for Old Harbours", "Sums of Sums (SoS): Fast Proofs of Growth",
    "What, When and Where: Maps of Crop Yields", "Harbor nets", "Is a Tree a Graph?", "Private, Efficient and Accurate",
    "Learning to Learn, Forgetting to Forget: A Survey of Tides", "GANs for Glaciers [Extended Abstract]",
    "A. I. and the Bees: Vs. the Hive Mind", "From Nature to Science: Cells of Dunes", "ICLR Reviews Are Noisy",
)  # fmt: skip
_PEOPLE = (
    "Ann Lee", "Robert Okafor", "Marco A. Ruiz", "An Zhang", "Shan You", "Ludwig van Beek", "María José García-López",
    "Jürgen Müller", "Wei Li", "Yang Liu", "Sinéad O'Brien", "H. Brendan McDowell", "Zoë Kravitz", "Bo Li",
    "Jean-Pierre Dupont", "Kaiming Hu", "Anna de la Cruz", "Thi Thu Nguyen", "R. Gruber", "Łukasz Nowak", "J. K. Simon",
    "Petar Veselić", "Ahmed El-Sayed", "Xin Wang", "Song Han", "Ivana Horvat", "Data Mishra", "Will Young",
)  # fmt: skip
_VENUES = (
    "ICML", "ICLR", "NeurIPS", "CVPR", "KDD", "ACL", "EMNLP", "AAAI", "IJCAI", "ECCV", "ICCV", "NAACL", "WWW", "arXiv",
)  # fmt: skip
_JOURNALS = (
    "Journal of Coastal Computation", "Transactions on Glacier Systems", "Nature", "Annals of Bee Letters", "TPAMI",
)  # fmt: skip
_TOPICS = ("Surveys", "Graphs", "Forecasting", "Privacy", "GANs", "Vision", "Speech", "Theory", "BSM", "Datasets")


@dataclass(frozen=True, slots=True)
class Paper:
    """What a list says of a paper."""

    title: str
    author: tuple[str, ...] = ()
    is_cut: bool = False
    venue: str = ""
    year: int | None = None
    id: Identifier | None = None
    url: str = ""
    code: str = ""
    lines: tuple[int, int] = (0, 0)
    """First and last line that say something of it."""


@dataclass(frozen=True, slots=True)
class Layout:
    title: str
    venue: str
    authors: str
    links: str
    container: str
    headings: str


TITLES = ("link", "strong", "strong-link", "plain", "quoted", "em")
VENUES = ("none", "brackets", "parentheses", "em", "code", "comma", "sentence", "before", "strong-before", "year")
AUTHORS = ("none", "comma", "sentence", "em", "below", "parentheses", "et-al", "break", "labelled")
LINKS = ("double", "inner", "plain", "badge", "bare", "bars", "below")
CONTAINERS = ("-", "*", "1.", "paragraph", "table", "html-table", "html-list", "heading", "strong-above")
HEADINGS = ("topics", "years", "venues", "none", "topics-years")


def layout(random: random.Random) -> Layout:
    """A layout whose parts go together."""
    container = random.choice(CONTAINERS)
    found = Layout(
        random.choice(TITLES), random.choice(VENUES), random.choice(AUTHORS), random.choice(LINKS), container,
        random.choice(HEADINGS),
    )  # fmt: skip
    if container == "strong-above":
        found = replace(found, title="strong", venue=random.choice(("none", "parentheses")), links="labelled")
        found = replace(found, authors=random.choice(("none", "below")))
    if container == "heading":
        found = replace(found, title=random.choice(("plain", "link")), venue=random.choice(("none", "parentheses")))
        found = replace(found, authors=random.choice(("none", "break", "labelled")), links="below")
    if container in ("table", "html-table"):
        found = replace(found, title=random.choice(("link", "plain", "strong-link", "strong")), links="double")
    if container in ("html-list", "paragraph") and found.links == "below":
        found = replace(found, links="double")
    if container in ("html-list", "paragraph") and found.authors in ("below", "labelled"):
        found = replace(found, authors="break" if container == "paragraph" else "em")
    if found.headings == "venues" and found.venue not in ("none", "year"):
        found = replace(found, headings="topics")
    if found.title in ("plain", "quoted") and found.venue == "comma" and found.authors in ("none", "below", "break"):
        found = replace(found, venue="brackets")
    if found.title == "plain" and found.authors == "comma":
        found = replace(found, authors="sentence")
    if found.title == "em":
        found = replace(found, authors="sentence" if found.authors == "em" else found.authors)
        found = replace(found, venue="brackets" if found.venue == "em" else found.venue)
    if found.authors == "em" and found.venue == "em":
        found = replace(found, venue="code")
    return found


class _Writer:
    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.layout = layout(self.random)
        self.lines: list[str] = []
        self.papers: list[Paper] = []
        self._titles: set[str] = set()
        self._number = 0
        self._venue_style = self.random.choice(("{} {}", "{}'{:.2}", "{}, {}"))
        self._has_code = self.random.random() < 0.6
        self._journals = self.random.random() < 0.3
        self._label = self.random.choice(("paper", "Paper", "pdf", "PDF", "arXiv", "link"))
        self._columns = self._column_names()

    def _column_names(self) -> list[str]:
        names = ["Title"]
        if self.layout.authors not in ("none",):
            names.append("Authors")
        if self.layout.venue not in ("none", "year"):
            names.append("Venue")
        names.append("Year")
        if "link" not in self.layout.title:
            names.append(self.random.choice(("Paper", "Link", "PDF")))
        if self._has_code:
            names.append("Code")
        first, *rest = names
        self.random.shuffle(rest)
        return [first, *rest]

    # Values

    def _title(self) -> str:
        pick = self.random.random()
        while True:
            head, thing, end = (self.random.choice(some) for some in (_HEADS, _THINGS, _ENDS))
            title = f"{head} {thing} {end}"
            if pick < 0.25:
                title = f"{self.random.choice(_NICKS)}: {title}"
            elif pick < 0.33:
                title = self.random.choice(_WHOLE)
            elif pick < 0.40:
                title = title[0] + title[1:].lower()
            elif pick < 0.45:
                title = f"{head} {thing}? {self.random.choice(_HEADS)} {self.random.choice(_THINGS)} {end}"
            pick = 1.0
            if title.casefold() not in self._titles:
                self._titles.add(title.casefold())
                return title

    def _people(self) -> tuple[str, ...]:
        pick = self.random.random()
        count = 1 if pick < 0.08 else 26 if pick > 0.98 else self.random.randint(2, 6)
        return tuple(self.random.sample(_PEOPLE, count))

    def _paper(self, venue: str, year: int) -> Paper:
        self._number += 1
        says_year = self.layout.venue != "none"
        code = f"https://github.com/lab{self._number}/code" if self._has_code and self.random.random() < 0.7 else ""
        arxiv = f"{self.random.randint(18, 25)}{self.random.randint(1, 12):02d}.{self._number:05d}"
        if self.random.random() < 0.7:
            id, url = Identifier(Scheme.ARXIV, arxiv), f"https://arxiv.org/abs/{arxiv}"
        elif self.random.random() < 0.6:
            id, url = Identifier(Scheme.DOI, f"10.1000/x{self._number}"), f"https://doi.org/10.1000/x{self._number}"
        else:
            id, url = None, f"https://openaccess.thecvf.com/content/p{self._number}.html"
        return Paper(self._title(), self._people(), False, venue, year if says_year or venue else None, id, url, code)

    # Forms

    def _said(self, venue: str, year: int | None) -> str:
        if not venue:
            return str(year) if year else ""
        return self._venue_style.format(venue, f"{year}"[2:] if "'" in self._venue_style else year)

    def _link(self, label: str, url: str) -> str:
        if self.layout.container.startswith("html"):
            return f'[<a href="{url}">{label}</a>]'
        match self.layout.links:
            case "double":
                return f"[[{label}]]({url})"
            case "inner":
                return f"[[{label}]({url})]"
            case "badge":
                return f"[![{label}](https://img.shields.io/badge/{label}-red)]({url})"
            case "bare":
                return url if label == self._label else f"[{label}]({url})"
            case _:
                return f"[{label}]({url})"

    def _styled(self, text: str, style: str) -> str:
        if self.layout.container.startswith("html"):
            tags = {"strong": "b", "em": "i", "code": "code"}
            return f"<{tags[style]}>{text}</{tags[style]}>"
        return {"strong": f"**{text}**", "em": f"*{text}*", "code": f"`{text}`"}[style]

    def _titled(self, paper: Paper) -> str:
        title, place = paper.title, self.layout.title
        if place in ("link", "strong-link"):
            if self.layout.container.startswith("html"):
                text = f'<a href="{paper.url}">{title}</a>'
                return f"<b>{text}</b>" if place == "strong-link" else text
            inner = title.replace("[", "\\[").replace("]", "\\]")
            return f"[**{inner}**]({paper.url})" if place == "strong-link" else f"[{inner}]({paper.url})"
        if place == "quoted":
            return f'"{title}"'
        return self._styled(title, place) if place in ("strong", "em") else title

    def _after(self, paper: Paper) -> list[str]:
        """Parts that stand in the line after the title, authors before venue."""
        said, parts = self._said(paper.venue, paper.year), []
        names = " and ".join(paper.author) if len(paper.author) < 3 else ", ".join(paper.author)
        match self.layout.authors:
            case "comma":
                parts.append(f", {names}")
            case "sentence":
                parts.append(f". {names}." if paper.title[-1] not in "?!" else f" {names}.")
            case "em":
                parts.append((". " if self.layout.title == "plain" else ", ") + self._styled(names, "em"))
            case "parentheses":
                parts.append(f" ({names})")
            case "et-al":
                parts.append(f", {paper.author[0]} et al.")
        if said:
            match self.layout.venue:
                case "brackets":
                    parts.append(f" [{said}]")
                case "parentheses" | "year":
                    parts.append(f" ({said})")
                case "em" | "code":
                    parts.append(" " + self._styled(said, self.layout.venue))
                case "comma":
                    parts.append(f", {said}")
                case "sentence":
                    parts.append(f" {said}." if parts and parts[-1].endswith(".") else f". {said}.")
        return parts

    def _links(self, paper: Paper) -> str:
        links = [] if "link" in self.layout.title else [self._link(self._label, paper.url)]
        links += [self._link("code", paper.code)] if paper.code else []
        return (" | " if self.layout.links == "bars" else " ").join(links)

    def _line(self, paper: Paper) -> str:
        said, before = self._said(paper.venue, paper.year), ""
        if said and self.layout.venue == "before":
            before = f"[{said}] "
        elif said and self.layout.venue == "strong-before":
            before = self._styled(f"[{said}]", "strong") + " "
        line = before + self._titled(paper) + "".join(self._after(paper))
        links = self._links(paper)
        if links and self.layout.links not in ("below", "labelled"):
            line += (" | " if self.layout.links == "bars" else " ") + links
        return line

    def _below(self, paper: Paper) -> list[str]:
        found = []
        if self.layout.authors == "below":
            found.append(", ".join(paper.author))
        if self.layout.authors == "labelled":
            found.append("**Authors**: " + ", ".join(paper.author))
        if self.layout.links == "below" and (links := self._links(paper)):
            found.append(links)
        if self.layout.links == "labelled":
            found.append(f"Paper: {paper.url}")
            found.append(f"Code: {paper.code or 'None'}")
        return found

    def _row(self, paper: Paper) -> None:
        container = self.layout.container
        if container in ("table", "html-table"):
            self._cells(paper)
            return
        line, below = self._line(paper), self._below(paper)
        broken = ", ".join(paper.author) if self.layout.authors == "break" else ""
        match container:
            case "paragraph":
                self.lines += ["", line + (" \\" if broken else "")] + ([f"*{broken}*"] if broken else [])
            case "html-list":
                self.lines.append(f"<li>{line}{'<br>' + broken if broken else ''}</li>")
            case "heading":
                self.lines += ["", f"#### {line}", ""] + ([f"*{broken}*", ""] if broken else [])
                self.lines += [f"- {text}" for text in below]
            case "strong-above":
                self.lines += ["", line, "", *(f"- {text}" for text in below)]
            case _:
                mark = f"{self._number}." if container == "1." else container
                self.lines.append(f"{mark} {line}{'  ' if broken else ''}")
                pad = " " * (len(mark) + 1)
                if broken:
                    self.lines.append(f"{pad}*{broken}*")
                self.lines += [f"{pad}- {text}" for text in below]

    def _cells(self, paper: Paper) -> None:
        html = self.layout.container == "html-table"
        cells = []
        for name in self._columns:
            match name:
                case "Title":
                    text = self._titled(paper)
                case "Authors":
                    text = f"{paper.author[0]} et al." if paper.is_cut else ", ".join(paper.author)
                case "Venue":
                    text = paper.venue
                case "Year":
                    text = str(paper.year or "")
                case "Code":
                    text = self._link("code", paper.code) if paper.code else "-"
                case _:
                    text = self._link(self._label, paper.url)
            cells.append(text.replace("|", "\\|"))
        if html:
            self.lines.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")
        else:
            self.lines.append("| " + " | ".join(cells) + " |")

    # The list

    def _section(self, venue: str, year: int, count: int) -> None:
        container = self.layout.container
        if container == "table":
            self.lines += ["", "| " + " | ".join(self._columns) + " |", "|" + "---|" * len(self._columns)]
        elif container == "html-table":
            self.lines += ["", "<table>", "<tr>" + "".join(f"<th>{name}</th>" for name in self._columns) + "</tr>"]
        elif container == "html-list":
            self.lines += ["", "<ul>"]
        else:
            self.lines.append("")
        for _ in range(count):
            known = self.random.choice(_JOURNALS if self._journals and self.random.random() < 0.1 else _VENUES)
            own = venue or ("" if self.layout.venue in ("none", "year") else known)
            if not venue and own and self.random.random() < 0.06 and self.layout.venue not in ("comma", "sentence"):
                own = ""
            paper = self._paper(own, year)
            if self.layout.container in ("table", "html-table"):
                paper = replace(paper, venue=own if "Venue" in self._columns else venue, year=year)
            if self.layout.authors == "none":
                paper = replace(paper, author=())
            elif self.layout.authors == "et-al" or (container.endswith("table") and self.random.random() < 0.1):
                paper = replace(paper, author=paper.author[:1], is_cut=True)
            start = len(self.lines) + 1
            self._row(paper)
            if self.layout.headings in ("years", "topics-years") and not paper.year:
                paper = replace(paper, year=year)
            if not venue and self.layout.venue == "none" and self.layout.headings not in ("years", "topics-years"):
                paper = replace(paper, year=paper.year if container.endswith("table") else None)
            self.papers.append(replace(paper, lines=(start, len(self.lines))))
            if self.random.random() < 0.04 and container in ("-", "*"):
                self.lines.append(self.random.choice((
                    f"{container} [WaveKit](https://github.com/waves/kit{start}) - a toolkit for waves",
                    f"{container} [How we counted bees](https://blog.example.org/bees{start}) - a blog post",
                )))  # fmt: skip
        if container == "html-table":
            self.lines.append("</table>")
        elif container == "html-list":
            self.lines.append("</ul>")

    def write(self) -> None:
        self.lines += ["# Awesome Papers", "", "> A list of papers on nature. PRs are welcome!", "", "## Contents", ""]
        self.lines += ["- [Papers](#papers)", "- [Licence](#licence)"]
        sections = self.random.randint(2, 4)
        total = self.random.randint(3, 12)
        topics, venues = self.random.sample(_TOPICS, sections), self.random.sample(_VENUES[:12], sections)
        for index in range(sections):
            venue, year = "", 2025 - index
            match self.layout.headings:
                case "topics":
                    self.lines += ["", f"## {topics[index]}"]
                case "years":
                    self.lines += ["", f"## {year}"]
                case "venues":
                    venue = venues[index]
                    self.lines += ["", f"## {venue} {year}"]
                case "topics-years":
                    self.lines += ["", f"## {topics[index]}", "", f"### {year}"]
            self._section(venue, year, total)
        if self.random.random() < 0.3:
            self._repeat()
        self.lines += ["", "## Licence", "", "See [the licence](https://creativecommons.org/licenses/by/4.0/)."]

    def _repeat(self) -> None:
        """A paper that stands in the list already, once more with its title and link alone."""
        known = self.random.choice(self.papers)
        if known.id and known.title not in _WHOLE:
            self.lines += ["", "## Highlights", "", f"- [{known.title}]({known.url})"]


@dataclass(frozen=True, slots=True)
class Made:
    """A list and its truth."""

    text: str
    layout: Layout
    papers: tuple[Paper, ...] = field(default=())


def made(seed: int) -> Made:
    writer = _Writer(seed)
    writer.write()
    return Made("\n".join(writer.lines) + "\n", writer.layout, tuple(writer.papers))
