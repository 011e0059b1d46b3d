"""`jiahe score train` and `jiahe score test`: a card from a labelled table, and its figures on another."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiahe.gathering.errors import NoSuchFile
from jiahe.kit.clock import today
from jiahe.kit.errors import JiaheError
from jiahe.scoring.card import Direction, Scaling, dumps, loads

if TYPE_CHECKING:
    from jiahe.scoring.training.figures import Figures
    from jiahe.scoring.training.run import Result

LIBRARIES = {"lightgbm", "matplotlib", "optbinning", "pandas", "sklearn", "threadpoolctl", "typst"}
SIGNS = {"+": Direction.RISING, "-": Direction.FALLING}
Data = Annotated[Path, typer.Option("--data", help=_("有标签的表：CSV 或 Parquet，每家企业一行"))]
Target = Annotated[str, typer.Option("--target", help=_("标签列：违约 1，未违约 0"))]
Id = Annotated[str, typer.Option("--id", help=_("标识列，从不作为特征"))]
Time = Annotated[str | None, typer.Option(help=_("观察日列；训练时最后五分之一留作时间外检验"))]
AsJson = Annotated[bool, typer.Option("--json", help=_("输出 JSON"))]


class NeedsTraining(JiaheError):
    code = "commands.needs_training"
    status = 400
    template = gettext_lazy("训练所需的组件 {library} 没有安装：请运行 pip install 'jiahe[training]' 后重试。")


class NoFolder(JiaheError):
    code = "commands.no_folder"
    status = 404
    template = gettext_lazy("目录 {folder} 不存在：请先建立，或改用 --out 指定别处。")


def register(group: typer.Typer) -> None:
    group.command(name="train", help=_("由有标签的表训练评分卡"))(train)
    group.command(name="test", help=_("检验评分卡在一张表上的表现"))(measure)


def train(
    data: Data,
    target: Target,
    id: Id,  # noqa: A002 - the option is called --id
    out: Annotated[Path, typer.Option(help=_("评分卡写到这个 JSON 文件"))],
    time: Time = None,
    document: Annotated[Path | None, typer.Option(help=_("模型文档(HTML 和 PDF)写到这个目录"))] = None,
    seed: Annotated[int, typer.Option(min=0, help=_("种子：相同则评分卡逐字节相同"))] = 7,
    base: Annotated[int, typer.Option(min=1, help=_("基准分"))] = 600,
    odds: Annotated[float, typer.Option(min=0.01, help=_("基准分处未违约与违约之比"))] = 20,
    pdo: Annotated[float, typer.Option(min=1, help=_("比值翻倍所需的分数"))] = 40,
    monotone: Annotated[list[str] | None, typer.Option(help=_("列=+ 越大越好，列=- 越小越好，可重复"))] = None,
    as_json: AsJson = False,
) -> None:
    """The card is written last and at once: where anything fails there is none."""
    if not out.absolute().parent.is_dir():
        raise NoFolder(folder=out.absolute().parent)
    with _libraries():
        from jiahe.scoring.training.document import write
        from jiahe.scoring.training.order import Order
        from jiahe.scoring.training.run import train as make
    order = Order(data, target, id, time, seed, Scaling(base, odds, pdo), _directions(monotone or []))
    result = make(order, today(), _say)
    if document:
        _say(_("生成模型文档"))
        write(result, document)
    _write(out, dumps(result.card))
    print(json.dumps(_facts(result), ensure_ascii=False) if as_json else "\n".join(_lines(result, out)))


def measure(
    card: Annotated[Path, typer.Option(help=_("评分卡文件(JSON)"))],
    data: Data,
    target: Target,
    id: Id,  # noqa: A002 - the option is called --id
    time: Time = None,
    as_json: AsJson = False,
) -> None:
    if not card.is_file():
        raise NoSuchFile(file=card)
    own = loads(card.read_text(encoding="utf-8"))
    with _libraries():
        from jiahe.scoring.training.trial import measure_card
    tested = measure_card(own, data, target=target, identity=id, time=time, today=today())
    if as_json:
        print(json.dumps({"card": own.digest, **_figures(tested.figures), "psi": round(tested.psi, 4)}))
        return
    print(_in_words(tested.figures))
    print(_("分数分布与训练时相比，PSI {psi:.3f}。").format(psi=tested.psi))


@contextmanager
def _libraries() -> Iterator[None]:
    """Says which extra is missing where one of its libraries is."""
    try:
        yield
    except ModuleNotFoundError as missing:
        if missing.name is None or missing.name.partition(".")[0] not in LIBRARIES:
            raise
        raise NeedsTraining(library=missing.name) from missing


def _directions(asked: list[str]) -> dict[str, Direction]:
    found = {}
    for text in asked:
        column, _equals, sign = text.rpartition("=")
        if not column or sign not in SIGNS:
            raise typer.BadParameter(_("--monotone 应写成 列=+ 或 列=-，而不是“{text}”").format(text=text))
        found[column] = SIGNS[sign]
    return found


def _write(out: Path, text: str) -> None:
    draft = out.with_name(f".{out.name}.part")
    draft.write_text(text, encoding="utf-8")
    draft.replace(out)


def _say(text: str) -> None:
    if sys.stderr.isatty():
        print(text, file=sys.stderr, flush=True)


def _facts(result: Result) -> dict[str, Any]:
    validated = result.validated
    return {
        "cv": {"auc": _round(validated.mean("auc")), "ks": _round(validated.mean("ks"))},
        "challenger": {"auc": _round(validated.mean("challenger_auc")), "ks": _round(validated.mean("challenger_ks"))},
        "leakage": [leak.feature for leak in result.leaks],
        "card": result.card.digest,
        "rows": result.card.origin.rows,
        "defaults": result.card.origin.defaults,
        "characteristics": len(result.card.characteristics),
        "left_out": list(result.left_out),
        "figures": _figures(result.figures),
        "psi": _round(result.psi),
        "out_of_time": result.latest
        and {
            "since": str(result.latest.since),
            **_figures(result.latest.card),
            "challenger": {"auc": _round(result.latest.challenger.auc), "ks": _round(result.latest.challenger.ks)},
        },
    }


def _figures(figures: Figures) -> dict[str, Any]:
    return {
        "rows": figures.rows,
        "defaults": figures.defaults,
        "expected": round(figures.expected, 1),
        "auc": _round(figures.auc),
        "ks": _round(figures.ks),
        "gini": _round(figures.gini),
        "brier": _round(figures.brier),
        "lift": _round(figures.lift),
        "deciles": [
            {
                "rows": tenth.rows,
                "defaults": tenth.defaults,
                "expected": round(tenth.expected, 1),
                "within": tenth.within,
            }
            for tenth in figures.deciles
        ],
    }


def _round(figure: float) -> float:
    return round(figure, 4)


def _lines(result: Result, out: Path) -> Iterator[str]:
    origin, validated = result.card.origin, result.validated
    yield _("{rows:,} 家企业，违约 {defaults:,} 家；{candidates} 项特征中选用 {chosen} 项。").format(
        rows=origin.rows,
        defaults=origin.defaults,
        candidates=result.candidates,
        chosen=len(result.card.characteristics),
    )
    yield _("交叉验证 AUC {auc:.4f}，KS {ks:.4f}；挑战者 AUC {other:.4f}。").format(
        auc=validated.mean("auc"), ks=validated.mean("ks"), other=validated.mean("challenger_auc")
    )
    if result.latest:
        yield _("时间外检验（{since} 起）AUC {auc:.4f}，KS {ks:.4f}；挑战者 AUC {other:.4f}。").format(
            since=result.latest.since,
            auc=result.latest.card.auc,
            ks=result.latest.card.ks,
            other=result.latest.challenger.auc,
        )
    for leak in result.leaks:
        yield _("已排除“{feature}”：它事先就知道结果（单独 AUC {auc:.3f}），请核对它是不是事后才有的。").format(
            feature=leak.feature, auc=leak.auc
        )
    if result.left_out:
        yield _("不是数值、未使用的列：{names}。").format(names="、".join(result.left_out))
    if result.unfinished:
        yield _("有 {rows:,} 行的表现期还没有结束，其中可能还会出现违约。").format(rows=result.unfinished)
    yield _("评分卡 {digest} 已写入 {out}。").format(digest=result.card.digest[:12], out=out)


def _in_words(figures: Figures) -> str:
    return _(
        "{rows:,} 家企业，违约 {defaults:,} 家，预计 {expected:,.1f} 家；AUC {auc:.4f}，KS {ks:.4f}，Gini {gini:.4f}，"
        "Brier {brier:.4f}，最差一成的提升度 {lift:.2f}；{within}/{tenths} 个十分位的违约数在预计的 99.9 % 区间内。"
    ).format(
        rows=figures.rows,
        defaults=figures.defaults,
        expected=figures.expected,
        auc=figures.auc,
        ks=figures.ks,
        gini=figures.gini,
        brier=figures.brier,
        lift=figures.lift,
        within=sum(tenth.within for tenth in figures.deciles),
        tenths=len(figures.deciles),
    )
