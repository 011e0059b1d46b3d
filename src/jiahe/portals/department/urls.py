"""The supplying departments' portal."""

from django.urls import include, path

app_name = "department"
urlpatterns = [
    path("", include("jiahe.portals.department.home.urls")),
]
