"""What an installation can set: environment variables, and one file `jiahe.toml` that fills what they leave unset.

Every setting is declared here with its default and its meaning; the operator's table is checked against this list.
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True)
class Setting:
    """One setting. In jiahe.toml its key is the name in lower case without `JIAHE_`."""

    name: str
    default: str
    meaning: str

    @property
    def key(self) -> str:
        return self.name.removeprefix("JIAHE_").lower()


SETTINGS = (
    Setting("JIAHE_HOME", "./var", "数据目录：数据库、湖、隔离区、密钥"),
    Setting("DATABASE_URL", "", "关系数据库：postgresql://用户:口令@主机:端口/库名；空则用数据目录中的 SQLite"),
    Setting("JIAHE_LAKE", "", "湖的位置；空则为数据目录下的 lake"),
    Setting("JIAHE_ENGINE", "duckdb", "湖上批量计算的引擎：duckdb(本进程)，或 Spark Connect 的地址 sc://主机:15002"),
    Setting("JIAHE_BACKUPS", "", "定期备份的目录；空则不做定期备份"),
    Setting("JIAHE_SECRET", "", "会话与令牌的签名密钥；空则在 keys/secret 生成"),
    Setting("JIAHE_KEYS", "", "数据密钥 1:base64,2:base64，最高版本用于加密；空则在 keys/data 生成"),
    Setting("JIAHE_SIGNATURE", "Ed25519", "签名算法：Ed25519，或 SM2(需另装 gmssl；纯 Python 实现，不抗时间侧信道)"),
    Setting("JIAHE_SIGNING_KEYS", "", "签名私钥 1:base64,2:base64，最高版本用于签名；空则在 keys/signing-算法 生成"),
    Setting("JIAHE_CIPHER", "aes", "静态数据的加密算法：aes(AES-256-GCM)或 sm4(SM4-GCM)"),
    Setting(
        "JIAHE_ANCHOR", "", "审计锚定文件，宜放在另一台机器或只可追加的存储上；空则为数据目录下的 audit/head.jsonl"
    ),
    Setting("JIAHE_HASH", "sha256", "审计封存的哈希算法：sha256 或 sm3"),
    Setting("JIAHE_HOSTS", "localhost,127.0.0.1,[::1]", "对外的主机名，以逗号分隔"),
    Setting("JIAHE_PROXY", "", "1 表示位于终结 TLS 的反向代理之后：信任 X-Forwarded-Proto，并把 http 转到 https"),
    Setting("JIAHE_DEMO", "", "1 表示本机演示：允许不经 TLS 的会话"),
    Setting("JIAHE_HOTLINE", "", "平台服务热线，写在每一页的页脚；空则不写"),
    Setting("JIAHE_SITE", "http://127.0.0.1:8000", "对外的网址，用于短信中的链接"),
    Setting(
        "JIAHE_SMS",
        "file",
        "短信通道：file 写入数据目录下的 outbox；console 打印在后台作业的终端；aliyun 阿里云短信服务",
    ),
    Setting("JIAHE_ALIYUN_KEY", "", "阿里云短信服务的 AccessKey ID"),
    Setting("JIAHE_ALIYUN_SECRET", "", "阿里云短信服务的 AccessKey Secret"),
    Setting("JIAHE_ALIYUN_SIGNATURE", "", "在阿里云登记的短信签名"),
    Setting("JIAHE_ALIYUN_TEMPLATES", "", "短信模板在阿里云的编号 code:SMS_1,invitation:SMS_2"),
    Setting("JIAHE_ALIYUN_ENDPOINT", "https://dysmsapi.aliyuncs.com", "阿里云短信服务的地址"),
    Setting(
        "JIAHE_MAIL",
        "",
        "邮件服务器 smtp://用户:口令@主机(STARTTLS)、smtps://(TLS)或 smtp+plain://(不加密，仅限内网)；空则不发邮件",
    ),
    Setting("JIAHE_MAIL_FROM", "", "邮件的发件人地址"),
    Setting("JIAHE_WEBHOOK_PRIVATE", "", "1 表示接口推送可以发往内网地址并不经 TLS，仅供测试"),
    Setting("JIAHE_VERIFIER", "console", "法定代表人身份核验方式：console 由操作员以 jiahe accounts confirm 确认"),
    Setting("JIAHE_SSO_ISSUER", "", "省法人统一认证的地址(OpenID Connect)；空则不提供这种登录方式"),
    Setting("JIAHE_SSO_CLIENT", "", "在省法人统一认证登记的应用标识"),
    Setting("JIAHE_SSO_SECRET", "", "在省法人统一认证登记的应用密钥"),
    Setting("JIAHE_LICENCE_URL", "", "电子营业执照登录服务的地址；空则不提供这种登录方式"),
    Setting("JIAHE_LICENCE_CLIENT", "", "在电子营业执照登录服务登记的应用标识"),
    Setting("JIAHE_LICENCE_SECRET", "", "在电子营业执照登录服务登记的应用密钥"),
    Setting("JIAHE_LICENCE_KEY", "", "电子营业执照登录服务的公钥文件(PEM，EC P-256 或 RSA)，用于核验签名"),
    Setting("JIAHE_LANGUAGE", "zh-hans", "默认语言：zh-hans 或 en"),
    Setting(
        "JIAHE_WORKING_DAYS", "", "工作日历文件(YAML)，每行“年-月-日: working 或 holiday”，补充或改正随软件提供的日历"
    ),
    Setting("JIAHE_NOW", "", "固定当前时间(ISO 8601)，仅供测试与演示"),
    Setting("JIAHE_DEBUG", "", "1 表示命令出错时显示完整的调用栈"),
)
_BY_KEY = {s.key: s for s in SETTINGS}
_DEFAULTS = {s.name: s.default for s in SETTINGS}


def fill_environment(file: Path | None = None) -> None:
    """Put what jiahe.toml says into the environment wherever it says nothing; child processes inherit it."""
    path = file or Path(os.environ.get("JIAHE_CONFIG", "jiahe.toml"))
    if not path.is_file():
        return
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ImproperlyConfigured(f"{path}: {error}") from error
    for key, value in values.items():
        if key not in _BY_KEY:
            raise ImproperlyConfigured(f"{path}: 没有名为“{key}”的设置，可用的有：{'、'.join(_BY_KEY)}")
        os.environ.setdefault(_BY_KEY[key].name, _written(value))


def _written(value: object) -> str:
    """A TOML value as an environment variable would hold it."""
    if isinstance(value, bool):
        return "1" if value else ""
    if isinstance(value, list):
        return ",".join(str(one) for one in value)
    return str(value)


def setting(name: str) -> str:
    """The value in force of a declared setting; `KeyError` for any other name."""
    return os.environ.get(name) or _DEFAULTS[name]


def is_on(name: str) -> bool:
    return setting(name).lower() in {"1", "true", "yes", "on"}
