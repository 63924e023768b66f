"use strict";
for (const controls of document.querySelectorAll(".controls")) {
  const section = controls.parentElement;
  const cases = [...section.querySelectorAll(":scope > details.case")];
  const [sort, kind, text] = [".sort", ".kind", ".text"].map((name) => controls.querySelector(name));
  const texts = new Map(cases.map((each) => [each, each.querySelector("summary").textContent.toLowerCase()]));
  const number = (each, by) => {
    const value = each.getAttribute("data-" + by);
    return value === null ? Infinity : by === "seconds" ? -value : +value;
  };
  const orders = {
    id: (a, b) => a.dataset.id.localeCompare(b.dataset.id),
    kind: (a, b) => a.dataset.kind.localeCompare(b.dataset.kind) || a.dataset.order - b.dataset.order,
  };
  const arrange = () => {
    const by = sort.value;
    const compare = orders[by] || ((a, b) => {
      const [first, second] = [number(a, by), number(b, by)];
      return (first === second ? 0 : first - second) || a.dataset.order - b.dataset.order;
    });
    section.append(...cases.sort(compare));
    const wanted = text.value.toLowerCase();
    for (const each of cases) {
      each.hidden = (kind.value && each.dataset.kind !== kind.value) || !texts.get(each).includes(wanted);
    }
  };
  for (const control of [sort, kind, text]) control.addEventListener("input", arrange);
  controls.hidden = false;
}
const numbers = (ranges) => (ranges || "").split(" ").filter(Boolean).flatMap((range) => {
  const [first, last = first] = range.split("-").map(Number);
  return Array.from({ length: last - first + 1 }, (_, at) => first + at);
});
document.addEventListener("toggle", ({ target }) => {
  if (!target.open || !target.matches(".marked") || target.querySelector(".article")) return;
  const article = document.getElementById("article-" + target.dataset.article).querySelector(".article").cloneNode(true);
  const pieces = [...article.querySelectorAll("span")];
  for (const kind of ["given", "cited", "gold"]) {
    for (const at of numbers(target.dataset[kind])) pieces[at].classList.add(kind);
  }
  for (const piece of pieces) {
    piece.removeAttribute("id");
    if (!piece.matches(".cited, .gold")) continue;
    const mark = document.createElement("mark");
    mark.className = piece.className;
    mark.textContent = piece.textContent;
    piece.replaceWith(mark);
  }
  target.append(article);
}, true);
