(() => {
  "use strict";
  const byId = (id) => document.getElementById(id);
  const root = document.documentElement;
  const [list, view, start, actions, field, words] = ["list", "view", "start", "actions", "file", "words"].map(byId);
  const WORDS = {
    reading: ["Đang đọc …", "Reading …"],
    failed: ["Không đọc được", "This could not be read"],
    unreachable: ["Không liên lạc được với dịch vụ. Hãy xem dịch vụ còn chạy không.", "The service cannot be reached. Is it still running?"],
    pasted: ["van-ban", "text"],
  };
  // Why, by the service's codes, for those who read Vietnamese; what the service says stands below it.
  const WHY = {
    unsupported_type: "Loại tệp này không đọc được. Hãy lưu văn bản thành DOCX, PDF hoặc TXT rồi thử lại.",
    unsupported_form: "Dịch vụ không nhận dạng yêu cầu này.",
    too_large: "Tệp lớn hơn mức dịch vụ cho phép.",
    encrypted: "Tệp có mật khẩu. Hãy bỏ mật khẩu rồi thử lại.",
    unreadable: "Tệp bị hỏng hoặc không có chữ nào đọc được.",
    missing_tool: "Máy chạy dịch vụ chưa cài công cụ để đọc loại tệp này.",
    no_document: "Yêu cầu không có văn bản nào.",
    one_document: "Mỗi lần chỉ gửi một văn bản, trừ khi lấy tất cả (ZIP).",
    bad_request: "Yêu cầu không hợp lệ.",
    slow: "Tệp được gửi lên quá chậm. Hãy thử lại.",
    busy: "Dịch vụ đang bận. Hãy thử lại sau ít phút.",
    stopping: "Dịch vụ đang dừng.",
    timeout: "Đọc văn bản này mất quá nhiều thời gian.",
    crash: "Dịch vụ gặp lỗi khi đọc văn bản này.",
    fault: "Dịch vụ gặp lỗi khi đọc văn bản này.",
  };
  const documents = [];
  let current = null;
  let language = "vi";
  let pasted = 0;

  const say = (key) => WORDS[key][language === "vi" ? 0 : 1];
  const tell = (sentence) => { byId("live").textContent = sentence; };

  async function post(address, parts) {
    const form = new FormData();
    for (const part of parts) form.append("file", part.file, part.name);
    let answer;
    try {
      answer = await fetch(address, { method: "POST", body: form });
    } catch {
      throw new Error(say("unreachable"));
    }
    if (answer.ok) return answer;
    const told = await answer.json().catch(() => null);
    throw Object.assign(new Error(told?.error?.message ?? `${answer.status} ${answer.statusText}`), { code: told?.error?.code });
  }

  async function read(entry) {
    try {
      entry.html = await (await post("/api/convert?to=html", [entry])).text();
      entry.state = "";
    } catch (error) {
      entry.state = "failed";
      entry.error = error;
    }
    draw();
    if (entry === current) show(entry);
  }

  async function add(files) {
    const fresh = [...files].map((file) => ({ file, name: file.name, state: "reading" }));
    if (!fresh.length) return;
    documents.push(...fresh);
    show(fresh[0]);
    for (const entry of fresh) await read(entry);
  }

  function draw() {
    list.replaceChildren(...documents.map((entry) => {
      const button = document.createElement("button");
      const name = document.createElement("span");
      name.textContent = entry.name;
      button.type = "button";
      button.title = entry.name;
      button.className = entry.state;
      if (entry === current) button.setAttribute("aria-current", "true");
      button.append(name);
      button.addEventListener("click", () => show(entry));
      return button;
    }));
    list.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
    actions.hidden = !current;
    actions.querySelector(".menu").inert = Boolean(current?.state);
  }

  function show(entry) {
    current = entry;
    start.hidden = Boolean(entry);
    view.hidden = !entry;
    root.classList.toggle("working", Boolean(entry));
    draw();
    if (!entry) return;
    if (entry.state) {
      if (entry.state === "failed") explain(entry.error, entry.name);
      else message([say("reading"), entry.name], false);
      return;
    }
    // A sandbox without an origin, under this page's policy: nothing in a document can run or reach anything.
    const frame = document.createElement("iframe");
    frame.setAttribute("sandbox", "allow-scripts allow-modals");
    frame.title = entry.name;
    frame.srcdoc = entry.html;
    view.replaceChildren(frame);
    frame.addEventListener("load", () => {
      frame.contentWindow.postMessage({ language }, "*"); // its origin is opaque: no other target can be named
      frame.focus();
    }, { once: true });
    tell(entry.name);
  }

  function explain(error, name = "") {
    const why = language === "vi" ? WHY[error.code] : "";
    const said = name && !error.message.startsWith(name) ? `${name}: ${error.message}` : error.message;
    message(why ? [say("failed"), why, said] : [say("failed"), said], true);
  }

  function message([head, sentence, detail], bad) {
    const box = document.createElement("div");
    box.className = bad ? "message bad" : "message";
    box.append(Object.assign(document.createElement("h2"), { textContent: head }));
    box.append(Object.assign(document.createElement("p"), { textContent: sentence }));
    if (detail) box.append(Object.assign(document.createElement("p"), { textContent: detail, className: "said", lang: "en" }));
    view.replaceChildren(box);
    tell(`${head}: ${sentence}`);
  }

  async function download(button) {
    const query = new URLSearchParams({ to: button.dataset.to, download: true });
    if (button.dataset.what) query.set("what", button.dataset.what);
    const whole = button.dataset.to === "zip" ? documents.filter((entry) => entry.state !== "failed") : [current];
    button.disabled = true;
    try {
      const answer = await post(`/api/convert?${query}`, whole.length ? whole : [current]);
      const given = /filename\*=UTF-8''([^;]+)/.exec(answer.headers.get("content-disposition") ?? "");
      const link = document.createElement("a");
      link.href = URL.createObjectURL(await answer.blob());
      link.download = given ? decodeURIComponent(given[1]) : current.name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
      tell(link.download);
    } catch (error) {
      explain(error);
    } finally {
      button.disabled = false;
      button.closest("details")?.removeAttribute("open");
    }
  }

  function setLanguage(wanted) {
    language = wanted;
    for (const part of document.querySelectorAll("[data-vi]")) {
      part.textContent = part.dataset[language];
      part.lang = language;
    }
    for (const part of document.querySelectorAll("[data-vi-aria-label]")) {
      part.setAttribute("aria-label", part.getAttribute(`data-${language}-aria-label`));
    }
    byId("language").textContent = language === "vi" ? "EN" : "VI";
    byId("language").title = language === "vi" ? "English" : "Tiếng Việt";
    byId("language").lang = language === "vi" ? "en" : "vi";
    if (current?.state === "failed") explain(current.error, current.name);
    view.querySelector("iframe")?.contentWindow.postMessage({ language }, "*");
    try { localStorage.setItem("vn-resolution.language", language); } catch { /* kept for this visit only */ }
  }

  root.classList.add("scripted");
  field.addEventListener("change", () => {
    add(field.files);
    field.value = "";
  });
  byId("form").addEventListener("submit", (event) => {
    event.preventDefault();
    if (!words.value.trim()) return words.focus();
    pasted += 1;
    add([new File([words.value], `${say("pasted")}-${pasted}.txt`, { type: "text/plain" })]);
    words.value = "";
  });
  byId("more").addEventListener("click", () => show(null));
  byId("language").addEventListener("click", () => setLanguage(language === "vi" ? "en" : "vi"));
  actions.addEventListener("click", (event) => {
    const button = event.target.closest("[data-to]");
    if (button) download(button);
  });
  document.addEventListener("click", (event) => {
    const open = actions.querySelector("details[open]");
    if (open && !open.contains(event.target)) open.removeAttribute("open");
  });
  let depth = 0;
  addEventListener("dragenter", () => { depth += 1; root.classList.add("dragging"); });
  addEventListener("dragleave", () => { depth -= 1; if (depth <= 0) root.classList.remove("dragging"); });
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", (event) => {
    event.preventDefault();
    depth = 0;
    root.classList.remove("dragging");
    add(event.dataTransfer.files);
  });
  try { if (localStorage.getItem("vn-resolution.language") === "en") setLanguage("en"); } catch { /* Vietnamese then */ }
})();
