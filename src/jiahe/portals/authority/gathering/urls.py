from django.urls import path

from jiahe.portals.authority.gathering import views

urlpatterns = [
    path("", views.freshness, name="freshness"),
    path("batches/", views.batches, name="batches"),
    path("batches/<int:batch_id>/", views.batch, name="batch"),
    path("batches/<int:batch_id>/quarantine.xlsx", views.download, name="quarantine"),
    path("batches/<int:batch_id>/return/", views.take, name="return"),
]
