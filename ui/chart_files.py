"""A chart as a PNG or SVG file, made in the browser from what stands on the page: no server draws it a second time, and
nothing leaves the machine. Streamlit keeps Plotly and its export to itself, so the drawn layers are put together here.
"""

from typing import Final

import streamlit as st

_ARROW: Final = '<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M8 2v8M4.5 7 8 10.5 11.5 7M3 13.5h10"/></svg>'

_HTML: Final = f"""
<div role="group">
  <span role="status"></span>
  <button type="button" data-kind="png">{_ARROW}PNG</button>
  <button type="button" data-kind="svg">{_ARROW}SVG</button>
</div>
"""

_CSS: Final = """
div { display: flex; justify-content: flex-end; align-items: center; gap: 0.25rem; font-family: var(--st-font); }
button {
  display: inline-flex; align-items: center; gap: 0.35rem; min-height: 2rem; padding: 0 0.5rem;
  border: 0; border-radius: var(--st-base-radius); background: none; color: var(--st-text-color);
  font: inherit; font-size: 0.875rem; cursor: pointer;
}
button svg {
  width: 1rem; height: 1rem; fill: none; stroke: currentColor; stroke-width: 1.5;
  stroke-linecap: round; stroke-linejoin: round;
}
button:last-child { padding-right: 0; }
button:hover { color: var(--st-primary-color); }
button:focus-visible { outline: 2px solid var(--st-primary-color); }
span { font-size: 0.875rem; color: var(--st-text-color); }
"""

_JS: Final = r"""
const SVG = "http://www.w3.org/2000/svg";
const MARGIN = 16;  // all lengths are CSS pixels
const TITLE = { size: 18, weight: 600, line: 24 };
const MARKS = { size: 13, weight: 400, line: 18 };
const ENLARGED = 1.5;  // a drawing for a narrow column of text stands alone in a file
const PAPER = { ink: "#31333F", page: "#FFFFFF" };  // a document's drawings are dark on white in either theme
const SHARP = 2;  // a picture has at least so many pixels for one of the page

function element(name, attributes, text = "") {
  const made = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  made.textContent = text;
  return made;
}

function lines(text, { size, weight }, family, width) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `${weight} ${size}px ${family}`;
  const broken = [""];
  for (const word of (text ?? "").split(/\s+/).filter(Boolean)) {
    const longer = `${broken.at(-1)} ${word}`.trim();
    if (broken.at(-1) && pen.measureText(longer).width > width) broken.push(word);
    else broken[broken.length - 1] = longer;
  }
  return broken.filter(Boolean);
}

function written(found, { size, weight, line }, look, top) {
  const style = { x: MARGIN, "font-family": look.family, "font-size": size, "font-weight": weight, fill: look.ink };
  return found.map((text, at) => element("text", { ...style, y: top + at * line + size }, text));
}

// The page's font travels with the file: with another one the labels would not fit where they stand.
async function fontFace(family) {
  const name = family.split(",")[0].replaceAll(/["']/g, "").trim();
  const rules = [...document.styleSheets].flatMap(sheet => {
    try { return [...sheet.cssRules].map(rule => ({ rule, base: sheet.href ?? document.baseURI })); }
    catch (error) { return []; }  // another site's style sheet
  });
  const face = rules.find(({ rule }) => rule instanceof CSSFontFaceRule && rule.style.fontStyle !== "italic"
    && rule.style.getPropertyValue("font-family").replaceAll(/["']/g, "").trim() === name);
  const address = face?.rule.style.getPropertyValue("src").match(/url\(["']?([^"')]+)/)?.[1];
  if (!address) return "";
  const file = await (await fetch(new URL(address, face.base))).blob();
  const weight = face.rule.style.getPropertyValue("font-weight") || "400";
  return `@font-face { font-family: "${name}"; font-weight: ${weight}; src: url(${await asDataUrl(file)}); }`;
}

function asDataUrl(blob) {
  return new Promise((done, fail) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.onerror = () => fail(reader.error);
    reader.readAsDataURL(blob);
  });
}

// What is on the page, in layers, or a drawing that a document holds; null while the page has not drawn its chart.
function drawnParts({ chart, drawing }) {
  if (drawing) return fromText(drawing);
  const plot = document.querySelector(`.st-key-${chart} .js-plotly-plot`);
  if (!plot?.querySelector(".main-svg")) return null;
  const { width, height } = plot.querySelector(".main-svg").getBoundingClientRect();
  const parts = [...plot.querySelectorAll(".main-svg")].flatMap(layer => [...layer.cloneNode(true).childNodes]);
  return { width, height, parts };
}

function fromText(drawing) {
  const root = new DOMParser().parseFromString(drawing, "image/svg+xml").documentElement;
  const { width, height } = root.viewBox.baseVal;
  root.setAttribute("width", width * ENLARGED);
  root.setAttribute("height", height * ENLARGED);
  return { width: width * ENLARGED, height: height * ENLARGED, parts: [root] };
}

async function picture({ width, height, parts }, { title, marks }, look) {
  const heading = lines(title, TITLE, look.family, width);
  const legend = lines(marks, MARKS, look.family, width);
  const top = MARGIN + heading.length * TITLE.line + MARGIN / 2;
  const below = top + height + MARGIN / 2;
  const size = { width: width + 2 * MARGIN, height: below + legend.length * MARKS.line + MARGIN };
  const root = element("svg", { ...size, viewBox: `0 0 ${size.width} ${size.height}` });
  root.append(element("title", {}, title), element("style", {}, await fontFace(look.family)));
  root.append(element("rect", { ...size, fill: look.page }), ...written(heading, TITLE, look, MARGIN));
  const drawn = element("g", { transform: `translate(${MARGIN} ${top})` });
  drawn.append(...parts);
  drawn.querySelectorAll(".draglayer, .hoverlayer, .zoomlayer").forEach(part => part.remove());
  root.append(drawn, ...written(legend, MARKS, look, below));
  return { ...size, text: new XMLSerializer().serializeToString(root) };
}

async function asPng({ width, height, text }) {
  const image = new Image();
  image.src = await asDataUrl(new Blob([text], { type: "image/svg+xml" }));
  await image.decode();
  const canvas = document.createElement("canvas");
  const scale = Math.max(SHARP, window.devicePixelRatio);
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const pen = canvas.getContext("2d");
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done, fail) => canvas.toBlob(blob => blob ? done(blob) : fail(new Error("no picture"))));
}

function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

export default function ({ parentElement, data }) {
  const group = parentElement.querySelector("[role=group]");
  const status = parentElement.querySelector("[role=status]");
  group.setAttribute("aria-label", `Save the chart: ${data.title}`);
  const press = async kind => {
    status.textContent = "";
    const drawn = drawnParts(data);
    if (!drawn) {
      status.textContent = "The chart is not drawn yet. Try again in a moment.";
      return;
    }
    const style = getComputedStyle(group);
    const value = name => style.getPropertyValue(name).trim();
    const theme = { ink: style.color, page: value("--st-background-color") };
    const look = { family: style.fontFamily, ...(data.drawing ? PAPER : theme) };
    try {
      const made = await picture(drawn, data, look);
      const file = kind === "png" ? await asPng(made) : new Blob([made.text], { type: "image/svg+xml" });
      save(file, `${data.chart}.${kind}`);
    } catch (error) {
      status.textContent = `This browser could not make the ${kind.toUpperCase()} file: ${error.message}`;
    }
  };
  for (const button of parentElement.querySelectorAll("button")) {
    button.title = `The ${data.drawing ? "picture" : "chart above"} as ${button.textContent.trim()}`;
    button.onclick = () => press(button.dataset.kind);
  }
}
"""

_files = st.components.v2.component("plumbline_chart_files", html=_HTML, css=_CSS, js=_JS)


def offer(chart: str, title: str, marks: str | None) -> None:
    """Two small buttons that save the chart with this key as it stands on the page, its title above and what its marks
    mean below."""
    _files(key=f"files-{chart}", data={"chart": chart, "title": title, "marks": marks})


def offer_drawn(name: str, drawing: str, title: str, marks: str) -> None:
    """The same for a picture of a document, an `<svg>` element as text: two buttons that save it under this name."""
    _files(key=f"files-{name}", data={"chart": name, "drawing": drawing, "title": title, "marks": marks})
