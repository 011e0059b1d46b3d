"""Pages for everybody."""

from django.urls import path

from jiahe.portals.public.help import views as help_
from jiahe.portals.public.home import views as home
from jiahe.portals.public.signin import views

app_name = "public"
urlpatterns = [
    path("", home.home, name="home"),
    path("help/", help_.page, name="help"),
    path("sign-in/", views.SignIn.as_view(), name="sign_in"),
    path("sign-out/", views.leave, name="sign_out"),
]
