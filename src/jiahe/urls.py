"""Which portal answers where. Everything but the sign-in page needs a session (jiahe.accounts.middleware)."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.generic import RedirectView
from django.views.i18n import set_language

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="authority:home"), name="start"),
    path("", include("jiahe.portals.public.urls")),
    path("language/", login_not_required(set_language), name="set_language"),
    path("authority/", include("jiahe.portals.authority.urls")),
]
