"""A local SMTP server that keeps what it is given: one JSON line per mail in FILE, decoded by
Python's own mail library. Addresses: refused…@ is refused at RCPT, busy…@ after DATA, slow…@ is
kept and answered only after a minute.

    smtp_peer.py PORT FILE
"""
import asyncio
import json
import sys
import threading
from email import message_from_bytes
from email.header import decode_header, make_header
from email.policy import compat32, default
from email.utils import parseaddr

from aiosmtpd.controller import Controller

PORT, FILE = int(sys.argv[1]), sys.argv[2]


class Peer:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("refused"):
            return "550 5.1.1 no such user"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server, session, envelope):
        mail = message_from_bytes(envelope.content, policy=default)
        kept = {
            "envelope_from": envelope.mail_from,
            "envelope_to": envelope.rcpt_tos,
            "headers": sorted(name.lower() for name in mail.keys()),
            "from": str(mail["from"]),
            # not mail["to"].addresses: it keeps the space between two encoded-words (RFC 2047, 6.2: none)
            "to_name": parseaddr(str(make_header(decode_header(
                message_from_bytes(envelope.content, policy=compat32)["to"]))))[0],
            "to": mail["to"].addresses[0].addr_spec,
            "subject": str(mail["subject"]),
            "message_id": str(mail["message-id"]).strip(),
            "auto_submitted": str(mail["auto-submitted"]),
            "type": mail.get_content_type() + " " + str(mail.get_content_charset()),
            "date": mail["date"].datetime.isoformat(),
            "longest_line": max(
                len(line) for line in envelope.content.split(b"\r\n") if not line.startswith(b"Message-ID:")),
            "defects": [str(d) for d in mail.defects],
            "body": mail.get_content().replace("\r\n", "\n"),
        }
        if envelope.rcpt_tos[0].startswith("busy"):
            return "451 4.3.0 try again later"
        with open(FILE, "a", encoding="utf-8") as out:
            out.write(json.dumps(kept, ensure_ascii=False) + "\n")
        if envelope.rcpt_tos[0].startswith("slow"):
            await asyncio.sleep(60)
        return "250 2.0.0 kept"


Controller(Peer(), hostname="127.0.0.1", port=PORT).start()
threading.Event().wait()
