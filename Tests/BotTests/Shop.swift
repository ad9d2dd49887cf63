import Bot
import Foundation
import Knowledge
import Testing

/// The demo shop's knowledge, and questions written for these tests: clear ones in other words than the phrasings,
/// and ones that no entry answers.
struct Shop {
    let language: Language
    let entries: [EntryContent]
    let matcher: Matcher

    init(_ language: Language, entries limit: Int = .max) throws {
        let pack = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Packs/demo/knowledge.\(language.rawValue).json")
        let preview = try ImportPreview(reading: [UInt8](try Data(contentsOf: pack)), as: .json)
        self.language = language
        entries = preview.good.prefix(limit).map(\.entry.content)
        matcher = Matcher(entries.map(Self.lesson), Hearing(language))
    }

    static func lesson(_ entry: EntryContent) -> Matcher.Lesson {
        Matcher.Lesson(phrasings: [entry.title] + entry.phrasings.list, answer: entry.answer)
    }

    func confidence(_ question: String) -> Double { Calibrator.shipped(language).confidence(matcher.match(question)) }

    func title(_ question: String) -> String? { matcher.match(question).candidates.first.map { entries[$0.lesson].title } }

    static let clear: [Language: [(question: String, title: String)]] = [
        .chinese: [
            ("你好，请问怎么申请退货呢", "退货规则"),
            ("台灯有几瓦呀", "静夜台灯的亮度、色温和护眼"),
            ("请问你们包邮吗", "运费和包邮"),
            ("快递单号在哪里看", "查物流、包裹到哪了"),
            ("我想把订单取消掉", "取消订单"),
            ("收货地址填错了可以修改吗", "修改收货地址或电话"),
            ("能不能开专用发票", "开发票"),
            ("密码忘记了怎么登录", "登录不上、忘记密码、换手机号"),
            ("会员积分可以怎么用", "会员等级和积分"),
            ("退款一般多久能到账呢", "退款多久到账"),
            ("台灯的保修期是几年", "保修期多久"),
            ("支持微信付款吗", "怎么下单、支持哪些付款方式"),
            ("可以寄到香港吗", "能不能寄到海外和港澳台"),
            ("下单后几天发货", "下单后多久发货"),
            ("我要注销账号", "注销账户和个人信息"),
            ("有没有优惠券可以领", "优惠、优惠券和套装价"),
            ("你们有实体门店吗", "门店地址和开门时间"),
            ("保温杯可以放洗碗机里洗吗", "保温杯能保温多久、怎么清洗"),
            ("杯子收到的时候碎了", "收到破损、少件或发错"),
            ("想换成别的颜色怎么换货", "换货、换颜色换尺寸"),
        ],
        .english: [
            ("hi, how can I return an item", "Returning something"),
            ("is the desk lamp bright", "Quiet Hours lamp: brightness, colour and eye comfort"),
            ("do you offer free shipping", "Shipping costs and free shipping"),
            ("where's my parcel right now", "Tracking a parcel"),
            ("please cancel my order", "Cancelling an order"),
            ("I typed the wrong delivery address, can I change it", "Changing the address or phone number"),
            ("could I get a VAT invoice", "Getting an invoice"),
            ("I forgot the password of my account", "Trouble signing in, forgotten password, new phone"),
            ("do my points expire", "Levels and points"),
            ("how long until I get my refund", "When a refund arrives"),
            ("how long is the warranty on the lamp", "How long the warranty is"),
            ("can I pay with paypal", "How to order and how to pay"),
            ("do you ship to hong kong", "Shipping abroad"),
            ("when does my order ship", "When an order ships"),
            ("how do I delete my account", "Closing an account and personal data"),
            ("is there a discount or a promo code", "Discounts, coupons and bundles"),
            ("where is your store", "The shop: address and opening times"),
            ("can the flask go in the dishwasher", "Flask: how long it keeps heat, and cleaning"),
            ("my flask arrived smashed", "Damaged, missing or wrong items"),
            ("I'd like to exchange it for another colour", "Exchanging for another colour or size"),
        ],
    ]

    static let unrelated: [Language: [String]] = [
        .chinese: [
            "明天北京会不会下雪", "给我推荐一本好看的小说", "怎么做糖醋排骨", "你觉得谁会赢得比赛", "一公里等于多少米",
            "地球到月亮有多远", "帮我写一份年终总结", "牙疼怎么办", "怎么考教师资格证", "附近哪里有加油站",
            "帮我把这段话翻译成日语", "最近有什么电影上映", "我家的狗不吃饭", "高铁票怎么改签", "怎么学游泳",
        ],
        .english: [
            "will it snow in boston tomorrow", "recommend me a good novel", "how do I make pancakes",
            "who will win the match tonight",
            "how many metres are in a mile", "how far away is the moon", "write a summary of my year", "my tooth hurts",
            "how do I become a teacher", "where is the nearest gas station", "translate this paragraph into japanese",
            "which movies are out this week", "my dog won't eat", "can I change my train ticket", "how do I learn to swim",
        ],
    ]
}
