// Batch norm of one unit, then its activation: where gamma and beta put the values.

const SPREAD = 10; // the pre-activations shown: -10 to 10
const ACTIVATIONS = {
  sigmoid: {
    name: "sigmoid",
    f: (z) => 1 / (1 + Math.exp(-z)),
    slope: (a) => 4 * a * (1 - a),
    range: [0, 1],
  },
  tanh: { name: "tanh", f: Math.tanh, slope: (a) => 1 - a * a, range: [-1, 1] },
  relu: {
    name: "ReLU",
    f: (z) => Math.max(z, 0),
    slope: (a) => (a > 0 ? 1 : 0),
    range: [0, SPREAD],
  },
};

export function compute({ z, gamma, beta, activation }) {
  const { mu, variance, z_norm } = normalize(z);
  const z_tilde = z_norm.map((value) => gamma * value + beta);
  const { f, slope } = ACTIVATIONS[activation];
  const a = z_tilde.map(f);
  const slopes = a.map(slope); // as shares of the activation's steepest slope
  const after = normalize(z_tilde, 0);
  const output = normalize(a, 0);
  return {
    outcome: activation === "relu" ? "relu" : "smooth",
    mean_before: mu,
    std_before: Math.sqrt(variance),
    mean: after.mu,
    std: after.std,
    mean_a: output.mu,
    std_a: output.std,
    linear: percent(slopes, (s) => s > 0.9),
    flat: percent(slopes, (s) => s < 0.1),
    z_tilde,
    a,
  };
}

function draw({ z_tilde, a }, { z, activation }) {
  const { name, f, slope, range } = ACTIVATIONS[activation];
  const over = [-SPREAD, SPREAD];
  const before = histogram(z, over, 50);
  const after = histogram(z_tilde, over, 50);
  const output = histogram(a, [range[0], range[1] + 1e-9], 40);
  const limit = shareLimit([...before.shares, ...after.shares]);
  // The legend stands in the fifth of the chart above the highest bar that fits
  const left = chart({
    title: "Before the activation",
    xlabel: "gamma × z_norm + beta (shaded: the activation is flat)",
    ylabel: "share of the examples",
    x: over,
    y: [0, 1.25 * limit],
    yticks: ticks([0, limit]).map((share) => [share, String(share)]),
  });
  const grid = Array.from({ length: 401 }, (_, i) => -SPREAD + (i * SPREAD) / 200);
  const flat = grid.filter((value) => slope(f(value)) < 0.1);
  const negative = flat.filter((value) => value <= 0);
  const positive = flat.filter((value) => value > 0);
  for (const part of [negative, positive]) {
    if (part.length) left.shade([part[0], part[part.length - 1]]);
  }
  left.bars(before.edges, before.shares, "--bn-neutral", { faint: true });
  left.bars(after.edges, after.shares, "--bn-with");
  left.legend(["z, as it came", "after batch norm"], ["--bn-neutral", "--bn-with"]);
  const right = chart({
    title: "After the activation",
    xlabel: `a = ${name}(gamma × z_norm + beta)`,
    ylabel: "share of the examples",
    x: range,
    y: [0, shareLimit(output.shares)],
  });
  right.bars(output.edges, output.shares, "--bn-with");
  return [left, right];
}

export default { render: live({ compute, draw }) };
