"""Who acts in a request of a test: set by the test, read by the actor loader."""

from niangjia.kernel.access import PUBLIC, Actor

_acting: list[Actor] = []


def loader(_request) -> Actor:
    return _acting[-1] if _acting else PUBLIC


def enter(actor: Actor | None) -> None:
    _acting.clear()
    if actor is not None:
        _acting.append(actor)
