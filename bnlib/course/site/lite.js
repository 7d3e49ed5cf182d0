// In JupyterLite's page, until Python runs: how much of it has come; what has not, and what to do.
// JupyterLab itself would say "Unknown" for ever. lite_kernel.js tells what comes.

const STALLED = 8; // seconds without a byte
const SLOW = 60; // seconds from the last byte to a running kernel, on any machine of today
const total = Number(document.currentScript.dataset.bytes);
const path = new URLSearchParams(location.search).get("path") ?? "";
const page = `${/\/(\d_\w+)\.ipynb$/.exec(path)?.[1] ?? "index"}.html`;
const ADVICE =
  ` If it stays so, reload this page. If that does not help, read and answer on <a href="../../` +
  `${page}">the course's own page</a>, or <a href="../../index.html#start">run it on your ` +
  "computer</a>.";

let bytes = 0;
let lost = "";
let last = performance.now(); // when there was a sign of life

const line = document.createElement("div");
line.setAttribute("role", "status");
line.className = "bn-loading";
const style = document.createElement("style");
style.textContent = `.bn-loading { position: fixed; inset: auto 0 24px 0; z-index: 10000;
  padding: .6em 1em; font: 15px/1.4 system-ui, sans-serif; border-top: 3px solid #0072b2;
  background: var(--jp-layout-color1, #fff); color: var(--jp-ui-font-color1, #111); }
  .bn-loading a { color: inherit; text-decoration: underline; }
  .bn-loading.bn-lost { border-color: #d55e00; }`;

/** The kernel's state, as JupyterLab knows it; none before it has opened the notebook. */
function kernel() {
  return globalThis.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.status;
}

/** What to say now; and whether it is that something is wrong. */
function state() {
  const seconds = (performance.now() - last) / 1000;
  const come = `${Math.min(bytes / 1e6, total / 1e6).toFixed(0)} of ${(total / 1e6).toFixed(0)} MB`;
  if (lost) return [`${lost} did not load.`, true];
  if (bytes >= total) {
    return seconds < SLOW ? ["Python is starting.", false] : ["Python does not start.", true];
  }
  if (seconds > STALLED) return [`Nothing has come for some seconds: ${come} of Python have.`, true];
  return [bytes ? `Python is loading into your browser: ${come}.` : "JupyterLab is loading.", false];
}

function look() {
  if (!lost && ["idle", "busy"].includes(kernel())) {
    clearInterval(looking);
    line.remove();
    return;
  }
  const [text, wrong] = state();
  if (line.dataset.said === text) return;
  line.dataset.said = text;
  line.classList.toggle("bn-lost", wrong);
  line.textContent = text;
  if (wrong) line.insertAdjacentHTML("beforeend", ADVICE);
}

new BroadcastChannel("bn-python").onmessage = ({ data }) => {
  last = performance.now();
  bytes = Math.max(bytes, data.bytes ?? 0);
  if (data.lost) lost ||= `A part of Python, ${data.lost},`;
};
new PerformanceObserver(() => {
  if (!kernel()) last = performance.now(); // later on, JupyterLab looks at its list of files anew
}).observe({ type: "resource" });
const part = ({ target }) => {
  if (target?.src) lost ||= "A part of JupyterLab";
};
addEventListener("error", part, true);
addEventListener("DOMContentLoaded", () => document.body.append(style, line));
const looking = setInterval(look, 250);
