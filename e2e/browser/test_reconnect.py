"""The line is cut while people write: nothing is lost, nothing comes twice, and both sides say what is going on."""
import pytest
from playwright.sync_api import expect


class Line:
    """Stands between a page and the server's socket: can be cut, kept down, and mended."""

    def __init__(self, page):
        self.sockets, self.is_up = [], True
        page.route_web_socket("**/api/socket", self.connect)
        page.route("**/api/**", self.pass_or_fail)

    def connect(self, socket):
        if not self.is_up:
            return socket.close(code=1012)
        socket.connect_to_server()
        self.sockets.append(socket)

    def pass_or_fail(self, route):
        route.continue_() if self.is_up else route.abort("internetdisconnected")

    def cut(self):
        self.is_up = False
        for socket in self.sockets:
            socket.close(code=1012)
        self.sockets.clear()

    def mend(self):
        self.is_up = True


@pytest.mark.parametrize("size", ["desktop", "Pixel 7"])
def test_what_a_visitor_writes_without_a_line_is_sent_when_it_is_back(windows, company, size):
    chat = windows.chat(company, size=size)
    line = Line(chat.page)
    chat.page.reload()
    chat.say("before the cut")
    chat.hears("before the cut")

    line.cut()
    expect(chat.page.get_by_text(chat.words["offline"])).to_be_visible()
    for number in range(1, 6):
        chat.say(f"written offline {number}")
    windows.picture(chat.page, f"chat-offline-{size.replace(' ', '')}")
    line.mend()
    expect(chat.page.get_by_text(chat.words["offline"])).to_be_hidden(timeout=40_000)

    desk = windows.desk("olive@example.com")
    desk.list("queue")
    desk.open("written offline 5")
    for number in range(1, 6):
        expect(desk.thread().get_by_text(f"written offline {number}", exact=True)).to_have_count(1)


def test_what_was_written_offline_survives_a_reload(windows, company):
    chat = windows.chat(company)
    line = Line(chat.page)
    chat.page.reload()
    chat.say("still connected")
    chat.hears("still connected")
    line.cut()
    expect(chat.page.get_by_text(chat.words["offline"])).to_be_visible()
    chat.say("kept on this device")
    chat.hears("kept on this device")
    line.mend()
    chat.page.reload()
    expect(chat.log().get_by_text("kept on this device", exact=True)).to_have_count(1)


def test_a_restart_of_the_server_is_healed_by_both_sides(windows, company):
    chat = windows.chat(company)
    chat.say("something the bot knows nothing of")
    chat.is_waiting_for_a_person()
    chat.say("before the restart")
    chat.hears("before the restart")
    desk = windows.desk("olive@example.com")
    desk.list("queue")
    desk.open("before the restart")
    desk.reads("before the restart")
    company.server.kill()
    chat.say("during the restart")
    company.server.start()
    desk.reads("during the restart")
    for text in ("before the restart", "during the restart"):
        expect(desk.thread().get_by_text(text, exact=True)).to_have_count(1)
        expect(chat.log().get_by_text(text, exact=True)).to_have_count(1)
