from django.urls import path

from jiahe.portals.department.home import views

urlpatterns = [
    path("", views.home, name="home"),
]
