"""What is said about a version of the indicator system beside the system itself."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from jiahe.scoring.points.models import SystemVersion
from jiahe.web import fields


class AboutForm(forms.Form):
    note = fields.line(_("说明"), hint=_("改了什么、为什么"), required=False, maxlength=200)
    valid_until = fields.day(_("有效期至"), hint=_("不填则到下一版发布为止"), required=False)

    @classmethod
    def of(cls, version: SystemVersion) -> AboutForm:
        return cls(initial={"note": version.note, "valid_until": version.valid_until})
