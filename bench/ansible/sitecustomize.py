"""Preloaded into Ansible's modules: their pauses of whole seconds pass as fast as the sandbox's clock, and are counted."""

import os
import time

sleep = time.sleep


def counted(seconds):
    if seconds < 1:
        return sleep(seconds)
    start = time.monotonic()
    sleep(seconds / float(os.environ["BENCH_SPEED"]))
    with open(os.environ["BENCH_SLEPT"], "a") as file:
        file.write(f"{(time.monotonic() - start) * 1000}\n")


time.sleep = counted
