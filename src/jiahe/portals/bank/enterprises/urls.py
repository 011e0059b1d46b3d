from django.urls import path

from jiahe.portals.bank.enterprises import asking, views

urlpatterns = [
    path("", views.look_up, name="look_up"),
    path("<str:uscc>/ask/", asking.Ask.as_view(), name="ask"),
    path("<str:uscc>/<slug:purpose>/", views.file, name="file"),
    path("<str:uscc>/<slug:purpose>/categories/<str:code>/", views.category, name="category"),
    path("<str:uscc>/<slug:purpose>/<slug:section>/", views.section, name="section"),
]
