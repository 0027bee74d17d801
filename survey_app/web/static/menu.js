// On a narrow screen the side menu hides behind a button; without JavaScript it shows.
const button = document.querySelector(".menu-button");
const menu = document.getElementById("menu");
const narrow = window.matchMedia("(max-width: 56rem)");

function setOpen(open) {
  menu.hidden = !open;
  button.setAttribute("aria-expanded", String(open));
}

function adapt() {
  button.hidden = !narrow.matches;
  setOpen(!narrow.matches);
}

button.addEventListener("click", () => setOpen(menu.hidden));
menu.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && narrow.matches) {
    setOpen(false);
    button.focus();
  }
});
narrow.addEventListener("change", adapt);
adapt();
