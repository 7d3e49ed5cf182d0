// In JupyterLite's page, until Python runs: how much of it has come; what has not, and what to do.
// JupyterLab itself would say "Unknown" for ever. The kernel's worker cannot be watched, so the
// page fetches the same files, early and all at once; the worker finds them in the browser's cache.

const STALLED = 8; // seconds without a byte, or without a sign of life after the last
const files = JSON.parse(document.getElementById("bn-python").textContent); // bytes by address
const total = Object.values(files).reduce((all, size) => all + size, 0);
const notebook = new URLSearchParams(location.search).get("path") ?? "";
const page = /^\d_\w+\.ipynb$/.test(notebook) ? notebook.replace("ipynb", "html") : "index.html";
const ADVICE =
  ` Reload this page. If that does not help, read and answer on <a href="../../${page}">the ` +
  'course\'s own page</a>, or <a href="../../index.html#start">run it on your computer</a>.';

let bytes = 0;
let broken = "";
let last = performance.now();

const line = document.createElement("div");
line.setAttribute("role", "status");
line.className = "bn-loading";
const style = document.createElement("style");
style.textContent = `.bn-loading { position: fixed; inset: auto 0 24px 0; z-index: 10000;
  padding: .6em 1em; font: 15px/1.4 system-ui, sans-serif; border-top: 3px solid #0072b2;
  background: var(--jp-layout-color1, #fff); color: var(--jp-ui-font-color1, #111); }
  .bn-loading a { color: inherit; text-decoration: underline; }
  .bn-loading.bn-broken { border-color: #d55e00; }`;

/** Say it, unless it is said already. */
function say(text, failed = false) {
  if (line.innerHTML === text) return;
  line.innerHTML = text;
  line.classList.toggle("bn-broken", failed);
}

async function load(address) {
  try {
    const answer = await fetch(address, { priority: "low" });
    if (!answer.ok) throw new Error(answer.status);
    for (const reader = answer.body.getReader(); ; ) {
      const { done, value } = await reader.read();
      if (done) return;
      bytes += value.byteLength;
      last = performance.now();
    }
  } catch {
    broken ||= `A part of Python, ${address.split("/").at(-1)}, did not load.`;
  }
}

function look() {
  const status = globalThis.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.status;
  if (!broken && (status === "idle" || status === "busy")) {
    clearInterval(looking);
    line.remove();
    return;
  }
  const come = `${(bytes / 1e6).toFixed(0)} of ${(total / 1e6).toFixed(0)} MB`;
  const seconds = (performance.now() - last) / 1000;
  if (broken) say(broken + ADVICE, true);
  else if (bytes < total && seconds > STALLED)
    say(`Nothing more of Python has come for some seconds (${come} have).${ADVICE}`, true);
  else if (bytes < total) say(`Python is loading into your browser: ${come}.`);
  else if (seconds < 5 * STALLED) say("Python is starting.");
  else say(`Python has come, but does not start.${ADVICE}`, true);
}

addEventListener(
  "error",
  ({ target }) => {
    if (target?.src) broken ||= "A part of JupyterLab did not load.";
  },
  true,
);
if (!globalThis.WebAssembly) broken = "This browser has no WebAssembly, which Python needs here.";
Object.keys(files).forEach(load);
addEventListener("DOMContentLoaded", () => document.body.append(style, line));
const looking = setInterval(look, 250);
