"""Files that mean harm, built here: bombs, nests, macros, links, document types, tricks of cells."""

import random
import struct
import zipfile
from io import BytesIO

import xlsxwriter

from tests.exchange.files import HEAD, code, csv_of, firm, xlsx_of

NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = (
    f'<?xml version="1.0"?><Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
RELS = (
    f'<?xml version="1.0"?><Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
BOOK = (
    f'<?xml version="1.0"?><workbook {NS} xmlns:r="{REL}"><sheets><sheet name="a" sheetId="1" r:id="rId1"/>'
    "</sheets></workbook>"
)
BOOK_RELS = (
    f'<?xml version="1.0"?><Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{REL}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def cell(ref, text):
    return f'<c r="{ref}" t="inlineStr"><is><t>{text}</t></is></c>'


def sheet(body, *, prolog=""):
    return f'<?xml version="1.0"?>{prolog}<worksheet {NS}><sheetData>{body}</sheetData></worksheet>'


def package(sheet_xml, more=None, *, drop=(), book=BOOK):
    """A workbook put together part by part."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle:
        parts = {
            "[Content_Types].xml": TYPES, "_rels/.rels": RELS, "xl/workbook.xml": book,
            "xl/_rels/workbook.xml.rels": BOOK_RELS, "xl/worksheets/sheet1.xml": sheet_xml, **(more or {}),
        }  # fmt: skip
        for name, content in parts.items():
            if name not in drop:
                bundle.writestr(name, content)
    return out.getvalue()


def formulas():
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet()
    page.write_row(0, 0, HEAD)
    page.write_formula(1, 0, "=cmd|'/c calc'!A0", value="=cmd|'/c calc'!A0")
    page.write_formula(2, 0, '=HYPERLINK("http://x.invalid")', value="#REF!")
    page.write_formula(3, 0, "=1+1")
    book.close()
    return out.getvalue()


def merged():
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet()
    page.write_row(0, 0, HEAD)
    page.merge_range(1, 0, 5, 3, "x")
    book.close()
    return out.getvalue()


def lying_size(content):
    """The central directory says that the parts are tiny."""
    raw, start = bytearray(content), 0
    while (start := raw.find(b"PK\x01\x02", start)) >= 0:
        raw[start + 24 : start + 28] = struct.pack("<I", 10)
        start += 4
    return bytes(raw)


def encrypted_flag(content):
    raw, start = bytearray(content), 0
    while (start := raw.find(b"PK\x01\x02", start)) >= 0:
        raw[start + 8] |= 1
        start += 4
    return bytes(raw)


def entities(depth):
    told = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, depth))
    return f'<!DOCTYPE x [<!ENTITY e0 "ha">{told}]>'


TITLES = "".join(cell(f"{letter}1", name) for letter, name in zip("ABCDEF", HEAD, strict=True))
GOOD = sheet(f"<row r='1'>{TITLES}</row>")
LIE = '<dimension ref="A1:XFD1048576"/>'
HIDDEN = BOOK.replace('sheetId="1"', 'sheetId="1" state="veryHidden"')
OUTSIDE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


def bombs():
    """Small files that unpack to far too much."""
    bomb = package(sheet(f"<row r='1'>{cell('A1', 'a' * 120_000_000)}</row>"))
    shared = "<sst>" + " " * 90_000_000 + "</sst>"
    return {
        "bomb of one cell": bomb,
        "bomb in shared strings": package(GOOD, {"xl/sharedStrings.xml": shared}),
        "bomb that lies about its size": lying_size(bomb),
        "bomb in a part nobody reads": package(GOOD, {"docProps/x.bin": b"\0" * 200_000_000}),
        "thousand parts": package(GOOD, {f"xl/media/i{n}.png": b"x" for n in range(1000)}),
        "a million columns": package(sheet("<row r='1'>" + "<c t='n'><v>1</v></c>" * 1_000_000 + "</row>")),
        "a million rows without numbers": package(sheet("<row><c><v>1</v></c></row>" * 1_000_000)),
        "deep xml": package(sheet("<a>" * 100_000 + "</a>" * 100_000)),
        "long attribute": package(sheet(f'<row r="1" x="{"a" * 5_000_000}"/>')),
    }


def intruders():
    """Workbooks that bring along what has no business in a table."""
    parts = {
        "nested zip": {"xl/media/a.zip": package(GOOD)},
        "nested zip under another name": {"xl/media/a.png": package(GOOD)},
        "embedded object": {"xl/embeddings/oleObject1.bin": OLE},
        "macros": {"xl/vbaProject.bin": OLE},
        "macro sheet": {"xl/macrosheets/sheet1.xml": GOOD},
        "activex": {"xl/activeX/activeX1.xml": "<x/>"},
        "external link": {"xl/externalLinks/externalLink1.xml": "<x/>"},
        "data connection": {"xl/connections.xml": "<x/>"},
        "query table": {"xl/queryTables/queryTable1.xml": "<x/>"},
        "path out of the archive": {"../../etc/passwd": "x"},
        "absolute path": {"/etc/passwd": "x"},
        "drive letter": {"C:/x": "x"},
        "backslash path": {"..\\x": "x"},
        "two parts of one name": {"XL/workbook.xml": BOOK},
    }
    return {name: package(GOOD, more) for name, more in parts.items()}


def definitions():
    """Document types and entities, in and outside the sheet."""
    http = '<!DOCTYPE x SYSTEM "http://x.invalid/x.dtd">'
    parameter = '<!DOCTYPE x [<!ENTITY % p SYSTEM "x">%p;]>'
    laughs = {
        f"billion laughs {depth}": package(sheet(cell("A1", f"&e{depth - 1};"), prolog=entities(depth)))
        for depth in (3, 6, 10)
    }
    return laughs | {
        "external entity": package(sheet(cell("A1", "&e;"), prolog=OUTSIDE)),
        "external entity over http": package(sheet("", prolog=http)),
        "parameter entity": package(sheet("", prolog=parameter)),
        "entity in the workbook part": package(GOOD, book=entities(4) + BOOK),
        "document type in utf-16": package(sheet("", prolog=OUTSIDE).encode("utf-16")),
    }


def places():
    """Cells where no cell is, and sheets that are not what they say."""
    first = cell("A1", "x")
    rows = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(2, 60_000))
    rows = f"<mergeCells>{rows}</mergeCells>"
    far = {
        f"far column {ref}": package(sheet(f"<row r='1'>{first}{cell(ref, 'x')}</row>"))
        for ref in ("XFD1", "XFD1048576", "AAAA1", "GS1", "ZZZ9999999")
    }
    deep = {
        f"far row {ref}": package(sheet(f"<row r='1'>{first}</row><row>{cell(ref, 'x')}</row>"))
        for ref in ("A1048576", "A9999999", "A4294967296", "B500000")
    }
    return far | deep | {
        "far row in single quotes": package(sheet(f"<row r='1048576'>{first}</row>".replace('"', "'"))),
        "a cell named by an entity": package(sheet('<row r="1"><c r="&#88;FD1"><v>1</v></c></row>')),
        "dimension that lies": package(GOOD.replace("<sheetData>", f"{LIE}<sheetData>")),
        "many merged ranges": package(GOOD.replace("</worksheet>", f"{rows}</worksheet>")),
        "merged cells": merged(),
        "no rows": package(sheet("")),
        "no sheet": package(GOOD, drop=("xl/worksheets/sheet1.xml",)),
        "no workbook": package(GOOD, drop=("xl/workbook.xml",)),
        "no types": package(GOOD, drop=("[Content_Types].xml",)),
        "hidden sheet only": package(GOOD, book=HIDDEN),
    }  # fmt: skip


def broken():
    """Workbooks torn, turned or filled with nonsense."""
    whole, dice = xlsx_of([firm(1)]), random.Random(7)  # noqa: S311 - the same twelve files each time
    torn = {f"torn off at {share}": whole[: int(len(whole) * share)] for share in (0.1, 0.3, 0.5, 0.9, 0.99)}
    for n in range(12):
        raw = bytearray(whole)
        for _ in range(20):
            raw[dice.randrange(len(raw))] = dice.randrange(256)
        torn[f"bits turned {n}"] = bytes(raw)
    number = "<row r='1'><c r='A1'><v>NaN</v></c><c r='B1'><v>1e999</v></c></row>"
    return torn | {
        "formulas and DDE": formulas(),
        "encrypted flag": encrypted_flag(package(GOOD)),
        "broken xml": package(GOOD[:-30]),
        "binary instead of xml": package(b"\0\xff" * 5000),
        "wrong number cell": package(sheet(number)),
        "shared string out of range": package(sheet("<row r='1'><c r='A1' t='s'><v>99999999</v></c></row>")),
        "negative row": package(sheet("<row r='-1'><c r='A-1'><v>1</v></c></row>")),
        "dates beyond time": package(sheet("<row r='1'><c r='A1' t='d'><v>99999-99-99</v></c></row>")),
    }


def texts():
    """Text files, and other things called .csv."""
    utf16 = "EncryptedPackage".encode("utf-16-le")
    return {
        "empty": b"",
        "blanks": b" \r\n\t\r\n",
        "old excel": OLE + b"\0" * 2000,
        "encrypted workbook": OLE + b"\0" * 600 + utf16 + b"\0" * 600,
        "pdf": b"%PDF-1.7\n" + b"x" * 500,
        "html called xls": b"<html><table><tr><td>1</td></tr></table></html>",
        "xml with entity": f"<?xml version='1.0'?>{entities(5)}<x>&e4;</x>".encode(),
        "rtf": b"{\\rtf1 hello}",
        "png": b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
        "gzip": b"\x1f\x8b\x08" + b"\0" * 100,
        "nul in text": csv_of([firm(1, name="a\0b")]),
        "only nul": b"\0" * 100_000,
        "a million columns of text": b",".join([b"x"] * 1_000_000),
        "one line of ten million letters": b"x" * 10_000_000,
        "a quote that never ends": csv_of([firm(1)]) + b'"' + b"x\n" * 2_000_000,
        "three hundred thousand rows": csv_of([]) + b"a,b,c\n" * 300_000,
        "not any encoding": b"\xff\xff\x80\x81" * 500,
        "half characters": "单位名称,单位性质\n".encode() + b"\xed\xa0\x80x,\xed\xb0\x80\n",
        "latin bytes": "Société,kind\n".encode("latin-1") * 50,
        "utf-16 without end": "单位名称".encode("utf-16")[:-1],
        "utf-32": "单位名称,单位性质\n".encode("utf-32"),
        "too large": b"x" * (21 << 20),
        "columns doubled": csv_of([firm(1) * 30], HEAD * 30),
    }


NAMES = (
    "=1+1", "+1", "-1", "@SUM(1)", "=cmd|'/c calc'!A0", "\t=1", "\r=1",
    "公\u202e司", "公\u2066司", "公\u200b司", "公\ufeff司",
    "Сompany", "Αlpha", "ＡＢＣ１２３", "𠮷野家", "\ue000公司", "公\uffff司",
    "公\x07司", "\x1b[31m公司", "公\u2028司", "ㅤㅤ",
    "公" + "\u0301" * 500, "长" * 5000, "<script>alert(1)</script>", "{{7*7}}{% x %}", "'; DROP TABLE x; --",
    "{name}{0.__class__}", "%s%n%(x)s",
)  # fmt: skip
HEADS = ("=1", "{x}", "\u2400", "\u202e称名位单")
CODES = ("110105491231002", "９１３３", "9.133E+17", code(1) + code(2))
NUMBERS = ("-1", "1e9", "∞", "NaN", "１２３４５６７８９０１２", "0x10", "1,2,3", "一百")
DAYS = ("0000-00-00", "9999-99-99", "-43165", "999999", "2018-02-29", "31/12/2018", "明天")


def cells():
    """Honest tables with one dishonest cell."""
    told = {f"name {value!r:.20}": csv_of([firm(1, name=value)]) for value in NAMES}
    told |= {f"heading {value!r}": csv_of([firm(1)], (*HEAD[:-1], value)) for value in HEADS}
    told |= {f"code {value}": csv_of([firm(1, uscc=value)]) for value in CODES}
    told |= {f"number {value}": csv_of([firm(1, headcount=value)]) for value in NUMBERS}
    return told | {f"day {value}": csv_of([firm(1, since=value)]) for value in DAYS}


def corpus():
    """Every hostile file, by what it is."""
    return bombs() | intruders() | definitions() | places() | broken() | texts() | cells()
