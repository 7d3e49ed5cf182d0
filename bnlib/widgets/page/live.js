// A live figure: labelled controls, charts, and one sentence that says what they show.
// `live({ compute, draw })` gives the `render` that anywidget calls. compute(settings) gives the
// numbers of the sentence and whatever draw needs; draw(numbers, settings) gives the charts.

/** Python's str.format for what the sentences use: {name} and {name:.2f}. */
function fill(sentence, numbers) {
  const filled = sentence.replace(/\{(\w+)(?::\.(\d)f)?\}/g, (_, name, digits) =>
    digits === undefined ? String(numbers[name]) : numbers[name].toFixed(Number(digits)),
  );
  return filled.replace(/-(0\.0+)(?!\d)/g, "$1");
}

/** A slider with its label and value; `show(value)` sets it. On a log scale it slides over log10. */
function slider(control, onInput, onDone) {
  const toValue = (position) => (control.log ? 10 ** position : position);
  const toPosition = (value) => (control.log ? Math.log10(value) : value);
  const input = element("input", {
    type: "range",
    min: toPosition(control.low),
    max: toPosition(control.high),
    step: control.log ? 0.01 : control.step,
  });
  const output = element("output", { "aria-live": "off" }); // the slider itself says its value
  const label = element("label", {}, element("span", {}, control.label), input);
  const say = (value) => {
    const text = value.toFixed(control.digits).replace(/^-(0\.?0*)$/, "$1");
    output.textContent = text;
    input.setAttribute("aria-valuetext", text);
  };
  input.addEventListener("input", () => {
    const value = toValue(Number(input.value));
    say(value);
    onInput(value);
  });
  input.addEventListener("change", onDone);
  return {
    node: element("div", { class: "bn-slider" }, label, output),
    show(value) {
      input.value = toPosition(value);
      say(value);
    },
  };
}

/** A group of radio buttons with its label; `show(option)` sets it. */
function choice(control, onInput, onDone) {
  const name = newName("choice");
  const inputs = control.options.map(([value]) =>
    element("input", { type: "radio", name, value }),
  );
  const labels = inputs.map((input, i) => element("label", {}, input, control.options[i][1]));
  inputs.forEach((input) =>
    input.addEventListener("change", () => {
      onInput(input.value);
      onDone();
    }),
  );
  return {
    node: element("fieldset", {}, element("legend", {}, control.label), ...labels),
    show(option) {
      for (const input of inputs) input.checked = input.value === option;
    },
  };
}

function live({ compute, draw }) {
  return function render({ model, el }) {
    let state = model.get("state");
    const data = model.get("data");
    const sentences = model.get("sentences");
    const clips = [];
    let charts = [];
    const panels = element("div", { class: "bn-panels" });
    const sentence = element("p", { class: "bn-sentence", role: "status", "aria-live": "polite" });

    const update = () => {
      const settings = { ...data, ...state };
      const numbers = compute(settings);
      charts = draw(numbers, settings);
      charts.forEach((drawn, i) => {
        clips[i] ??= newName("clip");
        panels.children[i] ?? panels.append(picture(drawn));
        const panel = panels.children[i];
        const buttons = () => [...panel.querySelectorAll(".button")];
        const focused = buttons().indexOf(panel.querySelector(":focus"));
        panel.innerHTML = drawn.svg(clips[i]);
        buttons()[focused]?.focus({ preventScroll: true });
      });
      sentence.textContent = fill(sentences[numbers.outcome ?? "always"], { ...settings, ...numbers });
    };
    // While one slides, only the page changes; the kernel, if there is one, hears of the end: its
    // answer keeps the page busy, and would come between the presses of a key that is held down.
    // Until then the model keeps what it was told last: then the answer is no news, and moves nothing.
    let end;
    const tellKernel = () => {
      clearTimeout(end);
      end = setTimeout(() => {
        model.set("state", state);
        model.save_changes();
      }, 200);
    };
    const controls = model.get("controls").map((control) => {
      const change = (value) => {
        state = { ...state, [control.name]: value };
        update();
      };
      return { name: control.name, ...{ slider, choice }[control.kind](control, change, tellKernel) };
    });
    const show = (next) => {
      state = next;
      for (const control of controls) control.show(state[control.name]);
      update();
    };
    const showOthers = () => {
      if (model.get("state") !== state) show(model.get("state"));
    };

    // What stands in a chart is dragged there; the sliders do the same for the keyboard.
    const within = Object.fromEntries(model.get("controls").map((c) => [c.name, c]));
    const fit = (name, value) => {
      if (within[name]?.kind !== "slider") return value;
      const { low, high, step } = within[name];
      const rounded = Number((Math.round(value / step) * step).toFixed(6));
      return Math.max(low, Math.min(high, rounded));
    };
    const drag = (i, place, from) => {
      const wanted = Object.entries(charts[i].drag(...place, from));
      show({ ...state, ...Object.fromEntries(wanted.map(([name, value]) => [name, fit(name, value)])) });
    };
    const start = ([x, y]) => ({ ...state, x, y });
    // The keyboard goes on where the mouse was, or its keys would be another cell's
    const takeFocus = (i, target, from) => {
      const names = Object.keys(charts[i].drag(from.x, from.y, from));
      const { node } = controls.find((control) => names.includes(control.name)) ?? controls[0];
      (target.closest(".button") ?? node.querySelector("input")).focus({ preventScroll: true });
    };
    panels.addEventListener("pointerdown", (event) => {
      const panel = event.target.closest("svg");
      const i = [...panels.children].indexOf(panel);
      if (i < 0 || !charts[i].drag || event.button) return;
      event.preventDefault();
      panel.setPointerCapture(event.pointerId);
      const placeOf = ({ clientX, clientY }) => {
        const box = panel.getBoundingClientRect();
        const scale = SIZE.width / box.width;
        return charts[i].valuesAt((clientX - box.left) * scale, (clientY - box.top) * scale);
      };
      const before = state;
      const from = start(placeOf(event));
      takeFocus(i, event.target, from);
      const until = new AbortController();
      const on = (name, does) => panel.addEventListener(name, does, { signal: until.signal });
      on("pointermove", (moved) => drag(i, placeOf(moved), from));
      on("pointerup", (last) => {
        until.abort();
        drag(i, placeOf(last), from);
        tellKernel();
      });
      on("pointercancel", () => {
        until.abort();
        show(before); // the finger was to scroll the page
      });
    });
    panels.addEventListener("keydown", (event) => {
      const { x, y } = event.target.dataset;
      if (x === undefined || !isOwn(event) || !["Enter", " "].includes(event.key)) return;
      event.preventDefault();
      const panel = event.target.closest("svg");
      const place = [Number(x), Number(y)];
      drag([...panels.children].indexOf(panel), place, start(place));
      tellKernel();
    });

    const nodes = controls.map((control) => control.node);
    const form = element("div", { class: "bn-controls" }, ...nodes);
    const title = model.get("title");
    const whole = element("section", { class: "bn-live", "aria-label": title }, form, panels, sentence);
    // Words that have needed one more line keep it: what stands below does not go up and down
    let wide = 0;
    const kept = new ResizeObserver(() => {
      if (sentence.clientWidth !== wide) sentence.style.minHeight = "";
      wide = sentence.clientWidth;
      sentence.style.minHeight = `${sentence.clientHeight}px`;
    });
    kept.observe(sentence);
    el.append(whole);
    show(state);
    model.on("change:state", showOthers);
    const alone = shareKeys(whole);
    return () => {
      model.off("change:state", showOthers);
      kept.disconnect();
      alone();
    };
  };
}

function picture({ title, role, drag }) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", `0 0 ${SIZE.width} ${SIZE.height}`);
  svg.setAttribute("role", role);
  svg.setAttribute("aria-label", title);
  svg.classList.toggle("bn-drag", Boolean(drag));
  return svg;
}
