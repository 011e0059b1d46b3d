"""How django-allauth keeps the secrets of second factors and names the site to passkeys."""

from __future__ import annotations

from allauth.mfa.adapter import DefaultMFAAdapter
from django.utils.translation import gettext as _

from jiahe.kit.crypto import keyring


class SealedSecrets(DefaultMFAAdapter):  # type: ignore[misc]  # django-allauth has no types
    """Secrets are encrypted with the installation's data keys, like phone numbers."""

    def encrypt(self, text: str) -> str:
        return keyring().encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return keyring().decrypt(encrypted_text)

    def get_totp_issuer(self) -> str:
        return _("嘉禾信")

    def _get_site_name(self) -> str:
        return _("嘉禾信")
