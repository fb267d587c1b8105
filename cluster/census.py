# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "dask",
#   "distributed",
#   "rich",
# ]
# ///
"""A census of up to 4,000,000,000 networks, on this machine or on a cluster, in pieces that are kept as files.

    uv run census.py 'v=1&exp=minima' --networks 1e9 --out minima
    uv run census.py 'v=1&exp=minima' --networks 1e9 --out minima --scheduler tcp://10.0.0.1:8786

Dask hands out the work and the command-line twin does it: a task is one call of `bottleneck census LINK --from K
--count N --json`. A finished piece is a file in the folder of --out and is never trained again: called a second time,
the driver trains what is missing. In the end `bottleneck merge` puts the pieces together into census.json.

Ends with 0 if the census is whole and has the digest that its link asks for, if any; with 1 if it has another; with 2
if it cannot be carried out; with 130 if it was stopped.
"""

import argparse
import contextlib
import hashlib
import json
import logging
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from dask.base import tokenize
from distributed import CancelledError, Client, LocalCluster, WorkerPlugin, as_completed, get_worker
from rich.console import Console, Group
from rich.live import Live
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

MOST = 4_000_000_000  # networks, what the twin takes
DEFAULT = 10_000  # networks of a link that names no number, as `v=1` has it forever
SUBTREE = 64  # networks; pieces are multiples of it, which keeps the roots that they hold few
RETRIES = 3  # of a piece with which the twin failed; a worker that is lost is Dask's own affair
TOPIC = "bottleneck"  # where workers say that they are refused
OFFER = "bottleneck"  # the resource of a worker that may train

console = Console(highlight=False)


class Refused(Exception):
    """What cannot be carried out, as a sentence."""


def call(twin, *arguments, threads=1):
    """Standard output of the twin."""
    environment = {**os.environ, "RAYON_NUM_THREADS": str(threads)}
    try:
        done = subprocess.run([twin, *arguments], capture_output=True, text=True, env=environment)
    except OSError as error:
        raise Refused(f"{twin} does not run: {error.strerror or error}") from None
    # 1 says that the digest is another than the link's, and is no fault of the call.
    if done.returncode not in (0, 1):
        with contextlib.suppress(ValueError, KeyError):
            raise Refused(json.loads(done.stdout)["error"])
        raise Refused(done.stderr.strip() or f"{twin} ended with {done.returncode}")
    return done.stdout


def train(twin, link, start, count):
    """A piece as it is kept."""
    return call(twin, "census", link, "--from", str(start), "--count", str(count), "--json")


def fingerprint(twin, link, networks):
    """The subtree of the first networks: two builds with the same train the same bits."""
    return json.loads(train(twin, link, 0, min(SUBTREE, networks)))["subtrees"]


def census_of(twin, link, networks):
    """The link as the twin writes it, with so many networks, and how many that are."""
    if networks is None:
        link = json.loads(train(twin, link, 0, 1))["link"]
        return link, int((re.search(r"&networks=(\d+)", link) or [0, DEFAULT])[1])
    # What the link says of networks and digest is that of another census.
    bare = re.sub(r"&(networks|check)=[^&]*", "", json.loads(train(twin, link, 0, 1))["link"])
    return json.loads(train(twin, f"{bare}&networks={networks}", 0, 1))["link"], networks


class Offer(WorkerPlugin):
    """Gives a worker the twin, and lets it take part if its twin trains the driver's bits.

    Only workers with the resource are given pieces: one with another build never trains.
    """

    name = "bottleneck-twin"

    def __init__(self, link, networks, expected, program, path):
        self.link, self.networks, self.expected = link, networks, expected
        self.program, self.path = program, path

    async def setup(self, worker):
        try:
            twin = self.path or self.unpacked(worker)
            if fingerprint(twin, self.link, self.networks) != self.expected:
                raise Refused(f"its {twin} is another build: it trains other bits than the driver's")
        except Refused as refused:
            worker.log_event(TOPIC, {"worker": worker.address, "refused": str(refused)})
            return
        worker.bottleneck_twin = twin
        await worker.set_resources(**{OFFER: worker.state.nthreads})

    def unpacked(self, worker):
        twin = Path(worker.local_directory, "bottleneck")
        twin.write_bytes(self.program)
        twin.chmod(0o700)
        return str(twin)


def task(link, start, count):
    """What a worker does."""
    return train(get_worker().bottleneck_twin, link, start, count)


class Pieces:
    """The folder of --out: a file for each finished piece of one census."""

    def __init__(self, folder, link, networks):
        self.folder, self.link, self.networks = Path(folder), link, networks
        self.folder.mkdir(parents=True, exist_ok=True)
        self.counts, self.done, self.kept = {}, 0, []
        for file in sorted(self.folder.glob("piece-*.json")):
            self.take(file)
        self.kept.sort()
        for (_, end, before), (start, _, file) in zip(self.kept, self.kept[1:]):
            if start < end:
                raise Refused(f"{file} overlaps {before}: both hold network {start}. Remove one of them.")

    def take(self, file):
        """A piece of an earlier call; one that is damaged is put aside and trained again."""
        wrong, found = fault(file.read_bytes())
        if wrong:
            aside = file.with_suffix(".damaged")
            file.replace(aside)
            console.print(f"{file.name} {wrong}: put aside as {aside.name}, to be trained again", soft_wrap=True)
        elif found["link"] != self.link:
            raise Refused(f"{file} is of another census, {found['link']}: choose another folder for --out.")
        else:
            self.add(found, file)

    def add(self, found, file):
        self.kept.append((found["from"], found["from"] + found["count"], file))
        self.done += found["count"]
        for outcome, count in found["outcomes"].items():
            self.counts[outcome] = self.counts.get(outcome, 0) + count

    def keep(self, text):
        """Writes a finished piece: the file is whole, or is not there."""
        found = json.loads(text)
        file = self.folder / f"piece-{found['from']}-{found['count']}.json"
        with tempfile.NamedTemporaryFile("w", dir=self.folder, prefix=".", delete=False) as part:
            part.write(text)
            part.flush()
            os.fsync(part.fileno())
        os.chmod(part.name, 0o644)
        os.replace(part.name, file)
        self.add(found, file)
        return found["count"]

    def missing(self, size):
        """What is still to be trained, in pieces of at most this size."""
        at = 0
        for start, end, _ in [*sorted(self.kept), (self.networks, self.networks, None)]:
            while at < start:
                to = min(start, (at // size + 1) * size)
                yield at, to - at
                at = to
            at = end


def fault(content):
    """What is wrong with the content of a file, and the piece that it holds."""
    try:
        found = json.loads(content)
        # The hash of a leaf over the piece without its seal.
        bare = content.strip().replace(found["seal"].encode(), b"", 1)
        if hashlib.sha256(b"\0" + bare).hexdigest() == found["seal"]:
            return None, found
    except (ValueError, KeyError, TypeError, AttributeError):
        return "is no whole piece", None
    return "was changed or damaged", None


def rate(twin, link, networks):
    """Networks per second of one core here."""
    count = min(SUBTREE, networks)
    while True:
        start = time.monotonic()
        train(twin, link, 0, count)
        seconds = time.monotonic() - start
        if seconds > 1 or count == networks:
            return count / seconds
        count = min(2 * count, networks)


class Display:
    """A bar with rate and time left, and the table so far; where no terminal is, a line at times."""

    EVERY = 30  # seconds between two lines

    def __init__(self, pieces):
        self.pieces, self.start, self.before, self.said = pieces, time.monotonic(), pieces.done, 0
        self.bar = Progress(
            TextColumn("{task.fields[state]}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("networks, {task.fields[rate]}, left:"),
            TimeRemainingColumn(),
            console=console,
        )
        self.task = self.bar.add_task("", total=pieces.networks, completed=pieces.done, state="", rate="–/s")
        self.live = Live(self, console=console, refresh_per_second=4, transient=True)

    def __enter__(self):
        if console.is_terminal:
            self.live.__enter__()
        return self

    def __exit__(self, *error):
        if console.is_terminal:
            self.live.__exit__(*error)

    def __rich__(self):
        table = Table(box=None)
        for heading in ("outcome", "networks", "share so far"):
            table.add_column(heading, justify="left" if heading == "outcome" else "right")
        counts, decimals = self.pieces.counts, max(2, len(str(self.pieces.networks)) - 1)
        for outcome in sorted(counts, key=counts.get, reverse=True):
            if counts[outcome]:
                share = 100 * counts[outcome] / self.pieces.done
                table.add_row(outcome, f"{counts[outcome]:,}", f"{share:.{decimals}f} %")
        return Group(self.bar, table)

    def update(self, workers):
        seconds = time.monotonic() - self.start
        done, networks = self.pieces.done, self.pieces.networks
        speed = (done - self.before) / seconds
        state = f"{workers} workers" if workers != 1 else "1 worker"
        rate = f"{speed:,.0f}/s"
        self.bar.update(self.task, completed=done, state=state, rate=rate)
        if not console.is_terminal and (seconds > self.said + self.EVERY or done == networks):
            self.said = seconds
            left = f"{(networks - done) / speed:,.0f} s left" if speed else "none finished yet"
            console.print(f"{done:,} of {networks:,} networks, {rate}, {state}, {left}", soft_wrap=True)


def refusals(client):
    """A sentence for each worker that may not train."""
    return [f"refused: {said['worker']}: {said['refused']}" for _, said in client.get_events(TOPIC)]


def offering(client):
    """Workers that may train."""
    workers = client.scheduler_info(n_workers=-1)["workers"].values()
    return sum(OFFER in worker.get("resources", {}) for worker in workers)


def finish(client, pieces, link, size):
    """Trains what is missing."""
    futures = [
        client.submit(
            task,
            link,
            start,
            count,
            key=f"piece-{start}-{count}-{tokenize(link)}",
            resources={OFFER: 1},
            retries=RETRIES,
        )
        for start, count in pieces.missing(size)
    ]
    told = set()
    with Display(pieces) as display:
        display.update(offering(client))
        for future in as_completed(futures):
            try:
                pieces.keep(future.result())
            except Refused:
                raise
            except (Exception, CancelledError) as error:
                raise Refused(f"The cluster gave up {future.key}: {error or type(error).__name__}") from None
            # The scheduler need not keep what a file keeps.
            future.release()
            display.update(offering(client))
            # A worker may come, and be refused, at any time.
            for sentence in refusals(client):
                if sentence not in told:
                    console.print(sentence, markup=False, soft_wrap=True)
                    told.add(sentence)


@contextlib.contextmanager
def cluster(scheduler, workers):
    """A client of that scheduler, or of a cluster on this machine."""
    if scheduler:
        try:
            client = Client(scheduler)
        except (OSError, ValueError) as error:
            raise Refused(f"No scheduler of Dask answers at {scheduler}: {error}") from None
        with client:
            yield client
    else:
        # Dask's words for what is said here in sentences.
        quiet = {"dashboard_address": None, "silence_logs": logging.CRITICAL}
        local = {"n_workers": workers, "threads_per_worker": 1, **quiet}
        with LocalCluster(**local) as here, Client(here) as client:
            yield client


def run(options):
    twin = shutil.which(options.twin)
    if twin is None:
        raise Refused(f"{options.twin} is no program here: say with --twin where the command-line twin is.")
    link, networks = census_of(twin, options.link, options.networks)
    pieces = Pieces(options.out, link, networks)
    if pieces.done:
        console.print(f"{pieces.done:,} of {networks:,} networks are there already.", soft_wrap=True)
    if pieces.done < networks:
        expected = fingerprint(twin, link, networks)
        with cluster(options.scheduler, options.workers) as client:
            program = None if options.worker_twin else Path(twin).read_bytes()
            client.register_plugin(Offer(link, networks, expected, program, options.worker_twin))
            threads = sum(client.nthreads().values())
            if threads and not offering(client):
                raise Refused("\n".join(["No worker may take part.", *refusals(client)]))
            # Four for each thread at least, so that none waits long for the last.
            size = min(options.seconds * rate(twin, link, networks), networks / (4 * max(threads, 1)))
            finish(client, pieces, link, max(1, round(size / SUBTREE)) * SUBTREE)
    files = [str(file) for _, _, file in sorted(pieces.kept)]
    merged = call(twin, "merge", *files, "--json")
    (pieces.folder / "census.json").write_text(merged)
    console.print(call(twin, "merge", *files), markup=False, soft_wrap=True)
    return 1 if json.loads(merged)["verdict"] == "differs" else 0


def whole(text):
    """A number of networks, in any way of writing it: 1000000, 1_000_000, 1e6."""
    try:
        number = float(text)
    except ValueError:
        number = 0
    if not 1 <= number <= MOST or number != int(number):
        raise argparse.ArgumentTypeError(f"{text} is no whole number from 1 to {MOST:,}")
    return int(number)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("link", help="link or recipe of a census")
    parser.add_argument("--networks", type=whole, help="how many, such as 1e9 (default: the link's, else 10000)")
    parser.add_argument("--out", default="census", help="folder of the pieces (default: %(default)s)")
    parser.add_argument("--scheduler", metavar="ADDRESS", help="of Dask (default: a cluster on this machine)")
    parser.add_argument("--workers", type=int, metavar="N", help="on this machine (default: one for each core)")
    parser.add_argument("--seconds", type=float, default=60, help="length of a piece (default: %(default)s)")
    parser.add_argument("--twin", default="bottleneck", help="the command-line twin here (default: on PATH)")
    parser.add_argument(
        "--worker-twin",
        metavar="PATH",
        help="the twin where the workers are (default: they are sent the one from here, which wants the same "
        "system and processor)",
    )
    return parser.parse_args()


def stop(*_):
    raise KeyboardInterrupt


if __name__ == "__main__":
    # What a batch system sends before it kills.
    signal.signal(signal.SIGTERM, stop)
    options = arguments()
    try:
        sys.exit(run(options))
    except Refused as refused:
        console.print(f"error: {refused}", markup=False, soft_wrap=True)
        sys.exit(2)
    except KeyboardInterrupt:
        sentence = f"Stopped. What is finished is in {options.out}: the same command goes on from there."
        console.print(sentence, markup=False, soft_wrap=True)
        sys.exit(130)
