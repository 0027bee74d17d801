// Shows only the choices that the chosen format has; follows an export on its way.
const form = document.querySelector("form.export");
const bar = document.getElementById("progress");
const PAUSE_MS = 1500;

function adapt() {
  const chosen = form.querySelector("[name=format]:checked");
  for (const part of form.querySelectorAll("[data-needs]")) {
    part.hidden = chosen?.dataset[part.dataset.needs] !== "1";
  }
}

async function follow() {
  const answer = await fetch(bar.dataset.address, { headers: { Accept: "application/json" } });
  if (!answer.ok || answer.redirected) return;
  const { state, title, done, total, words } = await answer.json();
  if (state !== "queued" && state !== "running") {
    window.location.reload();
    return;
  }
  if (state === "running" && total) {
    bar.max = total;
    bar.value = done;
  }
  document.getElementById("state").textContent = title;
  const place = document.getElementById("so-far");
  if (place.textContent !== words) place.textContent = words;
  window.setTimeout(follow, PAUSE_MS);
}

if (form) {
  form.addEventListener("change", adapt);
  adapt();
}
if (bar) window.setTimeout(follow, PAUSE_MS);
