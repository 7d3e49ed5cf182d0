// Before pyodide.js, in the worker of JupyterLite's kernel: tells the page what has come, and what
// did not. The page cannot see it otherwise.

const telling = new BroadcastChannel("bn-python");
const plainFetch = self.fetch;
let bytes = 0;
let said = 0;

/** The same as `fetch`, but it counts what has come. */
self.fetch = async (...asked) => {
  const name = String(asked[0].url ?? asked[0]).split("?")[0].split("/").at(-1);
  const lost = () => telling.postMessage({ lost: name });
  const answer = await plainFetch(...asked).catch((error) => {
    lost();
    throw error;
  });
  if (!answer.ok) lost();
  if (!answer.ok || !answer.body) return answer;
  const counting = new TransformStream({
    transform(chunk, out) {
      bytes += chunk.byteLength;
      if (bytes - said > 2e5) telling.postMessage({ bytes: (said = bytes) });
      out.enqueue(chunk);
    },
    flush: () => telling.postMessage({ bytes }),
  });
  return new Response(answer.body.pipeThrough(counting), answer);
};
