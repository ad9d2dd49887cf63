import Knowledge

/// What people also say to a bot and hardly any company's knowledge answers. Written for this project.
///
/// It keeps common words (how do I, can you, 怎么, 可以) from counting as evidence in a small knowledge base.
enum Background {
    static func sayings(_ language: Language) -> [String] {
        let text =
            switch language {
            case .chinese: chinese
            case .english: english
            }
        return text.split(separator: "\n").map(String.init)
    }

    private static let chinese = """
        今天天气怎么样
        明天会下雨吗
        现在几点了
        今天是几号星期几
        给我讲个笑话吧
        你会唱歌吗
        你叫什么名字
        你多大了
        你是男生还是女生
        你是真人还是机器人
        你喜欢吃什么
        你在干什么呢
        我有点无聊陪我聊聊天
        我今天心情不好
        我失恋了怎么办
        帮我写一首诗
        帮我写一篇作文
        可以帮我写代码吗
        这道数学题怎么做
        一加一等于几
        红烧肉怎么做好吃
        晚饭吃什么比较好
        附近有什么好吃的餐厅
        推荐一部好看的电影
        最近有什么好看的电视剧
        推荐几首歌给我听
        昨天的足球比赛谁赢了
        下一届世界杯在哪里举办
        明天股票会涨吗
        现在买房子合适吗
        黄金价格是多少
        人民币兑美元汇率是多少
        彩票开奖号码是什么
        我头疼应该吃什么药
        感冒了要不要去医院
        怎么才能减肥
        失眠睡不着怎么办
        怎么学好英语
        这个单词用英语怎么说
        帮我翻译一下这句话
        北京到上海有多远
        去机场怎么走
        帮我订一张去广州的火车票
        帮我订个酒店房间
        哪里有停车场
        地铁几点停运
        中国有多少人口
        世界上最高的山是哪座
        月亮为什么会发光
        谁发明了电话
        唐朝是哪一年建立的
        总统是谁
        天空为什么是蓝色的
        狗为什么不能吃巧克力
        猫生病了怎么办
        孩子不听话怎么办
        高考成绩什么时候出来
        研究生怎么报名
        怎么办理护照
        身份证丢了去哪里补办
        怎么交社保
        个人所得税怎么算
        手机死机了怎么重启
        电脑开不了机
        微信怎么删除好友
        怎么下载这个游戏
        游戏打不过去怎么办
        你觉得我好看吗
        你有女朋友吗
        我爱你
        你真聪明
        你真笨
        随便说点什么
        哈哈哈哈
        嗯嗯
        好吧
        没什么
        我不知道
        那我该怎么说呢
        你能做什么
        你知道我是谁吗
        可以告诉我为什么吗
        有没有什么办法
        我想问一下
        请问一下有个问题
        麻烦帮我看一下
        能不能帮帮我
        这个怎么弄
        那个是什么意思
        为什么会这样
        什么时候可以
        多少钱可以
        我要去旅游有什么推荐
        怎么做蛋糕
        咖啡和茶哪个好
        星座运势怎么样
        帮我算一下命
        闹钟怎么设置
        帮我打个电话给妈妈
        打开客厅的灯
        播放音乐
        声音大一点
        明年春节是哪一天
        有什么新闻
        你们老板是谁
        这个世界上有外星人吗
        人为什么要睡觉
        怎么种番茄
        汽车轮胎多久换一次
        油价又涨了吗
        空气质量怎么样
        附近的银行在哪里
        水电费怎么交
        怎么考驾照
        我的车被拖走了怎么办
        帮我查一下快乐的近义词
        写一段自我介绍
        怎么追女孩子
        结婚需要准备什么
        租房要注意什么
        """

    private static let english = """
        what's the weather like today
        is it going to rain tomorrow
        what time is it now
        what day is it today
        tell me a joke
        can you sing a song
        what's your name
        how old are you
        are you a boy or a girl
        are you a real person or a robot
        what do you like to eat
        what are you doing right now
        i'm bored let's chat
        i feel sad today
        my girlfriend left me what should i do
        write me a poem
        write an essay about spring
        can you write code for me
        how do i solve this equation
        what is two plus two
        how do i cook a roast chicken
        what should i have for dinner
        any good restaurants nearby
        recommend a good film
        what should i watch on tv tonight
        play some music for me
        who won the football game last night
        where is the next world cup
        will the stock market go up tomorrow
        is it a good time to buy a house
        what's the price of gold
        what is the exchange rate of the dollar
        what were the winning lottery numbers
        i have a headache what should i take
        should i see a doctor about my cold
        how can i lose weight
        i can't sleep at night
        how do i learn spanish
        how do you say hello in french
        translate this sentence for me
        how far is it from paris to london
        how do i get to the airport
        book me a train ticket to berlin
        find me a hotel room for tonight
        where can i park my car
        when does the last subway run
        how many people live in china
        what is the highest mountain in the world
        why does the moon shine
        who invented the telephone
        what year did the war end
        who is the president
        why is the sky blue
        can dogs eat chocolate
        my cat is sick
        my kid won't listen to me
        when do exam results come out
        how do i apply to university
        how do i renew my passport
        i lost my driving licence
        how is income tax calculated
        how do i file my taxes
        my phone froze how do i restart it
        my computer won't turn on
        how do i delete a friend on facebook
        how do i download this game
        i can't beat this level
        do you think i'm pretty
        do you have a girlfriend
        i love you
        you are so smart
        you are stupid
        say something
        hahaha
        okay
        never mind
        i don't know
        what should i say
        what can you do
        do you know who i am
        can you tell me why
        is there any way
        i want to ask you something
        i have a question for you
        could you please have a look
        can you help me with this
        how does this work
        what does that mean
        why is it like this
        when can i do it
        how much does it cost to live there
        i'm going on holiday any suggestions
        how do i bake a cake
        is coffee better than tea
        what does my horoscope say
        set an alarm for seven in the morning
        call my mother
        turn on the lights in the living room
        turn the volume up
        remind me to buy milk
        when is easter next year
        what's in the news
        who is your boss
        do aliens exist
        why do people need sleep
        how do i grow tomatoes
        how often should i change my tires
        how much is gas these days
        what is the air quality today
        where is the nearest bank
        how do i pay my electricity bill
        how do i get a driving licence
        my car was towed
        what's another word for happy
        write a short introduction about me
        how do i ask someone out
        what do i need for a wedding
        what should i look for when renting a flat
        how do you spell necessary
        what is the capital of australia
        who wrote this song
        how many calories are in an apple
        what is the meaning of life
        i need to find my car keys
        can you read my messages
        what is the square root of nine
        do i have any meetings today
        add bread to my shopping list
        """
}
