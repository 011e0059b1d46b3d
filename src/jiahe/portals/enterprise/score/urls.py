from django.urls import path

from jiahe.portals.enterprise.score import views

urlpatterns = [
    path("", views.score, name="score"),
    path("review/", views.review, name="score_review"),
]
