// Every page, and every action of the page that is open, by name.

let commands = [];
let shown = [];
let current = 0;

export function startPalette() {
  const dialog = document.getElementById("palette");
  const input = document.getElementById("palette-input");
  input.addEventListener("input", () => filter(input.value));
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      select(current + step);
    } else if (event.key === "Enter") {
      event.preventDefault();
      run(shown[current]);
    }
  });
  document.getElementById("palette-list").addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) run(shown[Number(option.dataset.index)]);
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
}

export function openPalette() {
  const dialog = document.getElementById("palette");
  if (dialog.open) return;
  const onPage = [...document.querySelectorAll("main [data-command-name]")].filter((element) => !element.closest("dialog") && !element.disabled);
  commands = [
    ...onPage.map((element) => ({ name: element.dataset.commandName, run: () => (element.matches("textarea, input") ? element.focus() : element.click()) })),
    ...[...document.querySelectorAll("nav.side a")].map((link) => ({ name: `Go to ${link.textContent}`, run: () => link.click() })),
    ...[...document.querySelectorAll("header [data-command]:not([data-command=palette])")].map((button) => ({ name: button.getAttribute("aria-label"), run: () => button.click() })),
  ];
  const input = document.getElementById("palette-input");
  input.value = "";
  dialog.showModal();
  filter("");
  input.focus();
}

function filter(text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  shown = commands.filter((command) => words.every((word) => command.name.toLowerCase().includes(word)));
  document.getElementById("palette-list").replaceChildren(...shown.map((command, index) => {
    const option = document.createElement("li");
    option.role = "option";
    option.id = `command-${index}`;
    option.dataset.index = index;
    option.textContent = command.name;
    return option;
  }));
  select(0);
}

function select(index) {
  if (shown.length === 0) return;
  current = (index + shown.length) % shown.length;
  const input = document.getElementById("palette-input");
  for (const option of document.querySelectorAll("#palette-list [role=option]")) {
    const isCurrent = Number(option.dataset.index) === current;
    option.setAttribute("aria-selected", isCurrent);
    if (isCurrent) {
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    }
  }
}

function run(command) {
  if (!command) return;
  document.getElementById("palette").close();
  command.run();
}
