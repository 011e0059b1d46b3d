from django.urls import path

from jiahe.portals.enterprise.points import views

urlpatterns = [
    path("", views.points, name="points"),
    path("apply/", views.apply, name="points_apply"),
]
