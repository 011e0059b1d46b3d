"""Role codes, kinds and states, as the authorisation matrix writes them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    AUTHORITY = "authority", _("主管部门")
    DEPARTMENT = "department", _("数据源单位")
    INSTITUTION = "institution", _("金融机构")
    ENTERPRISE = "enterprise", _("企业")
    AGENCY = "agency", _("评级机构")


class Role(models.TextChoices):
    DATA_OFFICER = "data_officer", _("数据管理员")
    SUPERVISOR = "supervisor", _("业务监管员")
    MODEL_OFFICER = "model_officer", _("模型管理员")
    SYSTEM_ADMIN = "system_admin", _("系统管理员")
    SECURITY_ADMIN = "security_admin", _("安全管理员")
    AUDIT_ADMIN = "audit_admin", _("审计管理员")
    DEPARTMENT_CLERK = "department_clerk", _("数据源单位经办人")
    HEAD_ADMIN = "head_admin", _("机构总部管理员")
    BRANCH_ADMIN = "branch_admin", _("网点管理员")
    ACCOUNT_MANAGER = "account_manager", _("客户经理")
    GRID_MANAGER = "grid_manager", _("网格经理")
    ENTERPRISE_ADMIN = "enterprise_admin", _("企业管理员")
    ENTERPRISE_MEMBER = "enterprise_member", _("企业成员")
    RATER = "rater", _("评级人员")


ROLES: dict[OrganisationKind, tuple[Role, ...]] = {
    OrganisationKind.AUTHORITY: (
        Role.DATA_OFFICER,
        Role.SUPERVISOR,
        Role.MODEL_OFFICER,
        Role.SYSTEM_ADMIN,
        Role.SECURITY_ADMIN,
        Role.AUDIT_ADMIN,
    ),
    OrganisationKind.DEPARTMENT: (Role.DEPARTMENT_CLERK,),
    OrganisationKind.INSTITUTION: (Role.HEAD_ADMIN, Role.BRANCH_ADMIN, Role.ACCOUNT_MANAGER, Role.GRID_MANAGER),
    OrganisationKind.ENTERPRISE: (Role.ENTERPRISE_ADMIN, Role.ENTERPRISE_MEMBER),
    OrganisationKind.AGENCY: (Role.RATER,),
}


class OrganisationState(models.TextChoices):
    ACTIVE = "active", _("正常")
    FROZEN = "frozen", _("已冻结")
    CLOSED = "closed", _("已注销")


class MembershipState(models.TextChoices):
    ACTIVE = "active", _("在用")
    FROZEN = "frozen", _("已停用")
    ENDED = "ended", _("已结束")


class InvitationState(models.TextChoices):
    OPEN = "open", _("待接受")
    ACCEPTED = "accepted", _("已接受")
    REVOKED = "revoked", _("已撤回")


class VerificationState(models.TextChoices):
    MISMATCH = "mismatch", _("与登记不一致")
    WAITING = "waiting", _("核验中")
    CONFIRMED = "confirmed", _("已确认")
    REFUSED = "refused", _("未通过")


# The three administrators that keep watch on each other: never one person for two of them.
SEPARATED = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)
