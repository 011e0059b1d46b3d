"""Department 03, the courts: cases whose amounts go with the firm's business."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from jiahe.city.rows import Floats, Rows, join
from jiahe.city.themes.columns import Maker, Theme, yuan

COUNTIES = ("南湖区", "秀洲区", "嘉善县", "海盐县", "海宁市", "平湖市", "桐乡市")
CAUSES = ("买卖合同纠纷", "金融借款合同纠纷", "承揽合同纠纷", "劳动争议", "民间借贷纠纷", "建设工程施工合同纠纷")
DUTIES = ("支付货款及利息", "归还借款本金及利息", "支付承揽款及违约金", "支付劳动报酬")


def _case(kind: str) -> Maker:
    """A court's case number."""
    return lambda rows: join(
        pa.scalar("("), rows.written_year(), pa.scalar(f")浙04{kind}"), rows.serial(), pa.scalar("号")
    )


def _court(rows: Rows) -> pa.Array:
    return rows.pick([f"{p}人民法院" for p in COUNTIES], rows.firm)


def _claim(rows: Rows) -> Floats:
    """Some weeks of the firm's sales, from a bill to a bank loan."""
    return rows.once(
        "claim", lambda: np.round(rows.population.sales[rows.firm] * np.exp(0.9 * rows.noise("claim") - 0.4), 2)
    )


def _recovered(rows: Rows) -> Floats:
    return _claim(rows) * np.round(np.clip(0.4 + 0.25 * rows.health, 0, 1), 2)


ENFORCED: Theme = {"case_no": _case("执"), "court": _court, "instrument_no": _case("民初"), "amount": yuan(_claim)}
THEMES: dict[str, Theme] = {
    "0301": ENFORCED
    | {
        "instrument_issuer": _court,
        "obligation": lambda rows: rows.choose(DUTIES),
        "province": lambda rows: rows.choose(["浙江"]),
    },
    "0302": ENFORCED
    | {
        "cause": lambda rows: rows.choose(CAUSES),
        "amount_recovered": yuan(_recovered),
        "unperformed_amount": lambda rows: rows.money(_claim(rows) - _recovered(rows)),
    },
    "0303": {"judgment_no": _case("民初"), "court": _court, "obligation": lambda rows: rows.choose(DUTIES)},
    "0304": {
        "case_no": _case("民初"),
        "court": _court,
        "cause": lambda rows: rows.choose(CAUSES),
        "amount_claimed": yuan(_claim),
        "preserved_amount": yuan(_claim, 0.5),
        "amount_adjudged": yuan(_claim, 0.8),
    },
}
