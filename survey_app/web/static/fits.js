// A page that is too long to send is held back here, with all that was typed: the server
// does not read it, so it could not show it again.
const form = document.querySelector("form[data-most]");
const warning = document.querySelector("#too-long");
form?.addEventListener("submit", (event) => {
  const size = new URLSearchParams(new FormData(form)).toString().length;
  warning.hidden = size < Number(form.dataset.most) - 100; // room for the button's name
  if (warning.hidden) return;
  event.preventDefault();
  warning.focus();
});
