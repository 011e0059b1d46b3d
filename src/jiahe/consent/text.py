"""The words that are agreed to, built from the terms in plain sentences, in the reader's language."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from jiahe.catalogue import Authorisation, load, names
from jiahe.consent.enums import Direction, Purpose, Result
from jiahe.consent.numbers import use_hours
from jiahe.consent.terms import ONE_TIME, Terms
from jiahe.kit import clock

# Raised whenever a sentence below changes; what was agreed to before is kept word for word with each consent.
EDITION = "1"


@dataclass(frozen=True)
class Words:
    """One text: `version` is its edition and language, `digest` the SHA-256 of the very words."""

    version: str
    sentences: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n".join(self.sentences)

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()


def words(
    *, enterprise: str, grantees: Sequence[str], terms: Terms, language: str = "", offered: bool = False
) -> Words:
    """What is shown before the enterprise agrees; the same terms, names and language give the same words.

    `offered`: the consent of an open request, which comes into force for those of `grantees` that claim.
    """
    known = dict(settings.LANGUAGES)
    chosen = next(code for code in (language, get_language(), settings.LANGUAGE_CODE) if code in known)
    with override(chosen):
        everyone = _("、").join(grantees)
        return Words(f"{EDITION}.{chosen}", tuple(_sentences(enterprise, everyone, terms, offered=offered)))


def _sentences(enterprise: str, grantee: str, terms: Terms, *, offered: bool) -> Iterator[str]:
    if terms.direction == Direction.TO_PLATFORM:
        yield from _feedback(enterprise, grantee, terms)
    else:
        yield from _opening(enterprise, grantee, terms)
        yield from _bounds(terms)
    if offered:
        yield _("对每家机构，授权在其接单时生效；无人接单的，期满即失效；您选定机构后，对其余机构的授权随即结束。")
    yield _("有效期自{start}起，至{end}止。").format(
        start=f"{terms.valid_from.astimezone(clock.ZONE):%Y-%m-%d}",
        end=f"{terms.valid_until.astimezone(clock.ZONE):%Y-%m-%d %H:%M}",
    )
    if terms.subject_ref:
        yield _("所服务的业务办结时，授权随即结束。")
    yield _("数据自取得之日起最多保存{days}天，不得转给他人，不得用于其他用途。").format(days=terms.data_life_days)
    yield _("您可以随时在“授权中心”一键暂停或撤回，立即生效，不影响撤回之前已经进行的查阅。")


def _opening(enterprise: str, grantee: str, terms: Terms) -> Iterator[str]:
    purpose = Purpose(terms.purpose).label
    if terms.written:
        yield _(
            "本人(企业“{enterprise}”的法定代表人、经营者或投资人)书面同意{grantee}为{purpose}查看以下信息。"
        ).format(enterprise=enterprise, grantee=grantee, purpose=purpose)
        yield _(
            "后果：这些信息涉及本人的收入、税额、不动产等，{grantee}将知悉其数额，并可能据此作出对您不利的决定。"
        ).format(grantee=grantee)
    else:
        yield _("企业“{enterprise}”同意{grantee}为{purpose}查看以下信息。").format(
            enterprise=enterprise, grantee=grantee, purpose=purpose
        )
    named = [load().consentable[code] for code in terms.categories]
    together = [c for c in named if terms.written or c.authorisation is not Authorisation.A2]
    if together:
        yield _("信息类：{names}。").format(names=_("、").join(names.said(c.name) for c in together))
    for category in named:
        if category not in together:
            yield _("单独授权：{name}。").format(name=names.said(category.name))


def _bounds(terms: Terms) -> Iterator[str]:
    hours = use_hours(terms.valid_from)
    if terms.kind == ONE_TIME and terms.subject_ref:
        yield _("一次性授权：仅用于一项业务(融资订单或评级委托)，办理期间可查阅。")
    elif terms.kind == ONE_TIME:
        yield _("一次性授权：首次查阅起{hours}小时内可查阅，此后即告用完。").format(hours=hours)
    else:
        text = _("每月最多查阅{count}次，首次查阅起{hours}小时内的查阅计为一次。")
        yield text.format(count=terms.per_month, hours=hours)
    yield _("只能查看业务日期在查阅之日前{months}个月内的记录。").format(months=terms.lookback_months)


def _feedback(enterprise: str, grantee: str, terms: Terms) -> Iterator[str]:
    yield _("企业“{enterprise}”同意{grantee}把贷款办理结果告知本平台。").format(enterprise=enterprise, grantee=grantee)
    yield _("告知的内容：{names}。").format(names=_("、").join(str(Result(code).label) for code in terms.categories))
