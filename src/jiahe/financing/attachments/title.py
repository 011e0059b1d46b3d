"""What a paper is: a kind, and a title in words where no kind fits."""

from __future__ import annotations

from django.utils.translation import gettext as _

from jiahe.accounts.typed import line
from jiahe.financing.attachments.enums import DocumentKind
from jiahe.financing.attachments.errors import TitleMissing, UnknownKind

LONGEST = 60


def checked(kind: str, title: str) -> tuple[DocumentKind, str]:
    """The kind and the cleaned title, which may be empty unless the kind is `other`."""
    if kind not in DocumentKind:
        raise UnknownKind
    if not title.strip():
        if kind == DocumentKind.OTHER:
            raise TitleMissing
        return DocumentKind(kind), ""
    return DocumentKind(kind), line(title, _("材料名称"), LONGEST)
