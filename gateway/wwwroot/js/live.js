// The live feed. It is closed while the page is hidden, and opened again, with the page read anew, when it is shown.
import { feedAddress } from "./api.js";
import { onRefreshed, refresh } from "./page.js";

const retryMs = { least: 500, most: 15000 };
const refreshMs = 1000;

let socket = null;
let failures = 0;
let retry = 0;
let pending = 0;
let lastRefresh = 0;

export function startLive() {
  document.addEventListener("visibilitychange", () => (document.hidden ? pause() : resume()));
  onRefreshed(() => (lastRefresh = Date.now()));
  const seconds = Number(document.body.dataset.liveSeconds);
  if (seconds) setInterval(() => Date.now() - lastRefresh >= seconds * 500 && refreshSoon(), seconds * 1000);
  if (!document.hidden) connect();
}

function pause() {
  clearTimeout(retry);
  socket?.close();
  socket = null;
  say("paused");
}

function resume() {
  failures = 0;
  connect();
  void refresh();
}

function connect() {
  clearTimeout(retry);
  const opened = new WebSocket(feedAddress());
  socket = opened;
  opened.addEventListener("open", () => {
    // The feed does not tell what happened between the rendering of the page and now.
    void refresh();
    failures = 0;
    say("on");
    const workspace = document.body.dataset.liveWorkspace;
    if (workspace) opened.send(JSON.stringify({ subscribe: { workspaces: [workspace] } }));
  });
  opened.addEventListener("message", (event) => receive(named(JSON.parse(event.data))));
  opened.addEventListener("close", () => {
    if (socket !== opened) return;
    socket = null;
    say("off");
    retry = setTimeout(connect, Math.min(retryMs.most, retryMs.least * 2 ** failures++));
  });
}

// The feed calls three events of a task by names of old, task-completed for one; here they are called as in its history.
const named = (message) => ({ ...message, type: message.type.replace(/^task-/, "task.") });

function receive(message) {
  document.dispatchEvent(new CustomEvent("feed", { detail: message }));
  if (concerns(message)) refreshSoon();
}

function concerns({ type, taskId, runId }) {
  const { live, liveId } = document.body.dataset;
  if (!live || (liveId && liveId !== taskId && liveId !== runId)) return false;
  return live.split(" ").some((wanted) => (wanted.endsWith("*") ? type.startsWith(wanted.slice(0, -1)) : type === wanted));
}

// However much happens, the page is read again at most once a second.
function refreshSoon() {
  if (pending) return;
  pending = setTimeout(async () => {
    pending = 0;
    if (!document.hidden) await refresh();
  }, Math.max(50, lastRefresh + refreshMs - Date.now()));
}

// Of a gateway that is away it says since when: the page is as it was then.
function say(state) {
  const badge = document.getElementById("live");
  if (state === "off" && badge.textContent.startsWith("off since")) return;
  badge.dataset.state = state;
  badge.textContent = { on: "live", off: `off since ${new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })}` }[state] ?? state;
  badge.title = state === "off" ? "The gateway does not answer; the page is as it was then." : "";
}
