"""A version of a product as people read it: parts with lines; what is not published says so. And what two differ in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from jiahe.products import words
from jiahe.products.admissions import sentences
from jiahe.products.costs import annual_cost
from jiahe.products.models import ProductVersion, Variant


@dataclass(frozen=True)
class Line:
    """`text` is empty where the institution did not publish it. `long`: sentences, for the whole width."""

    label: str
    text: str
    long: bool = False


@dataclass(frozen=True)
class Part:
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Change:
    """A line that differs; empty where one of the two versions does not say it."""

    part: str
    label: str
    before: str
    after: str


def sheet(version: ProductVersion) -> list[Part]:
    """The whole version; its variants and fees should be prefetched."""
    variants = list(version.variants.all())
    conditions = sentences(version.admission)
    admission = Line(_("准入条件"), "\n".join(conditions or ()), long=True)
    return [
        Part(_("产品"), tuple(_of_version(version))),
        *(Part(variant_name(one, len(variants)), tuple(_of_variant(version, one))) for one in variants),
        Part(
            _("费用"), tuple(Line(fee.name, words.fee(fee)) for fee in version.fees.all()) or (Line(_("其他费用"), ""),)
        ),
        Part(_("条件与材料"), (admission, Line(_("所需材料"), "\n".join(version.materials or ()), long=True))),
    ]


def differences(before: ProductVersion, after: ProductVersion) -> list[Change]:
    """Line by line, in the order of the newer one, then what only the older one said."""
    old, new = _by_place(before), _by_place(after)
    places = [*new, *(place for place in old if place not in new)]
    changes = [Change(*place, old.get(place, ""), new.get(place, "")) for place in places]
    return [change for change in changes if change.before != change.after]


def _by_place(version: ProductVersion) -> dict[tuple[str, str], str]:
    return {(part.title, line.label): line.text for part in sheet(version) for line in part.lines}


def variant_name(one: Variant, of: int) -> str:
    if one.name:
        return one.name
    return _("条款") if of == 1 else _("条款 {number}").format(number=one.position)


def _of_version(version: ProductVersion) -> Iterator[Line]:
    yield Line(_("产品名称"), version.name)
    yield Line(_("产品类别"), version.get_kind_display())
    yield Line(_("简介"), version.summary, long=True)
    yield Line(_("适用对象"), version.target, long=True)
    yield Line(_("适用地区"), words.regions(version))
    yield Line(_("适用行业"), words.industries(version))
    yield Line(_("企业规模"), words.sizes(version))
    yield Line(_("还款方式"), words.repayments(version))
    yield Line(_("承诺办理时间"), words.days(version.promised_days))
    yield Line(_("欢迎首贷"), words.yes(version.first_loan_friendly))
    yield Line(_("绿色金融"), words.yes(version.green))
    yield Line(_("科技金融"), words.yes(version.technology))
    yield Line(_("有效期"), words.validity(version))
    yield Line(_("业务机制"), version.mechanism, long=True)
    yield Line(_("资料来源"), version.source, long=True)


def _of_variant(version: ProductVersion, one: Variant) -> Iterator[Line]:
    yield Line(_("贷款额度"), words.amount(one))
    yield Line(_("贷款期限"), words.term(one))
    yield Line(_("年化利率"), words.rate(one))
    yield Line(_("利率基准"), words.spread(one))
    yield Line(_("年化综合成本"), words.cost(annual_cost(version, one)), long=True)
    yield Line(_("担保方式"), words.guarantee(one))
    yield Line(_("担保费率"), words.guarantee_fee(one))
    yield Line(_("风险分担"), words.shares(one), long=True)
