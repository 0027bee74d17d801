// Tick all rows at once, and say how many are ticked. Without this, each by itself.
const all = document.querySelector("[data-all]");
const boxes = [...document.querySelectorAll('input[form="selection"][name="response"]')];
const count = document.querySelector("#selection [data-count]");
const details = document.querySelector("#selection details");

function tell() {
  const ticked = boxes.filter((box) => box.checked).length;
  count.textContent = `(${ticked})`;
  count.hidden = ticked === 0;
  all.checked = ticked === boxes.length;
  all.indeterminate = ticked > 0 && ticked < boxes.length;
  if (ticked > 0) details.open = true;
}

if (all && count && boxes.length) {
  all.hidden = false;
  all.addEventListener("change", () => {
    boxes.forEach((box) => { box.checked = all.checked; });
    tell();
  });
  boxes.forEach((box) => box.addEventListener("change", tell));
  tell();
}
