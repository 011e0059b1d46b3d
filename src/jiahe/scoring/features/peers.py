"""Where an enterprise stands among its peers: those of the same industry division and size class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import narwhals.stable.v2 as nw

from jiahe.catalogue import Text
from jiahe.lake.engines.frames import Frame, Frames
from jiahe.scoring.features.arithmetic import ratio
from jiahe.scoring.features.model import Feature

GROUP = ("division", "size")
LEAST_PEERS = 20
SUFFIX = "_among_peers"
OF = (
    "sales_12m",
    "sales_year_on_year_3m",
    "sales_change_12m",
    "sales_spread_12m",
    "vat_burden_12m",
    "issued_12m",
    "received_of_issued_12m",
    "debt_ratio",
    "net_margin",
    "cash_flow_share",
    "insured",
    "insured_change_12m",
    "wage_12m",
    "leaving_12m",
    "power_12m",
    "power_year_on_year_3m",
    "power_change_12m",
    "power_for_sales_12m",
    "tax_paid_12m",
    "sales_a_head_12m",
)


@dataclass(frozen=True)
class Peers:
    """A feature's percentile among peers in hundredths of a per cent: how many are lower. Null with too few peers."""

    of: Feature

    @property
    def code(self) -> str:
        return f"{self.of.code}{SUFFIX}"

    @property
    def name(self) -> Text:
        return Text(f"{self.of.name.zh}的同业分位", f"{self.of.name.en}, among peers")

    @property
    def meaning(self) -> Text:
        return Text(
            f"同一行业大类、同一规模的企业中，{self.of.name.zh}更低者所占比例",
            "Of the enterprises of the same industry division and size, those with less",
        )

    @property
    def better(self) -> int:
        return self.of.better

    def expression(self) -> nw.Expr:
        column = nw.col(self.of.code)
        lower = column.rank("min").over(*GROUP) - 1
        others = column.count().over(*GROUP) - 1
        return ratio(lower, nw.when(others >= LEAST_PEERS).then(others)).alias(self.code)


def with_peers(lake: Frames, frame: Frame, features: Sequence[Peers]) -> Frame:
    """A kept frame with the features beside. They are worked out on few columns: a window carries all it is given."""
    if not features:
        return frame
    narrow = frame.select("_serial", *GROUP, *(one.of.code for one in features))
    return lake.beside(frame, [lake.keep(narrow.select("_serial", *(one.expression() for one in features)))])
