"""Django's settings, from the environment and jiahe.toml (see jiahe.kit.configuration)."""

from __future__ import annotations

import secrets
from pathlib import Path

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from jiahe.kit.configuration import fill_environment, is_on, setting
from jiahe.kit.databases import databases
from jiahe.kit.home import create_once, folder, home

fill_environment()

ROOT = Path(__file__).parent


def _secret() -> str:
    """The configured secret, or one made once below JIAHE_HOME/keys with owner-only rights."""
    if setting("JIAHE_SECRET"):
        return setting("JIAHE_SECRET")
    path = folder("keys") / "secret"
    if not path.exists():
        create_once(path, secrets.token_urlsafe(60))
    return path.read_text()


DEMO = is_on("JIAHE_DEMO")
BEHIND_PROXY = is_on("JIAHE_PROXY")
DEBUG = False
SECRET_KEY = _secret()
ALLOWED_HOSTS = [host.strip() for host in setting("JIAHE_HOSTS").split(",")]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_cotton",
    "django_htmx",
    "django_q",
    "csp",
    "allauth.account",
    "allauth.mfa",
    "jiahe.accounts",
    "jiahe.audit",
    "jiahe.lake",
    "jiahe.creditfile",
    "jiahe.gathering",
    "jiahe.notify",
    "jiahe.consent",
    "jiahe.consent.complaints",
    "jiahe.financing",
    "jiahe.financing.attachments",
    "jiahe.financing.precredit",
    "jiahe.products",
    "jiahe.scoring",
    "jiahe.scoring.points",
    "jiahe.web",
    "jiahe.portals.public",
    "jiahe.portals.personal",
    "jiahe.portals.importing",
    "jiahe.portals.attachments",
    "jiahe.portals.account",
    "jiahe.portals.enterprise",
    "jiahe.portals.bank",
    "jiahe.portals.department",
    "jiahe.portals.authority",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "jiahe.web.permissions.PermissionsPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "jiahe.web.language.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "jiahe.accounts.middleware.SignedIn",
    "jiahe.web.privacy.NeverCached",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "jiahe.web.failures.Failures",
]

ROOT_URLCONF = "jiahe.urls"
WSGI_APPLICATION = "jiahe.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "jiahe.portals.frame.frame",
            ],
        },
    },
]

DATABASES = databases(setting("DATABASE_URL"), home())
DATABASE_ROUTERS = ["jiahe.kit.databases.DocumentsRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["jiahe.accounts.recognition.Recognition"]
SESSION_ENGINE = "jiahe.accounts.session_store"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "jiahe.accounts.passwords.NotOneself"},
    {"NAME": "jiahe.accounts.passwords.NotUsedBefore"},
]
# What of django-allauth is used: second factors and passkeys, from our own pages. Nobody here has an e-mail address.
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
MFA_ADAPTER = "jiahe.accounts.authenticators.SealedSecrets"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1
LOGIN_URL = "public:sign_in"
LOGIN_REDIRECT_URL = "/"

# The language the sentences are written in, whatever JIAHE_LANGUAGE says is shown first.
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("en", _("英文"))]
LOCALE_PATHS = [ROOT / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True

# What people upload stays in memory until it is encrypted: nothing of it is written in the clear.
FILE_UPLOAD_MAX_MEMORY_SIZE = 22 << 20

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEMO
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 0 if DEMO else 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_SSL_REDIRECT = BEHIND_PROXY
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Nothing inline without a nonce, nothing from elsewhere; Tabler's style sheet draws its marks as data: images.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}

# A job that outlives its time limit is ended before it would be handed out again: retry > timeout.
Q_CLUSTER = {
    "name": "jiahe",
    "orm": "default",
    "workers": 2,
    "timeout": 3600,
    "retry": 3900,
    "max_attempts": 5,
    "ack_failures": False,
    "catch_up": False,
    "bulk": 1,
    "queue_limit": 4,
    "poll": 1.0,
    "save_limit": 1000,
    "label": "jiahe",
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "psycopg": {"level": "ERROR"},  # its warnings tell of what follows from an error that is told anyway
    },
}
