import Bot
import Foundation
import Organization
import Testing

/// What customers say, in their words, and what a flow keeps of it. Today is Sunday, 22 November 2026.
@Suite struct `slots are read from what customers say` {
    private let reader = SlotReader(today: Day("2026-11-22")!)

    private func read(_ text: String, asked: [SlotType] = []) -> String {
        reader.read(text, for: SlotType.allCases, asked: asked).map { "\($0.type.rawValue)=\($0.value)" }.joined(separator: "; ")
    }

    @Test(arguments: [
        ("我的订单号是ND20261015003，麻烦查一下到哪了", "order=ND20261015003"),
        ("订单 88123456 什么时候发货", "order=88123456"),
        ("订单号Ａ１００８６", "order=A10086"),
        ("Order #10234 hasn't arrived", "order=10234"),
        ("单号SF1234567890123，怎么还没到", "tracking=SF1234567890123"),
        ("快递单号：YT2233445566778 一直不动", "tracking=YT2233445566778"),
        ("tracking number is 1Z999AA10123456784", "tracking=1Z999AA10123456784"),
        ("我手机是幺三八零零一三八零零零", "phone=13800138000"),
        ("电话一三九 一二三四 五六七八，打给我", "phone=13912345678"),
        ("my mobile is one three eight double zero one three eight triple zero", "phone=13800138000"),
        ("我的手机号+86 138-1234-5678", "phone=13812345678"),
        ("call me on +44 20 7946 0000", "phone=+442079460000"),
        ("我是李雷，电话13700001111", "phone=13700001111; name=李雷"),
    ])
    func `numbers that name something`(text: String, expected: String) { #expect(read(text) == expected) }

    @Test(arguments: [
        ("花了三百五十块买的", "money=350 CNY"), ("三千八百元能退吗", "money=3800 CNY"), ("转了一万二千块", "money=12000 CNY"),
        ("充了1.5万元", "money=15000 CNY"), ("一共12块8", "money=12.8 CNY"), ("退我¥99.90就行", "money=99.9 CNY"),
        ("预算100-150元", "money=100-150 CNY"), ("It cost me $49.99", "money=49.99 USD"),
        ("I paid fifty dollars for it", "money=50 USD"), ("around £20-30 please", "money=20-30 GBP"),
    ])
    func `amounts of money`(text: String, expected: String) { #expect(read(text) == expected) }

    @Test(arguments: [
        ("明天下午三点半送来", "date=2026-11-23; time=15:30"), ("上周三下的单", "date=2026-11-11"), ("十月一号买的", "date=2026-10-01"),
        ("2026年12月5日送到", "date=2026-12-05"), ("二零二六年十二月五日", "date=2026-12-05"), ("三天前下的单", "date=2026-11-19"),
        ("下个月3号", "date=2026-12-03"), ("I ordered it last Friday", "date=2026-11-20"),
        ("Please deliver it next Tuesday at quarter past 4 pm", "date=2026-11-24; time=16:15"),
        ("on the 31st of December", "date=2026-12-31"), ("in two weeks", "date=2026-12-06"), ("the 30th of February", ""),
    ])
    func `days and times`(text: String, expected: String) { #expect(read(text) == expected) }

    @Test(arguments: [
        ("我要XL的", "size=XL"), ("要大号的黑色", "size=L"), ("an XXL please", "size=2XL"), ("窗帘尺寸是120×80厘米", "size=120x80 cm"),
        ("宽1米5", "size=1.5 m"), ("收货地址改成北京市朝阳区建国路88号3栋1201室", "address=北京市朝阳区建国路88号3栋1201室"),
        ("寄到上海市浦东新区世纪大道100号，谢谢", "address=上海市浦东新区世纪大道100号"),
        ("Please ship it to 221B Baker Street, London NW1 6XE", "address=221B Baker Street, London NW1 6XE"),
        ("我叫王小明", "name=王小明"), ("收件人：欧阳修", "name=欧阳修"), ("两大一小，明晚七点", "date=2026-11-23; time=19:00; people=3"),
        ("a table for me, my wife and our 3 kids", "people=5"), ("邮箱 li.lei@example.com", "email=li.lei@example.com"),
    ])
    func `sizes, addresses, names and people`(text: String, expected: String) { #expect(read(text) == expected) }

    @Test(arguments: [
        ("订单号是A10086，不对，是A10087", "order=A10087"), ("我要买两件，哦不，三件", "quantity=3"),
        ("送到不是明天，是后天", "date=2026-11-24"), ("tomorrow, no wait, Friday", "date=2026-11-27"),
        ("no, I meant size L not M", "size=L"), ("change my table from 3 people to 5 people", "people=5"),
    ])
    func `a correction replaces what stood before it`(text: String, expected: String) { #expect(read(text) == expected) }

    @Test(arguments: ["你们几点下班", "退货怎么弄", "这个多少钱", "can I get a refund", "thanks, that's all", "我要退一下这个灯", "🙂", ""])
    func `ordinary words hold nothing`(text: String) { #expect(read(text).isEmpty) }

    @Test(arguments: [
        ("42", SlotType.size, "42"), ("5 please", .people, "5"), ("就我一个人", .people, "1"), ("8", .time, "08:00"),
        ("王小明", .name, "王小明"),
        ("A10086", .order, "A10086"), ("It broke after a week", .text, "It broke after a week"), ("好的，确认", .yesNo, "yes"),
        ("算了", .yesNo, "no"),
    ])
    func `what was asked for needs no more than the value`(text: String, type: SlotType, value: String) {
        #expect(reader.read(text, for: [type], asked: [type]).map(\.value) == [value])
    }

    @Test func `ten thousand characters are read in no time`() {
        let took = ContinuousClock().measure { _ = read(String(repeating: "1234 and 一二三 ", count: 800)) }
        #expect(took < .seconds(2))
    }

    @Test func `a file of lines is measured, its values as said or as stored`() throws {
        let lines = [
            "text\tslots", "call 13800138000 tomorrow\tphone=138 0013 8000;date=tomorrow", "三百块，明天\tmoney=300|date=2026-11-23",
            "hello\t", "order A10086 please\torder_no=A10087",
        ]
        let path = FileManager.default.temporaryDirectory.appending(path: "slots-\(UInt64.random(in: 0 ... .max)).tsv").path
        try lines.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let (figures, misses) = try SlotEvaluation(questions: path, today: Day("2026-11-22")!).run()
        #expect(figures.lines == 4)
        #expect(figures.wholeLinesRight == 0.75)
        #expect(misses.map(\.text) == ["order A10086 please"])
    }
}
