"""Everything that Roadwright does without a window, for scripts and other programs.

Exit status: 0 done; 1 refused, with one line on the standard error that says what, where and why, and nothing
written; 2 wrong usage; 3 done, but something needs a decision. Nothing here imports Qt except to draw a
picture.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from .io.arguments import Verb, parser_for
from .io.atomic import replacing
from .io.complaint import Complaint
from .io.console import merge_text, schedule_json, schedule_text, show_complaints
from .io.exports import PLAIN, write_plain
from .io.loading import Loaded, load, told
from .io.roadmap_file import SUFFIX, open_roadmap, save_roadmap
from .io.roadmap_lines import step_line
from .io.strings import field_title, say
from .model.document import Document
from .model.plan import Plan, new_plan
from .model.records import View
from .model.refused import Refused
from .model.rows.filters import Asker, Reading, named
from .model.schedule import schedule

if TYPE_CHECKING:
    from .io.workbook.options import Options as SheetOptions
    from .model.history.earlier import Told

DONE, REFUSED, USAGE, UNDECIDED = 0, 1, 2, 3
PICTURES = (".png", ".svg", ".pdf")
USUAL_WIDTH = 1600
"""Pixels of an exported picture; where nobody asked for a width, a PNG is twice as fine."""


def _status(complaints: Sequence[Complaint]) -> int:
    return UNDECIDED if any(complaint.level == "warning" for complaint in complaints) else DONE


def wants_window(arguments: Sequence[str]) -> bool:
    """Whether the arguments ask for the window: none at all, or a single file."""
    if not arguments:
        return True
    [*rest, last] = arguments
    return not rest and last not in VERBS and not last.startswith("-") and _may_be_file(last)


def _may_be_file(text: str) -> bool:
    return os.path.exists(text) or "." in text or os.sep in text


def run(arguments: Sequence[str]) -> int:
    """Do what a verb and its arguments say. Never raises, never shows a traceback."""
    _write_utf8()
    try:
        status = _done(arguments)
        sys.stdout.flush()
    except OSError as error:  # nobody reads our output any more, or there is no room for it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            return DONE
        return _refuse(say("cli.system", reason=error.strerror or error))
    return status


def _done(arguments: Sequence[str]) -> int:
    try:
        options = parser_for(VERBS).parse_args(arguments)
        status: int = options.run(options)
        return status
    except SystemExit as stop:  # argparse: 0 after -h, 2 after wrong usage
        return stop.code if isinstance(stop.code, int) else USAGE
    except Refused as refused:
        return _refuse(say(refused.code, **refused.values), refused.values.get("file"))
    except BrokenPipeError:
        raise
    except KeyboardInterrupt:
        return _refuse(say("cli.stopped"))
    except OSError as error:
        return _refuse(say("cli.system", reason=error.strerror or error), error.filename)
    except Exception as error:
        return _refuse(say("cli.fault", fault=f"{type(error).__name__}: {error}", place=_place(error)))


def _refuse(text: str, file: object = None) -> int:
    if file and Path(str(file)).name not in text:
        text = f"{file}: {text}"
    print("roadwright:", " ".join(text.split()), file=sys.stderr)
    return REFUSED


def _place(error: BaseException) -> str:
    """Where in the program something went wrong that nobody had thought of."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""


def _write_utf8() -> None:
    """Whatever the locale is: titles are in every script. A program without a console writes nowhere."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


# The verbs


def _new(options: argparse.Namespace) -> int:
    path = Path(options.plan)
    if os.path.lexists(path):
        raise Refused("cli.exists", file=options.plan)
    if path.suffix.lower() != SUFFIX:
        raise Refused("cli.new_suffix", file=options.plan)
    if options.sample:
        from .io.sample import sample_plan

        save_roadmap(path, sample_plan(date.today()))
    else:
        save_roadmap(path, new_plan(path.stem))
    print(say("cli.written", file=options.plan))
    return DONE


def _import(options: argparse.Namespace) -> int:
    source, output = Path(options.source), Path(options.output)
    _check_suffix(output, SUFFIX)
    _refuse_same(source, output)
    from .io.sources import remembered

    loaded = load(source, options.sheet, dict(options.map))
    save_roadmap(output, remembered(loaded.plan, source, loaded.reading), loaded.history)
    if options.json:
        complaints = [complaint.as_json() for complaint in loaded.complaints]
        _print_json({"plan": options.output, "counts": loaded.counts, "complaints": complaints})
    else:
        counts = ", ".join(f"{name} {count}" for name, count in loaded.counts.items())
        print(say("cli.imported", file=options.output, counts=counts))
        show_complaints(loaded.complaints, everything=True)
    return _status(loaded.complaints)


def _export(options: argparse.Namespace) -> int:
    source, output = Path(options.plan), Path(options.output)
    _check_suffix(output, SUFFIX, ".xlsx", *PLAIN, *PICTURES)
    if options.since and output.suffix.lower() not in (".xlsx", ".pdf", ".md"):
        options.parser.error(say("cli.since_form"))
    if options.first and options.last and options.first > options.last:
        options.parser.error(say("cli.dates_order", first=options.first, last=options.last))
    _refuse_same(source, output)
    loaded = load(source)
    view = _view(loaded.plan, options.view, options.plan)
    troubles: list[Complaint] = []
    if view is not None:
        asker = Asker(options.me)
        found = Reading(view.filter, loaded.plan, schedule(loaded.plan), asker).troubles
        troubles = [Complaint(one.code, one.values, file=source.name) for one in found]
        view = replace(view, filter=named(view.filter, asker, loaded.plan))
    changes: Told | None = None
    if options.since:
        from .io.since import told_since

        changes = told_since(options.since, loaded)
    with told(output):
        complaints = [*troubles, *_write(output, loaded, view, options, changes)]
    print(say("cli.written", file=options.output))
    show_complaints([*loaded.complaints, *complaints])
    return max(_status(loaded.complaints), _status(complaints))


def _write(
    output: Path, loaded: Loaded, view: View | None, options: argparse.Namespace, told: Told | None
) -> Sequence[Complaint]:
    """Write the plan whole or not at all; returns what the format could not take."""
    suffix, plan = output.suffix.lower(), loaded.plan
    if suffix == SUFFIX:
        save_roadmap(output, plan, loaded.history)
    elif suffix == ".xlsx":
        from .io.workbook.write import write_workbook

        sending = _sending(plan, options)
        return write_workbook(output, plan, schedule(plan), view, date.today(), options=sending, told=told)
    elif suffix in PLAIN:
        return write_plain(
            output,
            suffix,
            plan,
            schedule(plan),
            view,
            delimiter=options.delimiter,
            mark=not options.no_bom,
            told=told,
        )
    else:
        with replacing(output) as beside:
            _draw(beside, plan, view, options, told)
    return ()


def _sending(plan: Plan, options: argparse.Namespace) -> SheetOptions:
    """What the options say of a workbook; teams and fields by their names."""
    from .io.workbook.columns import choosable
    from .io.workbook.options import Options

    wanted: frozenset[str] | None = None
    if options.fields is not None:
        known = {field_title(field).casefold(): key for key, field in choosable(plan).items()}
        known |= {key: key for key in choosable(plan)}
        names = [name.strip() for name in options.fields.split(",") if name.strip()]
        unknown = [name for name in names if name.casefold() not in known]
        if unknown:
            raise Refused("cli.no_field", field=unknown[0], known=[*choosable(plan)])
        wanted = frozenset(known[name.casefold()] for name in names)
    team = None
    if options.team:
        folded = options.team.casefold()
        team = next((id for id, one in plan.teams.items() if one.title.casefold() == folded), None)
        if team is None:
            raise Refused("cli.no_team", team=options.team, known=[t.title for t in plan.teams.values()])
    return Options(
        fields=wanted,
        scale=options.scale,
        team=team,
        recipient=getattr(options, "for"),
        language=options.language,
    )


def _draw(path: Path, plan: Plan, view: View | None, options: argparse.Namespace, told: Told | None) -> None:
    if sys.platform == "linux" and not os.environ.get("QT_QPA_PLATFORM"):
        os.environ["QT_QPA_PLATFORM"] = (
            "offscreen"  # a display that is named but not there would end the program
        )
    try:
        from PySide6.QtGui import QGuiApplication
    except ImportError as error:
        raise Refused("cli.no_qt", reason=error) from error
    from .ui.drawing.palette import theme
    from .ui.files.exporting import Export, draw

    application = QGuiApplication.instance() or QGuiApplication(["roadwright"])
    width = options.width or USUAL_WIDTH
    export = Export(suffix="", view=view, first=options.first, last=options.last, width=width)
    scale = 1 if options.width else 2
    draw(path, plan, schedule(plan), export, theme(options.theme), told, scale)
    del application  # it had to live until here


def _schedule(options: argparse.Namespace) -> int:
    loaded = load(Path(options.plan))
    times = schedule(loaded.plan)
    if options.json:
        _print_json(schedule_json(loaded.plan, times))
    else:
        print(schedule_text(loaded.plan, times))
    show_complaints(loaded.complaints)
    return _status(loaded.complaints)


def _merge(options: argparse.Namespace) -> int:
    """Clean changes are taken; a conflict keeps mine, and somebody has to look at it."""
    from .io.returned import as_json, merged, read_returned

    source, output = Path(options.plan), Path(options.output or options.plan)
    _check_suffix(output, SUFFIX)
    opened = open_roadmap(source)
    if opened.damaged and output == source:
        raise Refused("cli.merge_damaged", file=options.plan)
    document = Document(opened.plan, past=opened.history)
    told, complaints, undecided = [], list(opened.complaints), False
    for reply in options.reply:
        mine = document.kept
        history = [*document.past, *map(step_line, document.done)]
        returned = read_returned(reply, mine, history, options.sheet)
        merge = merged(returned, mine, theirs=options.take == "theirs", delete=options.delete)
        document.author, document.reason = returned.author, returned.reason
        document.commit(_becoming(merge.plan))
        told.append(as_json(returned, mine, merge))
        complaints += returned.complaints
        undecided = undecided or bool(merge.conflicts and options.take != "theirs") or bool(merge.settled)
    if not options.dry_run and (document.done or output != source):
        save_roadmap(
            output, document.kept, document.past, document.done, opened.digest if output == source else None
        )
    if options.json:
        _print_json({"replies": told})
    else:
        for entry in told:
            print(merge_text(entry))
        show_complaints(complaints)
    return UNDECIDED if undecided else _status(complaints)


def _becoming(plan: Plan) -> Callable[[Plan], Plan]:
    """An edit that makes that plan of any; it goes by the name that the window gives the same step."""

    def merge_in(_: Plan) -> Plan:
        return plan

    return merge_in


def _diff(options: argparse.Namespace) -> int:
    from .io.difference import MOST_FOLLOWING, as_json, as_markdown, as_text, report
    from .io.since import told_between

    old, new = load(Path(options.old)), load(Path(options.new))
    changes = told_between(Path(options.old).name, old, new)
    written = report(changes, most=None if options.json else MOST_FOLLOWING)
    if options.json:
        comparison = changes.story.comparison.as_json()
        _print_json({"old": options.old, "new": options.new, **comparison, "told": as_json(written)})
    else:
        print(as_markdown(written) if options.markdown else as_text(written))
    show_complaints([*old.complaints, *new.complaints])
    return _status([*old.complaints, *new.complaints])


def _check(options: argparse.Namespace) -> int:
    from .model.problems import problems

    loaded = load(Path(options.plan))
    found = problems(loaded.plan, schedule(loaded.plan))
    if options.json:
        plain = [
            {
                "code": problem.code,
                "keys": [loaded.plan.items[id].key for id in problem.ids],
                "message": say(problem.words, **problem.values),
            }
            for problem in found
        ]
        complaints = [complaint.as_json() for complaint in loaded.complaints]
        _print_json({"problems": plain, "complaints": complaints})
    else:
        for problem in found:
            print(say(problem.words, **problem.values))
        if not found and not loaded.complaints:
            print(say("cli.no_problems", file=options.plan))
        show_complaints(loaded.complaints, everything=True)
    return UNDECIDED if found else _status(loaded.complaints)


# Files


def _check_suffix(path: Path, *known: str) -> None:
    if path.suffix.lower() not in known:
        raise Refused("cli.suffix", file=str(path), known=list(known))


def _refuse_same(source: Path, output: Path) -> None:
    if source.exists() and output.exists() and source.samefile(output):
        raise Refused("cli.same_file", file=str(output))


def _view(plan: Plan, name: str | None, file: str) -> View | None:
    if name is None:
        return None
    folded = name.casefold()
    for view in plan.views.values():
        if name == view.id or folded == view.title.casefold():
            return view
    known = sorted(plan.views.values(), key=lambda view: view.rank)
    raise Refused("cli.no_view", file=file, view=name, known=[view.title for view in known])


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


VERBS: dict[str, Verb] = {
    "new": _new,
    "import": _import,
    "export": _export,
    "schedule": _schedule,
    "merge": _merge,
    "diff": _diff,
    "check": _check,
}
