"""The papers of a request: the same pages for the enterprise and for institutions, in their own shell."""

from django.urls import path

from jiahe.portals.attachments import views

app_name = "attachments"
urlpatterns = [
    path("of/<str:request_number>/", views.of, name="of_request"),
    path("of/<str:request_number>/upload/", views.add, name="upload"),
    path("<str:number>/", views.preview_page, name="preview"),
    path("<str:number>/pages/<int:page>/", views.picture, name="picture"),
    path("<str:number>/download/", views.download, name="download"),
    path("<str:number>/remove/", views.take_back, name="remove"),
]
