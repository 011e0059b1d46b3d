"""What happens to related parties: shareholders, holdings, parents, and enterprises of the same representative."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import narwhals.stable.v2 as nw

from jiahe.catalogue import Text, load
from jiahe.lake.engines.frames import Frame, Frames
from jiahe.lake.tables import LakeTable
from jiahe.scoring.features.arithmetic import ratio
from jiahe.scoring.features.inferring import REGISTRATION
from jiahe.scoring.features.model import Unit
from jiahe.scoring.features.population import ENDED
from jiahe.scoring.features.records import usable

SHAREHOLDERS, REPRESENTATIVES = "0103", "0102"
ONE, OTHER = "_one", "_other"
MOST_OF_ONE_PERSON = 50  # whoever represents more is an agent, not a common owner


@dataclass(frozen=True)
class Related:
    """How many related enterprises there are, or how many with `trouble`: a feature above 0."""

    code: str
    name: Text
    meaning: Text
    trouble: str = ""
    unit: Unit = Unit.HOUSEHOLDS
    better: int = -1


def _troubled(code: str, zh: str, en: str, trouble: str) -> Related:
    name = Text(f"关联企业{zh}家数", f"Related enterprises {en}")
    meaning = Text(f"股东、投资、上级或同一法定代表人的企业中{zh}的家数", f"How many related ones are {en}")
    return Related(code, name, meaning, trouble)


FEATURES = (
    Related(
        "related",
        Text("关联企业家数", "Related enterprises"),
        Text("股东、投资、上级或同一法定代表人的企业家数", "Shareholders, holdings, parents, same representative"),
        better=0,
    ),
    _troubled("related_dishonest", "失信被执行", "with dishonest judgment debts", "dishonest_standing"),
    _troubled("related_enforced", "被执行", "under enforcement", "enforced_standing"),
    _troubled("related_sued", "近一年被诉", "sued within a year", "sued_count_12m"),
    _troubled("related_penalised", "近一年受处罚", "penalised within a year", "penalty_count_12m"),
    _troubled("related_abnormal", "在经营异常名录", "in the abnormal operation list", "abnormal_standing"),
    _troubled("related_tax_arrears", "欠税", "with tax arrears", "tax_arrears_standing"),
    _troubled("related_unpaid_wages", "近一年欠薪", "with unpaid wages within a year", "unpaid_wages_count_12m"),
    _troubled("related_ended", "已吊销或注销", "revoked or deregistered", "_ended"),
)
SHARE = Related(
    "related_troubled_share",
    Text("关联企业出险占比", "Share of related enterprises in trouble"),
    Text("关联企业中失信、被执行、欠税或已吊销注销的比例", "Dishonest, under enforcement, in tax arrears or ended"),
    unit=Unit.HUNDREDTHS,
)
EVERY = (*FEATURES, SHARE)
TROUBLES = ("dishonest_standing", "enforced_standing", "tax_arrears_standing", "_ended")


def needs() -> set[str]:
    """The features of the others that these rest on."""
    return {code for code in {*TROUBLES, *(one.trouble for one in FEATURES)} if code and not code.startswith("_")}


def with_related(lake: Frames, frame: Frame, as_of: date) -> Frame:
    """A kept frame with what is true of each enterprise's related ones; who has none has 0 of them."""
    pairs = edges(lake, frame, as_of)
    ended = nw.when(nw.col("state").is_in(ENDED)).then(nw.lit(1)).otherwise(nw.lit(0)).alias("_ended")
    marked = frame.with_columns(ended)
    flags = [_flag(code) for code in (*sorted(needs()), "_ended")]
    others = marked.select(nw.col("_serial").alias(OTHER), *flags)
    any_trouble = nw.max_horizontal(*(nw.col(code) for code in TROUBLES))
    counted = pairs.join(others.with_columns(any_trouble.alias("_troubled")), on=OTHER, how="left").group_by(ONE)
    sums = [nw.col(f.trouble).sum().cast(nw.Int64).alias(f.code) for f in FEATURES if f.trouble]
    troubled = nw.col("_troubled").sum().cast(nw.Int64).alias("_troubled")
    found = counted.agg(nw.col(OTHER).count().cast(nw.Int64).alias("related"), troubled, *sums)
    found = found.with_columns(ratio(nw.col("_troubled"), nw.col("related")).alias(SHARE.code)).drop("_troubled")
    beside = lake.beside(frame, [lake.keep(found.rename({ONE: "_serial"}))])
    return beside.with_columns(*(nw.col(f.code).fill_null(0) for f in FEATURES))


def _flag(code: str) -> nw.Expr:
    return nw.when(nw.col(code) > 0).then(nw.lit(1)).otherwise(nw.lit(0)).cast(nw.Int64).alias(code)


def edges(lake: Frames, frame: Frame, as_of: date) -> Frame:
    """Pairs of serials, each in both directions once."""
    codes = frame.select(nw.col("_serial").alias(OTHER), nw.col("uscc").alias("_code"))
    named = [_named(lake, SHAREHOLDERS, "shareholder_uscc", as_of), _named(lake, REGISTRATION, "parent_uscc", as_of)]
    owned = nw.concat([one for one in named if one is not None], how="vertical").join(codes, on="_code", how="inner")
    pairs = [owned.select(ONE, OTHER), owned.select(nw.col(OTHER).alias(ONE), nw.col(ONE).alias(OTHER))]
    if _delivered(REPRESENTATIVES):
        pairs.append(_same_person(lake, as_of))
    every = nw.concat(pairs, how="vertical").filter(nw.col(ONE) != nw.col(OTHER))
    return lake.keep(every.unique())


def _delivered(category: str) -> bool:
    return LakeTable(load().categories[category]).version() >= 0


def _named(lake: Frames, category: str, item: str, as_of: date) -> Frame | None:
    if not _delivered(category):
        return None
    records = usable(lake, load().categories[category], as_of).filter(~nw.col(item).is_null())
    return records.select(nw.col("_serial").alias(ONE), nw.col(item).alias("_code"))


def _same_person(lake: Frames, as_of: date) -> Frame:
    """By the keyed digest of the representative's identity number, which itself is never opened."""
    records = usable(lake, load().categories[REPRESENTATIVES], as_of)
    people = records.select("_serial", nw.col("identity_no_digest").alias("_person")).filter(
        ~nw.col("_person").is_null()
    )
    people = people.with_columns(nw.col("_serial").count().over("_person").alias("_represents"))
    several = lake.keep(people.filter(nw.col("_represents").is_between(2, MOST_OF_ONE_PERSON)))
    one = several.select(nw.col("_serial").alias(ONE), "_person")
    return one.join(several.select(nw.col("_serial").alias(OTHER), "_person"), on="_person", how="inner").select(
        ONE, OTHER
    )
