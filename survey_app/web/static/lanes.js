// Where the map scrolls sideways, the lane titles stay in sight: a copy of its left edge.
const sheet = document.querySelector(".map .sheet");
const picture = sheet?.querySelector("svg");
const column = picture?.querySelector("a rect"); // begins where the lane titles end

function copyEdge() {
  const edge = picture.cloneNode(true);
  for (const part of edge.querySelectorAll("a, title, desc")) part.remove();
  for (const part of edge.querySelectorAll("[id]")) part.removeAttribute("id");
  for (const name of ["role", "aria-labelledby", "aria-describedby"]) edge.removeAttribute(name);
  edge.setAttribute("aria-hidden", "true");
  return edge;
}

function keepInSight() {
  const map = sheet.parentElement;
  const place = document.createElement("div");
  const edge = copyEdge();
  const [left, top, height] = ["x", "y", "height"].map((name) => Number(column.getAttribute(name)));
  const width = left - 2;
  edge.setAttribute("viewBox", `0 ${top} ${width} ${height}`);
  place.className = "lane-titles";
  place.hidden = true;
  place.append(edge);
  sheet.prepend(place);

  new ResizeObserver(() => {
    const scale = picture.clientWidth / picture.viewBox.baseVal.width;
    edge.setAttribute("width", width * scale);
    edge.setAttribute("height", height * scale);
    edge.style.top = `${top * scale}px`;
  }).observe(picture);
  map.addEventListener("scroll", () => { place.hidden = map.scrollLeft < 4; }, { passive: true });
}

if (column) keepInSight();
