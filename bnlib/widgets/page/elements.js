// Making elements of the page.

function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

/** Lumino, under JupyterLab and Notebook, takes the arrow keys from a control without this. */
const OWN_KEYS = { "data-lm-suppress-shortcuts": "true" };

let created = 0; // names within one page: radio groups and clip paths must not share them
const newName = (what) => `bn-${what}-${Date.now().toString(36)}-${created++}`;
