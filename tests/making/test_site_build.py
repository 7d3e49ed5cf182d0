"""The site's parts that need neither Sphinx nor a browser: pages from notebooks, links, states."""

import argparse
import base64
import functools
import hashlib
import http.server
import io
import json
import re
import threading
from html.parser import HTMLParser
from pathlib import Path

import pytest
from PIL import Image

from bnlib.course.site import (
    about,
    build,
    fetch_pyodide,
    foldouts,
    front,
    links,
    live,
    narrow,
    notebook_page,
    remembered,
    search_index,
    side_notes,
    styles,
    tools,
    vendored,
)
from bnlib.course.site.elsewhere import Link
from bnlib.exercises.catalogue import NAMES
from bnlib.exercises.catalogue import NOTEBOOKS as EXERCISES
from bnlib.exercises.exercise import load
from bnlib.records import notebooks
from bnlib.widgets.questions import QUESTIONS

ROOT = Path(__file__).parents[2]
PATHS = notebooks.course_notebooks(ROOT)
PLACES = [Link("Somewhere", "https://example.org/?a=1&b=2", "An account.")]


class Elements(HTMLParser):
    """The attributes of every element of a piece of HTML, by its tag."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))

    def all(self, tag):
        return [attributes for name, attributes in self.found if name == tag]


@functools.cache
def page_of(path):
    notebook = notebooks.read(path)
    shown = [cell for cell in notebooks.code_cells(notebook) if live.widget_of(cell)]
    states = {cell["id"]: {"script": "// </script>", "traits": {"a": "</b>"}} for cell in shown}
    made = notebook_page.page(
        notebook,
        path.name,
        states,
        PLACES,
        lambda text: text,
        narrow_of=functools.partial(narrow.read, ROOT, path.name),
    )
    return notebook, *made, states


def widget_in(script):
    """The place that the script of a moving figure brings."""
    text = json.loads(script.removeprefix("globalThis.bnWidget = ").rstrip(";\n"))
    return Elements(text).all("div")[0]


def html_of(page):
    return "".join(
        output["data"].get("text/html", "")
        for cell in notebooks.code_cells(page)
        for output in cell["outputs"]
        if "data" in output and isinstance(output["data"].get("text/html", ""), str)
    )


def pixels(picture):
    with Image.open(io.BytesIO(picture)) as opened:
        return opened.convert("RGBA").tobytes()


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_every_picture_becomes_a_file_with_its_alternative_text(path):
    notebook, page, pictures, *_ = page_of(path)
    stored = [
        output
        for cell in notebooks.code_cells(notebook)
        for output in cell["outputs"]
        if "image/png" in output.get("data", {})
    ]
    shown = Elements(html_of(page)).all("img")
    assert [image["alt"] for image in shown] == [
        notebooks.joined(output["data"]["text/plain"]) for output in stored
    ]
    sources = [image["src"] for image in shown]
    for_phones = [source["srcset"] for source in Elements(html_of(page)).all("source")]
    assert sorted(sources + for_phones) == sorted(pictures)
    assert len(for_phones) == len(sources)
    for source, output in zip(sources, stored, strict=True):
        png = base64.b64decode(notebooks.joined(output["data"]["image/png"]))
        assert pixels(pictures[source]) == pixels(png)
        assert len(pictures[source]) < 0.95 * len(png)
    assert "image/png" not in json.dumps(page)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_every_picture_was_drawn_for_a_phone_when_the_notebook_was_shipped(path):
    said = {
        f"{cell['id']}-{number}.png": about["alt"]
        for cell in notebooks.code_cells(notebooks.read(path))
        for number, about in enumerate(narrow.figures(cell))
    }
    drawn = {}
    for file in (ROOT / narrow.FOLDER / path.stem).glob("*.png"):
        with Image.open(file) as picture:
            drawn[file.name] = picture.info["Description"]
            assert picture.width == 2 * 358
    assert drawn == said


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_every_question_and_moving_figure_is_a_widget_of_the_page(path):
    notebook, page, _, scripts, states = page_of(path)
    calls = re.compile(r"^(?:widgets\.)?predict\(", re.MULTILINE)
    cells = notebooks.code_cells(notebook)
    assert sum(bool(calls.search(notebooks.source(cell))) for cell in cells) == sum(
        live.widget_of(cell) == "predict" for cell in cells
    )
    places = [d for d in Elements(html_of(page)).all("div") if "data-widget" in d]
    moving = [d["data-src"] for d in Elements(html_of(page)).all("div") if "data-src" in d]
    assert moving == list(scripts) and len(moving) + len(places) == len(states)
    brought = {path: widget_in(script)["data-widget"] for path, script in scripts.items()}
    assert sorted([p["data-widget"] for p in places] + list(brought.values())) == sorted(states)
    assert all(path.endswith(f"/{cell_id}.js") for path, cell_id in brought.items())


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_every_exercise_is_followed_by_its_help(path):
    _, page, *_ = page_of(path)
    ids = [cell["id"] for cell in page["cells"]]
    for name in EXERCISES[int(path.name[0])]:
        at = ids.index(f"exercise-{name}")
        assert ids[at + 1 : at + 3] == [f"place-{name}", f"help-{name}"]
        assert page["cells"][at]["outputs"] == []


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_headings_are_in_order_and_the_title_is_followed_by_where_it_runs(path):
    _, page, *_ = page_of(path)
    markdown = [c["source"] for c in page["cells"] if c["cell_type"] == "markdown"]
    prose = re.sub(r"```.*?```", "", "\n\n".join(markdown), flags=re.DOTALL)
    levels = [len(marks) for marks in re.findall(r"^(#+) ", prose, flags=re.MULTILINE)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(b <= a + 1 for a, b in zip(levels, levels[1:]))
    title, lead, where, *others = markdown[0].split("\n\n")
    assert (
        title.startswith("# ")
        and not lead.startswith(("#", "<", "**"))
        and where.startswith("<nav ")
    )
    assert others
    told = " ".join(markdown)
    assert not re.search(r"\*Edit\* menu|How it goes|\bcells?\b", told)


def test_no_question_speaks_of_cells():
    assert not re.search(r"\bcells?\b", repr(QUESTIONS))


def test_where_it_runs_has_the_notebook_and_every_place_with_what_it_needs():
    text = notebook_page.where_it_runs("5_softmax.ipynb", PLACES, checks=False)
    download, start, place = Elements(text).all("a")
    assert start == {"href": "index.html#start"}
    assert download == {"href": "5_softmax.ipynb", "download": None}
    assert place == {"href": "https://example.org/?a=1&b=2"}
    assert "An account." in text


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_every_exercise_has_its_place_with_the_stub_and_what_is_imported_above(path):
    notebook, page, *_ = page_of(path)
    asked = [c for c in notebooks.code_cells(notebook) if "exercise" in notebooks.tags(c)]
    assert asked
    sources = {c["id"]: notebooks.source(c) for c in page["cells"]}
    for cell in asked:
        name = cell["id"].removeprefix("exercise-")
        place = sources[f"place-{name}"]
        assert Elements(place).all("div")[0]["data-exercise"] == name
        about = json.loads(re.search(r"<script[^>]*>(.*)</script>", place)[1])
        assert about["stub"] + f"\n\ncheck({name})" == notebooks.source(cell).rstrip()
        assert "import numpy as np" in about["imports"]
    assert json.loads(re.search(r">(.*)</script>", sources["course"])[1])["notebook"] == path.name


LISTED = {  # what its list of packages says, of the least that the course takes
    name: {
        "file_name": f"{name}.whl",
        "depends": ["blas_"] if name == "numpy" else [],
        "sha256": hashlib.sha256(name.encode()).hexdigest(),
    }
    for name in (*vendored.KERNEL, *vendored.PICTURES, "blas-", "other")
}


def a_pyodide(folder):
    """A folder that is like Pyodide, in so far as it is looked at."""
    for name in (*vendored.CORE, vendored.GLUE[0]):
        (folder / name).write_text(name)
    for name in LISTED:
        (folder / f"{name}.whl").write_text(name)
    (folder / vendored.LOCK).write_text(json.dumps({"info": {}, "packages": LISTED}))


def test_a_folder_without_a_whole_pyodide_is_refused(tmp_path):
    with pytest.raises(vendored.ToolError, match="holds no Pyodide"):
        vendored.files_of(tmp_path)
    a_pyodide(tmp_path)
    core = {*vendored.CORE, vendored.GLUE[0]}
    names = {path.name for path in vendored.files_of(tmp_path, vendored.CHECKER)}
    assert names == core | {"blas-.whl", "numpy.whl"}
    names = {path.name for path in vendored.files_of(tmp_path)}
    assert names == core | {f"{name}.whl" for name in LISTED if name != "other"}
    (tmp_path / "blas-.whl").write_bytes(b"x")
    with pytest.raises(vendored.ToolError, match=r"blas-\.whl is not the file"):
        vendored.files_of(tmp_path, vendored.CHECKER)
    (tmp_path / "blas-.whl").unlink()
    with pytest.raises(vendored.ToolError, match=r"lacks blas-\.whl"):
        vendored.files_of(tmp_path, vendored.CHECKER)


def test_what_the_site_brings_along_is_listed_there_and_nothing_else(tmp_path):
    a_pyodide(tmp_path)
    (tmp_path / "site").mkdir()
    wheels = [tmp_path / f"{n}-1.0-py3-none-any.whl" for n in ("batch_norm_course", "any_widget")]
    for wheel in wheels:
        wheel.write_text("wheel")
    vendored.write(tmp_path, wheels, tmp_path / "site")
    assert vendored.course_wheel(tmp_path / "site").read_text() == "wheel"
    listed = vendored.listed(tmp_path / "site" / vendored.FOLDER)
    assert set(listed) == {*LISTED, vendored.COURSE, "any-widget"} - {"other"}
    assert listed[vendored.COURSE]["imports"] == ["bnlib"]
    assert listed[vendored.COURSE]["depends"] == [*vendored.PICTURES, "any-widget"]
    assert listed["any-widget"]["sha256"] == sha256(b"wheel")
    files = {package["file_name"] for package in listed.values()}
    there = {path.name for path in (tmp_path / "site" / vendored.FOLDER).iterdir()}
    assert there == files | {*vendored.CORE, vendored.GLUE[0]}


class Server(http.server.BaseHTTPRequestHandler):
    """Pyodide's server: each file's content is its name, and what `harm` says of one befalls it."""

    asked: list[str]
    harm: dict[str, str]

    def log_message(self, *_):
        pass

    def do_GET(self):
        self.asked.append(self.path)
        name = self.path.rpartition("/")[2]
        content, harm = name.removesuffix(".whl").encode(), self.harm.get(name)
        if harm == "missing":
            return self.send_error(404)
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if harm == "corrupted":
            content = b"?" + content[1:]
        if harm in ("cut off", "stalled"):
            content = content[:2]
        self.wfile.write(content)
        if harm == "stalled":
            self.wfile.flush()
            self.server.stopped.wait(10)


@pytest.fixture
def server(monkeypatch):
    """Gives the server's handler; npm has a Pyodide to go with it."""

    def npm(command, folder):
        assert command[1] == "ci" and (folder / "package-lock.json").exists()
        core = folder / "node_modules" / "pyodide"
        core.mkdir(parents=True)
        a_pyodide(core)

    monkeypatch.setattr(tools, "run", npm)
    handler = type("Handler", (Server,), {"asked": [], "harm": {}})
    served = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    served.stopped = threading.Event()
    there = f"http://127.0.0.1:{served.server_port}/"
    own = fetch_pyodide.SERVER.removeprefix("https://cdn.jsdelivr.net/")
    monkeypatch.setattr(fetch_pyodide, "SERVER", there + own)
    monkeypatch.setattr(fetch_pyodide, "TIMEOUT", 2)
    thread = threading.Thread(target=served.serve_forever)
    thread.start()
    yield handler
    served.stopped.set()
    served.shutdown()
    served.server_close()
    thread.join()


PACKAGES = {f"{name}.whl" for name in LISTED if name != "other"}


def test_pyodide_is_fetched_as_its_own_list_says(server, tmp_path):
    files = fetch_pyodide.fetch(tmp_path / "python")
    assert {f.name for f in files} == {*vendored.CORE, vendored.GLUE[0]} | PACKAGES
    folder = f"/pyodide/v{fetch_pyodide.version()}/full"
    assert sorted(server.asked) == sorted(f"{folder}/{name}" for name in PACKAGES)


HARMS = {
    "corrupted": "not the file that is listed",
    "missing": "cannot be fetched: HTTP Error 404",
    "cut off": "cannot be fetched: IncompleteRead",
    "stalled": "cannot be fetched: timed out",
}


@pytest.mark.parametrize("harm", HARMS)
def test_what_does_not_arrive_whole_is_told_and_not_kept(server, tmp_path, capsys, harm):
    server.harm["numpy.whl"] = harm
    assert fetch_pyodide.main([str(tmp_path)]) == 1
    told = capsys.readouterr().err
    assert "/numpy.whl" in told and HARMS[harm] in told and "Traceback" not in told
    assert not (tmp_path / "numpy.whl").exists()
    with pytest.raises(vendored.ToolError, match=r"lacks \w+-?\.whl"):
        vendored.files_of(tmp_path)
    server.harm.clear()
    assert fetch_pyodide.main([str(tmp_path)]) == 0
    assert "files" in capsys.readouterr().out


def test_what_was_interrupted_is_no_pyodide_and_the_next_run_makes_it_whole(
    server, tmp_path, monkeypatch
):
    opened = fetch_pyodide.urllib.request.urlopen

    def interrupted(*asked, **options):
        if len(server.asked) == 3:
            raise KeyboardInterrupt
        return opened(*asked, **options)

    monkeypatch.setattr(fetch_pyodide.urllib.request, "urlopen", interrupted)
    with pytest.raises(KeyboardInterrupt):
        fetch_pyodide.fetch(tmp_path)
    with pytest.raises(vendored.ToolError, match="lacks"):
        vendored.files_of(tmp_path)
    server.asked.clear()
    monkeypatch.setattr(fetch_pyodide.urllib.request, "urlopen", opened)
    assert {*PACKAGES} < {file.name for file in fetch_pyodide.fetch(tmp_path)}


def sha256(data):
    return hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize("name", NAMES)
def test_help_has_three_hints_and_the_solution_all_folded(name):
    text = foldouts.markdown(name)
    folds = Elements(text).all("details")
    assert folds == [{"class": "bn-hint"}] * 3 + [{"class": "bn-solution"}]
    assert f"\ndef {name}(" in text.split("```python")[1]
    plain = re.sub(r"<[^>]+>", "", text)
    first_words = load(name).hints[0].split("`")[0].split("&")[0][:20]
    assert first_words.split("'")[0] in plain


def test_a_widget_brings_its_script_once_and_cannot_end_it_early():
    scripts = set()
    state = {"script": "const s = '</script>';", "traits": {"title": "a </script> b"}}
    first = notebook_page.widget("one", state, "its <words>", scripts)
    second = notebook_page.widget("two", state, "words", scripts)
    kinds = [[s.get("class") for s in Elements(text).all("script")] for text in (first, second)]
    assert kinds == [[None, "bn-traits"], ["bn-traits"]]
    assert first.count("</script>") == 2 and "its &lt;words&gt;" in first
    json_text = re.search(r'class="bn-traits">(.*?)</script>', first).group(1)
    assert json.loads(json_text) == state["traits"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a](2_fitting_batch_norm.ipynb#x)", "[a](2_fitting_batch_norm.ipynb#x)"),
        ("[class](../TEACHING.md)", "[class](teaching.md)"),
        ("[records](../bnlib/frameworks/recorded)", "records"),
        ("[web](https://example.org/a)", "[web](https://example.org/a)"),
        ("$z[1](x)$ and [no](such-file.txt)", "$z[1](x)$ and [no](such-file.txt)"),
    ],
)
def test_links_lead_to_pages_or_are_words(text, expected):
    pages = {
        "TEACHING.md": "teaching.md",
        "notebooks/2_fitting_batch_norm.ipynb": "2_fitting_batch_norm.ipynb",
    }
    assert links.resolved(text, "notebooks/a.ipynb", ROOT, pages, None) == (expected, [])


def test_links_to_files_lead_to_the_repository_where_it_is_known():
    text, _ = links.resolved("[l](LICENSE)", "README.md", ROOT, {}, "ada/course")
    assert text == "[l](https://github.com/ada/course/blob/main/LICENSE)"


def test_pictures_lie_beside_the_pages():
    text, pictures = links.resolved("![a](.github/readme.png)", "README.md", ROOT, {}, None)
    assert text == "![a](readme.png)"
    assert pictures == [ROOT / ".github/readme.png"]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_page_shows_of_a_question_no_call_and_of_code_no_words_for_linters(path):
    _, page, *_ = page_of(path)
    cells = notebooks.code_cells(page)
    hidden = [cell for cell in cells if "remove-input" in notebooks.tags(cell)]
    assert hidden and all(live.widget_of(cell) == "predict" for cell in hidden)
    assert all(len(cell["source"].splitlines()) == 1 for cell in hidden)
    assert not any("noqa" in cell["source"] for cell in cells)


def test_the_front_page_begins_with_an_answer_and_has_a_card_for_every_notebook():
    by_name = {path.name: notebooks.read(path) for path in PATHS}
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    page = front.page(readme, by_name, PLACES, published=False)
    assert re.search(r"^# ", page, flags=re.MULTILINE)
    place = next(d for d in Elements(page).all("div") if d.get("data-exercise") == front.TRIED)
    assert place["aria-label"] == "Exercise normalize"
    # What is said of the answer there is what the checker says.
    assert "divide by the variance" in page[: page.index("## The six notebooks")]
    shown = Elements(page).all("img")
    assert len(shown) == len(by_name) == 6
    for name, image in zip(by_name, shown, strict=True):
        assert f"]({name})" in page and image["src"] == front.thumbnail_of(name, 1) and image["alt"]
    for path in PATHS:
        assert front.picture(path.name) in page_of(path)[2]
    assert len(re.findall(r"You will \w+", page)) == 6
    assert "- **Somewhere.** An account." in page and front.UNPUBLISHED in page
    assert "every page links to this place:" in page
    sections = front.split(page)[1]
    assert list(sections)[1:3] == ["The six notebooks", "Without installing"]
    assert "The digit 1 among 7 batch-mates" in page
    name, cell = front.MOVING
    [moving] = [d["data-src"] for d in Elements(page).all("div") if "data-src" in d]
    scripts = page_of(ROOT / notebooks.FOLDER / name)[3]
    assert widget_in(scripts[moving])["data-widget"] == cell
    assert "make lab" in sections["Start"]
    assert front.NOTHING_INSTALLED in readme and front.NOTHING_INSTALLED not in page
    page = front.page(readme, by_name, PLACES * 2)
    assert front.UNPUBLISHED not in page and "links to these places:" in page


def test_a_page_says_what_it_is_about_and_has_a_card_where_its_address_is_known():
    text = "# A *title*\n\nIt has [links](a.md), `code`. " + "And words enough. " * 12
    what = about.of_markdown(text, "cards/a.png")
    assert what.title == "A title" and what.description.startswith("It has links, code. And")
    assert 60 < len(what.description) <= about.LENGTH and what.description.endswith("enough.")
    here = Elements(about.tags(what, "a.html", None)).all("meta")
    assert {"name": "description", "content": what.description} in here
    assert not [tag for tag in here if tag.get("property") in ("og:image", "og:url")]
    there = Elements(about.tags(what, "a.html", "https://example.org/")).all("meta")
    said = {tag.get("property"): tag["content"] for tag in there}
    assert said["og:image"] == "https://example.org/cards/a.png"
    assert said["og:url"] == "https://example.org/a.html"
    with pytest.raises(ValueError, match="begins with a title"):
        about.of_markdown("no title")


def test_a_card_is_as_large_as_cards_are():
    figure = io.BytesIO()
    Image.new("RGB", (2000, 900), "navy").save(figure, format="png")
    with Image.open(io.BytesIO(about.card(figure.getvalue()))) as card:
        assert card.size == about.CARD
        colours = card.convert("RGB")
        assert colours.getpixel((5, 5)) == (255, 255, 255)
        assert colours.getpixel((600, 315)) == (0, 0, 128)


def test_styles_are_left_out_only_where_no_page_has_the_class():
    style = "a,.b .c{x:1}@media print{.d{x:2}.a:not(.z),.e{x:3}}@font-face{x:4}:is(.y,.a){x:5}"
    kept = "a{x:1}@media print{.a:not(.z){x:3}}@font-face{x:4}:is(.y,.a){x:5}"
    assert styles.only(style, {"a", "b"}) == kept


def test_the_search_looks_through_sections_and_leaves_out_what_is_no_text(tmp_path):
    page = """<main><p>Menu</p><article><section id="a"><h1>Title<a class="headerlink">#</a></h1>
    <nav class="bn-elsewhere">Download</nav><p>First <img src="x"> words.</p><script>no()</script>
    <section id="b"><h2>Next</h2><span class="bn-tex">eps</span> more<br>words.</section></section>
    </article><p>Foot</p></main>"""
    assert search_index.sections(page) == [
        ("a", "Title", "First words."),
        ("b", "Next", "morewords."),
    ]
    (tmp_path / "one.html").write_text(page, encoding="utf-8")
    (tmp_path / "404.html").write_text(page, encoding="utf-8")
    search_index.write(tmp_path)
    script = (tmp_path / search_index.FILE).read_text(encoding="utf-8")
    rows = json.loads(script.removeprefix("globalThis.bnIndex = ").rstrip(";\n"))
    assert rows[1] == ["one.html", "Title", "b", "Next", "morewords."] and len(rows) == 2


def test_the_build_tells_whoever_builds_how_to_get_links(monkeypatch, tmp_path, capsys):
    def built(root, work, _pyodide):
        (work / "site").mkdir()
        return work / "site"

    monkeypatch.setattr(build.notebooks, "require_root", lambda: tmp_path)
    monkeypatch.setattr(build, "build", built)
    monkeypatch.setattr(build.elsewhere, "repository", lambda root: None)
    assert build.main(argparse.Namespace(pyodide=None)) == 0
    assert "GITHUB_REPOSITORY" in capsys.readouterr().out
    monkeypatch.setattr(build.elsewhere, "repository", lambda root: "ada/course")
    assert build.main(argparse.Namespace(pyodide=None)) == 0
    assert "GITHUB_REPOSITORY" not in capsys.readouterr().out


def test_widgets_are_found_by_what_the_last_line_calls():
    def cell(source):
        return {"cell_type": "code", "id": "a", "source": source}

    assert live.widget_of(cell("x = 1\npredict('a')")) == "predict"
    assert live.widget_of(cell("widgets.decay(a, b)")) == "decay"
    assert live.widget_of(cell("print(1)")) is None
    assert live.widget_of(cell("q = predict('a')")) is None


def test_a_widgets_state_comes_from_running_what_leads_to_it(tmp_path):
    committed = notebooks.read(PATHS[0])
    question = next(
        cell for cell in notebooks.code_cells(committed) if live.widget_of(cell) == "predict"
    )
    setup = "from bnlib import widgets\nfrom bnlib.widgets import predict"
    cells = [
        {"cell_type": "code", "id": "setup", "source": setup, "outputs": []},
        question,
        {"cell_type": "code", "id": "after", "source": "1 / 0", "outputs": []},
    ]
    path = tmp_path / "1_a.ipynb"

    def states():
        path.write_text(json.dumps({**committed, "cells": cells}), encoding="utf-8")
        return live.of_notebook(path)

    (state,) = states().values()
    assert set(state) == {"script", "traits"} and "export default" in state["script"]
    assert set(state["traits"]) == {"name", "question", "choices", "chosen", "covers"}

    question["outputs"][0]["data"]["text/plain"] = "Predict: something else"
    with pytest.raises(notebooks.NotebookError, match="make ship NOTEBOOK=1"):
        states()
    cells.reverse()
    with pytest.raises(notebooks.NotebookError, match="ZeroDivisionError"):
        states()


def test_states_are_remembered_until_the_notebook_changes(tmp_path, monkeypatch):
    monkeypatch.setenv("BNLIB_ENVIRONMENTS", str(tmp_path / "cache"))
    path, calls = tmp_path / "1_a.ipynb", []

    def make(path):
        calls.append(path)
        return {"cell": {"script": "", "traits": {}}}

    path.write_text("one", encoding="utf-8")
    assert remembered.states(path, make) == remembered.states(path, make)
    assert len(calls) == 1
    path.write_text("two", encoding="utf-8")
    remembered.states(path, make)
    assert len(calls) == 2
    assert len(list((tmp_path / "cache" / "widgets").glob("*.json"))) == 1


def test_without_npm_the_build_says_what_to_install(monkeypatch, capsys):
    monkeypatch.setattr(tools.shutil, "which", lambda name: None)
    monkeypatch.setattr(tools, "make", lambda name: Path("python"))
    assert build.main(argparse.Namespace(pyodide=None)) == 1
    assert "Install Node.js" in capsys.readouterr().err


@pytest.mark.parametrize("folder", [tools.HERE, fetch_pyodide.PINNED], ids=lambda f: f.name)
def test_the_lock_files_name_no_registry(folder):
    lock = json.loads((folder / "package-lock.json").read_text(encoding="utf-8"))
    for name, package in lock["packages"].items():
        assert "resolved" not in package
        assert not name or package["integrity"].startswith("sha512-")


def test_what_is_folded_ends_before_a_heading():
    folded = notebook_page._foldable("So it is.\n\n### Next\n\nMore.")
    assert folded == '<div class="bn-answer">\n\nSo it is.\n\n</div>\n\n### Next\n\nMore.'
    assert notebook_page._foldable("### Next\n\nMore.") == "### Next\n\nMore."


@pytest.mark.parametrize(
    ("paragraph", "noted"),
    [
        ("As shown (Ada and\ncolleagues, 2015).", True),
        ("Ada and Bo (2015) did.", True),
        ("It did (Ada et al.\n2015).", True),
        ("Bo (2015) did.", False),
        ("Ada did. In 2015 Bo did.", False),
        ("| Ada 2015 | a table |", False),
        ("1. Ada 2015", False),
    ],
)
def test_what_a_paragraph_cites_stands_beside_it_once(paragraph, noted):
    works = {("Ada", "2015"): "A. Ada, *A Work*, 2015"}
    text = side_notes.add(f"{paragraph}\n\n{paragraph}", works)
    note = '<div class="bn-source" role="note">\n\nA. Ada, *A Work*, 2015\n\n</div>\n\n'
    assert text == f"{note if noted else ''}{paragraph}\n\n{paragraph}"
    assert bool(works) != noted


def test_a_work_is_known_by_its_first_author_and_its_year():
    listed = """## References

- A. B. van Ada and C. Bo, *In 1999*,
  2015, [arXiv:1902.08129](https://arxiv.org/abs/1902.08129): section 2.
- Andrew Ng, a course.
"""
    cells = [{"cell_type": "markdown", "id": "a", "source": listed}]
    work = "A. B. van Ada and C. Bo, *In 1999*, 2015, [arXiv:1902.08129](https://arxiv.org/abs/1902.08129)"
    assert side_notes.references({"cells": cells}) == {("Ada", "2015"): work}
    assert side_notes.add(listed, {("Ada", "2015"): work}) == listed
