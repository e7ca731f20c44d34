// Doing something to many tasks: to those that are selected, or to all that fit the filter; never before it was said how many.
import { send } from "./api.js";
import { confirmed } from "./confirm.js";
import { onRefreshed, refresh } from "./page.js";
import { toast } from "./toast.js";

const words = { cancel: ["Cancel", "cancelled"], retry: ["Retry", "submitted again"] };

export function startBulk() {
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-pick-all]")) for (const box of boxes()) box.checked = event.target.checked;
    if (event.target.matches("[data-pick], [data-pick-all]")) count();
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-bulk-do]");
    if (button) void run(button).catch((error) => toast([error.message, ...Object.entries(error.fields ?? {}).map(([field, text]) => `${field} ${text}`)].join("\n"), "bad"));
  });
  onRefreshed(count);
}

const boxes = () => [...document.querySelectorAll("[data-pick]")];
const picked = () => boxes().filter((box) => box.checked).map((box) => box.dataset.pick);

function count() {
  const label = document.querySelector("[data-bulk-count]");
  if (label) label.textContent = picked().length === 0 ? "None selected: all that fit" : `${picked().length} selected`;
}

async function run(button) {
  const operation = button.dataset.bulkDo;
  const ids = picked();
  if (ids.length > 0) await each(operation, ids);
  else await filtered(operation, JSON.parse(button.closest("[data-bulk]").dataset.bulkFilter));
  for (const box of boxes()) box.checked = false;
  count();
  await refresh();
}

async function each(operation, ids) {
  const [verb, done] = words[operation];
  if (!(await confirmed(`${verb} ${tasks(ids.length)}?`, `${verb} ${tasks(ids.length)}`))) return;
  let refused = 0;
  let reason = "";
  for (const id of ids) {
    try {
      await send("POST", `tasks/${id}/${operation}`);
    } catch (error) {
      refused++;
      reason = error.message;
    }
  }
  if (ids.length > refused) toast(`${tasks(ids.length - refused)} ${done}`);
  if (refused > 0) toast(`${tasks(refused)} not ${done}: ${reason}`, "bad");
}

async function filtered(operation, filter) {
  const [verb, done] = words[operation];
  const wanted = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== null));
  const { matched } = await send("POST", "tasks/bulk", { operation, filter: wanted, dryRun: true });
  if (matched === 0) {
    toast("No task fits.", "bad");
    return;
  }
  const of = Object.entries(wanted).map(([name, value]) => `${name} ${value}`).join(", ");
  if (!(await confirmed(`${verb} all ${tasks(matched)} with ${of}?`, `${verb} ${tasks(matched)}`))) return;
  let state = await send("POST", "tasks/bulk", { operation, filter: wanted });
  while (state.status === "running") {
    await new Promise((resolve) => setTimeout(resolve, 500));
    state = await send("GET", `tasks/bulk/${state.id}`);
  }
  toast(`${tasks(state.done)} ${done}${state.skipped > 0 ? `, ${state.skipped} left as they were` : ""}`);
}

const tasks = (number) => `${number.toLocaleString("en-US")} ${number === 1 ? "task" : "tasks"}`;
