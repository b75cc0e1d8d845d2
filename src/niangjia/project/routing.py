from typing import Any


class MigrateAsOwner:
    """Tables are made by the owner role only; the web role never migrates."""

    def allow_migrate(self, db: str, _app_label: str, **_hints: Any) -> bool:
        """True for the owner's connection alone."""
        return db == "owner"
