// The reader's own choice of colours, before anything is shown; without one the system decides, as without scripts.
(() => {
  const root = document.documentElement;
  root.dataset.scripted = "";
  try {
    const theme = localStorage.getItem("trophees-theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  } catch {
    // where nothing may be kept, nothing was
  }
})();
