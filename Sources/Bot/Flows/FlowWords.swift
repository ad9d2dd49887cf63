import Knowledge

extension Phrases {
    /// Before a question that is asked again.
    var notUnderstood: String {
        language == .chinese ? "不好意思，这个我没看明白。" : "Sorry, I didn't catch that."
    }

    var backToQuestion: String { language == .chinese ? "那我们接着刚才的：" : "Back to where we were:" }

    var flowLeft: String {
        language == .chinese ? "好的，先不办了。需要时再叫我。" : "All right, I've left it. Just tell me when you need it."
    }

    var flowDeclined: String { language == .chinese ? "好的，那就先不办。" : "All right, I won't." }

    var yesOrNo: [String] { language == .chinese ? ["确认", "不用了"] : ["Yes, please", "No, thanks"] }

    var confirmAgain: String { language == .chinese ? "请回复“确认”或“不用了”。" : "Please answer “yes” or “no”." }

    var skipped: String { language == .chinese ? "跳过" : "Skip" }

    var lookUpFailed: String {
        language == .chinese ? "系统这会儿查不到，我请同事帮您看。" : "I can't look that up right now – let me bring in a colleague."
    }

    var identityUnproved: String {
        language == .chinese ? "为了您的信息安全，这项内容核对不上身份，我不能显示。" : "I couldn't confirm that this is yours, so I can't show it."
    }
}

/// What customers say about a flow itself rather than in it.
enum FlowRemark {
    private static let same = Pattern(
        anyCase:
            "^(?:(?:和|跟|同)?(?:上次|之前|以前|上回|刚才)(?:的)?(?:一样|相同|那个|的)|老样子|还是(?:那个|上次的|老地方|原来的)|(?:the )?same as (?:before|last time|usual)|same (?:again|one|address|number)|as (?:before|usual)|like last time)[。.!！ ]*$"
    )
    private static let leaving = Pattern(
        anyCase:
            "^(?:算了|不办了|不弄了|取消(?:吧|了)?|不用了|先不(?:办|弄|要)了|不想(?:办|弄)了|退出|never ?mind|forget it|cancel(?: (?:it|this|that))?|stop|quit|leave it)[。.!！,， ]*(?:谢谢|thanks)?[。.! ]*$"
    )
    private static let skipping = Pattern(
        anyCase:
            "^(?:跳过|没有|无|不知道|不清楚|不想说|没了|不填|随便|都行|skip|none|no|nope|don'?t know|i don'?t know|not sure|no idea|n/?a|nothing|rather not say)[。.!！ ]*$"
    )

    static func isSameAsBefore(_ text: String) -> Bool { same.occurs(in: text.trimmingSpaces) }
    static func isLeaving(_ text: String) -> Bool { leaving.occurs(in: text.trimmingSpaces) }
    static func isSkipping(_ text: String) -> Bool { skipping.occurs(in: text.trimmingSpaces) }
}
