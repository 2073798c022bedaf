import json
import re
from collections import Counter
from pathlib import Path

import pytest

from fbss_app import routes

BUILD = Path(".web/build")


def test_every_address_is_unique_and_clean():
    addresses = [value for name, value in vars(routes).items() if name.isupper() and "/" in value]

    assert len(set(addresses)) == len(addresses)
    for address in addresses:
        assert re.fullmatch(r"/|(/[a-z][a-z-]*)+", address)


@pytest.mark.browser
def test_every_built_page_has_a_title_of_its_own_and_a_heading():
    pages = json.loads((BUILD / "pages.json").read_text("utf-8"))["pages"]
    html = {
        path: (BUILD / "client" / f"{path.strip('/') or 'index'}.html").read_text("utf-8")
        for path in pages
    }

    titles = Counter(re.search("<title>(.+?)</title>", text)[1] for text in html.values())

    assert [title for title, count in titles.items() if count > 1] == []
    assert [path for path, text in html.items() if "<h1" not in text] == []
