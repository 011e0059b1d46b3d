from django.urls import path

from jiahe.portals.authority.audit import views

urlpatterns = [
    path("", views.journal, name="journal"),
    path("access/", views.access, name="access_log"),
    path("sealing/", views.standing, name="sealing"),
    path("sealing/verify/", views.verify, name="verify_books"),
]
