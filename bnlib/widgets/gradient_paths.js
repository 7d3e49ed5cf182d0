// The gradient through the normalization of one unit, path by path.

export function compute({ z, upstream, moved, z_moved, upstream_moved, statistics }) {
  const batch = z.map((value, i) => (i === moved - 1 ? z_moved : value));
  const g = upstream.map((value, i) => (i === moved - 1 ? upstream_moved : value));
  const { mu, variance, std, z_norm } = normalize(batch);
  const direct = g.map((value) => value / std);
  const through_mu = g.map(() => -mean(g) / std);
  const projection = dot(g, z_norm) / g.length;
  const through_var = z_norm.map((value) => (-value * projection) / std);
  const whole = statistics === "depend";
  const dz = direct.map((value, i) => (whole ? value + through_mu[i] + through_var[i] : value));
  return {
    outcome: statistics,
    direct: direct[moved - 1],
    through_mu: through_mu[moved - 1],
    through_var: through_var[moved - 1],
    total: dz[moved - 1],
    sum_dz: sum(dz),
    weighted_dz: dot(dz, z_norm),
    batch,
    mu,
    spread: Math.sqrt(variance),
    paths: [direct, through_mu, through_var],
    dz,
  };
}

/** The largest gradient of any path, wherever the example is moved: the axis that holds them all. */
function most(settings) {
  const extremes = [-6, -4, -2, -1, 0, 1, 2, 4, 6].flatMap((z_moved) =>
    [-2, 2].map((upstream_moved) => compute({ ...settings, z_moved, upstream_moved })),
  );
  return Math.max(...extremes.flatMap(({ paths, dz }) => [...paths.flat(), ...dz]).map(Math.abs));
}

function draw({ batch, mu, spread, paths, dz }, settings) {
  const { moved, statistics } = settings;
  const m = batch.length;
  const examples = batch.map((_, i) => i + 1);
  const xticks = examples.map((i) => [i, i === moved ? `▸${i}` : String(i)]);
  const x = [0.4, m + 0.6];
  const color = statistics === "depend" ? "--bn-with" : "--bn-without";
  const aside = [x[0], m + 1.5]; // room for names at the right
  const points = chart({
    title: "The batch, and where a step along -dz sends it",
    xlabel: "example (▸ the one you move)",
    ylabel: "z",
    x: aside,
    y: [-7, 7],
    xticks,
  });
  points.shade([mu - spread, mu + spread], { axis: "y" });
  points.line(aside, [mu, mu], "--bn-ink", { dashed: true, width: 1.2 });
  points.text(aside[1], mu + spread, "mu ± std", { anchor: "end", dx: -3, dy: -4 });
  examples.forEach((i) => points.arrow(i, batch[i - 1], batch[i - 1] - 2 * dz[i - 1], color));
  points.points(examples, batch, color, { radius: 4 });
  points.handle(moved, batch[moved - 1], color);
  points.drag = (_, y, from) => ({ z_moved: from.z_moved + y - from.y });

  const colors = ["--bn-sky", "--bn-orange", "--bn-purple"];
  const limit = 1.05 * most(settings);
  const split = chart({
    title: "dz of each example (dots), and its paths",
    xlabel: "example (▸ the one you move)",
    ylabel: "gradient dJ/dz",
    x,
    y: [-limit, limit],
    xticks,
  });
  paths.forEach((path, k) => {
    const faint = k > 0 && statistics === "constant";
    path.forEach((value, i) => {
      const left = i + 1 - 0.36 + 0.24 * k;
      split.bars([left, left + 0.24], [value], colors[k], { faint });
    });
  });
  split.line(x, [0, 0], "--bn-ink", { width: 1 });
  split.points(examples, dz, "--bn-ink", { radius: 3.5 });
  split.legend(["direct", "through mu", "through var"], colors, { above: true });
  return [points, split];
}

export default { render: live({ compute, draw }) };
