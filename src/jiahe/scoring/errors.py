"""Why scoring refuses."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from jiahe.kit.errors import JiaheError


class WrongCard(JiaheError):
    """`where` is the path in the JSON, `what` the fault."""

    code = "scoring.wrong_card"
    status = 400
    template = _("评分卡的“{where}”处有误：{what}。请用 jiahe score train 重新生成，或向提供方索取完整的文件。")
