"""The folder that Sphinx turns into the site: pages, pictures, styles and scripts."""

from __future__ import annotations

import functools
import json
import re
import shutil
import tempfile
import tomllib
from pathlib import Path
from typing import Any

from bnlib.course.site import (
    about,
    elsewhere,
    fonts,
    front,
    links,
    narrow,
    notebook_page,
    tools,
    vendored,
)
from bnlib.records import notebooks

SPHINX = Path(__file__).parent / "sphinx"
MORE = {
    "carrying": "CARRYING.md",
    "performance": "bnlib/benchmarks/README.md",
    "teaching": "TEACHING.md",
}
"""Pages beside the notebooks, and the files they are made from, where these exist."""
CONTENTS = """
```{{toctree}}
:hidden:
:caption: {caption}

{pages}
```
"""


def write(
    root: Path,
    as_shipped: Path,
    folder: Path,
    states: dict[str, dict[str, dict[str, Any]]],
    packages: Path,
    pyodide: Path | None = None,
) -> None:
    """Write everything that Sphinx needs into a new folder.

    Args:
        root: the course's folder.
        as_shipped: a folder with the notebooks as they are shipped.
        folder: where to write.
        states: of the widgets, as `live.of_course` gives them.
        packages: npm's folder.
        pyodide: a folder with Pyodide, if pages are to check answers.

    Raises:
        ToolError: that folder lacks something; the message says what.
    """
    for_pages = vendored.files_of(pyodide, vendored.CHECKER) if pyodide else []
    python_bytes = sum(path.stat().st_size for path in for_pages)
    shutil.copytree(SPHINX / "static", folder / "static")
    for script in (folder / "static").glob("*.js"):
        smaller = minified(script.read_text(encoding="utf-8"), packages, "iife")
        script.write_text(smaller, encoding="utf-8")
    shutil.copytree(SPHINX / "templates", folder / "templates")
    shutil.copyfile(SPHINX / "conf.py", folder / "conf.py")
    look = Path(notebooks.__file__).parents[1] / "widgets" / "page" / "look.css"
    shutil.copyfile(look, folder / "static" / "look.css")
    _write_katex(packages / "katex", folder / "static" / "katex")
    fonts.write(packages, folder / "static" / "fonts")
    options = ("--format=iife", "--target=es2022", "--legal-comments=eof")
    tools.esbuild(packages, SPHINX / "editor.mjs", folder / "static" / "editor.js", *options)
    project = (root / "pyproject.toml").read_text(encoding="utf-8")
    version = tomllib.loads(project)["project"]["version"]
    repository = elsewhere.repository(root)
    by_name = {path.name: notebooks.read(path) for path in notebooks.course_notebooks(as_shipped)}
    more = {page: file for page, file in MORE.items() if (root / file).exists()}
    pages = {
        "README.md": "index.md",
        **{f"{notebooks.FOLDER}/{name}": name for name in by_name},
        **{file: f"{page}.md" for page, file in more.items()},
    }

    def with_links(text: str, file: str) -> str:
        changed, pictures = links.resolved(text, file, root, pages, repository)
        for picture in pictures:
            shutil.copyfile(picture, folder / picture.name)
        return changed

    abouts: dict[str, about.About] = {}
    small = functools.cache(functools.partial(minified, packages=packages, form="esm"))
    states = {
        name: {cell: {**of, "script": small(of["script"])} for cell, of in cells.items()}
        for name, cells in states.items()
    }
    for name, notebook in by_name.items():
        places = places_for(name, root, pyodide)
        here = functools.partial(with_links, file=f"{notebooks.FOLDER}/{name}")
        changed, pictures, moving = notebook_page.page(
            notebook,
            name,
            states[name],
            places,
            here,
            version,
            python_bytes,
            functools.partial(narrow.read, root, name),
        )
        notebooks.write(folder / name, notebooks.to_text(changed))
        for path, picture in pictures.items():
            _file(folder / "extra" / path).write_bytes(picture)
        for path, code in moving.items():
            _file(folder / "extra" / path).write_text(code, encoding="utf-8")
        stem = name.removesuffix(".ipynb")
        shown, card = pictures[front.picture(name)], f"{about.CARDS}/{stem}.png"
        _file(folder / "extra" / card).write_bytes(about.card(shown))
        for times in front.SHARPNESS:
            thumbnail = folder / "extra" / front.thumbnail_of(name, times)
            thumbnail.write_bytes(about.thumbnail(shown, times))
        abouts[stem] = about.of_markdown(notebooks.source(notebook["cells"][0]), card)
        # What "Download" gives is the notebook itself
        shutil.copyfile(as_shipped / notebooks.FOLDER / name, _file(folder / "extra" / name))
    for page, file in more.items():
        text = with_links((root / file).read_text(encoding="utf-8"), file)
        (folder / f"{page}.md").write_text(text, encoding="utf-8")
        abouts[page] = about.of_markdown(text)
    (folder / "404.md").write_text(front.NOT_FOUND, encoding="utf-8")

    readme = with_links((root / "README.md").read_text(encoding="utf-8"), "README.md")
    places = places_for(next(iter(by_name)), root, pyodide)
    index = front.page(
        readme,
        by_name,
        places,
        version,
        published=bool(repository),
        python_bytes=python_bytes,
    )
    abouts["index"] = about.of_markdown(readme, abouts[front.SHOWN].card)
    abouts |= {"404": front.NOT_FOUND_ABOUT, "search": front.SEARCH_ABOUT}
    names = [name.removesuffix(".ipynb") for name in by_name]
    index += CONTENTS.format(caption="Notebooks", pages="\n".join(names))
    index += CONTENTS.format(caption="More", pages="\n".join(more))
    (folder / "index.md").write_text(index, encoding="utf-8")
    address = elsewhere.site_address(root)
    tags = {page: about.tags(what, f"{page}.html", address) for page, what in abouts.items()}
    if address:  # whatever is not found: at any depth
        tags["404"] += f'    <base href="{address}" />\n'
    site = json.dumps({"address": address or "", "tags": tags})
    (folder / "site.json").write_text(site, encoding="utf-8")


def minified(script: str, packages: Path, form: str) -> str:
    """A script without comments and with short names: half as much to load.

    form: "esm" of a module, "iife" of a script, which shares none of its names with others.

    Raises:
        ToolError: esbuild fails; the reason is the message.
    """
    with tempfile.TemporaryDirectory() as temporary:
        entry, made = Path(temporary) / "script.js", Path(temporary) / "made.js"
        entry.write_text(script, encoding="utf-8")
        tools.esbuild(packages, entry, made, f"--format={form}", "--target=es2022")
        return made.read_text(encoding="utf-8")


def places_for(name: str, root: Path, pyodide: Path | None) -> list[elsewhere.Link]:
    """Where a notebook runs with nothing installed."""
    lite = [elsewhere.in_the_browser(name, vendored.files_of(pyodide))] if pyodide else []
    return [*lite, *elsewhere.links(name, root)]


def _write_katex(package: Path, folder: Path) -> None:
    """KaTeX's style, and its fonts in the one format that every browser of today reads."""
    (folder / "fonts").mkdir(parents=True)
    style = (package / "dist" / "katex.min.css").read_text(encoding="utf-8")
    style = re.sub(r',url\([^)]*\.(?:woff|ttf)\) format\("(?:woff|truetype)"\)', "", style)
    (folder / "katex.min.css").write_text(style, encoding="utf-8")
    for font in (package / "dist" / "fonts").glob("*.woff2"):
        shutil.copyfile(font, folder / "fonts" / font.name)


def _file(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path
