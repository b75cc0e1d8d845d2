"""Properties are tried often enough to catch a mistake and seldom enough to stay under three seconds."""

from hypothesis import settings

settings.register_profile("layer", max_examples=25, deadline=None)
settings.load_profile("layer")
