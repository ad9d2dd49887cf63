"""A small company on a fresh server: an owner, some agents, one web channel, a little knowledge."""
from dataclasses import dataclass, field

from sample_client import Http

PASSWORD = "a long enough passphrase"
KNOWLEDGE = [
    {
        "language": "en", "category": "Shipping", "title": "How long does shipping take?",
        "phrasings": ["How long does shipping take?", "When will my parcel arrive?", "delivery time", "shipping time"],
        "answer": "Parcels arrive within three working days.",
    },
    {
        "language": "en", "category": "Returns", "title": "How do I return an item?",
        "phrasings": ["How do I return an item?", "I want to send it back", "return policy", "refund an order"],
        "answer": "You can return anything within 30 days.",
    },
    {
        "language": "zh-CN", "category": "物流", "title": "多久发货?",
        "phrasings": ["多久发货?", "什么时候发货", "几天能到", "物流要多长时间"],
        "answer": "下单后 24 小时内发货,三天左右送达。",
    },
    {
        "language": "zh-CN", "category": "售后", "title": "怎么退货?",
        "phrasings": ["怎么退货?", "我要退货", "退换货流程", "可以退款吗"],
        "answer": "签收后 30 天内可以申请退货。",
    },
]


@dataclass
class World:
    base: str
    owner: Http
    site: str
    account: str
    staff: list = field(default_factory=list)

    def invite(self, name, role="agent", capacity=50):
        email = f"{name.lower()}@example.com"
        invitation = self.owner.ask("POST", "/api/invitations", {"email": email, "role": role})
        token = invitation["link"].split("#invitation=")[1]
        acceptance = {"token": token, "name": name, "password": PASSWORD, "locale": "en"}
        Http(self.base).ask("POST", "/api/invitations/acceptance", acceptance)
        agent = next(agent for agent in self.rows("/api/agents") if agent["email"] == email)
        change = {"name": name, "role": role, "capacity": capacity, "isActive": True}
        self.owner.ask("PUT", f"/api/agents/{agent['id']}", change)
        self.staff.append({"id": agent["id"], "email": email, "name": name})
        return self.staff[-1]

    def rows(self, path):
        answer = self.owner.ask("GET", path)
        return answer["rows"] if isinstance(answer, dict) else answer

    def teach(self, entries=KNOWLEDGE):
        for entry in entries:
            written = self.owner.ask("POST", "/api/knowledge", entry)
            self.owner.ask("POST", f"/api/knowledge/{written['id']}/publication", {})


def found(nightdesk, agents=()):
    """Sets the workspace up through the one-time link, as the owner would."""
    account = {
        "token": nightdesk.setup_token(), "workspace": "Tea House", "name": "Olive", "email": "olive@example.com",
        "password": PASSWORD, "locale": "en",
    }
    Http(nightdesk.base).ask("POST", "/api/setup", account)
    signed = Http(nightdesk.base).ask(
        "POST", "/api/sign-ins", {"email": account["email"], "password": PASSWORD, "bearer": True}
    )
    owner = Http(nightdesk.base, signed["token"])
    channels = [channel for channel in owner.ask("GET", "/api/channels")["rows"] if channel["kind"] == "web"]
    channel = channels[0] if channels else owner.ask(
        "POST", "/api/channels", {"kind": "web", "name": "Shop", "locale": "en", "mode": "both", "offHoursMode": "both"}
    )
    world = World(nightdesk.base, owner, channel["key"], channel["id"])
    world.teach()
    for name in agents:
        world.invite(name)
    return world
