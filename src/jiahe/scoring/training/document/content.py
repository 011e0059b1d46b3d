"""What the document says, section by section."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jiahe.scoring.card import Card, Characteristic, Direction, Logistic, probability
from jiahe.scoring.training import binning, selection
from jiahe.scoring.training.document import plots
from jiahe.scoring.training.document.blocks import (
    Block,
    beside,
    facts,
    plot,
    section,
    share,
    table,
    text,
    whole,
)
from jiahe.scoring.training.document.named import GROUPS, interval, meaning, title
from jiahe.scoring.training.document.named import group as named
from jiahe.scoring.training.figures import Figures
from jiahe.scoring.training.order import FOLDS, PERFORMANCE_MONTHS
from jiahe.scoring.training.run import Result


def content(result: Result) -> Block:
    """Plain data: a title, the first lines, sections of blocks."""
    return {
        "language": get_language() or "zh-hans",
        "title": _("信用评分卡模型文档"),
        "lead": _("评分卡 {digest}").format(digest=result.card.digest),
        "key": _key(result),
        "sections": [
            section(_("用途"), _purpose()),
            section(_("数据"), _data(result)),
            section(_("区分能力"), _power(result)),
            section(_("预计与实际"), _truth(result)),
            section(_("分档"), _bands(result)),
            section(_("特征与分值"), _characteristics(result.card)),
            section(_("公平性"), _fairness(result)),
            section(_("提前知道结果的特征"), _leaks(result)),
            section(_("使用限制"), _limits(result)),
            section(_("设置与重现"), _settings(result)),
        ],
    }


def _key(result: Result) -> list[list[str]]:
    """The four figures that are read first."""
    origin, validated = result.card.origin, result.validated
    return [
        [_("企业"), whole(origin.rows)],
        [_("其中违约"), f"{whole(origin.defaults)} · {share(origin.defaults / origin.rows)}"],
        [_("评分卡 AUC"), f"{validated.mean('auc'):.3f}"],
        [_("挑战者 AUC"), f"{validated.mean('challenger_auc'):.3f}"],
    ]


def _purpose() -> Iterator[Block]:
    yield text(
        _(
            "评分卡把企业的经营情况换算成分数：每项特征按数值所在的区间得到整数分，基础分加各项得分就是总分，分数越高，"
            "未来 {months} 个月违约的可能性越小。违约与否由训练表的标签列给出；平台登记的违约是第一次逾期超过 90 天或被核销。"
        ).format(months=PERFORMANCE_MONTHS)
    )
    yield text(
        _(
            "分数供金融机构在企业授权后参考，供企业了解自己强在哪里、弱在哪里。是否授信由机构按自己的制度决定；"
            "分数只有数值和档次，不是信用评级。"
        )
    )


def _data(result: Result) -> Iterator[Block]:
    origin = result.card.origin
    rows = [
        (_("训练表"), result.order.file.name),
        ("SHA-256", origin.data_sha256),
        (_("标签列"), origin.target),
        (_("企业数"), whole(origin.rows)),
        (_("违约数"), f"{whole(origin.defaults)} ({share(origin.defaults / origin.rows)})"),
        (_("候选特征"), whole(result.candidates)),
        (_("表现期"), _("观察日后 {months} 个月").format(months=PERFORMANCE_MONTHS)),
    ]
    if origin.observed_from:
        rows.append((_("观察日"), f"{origin.observed_from} – {origin.observed_to}"))
    if result.latest:
        late = _("{since} 起的 {rows} 家企业，不参与生成").format(
            since=result.latest.since, rows=whole(result.latest.card.rows)
        )
        rows.append((_("时间外检验"), late))
    if result.left_out:
        rows.append((_("不是数值、未使用的列"), "、".join(result.left_out)))
    yield facts(rows)
    if result.unfinished:
        yield text(_("有 {rows:,} 行的表现期还没有结束，其中可能还会出现违约。").format(rows=result.unfinished))


def _power(result: Result) -> Iterator[Block]:
    yield text(
        _(
            "AUC 是任取一家违约企业和一家未违约企业、违约的那家分数更低的概率；KS 是两类企业分布的最大距离。"
            "所有数字都来自评分卡没有见过的企业：{folds} 折交叉验证，每一折重新分箱、筛选和估计。"
            "挑战者是梯度提升树，无法逐项解释，用来说明可读的评分卡放弃了多少。"
        ).format(folds=FOLDS)
    )
    validated = result.validated
    rows = [
        [
            _("交叉验证，{folds} 折平均").format(folds=FOLDS),
            *(f"{validated.mean(figure):.4f}" for figure in ("auc", "ks", "challenger_auc", "challenger_ks")),
        ]
    ]
    if result.latest:
        late = result.latest
        rows.append(
            [_("时间外"), *(f"{n:.4f}" for n in (late.card.auc, late.card.ks, late.challenger.auc, late.challenger.ks))]
        )
    yield table([_("检验"), _("评分卡 AUC"), _("评分卡 KS"), _("挑战者 AUC"), _("挑战者 KS")], rows)
    measured = [(_("交叉验证"), result.figures, result.challenger)]
    if result.latest:
        measured.append((_("时间外"), result.latest.card, result.latest.challenger))
    lines = [line for name, card, other in measured for line in _lines(name, card, other)]
    yield table([_("全部企业合在一起"), "AUC", "KS", "Gini", "Brier", _("最差一成的提升度")], lines)
    yield plot(
        plots.distribution(result.validated.scores, result.target, result.card.bands),
        _("分数分布：绿色为未违约企业，黄色为违约企业，虚线是各档的分界。"),
        "distribution",
    )


def _lines(name: str, card: Figures, other: Figures) -> Iterator[list[str]]:
    for who, own in ((_("评分卡"), card), (_("挑战者"), other)):
        numbers = (own.auc, own.ks, own.gini, own.brier)
        yield [f"{name} · {who}", *(f"{number:.4f}" for number in numbers), f"{own.lift:.2f}"]


def _truth(result: Result) -> Iterator[Block]:
    measured = result.latest.card if result.latest else result.figures
    within = sum(tenth.within for tenth in measured.deciles)
    yield text(
        _(
            "按预计的违约概率把企业分成十份。{within}/{tenths} 份的实际违约数在预计的 99.9 % 区间内；"
            "合计预计 {expected} 家，实际 {defaults} 家，PSI {psi:.3f}。"
        ).format(
            within=within,
            tenths=len(measured.deciles),
            expected=f"{measured.expected:,.1f}",
            defaults=whole(measured.defaults),
            psi=result.psi,
        )
    )
    yield plot(
        plots.deciles(measured.deciles),
        _("各份的违约率，风险最高的在左：横线为预计，浅色为 99.9 % 区间，圆点为实际。"),
        "deciles",
    )
    yield table(
        [_("份"), _("企业"), _("预计违约"), _("实际违约"), _("99.9 % 区间")],
        [
            [
                str(number),
                whole(tenth.rows),
                f"{tenth.expected:,.1f}",
                whole(tenth.defaults),
                f"{tenth.low:,} – {tenth.high:,}",
            ]
            for number, tenth in enumerate(measured.deciles, start=1)
        ],
    )


def _bands(result: Result) -> Iterator[Block]:
    cuts = result.card.bands
    yield text(_("第 1 档最稳健，每档约有五分之一的企业；分数来自没有见过该企业的评分卡，违约概率是该分数处的预计。"))
    edges, scores = [None, *cuts, None], result.validated.scores
    rows = []
    for number in range(1, len(cuts) + 2):
        upper, lower = edges[number - 1], edges[number]
        inside = (scores >= (lower or -(10**9))) & (scores < (upper or 10**9))
        count = int(inside.sum())
        rows.append(
            [
                _("第 {number} 档").format(number=number),
                f"≥ {lower}" if upper is None else f"< {upper}" if lower is None else f"{lower} – {upper - 1}",
                whole(count),
                whole(int(result.target[inside].sum())),
                _chances(result.card, lower, upper),
            ]
        )
    yield table([_("档次"), _("分数"), _("企业"), _("违约"), _("违约概率")], rows)


def _chances(card: Card, lower: int | None, upper: int | None) -> str:
    if upper is None and lower is not None:
        return f"≤ {share(probability(card, lower))}"
    if lower is None and upper is not None:
        return f"≥ {share(probability(card, upper - 1))}"
    assert lower is not None
    assert upper is not None
    return f"{share(probability(card, upper - 1))} – {share(probability(card, lower))}"


def _characteristics(card: Card) -> Iterator[Block]:
    yield text(
        _(
            "总分 = {base} + 各项得分。每项的分值与该区间企业的违约率相应；没有值的企业另成一箱，按它们自己的违约率得分。"
            "解释一家企业的分数时，每项得分与平均得分相比：多出的是加分，少了的是减分。"
        ).format(base=card.base)
    )
    ranked = sorted(card.characteristics, key=lambda one: (-_range(one), one.code))
    yield table(
        [_("特征"), _("方向"), _("最低分"), _("平均分"), _("最高分")],
        [
            [title(one.code), _direction(one), str(min(_points(one))), f"{one.average:.1f}", str(max(_points(one)))]
            for one in ranked
        ],
        words=2,
    )
    for number, one in enumerate(ranked, start=1):
        yield beside(f"{number}. {title(one.code)}", meaning(one.code), _bins(one), _picture(one, number))


def _points(one: Characteristic) -> list[int]:
    return [box.points for box in (*one.bins, *([one.missing] if one.missing.records else []))]


def _range(one: Characteristic) -> int:
    return max(_points(one)) - min(_points(one))


def _direction(one: Characteristic) -> str:
    names = {Direction.RISING: _("越大越好"), Direction.FALLING: _("越小越好"), None: _("由数据决定")}
    return names[one.direction]


def _bins(one: Characteristic) -> Block:
    boxes = [(interval(one, place), box) for place, box in enumerate(one.bins)]
    boxes.append((_("没有值"), one.missing))
    return table(
        [_("箱"), _("数值"), _("企业"), _("违约率"), _("分值")],
        [
            [
                str(number) if number <= len(one.bins) else "—",
                words,
                whole(box.records),
                share(box.defaults / box.records) if box.records else "—",
                str(box.points),
            ]
            for number, (words, box) in enumerate(boxes, start=1)
        ],
        words=2,
    )


def _picture(one: Characteristic, number: int) -> Block:
    return plot(plots.bins(one.bins, one.missing), _("柱：违约率；点：企业占比"), f"bins{number}")


def _fairness(result: Result) -> Iterator[Block]:
    if not result.groups:
        yield text(_("训练表没有规模、年限、县区、行业列，无法比较各类企业。"))
        return
    yield text(
        _(
            "这些列不进入评分卡（成立年限除外，它也是特征），只用来检查评分卡对各类企业是否一视同仁。通过率是分数不低于"
            " {cut} 的占比；“相符”表示实际违约数在预计的 99.9 % 区间内。"
        ).format(cut=result.card.bands[2])
    )
    for by, members in groupby(result.groups, key=lambda group: group.by):
        yield table(
            [str(GROUPS[by]), _("企业"), _("违约"), _("预计"), _("相符"), _("平均分"), _("通过率"), "AUC"],
            [
                [
                    named(by, group.name),
                    whole(group.rows),
                    whole(group.defaults),
                    f"{group.expected:,.1f}",
                    _("是") if group.within else _("否"),
                    whole(group.mean_score),
                    share(group.passed),
                    "—" if group.auc is None else f"{group.auc:.3f}",
                ]
                for group in members
            ],
        )


def _leaks(result: Result) -> Iterator[Block]:
    if not result.leaks:
        yield text(_("没有发现单凭自己就能断定结果的特征。"))
        return
    yield text(_("下列特征单凭自己就几乎能断定结果，多半是违约之后才有的，已全部排除。请与来源核对它们是何时产生的。"))
    yield table(
        [_("特征"), _("依据"), _("单独 AUC")],
        [
            [
                leak.feature,
                _("有的取值只见于违约企业") if leak.pure else _("名称与结果有关") if leak.named else _("单独即可区分"),
                f"{leak.auc:.3f}",
            ]
            for leak in result.leaks
        ],
        words=2,
    )


def _limits(result: Result) -> Iterator[Block]:
    yield text(
        _(
            "评分卡只反映训练表中的企业和时期；行业、政策或数据口径变化后应重新检验。发布后每月比较分数分布（PSI）、"
            "预计与实际的违约，超过界限时应停用并重训。"
        )
    )
    yield text(_("数据太少的企业不评分。企业对分数有异议的，可以申请人工复核。分数不得单独作为拒绝的理由。"))
    if result.card.origin.defaults < 500:
        yield text(
            _("训练表只有 {defaults} 家违约企业，各项数字的误差较大。").format(defaults=result.card.origin.defaults)
        )


def _settings(result: Result) -> Iterator[Block]:
    card, order = result.card, result.order
    yield facts(
        [
            (_("评分卡摘要"), card.digest),
            (_("分数刻度"), _scaling(card)),
            (_("由分数到违约概率"), _calibration(card)),
            (_("分箱"), _binning()),
            (_("筛选"), _selection()),
            (_("种子"), str(order.seed)),
            (_("线程数"), str(card.origin.threads)),
            (_("锁定文件 SHA-256"), card.origin.lock_sha256),
        ]
    )
    yield text(_("数据、种子、锁定文件和线程数都相同时，重新训练得到逐字节相同的评分卡。"))


def _scaling(card: Card) -> str:
    return _("{points} 分处未违约与违约之比为 {odds:g}，每 {pdo:g} 分翻倍").format(
        points=card.scaling.points, odds=card.scaling.odds, pdo=card.scaling.pdo
    )


def _calibration(card: Card) -> str:
    match card.calibration:
        case Logistic(slope, intercept):
            return f"1 / (1 + exp(−({slope:.6f} × {_('分数')} + {intercept:.4f})))"
        case steps:
            return _("{steps} 级阶梯").format(steps=len(steps.probabilities))


def _binning() -> str:
    return _("optbinning，每项至多 {most} 箱，每箱至少 {least}，声明了方向的保持单调").format(
        most=binning.MOST_BINS, least=share(binning.LEAST_SHARE)
    )


def _selection() -> str:
    return _(
        "信息值不低于 {value} 且超出偶然，与更好的特征相关低于 {alike}，方差膨胀因子不超过 {inflated:g}，权重方向正确"
    ).format(value=selection.LEAST_VALUE, alike=selection.ALIKE, inflated=selection.INFLATED)
