from django.urls import path

from jiahe.portals.bank.consents import views

urlpatterns = [
    path("", views.consents, name="consents"),
    path("<str:number>/", views.consent, name="consent"),
    path("<str:number>/renew/", views.ask_again, name="consent_renew"),
    path("<str:number>/signed.json", views.download, name="consent_signed"),
]
