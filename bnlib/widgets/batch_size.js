// The means of many random batches of one size, beside the values that they are means of.

const DRAWS = 200;
const FIRST_STATE = 12345;
const SIZES = [2, 4, 8, 16, 32, 64, 128, 256, 512, 1024];
const LEAST = 0.01; // the smallest noise shown, in units of sigma
const LIMIT = 0.4; // the largest share shown in one bar

/** Numbers from 0 to below 1, the same as in batch_size.py. */
function uniformNumbers() {
  let state = FIRST_STATE;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function batchMeans(z, size, replace) {
  const uniform = uniformNumbers();
  const order = z.map((_, i) => i);
  return Array.from({ length: DRAWS }, () => {
    let total = 0;
    for (let k = 0; k < size; k++) {
      if (replace) {
        total += z[Math.floor(uniform() * z.length)];
      } else {
        const j = k + Math.floor(uniform() * (z.length - k));
        [order[k], order[j]] = [order[j], order[k]];
        total += z[order[k]];
      }
    }
    return total / size;
  });
}

export function compute({ z, m, drawing }) {
  const size = Math.floor(m + 0.5);
  const population = z.length;
  const { mu, std: sigma } = normalize(z, 0);
  const means = batchMeans(z, size, drawing === "independent");
  const theory = sigma / Math.sqrt(size);
  return {
    outcome: drawing,
    size,
    population,
    sigma,
    measured: Math.sqrt(mean(means.map((value) => (value - mu) ** 2))),
    theory,
    corrected: theory * Math.sqrt((population - size) / (population - 1)),
    mu,
    means,
  };
}

function draw({ size, population, sigma, measured, mu, means }, { z, drawing }) {
  const over = [mu - 3.5 * sigma, mu + 3.5 * sigma];
  const all = histogram(z, over, 60);
  const batches = histogram(means, over, 60);
  const left = chart({
    title: `The means of ${DRAWS} batches of ${size}`,
    xlabel: "z of one unit",
    ylabel: "share",
    x: over,
    y: [0, LIMIT],
  });
  left.bars(all.edges, all.shares, "--bn-neutral", { faint: true });
  left.bars(batches.edges, batches.shares, "--bn-with");
  left.legend(["all examples", "batch means"], ["--bn-neutral", "--bn-with"]);

  const log = Math.log10;
  const right = chart({
    title: "Their standard deviation, over batch sizes",
    xlabel: "batch size m",
    ylabel: "noise of the mean, over sigma",
    x: [log(2), log(population)],
    y: [log(LEAST), 0],
    xticks: SIZES.filter((s) => s <= population).map((s) => [log(s), String(s)]),
    yticks: [0.01, 0.03, 0.1, 0.3, 1].map((value) => [log(value), String(value)]),
  });
  const sizes = Array.from({ length: 200 }, (_, i) => 2 * (population / 2) ** (i / 200));
  const theories = {
    independent: (s) => 1 / Math.sqrt(s),
    "mini-batches": (s) => Math.sqrt((population - s) / (population - 1) / s),
  };
  for (const [name, theory] of Object.entries(theories)) {
    const noise = sizes.map((s) => log(theory(s)));
    right.line(sizes.map(log), noise, "--bn-ink", { dashed: true, width: 1.2, faint: name !== drawing });
  }
  right.handle(log(size), log(Math.max(measured / sigma, LEAST)), "--bn-with");
  right.drag = (x) => ({ m: 10 ** x });
  right.text(log(2), log(LEAST), "dashed: theory", { dx: 6, dy: -8 });
  return [left, right];
}

export default { render: live({ compute, draw }) };
