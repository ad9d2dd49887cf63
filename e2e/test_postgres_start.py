"""A PostgreSQL that cannot be used: one clear line, a status other than zero, and nothing changed."""
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from nightdesk import Nightdesk, free_port, run
from postgres import FAST, as_postgres, postgres

PASSWORD = "correct-horse-battery"


@pytest.fixture(scope="module")
def server():
    """One that asks for passwords, with a role and a database for Nightdesk, and a database in an old encoding."""
    with postgres(**FAST) as running:
        for statement in (
            f"CREATE ROLE desk LOGIN PASSWORD '{PASSWORD}'", "CREATE DATABASE desk OWNER desk", "CREATE ROLE guest LOGIN PASSWORD 'guest'",
            "CREATE DATABASE empty OWNER desk",
            "CREATE DATABASE latin OWNER desk ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0",
        ):
            running.ask(statement)
        (running.data / "pg_hba.conf").write_text(
            "host all postgres 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n")
        running.ask("SELECT pg_reload_conf()")
        yield running


def address(server, database="desk", user="desk", password=PASSWORD, settings=""):
    secret = f":{password}" if password else ""
    return f"postgres://{user}{secret}@127.0.0.1:{server.port}/{database}{settings}"


def refused(tmp_path, database, at_once=True):
    """What is said when serving cannot begin; `at_once`, unless waiting may help."""
    begun = time.monotonic()
    ended = run("serve", "--data", tmp_path / "data", "--port", free_port(), f"--database={database}", patience=60)
    assert ended.returncode == 1, f"ended with {ended.returncode}: {ended.stderr}"
    # Log lines are JSON; what is for the person at the terminal begins with the program's name.
    lines = [line for line in ended.stderr.splitlines() if not line.startswith("{")]
    assert len(lines) == 1 and lines[0].startswith("nightdesk: "), ended.stderr
    assert PASSWORD not in ended.stderr + ended.stdout
    assert at_once == (time.monotonic() - begun < 20) == ("Waiting for PostgreSQL" not in ended.stdout), ended.stdout
    return lines[0]


def test_servers_that_do_not_come_are_named_in_the_end(tmp_path):
    """All at the same time, because each is waited for half a minute."""
    first, second, third = free_port(), free_port(), free_port()
    told = {
        f"postgres://desk:{PASSWORD}@127.0.0.1:{first}/desk": [str(first), "Connection refused"],
        f"postgres://desk:{PASSWORD}@db.invalid/desk?connect_timeout=5": ['"db.invalid"'],
        f"postgres://desk@127.0.0.1:{second},127.0.0.1:{third}/desk?target_session_attrs=read-write": [str(second), str(third)],
    }
    with ThreadPoolExecutor() as pool:
        lines = pool.map(lambda at: refused(tmp_path / str(at[0]), at[1], at_once=False), enumerate(told))
        for line, words in zip(lines, told.values()):
            assert all(word in line for word in words), line


def test_a_server_that_comes_later_is_waited_for(tmp_path):
    with postgres(**FAST) as server:
        server.stop()
        node = Nightdesk(tmp_path / "data", "--database", server.address)
        with ThreadPoolExecutor() as pool:
            starting = pool.submit(node.start)
            while not (node.log.exists() and "Waiting for PostgreSQL" in node.output()):
                assert not starting.done(), starting.exception()
                time.sleep(0.05)
            server.start()
            starting.result()
        said = [line for line in node.output().splitlines() if line.startswith("Waiting")]
        assert len(said) == 1 and str(server.port) in said[0] and "refused" in said[0]
        assert node.stop() == 0


def test_a_wrong_password_is_told(server, tmp_path):
    assert 'password authentication failed for user "desk"' in refused(tmp_path, address(server, password="guessed"))


def test_a_missing_password_is_told(server, tmp_path):
    assert "no password supplied" in refused(tmp_path, address(server, password=""))


def test_a_missing_database_is_named(server, tmp_path):
    assert 'database "nowhere" does not exist' in refused(tmp_path, address(server, "nowhere"))


def test_an_encoding_that_loses_letters_is_told(server, tmp_path):
    line = refused(tmp_path, address(server, "latin"))
    assert "LATIN1" in line and "UTF8" in line


def test_a_server_without_encryption_where_it_is_wanted_is_told(server, tmp_path):
    assert "SSL" in refused(tmp_path, address(server, settings="?sslmode=require"))


def test_a_missing_right_is_told(server, tmp_path):
    assert "permission denied for schema public" in refused(tmp_path, address(server, user="guest", password="guest"))


def test_what_is_no_address_is_told(tmp_path):
    assert "nonsense" in refused(tmp_path, "nonsense")


def test_a_schema_of_a_newer_version_is_left_alone(server, tmp_path):
    with Nightdesk(tmp_path / "first", "--database", address(server)):
        pass
    ask(server, "INSERT INTO migration (name, checksum) VALUES ('conversations.99', '')")
    before = ask(server, "SELECT * FROM migration ORDER BY name")
    line = refused(tmp_path, address(server))
    assert "newer version" in line and "conversations.99" in line
    assert ask(server, "SELECT * FROM migration ORDER BY name") == before


@pytest.mark.parametrize("command", ["check", "owner-link", "audit verify"])
def test_a_database_in_which_nothing_is_yet_is_told(server, tmp_path, command):
    told = run(*command.split(), "--data", tmp_path / "data", f"--database={address(server, 'empty')}")
    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr == f"nightdesk: there is no nightdesk database at postgres://desk@127.0.0.1:{server.port}/empty\n"


def ask(server, sql):
    return as_postgres("psql", "--no-psqlrc", "--quiet", "--tuples-only", "--command", sql, address(server, user="postgres", password=""))
