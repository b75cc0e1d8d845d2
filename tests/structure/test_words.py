"""What the interface says: complete in English, well set in Chinese, never a dead end."""

import importlib.util
import re
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parents[2]
HALF_WIDTH = re.compile(
    r"[\u4e00-\u9fff][,:;!?()][\u4e00-\u9fff]|[\u4e00-\u9fff][,;!?]|[,;!?][\u4e00-\u9fff]"
)
DEAD_ENDS = ("操作失败", "系统错误", "未知错误", "非法", "你的", "请联系管理员")


@pytest.fixture(scope="module")
def messages():
    spec = importlib.util.spec_from_file_location("messages", ROOT / "scripts" / "messages.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_everything_said_has_its_english(messages):
    assert messages.missing() == []


def test_chinese_sentences_use_full_width_punctuation(messages):
    assert [said for said in messages.said() if HALF_WIDTH.search(said)] == []


def test_nothing_said_is_a_dead_end_or_impolite(messages):
    assert [said for said in messages.said() if any(word in said for word in DEAD_ENDS)] == []


def test_the_english_holds_no_chinese_but_names():
    catalogue = polib.pofile(str(ROOT / "src/niangjia/locale/en/LC_MESSAGES/django.po"))
    han = re.compile(r"[\u3400-\u9fff]")
    left = [entry.msgid for entry in catalogue if han.search(entry.msgstr) and "娘家" not in entry.msgstr]
    assert left == []
