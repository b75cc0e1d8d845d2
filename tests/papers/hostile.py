"""Files that mean harm, or were hurt on the way; every one is built here, none is kept in the repository."""

import io
import struct
import zipfile
import zlib

from PIL import Image

MAIN = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
}
BODY = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}


def picture(kind="JPEG", size=(64, 48), **more):
    out = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(out, kind, **more)
    return out.getvalue()


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_of(width, height, data=b""):
    """A PNG whose head tells a size that its data need not keep."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def opens(with_):
    """A PDF that does something when it is opened."""
    return pdf(b"/OpenAction " + with_)


def docx(name, body):
    """A DOCX with one part more."""
    return office(parts=[(name, body)])


def pdf(extra=b"", body=b"", tail=b"startxref\n9\n%%EOF\n"):
    start = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R " + extra + b">>\nendobj\n"
    pages = b"2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n"
    return start + pages + body + b"trailer\n<< /Root 1 0 R >>\n" + tail


def packed_pdf(inside, head=b"/Filter /FlateDecode"):
    data = zlib.compress(inside)
    stream = (
        b"3 0 obj\n<< /Type /ObjStm /N 1 /First 4 "
        + head
        + b" >>\nstream\n"
        + data
        + b"\nendstream\nendobj\n"
    )
    return pdf(body=stream)


def office(kind="docx", parts=(), types="", main=None, compression=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        override = f'<Override PartName="/{BODY[kind]}" ContentType="{main or MAIN[kind]}"/>{types}'
        archive.writestr("[Content_Types].xml", f"<Types>{override}</Types>")
        archive.writestr(BODY[kind], "<w/>")
        for name, body in parts:
            archive.writestr(name, body)
    return out.getvalue()


def rels(target, kind="oleObject", mode="External"):
    told = f'Type="http://x/{kind}" Target="{target}" TargetMode="{mode}"'
    return f"<Relationships><Relationship {told}/></Relationships>"


def lying_office():
    """The directory says that a part is small; it is not."""
    body = office(parts=[("word/big.xml", b"\0" * 3_000_000)])
    place = body.rfind(b"word/big.xml") - 46 + 24
    return body[:place] + struct.pack("<I", 10) + body[place + 4 :]


GOOD = {
    "jpeg": ("走访.jpg", "image/jpeg", picture()),
    "large picture": ("照片.JPEG", "image/jpeg", picture(size=(3000, 2000))),
    "png": ("图.png", "image/png", picture("PNG")),
    "webp": ("图.webp", "image/webp", picture("WEBP")),
    "pdf": ("批复.pdf", "application/pdf", pdf()),
    "packed pdf": ("批复.pdf", "application/octet-stream", packed_pdf(b"3 0 << /Type /Font >>")),
    "docx": ("请示.docx", MAIN["docx"].removesuffix(".main+xml"), office()),
    "xlsx": ("名册.xlsx", "", office("xlsx")),
    "docx with a link": (
        "请示.docx",
        "",
        office(parts=[("word/_rels/d.rels", rels("http://a.cn", "hyperlink"))]),
    ),
    "rtl name": ("照片\u202egpj.jpg", "image/jpeg", picture()),
    "nul name": ("照\x00片.jpg", "image/jpeg", picture()),
    "folder name": ("../../etc/照片.jpg", "image/jpeg", picture()),
    "long name": ("长" * 400 + ".jpg", "image/jpeg", picture()),
    "picture with a tail": ("a.jpg", "image/jpeg", picture() + b"<script>alert(1)</script>" * 9),
    "gif polyglot comment": ("a.jpg", "image/jpeg", picture(comment=b"<?php system('id') ?>")),
}

EICAR_LIKE = b"MZ\x90\x00" + b"\0" * 200
TWICE = b"/Filter [/ASCIIHexDecode /FlateDecode]"
FALSE = b"/X (>>stream\n) /OpenAction " + b"<< /S /JavaScript >>" + b" /Y (endstream) "
HIDDEN = b"<< >>\nstream\n7 0 obj << /A 1 >>\nendstream\n"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"
JS = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"

BAD = {
    "empty": ("a.jpg", "image/jpeg", b""),
    "svg": ("a.svg", "image/svg+xml", SVG),
    "svg as png": ("a.png", "image/png", SVG),
    "html as jpg": ("a.jpg", "image/jpeg", HTML),
    "html as pdf": ("a.pdf", "application/pdf", HTML),
    "program": ("a.exe", "application/x-msdownload", EICAR_LIKE),
    "program as pdf": ("a.pdf", "application/pdf", EICAR_LIKE),
    "program behind a turned name": ("照片\u202egpj.exe", "image/jpeg", EICAR_LIKE),
    "no ending": ("照片", "image/jpeg", picture()),
    "only an ending": (".jpg", "image/jpeg", picture()[:10]),
    "png as jpg": ("a.jpg", "image/jpeg", picture("PNG")),
    "gif": ("a.gif", "image/gif", picture("GIF")),
    "tiff as jpg": ("a.jpg", "image/jpeg", picture("TIFF")),
    "bmp": ("a.bmp", "image/bmp", picture("BMP")),
    "type disagrees": ("a.jpg", "text/html", picture()),
    "truncated jpeg": ("a.jpg", "image/jpeg", picture(size=(900, 900), quality=95)[:900]),
    "truncated png": ("a.png", "image/png", picture("PNG", (900, 900))[:300]),
    "truncated webp": ("a.webp", "image/webp", picture("WEBP", (900, 900))[:60]),
    "jpeg of noise": ("a.jpg", "image/jpeg", b"\xff\xd8\xff\xe0" + bytes(range(256)) * 9),
    "huge dimensions": ("a.png", "image/png", png_of(60_000, 60_000)),
    "thin and endless": ("a.png", "image/png", png_of(2_000_000, 1)),
    "no height": ("a.png", "image/png", png_of(10, 0)),
    "data shorter than told": ("a.png", "image/png", png_of(500, 500, b"\0" * 100)),
    "png bomb": ("a.png", "image/png", png_of(20_000, 20_000, b"\0" * 20_000_000)),
    "pdf without end": ("a.pdf", "application/pdf", pdf(tail=b"")),
    "pdf cut": ("a.pdf", "application/pdf", pdf()[:40]),
    "encrypted pdf": ("a.pdf", "application/pdf", pdf(b"/Encrypt 9 0 R ")),
    "pdf with script": ("a.pdf", "application/pdf", opens(JS)),
    "pdf with spelled script": ("a.pdf", "application/pdf", opens(b"<< /S /J#61vaScript /J#53 (x) >>")),
    "pdf with packed script": ("a.pdf", "application/pdf", packed_pdf(b"3 0 " + JS)),
    "pdf with unreadable packing": ("a.pdf", "application/pdf", packed_pdf(JS, b"/Filter /LZWDecode")),
    "pdf with two packings": ("a.pdf", "application/pdf", packed_pdf(JS, TWICE)),
    "pdf with a predictor": (
        "a.pdf", "application/pdf", packed_pdf(JS, b"/Filter /FlateDecode /DecodeParms << /Predictor 12 >>"),
    ),
    "pdf bomb": ("a.pdf", "application/pdf", packed_pdf(b" " * 90_000_000)),
    "pdf with launcher": ("a.pdf", "application/pdf", opens(b"<< /S /Launch /F (cmd.exe) >>")),
    "pdf with parcel": ("a.pdf", "application/pdf", pdf(b"/Names << /EmbeddedFiles 7 0 R >>")),
    "pdf with form of XFA": ("a.pdf", "application/pdf", pdf(b"/AcroForm << /XFA 7 0 R >>")),
    "pdf with a false stream": ("a.pdf", "application/pdf", pdf(FALSE)),
    "pdf with hidden object": ("a.pdf", "application/pdf", pdf(body=HIDDEN)),
    "pdf with endless stream": ("a.pdf", "application/pdf", pdf(body=b"3 0 obj << >>\nstream\nabc ")),
    "docx with macro": ("a.docx", "", docx("word/vbaProject.bin", b"x")),
    "docm as docx": ("a.docx", "", office(main="application/vnd.ms-word.document.macroEnabled.main+xml")),
    "docx with parcel": ("a.docx", "", docx("word/embeddings/oleObject1.bin", b"x")),
    "docx with control": ("a.docx", "", docx("word/activeX/activeX1.xml", b"<a/>")),
    "docx with foreign template": (
        "a.docx", "", docx("word/_rels/s.rels", rels("http://e.test/x.dotm", "attachedTemplate")),
    ),
    "docx with foreign picture": ("a.docx", "", docx("word/_rels/s.rels", rels("file://h/x", "image"))),
    "docx with entities": ("a.docx", "", docx("word/x.xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><a/>")),
    "docx with wide entities": (
        "a.docx", "", office(parts=[("word/x.xml", "\ufeff<!DOCTYPE a []><a/>".encode("utf-16-le"))]),
    ),
    "docx bomb": ("a.docx", "", docx("word/x.xml", b" " * 120_000_000)),
    "docx bomb that lies": ("a.docx", "", lying_office()),
    "docx of many parts": ("a.docx", "", office(parts=[(f"p/{n}.xml", b"") for n in range(2_100)])),
    "docx that climbs": ("a.docx", "", office(parts=[("../../x.xml", b"<a/>")])),
    "docx with a prefix": ("a.docx", "", b"PK\x03\x04" + b"\0" * 40 + office()),
    "docx with a tail": ("a.docx", "", office() + HTML),
    "docx cut": ("a.docx", "", office()[:-30]),
    "xlsx as docx": ("a.docx", "", office("xlsx")),
    "plain zip as xlsx": ("a.xlsx", "application/zip", office()),
    "zip of nothing": ("a.docx", "", b"PK\x05\x06" + b"\0" * 18),
    "docx of noise": ("a.docx", "", b"PK\x03\x04" + bytes(range(256)) * 8),
    "odd compression": ("a.docx", "", office(compression=zipfile.ZIP_LZMA)[:-1] + b"\1"),
    "too large": ("a.pdf", "application/pdf", pdf(body=b"%" + b"x" * 10_000_001 + b"\n")),
}  # fmt: skip
