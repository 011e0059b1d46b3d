"""Why a delivery is refused as a whole: nothing of it is kept, and the sentence says what to do."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from jiahe.kit.errors import JiaheError


class GatheringError(JiaheError):
    code = "gathering.refused"
    status = 422


class UnknownCategory(GatheringError):
    code = "gathering.unknown_category"
    template = _("信息类“{category}”不在目录中：请用 jiahe catalogue list 查看全部信息类。")


class NoSuchFile(GatheringError):
    code = "gathering.no_such_file"
    template = _("文件“{file}”不存在或不可读：请检查路径和权限。")


class UnreadableFile(GatheringError):
    code = "gathering.unreadable_file"
    template = _("文件“{file}”无法读取：{reason}。请确认格式(CSV、XLSX、JSON Lines、Parquet 或其 ZIP)后重新导入。")


class EmptyFile(GatheringError):
    code = "gathering.empty_file"
    template = _("文件“{file}”没有表头：请确认导出是否完整。")


class MissingColumns(GatheringError):
    code = "gathering.missing_columns"
    template = _("文件“{file}”缺少必填列：{columns}。请补齐后重新导入。")


class DuplicateColumns(GatheringError):
    code = "gathering.duplicate_columns"
    template = _("文件“{file}”有多列指向同一信息项：{columns}。请只保留一列。")


class TooManyWithdrawals(GatheringError):
    code = "gathering.too_many_withdrawals"
    template = _(
        "全量导入将撤下 {withdrawn} 条，占现有 {present} 条的 {percent} %，超过 {limit} %：未作任何改动。"
        "确认无误请加 --allow-withdrawals。"
    )


class UnknownScope(GatheringError):
    code = "gathering.unknown_scope"
    template = _("范围“{scope}”应写作 信息项=取值，且信息项属于该信息类。")


class DiskFullAfterwards(GatheringError):
    """The batch is in the lake; its documents wait."""

    code = "gathering.disk_full_afterwards"
    status = 507
    template = _("磁盘空间不足：批次 {batch} 已入湖，信用档案尚未更新。请清理空间后重新运行，将自动补完。")


class DiskFull(GatheringError):
    code = "gathering.disk_full"
    status = 507
    template = _("磁盘空间不足：本批次未写入任何内容。请清理空间后重新运行。")


class NotAQuarantineFile(GatheringError):
    code = "gathering.not_a_quarantine_file"
    template = _("文件“{file}”不是隔离区导出的工作簿：请保留“隔离批次”和“隔离序号”两列，且只含一个批次。")


class NoRecordsReturned(GatheringError):
    code = "gathering.no_records_returned"
    template = _("文件“{file}”没有可收回的隔离记录：其批次不存在，或所列记录都已改正。")


class WrongBatch(GatheringError):
    code = "gathering.wrong_batch"
    template = _("文件“{file}”属于批次 {written}，不是批次 {expected}：请到该批次的页面交回。")


class NoSuchBatch(GatheringError):
    code = "gathering.no_such_batch"
    status = 404
    template = _("批次 {batch} 不存在或没有隔离记录：请用 jiahe quarantine list 查看。")
