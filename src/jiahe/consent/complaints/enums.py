"""What became of a complaint."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ComplaintState(models.TextChoices):
    OPEN = "open", _("核查中")
    UPHELD = "upheld", _("属实")
    DISMISSED = "dismissed", _("不属实")


ANSWERS = (ComplaintState.UPHELD, ComplaintState.DISMISSED)
