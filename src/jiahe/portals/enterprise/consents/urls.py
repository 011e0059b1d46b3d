from django.urls import path

from jiahe.portals.enterprise.consents import deciding, giving, views

urlpatterns = [
    path("", views.centre, name="consents"),
    path("new/", giving.begin, name="consent_new"),
    path("new/read/", giving.read, name="consent_new_read"),
    path("new/agree/", giving.agree, name="consent_new_agree"),
    path("<str:number>/", views.consent, name="consent"),
    path("<str:number>/read/", deciding.read, name="consent_read"),
    path("<str:number>/agree/", deciding.agree, name="consent_agree"),
    path("<str:number>/refuse/", views.turn_down, name="consent_refuse"),
    path("<str:number>/pause/", views.stop, name="consent_pause"),
    path("<str:number>/resume/", views.go_on, name="consent_resume"),
    path("<str:number>/revoke/", views.take_back, name="consent_revoke"),
    path("<str:number>/signed.json", views.download, name="consent_signed"),
]
