from django.urls import path

from jiahe.portals.bank.products import views, writing

urlpatterns = [
    path("", views.products, name="products"),
    path("new/", writing.new, name="product_new"),
    path("<str:number>/", views.product, name="product"),
    path("<str:number>/edit/", writing.edit, name="product_edit"),
    path("<str:number>/submit/", writing.hand_in, name="product_submit"),
    path("<str:number>/shelf/", writing.shelf, name="product_shelf"),
    path("<str:number>/<int:version>/", views.version, name="product_version"),
]
