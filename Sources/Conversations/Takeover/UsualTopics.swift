extension TakeoverRules {
    /// What holds until an administrator says otherwise.
    package static let usual = TakeoverRules(topics: [
        Topic(
            "账号异常 · Account trouble", .urgent,
            words: [
                "账号被盗", "帐号被盗", "账户被盗", "盗号", "号被盗", "账号异常", "账户异常", "异地登录", "不是我登录", "不是本人登录", "被盗刷", "盗刷", "密码被改",
                "钱被转走", "不是我买的", "不是我下的单", "my account was hacked", "account hacked", "got hacked", "been hacked",
                "account was compromised", "account has been compromised", "stole my account", "someone logged into my account",
                "unauthorized transaction", "unauthorised transaction", "unauthorized charge", "unauthorised charge",
                "unauthorized login", "i did not make this payment", "i didnt make this payment", "fraudulent charge",
            ]),
        Topic(
            "挂失 · Loss report", .urgent,
            words: [
                "挂失", "卡丢了", "卡丢失", "卡不见了", "存折丢了", "身份证丢了", "身份证丢失", "手机丢了", "手机被偷", "钱包丢了", "卡被偷", "丢了银行卡",
                "lost my card", "lost my bank card", "lost my credit card", "lost my debit card", "card was stolen",
                "card got stolen",
                "stolen card", "stole my card", "stole my phone", "my phone was stolen", "lost my wallet", "wallet was stolen",
                "block my card",
            ]),
        Topic(
            "紧急情况 · Emergency", .urgent,
            words: [
                "救命", "自杀", "不想活", "活不下去", "轻生", "受伤了", "烫伤了", "流血", "着火", "起火", "冒烟", "触电", "漏电", "爆炸了", "炸了", "中毒", "误食",
                "煤气泄漏", "燃气泄漏", "晕倒", "emergency", "suicide", "kill myself", "want to die", "caught fire", "is on fire",
                "started smoking", "smoke is coming", "sparks are coming", "got injured", "was injured", "is bleeding",
                "gas leak",
                "electric shock", "got electrocuted", "was poisoned", "exploded", "passed out",
            ], exceptions: ["炸了吗", "中毒保险", "紧急联系人", "emergency contact", "emergency kit", "emergency exit", "suicide squad"],
            reply: .init(
                chinese: "这件事很要紧，我已经在呼叫值班同事。如果有人身危险，请先离开现场，并立即拨打 110、119 或 120。",
                english:
                    "This is urgent and I'm calling the colleague on duty. If anybody is in danger, get to safety and call your emergency number first."
            )),
        Topic(
            "医疗诊断 · Medical diagnosis", .forbidden,
            words: [
                "诊断", "我得了什么病", "是什么病", "是不是癌", "是癌症吗", "该吃什么药", "吃什么药", "药吃多少", "用药剂量", "能停药吗", "开个处方", "diagnose",
                "diagnosis", "what disease do i have", "what illness do i have", "is it cancer", "which medicine should i take",
                "what medicine should i take", "what medication should i take", "what dose should i take",
                "should i stop taking my medication", "prescribe me",
            ], exceptions: ["故障诊断", "诊断仪", "诊断报告怎么下载", "error diagnosis", "diagnostic tool"],
            reply: .init(
                chinese: "病情判断和用药，我不能替医生给建议。我请同事来帮您；如果症状严重，请尽快就医或拨打 120。",
                english:
                    "I can't judge symptoms or advise on medicine; that takes a doctor. A colleague will help you. If it is serious, please seek medical care at once."
            )),
        Topic(
            "收益承诺 · Promise of yield", .forbidden,
            words: [
                "保本吗", "保不保本", "能保本", "保证收益", "收益保证", "稳赚", "一定赚", "会不会亏", "会亏吗", "亏了怎么办", "一定能涨", "推荐哪只股票", "买哪只基金",
                "guaranteed return", "guaranteed returns", "guarantee a profit", "guarantee the return", "risk free return",
                "will i lose money", "will i make money", "can i lose money", "which stock should i buy",
                "which fund should i buy",
            ],
            reply: .init(
                chinese: "收益和盈亏，我不能作任何承诺或预测。我请同事为您说明产品和风险。",
                english: "I can't promise or predict returns. A colleague will explain the product and its risks to you."
            )),
        Topic(
            "大额投资 · Large investment", .approval,
            words: ["大额投资", "大额转账", "大额理财", "large investment", "large transfer", "invest a large amount"]),
    ])
}
