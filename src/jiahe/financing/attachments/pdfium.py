"""PDF documents through PDFium, which takes one caller at a time: everything here holds one lock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import c_void_p
from threading import Lock
from time import monotonic
from typing import Any

import pypdfium2
from PIL import Image
from pypdfium2 import raw

from jiahe.financing.attachments.errors import Broken, Encrypted, NoPreview, NoSuchPage

_LOCK = Lock()
WIDTH = 1240  # pixels of a page as shown: A4 at 150 a inch
MOST_PIXELS = 6_000_000  # of a page as shown, however long it is


@contextmanager
def opened(content: bytes) -> Iterator[Any]:
    """The document; `Encrypted` where anything in it is locked, `Broken` where it cannot be read."""
    with _LOCK:
        try:
            document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as error:
            locked = getattr(error, "err_code", None) in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
            raise (Encrypted if locked else Broken) from error
        try:
            if raw.FPDF_GetSecurityHandlerRevision(document) != -1:
                raise Encrypted
            yield document
        finally:
            document.close()


def acts(document: Any) -> bool:
    """Whether the document runs scripts or carries files, as far as PDFium lists them."""
    return bool(raw.FPDFDoc_GetJavaScriptActionCount(document) or raw.FPDFDoc_GetAttachmentCount(document))


def drawn(content: bytes, number: int, *, seconds: int) -> Image.Image:
    """A page (from 1) as a picture; `NoSuchPage`, and `NoPreview` for one that cannot be drawn in the time."""
    with opened(content) as document:
        if not 1 <= number <= len(document):
            raise NoSuchPage(page=number)
        try:
            page = document[number - 1]
        except pypdfium2.PdfiumError as error:
            raise NoPreview from error
        try:
            return _drawn(page, seconds)
        finally:
            page.close()


def _drawn(page: Any, seconds: int) -> Image.Image:
    width, height = page.get_width(), page.get_height()
    if width <= 0 or height <= 0:
        raise NoPreview
    scale = min(WIDTH / width, (MOST_PIXELS / (width * height)) ** 0.5)
    size = max(int(width * scale), 1), max(int(height * scale), 1)
    bitmap = pypdfium2.PdfBitmap.new_native(*size, raw.FPDFBitmap_BGR)
    try:
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, *size)
        pause = _pause_after(seconds)
        status = raw.FPDF_RenderPageBitmap_Start(bitmap, page, 0, 0, *size, 0, raw.FPDF_ANNOT, pause)
        raw.FPDF_RenderPage_Close(page)
        if status != raw.FPDF_RENDER_DONE:
            raise NoPreview
        picture: Image.Image = bitmap.to_pil().copy()
        return picture
    finally:
        bitmap.close()


def _pause_after(seconds: int) -> Any:
    """What PDFium asks between two objects of a page whether it should stop."""
    end = monotonic() + seconds

    def is_late(_pause: c_void_p) -> int:
        return monotonic() >= end

    pause = raw.IFSDK_PAUSE(version=1)
    pause.NeedToPauseNow = type(pause.NeedToPauseNow)(is_late)
    return pause
