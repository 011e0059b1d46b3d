"""The marketplace's addresses."""

from django.urls import path

from jiahe.portals.public.marketplace import calculator, views

urlpatterns = [
    path("", views.market, name="marketplace"),
    path("compare/", views.compare, name="compare"),
    path("calculator/", calculator.calculator, name="calculator"),
    path("products/<str:number>/", views.product, name="product"),
]
