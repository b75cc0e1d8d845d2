from tests.members.conftest import acting, chair, land, town

__all__ = ["acting", "chair", "land", "town"]
