"""What an uploaded file is, by its content; its name says nothing."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext as _

from jiahe.financing.attachments import limits
from jiahe.financing.attachments.checks import office, pdf, picture
from jiahe.financing.attachments.enums import Media
from jiahe.financing.attachments.errors import Empty, OldOffice, TooLarge, WrongType

# How files begin; the last is that of old Office formats and of open ones with a password.
PDF, JPEG, PNG, ZIP, OLD = b"%PDF-", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
LONGEST_STEM = 80
FORBIDDEN = re.compile(r'[<>:"|?*%&;`$]')


@dataclass(frozen=True)
class Checked:
    """A file as it is kept. `pages` is how many can be shown: 0 for what can be downloaded only."""

    media: Media
    name: str
    content: bytes
    pages: int

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def checked(content: bytes, name: str) -> Checked:
    """The file as it may be kept; one of `errors.FileRefused` says what is wrong with it."""
    if not content:
        raise Empty
    if len(content) > (most := limits.megabytes()) << 20:
        raise TooLarge(most=most)
    media, kept, pages = _looked_into(content)
    return Checked(media, clean_name(name, media), kept, pages)


def _looked_into(content: bytes) -> tuple[Media, bytes, int]:
    if content.startswith(PDF):
        return Media.PDF, content, pdf.pages(content)
    for sign, media in ((JPEG, Media.JPEG), (PNG, Media.PNG)):
        if content.startswith(sign):
            return media, picture.cleaned(content, media), 1
    if content.startswith(ZIP):
        return office.media(content), content, 0
    raise OldOffice if content.startswith(OLD) else WrongType


def clean_name(name: str, media: Media) -> str:
    """The last part of a name without what cannot be seen or means something to a shell, a browser or a file system;
    its ending is that of the content."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    seen = FORBIDDEN.sub("_", "".join(sign for sign in last if unicodedata.category(sign)[0] != "C"))
    stem = seen.rpartition(".")[0] or seen
    stem = " ".join(stem.split()).strip(". ")[:LONGEST_STEM]
    return f"{stem or _('附件')}.{media.value}"
