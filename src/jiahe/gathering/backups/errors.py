"""Why a backup is not made, or not restored: nothing was changed, and the sentence says what to do."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from jiahe.kit.errors import JiaheError


class BackupError(JiaheError):
    code = "backup.refused"
    status = 409


class PlaceNotEmpty(BackupError):
    code = "backup.place_not_empty"
    template = _("“{place}”不是空目录：请给出新的或空的目录。")


class NoBackup(BackupError):
    code = "backup.none"
    template = _("“{place}”不是完整的备份：没有可读的 manifest.json，备份未做完或目录不对。未作任何改动。")


class DamagedBackup(BackupError):
    code = "backup.damaged"
    template = _("备份不完整或已损坏：文件“{file}”缺失或与清单不符。请用另一份备份，未作任何改动。")


class HomeNotEmpty(BackupError):
    code = "backup.home_not_empty"
    template = _("“{place}”中已有数据：请恢复到新的数据目录与空的数据库。未作任何改动。")


class OtherDatabase(BackupError):
    code = "backup.other_database"
    template = _("备份来自 {there}，而本安装使用 {here}：请按备份设置 DATABASE_URL。未作任何改动。")


class NewerBackup(BackupError):
    code = "backup.newer"
    template = _("备份由更新的版本做成(不认识 {unknown})：请先升级程序。未作任何改动。")


class WrongKeys(BackupError):
    code = "backup.wrong_keys"
    template = _("数据密钥缺失或不是做备份时的密钥：请用 --keys 或 JIAHE_KEYS 给出。未作任何改动。")
