// Making elements of the page.

function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

let created = 0; // names within one page: radio groups and clip paths must not share them
const newName = (what) => `bn-${what}-${Date.now().toString(36)}-${created++}`;
