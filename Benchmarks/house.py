"""A Nightdesk with a company in it, made once and copied for every measurement."""
import json
import pathlib
import re
import shutil
import time
import urllib.request

from process import Server, free_port

# The load comes from one address, and each of its conversations writes more than any person could.
UNLIMITED = ["--rate-arrivals", "0", "--rate-visitor-commands", "0", "--rate-desk-commands", "0"]
PASSWORD = "correct horse battery"


class House:
    """`within` is the prefix of the command, e.g. a control group's; `environment` is added to ours."""

    def __init__(self, binary, folder, *options, within=(), environment=None):
        self.binary, self.folder, self.options = binary, pathlib.Path(folder), options
        self.within, self.environment = within, environment
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"

    def __enter__(self):
        self.log = self.folder.with_suffix(".log")
        command = [*self.within, self.binary, "serve", "--data", self.folder, "--port", str(self.port), "--host", "127.0.0.1", *UNLIMITED, *self.options]
        try:
            self.server = Server(command, self.port, open(self.log, "w"), self.environment)
        except RuntimeError as error:
            raise RuntimeError(f"{error}: {self.log.read_text()[-1000:]}") from None
        return self

    def __exit__(self, *_):
        self.server.stop()

    def ask(self, method, path, body=None, token=None):
        headers = {"content-type": "application/json", **({"authorization": f"Bearer {token}"} if token else {})}
        data = None if body is None else json.dumps(body).encode()
        with urllib.request.urlopen(urllib.request.Request(self.address + path, data, headers, method=method)) as answer:
            return json.load(answer)

    def set_up(self):
        """The owner's token."""
        patience = time.monotonic() + 60
        while not (link := re.search(r"#setup=(\S+)\n", self.log.read_text())):
            if time.monotonic() > patience:
                raise RuntimeError(f"no link for the owner: {self.log.read_text()[-1000:]}")
            time.sleep(0.005)
        self.ask("POST", "/api/setup", {"token": link[1], "workspace": "Bench", "name": "Owner", "email": "owner@bench.example",
                                        "password": PASSWORD, "locale": "en"})
        return self.sign_in("owner@bench.example")

    def sign_in(self, email):
        return self.ask("POST", "/api/sign-ins", {"email": email, "password": PASSWORD, "bearer": True})["token"]

    def site(self, owner, mode):
        body = {"kind": "web", "name": mode, "mode": mode, "offHoursMode": mode, "botWhenBusy": False}
        return self.ask("POST", "/api/channels", body, owner)["key"]

    def agent(self, owner, number, capacity):
        """A signed-in agent's token."""
        email = f"agent{number}@bench.example"
        link = self.ask("POST", "/api/invitations", {"email": email, "role": "agent"}, owner)["link"]
        self.ask("POST", "/api/invitations/acceptance",
                 {"token": link.split("invitation=")[1], "name": f"Agent {number}", "password": PASSWORD, "locale": "en"})
        token = self.sign_in(email)
        me = self.ask("GET", "/api/me", token=token)["id"]
        self.ask("PUT", f"/api/agents/{me}", {"name": f"Agent {number}", "role": "agent", "capacity": capacity, "isActive": True}, owner)
        return token

    def visitor(self, key):
        visit = self.ask("POST", "/api/visitors", {"site": key, "locale": "en"})
        return visit["token"], visit["conversation"]


def company(house, agents):
    """A company whose agents serve a conversation each: the owner's token, a site without a bot, lines for the load generator."""
    owner = house.set_up()
    key, pairs = house.site(owner, "people"), []
    for number in range(agents):
        agent, (visitor, conversation) = house.agent(owner, number, 1), house.visitor(key)
        house.ask("POST", "/api/visit/entries", {"client": "first", "text": "Hello"}, visitor)
        house.ask("POST", f"/api/conversations/{conversation}/takeover", {}, agent)
        pairs.append(f"{visitor} {agent} {conversation}")
    return owner, key, pairs


def copy(template, target):
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(template, target)
    return target
