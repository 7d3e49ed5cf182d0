// One image among batch-mates, through one hidden layer with batch norm in training mode.
// The image is the first one of all lists; the others are those to draw from.

const DRAWS = 60;
const CLASSES = 10;
const WORDS = { any: "", own: " of its own class", zeros: " drawn from the 0s" };

function allowedMates(labels, kind) {
  const only = { any: null, own: labels[0], zeros: 0 }[kind];
  return labels.flatMap((label, i) => (i > 0 && (only ?? label) === label ? [i] : []));
}

/** `count` of the images, the same as in company.py. */
function chosenMates(allowed, count, number) {
  const order = [...allowed];
  let state = Math.imul(number, 2654435761) >>> 0;
  for (let k = 0; k < count; k++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const j = k + Math.floor((state / 2 ** 32) * (order.length - k));
    [order[k], order[j]] = [order[j], order[k]];
  }
  return order.slice(0, count);
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

export function compute({ z, labels, net, mates, draw, kind }) {
  const count = Math.floor(mates + 0.5);
  const number = Math.floor(draw + 0.5);
  const allowed = allowedMates(labels, kind);
  const batches = Array.from({ length: DRAWS }, (_, i) => chosenMates(allowed, count, i + 1));
  const found = batches.map((batch) =>
    probabilities([0, ...batch].map((i) => z[i]), net, true),
  );
  const answers = found.map(likeliest);
  const different = new Set(answers).size;
  const right = answers.filter((answer) => answer === labels[0]).length;
  const alone = probabilities([z[0]], net, false);
  return {
    among: WORDS[kind],
    label: labels[0],
    count,
    company: count === 1 ? "batch-mate" : "batch-mates",
    number,
    answer: answers[number - 1],
    p: Math.max(...found[number - 1]),
    draws: DRAWS,
    answers: different === 1 ? "1 answer" : `${different} different answers`,
    right: right === 1 ? "1 time" : `${right} times`,
    alone: likeliest(alone),
    p_alone: Math.max(...alone),
    batch: batches[number - 1],
    shares: found[number - 1],
    at_test: alone,
  };
}

function draw({ batch, shares, at_test, answer }, { pixels }) {
  const columns = 6;
  const left = chart({
    title: "The image (upper left) and its batch-mates",
    xlabel: "one batch",
    ylabel: "",
    x: [0, 9 * columns],
    y: [-27, 0],
    xticks: [],
    yticks: [],
  });
  left.bars([0, 9], [-9], "--bn-with", { base: 0, faint: true });
  [0, ...batch].forEach((image, place) => {
    const [x, y] = [9 * (place % columns) + 1, -9 * Math.floor(place / columns) - 1];
    for (let row = 0; row < 8; row++) {
      for (let column = 0; column < 8; column++) {
        const ink = pixels[image][8 * row + column];
        if (ink > 0.02) left.pixel(x + column, y - row, ink);
      }
    }
  });

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
