"""Languages by their own names, in their own script, and the way they are written."""

RTL = ("ar", "fa", "he", "ur")

# Written out: asking Babel loads 1.5 MB of locale data for each language and keeps it, for one word.
OWN_NAMES = {
    "ar": "العربية", "bg": "Български", "bn": "বাংলা", "ca": "Català", "cs": "Čeština", "cy": "Cymraeg", "da": "Dansk",
    "de": "Deutsch", "el": "Ελληνικά", "en": "English", "es": "Español", "et": "Eesti", "eu": "Euskara", "fa": "فارسی",
    "fi": "Suomi", "fr": "Français", "ga": "Gaeilge", "gl": "Galego", "he": "עברית", "hi": "हिन्दी", "hr": "Hrvatski",
    "hu": "Magyar", "id": "Indonesia", "it": "Italiano", "ja": "日本語", "ko": "한국어", "lt": "Lietuvių",
    "lv": "Latviešu", "mt": "Malti", "nl": "Nederlands", "no": "Norsk", "pl": "Polski", "pt": "Português",
    "ro": "Română", "ru": "Русский", "sk": "Slovenčina", "sl": "Slovenščina", "so": "Soomaali", "sq": "Shqip",
    "sr": "Српски", "sv": "Svenska", "sw": "Kiswahili", "tr": "Türkçe", "uk": "Українська", "ur": "اردو",
    "vi": "Tiếng Việt", "zh": "中文",
}  # fmt: skip


def describe(code: str) -> dict[str, str]:
    """A language as pages offer it."""
    return {"code": code, "name": OWN_NAMES.get(code) or _ask_babel(code), "dir": direction(code)}


def direction(code: str) -> str:
    return "rtl" if code.split("-")[0] in RTL else "ltr"


def _ask_babel(code: str) -> str:
    from babel import Locale, UnknownLocaleError

    try:
        name = Locale.parse(code, sep="-").get_display_name() or code
    except (UnknownLocaleError, ValueError):
        return code
    return name[:1].upper() + name[1:]


def locale_of(code: str) -> str:
    """The locale to translate with. A hall may offer a language that nobody wrote rules for: its pages are English."""
    from babel.localedata import exists

    name = code.replace("-", "_")
    return name if exists(name) else "en"
