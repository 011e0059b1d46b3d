from django.urls import path

from jiahe.portals.authority.models import views

urlpatterns = [
    path("", views.models, name="models"),
    path("import/", views.import_model, name="import_model"),
    path("monitoring/", views.monitoring, name="monitoring"),
    path("<int:number>/", views.model, name="model"),
    path("<int:number>/card.json", views.file, name="model_file"),
    path("<int:number>/act/", views.act, name="model_act"),
]
