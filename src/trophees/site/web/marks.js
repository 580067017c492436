// The marks of a picture, told one at a time: under the pointer, or by the arrow keys from the one that has the focus.

// Each mark has its text; `say` gets it, and an empty one when no mark is pointed at. One of them is a stop of Tab.
/** @type {(marks: { mark: SVGElement, text: string }[], say: (text: string) => void) => void} */
export function told(marks, say) {
  for (const [place, { mark, text }] of marks.entries()) {
    mark.setAttribute("role", "img");
    mark.setAttribute("aria-label", text);
    mark.setAttribute("tabindex", place ? "-1" : "0");
    mark.addEventListener("pointerenter", () => say(text));
    mark.addEventListener("pointerleave", () => say(""));
    mark.addEventListener("focus", () => say(text));
    mark.addEventListener("blur", () => say(""));
    mark.addEventListener("keydown", (event) => {
      const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
      const step = steps[/** @type {keyof typeof steps} */ (event.key)];
      const to = step ? (place + step + marks.length) % marks.length : event.key === "Home" ? 0 : event.key === "End" ? marks.length - 1 : null;
      if (to === null || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      mark.setAttribute("tabindex", "-1");
      marks[to].mark.setAttribute("tabindex", "0");
      marks[to].mark.focus();
    });
  }
}
