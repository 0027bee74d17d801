// Buttons that copy an address; without a clipboard they stay hidden.
for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    const words = button.textContent;
    button.textContent = button.dataset.done;
    window.setTimeout(() => { button.textContent = words; }, 2000);
  });
}
