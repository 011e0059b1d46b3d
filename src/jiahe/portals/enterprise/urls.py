"""The enterprises' portal."""

from django.urls import include, path

app_name = "enterprise"
urlpatterns = [
    path("", include("jiahe.portals.enterprise.home.urls")),
]
