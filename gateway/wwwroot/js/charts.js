// Charts over time: <figure data-chart="stats/timeline?…" data-series="completed:Completed:good failed:Failed:bad" data-unit="per second">.
// A series is a member of a bucket, its title, and a colour of the theme. data-rate: divided by the length of a bucket.
import { send } from "./api.js";
import { onRefreshed } from "./page.js";

const every = 5000;
const charts = new Map();

export function startCharts() {
  void drawAll();
  onRefreshed(drawAll);
  setInterval(() => document.hidden || drawAll(), every);
  document.addEventListener("themed", () => {
    for (const chart of charts.values()) chart.destroy();
    charts.clear();
    void drawAll();
  });
  addEventListener("resize", () => {
    for (const [figure, chart] of charts) chart.setSize(size(figure.querySelector(".plot")));
  });
}

// Charts of the same figures read them once.
async function drawAll() {
  const answers = new Map();
  const read = (source) => answers.get(source) ?? answers.set(source, send("GET", source)).get(source);
  await Promise.all([...document.querySelectorAll("[data-chart]")].map((figure) => draw(figure, read).catch(() => figure.setAttribute("data-failed", ""))));
}

async function draw(figure, read) {
  const plot = figure.querySelector(".plot");
  const series = figure.dataset.series.split(" ").map((text) => text.split(":")).map(([member, title, colour]) => ({ member, title, colour }));
  const { bucketSeconds, buckets } = await read(figure.dataset.chart);
  // The last bucket is not over yet: what is in it came about in less time.
  const sofar = (at) => Math.min(bucketSeconds, Math.max(bucketSeconds / 4, (Date.now() - new Date(at)) / 1000));
  const scale = ({ at }) => (figure.hasAttribute("data-rate") ? 1 / sofar(at) : 1);
  const data = [
    buckets.map((bucket) => new Date(bucket.at) / 1000),
    ...series.map(({ member }) => buckets.map((bucket) => (bucket[member] === null ? null : Number(bucket[member]) * scale(bucket)))),
  ];
  figure.removeAttribute("data-failed");
  const known = charts.get(figure);
  if (known?.drawn === figure.dataset.series) {
    known.setData(data);
    return;
  }
  known?.destroy();
  plot.setAttribute("data-keep", "");
  plot.replaceChildren();
  charts.set(figure, Object.assign(new uPlot(options(plot, series), data, plot), { drawn: figure.dataset.series }));
}

// The width of its place, rounded down: a canvas has whole pixels.
const size = (plot) => ({ width: Math.floor(plot.getBoundingClientRect().width), height: 190 });

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

const clock = (seconds) => new Date(seconds * 1000).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });

function options(plot, series) {
  const axis = { stroke: colour("quiet"), grid: { stroke: colour("line"), width: 1 }, ticks: { stroke: colour("line") } };
  const format = (value) => (value === null || value === undefined ? "–" : value.toLocaleString("en-US", { maximumSignificantDigits: 3 }));
  return {
    ...size(plot),
    cursor: { y: false, focus: { prox: 30 } },
    legend: { live: true },
    scales: { y: { range: (_, least, most) => [Math.min(0, least ?? 0), Math.max(most ?? 0, 0.001) * 1.1] } },
    axes: [{ ...axis, values: (_, ticks) => ticks.map(clock) }, { ...axis, size: 62, values: (_, ticks) => ticks.map(format) }],
    series: [
      { label: "Time", value: (_, at) => (at ? clock(at) : "–") },
      ...series.map(({ title, colour: name }) => ({
        label: title.replaceAll("_", " "), stroke: colour(name), width: 2, fill: `${colour(name)}22`, points: { size: 5 }, value: (_, value) => format(value),
      })),
    ],
  };
}
