"""What others have judged: tax grade, the public score, environment, customs."""

from __future__ import annotations

from jiahe.catalogue import Text
from jiahe.scoring.features import arithmetic
from jiahe.scoring.features.model import Aggregate, Family, Feature, Function, Unit, Window
from jiahe.scoring.features.series import Series
from jiahe.scoring.features.state import latest, state

TAX_GRADES = (("A", 5), ("B", 4), ("M", 3), ("C", 2), ("D", 1))
PUBLIC_GRADES = (("A", 5), ("B", 4), ("C", 3), ("D", 2), ("E", 1))
COLOURS = (("green", 5), ("blue", 4), ("yellow", 3), ("red", 2), ("black", 1))
PUBLIC = Series("public_score", "0404", "score", Text("公共信用评价得分", "Public credit score"), Unit.POINTS, 1)

FEATURES = (
    state(
        "tax_grade",
        latest("0206", "grade", ranks=TAX_GRADES),
        Text("纳税信用等级", "Tax grade"),
        Text("最近一年：A 级为 5，B 级为 4，M 级为 3，C 级为 2，D 级为 1", "A is 5, B 4, M 3, C 2, D 1"),
        Unit.RANK,
        better=1,
    ),
    Feature(
        "tax_grade_worst_36m",
        Text("近36个月最低纳税信用等级", "Worst tax grade, last 36 months"),
        Text("最近36个月里最低的纳税信用等级", "The worst of the last 36 months"),
        Unit.RANK,
        Family.LEVEL,
        (Aggregate("0206", Function.MIN, "grade", Window(36), ranks=TAX_GRADES),),
        arithmetic.value,
        Window(36),
        better=1,
    ),
    state(
        "tax_points",
        latest("0206", "score"),
        Text("纳税信用得分", "Tax credit points"),
        Text("最近一次纳税信用评价得分", "Of the newest grading"),
        Unit.POINTS,
        better=1,
    ),
    state(
        "public_score",
        latest("0404", "score", window=Window(12)),
        Text("最近公共信用评价得分", "Public credit score at last"),
        Text("最近一次公共信用综合评价得分", "Of the newest evaluation"),
        Unit.POINTS,
        better=1,
    ),
    *PUBLIC.changes(3, 12),
    *PUBLIC.spreads(12),
    Feature(
        "public_score_lowest_24m",
        Text("近24个月最低公共信用评价得分", "Lowest public credit score, last 24 months"),
        Text("最近24个月里最低的一次得分", "The lowest of the last 24 months"),
        Unit.POINTS,
        Family.LEVEL,
        (Aggregate("0404", Function.MIN, "score", Window(24)),),
        arithmetic.value,
        Window(24),
        better=1,
    ),
    state(
        "environment_grade",
        latest("1203", "grade", ranks=COLOURS),
        Text("环境信用等级", "Environmental grade"),
        Text("最近一年：绿为 5，蓝为 4，黄为 3，红为 2，黑为 1", "Green is 5, blue 4, yellow 3, red 2, black 1"),
        Unit.RANK,
        better=1,
    ),
    state(
        "customs_grade",
        latest("1702", "grade", ranks=(("advanced", 3), ("regular", 2), ("dishonest", 1))),
        Text("海关信用等级", "Customs grade"),
        Text("高级认证为 3，常规管理为 2，失信为 1", "Advanced is 3, regular 2, dishonest 1"),
        Unit.RANK,
        better=1,
    ),
    state(
        "output_per_mu",
        latest("0502", "grade", ranks=PUBLIC_GRADES[:4]),
        Text("亩均效益等级", "Output per mu grade"),
        Text("最近一次亩均效益评价等级，A 级为 5", "A is 5"),
        Unit.RANK,
        better=1,
    ),
)
