"""Lists in the ways of other people, made from a seed: unlike `layouts`, each list is one template of a real habit.

Where `layouts` draws the places of a row one by one, here a whole row is a template: BibTeX in fences below a title, nested
details, cells that span, badges for everything, definition lists, dates first, links first, authors in emphasis, labels in
other languages. `told(seed)` gives a list with its truth.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

from fedbib.model.identifier import Identifier, Scheme
from tests.formats.lists.layouts import Paper

_SUBJECTS = (
    "Moss", "Lighthouses", "Sea Ice", "Volcanic Ash", "Old Manuscripts", "Bicycle Traffic", "Beetle Wings", "Salt Marshes",
    "Church Bells", "Alpine Huts", "Paper Folding", "Ferry Timetables", "Coffee Roasting", "Honey", "Knitting Patterns",
)  # fmt: skip
_VERBS = (
    "Mapping", "Forecasting", "Learning to Count", "A Survey of", "Unsupervised Parsing of", "Bayesian Models for",
    "Self-Supervised Embeddings of", "Who Owns", "Beyond Averages:", "Toward Trustworthy", "An Atlas of", "Re-thinking",
)  # fmt: skip
_TAILS = (
    "from Satellite Images", "with Missing Labels", "in Small Towns", "and Why It Matters", "using 3D Scans",
    "for Low-Resource Settings", "by Chance", "through the Seasons", "under Noise", "at Night", "in Context", "over Time",
)  # fmt: skip
_ODD = (
    "What Is Moss?", "Ice, Ash, and Salt", "Bells (and Whistles)", "MossNet", "A B C of Ferries", "Café Culture à la Carte",
    "On $k$-Means for Honey", "Beetles & Bicycles", "Counting C++ Programs", "The End", "Knit-1, Purl-2: A Tale",
    "ÜberMoss: Größe Zählt", "Attention to Ash: a Re-Evaluation", "Is Salt \"Good\"?", "No Title Yet: A Title", "Foo/Bar Tests",
)  # fmt: skip
_GIVEN = (
    "Mei",
    "Tom",
    "Ana",
    "Luís",
    "Søren",
    "Priya",
    "Kofi",
    "Yuki",
    "Ines",
    "Omar",
    "Eva",
    "Jan",
    "D.",
    "P. J.",
    "Ming-Wei",
)
_FAMILY = (
    "Tanaka", "de Souza", "Ødegaard", "Mensah", "Sharma", "Kowalczyk", "Rossi", "van den Berg", "Chang", "Haddad", "Nováková",
    "O'Neill", "Fischer", "Park", "Long", "Young", "Read", "Field",
)  # fmt: skip
_MEETINGS = (
    "NeurIPS",
    "ICLR",
    "ICML",
    "CVPR",
    "ACL",
    "EMNLP",
    "KDD",
    "SIGIR",
    "AAAI",
    "ICCV",
    "NAACL",
    "INTERSPEECH",
    "ICRA",
)
_PLACES = ("Themes", "Methods", "Applications", "Benchmarks", "Early Work", "Miscellany")


def _title(draw: random.Random) -> str:
    if draw.random() < 0.12:
        return draw.choice(_ODD)
    words = f"{draw.choice(_VERBS)} {draw.choice(_SUBJECTS)}"
    if draw.random() < 0.8:
        words += f" {draw.choice(_TAILS)}"
    if draw.random() < 0.2:
        words = f"{draw.choice(('PALM-2', 'mBell', 'SALTy', 'HIVE', 'IceCap'))}: {words}"
    return words if draw.random() < 0.85 else words[0] + words[1:].lower()


def _names(draw: random.Random) -> tuple[str, ...]:
    count = draw.choice((1, 2, 2, 3, 3, 4, 5, 8))
    found: list[str] = []
    while len(found) < count:
        name = f"{draw.choice(_GIVEN)} {draw.choice(_FAMILY)}"
        if name not in found:
            found.append(name)
    return tuple(found)


Row = Callable[["Teller", Paper], list[str]]


@dataclass(frozen=True)
class Habit:
    """How one list is written."""

    row: Row
    has: str
    """What a row says beside title and link: a(uthors), v(enue), y(ear), c(ode)."""
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    escape: str = ""
    headings: str = "plain"
    """plain, years (with the year of the rows) or none."""


class Teller:
    def __init__(self, seed: int, habit: str) -> None:
        self.draw = random.Random(seed * 7919 + 13)
        self.name, self.habit = habit, HABITS[habit]
        self.lines: list[str] = []
        self.papers: list[Paper] = []
        self.number = 0
        self.bullet = self.draw.choice(("-", "*", "+"))
        self.sep = self.draw.choice((", ", ", ", " and "))

    def authors(self, paper: Paper) -> str:
        names = list(paper.author)
        if paper.is_cut:
            return f"{names[0]} et al."
        if len(names) == 1:
            return names[0]
        return f"{', '.join(names[:-1])}{self.sep if self.sep != ' and ' else ' and '}{names[-1]}"

    def paper(self, year: int) -> Paper:
        self.number += 1
        known = {_spelt(paper.title) for paper in self.papers}
        title = _title(self.draw)
        while _spelt(title) in known:
            title = _title(self.draw)
        has = self.habit.has
        people = _names(self.draw) if "a" in has else ()
        is_cut = self.name.startswith("daily") or ("a" in has and len(people) > 2 and self.draw.random() < 0.15)
        if self.draw.random() < 0.65:
            id, url = (
                Identifier(
                    Scheme.ARXIV, f"{year % 100:02d}{self.number % 12 + 1:02d}.{self.draw.randint(10000, 19999)}"
                ),
                "",
            )
        else:
            id, url = (
                Identifier(
                    Scheme.DOI, f"10.{self.draw.randint(1000, 9999)}/x.{self.number}.{self.draw.randint(100, 999)}"
                ),
                "",
            )
        url = id.url.replace("/abs/", self.draw.choice(("/abs/", "/pdf/")))
        venue = self.draw.choice(_MEETINGS) if "v" in has else ""
        code = (
            f"https://github.com/o{self.number}/r{self.draw.randint(1, 999)}"
            if "c" in has and self.draw.random() < 0.6
            else ""
        )
        return Paper(
            title, people[:1] if is_cut else people, is_cut, venue, year if "y" in has else None, id, url, code
        )

    def tell(self) -> None:
        self.lines += [
            f"# Awesome {self.draw.choice(_SUBJECTS)}",
            "",
            "Papers we liked, with [a licence](LICENSE).",
            "",
        ]
        years = [2024, 2023, 2021]
        for place, year in zip(self.draw.sample(_PLACES, 3), years, strict=True):
            if self.habit.headings == "years":
                self.lines += ["", f"## {year}", ""]
            elif self.habit.headings == "plain":
                self.lines += ["", f"## {place}", ""]
            self.lines += self.habit.before
            for _ in range(self.draw.randint(3, 9)):
                paper = self.paper(year)
                start = len(self.lines) + 1
                self.lines += self.habit.row(self, paper)
                if self.habit.headings == "years":
                    paper = replace(paper, year=year)
                self.papers.append(replace(paper, lines=(start, len(self.lines))))
            self.lines += self.habit.after
        self.lines += ["", "## Contributing", "", "Send [a pull request](https://github.com/a/b/pulls)."]


def _spelt(title: str) -> str:
    return "".join(char for char in title.casefold() if char.isalnum())


def _md(title: str) -> str:
    return title.replace("|", "\\|")


def _html(title: str) -> str:
    return title.replace("&", "&amp;").replace('"', "&quot;")


# Habits ---------------------------------------------------------------------------------------------------------------


def _badges(t: Teller, p: Paper) -> list[str]:
    row = f"{t.bullet} **{_md(p.title)}** <br> *{t.authors(p)}* <br>"
    row += f" [![arXiv](https://img.shields.io/badge/Paper-{p.year}-b31b1b.svg)]({p.url})"
    row += f" ![venue](https://img.shields.io/badge/{p.venue}-{p.year}-blue)"
    if p.code:
        row += f" [![Star](https://img.shields.io/github/stars/{p.code.removeprefix('https://github.com/')}.svg?style=social)]({p.code})"
    return [row]


def _details(t: Teller, p: Paper) -> list[str]:
    code = [f"- Code: <{p.code}>"] if p.code else []
    return [
        "<details>", f"<summary><b>{_html(p.title)}</b></summary>", "",
        f"- Authors: {t.authors(p)}", f"- Venue: {p.venue} {p.year}", f"- Paper: <{p.url}>", *code, "", "</details>", "",
    ]  # fmt: skip


def _bibtex(t: Teller, p: Paper) -> list[str]:
    key = f"k{t.number}"
    people = " and ".join(p.author) + (" and others" if p.is_cut else "")
    return [
        f"### {_md(p.title)}", "", f"[[paper]({p.url})]", "", "```bibtex", f"@inproceedings{{{key},",
        f"  title={{{p.title.replace('&', chr(92) + '&')}}},", f"  author={{{people}}},", f"  booktitle={{{p.venue}}},", f"  year={{{p.year}}}", "}", "```", "",
    ]  # fmt: skip


def _defined(t: Teller, p: Paper) -> list[str]:
    code = f' <a href="{p.code}">code</a>' if p.code else ""
    return [f'<dt><a href="{p.url}">{_html(p.title)}</a></dt>', f"<dd>{t.authors(p)}. {p.venue}, {p.year}.{code}</dd>"]


def _date_first(t: Teller, p: Paper) -> list[str]:
    month = t.draw.choice(("01", "05", "11"))
    code = f" [[code]({p.code})]" if p.code else ""
    return [f"{t.bullet} ({p.year}-{month}) [{_md(p.title)}]({p.url}){code}"]


def _date_bold(t: Teller, p: Paper) -> list[str]:
    code = f" | [Code]({p.code})" if p.code else ""
    return [
        f"{t.bullet} **[{p.year}.{t.draw.randint(1, 12):02d}]** {_md(p.title)}, {t.authors(p)} | [Paper]({p.url}){code}"
    ]


def _links_first(t: Teller, p: Paper) -> list[str]:
    code = f"[[code]({p.code})] " if p.code else ""
    return [f"{t.bullet} [[pdf]({p.url})] {code}**{_md(p.title)}** - {t.authors(p)} ({p.venue} {p.year})"]


def _em_authors(t: Teller, p: Paper) -> list[str]:
    return [f"1. [{_md(p.title)}]({p.url})", f"   _{t.authors(p)}_", f"   **{p.venue} {p.year}**"]


def _quoted(t: Teller, p: Paper) -> list[str]:
    title = p.title.replace('"', "'")
    end = "" if title[-1] in "?!" else ","
    return [f"{t.bullet} {t.authors(p)}, “{title}{end}” in *{p.venue}*, {p.year}. [[Link]({p.url})]"]


def _apa(t: Teller, p: Paper) -> list[str]:
    end = "" if p.title[-1] in "?!" else "."
    code = f" [Code]({p.code})" if p.code else ""
    return [f"{t.bullet} {t.authors(p)} ({p.year}). {_md(p.title)}{end} *{p.venue}*. [Paper]({p.url}){code}"]


def _chinese(t: Teller, p: Paper) -> list[str]:
    code = [f"  - 代码：[链接]({p.code})"] if p.code else []
    return [
        f"{t.bullet} **{_md(p.title)}**",
        f"  - 作者：{t.authors(p)}",
        f"  - 会议：{p.venue} {p.year}",
        f"  - 论文：[链接]({p.url})",
        *code,
    ]


def _japanese(t: Teller, p: Paper) -> list[str]:
    code = [f"    - コード: {p.code}"] if p.code else []
    return [
        f"1. {_md(p.title)}",
        f"    - 著者: {t.authors(p)}",
        f"    - 会議: {p.venue} {p.year}",
        f"    - 論文: {p.url}",
        *code,
    ]


def _korean(t: Teller, p: Paper) -> list[str]:
    code = f" [[코드]({p.code})]" if p.code else ""
    return [f"{t.bullet} [{p.venue} {p.year}] {_md(p.title)} [[논문]({p.url})]{code}"]


def _german(t: Teller, p: Paper) -> list[str]:
    return [
        f"#### {_md(p.title)}",
        f"**Autoren:** {t.authors(p)}  ",
        f"**Konferenz:** {p.venue} {p.year}  ",
        f"**Artikel:** {p.url}",
        "",
    ]


def _spanish(t: Teller, p: Paper) -> list[str]:
    return [
        f"{t.bullet} [{_md(p.title)}]({p.url})",
        f"  - Autores: {t.authors(p)}",
        f"  - Conferencia: {p.venue} {p.year}",
    ]


def _span_table(t: Teller, p: Paper) -> list[str]:
    code = f'<a href="{p.code}">GitHub</a>' if p.code else "–"
    return [
        f'<tr><td rowspan="2">{p.year}</td><td colspan="2"><b>{_html(p.title)}</b></td></tr>',
        f'<tr><td>{t.authors(p)}</td><td><a href="{p.url}">PDF</a> {code}</td></tr>',
    ]  # fmt: skip


def _html_table(t: Teller, p: Paper) -> list[str]:
    code = f'<a href="{p.code}">code</a>' if p.code else ""
    return [
        "  <tr>", f"    <td>{p.venue}<br>{p.year}</td>", f'    <td><a href="{p.url}">{_html(p.title)}</a><br><i>{t.authors(p)}</i></td>',
        f"    <td>{code}</td>", "  </tr>",
    ]  # fmt: skip


def _wide_table(t: Teller, p: Paper) -> list[str]:
    code = (
        f"[![](https://img.shields.io/github/stars/{p.code.removeprefix('https://github.com/')})]({p.code})"
        if p.code
        else "-"
    )
    return [f"| {p.year} | {p.venue} | {_md(p.title)} | [:link:]({p.url}) | {code} |"]


def _head_less(t: Teller, p: Paper) -> list[str]:
    return [f"| {t.number} | [{_md(p.title)}]({p.url}) | {t.authors(p)} | {p.venue} {p.year} |"]


def _two_lines(t: Teller, p: Paper) -> list[str]:
    code = f" · [Code]({p.code})" if p.code else ""
    return [f"**{_md(p.title)}**  ", f"{t.authors(p)}  ", f"{p.venue} {p.year} · [Paper]({p.url}){code}", ""]


def _quote(t: Teller, p: Paper) -> list[str]:
    code = f" / [code]({p.code})" if p.code else ""
    return [f"> **[{_md(p.title)}]({p.url})**  ", f"> {t.authors(p)}  ", f"> *{p.venue} {p.year}*{code}", ""]


def _nested(t: Teller, p: Paper) -> list[str]:
    code = f" [[Code]]({p.code})" if p.code else ""
    return [f"  {t.bullet} [{_md(p.title)}]({p.url}) `{p.venue}'{p.year % 100:02d}`{code}" if p.year else ""]


def _nickname(t: Teller, p: Paper) -> list[str]:
    nick = t.draw.choice(("MOSSY", "Icy", "BELL-v2", "honeyLM"))
    code = f" [[code]]({p.code})" if p.code else ""
    return [f"{t.bullet} [**{nick}**] {_md(p.title)}. {t.authors(p)}. _{p.venue} {p.year}_. [[arXiv]]({p.url}){code}"]


def _emoji(t: Teller, p: Paper) -> list[str]:
    code = f" 💻 [code]({p.code})" if p.code else ""
    return [f"{t.bullet} 🌟 {_md(p.title)} 📄 [paper]({p.url}){code} 🏷️ `{p.venue} {p.year}`"]


def _task(t: Teller, p: Paper) -> list[str]:
    code = f" ([code]({p.code}))" if p.code else ""
    return [f"{t.bullet} [{t.draw.choice(' x')}] [{_md(p.title)}]({p.url}) ({p.venue}, {p.year}){code}"]


def _reference(t: Teller, p: Paper) -> list[str]:
    return [f"{t.bullet} [{_md(p.title)}][p{t.number}], {p.venue} {p.year}", "", f"[p{t.number}]: {p.url}", ""]


def _ieee(t: Teller, p: Paper) -> list[str]:
    return [f"[{t.number}] {t.authors(p)}. **{_md(p.title)}**. {p.venue}, {p.year}. [[PDF]]({p.url})", ""]


def _summary_list(t: Teller, p: Paper) -> list[str]:
    code = f' <a href="{p.code}">[code]</a>' if p.code else ""
    return [
        f'<li><b>{_html(p.title)}</b>, {t.authors(p)}, <i>{p.venue} {p.year}</i> <a href="{p.url}">[paper]</a>{code}</li>'
    ]


def _daily(t: Teller, p: Paper) -> list[str]:
    code = f"[link]({p.code})" if p.code else "null"
    return [
        f"|**{p.year}-03-{t.draw.randint(10, 28)}**|**{_md(p.title)}**|{p.author[0]} et.al.|[{_id(p)}]({p.url})|{code}|"
    ]


def _daily_line(t: Teller, p: Paper) -> list[str]:
    code = f", Code: **[{p.code}]({p.code})**" if p.code else ""
    day = t.draw.randint(10, 28)
    return [f"- {p.year}-03-{day}, **{_md(p.title)}**, {p.author[0]} et.al., Paper: [{p.url}]({p.url}){code}", ""]


def _in_parentheses(t: Teller, p: Paper) -> list[str]:
    code = f", [code]({p.code})" if p.code else ""
    return [f"{t.bullet} {_md(p.title)} ([paper]({p.url}){code})"]


def _dashes(t: Teller, p: Paper) -> list[str]:
    return [f"{t.bullet} [{_md(p.title)}]({p.url}) - {t.authors(p)} ({p.venue} {p.year})"]


def _id_first(t: Teller, p: Paper) -> list[str]:
    code = f" ([code]({p.code}))" if p.code else ""
    return [f"{t.bullet} [`{_id(p)}`]({p.url}) **{_md(p.title)}** by {t.authors(p)}{code}"]


def _cell_of_all(t: Teller, p: Paper) -> list[str]:
    badge = f"[![Publish](https://img.shields.io/badge/Conference-{p.venue}_{p.year}-blue)]()"
    code = f"[Github]({p.code}) <br> " if p.code else ""
    picture = f'<img width="202" src="figures/{t.number}.png">'
    return [f"|{badge} <br>**{_md(p.title)}** <br> {t.authors(p)} |{picture} |{code}[Paper]({p.url})|"]


def _venue_bold(t: Teller, p: Paper) -> list[str]:
    code = f" [[Code]]({p.code})" if p.code else ""
    return [f"{t.bullet} **[{p.venue}'{str(p.year)[2:]}]** **{_md(p.title)}** [[Paper]]({p.url}){code}"]


def _venue_link(t: Teller, p: Paper) -> list[str]:
    code = f" [[code]({p.code})]" if p.code else ""
    return [f"{t.bullet} [[{p.venue} {p.year}]({p.url})] {_md(p.title)}{code}"]


def _venue_parentheses(t: Teller, p: Paper) -> list[str]:
    code = f" [[code]]({p.code})" if p.code else ""
    return [f"{t.bullet} ({p.venue} {p.year}) {_md(p.title)} [[paper]]({p.url}){code}"]


def _venue_bar(t: Teller, p: Paper) -> list[str]:
    code = f" | [code]({p.code})" if p.code else ""
    return [f"{t.bullet} {p.venue} {p.year} | {_md(p.title)} | [paper]({p.url}){code}"]


def _link_bars(t: Teller, p: Paper) -> list[str]:
    code = f" | [Code]({p.code})" if p.code else ""
    return [f"{t.bullet} **{_md(p.title)}** | *{p.venue} {p.year}* | [arXiv]({p.url}){code}"]


def _venue_in_link(t: Teller, p: Paper) -> list[str]:
    return [f"{t.bullet} [{_md(p.title)} ({p.venue} {p.year})]({p.url})"]


def _linked_venue(t: Teller, p: Paper) -> list[str]:
    return [f"{t.bullet} {_md(p.title)} - [{p.venue} {p.year}]({p.url})"]


def _loose_item(t: Teller, p: Paper) -> list[str]:
    code = f" [code]({p.code})" if p.code else ""
    return [
        f"1. **{_md(p.title)}** `{p.venue} {p.year}`",
        "",
        f"    *{t.authors(p)}*",
        "",
        f"    [paper]({p.url}){code}",
        "",
    ]


def _html_paragraph(t: Teller, p: Paper) -> list[str]:
    code = f' / <a href="{p.code}">code</a>' if p.code else ""
    end = f'<i>{p.venue}</i>, {p.year} / <a href="{p.url}">paper</a>{code}</p>'
    return [f"<p><b>{_html(p.title)}</b><br>", f"{t.authors(p)}<br>", end, ""]


def _thumbnails(t: Teller, p: Paper) -> list[str]:
    code = f' <a href="{p.code}">[Code]</a>' if p.code else ""
    title = f'<a href="{p.url}"><strong>{_html(p.title)}</strong></a>'
    return [
        f'<tr><td><img src="img/{t.number}.gif" width="120"></td>',
        f"<td>{title}<br>{t.authors(p)}<br><em>{p.venue}, {p.year}</em>{code}</td></tr>",
    ]


def _heading_link(t: Teller, p: Paper) -> list[str]:
    code = f" [[code]({p.code})]" if p.code else ""
    return [f"### [{_md(p.title)}]({p.url})", f"*{t.authors(p)}*, {p.venue} {p.year}.{code}", ""]


def _numbered_heading(t: Teller, p: Paper) -> list[str]:
    code = f"- [Code]({p.code})" if p.code else "- Code: n/a"
    said = [f"- Authors: {t.authors(p)}", f"- Published in: {p.venue} {p.year}", f"- [PDF]({p.url})", code]
    return [f"### {t.number}. {_md(p.title)}", "", *said, ""]


def _commas(t: Teller, p: Paper) -> list[str]:
    code = f" [[code]({p.code})]" if p.code else ""
    return [f"{t.bullet} **{_md(p.title)}**, {t.authors(p)}, {p.venue}, {p.year}, [[pdf]({p.url})]{code}"]


def _authors_colon(t: Teller, p: Paper) -> list[str]:
    code = f" [code]({p.code})" if p.code else ""
    return [f"{t.bullet} {t.authors(p)}: [{_md(p.title)}]({p.url}). {p.venue} {p.year}.{code}"]


def _honoured(t: Teller, p: Paper) -> list[str]:
    said = t.draw.choice((" (Oral)", " Best Paper", " Spotlight", "", "", ""))
    code = f" [[Code]]({p.code})" if p.code else ""
    return [f"{t.bullet} 🔥 [{_md(p.title)}]({p.url}) [{p.venue} {p.year}{said}]{code}"]


def _two_columns(t: Teller, p: Paper) -> list[str]:
    return [f"| **{_md(p.title)}**<br/>{t.authors(p)} | {p.venue} {p.year} [PDF]({p.url}) |"]


def _told_below(t: Teller, p: Paper) -> list[str]:
    code = [f"  * code: {p.code}"] if p.code else []
    return [f"* [{_md(p.title)}]({p.url}) ({p.venue}, {p.year})", f"  * {t.authors(p)}", *code]


def _id(p: Paper) -> str:
    return p.id.value if p.id else ""


_TABLE = ("| Year | Venue | Title | Paper | Code |", "|:---:|:---:|:---|:---:|:---:|")
HABITS: dict[str, Habit] = {
    "badges": Habit(_badges, "avyc"),
    "details": Habit(_details, "avyc"),
    "bibtex": Habit(_bibtex, "avy"),
    "definitions": Habit(_defined, "avyc", ("<dl>",), ("</dl>", "")),
    "date first": Habit(_date_first, "yc"),
    "date bold": Habit(_date_bold, "ayc"),
    "links first": Habit(_links_first, "avyc"),
    "em authors": Habit(_em_authors, "avy"),
    "quoted": Habit(_quoted, "avy"),
    "apa": Habit(_apa, "avyc"),
    "chinese": Habit(_chinese, "avyc"),
    "japanese": Habit(_japanese, "avyc"),
    "korean": Habit(_korean, "vyc"),
    "german": Habit(_german, "avy"),
    "spanish": Habit(_spanish, "avy"),
    "span table": Habit(_span_table, "ayc", ("<table>", "<tr><th>Year</th><th>Title / Authors</th><th>Links</th></tr>"), ("</table>", "")),
    "html table": Habit(_html_table, "avyc", ("<table>",), ("</table>", "")),
    "wide table": Habit(_wide_table, "vyc", _TABLE),
    "headless table": Habit(_head_less, "avy", ("| | | | |", "|---|---|---|---|")),
    "two lines": Habit(_two_lines, "avyc"),
    "quote": Habit(_quote, "avyc"),
    "nested": Habit(_nested, "vyc", ("- Papers",)),
    "nickname": Habit(_nickname, "avyc"),
    "emoji": Habit(_emoji, "vyc"),
    "task": Habit(_task, "vyc"),
    "reference": Habit(_reference, "vy"),
    "ieee": Habit(_ieee, "avy"),
    "daily": Habit(_daily, "ayc", ("|Publish Date|Title|Authors|PDF|Code|", "|---|---|---|---|---|")),
    "daily line": Habit(_daily_line, "ayc"),
    "in parentheses": Habit(_in_parentheses, "c"),
    "dashes": Habit(_dashes, "avy"),
    "id first": Habit(_id_first, "ac"),
    "cell of all": Habit(_cell_of_all, "avyc", ("| Title & Authors | Introduction | Links |", "|:--|:----:|:---:|")),
    "venue bold": Habit(_venue_bold, "vyc"),
    "venue link": Habit(_venue_link, "vyc"),
    "venue parentheses": Habit(_venue_parentheses, "vyc"),
    "venue bar": Habit(_venue_bar, "vyc"),
    "link bars": Habit(_link_bars, "vyc"),
    "venue in link": Habit(_venue_in_link, "vy"),
    "linked venue": Habit(_linked_venue, "vy"),
    "loose item": Habit(_loose_item, "avyc"),
    "html paragraph": Habit(_html_paragraph, "avyc"),
    "thumbnails": Habit(_thumbnails, "avyc", ("<table>", "<tbody>"), ("</tbody></table>", "")),
    "heading link": Habit(_heading_link, "avyc"),
    "numbered heading": Habit(_numbered_heading, "avyc"),
    "commas": Habit(_commas, "avyc"),
    "authors colon": Habit(_authors_colon, "avyc"),
    "honoured": Habit(_honoured, "vyc"),
    "two columns": Habit(_two_columns, "avy", ("| Paper | Where |", "| --- | --- |")),
    "told below": Habit(_told_below, "avyc"),
    "by year": Habit(_in_parentheses, "c", headings="years"),
    "by year, dashes": Habit(_dashes, "avy", headings="years"),
    "summary list": Habit(_summary_list, "avyc", ("<details open><summary>All</summary>", "<ul>"), ("</ul>", "</details>", "")),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """A list and its truth."""

    text: str
    habit: str
    papers: tuple[Paper, ...]


def told(seed: int, habit: str) -> Told:
    teller = Teller(seed, habit)
    teller.tell()
    return Told("\n".join(teller.lines) + "\n", teller.name, tuple(teller.papers))
