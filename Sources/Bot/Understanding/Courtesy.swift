import Knowledge

/// The wrapping of a question: hello, may I ask, please, thank you. Taken off before matching, in lessons and questions alike,
/// because it says nothing about what is asked.
enum Courtesy {
    static func removed(from text: String, _ language: Language) -> String {
        let bare =
            switch language {
            case .chinese: chineseEnd.removed(from: chineseBeginning.removed(from: text))
            case .english: englishEnd.removed(from: englishBeginning.removed(from: text))
            }
        // A text that is nothing but courtesy stays as it is.
        return bare.contains { $0.isLetter || $0.isNumber } ? bare : text
    }

    private static let chineseBeginning = Pattern(
        #"^((你|您)们?好(啊|呀)?|哈喽|嗨|hi|hello|亲(爱的)?|在吗|请问(一下|下)?|请教(一下|下)?|麻烦(你|您)?(问)?(一下|下)?|(我)?(想|要)?(问|咨询|了解)(一下|下)|我想(问|知道|了解|咨询)|劳驾|打扰(一下|了)?|不好意思|那个|客服|你们(家|店|这|这里|这边)?|咱们?(家|店)?|[，,。.！!、~\s])+"#
    )
    private static let chineseEnd = Pattern(#"(谢谢(你|您)?(们)?(了|啦)?|多谢|呢|呀|啊|哦|哈|嘛|呗|哒|拜托了?|[，,。.！!？?、~\s])+$"#)
    private static let englishBeginning = Pattern(
        #"^((hi|hello|hey|good (morning|afternoon|evening)|there|excuse me|sorry|please|um+|well|ok|okay|(could|can|would) you (please )?(tell me|let me know)|i('d| would) like to (know|ask)|i (want|wanted) to (know|ask)|i('m| am) wondering|i was wondering|quick question)\b|[,.!;:\s-])+"#
    )
    private static let englishEnd = Pattern(#"(\b(please|pls|thanks|thank you|cheers)\b|[,.!?\s])+$"#)
}
