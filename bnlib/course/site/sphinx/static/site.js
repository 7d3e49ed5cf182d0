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
