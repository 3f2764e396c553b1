"""A saved file of 200 items, and what every kind of damage to it leads to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from msgspec.structs import replace
from roadwright.io.roadmap_file import Opened, read_roadmap, written
from roadwright.model.document import Document
from roadwright.model.edits.items import rename_item, set_field
from roadwright.model.plan import new_plan
from roadwright.model.records import Item, ItemId, Link, LinkId, Team, TeamId
from roadwright.model.refused import Refused
from roadwright.model.schedule import schedule
from soundness import assert_sound


def saved_file() -> bytes:
    """200 items in a hierarchy, 60 links, teams, and a history of 20 steps."""
    teams = [Team(id=TeamId(f"t{n}"), title=f"Team {n}") for n in range(3)]
    items = [
        Item(
            id=ItemId(f"i{n}"),
            key=f"RW-{n}",
            title=f"Item “{n}”",
            rank=float(n),
            parent=ItemId(f"i{n - n % 10}") if n % 10 else None,
            start=date(2026, 1, 5) + timedelta(days=n),
            duration=1 + n % 7,
            team=teams[n % 3].id,
        )
        for n in range(200)
    ]
    links = [
        Link(id=LinkId(f"l{n}"), source=ItemId(f"i{3 * n + 1}"), target=ItemId(f"i{3 * n + 12}"), lag=n % 3)
        for n in range(60)
        if (3 * n + 1) % 10 and (3 * n + 12) % 10
    ]
    plan = new_plan("Whole").put(*teams, *items, *links)
    document = Document(plan.put(replace(plan.info, next_number=200)), author="Ann")
    for n in range(10):
        document.commit(rename_item, ItemId(f"i{n}"), f"Renamed {n}")
        document.commit(set_field, [ItemId(f"i{n}")], "effort", n * 0.5)
    return written(document.kept, (), document.done)


def harmful(data: bytes, whole: Opened) -> str:
    """What is wrong with how damaged bytes are read; nothing where it is told, or where nothing is lost."""
    try:
        opened = read_roadmap(data, "damaged.roadmap")
    except Refused as refused:
        return "" if refused.code.startswith("file.") else f"refused as {refused.code}"
    except Exception as error:  # whatever it is, nobody expected it
        return repr(error)
    if not opened.damaged:
        same = opened.plan == whole.plan and opened.history == whole.history
        return "" if same else "read as sound, and is different"
    return ""


def opens_sound(data: bytes) -> None:
    """What is left of damaged bytes is a plan that can be worked on."""
    try:
        plan = read_roadmap(data, "damaged.roadmap").plan
    except Refused:
        return
    assert_sound(plan)
    schedule(plan)


def flips(data: bytes, places: Iterator[int] | range) -> Iterator[tuple[str, bytes]]:
    """One bit of one byte turned round, at each of the places."""
    for at in places:
        bad = bytearray(data)
        bad[at] ^= 1 << at % 8
        yield f"byte {at} became {bad[at]:#x}", bytes(bad)


def cuts(data: bytes, places: Iterator[int] | range) -> Iterator[tuple[str, bytes]]:
    """The file ended at each of the places; and from each place on there is one byte less."""
    for at in places:
        yield f"cut at {at}", data[:at]
        yield f"byte {at} is gone", data[:at] + data[at + 1 :]


def blocks(data: bytes, count: int, random: Random) -> Iterator[tuple[str, bytes]]:
    """What disks and sync clients do: runs of zeros, blocks exchanged, doubled, of an older version."""
    for n in range(count):
        size = random.choice((1, 16, 64, 512, 4096))
        at, other = (random.randrange(max(1, len(data) - size)) for _ in range(2))
        first, second = data[at : at + size], data[other : other + size]
        yield (
            f"{n}: {size} bytes at {at} and {other}",
            random.choice(
                (
                    data[:at] + bytes(size) + data[at + size :],
                    data[:at] + second + data[at + size :],
                    data[:at] + first + data[at:],
                    data[:at] + data[at + size :],
                    data + data[at:],
                )
            ),
        )
