from django.urls import include, path

from niangjia.project import health
from niangjia.project.api import api

handler404 = "niangjia.project.faults.not_there"
handler500 = "niangjia.project.faults.broken"
urlpatterns = [
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
    path("", include("niangjia.entrance.urls")),
    path("", include("niangjia.accounts.urls")),
    path("account/", include("allauth.urls")),
    path("", include("niangjia.privacy.urls")),
    path("", include("niangjia.registry.urls")),
    path("", include("niangjia.policies.urls")),
    path("", include("niangjia.notices.urls")),
    path("", include("niangjia.papers.urls")),
    path("", include("niangjia.exchange.urls")),
    path("", include("niangjia.messaging.urls")),
    path("", include("niangjia.tasks.urls")),
    path("", include("niangjia.supervision.urls")),
    path("", include("niangjia.bodies.urls")),
    path("", include("niangjia.register.urls")),
    path("", include("niangjia.dues.urls")),
    path("", include("niangjia.transfers.urls")),
    path("", include("niangjia.enrolment.urls")),
    path("", include("niangjia.roll.urls")),
    path("", include("niangjia.matching.urls")),
    path("", include("niangjia.vitality.urls")),
    path("", include("niangjia.joining.urls")),
    path("", include("niangjia.drives.urls")),
    path("", include("niangjia.welcome.urls")),
    path("", include("niangjia.chronicle.urls")),
    path("", include("niangjia.establishments.urls")),
    path("", include("niangjia.reshaping.urls")),
    path("", include("niangjia.portal.urls")),
    path("api/", api.urls),
]
