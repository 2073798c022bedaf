import pytest

from fbss_app.patient.pwa.inline_styles import InlineStylesError, built_files, inline_styles

PRELOAD = '<link as="style" href="/assets/look-D1.css" rel="preload"/>'
LINK = '<link href="/assets/look-D1.css" rel="stylesheet" type="text/css"/>'


@pytest.fixture
def page(tmp_path):
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets/look-D1.css").write_text(r"a::before{content:'\\201c'}")
    page = tmp_path / "index.html"
    page.write_text(f"<head>{PRELOAD}<title>A</title>{LINK}</head><body></body>")
    return page


def test_nothing_waits_for_the_stylesheet(page, tmp_path):
    inline_styles(page, tmp_path)

    (paper,) = (tmp_path / "assets").glob("paper-*.css")
    for_paper = (
        f'<link href="/assets/{paper.name}" rel="stylesheet" type="text/css" media="print"/>'
    )
    # React looks for both links by their address; neither fetches anything.
    link = LINK.replace("/>", ' disabled=""/>')
    style = r"<style>a::before{content:'\\201c'}</style>"
    preload = PRELOAD.replace("/>", ' media="not all"/>')
    head = f"{preload}<title>A</title>{style}{for_paper}{link}"
    assert page.read_text() == f"<head>{head}</head><body></body>"


def test_rules_for_paper_come_with_the_file_alone(page, tmp_path):
    css = "@media not print{b{c:d}}e{f:g}@media print{h{i:j}@media (k){l{m:n}}}o{p:q}@media print{}"
    (tmp_path / "assets/look-D1.css").write_text(css)
    inline_styles(page, tmp_path)

    assert "<style>@media not print{b{c:d}}e{f:g}o{p:q}</style>" in page.read_text()
    (paper,) = (tmp_path / "assets").glob("paper-*.css")
    assert paper.read_text() == "@media print{h{i:j}@media (k){l{m:n}}}@media print{}"


@pytest.mark.parametrize("links", ["", LINK + LINK])
def test_page_that_is_not_as_expected_stops_the_build(page, tmp_path, links):
    page.write_text(f"<head>{links}</head>")

    with pytest.raises(InlineStylesError, match="stylesheets"):
        inline_styles(page, tmp_path)


def test_stylesheet_that_would_break_the_page_stops_the_build(page, tmp_path):
    (tmp_path / "assets/look-D1.css").write_text("a::before{content:'</style>'}")

    with pytest.raises(InlineStylesError, match="end the style element"):
        inline_styles(page, tmp_path)


def test_each_page_lies_where_it_was_built(tmp_path):
    assert built_files("/", tmp_path) == [tmp_path / "index.html"]
    assert built_files("/options", tmp_path) == [
        tmp_path / "options.html",
        tmp_path / "options/index.html",
    ]
