from django.urls import path

from jiahe.portals.authority.outbox import views

urlpatterns = [
    path("", views.outbox, name="outbox"),
    path("<str:uid>/", views.act, name="outbox_act"),
]
