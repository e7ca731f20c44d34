import { openPalette } from "./palette.js";
import { refresh } from "./page.js";

let prefix = 0;

export function startKeys() {
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", (event) => {
    const command = event.target.closest?.("[data-command]")?.dataset.command;
    if (command) commands[command]();
  });
}

const commands = {
  help: () => document.getElementById("help").showModal(),
  palette: openPalette,
  theme: switchTheme,
};

function onKey(event) {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    openPalette();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || document.querySelector("dialog[open]")) return;
  if (prefix) {
    clearTimeout(prefix);
    prefix = 0;
    const link = document.querySelector(`nav a[data-key="${CSS.escape(event.key)}"]`);
    if (link) link.click();
    return;
  }
  const action = keys[event.key];
  if (!action) return;
  event.preventDefault();
  action();
}

const keys = {
  "/": () => document.getElementById("search").select(),
  "?": commands.help,
  j: () => move(1),
  k: () => move(-1),
  x: pick,
  r: () => void refresh(),
  g: () => (prefix = setTimeout(() => (prefix = 0), 1500)),
};

const isTyping = (element) => element.matches?.("input:not([type=checkbox]), textarea, select, [contenteditable]");

function move(step) {
  const links = [...document.querySelectorAll("[data-row] [data-row-link]")];
  if (links.length === 0) return;
  const at = links.findIndex((link) => link.closest("[data-row]").contains(document.activeElement));
  const next = links[at < 0 ? (step > 0 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, at + step))];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

function pick() {
  document.activeElement.closest?.("[data-row]")?.querySelector("[data-pick]")?.click();
}

function switchTheme() {
  const root = document.documentElement;
  const isDark = (root.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  root.dataset.theme = isDark ? "light" : "dark";
  localStorage.setItem("theme", root.dataset.theme);
  document.dispatchEvent(new CustomEvent("themed"));
}
