// A card that a learner has asked for comes into view. A notebook leaves what a cell puts out below
// the window, and where the next cell has the focus, the browser holds that still and pushes the card
// out above.

const RUN_BUTTON = '[data-command^="notebook:run-cell"]';
const runs = (event) =>
  event.type === "keydown"
    ? event.key === "Enter" && (event.shiftKey || event.ctrlKey || event.metaKey || event.altKey)
    : event.target.closest?.(RUN_BUTTON);

/**
 * From now on: once a page, however many widgets call it. Only a cell that is run by itself is meant,
 * not one of "Run All", and only until the learner does something else.
 */
function bringVerdicts() {
  if (window.bnBringsVerdicts) return;
  window.bnBringsVerdicts = true;
  let waiting = null;
  const begin = (event) => {
    waiting?.disconnect();
    waiting = null;
    const cell = runs(event) && document.querySelector(".jp-Notebook .jp-CodeCell.jp-mod-active");
    if (!cell) return;
    const before = cell.querySelector(".bn-card");
    const here = new MutationObserver(() => {
      const card = cell.querySelector(".bn-card");
      if (!card || card === before) return;
      here.disconnect();
      setTimeout(() => waiting === here && card.scrollIntoView({ block: "nearest" }), 100);
    });
    here.observe(cell, { childList: true, subtree: true });
    waiting = here;
  };
  for (const kind of ["keydown", "pointerdown", "wheel"])
    window.addEventListener(kind, begin, { capture: true, passive: true });
}
