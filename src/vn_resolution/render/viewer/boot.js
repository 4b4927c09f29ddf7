(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.replace("plain", "js");
  root.classList.add("view-text");
  try {
    const theme = localStorage.getItem("vn-resolution.theme");
    if (theme === "dark" || theme === "light") root.dataset.theme = theme;
  } catch { /* no storage here: the system's choice holds */ }
})();
