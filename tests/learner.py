"""A learner's Anki, for tests. Only they import it: the quick tests need no Anki."""

import shutil
from pathlib import Path

import anki.lang
from anki.collection import Collection
from anki.import_export_pb2 import ImportAnkiPackageOptions, ImportAnkiPackageRequest

anki.lang.set_lang("en_US")


class Learner:
    """A learner's Anki: a real collection, with what a test wants to know about it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.col = Collection(str(folder / "collection.anki2"))

    def becomes(self, folder: Path) -> None:
        """Have a copy of the collection in another folder, which is closed."""
        own = Path(self.col.path).parent
        self.col.close()
        shutil.rmtree(own)
        shutil.copytree(folder, own)
        self.col = Collection(str(own / "collection.anki2"))

    def imports(self, package: Path, **options: object) -> dict[str, int]:
        """Import a package with Anki's default options, as a double click does; what the log counts."""
        request = ImportAnkiPackageRequest(
            package_path=str(package), options=ImportAnkiPackageOptions(**options)
        )
        log = self.col.import_anki_package(request).log
        self.col.models._clear_cache()
        names = (
            "new",
            "updated",
            "duplicate",
            "conflicting",
            "missing_notetype",
            "missing_deck",
            "empty_first_field",
        )
        return {name: len(getattr(log, name)) for name in names if getattr(log, name)}

    def fronts_and_backs(self) -> list[tuple[str, str]]:
        """Every card as Anki renders it."""
        cards = [self.col.get_card(cid) for cid in self.col.find_cards("")]
        return [(card.question(), card.answer()) for card in cards]

    def rows(self, sql: str, *args: object) -> list[list]:
        """Rows of the collection's own tables."""
        return self.col.db.all(sql, *args)

    def deck_names(self) -> set[str]:
        """All decks but Anki's own."""
        return {deck.name for deck in self.col.decks.all_names_and_ids()} - {"Default"}
