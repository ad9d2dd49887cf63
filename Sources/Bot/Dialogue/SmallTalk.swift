import Foundation
import Knowledge

/// What is said for politeness and wants politeness back. Only whole messages count: a question with a hello is a question.
package enum SmallTalk: Hashable, Sendable, CaseIterable {
    case greeting, thanks, goodbye, agreement
    /// Asking what one talks to.
    case identity
    /// No word at all: an emoji, a question mark.
    case wordless

    package init?(_ text: String) {
        guard text.count <= Self.longest else { return nil }
        let words = Wording.units(Wording.tidy(text))
        if words.isEmpty {
            self = .wordless
            return
        }
        let plain = words.joined(separator: words.contains { $0.unicodeScalars.contains(where: \.isHan) } ? "" : " ")
        guard let kind = Self.allCases.first(where: { $0.pattern?.occurs(in: plain) ?? false }) else { return nil }
        if kind == .thanks, Self.asks.occurs(in: text.lowercased()) { return nil }
        self = kind
    }

    private static let longest = 60

    private var pattern: Pattern? {
        switch self {
        case .greeting: Self.greetings
        case .thanks: Self.thankings
        case .goodbye: Self.goodbyes
        case .agreement: Self.agreements
        case .identity: Self.identities
        case .wordless: nil
        }
    }

    private static let greetings = Pattern(
        "^((你|您|大家)(们)?好|哈喽|哈啰|嗨|喂|早上?好?|中午好|下午好|晚上?好|在(的|不在|么|吗|嘛|不)?|有人在?吗?|亲|客服你好|hi|hello|hey|hiya|yo|nihao|你好 hello|good (morning|afternoon|evening)|hi there|hello there|hey there|greetings|anyone home|啊|呀|呢|吗|哦| )+$"
    )
    private static let thankings = Pattern(
        #"谢谢|多谢|感谢|谢啦|谢了|辛苦(了|啦|你)|^好?[，, ]?麻烦(你|您)?了$|服务(真|很|太)?(好|棒)|\b(thanks|thank you|thankyou|thx|cheers|much appreciated|ty|good to know|thoughtful|(great|good|nice|excellent|amazing) (service|job|work|help))\b|^xiexie"#
    )
    private static let goodbyes = Pattern(
        "^(再见|拜拜|拜|88|886|回头见|下次再聊|晚安|没(有)?(别的)?(事|问题)了|不用了|先这样|就这样(吧)?|bye|goodbye|bye bye|see you( there| then| later| soon)?|see ya|good night|that's all|that is all|no thanks|nothing else|have a nice day|啦|了|吧|哈| )+$"
    )
    private static let agreements = Pattern(
        "^(好(的|嘞|哒|吧|滴|呀)?|嗯+|哦+|噢|行(吧)?|可以(了)?|收到|明白(了)?|知道了?|懂了|了解(了)?|ok|okay|okey|alright|all right|got it|i see|sure|fine|great|perfect|cool|understood|makes sense|很好|太好了|不错|哈+| )+$"
    )
    private static let identities = Pattern(
        "^(请问)?你(到底)?(是|叫)(谁|什么|啥|机器人|真人|人|ai|人工智能)(名字|吗|还是(机器人|真人|人))?(啊|呀|呢)?$|^(who|what) are you$|^are you (a )?(real )?(bot|robot|human|person|ai|machine|real)$|^what's your name$|^what is your name$"
    )
    /// With these a thank-you is only the wrapping of a question.
    private static let asks = Pattern(
        #"[?？]|吗|呢|怎么|什么|多少|几(天|点|个)|能不能|可不可以|可以|但|不过|还是|还有|没收|想|要|请|how|what|when|where|why|which|can i|could|is there|but |still|need|want"#
    )
}
