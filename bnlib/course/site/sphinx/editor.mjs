// The editor of an exercise: CodeMirror with Python. esbuild makes static/editor.js of it.

import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { pythonLanguage } from "@codemirror/lang-python";
import { LanguageSupport, bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { EditorState, Prec } from "@codemirror/state";
import { EditorView, drawSelection, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";

/** An editor in `parent`: its text can be read and set; Tab indents, and leaves after Escape. */
globalThis.bnEditor = ({ parent, text, label, onChange, onCheck }) => {
  const check = { run: () => (onCheck(), true) };
  const view = new EditorView({
    parent,
    doc: text,
    extensions: [
      Prec.highest(keymap.of([{ key: "Mod-Enter", ...check }, { key: "Shift-Enter", ...check }])),
      lineNumbers(),
      history(),
      drawSelection(),
      highlightActiveLine(),
      indentOnInput(),
      bracketMatching(),
      keymap.of([...defaultKeymap, ...historyKeymap, indentWithTab]),
      new LanguageSupport(pythonLanguage),
      indentUnit.of("    "),
      EditorState.tabSize.of(4),
      EditorView.lineWrapping,
      syntaxHighlighting(classHighlighter),
      EditorView.contentAttributes.of({ "aria-label": label, autocapitalize: "off" }),
      EditorView.updateListener.of((update) => update.docChanged && onChange()),
    ],
  });
  return {
    get text() {
      return view.state.doc.toString();
    },
    set text(changed) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: changed } });
    },
    focus: () => view.focus(),
  };
};
