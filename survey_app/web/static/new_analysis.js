// Follows a new analysis: its figures come all at once, when the reader asks for them.
const place = document.getElementById("new-analysis");
const PAUSE_MS = 4000;

async function follow() {
  const answer = await fetch(place.dataset.address, { headers: { Accept: "application/json" } });
  if (!answer.ok || answer.redirected) return;
  const { busy, words } = await answer.json();
  const line = place.querySelector("span");
  if (line.textContent !== words) line.textContent = words;
  if (busy) window.setTimeout(follow, PAUSE_MS);
  else place.querySelector("a").hidden = false;
}

if (place) window.setTimeout(follow, PAUSE_MS);
