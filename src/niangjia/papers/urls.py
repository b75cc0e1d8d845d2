"""Roads to the faces of papers."""

from django.urls import URLPattern, path

from niangjia.papers.views import attached, checking, issued

PAPER = "papers/<number:paper_id>/"
ATTACHMENT = "papers/attachments/<number:attachment_id>/"

urlpatterns: list[URLPattern] = [
    path("papers/", issued.papers, name="papers"),
    path("papers/check/", checking.check_paper, name="check-paper"),
    path(PAPER, issued.paper, name="paper"),
    path(f"{PAPER}pdf/", issued.paper_pdf, name="paper-pdf"),
    path(f"{PAPER}word/", issued.paper_word, name="paper-word"),
    path(f"{PAPER}void/", issued.paper_void, name="paper-void"),
    path(f"{PAPER}open/", issued.paper_open, name="paper-open"),
    path("papers/attachments/", attached.attach, name="attach"),
    path(f"{ATTACHMENT}file/", attached.attachment_file, name="attachment-file"),
    path(f"{ATTACHMENT}small/", attached.attachment_small, name="attachment-small"),
    path(f"{ATTACHMENT}open/", attached.attachment_open, name="attachment-open"),
    path(f"{ATTACHMENT}void/", attached.attachment_void, name="attachment-void"),
]
