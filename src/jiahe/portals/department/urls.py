"""The supplying departments' portal."""

from django.urls import path

from jiahe.portals.department.deliveries import views

app_name = "department"
urlpatterns = [
    path("", views.home, name="home"),
    path("batches/<int:batch_id>/", views.batch, name="batch"),
    path("batches/<int:batch_id>/quarantine.xlsx", views.download, name="quarantine"),
]
