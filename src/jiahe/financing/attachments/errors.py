"""Why a file is not taken, not shown, or not there."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from jiahe.kit.errors import JiaheError


class NoSuchAttachment(JiaheError):
    """The same for one that does not exist and for one that is no business of the actor's."""

    code = "attachments.no_such_attachment"
    status = 404
    template = _("没有编号为“{number}”的附件：请核对后重试。")


class OrderEnded(JiaheError):
    code = "attachments.order_ended"
    status = 403
    template = _("本机构没有正在办理的订单，不能再查看该企业的附件。")


class NotUploader(JiaheError):
    code = "attachments.not_uploader"
    status = 403
    template = _("附件由企业人员为本企业的融资需求上传和删除，您当前的身份不能办理。")


class RequestOver(JiaheError):
    code = "attachments.request_over"
    status = 409
    template = _("融资需求{number}已经结束，附件不能再增减。")


class InUse(JiaheError):
    code = "attachments.in_use"
    status = 409
    template = _("附件{number}是应机构要求补充的材料，不能删除：如有误，请另传一份。")


class TooMany(JiaheError):
    code = "attachments.too_many"
    status = 409
    template = _("一项融资需求最多 {most} 个附件：请合并文件，或删除不需要的附件后再上传。")


class NotWanted(JiaheError):
    code = "attachments.not_wanted"
    status = 409
    template = _("这项材料已经补充，或不在所要求的材料之中：请刷新后查看。")


class NothingWanted(JiaheError):
    code = "attachments.nothing_wanted"
    status = 422
    template = _("请至少选择一种需要补充的材料，最多 {most} 种，不能重复。")


class TitleMissing(JiaheError):
    code = "attachments.title_missing"
    status = 422
    template = _("选择“其他材料”时，请写明是什么材料。")


class UnknownKind(JiaheError):
    code = "attachments.unknown_kind"
    status = 422
    template = _("材料种类不在列表中：请重新选择。")


class FileRefused(JiaheError):
    """The root of what is wrong with a file itself."""

    code = "attachments.refused"
    status = 422


class Empty(FileRefused):
    code = "attachments.empty"
    template = _("文件是空的：请重新选择文件。")


class TooLarge(FileRefused):
    code = "attachments.too_large"
    status = 413
    template = _("文件超过 {most} MB：请压缩或拆分后重新上传。")


class WrongType(FileRefused):
    code = "attachments.wrong_type"
    template = _("文件内容不是 PDF、JPEG、PNG、XLSX 或 DOCX：请换成这几种格式之一后重新上传。")


class OldOffice(FileRefused):
    code = "attachments.old_office"
    template = _("文件设有密码，或是旧版 Office 格式：请去掉密码，另存为 XLSX 或 DOCX 后重新上传。")


class Broken(FileRefused):
    code = "attachments.broken"
    template = _("文件已损坏，无法打开：请在电脑上确认能正常打开后重新上传。")


class Encrypted(FileRefused):
    code = "attachments.encrypted"
    template = _("文件设有密码或使用限制：请去掉后重新上传。")


class Active(FileRefused):
    code = "attachments.active"
    template = _("文件中含有脚本、宏、内嵌文件或会启动程序的内容：请打印或另存为不含这些内容的 PDF 后重新上传。")


class TooManyPages(FileRefused):
    code = "attachments.too_many_pages"
    template = _("文件有 {pages} 页，最多 {most} 页：请拆分后重新上传。")


class TooManyPixels(FileRefused):
    code = "attachments.too_many_pixels"
    template = _("图片为 {width}×{height} 像素，超过 {most} 万像素：请缩小后重新上传。")


class TooMuchInside(FileRefused):
    code = "attachments.too_much_inside"
    template = _("文件展开后过大：请删去多余的内容，或另存为 PDF 后重新上传。")


class NoPreview(JiaheError):
    code = "attachments.no_preview"
    status = 422
    template = _("这一页不能在线预览：请下载后查看。")


class NoSuchPage(JiaheError):
    code = "attachments.no_such_page"
    status = 404
    template = _("附件没有第 {page} 页：请返回后重试。")


class Damaged(JiaheError):
    code = "attachments.damaged"
    status = 500
    template = _("附件{number}的文件缺失或已被改动，未予显示：请联系平台运维人员从备份恢复。")


class NoSpace(JiaheError):
    code = "attachments.no_space"
    status = 507
    template = _("平台的存储空间不足，附件没有保存：请稍后重试；如仍不成功，请拨打服务热线。")
