"""The measure of reading level finds legal language hard and plain language easy."""

from tests.pages.reading import measure, sentences

PLAIN = "<p>U heeft geen account nodig. Wij bewaren uw vraag niet.</p>"
LEGAL = (
    "<p>Het college kan, met inachtneming van het bepaalde in artikel 4, nadere regels stellen omtrent de "
    "subsidieverstrekking ten behoeve van maatschappelijke ondersteuning en participatiebevordering.</p>"
)


def test_plain_language_is_easy_and_legal_language_is_not():
    assert measure(sentences(PLAIN)).is_easy
    assert not measure(sentences(LEGAL)).is_easy


def test_long_sentences_are_hard_however_short_their_words_are():
    reading = measure(["de kat zat op de mat en zag de hond van de buur en ging toch niet weg"])

    assert reading.score > 70
    assert not reading.is_easy


def test_blocks_are_sentences_and_other_languages_scripts_and_numbers_are_not_read():
    page = (
        '<html lang="nl"><h1>Wat er is</h1><ul><li>Wij koken samen.<li>Dat is op maandag 10.00!</ul>'
        '<p lang="en">Read this as well</p><script>let x = 1</script><p>Mail ons op info@example.org.</p></html>'
    )

    assert sentences(page) == ["Wij koken samen.", "Dat is op maandag 10.00!", "Mail ons op info@example.org."]
    assert measure(sentences(page)).words == 10
