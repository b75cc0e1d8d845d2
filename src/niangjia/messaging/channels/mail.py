"""E-mail by SMTP, as Django's settings say."""

import smtplib

from django.core.mail import EmailMessage, get_connection

from niangjia.messaging.channels.port import Outcome, Outgoing

PATIENCE = 10
NO_SUCH_READER = range(550, 560)


class MailChannel:
    """One message a reader; the same `Message-ID` however often it is sent."""

    def __init__(self, *, name: str) -> None:
        self.name = name

    def send(self, *, outgoing: Outgoing) -> Outcome:
        """Hand it to the mail server."""
        if not outgoing.to.email:
            return Outcome(accepted=False, again=False, why="no address")
        message = EmailMessage(
            outgoing.subject,
            outgoing.text,
            to=[outgoing.to.email],
            headers={"Message-ID": f"<{outgoing.number}@niangjia>", "Auto-Submitted": "auto-generated"},
            connection=get_connection(timeout=PATIENCE),
        )
        try:
            message.send()
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            final = all(code in NO_SUCH_READER for code in codes)
            return Outcome(accepted=False, again=not final, why=f"refused {codes[0]}")
        except (OSError, smtplib.SMTPException) as error:
            return Outcome(accepted=False, why=type(error).__name__)
        return Outcome(accepted=True)
