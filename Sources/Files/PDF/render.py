"""Makes one PDF: a head, a style sheet and a page come in by standard input, the PDF goes out by standard output.

    python3 -I -B render.py

The head is one line of JSON: {"css": bytes of the style sheet, "memory": MiB, "seconds": of CPU}; the style
sheet follows, then the page, both in UTF-8. The process lives for one document, so nothing of one client is left for the next.

What the page may reach: nothing. The fetcher of addresses refuses every one (http, file, data), and once WeasyPrint is loaded
an audit hook of Python refuses sockets, other programs and every file outside of Python's own folders.

Exit status: 0 done, 3 WeasyPrint is missing, 4 the document could not be made.
"""

import json
import os
import resource
import sys

FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system", "os.remove", "os.rename", "urllib.", "ftplib.", "http.")


def limit(memory: int, seconds: int) -> None:
    mebibyte = 1 << 20
    for what, most in (
        (resource.RLIMIT_AS, memory * mebibyte),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, mebibyte),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (most, most))


def seal() -> None:
    """From here on only Python's own folders can be read, and nothing can be written or started."""
    folders = tuple(os.path.realpath(path) + os.sep for path in {*sys.path, sys.prefix, sys.base_prefix + "/lib"} if path)

    def hook(event: str, arguments: tuple) -> None:
        if event == "open":
            path, _, flags = arguments
            writes = flags & (os.O_WRONLY | os.O_RDWR)
            if isinstance(path, int) or (not writes and os.path.realpath(os.fsdecode(path)).startswith(folders)):
                return
            raise PermissionError("a document opens no files")
        if event.startswith(FORBIDDEN):
            raise PermissionError(f"a document may not do this: {event}")

    sys.addaudithook(hook)


def refuse(url: str, *_, **__):
    raise ValueError("a document fetches nothing")


def main() -> int:
    os.closerange(3, 4096)  # whatever was left open by whoever started this
    head = json.loads(sys.stdin.buffer.readline(1000))
    limit(head["memory"], head["seconds"])
    try:
        import logging

        from weasyprint import CSS, HTML, VERSION
    except (ImportError, OSError) as error:
        print(f"WeasyPrint does not load: {error}", file=sys.stderr)
        return 3
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    sheet = sys.stdin.buffer.read(head["css"]).decode()
    page = sys.stdin.buffer.read().decode()
    seal()
    try:
        css = CSS(string=sheet, url_fetcher=refuse)
        # pdf/ua-1 is what makes WeasyPrint write tags, the language and the title that a reader shows.
        variant = "variant" if int(VERSION.split(".")[0]) < 59 else "pdf_variant"
        made = HTML(string=page, url_fetcher=refuse).write_pdf(stylesheets=[css], **{variant: "pdf/ua-1"})
    except Exception as error:  # whatever it is, whoever asked gets one answer; the kind goes to the log, the text stays here
        print(f"{type(error).__name__}", file=sys.stderr)
        return 4
    sys.stdout.buffer.write(made)
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
