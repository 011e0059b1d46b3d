"""What everybody who is signed in has, whichever portal they work in: messages and their own particulars."""

from django.urls import path

from jiahe.portals.personal.messages import views as messages
from jiahe.portals.personal.profile import views as profile

app_name = "personal"
urlpatterns = [
    path("messages/", messages.inbox, name="messages"),
    path("messages/read/", messages.read_all, name="messages_read"),
    path("messages/<int:message_id>/", messages.follow, name="message"),
    path("me/", profile.profile, name="profile"),
    path("me/sms/", profile.sms, name="sms"),
]
