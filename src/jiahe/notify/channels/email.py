"""E-mail, through the server that JIAHE_MAIL names. A doubt is left to a person: no server can be asked."""

from __future__ import annotations

import smtplib
from urllib.parse import unquote, urlsplit

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from jiahe.kit.configuration import setting
from jiahe.notify.providers import PATIENCE_SECONDS, Letter, NotDelivered, Uncertain

PORTS = {"smtp": 587, "smtps": 465, "smtp+plain": 25}


def send(letter: Letter) -> None:
    """The identifier of the e-mail is the letter's, so that a mailbox can tell a second copy."""
    if not setting("JIAHE_MAIL") or not setting("JIAHE_MAIL_FROM"):
        raise NotDelivered("JIAHE_MAIL, JIAHE_MAIL_FROM")
    connection = _server(setting("JIAHE_MAIL"))
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as problem:
        raise NotDelivered(type(problem).__name__) from problem
    try:
        _mail(letter, connection).send()
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as problem:
        raise NotDelivered(type(problem).__name__) from problem
    except (OSError, smtplib.SMTPException) as problem:
        raise Uncertain(type(problem).__name__) from problem
    finally:
        connection.close()


def _server(address: str) -> BaseEmailBackend:
    """`smtp://user:password@host` (STARTTLS), `smtps://…` (TLS from the start) or `smtp+plain://host` (inside one's own walls)."""
    parts = urlsplit(address)
    connection: BaseEmailBackend = get_connection(
        "django.core.mail.backends.smtp.EmailBackend",
        host=parts.hostname,
        port=parts.port or PORTS[parts.scheme],
        username=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        use_tls=parts.scheme == "smtp",
        use_ssl=parts.scheme == "smtps",
        timeout=PATIENCE_SECONDS,
    )
    return connection


def _mail(letter: Letter, connection: BaseEmailBackend) -> EmailMessage:
    sender = setting("JIAHE_MAIL_FROM")
    domain = sender.rpartition("@")[2].rstrip(">")
    return EmailMessage(
        subject=letter.title,
        body="\n\n".join(part for part in (letter.text, letter.link) if part),
        from_email=sender,
        to=[letter.to],
        headers={"Message-ID": f"<{letter.uid}@{domain}>"},
        connection=connection,
    )
