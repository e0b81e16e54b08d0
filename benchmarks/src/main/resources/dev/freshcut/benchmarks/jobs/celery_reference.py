"""Celery on Redis as a reference: its tasks, and what enqueues them.

As a module ("celery -A celery_reference worker") it is the worker's application. As a program:

  celery_reference.py version            prints the versions of Celery and redis-py
  celery_reference.py enqueue COUNT      enqueues COUNT no-op tasks, prints the seconds it took
  celery_reference.py steady COUNT RATE  enqueues COUNT tasks at RATE a second, an open loop
  celery_reference.py begin MARK         enqueues one task that writes MARK when begun, and then waits

FRESHCUT_BROKER is the broker's address, FRESHCUT_OUT the directory that tasks write into,
FRESHCUT_ACKS_LATE whether a task is acknowledged after it has run (1) or before (0).
"""

import os
import sys
import time

import celery
import redis

app = celery.Celery("celery_reference", broker=os.environ.get("FRESHCUT_BROKER"))
app.conf.update(
    task_ignore_result=True,
    task_acks_late=os.environ.get("FRESHCUT_ACKS_LATE") == "1",
    # More than the default of 4: with it the worker fetched too seldom to be at its best.
    worker_prefetch_multiplier=64,
    task_serializer="json",
    broker_connection_retry_on_startup=True,
    worker_hijack_root_logger=False,
)

OUT = os.environ.get("FRESHCUT_OUT", ".")


def write(name, line):
    with open(os.path.join(OUT, name), "a", encoding="ascii") as file:
        file.write(line + "\n")


@app.task(name="noop")
def noop():
    pass


@app.task(name="timed")
def timed(due):
    """Writes how many nanoseconds after it was due it began; the clock is the machine's."""
    write(f"timed-{os.getpid()}", str(time.monotonic_ns() - due))


@app.task(name="begin")
def begin(mark):
    write(mark, str(time.monotonic_ns()))
    time.sleep(3600)


def main(arguments):
    if arguments[0] == "version":
        print(f"{celery.__version__} {redis.__version__}")
    elif arguments[0] == "enqueue":
        count = int(arguments[1])
        noop.delay()  # connects
        start = time.monotonic()
        for _ in range(count):
            noop.delay()
        print(time.monotonic() - start)
    elif arguments[0] == "steady":
        count, rate = int(arguments[1]), float(arguments[2])
        start = time.monotonic_ns() + 500_000_000
        for i in range(count):
            due = start + int(i * 1e9 / rate)
            left = due - time.monotonic_ns()
            if left > 0:
                time.sleep(left / 1e9)
            timed.delay(due)
    elif arguments[0] == "begin":
        begin.delay(arguments[1])
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
