// A form becomes the JSON of a request: the name of a field is the path of a member ("messages.0.content"). Empty fields are
// left out, or null with data-null-if-empty. data-json: the text is JSON; data-number: a number, times data-times; data-list:
// words; a checkbox is true or false, and with data-item its value is an entry of a list. What stands in data-when="x" counts
// only while the radio button data-choice="x" is chosen.

export class FieldError extends Error {
  constructor(field, message) {
    super(message);
    this.field = field;
  }
}

/** The body of the request, and what stands in its path. */
export function read(form, submitter) {
  const body = {};
  const path = {};
  for (const field of form.elements) {
    if (!field.name || field.disabled || field.type === "submit" || field.tagName === "BUTTON" || field.hasAttribute("data-choice") || isOff(form, field)) continue;
    const value = valueOf(field);
    if (field.hasAttribute("data-item")) add(body, field.name, field.checked ? [field.value] : []);
    else if (value === undefined) continue;
    else if (field.hasAttribute("data-in-path")) path[field.name] = value;
    else set(body, field.name.split("."), value);
  }
  if (submitter?.name) set(body, submitter.name.split("."), submitter.value);
  return { body, path };
}

/** The field that a JSON Pointer of a problem means; null where the form has none. */
export function fieldOf(form, pointer) {
  const name = pointer.replace(/^\//, "").replaceAll("/", ".");
  for (let path = name; path; path = path.slice(0, Math.max(0, path.lastIndexOf(".")))) {
    const field = form.elements.namedItem(path);
    if (field instanceof RadioNodeList) return field[0];
    if (field) return field;
  }
  return null;
}

function isOff(form, field) {
  const choice = field.closest("[data-when]")?.dataset.when;
  return choice !== undefined && !form.querySelector(`[data-choice="${choice}"]`).checked;
}

function add(body, name, items) {
  body[name] = [...(body[name] ?? []), ...items];
}

function valueOf(field) {
  if (field.type === "checkbox") return field.checked;
  if (field.type === "radio") return field.checked ? field.value : undefined;
  const text = field.value;
  if (text.trim() === "") return field.hasAttribute("data-null-if-empty") ? null : undefined;
  if (field.hasAttribute("data-json")) {
    try {
      return JSON.parse(text);
    } catch (error) {
      throw new FieldError(field, `is no JSON: ${error.message}`);
    }
  }
  if (field.hasAttribute("data-number")) {
    const number = Number(text);
    if (!Number.isFinite(number)) throw new FieldError(field, "is no number");
    return field.dataset.times ? Math.round(number * Number(field.dataset.times)) : number;
  }
  return field.hasAttribute("data-list") ? text.split(/[\s,]+/).filter(Boolean) : text;
}

function set(target, path, value) {
  const [name, ...rest] = path;
  if (rest.length === 0) {
    target[name] = value;
    return;
  }
  target[name] ??= /^\d+$/.test(rest[0]) ? [] : {};
  set(target[name], rest, value);
}
