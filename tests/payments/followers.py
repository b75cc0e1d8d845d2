"""An app whose matter is paid, as the tests stand for it: what it hears is kept."""

heard = []


def hear(*, order, event, by, at):
    heard.append((order.pk, str(event)))
