"""Kinds, guarantees, repayments and states of products, in words."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from jiahe.products.lifecycle import Shelf, VersionStep


class ProductKind(models.TextChoices):
    UNSECURED = "unsecured", _("信用贷款")
    MORTGAGE = "mortgage", _("抵押贷款")
    PLEDGE = "pledge", _("质押贷款")
    GUARANTEE = "guarantee", _("担保贷款")
    MIXED = "mixed", _("组合担保贷款")
    BILL = "bill", _("票据融资")
    CHAIN = "chain", _("供应链融资")
    TRADE = "trade", _("外贸融资")
    AGRICULTURAL = "agricultural", _("涉农贷款")
    TECHNOLOGY = "technology", _("科技贷款")
    GREEN = "green", _("绿色贷款")
    RENEWAL = "renewal", _("续贷")
    OTHER = "other", _("其他")


class GuaranteeKind(models.TextChoices):
    """Only `CREDIT`, and it alone, is an unsecured loan."""

    CREDIT = "credit", _("信用")
    GUARANTEE = "guarantee", _("保证")
    COMPANY = "company", _("融资担保公司担保")
    COUNTER = "counter", _("反担保")
    INSURANCE = "insurance", _("保证保险")
    MORTGAGE = "mortgage", _("抵押")
    PLEDGE = "pledge", _("质押")
    DEPOSIT = "deposit", _("保证金")
    OTHER = "other", _("其他")


class Repayment(models.TextChoices):
    EQUAL_INSTALMENTS = "equal_instalments", _("等额本息")
    EQUAL_PRINCIPAL = "equal_principal", _("等额本金")
    INTEREST_FIRST = "interest_first", _("先息后本")
    BULLET = "bullet", _("到期一次还本付息")
    ON_DEMAND = "on_demand", _("随借随还")


class LprTerm(models.TextChoices):
    ONE_YEAR = "1Y", _("1年期")
    FIVE_YEARS = "5Y", _("5年期以上")


class FeeTiming(models.TextChoices):
    ONCE = "once", _("一次性")
    YEARLY = "yearly", _("每年")


class FeeUnit(models.TextChoices):
    PERCENT = "percent", _("贷款金额的百分比")
    YUAN = "yuan", _("元")


class EnterpriseSize(models.TextChoices):
    LARGE = "large", _("大型")
    MEDIUM = "medium", _("中型")
    SMALL = "small", _("小型")
    MICRO = "micro", _("微型")


class VersionState(models.TextChoices):
    """The states of `lifecycle.VersionStep`, in words."""

    DRAFT = VersionStep.DRAFT.value, _("草稿")
    SUBMITTED = VersionStep.SUBMITTED.value, _("待审核")
    APPROVED = VersionStep.APPROVED.value, _("已通过")
    REJECTED = VersionStep.REJECTED.value, _("未通过")
    REPLACED = VersionStep.REPLACED.value, _("已被新版本替代")


class ProductState(models.TextChoices):
    """The states of `lifecycle.Shelf`, in words."""

    NEW = Shelf.NEW.value, _("未上架")
    ON = Shelf.ON.value, _("已上架")
    SUSPENDED = Shelf.SUSPENDED.value, _("已暂停")
    WITHDRAWN = Shelf.WITHDRAWN.value, _("已下架")
