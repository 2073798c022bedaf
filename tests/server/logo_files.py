"""Files that somebody might upload as a logo, good ones and bad ones, each made anew."""

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw, PngImagePlugin

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def a_picture(size: tuple[int, int] = (300, 100), mode: str = "RGBA") -> Image.Image:
    """A dark mark on nothing, or on white."""
    ground = (0, 0, 0, 0) if mode == "RGBA" else "white"
    image = Image.new(mode, size, ground)
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 2, size[1] // 2), fill="#0a3a6a")
    return image


def written(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def a_logo(size: tuple[int, int] = (300, 100), kind: str = "PNG") -> bytes:
    return written(a_picture(size, "RGB" if kind == "JPEG" else "RGBA"), kind)


def an_animation(kind: str) -> bytes:
    frames = [a_picture((60, 60), "RGB"), Image.new("RGB", (60, 60), "navy")]
    return written(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)


def a_telling_picture() -> bytes:
    """A PNG that tells more than its picture, in its texts, its profile and behind its end."""
    about = PngImagePlugin.PngInfo()
    about.add_text("Comment", "canary-text", zip=True)
    about.add_itxt("XML:com.adobe.xmp", "canary-xmp")
    exif = Image.Exif()
    exif[0x010E] = "canary-exif"
    picture = written(
        a_picture(), pnginfo=about, exif=exif, icc_profile=b"canary-icc", dpi=(300, 300)
    )
    return picture + b"<script>canary-behind</script>"


def a_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def a_png_that_says(width: int, height: int, *chunks: bytes) -> bytes:
    """A PNG of hardly any bytes, whatever its size is said to be."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    packed = zlib.compress(bytes(1000), 9)
    return b"".join(
        [
            b"\x89PNG\r\n\x1a\n",
            a_chunk(b"IHDR", head),
            *chunks,
            a_chunk(b"IDAT", packed),
            a_chunk(b"IEND", b""),
        ]
    )


# By the code that each is refused with.
REFUSED: dict[str, list[tuple[str, bytes]]] = {
    "logo-missing": [("nothing", b"")],
    "logo-too-large": [("a long file", a_logo() + bytes(1_000_000))],
    "logo-not-a-picture": [
        ("an SVG", SVG),
        ("an SVG with a declaration", b'<?xml version="1.0"?>' + SVG),
        ("a page", b"<!doctype html><title>x</title><script>alert(1)</script>"),
        ("a PDF", b"%PDF-1.7\n%%EOF"),
        ("a GIF", written(a_picture(mode="RGB"), "GIF")),
        ("a GIF that moves", an_animation("GIF")),
        ("a TIFF", written(a_picture(mode="RGB"), "TIFF")),
        ("a BMP", written(a_picture(mode="RGB"), "BMP")),
        ("an icon", written(a_picture((64, 64)), "ICO")),
        ("text", b"logo"),
        ("a sound in the container of WebP", b"RIFF\x24\x00\x00\x00WAVEfmt "),
    ],
    "logo-moves": [
        ("a PNG that moves", an_animation("PNG")),
        ("a WebP that moves", an_animation("WEBP")),
    ],
    "logo-too-many-pixels": [
        ("a PNG of many pixels", written(Image.new("1", (4000, 2001)), optimize=True)),
        ("a PNG that says to be huge", a_png_that_says(60_000, 60_000)),
        ("a PNG above the first limit of the library", a_png_that_says(10_000, 10_000)),
        (
            "a WebP of many pixels",
            written(Image.new("RGB", (4000, 2001), "navy"), "WEBP", lossless=True, method=0),
        ),
        ("a JPEG of many pixels", written(Image.new("L", (4000, 2001)), "JPEG", quality=5)),
    ],
    "logo-broken": [
        ("half a PNG", a_logo()[:200]),
        ("half a JPEG", a_logo(kind="JPEG")[: len(a_logo(kind="JPEG")) // 2]),
        ("half a WebP", a_logo(kind="WEBP")[: len(a_logo(kind="WEBP")) // 2]),
        ("the beginning of a PNG, then a page", a_logo()[:8] + b"<script>alert(1)</script>"),
        ("the beginning of a JPEG, then a page", b"\xff\xd8\xff<script>alert(1)</script>"),
        ("the beginning of a WebP, then a page", b"RIFF\x24\x00\x00\x00WEBP<script>"),
        ("a PNG with less than it says", a_png_that_says(500, 500)),
        (
            "a PNG with a text that unpacks without end",
            a_png_that_says(
                10, 10, a_chunk(b"zTXt", b"x\0\0" + zlib.compress(bytes(50_000_000), 9))
            ),
        ),
    ],
    "logo-too-narrow": [
        ("a dot", a_logo((15, 15))),
        ("a line", written(Image.new("RGB", (3000, 20), "navy"))),
    ],
    "logo-not-visible": [
        ("a white picture", written(Image.new("RGB", (100, 100), "white"))),
        ("an empty picture", written(Image.new("RGBA", (100, 100), (0, 0, 0, 0)))),
        ("a logo for dark paper", written(Image.new("RGBA", (100, 100), (255, 255, 255, 200)))),
    ],
}
REFUSED_FILES = [(code, words, file) for code, files in REFUSED.items() for words, file in files]
