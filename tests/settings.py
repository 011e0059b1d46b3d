"""The settings of a test run: databases in files, so that threads share them, and cheap password hashes."""

from jiahe.kit.home import home
from jiahe.settings import *  # noqa: F403 - a settings module is a list of names
from jiahe.settings import DATABASES

for alias, database in DATABASES.items():
    if database["ENGINE"].endswith("sqlite3"):
        database["TEST"] = {"NAME": str(home() / f"test-{alias}.sqlite3")}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
