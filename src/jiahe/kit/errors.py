"""The root of every failure that a person is told about: a code, an HTTP status, one sentence."""

from __future__ import annotations

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class JiaheError(Exception):
    """A failure with a clear sentence (what, where, what to do).

    Subclasses set `code`, `status` and `template`; the keyword arguments fill the template.
    """

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 400
    template: ClassVar[str | Promise] = _("操作未能完成。")

    def __init__(self, **facts: object) -> None:
        super().__init__(self.code)
        self.facts = facts

    @property
    def sentence(self) -> str:
        return str(self.template).format(**self.facts)

    def __str__(self) -> str:
        return self.sentence
