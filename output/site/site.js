// Search, filters, sorting and taking over the works in data.js. Text from records becomes text nodes, never HTML.
"use strict";
(() => {
  const { name: collection, works, urls, dates, frames, files } = globalThis.fedbib;
  const { copying, saving, save } = globalThis.fedbibTake;
  const PAGE = 30, SPANS = 1000;
  const FACETS = [
    ["status", "Status", (work) => [work.status || "unresolved"]],
    ["year", "Year", (work) => (work.issued ? [work.issued.slice(0, 4)] : [])],
    ["topic", "Topic", (work) => work.topics || []],
    ["venue", "Venue", (work) => (venue(work) ? [venue(work)] : [])],
    ["dataset", "Dataset", (work) => work.datasets || []],
    ["model", "Model", (work) => work.models || []],
    ["author", "Author", (work) => (work.author || []).filter(named).map(display)],
    ["has", "Has", (work) => Object.keys(work.links || {})],
  ];
  const EAST_ASIAN = "\u2e80";
  const lazily = (make) => { let made; return () => (made ||= make()); };
  const byId = (id) => document.getElementById(id);

  function venue(work) { return work["container-title-short"] || work["container-title"] || ""; }
  function year(work) { return work.issued ? work.issued.slice(0, 4) : ""; }
  function plain(title) { return (title || "").replace(/<\/?(?:i|b|sub|sup|span(?: class="nocase")?)>/g, ""); }
  function named(person) { return person.literal !== "others"; }
  function display(person) {
    if (!named(person)) return "et al.";
    if (person.literal || person.unsplit) return person.literal || person.unsplit;
    if (person.given && person.family >= EAST_ASIAN && person.given >= EAST_ASIAN) return `${person.family} ${person.given}`;
    return [person.given, person.family, person.suffix].filter(Boolean).join(" ");
  }
  const values = works.map((work) => FACETS.map(([, , of]) => of(work)));
  const ticked = new Set();

  // Words --------------------------------------------------------------------------------------------------------------

  // Letters that do not come apart, as in fedbib/text/ascii.py.
  const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", ł: "l", þ: "th", ı: "i", ħ: "h", ŋ: "n" };
  function folded(text) {
    return text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f\u00ad\u2010-\u2015\u2212'\u2019-]/g, "")
      .replace(/[ßæœøđðłþıħŋ]/g, (letter) => LETTERS[letter]);
  }
  function spaced(parts) { return ` ${folded(parts.join(" ")).replace(/[^\p{L}\p{N}./:_+#@]+/gu, " ").trim()} `; }
  const texts = lazily(() => works.map((work) => {
    const title = spaced([plain(work.title)]), people = spaced((work.author || []).map(display));
    const facets = spaced([venue(work), year(work), ...(work.topics || []), ...(work.datasets || []), ...(work.models || [])]);
    const known = [work.key, ...(work.aliases || []), ...ids(work).map(([, id]) => id)].map(folded);
    const all = title + people + facets + spaced([work["container-title"] || "", work.comment || ""]) + known.join(" ");
    return { title, people, facets, known, all, joined: all.replace(/ /g, "") };
  }));
  const vocabulary = lazily(() => {
    const counts = new Map();
    for (const { title, people, facets } of texts()) {
      for (const word of (title + people + facets).split(/[ ./:]+/)) if (word.length > 3) counts.set(word, (counts.get(word) || 0) + 1);
    }
    return counts;
  });

  // How well a word fits a work: 0 not at all.
  function fit({ title, people, facets, known, all, joined }, word) {
    if (known.includes(word)) return 100;
    if (title.includes(` ${word} `)) return 12;
    if (people.includes(` ${word} `)) return 11;
    if (title.includes(` ${word}`)) return 9;
    if (facets.includes(` ${word} `)) return 8;
    if (people.includes(` ${word}`) || facets.includes(` ${word}`)) return 6;
    if (all.includes(word)) return 3;
    if (word.length > 4 && joined.includes(word)) return 1;
    // An address or a name with its scheme in front of an id.
    return word.length > 8 && /[/:]/.test(word) && known.some((id) => id.length > 6 && word.includes(id)) ? 50 : 0;
  }
  // Changes of a letter between two words, two that changed places being one; more than `most` is `most` + 1.
  function distance(one, other, most) {
    let before = [], last = Array.from({ length: other.length + 1 }, (_, place) => place);
    for (let i = 1; i <= one.length; i++) {
      const row = [i];
      for (let j = 1; j <= other.length; j++) {
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (one[i - 1] !== other[j - 1]));
        if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      if (Math.min(...row) > most) return most + 1;
      [before, last] = [last, row];
    }
    return last[other.length];
  }
  function nearest(word) {
    if (word.length < 4 || /\d/.test(word)) return "";
    const most = word.length > 7 ? 2 : 1;
    let best = "", least = most + 1;
    for (const [known, count] of vocabulary()) {
      if (Math.abs(known.length - word.length) > most) continue;
      const away = distance(word, known, most);
      if (away < least || (away === least && best && count > vocabulary().get(best))) [best, least] = [known, away];
    }
    return best;
  }
  const fits = new Map();
  // The score of each work, null where a word does not fit; and words that nothing has with those taken for them.
  function searched(query) {
    const words = folded(query).split(/[\s,;"()]+/).filter(Boolean), taken = [];
    if (!words.length) return { scores: null, taken };
    let scores = texts().map(() => 0);
    for (let word of words) {
      let own = fitting(word);
      if (!own.some(Boolean)) {
        const close = nearest(word);
        if (close) { taken.push([word, close]); own = fitting(close); }
      }
      scores = scores.map((score, place) => (score === null || !own[place] ? null : score + own[place]));
    }
    const phrase = ` ${words.join(" ")}`;
    if (words.length > 1) texts().forEach(({ title }, place) => { if (scores[place] !== null && title.includes(phrase)) scores[place] += 10; });
    return { scores, taken };
  }
  function fitting(word) {
    if (!fits.has(word)) {
      if (fits.size > 50) fits.clear();
      fits.set(word, texts().map((text) => fit(text, word)));
    }
    return fits.get(word);
  }

  // The selection and the address ------------------------------------------------------------------------------------

  const empty = () => ({ q: "", sort: "best", chosen: FACETS.map(() => new Set()) });
  let view = empty();

  function read() {
    view = empty();
    const words = new URLSearchParams(location.hash.slice(1));
    view.q = words.get("q") || "";
    const sort = words.get("sort");
    if (sort && Object.hasOwn(ORDERS, sort)) view.sort = sort;
    FACETS.forEach(([facet], place) => { view.chosen[place] = new Set(words.getAll(facet)); });
    const key = location.hash.slice(1);
    if (works.some((work) => work.key === key)) view.q = key;
  }
  function write() {
    const words = new URLSearchParams();
    if (view.q.trim()) words.set("q", view.q);
    FACETS.forEach(([facet], place) => view.chosen[place].forEach((value) => words.append(facet, value)));
    if (view.sort !== "best") words.set("sort", view.sort);
    history.replaceState(null, "", `#${words}`);
  }

  const compare = new Intl.Collator("en", { numeric: true }).compare;
  const names = lazily(() => works.map((work) => (work.author || []).slice(0, 1)
    .map((person) => person.family || display(person)).join()));
  const titles = lazily(() => works.map((work) => plain(work.title)));
  const days = lazily(() => dates.map((both) => both.filter(Boolean).sort().pop() || ""));
  const down = (one, other) => (one < other ? 1 : one > other ? -1 : 0);
  const ORDERS = {
    best: (a, b) => ORDERS.newest(a, b),
    newest: (a, b) => down(works[a].issued || "", works[b].issued || ""),
    oldest: (a, b) => down(works[b].issued || "9999", works[a].issued || "9999"),
    added: (a, b) => down(days()[a], days()[b]),
    title: (a, b) => compare(titles()[a], titles()[b]),
    author: (a, b) => compare(names()[a], names()[b]),
    venue: (a, b) => compare(venue(works[a]), venue(works[b])),
  };
  const ranks = {};
  function ranked(sort) {
    return (ranks[sort] ||= works.map((_, place) => place).sort((a, b) => ORDERS[sort](a, b) || a - b));
  }

  // One pass: what fails no filter is shown; what fails one filter only is counted in that filter.
  // Only facets that are open are counted.
  function select(from = view, counted = boxes.map(({ details }) => details.open)) {
    const { scores, taken } = searched(from.q);
    const active = from.chosen.map((chosen) => chosen.size > 0);
    const counts = FACETS.map(() => new Map());
    const years = new Map();
    const passes = new Uint8Array(works.length);
    for (let place = 0; place < works.length; place++) {
      if (scores && scores[place] === null) continue;
      const own = values[place];
      let failed = -1, fails = 0;
      for (let facet = 0; facet < own.length && fails < 2; facet++) {
        if (active[facet] && !own[facet].some((value) => from.chosen[facet].has(value))) { failed = facet; fails++; }
      }
      if (fails > 1) continue;
      if (!fails) passes[place] = 1;
      for (let facet = 0; facet < own.length; facet++) {
        if (!counted[facet] || (fails && facet !== failed)) continue;
        for (const value of own[facet]) counts[facet].set(value, (counts[facet].get(value) || 0) + 1);
      }
      if (!fails || FACETS[failed][0] === "year") {
        const bar = years.get(year(works[place])) || { published: 0, preprint: 0, else: 0 };
        bar[works[place].status in bar ? works[place].status : "else"]++;
        years.set(year(works[place]), bar);
      }
    }
    const found = ranked(from.sort).filter((place) => passes[place]);
    if (scores && from.sort === "best") found.sort((a, b) => scores[b] - scores[a]);
    return { found, counts, years, taken };
  }

  // Drawing ----------------------------------------------------------------------------------------------------------

  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name === "on") element.addEventListener(value[0], value[1]);
      else if (value !== false && value !== undefined) element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
    return element;
  }
  function out(url, text) {
    return /^https?:\/\//.test(url) ? make("a", { href: url, rel: "noopener" }, text) : document.createTextNode(text);
  }
  // A link to all papers with a value.
  function to(facet, value, text = value, kind = undefined) {
    return make("a", { href: `#${new URLSearchParams([[facet, value]])}`, class: kind }, text);
  }
  function rich(title) {
    const top = document.createDocumentFragment(), open = [top];
    for (const part of title.split(/(<\/?(?:i|b|sub|sup)>|<span class="nocase">|<\/span>)/)) {
      const tag = /^<(\/?)(\w+)/.exec(part);
      if (!tag || part[part.length - 1] !== ">") open[0].append(part);
      else if (tag[1]) { if (open.length > 1) open.shift(); }
      else { const element = document.createElement(tag[2]); open[0].append(element); open.unshift(element); }
    }
    return top;
  }
  function address(scheme, id) { return urls[scheme].replace("{}", id.split("/").map(encodeURIComponent).join("/").replace(/%3A/g, ":")); }
  function ids(work) {
    return Object.keys(urls).map((scheme) => [scheme, work[scheme === "doi" ? "DOI" : scheme]]).filter(([, id]) => id);
  }
  function landing(work) { return work.URL || ids(work).map(([scheme, id]) => address(scheme, id))[0] || ""; }

  // OpenURL in a span (COinS), as fedbib/site/coins.py writes it.
  const BOOKS = { "paper-conference": "proceeding", chapter: "bookitem", book: "book", report: "report" };
  const ZOTERO = { article: "preprint", webpage: "webpage", patent: "patent", dataset: "dataset", software: "computerProgram" };
  function coins(work) {
    const query = new URLSearchParams(), title = plain(work.title), posted = work.type === "article";
    const put = (name, value) => { if (value) query.append(name, value); };
    const format = (name) => put("rft_val_fmt", `info:ofi/fmt:kev:mtx:${name}`);
    put("ctx_ver", "Z39.88-2004");
    if (BOOKS[work.type]) {
      const whole = ["book", "report"].includes(work.type);
      format("book"); put("rft.genre", BOOKS[work.type]);
      put("rft.atitle", whole ? "" : title); put("rft.btitle", whole ? title : work["container-title"]);
      put("rft.series", work["collection-title"]);
    } else if (work.type === "article-journal") {
      format("journal"); put("rft.genre", "article"); put("rft.atitle", title); put("rft.jtitle", work["container-title"]);
    } else if (work.type === "thesis") {
      format("dissertation"); put("rft.title", title); put("rft.inst", work.publisher); put("rft.degree", work.genre);
    } else { format("dc"); put("rft.type", ZOTERO[work.type] || "document"); put("rft.title", title); }
    put("rft.place", work["publisher-place"] || (work.type === "paper-conference" ? work["event-place"] : ""));
    if (work.type !== "thesis") put("rft.pub", work.publisher || (posted && work.arxiv ? "arXiv" : ""));
    const people = (work.author || []).filter((person) => person.literal !== "others"), [first] = people;
    // Zotero takes a namesake for the first, so then none is in parts.
    const parts = first && first.family && first.given && !people.slice(1).some((person) =>
      person.family === first.family && (person.given || "").startsWith(first.given));
    people.forEach((person, place) => {
      if (place === 0 && parts) { put("rft.aulast", person.family); put("rft.aufirst", person.given); }
      else if (person.given) put("rft.au", `${person.family || ""}, ${person.given}`);
      else put("rft.au", `${person.literal || person.family || person.unsplit},`);
    });
    put("rft.date", work.issued); put("rft.volume", work.volume); put("rft.issue", work.issue);
    put("rft.pages", work.page); put("rft.issn", work.ISSN); put("rft.isbn", work.ISBN);
    (work.topics || []).forEach((topic) => put("rft.subject", topic));
    const doi = work.DOI || (posted && work.arxiv ? `10.48550/arXiv.${work.arxiv}` : "");
    put("rft_id", doi && `info:doi/${doi}`); put("rft_id", landing(work));
    return make("span", { class: "Z3988", title: query.toString() });
  }

  function item(place) {
    const work = works[place];
    const tick = make("input", { type: "checkbox", class: "tick", "aria-label": `Tick ${work.key}`, on: ["change", () => {
      if (tick.checked) ticked.add(place); else ticked.delete(place);
      bar();
    }] });
    tick.checked = ticked.has(place);
    const label = [venue(work), year(work)].filter(Boolean).join(" ");
    const marked = ["withdrawn", "retracted"].includes(work.status);
    const cite = make("button", { type: "button", class: "cite", "aria-expanded": "false", "aria-label": `Cite ${work.key}`, on: ["click", () => {
      const box = cite.closest("li").querySelector(".box");
      box.hidden = !box.hidden;
      cite.setAttribute("aria-expanded", String(!box.hidden));
      if (!box.hidden) open(place, box);
    }] }, "Cite");
    return make("li", { id: work.key }, tick,
      make("h3", {}, make("a", { href: `works/${work.key}.html` }, work.title ? rich(work.title) : work.key)),
      work.author ? make("p", { class: "authors" }, ...work.author.flatMap((person, at) =>
        [at ? ", " : "", named(person) ? to("author", display(person)) : display(person)])) : null,
      make("p", { class: "facts" },
        label && (venue(work) ? to("venue", venue(work), label, "venue") : make("span", { class: "venue" }, label)),
        marked ? make("strong", { class: "mark" }, work.status) : null,
        ...(work.topics || []).map((topic) => to("topic", topic, topic, "topic")),
        landing(work) ? out(landing(work), "paper") : null,
        ...Object.entries(work.links || {}).map(([name, url]) => out(url, name)),
        cite),
      work.comment ? make("p", { class: "comment" }, work.comment) : null,
      make("div", { class: "box", hidden: true }), coins(work));
  }

  const scripts = {};
  function load(file) {
    return (scripts[file] ||= new Promise((done, failed) => {
      const script = make("script", { src: file });
      script.onload = done;
      script.onerror = () => { delete scripts[file]; failed(new Error(`${file} cannot be loaded`)); };
      document.head.append(script);
    }));
  }

  async function open(place, box) {
    if (box.childElementCount) return;
    const work = works[place], list = make("dl");
    const add = (term, ...parts) => list.append(make("dt", {}, term), ...parts.map((part) => make("dd", {}, part)));
    const each = (facet, values) => values.flatMap((value, at) => [at ? ", " : "", to(facet, value)]);
    const take = make("div", { class: "take" },
      copying("Copy BibTeX", () => taken("bibtex", [place]), said), copying("Copy key", () => work.key, said),
      ...Object.entries(files).map(([format, [title, ending]]) =>
        saving(`Download for ${title}`, `${work.key}${ending}`, () => taken(format, [place]), said)));
    const reference = make("p", { class: "reference", hidden: true });
    box.append(reference, take, list);
    if (work["container-title"]) add("In", work["container-title"]);
    if (ids(work).length) add("Identifiers", ...ids(work).map(([scheme, id]) => out(address(scheme, id), `${scheme}:${id}`)));
    if (work.datasets) add("Datasets", make("span", {}, ...each("dataset", work.datasets)));
    if (work.models) add("Models", make("span", {}, ...each("model", work.models)));
    add("Key", [work.key, ...(work.aliases || []).map((alias) => `earlier ${alias}`)].join(", "));
    const [added, published] = dates[place];
    if (added) add("Added", added);
    if (published) add("Publication found", published);
    try { await load("details.js"); } catch (error) { add("Reference", error.message); return; }
    const more = fedbib.details[place];
    if (more.reference) {
      reference.append(rich(more.reference));
      reference.hidden = false;
      take.prepend(copying("Copy reference", () => plain(more.reference), said));
    }
    if (more.titles) add("Other titles", ...more.titles);
    if (more.versions) add("Other versions", ...more.versions.map(([text, url]) => out(url, text)));
    box.append(make("p", {}, make("a", { href: `works/${work.key}.html` }, "Page of this paper")));
  }

  // Taking -----------------------------------------------------------------------------------------------------------

  function said(words) { byId("count").textContent = words; }
  async function taken(format, places) {
    await load(`${format}.js`);
    const [head, joint, tail] = frames[format];
    return head + places.map((place) => fedbib.pieces[format][place]).join(joint) + tail;
  }
  // What is ticked, else what is found.
  function bar() {
    const group = byId("taking"), some = ticked.size > 0;
    const chosen = () => [...(some ? ticked : found)].sort((a, b) => a - b);
    group.hidden = !some && (found.length === works.length || !found.length);
    group.replaceChildren(some ? `${ticked.size} ticked: ` : found.length > 1 ? `Download these ${found.length}: ` : "Download it: ",
      ...Object.entries(files).map(([format, [title, ending]]) =>
        saving(title, `${collection}-selection${ending}`, () => taken(format, chosen()), said)),
      copying("Copy BibTeX", () => taken("bibtex", chosen()), said),
      some ? make("button", { type: "button", on: ["click", () => { ticked.clear(); draw(); }] }, "Untick all") : "");
  }

  // Filters ----------------------------------------------------------------------------------------------------------

  const SHOWN = 12;
  const wide = FACETS.map(() => false);
  const boxes = FACETS.map(([facet, title], place) => {
    const list = make("ul");
    const all = make("button", { type: "button", on: ["click", () => { wide[place] = !wide[place]; draw(); }] });
    const details = make("details", { open: place < 3 && matchMedia("(min-width: 56rem)").matches }, make("summary", {}, title), list, all);
    details.hidden = !values.some((own) => own[place].length);
    details.addEventListener("toggle", () => { if (details.open) filters(select().counts); });
    byId("filters").append(details);
    return { facet, list, all, details };
  });
  function filters(counts) {
    boxes.forEach(({ facet, list, all, details }, place) => {
      if (!details.open) return;
      const chosen = view.chosen[place];
      for (const value of chosen) if (!counts[place].has(value)) counts[place].set(value, 0);
      const rows = [...counts[place]].sort((a, b) => (chosen.has(b[0]) - chosen.has(a[0])) ||
        (facet === "year" ? down(a[0], b[0]) : b[1] - a[1]) || compare(a[0], b[0]));
      all.hidden = rows.length <= SHOWN;
      all.textContent = wide[place] ? "Show fewer" : `Show all ${rows.length}`;
      const active = document.activeElement;
      const focused = list.contains(active) ? active.value : null;
      list.replaceChildren(...rows.slice(0, wide[place] ? rows.length : Math.max(SHOWN, chosen.size)).map(([value, count]) => {
        const box = make("input", { type: "checkbox", name: facet, value, on: ["change", () => {
          if (box.checked) chosen.add(value); else chosen.delete(value);
          changed();
        }] });
        box.checked = chosen.has(value);
        return make("li", {}, make("label", {}, box, make("span", {}, value), make("span", {}, String(count))));
      }));
      if (focused !== null) [...list.querySelectorAll("input")].find((box) => box.value === focused)?.focus();
    });
  }

  // What is in use, each to be taken back, and where nothing is found what would find something.
  function chips() {
    const group = byId("active");
    const chosen = FACETS.flatMap(([facet, title], place) => [...view.chosen[place]].map((value) =>
      make("button", { type: "button", "aria-label": `Without ${title} ${value}`, on: ["click", () => { view.chosen[place].delete(value); changed(); }] }, `${title}: ${value}`)));
    const number = chosen.length;
    if (view.q.trim()) chosen.push(make("button", { type: "button", "aria-label": "Remove the search", on: ["click", () => search("")] }, `“${view.q.trim()}”`));
    if (chosen.length > 1) chosen.push(make("button", { type: "button", id: "clear", on: ["click", clear] }, "Clear all"));
    group.hidden = !chosen.length;
    group.replaceChildren(...chosen);
    byId("filtering").textContent = number ? `Filters (${number})` : "Filters";
  }
  function suggestions() {
    const group = byId("nothing"), tries = [];
    group.hidden = found.length > 0;
    if (found.length) { group.replaceChildren(); return; }
    const words = view.q.trim().split(/\s+/).filter(Boolean);
    const without = (label, change) => {
      const other = { ...view, chosen: view.chosen.map((chosen) => new Set(chosen)) };
      change(other);
      const number = select(other, []).found.length;
      if (number) tries.push(make("li", {}, make("button", { type: "button", on: ["click", () => { view = other; byId("q").value = view.q; changed(); }] }, `${label} (${number})`)));
    };
    FACETS.forEach(([, title], place) => {
      if (view.chosen[place].size) without(`Any ${title.toLowerCase()}`, (other) => other.chosen[place].clear());
    });
    if (view.chosen.some((chosen) => chosen.size) && words.length) without("Without filters", (other) => other.chosen.forEach((chosen) => chosen.clear()));
    if (words.length > 1) words.slice(0, 8).forEach((word, at) => without(`Without “${word}”`, (other) => { other.q = words.filter((_, place) => place !== at).join(" "); }));
    if (!tries.length) words.slice(0, 8).forEach((word) => without(`Only “${word}”`, (other) => { Object.assign(other, empty(), { q: word }); }));
    group.replaceChildren(make("p", {}, "No paper matches all of this."), make("ul", {}, ...tries,
      make("li", {}, make("button", { type: "button", on: ["click", clear] }, `All papers (${works.length})`))));
  }
  // A small bar for each year, which chooses it.
  const MOST_YEARS = 24;
  function bars(counted) {
    const group = byId("years"), chosen = view.chosen[FACETS.findIndex(([facet]) => facet === "year")];
    const all = [...new Set(works.map(year).filter(Boolean))].sort().slice(-MOST_YEARS);
    group.hidden = all.length < 2;
    const none = { published: 0, preprint: 0, else: 0 };
    const total = (bar) => bar.published + bar.preprint + bar.else;
    const highest = Math.max(1, ...all.map((one) => total(counted.get(one) || none)));
    const focused = group.contains(document.activeElement) ? document.activeElement.value : null;
    group.replaceChildren(...all.map((one) => {
      const numbers = counted.get(one) || none, svg = shape("svg", { viewBox: "0 0 40 100", preserveAspectRatio: "none", "aria-hidden": "true" });
      let top = 100;
      for (const kind of ["published", "preprint", "else"]) {
        const height = 100 * numbers[kind] / highest;
        top -= height;
        if (height) svg.append(shape("rect", { x: 4, width: 32, y: top, height, class: kind }));
      }
      const words = `${one}: ${total(numbers)} papers, ${numbers.published} published`;
      return make("button", { type: "button", value: one, title: words, "aria-label": words, "aria-pressed": String(chosen.has(one)), on: ["click", () => {
        if (chosen.has(one)) chosen.delete(one); else chosen.add(one);
        changed();
      }] }, svg, one);
    }), make("div", { class: "legend", "aria-hidden": "true" }, make("span", {}, make("i", { class: "published" }), "published"), make("span", {}, make("i", { class: "preprint" }), "preprint")));
    if (focused !== null) [...group.children].find((button) => button.value === focused)?.focus();
  }
  function shape(tag, attributes) {
    const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  }

  // All together -----------------------------------------------------------------------------------------------------

  let found = [], shown = 0;
  function draw() {
    const result = select();
    found = result.found;
    shown = 0;
    const took = result.taken.map(([word, close]) => `No results for “${word}”; showing “${close}”. `).join("");
    byId("count").textContent = took + (found.length === works.length ? `${found.length} papers`
      : `${found.length} of ${works.length} papers`);
    filters(result.counts);
    bars(result.years);
    chips();
    suggestions();
    byId("works").replaceChildren();
    more();
    bar();
  }
  function more() {
    byId("works").append(...found.slice(shown, shown + PAGE).map(item));
    shown = Math.min(shown + PAGE, found.length);
    byId("more").hidden = shown >= found.length;
    byId("more").textContent = `Show more (${found.length - shown} left)`;
    // Reference managers find what is found, seen or not.
    byId("unseen")?.replaceChildren(...found.slice(shown, SPANS).map((place) => coins(works[place])));
  }
  function changed() {
    write();
    draw();
    // The search is at hand wherever one has scrolled to; what it found is not.
    if (byId("list").getBoundingClientRect().top < 0) byId("list").scrollIntoView();
  }
  function start() {
    read();
    byId("q").value = view.q;
    byId("sort").value = view.sort;
    draw();
  }

  function search(words) {
    view.q = byId("q").value = words;
    changed();
    byId("q").focus();
  }
  function clear() {
    view = empty();
    byId("sort").value = view.sort;
    search("");
  }

  document.documentElement.classList.add("scripted");
  byId("search").hidden = byId("filters").hidden = false;
  byId("search").addEventListener("submit", (event) => event.preventDefault());
  byId("q").addEventListener("input", () => { view.q = byId("q").value; changed(); });
  byId("sort").addEventListener("change", () => { view.sort = byId("sort").value; changed(); });
  byId("filtering").addEventListener("click", () => {
    byId("filtering").setAttribute("aria-expanded", String(byId("filters").classList.toggle("open")));
  });
  byId("more").addEventListener("click", () => {
    const next = shown;
    more();
    byId("works").children[next]?.querySelector("h3 a").focus();
  });
  // Chromium opens a file of the same disk that it should save.
  if (location.protocol === "file:") {
    for (const link of document.querySelectorAll(".whole a")) {
      if (link.dataset.format in files) link.addEventListener("click", async (event) => {
        event.preventDefault();
        save(link.getAttribute("href"), await taken(link.dataset.format, works.map((_, place) => place)));
      });
    }
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !/^(?:INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) { event.preventDefault(); byId("q").focus(); }
  });
  window.addEventListener("hashchange", () => { start(); scrollTo(0, 0); });
  window.addEventListener("beforeprint", () => { while (shown < found.length) more(); });
  start();
  setTimeout(texts);
})();
