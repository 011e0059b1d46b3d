"""Why somebody is not let in. Each sentence is the same whether or not the login exists."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from jiahe.kit.errors import JiaheError


class SignInRefused(JiaheError):
    code = "accounts.sign_in_refused"
    status = 401
    template = _("登录名或密码不正确：请核对后重试。连续 {limit} 次不正确将暂停登录 {minutes} 分钟。")


class SignInResting(JiaheError):
    code = "accounts.sign_in_resting"
    status = 429
    template = _("连续多次未能登录：该登录名已暂停登录，请在 {minutes} 分钟后重试。")


class CodeRefused(JiaheError):
    code = "accounts.code_refused"
    status = 401
    template = _("验证码不正确或已用过：请等待身份验证器显示下一个验证码后重试。")


class PasswordRefused(JiaheError):
    code = "accounts.password_refused"
    status = 401
    template = _("当前密码不正确：请核对后重试。")


class PasskeyRefused(JiaheError):
    code = "accounts.passkey_refused"
    status = 401
    template = _("未能验证通行密钥：请重试，或改用密码登录。")


class NoSuchPasskey(JiaheError):
    code = "accounts.no_such_passkey"
    status = 404
    template = _("没有这个通行密钥：它可能已被移除。")


class NoSuchSession(JiaheError):
    code = "accounts.no_such_session"
    status = 404
    template = _("没有这个登录：它可能已经退出。")


class FactorRequired(JiaheError):
    code = "accounts.factor_required"
    status = 409
    template = _("您的角色必须使用两步验证，不能停用：如更换了手机，请改用“更换设备”。")


class NoSuchProvider(JiaheError):
    code = "accounts.no_such_provider"
    status = 404
    template = _("没有开通这种登录方式：请改用其他方式登录。")


class ProviderDown(JiaheError):
    code = "accounts.provider_down"
    status = 503
    template = _("{provider}暂时无法连接，登录没有进行：请稍后重试，或改用其他方式登录。")


class AnswerInvalid(JiaheError):
    code = "accounts.answer_invalid"
    status = 401
    template = _("{provider}的答复未通过验证，登录没有进行：请重新登录；仍不成功请联系系统管理员。")


class SignInCancelled(JiaheError):
    code = "accounts.sign_in_cancelled"
    status = 401
    template = _("{provider}未确认本次登录(已取消或已过期)：请重新登录。")


class TicketExpired(JiaheError):
    code = "accounts.ticket_expired"
    status = 410
    template = _("二维码已过期，登录没有进行：请重新获取二维码。")


class NotLinked(JiaheError):
    code = "accounts.not_linked"
    status = 404
    template = _(
        "{name}({uscc})的法定代表人{representative}已核验，但还没有绑定账户：请用密码登录后在“账户与安全”中绑定。"
    )


class AlreadyLinked(JiaheError):
    code = "accounts.already_linked"
    status = 409
    template = _("该身份已绑定账户，未作改动：请先在原账户的“账户与安全”中解除绑定。")


class SignInAgain(JiaheError):
    code = "accounts.sign_in_again"
    status = 401
    template = _("登录已超过 {minutes} 分钟：请退出后重新登录，再进行此项操作。")


class TooMany(JiaheError):
    code = "accounts.too_many"
    status = 429
    template = _("操作过于频繁：请在 {minutes} 分钟后重试。")


class NotSignedIn(JiaheError):
    code = "accounts.not_signed_in"
    status = 401
    template = _("请先登录。")


class WrongRole(JiaheError):
    code = "accounts.wrong_role"
    status = 403
    template = _("此页面供{needed}使用，您当前的角色是{role}：如需使用请联系安全管理员。")


class LoginTaken(JiaheError):
    code = "accounts.login_taken"
    status = 409
    template = _("登录名“{login}”已被使用：请换一个。")


class NoMembership(JiaheError):
    code = "accounts.no_membership"
    status = 403
    template = _("您的账户目前不能代表任何单位办事：请联系贵单位的管理员，或先登记企业。")


class RoleNotOfKind(JiaheError):
    code = "accounts.role_not_of_kind"
    status = 422
    template = _("“{role}”不是{kind}的角色：请在该单位的角色中选择。")


class OrganisationNotActive(JiaheError):
    code = "accounts.organisation_not_active"
    status = 409
    template = _("“{organisation}”{state}：{reason}")


class LineEmpty(JiaheError):
    code = "accounts.line_empty"
    status = 422
    template = _("请填写{what}。")


class LineTooLong(JiaheError):
    code = "accounts.line_too_long"
    status = 422
    template = _("{what}有 {length:,} 个字，最多 {longest:,} 个：请缩短后重试。")


class SignRefused(JiaheError):
    code = "accounts.sign_refused"
    status = 422
    template = _("{what}的第 {place} 个字符是不可见的控制字符：请删去后重试。")


class NotAHotline(JiaheError):
    code = "accounts.not_a_hotline"
    status = 422
    template = _("服务热线应为 5 至 6 位短号、400 电话或带区号的固定电话（如 0573-84021234）：请核对后重试。")


class NotAPhone(JiaheError):
    code = "accounts.not_a_phone"
    status = 422
    template = _("手机号应为 11 位数字：请核对后重试。")


class NotALogin(JiaheError):
    code = "accounts.not_a_login"
    status = 422
    template = _("登录名应以字母开头，由 3 至 40 个字母、数字、点、下划线或连字符组成：请换一个。")


class NotAUscc(JiaheError):
    code = "accounts.not_a_uscc"
    status = 422
    template = _("统一社会信用代码不正确：{problem}。请对照营业执照核对。")


class NotRegistered(JiaheError):
    code = "accounts.not_registered"
    status = 404
    template = _("本市登记信息中没有这家企业：请核对代码；新设企业请在登记满 5 个工作日后再试。")


class NameDiffers(JiaheError):
    code = "accounts.name_differs"
    status = 422
    template = _("企业名称与该代码的登记名称不一致：请按营业执照填写全称。")


class RegistrationEnded(JiaheError):
    code = "accounts.registration_ended"
    status = 409
    template = _("这家企业的登记状态不能开通账户(已注销、吊销、撤销或迁出)：如有疑问请联系登记机关。")


class AlreadyRegistered(JiaheError):
    code = "accounts.already_registered"
    status = 409
    template = _("这家企业已有账户：请联系贵单位的企业管理员，由其发出邀请。")


class CodeTooSoon(JiaheError):
    code = "accounts.code_too_soon"
    status = 429
    template = _("验证码获取过于频繁：请在 {seconds} 秒后重试，每个手机号每日最多 {limit} 次。")


class CodeWrong(JiaheError):
    code = "accounts.code_wrong"
    status = 422
    template = _("验证码不正确：还可再试 {left} 次。")


class CodeSpent(JiaheError):
    code = "accounts.code_spent"
    status = 409
    template = _("验证码已失效(已使用、已过期或多次不正确)：请重新获取。")


class PhoneTaken(JiaheError):
    code = "accounts.phone_taken"
    status = 409
    template = _("这个手机号已有账户：请先登录，再以该账户继续。")


class StepMissing(JiaheError):
    code = "accounts.step_missing"
    status = 409
    template = _("登记的前一步尚未完成或已超时：请从第一步重新开始，已填内容没有保存。")


class NoRepresentative(JiaheError):
    code = "accounts.no_representative"
    status = 409
    template = _("登记信息中没有这家企业的法定代表人，无法在线核验：请联系平台服务窗口。")


class RepresentativeDiffers(JiaheError):
    code = "accounts.representative_differs"
    status = 422
    template = _("姓名或证件号码与登记的法定代表人(负责人、经营者)不一致：请核对；刚变更的请待登记信息更新后再试。")


class RepresentativeResting(JiaheError):
    code = "accounts.representative_resting"
    status = 429
    template = _("今日已有 {limit} 次与登记不一致：请明日再试，或联系平台服务窗口。")


class NotConfirmed(JiaheError):
    code = "accounts.not_confirmed"
    status = 409
    template = _("法定代表人身份核验尚未通过：请等待核验结果，或重新发起核验。")


class NoSuchVerification(JiaheError):
    code = "accounts.no_such_verification"
    status = 404
    template = _("没有待确认的核验“{number}”：请核对核验编号，已确认或已过期的不能再确认。")


class TermsNotAgreed(JiaheError):
    code = "accounts.terms_not_agreed"
    status = 422
    template = _("请阅读并勾选同意用户协议。")


class PasswordWeak(JiaheError):
    code = "accounts.password_weak"
    status = 422
    template = _("密码不合要求：{problems}")


class InvitationUnusable(JiaheError):
    code = "accounts.invitation_unusable"
    status = 404
    template = _("邀请链接无效：可能已使用、已撤回或已过期。请联系邀请您的管理员重新发送。")


class AlreadyMember(JiaheError):
    code = "accounts.already_member"
    status = 409
    template = _("该人员已是本单位成员或已有待接受的邀请：请在名单中查看。")


class NoSuchMember(JiaheError):
    code = "accounts.no_such_member"
    status = 404
    template = _("名单中没有这个人：请返回名单重新选择。")


class NoSuchBranch(JiaheError):
    code = "accounts.no_such_branch"
    status = 404
    template = _("没有这个网点：请返回名单重新选择。")


class BranchTaken(JiaheError):
    code = "accounts.branch_taken"
    status = 409
    template = _("网点代码“{code}”已被使用：请换一个。")


class BranchInUse(JiaheError):
    code = "accounts.branch_in_use"
    status = 409
    template = _("网点“{branch}”还有 {people} 名在用人员、{branches} 个下级网点：请先调整后再停用。")


class BranchInItself(JiaheError):
    code = "accounts.branch_in_itself"
    status = 422
    template = _("上级网点不能是网点自己或其下级：请另选。")


class BranchNeeded(JiaheError):
    code = "accounts.branch_needed"
    status = 422
    template = _("“{role}”须属于一个网点：请选择网点。")


class RoleNotYours(JiaheError):
    code = "accounts.role_not_yours"
    status = 403
    template = _("您的角色不能授予或调整“{role}”：请联系上一级管理员。")


class NotYourself(JiaheError):
    code = "accounts.not_yourself"
    status = 403
    template = _("不能调整自己的角色或停用自己：请由另一名管理员办理。")


class LastAdministrator(JiaheError):
    code = "accounts.last_administrator"
    status = 409
    template = _("这是最后一名在用的{role}：请先指定另一名，再作调整。")


class MemberChanged(JiaheError):
    code = "accounts.member_changed"
    status = 409
    template = _("该人员的状态刚被他人改变：请刷新名单后再办理。")


class Separated(JiaheError):
    code = "accounts.separated"
    status = 409
    template = _("系统、安全、审计三类管理员须由不同的人担任，且不兼任其他角色：此人已有{role}角色。")


class OrganisationTaken(JiaheError):
    code = "accounts.organisation_taken"
    status = 409
    template = _("单位代码“{code}”已被使用：请换一个。")


class NoSuchOrganisation(JiaheError):
    code = "accounts.no_such_organisation"
    status = 404
    template = _("没有这个单位：请返回名单重新选择。")


class NotFiled(JiaheError):
    code = "accounts.not_filed"
    status = 422
    template = _("评级机构须有在有效期内的备案：请填写备案号和不早于今日的有效期。")


class NotADepartment(JiaheError):
    code = "accounts.not_a_department"
    status = 422
    template = _("“{code}”不是信用信息目录中的部门代码：请从列表中选择。")
