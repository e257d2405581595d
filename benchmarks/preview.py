"""How long after an author saves a file the preview shows it, in a real Chromium: the median of twenty edits of a course of
1,000 plain cards.

    python benchmarks/preview.py [CARDS]
"""

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import courses
from playwright.sync_api import sync_playwright

EDITS = 20


def main(cards: int) -> None:
    """Edit the second card again and again, and print how long each took to show."""
    with tempfile.TemporaryDirectory() as place, sync_playwright() as play:
        folder = Path(place) / "course"
        courses.make(folder, cards)
        file = folder / "modules" / "module-0.yaml"
        text = file.read_text("utf-8")
        command = [sys.executable, "-u", "-m", "coursedeck", "preview", str(folder)]
        server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ)
        found = re.search(r"http://\S+", server.stdout.readline() if server.stdout else "")
        browser = play.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page()
        page.goto(f"{found[0]}#card-1" if found else "")
        shown = page.frame_locator('iframe[title="card-1: front"]').locator(".question")
        shown.wait_for()
        took = []
        head, mark, tail = text.partition("- id: card-1\n")
        for number in range(EDITS):
            time.sleep(0.5)
            said = f"Which edit is number {number} here?"
            changed = re.sub(r"(ask|cloze): .*", rf"\1: {said}", tail, count=1)
            file.write_text(head + mark + changed, "utf-8")
            saved = time.monotonic()
            shown.filter(has_text=said).wait_for()
            took.append(time.monotonic() - saved)
        browser.close()
        server.terminate()
        server.wait()
    print(f"{cards} cards: {statistics.median(took):.2f} s in the median, {max(took):.2f} at most")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
