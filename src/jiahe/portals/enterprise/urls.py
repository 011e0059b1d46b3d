"""The enterprises' portal."""

from django.urls import include, path

from jiahe.portals.enterprise.verify.views import verify

app_name = "enterprise"
urlpatterns = [
    path("", include("jiahe.portals.enterprise.home.urls")),
    path("file/", include("jiahe.portals.enterprise.creditfile.urls")),
    path("consents/", include("jiahe.portals.enterprise.consents.urls")),
    path("requests/", include("jiahe.portals.enterprise.requests.urls")),
    path("score/", include("jiahe.portals.enterprise.score.urls")),
    path("points/", include("jiahe.portals.enterprise.points.urls")),
    path("readings/", include("jiahe.portals.enterprise.readings.urls")),
    path("", include("jiahe.portals.enterprise.people.urls")),
    path("verify/", verify, name="verify"),
]
