"""`python -m evaluation.vignettes [file] [--figures]`: the table of levels, then the misses unless only figures are wanted."""

from __future__ import annotations

import sys
from pathlib import Path

from evaluation.vignettes.gate import failings, load_vignettes, play, render
from gutskin.knowledge import knowledge
from gutskin.settings import ROOT

FIGURES = "--figures"


def main() -> None:
    """Measures the file named on the command line, or the project's own; the exit status tells whether it passed."""
    named = [argument for argument in sys.argv[1:] if argument != FIGURES]
    file = Path(named[0]) if named else ROOT / "evaluation" / "vignettes" / "vignettes.jsonl"
    if not file.exists():
        sys.exit(f"No vignettes in {file}. Mend: `make evaluate-triage VIGNETTES=path/to/vignettes.jsonl`.")
    outcomes = play(load_vignettes(file), knowledge().red_flags)
    report = render(file.name, outcomes)
    if FIGURES in sys.argv:
        print(report.partition("\n## ")[0])
    else:
        target = ROOT / "results" / f"triage-{file.stem}.md"
        target.parent.mkdir(exist_ok=True)
        target.write_text(report, encoding="utf-8")
        print(f"{report}\nWritten to {target.relative_to(ROOT)}.")
    sys.exit(1 if failings(outcomes) else 0)


if __name__ == "__main__":
    main()
