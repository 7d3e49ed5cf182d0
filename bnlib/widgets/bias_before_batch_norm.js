// A bias b before batch norm, and beta after it: their effect on one unit's output and its cost.

const REACH = 10; // the values shown: -10 to 10
const LIMIT = 0.3; // and the largest share in one bar

export function compute({ z, target, b, beta, normalization }) {
  const z_batch = z.map((value) => value + b);
  const { mu, std, z_norm } = normalize(z_batch);
  const normalized = normalization === "batch norm";
  const z_tilde = (normalized ? z_norm : z_batch).map((value) => value + beta);
  const error = z_tilde.map((value) => value - target);
  const g = error.map((value) => value / error.length);
  const projection = dot(g, z_norm) / g.length;
  const through = g.map((value, i) => (value - mean(g) - z_norm[i] * projection) / std);
  return {
    outcome: normalization,
    mean_z: mu,
    mean: mean(z_tilde),
    cost: dot(error, error) / error.length / 2,
    db: sum(normalized ? through : g),
    dbeta: sum(g),
    z_batch,
    z_tilde,
  };
}

function draw({ z_batch, z_tilde, mean_z, mean }, { target, normalization }) {
  const over = [-REACH, REACH];
  const color = normalization === "batch norm" ? "--bn-with" : "--bn-without";
  const panel = (title, xlabel, values, middle, bars) => {
    const { edges, shares } = histogram(values, over, 50);
    const drawn = chart({ title, xlabel, ylabel: "share of the examples", x: over, y: [0, LIMIT] });
    drawn.bars(edges, shares, bars);
    drawn.line([middle, middle], [0, LIMIT], "--bn-ink", { width: 1.2 });
    drawn.text(middle, LIMIT, "mean", { dx: 4, dy: 12 });
    drawn.handle(middle, LIMIT / 2, "--bn-ink");
    return drawn;
  };
  const before = panel("What b moves", "z = wx + b", z_batch, mean_z, "--bn-neutral");
  before.drag = (x, _, from) => ({ b: from.b + x - from.x });
  const after = panel("What beta moves", "z_tilde", z_tilde, mean, color);
  after.drag = (x, _, from) => ({ beta: from.beta + x - from.x });
  after.line([target, target], [0, LIMIT], "--bn-ink", { dashed: true, width: 1.2 });
  after.text(target, LIMIT, "target", { dx: 4, dy: 28 });
  return [before, after];
}

export default { render: live({ compute, draw }) };
