// The keyboard, and the page as it opens.
const help = byId("help");
byId("b-help").addEventListener("click", () => help.showModal());
byId("b-close-help").addEventListener("click", () => help.close());

function step(by) {
  const name = currentTab();
  if (name === "tree" || name === "text" || name === "about") {
    const now = tree?.querySelector("li[data-current]");
    if (!now) return;
    const begun = now.classList.contains("sel");
    const to = begun ? (by > 0 ? nextNode(now) : previousNode(now)) : now;
    if (to) choose({ place: Number(to.dataset.n) }, { scroll: true, focus: name === "tree" });
    return;
  }
  const rows = [...byId(`panel-${name}`).querySelectorAll("tr[data-i]")];
  const now = rows.findIndex((row) => row.classList.contains("sel"));
  const to = rows[now < 0 ? (by > 0 ? 0 : rows.length - 1) : now + by];
  if (to) choose({ item: Number(to.dataset.i) }, { scroll: true, focus: true });
}

addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing || help.open) return;
  if (event.key === "Escape") {
    if (document.activeElement === field || field.value) {
      field.value = "";
      find();
      field.blur();
    } else choose(null);
    return;
  }
  if (event.target.closest("input")) return;
  if (event.key === "/") field.focus();
  else if (event.key === "?") help.showModal();
  else if (event.key === "j") step(1);
  else if (event.key === "k") step(-1);
  else if (event.key >= "1" && event.key <= "9") {
    const panelsOnly = tabs.filter((tab) => tab.dataset.tab !== "text");
    if (!panelsOnly[event.key - 1]) return;
    showTab(panelsOnly[event.key - 1].dataset.tab);
  } else if (event.target.closest(".rows") && ["ArrowDown", "ArrowUp"].includes(event.key)) {
    step(event.key === "ArrowDown" ? 1 : -1);
  } else return;
  event.preventDefault();
});

// In the frame of the web application the language is chosen outside.
addEventListener("message", (event) => {
  if (event.source !== window.parent || !["vi", "en"].includes(event.data?.language)) return;
  root.classList.add("framed");
  if (event.data.language !== language) setLanguage(event.data.language);
});

if (store.get("language") === "en") setLanguage("en");
showTab("tree");
if (small.matches) showTab("text");
if (location.hash) follow(location.hash);
root.dataset.ready = "";
