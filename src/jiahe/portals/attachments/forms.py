"""A file and what it is: one of the papers that were asked for, or another kind."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from jiahe.financing.attachments import limits
from jiahe.financing.attachments.enums import DocumentKind
from jiahe.financing.attachments.errors import TooLarge
from jiahe.financing.attachments.models import Wanted
from jiahe.web import fields

WANTED = "wanted:"


class UploadForm(forms.Form):
    kind = fields.choice(_("是什么材料"), [])
    called = fields.line(_("材料名称"), hint=_("选择“其他材料”时填写，如“厂房照片”"), required=False, maxlength=60)
    file = fields.file(_("文件"), accept=".pdf,.jpg,.jpeg,.png,.xlsx,.docx")

    def __init__(self, *args: Any, wanted: Iterable[Wanted], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = [
            (
                f"{WANTED}{one.pk}",
                _("{institution}要求：{paper}").format(institution=one.order.institution.name, paper=one.about),
            )
            for one in wanted
        ]
        self.fields["kind"].choices = [*asked, *DocumentKind.choices]  # type: ignore[attr-defined]  # a ChoiceField
        most = limits.megabytes()
        self.fields["file"].help_text = _("PDF、JPEG、PNG、XLSX 或 DOCX，不超过 {most} MB").format(most=most)

    def clean_file(self) -> UploadedFile[bytes]:
        """Refused by its size before it is read."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > (most := limits.megabytes()) << 20:
            raise forms.ValidationError(TooLarge(most=most).sentence)
        return file

    def facts(self) -> dict[str, Any]:
        """What `upload` takes."""
        kind, file = self.cleaned_data["kind"], self.cleaned_data["file"]
        named = {"content": file.read(), "name": file.name or ""}
        if kind.startswith(WANTED):
            return named | {"wanted": int(kind.removeprefix(WANTED))}
        return named | {"kind": kind, "called": self.cleaned_data["called"]}
