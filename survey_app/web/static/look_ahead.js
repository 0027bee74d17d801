// Follows a look through all answers: sends the form again and shows how far it is.
const PAUSE_MS = 1000;

async function follow() {
  const place = document.getElementById("preview");
  const again = place.querySelector("[name=preview]");
  if (!again) return;
  const said = new URLSearchParams(new FormData(again.form));
  said.set("preview", again.value);
  const answer = await fetch(again.form.action, { method: "POST", body: said });
  if (!answer.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("preview");
  if (!fresh) return;
  if (!place.contains(document.activeElement) || document.activeElement === place) place.replaceChildren(...fresh.childNodes);
  window.setTimeout(follow, PAUSE_MS);
}

window.setTimeout(follow, PAUSE_MS);
