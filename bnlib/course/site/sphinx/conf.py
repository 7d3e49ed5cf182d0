"""Sphinx's settings for the site; bnlib/course/site/sources.py puts this file beside the pages."""

import html
import json
import re
import shutil
from pathlib import Path

from docutils import nodes
from sphinx.errors import ExtensionError

project = "Batch normalization, a course that answers back"
author = "the bnlib contributors"
language = "en"

# Written beside this file: the site's address ("" if it is not known), and tags for pages' heads.
SITE = json.loads(Path(__file__).with_name("site.json").read_text(encoding="utf-8"))

extensions = ["myst_nb"]
nb_execution_mode = "off"
myst_enable_extensions = ["dollarmath"]
myst_dmath_double_inline = True
myst_heading_anchors = 4
exclude_patterns = ["extra"]

templates_path = ["templates"]
html_theme = "sphinx_book_theme"
html_baseurl = SITE["address"]
html_title = "Batch normalization"
html_static_path = ["static"]
html_css_files = ["katex/katex.min.css", "look.css", "type.css", "site.css"]
html_js_files = [("site.js", {"defer": "defer"}), ("live.js", {"defer": "defer"})]
html_js_files += [("exercises.js", {"defer": "defer"})]
html_favicon = "static/icon.svg"
html_extra_path = ["extra"]
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_show_copyright = False
html_use_index = False
html_domain_indices = False
html_math_renderer = "tex"
html_sidebars = {
    "index": [],
    "**": ["navbar-logo.html", "search-button-field.html", "sbt-sidebar-nav.html"],
}
html_context = {"default_mode": "auto"}
html_theme_options = {
    "use_download_button": False,
    "use_fullscreen_button": False,
    "navbar_persistent": [],
    "back_to_top_button": False,
    "secondary_sidebar_items": ["contents.html"],
    "home_page_in_toc": True,
    "show_toc_level": 2,
    "search_bar_text": "Search the course ...",
    "toc_title": "On this page",
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
    "footer_content_items": "extra-footer.html",
    "extra_footer": '<p><a href="#main-content">Back to top</a></p>'
    "<p>Text and figures: CC BY 4.0. Code: MIT.</p>",
}


def _formula(display):
    """Leave the formula in the page as TeX; formulas.mjs sets it when all pages are there."""
    tag = "div" if display else "span"

    def visit(self, node):
        text = html.escape(node.astext(), quote=False)
        self.body.append(f'<{tag} class="bn-tex">{text}</{tag}>')
        raise nodes.SkipNode

    return visit


SPHINX = {f"_static/{name}.js" for name in ("doctools", "sphinx_highlight", "searchtools")}
SPHINX |= {f"_static/{name}.js" for name in ("language_data", "base-stemmer", "english-stemmer")}
"""Scripts for a search that is not ours."""
LEFT_OVER = (*SPHINX, "_static/file.png", "_static/plus.png", "_static/minus.png")
LEFT_OVER += (".buildinfo", "objects.inv", "_sources", "_static/vendor", "_static/locales")
LEFT_OVER += ("_static/scripts/fontawesome.js", "_static/images", "_static/webpack-macros.html")
LEFT_OVER += ("_static/sbt-webpack-macros.html", "_static/scripts/bootstrap.js")


def _without_leftovers(app, exception):
    """Remove what Sphinx and the theme write and no page of ours needs."""
    for name in LEFT_OVER:
        path = Path(app.outdir) / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


TAB_STOPS = re.compile(r'document\.querySelectorAll\(\["pre",[^\]]*\]\.join\(", "\)\)')
"""In the theme's script: what it asks for its width at once, which lays out the whole page."""


def _without_tab_stops(app, exception):
    """Leave it to site.js, which asks only for what the page has come to, what scrolls."""
    script = Path(app.outdir) / "_static" / "scripts" / "pydata-sphinx-theme.js"
    text, found = TAB_STOPS.subn("[]", script.read_text(encoding="utf-8"))
    if found != 1:
        raise ExtensionError(f"expected one place in {script.name} to leave out, found {found}")
    script.write_text(text, encoding="utf-8")


def _anchors_of_404(app, exception):
    """Name the page in its links to itself: its base, wherever it is shown, is the front page."""
    path = Path(app.outdir) / "404.html"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('href="#', 'href="404.html#'), encoding="utf-8")


def _home(app, page, template, context, doctree):
    """Name the sidebar's first entry, which the theme gives the front page's long title."""
    context["root_title"] = "Home"


def _head(app, page, template, context, doctree):
    """Say what the page is about, and let no script keep it from being shown."""
    context["metatags"] = SITE["tags"].get(page, "")
    scripts = [script for script in context["script_files"] if script.filename not in SPHINX]
    for script in scripts:
        script.attributes["defer"] = "defer"
    context["script_files"] = [script for script in scripts if script.filename]


def setup(app):
    app.add_html_math_renderer("tex", (_formula(False), None), (_formula(True), None))
    # After the theme, which sets the name
    app.connect("html-page-context", _home, priority=900)
    app.connect("html-page-context", _head, priority=900)
    app.connect("build-finished", _without_leftovers)
    app.connect("build-finished", _without_tab_stops)
    app.connect("build-finished", _anchors_of_404)
