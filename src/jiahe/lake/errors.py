"""Why the lake's engine cannot be used, and what to do about it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from jiahe.kit.errors import JiaheError


class EngineError(JiaheError):
    code = "lake.engine"
    status = 503


class UnknownEngine(EngineError):
    code = "lake.unknown_engine"
    template = _("JIAHE_ENGINE 的值“{engine}”无效：请设为 duckdb，或 Spark Connect 的地址 sc://主机:15002。")


class SparkMissing(EngineError):
    code = "lake.spark_missing"
    template = _("尚未安装 Spark 的客户端：请运行 pip install 'jiahe[spark]'，或将 JIAHE_ENGINE 设为 duckdb。")


class SparkUnreachable(EngineError):
    code = "lake.spark_unreachable"
    template = _("Spark 集群 {place} 没有应答：{reason}。请确认 Spark Connect 服务已启动、网络可达，再试一次。")
