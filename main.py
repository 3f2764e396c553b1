"""The command `roadwright`: with a verb the command line, else the window.

`python main.py` in a copy of the repository does the same without an installation. The folder may have any
name there, and the package in it is `roadwright` all the same.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the arguments say, and return the exit status that `cli` explains."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    from roadwright import cli

    if not cli.wants_window(arguments):
        return cli.run(arguments)
    from roadwright.ui.app import run

    return run(arguments[0] if arguments else None)


def _make_importable() -> None:
    """Make this folder the package `roadwright`, and keep its io/ and model/ from being packages too."""
    from importlib.util import module_from_spec, spec_from_file_location
    from pathlib import Path

    root = Path(__file__).resolve().parent
    sys.path[:] = [entry for entry in sys.path if Path(entry or ".").resolve() != root]
    spec = spec_from_file_location("roadwright", root / "__init__.py", submodule_search_locations=[str(root)])
    if spec is None or spec.loader is None:
        raise ImportError(f"{root} is not the folder of Roadwright")
    package = module_from_spec(spec)
    sys.modules["roadwright"] = package
    spec.loader.exec_module(package)


if __name__ == "__main__":
    if not __package__:
        _make_importable()
    sys.exit(main())
