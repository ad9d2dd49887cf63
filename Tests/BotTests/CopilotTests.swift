import Basics
import Conversations
import Knowledge
import Organization
import Store
import Support
import Testing

@testable import Bot

@Suite struct CopilotTests {
    @Test(arguments: [
        ("尊敬的客户，我司无法予以退款，敬请谅解。", "您好，我们暂时没办法退款，给您添麻烦了，请您谅解。"),
        ("We regret to inform you that we cannot utilize it prior to Monday.", "I'm sorry, but we can't use it before Monday."),
        ("三天内到。", "三天内到。"),
    ])
    func `stiff words become natural without a model`(stiff: String, natural: String) { #expect(Tone.soften(stiff) == natural) }

    @Test(arguments: ["订单 SF123456 三天内到，运费 12 元", "Order ND-2042 arrives within 3 days, see shop.example/help"])
    func `softening keeps every figure`(text: String) { #expect(Tone.keepsFigures(Tone.soften(text), of: text)) }

    @Test func `a rewording that changes a figure is found`() {
        #expect(!Tone.keepsFigures("arrives within 5 days", of: "arrives within 3 days"))
        #expect(!Tone.keepsFigures("5 days", of: "soon"))
    }
}
