"""Pages of papers with different habits, all written for this project: the harbour town 望潮 and its people.

`Expected` says what a page holds; a byline is written "role title name" with "-" for an empty part, a join as the
characters on both sides of the mended break, "左|右".
"""

from dataclasses import dataclass, field

from articles.intake.notes import Doubt


@dataclass(frozen=True)
class Expected:
    kind: str
    headline: str
    kicker: str = ""
    deck: str = ""
    dateline: str = ""
    bylines: tuple[str, ...] = ()
    subheads: tuple[str, ...] = ()
    paragraphs: int = 1
    joins: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True)
class Sample:
    name: str
    text: str
    stories: tuple[Expected, ...]
    remainder: tuple[str, ...] = ()
    staff: tuple[str, ...] = field(default=())


SAMPLES: list[Sample] = []


def page(
    name: str, text: str, *stories: Expected, remainder: tuple[str, ...] = (), staff: tuple[str, ...] = ()
) -> None:
    SAMPLES.append(Sample(name, text, stories, remainder, staff))


page(
    "bylines in brackets behind the dateline",
    """望潮港首条冷链直航航线开通

本报讯(记者 林海生 通讯员 许若澜)昨日上午,满载86个冷藏集装箱的“望潮之星”轮驶离三号泊位,望潮港首条冷链航线开通。

该航线每周一班,单程航行时间由原来的9天缩短到5天,每箱可节省运费约2,000元。港务公司负责人说,今后进口车厘子从靠泊到上架最快只要8个小时。

渔具小镇添了夜间图书馆

本报讯(记者 周明远 沈知秋)每天19:00到23:00,渔具小镇的街角多了一盏灯。6月28日起,由旧渔网仓库改成的夜间图书馆对外开放。

馆内现有藏书1.2万册,渔民凭船员证就能借书,一次可借10本。""",
    Expected(
        "news",
        "望潮港首条冷链直航航线开通",
        dateline="本报讯",
        bylines=("- 记者 林海生", "- 通讯员 许若澜"),
        paragraphs=2,
    ),
    Expected(
        "news",
        "渔具小镇添了夜间图书馆",
        dateline="本报讯",
        bylines=("- 记者 周明远", "- 记者 沈知秋"),
        paragraphs=2,
    ),
)

page(
    "□ bylines, kicker on a line of its own, single newlines",
    """市防汛工作会议强调
把堤坝守牢把预案做实
□本报记者 林海生 通讯员 何帆
昨日下午,全市防汛工作会议召开。会议要求,各镇、各部门要把人员转移放在第一位,对低洼地段逐户登记。
今年汛期预计降水偏多一到两成,望潮江水位已高于常年。气象部门提醒,7月中旬将迎来第一轮强降雨。
海堤加固工程提前完工
□本报记者 沈知秋
经过一年零三个月的施工,全长4.6公里的东岸海堤加固工程于6月30日提前完工。
新堤顶高程达到6.8米,可以抵御五十年一遇的风暴潮。""",
    Expected(
        "news",
        "把堤坝守牢把预案做实",
        kicker="市防汛工作会议强调",
        bylines=("- 本报记者 林海生", "- 通讯员 何帆"),
        paragraphs=2,
        doubts=(Doubt.KICKER_LINE,),
    ),
    Expected("news", "海堤加固工程提前完工", bylines=("- 本报记者 沈知秋",), paragraphs=2),
)

page(
    "文/图 before the reporter, intern, padded names with full-width spaces",
    """老街的修表人

文/图 记者 苏　晴 实习生 何　帆

望潮老街的尽头,有一间不到六平方米的修表铺。七十三岁的周明远在这里坐了五十一年。

“表停了,日子可没停。”他总是这样对客人说。

放大镜、镊子、油瓶,几样工具用得发亮。""",
    Expected("news", "老街的修表人", bylines=("文/图 记者 苏晴", "文/图 实习生 何帆"), paragraphs=3),
)

page(
    "图/文 and a trainee, roles behind the names elsewhere",
    """海上养殖场迎来丰收季
图/文 见习记者 许若澜
清晨五点,外海的养殖网箱边已经人声鼎沸。工人们合力收网,一条条大黄鱼跃出水面。
今年全市大黄鱼产量预计达到1.8万吨,比去年增长一成。

潮间带上的守望
林海生 文 许若澜 摄
退潮之后,滩涂露出细密的纹路。护鸟队的脚印从堤边一直伸向天际。
这支只有七个人的队伍,守着望潮三万亩湿地。""",
    Expected("news", "海上养殖场迎来丰收季", bylines=("文/图 见习记者 许若澜",), paragraphs=2),
    Expected("news", "潮间带上的守望", bylines=("文 - 林海生", "摄影 - 许若澜"), paragraphs=2),
)

page(
    "byline without a mark, padded name known to the staff list",
    """望潮一中新校区九月启用

本报记者 苏 晴 林海生

记者昨日从市教育局获悉,望潮一中新校区主体工程已经完工,9月1日将迎来首批1,200名新生。

新校区占地186亩,建有海洋科学实验室和室内泳池。""",
    Expected(
        "news",
        "望潮一中新校区九月启用",
        bylines=("- 本报记者 苏晴", "- 本报记者 林海生"),
        paragraphs=2,
    ),
    staff=("苏晴", "林海生"),
)

page(
    "byline at the end of the story, in brackets",
    """早市搬进新大棚
凌晨三点半,望潮水产早市的灯亮了。新大棚里,摊位宽了一倍,地面不再积水。
摊主们说,最满意的是那排统一供应的海水池,鱼虾能多活半天。（沈知秋）
公交夜班车延长半小时
7月1日起,望潮市区8条公交夜班线路末班车统一延长半小时。
市民可以在站牌扫码查看到站时间。（何帆 周明远）""",
    Expected("news", "早市搬进新大棚", bylines=("- - 沈知秋",), paragraphs=2, doubts=(Doubt.BYLINE_BELOW,)),
    Expected("news", "公交夜班车延长半小时", bylines=("- - 何帆", "- - 周明远"), paragraphs=2),
)

page(
    "byline at the end on its own line",
    """灯塔博物馆开馆

昨日,由百年灯塔改建的望潮灯塔博物馆开馆迎客。馆内收藏航标灯、航海日志等实物四百余件。

博物馆每周一闭馆,其余时间免费开放。

(本报记者 许若澜)""",
    Expected(
        "news", "灯塔博物馆开馆", bylines=("- 本报记者 许若澜",), paragraphs=2, doubts=(Doubt.BYLINE_BELOW,)
    ),
)

page(
    "wire item without a headline below a local story",
    """渔港改造二期开工

本报讯 昨日,望潮中心渔港改造二期工程开工。工程总投资3.2亿元,将新建码头岸线680米。

建成后,渔港可同时停泊渔船800艘。

新华社北京7月2日电(记者 何帆)记者2日从有关部门获悉,今年上半年全国港口货物吞吐量保持平稳增长。

其中,外贸货物吞吐量增速高于内贸。""",
    Expected("news", "渔港改造二期开工", dateline="本报讯", paragraphs=2),
    Expected(
        "wire",
        "",
        dateline="新华社北京7月2日电",
        bylines=("- 记者 何帆",),
        paragraphs=2,
        doubts=(Doubt.WIRE_ALONE,),
    ),
)

page(
    "wire items of several agencies, with headlines",
    """上半年海洋经济平稳向好
新华社北京7月2日电 上半年,我国海洋经济总体平稳向好,海洋新兴产业增势明显。
专家认为,下半年海上风电仍有较大空间。
东南亚多国航班恢复
中新社曼谷7月1日电 (记者 沈知秋)多家航空公司1日宣布恢复夏季航班。
候鸟监测报告发布
据新华社电 我国候鸟监测报告近日发布,沿海湿地记录到的水鸟种类继续增加。""",
    Expected("wire", "上半年海洋经济平稳向好", dateline="新华社北京7月2日电", paragraphs=2),
    Expected("wire", "东南亚多国航班恢复", dateline="中新社曼谷7月1日电", bylines=("- 记者 沈知秋",)),
    Expected("wire", "候鸟监测报告发布", dateline="据新华社电"),
)

page(
    "briefs below a rubric, each with a headline",
    """望潮大桥今起夜间检修

■记者 周明远

7月2日至7月9日,每天23:00至次日5:00,望潮大桥实行半幅封闭检修。

公交12路、27路临时绕行跨江隧道。

简讯

图书馆暑期延长开放

从7月1日起,望潮图书馆开放时间延长至21:30。

龙舟队夺冠

在刚刚结束的省农民龙舟赛上,望潮代表队获得500米直道竞速冠军。

急救培训进渔村

望潮红十字会近日走进六个渔村,培训急救员120人。""",
    Expected("news", "望潮大桥今起夜间检修", bylines=("- 记者 周明远",), paragraphs=2),
    Expected("brief", "图书馆暑期延长开放"),
    Expected("brief", "龙舟队夺冠"),
    Expected("brief", "急救培训进渔村"),
    remainder=("简讯",),
)

page(
    "briefs with ◆ and the headline on the text's line",
    """要闻速览
◆新航标灯投用 昨日,望潮航道6座新型航标灯正式投入使用,能见距离达到12海里。
◆古树名木挂牌 近日,全市213棵古树名木全部挂上了电子身份牌,扫码即可了解树龄和故事。
◆水费可刷脸缴 7月1日起,望潮水务营业厅开通刷脸缴费,老人不用再带卡。""",
    Expected("brief", "新航标灯投用"),
    Expected("brief", "古树名木挂牌"),
    Expected("brief", "水费可刷脸缴"),
    remainder=("要闻速览",),
)

page(
    "briefs with 【】 headlines",
    """一句话新闻

【市水务局】7月起对老旧小区二次供水设施进行清洗,首批涉及46个小区。

【市文旅局】推出6条环湾骑行线路,沿线设补给站18处。

【海事处】提醒过往船舶,航道7号浮标移位,请注意避让。""",
    Expected("brief", "市水务局"),
    Expected("brief", "市文旅局"),
    Expected("brief", "海事处"),
    remainder=("一句话新闻",),
)

page(
    "feature with numbered subheads",
    """一座渔村的转身

■记者 沈知秋

北汐村背山面海,三百多户人家世代打鱼。十年前,近海无鱼可捕,年轻人纷纷外出。

如今,村里的民宿有了47家,去年接待游客21万人次。

一、把船留下来

2016年,村里收回32条旧渔船,没有拆,而是拖上岸,刷上桐油,做成了茶室和书吧。

“船在,村子的魂就在。”村支书何帆说。

二、把人请回来

第一个回来的是许若澜。她在城里做过六年设计师,回村后开了第一家民宿。

三、把路修出去

去年,环岛公路通车,从市区到北汐村只要40分钟。""",
    Expected(
        "feature",
        "一座渔村的转身",
        bylines=("- 记者 沈知秋",),
        subheads=("一、把船留下来", "二、把人请回来", "三、把路修出去"),
        paragraphs=6,
    ),
)

page(
    "feature with two-character subheads and a deck after a dash",
    """潮起望潮湾
——写在望潮开港三十周年之际
■本报记者 林海生 许若澜
三十年前的一个清晨,一声汽笛划破海面,望潮港迎来了第一艘万吨货轮。
起势
那时的望潮,只有一座木头栈桥和两台旧吊机。第一代港口人住在工棚里,喝的是从山上挑来的水。
第一年,吞吐量只有12万吨。
蓄力
2005年,深水航道开工。两千多名建设者在海上干了四年,硬是挖出一条18米深的通道。
扬帆
今天的望潮港,航线通达40多个港口。去年,集装箱吞吐量突破100万标箱。""",
    Expected(
        "feature",
        "潮起望潮湾",
        deck="——写在望潮开港三十周年之际",
        bylines=("- 本报记者 林海生", "- 本报记者 许若澜"),
        subheads=("起势", "蓄力", "扬帆"),
        paragraphs=5,
    ),
)

page(
    "subheads with a colon and a kicker with a bar",
    """潮头观察｜小港口怎样做成大文章

■首席记者 周明远

望潮港不大,却在全省港口效率排名中连续三年居首。秘诀在哪里?

码头:一张网管到底

走进生产指挥中心,巨大的屏幕上,每一台吊机的位置都清清楚楚。

过去要打二十多个电话才能排好的作业计划,现在系统3分钟就能生成。

海关:一扇窗办到底

“以前跑五个窗口,现在跑一个。”报关员何帆说。

航道:一条线通到底

引航站把潮汐、气象和船舶数据叠在一起,船长在海上就能看到靠泊窗口。""",
    Expected(
        "feature",
        "小港口怎样做成大文章",
        kicker="潮头观察",
        bylines=("- 首席记者 周明远",),
        subheads=("码头：一张网管到底", "海关：一扇窗办到底", "航道：一条线通到底"),
        paragraphs=5,
        doubts=(Doubt.KICKER_SPLIT,),
    ),
)

page(
    "breaks inside quotes, after commas, in words, before names, at digits and Latin",
    """智慧渔港让渔民多了一双眼

■记者 何帆

“出海前看一眼手机,风浪、鱼汛、油价全都有。”望潮渔业公司船长

周明远说,智慧渔港平台上线半年来,已有1,3

00艘渔船接入。平台由市海洋渔业局牵头建设,今年5月又接入了Deep

Sea海浪预报模型,预报时效从3天延长到了7

天。市海洋渔业局副局长沈知秋介绍,平台还能自动识别“三无

”船舶,一旦发现立即报警。

目前,望潮正在编制新一轮渔港规划,计划用三年时间,把六个渔港全部建成数字化渔

港。届时,渔船进出港、卸货、加冰都可以在手机上预约,渔民在家里就能知道什么时候出海最

划算。""",
    Expected(
        "news",
        "智慧渔港让渔民多了一双眼",
        bylines=("- 记者 何帆",),
        paragraphs=2,
        joins=(
            "公司船长|周明远说",
            "已有1,3|00艘渔",
            "Deep|Sea海",
            "长到了7|天。市海",
            "“三无|”船舶，",
            "数字化渔|港。届时",
            "出海最|划算。",
        ),
        doubts=(Doubt.LATIN_JOIN,),
    ),
)

page(
    "a break after a full stop stays two paragraphs",
    """盐田变身湿地公园

■记者 许若澜

昔日的望潮盐田,如今成了白鹭的家。走在木栈道上,两侧芦苇随风起伏。

公园一期占地1,800亩,保留了三处制盐遗址。

孩子们在这里第一次看到了盐是怎么晒出来的。""",
    Expected("news", "盐田变身湿地公园", bylines=("- 记者 许若澜",), paragraphs=3),
)

page(
    "photo story between two news stories, credit after its text",
    """帆船赛周末开赛

■记者 沈知秋

7月5日,望潮湾帆船公开赛将鸣笛起航,来自12个城市的86名选手报名参赛。

赛事设三个组别,赛程两天。

荷花开了

7月1日,望潮植物园里荷花次第开放,吸引不少市民前来拍照。

■摄影 记者 林海生

体育公园试开放

■记者 周明远

位于城东的望潮体育公园昨日起试开放,公园内有5片篮球场和一条2.4公里的环形跑道。""",
    Expected("news", "帆船赛周末开赛", bylines=("- 记者 沈知秋",), paragraphs=2),
    Expected("photo", "荷花开了", bylines=("摄影 记者 林海生",)),
    Expected("news", "体育公园试开放", bylines=("- 记者 周明远",)),
)

page(
    "photo story with its credit at the end of the text, another with 摄 on a line",
    """夏日课堂
望潮海洋馆的小讲解员正在为游客介绍水母。暑假期间,馆里每天安排四场小讲解员活动。本报记者 许若澜 摄
赶海
昨日,市民在望潮东沙滩赶海。
通讯员 何帆 摄""",
    Expected("photo", "夏日课堂", bylines=("摄影 本报记者 许若澜",)),
    Expected("photo", "赶海", bylines=("摄影 通讯员 何帆",)),
)

page(
    "CRLF, tabs, BOM, full-width indents and full-width marks already",
    "\ufeff望潮新增两条旅游公交\r\n\t■记者　林海生\r\n"
    "　　本报讯　7月1日，望潮新增两条旅游公交线路，分别通往北汐村和盐田湿地公园，票价均为2元。\r\n"
    "　　两条线路首班车均为7：30，末班车为18：00，周末加密班次。\r\n"
    "　　游客可以在火车站东广场乘车，也可以通过手机\r\n预约座位。\r\n",
    Expected(
        "news",
        "望潮新增两条旅游公交",
        dateline="本报讯",
        bylines=("- 记者 林海生",),
        paragraphs=3,
        joins=("通过手机|预约座位",),
    ),
)

page(
    "page furniture and jump lines around the stories",
    """第02版:要闻
2026年7月2日 星期四
责任编辑:何帆 版式:许若澜 校对:周明远

跨江隧道右线贯通

■记者 林海生

7月1日上午10:18,随着最后一环管片拼装完成,望潮跨江隧道右线顺利贯通。

隧道全长3.9公里,最深处位于江面以下42米。

(下转第3版)

口岸签证窗口周末不打烊

■记者 沈知秋

从本周起,望潮口岸签证窗口周六、周日照常办公。""",
    Expected("news", "跨江隧道右线贯通", bylines=("- 记者 林海生",), paragraphs=2, doubts=(Doubt.JUMP,)),
    Expected("news", "口岸签证窗口周末不打烊", bylines=("- 记者 沈知秋",)),
    remainder=("第02版:要闻", "2026年7月2日 星期四", "责任编辑:何帆 版式:许若澜 校对:周明远", "(下转第3版)"),
)

page(
    "headline without byline or dateline after a story, told by its lead and noted",
    """渔业保险覆盖全部在册渔船

■记者 周明远

截至6月底,望潮在册渔船全部参加了渔业保险,参保率首次达到100%。

保费由财政补贴四成,渔民自付部分可以分期。

老码头仓库改建为青年创业园

7月1日,由老码头五座仓库改建而成的望潮青年创业园开园,首批23家企业入驻。

园区为创业者提供三年免租,并设有共享会议室、路演厅和食堂。""",
    Expected("news", "渔业保险覆盖全部在册渔船", bylines=("- 记者 周明远",), paragraphs=2),
    Expected("news", "老码头仓库改建为青年创业园", paragraphs=2, doubts=(Doubt.HEADLINE_ALONE,)),
)

page(
    "one story only, headline set in two lines",
    """乘着季风去远方,
望潮远洋船队今晨启航

■记者 何帆 通讯员 望潮渔政

今晨6时,12艘远洋渔船从望潮港依次启航,驶往西太平洋渔场。

这是今年首批远洋船队,预计10月返港。""",
    Expected(
        "news",
        "乘着季风去远方，望潮远洋船队今晨启航",
        bylines=("- 记者 何帆", "- 通讯员 望潮渔政"),
        paragraphs=2,
        doubts=(Doubt.HEADLINE_JOINED,),
    ),
)

page(
    "kicker, headline and deck on three lines",
    """望潮市海洋经济大会召开
向海图强再出发
今年重点推进五大工程、四十个项目
■记者 林海生 沈知秋
7月1日,望潮市海洋经济大会召开,总结上半年工作,部署下半年任务。
会议提出,到年底海洋生产总值突破500亿元。""",
    Expected(
        "news",
        "向海图强再出发",
        kicker="望潮市海洋经济大会召开",
        deck="今年重点推进五大工程、四十个项目",
        bylines=("- 记者 林海生", "- 记者 沈知秋"),
        paragraphs=2,
        doubts=(Doubt.KICKER_LINE, Doubt.DECK_LINE),
    ),
)

page(
    "subheads that are questions, and a reporter's own dateline from elsewhere",
    """社区食堂怎样才能长久

本报北港7月1日电（记者 许若澜）望潮的第一家社区食堂开在北港街道。开业两年,它没有关门,还开了三家分店。

钱从哪里来?

食堂的房子由街道免费提供,水电按民用价格计算,这两项每年能省下18万元。老人用餐,财政每顿补3元。

人从哪里来?

掌勺的是三位退休厨师,帮厨的多是本社区的志愿者,每周排两次班,管一顿饭,没有工资。

味道怎么样?

“比家里做的清淡,适合我们。”八十一岁的林海生老人说,他每天中午都来,雨天就打电话让人送。""",
    Expected(
        "feature",
        "社区食堂怎样才能长久",
        dateline="本报北港7月1日电",
        bylines=("- 记者 许若澜",),
        subheads=("钱从哪里来？", "人从哪里来？", "味道怎么样？"),
        paragraphs=4,
    ),
)

page(
    "text copied with the line breaks of its column",
    """夏夜露营火了望潮东沙滩
■记者 周明远
    太阳刚落到海平线以下,望潮东沙滩
上的帐篷就亮了起来。远远望去,一排
排灯光像落在沙上的星星。
    “白天太热,晚上正好。”市民何帆带
着一家四口在这里住了两晚。他说,营
地里有淋浴间、充电桩,连烤炉都能租
到。
    营地管理员许若澜介绍,6月以来,每
到周末营位几乎天天满员,最多的一晚
来了一千二百多人。为了不影响海龟上
岸,靠海的三十米划为禁扎区,晚上十
点以后统一熄灯。
    “热闹要有热闹的规矩。”她说。""",
    Expected(
        "news",
        "夏夜露营火了望潮东沙滩",
        bylines=("- 记者 周明远",),
        paragraphs=4,
        joins=(
            "东沙滩|上的帐",
            "，一排|排灯光",
            "帆带|着一家",
            "，营|地里有",
            "能租|到。",
            "，每|到周末",
            "一晚|来了一",
            "龟上|岸，靠",
            "上十|点以后",
        ),
    ),
)

page(
    "subhead ending in a post, first paragraph opening with a name, other subheads beside it",
    """守塔人家

■记者 沈知秋

从望潮港向东航行两个小时,才能到达外礁岛。岛上只有一座灯塔和一户人家。

第一代守塔人

林海生今年八十四岁。1962年,他背着一口铁锅上岛,一守就是三十年。

岛上没有淡水,他在礁石上凿出蓄水池,靠接雨水过日子。

第二代守塔员

许若澜的父亲接过钥匙时,灯已经换成了电的。他在岛上装了第一台收音机。

第三代守塔姑娘

许若澜大学毕业后回到岛上。现在,她在屏幕前就能查看十二座灯的状态。""",
    Expected(
        "feature",
        "守塔人家",
        bylines=("- 记者 沈知秋",),
        subheads=("第一代守塔人", "第二代守塔员", "第三代守塔姑娘"),
        paragraphs=5,
    ),
)

page(
    "column label over a column, own line ■ heading inside a story",
    """走基层·看变化
渔市里的早班车
■记者 何帆
凌晨两点,开往水产市场的早班车准时发车。车上坐着的,大多是鱼贩和餐馆采购员。
司机周明远开这趟车已经九年。他记得每一位老乘客在哪一站下车。
■相关链接
早班车始发于望潮客运中心,途经六站,全程28分钟,票价1元。""",
    Expected(
        "feature",
        "渔市里的早班车",
        kicker="走基层·看变化",
        bylines=("- 记者 何帆",),
        subheads=("相关链接",),
        paragraphs=3,
    ),
)

page(
    "comment by the paper itself, and a list after a colon",
    """让每一滴雨水都有去处
本报评论员
连续三天的强降雨,对望潮的排水系统是一次大考。考过之后,更要复盘。
复盘要回答三个问题:
一是哪里积了水。积水点就是薄弱点。
二是为什么积水。是管道老了,还是井盖堵了,要一查到底。
三是谁来负责。责任落到人,整改才有力。""",
    Expected("news", "让每一滴雨水都有去处", bylines=("- - 本报评论员",), paragraphs=5),
)

page(
    "byline on the headline's line, wire item between two stories, single newlines",
    """望潮港再添近洋航线 ■记者 林海生
7月1日,望潮港再添一条近洋航线,每周两班。
首航船舶载货412标箱,大多是家具和冻品。
新华社北京7月2日电 国家气象部门2日发布预报,未来三天东海大部海域有6到7级大风。
据介绍,过往船只需要注意航行安全。
夜市延长营业 ■记者 周明远
从今晚起,望潮滨海夜市营业时间延长到零点。""",
    Expected("news", "望潮港再添近洋航线", bylines=("- 记者 林海生",), paragraphs=2),
    Expected("wire", "", dateline="新华社北京7月2日电", paragraphs=2, doubts=(Doubt.WIRE_ALONE,)),
    Expected("news", "夜市延长营业", bylines=("- 记者 周明远",)),
)

page(
    "marked briefs without a rubric",
    """◆望潮新添三处口袋公园
近日,位于老城区的三处口袋公园建成开放,总面积6,200平方米。
◆暑期游泳培训开班
7月1日,望潮市体育中心暑期游泳培训班开班,首期招收学员240名。
◆海事部门开展夜查
6月30日晚,望潮海事处对航道内船舶开展夜间检查,查处违章4起。""",
    Expected("brief", "望潮新添三处口袋公园"),
    Expected("brief", "暑期游泳培训开班"),
    Expected("brief", "海事部门开展夜查"),
)

page(
    "marked briefs below a rubric without headlines",
    """短讯

●望潮旧书市集本周六开市。市集设摊位60个,市民可以免费摆摊,详情可致电12345。

●市图书馆少儿馆7月5日起闭馆装修,预计9月重新开放,期间可在总馆借阅。""",
    Expected("brief", "", doubts=(Doubt.NO_HEADLINE,)),
    Expected("brief", "", doubts=(Doubt.NO_HEADLINE,)),
    remainder=("短讯",),
)

page(
    "photo news with its column's name above, credit on a line below",
    """图片新闻

夏收

7月1日,在望潮市东港镇,农机手正驾驶收割机抢收早稻。

何帆 摄""",
    Expected("photo", "夏收", kicker="图片新闻", bylines=("摄影 - 何帆",), doubts=(Doubt.KICKER_LINE,)),
)

page(
    "Latin, numbers and posts at the breaks",
    """港口大脑上线

■记者 沈知秋

昨日,望潮港“港口大脑”正式上线。这一系统由望潮港务公司与高校联合研发,是全省首个用AI

赋能的集装箱调度平台,也是20

26年全市数字化改革的重点项目。系统投用后,单船作业时间平均缩短了1.

5小时,每年可节约成本近2,

000万元。市交通局港航处处长

许若澜介绍,下一步还将把拖轮、引航、理货等环节全部接入,让船舶

从进港到离港全程“一屏可见”。

市民代表、望潮大学教授

周明远在体验后说:

“以前看不懂的数据,现在一目了然。”

该项目的国外合作方Port of

Oran港务局表示,期待双方的数据早日互通。""",
    Expected(
        "news",
        "港口大脑上线",
        bylines=("- 记者 沈知秋",),
        paragraphs=3,
        joins=(
            "首个用AI|赋能的",
            "也是20|26年",
            "缩短了1.|5小时",
            "近2,|000万元",
            "港航处处长|许若澜",
            "让船舶|从进港",
            "大学教授|周明远",
            "体验后说：|“以前",
            "Port of| Oran",
        ),
        doubts=(Doubt.LATIN_JOIN,),
    ),
)

page(
    "dateline and bylines on lines of their own",
    """望潮推出海上救援一键呼叫

本报讯

(记者 何帆 通讯员 周明远)

昨日,望潮海上搜救中心推出一键呼叫服务。渔民遇险时按下按钮,位置信息会自动发送。""",
    Expected(
        "news", "望潮推出海上救援一键呼叫", dateline="本报讯", bylines=("- 记者 何帆", "- 通讯员 周明远")
    ),
)

page(
    "only a headline",
    "望潮港首条航线开通",
    Expected("news", "望潮港首条航线开通", paragraphs=0, doubts=(Doubt.NO_BODY,)),
)

page(
    "dateline without a headline, and a reporter who reports in the dateline",
    """本报讯 记者林海生报道:8月29日,外礁岛小学迎来三位新老师。岛上目前有学生11人。

据了解,这是该校十年来第一次有音乐老师。""",
    Expected(
        "news", "", dateline="本报讯", bylines=("- 记者 林海生",), paragraphs=2, doubts=(Doubt.NO_HEADLINE,)
    ),
)

page(
    "a cut fragment and a wire item below it; a fragment over the next headline",
    """本市启动高温应急响应

■记者 何帆

昨日,市气象台发布高温橙色预警,全市启动高温应急响应

新华社北京7月2日电 全国多地将迎来持续高温天气,气象部门提醒公众注意防范。

夜间门诊方便上班族

■记者 沈知秋

7月1日起,市中医院开设夜间门诊,市民可在17:30至20:30就诊,挂号方式与日间门诊相

海水淡化项目投产

■记者 周明远

昨日,北港海水淡化项目投产。""",
    Expected("news", "本市启动高温应急响应", bylines=("- 记者 何帆",), doubts=(Doubt.OPEN_END,)),
    Expected("wire", "", dateline="新华社北京7月2日电", doubts=(Doubt.WIRE_ALONE,)),
    Expected("news", "夜间门诊方便上班族", bylines=("- 记者 沈知秋",), doubts=(Doubt.OPEN_END,)),
    Expected("news", "海水淡化项目投产", bylines=("- 记者 周明远",)),
)

page(
    "bylines without brackets below the texts",
    """渔歌声声
渔歌唱了八百年。如今,校园里也响起了渔歌。
本报记者 许若澜
渔港新貌
渔港换了新装。码头宽了,灯亮了。
本报记者 何帆""",
    Expected("news", "渔歌声声", bylines=("- 本报记者 许若澜",), doubts=(Doubt.BYLINE_BELOW,)),
    Expected("news", "渔港新貌", bylines=("- 本报记者 何帆",), doubts=(Doubt.BYLINE_BELOW,)),
)

page(
    "a numbered list inside a story is no row of subheads",
    """暑期安全提示

本报讯(记者 沈知秋)暑假来临,市教育局发出安全提示:

1.不私自下水游泳;

2.不到不熟悉的水域玩耍;

3.发现险情及时拨打110、119。

市教育局提醒家长切实履行监护责任。""",
    Expected("news", "暑期安全提示", dateline="本报讯", bylines=("- 记者 沈知秋",), paragraphs=5),
)

page(
    "a deck below the headline that says of whom, roles of three people",
    """浪尖上的坚守
记望潮海上搜救队队长周明远
文字 许若澜 摄影 林海生 制图 何帆
凌晨两点,电话铃声打破了寂静。值班室的灯一下子全亮了。""",
    Expected(
        "news",
        "浪尖上的坚守",
        deck="记望潮海上搜救队队长周明远",
        bylines=("文 - 许若澜", "摄影 - 林海生", "制图 - 何帆"),
        doubts=(Doubt.DECK_LINE,),
    ),
)

page(
    "stories signed at their end between stories signed above, one of them below a feature",
    """帆船公开赛周末鸣笛
■记者 沈知秋
7月5日,望潮湾帆船公开赛将鸣笛起航,来自12个城市的86名选手报名参赛。
赛事设三个组别,赛程两天。
老旧楼院加装电梯突破50部
随着渔港新村6幢2单元的电梯投入使用,望潮市加装电梯的老楼突破50幢,惠及居民700余户。
下半年,全市还将加装电梯20部。(何帆)
一条河的十年
■记者 林海生
潮生河全长46公里,穿城而过。十年前,这里污水横流,沿岸居民不敢开窗。
关停,壮士断腕
2015年,河两岸有小造纸厂47家。当年冬天,市里一次性关停全部造纸厂。
共享,还河于民
水清了,岸也要美。每天傍晚,老船工都要带着小孙子到河边看白鹭。
西塘万亩莲田喜迎丰收
眼下正是莲蓬采摘的季节。在西塘村的莲田里,村民们挎着竹篮穿行其间。(周明远)
湿地公园添了观鸟屋
新建的三座观鸟屋昨日启用,游客可以在屋里观看白鹭起落。(苏晴)""",
    Expected("news", "帆船公开赛周末鸣笛", bylines=("- 记者 沈知秋",), paragraphs=2),
    Expected("news", "老旧楼院加装电梯突破50部", bylines=("- - 何帆",), paragraphs=2),
    Expected(
        "feature",
        "一条河的十年",
        bylines=("- 记者 林海生",),
        subheads=("关停，壮士断腕", "共享，还河于民"),
        paragraphs=3,
    ),
    Expected("news", "西塘万亩莲田喜迎丰收", bylines=("- - 周明远",)),
    Expected("news", "湿地公园添了观鸟屋", bylines=("- - 苏晴",)),
)

page(
    "a photo story whose credit ends its text, below a signed story",
    """帆船公开赛周末鸣笛
■记者 沈知秋
7月5日,望潮湾帆船公开赛将鸣笛起航,来自12个城市的86名选手报名参赛。
荷花开了
7月1日,望潮植物园里荷花次第开放,吸引不少市民前来拍照。(记者 林海生 摄)
健身步道通到海边
■记者 周明远
全长6公里的滨海步道昨日贯通,沿途设有12处休息亭。""",
    Expected("news", "帆船公开赛周末鸣笛", bylines=("- 记者 沈知秋",)),
    Expected("photo", "荷花开了", bylines=("摄影 记者 林海生",)),
    Expected("news", "健身步道通到海边", bylines=("- 记者 周明远",)),
)

page(
    "credits below a text, over a wire item without a headline",
    """夜市开到了码头
昨晚,码头夜市正式开市。首日客流超过两万人,沿岸三百多家摊位座无虚席。
(本报记者 何帆)
新华社北京7月2日电 气象部门预计,未来三天北方多地将有高温天气。
荷塘月色
7月1日晚,市民在望潮公园荷塘边赏月纳凉。
苏晴 摄
新华社上海7月2日电(记者 周明远)6月份,多个港口的集装箱吞吐量创下新高。
""",
    Expected("news", "夜市开到了码头", bylines=("- 本报记者 何帆",)),
    Expected("wire", "", dateline="新华社北京7月2日电"),
    Expected("photo", "荷塘月色", bylines=("摄影 - 苏晴",)),
    Expected("wire", "", dateline="新华社上海7月2日电", bylines=("- 记者 周明远",)),
)

page(
    "roles before some of the names only",
    """夜班公交开到码头
■本报记者 林海生 通讯员 何帆 摄影 苏晴
昨晚,望潮站开通首条夜间公交专线,乘客下车后步行50米就能换乘。
梯田里的音乐会
□文/本报记者 沈知秋 图/许若澜
傍晚,梯田上响起了琴声。村民们坐在田埂上,听得入了神。""",
    Expected("news", "夜班公交开到码头", bylines=("- 本报记者 林海生", "- 通讯员 何帆", "摄影 - 苏晴")),
    Expected("news", "梯田里的音乐会", bylines=("文 本报记者 沈知秋", "图 - 许若澜")),
)

page(
    "sentences cut alike do not make each other subheads",
    """一条街的变化

■记者 何帆

清晨,环卫工人早早上路清扫,街口的早点铺也开了门。城市的一天从洁净开始。

市财政局相关负责人表示,上半年收入增长主要得益于

海洋装备、现代物流等重点产业回升向好。

记者昨日从望潮市财政局获悉,今年上半年全市

一般公共预算收入完成86.4亿元,同比增长7.2%。""",
    Expected(
        "news",
        "一条街的变化",
        bylines=("- 记者 何帆",),
        paragraphs=3,
        joins=("得益于|海洋装备", "上半年全市|一般公共"),
    ),
)

page(
    "a page that indents: a cut line and its rest, which has no indent",
    """夜市开到了码头

■记者 苏晴

　　昨晚,码头夜市正式开市。首日客流超过两万人,沿岸三百多家摊位座无虚席。

　　72岁的金阿婆当起了义务

讲解员。每个周末,她带着游客走街串巷,讲门楼上的砖雕。

　　渔港新村管委会主任黎海峰

说,老街更新不能大拆大建。

　　下半年,全市还将新增公厕5处,缓解游客如厕难。""",
    Expected(
        "news",
        "夜市开到了码头",
        bylines=("- 记者 苏晴",),
        paragraphs=4,
        joins=("义务|讲解员", "黎海峰|说"),
    ),
)

page(
    "hard line ends, indents, and an empty line between paragraphs only",
    """海堤加固工程提前完工

■记者 沈知秋

　　经过一年零三个月的施工,全
长4.6公里的东岸海堤加固工程于6
月30日提前完工。新堤顶高程达到
6.8米,可以抵御五十年一遇的风暴
潮。

　　“以前一到汛期就睡不踏实,现
在安心多了。”家住堤边的渔民老
金说。海堤上还修了健身步道和观
景平台,傍晚来散步的人越来越多。

渡轮早班提前半小时

■记者 何帆

　　从7月5日起,望潮渡轮早班由
6时30分提前到6时,方便对岸的工
人上班。市民可以刷卡,也可以用
手机买票乘船,票价3元,换乘公交
免费。""",
    Expected(
        "news",
        "海堤加固工程提前完工",
        bylines=("- 记者 沈知秋",),
        paragraphs=2,
        joins=("施工，全|长4", "于6|月30", "达到|6.8", "风暴|潮", "现|在安心", "老|金说", "观|景平台"),
    ),
    Expected(
        "news",
        "渡轮早班提前半小时",
        bylines=("- 记者 何帆",),
        joins=("早班由|6时", "的工|人上班", "可以用|手机", "公交|免费"),
    ),
)

page(
    "heads of three and four lines in the midst of a page",
    """望潮一中新校区启用
■记者 何帆
昨日,望潮一中新校区正式启用,首批1,200名新生报到。
江南在渔港新村调研时强调:
坚决守住安全底线
市应急局局长参加调研
■记者 林海生
6月30日,全市防汛备汛工作现场会在渔港新村召开。
全市防汛工作视频会议强调
以“时时放心不下”的责任感,
抓实抓细防汛各项工作
■记者 周明远
昨日,全市防汛工作视频会议召开,各镇设分会场。""",
    Expected("news", "望潮一中新校区启用", bylines=("- 记者 何帆",)),
    Expected(
        "news",
        "坚决守住安全底线",
        kicker="江南在渔港新村调研时强调：",
        deck="市应急局局长参加调研",
        bylines=("- 记者 林海生",),
    ),
    Expected(
        "news",
        "以“时时放心不下”的责任感，抓实抓细防汛各项工作",
        kicker="全市防汛工作视频会议强调",
        bylines=("- 记者 周明远",),
    ),
)

page(
    "a line that begins with a closing quote; short headings over boxes",
    """夜市开到了码头

■记者 苏晴

昨晚,码头夜市正式开市。首日客流超过两万人,沿岸三百多家摊位座无虚席。

“生意比预想的好。

”摊主老周说。昨晚他卖了三百多串烤鱼。

记者手记

走在青石板上,每一步都踩着历史。老街之新,新在人心。改造不是推倒重来,而是让生活延续。""",
    Expected(
        "feature",
        "夜市开到了码头",
        bylines=("- 记者 苏晴",),
        subheads=("记者手记",),
        paragraphs=3,
        joins=("的好。|”摊主",),
    ),
)

page(
    "essays under nothing but a name",
    """父亲的船桨

林海生

父亲有一支船桨,跟了他四十年。桨是桑木的,磨得油亮。

小时候,我最爱坐在船头看他摇桨。

母亲的灶台

沈知秋 何 帆

母亲的灶台很小,小得只能放下一口锅。可是从那口锅里,总能变出热腾腾的饭菜。

(作者系望潮市作家协会会员)

海边的灯

口述 周明远 整理 许若澜

灯塔上的灯,我守了三十一年。夜里起雾的时候,我就整夜不睡。""",
    Expected("news", "父亲的船桨", bylines=("- - 林海生",), paragraphs=2, doubts=(Doubt.NAMES_ALONE,)),
    Expected("news", "母亲的灶台", bylines=("- - 沈知秋", "- - 何帆"), paragraphs=2),
    Expected("news", "海边的灯", bylines=("口述 - 周明远", "整理 - 许若澜")),
)

page(
    "folio, credits, adverts, sources and jump lines of many forms",
    """望潮日报 2026年7月2日 星期四 第2版
02版 要闻
夜市开到了码头
本报讯(记者 何帆)昨晚,码头夜市正式开市。首日客流超过两万人,沿岸摊位座无虚席。
来源:望潮发布
渔业新政七月实施
■记者 苏晴
从7月起,望潮渔民可以凭船员证在码头直接加油,手续当场办结。
(图片由受访者提供)
望潮一中新校区启用
■记者 何帆
昨日,望潮一中新校区正式启用,首批1,200名新生报到。
→下转第4版
■广告
新闻热线:1234567
□责编 何帆 □版式 苏晴""",
    Expected("news", "夜市开到了码头", dateline="本报讯", bylines=("- 记者 何帆",), paragraphs=2),
    Expected("news", "渔业新政七月实施", bylines=("- 记者 苏晴",), paragraphs=2),
    Expected("news", "望潮一中新校区启用", bylines=("- 记者 何帆",), doubts=(Doubt.JUMP,)),
    remainder=(
        "望潮日报 2026年7月2日 星期四 第2版",
        "02版 要闻",
        "→下转第4版",
        "■广告",
        "新闻热线:1234567",
        "□责编 何帆 □版式 苏晴",
    ),
)

page(
    "a paper's own dateline, square brackets, a meeting of two names, a notice, a column over an essay",
    """望潮市召开港口发展大会
暨招商推介会
望报讯(记者 何帆 通讯员 苏晴)昨日,全市港口发展大会召开,86家企业参会。
内港游船恢复运营
本报讯【记者 林海生】市民可以凭身份证免费领取船票,乘船游览内港。
遗失声明
望潮市东港渔具店遗失公章一枚,声明作废。
潮汐笔记
赶海
沈 知 秋
小时候,母亲常带我去赶海。退潮以后,滩涂上全是小螃蟹的脚印。""",
    Expected(
        "news",
        "望潮市召开港口发展大会暨招商推介会",
        dateline="望报讯",
        bylines=("- 记者 何帆", "- 通讯员 苏晴"),
    ),
    Expected("news", "内港游船恢复运营", dateline="本报讯", bylines=("- 记者 林海生",)),
    Expected("news", "遗失声明"),
    Expected("news", "潮汐笔记", deck="赶海", bylines=("- - 沈知秋",)),
    staff=("沈知秋", "何帆", "苏晴", "林海生"),
)

page(
    "quoted subheads of different length",
    """灯塔守了三十一年

■记者 许若澜

望潮东礁上的灯塔建于1958年,老守塔人周明远在这里住了三十一年。

“夜里不能睡”

起雾的夜里,他每隔十分钟要敲一次钟,一直敲到天亮,从来没有误过。

“孩子们来看我,我就高兴”

每年暑假,渔港小学的学生都会坐船来看他,听他讲海上的故事。

“守到走不动”

海上有渔船遇险,他总是第一个拨打求助电话,先后救起27人。""",
    Expected(
        "feature",
        "灯塔守了三十一年",
        bylines=("- 记者 许若澜",),
        subheads=("“夜里不能睡”", "“孩子们来看我，我就高兴”", "“守到走不动”"),
        paragraphs=4,
    ),
)
