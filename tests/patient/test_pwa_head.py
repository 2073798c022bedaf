from pathlib import Path

import pytest

from fbss_app.patient.pwa.head import install_tags


def test_every_linked_picture_exists():
    links = [str(tag.href).strip('"') for tag in install_tags() if hasattr(tag, "href")]

    pictures = [link for link in links if not link.endswith(".webmanifest")]
    assert len(pictures) == 3
    for link in pictures:
        assert (Path("assets") / link.lstrip("/")).exists(), link


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_bar_around_the_page_has_a_colour_for_each_scheme(scheme):
    medias = [tag.custom_attrs.get("media") for tag in install_tags()]

    assert f"(prefers-color-scheme: {scheme})" in medias
