"""Which batches are shown, and the corrected file that comes back."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from jiahe.catalogue import load, names
from jiahe.kit.home import folder

LARGEST_MB = 20


def _categories() -> list[tuple[str, object]]:
    """All categories by department."""
    groups = [
        (names.said(d.name), [(c.code, f"{c.code} {names.said(c.name)}") for c in d.categories])
        for d in load().departments
    ]
    return [("", _("全部信息类")), *groups]


class BatchFilter(forms.Form):
    category = forms.ChoiceField(
        label=_("信息类"),
        required=False,
        choices=_categories,
        widget=forms.Select(attrs={"class": "form-select"}),
    )

    @property
    def chosen(self) -> str:
        """The category's code, empty for all."""
        return str(self.cleaned_data.get("category", "")) if self.is_valid() else ""


class ReturnForm(forms.Form):
    """A corrected workbook; it is kept only while it is read."""

    file = forms.FileField(
        label=_("改正后的工作簿"),
        widget=forms.FileInput(attrs={"class": "form-control", "accept": ".xlsx"}),
        error_messages={"required": _("请选择改正后的工作簿(XLSX)。"), "empty": _("文件是空的：请确认已保存。")},
    )

    def clean_file(self) -> UploadedFile[bytes]:
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if Path(file.name or "").suffix.lower() != ".xlsx":
            raise forms.ValidationError(_("请交回 XLSX 格式的工作簿。"))
        if (file.size or 0) > LARGEST_MB << 20:
            raise forms.ValidationError(_("文件超过 20 MB：请拆分后分次交回。"))
        return file

    @contextmanager
    def stored(self) -> Iterator[Path]:
        """The upload as a file with a name of ours: what the browser calls it never becomes a path."""
        with tempfile.TemporaryDirectory(dir=folder("tmp")) as work:
            path = Path(work) / "returned.xlsx"
            with path.open("wb") as target:
                for chunk in self.cleaned_data["file"].chunks():
                    target.write(chunk)
            yield path
