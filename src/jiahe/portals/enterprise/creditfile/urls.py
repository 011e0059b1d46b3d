from django.urls import path

from jiahe.portals.enterprise.creditfile import views

urlpatterns = [
    path("", views.file, name="file"),
    path("categories/<str:code>/", views.category, name="category"),
    path("<slug:section>/", views.section, name="section"),
]
