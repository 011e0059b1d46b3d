from django.urls import path

from jiahe.portals.enterprise.people import views

urlpatterns = [
    path("people/", views.listed, name="people"),
    path("people/add/", views.add, name="people_add"),
    path("people/<int:number>/", views.member, name="member"),
    path("people/<int:number>/act/", views.member_act, name="member_act"),
    path("people/invitations/<int:number>/", views.invitation_act, name="invitation_act"),
]
