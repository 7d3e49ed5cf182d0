// What is wider than the page scrolls by itself, and whoever scrolls with the keyboard must get there.

const WIDE = "pre, .bn-formula, .output.text_html, .pst-scrollable-table-container";

// An observer and no loop over all: asking for a width lays out what the page has not come to yet.
const sizes = new ResizeObserver((seen) => {
  const found = seen.map(({ target: box }) => [box, box.scrollWidth > box.clientWidth + 1]);
  for (const [box, scrolls] of found) {
    if (scrolls) box.setAttribute("tabindex", "0");
    else box.removeAttribute("tabindex");
  }
});
const measure = () => {
  for (const box of document.querySelectorAll(WIDE)) {
    sizes.unobserve(box);
    sizes.observe(box);
  }
};
measure();
// A face that comes late makes a line longer, and its box no wider.
document.fonts.addEventListener("loadingdone", measure);

// The button says "Search Ctrl+K" and is called "Search": to whoever speaks to it, it is what it says.
for (const button of document.querySelectorAll(".search-button-field")) button.removeAttribute("aria-label");

// The theme leaves the names of its buttons to tooltips.
for (const button of document.querySelectorAll("button.sidebar-toggle")) button.setAttribute("aria-label", button.title);

// The course's name above the search stands in no landmark of the theme's.
const home = document.querySelector(".sidebar-primary-item:has(.navbar-brand)");
home?.setAttribute("role", "navigation");
home?.setAttribute("aria-label", "Front page");

// The menu of colours: opens by its button; closes by a choice, Escape, and a click or focus elsewhere.
for (const menu of document.querySelectorAll(".theme-switch-container")) {
  menu.removeAttribute("title"); // it would lie on the entries
  const button = menu.querySelector(".theme-switch-button");
  const list = menu.querySelector(".dropdown-menu");
  const open = (is) => {
    list.classList.toggle("show", is);
    button.setAttribute("aria-expanded", is);
  };
  const leave = () => (open(false), button.focus());
  open(false);
  button.addEventListener("click", () => open(!list.classList.contains("show")));
  list.addEventListener("click", leave);
  // On the document: after a click of the mouse the theme takes the focus from the button.
  document.addEventListener("keydown", ({ key }) => key === "Escape" && list.classList.contains("show") && leave());
  menu.addEventListener("focusout", ({ relatedTarget: to }) => to && !menu.contains(to) && open(false));
  document.addEventListener("click", ({ target }) => menu.contains(target) || open(false));
}

for (const code of document.querySelectorAll(".bd-article .highlight")) {
  const button = document.createElement("button");
  button.className = "bn-copy";
  button.type = "button";
  button.textContent = "Copy";
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(code.querySelector("pre").textContent.trimEnd());
    button.textContent = "Copied";
    setTimeout(() => (button.textContent = "Copy"), 1500);
  });
  code.append(button);
}

// The contents mark the last heading that has come to the upper part of the window. Only the section
// there is asked for its headings' places: the others may not be laid out.
{
  const entries = [...document.querySelectorAll(".bn-contents a")];
  const headingOf = (entry) => document.getElementById(decodeURIComponent(entry.hash.slice(1)));
  const sections = document.querySelectorAll(".bd-article > section > section");
  const above = (place) => place?.getBoundingClientRect().top < innerHeight / 4;
  function mark() {
    const here = [...sections].findLast(above);
    const current = entries.findLast((entry) => here?.contains(headingOf(entry)) && above(headingOf(entry)));
    for (const entry of entries)
      if (entry === current) entry.setAttribute("aria-current", "location");
      else entry.removeAttribute("aria-current");
  }
  if (entries.length) {
    let asked = 0;
    addEventListener("scroll", () => (asked ||= requestAnimationFrame(() => ((asked = 0), mark()))), { passive: true });
    addEventListener("load", mark);
  }
}

// What is far away is laid out when one comes near, and seldom as high as was assumed. So a place is
// told by what stands there and not by a height, and held there until it is still or the reader moves.
{
  const STILL = 30; // frames
  const KEY = `bn-place-${location.pathname}`;
  const sections = [...document.querySelectorAll(".bd-article > section > section")];
  const blocks = [...document.querySelectorAll(".bd-article section > *:not(section)")];
  const top = parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 0;

  function hold(place, offset) {
    const moved = new AbortController();
    for (const act of ["wheel", "touchstart", "pointerdown", "keydown", "hashchange"])
      addEventListener(act, () => moved.abort(), { passive: true, signal: moved.signal });
    let still = 0;
    (function frame() {
      if (moved.signal.aborted || still > STILL) return;
      const before = scrollY;
      if (Math.abs(place.getBoundingClientRect().top - offset) > 1) {
        place.scrollIntoView({ behavior: "instant" }); // lays out what it is part of
        scrollBy({ top: place.getBoundingClientRect().top - offset, behavior: "instant" });
      }
      still = scrollY === before ? still + 1 : 0;
      requestAnimationFrame(frame);
    })();
  }
  function follow() {
    const place = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (place) hold(place, top);
  }

  addEventListener("hashchange", follow);
  addEventListener("pagehide", () => {
    const box = (place) => place.getBoundingClientRect();
    const section = sections.findLast((place) => box(place).top < top); // others may not be laid out
    const here = blocks.findIndex((block) => section?.contains(block) && box(block).bottom > top);
    try {
      sessionStorage.setItem(KEY, JSON.stringify(here < 0 ? [] : [here, box(blocks[here]).top]));
    } catch {
      // A browser may refuse; then a page loaded anew is where the browser puts it.
    }
  });
  if (performance.getEntriesByType("navigation")[0]?.type === "navigate") follow();
  else
    try {
      const [here, offset] = JSON.parse(sessionStorage.getItem(KEY)) ?? [];
      if (blocks[here]) hold(blocks[here], offset);
    } catch {
      // As above.
    }
}
