// Makes two kinds of question quicker to answer; without it, the server says what is wrong.

// An answer such as "none of these" clears the others, and the reverse.
for (const alone of document.querySelectorAll('input[type="checkbox"][data-alone]')) {
  const boxes = [...document.getElementsByName(alone.name)];
  for (const box of boxes) {
    box.addEventListener("change", () => {
      if (!box.checked) return;
      for (const other of boxes) {
        if (other !== box && (box === alone || other === alone)) other.checked = false;
      }
    });
  }
}

// Two answers that want one place change places.
for (const list of document.querySelectorAll("[data-places]")) {
  const selects = [...list.querySelectorAll("select")];
  const before = new Map(selects.map((select) => [select, select.selectedIndex]));
  list.addEventListener("change", ({ target }) => {
    const taken = target.selectedIndex;
    for (const other of selects) {
      if (taken && other !== target && other.selectedIndex === taken) {
        other.selectedIndex = before.get(target);
      }
    }
    for (const select of selects) before.set(select, select.selectedIndex);
  });
}
