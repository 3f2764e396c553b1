"""What can be written after `roadwright`: the verbs and their options, with help."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from .. import __version__
from .strings import LANGUAGE, languages, say

Verb = Callable[[argparse.Namespace], int]
"""Does what the options say and returns the exit status."""
NARROWEST, WIDEST = 200, 20_000
"""Pixels of an exported picture."""


def parser_for(verbs: Mapping[str, Verb]) -> argparse.ArgumentParser:
    """What reads the arguments. The options it gives have the verb in `run` and its parser in `parser`."""
    parser = argparse.ArgumentParser(
        prog="roadwright",
        description=say("cli.about"),
        epilog=say("cli.statuses"),
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"Roadwright {__version__}")
    parsers = parser.add_subparsers(metavar="VERB", required=True)

    def verb(name: str) -> argparse.ArgumentParser:
        about = say(f"cli.{name}.about")
        made = parsers.add_parser(
            name, help=about, description=about, epilog=say("cli.statuses"), allow_abbrev=False
        )
        made.set_defaults(run=verbs[name], parser=made)
        return made

    def option(made: argparse.ArgumentParser, *names: str, **rest: Any) -> None:
        made.add_argument(*names, help=say(f"cli.option.{names[-1].lstrip('-')}"), **rest)

    new = verb("new")
    option(new, "plan", metavar="PLAN")
    option(new, "--sample", action="store_true")

    importing = verb("import")
    option(importing, "source", metavar="SOURCE")
    option(importing, "-o", "--output", metavar="PLAN", required=True)
    option(importing, "--sheet", metavar="NAME")
    option(importing, "--map", metavar="HEADER=FIELD", action="append", default=[], type=_wish)
    option(importing, "--json", action="store_true")

    export = verb("export")
    option(export, "plan", metavar="PLAN")
    option(export, "-o", "--output", metavar="OUT", required=True)
    option(export, "--view", metavar="NAME")
    option(export, "--me", metavar="PERSON", default="")
    option(export, "--fields", metavar="NAMES")
    option(export, "--scale", choices=("weeks", "months", "quarters"), default="")
    option(export, "--team", metavar="NAME", default="")
    option(export, "--for", metavar="NAME", default="")
    option(export, "--language", choices=tuple(languages()), default=LANGUAGE)
    option(export, "--since", metavar="STATE", default="")
    option(export, "--from", metavar="DATE", type=_day, dest="first")
    option(export, "--to", metavar="DATE", type=_day, dest="last")
    option(export, "--theme", choices=("light", "dark"), default="light")
    option(export, "--width", metavar="PX", type=_pixels)
    option(export, "--delimiter", choices=(",", ";"), default=",")
    option(export, "--no-bom", action="store_true")

    times = verb("schedule")
    option(times, "plan", metavar="PLAN")
    option(times, "--json", action="store_true")

    merge = verb("merge")
    option(merge, "plan", metavar="PLAN")
    option(merge, "reply", metavar="REPLY", nargs="+")
    option(merge, "-o", "--output", metavar="OUT")
    option(merge, "--sheet", metavar="NAME", default="")
    option(merge, "--dry-run", action="store_true")
    option(merge, "--take", choices=("mine", "theirs"), default="mine")
    option(merge, "--delete", action="store_true")
    option(merge, "--json", action="store_true")

    diff = verb("diff")
    option(diff, "old", metavar="OLD")
    option(diff, "new", metavar="NEW")
    form = diff.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help=say("cli.option.json"))
    form.add_argument("--markdown", action="store_true", help=say("cli.option.markdown"))

    check = verb("check")
    option(check, "plan", metavar="PLAN")
    option(check, "--json", action="store_true")
    return parser


def _wish(text: str) -> tuple[str, str]:
    header, equals, field = text.rpartition("=")
    if not equals or not header.strip():
        raise argparse.ArgumentTypeError(say("cli.map_form", text=text))
    return header.strip(), field.strip()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(say("cli.date_form", text=text)) from error


def _pixels(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not NARROWEST <= int(text) <= WIDEST:
        raise argparse.ArgumentTypeError(say("cli.width_form", least=NARROWEST, most=WIDEST))
    return int(text)
