from django.urls import path

from jiahe.portals.bank.home import views

urlpatterns = [
    path("", views.home, name="home"),
]
