"""The authority's portal."""

from django.urls import include, path

app_name = "authority"
urlpatterns = [
    path("", include("jiahe.portals.authority.people.urls")),
    path("", include("jiahe.portals.authority.search.urls")),
    path("enterprises/", include("jiahe.portals.authority.creditfile.urls")),
    path("audit/", include("jiahe.portals.authority.audit.urls")),
    path("gathering/", include("jiahe.portals.authority.gathering.urls")),
    path("", include("jiahe.portals.authority.orders.urls")),
    path("products/", include("jiahe.portals.authority.products.urls")),
    path("points/", include("jiahe.portals.authority.points.urls")),
    path("models/", include("jiahe.portals.authority.models.urls")),
    path("reviews/", include("jiahe.portals.authority.reviews.urls")),
    path("outbox/", include("jiahe.portals.authority.outbox.urls")),
    path("complaints/", include("jiahe.portals.authority.complaints.urls")),
]
