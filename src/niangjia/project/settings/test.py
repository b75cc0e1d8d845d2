"""Settings of the test run: an embedded PostgreSQL of its own, the web role under row-level security."""

import os
from pathlib import Path

from niangjia.project import instance, localpg

os.environ.setdefault("NIANGJIA_HOME", str(instance.SOURCE / "var" / "test"))
_worker = os.environ.get("PYTEST_XDIST_WORKER", "")
if _worker not in {"", "gw0"} and not os.environ["NIANGJIA_HOME"].endswith(_worker):
    os.environ["NIANGJIA_HOME"] += (
        f"-{_worker}"  # a server each: an open transaction holds up no other's seal
    )
localpg.ensure(Path(os.environ["NIANGJIA_HOME"]))

from niangjia.project.settings.base import *  # noqa: E402, F403
from niangjia.project.settings.base import DATABASES, STORAGES  # noqa: E402

DATABASES["default"]["CONN_MAX_AGE"] = 0
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
ALLOWED_HOSTS = ["*"]
ACCOUNT_RATE_LIMITS = False
NIANGJIA_LIMITS = False
