"""One paper that an institution asked for while it handled an order."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from jiahe.financing.attachments.enums import DocumentKind
from jiahe.financing.attachments.models.attachment import Attachment
from jiahe.financing.models import Order


class Wanted(models.Model):
    """Asked for until `supplied_at`; the attachment may be gone later, when its time is over."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="wanted_papers")
    kind = models.CharField(max_length=12, choices=DocumentKind.choices)
    title = models.CharField(max_length=60, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    attachment = models.ForeignKey(Attachment, on_delete=models.SET_NULL, null=True, related_name="wanted")
    supplied_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=DocumentKind.values), name="wanted_kind_known"),
            models.CheckConstraint(
                condition=~Q(kind=DocumentKind.OTHER.value) | ~Q(title=""), name="wanted_other_has_title"
            ),
            models.CheckConstraint(
                condition=Q(attachment=None) | Q(supplied_at__isnull=False), name="wanted_supplied_with_attachment"
            ),
        ]

    @property
    def about(self) -> str:
        return self.title or str(DocumentKind(self.kind).label)
