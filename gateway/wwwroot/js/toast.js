const shownFor = { good: 4000, bad: 12000 };

/** Tells the reader something for a few seconds; as text, whatever it is. */
export function toast(message, kind = "good") {
  const item = document.createElement("p");
  item.className = `toast ${kind}`;
  item.textContent = message;
  document.getElementById("toasts").append(item);
  setTimeout(() => item.remove(), shownFor[kind]);
}
