"""The course in JupyterLite: the build, its pages, and a real Python in the page.

The page asks Pyodide's own server for Python; here `served` answers in its place, with the same
files from npm and PyPI. NumPy and matplotlib for the browser are on that server only: what needs
them is imported with stand-ins, and cannot be run here.
"""

import hashlib
import json
import re
import shutil
import zipfile

import pytest
import served
from playwright.sync_api import expect

from bnlib.course.site import lite, setup_cell
from bnlib.records import notebooks

ROOT = notebooks.require_root()
NAMES = [path.name for path in notebooks.course_notebooks(ROOT)]
WALK = """\
import importlib, pkgutil, sys
from unittest.mock import MagicMock

for name in (
    "numpy", "matplotlib", "matplotlib.pyplot", "matplotlib.axes", "matplotlib.figure",
    "matplotlib.collections", "matplotlib.colors", "matplotlib.patches", "matplotlib.text",
    "matplotlib.ticker", "matplotlib.transforms",
    "matplotlib.backends", "matplotlib.backends.backend_agg", "PIL",
):
    sys.modules[name] = MagicMock()
    sys.modules[name].__file__ = ""
import bnlib
left_out = ("bnlib.course", "bnlib.benchmarks", "bnlib.frameworks.adapters")
left_out += ("bnlib.frameworks.programs.",)
names = [m.name for m in pkgutil.walk_packages(bnlib.__path__, "bnlib.")]
names = [name for name in names if not name.startswith(left_out)]
for name in names:
    importlib.import_module(name)
print(len(names), "modules, on", sys.platform)"""
CELLS = [
    "import sys\n1 + 1",
    setup_cell.BROWSER,
    "try:\n    import bnlib\nexcept ImportError as error:\n    print(error)",
    WALK,
    'from bnlib.widgets import predict\npredict("gradient-sum")',
    "import os\ntry:\n    os.fork()\nexcept OSError as error:\n    print(error)",
]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    lite.build(folder, ROOT)
    return folder


class TestTheBuild:
    def test_it_has_every_notebook_with_its_setup_cell(self, site):
        listed = json.loads((site / "lite/api/contents/all.json").read_text(encoding="utf-8"))
        assert sorted(entry["name"] for entry in listed["content"]) == NAMES
        for name in NAMES:
            cells = notebooks.read(site / "lite/files" / name)["cells"]
            assert notebooks.source(cells[0]) == setup_cell.BROWSER
            assert cells[1:] == notebooks.read(ROOT / "notebooks" / name)["cells"]

    def test_its_wheels_are_pure_and_in_its_index(self, site):
        folder = site / "lite/pypi"
        index = json.loads((folder / "all.json").read_text(encoding="utf-8"))
        files = {
            release["filename"]: release["digests"]["sha256"]
            for project in index.values()
            for releases in project["releases"].values()
            for release in releases
        }
        wheels = list(folder.glob("*.whl"))
        assert sorted(files) == sorted(wheel.name for wheel in wheels)
        assert len(wheels) == 1 + len(lite.WHEELS)
        assert all(name.endswith("-none-any.whl") for name in files)
        for wheel in wheels:
            assert hashlib.sha256(wheel.read_bytes()).hexdigest() == files[wheel.name]
        assert next(iter(index["batch-norm-course"]["releases"].values()))[0]["url"].startswith(
            "./"
        )

    def test_bnlibs_wheel_has_all_that_the_notebooks_import(self, site):
        (wheel,) = (site / "lite/pypi").glob("batch_norm_course-*-py3-none-any.whl")
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

    def test_what_is_not_in_its_index_is_not_looked_for_in_another(self, site):
        config = json.loads((site / "lite/jupyter-lite.json").read_text(encoding="utf-8"))
        settings = config["jupyter-config-data"]["litePluginSettings"]
        assert settings["@jupyterlite/pyodide-kernel-extension:kernel"]["disablePyPIFallback"]

    def test_the_page_can_show_widgets(self, site):
        config = json.loads((site / "lite/jupyter-lite.json").read_text(encoding="utf-8"))
        extensions = {e["name"] for e in config["jupyter-config-data"]["federated_extensions"]}
        assert {"anywidget", "@jupyter-widgets/jupyterlab-manager"} <= extensions

    def test_it_is_of_a_size_that_can_be_published(self, site):
        sizes = [path.stat().st_size for path in site.rglob("*") if path.is_file()]
        print(f"JupyterLite: {sum(sizes) / 1e6:.0f} MB in {len(sizes)} files")
        assert sum(sizes) < 40_000_000
        assert not list(site.rglob("*.map"))


@pytest.fixture(scope="module")
def address(site):
    with served.folder_served(site) as address:
        yield address


@pytest.fixture(scope="module")
def pyodide(site):
    if not shutil.which("npm"):
        pytest.skip("npm, which has Pyodide's core, is not installed")
    return served.pyodide(served.pyodide_of(site / "lite"))


@pytest.fixture(scope="module")
def elsewhere():
    """The addresses that the page asked for and did not get."""
    return []


@pytest.fixture(scope="module")
def cells(browser, address, site, pyodide, elsewhere):
    """A notebook of CELLS, run whole in the page; its cells there."""
    path = site / "lite/files" / NAMES[0]
    notebook = notebooks.read(path)
    empty = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    notebook["cells"] = [
        {**empty, "id": f"cell-{i}", "source": text} for i, text in enumerate(CELLS)
    ]
    context = browser.new_context(service_workers="block", viewport={"width": 1280, "height": 2400})
    served.answer_for_pyodide(context, pyodide, elsewhere)
    page = context.new_page()
    page.route(
        re.compile(re.escape(f"/files/{NAMES[0]}")),
        lambda route: route.fulfill(
            body=notebooks.to_text(notebook), content_type="application/json"
        ),
    )
    page.goto(address + lite.page(NAMES[0]))
    page.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=60_000)
    idle = page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]')
    idle.first.wait_for(state="attached", timeout=60_000)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    last = page.locator(".jp-CodeCell").nth(len(CELLS) - 1)
    last.locator(".jp-OutputArea-output").first.wait_for(timeout=120_000)
    yield page.locator(".jp-CodeCell")
    context.close()


def output(cells, source: str) -> str:
    """What the cell with that source put out."""
    area = cells.nth(CELLS.index(source)).locator(".jp-OutputArea").first
    return area.inner_text() if area.count() else ""


def test_the_page_offers_the_notebooks(browser, address):
    context = browser.new_context(service_workers="block")
    asked = []
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.goto(address + lite.page("5_softmax.ipynb"))
    page.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=60_000)
    expect(page.locator(".jp-DirListing-itemText")).to_have_text(NAMES)
    expect(page.locator(".jp-Cell").first).to_contain_text("installs bnlib")
    page.locator(".jp-KernelName", has_text="Python (Pyodide)").wait_for()
    away = [url for url in asked if not url.startswith((address, "data:", "blob:"))]
    assert all(served.CDN.match(url) for url in away), away
    context.close()


class TestTheKernel:
    def test_it_runs_python(self, cells):
        assert "2" in output(cells, CELLS[0]).splitlines()

    def test_bnlib_is_installed_and_asks_for_numpy(self, cells):
        assert "No module named 'numpy'" in output(cells, CELLS[2])

    def test_all_of_bnlib_can_be_imported_besides(self, cells):
        found = re.search(r"(\d+) modules, on emscripten", output(cells, WALK))
        assert found, output(cells, WALK)
        assert int(found.group(1)) > 100

    def test_a_widget_of_the_course_is_shown_and_answers(self, cells):
        widget = cells.nth(4).locator(".bn-predict")
        widget.wait_for(timeout=30_000)
        widget.get_by_role("radio", name="0", exact=True).click()
        expect(widget.locator(".bn-reply")).to_contain_text("✓ Right.")

    def test_it_has_processes_by_name_only(self, cells):
        # bnlib.exercises.sandbox goes by the platform's name for this reason
        assert "Function not implemented" in output(cells, CELLS[-1])

    def test_nothing_is_asked_of_others_than_pyodides_server(self, cells, elsewhere):
        assert any("/numpy-" in url for url in elsewhere)
        assert [url for url in elsewhere if not served.CDN.match(url)] == []
