// The arithmetic that the pictures share. Every function is pure.

const EPS = 1e-5;

const sum = (values) => values.reduce((total, value) => total + value, 0);
const mean = (values) => sum(values) / values.length;
const dot = (a, b) => sum(a.map((value, i) => value * b[i]));

/** Mean, variance, standard deviation (of var + eps) and the normalized values of one unit. */
function normalize(z, eps = EPS) {
  const mu = mean(z);
  const variance = mean(z.map((value) => (value - mu) ** 2));
  const std = Math.sqrt(variance + eps);
  return { mu, variance, std, z_norm: z.map((value) => (value - mu) / std) };
}

/** How many of a hundred values pass `test`, rounded half up. */
const percent = (values, test) =>
  Math.floor((100 * values.filter(test).length) / values.length + 0.5);

/** A number with what it counts, an English word whose plural ends in s. */
const counted = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;

/** The share of the values in each of `bins` equal bins over [low, high]; the rest is left out. */
function histogram(values, [low, high], bins) {
  const shares = new Array(bins).fill(0);
  for (const value of values) {
    const bin = Math.floor(((value - low) / (high - low)) * bins);
    if (bin >= 0 && bin < bins) shares[bin] += 1 / values.length;
  }
  const edges = shares.map((_, i) => low + ((high - low) * i) / bins);
  return { edges: [...edges, high], shares };
}
