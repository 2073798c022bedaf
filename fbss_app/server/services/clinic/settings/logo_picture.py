"""Makes a clinic's logo out of a file that nobody has vouched for.

Only the colours that can be seen come through, written down anew as a PNG: no metadata, no second
picture, nothing that was erased, and nothing that hides behind the picture in the file.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps

from fbss_app.server.services.refusal import RefusedError

MOST_BYTES = 1_000_000
# What a decoder may unpack: four bytes each, so 32 MB.
MOST_PIXELS = 8_000_000
# Twice the size at which pages show it, for screens with fine pixels.
BOX = (480, 160)
LEAST_SIDE = 16
# No logo that is kept is larger: what would be has its colours reduced to 256.
MOST_KEPT_BYTES = 100_000
# Grey of this lightness and lighter can hardly be seen on white.
_LIGHTEST = 225
_DIGITS = 16
_FORMATS = ("PNG", "JPEG", "WEBP")

PROBLEMS: Mapping[str, str] = {
    "logo-missing": "Choose a file first",
    "logo-too-large": "Choose a file of at most 1 MB",
    "logo-not-a-picture": "Choose a PNG, JPEG or WebP picture; this file is something else",
    "logo-moves": "Choose a picture that does not move",
    "logo-too-many-pixels": "Choose a smaller picture, of at most 8 million pixels",
    "logo-broken": "This picture cannot be read; save it anew, then try again",
    "logo-too-narrow": "Choose a picture that is less narrow, and at least 16 pixels high and wide",
    "logo-not-visible": "This picture cannot be seen on white; choose the version for white paper",
}


class LogoRefusedError(RefusedError):
    """The file cannot become a logo. Its code is one of `PROBLEMS`."""

    def __init__(self, code: str) -> None:
        status_code = 413 if code == "logo-too-large" else 422
        super().__init__(code, f"{PROBLEMS[code]}.", status_code=status_code)


@dataclass(frozen=True, slots=True)
class LogoPicture:
    """A logo as it is kept.

    Attributes:
        png: The picture.
        width: Its width in pixels, at most that of `BOX`.
        height: Its height in pixels, at most that of `BOX`.
        digest: The beginning of its SHA-256, 16 hexadecimal digits.
    """

    png: bytes
    width: int
    height: int
    digest: str


def make_logo(file: bytes) -> LogoPicture:
    """Read a file, whatever it is called, and write the picture in it anew.

    Args:
        file: What was uploaded.

    Raises:
        LogoRefusedError: It is no PNG, JPEG or WebP picture, or not one that can be a logo.
    """
    if not file:
        raise LogoRefusedError("logo-missing")
    if len(file) > MOST_BYTES:
        raise LogoRefusedError("logo-too-large")
    if not _begins_like_a_picture(file):
        raise LogoRefusedError("logo-not-a-picture")
    try:
        image = _decoded(file)
    except LogoRefusedError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise LogoRefusedError("logo-too-many-pixels") from None
    except Exception:
        # A decoder raises nearly anything over a file that is made to confuse it.
        raise LogoRefusedError("logo-broken") from None
    if min(image.size) < LEAST_SIDE:
        raise LogoRefusedError("logo-too-narrow")
    if not _is_visible(image):
        raise LogoRefusedError("logo-not-visible")
    png = _png(image)
    digest = hashlib.sha256(png).hexdigest()[:_DIGITS]
    return LogoPicture(png, *image.size, digest)


def _begins_like_a_picture(file: bytes) -> bool:
    is_webp = file.startswith(b"RIFF") and file[8:12] == b"WEBP"
    return is_webp or file.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"))


def _decoded(file: bytes) -> Image.Image:
    """Give the pixels upright, in RGB or RGBA, within `BOX`."""
    with Image.open(BytesIO(file), formats=_FORMATS) as image:
        if image.width * image.height > MOST_PIXELS:
            raise LogoRefusedError("logo-too-many-pixels")
        # Phones write further pictures behind a JPEG (format MPO), which is a still for all that.
        if image.format != "MPO" and getattr(image, "n_frames", 1) > 1:
            raise LogoRefusedError("logo-moves")
        image.load()
        ImageOps.exif_transpose(image, in_place=True)
        plain = _plain(image)
    plain.thumbnail(BOX, Image.Resampling.LANCZOS)
    return _without_what_was_erased(plain)


def _without_what_was_erased(image: Image.Image) -> Image.Image:
    """Take their colour from pixels that cannot be seen: paint programs keep it behind them."""
    if image.mode != "RGBA":
        return image
    seen = image.getchannel("A").point([0] + [255] * 255)  # pyright: ignore[reportUnknownMemberType]
    return Image.composite(image, Image.new("RGBA", image.size, (0, 0, 0, 0)), seen)


def _plain(image: Image.Image) -> Image.Image:
    if image.mode == "I;16":
        # Grey of 16 bits, the lower 8 first: Pillow would cut it off at white.
        image = Image.frombytes("L", image.size, image.tobytes()[1::2])
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _is_visible(image: Image.Image) -> bool:
    """Say whether anything of it stands out from the white plate that pages show it on."""
    plate = Image.new("RGBA", image.size, "white")
    plate.alpha_composite(image.convert("RGBA"))
    darkest = plate.convert("L").getextrema()[0]
    return isinstance(darkest, int | float) and darkest <= _LIGHTEST


def _png(image: Image.Image) -> bytes:
    # A picture made of nothing but the pixels takes nothing else along.
    bare = Image.frombytes(image.mode, image.size, image.tobytes())
    png = _written(bare)
    if len(png) <= MOST_KEPT_BYTES:
        return png
    return _written(bare.quantize(256, method=Image.Quantize.FASTOCTREE))


def _written(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()
