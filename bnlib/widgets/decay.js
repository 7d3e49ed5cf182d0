// An exponentially weighted average of noisy values: its noise, its lag, its start at zero.

const EARLY = 10;
const WINDOWS = [1, 2, 5, 10, 20, 50, 100];

function averagesOf(series, decay, start) {
  let [average, weight] = [0, 0];
  return series.map((value) => {
    average = decay * average + (1 - decay) * value;
    weight = decay * weight + (1 - decay);
    return start === "corrected" ? average / weight : average;
  });
}

const minus = (a, b) => a.map((value, i) => value - b[i]);

/** The root mean square over the second half. */
function later(error) {
  const half = error.slice(Math.floor(error.length / 2));
  return Math.sqrt(dot(half, half) / half.length);
}

export function compute({ measured, truth, decay, start }) {
  const average = averagesOf(measured, decay, start);
  const lag = minus(averagesOf(truth, decay, start), truth);
  const off = minus(average, truth);
  return {
    outcome: start,
    window: counted(Math.floor(1 / (1 - decay) + 0.5), "value"),
    noise: later(minus(off, lag)),
    lag: later(lag),
    error: later(off),
    single: later(minus(measured, truth)),
    early: average[EARLY - 1],
    truth_early: truth[EARLY - 1],
    average,
  };
}

function draw({ average, noise, lag, error, single }, { measured, truth, decay, start }) {
  const steps = measured.map((_, i) => i + 1);
  const all = [0, ...measured, ...truth];
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const left = chart({
    title: "The values and their average",
    xlabel: "step (dots: values, dashed: what they scatter around)",
    ylabel: "value",
    x: [0, steps.length + 1],
    y: [low - 0.05 * (high - low), high + 0.05 * (high - low)],
  });
  left.points(steps, measured, "--bn-neutral", { radius: 1.6 });
  left.line(steps, truth, "--bn-ink", { dashed: true, width: 1.2 });
  left.line(steps, average, "--bn-test", { width: 2.4 });

  const log = Math.log10;
  const windows = Array.from({ length: 41 }, (_, i) => 100 ** (i / 40));
  const found = windows.map((wide) => compute({ measured, truth, decay: 1 - 1 / wide, start }));
  const most = Math.max(single, ...found.map((numbers) => numbers.lag));
  const right = chart({
    title: "How far off it is, later on",
    xlabel: "window 1 / (1 - decay)",
    ylabel: "typical distance from the truth",
    x: [0, 2],
    y: [0, 1.08 * most],
    xticks: WINDOWS.map((wide) => [log(wide), String(wide)]),
  });
  const parts = [
    ["noise", "--bn-sky", noise],
    ["lag", "--bn-orange", lag],
    ["error", "--bn-test", error],
  ];
  for (const [name, color, now] of parts) {
    right.line(windows.map(log), found.map((numbers) => numbers[name]), color);
    right.handle(-log(1 - decay), now, color);
  }
  right.drag = (x) => ({ decay: 1 - 1 / 10 ** Math.max(0, x) });
  right.legend(["noise", "lag and start", "in all"], parts.map(([, color]) => color), { above: true });
  return [left, right];
}

export default { render: live({ compute, draw }) };
