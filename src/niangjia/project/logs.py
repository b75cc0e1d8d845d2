"""One JSON object a line, allow-listed fields only: no arguments, no personal data (reliability.md §5)."""

import json
import logging
from datetime import UTC, datetime

ALLOWED = ("request_id", "actor_id", "route", "method", "status", "milliseconds", "job", "outcome")


class JsonLines(logging.Formatter):
    """Writes time, level, logger, bare message and the allowed extras; of an exception its place only."""

    def format(self, record: logging.LogRecord) -> str:
        """One line of JSON. Message arguments are left out: they may hold what a person typed."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": str(record.msg),
        }
        line |= {name: getattr(record, name) for name in ALLOWED if hasattr(record, name)}
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["where"] = _where(record)
        return json.dumps(line, ensure_ascii=False)


def _where(record: logging.LogRecord) -> list[str]:
    frames = []
    trace = record.exc_info[2] if record.exc_info else None
    while trace is not None:
        code = trace.tb_frame.f_code
        frames.append(f"{code.co_filename.rsplit('/site-packages/')[-1]}:{trace.tb_lineno}:{code.co_name}")
        trace = trace.tb_next
    return frames[-6:]
