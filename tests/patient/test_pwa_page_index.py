import base64
import hashlib
import json

from fbss_app.patient.pwa.page_index import inline_script_hashes, write_page_index
from fbss_app.server.site_pages import SitePages


def source_of(script):
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def test_inline_scripts_are_hashed_in_page_order_and_external_ones_are_not():
    html = '<script>one()</script><script src="/x.js"></script><script type="module">two()</script>'

    assert inline_script_hashes(html) == [source_of("one()"), source_of("two()")]


def test_script_text_is_hashed_as_it_stands():
    script = 'if (a < b && c) { x = "&amp;<b>é</b>"; } // <!-- not a comment'

    assert inline_script_hashes(f"<p>1</p><script>{script}</script>") == [source_of(script)]


def test_line_ends_are_hashed_as_the_browser_reads_them():
    assert inline_script_hashes("<script>a\r\nb\rc</script>") == [source_of("a\nb\nc")]


def test_repeated_and_empty_scripts_are_listed_once():
    html = "<script>a</script><script></script><script>a</script>"

    assert inline_script_hashes(html) == [source_of("a"), source_of("")]


def test_page_index_is_what_the_server_reads(tmp_path):
    site = tmp_path / "client"
    (site / "options").mkdir(parents=True)
    (site / "index.html").write_text("<script>start</script>")
    (site / "options.html").write_text("<script>options</script>")
    (site / "options/a.html").write_text("<script>a</script>")
    (site / "__spa-fallback.html").write_text("<script>fallback</script>")

    index = write_page_index(site)

    assert index.parent == tmp_path, "the list must not be served with the site"
    assert set(json.loads(index.read_text())["pages"]) == {"/", "/options", "/options/a"}
    pages = SitePages.load(index)
    assert pages.script_hashes("/") == (source_of("start"),)
    assert pages.script_hashes("/options/a.html") == (source_of("a"),)
    assert pages.script_hashes("/unknown") == (source_of("fallback"),)
