"""What a disk may hold after the power went: all that was synced, and of the rest anything, in whole sectors."""
import random

import pytest

from .power import DATABASE, FOLDER, HEAD, LENGTH, LOG, MADE, SECTOR, SYNC_BEGINS, SYNC_ENDED, WRITE, Disk, Record, losses

OLD, NEW = b"o" * 4 * SECTOR, b"n" * 4 * SECTOR


def states(calls, contents=None, ignores=(), count=300):
    """Many states in which the power may leave the disk after these calls."""
    disk, end = Disk(contents or {DATABASE: OLD}, ignores), 0
    for kind, file, where, data in calls:
        end += HEAD.size + len(data)
        disk.take(Record(end, kind, file, where, data))
    chance = random.Random(7)
    return [disk.after_a_loss(chance) for _ in range(count)]


def synced(file, number=1):
    return [(SYNC_BEGINS, file, number, b""), (SYNC_ENDED, file, number, b"")]


def test_what_was_synced_is_certain():
    after = states([(WRITE, DATABASE, 0, NEW), *synced(DATABASE)])
    assert {bytes(state.bytes[DATABASE]) for state in after} == {NEW}


def test_what_was_not_is_there_or_not_or_in_part_by_sectors():
    found = {bytes(state.bytes[DATABASE]) for state in states([(WRITE, DATABASE, 0, NEW)])}
    assert {OLD, NEW} < found and len(found) > 4
    for content in found:
        sectors = {content[at:at + SECTOR] for at in range(0, len(content), SECTOR)}
        assert sectors <= {OLD[:SECTOR], NEW[:SECTOR]}


def test_a_later_write_may_come_through_before_an_earlier_one():
    found = {bytes(state.bytes[DATABASE][:2]) for state in states([(WRITE, DATABASE, 0, b"1"), (WRITE, DATABASE, 1, b"2")])}
    assert {b"oo", b"12", b"1o", b"o2"} == found


def test_a_sync_says_nothing_of_what_was_written_after_it_began():
    calls = [(SYNC_BEGINS, DATABASE, 1, b""), (WRITE, DATABASE, 0, NEW), (SYNC_ENDED, DATABASE, 1, b"")]
    assert OLD in {bytes(state.bytes[DATABASE]) for state in states(calls)}


def test_a_new_file_needs_its_name_synced_too():
    calls = [(MADE, LOG, 0, b""), (WRITE, LOG, 0, NEW), *synced(LOG)]
    assert {LOG in state.names for state in states(calls)} == {True, False}
    certain = states([*calls, *synced(FOLDER, 2)])
    assert all(LOG in state.names and bytes(state.bytes[LOG]) == NEW for state in certain)


def test_a_length_may_be_the_old_one():
    assert {len(state.bytes[DATABASE]) for state in states([(LENGTH, DATABASE, SECTOR, b"")])} == {len(OLD), SECTOR}


@pytest.mark.parametrize("ignores", [(), [DATABASE]])
def test_syncs_can_be_taken_away(ignores):
    found = {bytes(state.bytes[DATABASE]) for state in states([(WRITE, DATABASE, 0, NEW), *synced(DATABASE)], ignores=ignores)}
    assert (OLD in found) == bool(ignores)


def test_a_seed_plays_the_same_losses_again(tmp_path):
    log = tmp_path / "log"
    calls = [(WRITE, DATABASE, at * SECTOR, NEW) for at in range(20)] + [(SYNC_BEGINS, DATABASE, 1, b""), (SYNC_ENDED, DATABASE, 1, b"")]
    log.write_bytes(b"".join(HEAD.pack(kind, file, 0, len(data), where) + data for kind, file, where, data in calls))

    def play():
        return [(moment, bytes(state.bytes[DATABASE])) for moment, state in losses(log, {DATABASE: OLD}, 20, random.Random(3))]
    assert play() == play() and len({state for _, state in play()}) > 5
