"""Tags of languages, such as `de` or `pt-BR`: whether they are some, which way their scripts run, which voice speaks them."""

from typing import Literal

from .late import late
from .problems import Problem
from .texts import Plain

TAG = late(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
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
# Behind a tag: the words are also spoken, by a voice of the learner's device.
SPOKEN = " spoken"
# Languages for which systems have a voice, each with the region that speaks where none is said, as Anki names it.
VOICES = (
    "af_ZA am_ET ar_SA az_AZ be_BY bg_BG bn_IN bs_BA ca_ES cs_CZ cy_GB da_DK de_DE el_GR en_US "
    "es_ES et_EE eu_ES fa_IR fi_FI fil_PH fr_FR ga_IE gl_ES gu_IN he_IL hi_IN hr_HR hu_HU hy_AM "
    "id_ID is_IS it_IT ja_JP jv_ID ka_GE kk_KZ km_KH kn_IN ko_KR lo_LA lt_LT lv_LV mk_MK ml_IN "
    "mn_MN mr_IN ms_MY mt_MT my_MM nb_NO ne_NP nl_NL nn_NO or_IN pa_IN pl_PL ps_AF pt_BR ro_RO "
    "ru_RU si_LK sk_SK sl_SI so_SO sq_AL sr_RS su_ID sv_SE sw_KE ta_IN te_IN th_TH tr_TR uk_UA "
    "ur_PK uz_UZ vi_VN zh_CN zu_ZA"
)
# Tags of which the region is another one, or the language.
OTHER_VOICES = {"no": "nb_NO", "iw": "he_IL", "tl": "fil_PH", "yue": "zh_HK", "zh-hant": "zh_TW"}
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


def voice(tag: str) -> str:
    """The voice that speaks a language, as Anki names it: `ja_JP` for `ja`. A region in the tag chooses it, whether or not a
    device has it. Empty where no system has one for the language.
    """
    parts = tag.lower().split("-")
    for part in parts[1:]:
        if len(part) == 2 and part.isalpha():
            return f"{parts[0]}_{part.upper()}"
    found = OTHER_VOICES.get("-".join(parts[:2])) or OTHER_VOICES.get(parts[0])
    return found or next((each for each in VOICES.split() if each.startswith(f"{parts[0]}_")), "")


def bad_language(tag: Plain) -> Problem:
    """What to say about a tag that is none."""
    return Problem(tag.span, "bad-language", f"“{tag}” is not a language tag", instead(tag))


def instead(tag: str) -> str:
    """A hint for what is no tag."""
    said = tag.lower().replace("_", "-")
    meant = MEANT.get(said) or MEANT.get(primary(said)) or (said if TAG.fullmatch(said) else "")
    language, _, region = meant.partition("-")
    meant = f"{language}-{region.upper()}" if len(region) == 2 else meant
    return f"did you mean “{meant}”?" if meant else "such as en or pt-BR"
