import Testing

@testable import Bot

@Suite struct RedactionTests {
    @Test(arguments: [
        ("我手机号是13812345678，请回电", "13812345678"), ("call me at +44 7911 123456 please", "+44 7911 123456"),
        ("座机 010-12345678 也行", "010-12345678"), ("phone (555) 123-4567", "(555) 123-4567"),
        ("电话幺三八幺二三四五六七八", "幺三八幺二三四五六七八"), ("write to Ann.Lee@example.co.uk", "Ann.Lee@example.co.uk"),
        ("身份证 11010519491231002X", "11010519491231002X"), ("卡号 6222 0212 3456 7890 123", "6222 0212 3456 7890 123"),
        ("order ND-20260301-0042 is late", "ND-20260301-0042"), ("单号SF1234567890到哪了", "SF1234567890"),
        ("寄到北京市海淀区中关村大街27号3单元502室", "中关村大街27号3单元502室"), ("I live at 12 Baker Street, come by", "12 Baker Street"),
        ("我叫王小明，想退货", "王小明"), ("my name is Grace Hopper, hi", "Grace Hopper"), ("请打13812345678或13912345678", "13912345678"),
    ])
    func `personal data does not leave, and comes back`(text: String, secret: String) {
        var redaction = Redaction()
        let hidden = redaction.hide(text)
        #expect(!hidden.contains(secret))
        #expect(hidden.contains("["))
        #expect(redaction.restore(hidden) == text)
    }

    @Test(arguments: [
        "下单后 24 小时内发货，三天左右送达", "returns within 30 days of 2026", "台灯 12W，价格 199.00 元", "How long is the warranty?",
        "这个月第二次了，一共一百二十块",
    ])
    func `figures of an ordinary question stay`(text: String) {
        var redaction = Redaction()
        #expect(redaction.hide(text) == text)
    }

    @Test func `full-width digits are digits`() {
        var redaction = Redaction()
        #expect(redaction.hide("号码１３８１２３４５６７８") == "号码[PHONE_1]")
    }

    @Test func `the contact's own name, and the same data twice, are one token`() {
        var redaction = Redaction(names: ["李雷", "li@example.com"])
        #expect(redaction.hide("李雷的订单，LI@example.com，李雷收") == "[NAME_2]的订单，[NAME_1]，[NAME_2]收")
        #expect(redaction.restore("好的，[NAME_2]。[NAME_9]") == "好的，李雷。[NAME_9]")
    }
}
