from django.urls import path

from jiahe.portals.enterprise.requests import acts, applying, views

urlpatterns = [
    path("", views.requests, name="requests"),
    path("new/", applying.new, name="request_new"),
    path("apply/", applying.apply, name="request_apply"),
    path("orders/<str:number>/<str:act>/", acts.on_order, name="order_act"),
    path("<str:number>/", views.request_page, name="request"),
    path("<str:number>/apply/", applying.resume, name="request_resume"),
    path("<str:number>/drop/", applying.discard, name="request_drop"),
    path("<str:number>/withdraw/", acts.withdraw, name="request_withdraw"),
]
