from django.urls import path

from jiahe.portals.authority.creditfile import views

urlpatterns = [
    path("<str:uscc>/", views.file, name="file"),
    path("<str:uscc>/categories/<str:code>/", views.category, name="category"),
    path("<str:uscc>/<slug:section>/", views.section, name="section"),
]
