"""The tree has no permission words of its own: the app above says who may move what (network.move)."""

from collections.abc import Mapping

from niangjia.kernel.access import Grant

LABELS: Mapping[str, str] = {}
GRANTS: tuple[Grant, ...] = ()
