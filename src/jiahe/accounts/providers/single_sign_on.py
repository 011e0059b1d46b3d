"""The province's single sign-on for legal persons: OpenID Connect, authorisation code with PKCE (RFC 7636).

The identity token says `sub`, `uscc`, `entity_name` and `representative`; it is signed with a key of the issuer's set.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jiahe.accounts.errors import AnswerInvalid, SignInCancelled
from jiahe.accounts.providers.exchange import ask
from jiahe.accounts.providers.interface import Begun, Claims
from jiahe.accounts.providers.signed import NotSigned, keys_of, statement
from jiahe.accounts.verification import VerifiedEntity
from jiahe.kit import clock
from jiahe.kit.configuration import setting

LEEWAY_SECONDS = 60


@dataclass(frozen=True)
class SingleSignOn:
    """`issuer` is the provider's address, below which its description lies."""

    code: ClassVar[str] = "sso"
    label: ClassVar[str | Promise] = _("省法人统一认证")

    issuer: str
    client: str
    secret: str

    @classmethod
    def configured(cls) -> Self | None:
        issuer = setting("JIAHE_SSO_ISSUER").rstrip("/")
        return cls(issuer, setting("JIAHE_SSO_CLIENT"), setting("JIAHE_SSO_SECRET")) if issuer else None

    def begin(self, back: str) -> Begun:
        kept = {name: secrets.token_urlsafe(32) for name in ("state", "nonce", "verifier")} | {"back": back}
        asked = {
            "response_type": "code",
            "client_id": self.client,
            "redirect_uri": back,
            "scope": "openid",
            "state": kept["state"],
            "nonce": kept["nonce"],
            "code_challenge": _challenge(kept["verifier"]),
            "code_challenge_method": "S256",
        }
        return Begun(kept, address=f"{self._described()['authorization_endpoint']}?{urlencode(asked)}")

    def finish(self, kept: Mapping[str, str], answer: Mapping[str, str]) -> VerifiedEntity:
        if not hmac.compare_digest(kept["state"].encode(), answer.get("state", "").encode()):
            raise AnswerInvalid(provider=self.label)
        if "code" not in answer:
            raise SignInCancelled(provider=self.label)
        described = self._described()
        token = self._token(described, kept, answer["code"])
        _, key_set = ask(self.label, "GET", described["jwks_uri"])
        try:
            claims = Claims(self.code, self.label, statement(token, keys_of(key_set)))
        except NotSigned as error:
            raise AnswerInvalid(provider=self.label) from error
        claims.demand(iss=self.issuer, aud=self.client, nonce=kept["nonce"])
        _assert_in_time(claims, self.label)
        return claims.entity()

    def _described(self) -> dict[str, str]:
        status, found = ask(self.label, "GET", f"{self.issuer}/.well-known/openid-configuration")
        names = ("authorization_endpoint", "token_endpoint", "jwks_uri")
        if status != 200 or not all(isinstance(found.get(name), str) for name in names):
            raise AnswerInvalid(provider=self.label)
        return found

    def _token(self, described: Mapping[str, str], kept: Mapping[str, str], code: str) -> str:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": kept["back"],
            "code_verifier": kept["verifier"],
        }
        auth = (self.client, self.secret)
        status, body = ask(self.label, "POST", described["token_endpoint"], data=form, auth=auth)
        if status != 200:
            raise SignInCancelled(provider=self.label)
        return str(body.get("id_token", ""))


def _challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _assert_in_time(claims: Claims, label: Any) -> None:
    until = claims.values.get("exp")
    if not isinstance(until, int | float) or until + LEEWAY_SECONDS < clock.now().timestamp():
        raise AnswerInvalid(provider=label)
