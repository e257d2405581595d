"""Tags of languages, such as `de` or `pt-BR`: whether they are some, and which way their scripts run."""

import re
from typing import Literal

from .problems import Problem
from .texts import Plain

TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
# What people write for a language, and is none, or another one: the code of a country, most of all.
MEANT = {
    "jp": "ja",
    "cn": "zh",
    "kr": "ko",
    "gr": "el",
    "cz": "cs",
    "dk": "da",
    "ua": "uk",
    "gb": "en",
    "uk": "en",
    "us": "en",
    "at": "de",
    "br": "pt-BR",
    "tw": "zh-TW",
    "hk": "zh-HK",
    "il": "he",
    "ir": "fa",
    "in": "hi",
    "mx": "es-MX",
    "english": "en",
    "german": "de",
    "deutsch": "de",
    "spanish": "es",
    "french": "fr",
    "italian": "it",
    "japanese": "ja",
    "chinese": "zh",
    "korean": "ko",
    "arabic": "ar",
    "thai": "th",
    "hebrew": "he",
    "hindi": "hi",
    "russian": "ru",
}
# Of these, tags of real languages: uk is Ukrainian, br Breton, in and il nothing today.
NO_LANGUAGES = frozenset({"jp", "cn", "cz", "dk", "gb", "us", "at", "tw", "hk", "mx", "ua"})
RIGHT_TO_LEFT = frozenset(
    [
        "ar",
        "arc",
        "ckb",
        "dv",
        "fa",
        "he",
        "iw",
        "ks",
        "mzn",
        "nqo",
        "ps",
        "sd",
        "syr",
        "ug",
        "ur",
        "yi",
    ]
)
SCRIPTS_RIGHT_TO_LEFT = frozenset(
    ["adlm", "arab", "aran", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa", "yezi"]
)


def primary(language: str) -> str:
    """The language that a tag names, without region or script: `pt` for `pt-BR`, in lower case."""
    return language.partition("-")[0].lower()


def direction(language: str) -> Literal["ltr", "rtl"]:
    """The way that a language is written, `rtl` or `ltr`. A script in the tag, as in `az-Arab` or `he-Latn`, goes first."""
    script = next((part for part in language.lower().split("-")[1:] if len(part) == 4), "")
    if script.isalpha():
        return "rtl" if script in SCRIPTS_RIGHT_TO_LEFT else "ltr"
    return "rtl" if primary(language) in RIGHT_TO_LEFT else "ltr"


def is_language(tag: str) -> bool:
    """Whether this is a language tag, and not the code of a country that nobody speaks."""
    return TAG.fullmatch(tag) is not None and tag not in NO_LANGUAGES


def bad_language(tag: Plain) -> Problem:
    """What to say about a tag that is none."""
    said = tag.lower().replace("_", "-")
    meant = MEANT.get(said) or MEANT.get(primary(said)) or (said if TAG.fullmatch(said) else "")
    language, _, region = meant.partition("-")
    meant = f"{language}-{region.upper()}" if len(region) == 2 else meant
    hint = f"did you mean “{meant}”?" if meant else "such as en or pt-BR"
    return Problem(tag.span, "bad-language", f"“{tag}” is not a language tag", hint)
