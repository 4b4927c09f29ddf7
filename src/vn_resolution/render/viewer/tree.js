// The tabs, and the tree as a tree: one stop for the keyboard, arrows inside, branches that open and close.
const tabList = document.querySelector(".tabs");
const tabs = [...tabList.querySelectorAll(".tab")];
const SIGN_WIDTH = 22; // the sign that opens and shuts a branch stands in the row's left padding
const tree = panels.querySelector(".tree");

tabList.setAttribute("role", "tablist");
for (const tab of tabs) {
  tab.setAttribute("role", "tab");
  const panel = byId(tab.dataset.tab === "text" ? "text" : `panel-${tab.dataset.tab}`);
  tab.setAttribute("aria-controls", panel.id);
  if (panel === main) continue;
  panel.setAttribute("role", "tabpanel");
  panel.setAttribute("aria-labelledby", tab.id);
  if (!panel.querySelector("a, button")) panel.tabIndex = 0; // nothing in it takes the focus that scrolls it
}
const currentTab = () => tabs.find((tab) => tab.getAttribute("aria-selected") === "true")?.dataset.tab;

const scrolled = new Map();

function showTab(name) {
  const wanted = tabs.find((tab) => tab.dataset.tab === name);
  const before = currentTab();
  if (!wanted || name === before || (name === "text" && !small.matches)) return;
  if (before) scrolled.set(before, panels.scrollTop);
  for (const tab of tabs) {
    const on = tab === wanted;
    tab.setAttribute("aria-selected", String(on));
    tab.tabIndex = on ? 0 : -1;
    if (tab.dataset.tab !== "text" && name !== "text") byId(`panel-${tab.dataset.tab}`).hidden = !on;
  }
  root.classList.toggle("view-text", name === "text");
  if (name !== "text") prepare(byId(`panel-${name}`));
  if (!before) return; // as the page opens nothing is laid out yet, and nothing here needs it
  if (name !== "text") panels.scrollTop = scrolled.get(name) ?? 0;
  wanted.scrollIntoView({ block: "nearest", inline: "center" });
}

// The row of tabs fades where more of it is out of sight.
function fadeTabs() {
  const hidden = tabList.scrollWidth - tabList.clientWidth - tabList.scrollLeft;
  tabList.classList.toggle("more", hidden > 2);
  tabList.classList.toggle("less", tabList.scrollLeft > 2);
}
tabList.addEventListener("scroll", fadeTabs, { passive: true });
new ResizeObserver(fadeTabs).observe(tabList);

tabList.addEventListener("click", (event) => {
  const tab = event.target.closest(".tab");
  if (!tab) return;
  event.preventDefault();
  if (small.matches) detail.hidden = true;
  showTab(tab.dataset.tab);
});
tabList.addEventListener("keydown", (event) => {
  const shown = tabs.filter((tab) => tab.offsetParent);
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const next = shown[(shown.indexOf(event.target.closest(".tab")) + step + shown.length) % shown.length];
  event.preventDefault();
  showTab(next.dataset.tab);
  next.focus();
});
small.addEventListener("change", () => showTab(small.matches ? "text" : "tree"));

// One row of each list is reached with Tab; j, k and the arrows go on from there.
function setCurrent(row) {
  const list = row.closest(".tree, .rows");
  const old = list.querySelector('[data-current]');
  if (old) {
    delete old.dataset.current;
    (old.matches("li") ? old : old.querySelector("th a")).tabIndex = -1;
  }
  row.dataset.current = "";
  (row.matches("li") ? row : row.querySelector("th a")).tabIndex = 0;
}
if (tree) for (const link of tree.querySelectorAll("a")) link.tabIndex = -1;

// A list is made ready when it is first shown: roles, which its rows lose as grids, and one stop for the keyboard.
function prepare(panel) {
  if (panel.dataset.ready) return;
  panel.dataset.ready = "yes";
  for (const list of panel.querySelectorAll(".rows")) {
    list.setAttribute("role", "table");
    for (const part of list.querySelectorAll("thead, tbody")) part.setAttribute("role", "rowgroup");
    for (const row of list.rows) {
      row.setAttribute("role", "row");
      const head = row.parentElement.tagName === "THEAD";
      for (const cell of row.cells) {
        cell.setAttribute("role", head ? "columnheader" : cell.tagName === "TH" ? "rowheader" : "cell");
      }
      const link = row.querySelector("th a");
      if (link) link.tabIndex = -1;
    }
    if (!list.querySelector("[data-current]")) setCurrent(list.querySelector("tbody tr"));
  }
}

function setOpen(node, open) {
  node.classList.toggle("shut", !open);
  node.setAttribute("aria-expanded", String(open));
}

function reveal(node) {
  for (let up = node.parentElement.closest("li"); up; up = up.parentElement.closest("li")) {
    if (up.classList.contains("shut")) setOpen(up, true);
  }
}

function nextNode(node) {
  const inner = !node.classList.contains("shut") && node.querySelector(":scope > ul > li");
  if (inner) return inner;
  for (let up = node; up; up = up.parentElement.closest("li")) {
    if (up.nextElementSibling) return up.nextElementSibling;
  }
  return null;
}

function previousNode(node) {
  let before = node.previousElementSibling;
  if (!before) return node.parentElement.closest("li");
  while (before.ariaExpanded === "true") before = before.querySelector(":scope > ul").lastElementChild;
  return before;
}

if (tree) {
  tree.setAttribute("role", "tree");
  tree.setAttribute("aria-labelledby", "tab-tree");
  for (const inner of tree.querySelectorAll("ul")) inner.setAttribute("role", "group");
  for (const node of tree.querySelectorAll("li")) {
    const row = node.firstElementChild;
    row.id = `row-${node.dataset.n}`;
    node.setAttribute("role", "treeitem");
    node.setAttribute("aria-labelledby", row.id);
    node.tabIndex = -1;
    if (!row.nextElementSibling) continue;
    node.setAttribute("aria-expanded", String(!node.classList.contains("shut")));
  }
  setCurrent(tree.querySelector("li"));
  if (tree.querySelector("li li")) addTreeBar();
  tree.addEventListener("click", (event) => {
    const row = event.target.closest(".row");
    if (!row) return;
    event.preventDefault();
    const node = row.parentElement;
    const onSign = event.clientX - row.getBoundingClientRect().left < SIGN_WIDTH;
    if (onSign && node.ariaExpanded) setOpen(node, node.classList.contains("shut"));
    else choose({ place: Number(node.dataset.n) }, { scroll: true });
  });
  tree.addEventListener("keydown", (event) => {
    const node = event.target.closest("li");
    if (!node || event.altKey || event.ctrlKey || event.metaKey) return;
    const open = node.getAttribute("aria-expanded");
    let to = null;
    if (event.key === "ArrowDown") to = nextNode(node);
    else if (event.key === "ArrowUp") to = previousNode(node);
    else if (event.key === "Home") to = tree.firstElementChild;
    else if (event.key === "End") to = lastNode();
    else if (event.key === "ArrowRight" && open === "false") setOpen(node, true);
    else if (event.key === "ArrowRight" && open === "true") to = nextNode(node);
    else if (event.key === "ArrowLeft" && open === "true") setOpen(node, false);
    else if (event.key === "ArrowLeft") to = node.parentElement.closest("li");
    else if (event.key === "Enter" || event.key === " ") choose({ place: Number(node.dataset.n) }, { scroll: true });
    else return;
    event.preventDefault();
    if (to) {
      setCurrent(to);
      to.focus();
    }
  });
}

function lastNode() {
  let node = tree.lastElementChild;
  while (node.ariaExpanded === "true") node = node.querySelector(":scope > ul").lastElementChild;
  return node;
}

function addTreeBar() {
  const bar = element("div", "", { className: "treebar" });
  for (const [key, open] of [["ui.expand_all", true], ["ui.collapse_all", false]]) {
    const button = element("button", word(key), { className: "mini", type: "button" });
    button.dataset.w = key;
    button.addEventListener("click", () => {
      for (const node of tree.querySelectorAll("li[aria-expanded]")) setOpen(node, open || !node.parentElement.closest("li"));
    });
    bar.append(button);
  }
  tree.before(bar);
}
