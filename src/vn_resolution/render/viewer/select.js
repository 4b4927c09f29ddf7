// Ties the two sides: what is pointed at or chosen on one is shown on the other, with its values in the detail card.
const TAB_OF = { quantity: "value", date: "value", basis: "tree", frame: "about", unit: "tree" };
const tabOf = (kind) => TAB_OF[kind] ?? kind;
const lines = [...paper.querySelectorAll(".l")];
let chosen = null;
let marked = [];
let hot = [];
let stretchesByItem = null;

function stretchesOf(item) {
  if (!stretchesByItem) {
    stretchesByItem = new Map();
    for (const stretch of paper.querySelectorAll(".g[data-i]")) {
      for (const at of stretch.dataset.i.split(" ")) {
        const known = stretchesByItem.get(+at);
        if (known) known.push(stretch); else stretchesByItem.set(+at, [stretch]);
      }
    }
  }
  return stretchesByItem.get(item) ?? [];
}

const linesOf = (place) => lines.filter((line) => {
  const at = Number(line.dataset.n ?? -1);
  return at >= place && at <= lasts[place];
});
const rowOf = (item) => panels.querySelector(`tr[data-i="${item}"]`);
const nodeOf = (place) => panels.querySelector(`.tree li[data-n="${place}"]`);

// Of the findings under the pointer the one that tells most: the innermost, but an indicator rather than its number.
function bestOf(stretch) {
  const here = stretch.dataset.i.split(" ").map(Number).filter((at) => isShown(items[at][KIND]));
  const has = (kind) => here.findLast((at) => items[at][KIND] === kind);
  const inner = here.findLast((at) => !["frame", "artifact"].includes(items[at][KIND]));
  if (inner !== undefined && items[inner][KIND] === "quantity") return has("indicator") ?? inner;
  return inner ?? here.at(-1);
}

function targetOf(event) {
  const stretch = event.target.closest(".g[data-i]");
  const item = stretch ? bestOf(stretch) : undefined;
  if (item !== undefined) return { item, stretch };
  const line = event.target.closest(".l[data-n]");
  return line && isShown("unit") ? { place: Number(line.dataset.n) } : null;
}

function choose(target, { scroll = false, tab = false, focus = false } = {}) {
  for (const part of marked) part.classList.remove("sel", "in");
  marked = [];
  chosen = target;
  if (!target) {
    detail.hidden = true;
    setHash("");
    return;
  }
  const isItem = target.item !== undefined;
  const inText = isItem ? stretchesOf(target.item) : linesOf(target.place);
  for (const part of inText) part.classList.add(isItem ? "sel" : "in");
  if (tab && !small.matches) showTab(tabOf(isItem ? items[target.item][KIND] : "unit"));
  const row = isItem ? rowOf(target.item) : nodeOf(target.place);
  if (row) {
    if (!isItem) reveal(row);
    row.classList.add("sel");
    setCurrent(row);
  } else if (isItem && items[target.item][PLACE] >= 0 && tabOf(items[target.item][KIND]) === "tree") {
    const node = nodeOf(items[target.item][PLACE]);
    reveal(node);
    node.classList.add("sel");
    marked.push(node);
  }
  marked.push(...inText, ...(row ? [row] : []));
  showDetail(target);
  if (scroll && inText.length) {
    if (small.matches) showTab("text");
    scrollTo(inText[0], isItem && !small.matches ? "center" : "start"); // on a phone the card covers the lower half
  }
  if (row) row.scrollIntoView({ block: "nearest" });
  if (focus && row) (isItem ? row.querySelector("th a") : row).focus({ preventScroll: true });
  setHash(isItem ? items[target.item][ID] : places[target.place][EID]);
}

// Twice: what stood unrendered between here and there has its true height only after the first time.
function scrollTo(part, block) {
  part.scrollIntoView({ block });
  requestAnimationFrame(() => part.scrollIntoView({ block }));
}

function setHash(id) {
  const wanted = id ? `#${encodeURIComponent(id)}` : location.pathname + location.search;
  try { history.replaceState(null, "", wanted); } catch { /* a sandboxed frame has no address of its own */ }
}

function showDetail(target) {
  const isItem = target.item !== undefined;
  const item = isItem ? items[target.item] : null;
  const kind = isItem ? item[KIND] : "unit";
  const place = isItem ? item[PLACE] : target.place;
  const top = element("div", "", { className: "top" });
  top.append(element("b", word(`kind.${kind}`), { className: `of-${kind}` }));
  top.append(element("span", isItem ? item[ID] : places[place][EID], { className: "grow" }));
  const copy = element("button", "", { className: "mini", type: "button", title: word("ui.copy_link") });
  copy.setAttribute("aria-label", word("ui.copy_link"));
  copy.append(icon("link"));
  copy.dataset.act = "copy";
  const close = element("button", "", { className: "close", type: "button", title: word("ui.close") });
  close.setAttribute("aria-label", word("ui.close"));
  close.append(icon("close"));
  close.dataset.act = "close";
  top.append(copy, close);
  detail.replaceChildren(top);
  const path = pathOf(place);
  if (path) detail.append(path);
  const quote = isItem ? stretchesOf(target.item).map((part) => part.textContent).join("") : "";
  const words = isItem ? quote : "";
  if (words.trim()) detail.append(element("blockquote", words.replace(/\s*\n\s*/g, " ").trim()));
  const facts = isItem ? factsOf(item[FIELDS]) : factsOfPlace(place);
  if (facts.childElementCount) detail.append(facts);
  const cells = isItem ? null : tableOf(place);
  if (cells) detail.append(cells);
  const also = alsoHere(target);
  if (also) detail.append(also);
  detail.hidden = false;
  detail.scrollTop = 0;
  announce(`${word(`kind.${kind}`)}: ${(quote || places[place]?.[VI] || "").trim().slice(0, 200)}`);
}

function pathOf(place) {
  if (place < 0) return null;
  const path = element("nav", "", { className: "path" });
  const steps = [];
  for (let at = place; at >= 0; at = places[at][PARENT]) steps.unshift(at);
  steps.forEach((at, step) => {
    if (step) path.append(element("span", "›"));
    const link = element("a", places[at][language === "vi" ? VI : EN], { href: `#${encodeURIComponent(places[at][EID])}` });
    link.dataset.n = at;
    path.append(link);
  });
  return path;
}

function factsOf(fields) {
  const list = element("dl");
  for (const [label, vi, en] of fields) {
    list.append(element("dt", word(`field.${label}`)), element("dd", language === "vi" ? vi : en ?? vi));
  }
  return list;
}

function factsOfPlace(place) {
  const list = element("dl");
  const inside = new Map();
  for (const item of items) {
    if (item[PLACE] >= place && item[PLACE] <= lasts[place] && item[KIND] !== "frame") {
      inside.set(item[KIND], (inside.get(item[KIND]) ?? 0) + 1);
    }
  }
  const counts = [...inside].map(([kind, count]) => `${word(`kind.${kind}`)} ${count}`);
  if (counts.length) list.append(element("dt", word("field.contains")), element("dd", counts.join(" · ")));
  return list;
}

// A table as it was read, in a box of its own that scrolls both ways.
function tableOf(place) {
  const read = data.tables[places[place]?.[EID]];
  if (!read) return null;
  const [head, rows, more] = read;
  const table = element("table");
  rows.forEach((row, at) => {
    const line = table.insertRow();
    for (const cell of row) {
      const [words, columns, high] = typeof cell === "string" ? [cell, 1, 1] : cell;
      const made = element(at < head ? "th" : "td", words, { colSpan: columns, rowSpan: high });
      if (line.cells.length && /^[\s\d.,%+\u2212-]+$/.test(words) && /\d/.test(words)) made.className = "num";
      line.append(made);
    }
  });
  const box = element("div", "", { className: "cells", tabIndex: 0 });
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", places[place][language === "vi" ? VI : EN]);
  box.append(table);
  if (more) box.append(element("p", `… + ${more}`));
  return box;
}

function alsoHere(target) {
  const first = target.item !== undefined ? stretchesOf(target.item) : [];
  const others = new Set(first.flatMap((stretch) => stretch.dataset.i.split(" ").map(Number)));
  others.delete(target.item);
  if (!others.size) return null;
  const also = element("div", "", { className: "also" });
  also.append(element("span", word("ui.also_here")));
  for (const at of [...others].sort((a, b) => items[a][START] - items[b][START]).slice(0, 14)) {
    const words = stretchesOf(at).map((part) => part.textContent).join("").replace(/\s+/g, " ").trim();
    const button = element("button", `${word(`kind.${items[at][KIND]}`)}: ${words.length > 28 ? `${words.slice(0, 27)}…` : words}`, { type: "button" });
    button.dataset.i = at;
    also.append(button);
  }
  return also;
}

function warm(parts, row) {
  for (const part of hot) part.classList.remove("hot", "hov");
  hot = [...parts, ...(row ? [row] : [])];
  for (const part of hot) part.classList.add(part.classList.contains("l") ? "hov" : "hot");
}

paper.addEventListener("pointerover", (event) => {
  const target = targetOf(event);
  if (target?.item === undefined) return warm([], null);
  warm(stretchesOf(target.item), rowOf(target.item));
  target.stretch.title = `${word(`kind.${items[target.item][KIND]}`)} · ${items[target.item][ID]}`;
});
paper.addEventListener("pointerleave", () => warm([], null));
panels.addEventListener("pointerover", (event) => {
  const row = event.target.closest("tr[data-i]");
  const node = event.target.closest(".row")?.parentElement;
  if (row) warm(stretchesOf(Number(row.dataset.i)), null);
  else if (node?.dataset.n) warm(linesOf(Number(node.dataset.n)), null);
  else warm([], null);
});
panels.addEventListener("pointerleave", () => warm([], null));

paper.addEventListener("click", (event) => {
  if (!getSelection().isCollapsed) return;
  choose(targetOf(event), { tab: true });
});
panels.addEventListener("click", (event) => {
  const go = event.target.closest("[data-go]");
  const row = event.target.closest("tr[data-i]");
  if (go) {
    event.preventDefault();
    follow(go.getAttribute("href"));
  } else if (row && !event.target.closest("code")) {
    event.preventDefault();
    choose({ item: Number(row.dataset.i) }, { scroll: true });
  }
});
detail.addEventListener("click", (event) => {
  const part = event.target.closest("[data-act], [data-n], [data-i]");
  if (!part) return;
  event.preventDefault();
  if (part.dataset.act === "close") choose(null);
  else if (part.dataset.act === "copy") copyLink();
  else if (part.dataset.n) choose({ place: Number(part.dataset.n) }, { scroll: true, tab: true });
  else choose({ item: Number(part.dataset.i) }, { tab: true });
});

function copyLink() {
  const id = chosen.item !== undefined ? items[chosen.item][ID] : places[chosen.place][EID];
  const link = location.protocol === "about:" ? `#${id}` : `${location.href.split("#")[0]}#${encodeURIComponent(id)}`;
  navigator.clipboard?.writeText(link).then(() => announce(word("ui.copied")), () => {});
}

// A permalink: #art_1__para_2 for a unit, #ind_3 for a finding.
function follow(hash) {
  let id = hash.slice(1);
  try { id = decodeURIComponent(id); } catch { /* taken as it stands */ }
  const place = places.findIndex((other) => other[EID] === id);
  if (place >= 0) return choose({ place }, { scroll: true, tab: true });
  const item = items.findIndex((other) => other[ID] === id);
  if (item >= 0) choose({ item }, { scroll: true, tab: true });
}
addEventListener("hashchange", () => follow(location.hash));
