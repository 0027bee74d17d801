"""Somebody else's site, which shows our questionnaire in a frame."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

LOADED = (
    '<!doctype html><html lang="nl"><body><h1>Winkel</h1><script src="{}"></script>'
)
PLAIN = '<!doctype html><title>x</title><iframe src="{}" height="700"></iframe>'


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_arguments: object) -> None:
        """Tests print what went wrong, nothing else."""


@contextmanager
def shop(folder: Path) -> Iterator[str]:
    """Somebody else's site, under another name than ours."""
    handler = partial(Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://localhost:{server.server_address[1]}"
        server.shutdown()
        thread.join()
