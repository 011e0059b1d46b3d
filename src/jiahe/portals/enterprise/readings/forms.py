"""Which readings are shown."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

DAY = {"class": "form-control", "type": "date"}


class ReadingFilter(forms.Form):
    """By organisation and by day; what makes no sense shows everything."""

    organisation = forms.ChoiceField(
        label=gettext_lazy("查看方"), required=False, widget=forms.Select(attrs={"class": "form-select"})
    )
    since = forms.DateField(label=gettext_lazy("自"), required=False, widget=forms.DateInput(attrs=DAY))
    until = forms.DateField(label=gettext_lazy("至"), required=False, widget=forms.DateInput(attrs=DAY))

    def __init__(self, data: QueryDict, readers: list[tuple[str, str]]) -> None:
        super().__init__(data)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("其他所有单位")), *readers]

    @property
    def chosen(self) -> dict[str, Any]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def query(self) -> str:
        """The same choice, for the links to other pages of the list."""
        return f"{urlencode(self.chosen)}&" if self.chosen else ""
