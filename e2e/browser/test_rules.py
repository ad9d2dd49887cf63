"""The safety net is shown to hold: the browser blocks what the content policy forbids, and the tests hear of it."""


def test_an_injected_script_is_blocked_and_reported(windows, company):
    chat = windows.chat(company)
    with chat.page.expect_event("console", lambda message: "Content Security Policy" in message.text or "TrustedHTML" in message.text):
        chat.page.evaluate("() => { const script = document.createElement('script'); script.setAttribute('onerror', ''); document.body.setAttribute('onclick', 'alert(1)'); }")
    chat.page.wait_for_timeout(0)
    reported = [fault for fault in windows.faults if "content policy" in fault]
    assert reported
    windows.faults.clear()


def test_text_that_looks_like_markup_stays_text(windows, company):
    attack = "<img src=x onerror=alert(1)><script>alert(2)</script>"
    chat = windows.chat(company)
    chat.page.on("dialog", lambda dialog: windows.faults.append("a script ran"))
    chat.say(attack)
    chat.hears(attack)
    desk = windows.desk("olive@example.com")
    desk.list("bot")
    desk.open("onerror")
    desk.reads(attack)
