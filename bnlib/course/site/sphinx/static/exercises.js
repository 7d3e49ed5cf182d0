// Exercises on the page: an editor each, checked by Python in a worker (worker.js), which is loaded
// when somebody begins. What was typed and what came back stay in this browser.

(() => { // names of its own: scripts of a page share theirs

const SECONDS = 15;
const HERE = new URL(".", document.currentScript.src);
const places = [...document.querySelectorAll("[data-exercise]")];
const course = JSON.parse(document.getElementById("bn-course")?.textContent ?? "null");

// ---------------------------------------------------------------- what is kept, in this browser

const KEPT = "bnlib";
/** What the browser keeps now: other tabs write there, too. */
function stored() {
  try {
    return Object(JSON.parse(localStorage.getItem(KEPT)));
  } catch {
    return {};
  }
}
const kept = stored();
let isRefused = false;

function keep(name, changed) {
  kept[name] = { ...kept[name], ...changed, version: course.version };
  try {
    localStorage.setItem(KEPT, JSON.stringify({ ...stored(), [name]: kept[name] }));
  } catch {
    refused();
    addEventListener("beforeunload", ask);
  }
}

/** Have the browser ask before what was typed is lost. */
const ask = (event) => event.preventDefault();

/** A browser may refuse, or be full: then all lasts as long as the page, and the page says so. */
function refused() {
  isRefused = true;
  const told = document.querySelector(".bn-work p");
  if (told) told.textContent = "This browser does not keep what you type here: export it before you leave this page.";
}

/** Take over what another tab has kept since: of an exercise, the last that was typed counts. */
function refresh(exercises) {
  if (isRefused) return;
  const now = stored();
  for (const exercise of exercises) {
    const was = now[exercise.name];
    if (JSON.stringify(was) === JSON.stringify(kept[exercise.name])) continue;
    kept[exercise.name] = was;
    exercise.show();
  }
}

/** Is this on what now stands in the editor, and of this version? */
const isStanding = (was) => Boolean(was?.html && was.version === course.version && was.checked === was.code);

// live.js keeps what was answered to each question, under the question's name.
const PREDICTION = "bn-prediction-";

function predictions(questions) {
  const found = {};
  for (const name of questions)
    try {
      found[name] = JSON.parse(localStorage.getItem(PREDICTION + name)) ?? undefined;
    } catch {
      // As above; or of an edition that kept numbers.
    }
  return found;
}

function keepPredictions(answers, questions) {
  try {
    for (const name of questions) if (answers[name]) localStorage.setItem(PREDICTION + name, JSON.stringify(answers[name]));
  } catch {
    // As above.
  }
}

function forget() {
  for (const name of Object.keys(kept)) delete kept[name];
  try {
    localStorage.removeItem(KEPT);
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREDICTION)) localStorage.removeItem(key);
  } catch {
    // As above.
  }
}

// ---------------------------------------------------------------- Python, in a worker

let worker = null;
let isReady = false;
let waiting = null; // { id, told, timer, endless }
let count = 0;

function start() {
  if (worker || !course.bytes || location.protocol === "file:") return;
  isReady = false;
  worker = new Worker(new URL("worker.js", HERE), { type: "module" });
  worker.onmessage = ({ data }) => heard(data);
  worker.onerror = (event) => heard({ kind: "broken", why: event.message ?? "it cannot be loaded" });
}

function stop() {
  worker?.terminate();
  worker = null;
  isReady = false;
}

function heard({ kind, id, bytes, endless, why, ...verdict }) {
  if (kind === "ready") isReady = true;
  if (kind === "broken") stop();
  if (!waiting || (id !== undefined && id !== waiting.id)) return;
  if (kind === "loading" && !isReady) waiting.say(`Loading Python: ${megabytes(bytes)} of ${megabytes(course.bytes)} MB`);
  if (kind === "ready") waiting.say("Checking …");
  if (kind === "begun") {
    waiting.timer = setTimeout(() => {
      stop();
      done({ status: "failed", misconception: "no-termination", html: endless });
      start(); // so that the next check finds it ready
    }, SECONDS * 1000);
  }
  if (kind === "verdict") done(verdict);
  if (kind === "broken") done({ status: "", html: paragraph(`Python could not be loaded into this page (${why}). ${ELSEWHERE}`) });
}

function done(verdict) {
  const { timer, told } = waiting;
  clearTimeout(timer);
  waiting = null;
  told(verdict);
}

const megabytes = (bytes) => (bytes / 1e6).toFixed(1);

// ---------------------------------------------------------------- what stands on the page

const WHERE = document.querySelector(".bn-elsewhere") ? "the top of this page says where" : "further down this page says how";
const ELSEWHERE = `To have it checked, open the notebook in Jupyter: ${WHERE}.`;

function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function button(label, act) {
  const made = make("button", { type: "button" }, label);
  made.addEventListener("click", act);
  return made;
}

function paragraph(text) {
  const made = make("p");
  made.textContent = text;
  return made.outerHTML;
}

function typed(name) {
  return kept[name]?.code;
}

/** The sources that an exercise's cell finds above it: the notebook's imports, earlier answers. */
function above(name, imports) {
  const earlier = places.slice(0, places.findIndex((place) => place.dataset.exercise === name));
  return [...imports, ...earlier.map((place) => typed(place.dataset.exercise)).filter(Boolean)];
}

class Exercise {
  constructor(place) {
    this.place = place;
    this.name = place.dataset.exercise;
    ({ stub: this.stub, imports: this.imports } = JSON.parse(place.querySelector("script").textContent));
    this.editor = null;
    this.box = place.querySelector(".bn-editor") ?? make("div", { class: "bn-editor" });
    this.status = place.querySelector("[role=status]");
    this.said = this.status.innerHTML; // of the stub, on the front page
    this.help = place.nextElementSibling?.matches(".bn-help") ? place.nextElementSibling : null;
    const buttons = make(
      "div",
      { class: "bn-buttons" },
      button("Check", () => this.check()),
      button("Hint", () => this.unfold(".bn-hint:not([open])", ".bn-hint:last-of-type")),
      button("Solution", () => this.unfold(".bn-solution")),
      button("Reset", () => this.reset()),
    );
    if (!this.help) for (const name of ["Hint", "Solution"]) [...buttons.children].find((b) => b.textContent === name).remove();
    this.cell = this.box.firstElementChild ?? place.previousElementSibling;
    if (this.box.parentElement) this.box.after(buttons);
    else place.prepend(make("div", { class: "bn-own" }, this.box, buttons));
    if (this.help) place.append(this.help);
    this.box.addEventListener("focusin", start);
    if (typed(this.name) !== undefined) this.show();
  }

  /** What is kept of it. */
  show() {
    const was = kept[this.name];
    if (this.editor) this.editor.text = was?.code ?? this.stub;
    if (isStanding(was)) this.status.innerHTML = was.html;
    else if (was?.code !== undefined) this.status.replaceChildren();
    else this.status.innerHTML = this.said;
  }

  /** Put the editor in place of the code that is there to be read. */
  open() {
    if (this.editor) return;
    const inner = make("div");
    // As high as the code was, so that nothing below moves.
    const height = this.cell.querySelector("pre").parentElement.offsetHeight;
    inner.style.setProperty("--height", `${height}px`);
    this.editor = bnEditor({
      parent: inner,
      text: typed(this.name) ?? this.stub,
      label: `Editor of ${this.name}`,
      onChange: () => {
        const { text } = this.editor;
        if (text !== (typed(this.name) ?? this.stub)) keep(this.name, { code: text });
      },
      onCheck: () => this.check(),
    });
    const here = this.cell.contains(document.activeElement);
    this.cell.hidden = true;
    this.box.append(inner);
    if (here) this.editor.focus(); // what had the focus is gone
  }

  async check() {
    try {
      await editors();
    } catch {
      this.status.innerHTML = paragraph("The editor could not be loaded. Press Check to try again.");
      return;
    }
    this.open();
    if (!course.bytes || location.protocol === "file:") {
      const why = course.bytes ? "A page opened as a file cannot run Python." : "This copy of the site cannot run Python.";
      this.status.innerHTML = paragraph(`${why} ${ELSEWHERE}`);
      return;
    }
    if (waiting) {
      if (waiting.name !== this.name) this.status.innerHTML = paragraph("Another answer is being checked. Press Check again after that.");
      return;
    }
    start();
    const code = this.editor.text;
    waiting = {
      id: (count += 1),
      name: this.name,
      say: (words) => (this.status.innerHTML = paragraph(words)),
      told: (verdict) => {
        this.status.innerHTML = verdict.html;
        if (verdict.status) keep(this.name, { code, checked: code, ...verdict });
      },
    };
    waiting.say(isReady ? "Checking …" : `Loading Python (${megabytes(course.bytes)} MB, once) …`);
    worker.postMessage({ id: waiting.id, name: this.name, source: code, above: above(this.name, this.imports) });
  }

  unfold(...selectors) {
    const folded = selectors.map((selector) => this.help?.querySelector(selector)).find(Boolean);
    if (!folded) return;
    folded.open = true;
    folded.querySelector("summary").focus();
  }

  reset() {
    this.status.innerHTML = this.said;
    if (this.editor) this.editor.text = this.stub; // Ctrl+Z brings back what was there
    keep(this.name, { code: undefined, html: "", status: "" });
  }

  set(code, { status = "", misconception = "", html = "" }) {
    this.status.innerHTML = harmless(html);
    keep(this.name, { code, checked: code, status, misconception, html: this.status.innerHTML });
    if (this.editor) this.editor.text = code;
  }
}

const whenQuiet = globalThis.requestIdleCallback ?? setTimeout; // Safari has no idle callbacks
let loading = null;
/** CodeMirror, once somebody comes near an exercise. */
function editors() {
  loading ??= new Promise((resolve, reject) => {
    const script = make("script", { src: new URL("editor.js", HERE).href });
    script.addEventListener("load", resolve);
    script.addEventListener("error", () => {
      loading = null;
      reject();
    });
    document.head.append(script);
  });
  return loading;
}

// ---------------------------------------------------------------- out of the browser, and back

const checkOf = (name) => `\n\n\ncheck(${name})`;

/** The names of the page's questions. */
function questions() {
  const traits = [...document.querySelectorAll(".bn-widget .bn-traits")].map((each) => JSON.parse(each.textContent));
  return traits.filter(({ choices }) => choices).map(({ name }) => name);
}

/** As `digest` in bnlib/records/notebooks.py; undefined where the browser has none (it wants https). */
async function digest(source) {
  const lines = source.trim().split("\n").map((line) => line.trimEnd());
  const bytes = await crypto.subtle?.digest("SHA-256", new TextEncoder().encode(lines.join("\n")));
  return bytes && [...new Uint8Array(bytes, 0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

const ELEMENTS = "DIV P SPAN STRONG CODE PRE MARK DETAILS SUMMARY".split(" ");
const ATTRIBUTES = "class role tabindex aria-hidden aria-label".split(" ");
/** A card that comes from a file, without what may run or ask for something; its style the page has. */
function harmless(card) {
  const { body } = new DOMParser().parseFromString(card, "text/html");
  for (const each of body.querySelectorAll("*")) {
    if (!ELEMENTS.includes(each.tagName)) each.remove();
    for (const { name } of [...each.attributes]) if (!ATTRIBUTES.includes(name)) each.removeAttribute(name);
  }
  return body.innerHTML;
}

async function exported() {
  const notebook = await (await fetch(course.notebook)).json();
  const verdicts = {};
  for (const cell of notebook.cells) {
    const name = cell.id.replace("exercise-", "");
    if (!cell.id.startsWith("exercise-") || typed(name) === undefined) continue;
    const code = typed(name).trimEnd();
    const called = new RegExp(`^check\\(${name}\\b`, "m").test(code);
    const source = code + (called ? "" : checkOf(name));
    Object.assign(cell, { source: source.split(/(?<=\n)/), outputs: [], execution_count: null });
    if (!isStanding(kept[name])) continue;
    const { status, misconception, html } = kept[name];
    verdicts[name] = { status, misconception, html: harmless(html), source_hash: await digest(source) };
  }
  notebook.metadata.bnlib = { version: course.version, predictions: predictions(questions()), verdicts };
  const address = URL.createObjectURL(new Blob([JSON.stringify(notebook, null, 1) + "\n"], { type: "application/x-ipynb+json" }));
  make("a", { href: address, download: course.notebook }).click();
}

async function imported(file, exercises) {
  const notebook = JSON.parse(await file.text());
  const { version, predictions: answers, verdicts } = notebook.metadata?.bnlib ?? {};
  let taken = 0;
  for (const exercise of exercises) {
    const cell = notebook.cells?.find((each) => each.id === `exercise-${exercise.name}`);
    if (!cell) continue;
    const source = [cell.source].flat().join("");
    const code = source.replace(new RegExp(`\\n*^check\\(${exercise.name}\\)\\s*$`, "m"), "") + "\n";
    const verdict = version === course.version && verdicts?.[exercise.name];
    exercise.set(code, verdict && verdict.source_hash === (await digest(source)) ? verdict : {});
    taken += 1;
  }
  keepPredictions(answers ?? {}, questions());
  return taken;
}

/** What is done with all answers at once; the page has the buttons. */
function work(place, exercises) {
  const told = place.querySelector("[role=status]");
  const file = place.querySelector("input");
  const acts = {
    export: () => exported().catch(() => (told.textContent = "The notebook cannot be read here; download it above.")),
    import: () => file.click(),
    forget() {
      forget();
      for (const exercise of exercises) exercise.reset();
      forget();
      told.textContent = "Nothing of yours is kept in this browser any more. Predictions close when this page is loaded anew.";
    },
  };
  for (const each of place.querySelectorAll("button")) each.addEventListener("click", acts[each.dataset.does]);
  file.addEventListener("change", async () => {
    try {
      const taken = await imported(file.files[0], exercises);
      told.textContent = taken ? `Answers taken from the file: ${taken}. Predictions show when this page is loaded anew.` : `No exercise of this page is in that file.`;
    } catch {
      told.textContent = "That file is no notebook.";
    }
    file.value = "";
  });
}

if (course) {
  const exercises = places.map((place) => new Exercise(place));
  const near = new IntersectionObserver(
    (seen) => {
      for (const { isIntersecting, target } of seen)
        if (isIntersecting) {
          near.unobserve(target);
          const exercise = exercises.find(({ place }) => place === target);
          editors().then(() => whenQuiet(() => exercise.open()), () => {}); // Check says that it failed
        }
    },
    { rootMargin: "800px" },
  );
  for (const place of places) near.observe(place);
  const all = document.querySelector(".bn-work");
  if (all) work(all, exercises);
  try {
    localStorage.setItem(`${KEPT}-tried`, "1");
    localStorage.removeItem(`${KEPT}-tried`);
  } catch {
    refused();
  }
  document.addEventListener("visibilitychange", () => document.hidden || refresh(exercises));
  addEventListener("pageshow", ({ persisted }) => persisted && refresh(exercises));
}

})();
