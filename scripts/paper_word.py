"""Writes the Word templates of papers: our own files, made from the declared fields; run after a change."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "niangjia.project.settings.test")

from docx import Document  # noqa: E402
from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: E402
from docx.oxml.ns import qn  # noqa: E402
from docx.shared import Cm, Pt  # noqa: E402

from niangjia.papers.rules import FieldKind, Template  # noqa: E402
from niangjia.register.rules import PAPERS  # noqa: E402

SONG = "宋体"


def page(document: Document) -> None:
    """A4, and a Chinese serif that every office has."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    style = document.styles["Normal"]
    style.font.name, style.font.size = SONG, Pt(10.5)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), SONG)
    section.footer.paragraphs[0].text = "编号 {{ number }}　校验码 {{ code }}　核验：{{ check }}"


def title(document: Document, template: Template) -> None:
    """The title and the line of who and when."""
    line = document.add_paragraph()
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = line.add_run(str(template.title))
    run.bold, run.font.size = True, Pt(20)
    document.add_paragraph("填报单位（盖章）：{{ union }}　　　　登记日期：{{ day }}")


def plain(document: Document, template: Template) -> None:
    """A row for each field: its label and its place."""
    fields = [item for item in template.fields if item.kind is not FieldKind.ROWS]
    table = document.add_table(rows=len(fields), cols=2, style="Table Grid")
    for row, item in zip(table.rows, fields, strict=True):
        row.cells[0].text, row.cells[1].text = str(item.label), f"{{{{ fields.{item.name} }}}}"
        row.cells[0].width, row.cells[1].width = Cm(4), Cm(13)


def rows(document: Document, template: Template) -> None:
    """A table for each field of rows, its line repeated."""
    for item in template.fields:
        if item.kind is FieldKind.ROWS:
            document.add_paragraph(str(item.label))
            table = document.add_table(rows=4, cols=len(item.columns), style="Table Grid")
            table.rows[1].cells[0].text = f"{{%tr for row in fields.{item.name} %}}"
            table.rows[3].cells[0].text = "{%tr endfor %}"
            for place, column in enumerate(item.columns):
                table.rows[0].cells[place].text = str(column.label)
                table.rows[2].cells[place].text = f"{{{{ row[{place}] }}}}"


for paper in PAPERS:
    if paper.docx:
        made = Document()
        page(made)
        title(made, paper)
        plain(made, paper)
        rows(made, paper)
        made.save(str(ROOT / "src" / "niangjia" / paper.docx))
        print(paper.docx)
