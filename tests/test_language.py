import pytest

from policylint.errors import UserError
from policylint.language import Languages, detect
from policylint.reading import read

DUTCH = "Wij bewaren uw gegevens niet langer dan nodig is voor de doelen waarvoor wij ze hebben gekregen. "
ENGLISH = "We keep your information for no longer than is necessary for the purposes for which we received it. "
GERMAN = "Wir verarbeiten Ihre Daten nur, soweit dies zur Bereitstellung unserer Seite erforderlich ist. "


def languages(text: str, forced: str | None = None) -> Languages:
    return detect(read("policy.txt", text.encode()), forced)


@pytest.mark.parametrize(
    ("text", "main"),
    [
        (DUTCH, "nl"),
        (ENGLISH, "en"),
        (DUTCH.upper(), "nl"),
        ("Privacyverklaring", "nl"),
        ("Privacy policy", "en"),
        ("Wij bewaren uw naam.", "nl"),
        ("We keep your name.", "en"),
        (DUTCH * 3 + ENGLISH, "nl"),
        (ENGLISH * 3 + DUTCH, "en"),
        (DUTCH + "Google Analytics, Facebook Pixel, LinkedIn Insight Tag, Hotjar, YouTube, Vimeo. " * 3, "nl"),
    ],
)
def test_main_language(text: str, main: str) -> None:
    assert languages(text).main == main


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (GERMAN, "German"),
        ("Nous traitons vos données à caractère personnel et vous avez le droit de demander l'accès.", "French"),
        ("Vi behandler dine personoplysninger, og du har ret til at få indsigt i de oplysninger, vi har.", "Danish"),
        ("Мы обрабатываем ваши персональные данные в соответствии с законом.", "Cyrillic"),
    ],
)
def test_other_languages_are_named(text: str, name: str) -> None:
    with pytest.raises(UserError) as caught:
        languages(text)
    assert caught.value.code == "unsupported-language"
    assert name in caught.value.message
    assert "--language" in caught.value.hint


@pytest.mark.parametrize("text", ["12345 67890", "https://zonnehof.nl/privacy\n\nwww.zonnehof.nl", "info@zonnehof.nl"])
def test_without_words_there_is_no_language(text: str) -> None:
    with pytest.raises(UserError) as caught:
        languages(text)
    assert caught.value.code == "no-language"


def test_blocks_of_a_mixed_text_have_their_own_language() -> None:
    found = languages(f"{DUTCH}\n\n{ENGLISH}\n\n{DUTCH}\n\n{DUTCH}")
    assert found.main == "nl"
    assert found.by_block == ("nl", "en", "nl", "nl")
    assert dict(found.shares)["en"] == pytest.approx(0.26, abs=0.03)
    assert sum(share for _, share in found.shares) == pytest.approx(1, abs=0.001)


def test_a_german_paragraph_in_a_dutch_text_is_german() -> None:
    assert languages(f"{DUTCH}\n\n{GERMAN}\n\n{DUTCH}").by_block == ("nl", "de", "nl")


def test_a_text_of_several_languages_is_read_if_enough_of_it_is_dutch_or_english() -> None:
    assert languages(f"{GERMAN * 2}\n\n{ENGLISH * 2}").main == "en"
    with pytest.raises(UserError):
        languages(f"{GERMAN * 3}\n\n{ENGLISH}")


def test_short_blocks_are_read_in_the_language_of_the_document() -> None:
    assert languages(f"Cookies\n\n{DUTCH}\n\nOpt-out: Google Analytics\n\n{DUTCH}").by_block == ("nl",) * 4


def test_lists_of_names_do_not_make_a_text_mixed() -> None:
    names = "NAW-gegevens, IBAN, IP-adres, Google Analytics, Facebook Pixel, cookie-ID, browsertype, schermresolutie. "
    assert languages(f"{DUTCH}\n\n{names * 2}\n\n{DUTCH}").shares == (("nl", 1.0),)


def test_a_forced_language_wins() -> None:
    assert languages(GERMAN, "nl").main == "nl"
    assert languages("123", "en").main == "en"
    with pytest.raises(UserError):
        languages(DUTCH, "de")


def test_the_same_text_gives_the_same_answer() -> None:
    text = f"{DUTCH}\n\n{GERMAN}\n\n{ENGLISH}"
    assert len({languages(text) for _ in range(5)}) == 1


def test_an_empty_document_has_no_language() -> None:
    with pytest.raises(UserError):
        languages("\n\n- -\n")
