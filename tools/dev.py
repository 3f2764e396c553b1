#!/usr/bin/env python3
"""Everything a developer starts, on a machine with nothing but Python 3.11 or newer: standard library only.

    python3 tools/dev.py run [FILE]      set up, open the program
    python3 tools/dev.py test [ARGS]     set up, run every test (ARGS go to pytest)
    python3 tools/dev.py check           format, lint, types, import contracts, dead code
    python3 tools/dev.py bench [ARGS]    the benchmarks
    python3 tools/dev.py soak [ARGS]     the long tests: kills, damage, random work, for up to 90 minutes
    python3 tools/dev.py shots [FOLDER]  start the real program on a virtual screen, use it, save pictures

The first run makes a virtual environment in `.venv` and installs what tools/constraints.txt names. On Debian
and its kin the shared libraries that Qt needs are installed (as root) or named with the exact command
(otherwise).
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
CONSTRAINTS = ROOT / "tools" / "constraints.txt"
OLDEST = (3, 11)
TYPED = ("model", "io", "ui", "main", "cli", "tools.dev")

LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
}
"""Shared library to Debian package: without a screen."""
WINDOW_LIBRARIES = {
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
}
"""The same for a window under X11."""
SHOT_TOOLS = {"Xvfb": "xvfb", "xdotool": "xdotool", "openbox": "openbox", "import": "imagemagick"}
"""Program to Debian package, for `shots`."""
FONT = "fonts-dejavu-core"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("verb", choices=("run", "test", "check", "bench", "soak", "shots"))
    parser.add_argument("rest", nargs=argparse.REMAINDER, help="handed on")
    given = parser.parse_args()
    if sys.version_info < OLDEST:
        print(f"Roadwright needs Python {OLDEST[0]}.{OLDEST[1]} or newer; this is {sys.version.split()[0]}.")
        return 1
    verbs = {"run": run, "test": test, "check": check, "bench": bench, "soak": soak, "shots": shots}
    return verbs[given.verb](given.rest)


# The verbs


def run(rest: Sequence[str]) -> int:
    need_libraries({**LIBRARIES, **WINDOW_LIBRARIES})
    set_up(developing=False)
    return call(python(), "-P", "-m", "roadwright.main", *rest)


def test(rest: Sequence[str]) -> int:
    """All of them on all cores; with arguments of one's own, as they say."""
    need_libraries(LIBRARIES)
    set_up()
    return call(
        python(), "-P", "-m", "pytest", *(rest or ("-n", "auto", "--dist", "worksteal")), env=offscreen()
    )


def check(rest: Sequence[str]) -> int:
    """Every check runs even if one before it fails, so that one call shows all there is to mend."""
    set_up()
    results = [
        call(tool("ruff"), "format", "--check", "."),
        call(tool("ruff"), "check", "."),
        check_types(),
        call(tool("lint-imports")),
        call(tool("vulture")),
    ]
    return max(results)


def bench(rest: Sequence[str]) -> int:
    need_libraries(LIBRARIES)
    set_up()
    columns = "--benchmark-columns=median,min,max,rounds"
    options = ("--benchmark-only", columns, *rest)
    return call(python(), "-P", "-m", "pytest", "tests/bench", *options, env=offscreen())


def soak(rest: Sequence[str]) -> int:
    need_libraries(LIBRARIES)
    set_up()
    options = ("-m", "soak", "-n", "auto", "--dist", "worksteal", *rest)
    return call(python(), "-P", "-m", "pytest", *options, env=offscreen())


def shots(rest: Sequence[str]) -> int:
    need_libraries({**LIBRARIES, **WINDOW_LIBRARIES})
    install(sorted({package for name, package in SHOT_TOOLS.items() if shutil.which(name) is None}))
    set_up()
    return call(python(), "-P", ROOT / "tools" / "shots.py", *(rest or ["shots"]))


def check_types() -> int:
    """mypy, from elsewhere than the root, where it would take our io/ for the standard library's.

    It does not see editable installs, so it gets the package under its name in a folder of its own.
    """
    stage = VENV / "types"
    package = stage / "roadwright"
    if not package.exists():
        stage.mkdir(exist_ok=True)
        package.symlink_to(ROOT, target_is_directory=True)
    parts = [option for name in TYPED for option in ("-p", f"roadwright.{name}")]
    return call(tool("mypy"), "--config-file", ROOT / "pyproject.toml", *parts, cwd=stage)


# What they need


def set_up(developing: bool = True) -> None:
    """A virtual environment with everything in it; does nothing if it is there and fits."""
    wanted = _fingerprint(developing)
    marker = VENV / "roadwright-set-up"
    if marker.is_file() and wanted in marker.read_text("utf-8").split() and python().is_file():
        return
    if not python().is_file():
        print(f"Making a virtual environment in {VENV.name} ...", flush=True)
        make_environment()
    print("Installing Roadwright and what it needs ...", flush=True)
    target = f"{ROOT}[dev]" if developing else str(ROOT)
    command = (python(), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-c", CONSTRAINTS)
    if call(*command, "--editable", target):
        raise SystemExit("pip could not install what Roadwright needs; its message is above.")
    # what serves to develop serves to run
    fits = [wanted, _fingerprint(False)] if developing else [wanted]
    marker.write_text("\n".join(fits), "utf-8")


def make_environment() -> None:
    try:
        venv.create(VENV, with_pip=True)
    except (subprocess.CalledProcessError, ImportError):  # Debian ships Python without ensurepip
        shutil.rmtree(VENV, ignore_errors=True)
        install([f"python{sys.version_info.major}.{sys.version_info.minor}-venv"])
        venv.create(VENV, with_pip=True)


def need_libraries(libraries: dict[str, str]) -> None:
    """Have the shared libraries that Qt loads on Linux, and a font."""
    if not sys.platform.startswith("linux"):
        return
    missing = {package for library, package in libraries.items() if not _loads(library)}
    if not any(Path(folder).is_dir() for folder in ("/usr/share/fonts", "/usr/local/share/fonts")):
        missing.add(FONT)
    install(sorted(missing))


def install(packages: Sequence[str]) -> None:
    """Install Debian packages as root; otherwise say how, and end."""
    if not packages:
        return
    line = f"apt-get install -y {' '.join(packages)}"
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if not is_root or shutil.which("apt-get") is None:
        raise SystemExit(
            f"Qt needs libraries that are missing here. On Debian or Ubuntu:\n\n    sudo {line}\n"
        )
    print(f"Installing {', '.join(packages)} ...", flush=True)
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    call("apt-get", "update", "-qq", env=env)
    if call(*line.split(), "-qq", env=env):
        raise SystemExit(f"That did not work; by hand it is:\n\n    {line}\n")


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _fingerprint(developing: bool) -> str:
    parts = ((ROOT / "pyproject.toml").read_bytes(), CONSTRAINTS.read_bytes(), sys.version.encode())
    return hashlib.sha256(b"\0".join((*parts, str(developing).encode()))).hexdigest()[:24]


def python() -> Path:
    return tool("python")


def tool(name: str) -> Path:
    """A program of the virtual environment."""
    return VENV / "Scripts" / f"{name}.exe" if os.name == "nt" else VENV / "bin" / name


def offscreen() -> dict[str, str]:
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen"}


def call(*command: str | Path, env: dict[str, str] | None = None, cwd: Path = ROOT) -> int:
    """Run a command to its end; its exit status."""
    return subprocess.run([str(part) for part in command], env=env, cwd=cwd, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
