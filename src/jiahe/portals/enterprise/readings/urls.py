from django.urls import path

from jiahe.portals.enterprise.readings import views

urlpatterns = [
    path("", views.readings, name="readings"),
    path("complaints/", views.complaints, name="complaints"),
    path("complaints/<str:number>/", views.complaint, name="complaint"),
    path("<str:uid>/complain/", views.Complain.as_view(), name="complain"),
]
