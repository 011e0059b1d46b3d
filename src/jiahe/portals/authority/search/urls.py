from django.urls import path

from jiahe.portals.authority.search import views

urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.results, name="search"),
    path("search/suggest/", views.suggestions, name="suggest"),
]
