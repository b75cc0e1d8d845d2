"""What the public pages read beside the register: former names, no inner data (R-PG-10)."""

from collections.abc import Iterable

from django.db.models import F, QuerySet

from niangjia.network.models import OrganisationName


def former_names(*, unit_ids: Iterable[int]) -> QuerySet[OrganisationName]:
    """The names that organisations no longer bear, latest first (D9)."""
    past = OrganisationName.objects.filter(organisation__in=list(unit_ids), until__isnull=False)
    return past.exclude(name=F("organisation__name")).order_by("organisation_id", "-since")
