from django.urls import path

from jiahe.portals.authority.reviews import views

urlpatterns = [
    path("", views.reviews, name="score_reviews"),
    path("<int:number>/", views.Answer.as_view(), name="score_review"),
]
