from django.urls import path

from jiahe.portals.authority.orders import views

urlpatterns = [
    path("orders/", views.orders, name="orders"),
    path("orders/export.xlsx", views.export_orders, name="orders_export"),
    path("orders/<str:number>/", views.order, name="order"),
    path("requests/", views.requests, name="requests"),
    path("requests/<str:number>/", views.one_request, name="request"),
    path("requests/<str:number>/dispatch/", views.send, name="request_dispatch"),
]
