import Foundation
import Knowledge

/// Tells whether a customer is angry or complains: such a customer wants a person, not an answer. Rules first, with what only sounds
/// angry (垃圾袋, angry birds, a question about the complaints procedure) taken out; then a small linear model for what no rule says.
package enum Anger: String, Hashable, Sendable, CaseIterable {
    /// Insults, curses, bitter words.
    case anger
    /// Complains, or says that others will hear of it.
    case complaint

    /// Longer messages are judged by their first and last words.
    private static let longest = 400

    /// Nil where the customer is calm.
    package static func heard(in text: String) -> Anger? {
        let tidy = Wording.tidy(text, atMost: longest)
        let isHan = tidy.unicodeScalars.contains(where: \.isHan)
        let rest = isHan ? ChineseAnger.innocent.removed(from: tidy) : EnglishAnger.innocent.removed(from: tidy)
        return byRule(rest, isHan: isHan) ?? (TemperModel.anger.holds(of: rest) ? .anger : nil)
    }

    /// A Chinese sentence may hold English curses.
    private static func byRule(_ text: String, isHan: Bool) -> Anger? {
        let dense = text.filter { !$0.isWhitespace }
        if isHan, ChineseAnger.complaint.occurs(in: dense) { return .complaint }
        if isHan, ChineseAnger.isHeard(in: dense) { return .anger }
        guard text.unicodeScalars.contains(where: { $0.isASCII && $0.properties.isAlphabetic }) else { return nil }
        if EnglishAnger.complaint.occurs(in: text) { return .complaint }
        if EnglishAnger.isHeard(in: text) { return .anger }
        return !isHan && Pinyin.isPinyin(text) && PinyinAnger.isHeard(in: dense) ? .anger : nil
    }
}

enum ChineseAnger {
    static let innocent = Pattern(
        #"(投诉|举报)(和|与|及)?(建议|电话|热线|渠道|入口|处理|流程|部门|邮箱|中心|须知|记录|进度|率|箱|平台|页面|方式|规则|一般|需要|多久|怎么|在哪|按钮|功能|信|单|的?(电话|入口|地址|流程|结果))|(怎么|如何|哪里可?以?|在哪里?|哪儿|去哪|可以|能|能不能|不会|不想|不用|不要|没有?|取消|撤销|撤回)(投诉|举报)(?!你|他|她|这|那|客服|快递|商家|卖家)|(举报|投诉)[^，。！]{0,8}(入口|在哪|怎么操作)|(12315|12345|消协|消费者协会|工商局?|市场监管局?|律师|法院)的?(电话|地址|网站|官网|咨询|函怎么|费|证|是什么|是多少|在哪|怎么走)[^，。！]*|垃圾(袋|桶|处理器|处理|分类|箱|车|篓|盘|食品|邮件|短信|清理|回收|站|筐|铲|夹|佬|带|文件)|破(壁机|洞|浪|冰|晓|茧|译|解|产|案|费|损|碎|裂|皮|口)|骗子(酒馆|公会|游戏|桌游)|防(骗|诈骗|欺诈)|(有|多少|几个|看到|没有?|把|原来的?)差评|差评(可以|能|怎么|改|删|回复|多|率|在哪|有没有|吗)|(生气|愤怒|气人|烦人|失望|无语|疯狂|离谱|恶心)的?(猫|小?熊|小鸟|鸟|兔|表情|贴纸|玩偶|抱枕|动物城|良师|公仔|狗|玩具|石头|鱼)|报警(器|灯|声|音|系统|功能|装置|电话|按钮)|滚(筒|动|轮|烫|珠|轴|刷|石|边|子|床)|(头晕|恶心)(想吐|呕吐|反胃|怎么办|是)|(味道?|气味|闻着|吃了|喝了).{0,3}恶心(吗|不)|(黑店|坑爹|坑人|流氓|混蛋|垃圾|神经病)(牌|兔|猫|t恤|卫衣|帽子|的?歌|这本书|周边)|妈妈|妈咪|宝妈|太(差|烂)异|欺负.{0,3}(故事|绘本)|奸商(游戏|卡牌)|(不|没)(生气|失望|着急生气)|离谱的?(优惠|便宜)|态度(怎么样|如何|好不好|好吗)|坑(位|洞)|(被骗|诈骗)(险|保险)|气死风灯|火大(小|了还是)"#
    )

    static let complaint = Pattern(
        #"^投诉[！!。.，,~]*$|投诉(你|他们?|她|它|这|那|贵|客服|快递|商家|卖家|店|态度|到底|无门|定了|一下|到|给|[！!。，,]|$)|(举报|控告|起诉|告发)(你|他们|这|那|贵|商家|卖家|店|[！!。，,]|$)|(我|要|去|想|就|必须|准备|马上|直接|坚决|一定|只能|现在|已经|正式|打算|会|保留)(投诉|举报|起诉|维权|曝光|告你|差评|打官司|追究)|告(你们|到|上法)|(找|去|打|向|联系|上|到|打电话给)(了|给|过|你们)?(12315|12345|消协|消费者协会|工商|市场监管|媒体|法院|律师|记者|黑猫|电视台|315|派出所)|(法庭|法院)上?见|走法律|法律(途径|武器|手段)|发律师函|打官司|报警|曝光|(给|打|留|写|必须|直接|果断|统统|一律)(你们?|个|你们一个|你们个)?(差评|一星|负分|零分)|^差评[！!。，,.]*|差评[！!]|(要|给|讨)(我|大家|消费者)?(一|个|一个)?(说法|交代|解释$)|(必须|要求|给我|立刻|向我|公开|欠我).{0,3}(赔礼)?道歉"#
    )

    static func isHeard(in text: String) -> Bool {
        [insults, moods, reproaches, waits, shouts].contains { $0.occurs(in: text) }
    }

    private static let insults = Pattern(
        #"(什么|这|这种|就这|一群|一帮|你个|你们这)(个|些|种|家)?(破|垃圾|烂|鬼|狗屁|屁|辣鸡|黑心|坑人|坑爹|骗人|傻|骗钱)的?(东西|玩意|公司|店|平台|系统|软件|app|服务|质量|客服|快递|产品|态度|网站|售后|机器|商家|卖家|活动|规定|规则|物流|货|$)|什么(玩意|态度|鬼东西|垃圾|破)|(垃圾|烂|辣鸡|拉圾|破|黑心|无良|不要脸|狗屁|坑人|坑爹|骗人|骗钱|流氓|无赖)的?(服务|公司|店铺?|平台|系统|软件|app|产品|客服|快递|商家|卖家|质量|售后|东西|玩意|态度|店家|物流|网站|机器人|条款)|(太|真是?|真他妈|就是|简直|全是|都是|一堆|一群|一帮|纯|是)个?(个|一个|一群|一帮|一家)?(垃圾|骗子|流氓|无赖|废物|奸商|强盗|畜生|智障|傻子|白痴|土匪|骗局|黑店|废品)|傻[逼x叉b比]|煞笔|[草操艹日]你|(?<![送给和])你妈|尼玛|[他特]妈|特么|tmd|nmsl|滚(蛋|开|粗|远|吧|！|，|。|$)|^滚|去死|妈的|我靠|卧槽|王八|混蛋|脑残|脑子有(病|问题|坑)|有病(吧|啊|是吧|吗)|神经病|要不要脸|不要脸|要(点)?脸(吗|不|$)|没脸|缺德|丧尽天良|狗东西|丢人现眼|(客服|你们?|都)是?(死|瞎|聋|哑|傻|木头|摆设|饭桶)(的|了)?(吗|吧|啊|$)|死(哪|到哪)(去|里)|^(垃圾|骗子|坑|烂|呸|废物|奸商|黑店)[了啊！!。,，~～]*$|垃圾[！!]|纯垃圾|垃圾死了|(老子|老娘)|也(敢|好意思|有脸|配)(卖|收|叫|开店|要好评)"#
    )

    private static let moods = Pattern(
        #"气(死|炸|疯|得|愤|坏了)|愤怒|火大|恼火|发火|窝火|冒火|来气|(很|非常|特别|真的?|已经|好|超|十分|越来越|让人?|太让人?|令人?|人|我)(生气|恼火|失望|无语|郁闷|闹心|恶心|气人|烦人|寒心|心寒|糟心|憋屈|火大|无奈透)|生气了|(受|忍)够|受不了(你们|了|这)|忍(无可忍|不了|不下去|到头)|烦(死|透)|(我|人|都|快|要)(都|要|快)崩溃|无语(了|死|至极|透顶|$|[！，。!,])|失望(透顶|至极|透了|极了|了|$|[！，。!,])|寒心|心寒|(太|真|实在|简直|这也太|有点太).{0,2}(过分|差劲|欺负人|坑人|坑了|气人|恶劣|糟糕|烂了|垃圾|不像话|恶心|荒唐|可笑|扯|无耻|敷衍|不负责|离谱|憋屈|失望|欺负|黑心|不要脸|差了|差！|差$)|差劲|糟透|烂透|糟糕透|(差|烂|慢|恶心|坑)(到|得)(家|离谱|不行|没边|极点|要死|要命|令人)|离谱(了|至极|$|[！，。!,])|不像话|岂有此理|莫名其妙|可恶|可恨|混账|扯淡|胡扯|^(恶心|气人|什么鬼|过分|太过分|离谱|无语|可恶|靠|无良|失望)[了啊！!。,，~～]*$|恶心(死|人|透|坏)|后悔(死|买|在你|选|来你)|再也不(买|来|会|用|信|想)|(以后|永远|绝对|绝不|再不)(都)?(不会再|不再|不)(会)?(买|来|用|光顾|下单)|(我|一生)(黑|拉黑)|欺人太甚|倒了?(八辈子|大?血)?霉"#
    )

    private static let reproaches = Pattern(
        #"忽悠|糊弄|敷衍|推(卸|诿|来推去|三阻四|脱责|给别人)|踢(来踢去的)?皮球|互相(推|踢)|扯皮|耍(我|人|赖|流氓|无赖|猴|着玩|消费者)|玩(我|人|消费者)(呢|吗|啊|$)|坑(人|爹|钱|我|消费者|死|货|顾客)|欺(骗|诈)|欺负(人|我|消费者|顾客|老实)|店大欺客|霸王条款|骗(人|钱|我|子|消费者|局|了我|顾客)|上当|被(骗|坑|耍|宰|忽悠)|虚假(宣传|发货|广告)|(想|打算|要)?赖(账|掉)|不认账|黑心|奸商|无良|没(有)?良心|昧着?良心|良心(被狗|呢|不会痛)|当(我|我们|人|消费者|顾客)?(是)?(傻|白痴|猴|冤大头|韭菜|空气|皮球|不存在|弱智)|冤大头|割韭菜|说话不算|言而无信|出尔反尔|不守信|没(有)?(信用|诚信)|不讲(理|道理|信用|诚信|信誉)|不负责任|没(有)?责任心|不作为|干(什么|啥|嘛)吃的|吃(干饭|屎|白饭)|态度(极其|特别|非常|很|太|真|这么|那么|十分|极度|极|实在|巨|超)?(恶劣|差|不好|傲慢|冷漠|嚣张|蛮横|敷衍|强硬|烂)|(这|这叫|就这|算|这是|你们)(什么)?(服务)?态度|凭(什么|啥)(?!保修|领|取|入|进|换|兑|报销|报名|退货|证|登记)|有完没完|没完没了|(说|听不懂|讲点?)人话|别再?.{0,5}(糊弄|敷衍|复制粘贴|骗我|忽悠|推脱|废话)|少(废话|来这套|跟我|糊弄)|废话|浪费(我|大家)?的?(时间|钱|感情|生命)|第一次(见|遇到|碰到|遇见)(到)?(这么|这样|如此)|没见过(这么|这样|如此)|什么(意思|情况)[啊呀？?！!]{0,2}$(?<=不.{1,12})|(就|是)(这样|这么)(做生意|对待|服务|糊弄)|(会|能)不能(干|做)(了|生意|就别)|不(想|会)(干|做)(就|了)|倒闭|关门(吧|大吉)|(对|对于).{1,14}(极?不满(?!\d|足|减)|失望)|(非常|很|极其|极度|十分|强烈|特别|严重|相当)不满(?!\d|足|减)|强烈(谴责|抗议|不满|要求)|(良好|职业)?道德(败坏|沦丧)|(霸道|蛮横|流氓)(行为|作风)"#
    )

    private static let waits = Pattern(
        #"没(有)?人(管|理|回(?!家|收)|接(电话|听)|处理|负责|搭理|解决|吱声|吭声)|(没|无)人(问津|搭理)|(等|拖|催|问|打|说|过|都|反馈|联系|跑|耗)(了|过)?.{0,8}(天|周|星期|月|小时|钟头|遍|次|回|电话|上午|下午|年|趟|久|晚上).{0,10}(没人|不理|不管|不回(?!收)|不处理|不解决|没(给我)?(处理|解决|结果|回音|反应|说法|下文)|没用|算什么|什么意思|想怎样|干什么|搞什么|都不|敷衍我|推(来|脱|诿|三)|耍我|还要我)|到底(管不管|处不处理|能不能(解决|处理|给)|想(怎样|怎么样|干嘛|干什么)|要(等|拖)(到|多久|我)|还要(我)?(等|催|拖)|有没有人|发不发|退不退|解不解决|怎么回事[！!]|行不行|还(退|发|管))|猴年马月|什么时候是个头|一拖再拖|拖拖拉拉|一推再推|拖(到|着).{0,3}(什么时候|何时|不(办|退|发|解决|处理|给))|(还|你们)要(拖|耗|磨)(到|多久|我)|等(到)?(花|天荒|头发都|死|得)|(说好|承诺|答应|保证)(的|了|过)?.{0,14}(呢[？?，！!]|骗|忽悠|不算|食言|反悔)|装(死|聋|傻|作看不见|没看见)|爱(理不理|答不理|搭不理)|不(闻不问|理不睬|管不顾|了了之)|石沉大海|(一直|老|总|又|天天|整天)(在)?(敷衍|推|拖|骗|耍|糊弄)|(都|这都|已经).{0,6}(天|周|星期|月|小时|年)了.{0,8}(干什么|搞什么|什么(意思|效率)|像话|到底|吃)|搞(什么|毛|啥)(鬼|名堂|飞机|东西)?(啊|呢|吗|$|[！!？?])|什么(破)?效率"#
    )

    private static let shouts = Pattern(#"(?:[^！!]{2,}[！!]{3,}.*(差|烂|慢|退|骗|人|管|理|等))|？{3,}.*(人呢|管|理)|(人呢|回话|说话|回复|回答)[！!？?]{3,}"#)
}

enum EnglishAnger {
    static let innocent = Pattern(
        #"\bangry birds?\b|\brage (against|room|quit)\b|\bmad (max|men|hatter|libs|about)\b|\b(trash|garbage|rubbish|junk) (bag|bags|can|cans|bin|bins|disposal|day|pickup|truck|mail|food|removal|collection|drawer)\b|\b(take|took|taking|taken) (out )?the (trash|garbage|rubbish)\b|\bcomplaints? (procedure|process|form|number|department|policy|desk|line|email|address|handling|page)\b|\b(how|where|who|can|could|may|what)\b( \w+'?\w*){0,5} (complain|complaints?)\b|\bworst[- ]case\b|\bhell's kitchen\b|\bhellboy\b|\b(scam|fraud|spam|theft) (protection|alert|alerts|call|calls|prevention|warning|department|insurance|detection|text|email)s?\b|\bcrazy (socks|golf|glue|horse|daisy)\b|\buseless (box|facts?|trivia|information)\b|\bsick (leave|day|days|pay|note|bag)\b|\bterrible twos\b|\bdamn yankees\b|\bsucks? (up|in|air|water|dust|dirt)\b|\bstupid (questions?|hoodie|joke|fact|pet)\b|\bunbelievable (deals?|prices?|offers?|savings?)\b|\bshit(ake)? (tzu|mushroom)s?\b|\bdumb ?bells?\b|\bdisappointed (if|in case)\b|\bnot (angry|mad|upset|disappointed|complaining|a complaint)\b|\b(is|are|was|does|do|if|whether)\b( \w+){0,4} (a )?(scam|scams|legit|terrible|horrible|awful|useless|bad|worst)\b.*\?|\b(reported|report|reporting)\b( \w+){0,3} (fraud|scam|theft|lost|stolen)\w*|\bpoor (quality )?(circulation|eyesight|sleep|man|boy|reception|connection|visibility)\b|\b(fury|rage|hate|wrath|anger|angry|furious)( \w+)? (helmet|edition|dvd|movie|game|album|comic|sticker|stickers|shirt|t-shirt|mask|management|book|emoji|poster|toy|plush|face)s?\b|\bkill bill\b|\b(tell|know|hear|say|another|good|best|funny|dad|some|any)( me| us)?( a| any| some| good| funny)* jokes?\b|^(please |can you |olly |hey )*(tweet|(send|post|write)( out)? (a |this )?(tweet|message|email|text)|message \w+|complaint on)\b.*|\bamerican idiot\b|\bfreaky\b"#
    )

    static let complaint = Pattern(
        #"\b(i|i'll|i'd|i'm|we|we'll|we're|going to|gonna|want to|like to|need to|have to|must|will|wish to|let me|about to)( \w+'?\w*){0,5} (complain|(file|make|lodge|submit|raise|register|put in|place|log|issue|open)( an?| another| this| my)?( \w+)? complaint)\b|\b(file|make|lodge|raise|register) a (formal |serious |official )?complaint (about|against|with|regarding)\b|\b(this|it|here) is (a|my) (\w+ )?complaint\b|^(formal |official |serious )?complaint\b(?! (about )?\w+ ?\?)|\bi('m| am)? complain(ing)? about\b|\b(report|sue|suing|reporting|expose) (you|your company|this company|your store|you guys|you people|your shop)\b|\b(better business bureau|bbb|trading standards|ombudsman|consumer protection|small claims|consumer rights|consumer affairs)\b|\b(my|a|our) (lawyer|attorney|solicitor)s? (will|is|are|would|has|have)\b|\b(contact|contacting|call|calling|get|getting|involve|speak to|talking to|hear from|hearing from)( \w+){0,2} (my|a|our) (lawyer|attorney|solicitor)s?\b|\b(take|taking|pursue|pursuing|threaten) (\w+ )?legal action\b|\b(take|taking|see) you (to|in) court\b|\bgo(ing)? to the (press|media|papers|police about you)\b|\b(one|1|zero|0)[- ]stars?\b( review| rating)?|\b(bad|negative|terrible|scathing|horrible|nasty) reviews? (about|of|for|on|everywhere|for) (you|your|this)|\b(leave|leaving|write|writing|post|posting|give|giving)( \w+){0,2} (bad|negative|terrible|scathing|horrible|nasty|one star) reviews?\b|\b(demand|expect) (an |a |my |to |that |some |immediate |full )?(\w+ )?(explanation|apology|refund|answers?|compensation|know|speak|action)\b|\bi demand\b"#
    )

    static func isHeard(in text: String) -> Bool { [moods, insults, verdicts, reproaches].contains { $0.occurs(in: text) } }

    private static let moods = Pattern(
        #"\b(i am|i'm|im|i feel|i was|we are|we're|makes? me|making me|made me|getting|really|so|very|extremely|beyond|absolutely|truly|deeply|utterly)( so| very| really| extremely| pretty| quite| totally| just| beyond| absolutely| getting| rather| seriously| truly| deeply| utterly| more than| fucking| bloody| increasingly| thoroughly| completely| a bit| super| incredibly)* (angry|furious|mad|livid|pissed( off)?|annoyed|frustrated|frustrating|irritated|outraged|fuming|disgusted|unhappy|dissatisfied|disappointed|disappointing|upset|infuriated|appalled|enraged|ticked off)\b|\b(angry|furious|livid|disgusted|appalled|unhappy|dissatisfied) (with|at|about|by) (you|your|this|the (service|way|support|quality|company))|\b(fed up|sick (and tired )?of (you|your|this|waiting|being|all|it|these|the|having|dealing)|had enough|had it with|tired of (this|waiting|you|your|being|these|having|chasing|all)|(losing|lost|out of|run out of|end of my|trying my)( my| all)? (patience|rope|tether)|at my wit'?s end|last straw|can'?t (take|stand|bear) (this|it|you)( any ?more)?|enough is enough|i hate (you|this (company|service|place|store|app|shop|website)|your|dealing)|blood (is )?boiling|(beyond|past) (frustrated|belief))\b"#
    )

    private static let insults = Pattern(
        #"\b(fuck\w*|f\*+\w*|wtf|(this|your|such|piece of|full of|load of|holy|the same) (\w+ )?shit\w*|shitty|bullshit|bs service|(this|your|of|such|complete|utter|total) crap|crappy|damn (company|bot|thing|refund|order|phone|money|service|website|app|package|job|parcel|well)|god ?damn|damn you|so damn|a damn|asshole\w*|bastards?|idiots?|idiotic|morons?|moronic|imbeciles?|screw (you|this|your)|piss off|bloody (hell|awful|useless|joke|ridiculous|terrible|idiots)|(what|who|why|where|how) (the|in) (hell|heck is (wrong|going on)|fuck)|go to hell|to hell with|son of a bitch|bitch|up yours|get lost|just shut up and|shut up and|(you|this|it|service|company|support|product|that|really|app|website|store|shop) (really |just |absolutely |totally )?sucks?|stupid (bot|company|robot|machine|replies|automated|people|system|policy|app|website|rules?|service|support|answers?|thing))\b|\b(dumb|stupid|useless|braindead|brainless|worthless) (ass )?(bot|company|robot|machine|people|system|app|website|service|support|staff|thing|piece)\b"#
    )

    private static let verdicts = Pattern(
        #"\b(ridiculous|unacceptable|outrageous|outrage|disgusting|disgraceful|disgrace|appalling|pathetic|atrocious|abysmal|shameful|shameless|unbelievable|scandalous|infuriating|inexcusable|unforgivable|deplorable|laughable|despicable|horrendous|shambles|farce|insulting|maddening|rip[- ]?off|con artists?|scammers?|crooks?|thieves|liars|fraudsters?|swindlers?|incompetent|incompetence|unprofessional|utter (rubbish|nonsense|garbage|waste))\b|\b(you|you guys|you people|you all|your \w+( \w+)?|this( \w+){0,2}|it|that|customer service|support|service|they|(the|the whole|this whole|my whole) \w+)('s|'re| is| are| was| were| has been| have been| feels like| looks like)( all| just| so| such| really| absolutely| completely| totally| utterly| beyond| truly| a| an| the| nothing but| very| pretty| bunch of| bunch| of| complete| total| absolute| utter| fucking| big| huge| giant| one big| simply| honestly| quite literally| plain| downright)* (useless|worthless|terrible|horrible|awful|trash|garbage|rubbish|junk|joke|scam|con|nightmare|disaster|liars|worst|rude|shocking|lousy|clueless|hopeless|disrespectful|dreadful|mess|shame|fraud|frauds|cheats|ridiculously slow|theft|robbery|insult|bad joke)\b|\b(what an?|such an?|total|complete|absolute|utter|big|huge|just an?|like an?) (\w+ )?(joke|scam|nightmare|disaster|mess|shame|rip ?off|farce|waste|disgrace|garbage|rubbish|load of|bunch of (crooks|liars|idiots|clowns|amateurs))\b|\b(worst|terrible|horrible|awful|lousy|crappy|rotten|shoddy|poor|dreadful|shitty|zero|shocking|bad|trash|garbage|rubbish|useless|dishonest|rude|non-?existent) (\w+ ){0,2}(service|support|experience|company|quality|staff|seller|treatment|agents?|workmanship|communication|company ever|store ever|purchase|shop ever|website ever|app ever)\b|\bworst\b.*\b(ever|life|seen|used|had|experienced|dealt)\b|\b(got|been|being|was|am|are|you|were|i've been) (just |totally |completely )?(scammed|ripped off|cheated|conned|robbed|lied to|duped|swindled|fooled|misled|deceived|scamming)\b|\bripp(ed|ing) (me|us|people|customers|everyone) off\b"#
    )

    private static let reproaches = Pattern(
        #"\b(nobody|no one|noone|none of you|not one of you|not a single person)( there| here| at your \w+| in your \w+| over there| even| ever| can| seems to| wants to| bothers? to| bothered to)* (cares?|cared|helps?|helped|repl\w+|answers?|answered|responds?|responded|gives? an?|gets? back|got back|picks up|picked up|listens|is (helping|answering|responding|replying|listening|doing)|has (replied|answered|responded|helped|bothered|called|got)|doing|knows what|do(es)? anything|take responsibility)\b|\bwhat('s| is| the hell is) (wrong|the matter) with (you|your|this company)\b|\bare you (kidding|serious|joking|deaf|blind|insane|out of your|people (deaf|serious|stupid)|guys (serious|kidding|stupid))\b|\byou('ve| have| guys| people| all)*( just| simply| clearly| have| deliberately| keep| kept| only)* (lied|lie|lying|cheated?|stole|steal|tricked|wasted|wasting|ruined|ignored|ignoring|robbed|scammed|misled|deceived|screwed|failed me|let me down|took my money|don'?t (even )?(care|give|listen))\b|\b(waste|wasted|wasting)( of| all| so much| enough| three| two| hours of| my| a lot of| more| any more)* (time|money|hours|morning|afternoon|day)\b(?! off)|\bstop (lying|ignoring|wasting|sending me (these|this|your|the same)|giving me|fobbing|copy|dodging|messing|stalling|making excuses)\b|\b(the )?run ?around\b|\bfobb(ed|ing) (me )?off\b|\bshame on\b|\bhow dare\b|\bdo your (damn |bloody )?jobs?\b|\b(second|third|fourth|fifth|sixth|seventh|tenth|hundredth|umpteenth|nth|millionth|\d+(th|rd|nd)) time (i|i've|i'm|i am|we|asking|in a row|today|this week)\b|\bhow many (more )?times (do|must|should|will|does) (i|one|somebody|a customer)( have to| need to| ask| tell| call| repeat| explain| write| say| contact| be)\b|\bgives? a (damn|shit|crap|toss)\b|\b(could|couldn't) care less\b|\b(still )?no (answers?|reply|replies|response|help|news|solution) (after|despite|whatsoever|at all)\b|\bwhy (is|are|does|do) (this|you|your|it|it taking|everything)( \w+){0,2} so (damn |fucking )?(slow|bad|useless|difficult|hard|incompetent|rude|terrible|long to (answer|reply|respond))\b|\b(never|not|won't|n't) (be |ever |going to )*(buy|buying|order|ordering|shop|shopping|use|using|come|coming|do|doing|return|deal|dealing|trust|spend|recommend)(ing)? (\w+ ){0,4}(again|from you|with you|here|this company|your company|you people|another (cent|penny|dollar))\b|\bnever again\b|\blost (you )?(a|another) (loyal )?customer\b|\bmy (money|refund)( back)?,? (now|immediately|right now|at once|right away|this instant)\b|\b(get|make|fix|sort) (your|this|it)( act| shit| mess| out)? (together|straight|now|once and for all)\b|\bexcuses?, excuses?\b|\b(nothing but|sick of|tired of|more|enough|no more|lame|pathetic) (excuses|lies|empty promises)\b|\b(empty|broken) promises\b|\bhow (hard|difficult) (can|could|is) it( to)?( be| to)?\b|\b(really|seriously)[?!]{2,}|\bi('ve| have) (asked|told|emailed|called|written|contacted|explained)( \w+){0,3} (ten|five|six|seven|eight|four|a dozen|a hundred|countless|several|many|\d+) times\b(?! .*\?)|\btreat(ed|ing)? (me|us|people|customers|your customers) (like|so) (\w+ )?(dirt|garbage|trash|idiots?|fools?|an? idiot|this way|badly)|\byou (dare )?call (this|that|yourself|yourselves) (an? |customer|service|support|quality|professional)|\b(absolute|complete|total|utter)(ly)? (useless|joke|garbage|rubbish|trash|nonsense|disaster|chaos|waste)\b"#
    )
}

enum PinyinAnger {
    static func isHeard(in text: String) -> Bool { bitter.occurs(in: text) }

    private static let bitter = Pattern(
        #"(woyao|yaoqu|wohui|jiushi)tousu|tousu(ni|nimen|kefu|shangjia)|^tousu[.!]*$|qisi(wo|ren|le)|fansi(wo|ren|le)|(shi|jiushi|doushi|quanshi)(ge)?(yiqun)?pianzi|^(da)?pianzi|pianqiande|pianren(de|$)|laji(de)?(fuwu|dian|kefu|gongsi|pingtai|dongxi|shangjia|chanpin|$)|shenmepo|shenmewanyi|podongxi|poxitong|shenmetaidu|tai(guofen|chajin|chale|exin|lan|keng|qifuren)|buyaolian|yaobuyaolian|^chaping|geichaping|gei(nimen)?chaping|^nimade|caonima|shabi|jianzhi(wuyu|laji)|exin(siwo|$)|renwukeren|shou(gou|buliao)(le|nimen)|shiwang(touding|jile)|meiren(guan|li|huifu)|wuliang|heixin|jianshang|zaiyebu(mai|lai)|gundan|huyou(wo|ren)|tipiqiu|haoshengqi|hen(shengqi|shiwang)"#
    )
}
