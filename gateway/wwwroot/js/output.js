// What a running task puts out, as it comes: data-stream names its events.
import { address } from "./api.js";

export function startOutput() {
  const output = document.querySelector("[data-stream][data-stream-live]");
  if (!output) return;
  // From here on it is this script that writes it.
  output.setAttribute("data-keep", "");
  output.textContent = "";
  const events = new EventSource(address(output.dataset.stream));
  events.addEventListener("task.chunk", (event) => {
    const atEnd = output.scrollTop + output.clientHeight >= output.scrollHeight - 8;
    output.append(JSON.parse(event.data).data?.text ?? "");
    if (atEnd) output.scrollTop = output.scrollHeight;
  });
  for (const type of ["task.completed", "task.failed", "task.cancelled"]) events.addEventListener(type, () => events.close());
}
