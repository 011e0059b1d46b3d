"""Workbooks that come in through a page and go out through one."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from jiahe.kit.home import folder
from jiahe.web import fields

LARGEST_MB = 5


class WorkbookForm(forms.Form):
    """One workbook; it is kept only while it is read, under a name of ours."""

    file = fields.file(_("填好的工作簿"), accept=".xlsx", hint=_("XLSX，不超过 5 MB；重复导入不会重复建立"))

    def clean_file(self) -> UploadedFile[bytes]:
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_MB << 20:
            raise forms.ValidationError(_("文件超过 5 MB：请拆分后分次导入。"))
        return file

    @contextmanager
    def stored(self) -> Iterator[Path]:
        with tempfile.TemporaryDirectory(dir=folder("tmp")) as work:
            path = Path(work) / "upload.xlsx"
            path.write_bytes(self.cleaned_data["file"].read())
            yield path
