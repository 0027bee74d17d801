// The editor, made quicker: the preview follows what is typed, and a choice that
// changes the fields fetches them at once. Without this the buttons do the same.
const form = document.getElementById("edit");
const preview = document.querySelector(".preview[data-unsaved]");
const frame = document.querySelector("iframe[name=preview]");
const PAUSE = 400; // after the last letter, in milliseconds
let language = frame?.dataset.language;
let waiting;
let latest = 0;

for (const link of document.querySelectorAll(".preview [data-language]")) {
  link.addEventListener("click", (event) => {
    language = link.dataset.language;
    if (form && preview) {
      event.preventDefault(); // with what is typed, not what is saved
      refresh();
    }
  });
}

async function refresh() {
  const asked = ++latest;
  const address = preview.dataset.unsaved.replace("/xx/", `/${language}/`);
  const body = new FormData(form);
  body.delete("action");
  const answer = await fetch(address, { method: "POST", body }).catch(() => null);
  if (answer?.ok && asked === latest) {
    frame.srcdoc = await answer.text();
  }
}

if (form && preview) {
  form.addEventListener("input", () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(refresh, PAUSE);
  });
}

// What is typed is asked about before it is left behind.
let isTyped = false;
const typing = document.querySelector("main form[method=post]");
typing?.addEventListener("input", () => { isTyped = true; });
typing?.addEventListener("submit", () => { isTyped = false; });
window.addEventListener("beforeunload", (event) => {
  if (isTyped) { event.preventDefault(); }
});

form?.addEventListener("change", (event) => {
  if (event.target.matches("[data-redraw]")) {
    form.requestSubmit(form.querySelector("button[value=save]"));
  }
});

// From a line of the list of problems to that line in the text.
const source = document.getElementById("source");
for (const link of document.querySelectorAll("[data-line]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    const lines = source.value.split("\n");
    const place = Number(link.dataset.line) - 1;
    const start = lines.slice(0, place).join("\n").length + (place ? 1 : 0);
    source.focus();
    source.setSelectionRange(start, start + (lines[place] ?? "").length);
    source.scrollTop = (source.scrollHeight / lines.length) * Math.max(0, place - 4);
  });
}
