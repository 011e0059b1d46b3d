"""Which rows of a book are shown."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from jiahe.audit.models import Book
from jiahe.audit.queries.log import Wanted

DAY = forms.DateInput(attrs={"type": "date", "class": "form-control"})
TEXT = forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"})
WITHIN = [MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2999, 12, 31))]
ABOUT = {Book.JOURNAL: _("对象，如 user:12"), Book.ACCESS: _("统一社会信用代码")}


class RowFilter(forms.Form):
    """An empty field narrows nothing."""

    since = forms.DateField(label=_("自"), required=False, widget=DAY, validators=WITHIN)
    until = forms.DateField(label=_("至"), required=False, widget=DAY, validators=WITHIN)
    login = forms.CharField(label=_("登录名"), required=False, max_length=150, widget=TEXT)
    about = forms.CharField(label=_("对象"), required=False, max_length=80, widget=TEXT)

    def __init__(self, book: Book, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's form takes anything
        self.fields["about"].label = ABOUT[book]

    @property
    def wanted(self) -> Wanted:
        self.full_clean()
        return Wanted(**self.cleaned_data)  # without the fields that are wrong, which say so

    @property
    def query(self) -> str:
        """The filter as a part of an address, for the next page."""
        chosen = {name: self.data[name] for name in self.fields if self.data.get(name)}
        return urlencode(chosen) + "&" if chosen else ""
