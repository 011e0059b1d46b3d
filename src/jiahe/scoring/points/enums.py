"""The states of an indicator system in words."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from jiahe.scoring.points.lifecycle import State


class SystemState(models.TextChoices):
    DRAFT = State.DRAFT.value, _("起草中")
    COMMITTED = State.COMMITTED.value, _("待发布")
    PUBLISHED = State.PUBLISHED.value, _("现行")
    RETIRED = State.RETIRED.value, _("已停用")
