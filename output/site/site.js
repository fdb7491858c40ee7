// Search, filters, sorting and taking over the works in data.js. Text from records becomes text nodes, never HTML.
"use strict";
(() => {
  const { name: collection, works, urls, dates, frames } = globalThis.fedbib;
  const PAGE = 30, SPANS = 1000;
  const FACETS = [
    ["status", "Status", (work) => [work.status || "unresolved"]],
    ["year", "Year", (work) => (work.issued ? [work.issued.slice(0, 4)] : [])],
    ["topic", "Topic", (work) => work.topics || []],
    ["venue", "Venue", (work) => (venue(work) ? [venue(work)] : [])],
    ["dataset", "Data set", (work) => work.datasets || []],
    ["model", "Model", (work) => work.models || []],
    ["has", "Has", (work) => Object.keys(work.links || {})],
  ];
  const TYPES = { bibtex: [".bib", "application/x-bibtex"], "csl-json": [".json", "application/json"],
    ris: [".ris", "application/x-research-info-systems"] };
  const EAST_ASIAN = "\u2e80";
  const lazily = (make) => { let made; return () => (made ||= make()); };
  const byId = (id) => document.getElementById(id);

  function venue(work) { return work["container-title-short"] || work["container-title"] || ""; }
  function year(work) { return work.issued ? work.issued.slice(0, 4) : ""; }
  function plain(title) { return (title || "").replace(/<\/?(?:i|b|sub|sup|span(?: class="nocase")?)>/g, ""); }
  function display(person) {
    if (person.literal === "others") return "et al.";
    if (person.literal || person.unsplit) return person.literal || person.unsplit;
    if (person.given && person.family >= EAST_ASIAN && person.given >= EAST_ASIAN) return `${person.family} ${person.given}`;
    return [person.given, person.family, person.suffix].filter(Boolean).join(" ");
  }
  function folded(text) { return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase(); }

  const values = works.map((work) => FACETS.map(([, , of]) => of(work)));
  const texts = lazily(() => works.map((work) => folded([work.key, plain(work.title), venue(work), work["container-title"] || "",
    year(work), ...(work.author || []).map(display), ...(work.topics || []), ...(work.datasets || []),
    ...(work.models || []), ...(work.aliases || [])].join(" \n "))));
  const ticked = new Set();

  // The selection and the address ------------------------------------------------------------------------------------

  const empty = () => ({ q: "", sort: "newest", chosen: FACETS.map(() => new Set()) });
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
    if (view.sort !== "newest") words.set("sort", view.sort);
    history.replaceState(null, "", `#${words}`);
  }

  const compare = new Intl.Collator("en", { numeric: true }).compare;
  const names = lazily(() => works.map((work) => (work.author || []).slice(0, 1)
    .map((person) => person.family || display(person)).join()));
  const titles = lazily(() => works.map((work) => plain(work.title)));
  const days = lazily(() => dates.map((both) => both.filter(Boolean).sort().pop() || ""));
  const down = (one, other) => (one < other ? 1 : one > other ? -1 : 0);
  const ORDERS = {
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
  function select() {
    const words = folded(view.q).split(/\s+/).filter(Boolean);
    const active = view.chosen.map((chosen) => chosen.size > 0);
    const counts = FACETS.map(() => new Map());
    const passes = new Uint8Array(works.length);
    for (let place = 0; place < works.length; place++) {
      if (words.length && !words.every((word) => texts()[place].includes(word))) continue;
      const own = values[place];
      let failed = -1, fails = 0;
      for (let facet = 0; facet < own.length && fails < 2; facet++) {
        if (active[facet] && !own[facet].some((value) => view.chosen[facet].has(value))) { failed = facet; fails++; }
      }
      if (fails > 1) continue;
      if (!fails) passes[place] = 1;
      for (let facet = 0; facet < own.length; facet++) {
        if (fails && facet !== failed) continue;
        for (const value of own[facet]) counts[facet].set(value, (counts[facet].get(value) || 0) + 1);
      }
    }
    return { found: ranked(view.sort).filter((place) => passes[place]), counts };
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
    const details = make("details", { class: "more", on: ["toggle", () => { if (details.open) open(place, details); }] },
      make("summary", { "aria-label": `Details and citation of ${work.key}` }, "details and citation"));
    return make("li", { id: work.key }, tick,
      make("h3", {}, make("a", { href: `works/${work.key}.html` }, work.title ? rich(work.title) : work.key)),
      work.author ? make("p", { class: "authors" }, work.author.map(display).join(", ")) : null,
      make("p", { class: "facts" },
        label && make("span", { class: "venue" }, label),
        marked ? make("strong", { class: "mark" }, work.status) : null,
        ...(work.topics || []).map((topic) => make("span", { class: "topic" }, topic)),
        ...Object.entries(work.links || {}).map(([name, url]) => out(url, name)),
        landing(work) ? out(landing(work), "paper") : null),
      details, coins(work));
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

  async function open(place, details) {
    if (details.childElementCount > 1) return;
    const work = works[place];
    const list = make("dl");
    const add = (term, ...parts) => list.append(make("dt", {}, term), ...parts.map((part) => make("dd", {}, part)));
    const take = make("div", { class: "take" },
      button("Copy BibTeX", () => piece("bibtex", place)),
      button("Copy CSL-JSON", () => piece("csl-json", place)),
      button("Copy key", async () => work.key));
    const box = make("div", {}, take, list);
    details.append(box);
    if (work["container-title"]) add("In", work["container-title"]);
    if (ids(work).length) add("Identifiers", ...ids(work).map(([scheme, id]) => out(address(scheme, id), `${scheme}:${id}`)));
    if (work.datasets) add("Data sets", work.datasets.join(", "));
    if (work.models) add("Models", work.models.join(", "));
    if (work.comment) add("Comment", work.comment);
    add("Key", [work.key, ...(work.aliases || []).map((alias) => `earlier ${alias}`)].join(", "));
    const [added, published] = dates[place];
    if (added) add("Added", added);
    if (published) add("Found published", published);
    try { await load("details.js"); } catch (error) { add("Sources", error.message); return; }
    const more = fedbib.details[place];
    if (more.reference) {
      take.append(button("Copy reference", async () => plain(more.reference)));
      add("Reference", rich(more.reference));
    }
    if (more.titles) add("Also titled", ...more.titles);
    if (more.versions) add("Other versions", ...more.versions.map(([text, url]) => out(url, text)));
    if (more.fields) add("Where from", make("table", { class: "sources" }, make("tbody", {}, ...more.fields.map(([name, value, source, others]) =>
      make("tr", {}, make("th", { scope: "row" }, name), make("td", {}, value,
        ...(others || []).flatMap(([value, source]) => [make("br"), make("small", {}, `but ${source}: ${value}`)])), make("td", {}, source))))));
  }

  // Taking -----------------------------------------------------------------------------------------------------------

  async function piece(format, place) {
    await load(`${format}.js`);
    return text(format, [place]);
  }
  function text(format, places) {
    const [head, joint, tail] = frames[format];
    return head + places.map((place) => fedbib.pieces[format][place]).join(joint) + tail;
  }
  function button(label, what) {
    const element = make("button", { type: "button", on: ["click", async () => {
      let said = "copied";
      try { await copy(await what()); } catch (error) { said = `not copied: ${error.message}`; }
      byId("count").textContent = `${label.replace("Copy ", "")} ${said}`;
      element.textContent = `${label} (${said})`;
      setTimeout(() => { element.textContent = label; }, 2000);
    }] }, label);
    return element;
  }
  async function copy(content) {
    try { await navigator.clipboard.writeText(content); return; } catch { /* not allowed here: the old way */ }
    const area = make("textarea", { readonly: true, "aria-hidden": "true" });
    area.value = content;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    if (!done) throw new Error("the browser does not allow it");
  }
  async function download(format) {
    await load(`${format}.js`);
    const [ending, type] = TYPES[format];
    const url = URL.createObjectURL(new Blob([text(format, [...ticked].sort((a, b) => a - b))], { type }));
    make("a", { href: url, download: `${collection}-selection${ending}` }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
  }
  function bar() {
    const group = byId("ticked");
    group.hidden = !ticked.size;
    group.replaceChildren(`${ticked.size} ticked:`,
      ...Object.entries(TYPES).map(([format, [ending]]) =>
        make("button", { type: "button", on: ["click", () => download(format)] }, `Download ${ending}`)),
      make("button", { type: "button", on: ["click", () => { ticked.clear(); draw(); }] }, "Untick all"));
  }

  // Filters ----------------------------------------------------------------------------------------------------------

  const SHOWN = 12;
  const wide = FACETS.map(() => false);
  const boxes = FACETS.map(([facet, title], place) => {
    const list = make("ul");
    const all = make("button", { type: "button", on: ["click", () => { wide[place] = !wide[place]; draw(); }] });
    const details = make("details", { open: place < 3 && matchMedia("(min-width: 56rem)").matches }, make("summary", {}, title), list, all);
    byId("filters").append(details);
    return { facet, list, all, details };
  });
  function filters(counts) {
    boxes.forEach(({ facet, list, all, details }, place) => {
      const chosen = view.chosen[place];
      for (const value of chosen) if (!counts[place].has(value)) counts[place].set(value, 0);
      const rows = [...counts[place]].sort((a, b) => (chosen.has(b[0]) - chosen.has(a[0])) ||
        (facet === "year" ? down(a[0], b[0]) : b[1] - a[1]) || compare(a[0], b[0]));
      details.hidden = !rows.length;
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

  // All together -----------------------------------------------------------------------------------------------------

  let found = [], shown = 0;
  function draw() {
    const result = select();
    found = result.found;
    shown = 0;
    byId("count").textContent = found.length === works.length ? `${found.length} papers`
      : `${found.length} of ${works.length} papers`;
    filters(result.counts);
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

  byId("search").hidden = byId("filters").hidden = false;
  byId("search").addEventListener("submit", (event) => event.preventDefault());
  byId("q").addEventListener("input", () => { view.q = byId("q").value; changed(); });
  byId("sort").addEventListener("change", () => { view.sort = byId("sort").value; changed(); });
  byId("clear").addEventListener("click", () => {
    view = empty();
    byId("q").value = "";
    byId("sort").value = view.sort;
    changed();
    byId("q").focus();
  });
  byId("more").addEventListener("click", () => {
    const next = shown;
    more();
    byId("works").children[next]?.querySelector("h3 a").focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !/^(?:INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) { event.preventDefault(); byId("q").focus(); }
  });
  window.addEventListener("hashchange", start);
  window.addEventListener("beforeprint", () => { while (shown < found.length) more(); });
  start();
  setTimeout(texts);
})();
