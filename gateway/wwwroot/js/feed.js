// The last events, newest first.
const kept = 60;

export function startFeed() {
  document.addEventListener("feed", ({ detail }) => {
    const list = document.getElementById("feed");
    if (!list || !show(detail.type)) return;
    list.prepend(entry(detail));
    while (list.children.length > kept) list.lastElementChild.remove();
  });
}

// Not what is no event: figures, and answers to this page.
const show = (type) => type.includes(".") || type === "heartbeat-missed";

function entry({ type, at, workspace, taskId, runId, data }) {
  const item = document.createElement("li");
  item.dataset.state = type.split(".").at(-1);
  const time = document.createElement("time");
  time.dateTime = at;
  time.title = at;
  item.append(part("span", "what", type), time);
  if (taskId || runId) {
    const link = part("a", "", data?.name || data?.action || taskId || runId);
    link.href = taskId ? `tasks/${taskId}` : `runs/${runId}`;
    item.append(link);
  }
  if (workspace) item.append(part("span", "quiet", workspace));
  if (data?.code || data?.message) item.append(part("bdi", "detail", [data.code, data.message].filter(Boolean).join(" · ")));
  return item;
}

function part(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.textContent = text;
  return element;
}
