"""What a person is told when a file is not read: what it is, that nothing was lost, what to do."""

from collections.abc import Mapping

from niangjia.kernel.words import Said, say

WORDS: Mapping[str, Said] = {
    "empty": say("文件里没有内容。请确认保存后再上传。"),
    "too_large": say("文件太大，没有读取。请拆成几个文件（每个不超过 20 MB、20 万行）分别上传。"),
    "too_slow": say("文件太复杂，读取时间过长，已停止。请把数据复制到新建的工作簿里再上传。"),
    "too_long": say("表格太长：最多读 20 万行。请拆成几个文件，或删去表格下方很远处的内容。"),
    "too_wide": say("表格太宽：最多读 200 列。请删去右侧多余的列再上传。"),
    "encrypted": say("文件有密码，无法读取。请在 Excel 里取消密码、另存后再上传。"),
    "old_excel": say("这是旧版 Excel 文件（.xls）。请另存为 .xlsx 再上传。"),
    "macro": say("文件带有宏，为安全起见不读取。请另存为不带宏的 .xlsx 再上传。"),
    "external": say("文件里有指向其他文件的链接。请在 Excel 的“数据—编辑链接”里断开链接，再上传。"),
    "nested": say("文件里嵌有别的文件。请删去嵌入的对象，只留表格，再上传。"),
    "doctype": say("文件里有不该出现的定义，为安全起见不读取。请把数据复制到新建的工作簿里再上传。"),
    "bomb": say("文件展开后过大，为安全起见不读取。请把数据复制到新建的工作簿里再上传。"),
    "broken": say("文件损坏或格式不对，读不出来。请用 Excel 打开、另存为 .xlsx 再上传。"),
    "not_a_table": say("这不是表格文件。请上传 .xlsx 或 .csv 文件。"),
    "binary": say("这不是文本表格，里面有无法识别的字符。请另存为 .xlsx 再上传。"),
    "encoding": say("认不出文字编码。请另存为 .xlsx，或另存为 UTF-8 的 CSV，再上传。"),
}


def words_for(code: str) -> Said:
    """The words of a reason."""
    return WORDS.get(code, WORDS["broken"])
