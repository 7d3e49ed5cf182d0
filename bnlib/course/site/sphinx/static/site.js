// What is wider than the page scrolls by itself, and whoever scrolls with the keyboard must get there.

const WIDE = "pre, .bn-formula, .bn-paper, .output.text_html, .pst-scrollable-table-container";

function reachable() {
  for (const box of document.querySelectorAll(WIDE)) {
    const scrolls = box.scrollWidth > box.clientWidth + 1;
    if (scrolls) box.setAttribute("tabindex", "0");
    else box.removeAttribute("tabindex");
    box.classList.toggle("bn-scrolls", scrolls);
  }
}

addEventListener("load", reachable);
addEventListener("resize", reachable);
for (const folded of document.querySelectorAll("details")) folded.addEventListener("toggle", reachable);

// The button says "Search Ctrl+K" and is called "Search": to whoever speaks to it, it is what it says.
for (const button of document.querySelectorAll(".search-button-field")) button.removeAttribute("aria-label");

// The course's name above the search stands in no landmark of the theme's.
const home = document.querySelector(".sidebar-primary-item:has(.navbar-brand)");
home?.setAttribute("role", "navigation");
home?.setAttribute("aria-label", "Front page");

// The theme's menu stays open after a choice, and a tooltip lies on its entries.
for (const menu of document.querySelectorAll(".theme-switch-container")) {
  menu.removeAttribute("data-bs-toggle");
  menu.removeAttribute("title");
  const button = menu.querySelector(".theme-switch-button");
  for (const choice of menu.querySelectorAll(".theme-change-button"))
    choice.addEventListener("click", () =>
      setTimeout(() => {
        if (button.classList.contains("show")) button.click();
        button.focus();
      }),
    );
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

// The contents mark the last heading that has come to the upper part of the window.
{
  const entries = [...document.querySelectorAll(".bn-contents a")];
  const headings = entries.map((entry) => document.getElementById(decodeURIComponent(entry.hash.slice(1))));
  function mark() {
    const above = headings.findLastIndex((heading) => heading?.getBoundingClientRect().top < innerHeight / 4);
    entries.forEach((entry, i) => {
      if (i === above) entry.setAttribute("aria-current", "location");
      else entry.removeAttribute("aria-current");
    });
  }
  if (entries.length) {
    let asked = 0;
    addEventListener("scroll", () => (asked ||= requestAnimationFrame(() => ((asked = 0), mark()))), { passive: true });
    addEventListener("load", mark);
  }
}
