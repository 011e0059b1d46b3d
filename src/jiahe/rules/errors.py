"""Why a rule is refused."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from jiahe.kit.errors import JiaheError


class WrongRule(JiaheError):
    """`where` is the path in the JSON, `what` the fault, `remedy` what to write instead."""

    code = "rules.wrong_rule"
    status = 400
    template = _("规则的“{where}”处有误：{what}。{remedy}。")
