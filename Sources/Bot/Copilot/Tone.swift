import Foundation
import Knowledge

/// Makes stiff words natural without a model: a table of what is said in offices and what people say.
enum Tone {
    static func soften(_ text: String) -> String {
        let table = Language.detect(text) == .chinese ? chinese : english
        let softened = table.reduce(text) { text, pair in
            pair.0.stringByReplacingMatches(in: text, range: NSRange(text.startIndex..., in: text), withTemplate: pair.1)
        }
        return softened.first.map { $0.uppercased() + softened.dropFirst() } ?? softened
    }

    /// Whether one text has the same figures, codes and addresses as another: a rewording may change none.
    static func keepsFigures(_ text: String, of original: String) -> Bool { Words(text).figures == Words(original).figures }

    private static func table(_ pairs: [(String, String)]) -> [(NSRegularExpression, String)] {
        pairs.map { (try! NSRegularExpression(pattern: $0.0, options: [.caseInsensitive]), $0.1) }
    }

    private static let chinese = table([
        ("尊敬的(客户|用户|顾客)[，,：:]?", "您好，"), ("(特此|兹)(通知|告知)[，,。]?", ""), ("请(知悉|悉知|知晓)[。！]?", "跟您说一声。"), ("我司|我公司|本公司", "我们"),
        ("贵司|贵方|贵公司", "您这边"), ("敬请谅解|望谅解|请予以谅解", "给您添麻烦了，请您谅解"), ("无法", "暂时没办法"), ("不予受理", "暂时没办法受理"), ("请(您)?自行", "麻烦您"),
        ("予以(处理|解决|办理|退款)", "$1"), ("进行(处理|解决|办理|查询|核实|确认)", "$1"), ("若(?!干)", "如果"), ("如有疑问", "有不清楚的地方"), ("请耐心等待", "请您稍等一下"),
        ("请稍后", "请您稍等"), ("须(?!知)", "需要"), ("均(?!匀)", "都"), ("(?<!你|您)你(?!们)", "您"), ("(?<![给为])您您", "您"), ("。。", "。"),
    ])
    private static let english = table([
        ("dear (valued )?customer[,:]?", "Hello,"), ("we regret to inform you that", "I'm sorry, but"),
        ("please be (advised|informed) that ", ""), ("we would like to inform you that ", ""),
        ("please do not hesitate to contact us", "just write to us"), ("please do not hesitate to", "feel free to"),
        ("kindly", "please"), ("as per", "as in"), ("in order to", "to"),
        ("at (your|the) earliest convenience", "when you can"), ("prior to", "before"), ("subsequent to", "after"),
        ("utili[sz]e", "use"), ("commence", "start"), ("terminate", "end"),
        ("in the event that", "if"), ("with regard to|regarding", "about"), ("is required to", "needs to"),
        ("are required to", "need to"), (#"\bcannot\b"#, "can't"), (#"\bdo not\b"#, "don't"),
        (#"\bwill not\b"#, "won't"), (#"\bI am\b"#, "I'm"), (#"\bwe are\b"#, "we're"), (#"\byou are\b"#, "you're"),
        (#"\bit is\b"#, "it's"), ("we apologi[sz]e for any inconvenience( caused)?", "sorry for the trouble"),
    ])
}
