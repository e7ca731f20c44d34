// Reading the page again: the server renders it, and what differs is taken over in place, so that focus, selection,
// open dialogs and what somebody is typing stay.

const listeners = [];
let running = null;
let again = false;

/** Calls back after each time the page was read again. */
export function onRefreshed(callback) {
  listeners.push(callback);
}

/** Reads the page again; while it is being read, any number of calls lead to one more reading. */
export async function refresh() {
  if (running) {
    again = true;
    return running;
  }
  running = read();
  try {
    await running;
  } finally {
    running = null;
  }
  if (again) {
    again = false;
    await refresh();
  }
}

async function read() {
  const text = await load();
  if (text === null) return;
  const next = new DOMParser().parseFromString(text, "text/html");
  const main = next.querySelector("main");
  if (!main) return;
  Idiomorph.morph(document.querySelector("main"), main.childNodes, {
    morphStyle: "innerHTML",
    // Of a field alone: of anything else that has the focus, such as a button, nothing may stay behind.
    ignoreActiveValue: document.activeElement?.matches("input, textarea, select") ?? false,
    restoreFocus: true,
    callbacks: { beforeNodeMorphed, beforeAttributeUpdated },
  });
  document.title = next.title;
  for (const listener of listeners) listener();
}

// While the gateway is away the page stays as it is; the badge of the feed says so.
async function load() {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-store" });
    // The session has ended.
    if (answer.redirected) location.assign(answer.url);
    return answer.redirected ? null : await answer.text();
  } catch {
    return null;
  }
}

function beforeNodeMorphed(before) {
  if (!(before instanceof Element)) return true;
  return !(before.hasAttribute("data-keep") || before.matches("dialog[open]") || isTyped(before));
}

// A form in which somebody has typed, and has not sent it, stays.
function isTyped(element) {
  return element.matches("form[data-keep-while-typed]")
    && [...element.elements].some((field) => "defaultValue" in field && field.type !== "hidden" && field.value !== field.defaultValue);
}

// What the reader did to the page is no part of what the server says.
function beforeAttributeUpdated(name, element) {
  if (name === "open" && element.matches("details, dialog")) return false;
  if (name === "checked" || (name === "value" && element.matches("input[type=checkbox]"))) return false;
  return !(name === "class" && element.hasAttribute("data-row"));
}
