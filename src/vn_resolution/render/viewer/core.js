// The page's parts, its data and words; the theme, the language and the switches of what is highlighted.
const root = document.documentElement;
const byId = (id) => document.getElementById(id);
const data = JSON.parse(byId("data").textContent);
const { places, items, kinds } = data;
const [KIND, ID, PLACE, START, , FIELDS] = [0, 1, 2, 3, 4, 5];
const [EID, VI, EN, PARENT] = [0, 1, 2, 3];
const main = byId("text");
const paper = main.querySelector(".paper");
const panels = document.querySelector(".panels");
const detail = byId("detail");
const small = matchMedia("(max-width: 760px)");
let language = "vi";

const store = {
  get(name) {
    try { return localStorage.getItem(`vn-resolution.${name}`); } catch { return null; }
  },
  set(name, value) {
    try { localStorage.setItem(`vn-resolution.${name}`, value); } catch { /* kept for this visit only */ }
  },
};

const word = (key) => data.words[key]?.[language === "vi" ? 0 : 1] ?? key;
const announce = (words) => { byId("live").textContent = words; };

function element(name, words, properties = {}) {
  const made = document.createElement(name);
  if (words) made.textContent = words;
  return Object.assign(made, properties);
}

function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#i-${name}`);
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

// The last index of the subtree of each place: places stand in reading order, parents before children.
const lasts = places.map((_, at) => at);
for (let at = places.length - 1; at >= 0; at -= 1) {
  const parent = places[at][PARENT];
  if (parent >= 0) lasts[parent] = Math.max(lasts[parent], lasts[at]);
}

function setLanguage(wanted) {
  language = wanted;
  store.set("language", wanted);
  for (const part of document.querySelectorAll("[data-w]")) {
    part.textContent = word(part.dataset.w);
    part.lang = language;
  }
  for (const part of document.querySelectorAll("[data-vi]")) {
    part.textContent = part.dataset[language];
    part.lang = language;
  }
  for (const name of ["title", "aria-label", "placeholder"]) {
    for (const part of document.querySelectorAll(`[data-w-${name}]`)) {
      part.setAttribute(name, word(part.getAttribute(`data-w-${name}`)));
    }
  }
}

function setTheme() {
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  store.set("theme", root.dataset.theme);
}

function setKind(chip, shown) {
  chip.setAttribute("aria-pressed", String(shown));
  paper.classList.toggle(`off-${chip.dataset.kind}`, !shown);
}

const isShown = (kind) => !paper.classList.contains(`off-${kind}`);
const legend = document.querySelector(".legend");
legend.addEventListener("click", (event) => {
  const chip = event.target.closest(".chip");
  if (!chip) return;
  setKind(chip, chip.getAttribute("aria-pressed") !== "true");
  const off = [...legend.querySelectorAll('[aria-pressed="false"]')].map((other) => other.dataset.kind);
  store.set("off", off.join(" "));
});
for (const kind of (store.get("off") ?? "").split(" ")) {
  const chip = legend.querySelector(`[data-kind="${CSS.escape(kind)}"]`);
  if (chip) setKind(chip, false);
}

byId("b-theme").addEventListener("click", setTheme);
byId("b-print").addEventListener("click", () => print());
byId("b-language").addEventListener("click", () => setLanguage(language === "vi" ? "en" : "vi"));

// What is copied is the source as it is, without the lines' own blocks.
main.addEventListener("copy", (event) => {
  const chosen = getSelection();
  if (!chosen.rangeCount || chosen.isCollapsed || !paper.contains(chosen.anchorNode)) return;
  event.clipboardData.setData("text/plain", chosen.getRangeAt(0).cloneContents().textContent);
  event.preventDefault();
});
