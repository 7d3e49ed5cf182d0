// A small chart as SVG text: axes with names, and marks drawn in the units of its axes.

const SIZE = { width: 384, height: 276 };
const BOX = { left: 58, top: 34, width: 316, height: 194 };
const escape = (text) => String(text).replace(/&/g, "&amp;").replace(/</g, "&lt;");

/** About five round numbers within [low, high]. */
function ticks([low, high]) {
  const rough = (high - low) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((k) => k * power).find((s) => s >= rough * 0.8);
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.floor(high / step + 1e-9) - first + 1;
  return Array.from({ length: count }, (_, i) => Number(((first + i) * step).toPrecision(6)));
}

/**
 * An empty chart over x = [low, high] and y = [low, high]. `xticks` and `yticks`, lists of
 * [value, text], replace the round numbers. A mark's `color` is the name of a CSS variable.
 */
function chart({ title, xlabel, ylabel, x, y, xticks, yticks }) {
  const px = (value) => BOX.left + ((value - x[0]) / (x[1] - x[0])) * BOX.width;
  const py = (value) => BOX.top + (1 - (value - y[0]) / (y[1] - y[0])) * BOX.height;
  // Far outside the frame (a diverging path) SVG coordinates lose their precision
  const near = (value) => Math.max(-1e4, Math.min(1e4, value)).toFixed(1);
  const at = (xs, ys) => xs.map((value, i) => `${near(px(value))},${near(py(ys[i]))}`).join(" ");
  const bottom = BOX.top + BOX.height;
  const right = BOX.left + BOX.width;
  const marks = [];
  const words = [];

  const withText = (values) => values.map((value) => [value, String(value)]);
  for (const [value, text] of xticks ?? withText(ticks(x))) {
    marks.push(`<path class="grid" d="M${px(value)} ${BOX.top}V${bottom}"/>`);
    words.push(`<text x="${px(value)}" y="${bottom + 16}" text-anchor="middle">${text}</text>`);
  }
  for (const [value, text] of yticks ?? withText(ticks(y))) {
    marks.push(`<path class="grid" d="M${BOX.left} ${py(value)}H${right}"/>`);
    words.push(`<text x="${BOX.left - 6}" y="${py(value) + 4}" text-anchor="end">${text}</text>`);
  }

  const self = {
    title,
    role: "img",
    /**
     * What a drag in this chart sets, values of controls by name: from a place in its own units, and
     * from where it began, which is the controls' values then and that place as x and y.
     */
    drag: null,
    /** A place in the picture, in its own pixels, in the units of the axes. */
    valuesAt(left, top) {
      const [right_share, up_share] = [(left - BOX.left) / BOX.width, 1 - (top - BOX.top) / BOX.height];
      return [x[0] + right_share * (x[1] - x[0]), y[0] + up_share * (y[1] - y[0])];
    },
    /**
     * Bars from `base` to each height, between neighbouring edges; or `across`, along the x axis.
     * The highest that goes on above the frame says how high it is.
     */
    bars(edges, heights, color, { base = 0, faint = false, across = false } = {}) {
      const corner = (edge, height) => (across ? [px(height), py(edge)] : [px(edge), py(height)]);
      const outlines = heights.map((height, i) => {
        if (height === base) return "";
        const [[x0, y0], [x1, y1]] = [corner(edges[i], base), corner(edges[i + 1], height)];
        const gap = across ? [0, -0.3] : [0.3, 0];
        const [left, top, right, foot] = [x0 + gap[0], y0 + gap[1], x1 - gap[0], y1 - gap[1]];
        return `M${near(left)} ${near(top)}H${near(right)}V${near(foot)}H${near(left)}z`;
      });
      marks.push(
        `<path d="${outlines.join("")}" fill="var(${color})" opacity="${faint ? 0.35 : 0.95}"/>`,
      );
      const highest = Math.max(...heights);
      if (!across && highest > y[1]) {
        const beside = edges[heights.indexOf(highest) + 1];
        self.text(beside, y[1], `▲ ${highest.toFixed(2)}`, { dx: 4, dy: 12 });
      }
      return self;
    },
    line(xs, ys, color, { dashed = false, width = 1.8, faint = false } = {}) {
      marks.push(
        `<polyline points="${at(xs, ys)}" fill="none" stroke="var(${color})" opacity="${faint ? 0.45 : 1}"` +
          ` stroke-width="${width}" ${dashed ? 'stroke-dasharray="5 4"' : ""}/>`,
      );
      return self;
    },
    /** Discs or squares, or else a `shape`: an SVG path about as large as a disc of radius 1. */
    points(xs, ys, color, { radius = 3, shape, square = false, opacity = 1 } = {}) {
      const places = xs.map((value, i) => [near(px(value)), near(py(ys[i]))]);
      if (shape) {
        const one = ([cx, cy]) => `<path transform="translate(${cx} ${cy}) scale(${radius})" d="${shape}"/>`;
        marks.push(`<g fill="var(${color})">${places.map(one).join("")}</g>`);
        return self;
      }
      // Ends of lines of no length: one element for all of them is drawn much sooner than many
      const ends = places.map(([cx, cy]) => `M${cx} ${cy}h0`).join("");
      marks.push(
        `<path d="${ends}" stroke="var(${color})" stroke-width="${2 * radius}" opacity="${opacity}"` +
          ` stroke-linecap="${square ? "square" : "round"}"/>`,
      );
      return self;
    },
    /** A point to be taken hold of, with room for a finger around it. */
    handle(at_x, at_y, color) {
      words.push(
        `<g class="handle" transform="translate(${near(px(at_x))} ${near(py(at_y))})">` +
          `<circle r="15" opacity="0"/><circle r="6.5" fill="var(${color})"/></g>`,
      );
      return self;
    },
    /**
     * A part of the chart as a button, from its upper left corner in units of the axes: the keyboard
     * does there what a click in its middle does.
     */
    button(at_x, at_y, width, height, label) {
      const [left, top] = [px(at_x), py(at_y)];
      const [wide, tall] = [px(at_x + width) - left, py(at_y - height) - top];
      const middle = `data-x="${at_x + width / 2}" data-y="${at_y - height / 2}"`;
      words.push(
        `<rect class="button" role="button" tabindex="0" aria-label="${escape(label)}" ${middle}` +
          ` x="${near(left + 1)}" y="${near(top + 1)}" width="${near(wide - 2)}" height="${near(tall - 2)}" rx="3"/>`,
      );
      self.role = "figure"; // an image has no parts
      return self;
    },
    /** A vertical arrow at x, from one height to another. */
    arrow(at_x, from, to, color) {
      const [cx, start, end] = [px(at_x), py(from), py(to)];
      const head = Math.sign(end - start) * Math.min(6, Math.abs(end - start));
      marks.push(
        `<path d="M${cx} ${start}V${end}M${cx - 4} ${end - head}L${cx} ${end}L${cx + 4} ${end - head}"` +
          ` fill="none" stroke="var(${color})" stroke-width="2"/>`,
      );
      return self;
    },
    /** A shaded stretch of the x axis, or of the y axis. */
    shade([low, high], { axis = "x" } = {}) {
      const [a, b] = axis === "x" ? [px(low), px(high)] : [py(high), py(low)];
      const area =
        axis === "x"
          ? `x="${near(a)}" width="${near(b - a)}" y="${BOX.top}" height="${BOX.height}"`
          : `y="${near(a)}" height="${near(b - a)}" x="${BOX.left}" width="${BOX.width}"`;
      marks.unshift(`<rect class="shade" ${area}/>`);
      return self;
    },
    text(at_x, at_y, text, { anchor = "start", dx = 0, dy = 0 } = {}) {
      const place = `x="${near(px(at_x) + dx)}" y="${near(py(at_y) + dy)}"`;
      words.push(`<text class="note" ${place} text-anchor="${anchor}">${escape(text)}</text>`);
      return self;
    },
    /**
     * Names beside samples of their colours, in the upper right corner; or in a row above the frame,
     * where marks may reach that corner.
     */
    legend(names, colors, { above = false } = {}) {
      if (above) {
        const row = names.map(
          (name, i) =>
            `<tspan dx="${i && 14}" fill="var(${colors[i]})">■</tspan><tspan dx="4">${escape(name)}</tspan>`,
        );
        words.push(`<text class="note" x="${BOX.left}" y="${BOX.top - 4}">${row.join("")}</text>`);
        return self;
      }
      names.forEach((name, i) => {
        const top = BOX.top + 5 + 15 * i;
        words.push(
          `<rect x="${right - 12}" y="${top}" width="10" height="10" fill="var(${colors[i]})"/>` +
            `<text class="note" x="${right - 17}" y="${top + 9}" text-anchor="end">${escape(name)}</text>`,
        );
      });
      return self;
    },
    svg(clip) {
      const frame = `x="${BOX.left}" y="${BOX.top}" width="${BOX.width}" height="${BOX.height}"`;
      return (
        `<clipPath id="${clip}"><rect ${frame}/></clipPath>` +
        `<text class="title" x="4" y="16">${escape(title)}</text>` +
        `<g clip-path="url(#${clip})">${marks.join("")}</g>` +
        (xticks?.length === 0 ? "" : `<path class="axis" d="M${BOX.left} ${BOX.top}V${bottom}H${right}"/>`) +
        words.join("") +
        `<text class="name" x="${BOX.left + BOX.width / 2}" y="${SIZE.height - 8}" text-anchor="middle">${escape(xlabel)}</text>` +
        `<text class="name" transform="translate(13 ${BOX.top + BOX.height / 2}) rotate(-90)" text-anchor="middle">${escape(ylabel)}</text>`
      );
    },
  };
  return self;
}
