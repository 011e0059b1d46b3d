"""The form that takes a card in."""

from __future__ import annotations

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from jiahe.scoring.errors import NotACard
from jiahe.web import fields

LARGEST_MB = 5


class CardForm(forms.Form):
    """The two files that `jiahe score train` writes, the figures if there are any, and a note."""

    file = fields.file(_("评分卡"), accept=".json", hint=_("jiahe score train --out 写出的 JSON，不超过 5 MB"))
    figures = fields.file(_("训练指标"), accept=".json", hint=_("可不选；jiahe score train --json 的输出"))
    note = fields.line(_("说明"), required=False, maxlength=300)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["figures"].required = False

    def text(self, name: str) -> str:
        """What a file says, empty where none was chosen; `NotACard` where it is too large or no text."""
        file: UploadedFile[bytes] | None = self.cleaned_data.get(name)
        if not file:
            return ""
        if (file.size or 0) > LARGEST_MB << 20:
            raise NotACard(file=file.name)
        try:
            return str(file.read(), "utf-8")
        except UnicodeDecodeError as broken:
            raise NotACard(file=file.name) from broken
