// Follows how many texts are still to be analysed, and reloads once all are.
const place = document.getElementById("unread");
const PAUSE_MS = 4000;

async function follow() {
  const answer = await fetch(place.dataset.address, { headers: { Accept: "application/json" } });
  if (!answer.ok || answer.redirected) return;
  const { unread, words } = await answer.json();
  if (place.textContent !== words) place.textContent = words;
  if (unread === 0) window.location.reload();
  else window.setTimeout(follow, PAUSE_MS);
}

if (place && place.dataset.unread !== "0") window.setTimeout(follow, PAUSE_MS);
