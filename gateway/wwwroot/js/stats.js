// Figures that the feed tells every second: data-stat="tasks.queued" shows that member of the stats.

const rounded = new Intl.NumberFormat("en-US", { notation: "compact", minimumSignificantDigits: 3, maximumSignificantDigits: 3 });

export function startStats() {
  document.addEventListener("feed", ({ detail }) => {
    if (detail.type !== "stats") return;
    for (const element of document.querySelectorAll("[data-stat]")) {
      const value = element.dataset.stat.split(".").reduce((member, name) => member?.[name], detail.data);
      if (typeof value !== "number") continue;
      if (element.matches("meter, progress")) element.value = value;
      else element.textContent = value < 1e6 ? value.toLocaleString("en-US") : rounded.format(value);
    }
  });
}
