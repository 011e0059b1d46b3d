from django.urls import path

from jiahe.portals.authority.complaints import views

urlpatterns = [
    path("", views.complaints, name="complaints"),
    path("<str:number>/", views.Answer.as_view(), name="complaint"),
]
