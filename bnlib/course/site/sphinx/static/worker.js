// Python in a worker: loads Pyodide, NumPy and bnlib from this site, then checks answers.
// A page ends the worker when an answer never ends.

const folder = new URL("../python/", self.location.href).href;
const say = (kind, more) => self.postMessage({ kind, ...more });

let bytes = 0;
let said = 0;
/** The same as `fetch`, but it counts what has come. */
const plainFetch = self.fetch;
let lose;
/** Rejected when a file breaks off: Pyodide may wait for a package for ever then. */
const lost = new Promise((_, reject) => (lose = reject));
self.fetch = async (...asked) => {
  const answer = await plainFetch(...asked).catch((error) => (lose(error), Promise.reject(error)));
  if (!answer.ok || !answer.body) return answer;
  const counting = new TransformStream({
    transform(chunk, out) {
      bytes += chunk.byteLength;
      if (bytes - said > 2e5) say("loading", { bytes: (said = bytes) });
      out.enqueue(chunk);
    },
  });
  return new Response(answer.body.pipeThrough(counting), answer);
};

/** All at once: the slowest file, not their sum, is what one waits for. */
async function load() {
  const wheel = (async () => {
    const { packages } = await (await plainFetch(`${folder}pyodide-lock.json`)).json();
    return (await self.fetch(folder + packages["batch-norm-course"].file_name)).arrayBuffer();
  })();
  const { loadPyodide } = await import(`${folder}pyodide.mjs`);
  const python = await loadPyodide({ indexURL: folder, packages: ["numpy"] });
  python.unpackArchive(await wheel, "wheel");
  say("loading", { bytes });
  return python.pyimport("bnlib.exercises.on_page");
}

const loaded = Promise.race([load(), lost]);
loaded.then(
  () => say("ready"),
  (error) => say("broken", { why: String(error?.message ?? error).trim().split("\n").at(-1) }),
);

self.onmessage = async ({ data: { id, name, source, above } }) => {
  const page = await loaded;
  say("begun", { id, endless: page.endless(name) });
  try {
    const verdict = page.answer(name, source, above);
    say("verdict", { id, ...Object.fromEntries(verdict.toJs()) });
  } catch (error) {
    say("broken", { id, why: String(error?.message ?? error).trim().split("\n").at(-1) });
  }
};
