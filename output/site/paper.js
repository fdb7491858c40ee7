// Buttons to copy and save what a paper's page shows of it.
"use strict";
(() => {
  const { copying, saving } = globalThis.fedbibTake;
  const key = document.querySelector("main").dataset.key;
  const status = document.createElement("p");
  status.className = "soft";
  status.setAttribute("role", "status");
  const said = (words) => { status.textContent = words; };
  const row = (...buttons) => {
    const element = document.createElement("p");
    element.className = "take";
    element.append(...buttons);
    return element;
  };
  const reference = document.querySelector("main > .reference");
  if (reference) reference.after(row(copying("Copy reference", () => reference.textContent, said)));
  for (const file of document.querySelectorAll(".file")) {
    const text = () => file.querySelector("pre").textContent;
    const title = file.querySelector("summary").firstChild.textContent.trim();
    file.querySelector("summary").after(row(copying(`Copy ${title}`, text, said),
      saving(`Download ${file.dataset.ending}`, `${key}${file.dataset.ending}`, text, said)));
  }
  document.querySelector("main").append(status);
})();
