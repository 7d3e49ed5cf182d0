// The search: sections that hold every word, first those with the words in their heading.
{
  const AROUND = 90; // letters of an excerpt on either side
  const asked = (new URLSearchParams(location.search).get("q") ?? "").trim();
  const query = asked.toLowerCase();
  const words = query.split(/\s+/).filter(Boolean);
  const place = document.getElementById("search-results");
  for (const field of document.querySelectorAll("input[name=q]")) field.value = asked;

  const add = (parent, tag, text, attributes = {}) => {
    const made = Object.assign(document.createElement(tag), attributes);
    made.textContent = text;
    parent.append(made);
    return made;
  };

  function found([file, page, id, heading, text]) {
    const name = heading === page ? page : `${page} > ${heading}`;
    const all = `${heading} ${text}`.toLowerCase();
    if (!words.every((word) => all.includes(word))) return [];
    const titled = 2 * name.toLowerCase().includes(query) + heading.toLowerCase().includes(query);
    const often = words.reduce((sum, word) => sum + all.split(word).length - 1, 0);
    return [{ name, address: id ? `${file}#${id}` : file, text, titled, often }];
  }

  function excerpt(text) {
    const at = Math.max(0, text.toLowerCase().indexOf(words[0]));
    const from = Math.max(0, at - AROUND);
    const cut = text.slice(from, at + AROUND + words[0].length);
    return (from ? "… " : "") + cut + (from + cut.length < text.length ? " …" : "");
  }

  if (words.length) {
    const results = bnIndex.flatMap(found).sort((a, b) => b.titled - a.titled || b.often - a.often);
    const count = results.length === 1 ? "1 section has" : `${results.length} sections have`;
    add(place, "p", results.length ? `${count} “${asked}”.` : `Nothing here has “${asked}”.`, { className: "search-summary" });
    const list = add(place, "ul", "");
    for (const { name, address, text } of results) {
      const item = add(list, "li", "");
      add(item, "a", name, { href: address });
      add(item, "p", excerpt(text), { className: "context" });
    }
  }
}
