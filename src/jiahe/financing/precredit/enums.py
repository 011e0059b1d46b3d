"""The states of an institution's rule, in words."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class RuleState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    PUBLISHED = "published", _("现行")
    REPLACED = "replaced", _("已被新版本替代")
    ENDED = "ended", _("已停用")
