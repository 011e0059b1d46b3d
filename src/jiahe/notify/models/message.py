"""A message in an organisation's inbox."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from jiahe.notify.templates import TEMPLATES


class Message(models.Model):
    """What one organisation (or, where `user` is set, one person of it) is told. `link` is a path of its portal."""

    organisation = models.CharField(max_length=40)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    template = models.CharField(max_length=40)
    facts = models.JSONField()
    link = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "-sent_at"])]

    @property
    def title(self) -> str:
        return str(TEMPLATES[self.template].title)

    @property
    def sentence(self) -> str:
        return str(TEMPLATES[self.template].sentence).format(**self.facts)
