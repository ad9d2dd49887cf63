import Knowledge

/// What the bot says of its own accord. Several wordings for what comes up often, so that it does not sound like a record.
struct Phrases: Sendable {
    var language: Language
    /// Picks the wording: the same for the same moment, another for the next.
    let variant: Int

    private func pick(_ chinese: [String], _ english: [String]) -> String {
        let texts = language == .chinese ? chinese : english
        return texts[abs(variant) % texts.count]
    }

    func offer(mayHandOff: Bool) -> String {
        mayHandOff
            ? pick(
                ["您想了解的是下面哪一个？点一下就能看到；都不是的话，换个说法告诉我，或者直接说“转人工”。", "我想确认一下，您问的是不是其中一个？都不对的话，再多说两句，也可以说“转人工”。"],
                [
                    "Is it one of these? Tap it to see the answer. If not, put it another way, or say “agent” for a person.",
                    "I want to get this right – did you mean one of these? If none fits, tell me a bit more, or say “agent”.",
                ]
            )
            : pick(
                ["您想了解的是下面哪一个？点一下就能看到；都不是的话，换个说法告诉我。"],
                ["Is it one of these? Tap it to see the answer. If not, put it another way."]
            )
    }

    var asked: String {
        pick(
            ["好的，马上帮您转给同事。", "没问题，这就请同事来接。"],
            ["Of course – passing you to a colleague now.", "Sure, let me get a colleague for you."])
    }

    /// To an angry customer: no cheer, no argument.
    var sorry: String {
        pick(
            ["实在抱歉，让您遇到这样的事。我马上请同事来处理，前面的对话他都看得到，您不用再说一遍。", "对不起，这确实让人着急。我这就转给同事跟进，之前的情况他看得到。"],
            [
                "I'm sorry this has gone so wrong. I'm bringing in a colleague right now; they can see everything you've written.",
                "I'm sorry – you have every reason to be upset. A colleague takes over now and can read all of this.",
            ]
        )
    }

    var sorryAlone: String {
        pick(
            ["实在抱歉，让您不愉快了。这件事我记下了；现在没有同事在这里，请告诉我具体是哪一单、什么问题，我先尽力帮您。"],
            [
                "I'm sorry this has gone so wrong, and I've noted it. There is no colleague here at the moment: tell me what happened and I'll do what I can."
            ]
        )
    }

    var urgent: String {
        pick(
            ["这件事不能等，我正在呼叫值班同事，并把您排到了最前面，请不要离开。"],
            ["This can't wait: I'm calling the colleague on duty and have put you first in line. Please stay here."]
        )
    }

    var forbidden: String {
        pick(
            ["这个问题不该由我来答，我请同事帮您。"],
            ["That is not for me to answer. I'm bringing in a colleague."]
        )
    }

    var forbiddenAlone: String {
        pick(
            ["这个问题不该由我来答，这里暂时也没有同事；您的问题我记下了。"],
            ["That is not for me to answer, and no colleague is on this channel. I've made a note of it."]
        )
    }

    /// Honest about who answers.
    var checking: String {
        pick(
            ["这类问题的回答要先由同事核对。我已经把答案交给他看，核对好就发给您。"],
            [
                "A colleague checks answers like this one before I give them. I've passed mine on, and you'll have it as soon as it is checked."
            ]
        )
    }

    var unknown: String {
        pick(
            ["这个我怕说不准，帮您转给同事看一下。", "这个问题我还答不好，请同事来帮您。"],
            [
                "I'd rather not guess on this one – let me bring in a colleague.",
                "I don't have a good answer to that, so I'm passing you to a colleague.",
            ]
        )
    }

    var unknownAlone: String {
        pick(
            ["这个问题我还答不上来，我记下了。您可以换个说法再问问，或者问我别的。", "抱歉，这个我暂时不清楚，已经记下来了。换个问法试试？"],
            [
                "I don't know that one yet, and I've made a note of it. Could you try other words, or ask me something else?",
                "Sorry, I can't answer that yet – noted. Would you like to try putting it another way?",
            ]
        )
    }

    var nobodyToAsk: String {
        pick(
            ["这里目前由我来解答，暂时没有同事接听。您把问题告诉我，我尽力帮您。"],
            ["It's just me here at the moment, no colleague is on this channel. Tell me what you need and I'll do my best."]
        )
    }

    var gone: String {
        pick(["这条内容刚刚更新过，请再问我一次。"], ["That one has just been changed – please ask me again."])
    }

    func smallTalk(_ talk: SmallTalk, greeting: String?) -> String {
        switch talk {
        case .greeting:
            greeting ?? pick(["您好，请问有什么可以帮您？", "您好，我在的，您请说。"], ["Hello! What can I do for you?", "Hi there – how can I help?"])
        case .thanks:
            pick(
                ["不客气，有事随时找我。", "应该的，祝您一切顺利。"], ["You're welcome – I'm here if anything else comes up.", "My pleasure. Anytime."])
        case .goodbye: pick(["好的，再见，有需要随时来。"], ["Goodbye, and come back any time."])
        case .agreement:
            pick(
                ["好的，还有什么可以帮您？", "嗯，您还有别的问题随时说。"],
                ["Great. Anything else I can help with?", "Good. Just ask if there's something else."])
        case .identity:
            pick(
                ["我是智能客服，常见问题可以直接问我；需要真人时说“转人工”就行。"],
                ["I'm an automated assistant. Ask me anything you like, and say “agent” whenever you'd rather have a person."])
        case .wordless: pick(["我在的，请用一句话说说您的问题，我来帮您。"], ["I'm here. Tell me in a few words what you need, and I'll help."])
        }
    }
}
