"""The course in JupyterLite, in the site: with no network, notebooks run whole in a real browser.

It is there where the site was built with Pyodide. The first notebook is tried at every push, all
six once a week, in some minutes:

    make test-browser PYODIDE=folder ARGS="tests/browser/test_site_lite.py -m weekly"
"""

import hashlib
import json
import re
import time
import zipfile
from urllib.parse import urlsplit

import pytest
from pages import MINUTE, cells, outputs, run_cell
from playwright.sync_api import expect
from served import folder_served
from site_server import SITE, Visit, serving

from bnlib.course.site import fetch_pyodide, lite, vendored
from bnlib.records import notebooks

pytestmark = pytest.mark.skipif(
    not (SITE / "lite").exists(),
    reason="this site was built without Pyodide, so it has no JupyterLite: PYODIDE=folder",
)
ROOT = notebooks.require_root()
NAMES = [path.name for path in notebooks.course_notebooks(ROOT)]
WIDGET = "application/vnd.jupyter.widget-view+json"
WRONG = """\
def normalize(z, eps=1e-5):
    mu = z.mean(axis=1, keepdims=True)
    var = z.var(axis=1, keepdims=True)
    return (z - mu) / (var + eps)


check(normalize)"""
RIGHT = WRONG.replace("(var + eps)", "np.sqrt(var + eps)")
HERE = "globalThis.jupyterapp?.shell.currentWidget"
RUNS = f"() => {HERE}?.sessionContext?.session?.kernel?.status === 'idle'"
RUN_ALL = "() => jupyterapp.commands.execute('notebook:run-all-cells')"
NOTEBOOK = f"() => {HERE}.content.model.toJSON()"
BRING = """(id) => {
  const { content } = jupyterapp.shell.currentWidget;
  const place = content.model.toJSON().cells.findIndex((cell) => cell.id === id);
  content.activeCellIndex = place;
  return content.scrollToItem(place).then(() => place);
}"""
PICTURES = '[...document.querySelectorAll(".jp-OutputArea-output img")]'
PICTURES_SHOWN = f"(count) => {PICTURES}.filter((i) => i.naturalWidth > 100).length === count"


@pytest.fixture(scope="module")
def address():
    with serving() as address:
        yield address


def opened(browser, address, name):
    """A visit of JupyterLite's page with a notebook, with nothing reachable but this machine."""
    visit = Visit(browser, address, alone=True)
    visit.page.goto(f"{address}/{lite.page(name)}")
    cells(visit.page).first.wait_for(timeout=MINUTE)
    return visit


def run_whole(visit):
    """Wait for Python, run every cell; the notebook before and after."""
    visit.page.wait_for_function(RUNS, timeout=3 * MINUTE, polling=250)
    before = visit.page.evaluate(NOTEBOOK)
    visit.page.evaluate(RUN_ALL)
    return before, visit.page.evaluate(NOTEBOOK)


def cell_of(page, name, after=0):
    """The cell with that id, or one after it, scrolled to: what is far from it may not be there."""
    place = page.evaluate(BRING, name) + after
    return page.locator(f'.jp-Notebook .jp-Cell[data-windowed-list-index="{place}"]')


def by_kind(cell):
    """What a cell put out, by MIME type or stream; pictures without content, widgets as words."""
    found = {}
    for output in cell.get("outputs", []):
        if output["output_type"] == "stream":
            found.setdefault(output["name"], []).append(notebooks.joined(output["text"]))
        for kind, data in output.get("data", {}).items():
            text = "" if kind in notebooks.NOT_COMPARED else notebooks.joined(data)
            found.setdefault(kind, []).append(text)
    for kind in ("stderr", WIDGET):
        found.pop(kind, None)
    return {kind: "".join(texts) for kind, texts in found.items()}


def assert_as_shipped(visit, name, before, after):
    """It opened without results; then every cell has what is shipped, for its reader to see."""
    code = [cell for cell in after["cells"] if cell["cell_type"] == "code"]
    assert [cell["id"] for cell in before["cells"] if cell.get("outputs")] == []
    assert [cell["id"] for cell in code if not cell["execution_count"]] == []
    everything = [output for cell in code for output in cell["outputs"]]
    assert [o for o in everything if o["output_type"] == "error"] == []
    complaints = [o["text"] for o in everything if o.get("name") == "stderr"]
    # A progress bar of a long run leaves blanks behind
    assert [text for text in complaints if text.strip()] == []

    shipped = {c["id"]: c for c in notebooks.read(ROOT / "notebooks" / name)["cells"]}
    pairs = {c["id"]: (by_kind(c), by_kind(shipped[c["id"]])) for c in code}
    # Times, versions, what is installed: compared nowhere
    passing = {name for name, c in shipped.items() if "nbval-ignore-output" in notebooks.tags(c)}
    assert {name: both for name, both in pairs.items() if set(both[0]) != set(both[1])} == {}
    differ = {name: both for name, both in pairs.items() if both[0] != both[1]}
    # An older NumPy and matplotlib change no word and no number
    assert {name: both for name, both in differ.items() if name not in passing} == {}

    count = sum("image/png" in by_kind(cell) for cell in code)
    assert count > 5
    visit.page.wait_for_function(PICTURES_SHOWN, arg=count, timeout=MINUTE)
    views = [output for output in everything if WIDGET in output.get("data", {})]
    assert len(views) > 10
    expect(visit.page.locator(".bn-predict, .bn-live")).to_have_count(len(views))
    assert visit.elsewhere == []
    assert [url for url in visit.failed if not url.endswith("/favicon.ico")] == []


@pytest.fixture(scope="module")
def first(browser, address):
    visit = opened(browser, address, NAMES[0])
    yield visit, *run_whole(visit)
    visit.context.close()


class TestTheFirstNotebook:
    def test_it_runs_whole_as_shipped(self, first):
        visit, before, after = first
        assert_as_shipped(visit, NAMES[0], before, after)

    def test_what_answers_a_prediction_is_folded_and_an_answer_is_heard(self, first):
        page = first[0].page
        question = cell_of(page, "predict-steps").locator(".bn-predict")
        answer = cell_of(page, "predict-steps", after=1).locator(".jp-Cell-outputWrapper")
        expect(question.locator(".bn-fold button")).to_have_text("Show me anyway")
        expect(answer).to_be_hidden()
        question.get_by_role("radio").first.click()
        expect(question.locator(".bn-reply")).to_contain_text(re.compile("Right|Not this one"))
        expect(answer).to_be_visible()

    def test_an_answer_is_checked(self, first):
        page = first[0].page
        cell = cell_of(page, "exercise-normalize")
        run_cell(page, cell, WRONG)
        expect(outputs(cell).last).to_contain_text("You divide by the variance")
        run_cell(page, cell, RIGHT)
        expect(outputs(cell).last).to_contain_text("normalize: correct.")


@pytest.mark.weekly
@pytest.mark.parametrize("name", NAMES)
def test_every_notebook_runs_whole_as_shipped(browser, address, name):
    visit = opened(browser, address, name)
    assert_as_shipped(visit, name, *run_whole(visit))
    visit.context.close()


@pytest.mark.parametrize(
    ("file", "answer", "told"),
    [
        ("ipython-", lambda route: route.abort(), "A part of Python, ipython-"),
        pytest.param(
            "pyodide.asm.wasm",
            lambda route: None,  # no answer at all
            "Nothing has come for some seconds",
            marks=pytest.mark.weekly,
        ),
    ],
)
def test_what_does_not_load_is_told_with_what_to_do(browser, address, file, answer, told):
    visit = Visit(browser, address)
    visit.context.route(re.compile(rf"/python/{re.escape(file)}"), answer)
    asked = []
    visit.context.on("request", lambda request: asked.append(time.monotonic()))
    visit.page.goto(f"{address}/{lite.page(NAMES[0])}")
    line = visit.page.locator(".bn-loading")
    expect(line).to_contain_text(told, timeout=MINUTE)
    assert time.monotonic() - asked[-1] < 10, "since the last that was asked for"
    links = line.get_by_role("link").evaluate_all("(all) => all.map((link) => link.href)")
    assert [urlsplit(link).path for link in links] == [
        f"/{NAMES[0].replace('ipynb', 'html')}",
        "/index.html",
    ]
    visit.context.close()


class TestTheBuild:
    def test_it_has_every_notebook_and_nothing_given_away(self):
        listed = json.loads((SITE / "lite/api/contents/notebooks/all.json").read_text("utf-8"))
        assert sorted(entry["name"] for entry in listed["content"]) == NAMES
        for name in NAMES:
            built = notebooks.read(SITE / "lite/files/notebooks" / name)["cells"]
            shipped = notebooks.read(ROOT / "notebooks" / name)["cells"]
            assert [cell["id"] for cell in built] == [cell["id"] for cell in shipped]
            text = "".join(map(notebooks.source, built))
            assert "How it goes:** you predict" in text and "lear all outputs" not in text

    def test_its_kernel_is_made_for_a_pyodide_that_is_compiled_as_ours(self):
        schema = next((SITE / "lite/extensions").glob("**/kernel.v0.schema.json"))
        named = re.search(r"/pyodide/v(\d+\.\d+)\.\d+/", schema.read_text("utf-8"))
        lock = json.loads((SITE / vendored.FOLDER / vendored.LOCK).read_text("utf-8"))
        assert lock["info"]["version"].startswith(f"{named[1]}.")

    def test_what_it_may_load_is_there_and_nothing_else_is_listed(self):
        folder = SITE / vendored.FOLDER
        packages = vendored.listed(folder)
        for name, package in packages.items():
            data = (folder / package["file_name"]).read_bytes()
            assert hashlib.sha256(data).hexdigest() == package["sha256"], name
            assert {need.replace("_", "-") for need in package["depends"]} <= set(packages)
        ours = [packages[pin.partition("==")[0]] for pin in lite.WHEELS]
        assert all(package["file_name"].endswith("-none-any.whl") for package in ours)
        config = json.loads((SITE / "lite/jupyter-lite.json").read_text("utf-8"))
        settings = config["jupyter-config-data"]["litePluginSettings"]
        assert settings["@jupyterlite/pyodide-kernel-extension:kernel"]["disablePyPIFallback"]

    def test_bnlibs_wheel_has_all_that_the_notebooks_import(self):
        wheel = vendored.course_wheel(SITE)
        assert wheel.stat().st_size < 2_000_000
        kinds = (".py", ".js", ".css", ".npz", ".json")
        left_out = {"__pycache__", "node_modules", "course", "benchmarks"}
        expected = {
            path.relative_to(ROOT).as_posix()
            for path in (ROOT / "bnlib").rglob("*")
            if path.suffix in kinds and not left_out & set(path.parts)
        }
        with zipfile.ZipFile(wheel) as archive:
            held = set(archive.namelist())
        assert expected - held == set()
        assert not [name for name in held if name.startswith(("bnlib/course", "bnlib/benchmarks"))]

    def test_what_is_published_is_fetched_by_npms_list_whole(self, tmp_path, monkeypatch):
        """All but Pyodide's own server, which a test may not ask: the files come from the site."""
        with folder_served(SITE / vendored.FOLDER) as address:
            monkeypatch.setattr(fetch_pyodide, "SERVER", address)
            files = fetch_pyodide.fetch(tmp_path)
        for file in files:
            if file.name != vendored.LOCK:  # in the site it has what the course needs besides
                ours = SITE / vendored.FOLDER / file.name
                assert ours.read_bytes() == file.read_bytes(), file.name

    def test_it_is_of_a_size_that_can_be_published(self):
        sizes = [p.stat().st_size for p in (SITE / "lite").rglob("*") if p.is_file()]
        assert sum(sizes) < 30_000_000
        assert not list((SITE / "lite").rglob("*.map"))
