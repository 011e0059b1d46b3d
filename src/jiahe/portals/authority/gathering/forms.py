"""Which batches are shown."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from jiahe.catalogue import load
from jiahe.portals.authority import names


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
