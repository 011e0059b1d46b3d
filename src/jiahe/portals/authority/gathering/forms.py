"""Which batches are shown."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from jiahe.catalogue import load
from jiahe.portals.authority import names


class BatchFilter(forms.Form):
    category = forms.ChoiceField(
        label=_("信息类"), required=False, widget=forms.Select(attrs={"class": "form-select"})
    )

    def __init__(self, data: object) -> None:
        super().__init__(data)
        choices = [
            (names.said(d.name), [(c.code, f"{c.code} {names.said(c.name)}") for c in d.categories])
            for d in load().departments
        ]
        self.fields["category"].choices = [("", _("全部信息类")), *choices]

    @property
    def chosen(self) -> str:
        """The category's code, empty for all."""
        return str(self.cleaned_data.get("category", "")) if self.is_valid() else ""
