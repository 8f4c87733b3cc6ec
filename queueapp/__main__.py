"""`queueapp` and `python -m queueapp`: only `serve` becomes cooperative, and has to before anything else is loaded."""

import sys

from queueapp import runtime


def main() -> None:
    """Run the console script."""
    if "serve" in sys.argv[1:2]:
        runtime.patch()
    from queueapp.commands import cli

    cli()


if __name__ == "__main__":
    main()
