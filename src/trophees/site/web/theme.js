// Before anything is shown: the reader's own choice of colours, without which the system decides, as without scripts; and
// whether the address asks for something, so that its answer has room before it comes.
(() => {
  const root = document.documentElement;
  root.dataset.scripted = "";
  if (location.search) root.dataset.asked = "";
  try {
    const theme = localStorage.getItem("trophees-theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  } catch {
    // where nothing may be kept, nothing was
  }
})();
