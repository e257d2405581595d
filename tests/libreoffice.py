"""What LibreOffice shows of our documents."""

import shutil
import subprocess

import pytest
from print_reading import opened

in_libreoffice = pytest.mark.skipif(
    not shutil.which("soffice"), reason="LibreOffice is not installed"
)


def shown_by_libreoffice(made, folder):
    """The same documents as PDF, by their paths."""
    paths = {path: folder / path.replace("/", "-") for path in made}
    for path, place in paths.items():
        place.write_bytes(made[path])
    home = f"-env:UserInstallation=file://{folder}/home"
    order = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", folder]
    subprocess.run([*order, *paths.values()], check=True, capture_output=True)
    return {path: place.with_suffix(".pdf").read_bytes() for path, place in paths.items()}


def fonts(data):
    """The names of the fonts of a PDF."""
    return {font[3].partition("+")[2] for page in opened(data) for font in page.get_fonts()}
