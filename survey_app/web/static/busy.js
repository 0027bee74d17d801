// Look again every few seconds while something is under way.
if (document.querySelector("[data-busy]")) {
  setTimeout(() => location.reload(), 3000);
}
