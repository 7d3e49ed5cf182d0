"""A real JupyterHub by the recipe in TEACHING.md: two users, a link, an update of the course."""

import json
from pathlib import Path
from urllib.parse import quote

import hub
import pytest
from course_fixture import code
from recipe import ROOT, block, install, run

NAME = "notebooks/1_normalizing_activations.ipynb"
NOTEBOOK = f"batch-norm-course/{NAME}"
RIGHT = """def normalize(z, eps=1e-5):
    mu = z.mean(axis=1, keepdims=True)
    return (z - mu) / np.sqrt(z.var(axis=1, keepdims=True) + eps)


check(normalize)"""
WRONG = """def batch_statistics(z):
    return z.mean(axis=0, keepdims=True), z.var(axis=0, keepdims=True)


check(batch_statistics)"""
ANSWERS = {"exercise-normalize": RIGHT, "exercise-batch_statistics": WRONG}
PROGRESS = "from bnlib.exercises import progress; progress()"
WHICH = """import bnlib
from importlib.metadata import version
print(bnlib.__version__, bnlib.__file__, version("batch-norm-course"))"""


def git(*arguments: str, cwd: Path, **variables: str) -> str:
    """Run git as somebody."""
    who = ["-c", "user.name=a maker", "-c", "user.email=maker@localhost"]
    return run(["git", *who, *arguments], cwd, **variables)


@pytest.fixture(scope="module")
def upstream(tmp_path_factory) -> Path:
    """A repository with the course as it stands here, for users to pull from."""
    bare = tmp_path_factory.mktemp("upstream") / "course.git"
    git("init", "--quiet", "--bare", "--initial-branch=main", str(bare), cwd=ROOT)
    here = {"GIT_DIR": str(bare), "GIT_WORK_TREE": str(ROOT)}
    git("add", "--all", cwd=ROOT, **here)
    git("commit", "--quiet", "--message=The course", cwd=ROOT, **here)
    return bare


@pytest.fixture(scope="module")
def homes(tmp_path_factory) -> Path:
    """The folder with the users' own."""
    return tmp_path_factory.mktemp("homes")


@pytest.fixture(scope="module")
def address(tmp_path_factory, homes) -> str:
    """The hub's."""
    folder = tmp_path_factory.mktemp("hub")
    install(folder / "gitconfig")
    with hub.running(folder, homes, folder / "gitconfig") as address:
        yield address


def link_to(address: str, upstream: Path) -> str:
    """TEACHING.md's link, with this hub and this repository in it."""
    link = block("text", "git-pull").strip().replace("https://hub.example", address)
    course = quote("https://git.example/course", safe="")
    assert course in link
    return link.replace(course, quote(str(upstream), safe=""))


def add_below(notebook: dict, key: str, source: str) -> None:
    """Put a cell below the one that is called `key`."""
    place = [cell["id"] for cell in notebook["cells"]].index(key) + 1
    notebook["cells"].insert(place, code(source, source.strip("# ").replace(" ", "-")))


def publish(upstream: Path, folder: Path) -> None:
    """A new version of the course: of bnlib, and with a cell more in the notebook."""
    git("clone", "--quiet", str(upstream), str(folder), cwd=upstream)
    package, notebook = folder / "bnlib/__init__.py", folder / NAME
    with package.open("a", encoding="utf-8") as file:
        file.write('\n__version__ = "99.0"\n')
    content = json.loads(notebook.read_text(encoding="utf-8"))
    add_below(content, "exercise-normalize", "# new in the course")
    notebook.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    git("commit", "--quiet", "--all", "--message=A new version", cwd=folder)
    git("push", "--quiet", cwd=folder)


def read(user: hub.User) -> dict:
    """The notebook, as the user's server reads it."""
    return user.api("GET", f"contents/{NOTEBOOK}")["content"]


def test_the_course_on_a_hub(address, homes, upstream, tmp_path):
    link = link_to(address, upstream)
    ada, grace = hub.User(address, "ada"), hub.User(address, "grace")
    for user in (ada, grace):
        assert "git clone" in user.follow(link)

    notebook = read(ada)
    cells = {cell["id"]: cell for cell in notebook["cells"]}
    with ada.kernel(NOTEBOOK) as kernel:
        said = kernel.run("print(get_ipython().kernel.language_info)")
        assert said.strip() == str(notebook["metadata"]["language_info"])  # unmodified by opening
        kernel.run(cells["setup"]["source"])
        for name, answer in ANSWERS.items():
            cells[name]["source"] = answer
        add_below(notebook, "exercise-normalize", "# a cell of mine")
        ada.save(NOTEBOOK, notebook)
        assert "✓ normalize" in kernel.run(RIGHT)
        assert "You average down the columns" in kernel.run(WRONG)
        shown = kernel.run(PROGRESS)
        assert " 1 of 6 passed  1 wrong, 4 not attempted" in shown
        number, path, installed = kernel.run(WHICH).split()
        assert number == installed and path == str(
            homes / "ada/batch-norm-course/bnlib/__init__.py"
        )
    with grace.kernel(NOTEBOOK) as kernel:
        assert ": 0 of " in kernel.run(PROGRESS)

    publish(upstream, tmp_path / "work")
    assert "Merge made" in ada.follow(link)
    cells = {cell["id"]: cell["source"] for cell in read(ada)["cells"]}
    assert cells.items() >= ANSWERS.items()
    assert {"# a cell of mine", "# new in the course"} <= {*cells.values()}
    with ada.kernel(NOTEBOOK) as kernel:
        assert kernel.run(WHICH).split() == ["99.0", path, installed]
        assert kernel.run(PROGRESS) == shown
    assert "Fast-forward" in grace.follow(link)
    with grace.kernel(NOTEBOOK) as kernel:
        assert kernel.run(WHICH).split() == ["99.0", path.replace("ada", "grace"), installed]
