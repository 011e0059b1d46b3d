"""Resolve what pyproject.toml asks for into three hash-locked requirement files. No file names a registry."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

UV = Path(sys.executable).parent / "uv"
COMMON = ("--universal", "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url", "--quiet")
HEADER = ("--custom-compile-command", "make lock")


def compile_lock(output: str, *more: str) -> None:
    command = [str(UV), "pip", "compile", *COMMON, *HEADER, *more, *sys.argv[1:], "--output-file", output]
    subprocess.run(command, check=True)


def main() -> None:
    project = ("pyproject.toml", "--group", "setup")
    compile_lock("requirements.lock", *project)
    compile_lock("requirements-dev.lock", *project, "--group", "dev", "--constraints", "requirements.lock")
    compile_lock("requirements-spark.lock", "--group", "pyproject.toml:cluster", "--no-deps")


if __name__ == "__main__":
    main()
