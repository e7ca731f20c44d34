// Moments are shown as how far away they are, by the reader's clock; the exact time is in the title.
import { onRefreshed } from "./page.js";

const units = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
const format = new Intl.RelativeTimeFormat("en", { numeric: "always", style: "narrow" });

export function startMoments() {
  show();
  setInterval(show, 1000);
  onRefreshed(show);
}

function show() {
  if (document.hidden) return;
  for (const element of document.querySelectorAll("time[datetime]")) {
    const seconds = (new Date(element.dateTime) - Date.now()) / 1000;
    const [unit, size] = units.find(([, length]) => Math.abs(seconds) >= length) ?? units.at(-1);
    const text = format.format(Math.trunc(seconds / size), unit);
    if (element.textContent !== text) element.textContent = text;
  }
}
