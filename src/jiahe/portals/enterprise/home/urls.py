from django.urls import path

from jiahe.portals.enterprise.home import views

urlpatterns = [
    path("", views.home, name="home"),
]
