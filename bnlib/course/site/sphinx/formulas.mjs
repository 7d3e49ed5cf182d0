// Sets the formulas of all pages in a folder: node formulas.mjs FOLDER KATEX
// KaTeX gives both what is seen (HTML) and what is read aloud (MathML), so pages need no script.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, katexFolder] = process.argv.slice(2);
const { default: katex } = await import(pathToFileURL(join(katexFolder, "dist", "katex.mjs")));
const plain = (text) =>
  text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&quot;/g, '"').replace(/&amp;/g, "&");

let count = 0;
for (const name of readdirSync(folder).filter((file) => file.endsWith(".html"))) {
  const page = readFileSync(join(folder, name), "utf-8");
  const set = page.replace(/<(span|div) class="bn-tex">([\s\S]*?)<\/\1>/g, (_, tag, text) => {
    count += 1;
    const options = { displayMode: tag === "div", output: "htmlAndMathml", strict: "ignore" };
    try {
      return `<${tag} class="bn-formula">${katex.renderToString(plain(text), options)}</${tag}>`;
    } catch (error) {
      console.error(`${name}: ${error.message}`);
      process.exit(1);
    }
  });
  if (set !== page) writeFileSync(join(folder, name), set);
}
console.log(count);
