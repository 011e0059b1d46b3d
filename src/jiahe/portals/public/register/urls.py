from django.urls import path

from jiahe.portals.public.register import terms, views

urlpatterns = [
    path("register/", views.enterprise, name="register"),
    path("register/phone/", views.phone, name="register_phone"),
    path("register/representative/", views.representative, name="register_representative"),
    path("register/account/", views.account, name="register_account"),
    path("terms/", terms.page, name="terms"),
]
