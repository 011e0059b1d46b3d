"""A person's own account, the same for everybody."""

from django.urls import path

from jiahe.portals.account import acting, closing, factor, passkeys, password, security

app_name = "account"
urlpatterns = [
    path("", security.overview, name="security"),
    path("sessions/<int:session_id>/end/", security.end_one, name="end_session"),
    path("sessions/end-others/", security.end_others, name="end_others"),
    path("identities/<slug:provider>/unlink/", security.unlink, name="unlink"),
    path("password/", password.change, name="password"),
    path("second-factor/", factor.set_up, name="second_factor"),
    path("second-factor/off/", factor.switch_off, name="second_factor_off"),
    path("recovery-codes/", factor.recovery_codes, name="recovery_codes"),
    path("passkeys/new/", passkeys.add, name="add_passkey"),
    path("passkeys/<int:passkey_id>/remove/", passkeys.remove, name="remove_passkey"),
    path("acting/", acting.choose, name="choice"),
    path("close/", closing.close, name="close"),
]
