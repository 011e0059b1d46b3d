"""SMS through Alibaba Cloud (阿里云短信服务), with its official SDK: `pip install jiahe[aliyun]`.

The letter's `uid` travels as OutId. Alibaba Cloud does not drop a second request with the same OutId, but lists what it
took by phone and day, with OutId: after a doubt that list is read first. Words are kept there as templates; the sentence
before the text (【…】) is the signature that it puts there itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from jiahe.kit import clock
from jiahe.kit.configuration import setting
from jiahe.notify import providers
from jiahe.notify.providers import Letter, NotDelivered, Receipt, Uncertain
from jiahe.notify.templates import SMS

OK = "OK"
ARRIVED = {2: False, 3: True}  # SendStatus; 1 waits for the network operator
DAYS_KEPT = 30
A_PAGE = 50
SETTINGS = ("JIAHE_ALIYUN_KEY", "JIAHE_ALIYUN_SECRET", "JIAHE_ALIYUN_SIGNATURE")


def send(letter: Letter) -> Receipt:
    from alibabacloud_dysmsapi20170525.models import SendSmsRequest

    code = templates().get(letter.template)
    if not code:
        raise NotDelivered(f"JIAHE_ALIYUN_TEMPLATES: {letter.template}")
    wanted = SendSmsRequest(
        phone_numbers=letter.to,
        sign_name=setting("JIAHE_ALIYUN_SIGNATURE"),
        template_code=code,
        template_param=json.dumps({name: str(value) for name, value in letter.facts.items()}, ensure_ascii=False),
        out_id=letter.uid,
    )
    answer = _call("send_sms_with_options", wanted)
    return Receipt(number=str(answer.biz_id or ""))


def status(letter: Letter) -> Receipt | None:
    """The newest of its records with the letter's `uid`, from today back to the day on which it was written."""
    for row in _records(letter):
        if row.out_id == letter.uid:
            delivered = ARRIVED.get(int(row.send_status))
            return Receipt(delivered=delivered, reason="" if delivered else str(row.err_code or ""))
    return None


def lacks() -> list[str]:
    """Settings that are empty, templates without a code there, the SDK."""
    missing = [name for name in SETTINGS if not setting(name)]
    known = templates()
    missing += [f"JIAHE_ALIYUN_TEMPLATES: {name}" for name in SMS if name not in known]
    try:
        import alibabacloud_dysmsapi20170525.client  # noqa: F401 - whether it can be had
    except ImportError:
        missing.append("pip install jiahe[aliyun]")
    return missing


def templates() -> dict[str, str]:
    """The template's code there, by the name here: JIAHE_ALIYUN_TEMPLATES is `code:SMS_1,invitation:SMS_2`."""
    pairs = (pair.split(":", 1) for pair in setting("JIAHE_ALIYUN_TEMPLATES").split(",") if ":" in pair)
    return {name.strip(): code.strip() for name, code in pairs}


def _records(letter: Letter) -> Iterator[Any]:
    from alibabacloud_dysmsapi20170525.models import QuerySendDetailsRequest

    today = clock.today()
    days = (today - letter.written_at.astimezone(clock.ZONE).date()).days
    for back in range(min(days, DAYS_KEPT - 1) + 1):
        page, rows = 1, [None] * A_PAGE
        while len(rows) == A_PAGE:
            wanted = QuerySendDetailsRequest(
                phone_number=letter.to,
                send_date=f"{today - timedelta(days=back):%Y%m%d}",
                page_size=A_PAGE,
                current_page=page,
            )
            found = _call("query_send_details_with_options", wanted).sms_send_detail_dtos
            rows = (found.sms_send_detail_dto if found else None) or []
            yield from rows
            page += 1


def _call(name: str, wanted: Any) -> Any:
    """The body of an answer that says OK. Any other answer to a request is a refusal; no answer, or a failure of the
    service itself, is a doubt. What the SDK says of a failure may hold the phone number: only codes are kept."""
    from alibabacloud_tea_openapi.exceptions import ClientException
    from darabonba.runtime import RuntimeOptions

    milliseconds = providers.PATIENCE_SECONDS * 1000
    patience = RuntimeOptions(
        connect_timeout=milliseconds // 2, read_timeout=milliseconds, autoretry=False, max_attempts=1
    )
    try:
        body = getattr(_client(*(setting(one) for one in (*SETTINGS[:2], "JIAHE_ALIYUN_ENDPOINT"))), name)(
            wanted, patience
        ).body
    except ClientException as refusal:
        raise NotDelivered(str(refusal.code)) from None
    except Exception as problem:  # noqa: BLE001 - the SDK wraps whatever went wrong in classes of its own
        raise Uncertain(type(problem).__name__) from None
    code = str(body.code)
    if code != OK:
        raise (Uncertain if code.startswith("isp.") else NotDelivered)(code)
    return body


@lru_cache(maxsize=1)
def _client(key: str, secret: str, endpoint: str) -> Any:
    from alibabacloud_dysmsapi20170525.client import Client
    from alibabacloud_tea_openapi.utils_models import Config

    parts = urlsplit(endpoint)
    return Client(
        Config(access_key_id=key, access_key_secret=secret, endpoint=parts.netloc, protocol=parts.scheme.upper())
    )
