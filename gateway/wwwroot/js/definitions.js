// Checking and publishing a definition as it is written, YAML or JSON; each problem leads to its place in the text.
import { Refused, send } from "./api.js";
import { toast } from "./toast.js";

export function startDefinitions() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.hasAttribute("data-definition")) return;
    event.preventDefault();
    void run(form, event.submitter?.value === "check").catch((error) => toast(error.message, "bad"));
  });
}

async function run(form, isCheck) {
  const field = form.elements.namedItem("source");
  const list = form.querySelector(".problems");
  list.replaceChildren();
  field.removeAttribute("aria-invalid");
  try {
    const type = field.value.trimStart().startsWith("{") ? "application/json" : "application/yaml";
    const { id, owner, name, version, warnings } = await send("POST", isCheck ? "definitions?dryRun=true" : "definitions", field.value, type);
    for (const { path, message } of warnings ?? []) list.append(problem(field, path, message, "warning"));
    toast(isCheck ? `${id} is sound${warnings?.length ? ", with warnings" : ""}` : `${id} is published`);
    if (!isCheck) location.assign(new URL(`definitions/${owner}/${name}?version=${encodeURIComponent(version)}`, document.baseURI));
  } catch (error) {
    if (!(error instanceof Refused) || Object.keys(error.fields).length === 0) throw error;
    field.setAttribute("aria-invalid", "true");
    for (const [path, messages] of Object.entries(error.fields)) for (const message of messages) list.append(problem(field, path, message, "failure"));
    toast(error.message, "bad");
  }
}

function problem(field, path, message, kind) {
  const item = document.createElement("li");
  item.className = kind;
  const pointer = document.createElement("code");
  pointer.textContent = path || "/";
  item.append(pointer, ` ${message}`);
  const [, line, column] = message.match(/^line (\d+), column (\d+):/) ?? [];
  if (!line) return item;
  const go = document.createElement("button");
  go.type = "button";
  go.textContent = "Show";
  go.setAttribute("aria-label", `Show line ${line}, column ${column}`);
  go.addEventListener("click", () => select(field, Number(line), Number(column)));
  item.prepend(go, " ");
  return item;
}

function select(field, line, column) {
  const lines = field.value.split("\n");
  const start = lines.slice(0, line - 1).reduce((length, text) => length + text.length + 1, 0) + column - 1;
  field.focus();
  field.setSelectionRange(start, Math.max(start, start - column + 1 + (lines[line - 1]?.length ?? 0)));
  field.scrollTop = (field.scrollHeight * Math.max(0, line - 4)) / lines.length;
}
