from django.urls import path

from jiahe.portals.bank.precredit import views

urlpatterns = [
    path("", views.rules, name="precredit"),
    path("edit/", views.edit, name="precredit_edit"),
    path("<int:number>/<str:act>/", views.act, name="precredit_act"),
]
