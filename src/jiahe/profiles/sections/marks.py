"""What is said beside a record: where it comes from, its dates, and the stamps of a dispute, a repair, generated data.

Written here and not in a template, as cells are: a page has a hundred of them.
"""

from __future__ import annotations

from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jiahe.profiles import Record


def is_marked(record: Record) -> bool:
    """Whether anything is to be said beside the record's dates."""
    return record.disputed or record.repaired or record.open_until is not None


def stamps(record: Record, *, generated: bool = False) -> SafeString:
    """The marks of one record; `generated`: also where it was generated, because others beside it were not."""
    parts = []
    if record.disputed:
        parts.append(_stamp("disputed", _("异议中")))
    if record.repaired:
        parts.append(_stamp("repaired", _("已修复")))
    if generated and record.generated:
        parts.append(generated_stamp())
    if record.open_until:
        until = _("公示至 %(day)s") % {"day": record.open_until.isoformat()}
        parts.append(f'<span class="quiet small">{escape(until)}</span>')
    return SafeString("".join(parts))


def generated_stamp() -> str:
    return _stamp("generated", _("演示数据"), _("由系统生成，不是来源单位提供的真实记录"))


def _stamp(kind: str, text: str, title: str = "") -> str:
    said = f' title="{escape(title)}"' if title else ""
    return f'<span class="stamp stamp--{kind}"{said}>{escape(text)}</span>'


def dated(record: Record, source: str) -> SafeString:
    """Source and dates of one record, in a line."""
    business = record.business_date.isoformat() if record.business_date else "—"
    facts = (_("来源"), source), (_("业务日期"), business), (_("归集日期"), record.loaded_on.isoformat())
    spans = "".join(f"<span>{escape(name)} {escape(text)}</span>" for name, text in facts)
    return SafeString(f'<p class="dated">{spans}{stamps(record)}</p>')
