"""Password hashing at the OWASP floor: strong enough, and a log-in storm does not starve the machine."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2Floor(Argon2PasswordHasher):
    """argon2id with t=2, m=19 MiB, p=1 (reliability.md §3: 28.5 ms a log-in)."""

    time_cost = 2
    memory_cost = 19_456
    parallelism = 1
