// Full-text search over the source, with and without diacritics; a phrase is found across line ends.
const field = byId("find");
const exact = byId("b-exact");
const output = document.querySelector(".find output");
const MOST_SHOWN = 2000;
let haystacks = {};
let matches = [];
let match = -1;

const foldings = new Map();
function folded(char, keepMarks) {
  const key = keepMarks ? `+${char}` : char;
  let known = foldings.get(key);
  if (known === undefined) {
    known = char.toLowerCase();
    if (keepMarks) known = known.normalize("NFC");
    else known = known.normalize("NFD").replace(/\p{M}+/gu, "").replaceAll("đ", "d");
    foldings.set(key, known);
  }
  return known;
}

// The folded text and, for each unit of it, the offset in the text it comes from; white space runs are one space.
function fold(words, keepMarks) {
  const source = keepMarks && words.normalize("NFC") !== words ? clusters(words) : Array.from(words);
  const out = [];
  const from = [];
  let at = 0;
  let space = true;
  for (const char of source) {
    if (/^\s$/.test(char)) {
      if (!space) { out.push(" "); from.push(at); }
      space = true;
    } else {
      const plain = folded(char, keepMarks);
      for (let unit = 0; unit < plain.length; unit += 1) { out.push(plain[unit]); from.push(at); }
      if (plain) space = false;
    }
    at += char.length;
  }
  from.push(at);
  return { words: out.join(""), from };
}

const clusters = (words) => words.match(/\P{M}\p{M}*|\p{M}+/gu) ?? [];

function haystack() {
  const keepMarks = exact.getAttribute("aria-pressed") === "true";
  haystacks[keepMarks] ??= fold(paper.textContent, keepMarks);
  return { ...haystacks[keepMarks], keepMarks };
}

let textNodes = null;
function nodesOfText() {
  if (textNodes) return textNodes;
  textNodes = { nodes: [], starts: [] };
  const walker = document.createTreeWalker(paper, NodeFilter.SHOW_TEXT);
  let at = 0;
  while (walker.nextNode()) {
    textNodes.nodes.push(walker.currentNode);
    textNodes.starts.push(at);
    at += walker.currentNode.length;
  }
  return textNodes;
}

function placeOf(offset) {
  const { nodes, starts } = nodesOfText();
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle] <= offset) low = middle; else high = middle - 1;
  }
  return [nodes[low], Math.min(offset - starts[low], nodes[low].length)];
}

function rangeOf({ start, end }) {
  const range = new Range();
  range.setStart(...placeOf(start));
  const [node, offset] = placeOf(end - 1);
  range.setEnd(node, Math.min(offset + 1, node.length));
  return range;
}

function find() {
  matches = [];
  match = -1;
  const { words, from, keepMarks } = haystack();
  const needle = fold(field.value, keepMarks).words.trim();
  if (needle) {
    for (let at = words.indexOf(needle); at >= 0; at = words.indexOf(needle, at + needle.length)) {
      matches.push({ start: from[at], end: from[at + needle.length - 1] + 1, next: from[at + needle.length] });
    }
  }
  CSS.highlights?.clear();
  if (CSS.highlights && matches.length) {
    CSS.highlights.set("found", new Highlight(...matches.slice(0, MOST_SHOWN).map(rangeOf)));
  }
  output.textContent = needle && !matches.length ? word("ui.no_match") : "";
  if (needle && !matches.length) announce(word("ui.no_match"));
  if (matches.length) go(0);
  else mark(null);
}

let hitLine = null;
function mark(line) {
  hitLine?.classList.remove("hit");
  hitLine = line;
  hitLine?.classList.add("hit");
}

function go(to) {
  if (!matches.length) return;
  match = (to + matches.length) % matches.length;
  const range = rangeOf(matches[match]);
  if (CSS.highlights) {
    const now = new Highlight(range);
    now.priority = 1;
    CSS.highlights.set("found-now", now);
  }
  const line = range.startContainer.parentElement.closest(".l");
  if (!CSS.highlights) mark(line);
  if (small.matches) showTab("text");
  scrollTo(line, "center");
  output.textContent = `${match + 1}/${matches.length}`;
  announce(`${match + 1}/${matches.length}`);
}

let waiting = 0;
field.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(find, 120);
});
document.querySelector(".find").addEventListener("submit", (event) => event.preventDefault());
field.addEventListener("keydown", (event) => {
  if (event.key === "Enter") {
    event.preventDefault();
    clearTimeout(waiting);
    if (matches.length) go(match + (event.shiftKey ? -1 : 1)); else find();
  }
});
byId("b-next").addEventListener("click", () => go(match + 1));
byId("b-previous").addEventListener("click", () => go(match - 1));
exact.addEventListener("click", () => {
  exact.setAttribute("aria-pressed", String(exact.getAttribute("aria-pressed") !== "true"));
  find();
});
