import Basics
import Bot
import Conversations
import Foundation

/// What `nightdesk explain` prints, in two languages.
struct ExplanationWords {
    let isChinese: Bool

    private func say(_ chinese: String, _ english: String) -> String { isChinese ? chinese : english }

    var changed: String {
        say("这条消息的依据与当初写下的不一致，见上文", "something about this message is not as it was written; see above")
    }

    func lines(_ explained: Explained) -> [String] {
        let link = explained.evidence
        var lines = [
            say(
                "消息 \(link.conversationId)/\(link.number)，\(Self.time(link.at))",
                "Message \(link.conversationId)/\(link.number), \(Self.time(link.at))")
        ]
        if let question = explained.question { lines.append(say("客户问：", "Asked: ") + Self.short(question)) }
        lines.append(say("机器人说：", "Said:  ") + Self.short(explained.said))
        guard let grounds = explained.grounds else {
            return lines + ["", say("保存的依据已无法读取。", "What was kept of its grounds cannot be read any more.")]
        }
        return lines + ["", say("为什么", "Why")] + why(grounds) + ["", say("核对", "Looked over")] + kept(explained)
            + again(explained, grounds)
    }

    private func why(_ grounds: Grounds) -> [String] {
        var lines = ["  " + rule(grounds)]
        if let sources = grounds.sources {
            lines.append("  " + say("大模型：", "Language model: ") + (grounds.writer ?? "–"))
            lines += sources.map { source in
                "  "
                    + say(
                        "出处：《\(source.title)》，条目 \(source.entry)，第 \(source.version) 版",
                        "Source: “\(source.title)”, entry \(source.entry), version \(source.version)")
            }
        } else if let entry = grounds.entry {
            lines.append(
                "  "
                    + say(
                        "所用知识：条目 \(entry)，第 \(grounds.version ?? 0) 版",
                        "Knowledge: entry \(entry), version \(grounds.version ?? 0)"))
        } else if let likeliest = grounds.likeliest {
            lines.append("  " + say("最接近的条目：\(likeliest)", "The likeliest entry: \(likeliest)"))
        }
        if let flow = grounds.flow {
            lines.append("  " + say("流程：\(flow.flow)，第 \(flow.version) 版", "Flow: \(flow.flow), version \(flow.version)"))
        }
        if let score = grounds.score, let confidence = grounds.confidence {
            lines.append(
                "  "
                    + say(
                        "得分 \(Self.figure(score))，校准后的置信度 \(Self.figure(confidence))",
                        "Score \(Self.figure(score)), calibrated confidence \(Self.figure(confidence))"))
        }
        return lines
    }

    private func rule(_ grounds: Grounds) -> String {
        let threshold = Self.figure(grounds.threshold ?? 0)
        return switch grounds.rule {
        case .answered:
            say(
                "把握够大：置信度达到渠道设定的 \(threshold)，于是直接回答。",
                "It was sure enough: the confidence reached the channel's \(threshold), so it answered.")
        case .grounded:
            say(
                "自己把握不够，由大模型根据已发布的知识作答，每句话都核对过出处，把握达到渠道设定的 \(threshold)。",
                "It was not sure enough by itself; a language model answered from published knowledge, every sentence was found in its sources, and the confidence reached the channel's \(threshold)."
            )
        case .chosen: say("客户在给出的选项中点了这一条。", "The customer tapped this one of the entries offered.")
        case .offered:
            say(
                "把握不够（低于 \(threshold)），但答案多半就在前几条里，于是反问。",
                "It was not sure enough (below \(threshold)), but the answer was probably among the best, so it asked back.")
        case .unsure: say("没有足够接近的知识。", "Nothing it knows came close enough.")
        case .exhausted: say("连续几次没答上来，不再让客户多等。", "It had failed as many times in a row as a customer is asked to bear.")
        case .asked: say("客户要求人工。", "The customer asked for a person.")
        case .anger: say("客户情绪激动，立刻转给人。", "The customer was upset: such a customer goes to a person at once.")
        case .complaint: say("客户要投诉，立刻转给人。", "The customer complained: such a customer goes to a person at once.")
        case .urgent: say("属于紧急话题，不回答，直接呼叫值班同事。", "It was about an urgent topic: the person on call was to be paged.")
        case .forbidden: say("属于禁止机器人回答的话题。", "It was about a topic that the bot must not answer.")
        case .held: say("属于要先审核的话题，答案先交同事核对。", "It was about a topic whose answers a colleague checks first.")
        case .approved: say("答案经同事核对后发出。", "A colleague approved the answer.")
        case .edited: say("同事核对时改过措辞，发出的是改后的内容。", "A colleague approved the answer in other words.")
        case .smallTalk: say("寒暄、致谢或告别，不需要知识。", "A greeting, thanks or a goodbye: no knowledge was needed.")
        case .flow: say("流程里的一步。", "A step of a flow.")
        case .gone: say("客户点的条目已撤下或过期。", "The entry that the customer tapped had been withdrawn or had expired.")
        case .notice: say("固定的提示语，不是对提问的回答。", "A fixed sentence that answers no question.")
        }
    }

    private func kept(_ explained: Explained) -> [String] {
        var lines = [
            check(
                explained.isLinked, "记录与当初写下的一致，接在本会话的上一条之后", "the record is as it was written, after the one before it",
                "记录被改动过，或上一条已不在", "the record was changed, or the one before it is gone"),
            check(explained.saidIsSame, "说出的话没有变过", "the words said are unchanged", "说出的话被改动过", "the words said were changed"),
        ]
        if let isSame = explained.askedIsSame {
            lines.append(check(isSame, "客户的提问没有变过", "the question is unchanged", "客户的提问被改动过", "the question was changed"))
        } else if explained.grounds?.question != nil {
            lines.append(mark(nil) + say("客户的提问已删除", "the question is gone"))
        }
        guard let isSealed = explained.isSealed else {
            return lines + [mark(nil) + say("还没有封入审计日志（每小时一次）", "not yet sealed in the audit log (every hour)")]
        }
        let line = explained.evidence.seal ?? 0
        return lines + [
            check(
                isSealed, "已封入审计日志第 \(line) 行，完好", "sealed in line \(line) of the audit log, which fits", "与审计日志第 \(line) 行的封印不符",
                "the seal in line \(line) of the audit log does not fit")
        ]
    }

    private func again(_ explained: Explained, _ grounds: Grounds) -> [String] {
        switch explained.model {
        case .noneTookPart: return [mark(nil) + say("由规则决定，没有用到模型", "a rule decided; no model took part")]
        case .historyMissing(let revision):
            return [
                mark(nil)
                    + say(
                        "知识第 \(revision) 次修订时的内容没有保存，无法重算",
                        "what was published at revision \(revision) was not kept: it cannot be worked out again")
            ]
        case .again(let again): return figures(explained, grounds, again)
        }
    }

    private func figures(_ explained: Explained, _ grounds: Grounds, _ again: Explained.Again) -> [String] {
        let revision = again.digest.revision
        var lines = [
            check(
                explained.lessonsAreSame, "重新学习了第 \(revision) 次修订的 \(again.entries) 个条目，内容相同",
                "learnt the \(again.entries) entries of revision \(revision) again: the same lessons",
                "第 \(revision) 次修订的 \(again.entries) 个条目与当时学的不同：知识的历史版本被改动过",
                "the \(again.entries) entries of revision \(revision) are not those learnt then: kept versions were changed")
        ]
        if explained.lessonsAreSame == true {
            // Another processor or version rounds differently: the figures below decide.
            lines.append(
                mark(explained.weightsAreSame == true ? true : nil)
                    + (explained.weightsAreSame == true
                        ? say(
                            "模型摘要相同：\(Self.head(again.digest.weights))",
                            "the same model, to the last bit: \(Self.head(again.digest.weights))")
                        : say(
                            "模型摘要不同（换了处理器或程序版本），以下面的数字为准",
                            "another digest of the weights (another processor or version): the figures below count")))
        }
        guard explained.question != nil else { return lines }
        return lines + [
            compared(explained.scoreIsSame, "得分", "score", grounds.score, again.score),
            compared(explained.confidenceIsSame, "置信度", "confidence", grounds.confidence, again.confidence),
        ]
    }

    private func compared(_ isSame: Bool?, _ chinese: String, _ english: String, _ then: Double?, _ now: Double?) -> String {
        let (then, now) = (then.map(Self.figure) ?? "–", now.map(Self.figure) ?? "–")
        return check(
            isSame, "\(chinese)重算相同：\(now)", "the same \(english) again: \(now)", "\(chinese)重算不同：当时 \(then)，现在 \(now)",
            "another \(english): \(then) then, \(now) now")
    }

    private func check(_ holds: Bool?, _ chinese: String, _ english: String, _ chineseNo: String, _ englishNo: String) -> String {
        mark(holds) + (holds == false ? say(chineseNo, englishNo) : say(chinese, english))
    }

    private func mark(_ holds: Bool?) -> String { holds.map { $0 ? "  ✓ " : "  ✗ " } ?? "  – " }

    private static func figure(_ value: Double) -> String { String(format: "%.4f", value) }
    private static func head(_ digest: String) -> String { String(digest.prefix(16)) + "…" }

    private static func short(_ text: String) -> String {
        let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        return line.count > 200 ? line.prefix(200) + "…" : line
    }

    private static func time(_ moment: Timestamp) -> String {
        Date(timeIntervalSince1970: Double(moment.milliseconds) / 1000).formatted(.iso8601)
    }
}
