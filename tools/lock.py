"""Resolve what pyproject.toml asks for into two hash-locked requirement files. No file names a registry."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

UV = Path(sys.executable).parent / "uv"
COMMON = ("--universal", "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url", "--quiet")
HEADER = ("--custom-compile-command", "make lock")


def compile_lock(output: str, *more: str) -> None:
    subprocess.run(
        [UV, "pip", "compile", "pyproject.toml", *COMMON, *HEADER, *more, "--output-file", output], check=True
    )


def main() -> None:
    compile_lock("requirements.lock", "--group", "setup", *sys.argv[1:])
    compile_lock(
        "requirements-dev.lock",
        "--group",
        "setup",
        "--group",
        "dev",
        "--constraints",
        "requirements.lock",
        *sys.argv[1:],
    )


if __name__ == "__main__":
    main()
