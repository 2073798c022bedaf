"""A mail server that keeps what it is handed, in a thread of its own."""

import asyncio
import base64
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, PASSWORD = "clinic", "s3cret:/@"


@dataclass
class MailBox:
    """What came, and what to refuse."""

    port: int = 0
    letters: list[tuple[str, EmailMessage]] = field(default_factory=list)
    over_tls: list[bool] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    hangs_up_after: int | None = None


def make_certificate(folder: Path, host: str = "localhost") -> tuple[Path, Path]:
    """Write a certificate that vouches for itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    names: list[x509.GeneralName] = [x509.DNSName(host)]
    if host == "localhost":
        names.append(x509.IPAddress(ip_address("127.0.0.1")))
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    files = folder / f"{host}.pem", folder / f"{host}.key"
    files[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    files[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return files


class _Talk:
    """One connection, as far as a client that behaves needs it."""

    def __init__(self, box: MailBox, tls: ssl.SSLContext | None, *, needs_user: bool) -> None:
        self.box, self.tls, self.needs_user = box, tls, needs_user
        self.is_known = not needs_user
        self.to = ""

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._talk(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError, ssl.SSLError):
            pass
        finally:
            writer.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async def say(text: str) -> None:
            writer.write(f"{text}\r\n".encode())
            await writer.drain()

        await say("220 here")
        while line := (await reader.readline()).decode().strip():
            word, _, rest = line.partition(" ")
            has_tls = writer.get_extra_info("ssl_object") is not None
            match word.upper():
                case "EHLO":
                    offers = ["AUTH PLAIN"] if self.needs_user else []
                    offers += ["STARTTLS"] if self.tls and not has_tls else []
                    for each in ["here", *offers]:
                        await say(f"250-{each}")
                    await say("250 OK")
                case "STARTTLS":
                    await say("220 go ahead")
                    await writer.start_tls(self.tls)  # pyright: ignore[reportArgumentType]
                case "AUTH":
                    given = base64.b64decode(rest.split()[-1]).decode()
                    self.is_known = given == f"\0{USER}\0{PASSWORD}"
                    await say("235 known" if self.is_known else "535 who are you")
                case "MAIL":
                    is_over = self.box.hangs_up_after == len(self.box.letters)
                    if is_over:
                        return
                    await say("250 OK" if self.is_known else "530 log in first")
                case "RCPT":
                    self.to = rest.partition("<")[2].partition(">")[0]
                    await say("550 nobody" if self.to in self.box.refused else "250 OK")
                case "DATA":
                    await say("354 go ahead")
                    data = (await reader.readuntil(b"\r\n.\r\n"))[:-3]
                    letter = message_from_bytes(data, policy=policy.default)
                    assert isinstance(letter, EmailMessage)
                    self.box.letters.append((self.to, letter))
                    self.box.over_tls.append(has_tls)
                    await say("250 OK")
                case "QUIT":
                    await say("221 bye")
                    return
                case _:
                    await say("250 OK")


@contextmanager
def running_mail_server(
    certificate: tuple[Path, Path] | None = None,
    *,
    tls_at_once: bool = False,
    needs_user: bool = False,
) -> Iterator[MailBox]:
    """Take e-mail on a free port of this machine."""
    box = MailBox()
    tls = None
    if certificate:
        tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        tls.load_cert_chain(*certificate)
    loop = asyncio.new_event_loop()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await _Talk(box, tls, needs_user=needs_user)(reader, writer)

    server = loop.run_until_complete(
        asyncio.start_server(talk, "127.0.0.1", 0, ssl=tls if tls_at_once else None)
    )
    box.port = server.sockets[0].getsockname()[1]
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    yield box

    async def stop() -> None:
        server.close()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
        await asyncio.sleep(0)

    asyncio.run_coroutine_threadsafe(stop(), loop).result()
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()
