import Foundation
import Knowledge

/// Tells whether a customer asks for a person in so many words. Rules first: what names a person but means a product
/// (人工智能, human hair) or declines one (不用转人工) is taken out; then a small linear model for what no rule says.
package enum HumanRequest {
    /// Longer messages are stories, and ask for a person in their first or last words.
    private static let longest = 400

    package static func isMade(in text: String) -> Bool {
        let tidy = Wording.tidy(text, atMost: longest)
        if isMadeInChinese(tidy.filter { !$0.isWhitespace }) || isMadeInEnglish(tidy) || isMadeInPinyin(tidy) { return true }
        return TemperModel.person.holds(of: isWithoutHan(tidy) ? englishRest(of: tidy) : chineseRest(of: tidy))
    }

    private static func isWithoutHan(_ text: String) -> Bool { !text.unicodeScalars.contains(where: \.isHan) }

    private static func chineseRest(of text: String) -> String {
        chineseDeclined.removed(from: chineseInnocent.removed(from: text))
    }

    private static func englishRest(of text: String) -> String {
        englishDeclined.removed(from: englishInnocent.removed(from: text))
    }

    private static func isMadeInChinese(_ text: String) -> Bool {
        guard text.unicodeScalars.contains(where: \.isHan) else { return false }
        let rest = chineseRest(of: text)
        return chineseAsked.occurs(in: rest) || chineseBare.occurs(in: rest)
    }

    private static func isMadeInEnglish(_ text: String) -> Bool {
        let rest = englishRest(of: text)
        return englishAsked.occurs(in: rest) || englishWanted.occurs(in: rest) || englishBare.occurs(in: rest)
    }

    private static func isMadeInPinyin(_ text: String) -> Bool {
        pinyinAsked.occurs(in: text.filter { !$0.isWhitespace })
    }
}

extension HumanRequest {
    private static let chineseInnocent = Pattern(
        #"(什么时候|几点|周末|节假日|晚上|国庆|春节|过年|放假|假期|期间).{0,6}(联系|找|能|有|上班).*|人工(客服|服务)?的?(上班|工作|在线|服务)?时间|(是|是不是|还是)(真人|人工|活人)(吗|么|还是|在回).*|人工(智能|费|成本|宝石|草坪|草皮|合成|养殖|降雨|授精|湖|岛|智慧|材料|皮革|钻石|味)|真人(模特|秀|版|实拍|拍|穿|照|cs|试|出镜)|(收件|收货|联系|付款|下单)人?换?个?人|客服(单|电话|热线|态度|工作时间|时间|几点)|(手工|机器)还是人工|人工还是(手工|机器)|找人(代付|代|帮|安装|取|拿)|换人(收|取|签|付)|(?<!我)需要(人工|真人)"#
    )

    private static let chineseDeclined = Pattern(
        #"(不用|不要|不需要|不必|不想|用不着|没必要|无需|无须|先别|别再?给?我?|没说要|没让)(你们?)?(给我|帮我|替我)?再?(转接?|接|换|找|叫|要|联系)?(到|成|个)?(人工|真人|客服|活人|人)(客服|服务)?|需要(人工|真人)(吗|么|嘛|安装|操作|费|来装)"#
    )

    private static let chineseAsked = Pattern(
        #"(转接?|接通?|换|找|叫|呼叫|连线|联系|要|请|安排|派|给我|帮我).{0,4}(人工|真人|活人|客服|坐席|座席|专员|售后人员|值班人员|工作人员)|人工(客服|服务|坐席|座席|台|咨询|接待|回复|处理)|真人(客服|服务|接待|回复|来|跟|和)|有(没有)?(活|真)人|(转接?|换|找|叫).{0,3}(经理|主管|领导|负责人|店长|老板)|(跟|和|同|让|要见)你?们?的?(经理|主管|领导|负责人|店长|老板)(说|聊|谈|讲|反映|来|沟通|接|出来)?|(换|找|叫|派)个?人(来|跟|和|说|聊|讲|谈|处理|服务|过来|接|$|。|，|！|吧)|转人|(跟|和)(真人|人)(说|聊|讲|谈|对话|沟通)|^(请|帮我|给我)?(转接?|接)(到)?(售后|售前|财务|技术|物流|销售)(部门?|的?人)?[！!。~吧谢]*$|(话务|接线|值班)(员|人员)(在|呢|吗|接|来)|(不想|不要|不愿|别让我)(再)?(跟|和|同|被)?(机器人?|ai|智能客服)(说|聊|回|对话|扯|沟通)|机器人(滚|走开|一边去|让开|闪开)|有(没有)?(人|同事|客服)能?(来)?(接|处理|帮我|回复|理我)(一下|吗|我)?|让你们的?(人|同事|客服)来"#
    )

    private static let chineseBare = Pattern(
        #"^[请快]?(人工|客服|真人|人工服务|转接|转人)+[，。！？!?.,~～吗吧呢啊呀哈在]*$|^(有人吗|有人在吗|有人没|有没有人[啊呀吗在]?|人呢)+[，。！？!?.,~～]*$"#
    )

    private static let englishInnocent = Pattern(
        #"\b(am i|are you|is this|is that|if (you|i|this)|you're|whether (you|i|this))( \w+){0,8} (person|human|people|someone)( or (a |an )?(bot|ai|robot|machine))?|\b(when|what time|until when|which days|what hours)\b.*|\b(anyone|anybody|someone) (there|here) (at|on|over|during) .*|human (hair|error|resources|rights|size|body|skull|form|made)|agents? (price|prices|pricing|discount|fee|fees|program|commission|code|login|portal|account)|representative (office|sample|price|photo|picture)|(cleaning|bleaching|travel|estate|shipping) agents?|how many (people|persons|humans)|(made|built|done|packed|painted) by (a |an )?(person|people|human|humans)|per person|(one|two|three|four|five|six|\d+) (person|people)|(another|other|different|third) person|customer service (hours|number|phone|email|address|opening)"#
    )

    private static let englishDeclined = Pattern(
        #"(don'?t|do not|no need|not necessary|rather not|never|without|instead of|stop)( \w+){0,6} (human|person|people|agent|representative|rep|operator|someone|somebody|staff|manager|supervisor)s?"#
    )

    private static let englishAsked = Pattern(
        #"\b(talk|speak|chat|talking|speaking|chatting|connect|connected|transfer|transferred|put me|switch|switched|hand me|pass me|escalate|forward me|redirect|route me|patch me)\b( \w+'?\w*){0,5} (human|humans|person|people|agent|representative|rep|operator|someone|somebody|staff|manager|supervisor|advisor|adviser|customer (service|support|care)|support team|team member|live chat|one of you)\b|\b(reach|contact|call)( \w+){0,2} (human|agent|representative|operator|support team|customer (service|support|care))\b|\b(can|could|would|will) (a |an )?(human|person|real person|somebody|someone|agent|manager|colleague)( please)? (call|ring|phone|contact|help|look|take over|check|answer|assist|reply)( me| at| into| this| back)?\b|\bi (need|want) a person[.! ]*$|\bis there an? (real|live|actual) (person|human)\b|\b(stop|no more|enough of|not) (the |a |with the |talking to a |these )?(bots?|robots?|machines?)( replies)?\b.{0,12}(human|person|agent|someone|real)"#
    )

    private static let englishWanted = Pattern(
        #"\b(want|need|like|prefer|get|give|send|find|have|see)( me| to have| to get| to see| to reach)?( a| an| the| some| your| any| you to get me a)?( real| live| actual| human| proper| customer service)*( human| agent| representative| rep| operator| manager| supervisor| real person| live person| actual person| human being| customer service)\b|\b(real|live|actual) (person|human|agent|people|support|chat)( please| now|$|[.!?])|\b(agent|human|operator|representative|person|manager|customer service),? (please|pls|now)\b|\bplease,? (a |an )?(agent|human|operator|representative|real person)\b|\bis (a|any) (human|real person|person|agent) (there|around|available|here)\b|\bis (there )?(anyone|anybody|somebody|someone) (there|here|real|alive)\b|\b(anyone|anybody) (there|real)\?*$"#
    )

    private static let englishBare = Pattern(
        #"^(an? )?(real |live |actual )?(agent|human|person|operator|representative|rep|customer service|customer support|live chat|support|human agent|human being)[ .!?]*$"#
    )

    private static let pinyinAsked = Pattern(
        #"(zhuan|jie|zhao|yao|huan|qie)(jie|huan|dao)?(ren|reng)gong|huan(ge)?ren(lai|gen|$)|rengong(kefu|fuwu)|(zhao|yao|huan|jiao)(ge)?(zhenren|rengong|kefu)|zhuan(jie)?kefu|^rengong[.!?]*$"#
    )
}
