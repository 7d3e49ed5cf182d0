// Widgets without a kernel: each anywidget's script gets a model that holds its traits in the page.

class Model {
  constructor(traits) {
    this.traits = traits;
    this.listeners = [];
  }
  get(name) {
    return this.traits[name];
  }
  set(name, value) {
    this.traits[name] = value;
    for (const [event, listener] of [...this.listeners]) if (event === `change:${name}`) listener();
  }
  /** There is no kernel to tell: the browser keeps what was answered. */
  save_changes() {
    if (this.traits.choices) keep(this.traits.name, this.traits.choices[this.traits.chosen]);
  }
  on(event, listener) {
    this.listeners.push([event, listener]);
  }
  off(event, listener) {
    this.listeners = this.listeners.filter(([e, l]) => e !== event || l !== listener);
  }
}

// Of each question what was answered, as bnlib/records/predictions.py has it: in words, since another
// edition may have the choices in another order. What cannot be read, as numbers of old, is none.
// Some browsers keep nothing for pages opened as files, or at all.
const place_of = (question) => `bn-prediction-${question}`;
function answerTo(question) {
  try {
    return JSON.parse(localStorage.getItem(place_of(question)));
  } catch {
    return null;
  }
}
function keep(question, { text, right }) {
  try {
    const first = answerTo(question)?.right_at_first ?? right;
    localStorage.setItem(place_of(question), JSON.stringify({ chosen: text, right_at_first: first }));
  } catch {}
}

const modules = {};
/** Of a script in the page, as a module; by a blob, since pages opened as files may not import. */
function moduleOf(digest) {
  modules[digest] ??= (async () => {
    const source = JSON.parse(document.getElementById(`script-${digest}`).textContent);
    const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    return (await import(address)).default;
  })();
  return modules[digest];
}

const traitsOf = (place) => JSON.parse(place.querySelector(".bn-traits").textContent);

function show(place, traits) {
  if (traits.choices) traits.chosen = traits.choices.findIndex(({ text }) => text === answerTo(traits.name)?.chosen);
  const model = new Model(traits);
  moduleOf(place.dataset.script).then(({ render }) => {
    const el = document.createElement("div");
    render({ model, el });
    place.querySelector(".bn-words").replaceWith(el);
    place.dataset.live = "";
  });
}

// A question folds what answers it before one comes there.
for (const place of document.querySelectorAll(".bn-widget")) show(place, traitsOf(place));

// What moves weighs as much as its page: it comes when the reader first stirs, or sees it, one after
// the other, each in a quiet moment.
const quiet = globalThis.requestIdleCallback ?? setTimeout; // Safari has no idle callbacks
const later = [...document.querySelectorAll(".bn-later")];
function next() {
  const place = later.shift();
  if (!place) return;
  const script = document.createElement("script");
  script.src = place.dataset.src;
  script.addEventListener("load", () => {
    place.innerHTML = globalThis.bnWidget;
    show(place.firstElementChild, traitsOf(place));
    quiet(next);
  });
  script.addEventListener("error", next); // its words stay
  document.head.append(script);
}
const stirred = new AbortController();
function begin() {
  stirred.abort();
  seen.disconnect();
  quiet(next);
}
for (const act of ["pointermove", "pointerdown", "keydown", "focusin", "scroll", "beforeprint"])
  addEventListener(act, begin, { passive: true, signal: stirred.signal });
const seen = new IntersectionObserver((places) => places.some((place) => place.isIntersecting) && begin());
for (const place of later) seen.observe(place);
