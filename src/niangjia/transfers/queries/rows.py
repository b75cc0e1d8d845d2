"""Transfers from both their sides."""

from django.db.models import Q, QuerySet
from django.urls import reverse

from niangjia.kernel.access import Scope
from niangjia.kernel.scoping import the_one, within
from niangjia.papers.rules import Subject
from niangjia.transfers.models import Transfer
from niangjia.transfers.rules import KIND


def transfers_in_scope(*, scope: Scope, state: str = "") -> QuerySet[Transfer]:
    """The transfers that come to or leave the unions of the scope, newest first."""
    rows = Transfer.objects.filter(
        Q(pk__in=within(Transfer.objects.all(), scope=scope).values("pk"))
        | Q(pk__in=within(Transfer.objects.all(), scope=scope, field="from_path").values("pk"))
    )
    rows = rows.select_related("employer")
    return (rows.filter(state=state) if state else rows).order_by("-id")


def transfer_in_scope(*, transfer_id: int, scope: Scope) -> Transfer:
    """One of them, or 404."""
    return the_one(transfers_in_scope(scope=scope).filter(pk=transfer_id))


def transfer_subject(*, about_id: int, scope: Scope) -> Subject:
    """The transfer on which its letter hangs, or 404 (the port of papers)."""
    row = transfer_in_scope(transfer_id=about_id, scope=scope)
    href = reverse("transfer", args=[row.pk])
    return Subject(KIND, row.pk, unit_id=row.from_union_id, path=row.from_path, name=row.name, href=href)


def transfers_of(*, person_id: int) -> QuerySet[Transfer]:
    """A person's transfers as the running scope shows them."""
    return Transfer.objects.filter(person=person_id).order_by("-id")
