"""The institutions' portal."""

from django.urls import include, path

app_name = "bank"
urlpatterns = [
    path("", include("jiahe.portals.bank.home.urls")),
    path("enterprises/", include("jiahe.portals.bank.enterprises.urls")),
    path("consents/", include("jiahe.portals.bank.consents.urls")),
    path("", include("jiahe.portals.bank.orders.urls")),
    path("precredit/", include("jiahe.portals.bank.precredit.urls")),
    path("products/", include("jiahe.portals.bank.products.urls")),
    path("", include("jiahe.portals.bank.staff.urls")),
]
