"""Another copy of the plan, reviewed and merged."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot
from roadwright.io.complaint import Complaint
from roadwright.io.returned import Returned
from roadwright.io.roadmap_file import open_roadmap, save_roadmap
from roadwright.model.document import Document
from roadwright.model.edits.history import restore_plan
from roadwright.model.edits.items import add_item, remove_items, rename_item, set_field
from roadwright.model.plan import Plan, new_plan
from roadwright.model.records import ItemId
from roadwright.ui.app import App
from roadwright.ui.commands import files
from roadwright.ui.files.saving import settle
from roadwright.ui.inspector.item_page import ItemPage
from roadwright.ui.merging.copies import merge_files
from roadwright.ui.merging.notes import notes
from roadwright.ui.merging.review import MergeReview
from workbooks import Hand, edited, exported


@pytest.fixture
def saved(app: App, tmp_path: Path, qtbot: QtBot) -> App:
    """The sample, opened from a file."""
    path = tmp_path / "Platform.roadmap"
    save_roadmap(path, app.document.kept)
    app.document.mark_saved()
    app.open_path(path)
    qtbot.waitUntil(lambda: app.desk.path == path)
    return app


def items(app: App) -> list[ItemId]:
    return app.document.kept.outline.order


def copy(app: App, tmp_path: Path, plan: Plan) -> Path:
    """A copy that somebody opened, changed and saved."""
    path = tmp_path / "Platform (conflicted copy).roadmap"
    document = Document(app.document.kept, past=app.document.past)
    document.commit(restore_plan, plan)
    save_roadmap(path, plan, document.past, document.done)
    return path


def reviewed(app: App, qtbot: QtBot, path: Path) -> MergeReview:
    merge_files(app, [path])
    qtbot.waitUntil(lambda: bool(app.window.findChildren(MergeReview)))
    return app.window.findChildren(MergeReview)[-1]


def leaves(review: MergeReview) -> dict[str, list[str]]:
    """What is listed: by the words of its first cell, the others."""
    found = {}
    for n in range(review.tree.topLevelItemCount()):
        branch = review.tree.topLevelItem(n)
        for m in range(branch.childCount()):
            leaf = branch.child(m)
            found[leaf.text(0)] = [leaf.text(column) for column in (1, 2, 3)]
    return found


def click(qtbot: QtBot, review: MergeReview, name: str) -> None:
    qtbot.mouseClick(review.findChild(QPushButton, name), Qt.MouseButton.LeftButton)


def test_a_conflicted_copy_is_merged_as_one_step(saved: App, qtbot: QtBot, tmp_path: Path):
    one, other = items(saved)[:2]
    path = copy(saved, tmp_path, rename_item(saved.document.kept, other, "Theirs"))
    saved.document.commit(rename_item, one, "Mine")
    review = reviewed(saved, qtbot, path)
    assert [cells[2] for cells in leaves(review).values()] == ["Theirs"]
    assert saved.document.plan.items[other].title == "Theirs"  # shown at once
    assert saved.document.kept.items[other].title != "Theirs"
    click(qtbot, review, "merging.take")
    assert saved.document.kept.items[one].title == "Mine"
    assert saved.document.kept.items[other].title == "Theirs"
    saved.document.undo()
    assert saved.document.kept.items[other].title != "Theirs"


def test_cancel_leaves_everything_as_it_was(saved: App, qtbot: QtBot, tmp_path: Path):
    before = saved.document.kept
    review = reviewed(saved, qtbot, copy(saved, tmp_path, remove_items(before, items(saved)[:1])))
    qtbot.keyClick(review, Qt.Key.Key_Escape)
    assert saved.document.plan == saved.document.kept == before
    assert not saved.document.dirty


def test_a_conflict_keeps_mine_until_it_is_ticked(saved: App, qtbot: QtBot, tmp_path: Path):
    item = items(saved)[0]
    path = copy(saved, tmp_path, rename_item(saved.document.kept, item, "Theirs"))
    saved.document.commit(rename_item, item, "Mine")
    review = reviewed(saved, qtbot, path)
    ((what, cells),) = leaves(review).items()
    assert "both" in what
    assert cells[1:] == ["Mine", "Theirs"]
    assert saved.document.plan.items[item].title == "Mine"
    click(qtbot, review, "merging.all")
    assert saved.document.plan.items[item].title == "Theirs"
    click(qtbot, review, "merging.take")
    assert saved.document.kept.items[item].title == "Theirs"


def test_none_of_it(saved: App, qtbot: QtBot, tmp_path: Path):
    before = saved.document.kept
    changed = add_item(set_field(before, items(saved)[:1], "effort", 99.0), ItemId("new"), title="New")
    review = reviewed(saved, qtbot, copy(saved, tmp_path, changed))
    click(qtbot, review, "merging.none")
    assert set(saved.document.plan.items) == set(before.items)
    click(qtbot, review, "merging.take")
    assert saved.document.kept.items == before.items


def test_a_copy_without_changes_says_so(saved: App, qtbot: QtBot, tmp_path: Path):
    merge_files(saved, [copy(saved, tmp_path, saved.document.kept)])
    qtbot.waitUntil(lambda: saved.messages.last is not None and "no change" in saved.messages.last.text)
    assert not saved.document.dirty


def test_a_damaged_copy_is_refused(saved: App, qtbot: QtBot, tmp_path: Path):
    path = copy(saved, tmp_path, saved.document.kept)
    path.write_bytes(path.read_bytes()[:-200])
    merge_files(saved, [path])
    qtbot.waitUntil(lambda: bool(saved.window.findChildren(QMessageBox)), timeout=20_000)
    box = saved.window.findChildren(QMessageBox)[0]
    assert "damaged" in box.informativeText()
    box.close()
    assert not saved.document.dirty


def test_another_plan_is_refused(saved: App, qtbot: QtBot, tmp_path: Path):
    merge_files(saved, [copy(saved, tmp_path, new_plan("Another"))])
    qtbot.waitUntil(lambda: bool(saved.window.findChildren(QMessageBox)))
    box = saved.window.findChildren(QMessageBox)[0]
    assert "Another" in box.informativeText()
    box.close()


def test_a_file_changed_by_somebody_else_is_noticed_and_merged(saved: App, qtbot: QtBot):
    path, one, other = saved.desk.path, *items(saved)[:2]
    assert path is not None
    opened = open_roadmap(path)
    save_roadmap(path, rename_item(opened.plan, other, "A colleague's"), opened.history)
    saved.document.commit(rename_item, one, "Mine")
    files.look_for_changes(saved)
    assert saved.messages.last is not None
    (way_out,) = saved.messages.last.ways_out
    way_out[1]()
    qtbot.waitUntil(lambda: bool(saved.window.findChildren(MergeReview)))
    click(qtbot, saved.window.findChildren(MergeReview)[-1], "merging.take")
    assert files.save(saved)
    assert settle(saved)
    kept = open_roadmap(path).plan
    assert (kept.items[one].title, kept.items[other].title) == ("Mine", "A colleague's")


def test_saving_over_it_offers_to_merge(saved: App, qtbot: QtBot):
    path, other = saved.desk.path, items(saved)[1]
    assert path is not None
    opened = open_roadmap(path)
    save_roadmap(path, rename_item(opened.plan, other, "A colleague's"), opened.history)
    saved.document.commit(rename_item, items(saved)[0], "Mine")

    def reply() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        qtbot.mouseClick(box.findChild(QPushButton, "merge"), Qt.MouseButton.LeftButton)

    QTimer.singleShot(50, reply)
    assert not (files.save(saved) and settle(saved))
    qtbot.waitUntil(lambda: bool(saved.window.findChildren(MergeReview)))
    click(qtbot, saved.window.findChildren(MergeReview)[-1], "merging.take")
    assert files.save(saved)
    assert settle(saved)
    assert open_roadmap(path).plan.items[other].title == "A colleague's"


def replies(saved: App, tmp_path: Path, edits: dict[str, dict[str, dict[str, object]]]) -> list[Path]:
    """The workbook as each person has sent it back; of them: key to what they put into its fields."""
    paths = []
    for name, rows in edits.items():
        (tmp_path / name).mkdir()
        sent = exported(tmp_path / name, saved.document.kept)

        def edit(hand: Hand, name: str = name, rows: dict[str, dict[str, object]] = rows) -> None:
            hand.book.properties.lastModifiedBy = name
            for key, values in rows.items():
                hand.put(key, **values)

        paths.append(edited(sent, edit).rename(tmp_path / f"{name}.xlsx"))
    return paths


def reviewed_together(app: App, qtbot: QtBot, paths: list[Path]) -> MergeReview:
    merge_files(app, paths)
    qtbot.waitUntil(lambda: bool(app.window.findChildren(MergeReview)), timeout=30_000)
    return app.window.findChildren(MergeReview)[-1]


def rows_of(review: MergeReview) -> list[tuple[str, str, str, bool]]:
    """What is listed: what it is about, theirs, from whom, and whether it is ticked."""
    found = []
    for n in range(review.tree.topLevelItemCount()):
        branch = review.tree.topLevelItem(n)
        for m in range(branch.childCount()):
            leaf = branch.child(m)
            if not leaf.isHidden():
                ticked = leaf.checkState(0) == Qt.CheckState.Checked
                found.append((leaf.text(0), leaf.text(3), leaf.text(4), ticked))
    return found


def tick(review: MergeReview, theirs: str) -> None:
    for n in range(review.tree.topLevelItemCount()):
        branch = review.tree.topLevelItem(n)
        for m in range(branch.childCount()):
            if branch.child(m).text(3) == theirs:
                branch.child(m).setCheckState(0, Qt.CheckState.Checked)


def test_ten_replies_are_one_review_and_one_step(saved: App, qtbot: QtBot, tmp_path: Path):
    chosen = items(saved)[1:11]
    keys = [saved.document.kept.items[id].key for id in chosen]
    paths = replies(saved, tmp_path, {f"Person {n}": {key: {"title": f"T{n}"}} for n, key in enumerate(keys)})
    review = reviewed_together(saved, qtbot, paths)
    assert [row[1:] for row in rows_of(review)] == [(f"T{n}", f"Person {n}", True) for n in range(10)]
    assert "10 files" in review.windowTitle()
    click(qtbot, review, "merging.take")
    assert [saved.document.kept.items[id].title for id in chosen] == [f"T{n}" for n in range(10)]
    (step,) = saved.document.done
    assert all(f"Person {n}" in step.author and f"Person {n}.xlsx" in step.reason for n in range(10))
    saved.document.undo()
    assert not [item for item in saved.document.kept.items.values() if item.title.startswith("T0")]


def test_what_two_people_disagree_about_names_both(saved: App, qtbot: QtBot, tmp_path: Path):
    one, other = (saved.document.kept.items[id].key for id in items(saved)[1:3])
    paths = replies(
        saved,
        tmp_path,
        {
            "Ann": {one: {"title": "Ann's", "effort": 9}, other: {"notes": "Agreed"}},
            "Bo": {one: {"title": "Bo's"}, other: {"notes": "Agreed"}},
        },
    )
    review = reviewed_together(saved, qtbot, paths)
    assert rows_of(review) == [
        ("Title (Ann, Bo)", "Ann's", "Ann", False),
        ("Title (Ann, Bo)", "Bo's", "Bo", False),
        ("Effort", "9", "Ann", True),
        ("Notes", "Agreed", "Ann, Bo", True),
    ]
    id = saved.document.kept.keys[one]
    before = saved.document.kept.items[id].title
    assert saved.document.plan.items[id].title == before, "nobody is right by himself"
    tick(review, "Ann's")
    assert saved.document.plan.items[id].title == "Ann's"
    tick(review, "Bo's")
    assert saved.document.plan.items[id].title == "Bo's"
    assert [row[3] for row in rows_of(review)] == [False, True, True, True]
    review.people.setCurrentText("Ann")
    assert [row[1] for row in rows_of(review)] == ["Ann's", "9", "Agreed"]
    click(qtbot, review, "merging.all")
    assert saved.document.plan.items[id].title == "Ann's", "all of one person"
    click(qtbot, review, "merging.take")
    assert saved.document.kept.items[id].title == "Ann's"
    assert saved.document.kept.items[id].effort == 9
    assert len(saved.document.done) == 1


def test_a_copied_sheet_is_asked_about(saved: App, qtbot: QtBot, tmp_path: Path):
    id = items(saved)[1]
    key = saved.document.kept.items[id].key

    def edit(hand: Hand) -> None:
        hand.put(key, title="On the first")
        copy = hand.book.copy_worksheet(hand.sheet)
        copy.cell(hand.row(key), hand.columns["title"]).value = "On the copy"

    review = reviewed(saved, qtbot, edited(exported(tmp_path, saved.document.kept), edit))
    choice = review.findChild(QComboBox, "merging.sheet")
    assert [choice.itemText(n) for n in range(choice.count())] == ["Roadmap", "Roadmap Copy"]
    assert saved.document.plan.items[id].title == "On the first"
    qtbot.keyClick(choice, Qt.Key.Key_Down)
    assert saved.document.plan.items[id].title == "On the copy"
    click(qtbot, review, "merging.take")
    assert saved.document.kept.items[id].title == "On the copy"


def test_of_several_files_a_cell_that_can_not_be_read_names_its_own():
    trouble = Complaint(
        "value.unreadable", {"field": "Start", "text": "TBD"}, file="a.xlsx", sheet="Roadmap", cell="J12"
    )
    one = Returned("a.xlsx", None, Plan(), complaints=(trouble,))
    assert notes([one])[0].startswith("Roadmap!J12: ")
    assert notes([one, Returned("b.xlsx", None, Plan())])[0].startswith("a.xlsx, Roadmap!J12: ")


def test_one_file_of_several_that_is_no_reply_is_named(saved: App, qtbot: QtBot, tmp_path: Path):
    key = saved.document.kept.items[items(saved)[1]].key
    (tmp_path / "notes.xlsx").write_bytes(b"no workbook")
    paths = replies(saved, tmp_path, {"Ann": {key: {"title": "Ann's"}}})
    review = reviewed_together(saved, qtbot, [tmp_path / "notes.xlsx", *paths])
    assert [row[1] for row in rows_of(review)] == ["Ann's"]
    (box,) = saved.window.findChildren(QMessageBox)
    assert "notes.xlsx" in box.text()
    box.close()
    review.reject()


def test_rows_missing_from_a_workbook_are_not_ticked(saved: App, qtbot: QtBot, tmp_path: Path):
    last = items(saved)[-1]
    key = saved.document.kept.items[last].key
    path = edited(exported(tmp_path, saved.document.kept), lambda hand: hand.sheet.delete_rows(hand.row(key)))
    review = reviewed(saved, qtbot, path)
    assert last in saved.document.plan.items
    click(qtbot, review, "merging.all")
    assert last not in saved.document.plan.items
    review.reject()


def test_much_that_is_missing_is_ticked_one_by_one(saved: App, qtbot: QtBot, tmp_path: Path):
    plan = saved.document.kept
    gone = [plan.items[id].key for id in items(saved)[-7:]]

    def edit(hand: Hand) -> None:
        for key in gone:
            hand.sheet.delete_rows(hand.row(key))
        hand.put(plan.items[items(saved)[1]].key, title="Theirs")

    review = reviewed(saved, qtbot, edited(exported(tmp_path, plan), edit))
    click(qtbot, review, "merging.all")
    assert len(saved.document.plan.items) == len(plan.items)
    assert saved.document.plan.items[items(saved)[1]].title == "Theirs"
    for n in range(review.tree.topLevelItemCount()):
        leaf = review.tree.topLevelItem(n).child(0)
        if leaf.text(0) == "Removed":
            leaf.setCheckState(0, Qt.CheckState.Checked)
            break
    assert len(saved.document.plan.items) == len(plan.items) - 1
    review.reject()


def test_what_they_say_becomes_a_comment_in_the_same_step(saved: App, qtbot: QtBot, tmp_path: Path):
    one = items(saved)[1]
    key = saved.document.kept.items[one].key
    path = edited(
        exported(tmp_path, saved.document.kept),
        lambda hand: hand.put(key, title="Theirs", feedback="Rather in May"),
    )
    review = reviewed(saved, qtbot, path)
    assert leaves(review)["Says"][2] == "Rather in May"
    click(qtbot, review, "merging.take")
    (comment,) = saved.document.kept.comments.values()
    assert (comment.item, comment.text) == (one, "Rather in May")
    assert len(saved.document.done) == 1
    page = ItemPage(saved.document, saved.messages, date.today)
    qtbot.addWidget(page)
    page.show_items((one,))
    page.show()
    said = page.comments.findChildren(QLabel)
    assert [label.text().split("\n")[1] for label in said if label.isVisible()] == ["Rather in May"]
    saved.document.undo()
    assert not saved.document.kept.comments


def test_a_file_that_was_merged_before_says_so_and_nothing_is_ticked(
    saved: App, qtbot: QtBot, tmp_path: Path
):
    one, other = items(saved)[1:3]
    kept = saved.document.kept

    def edit(hand: Hand) -> None:
        hand.put(kept.items[one].key, title="Taken")
        hand.put(kept.items[other].key, title="Left")

    path = edited(exported(tmp_path, kept), edit)
    review = reviewed(saved, qtbot, path)
    for n in range(review.tree.topLevelItemCount()):
        leaf = review.tree.topLevelItem(n).child(0)
        if leaf.text(3) == "Left":
            leaf.setCheckState(0, Qt.CheckState.Unchecked)
    click(qtbot, review, "merging.take")
    assert saved.document.kept.items[one].title == "Taken"
    qtbot.waitUntil(lambda: not saved.window.findChildren(MergeReview))
    again = reviewed(saved, qtbot, path)
    assert [cells[2] for cells in leaves(again).values()] == ["Left"]
    assert again.tree.topLevelItem(0).child(0).checkState(0) is Qt.CheckState.Unchecked
    assert any("was merged before" in label.text() for label in again.findChildren(QLabel)[:1])
    again.reject()


def test_a_row_that_only_looks_like_an_item_is_asked_about(saved: App, qtbot: QtBot, tmp_path: Path):
    one = next(
        id for id in items(saved) if saved.document.kept.items[id].title == "Usage-based billing portal"
    )
    key = saved.document.kept.items[one].key

    def edit(hand: Hand) -> None:
        row = hand.row(key)
        for field, value in (("uid", None), ("key", None), ("title", "Usage based billing portal 2")):
            hand.sheet.cell(row, hand.columns[field]).value = value

    review = reviewed(saved, qtbot, edited(exported(tmp_path, saved.document.kept), edit))
    question = review.tree.topLevelItem(0)
    assert "same item" in question.text(0)
    assert saved.document.plan.items[one].title == "Usage based billing portal 2"
    question.child(0).setCheckState(0, Qt.CheckState.Unchecked)
    qtbot.waitUntil(lambda: len(saved.document.plan.items) == len(saved.document.kept.items) + 1)
    assert saved.document.plan.items[one].title == "Usage-based billing portal"
    review.reject()


def test_the_review_says_what_the_links_make_of_a_start(saved: App, qtbot: QtBot, tmp_path: Path):
    plan = saved.document.kept
    one = next(id for id in items(saved) if plan.items[id].title == "New portal live")
    path = edited(
        exported(tmp_path, plan),
        lambda hand: hand.put(plan.items[one].key, start=date(2020, 1, 6), finish=date(2020, 1, 6)),
    )
    review = reviewed(saved, qtbot, path)
    assert "the links make it" in leaves(review)["Start not before"][2]
    review.reject()


def test_a_touched_file_with_the_same_content_asks_nothing(saved: App, qtbot: QtBot):
    assert saved.desk.path is not None
    saved.desk.path.touch()
    before = saved.messages.last
    files.look_for_changes(saved)
    assert saved.messages.last is before
