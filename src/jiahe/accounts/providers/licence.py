"""The electronic business licence: a ticket is shown as a QR code, the holder confirms it in the licence app, and the
provider hands out a signed statement about that ticket.

`POST {url}/tickets {"challenge"}` → `{"ticket", "scan", "expires_in"}`; `GET {url}/tickets/{ticket}` → `{"state":
"waiting" | "confirmed" | "expired", "statement"}`. The statement says `ticket`, `challenge`, `sub`, `uscc`,
`entity_name`, `representative` and is signed with the provider's key, whose public half is a setting.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Self
from urllib.parse import quote

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jiahe.accounts.errors import AnswerInvalid, TicketExpired
from jiahe.accounts.providers.exchange import ask
from jiahe.accounts.providers.interface import Begun, Claims
from jiahe.accounts.providers.signed import NotSigned, PublicKey, statement
from jiahe.accounts.verification import VerifiedEntity
from jiahe.kit.configuration import setting

KEY_ID = "licence"


@dataclass(frozen=True)
class Licence:
    """`key` is the file of the provider's public key, in PEM."""

    code: ClassVar[str] = "licence"
    label: ClassVar[str | Promise] = _("电子营业执照")

    url: str
    client: str
    secret: str
    key: str

    @classmethod
    def configured(cls) -> Self | None:
        names = ("JIAHE_LICENCE_URL", "JIAHE_LICENCE_CLIENT", "JIAHE_LICENCE_SECRET", "JIAHE_LICENCE_KEY")
        url, client, secret, key = (setting(name) for name in names)
        return cls(url.rstrip("/"), client, secret, key) if url else None

    def begin(self, back: str) -> Begun:
        challenge = secrets.token_urlsafe(32)
        asked = {"challenge": challenge}
        status, body = ask(self.label, "POST", f"{self.url}/tickets", json=asked, auth=(self.client, self.secret))
        ticket, scan = body.get("ticket"), body.get("scan")
        if status != 201 or not isinstance(ticket, str) or not isinstance(scan, str):
            raise AnswerInvalid(provider=self.label)
        return Begun({"challenge": challenge, "ticket": ticket}, picture=scan)

    def finish(self, kept: Mapping[str, str], answer: Mapping[str, str]) -> VerifiedEntity | None:
        url = f"{self.url}/tickets/{quote(kept['ticket'], safe='')}"
        status, body = ask(self.label, "GET", url, auth=(self.client, self.secret))
        if status in {404, 410} or body.get("state") == "expired":
            raise TicketExpired
        if body.get("state") == "waiting":
            return None
        try:
            signed = statement(str(body.get("statement", "")), {KEY_ID: self._public_key()})
        except NotSigned as error:
            raise AnswerInvalid(provider=self.label) from error
        claims = Claims(self.code, self.label, signed)
        claims.demand(ticket=kept["ticket"], challenge=kept["challenge"])
        return claims.entity()

    def _public_key(self) -> PublicKey:
        try:
            key = load_pem_public_key(Path(self.key).read_bytes())
        except (OSError, ValueError) as error:
            raise ImproperlyConfigured(f"JIAHE_LICENCE_KEY: {error}") from error
        if not isinstance(key, ec.EllipticCurvePublicKey | rsa.RSAPublicKey):
            raise ImproperlyConfigured("JIAHE_LICENCE_KEY: EC P-256 | RSA")
        return key
