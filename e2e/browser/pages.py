"""The chat and the desk as people use them: by what is written on things and what they are for."""
import re

from playwright.sync_api import expect

# What stands on the things that are pressed, in both languages.
WORDS = {
    "en": {
        "your message": "Your message", "send": "Send", "person": "Talk to a person", "choices": "Did you mean",
        "attach": "Add a picture or file", "helpful": "Helpful", "stars": "5 stars", "send rating": "Send rating",
        "offline": "You are offline", "log": "Conversation", "end": "End chat", "rate": "How did we do?",
        "email": "Email", "password": "Password", "sign in": "Sign in", "lists": "Conversation lists",
        "mine": "Mine", "queue": "Queue", "bot": "Bot", "closed": "Closed",
        "take over": "Take over", "serve": "Serve", "transfer": "Transfer", "reason": "Reason", "close": "Close", "close conversation": "Close conversation",
        "reply": "Reply", "note": "Note", "reply placeholder": "Write a reply", "online": "Online", "status": "Status:",
        "sent later": "it will be sent again by itself", "retry": "Try again",
        "lost": "Connection lost", "back": "Back to the list", "read": "Read", "customer": "Customer",
    },
    "zh-CN": {
        "your message": "输入消息", "send": "发送", "person": "转人工", "choices": "可能的问题",
        "attach": "添加图片或文件", "helpful": "有帮助", "stars": "5 星", "send rating": "提交评价",
        "offline": "网络已断开", "log": "聊天记录", "end": "结束会话", "rate": "请为本次服务打分",
        "email": "邮箱", "password": "密码", "sign in": "登录", "lists": "会话列表",
        "mine": "我的", "queue": "排队", "bot": "机器人", "closed": "已结束",
        "take over": "接管", "serve": "接待", "transfer": "转接", "reason": "转接原因", "close": "结束", "close conversation": "结束会话",
        "reply": "回复", "note": "备注", "reply placeholder": "输入回复", "online": "在线", "status": "状态",
        "sent later": "会自动重发", "retry": "重试",
        "lost": "连接已断开", "back": "返回列表", "read": "已读", "customer": "客户资料",
    },
}


class Screen:
    def __init__(self, page, locale):
        self.page, self.words = page, WORDS[locale]

    def button(self, name, within=None, exact=True):
        return (within or self.page).get_by_role("button", name=self.words[name], exact=exact)

    def field(self, name, within=None):
        return (within or self.page).get_by_label(self.words[name], exact=True)

    def dialog(self):
        return self.page.get_by_role("dialog")


class Chat(Screen):
    """The visitor's side: the page under /chat/{key}, or the same page inside the launcher's frame."""

    def visit(self, site):
        self.page.goto(f"/chat/{site}")
        expect(self.field("your message")).to_be_visible()
        return self

    def log(self):
        return self.page.get_by_role("log")

    def say(self, text):
        self.field("your message").fill(text)
        self.button("send").click()

    def hears(self, text):
        expect(self.log().get_by_text(text).last).to_be_visible()

    def choose(self, number=0):
        self.page.get_by_role("group", name=self.words["choices"]).get_by_role("button").nth(number).click()

    def ask_person(self):
        self.button("person").first.click()

    def is_waiting_for_a_person(self):
        expect(self.button("person").first).to_be_hidden()

    def attach(self, name, content, type):
        with self.page.expect_file_chooser() as chooser:
            self.button("attach").click()
        chooser.value.set_files({"name": name, "mimeType": type, "buffer": content})

    def shows_picture(self, name):
        expect(self.log().get_by_role("img", name=re.compile(re.escape(name)))).to_be_visible()

    def rate(self):
        self.page.get_by_role("radio", name=self.words["stars"]).check(force=True)
        self.button("send rating").click()


class DeskScreen(Screen):
    """The agent's side."""

    def enter(self):
        self.page.goto("/desk")
        expect(self.page.get_by_role("region", name=self.words["lists"])).to_be_visible()
        return self

    def sign_in(self, email, password):
        self.page.goto("/desk")
        self.field("email").fill(email)
        self.field("password").fill(password)
        self.button("sign in").click()

    def go_online(self):
        status = self.page.get_by_role("button", name=re.compile(self.words["status"]))
        status.click()
        self.page.get_by_role("menuitemradio", name=re.compile(self.words["online"])).first.click()
        expect(self.page.get_by_role("button", name=re.compile(self.words["online"])).first).to_be_visible()

    def list(self, name):
        self.page.get_by_role("tab", name=re.compile(self.words[name])).click()

    def rows(self):
        return self.page.get_by_role("option")

    def open(self, text):
        """Opens the row whose preview or name shows this."""
        self.rows().filter(has_text=text).first.click()
        expect(self.thread()).to_be_visible()

    def thread(self):
        return self.page.get_by_role("log")

    def composer(self):
        return self.page.get_by_role("textbox", name=self.words["reply"], exact=True)

    def say(self, text):
        self.composer().fill(text)
        self.button("send").click()

    def reads(self, text):
        """What is folded away, like the summary of a hand-over, does not count."""
        expect(self.thread().get_by_text(text).filter(visible=True).last).to_be_visible()

    def take(self):
        self.button("take over").click()

    def transfer(self, name, reason):
        self.button("transfer").first.click()
        dialog = self.dialog()
        dialog.get_by_role("radio", name=re.compile(name)).check(force=True)
        self.field("reason", dialog).fill(reason)
        self.button("transfer", dialog).click()
        expect(dialog).to_be_hidden()

    def end(self):
        self.button("close").first.click()
        dialog = self.dialog()
        self.button("close conversation", dialog).click()
        expect(dialog).to_be_hidden()
