"""The institutions' portal."""

from django.urls import include, path

app_name = "bank"
urlpatterns = [
    path("", include("jiahe.portals.bank.home.urls")),
]
