"""The tests' own PostgreSQL: a command gets one for as long as it runs, and what was committed outlives its machine."""
import subprocess
import sys
from pathlib import Path

import pytest
from postgres import pair, postgres

COMMAND = [sys.executable, Path(__file__).with_name("postgres.py"), "run", "--"]
SHOW_WHERE = "psql $NIGHTDESK_TEST_POSTGRES --tuples-only --no-align --command 'SHOW data_directory' && exit 7"


def test_a_command_runs_on_a_server_that_is_gone_afterwards():
    ended = subprocess.run([*COMMAND, "bash", "-c", SHOW_WHERE], capture_output=True, text=True)
    assert ended.returncode == 7, ended.stderr
    [data] = ended.stdout.split()
    assert data.startswith("/tmp/nightdesk-postgres-") and not Path(data).exists()


def test_a_command_that_is_missing_is_asked_for():
    assert subprocess.run(COMMAND, capture_output=True).returncode == 1


@pytest.fixture(scope="module")
def server():
    with postgres() as running:
        running.ask("CREATE TABLE kept (number int)")
        yield running


@pytest.mark.parametrize("end", ["stop", "kill"])
def test_what_was_committed_outlives_a_server_that_was_ended(server, end):
    [[before]] = server.ask("INSERT INTO kept VALUES (1); SELECT count(*) FROM kept")
    getattr(server, end)()
    assert not server.is_ready()
    server.start()
    assert server.ask("SELECT count(*) FROM kept") == [[before]]


def test_a_standby_takes_over_with_everything_that_was_committed():
    with pair() as servers:
        servers.primary.ask("CREATE TABLE kept (number int)")
        for number in range(2):
            servers.primary.ask(f"INSERT INTO kept VALUES ({number})")
            servers.fail_over()
            assert servers.primary.ask("SELECT count(*) FROM kept") == [[str(number + 1)]]
            servers.mend()
