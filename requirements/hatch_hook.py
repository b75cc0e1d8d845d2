"""The wheel's dependencies are the lines of base.in: one list, kept in one place."""

from pathlib import Path

from hatchling.metadata.plugin.interface import MetadataHookInterface


class BaseRequirements(MetadataHookInterface):
    """Reads `requirements/base.in` into the package metadata."""

    def update(self, metadata: dict) -> None:
        """Add every requirement line that is not a comment."""
        lines = Path(self.root, "requirements", "base.in").read_text(encoding="utf-8").splitlines()
        metadata["dependencies"] = [line for line in lines if line and not line.startswith("#")]
