// Links that show another part of the same page, data-in-place: the page is read again and keeps its place, and the browser its history.
import { refresh } from "./page.js";

export function startInPlace() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-in-place]");
    if (!link || event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    history.pushState(null, "", link.href);
    void show().catch(() => location.reload());
  });
  addEventListener("popstate", () => void refresh().catch(() => location.reload()));
}

async function show() {
  await refresh();
  const target = location.hash && document.getElementById(location.hash.slice(1));
  if (!target) return;
  target.scrollIntoView({ block: "nearest" });
  target.focus({ preventScroll: true });
}
