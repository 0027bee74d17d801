// Shows a questionnaire where this script stands, in a frame that is as high as its page.
//   <script src="https://feedback.example.org/q/standard/embed.js" async></script>
// It speaks the language of the page around it, or that of data-lang="nl"; data-title
// names the frame for screen readers; other data- values go along, and the questionnaire
// takes those that it asks for.
(() => {
  const script = document.currentScript;
  const { lang, title, ...told } = script.dataset;
  const language = lang || document.documentElement.lang.slice(0, 2).toLowerCase();
  const base = script.src.replace(/\/embed\.js([?#].*)?$/, "");
  const origin = new URL(base).origin;
  const query = new URLSearchParams({ ...told, src: "embed", embed: "1" });

  const frame = document.createElement("iframe");
  frame.src = language ? `${base}/${language}/?${query}` : `${base}?${query}`;
  frame.title = title || (language === "nl" ? "Vragenlijst" : "Questionnaire");
  frame.style.cssText = "display:block;width:100%;height:40rem;border:0";

  let pages = 0;
  window.addEventListener("message", (event) => {
    if (event.source !== frame.contentWindow || event.origin !== origin) return;
    const { klantreis, height } = event.data || {};
    if (klantreis !== "height" && klantreis !== "page") return;
    if (height > 0) frame.style.height = `${Math.ceil(height)}px`;
    // A next page begins at its top; the first one does not move the page around it.
    if (klantreis === "page" && ++pages > 1 && frame.getBoundingClientRect().top < 0) {
      frame.scrollIntoView();
    }
  });

  if (script.closest("body")) script.after(frame);
  else document.addEventListener("DOMContentLoaded", () => document.body.append(frame));
})();
