// Elements made of texts, never of markup; a script that is run; a file that is handed to the reader.

/** @typedef {Record<string, string | number | boolean | null>} Attributes those that are false or null are left out */

/** @type {(made: Element, attributes: Attributes, children: (Node | string)[]) => void} */
function complete(made, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) if (value !== null && value !== false) made.setAttribute(key, value === true ? "" : String(value));
  made.append(...children);
}

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name
 * @param {Attributes} attributes
 * @param {(Node | string)[]} children
 */
export const node = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  complete(made, attributes, children);
  return made;
};

/**
 * @template {keyof SVGElementTagNameMap} K
 * @param {K} name
 * @param {Attributes} attributes
 * @param {(Node | string)[]} children
 */
export const svg = (name, attributes = {}, ...children) => {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  complete(made, attributes, children);
  return made;
};

// A script of the site has run: a page of a disk may run its neighbours, not read them.
/** @type {(address: string) => Promise<void>} */
export const run = (address) => new Promise((resolve, reject) => {
  const script = node("script", { src: address });
  script.onload = () => resolve();
  script.onerror = () => reject(new Error(address));
  document.head.append(script);
});

/** @type {(name: string, content: Blob) => void} */
export function save(name, content) {
  const link = node("a", { download: name, href: URL.createObjectURL(content) });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
