"""One file that an enterprise added to a financing request."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from jiahe.financing.attachments.enums import DocumentKind, Media
from jiahe.financing.models import FinancingRequest


class Attachment(models.Model):
    """What is known of a file; the file itself lies in the store under `number`.

    `order` is the number of the order that asked for it, empty where it goes with the request: others' orders do not
    see it. `key` is the file's own key, sealed. `size` (bytes) and `sha256` are of the clear content as it is kept;
    `pages` is how many can be shown.
    """

    number = models.CharField(max_length=24, unique=True)
    request = models.ForeignKey(FinancingRequest, on_delete=models.PROTECT, related_name="attachments")
    uscc = models.CharField(max_length=18)
    order = models.CharField(max_length=24, blank=True)
    kind = models.CharField(max_length=12, choices=DocumentKind.choices)
    title = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=100)
    media = models.CharField(max_length=4, choices=Media.choices)
    size = models.PositiveIntegerField()
    pages = models.PositiveSmallIntegerField()
    sha256 = models.CharField(max_length=64)
    key = models.CharField(max_length=200)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=DocumentKind.values), name="attachment_kind_known"),
            models.CheckConstraint(condition=Q(media__in=Media.values), name="attachment_media_known"),
            models.CheckConstraint(
                condition=~Q(kind=DocumentKind.OTHER.value) | ~Q(title=""), name="attachment_other_has_title"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def about(self) -> str:
        """What it is, in words."""
        return self.title or str(DocumentKind(self.kind).label)
