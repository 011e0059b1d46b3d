"""Why a table cannot be trained on."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from jiahe.kit.errors import JiaheError


class BadTable(JiaheError):
    """`what` says what is wrong and where, `remedy` what to do."""

    code = "scoring.bad_table"
    status = 400
    template = _("训练表 {file}：{what}。{remedy}。")
