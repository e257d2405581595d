"""Where a course's bytes come from: its folder."""

from pathlib import Path

FILES = ("course.yaml", "plan.yaml", "tools.yaml", "sources.yaml", "history.yaml")


def read_files(folder: Path) -> dict[str, bytes]:
    """The files that make up a course: path relative to the folder, with “/” → bytes."""
    paths = [folder / name for name in FILES]
    paths += sorted((folder / "modules").glob("*.yaml"))
    paths += sorted((folder / "essays").glob("*.yaml"))
    paths += sorted(path for path in (folder / "media").glob("*") if not path.name.startswith("."))
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in paths if path.is_file()
    }
