// Copying and saving, for every page. What is saved is made here, so that it is saved from a disk too, not opened.
"use strict";
globalThis.fedbibTake = (() => {
  const TYPES = { ".bib": "application/x-bibtex", ".json": "application/json", ".ris": "application/x-research-info-systems" };

  async function copy(content) {
    try { await navigator.clipboard.writeText(content); return; } catch { /* not allowed here: the old way */ }
    const area = document.createElement("textarea");
    area.readOnly = true;
    area.setAttribute("aria-hidden", "true");
    area.value = content;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    if (!done) throw new Error("the browser does not allow it");
  }
  function save(name, content) {
    const type = TYPES[name.slice(name.lastIndexOf("."))] || "text/plain";
    const url = URL.createObjectURL(new Blob([content], { type }));
    const link = document.createElement("a");
    link.href = url;
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
  }
  // A button that says what became of what it does, and tells it to `said` too.
  function button(label, done, what, said = () => {}) {
    const element = document.createElement("button");
    element.type = "button";
    element.textContent = label;
    element.addEventListener("click", async () => {
      let word = done;
      try { await what(); } catch (error) { word = `not ${done}: ${error.message}`; }
      element.textContent = `${label} (${word})`;
      said(`${label}: ${word}`);
      setTimeout(() => { element.textContent = label; }, 2000);
    });
    return element;
  }
  const copying = (label, what, said) => button(label, "copied", async () => copy(await what()), said);
  const saving = (label, name, what, said) => button(label, "saved", async () => save(name, await what()), said);
  return { copying, saving, save };
})();
