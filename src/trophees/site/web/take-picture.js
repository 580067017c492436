// What is shown as a picture that stands alone: SVG with its styles inside, and PNG. Colours are those on the screen.
import { escaped } from "./take-book.js";

const WIDTH = 960, EDGE = 24, GAP = 16, LINE = 19, SIZE = 14, SCALE = 2;
const LARGEST = 8000; // pixels that a canvas may have on a side, everywhere
// what a style sheet may say of a shape, with what holds where nothing is said
/** @type {[name: string, initial: string][]} */
const SHAPE = [
  ["fill", "rgb(0, 0, 0)"], ["fill-opacity", "1"], ["stroke", "none"], ["stroke-width", "1px"], ["stroke-opacity", "1"], ["stroke-linejoin", "miter"],
  ["stroke-dasharray", "none"], ["opacity", "1"], ["paint-order", "normal"], ["rx", "auto"],
];
/** @type {[name: string, initial: string][]} */
const TEXT = [["font-size", ""], ["font-weight", "400"], ["font-family", ""], ["letter-spacing", "normal"], ["text-anchor", "start"]];
const DRAWN = "path, rect, circle, ellipse, line, polygon, polyline, text, tspan";

/** @type {(values: Record<string, string | number>) => string} */
const attributes = (values) => Object.entries(values).map(([name, value]) => ` ${name}="${escaped(String(value))}"`).join("");
/** @type {(name: string, values: Record<string, string | number>, inside?: string) => string} */
const tag = (name, values, inside = "") => `<${name}${attributes(values)}${inside ? `>${inside}</${name}>` : "/>"}`;

// The drawing `svg` of the page, at a place of the picture, with what the style sheets say of it written in it.
/** @type {(svg: SVGSVGElement, box: Record<string, number>) => string} */
function inlined(svg, box) {
  const copy = /** @type {SVGSVGElement} */ (svg.cloneNode(true));
  const originals = [...svg.querySelectorAll("*")];
  for (const [place, element] of [...copy.querySelectorAll("*")].entries()) {
    const style = getComputedStyle(originals[place]);
    if (element.localName === "use") {
      const drawn = svg.ownerDocument.querySelector(element.getAttribute("href") ?? "");
      const group = document.createElementNS(svg.namespaceURI, "g");
      group.setAttribute("stroke", style.stroke);
      group.append(...(drawn ? [...drawn.children].map((child) => child.cloneNode()) : []));
      element.replaceWith(group);
    } else if (element.matches(DRAWN)) {
      for (const [name, initial] of [...SHAPE, ...(element.matches("text, tspan") ? TEXT : [])]) {
        const value = style.getPropertyValue(name);
        // an attribute holds in a user unit; a line of which nothing is said has the stroke of its group
        if (value && value !== initial && !(name.startsWith("stroke-") && style.stroke === "none")) element.setAttribute(name, value.replace(/(\d)px$/, "$1"));
      }
    }
  }
  for (const element of copy.querySelectorAll("defs")) element.remove();
  for (const element of copy.querySelectorAll("*")) {
    for (const name of ["class", "id", "tabindex", "href", "aria-label", "aria-hidden"]) element.removeAttribute(name);
    if (element.localName === "a") element.replaceWith(...element.childNodes);
  }
  const inside = new XMLSerializer().serializeToString(copy).replace(/^<svg[^>]*>|<\/svg>$/g, "");
  const view = svg.getAttribute("viewBox");
  const ratio = svg.getAttribute("preserveAspectRatio"); // "none": as wide as there is room
  return tag("svg", { ...box, ...(view ? { viewBox: view } : { overflow: "visible" }), ...(ratio ? { preserveAspectRatio: ratio } : {}) }, inside);
}

// A pen that writes texts below each other, broken where they are too long.
class Pen {
  /** @type {string[]} */
  parts = [];
  y = EDGE;
  constructor() {
    const style = getComputedStyle(document.documentElement);
    /** @type {(name: string) => string} */
    this.colour = (name) => style.getPropertyValue(`--${name}`).trim();
    this.font = getComputedStyle(document.body).fontFamily;
    this.measure = document.createElement("canvas").getContext("2d");
  }

  /** @type {(text: string, size?: number, weight?: number) => number} */
  width(text, size = SIZE, weight = 400) {
    if (!this.measure) return text.length * size * 0.6;
    this.measure.font = `${weight} ${size}px ${this.font}`;
    return this.measure.measureText(text).width;
  }

  // The lines of `text` that are no wider than `room`.
  /** @type {(text: string, room: number, size?: number, weight?: number) => string[]} */
  lines(text, room, size, weight) {
    /** @type {string[]} */
    const lines = [];
    for (const word of text.split(" ").filter(Boolean)) {
      const last = lines.at(-1);
      const longer = last === undefined ? word : `${last} ${word}`;
      if (last !== undefined && this.width(longer, size, weight) <= room) lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    return lines;
  }

  /** @type {(text: string, x: number, y: number, values?: Record<string, string | number>) => void} */
  write(text, x, y, values = {}) {
    this.parts.push(tag("text", { x, y: y + SIZE, "font-size": SIZE, fill: this.colour("ink"), ...values }, escaped(text)));
  }

  /** @type {(text: string, size: number, weight: number, colour: string) => void} */
  paragraph(text, size, weight, colour) {
    for (const line of this.lines(text, WIDTH - 2 * EDGE, size, weight)) {
      this.write(line, EDGE, this.y, { "font-size": size, "font-weight": weight, fill: this.colour(colour) });
      this.y += Math.round(size * 1.4);
    }
    this.y += GAP / 2;
  }
}

// What people read of an element, but for what is `left` out.
/** @type {(element: Element | null | undefined, left?: string) => string} */
function said(element, left = "svg") {
  if (!element) return "";
  const copy = /** @type {Element} */ (element.cloneNode(true));
  for (const one of copy.querySelectorAll(`svg, [aria-hidden=true], .visually-hidden, ${left}`)) one.remove();
  return (copy.textContent ?? "").replace(/\s+/g, " ").trim();
}

/** @type {(pen: Pen, items: Iterable<Element>) => void} */
function legend(pen, items) {
  let x = EDGE;
  for (const item of items) {
    const text = said(item);
    const swatch = item.querySelector("svg");
    const wide = pen.width(text) + (swatch ? 40 : 0) + GAP;
    if (x > EDGE && x + wide > WIDTH - EDGE) [x, pen.y] = [EDGE, pen.y + LINE + 6];
    if (swatch) {
      const frame = getComputedStyle(swatch); // the map's swatches are coloured by their own class
      pen.parts.push(tag("g", { fill: frame.fill }, inlined(swatch, { x, y: pen.y, width: 32, height: 20 })));
    }
    pen.write(text, x + (swatch ? 40 : 0), pen.y + 1);
    x += wide;
  }
  if (x > EDGE) pen.y += LINE + GAP;
}

// A table whose rows carry a drawing.
/** @type {(pen: Pen, table: HTMLTableElement) => void} */
function chart(pen, table) {
  const rows = [...table.tBodies].flatMap((body) => [...body.rows]).filter((row) => !row.closest("[hidden]"));
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
  const columns = heads.slice(1).map((head, place) => {
    const widths = [pen.width(said(head), SIZE, 600), ...rows.map((row) => pen.width(said(row.cells[place + 1])))];
    return { right: head.matches(".number"), width: Math.ceil(Math.min(190, Math.max(...widths))) + GAP };
  });
  const taken = columns.reduce((sum, column) => sum + column.width, 0);
  const label = Math.min(320, (WIDTH - 2 * EDGE - taken) * 0.45);
  const left = EDGE + label + GAP, wide = WIDTH - EDGE - taken - left;
  /** @type {(cells: Iterable<HTMLTableCellElement>, weight?: number) => void} */
  const line = ([first, ...cells], weight = 400) => {
    const ink = { "font-weight": weight, fill: pen.colour("ink") };
    const name = pen.lines(said(first, ".note"), label, SIZE, weight);
    const note = pen.lines(said(first.querySelector(".note")), label);
    const others = cells.map((cell, place) => pen.lines(said(cell), columns[place].width - GAP, SIZE, weight));
    const tall = Math.max(1, name.length + note.length, ...others.map((lines) => lines.length)) * LINE;
    /** @type {(lines: number) => number} */
    const middle = (lines) => pen.y + (tall - lines * LINE) / 2;
    for (const [place, text] of [...name, ...note].entries()) {
      const look = place < name.length ? ink : { fill: pen.colour("muted") };
      pen.write(text, EDGE, middle(name.length + note.length) + place * LINE, look);
    }
    const track = first.querySelector("svg");
    const box = { x: left, y: pen.y + (tall - 22) / 2, width: wide, height: 22 };
    if (track?.matches(".axis")) axis(pen, track, box);
    else if (track) pen.parts.push(inlined(track, box));
    let x = left + wide;
    for (const [place, lines] of others.entries()) {
      const { right, width } = columns[place];
      x += width;
      for (const [number, text] of lines.entries()) {
        pen.write(text, right ? x : x - width + GAP, middle(lines.length) + number * LINE, { ...ink, "text-anchor": right ? "end" : "start" });
      }
    }
    pen.y += tall + 7;
    pen.parts.push(tag("line", { x1: EDGE, x2: WIDTH - EDGE, y1: pen.y - 3.5, y2: pen.y - 3.5, stroke: pen.colour("line") }));
  };
  if (heads.length) line(heads, 600);
  for (const row of rows) line(row.cells);
}

// A list whose items are a name, a bar and a number.
/** @type {(pen: Pen, list: Element) => void} */
function bars(pen, list) {
  const rows = [...list.children].map((row) => ({ name: said(row.querySelector(".pg-bar-name")), bar: row.querySelector("svg"), value: said(row.querySelector(".pg-bar-value")) }));
  const label = 280, right = Math.max(...rows.map(({ value }) => pen.width(value))) + GAP;
  for (const { name, bar, value } of rows) {
    const lines = pen.lines(name, label);
    const tall = Math.max(1, lines.length) * LINE;
    for (const [place, text] of lines.entries()) pen.write(text, EDGE, pen.y + place * LINE);
    const top = pen.y + tall / 2;
    if (bar) pen.parts.push(inlined(bar, { x: EDGE + label + GAP, y: top - 9, width: WIDTH - 2 * EDGE - label - GAP - right, height: 18 }));
    pen.write(value, WIDTH - EDGE, top - LINE / 2, { "text-anchor": "end" });
    pen.y += tall + 7;
  }
}

// The numbers of an axis that have room, the last one among them.
/** @type {(pen: Pen, svg: SVGSVGElement, box: { x: number, y: number, width: number }) => void} */
function axis(pen, svg, { x, y, width }) {
  let free = Infinity;
  for (const text of [...svg.querySelectorAll("text")].reverse()) {
    const at = x + (Number.parseFloat(text.getAttribute("x") ?? "0") * width) / 100;
    const anchor = text.getAttribute("text-anchor") ?? "start";
    const wide = pen.width(said(text), 12);
    const start = at - wide * (anchor === "end" ? 1 : anchor === "middle" ? 0.5 : 0);
    if (start + wide > free) continue;
    free = start - GAP / 2;
    pen.write(said(text), at, y, { "font-size": 12, "text-anchor": anchor, fill: pen.colour("muted") });
  }
}

// A table whose cells are coloured.
/** @type {(pen: Pen, table: HTMLTableElement) => void} */
function heat(pen, table) {
  const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
  const names = rows.map((row) => own(row.cells[0]));
  const label = Math.min(300, Math.max(...names.map((name) => pen.width(name))) + 30);
  const side = Math.min(44, (WIDTH - 2 * EDGE - label) / Math.max(1, rows.length));
  for (const [place] of rows.entries()) {
    pen.write(String(place + 1), EDGE + label + (place + 0.5) * side, pen.y, { "text-anchor": "middle", "font-weight": 600 });
  }
  pen.y += LINE + 4;
  for (const [place, row] of rows.entries()) {
    pen.write(`${place + 1}  ${names[place]}`, EDGE, pen.y + 5);
    for (const [number, cell] of [...row.cells].slice(1).entries()) {
      const style = getComputedStyle(cell), x = EDGE + label + number * side;
      const stroke = style.outlineStyle === "none" ? "none" : style.outlineColor;
      pen.parts.push(tag("rect", { x: x + 1, y: pen.y + 1, width: side - 2, height: 28, rx: 3, fill: style.backgroundColor, stroke }));
      pen.write(said(cell), x + side / 2, pen.y + 5, { "text-anchor": "middle", fill: style.color, "font-weight": style.fontWeight });
    }
    pen.y += 30;
  }
}

/** @type {(cell: Element) => string} */
const own = (cell) => said(cell).replace(/^\d+\s+/, "");

// The picture of what `root` shows, under its title, with a line that says where it comes from.
/** @type {(root: Element, title: string, source: string) => string} */
export function picture(root, title, source) {
  const pen = new Pen();
  const figure = root.querySelector("figure") ?? root;
  pen.paragraph(title, 20, 600, "ink");
  const told = said(figure.querySelector("figcaption"));
  const table = figure.querySelector("table"), list = figure.querySelector(".pg-bars");
  const drawing = /** @type {SVGSVGElement | null} */ (figure.querySelector(":scope > svg"));
  const items = figure.querySelectorAll(":is(.legend, .pg-legend) li");
  if (drawing) {
    const [, , wide, tall] = (drawing.getAttribute("viewBox") ?? "0 0 1 1").split(" ").map(Number);
    const height = Math.round(((WIDTH - 2 * EDGE) * tall) / wide);
    pen.parts.push(inlined(drawing, { x: EDGE, y: pen.y, width: WIDTH - 2 * EDGE, height }));
    pen.y += height + GAP;
    legend(pen, items);
    pen.paragraph(told, 13, 400, "muted");
  } else {
    pen.paragraph(told, 13, 400, "muted");
    legend(pen, items);
    if (list) bars(pen, list);
    else if (table) (table.matches(".heat") ? heat : chart)(pen, table);
  }
  pen.y += GAP / 2;
  pen.paragraph(source, 12, 400, "muted");
  const height = Math.ceil(pen.y + EDGE / 2);
  const ground = tag("rect", { width: WIDTH, height, fill: pen.colour("paper") });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}"${attributes({ "font-family": pen.font })}><title>${escaped(title)}</title>${ground}${pen.parts.join("")}</svg>\n`;
}

// The picture in dots, twice as many as it has units.
/** @type {(svg: string) => Promise<Blob>} */
export async function png(svg) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const scale = Math.min(SCALE, LARGEST / Math.max(image.width, image.height));
  const canvas = document.createElement("canvas");
  canvas.width = image.width * scale;
  canvas.height = image.height * scale;
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/png"));
}
