// Widgets without a kernel: each anywidget's script gets a model that holds its traits in the page.

class Model {
  constructor(traits) {
    this.traits = traits;
    this.listeners = [];
  }
  get(name) {
    return this.traits[name];
  }
  set(name, value) {
    this.traits[name] = value;
    for (const [event, listener] of [...this.listeners]) if (event === `change:${name}`) listener();
  }
  save_changes() {} // there is no kernel to tell
  on(event, listener) {
    this.listeners.push([event, listener]);
  }
  off(event, listener) {
    this.listeners = this.listeners.filter(([e, l]) => e !== event || l !== listener);
  }
}

const modules = {};
/** Of a script in the page, as a module; by a blob, since pages opened as files may not import. */
function moduleOf(digest) {
  modules[digest] ??= (async () => {
    const source = JSON.parse(document.getElementById(`script-${digest}`).textContent);
    const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    return (await import(address)).default;
  })();
  return modules[digest];
}

for (const place of document.querySelectorAll(".bn-widget")) {
  const model = new Model(JSON.parse(place.querySelector(".bn-traits").textContent));
  moduleOf(place.dataset.script).then(({ render }) => {
    const el = document.createElement("div");
    render({ model, el });
    place.querySelector(".bn-words").replaceWith(el);
    place.dataset.live = "";
  });
}
