// Softmax at a temperature: the probabilities of one point, and where in the plane a class is sure.

const REACH = 3.5;
const CELLS = [48, 30];
const SURE = 0.9;
const COLORS = ["--bn-purple", "--bn-orange", "--bn-sky", "--bn-neutral"];
const SHAPES = [undefined, "M-1 -1H1V1H-1Z", "M0 -1.4L1.4 0L0 1.4L-1.4 0Z", "M0 -1.3L1.3 1H-1.3Z"];
const GLYPHS = ["●", "■", "◆", "▲"]; // the same as text

const logits = (layers, x) =>
  layers.reduce((a, { w, b }, number) => {
    const input = number ? a.map((value) => Math.max(value, 0)) : a;
    return w.map((row, i) => dot(row, input) + b[i]);
  }, x);

function softmax(z, temperature) {
  const largest = Math.max(...z);
  const e = z.map((value) => Math.exp((value - largest) / temperature));
  const total = sum(e);
  return e.map((value) => value / total);
}

const middle = (i, count) => ((i + 0.5) / count) * 2 * REACH - REACH;

export function compute({ classifiers, classifier, temperature, x1, x2 }) {
  const layers = classifiers[classifier];
  const p = softmax(logits(layers, [x1, x2]), temperature);
  const plane = Array.from({ length: CELLS[1] }, (_, row) =>
    Array.from({ length: CELLS[0] }, (_, column) =>
      logits(layers, [middle(column, CELLS[0]), middle(row, CELLS[1])]),
    ),
  );
  const highest = plane.map((row) => row.map((z) => Math.max(...softmax(z, temperature))));
  return {
    winner: p.indexOf(Math.max(...p)),
    p: Math.max(...p),
    sure: percent(highest.flat(), (value) => value >= SURE),
    probabilities: p,
    plane,
    highest,
  };
}

const winnerOf = (z) => z.indexOf(Math.max(...z));

/** Where two neighbouring places have different winners: the point where their logits are equal. */
function boundary(plane) {
  const xs = [];
  const ys = [];
  const between = (a, b, from, to) => {
    const [i, j] = [winnerOf(a), winnerOf(b)];
    if (i === j) return;
    const [lead, lost] = [a[i] - a[j], b[j] - b[i]];
    const share = lead / (lead + lost);
    xs.push(from[0] + share * (to[0] - from[0]));
    ys.push(from[1] + share * (to[1] - from[1]));
  };
  plane.forEach((row, r) =>
    row.forEach((z, c) => {
      const here = [middle(c, CELLS[0]), middle(r, CELLS[1])];
      if (c + 1 < row.length) between(z, row[c + 1], here, [middle(c + 1, CELLS[0]), here[1]]);
      if (r + 1 < plane.length) between(z, plane[r + 1][c], here, [here[0], middle(r + 1, CELLS[1])]);
    }),
  );
  return [xs, ys];
}

/** Of each class that wins somewhere: its name, and the place it wins most clearly, off the rim. */
function names(plane) {
  const best = [];
  plane.slice(2, -2).forEach((row, r) =>
    row.slice(4, -4).forEach((z, c) => {
      const k = winnerOf(z);
      const lead = z[k] - Math.max(...z.filter((_, i) => i !== k));
      if (lead > (best[k]?.lead ?? 0)) {
        best[k] = { lead, x: middle(c + 4, CELLS[0]), y: middle(r + 2, CELLS[1]) };
      }
    }),
  );
  return best.map(({ x, y }, k) => [x, y, `${GLYPHS[k]} ${k}`]).filter(Boolean);
}

function draw({ probabilities, plane, highest }, { points, labels, temperature, x1, x2 }) {
  const left = chart({
    title: "Coloured: a class has a probability of 0.9 or more",
    xlabel: "x1",
    ylabel: "x2",
    x: [-REACH, REACH],
    y: [-REACH, REACH],
  });
  const [wide, tall] = CELLS.map((count) => (2 * REACH) / count);
  plane.forEach((row, r) => {
    const color = row.map((z, c) => (highest[r][c] >= SURE ? winnerOf(z) : -1));
    const low = middle(r, CELLS[1]) - tall / 2;
    for (let start = 0; start < color.length; ) {
      let end = start;
      while (end < color.length && color[end] === color[start]) end++;
      const edges = [start, end].map((c) => c * wide - REACH);
      if (color[start] >= 0) {
        left.bars(edges, [low + tall], COLORS[color[start]], { base: low, faint: true });
      }
      start = end;
    }
  });
  COLORS.forEach((color, k) => {
    const own = labels.map((label, i) => (label === k ? i : -1)).filter((i) => i >= 0);
    const at = (axis) => own.map((i) => points[axis][i]);
    left.points(at(0), at(1), color, { radius: 2.2, shape: SHAPES[k] });
  });
  left.points(...boundary(plane), "--bn-ink", { radius: 1.1 });
  for (const [x, y, name] of names(plane)) left.text(x, y, name, { anchor: "middle", dy: 4 });
  left.handle(x1, x2, "--bn-ink");
  left.text(x1, x2, "the point", { dx: 10, dy: 4 });
  left.drag = (x, y) => ({ x1: x, x2: y });

  const count = probabilities.length;
  const right = chart({
    title: `The point's probabilities at T = ${temperature.toFixed(2)}`,
    xlabel: "class",
    ylabel: "probability",
    x: [-0.5, count - 0.5],
    y: [0, 1.08],
    xticks: probabilities.map((_, k) => [k, `${GLYPHS[k]} ${k}`]),
    yticks: [0, 0.25, 0.5, 0.75, 1].map((value) => [value, String(value)]),
  });
  probabilities.forEach((p, k) => {
    right.bars([k - 0.3, k + 0.3], [p], COLORS[k]);
    right.text(k, p, p.toFixed(2), { anchor: "middle", dy: -5 });
  });
  return [left, right];
}

export default { render: live({ compute, draw }) };
