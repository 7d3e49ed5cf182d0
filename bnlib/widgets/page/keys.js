// Which keys a widget keeps, and which go on to the page around it.

/**
 * Lumino, under JupyterLab and Notebook, leaves alone what is pressed on a control with this. It
 * looks from the control upwards, and its ":focus" fits the control: on `root` this comes too late.
 */
const KEPT = "data-lm-suppress-shortcuts";
const ARROWS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"];
const MOVES = new Set([...ARROWS, "Home", "End", "PageUp", "PageDown", "Enter"]);

/**
 * Whether a key is the widget's own. Plain letters are, too, though no control uses one: in a
 * notebook's command mode "d", "d" would delete the cell that the question stands in.
 */
const isOwn = ({ key, shiftKey, ctrlKey, altKey, metaKey }) =>
  !(shiftKey || ctrlKey || altKey || metaKey) && (MOVES.has(key) || [...key].length === 1);

/**
 * Keep the own keys of what is inside `root`; Shift+Enter, Ctrl+S and all others work as they do
 * beside it. Escape leaves the widget for the notebook's cell. Returns what undoes this.
 *
 * Notebook 7 asks while the event comes down to the control, so one has to be earlier: at the window.
 */
function shareKeys(root) {
  const decide = (event) => {
    if (root.contains(event.target)) event.target.toggleAttribute(KEPT, isOwn(event));
  };
  const leave = (event) => {
    if (event.key === "Escape") root.closest(".jp-Cell")?.focus();
  };
  window.addEventListener("keydown", decide, true);
  root.addEventListener("keydown", leave);
  return () => window.removeEventListener("keydown", decide, true);
}
