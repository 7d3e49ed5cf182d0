// A predict question: choose, and read what that choice means. One may choose again. The cells that
// answer it, as many as `covers` says, are folded until then, where the page lets us reach them.

const HERE = ".jp-Cell, .cell"; // the cell around a question, in Jupyter and on the site
const FOLDS = "data-bn-folds"; // on that cell: "1 2" folds the two cells after it; look.css does it

/** The cells after this one, as many as `count`. */
function following(cell, count) {
  const found = [];
  for (let next = cell?.nextElementSibling; next && found.length < count; next = next.nextElementSibling)
    found.push(next);
  return found;
}

function render({ model, el }) {
  const choices = model.get("choices");
  const question = element("p", { class: "bn-question", id: newName("question") }, model.get("question"));
  const reply = element("p", { class: "bn-reply", role: "status" });
  const radio = { type: "button", role: "radio" };
  const buttons = choices.map(({ text }) => element("button", radio, text));
  const group = element("div", { role: "radiogroup", "aria-labelledby": question.id }, ...buttons);

  // As in a group of radio buttons, Tab comes to one of them and the arrow keys go round; but only
  // Enter, Space or a click chooses, so that going round gives nothing away.
  const focusable = (index) => buttons.forEach((b, i) => (b.tabIndex = i === index ? 0 : -1));
  const choose = (index) => {
    model.set("chosen", index);
    model.save_changes();
    show();
  };
  const go = (event) => {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = (buttons.indexOf(event.target) + step + buttons.length) % buttons.length;
    focusable(next);
    buttons[next].focus();
  };
  buttons.forEach((button, i) => {
    button.addEventListener("click", () => choose(i));
    button.addEventListener("keydown", go);
  });

  const open = element("button", { type: "button", "aria-expanded": "false" });
  const fold = element("p", { class: "bn-fold" }, "What answers this is folded, right below. ", open);
  const watching = new MutationObserver(() => cover());
  let cell = null;
  let anyway = false;
  function cover() {
    const covers = cell ? model.get("covers") : 0;
    const unanswered = model.get("chosen") < 0;
    const folded = unanswered && !anyway;
    fold.hidden = !(covers && unanswered);
    open.textContent = folded ? "Show me anyway" : "Fold it again";
    open.setAttribute("aria-expanded", String(!folded));
    // What has a card, or gets one, is an exercise and stays. They alone are watched: a style with
    // :has() for it would be worked out again at every change of the page.
    watching.disconnect();
    const covered = folded ? following(cell, covers) : [];
    for (const each of covered) watching.observe(each, { childList: true, subtree: true });
    const places = covered.map((each, i) => (each.querySelector(".bn-card") ? 0 : i + 1));
    if (covered.length) cell.setAttribute(FOLDS, places.filter(Boolean).join(" "));
    else cell?.removeAttribute(FOLDS);
  }
  open.addEventListener("click", () => {
    anyway = !anyway;
    cover();
  });

  function show() {
    const chosen = model.get("chosen");
    buttons.forEach((button, i) => button.setAttribute("aria-checked", String(i === chosen)));
    focusable(Math.max(chosen, 0));
    group.className = chosen < 0 ? "" : choices[chosen].right ? "bn-right" : "bn-wrong";
    if (chosen < 0) reply.textContent = "";
    else reply.replaceChildren(verdict(choices[chosen].right), choices[chosen].reply);
    cover();
  }
  const verdict = (right) => element("strong", {}, right ? "✓ Right. " : "✗ Not this one. ");

  // A group, not a section: ten landmarks of one name on a page would lead nowhere
  const about = { class: "bn-predict", role: "group", "aria-label": "Predict" };
  const whole = element("div", about, question, group, reply, fold);
  el.append(whole);
  show();
  model.on("change:chosen", show);
  // The widget is drawn before it is put into its cell: it has a size only there
  const arrived = new ResizeObserver(() => {
    cell = whole.closest(HERE);
    cover();
  });
  arrived.observe(whole);
  const alone = shareKeys(whole);
  bringVerdicts();
  return () => {
    model.off("change:chosen", show);
    arrived.disconnect();
    watching.disconnect();
    cell?.removeAttribute(FOLDS);
    alone();
  };
}

export default { render };
