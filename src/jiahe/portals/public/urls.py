"""Pages for everybody."""

from django.urls import path

from jiahe.portals.public.signin import views

app_name = "public"
urlpatterns = [
    path("sign-in/", views.SignIn.as_view(), name="sign_in"),
    path("sign-out/", views.leave, name="sign_out"),
]
