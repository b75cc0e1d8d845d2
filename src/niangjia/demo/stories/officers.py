"""Through whose eyes a story reads: an officer's post, with its words and its reach."""

from niangjia.kernel.access import Actor, Role, words_of
from niangjia.kernel.scoping import enter_scope
from niangjia.members import permissions as members
from niangjia.network import permissions
from niangjia.network import queries as register


def officer(*, role: Role, unit_id: int, word: str = permissions.Word.READ) -> Actor:
    """An officer in a post at a unit; from here on the transaction sees what the officer may see, no more."""
    unit = register.public_organisation(unit_id=unit_id)
    actor = Actor(
        name=unit.name,
        role=role,
        unit_id=unit.pk,
        unit_path=unit.path,
        unit_name=unit.name,
        words=words_of(role, (*permissions.GRANTS, *members.GRANTS)),
    )
    enter_scope(actor.scope_for(word))
    return actor
