import Bot
import Testing

@Suite struct HumanRequestTests {
    @Test(arguments: [
        "转人工", "转 人 工", "人工", "人工客服！", "我要找真人", "能不能换个人跟我说", "别机器人了 叫个客服来", "给我转接客服专员", "有没有活人",
        "我要跟你们经理说话", "人呢 找个人来", "人工人工人工", "你听不懂 换人工", "麻烦转一下售后人员", "帮我转人工吧", "为什么不给我转人工", "请安排人工处理",
        "talk to a human", "I want to speak to an agent", "Real person please", "connect me to customer service",
        "can I talk to someone",
        "get me a representative", "agent", "agent please", "I'd like an agent please", "put me through to somebody",
        "Is a human around?",
        "zhuan ren gong", "zhuan rengong", "rengong kefu",
    ])
    func `a person is asked for`(text: String) {
        #expect(HumanRequest.isMade(in: text))
    }

    @Test(arguments: [
        "人工智能是什么", "不用转人工", "先别给我转人工，我再看看", "你们的人工费怎么收", "这个是手工还是人工做的", "人工宝石保真吗", "客服电话是多少",
        "是真人模特拍的吗", "安装需要人工吗", "你是真人吗", "人工客服几点上班", "找人代付可以吗", "转卖给别人可以吗", "收件人换个人可以吗", "服务员多少钱一小时",
        "agent price for resellers", "is this handmade by a person", "human hair wig in stock?",
        "do you have a representative office in Berlin",
        "how many people fit in this tent", "I don't want to talk to a person", "no need for an agent", "are you a real person",
        "when does customer service close", "is anyone there at the weekend", "",
    ])
    func `no person is asked for`(text: String) {
        #expect(!HumanRequest.isMade(in: text))
    }

    @Test(arguments: [
        ("你好", SmallTalk.greeting), ("hello", .greeting), ("在吗？", .greeting), ("谢谢你们", .thanks),
        ("Thanks, that was quick", .thanks),
        ("再见", .goodbye), ("bye!", .goodbye), ("好的", .agreement), ("OK", .agreement), ("你是谁", .identity),
        ("are you a bot?", .identity),
        ("🙂", .wordless), ("？？？", .wordless),
    ])
    func `politeness is recognised`(text: String, talk: SmallTalk) {
        #expect(SmallTalk(text) == talk)
    }

    @Test(arguments: ["你好，怎么退货", "谢谢，那运费谁出呢", "hi, where is my order", "thanks, but how do I return it", "好的那什么时候发货", "12345678"])
    func `a question wrapped in politeness is a question`(text: String) {
        #expect(SmallTalk(text) == nil)
    }
}
