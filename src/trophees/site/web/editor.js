// The editor of the playground. It sets window.tropheesEditor; where this script does not run, a textarea is there.
// It lives in a shadow root, where the styles that CodeMirror makes need no <style> element: the page's
// Content-Security-Policy allows none.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { HighlightStyle, bracketMatching, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { lintKeymap, setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { EditorView, highlightSpecialChars, keymap, lineNumbers, tooltips } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { sparql } from "codemirror-lang-sparql";
import { complete } from "./completion.js";
/** @import { Editor, EditorSettings } from "./playground-types.js" */

// colours are the page's custom properties: light or dark, they pass through the shadow root
const theme = EditorView.theme({
  "&": { color: "var(--pg-ink)", backgroundColor: "var(--pg-paper)", fontSize: "0.9375rem", borderRadius: "inherit", height: "100%" },
  "&.cm-focused": { outline: "3px solid var(--pg-focus)", outlineOffset: "1px" },
  ".cm-scroller": { fontFamily: "var(--pg-mono)", lineHeight: "1.55" },
  ".cm-content": { caretColor: "var(--pg-ink)", padding: "0.75rem 0" },
  ".cm-gutters": { color: "var(--pg-muted)", backgroundColor: "transparent", border: "none" },
  ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": { backgroundColor: "transparent", outline: "1px solid var(--pg-muted)" },
  ".cm-tooltip": { color: "var(--pg-ink)", backgroundColor: "var(--pg-paper)", border: "1px solid var(--pg-line)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--pg-mono)", maxWidth: "min(44rem, calc(100vw - 3rem))", maxHeight: "16rem" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "0.2rem 0.5rem" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { color: "var(--pg-paper)", backgroundColor: "var(--pg-accent)" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "bold" },
  ".cm-completionDetail": { fontFamily: "var(--pg-sans)", fontStyle: "normal", marginLeft: "1em" },
  ".cm-completionInfo": { fontFamily: "var(--pg-sans)", maxWidth: "min(24rem, calc(100vw - 3rem))", padding: "0.5rem 0.75rem" },
  ".cm-diagnostic": { fontFamily: "var(--pg-sans)", borderLeft: "4px solid var(--pg-error)", maxWidth: "40rem" },
  ".cm-lintRange-error": { backgroundImage: "none", textDecoration: "underline wavy var(--pg-error)", textUnderlineOffset: "3px" },
  ".cm-lintPoint-error:after": { borderBottomColor: "var(--pg-error)" },
});

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--pg-keyword)", fontWeight: "bold" },
  { tag: tags.variableName, color: "var(--pg-variable)" },
  { tag: [tags.string, tags.integer, tags.float, tags.bool], color: "var(--pg-literal)" },
  { tag: [tags.namespace, tags.url, tags.typeName], color: "var(--pg-name)" },
  { tag: [tags.comment, tags.annotation], color: "var(--pg-muted)" },
]);

// What the editor opens stays inside of the page, with its borders.
const room = () => ({ left: 8, top: 0, right: document.documentElement.clientWidth - 8, bottom: innerHeight });

/** @type {(settings: EditorSettings) => Editor} */
function create(settings) {
  const root = settings.host.attachShadow({ mode: "open" });
  // an adopted style sheet of the editor is made for the first root only: each page has one
  const parent = document.createElement("div");
  parent.style.height = "100%"; // of the host
  root.append(parent);
  const view = new EditorView({
    root,
    parent,
    state: EditorState.create({
      doc: settings.text,
      selection: { anchor: Math.min(settings.at, settings.text.length) },
      extensions: [
        lineNumbers(),
        highlightSpecialChars(),
        history(),
        bracketMatching(),
        closeBrackets(),
        autocompletion({ override: [complete(settings)], icons: false, maxRenderedOptions: 60 }),
        tooltips({ position: "absolute", tooltipSpace: room }),
        sparql(),
        indentUnit.of("  "),
        syntaxHighlighting(colours),
        theme,
        EditorView.lineWrapping,
        EditorState.phrases.of({ Completions: settings.words.completions, "Control character": settings.words.control, Diagnostics: settings.words.diagnostics }),
        EditorView.contentAttributes.of({ "aria-label": settings.label, "aria-description": settings.description, spellcheck: "false", tabindex: "0" }),
        // Tab is left alone: it leads out of the editor
        keymap.of([
          { key: "Mod-Enter", run: () => (settings.run(), true) },
          ...closeBracketsKeymap,
          ...defaultKeymap.filter(({ key }) => key !== "Mod-Enter"),
          ...historyKeymap,
          ...completionKeymap,
          ...lintKeymap,
        ]),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) settings.changed();
        }),
      ],
    }),
  });
  return {
    get text() {
      return view.state.doc.toString();
    },
    set text(text) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, selection: { anchor: 0 } });
    },
    // Change a part of the text only, so that the cursor stays where it is and the change can be undone.
    insert(from, text) {
      view.dispatch({ changes: { from, insert: text } });
    },
    focus: () => view.focus(),
    clear: () => view.dispatch(setDiagnostics(view.state, [])),
    // Underline the word at `from`, or else the one before it, and put the cursor there.
    mark(from, message) {
      const line = view.state.doc.lineAt(from);
      const word = /^(?:[\w?$:\p{L}-]+|\S)/u.exec(line.text.slice(from - line.from));
      const before = word ? "" : (/\S*\s*$/.exec(line.text.slice(0, from - line.from))?.[0] ?? "");
      const range = { from: from - before.length, to: word ? from + word[0].length : from };
      view.dispatch(setDiagnostics(view.state, [{ ...range, severity: "error", message }]), {
        selection: { anchor: from },
        effects: EditorView.scrollIntoView(from, { y: "center" }),
      });
    },
  };
}

window.tropheesEditor = { create };
