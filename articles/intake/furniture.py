"""Lines that belong to the page and to no story: credits, folio, jump lines, imprint, rules. Pure."""

import re

from articles.intake.characters import HAN, MARKS
from articles.intake.model import Why

_LONGEST = 120
_LONGEST_ASIDE = 30
_NUMBER = r"(?:[一二三四五六七八九十百零〇\d]{1,4}|[A-Z]{1,2}\d{1,3})"
_CREDIT_WORD = (
    "(?:本版|今日)?(?:责任编辑|责编|执行责编|值班主任|值班总编|值班编委|值班编辑|值班副总编|总值班|编审|终审|二审|三审|主编|执行主编|"
    "版式设计|版式|美术编辑|美编|视觉|校对|责校|检校|审校|组版|排版|编辑|版面设计|电子版编辑)"
)
_CREDITS = re.compile(
    rf"[\s{MARKS}]*(?:{_NUMBER}版)?{_CREDIT_WORD}(?:\s*[:：/]\s*|\s+)[{HAN}·\s、/:：|｜{MARKS}]+(?:(?:电话|热线)?[:：\s]*[\d-]{{7,}})?$|^[\s{MARKS}]*{_CREDIT_WORD}[:：]?$"
)
_FOLIO = re.compile(
    rf"(?:第\s*{_NUMBER}\s*版(?:\s*[:：]?\s*[{HAN}·/\s]{{0,10}})?|[A-Z]{{1,2}}\d{{1,3}}\s*[{HAN}]{{0,6}}"
    rf"|(?:公元)?\d{{4}}\s*年\s*\d{{1,2}}\s*月\s*\d{{1,2}}\s*日(?:[\s/|]*(?:星期|周)[一二三四五六日天])?(?:[\s/|]*(?:农历)?[{HAN}]{{4,12}})?(?:[\s/|]*第\s*\d+\s*期)?"
    r"|(?:星期|周)[一二三四五六日天]|总第\s*\d+\s*期|第\s*\d+\s*期|今日\s*\d+\s*版|\d{4}[-./]\d{1,2}[-./]\d{1,2})"
)
_JUMP = re.compile(
    rf"[\s{MARKS}→⇒➔>》]*[（(【\[]?\s*(?:紧|上|下)\s*[转接]\s*(?:第\s*)?{_NUMBER}\s*版?.{{0,20}}?\s*[）)】\]]?[\s{MARKS}▶►→⇒➔>》]*$"
)
_IMPRINT = re.compile(
    "国内统一(?:连续出版物|刊)号|邮发代号|广告(?:经营|发布)|(?:本报|报社|社)?地址[:：].*(?:邮编|电话)|邮政编码|零售(?:价|每份)|印刷厂.*(?:地址|电话)|^CN\\s?\\d\\d[-—]"
)
_DATE = r"(?:公元)?\d{4}\s*(?:年|[-./])\s*\d{1,2}\s*(?:月|[-./])\s*\d{1,2}日?"
_LABEL = f"(?:{_NUMBER}\\s*版|第\\s*{_NUMBER}\\s*版|[A-Z]{{1,2}}\\d{{1,3}}|0\\d)"
# Any mix of title, date, weekday, page and its name, of which one is the date or the page.
_MIXED_FOLIO = re.compile(
    rf"(?=.*(?:{_DATE}|{_LABEL}))(?:{_DATE}|{_LABEL}|(?:星期|周)[一二三四五六日天]|[{HAN}]{{1,4}}(?:日报|晚报|晨报|早报|时报|商报|快报|都市报)"
    rf"|要闻|综合|民生|经济|文化|副刊|体育|国内|国际|时政|社会|专题|专版|教育|健康|广告|[\s/|｜·:：，,]+)+"
)
_ADVERT = re.compile(rf"[\s{MARKS}【\[]*(?:公益)?广\s*告[\s{MARKS}】\]]*$")
_CONTACT = re.compile(
    rf"[\s{MARKS}]*(?:(?:本报|本版|新闻|报料|投稿|读者|发行|广告|服务|监督){{0,2}}(?:热线|电话|邮箱|信箱|邮编|QQ|微信)|E-?mail|新闻线索[^，。]{{0,8}}|扫码[^，。]{{0,12}}$|扫一扫[^，。]{{0,12}}$)"
    r"(?:\s*[:：]?\s*[\w@.+\-]+)*$",
    re.IGNORECASE,
)
_SOURCE = re.compile(
    rf"(?:(?:图片|文章|资料|稿件)?来源[:：].{{2,20}}|据[《“]?[{HAN}]{{2,10}}(?:社|网|报|台|新闻|客户端|发布)[》”]?"
    rf"|(?:本[版组文]|资料|均)?(?:图片?|照片)[{HAN}\s]{{0,16}}(?:提供|摄|图片)|资料图片?|未完待续|完)"
)
_RULE = re.compile(rf"[\s{MARKS}\-—–_=*~·.…#|+<>]+$")
_RUBRIC = re.compile(
    rf"[\s{MARKS}【\[《“]*[{HAN}·]{{0,6}}(?:简讯|短讯|简报|快讯|短波|速览|集纳|一句话新闻|微新闻|新闻速递|要闻速递|快递|短新闻|动态|点击|速读|快报|资讯|集锦)[\s{MARKS}】\]》”]*$"
)
_RUBRIC_SURE = re.compile("简讯|短讯|简报|快讯|短波|速览|一句话新闻|微新闻|速递|短新闻|速读|集纳")


def furniture(raw: str) -> Why | None:
    """Why this stripped raw line belongs to no story; None if it may belong to one."""
    if len(raw) > _LONGEST:
        return Why.RULE if _RULE.match(raw[:_LONGEST]) and not raw.strip(raw[:1]) else None
    for pattern, why in ((_CREDITS, Why.CREDITS), (_JUMP, Why.JUMP), (_RULE, Why.RULE)):
        if pattern.match(raw):
            return why
    if _FOLIO.fullmatch(raw.strip()) or (len(raw) <= 40 and _MIXED_FOLIO.fullmatch(raw.strip())):
        return Why.FOLIO
    if _ADVERT.match(raw):
        return Why.ADVERT
    if len(raw) <= 40 and _CONTACT.match(raw):
        return Why.CONTACT
    return Why.IMPRINT if _IMPRINT.search(raw) else None


def is_rubric(raw: str) -> bool:
    """Whether the line heads several short items: 简讯, 要闻速览, 【一句话新闻】."""
    if len(raw) > 16:
        return False
    raw = re.sub(r"\s", "", raw)  # 简 讯
    return bool(_RUBRIC.match(raw)) and bool(_RUBRIC_SURE.search(raw))


def is_aside(raw: str) -> bool:
    """Whether the line says only where a text or its pictures come from, or stands in brackets: it belongs to the
    text above it."""
    if len(raw) > _LONGEST_ASIDE:
        return False
    if raw[:1] in "(（" and raw[-1:] in ")）":
        return True
    return bool(_SOURCE.fullmatch(raw))
