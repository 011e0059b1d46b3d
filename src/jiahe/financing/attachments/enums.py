"""What an attachment is about, and what kind of file it is."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class DocumentKind(models.TextChoices):
    """The papers that institutions ask for; `other` goes with a title in words."""

    LICENCE = "licence", _("营业执照")
    ARTICLES = "articles", _("公司章程")
    IDENTITY = "identity", _("法定代表人身份证件")
    RESOLUTION = "resolution", _("股东会决议")
    STATEMENTS = "statements", _("财务报表")
    TAX = "tax", _("纳税凭证")
    BANK_FLOW = "bank_flow", _("银行流水")
    CONTRACT = "contract", _("购销合同")
    INVOICE = "invoice", _("发票")
    PROPERTY = "property", _("权属证明")
    PERMIT = "permit", _("许可证或资质证书")
    OTHER = "other", _("其他材料")


class Media(models.TextChoices):
    """What a file is by its content; the value is the ending of its name."""

    PDF = "pdf", _("PDF")
    JPEG = "jpg", _("JPEG 图片")
    PNG = "png", _("PNG 图片")
    XLSX = "xlsx", _("Excel 工作簿")
    DOCX = "docx", _("Word 文档")


_OFFICE = "application/vnd.openxmlformats-officedocument"
MIME = {
    Media.PDF: "application/pdf",
    Media.JPEG: "image/jpeg",
    Media.PNG: "image/png",
    Media.XLSX: f"{_OFFICE}.spreadsheetml.sheet",
    Media.DOCX: f"{_OFFICE}.wordprocessingml.document",
}
PICTURES = (Media.JPEG, Media.PNG)
SHOWN = (Media.PDF, *PICTURES)  # the others can be downloaded only
