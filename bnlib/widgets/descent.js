// Gradient descent on a least-squares cost in two weights, from the bowl's Hessian.

const MOST_STEPS = 300;
const SHOWN_STEPS = 60;
const GOAL = 1e-3; // of the cost above the minimum at the start
const GIVEN_UP = 1e6;

/** The symmetric matrix [[a, b], [b, c]]: its product with a vector, and its eigenvectors. */
const times = ([a, b, c], [u, v]) => [a * u + b * v, b * u + c * v];
function eigen([a, b, c]) {
  const middle = (a + c) / 2;
  const apart = Math.hypot((a - c) / 2, b);
  const angle = Math.atan2(2 * b, a - c) / 2; // of the steepest direction
  return { largest: middle + apart, smallest: middle - apart, angle };
}

/**
 * The box around every path at a stable rate: along each eigenvector a step multiplies the distance
 * by 1 - rate * eigenvalue, which at the largest rate is -1 in the steepest direction.
 */
function reach([dx, dy], { best, largest, smallest, angle }) {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [steep, flat] = [dx * cos + dy * sin, dy * cos - dx * sin];
  const beyond = flat * Math.min(0, 1 - (2 * smallest) / largest);
  const corners = [flat, beyond].flatMap((v) => [steep, -steep].map((u) => [u, v]));
  const xs = corners.map(([u, v]) => best[0] + u * cos - v * sin);
  const ys = corners.map(([u, v]) => best[1] + u * sin + v * cos);
  return [xs, ys].map((values) => [Math.min(...values), Math.max(...values)]);
}

export function compute({ x, y, start, learning_rate, features }) {
  const [first, second] = features === "raw" ? x : x.map((row) => normalize(row, 0).z_norm);
  const m = y.length;
  const hessian = [dot(first, first) / m, dot(first, second) / m, dot(second, second) / m];
  const slope = [dot(first, y) / m, dot(second, y) / m];
  const determinant = hessian[0] * hessian[2] - hessian[1] ** 2;
  const best = times([hessian[2], -hessian[1], hessian[0]], slope).map((v) => v / determinant);
  const { largest, smallest, angle } = eigen(hessian);
  const height = (d) => dot(d, times(hessian, d)) / 2;

  let distance = [start[0] - best[0], start[1] - best[1]];
  const path = [distance];
  const left = [1];
  while (left.length <= MOST_STEPS && left.at(-1) > GOAL && left.at(-1) < GIVEN_UP) {
    const gradient = times(hessian, distance);
    distance = distance.map((d, i) => d - learning_rate * gradient[i]);
    path.push(distance);
    left.push(height(distance) / height(path[0]));
  }
  const end = left.at(-1);
  const shape = { best, largest, smallest, angle, top: height(path[0]) };
  return {
    outcome: end <= GOAL ? "arrived" : learning_rate > 2 / largest ? "diverged" : "slow",
    Features: features[0].toUpperCase() + features.slice(1),
    condition: largest / smallest,
    limit: 2 / largest,
    steps: counted(left.length - 1, "step"),
    left: end,
    shape,
    reach: reach(path[0], shape),
    path,
    heights: left,
  };
}

function draw({ shape, reach, path, heights, limit, outcome, Features }, { learning_rate, features }) {
  const { best, largest, smallest, angle, top } = shape;
  const color = features === "raw" ? "--bn-without" : "--bn-with";
  // Both axes at one scale, so that a circle is round and steps stand at right angles on contours.
  // Room for words beside the box, and the same view at every rate: only the path moves.
  const [width, tall] = reach.map(([low, high]) => high - low);
  const unit = Math.max(width / (BOX.width - 90), tall / (BOX.height - 36), 1e-9);
  const around = ([low, high], pixels) =>
    [-1, 1].map((side) => (low + high) / 2 + (side * unit * pixels) / 2);
  const bowl = chart({
    title: `${Features} features: the path over the cost`,
    xlabel: "weight w1",
    ylabel: "weight w2",
    x: around(reach[0], BOX.width),
    y: around(reach[1], BOX.height),
  });
  const round = Array.from({ length: 73 }, (_, i) => (i * Math.PI) / 36);
  for (const level of [4, 2.25, 1, 0.5625, 0.25, 0.0625, 0.01]) {
    const along = Math.sqrt((2 * level * top) / largest);
    const across = Math.sqrt((2 * level * top) / smallest);
    const turned = round.map((t) => [along * Math.cos(t), across * Math.sin(t)]);
    bowl.line(
      turned.map(([u, v]) => best[0] + u * Math.cos(angle) - v * Math.sin(angle)),
      turned.map(([u, v]) => best[1] + u * Math.sin(angle) + v * Math.cos(angle)),
      "--bn-neutral",
      { width: 1, faint: true },
    );
  }
  const xs = path.map((d) => best[0] + d[0]);
  const ys = path.map((d) => best[1] + d[1]);
  bowl.line(xs, ys, color).points(xs, ys, color, { radius: 2.5 });
  bowl.points([best[0]], [best[1]], "--bn-ink", { radius: 4 });
  bowl.text(best[0], best[1], "minimum", { dx: 7, dy: 14 });
  const side = path[0][0] > 0 ? { dx: 7 } : { dx: -7, anchor: "end" };
  bowl.text(xs[0], ys[0], "start", { dy: 4, ...side });

  const decades = [-3, -2, -1, 0, 1, 2, 3];
  const share = learning_rate / limit;
  const fall = chart({
    title: `Cost, at ${share < 1 ? share.toFixed(2) : share.toPrecision(3)} times the largest stable rate`,
    xlabel: "step",
    ylabel: "cost above minimum (start = 1)",
    x: [0, SHOWN_STEPS],
    y: [-3.5, 3.5],
    yticks: decades.map((power) => [power, power < 0 ? (10 ** power).toFixed(-power) : 10 ** power]),
  });
  fall.line([0, SHOWN_STEPS], [-3, -3], "--bn-ink", { dashed: true, width: 1.2 });
  fall.text(SHOWN_STEPS, -3, "goal", { anchor: "end", dx: -4, dy: -5 });
  const steps = heights.map((_, i) => i);
  const logs = heights.map((h) => Math.log10(h));
  fall.line(steps, logs, color).points(steps, logs, color, { radius: 2.5 });
  const more = logs[SHOWN_STEPS + 1];
  if (outcome === "diverged") fall.text(SHOWN_STEPS / 2, 3, "diverges", { anchor: "middle" });
  else if (more < 0) fall.text(SHOWN_STEPS, more, "goes on", { anchor: "end", dx: -4, dy: -8 });
  return [bowl, fall];
}

export default { render: live({ compute, draw }) };
