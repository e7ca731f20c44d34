// Buttons and forms that do something: data-send="POST tasks/{id}/cancel" sends it to the API.
//   data-confirm, data-confirm-yes  ask first
//   data-body                       the JSON to send, of a button
//   data-done                       what to say when it is done
//   data-then="tasks/{id}"          where to go then, with members of the answer
//   data-reset                      empty the form then
//   data-reveal                     a dialog that shows members of the answer, in its data-member elements, and is closed before the rest
import { Refused, send } from "./api.js";
import { confirmed } from "./confirm.js";
import { FieldError, fieldOf, read } from "./forms.js";
import { refresh } from "./page.js";
import { toast } from "./toast.js";

export function startActions() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button");
    if (!button) return;
    if (button.hasAttribute("data-send")) void act(button, button, () => ({ body: JSON.parse(button.dataset.body || "null") ?? undefined, path: {} }));
    if (button.hasAttribute("data-open")) void open(document.getElementById(button.dataset.open));
    if (button.hasAttribute("data-close")) button.closest("dialog")?.close();
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.hasAttribute("data-send")) return;
    event.preventDefault();
    const submitter = event.submitter?.hasAttribute("name") ? event.submitter : null;
    void act(form, event.submitter ?? form, () => read(form, submitter));
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches?.("[data-submit]")) event.target.form.requestSubmit();
  });
  document.querySelector("a.skip")?.addEventListener("click", (event) => {
    event.preventDefault();
    document.getElementById("main").focus();
  });
}

async function open(dialog) {
  for (const field of dialog.querySelectorAll("[data-fill]")) {
    try {
      field.value = JSON.stringify(await send("GET", field.dataset.fill), null, 2);
    } catch (error) {
      toast(error.message, "bad");
    }
  }
  dialog.showModal();
}

async function act(element, submitter, request) {
  const form = element instanceof HTMLFormElement ? element : null;
  clearMistakes(form);
  const question = submitter.dataset?.confirm ?? element.dataset.confirm;
  try {
    const { body, path } = request();
    if (question && !(await confirmed(question, submitter.dataset.confirmYes ?? element.dataset.confirmYes))) return;
    const [method, target] = fill(element.dataset.send, path).split(" ");
    element.setAttribute("aria-busy", "true");
    const answer = await send(method, target, method === "DELETE" ? undefined : body);
    if (element.hasAttribute("data-reveal")) await reveal(document.getElementById(element.dataset.reveal), answer);
    if (element.hasAttribute("data-then")) {
      location.assign(new URL(fill(element.dataset.then, answer ?? {}), document.baseURI));
      return;
    }
    if (element.dataset.done) toast(element.dataset.done);
    if (form?.hasAttribute("data-reset")) form.reset();
    form?.closest("dialog")?.close();
    document.dispatchEvent(new CustomEvent("acted", { detail: { element, answer } }));
    await refresh();
  } catch (error) {
    show(form, error);
  } finally {
    element.removeAttribute("aria-busy");
  }
}

function reveal(dialog, answer) {
  for (const place of dialog.querySelectorAll("[data-member]")) place.textContent = answer[place.dataset.member];
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", resolve, { once: true }));
}

const fill = (template, values) => template.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? encodeURIComponent(values[name]) : whole));

// Mistakes stand at their fields; what has no field, and what no form asked for, is told.
function show(form, error) {
  if (error instanceof FieldError) {
    mark(error.field, error.message);
    return;
  }
  const unplaced = [];
  if (error instanceof Refused) {
    for (const [pointer, messages] of Object.entries(error.fields)) {
      const field = form && fieldOf(form, pointer);
      if (field && field.type !== "hidden") mark(field, messages.join(" "));
      else unplaced.push(`${pointer.replace(/^\//, "")} ${messages.join(" ")}`);
    }
  }
  const message = [error.message, ...unplaced].join("\n");
  if (form?.closest("dialog")) say(form, message);
  else toast(message, "bad");
}

// An open dialog lies over everything else, so what is wrong with its form as a whole stands in it.
function say(form, message) {
  const note = document.createElement("p");
  note.className = "mistake";
  note.role = "alert";
  note.textContent = message;
  [...form.querySelectorAll(".buttons")].at(-1).before(note);
}

function mark(field, message) {
  const note = document.createElement("span");
  note.className = "mistake";
  note.id = `mistake-${field.name || field.id}`;
  note.textContent = message;
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", note.id);
  field.after(note);
  field.focus();
}

function clearMistakes(form) {
  for (const note of form?.querySelectorAll(".mistake") ?? []) note.remove();
  for (const field of form?.querySelectorAll("[aria-invalid]") ?? []) field.removeAttribute("aria-invalid");
}

