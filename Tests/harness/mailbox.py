"""A real SMTP server for tests: it keeps what it takes, and fails in the ways servers do when told to."""

import ssl
import subprocess
from collections import Counter
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from harness.program import free_port


class Mailbox:
    """`fail` names the next failures, one for each mail, at the step they happen: rcpt-4xx rcpt-5xx rcpt-dies data-4xx data-5xx
    data-dies (after the whole text has come, before the answer)."""

    def __init__(self, certificate: tuple[Path, Path] | None = None, login: tuple[str, str] | None = None, tls: bool = False):
        self.raw: list[bytes] = []
        self.fail: list[str] = []
        self.greetings: list[str] = []
        self.port = free_port()
        options = {}
        if certificate:
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            context.load_cert_chain(*certificate)
            options["ssl_context" if tls else "tls_context"] = context
            options["require_starttls"] = not tls
        if login:
            options |= {"auth_required": True, "authenticator": lambda *given: self._check(login, *given), "auth_require_tls": certificate is not None and not tls}
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port, **options)

    @staticmethod
    def _check(login, server, session, envelope, mechanism, given):
        isright = isinstance(given, LoginPassword) and (given.login.decode(), given.password.decode()) == login
        return AuthResult(success=isright)

    def __enter__(self) -> "Mailbox":
        self._controller.start()
        return self

    def __exit__(self, *_) -> None:
        self._controller.stop()

    @property
    def mails(self) -> list[EmailMessage]:
        return [message_from_bytes(raw, policy=policy.default) for raw in self.raw]

    def copies(self) -> Counter:
        return Counter(str(mail["Message-ID"]) for mail in self.mails)

    def _next_failure(self, step: str) -> str | None:
        if self.fail and self.fail[0].startswith(step):
            return self.fail.pop(0).split("-")[1]
        return None

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        self.greetings.append(hostname)
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, server, session, envelope, address, options):
        match self._next_failure("rcpt"):
            case "4xx":
                return "451 4.3.0 try later"
            case "5xx":
                return "550 5.1.1 nobody of that name"
            case "dies":
                server.transport.abort()
                return "451 gone"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        match self._next_failure("data"):
            case "4xx":
                return "452 4.2.2 mailbox full"
            case "5xx":
                return "554 5.6.0 not wanted"
            case "dies":
                self.raw.append(envelope.original_content)
                server.transport.abort()
                return "451 gone"
        self.raw.append(envelope.original_content)
        return "250 2.0.0 taken"


def certificate(folder: Path) -> tuple[Path, Path]:
    """One for 127.0.0.1, signed by itself."""
    cert, key = folder / "cert.pem", folder / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1", "-addext",
         "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", cert],
        check=True, capture_output=True)
    return cert, key
