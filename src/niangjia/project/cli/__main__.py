"""`python -m niangjia.project.cli` is the same as `niangjia`."""

import sys

from niangjia.project.cli import main

sys.exit(main())
