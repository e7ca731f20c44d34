// Runs before the first paint: the reader's choice of light or dark, or else what the system says.
(() => {
  const chosen = localStorage.getItem("theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
})();
