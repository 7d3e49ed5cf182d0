"""What is kept when a test fails: a picture of every page, and its console."""

import subprocess
import sys
import textwrap
from pathlib import Path

from PIL import Image

FAILING = """
    def test_a_lost_page(browser):
        page = browser.new_page(viewport={"width": 400, "height": 300})
        page.set_content("<h1 style='height: 900px'>Lost</h1><script>console.error('oh')</script>")
        page.evaluate("setTimeout(() => { throw new Error('nobody caught this') })")
        page.wait_for_timeout(50)
        assert page.title() == "Found"
"""


RUN = """
    import sys
    from pathlib import Path

    here, test, kept = sys.argv[1:]
    sys.path[:0] = [here, str(Path(here).parent)]
    import conftest
    import evidence
    import pytest

    evidence.FOLDER = Path(kept)
    sys.exit(pytest.main(["-q", "-p", "no:cacheprovider", test], plugins=[conftest]))
"""


def test_a_failure_leaves_pictures_and_consoles(tmp_path):
    """In a process of its own, with this folder's conftest."""
    test, kept = tmp_path / "test_failing.py", tmp_path / "kept"
    test.write_text(textwrap.dedent(FAILING))
    command = [sys.executable, "-c", textwrap.dedent(RUN), Path(__file__).parent, test, kept]
    run = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    assert run.returncode == 1, run.stdout + run.stderr
    [picture] = kept.glob("*.png")
    [log] = kept.glob("*.txt")
    assert str(picture) in run.stdout and str(log) in run.stdout
    assert picture.name.endswith("test_a_lost_page-page-1.png")
    with Image.open(picture) as image:
        width, height = image.size
    assert width == 400 and height >= 900, "the full page"
    lines = log.read_text().splitlines()
    assert any(line.startswith("error: oh") for line in lines)
    assert any("nobody caught this" in line for line in lines if line.startswith("exception"))
