"""Which portal answers where. Everything but the sign-in page needs a session (jiahe.accounts.middleware)."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from jiahe.portals.start import start

urlpatterns = [
    path("start/", start, name="start"),
    path("", include("jiahe.portals.public.urls")),
    path("", include("jiahe.portals.personal.urls")),
    path("attachments/", include("jiahe.portals.attachments.urls")),
    path("import/", include("jiahe.portals.importing.urls")),
    path("language/", login_not_required(set_language), name="set_language"),
    path("account/", include("jiahe.portals.account.urls")),
    path("enterprise/", include("jiahe.portals.enterprise.urls")),
    path("bank/", include("jiahe.portals.bank.urls")),
    path("department/", include("jiahe.portals.department.urls")),
    path("authority/", include("jiahe.portals.authority.urls")),
]

handler400 = "jiahe.web.failures.bad_request"
