"""The driver of large censuses: `python -m unittest discover tests/cluster -p '*_test.py'`, with the twin built."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

import numpy
from distributed import Client, LocalCluster

ROOT = Path(__file__).resolve().parents[2]
TWIN = os.environ.get("BOTTLENECK_TWIN", str(ROOT / "target/release/bottleneck"))
LINK = "v=1&exp=minima&epochs=200"
NETWORKS = 1_000_000

# A shell has what runs in its background ignore it, and so would every driver that is begun here.
signal.signal(signal.SIGINT, signal.default_int_handler)


def twin(*arguments):
    return json.loads(subprocess.run([TWIN, *arguments, "--json"], capture_output=True, text=True, check=True).stdout)


def driver(*arguments, link=LINK, **options):
    command = [sys.executable, str(ROOT / "cluster/census.py"), link, *map(str, arguments)]
    if "--twin" not in command:
        command += ["--twin", TWIN]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)


def ended(process):
    """What a driver ended with, and what it said."""
    said, _ = process.communicate(timeout=600)
    return process.returncode, said


def bare(census):
    return {key: value for key, value in census.items() if key != "seconds"}


class Folder(unittest.TestCase):
    def setUp(self):
        kept = tempfile.TemporaryDirectory()
        self.addCleanup(kept.cleanup)
        self.folder = Path(kept.name)
        self.out = self.folder / "out"

    def script(self, name, body):
        """A program that stands before the twin."""
        file = self.folder / name
        file.write_text(f'#!/bin/sh\n{body}\nexec {TWIN} "$@"\n')
        file.chmod(0o755)
        return file


class Lost(Folder):
    """A census that is stopped, loses a worker and has a piece cut off."""

    def files(self):
        """Networks of which the piece is kept, in rows of first and number."""
        names = (file.stem.split("-") for file in self.out.glob("piece-*.json"))
        return {(int(start), int(count)) for _, start, count in names}

    def trained(self):
        """The same of those that were begun, in order; the few that builds are compared by are left out."""
        calls = [tuple(map(int, line.split())) for line in self.log.read_text().splitlines()]
        return [(start, count) for start, count in calls if (start, count) != (0, 64)]

    def until(self, share, process):
        """Waits for so much of the census."""
        while sum(count for _, count in self.files()) < share * NETWORKS:
            self.assertIsNone(process.poll(), "the driver has ended")
            time.sleep(0.01)

    def under_way(self):
        return set(self.trained()) - self.files()

    def test_the_census_is_that_of_one_call_and_only_what_was_lost_is_trained_again(self):
        self.log = self.folder / "log"
        counting = self.script("counting", f'echo "$4 $6" >> {self.log}')
        whole = bare(twin("census", f"{LINK}&networks={NETWORKS}"))

        cuts = [0, 1, 99_999, 300_000, 300_064, 555_555, 900_000, NETWORKS]
        pieces = []
        for start, end in zip(cuts, cuts[1:]):
            piece = self.folder / f"{start}.json"
            link = f"{LINK}&networks={NETWORKS}"
            piece.write_text(json.dumps(twin("census", link, "--from", str(start), "--count", str(end - start))))
            pieces.append(str(piece))
        self.assertEqual(bare(twin("merge", *reversed(pieces))), whole)

        with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs="CRITICAL") as here:
            arguments = ["--networks", "1e6", "--out", self.out, "--seconds", "0.3"]
            arguments += ["--scheduler", here.scheduler_address, "--worker-twin", counting]

            stopped = driver(*arguments)
            self.until(0.2, stopped)
            stopped.send_signal(signal.SIGINT)
            code, said = ended(stopped)
            self.assertEqual(code, 130, said)
            self.assertIn("the same command goes on from there", said)
            # Calls of the twin that were under way end by themselves.
            time.sleep(1)
            lost = self.under_way()

            going_on = driver(*arguments)
            self.until(0.6, going_on)
            with Client(here) as client:
                worker, process = next(iter(client.run(os.getpid).items()))
                # What it has is seen while it holds still.
                os.kill(process, signal.SIGSTOP)
                lost |= self.under_way()
                names = (key.split("-") for key in client.processing()[worker])
                lost |= {(int(start), int(count)) for _, start, count, _ in names}
                os.kill(process, signal.SIGKILL)
            code, said = ended(going_on)
            self.assertEqual(code, 0, said)
            self.assertIn("networks are there already", said)
            self.assertEqual(bare(json.loads((self.out / "census.json").read_text())), whole)

            cut = sorted(self.files())[3]
            os.truncate(self.out / f"piece-{cut[0]}-{cut[1]}.json", 200)
            code, said = ended(driver(*arguments))
            self.assertEqual(code, 0, said)
            self.assertIn("is no whole piece: put aside", said)
            self.assertEqual(bare(json.loads((self.out / "census.json").read_text())), whole)

        times = numpy.zeros(NETWORKS, int)
        for start, count in self.trained():
            times[start : start + count] += 1
        self.assertTrue((times[cut[0] : sum(cut)] >= 2).all())
        for start, count in lost | {cut}:
            times[start : start + count] = 1
        self.assertTrue((times == 1).all(), f"trained twice without need: {(times > 1).sum()} networks")


class Refusals(Folder):
    def said(self, *arguments, **options):
        code, said = ended(driver("--networks", 50_000, "--out", self.out, "--workers", 1, *arguments, **options))
        self.assertEqual(code, 2, said)
        self.assertNotIn("Traceback", said)
        return said

    def test_a_worker_with_another_build_never_trains(self):
        log = self.folder / "log"
        other = self.script("other", f'echo "$4 $6" >> {log}; set -- "$1" "$2&lr=0.02" "$3" "$4" "$5" "$6" "$7"')
        said = self.said("--worker-twin", other)
        self.assertRegex(said, r"No worker may take part.\nrefused: tcp://.* is another build")
        self.assertEqual(log.read_text(), "0 64\n")
        self.assertIn("does not run", self.said("--worker-twin", self.folder / "nowhere"))

    def test_a_piece_that_fails_is_named(self):
        failing = self.script("failing", 'case "$4 $6" in "0 "*) ;; *) echo "out of luck" >&2; exit 3;; esac')
        self.assertIn("out of luck", self.said("--worker-twin", failing, "--seconds", "0.1"))

    def test_a_folder_a_link_and_a_twin_that_do_not_fit_are_said(self):
        self.assertEqual(ended(driver("--networks", 100, "--out", self.out))[0], 0)
        self.assertIn("is of another census", self.said())
        piece = self.out / "piece-64-36.json"
        piece.write_text(piece.read_text().replace('"count":36', '"count":35'))
        self.assertIn("was changed or damaged", ended(driver("--networks", 100, "--out", self.out))[1])
        self.assertIn("only a census", self.said(link="v=1&exp=classical"))
        self.assertIn("is no program here", self.said("--twin", "no-such-twin"))

    def test_a_link_without_a_number_has_as_many_networks_as_the_twin_takes_it_to_have(self):
        link = "v=1&exp=minima&epochs=10"
        self.assertEqual(ended(driver("--out", self.out, link=link))[0], 0)
        census = json.loads((self.out / "census.json").read_text())
        self.assertEqual(bare(census), bare(twin("census", link)))
        self.assertEqual(sum(census["outcomes"].values()), 10_000)

    def test_the_digest_that_a_link_asks_for_decides(self):
        asked = "v=1&exp=minima&epochs=10&networks=70&check="
        right = twin("census", asked.removesuffix("&check="))["digest"]
        self.assertEqual(ended(driver("--out", self.out, link=asked + right))[0], 0)
        self.assertEqual(ended(driver("--out", self.folder / "other", link=asked + "0" * 16))[0], 1)


if __name__ == "__main__":
    unittest.main()
