"""What the family told of its distress, opened for whoever was admitted to the application."""

from niangjia.aid.models import AidApplication
from niangjia.kernel.reaching import beyond
from niangjia.kernel.sealing import SealBroken, unseal

TABLE = "aid_aidapplication"


def words_of(*, row: AidApplication) -> str:
    """The words; nothing where none were told or where they were erased."""
    if not row.words:
        return ""
    try:
        with beyond():
            return unseal(row.words, table=TABLE, person_id=row.payee_id, field="words")
    except SealBroken:
        return ""
