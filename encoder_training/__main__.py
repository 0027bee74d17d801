"""``python -m encoder_training``: trains the encoder, from texts to model card.

``--help`` tells of its stages and flags, docs/encoder-training.md of what to expect.
"""

import sys
from collections.abc import Sequence

from encoder_training.needs import CannotTrainError, check_packages
from encoder_training.options import Options, parsed

_FAILED, _INTERRUPTED = 2, 130


def main(arguments: Sequence[str]) -> int:
    """The exit status: 0, or what went wrong after a sentence about it."""
    options: Options | None = None
    try:
        options = parsed(arguments)
        is_new = "train" in options.stages and options.start is None
        check_packages(options.stages, published=is_new)
        from encoder_training.stages import run  # noqa: PLC0415  (packages are there)

        run(options)
    except (CannotTrainError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return _FAILED
    except KeyboardInterrupt:
        sys.stderr.write(f"Stopped.{_how_to_go_on(options)}\n")
        return _INTERRUPTED
    return 0


def _how_to_go_on(options: Options | None) -> str:
    if options is None or "train" not in options.stages:
        return ""
    if not options.checkpoint.is_file():
        return " No checkpoint was kept yet."
    return f" Go on with --from {options.checkpoint}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
