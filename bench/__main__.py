"""python -m bench: generate, measure, judge, write docs/benchmarks.md."""

import argparse
import os
import signal
import sys
import time

os.environ.setdefault("SECRET_KEY", "only-for-the-benchmark-on-this-machine")
os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    sizes = os.environ.get("BENCH_SIZES", "1000,100000")
    top.add_argument("--sizes", default=sizes, help="how many programmes, comma-separated (BENCH_SIZES)")
    top.add_argument(
        "--seconds", type=float, default=40, help="at most so long at each size, once every page had its turns"
    )
    top.add_argument(
        "--full", type=int, default=100_000, help="so many have texts of their own; more of them share these"
    )
    top.add_argument("--keep", action="store_true", help="leave the database inla_bench for a look")
    top.add_argument("--explain", metavar="PAGE", default="", help="print EXPLAIN ANALYZE of a page's statements")
    top.add_argument(
        "--part", choices=["all", "forums", "rooms"], default="all", help="one part alone; everything takes in both"
    )
    top.add_argument("--no-write", action="store_true", help="leave docs/benchmarks.md as it is")
    return top


def main(arguments: list[str]) -> int:
    options = parser().parse_args(arguments)
    try:
        options.sizes = sorted({int(size) for size in options.sizes.replace("_", "").split(",")})
    except ValueError:
        print("BENCH_SIZES must be whole numbers, such as 1000,100000.", file=sys.stderr)
        return 2
    if options.sizes[0] < 100:
        print("Fewer than 100 programmes tell nothing about time.", file=sys.stderr)
        return 2
    if not os.environ.get("DATABASE_URL"):
        print("Run it with the services up: make bench.", file=sys.stderr)
        return 2
    import django

    django.setup()
    from bench.parts import forums_alone, rooms_alone
    from bench.run import Run

    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(143))  # so that the database goes and the portal stops
    began = time.monotonic()
    try:
        alone = {"rooms": rooms_alone, "forums": forums_alone}
        missed = alone[options.part](options) if options.part in alone else Run(options).carry_out()
    except KeyboardInterrupt:
        print("Interrupted.", file=sys.stderr)
        return 130
    print(f"Took {(time.monotonic() - began) / 60:.1f} minutes. Goals missed: {missed}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
