// Follows mails that still have to go out: fetches the page again and shows its figures.
const PAUSE_MS = 4000;

async function follow() {
  const answer = await fetch(window.location.pathname, { headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const place = document.getElementById("sending");
  const fresh = page.getElementById("sending");
  if (!fresh) return;
  if (!place.contains(document.activeElement)) place.replaceChildren(...fresh.childNodes);
  if (page.querySelector("#sending > .flash") || place.contains(document.activeElement)) window.setTimeout(follow, PAUSE_MS);
}

window.setTimeout(follow, PAUSE_MS);
