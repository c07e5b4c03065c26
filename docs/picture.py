"""Writes docs/report.png: the first screen of the report on a sample, as a browser shows it.

usage: python docs/picture.py [CHROMIUM]
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent
SAMPLE = "samples/computerwinkel.txt"


def main() -> None:
    """Have the report written and take the picture."""
    program = sys.argv[1] if len(sys.argv) > 1 else "/usr/bin/chromium"
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        page_file = Path(folder) / "report.html"
        command = [sys.executable, "-m", "policylint", "check", SAMPLE, "--exit-zero", "--report-lang", "en"]
        subprocess.run([*command, "--output", f"html:{page_file}"], cwd=ROOT, check=True)
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1000, "height": 900})
        page.goto(page_file.as_uri())
        page.screenshot(path=ROOT / "docs" / "report.png")
        browser.close()


if __name__ == "__main__":
    main()
