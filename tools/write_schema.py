"""Write the JSON Schema of verdict.json beside the types that it is made from (`make schema`)."""

from __future__ import annotations

import json
from pathlib import Path

from secondcount import verdict
from secondcount.verdict.schema import verdict_schema


def main() -> None:
    """Write `verdict-1.schema.json`."""
    path = Path(verdict.__file__).with_name("verdict-1.schema.json")
    path.write_text(json.dumps(verdict_schema(), indent=2) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
