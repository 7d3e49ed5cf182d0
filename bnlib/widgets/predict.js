// A predict question: choose, and read what that choice means. One may choose again.

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

  function show() {
    const chosen = model.get("chosen");
    buttons.forEach((button, i) => button.setAttribute("aria-checked", String(i === chosen)));
    focusable(Math.max(chosen, 0));
    group.className = chosen < 0 ? "" : choices[chosen].right ? "bn-right" : "bn-wrong";
    if (chosen < 0) reply.textContent = "";
    else reply.replaceChildren(verdict(choices[chosen].right), choices[chosen].reply);
  }
  const verdict = (right) => element("strong", {}, right ? "✓ Right. " : "✗ Not this one. ");

  // A group, not a section: ten landmarks of one name on a page would lead nowhere
  const about = { class: "bn-predict", role: "group", "aria-label": "Predict" };
  const whole = element("div", about, question, group, reply);
  el.append(whole);
  show();
  model.on("change:chosen", show);
  const alone = shareKeys(whole);
  return () => {
    model.off("change:chosen", show);
    alone();
  };
}

export default { render };
