import Basics
import Conversations
import Foundation
import HTTPTypes
import Knowledge
import Organization
import Store
import Support
import Synchronization
import Testing
import Web

@testable import Bot

@Suite struct `an outline is read with clear mistakes` {
    @Test func `steps, blocks and names in either language`() throws {
        let outline = try Outline(parsing: Outlines.returns)
        #expect(outline.title == "申请退货")
        #expect(outline.phrasings == ["我要退货", "买的东西想退掉"])
        #expect(outline.questions.map(\.name) == ["order", "reason"])
        #expect(outline.questions.map(\.type) == [.order, .text])
        #expect(outline.questions.map(\.isOptional) == [false, true])
        #expect(outline.questions[0].rounds == 4)
        #expect(outline.questions[1].choices == ["不喜欢", "坏了"])
        #expect(outline.calls.map(\.call.connector) == ["order-status", "create-return"])
    }

    @Test(arguments: [
        ("say: hello", 1, "title"), ("flow: A", 1, "empty"), ("flow: A\nsing: la", 2, "keyword"), ("flow: A\nsay:", 2, "text"),
        ("flow: A\n\n# a remark\nask order (planet): Which?", 4, "type"),
        ("flow: A\nask order (order, 9 rounds): Which?", 2, "rounds"),
        ("flow: A\nsay: {order}", 2, "unknown-name"), ("flow: A\nif parcel.status is sent\n  say: x", 2, "unknown-name"),
        ("flow: A\nask a: x\nask a: y", 3, "name"), ("flow: A\nask a: x\ndo cancel-order", 3, "unconfirmed"),
        ("flow: A\nask a: x\nconfirm: ok?\n  declined:\n    do cancel-order", 5, "unconfirmed"),
        ("flow: A\notherwise\n  say: x", 2, "otherwise"),
        ("flow: A\nask a: x\n    again: y\n  again: z", 4, "indent"), ("flow: A\nask a: x\nif a maybe\n  say: x", 3, "condition"),
        ("flow: A\nsuggest: something", 2, "arrow"),
    ])
    func `a mistake is told with its line`(text: String, line: Int, code: String) {
        do {
            _ = try Outline(parsing: text)
            Issue.record("read: \(text)")
        } catch {
            #expect(error.line == line)
            #expect(error.code == code)
        }
    }
}

enum Outlines {
    static let returns = """
        流程：申请退货
        问法：
          我要退货
          买的东西想退掉
        问 order（订单号，4 rounds）：要退哪一单？
          再问：订单号一般以 ND 开头。
        查询 order-status 为 parcel
          失败：
            转人工：没有查到，请同事核对。
        如果 parcel.status 是 delivered
          问 reason（文字，可选）：为什么退呢？
            选项：不喜欢
            选项：坏了
          确认：为订单 {order} 退款 {parcel.total} 元，可以吗？
            拒绝：
              说：好的，先不退。
          执行 create-return 为 return
          说：退货单号 {return.number}。
          推荐：要不要看看怎么寄回？ -> 怎么寄回
        否则
          说：订单还没送到，可以直接取消。
        """
}

@Suite struct `a flow talks with a customer` {
    /// A desk with the flow, and a conversation in it.
    private struct Talk: Sendable {
        let desk: Desk
        let session: ID<Session> = ID(rawValue: 500)
        var epoch: Int64 = 1

        /// Says it, and keeps what the bot decided as the conversation would.
        func say(_ text: String, button: String? = nil, mayHandOff: Bool = true) async throws -> BotDecision {
            _ = try await desk.bot.dialogue.findings(
                for: text, .chinese, speaker: nil, in: desk.workspace, waitingAtMost: .seconds(30))
            var turn = BotTurn(workspace: desk.workspace, text: text, locale: "zh-CN", threshold: 0.3, mayHandOff: mayHandOff)
            (turn.conversation, turn.session, turn.epoch, turn.button) = (ID(rawValue: 7), session, epoch, button)
            let decision = try await desk.bot.answering.decide(turn)
            try await desk.database.write { [turn] in try desk.bot.answering.keep(decision, of: turn, $0) }
            return decision
        }
    }

    private func run(
        _ outline: String = Outlines.simple, language: [Language] = [.chinese], _ body: @Sendable (Talk) async throws -> Void
    ) async throws {
        try await Desk.run(language) { desk in
            try await desk.database.write { transaction in
                _ = try desk.bot.dialogue.flows.store.write(
                    outline, nil, known: nil, publishes: true, in: desk.workspace, by: nil, transaction)
            }
            try await body(Talk(desk: desk))
        }
    }

    @Test func `it is begun by its phrasings, asks what is missing, and remembers under its epoch`() async throws {
        try await run { talk in
            let first = try await talk.say("我想预约安装窗帘")
            #expect(first.text == "哪天方便？")
            #expect(first.flow?.evidence?.title == "预约安装")
            #expect(try await talk.say("12月5号吧").text == "请留个手机号。")
            let last = try await talk.say("13800138000")
            #expect(last.text == "约好了：2026-12-05，电话 13800138000。")
            #expect(last.flow?.run == nil)
            #expect(try await talk.say("在吗").flow == nil)
        }
    }

    @Test func `what is said at once is not asked for, and a correction is heard`() async throws {
        try await run { talk in
            let first = try await talk.say("我想预约安装窗帘，12月5号")
            #expect(first.text == "请留个手机号。")
            #expect(try await talk.say("不对，是12月6号").text == "请留个手机号。")
            #expect(try await talk.say("13800138000").text == "约好了：2026-12-06，电话 13800138000。")
        }
    }

    @Test func `same as before fills in what was said the last time`() async throws {
        try await run { talk in
            _ = try await talk.say("我想预约安装窗帘，12月5号")
            _ = try await talk.say("13800138000")
            _ = try await talk.say("我想预约安装窗帘，12月9号")
            #expect(try await talk.say("跟上次一样").text == "约好了：2026-12-09，电话 13800138000。")
        }
    }

    @Test func `another question is answered, and the flow comes back to its own`() async throws {
        try await run { talk in
            _ = try await talk.say("我想预约安装窗帘")
            let decision = try await talk.say("请问怎么申请退货呢？")
            #expect(decision.flow?.evidence?.title == "退货规则")
            #expect(decision.text.hasSuffix("哪天方便？"))
            #expect(try await talk.say("12月5号").text == "请留个手机号。")
        }
    }

    @Test func `after its rounds a person takes over with what is known`() async throws {
        try await run { talk in
            _ = try await talk.say("我想预约安装窗帘，12月5号")
            #expect(try await talk.say("咕噜咕噜").flow?.handsOff == false)
            #expect(try await talk.say("叽叽喳喳").flow?.handsOff == false)
            let last = try await talk.say("哼哼哈嘿")
            #expect(last.flow?.handsOff == true)
            #expect(last.flow?.note?.contains("2026-12-05") == true)
        }
    }

    @Test func `it can be left, and another owner's epoch ends it`() async throws {
        try await run { talk in
            _ = try await talk.say("我想预约安装窗帘")
            #expect(try await talk.say("算了").flow?.run == nil)
            _ = try await talk.say("我想预约安装窗帘")
            var later = talk
            later.epoch = 2
            #expect(try await later.say("谢谢").flow == nil)
        }
    }

    @Test func `asking for a person goes before everything`() async throws {
        try await run { talk in
            _ = try await talk.say("我想预约安装窗帘")
            guard case .handOff(.asked, _) = try await talk.say("转人工") else {
                Issue.record("not handed over")
                return
            }
        }
    }

    @Test func `nothing is changed that was not confirmed, and a declined one ends kindly`() async throws {
        try await run(Outlines.cancelling) { talk in
            let asked = try await talk.say("我想取消安装预约")
            #expect(asked.text == "真的取消吗？")
            #expect(asked.flow?.buttons.map(\.text) == ["确认", "不用了"])
            #expect(try await talk.say("不用了").text == "好的，保留着。")
        }
    }

    @Test func `a suggestion is counted when it is shown and when it is tapped`() async throws {
        try await run(Outlines.suggesting) { talk in
            let shown = try await talk.say("窗帘怎么洗护")
            let button = try #require(shown.flow?.buttons.first)
            _ = try await talk.say(button.text, button: button.id)
            let store = talk.desk.bot.dialogue.flows.store
            let counts = try await talk.desk.database.read { transaction in
                try store.all(in: talk.desk.workspace, transaction).flatMap { try store.suggestions(of: $0.id, transaction) }
            }
            #expect(counts.map(\.shown) == [1])
            #expect(counts.map(\.taken) == [1])
        }
    }
}

extension Outlines {
    static let simple = """
        流程：预约安装
        问法：
          我想预约安装窗帘
          帮我约个师傅上门安装
        问 day（日期）：哪天方便？
        问 phone（电话）：请留个手机号。
        说：约好了：{day}，电话 {phone}。
        """
    static let cancelling = """
        流程：取消安装预约
        问法：
          我想取消安装预约
        确认：真的取消吗？
          拒绝：
            说：好的，保留着。
        执行 cancel
        说：取消了。
        """
    static let suggesting = """
        流程：窗帘洗护
        问法：
          窗帘怎么洗护
        说：三十度手洗。
        推荐：需要的话也看看安装。 -> 怎么安装窗帘轨道
        """
}

extension BotDecision {
    var flow: FlowDecision? { if case .flow(let decided) = self { decided } else { nil } }

    var text: String {
        switch self {
        case .flow(let decided): decided.text
        case .answer(let answered): answered.text
        case .offer(let text, _), .handOff(_, let text), .smallTalk(let text), .unanswered(let text), .page(_, let text),
            .approve(_, _, let text):
            text
        }
    }
}
