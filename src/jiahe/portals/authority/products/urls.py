from django.urls import path

from jiahe.portals.authority.products import views

urlpatterns = [
    path("", views.products, name="products"),
    path("<str:number>/<int:version>/", views.Decision.as_view(), name="product"),
]
