"""Unpack the npm package `@sparticuz/chromium`; runs in the test environment, which has brotli."""

import io
import sys
import tarfile
from pathlib import Path

import brotli

# It has no sandbox of its own to start and no helper process: both need what a closed machine does not give.
WRAPPER = """#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
LD_LIBRARY_PATH="$here/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}" \\
    exec "$here/chromium" --no-sandbox --no-zygote --single-process --headless=new "$@"
"""


def main(folder: Path) -> None:
    """Write `chromium`, its libraries and the wrapper `chromium.sh` into the folder."""
    packed = folder / "node_modules" / "@sparticuz" / "chromium" / "bin"
    program = folder / "chromium"
    program.write_bytes(brotli.decompress((packed / "chromium.br").read_bytes()))
    program.chmod(0o755)
    for name in ("al2023", "swiftshader"):
        inside = brotli.decompress((packed / f"{name}.tar.br").read_bytes())
        with tarfile.open(fileobj=io.BytesIO(inside)) as tar:
            tar.extractall(folder, filter="data")
    wrapper = folder / "chromium.sh"
    wrapper.write_text(WRAPPER, encoding="ascii")
    wrapper.chmod(0o755)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
