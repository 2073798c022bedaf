from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from fbss_app.server.services.clinic.settings.logo_picture import (
    BOX,
    MOST_KEPT_BYTES,
    PROBLEMS,
    LogoPicture,
    LogoRefusedError,
    make_logo,
)
from tests.server.logo_files import (
    REFUSED,
    REFUSED_FILES,
    a_logo,
    a_picture,
    a_telling_picture,
    written,
)


def opened(logo: LogoPicture) -> Image.Image:
    image = Image.open(BytesIO(logo.png))
    image.load()
    return image


def chunks(png: bytes) -> list[bytes]:
    found, place = [], 8
    while place < len(png):
        length = int.from_bytes(png[place : place + 4])
        found.append(png[place + 4 : place + 8])
        place += 12 + length
    assert place == len(png)
    return found


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_pictures_of_each_kind_become_a_png_that_says_its_size(kind: str):
    logo = make_logo(a_logo((300, 100), kind))
    image = opened(logo)
    assert (image.format, image.size) == ("PNG", (300, 100))
    assert (logo.width, logo.height) == image.size
    red, _, blue = image.convert("RGB").getpixel((20, 20))  # pyright: ignore
    assert red < 40
    assert blue > 80


@pytest.mark.parametrize(
    ("size", "becomes"),
    [
        ((480, 160), (480, 160)),
        ((960, 320), (480, 160)),
        ((2000, 1000), (320, 160)),
        ((2400, 200), (480, 40)),
        ((100, 400), (40, 160)),
        ((16, 16), (16, 16)),
    ],
)
def test_large_pictures_are_made_to_fit_and_small_ones_stay(
    size: tuple[int, int], becomes: tuple[int, int]
):
    logo = make_logo(a_logo(size))
    assert (logo.width, logo.height) == becomes
    assert logo.width <= BOX[0]
    assert logo.height <= BOX[1]


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_what_can_be_seen_through_stays_so(kind: str):
    alpha = opened(make_logo(a_logo((600, 200), kind))).convert("RGBA").getchannel("A")
    assert alpha.getextrema() == (0, 255)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
@pytest.mark.parametrize("size", [(300, 100), (600, 200)])
def test_what_was_erased_in_a_paint_program_stays_erased(kind: str, size: tuple[int, int]):
    """Its colours are still in the file, behind pixels that are seen through."""
    image = Image.new("RGBA", size, (200, 30, 30, 0))
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 2, size[1] // 2), fill="#0a3a6a80")
    options = {"lossless": True, "exact": True} if kind == "WEBP" else {}
    made = opened(make_logo(written(image, kind, **options))).convert("RGBA")
    pixels = [made.getpixel((x, y)) for x in range(made.width) for y in range(made.height)]
    assert {pixel for pixel in pixels if pixel[3] == 0} == {(0, 0, 0, 0)}  # pyright: ignore
    assert all(
        abs(is_now - was) <= 1
        for is_now, was in zip(made.getpixel((20, 20)), (10, 58, 106, 128), strict=True)  # pyright: ignore
    )


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_pixels_a_png_can_have_is_read(mode: str):
    square = Image.new("L", (64, 64), 255)
    ImageDraw.Draw(square).rectangle((0, 0, 31, 63), fill=40)
    if mode == "I;16":
        # From 40 of 255 to the same share of 65535, and a little more in the lower half.
        image = Image.frombytes(
            "I;16", square.size, b"".join(bytes((7, level)) for level in square.tobytes())
        )
    else:
        image = square.convert(mode)
    grey = opened(make_logo(written(image))).convert("L")
    dark, light = grey.getpixel((5, 5)), grey.getpixel((60, 5))
    assert dark in ((0, 255) if mode == "1" else (40,)) or mode == "P"
    assert isinstance(dark, int)
    assert dark <= 60
    assert light == 255


def test_a_picture_of_cmyk_is_read():
    logo = make_logo(written(Image.new("CMYK", (60, 60), (255, 255, 0, 0)), "JPEG"))
    red, green, blue = opened(logo).convert("RGB").getpixel((30, 30))  # pyright: ignore
    assert blue > red
    assert blue > green


def test_a_picture_that_lies_on_its_side_is_put_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    logo = make_logo(written(a_picture((300, 100), "RGB"), "JPEG", exif=exif))
    assert (logo.width, logo.height) == (53, 160)


def test_a_still_with_further_pictures_behind_it_is_a_still():
    """As phones write them."""
    first, second = a_picture((300, 100), "RGB"), a_picture((60, 20), "RGB")
    logo = make_logo(written(first, "MPO", save_all=True, append_images=[second]))
    assert (logo.width, logo.height) == (300, 100)


def test_nothing_but_the_picture_comes_through():
    logo = make_logo(a_telling_picture())
    assert set(chunks(logo.png)) == {b"IHDR", b"IDAT", b"IEND"}
    assert b"canary" not in logo.png
    assert opened(logo).info == {}


def test_nothing_of_a_jpeg_but_the_picture_comes_through():
    exif = Image.Exif()
    exif[0x010E] = "canary-exif"
    file = written(
        a_picture(mode="RGB"), "JPEG", exif=exif, icc_profile=b"canary-icc", comment=b"canary"
    )
    assert b"canary" in file
    logo = make_logo(file + b"<script>canary</script>")
    assert set(chunks(logo.png)) == {b"IHDR", b"IDAT", b"IEND"}


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_a_picture_of_noise_is_kept_small_and_stays_what_it_is(mode: str):
    noise = Image.merge(mode, [Image.effect_noise(BOX, 120) for _ in mode])
    logo = make_logo(written(noise.resize((700, 234))))
    assert len(logo.png) <= MOST_KEPT_BYTES
    assert set(chunks(logo.png)) <= {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}
    assert opened(logo).has_transparency_data is (mode == "RGBA")


def test_another_picture_has_another_digest_and_the_same_one_the_same():
    one, same, other = make_logo(a_logo()), make_logo(a_logo()), make_logo(a_logo((301, 100)))
    assert one == same
    assert one.digest != other.digest
    assert len(one.digest) == 16


@pytest.mark.parametrize(
    ("code", "words", "file"), REFUSED_FILES, ids=[words for _, words, _ in REFUSED_FILES]
)
def test_what_can_be_no_logo_is_refused_in_plain_words(code: str, words: str, file: bytes):
    with pytest.raises(LogoRefusedError) as refused:
        make_logo(file)
    assert refused.value.code == code
    assert refused.value.message == f"{PROBLEMS[code]}."
    assert refused.value.status_code == (413 if code == "logo-too-large" else 422)


def test_every_refusal_has_a_file_that_meets_it():
    assert REFUSED.keys() == PROBLEMS.keys()


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_damaged_picture_is_refused_or_read_and_nothing_else(data: st.DataObject):
    kind = data.draw(st.sampled_from(["PNG", "JPEG", "WEBP"]))
    file = bytearray(a_logo(kind=kind))
    for _ in range(data.draw(st.integers(1, 8))):
        file[data.draw(st.integers(0, len(file) - 1))] = data.draw(st.integers(0, 255))
    # Any other exception than this one fails.
    with suppress(LogoRefusedError):
        logo = make_logo(bytes(file[: data.draw(st.integers(1, len(file)))]))
        assert opened(logo).size == (logo.width, logo.height)
