"""A picture, made anew from its pixels: nothing else of the file is kept, neither place nor camera nor a hidden tail."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageOps

from jiahe.financing.attachments import limits
from jiahe.financing.attachments.enums import Media
from jiahe.financing.attachments.errors import Broken, TooManyPixels

# The number of pixels is ours to bound, by a parameter, before a picture is unpacked.
Image.MAX_IMAGE_PIXELS = None
FORMATS = {Media.JPEG: "JPEG", Media.PNG: "PNG"}
QUALITY = 92


def cleaned(content: bytes, media: Media) -> bytes:
    """The picture upright and without metadata; raises what is wrong with it."""
    try:
        with Image.open(BytesIO(content), formats=[FORMATS[media]]) as image:
            width, height = image.size
            if width * height > (most := limits.pixels()):
                raise TooManyPixels(width=width, height=height, most=most // 10_000)
            return _anew(ImageOps.exif_transpose(image), media)
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise Broken from error


def _anew(image: Image.Image, media: Media) -> bytes:
    plain = image.convert(_mode(image, media))
    plain.info = {}
    written = BytesIO()
    options = {"quality": QUALITY} if media is Media.JPEG else {"compress_level": 6}
    plain.save(written, FORMATS[media], **options)
    return written.getvalue()


def _mode(image: Image.Image, media: Media) -> str:
    if image.mode in ("1", "L"):
        return "L"
    clear = image.mode in ("LA", "RGBA", "PA") or "transparency" in image.info
    return "RGBA" if clear and media is Media.PNG else "RGB"
