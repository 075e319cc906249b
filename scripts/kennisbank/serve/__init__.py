"""The site while it is being written: ``kennisbank serve``. Every change is checked, and the open page reloads itself.

A mistake is told in the terminal and on the page; the last good pages stay, and the server with them.
"""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from kennisbank import load
from kennisbank.serve import demand, faults, watch, web
from kennisbank.serve.preview import Preview
from kennisbank.serve.whole import Whole

HOST = "127.0.0.1"
PAUSE = 0.1  # seconds between two looks at the files: nobody notices it, and it costs 5 % of one core
QUIET = 20  # looks without a change before the garbage of the last pages is cleared
STOPPED, TAKEN = 0, 1
# What a new start of this program would read; tried apart, because a start that fails would end the server.
TRIAL = "from kennisbank import cli, check, load, macros, serve; load.messages.table()"


def serve(root: Path, port: int, plain: bool = False) -> int:
    """Serve the project in ``root`` until Ctrl-C; 0 then, 1 when the port cannot be had.

    ``plain`` lets MkDocs make the whole site after every change, as happens of itself when MkDocs has changed inside.
    """
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    root = root.resolve()
    kind = Whole if plain or not demand.is_possible() else demand.OnDemand
    if kind is Whole:
        tell(load.say("serve.plain"))
    with tempfile.TemporaryDirectory(prefix="kennisbank-", ignore_cleanup_errors=True) as folder:
        preview = Preview(root, Path(folder), kind, tell)
        try:
            server = web.open_server(HOST, port, preview)
        except OSError:
            print(load.say("serve.taken", port=port, other=port + 1 if port < 9000 else port - 1), file=sys.stderr)
            return TAKEN
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        with server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            try:
                preview.look()
                tell(load.say("serve.address", url=f"http://{HOST}:{server.server_port}/"))
                watch_until_code_changes(preview)
            except KeyboardInterrupt:
                # Once is enough: Ctrl-C in a hurry does not leave the folder behind.
                signal.signal(signal.SIGINT, signal.SIG_IGN)
                signal.signal(signal.SIGTERM, signal.SIG_IGN)
                tell("\n" + load.say("serve.stopped"))
                return STOPPED
            finally:
                server.shutdown()
    tell(load.say("serve.restart"))
    return os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])


def watch_until_code_changes(preview: Preview) -> None:
    """Keep the preview up to date; returns when this program itself has changed and can start again."""
    code, quiet = watch.stamp_code(), 0
    while True:
        time.sleep(PAUSE)
        quiet = 0 if preview.look() else quiet + 1
        if quiet == QUIET:
            gc.collect()  # a command runs without the collector, and this one runs all day
        now = watch.stamp_code()
        if now != code:
            code = now
            found = try_code()
            if not found:
                return
            preview.report(found)


def try_code() -> list[load.Problem]:
    """What keeps this program, as it now stands on the disk, from starting."""
    result = subprocess.run([sys.executable, "-c", TRIAL], capture_output=True, text=True)
    return faults.read_traceback(result.stderr) if result.returncode else []


def tell(text: str) -> None:
    """Say something in the terminal, at once."""
    print(text, flush=True)
