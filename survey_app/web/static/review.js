// Keys that press the buttons of the page; they can be switched off, for who dictates.
const toggle = document.getElementById("use-keys");
const box = toggle?.querySelector("input");
const KEPT = "klantreis.review.keys";
const FIELDS = "input, select, textarea";
const PRESSABLE = "button, a, summary";
let sent = false;

function open(details) {
  if (!details) return;
  details.open = true;
  details.querySelector("select")?.focus();
}

function press(key) {
  if (key === "?") {
    const help = document.querySelector(".keys");
    help.open = !help.open;
    if (help.open) help.querySelector("summary").focus();
    return true;
  }
  const missed = document.querySelector(".other.missed");
  const other = document.querySelector(".other:not(.missed)");
  if (key === "t") return open(other ?? missed), true;
  if (key === "m") return open(missed), true;
  const button = [...document.querySelectorAll("button[data-key]")].find(
    (each) => !each.disabled && each.dataset.key.split(" ").includes(key),
  );
  if (!button) return false;
  sent = true; // a second press must not judge what is not yet seen
  button.click();
  return true;
}

function heed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
  if (sent) return event.preventDefault();
  const { target, key } = event;
  if (target.matches(FIELDS)) {
    if (key === "Enter" && target.matches("[data-enter]")) {
      event.preventDefault();
      target.form.querySelector("button").click();
    }
    if (key === "Escape") target.blur();
    return;
  }
  if (key === "Enter" && target.matches(PRESSABLE)) return;
  if (press(key.length === 1 ? key.toLowerCase() : key)) event.preventDefault();
}

if (toggle) {
  toggle.hidden = false;
  box.checked = window.localStorage.getItem(KEPT) !== "off";
  box.addEventListener("change", () => {
    window.localStorage.setItem(KEPT, box.checked ? "on" : "off");
  });
  document.addEventListener("keydown", (event) => { if (box.checked) heed(event); });
  window.addEventListener("pageshow", () => { sent = false; });
}
