"""Import of institutions, branches and people: the same page for the authority and for institutions, in their own shell."""

from django.urls import path

from jiahe.portals.importing import views

app_name = "importing"
urlpatterns = [
    path("", views.page, name="people"),
    path("template/", views.template, name="template"),
]
