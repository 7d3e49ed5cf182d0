// One image among batch-mates, through one hidden layer with batch norm in training mode.
// The image is the first one of all lists; the others are those to draw from.

const DRAWS = 60;
const CLASSES = 10;
const WORDS = { any: "", own: " of its own class", zeros: " drawn from the 0s" };

function allowedMates(labels, kind) {
  const only = { any: null, own: labels[0], zeros: 0 }[kind];
  return labels.flatMap((label, i) => (i > 0 && (only ?? label) === label ? [i] : []));
}

/** The images in an order of chance, the same as in company.py; the first of them are the batch. */
function shuffled(allowed, number) {
  const order = [...allowed];
  let state = Math.imul(number, 2654435761) >>> 0;
  for (let k = 0; k < order.length; k++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const j = k + Math.floor((state / 2 ** 32) * (order.length - k));
    [order[k], order[j]] = [order[j], order[k]];
  }
  return order;
}

/** The batch-mates of a draw, some exchanged in turn for the next of the images left over. */
function exchanged(order, count, swaps, number) {
  const [batch, bench] = [order.slice(0, count), order.slice(count)];
  for (const [draw, place] of swaps) {
    if (draw !== number || place >= count || !bench.length) continue;
    bench.push(batch[place]);
    batch[place] = bench.shift();
  }
  return batch;
}

/** The probabilities of the first of `rows` (a hidden layer's z, one row an example). */
function probabilities(rows, net, training) {
  const a = net.gamma.map((gamma, unit) => {
    const values = rows.map((row) => row[unit]);
    const z_norm = training
      ? normalize(values).z_norm[0]
      : (values[0] - net.running_mean[unit]) / Math.sqrt(net.running_var[unit] + EPS);
    return Math.max(0, gamma * z_norm + net.beta[unit]);
  });
  const logits = net.w.map((weights, k) => dot(weights, a) + net.b[k]);
  const top = Math.max(...logits);
  const shares = logits.map((logit) => Math.exp(logit - top));
  return shares.map((share) => share / sum(shares));
}

const likeliest = (p) => p.indexOf(Math.max(...p));

export function compute({ z, labels, net, mates, draw, kind, swaps }) {
  const count = Math.floor(mates + 0.5);
  const number = Math.floor(draw + 0.5);
  const allowed = allowedMates(labels, kind);
  const orders = Array.from({ length: DRAWS }, (_, i) => shuffled(allowed, i + 1));
  const among = (batch) => probabilities([0, ...batch].map((i) => z[i]), net, true);
  const found = orders.map((order) => among(order.slice(0, count)));
  const drawn = orders[number - 1].slice(0, count);
  const batch = exchanged(orders[number - 1], count, swaps, number);
  const others = batch.map((image, place) => image !== drawn[place]);
  const swapped = others.filter(Boolean).length;
  const shares = among(batch);
  const answers = found.map(likeliest);
  const different = new Set(answers).size;
  const right = answers.filter((answer) => answer === labels[0]).length;
  const alone = probabilities([z[0]], net, false);
  return {
    among: WORDS[kind],
    label: labels[0],
    count: counted(count, "batch-mate"),
    number,
    swapped: swapped ? `, ${swapped} swapped` : "",
    answer: likeliest(shares),
    p: Math.max(...shares),
    draws: DRAWS,
    answers: different === 1 ? "1 answer" : `${different} different answers`,
    right: counted(right, "time"),
    alone: likeliest(alone),
    p_alone: Math.max(...alone),
    batch,
    others,
    shares,
    at_test: alone,
  };
}

const COLUMNS = 6;
const SIDE = 9; // of an image's place, in pixels of the image: 8, and a gap
const corner = (place) => [SIDE * (place % COLUMNS), -SIDE * Math.floor(place / COLUMNS)];

function draw({ batch, others, number, shares, at_test, answer }, { pixels, labels }) {
  const wide = SIDE * COLUMNS;
  const left = chart({
    title: "The image (upper left) and its batch-mates",
    xlabel: "click one to swap it, or the image to put all back",
    ylabel: "",
    x: [0, wide],
    y: [(-wide * BOX.height) / BOX.width, 0], // pixels are square
    xticks: [],
    yticks: [],
  });
  const marked = (place, color) => {
    const [x, y] = corner(place);
    left.bars([x, x + SIDE], [y - SIDE], color, { base: y, faint: true });
  };
  marked(0, "--bn-with");
  others.forEach((other, i) => other && marked(i + 1, "--bn-orange"));
  const inks = {}; // places of pixels, by how dark they are
  [0, ...batch].forEach((image, place) => {
    const [x, y] = corner(place);
    pixels[image].forEach((ink, i) => {
      const level = Math.round(16 * ink) / 16; // as many greys as the scans have
      if (level) (inks[level] ??= []).push([x + 1 + (i % 8), y - 1 - Math.floor(i / 8)]);
    });
  });
  const half = BOX.width / wide / 2;
  for (const [opacity, places] of Object.entries(inks)) {
    const [xs, ys] = [places.map(([x]) => x), places.map(([, y]) => y)];
    left.points(xs, ys, "--bn-ink", { radius: half, square: true, opacity });
  }
  [0, ...batch].forEach((image, place) => {
    const what = place ? `batch-mate ${place}, a ${labels[image]}: swap it` : "put all batch-mates back";
    left.button(...corner(place), SIDE, SIDE, what);
  });
  left.drag = (_x, _y, { x, y, swaps }) => {
    const place = COLUMNS * Math.floor(-y / SIDE) + Math.floor(x / SIDE);
    if (place === 0) return { swaps: swaps.filter(([draw]) => draw !== number) };
    return place > 0 && place <= batch.length ? { swaps: [...swaps, [number, place - 1]] } : {};
  };

  const classes = shares.map((_, k) => k);
  const right = chart({
    title: `In this company it is called ${answer}`,
    xlabel: "digit",
    ylabel: "probability",
    x: [-0.6, CLASSES - 0.4],
    y: [0, 1.22], // room for the names
    xticks: classes.map((k) => [k, String(k)]),
    yticks: [0, 0.2, 0.4, 0.6, 0.8, 1].map((p) => [p, String(p)]),
  });
  classes.forEach((k) => right.bars([k - 0.38, k], [shares[k]], "--bn-with"));
  classes.forEach((k) => right.bars([k, k + 0.38], [at_test[k]], "--bn-test"));
  right.legend(["in this batch (training mode)", "at test time"], ["--bn-with", "--bn-test"]);
  return [left, right];
}

export default { render: live({ compute, draw }) };
