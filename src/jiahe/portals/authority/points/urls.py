from django.urls import path

from jiahe.portals.authority.points import views

urlpatterns = [
    path("", views.systems, name="points"),
    path("new/", views.new, name="points_new"),
    path("<int:number>/", views.system, name="points_system"),
    path("<int:number>/edit/", views.edit, name="points_edit"),
    path("<int:number>/simulation/", views.simulation, name="points_simulation"),
    path("<int:number>/<slug:act>/", views.act, name="points_act"),
]
