"""Pages for everybody."""

from django.urls import include, path

from jiahe.portals.public.help import views as help_
from jiahe.portals.public.home import views as home
from jiahe.portals.public.invitation import views as invitation
from jiahe.portals.public.signin import outside, passkey, views

app_name = "public"
urlpatterns = [
    path("", home.home, name="home"),
    path("help/", help_.page, name="help"),
    path("", include("jiahe.portals.public.register.urls")),
    path("marketplace/", include("jiahe.portals.public.marketplace.urls")),
    path("invitations/<str:token>/", invitation.invitation, name="invitation"),
    path("sign-in/", views.SignIn.as_view(), name="sign_in"),
    path("sign-in/code/", views.code, name="code"),
    path("sign-in/passkey/", passkey.sign_in, name="passkey"),
    path("sign-in/passkey/challenge/", passkey.challenge, name="passkey_challenge"),
    path("sign-in/with/<slug:code>/", outside.begin, name="outside"),
    path("sign-in/with/<slug:code>/back/", outside.back, name="outside_back"),
    path("sign-in/with/<slug:code>/check/", outside.check, name="outside_check"),
    path("sign-out/", views.leave, name="sign_out"),
]
