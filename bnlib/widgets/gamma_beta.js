// Batch norm of one unit, then its activation: where gamma and beta put the values.

const SPREAD = 10; // the pre-activations shown: -10 to 10
const LIMIT = 0.3; // the largest share of the examples shown in one bar, before the activation
const GRASP = 0.8; // this near to beta one takes hold of beta, however small gamma is
const ACTIVATIONS = {
  sigmoid: {
    name: "sigmoid",
    f: (z) => 1 / (1 + Math.exp(-z)),
    slope: (a) => 4 * a * (1 - a),
    range: [0, 1],
    shown: [-0.06, 1.06],
  },
  tanh: {
    name: "tanh",
    f: Math.tanh,
    slope: (a) => 1 - a * a,
    range: [-1, 1],
    shown: [-1.12, 1.12],
  },
  relu: {
    name: "ReLU",
    f: (z) => Math.max(z, 0),
    slope: (a) => (a > 0 ? 1 : 0),
    range: [0, SPREAD],
    shown: [-0.5, SPREAD],
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

/** Near beta a drag moves beta; further out it changes gamma, the distance from it. */
function drag(x, _, from) {
  const aside = from.x - from.beta;
  if (Math.abs(aside) < Math.max(from.gamma / 2, GRASP)) return { beta: from.beta + x - from.x };
  return { gamma: from.gamma + Math.sign(aside) * (x - from.x) };
}

function draw({ z_tilde, a }, { z, gamma, beta, activation }) {
  const { name, f, slope, range, shown } = ACTIVATIONS[activation];
  const over = [-SPREAD, SPREAD];
  const grid = Array.from({ length: 401 }, (_, i) => -SPREAD + (i * SPREAD) / 200);
  const flat = grid.filter((value) => slope(f(value)) < 0.1);
  const held = [beta - gamma, beta, beta + gamma];
  const panel = (titles, y) => {
    const drawn = chart({ ...titles, x: over, y });
    for (const part of [flat.filter((value) => value <= 0), flat.filter((value) => value > 0)]) {
      if (part.length) drawn.shade([part[0], part.at(-1)]);
    }
    drawn.drag = drag;
    return drawn;
  };

  const left = panel(
    {
      title: "Before the activation",
      xlabel: "gamma × z_norm + beta (shaded: the activation is flat)",
      ylabel: "share of the examples",
    },
    [0, LIMIT],
  );
  const before = histogram(z, over, 50);
  const after = histogram(z_tilde, over, 50);
  left.bars(before.edges, before.shares, "--bn-neutral", { faint: true });
  left.bars(after.edges, after.shares, "--bn-with");
  left.legend(["z, as it came", "after batch norm"], ["--bn-neutral", "--bn-with"], { above: true });
  const height = 0.8 * LIMIT;
  left.line([held[0], held[2]], [height, height], "--bn-ink", { width: 2 });
  held.forEach((place) => left.handle(place, height, "--bn-ink"));
  left.text(beta, height, "beta", { anchor: "middle", dy: -11 });
  const side = held[2] < 0.7 * SPREAD ? 2 : 0;
  left.text(held[side], height, "gamma", { anchor: side ? "start" : "end", dx: 11 * (side - 1), dy: 4 });

  const right = panel(
    {
      title: `Through the ${name}`,
      xlabel: "gamma × z_norm + beta",
      ylabel: "a",
    },
    shown,
  );
  // The bars lie on their sides, at the height of their a; all examples in one would fill the width
  const output = histogram(a, [range[0], range[1] + 1e-9], 40);
  const lengths = output.shares.map((share) => (2 * share - 1) * SPREAD);
  right.bars(output.edges, lengths, "--bn-with", { base: -SPREAD, across: true });
  right.line(grid, grid.map(f), "--bn-ink", { width: 2 });
  const middle = grid.filter((value) => Math.abs(value - beta) <= gamma);
  right.line(middle, middle.map(f), "--bn-ink", { width: 4.5 });
  held.forEach((place) => right.handle(place, f(place), "--bn-ink"));
  right.legend(["share of the examples with this a"], ["--bn-with"], { above: true });
  return [left, right];
}

export default { render: live({ compute, draw }) };
