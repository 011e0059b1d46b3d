from django.urls import path

from jiahe.portals.bank.staff import branches, views

urlpatterns = [
    path("staff/", views.listed, name="staff"),
    path("staff/add/", views.add, name="staff_add"),
    path("staff/<int:number>/", views.member, name="member"),
    path("staff/<int:number>/act/", views.member_act, name="member_act"),
    path("staff/invitations/<int:number>/", views.invitation_act, name="invitation_act"),
    path("branches/", branches.listed, name="branches"),
    path("branches/add/", branches.add, name="branch_add"),
    path("hotline/", branches.hotline, name="hotline"),
    path("branches/<str:code>/", branches.change, name="branch"),
    path("branches/<str:code>/close/", branches.close, name="branch_close"),
]
