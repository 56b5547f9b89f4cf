"""A real IMAP server for tests (Debian's dovecot-imapd), with its mail in a folder that goes with it."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from getpass import getuser
from pathlib import Path

from harness.program import free_port

PROGRAM = Path("/usr/sbin/dovecot")
NOBODY = 65534


class MailHost:
    """Everybody who is named has a mailbox, with one password. Messages are put where the server finds them."""

    SECRET = 'p"ä\\ %25ß пароль'

    def __init__(self, *people: str):
        self.people = people
        self.port = free_port()
        # Short: a socket's path has room for 107 bytes.
        self.folder = Path(tempfile.mkdtemp(prefix="dossier-imap-", dir="/tmp"))
        self.isroot = os.getuid() == 0
        self.uid, self.gid = (NOBODY, NOBODY) if self.isroot else (os.getuid(), os.getgid())
        self.count = 0
        self.process: subprocess.Popen | None = None
        (self.folder / "mail").mkdir()
        (self.folder / "users").write_text("".join(f"{one}:{{PLAIN}}{self.SECRET}\n" for one in people))
        (self.folder / "dovecot.conf").write_text(self._configuration())
        self._own(self.folder / "mail")
        self.folder.chmod(0o755)

    def _configuration(self) -> str:
        me = "" if self.isroot else f"default_login_user = {getuser()}\ndefault_internal_user = {getuser()}\ndefault_internal_group = {getuser()}"
        chroot = "" if self.isroot else "chroot ="
        place = self.folder
        return f"""
            base_dir = {place}/run
            state_dir = {place}/state
            log_path = {place}/log
            protocols = imap
            listen = 127.0.0.1
            ssl = no
            disable_plaintext_auth = no
            {me}
            mail_location = maildir:{place}/mail/%u
            first_valid_uid = 1
            passdb {{
              driver = passwd-file
              args = scheme=PLAIN {place}/users
            }}
            userdb {{
              driver = static
              args = uid={self.uid} gid={self.gid} home={place}/mail/%u
            }}
            service imap-login {{
              {chroot}
              inet_listener imap {{
                port = {self.port}
              }}
              inet_listener imaps {{
                port = 0
              }}
            }}
            service anvil {{
              {chroot}
            }}
            service stats {{
              {chroot}
            }}
            """.replace("            ", "")

    def __enter__(self) -> "MailHost":
        self.start()
        return self

    def __exit__(self, *_) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self) -> None:
        self.process = subprocess.Popen([PROGRAM, "-F", "-c", self.folder / "dovecot.conf"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        end = time.monotonic() + 30
        while time.monotonic() < end:
            assert self.process.poll() is None, (self.folder / "log").read_text() if (self.folder / "log").exists() else "dovecot ended at once"
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.02)
        raise AssertionError("dovecot does not answer")

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
            self.process = None

    def deliver(self, person: str, mail: bytes, folder: str = "", isread: bool = False) -> None:
        """The name keeps the order."""
        self.count += 1
        box = self.folder / "mail" / person / (f".{folder}" if folder else "")
        for part in ("cur", "new", "tmp"):
            (box / part).mkdir(parents=True, exist_ok=True)
        name = f"{int(time.time()) - 100_000 + self.count}.M{self.count}P1.test"
        held = box / "tmp" / name
        held.write_bytes(mail)
        self._own(self.folder / "mail" / person)
        held.rename(box / "cur" / (name + ":2,S") if isread else box / "new" / name)

    def _own(self, place: Path) -> None:
        if self.isroot:
            for one in [place, *place.rglob("*")]:
                os.chown(one, self.uid, self.gid)

    def seen(self, person: str) -> list[bool]:
        """Of every mail, whether somebody has read it; in the order of delivery."""
        files = sorted(file.name for file in (self.folder / "mail" / person).rglob("*.test*") if file.parent.name in ("cur", "new"))
        return ["S" in name.partition(":2,")[2] for name in files]
