from django.urls import path

from jiahe.portals.authority.people import organisations, views

urlpatterns = [
    path("organisations/", organisations.listed, name="organisations"),
    path("organisations/new/<str:kind>/", organisations.add, name="organisation_add"),
    path("organisations/<str:code>/", views.organisation, name="organisation"),
    path("organisations/<str:code>/filing/", organisations.filing, name="organisation_filing"),
    path("organisations/<str:code>/add/", views.add, name="organisation_invite"),
    path("organisations/<str:code>/<int:number>/", views.member, name="organisation_member"),
    path("organisations/<str:code>/<int:number>/act/", views.member_act, name="organisation_member_act"),
    path("organisations/<str:code>/invitations/<int:number>/", views.invitation_act, name="organisation_invitation"),
]
