// Sphinx's search, with headings that hold the words first, and excerpts from the text alone.

const NOT_TEXT =
  ".bd-header-article, #jb-print-docs-body, .bn-elsewhere, .katex-mathml, .toctree-wrapper, .bn-words";

/** Whether a heading is the front page's entry of another page. */
const isEntry = (title, ofPage) => !ofPage && Search._index.titles.includes(title);

/** The headings with the query in them, best last, as Sphinx's results are. */
function headings(query) {
  const { alltitles, titles, docnames, filenames } = Search._index;
  const words = query.toLowerCase().trim();
  const found = [];
  for (const [title, places] of words ? Object.entries(alltitles) : []) {
    const at = title.toLowerCase().indexOf(words);
    if (at < 0) continue;
    for (const [file, id] of places) {
      const ofPage = titles[file] === title;
      if (isEntry(title, ofPage)) continue;
      const score = 100 + Math.round((100 * words.length) / title.length) + (ofPage ? 50 : 0);
      const name = ofPage ? title : `${titles[file]} > ${title}`;
      const anchor = id === null ? "" : `#${id}`;
      found.push([docnames[file], name, anchor, null, score, filenames[file], "title"]);
    }
  }
  return found.sort((a, b) => a[4] - b[4]);
}

if (typeof Search !== "undefined") {
  const { _performSearch: inText, htmlToText: everything } = Search;
  Search._performSearch = (query, ...terms) => {
    const first = headings(query);
    const place = (result) => result[0] + result[2];
    const listed = new Set(first.map(place));
    const others = inText(query, ...terms).filter(
      (result) => !listed.has(place(result)) && !isEntry(result[1].split(" > ").at(-1), !result[2]),
    );
    return [...others, ...first];
  };
  Search.htmlToText = (text, anchor) => {
    const page = new DOMParser().parseFromString(text, "text/html");
    for (const part of page.querySelectorAll(NOT_TEXT)) part.remove();
    return everything(page.documentElement.outerHTML, anchor);
  };
}
