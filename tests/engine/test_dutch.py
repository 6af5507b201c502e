"""The one Dutch analysis that indexing and asking share."""

import subprocess
import sys

import pytest
import Stemmer
from hypothesis import given
from hypothesis import strategies as st

from samenspel.engine import dutch

#: Compounds of the field, each with words that must find it.
COMPOUNDS = """
    ouderenvervoer=ouderen+vervoer ouderensoos=ouderen+soos ouderengym=ouderen+gym
    ouderenadviseur=ouderen+adviseur ouderenwerk=ouderen wandelmaatje=wandelen+maatje wandelclub=wandelen+club
    wandelgroep=wandelen+groep wandelvoetbal=wandelen+voetbal avondwandeling=avond+wandeling eetgroep=eten+groep
    eetclub=eten+club eettafel=eten+tafel eetcafé=eten+café kookclub=koken+club kookles=koken+les
    kookgroep=koken+groep kookcursus=koken+cursus kinderkookcafé=kinderen+café koffieochtend=koffie+ochtend
    koffieuurtje=koffie koffiegroep=koffie+groep theetuin=thee+tuin theemiddag=thee+middag
    rolstoelsport=rolstoel+sport rolstoelvervoer=rolstoel+vervoer rolstoelvriendelijk=rolstoel
    rolstoelbus=rolstoel+bus schuldhulpverlening=schuld+hulp schuldhulpmaatje=schuld+hulp+maatje
    schuldenspreekuur=schulden+spreekuur geldzorgen=geld geldcafé=geld+café budgetcoach=budget+coach
    budgetmaatje=budget+maatje budgetcursus=budget+cursus administratiehulp=administratie+hulp
    formulierenhulp=formulieren+hulp formulierenbrigade=formulieren belastinghulp=belasting+hulp
    belastingaangifte=belasting+aangifte taalcafé=taal+café taalles=taal+les taalmaatje=taal+maatje
    taalcoach=taal+coach taalpunt=taal+punt taalgroep=taal+groep leesclub=lezen+club leesgroep=lezen+groep
    leeskring=lezen+kring voorleesmiddag=voorlezen+middag voorleesvrijwilliger=voorlezen+vrijwilliger
    boekenclub=boek+club buurtmoestuin=buurt+moestuin+tuin buurttuin=buurt+tuin buurtbus=buurt+bus
    buurtkamer=buurt+kamer buurtfeest=buurt+feest buurtapp=buurt+app buurtpreventie=buurt+preventie
    buurtbemiddeling=buurt+bemiddeling buurtrestaurant=buurt+restaurant buurtmaaltijd=buurt+maaltijd
    buurtsportcoach=buurt+sport+coach dorpshuis=dorp+huis dorpskoor=dorp+koor dorpsfeest=dorp+feest
    wijkcentrum=wijk+centrum wijkteam=wijk+team wijkverpleegkundige=wijk+verpleegkundige
    jongerenwerkers=jongeren jongerencentrum=jongeren+centrum jongerensoos=jongeren+soos
    jongerencoach=jongeren+coach jeugdclub=jeugd+club jeugdkoor=jeugd+koor kinderclub=kind+club
    kinderfeest=kind+feest kinderyoga=kind+yoga kinderkoor=kind+koor kinderopvang=kind+opvang
    kledingbank=kleding+bank kledingruil=kleding+ruil speelgoedbank=speelgoed+bank voedselbank=voedsel+bank
    spelletjesmiddag=spel+middag spelletjesavond=spel+avond bingomiddag=bingo+middag bingoavond=bingo+avond
    kaartavond=kaart+avond kaartclub=kaart+club schaakclub=schaken+club biljartclub=biljart+club
    biljartmiddag=biljart+middag bridgeclub=bridge+club klaverjasavond=klaverjas+avond zangkoor=zang+koor
    zanggroep=zang+groep smartlappenkoor=smartlappen+koor popkoor=pop+koor muziekles=muziek+les
    muziekcafé=muziek+café muziekgroep=muziek+groep gitaarles=gitaar+les pianoles=piano+les
    dansgroep=dansen+groep dansmiddag=dansen+middag dansles=dansen+les stoelyoga=stoel+yoga
    stoeldansen=stoel+dansen seniorengym=senioren+gym seniorensport=senioren+sport beweeggroep=bewegen+groep
    beweegclub=bewegen+club beweegles=bewegen+les fietsclub=fiets+club fietsgroep=fiets+groep fietsles=fiets+les
    duofiets=fiets duofietsen=fiets fietstocht=fiets+tocht fietsmaatje=fiets+maatje zwemles=zwemmen+les
    zwemclub=zwemmen+club zwemgroep=zwemmen+groep sportschool=sport+school sportclub=sport+club sportdag=sport
    sportgroep=sport+groep voetbalclub=voetbal+club computerhulp=computer+hulp computerles=computer+les
    computercursus=computer+cursus computercafé=computer+café tabletles=tablet+les tabletcafé=tablet+café
    smartphonecursus=smartphone+cursus digihulp=hulp internetcafé=internet+café huiswerkhulp=huiswerk+hulp
    huiswerkklas=huiswerk+klas huiswerkbegeleiding=huiswerk+begeleiding mantelzorgcafé=mantelzorg+café
    mantelzorgsteunpunt=mantelzorg mantelzorgmakelaar=mantelzorg+makelaar
    mantelzorgondersteuning=mantelzorg+ondersteuning jongemantelzorger=mantelzorg rouwgroep=rouw+groep
    rouwcafé=rouw+café rouwbegeleiding=rouw+begeleiding lotgenotengroep=lotgenoten+groep
    lotgenotencontact=lotgenoten+contact alzheimercafé=alzheimer+café dementiecafé=dementie+café
    parkinsoncafé=parkinson+café praatgroep=praten+groep praatcafé=praten+café praathuis=praten+huis
    belmaatje=bellen+maatje belcirkel=bellen+cirkel telefooncirkel=telefoon+cirkel bezoekgroep=bezoek+groep
    bezoekdienst=bezoek+dienst boodschappendienst=boodschappen+dienst boodschappenhulp=boodschappen+hulp
    boodschappenmaatje=boodschappen+maatje maaltijdservice=maaltijd+service maaltijdbezorging=maaltijd+bezorging
    klusdienst=klus+dienst klussenteam=klus+team klushulp=klus+hulp tuinhulp=tuin+hulp tuingroep=tuin+groep
    tuinclub=tuin+club moestuin=tuin repaircafé=repair+café naaicafé=naaien+café naaigroep=naaien+groep
    naailes=naaien+les breicafé=breien+café breiclub=breien+club haakclub=haken+club
    handwerkgroep=handwerk+groep handwerkcafé=handwerk+café creaclub=club schilderclub=schilderen+club
    schildergroep=schilderen+groep tekenles=tekenen+les tekenclub=tekenen+club knutselclub=knutselen+club
    knutselmiddag=knutselen+middag hobbyclub=hobby+club fotoclub=foto+club filmavond=film+avond
    filmmiddag=film+middag filmhuis=film+huis toneelgroep=toneel+groep toneelclub=toneel+club
    theatergroep=theater+groep vrouwengroep=vrouw+groep vrouwencentrum=vrouw+centrum vrouwenkoor=vrouw+koor
    vadergroep=vader+groep vadercafé=vader+café moedergroep=moeder+groep moedercafé=moeder+café
    oudercafé=ouder+café oudergroep=ouder+groep ouderavond=ouder+avond opvoedcursus=cursus
    opvoedspreekuur=spreekuur opvoedhulp=hulp babycafé=baby+café peutergroep=peuter+groep peutergym=peuter+gym
    speelgroep=spelen+groep speeltuin=spelen+tuin speelmiddag=spelen+middag zomerkamp=zomer+kamp
    vakantiekamp=vakantie+kamp vakantieweek=vakantie+week dagbesteding=besteding dagopvang=dag+opvang
    inloophuis=inloop+huis inloopmiddag=inloop+middag inloopochtend=inloop+ochtend
    inloopspreekuur=inloop+spreekuur lunchgroep=lunch+groep lunchclub=lunch+club ontbijtclub=ontbijt+club
    soepgroep=soep+groep maatjesproject=maatje+project maatjescontact=maatje+contact hondenclub=hond+club
    hondenuitlaatservice=hond dierenopvang=dier+opvang kerkdienst=kerk+dienst kerkkoor=kerk+koor
    gebedsgroep=gebed+groep bijbelkring=bijbel+kring moskeebezoek=moskee+bezoek regenboogcafé=regenboog+café
    regenbooggroep=regenboog+groep autismecafé=autisme+café burenhulp=buur+hulp burendag=buur
    zorgvrijwilliger=zorg+vrijwilliger zorgboerderij=zorg+boerderij hulpmiddelen=hulp+middel
    scootmobielles=scootmobiel+les scootmobieltocht=scootmobiel+tocht plusbus=bus wensbus=wens+bus
    ziekenvervoer=ziek+vervoer vervoersdienst=vervoer+dienst vervoersvrijwilliger=vervoer+vrijwilliger
    geheugencafé=geheugen+café geheugentraining=geheugen+training valtraining=vallen+training
    valpreventiecursus=cursus ontmoetingsgroep=ontmoeting+groep ontmoetingsplek=ontmoeting+plek
    ontmoetingscentrum=ontmoeting+centrum spelinloop=spel+inloop weggeefwinkel=winkel
    kringloopwinkel=kringloop+winkel ruilwinkel=ruil+winkel statushoudersgroep=statushouder+groep
    nieuwkomersgroep=nieuwkomers+groep inburgeringscursus=inburgering+cursus rijbewijscursus=rijbewijs+cursus
    sollicitatiecursus=sollicitatie+cursus sollicitatietraining=sollicitatie+training werkcafé=werk+café
    banenmarkt=baan+markt huurhulp=huur+hulp huurteam=huur+team energiecoach=energie+coach
    energiehulp=energie+hulp rechtswinkel=recht+winkel rechtshulp=recht+hulp vluchtelingenwerk=vluchteling+werk
    jeugdfonds=jeugd+fonds cultuurfonds=cultuur+fonds noodfonds=nood+fonds reumagroep=reuma+groep
    hartpatiënten=hart+patiënt astmagroep=astma+groep kankercentrum=kanker+centrum diabetescafé=diabetes+café
    verlieskring=verlies+kring scheidingsgroep=scheiding+groep kindergroep=kind+groep pubercafé=puber+café
    bloemschikcursus=cursus bloemschikken=bloem+schikken houtwerkplaats=hout+werkplaats
    fietswerkplaats=fiets+werkplaats mannenschuur=man+schuur mannengroep=man+groep mannenkoor=man+koor
    natuurwandeling=natuur+wandeling natuurgroep=natuur+groep vogelclub=vogel+club visclub=vis+club
    visvereniging=vis+vereniging sterrenwacht=ster koersbalclub=club sjoelclub=sjoelen+club
    sjoelavond=sjoelen+avond sjoelmiddag=sjoelen+middag dartclub=darten+club tennisclub=tennis+club
    judoclub=judo+club korfbalclub=korfbal+club hockeyclub=hockey+club turnclub=turnen+club
    scoutinggroep=scouting+groep harmonieorkest=harmonie+orkest fanfareorkest=fanfare+orkest
    ukeleleclub=ukelele+club djembégroep=djembé+groep percussiegroep=percussie+groep
    computerinloop=computer+inloop digicafé=café digitaalspreekuur=spreekuur
"""

#: One word a line, in the forms that people write.
FORMS = """
    kat katten katje katjes
    hond honden hondje hondjes
    kop koppen kopje kopjes
    kaart kaarten kaartje
    boek boeken boekje boekjes
    tafel tafels tafeltje tafeltjes
    stoel stoelen stoeltje
    boom bomen boompje boompjes
    bloem bloemen bloemetje bloemetjes
    tuin tuinen tuintje tuintjes
    praat praten
    club clubs clubje clubjes
    groep groepen groepje groepjes
    huis huizen huisje huisjes
    brief brieven briefje briefjes
    formulier formulieren formuliertje
    vriend vrienden
    vriendin vriendinnen
    kind kinderen kindje kindjes
    dochter dochters dochtertje
    zoon zonen zoontje zoons
    meisje meisjes
    oma omas omaatje
    opa opas opaatje
    buur buren
    buurvrouw buurvrouwen
    buurman buurmannen
    vrijwilliger vrijwilligers
    vrijwilligster vrijwilligsters
    maaltijd maaltijden
    wandeling wandelingen wandelingetje
    rolstoel rolstoelen rolstoeltje
    rollator rollators
    computer computers
    telefoon telefoons telefoontje telefoontjes
    tablet tablets
    cursus cursussen
    les lessen
    koor koren koortje
    lied liederen liedje
    museum musea museums
    foto fotos
    baby babys
    auto autos autootje
    café cafés cafeetje
    wandelen wandel wandelt wandelde gewandeld wandelend
    fietsen fietst fietste gefietst
    zwemmen zwem zwemt zwom gezwommen
    koken kook kookt kookte gekookt
    eten eet gegeten
    lezen lees leest las gelezen
    schrijven schrijf schrijft schreef geschreven
    zingen zing zingt zong gezongen
    praten praat praatte gepraat
    spelen speel speelt speelde gespeeld
    leren leer leert leerde geleerd
    helpen help helpt hielp geholpen
    slapen slaap slaapt sliep geslapen
    vallen val valt viel gevallen
    breien brei breit breide gebreid
    haken haak haakt gehaakt
    naaien naai naait naaide genaaid
    schilderen schilder schildert geschilderd
    tekenen teken tekent getekend
    dansen dans danst danste gedanst
    drinken drink drinkt dronk gedronken
    gokken gok gokt gegokt
    blowen blow blowt
    roken rook rookt gerookt
    scheiden gescheiden scheidt
    verhuizen verhuis verhuisd verhuist
    verliezen verlies verloor verloren
    overlijden overleden overleed overlijdt
    betalen betaal betaalt betaald
    sparen spaar gespaard
    lenen leen leent geleend
    kopen koop koopt gekocht
    rijden rijd rijdt reed gereden
    lopen loop loopt liep gelopen
    sporten sport gesport
    voetballen voetbal voetbalt gevoetbald
    tuinieren tuinier tuiniert getuinierd
    klussen klus klust geklust
    oppassen oppast opgepast
    ophalen ophaalt opgehaald
    meedoen meedoet meegedaan
    langskomen langskomt
    opruimen opruimt opgeruimd
    invullen ingevuld invult
    aanvragen aangevraagd aanvraagt
    solliciteren solliciteer gesolliciteerd
    bewegen beweeg beweegt
    ontmoeten ontmoet ontmoette
    verzorgen verzorg verzorgt verzorgd
    eenzaam eenzame eenzamer eenzaamst
    ziek zieke zieker
    jong jonge jonger
    goedkoop goedkope goedkoper goedkoopste
    gezellig gezellige gezelliger gezelligst
    moeilijk moeilijke moeilijker moeilijkst
    makkelijk makkelijke makkelijker
    slecht slechte slechter
    arm arme armer
    verdrietig verdrietige verdrietiger
    boos boze bozer
    bang bange banger
    druk drukke drukker
    rustig rustige rustiger
    duur dure duurder
    doof dove
    blind blinde blinden
    bakje bakske bakskes
    huisje huiske
    boompje boomke
    vrouw vrouwen vrouwke vrouwtje
    moeder moeders moederke
    ommetje ommetjes
    rondje rondjes
    stukje stukske
    bakkie bakkies
    uurtje uurke
    vluchteling vluchtelingen
    nieuwkomer nieuwkomers
    mantelzorger mantelzorgers mantelzorgster
    gehandicapte gehandicapten gehandicapt
    dementerend dementerende dementerenden
    werkloos werkloze werklozen
    gepensioneerd gepensioneerde gepensioneerden
    puber pubers pubertje
    peuter peuters peutertje
    kleuter kleuters
    kleinkind kleinkinderen
    schuld schulden schuldje
    rekening rekeningen
    uitkering uitkeringen
    toeslag toeslagen
    boodschap boodschappen boodschapje
    spelletje spelletjes spellen
    hobby hobbys
    feest feesten feestje
    beschadigd beschadigen
    praatje praatjes
    ommetje ommetjes
"""


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Café", "cafe"),
        ("EENZAAM", "eenzaam"),
        ("coördinatie", "coordinatie"),
        ("ĲSSEL", "ijssel"),
        ("oma’s", "oma's"),
        ("65+", "65+"),
    ],
)
def test_fold_takes_case_and_accents_off_and_keeps_digits_and_apostrophes(written, folded):
    assert dutch.fold(written) == folded


def test_tokens_part_at_hyphens_and_lose_apostrophes():
    assert dutch.tokens("Oma’s e-mail, 's ochtends!") == ("omas", "e", "mail", "s", "ochtends")


def test_the_stemmer_with_the_old_rules_is_there():
    assert "dutch_porter" in Stemmer.algorithms()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("wandelen", "gewandeld"),
        ("eenzame", "eenzaamheid"),
        ("buurthuizen", "buurthuis"),
        ("foto's", "fotos"),
        ("cafés", "cafe"),
        ("wandelmaatje", "wandelmaatje"),
        ("koffieochtenden", "koffieochtend"),
        ("huur", "huren"),
    ],
)
def test_forms_of_one_word_give_the_same_tokens(one, other):
    assert dutch.analyse(one) == dutch.analyse(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ouderen", "ouders"),
        ("huiswerkbegeleiding", "huiswerkbeleid"),
        ("zoon", "zon"),
        ("boos", "bos"),
        ("maan", "man"),
        ("uitje", "ui"),
        ("jongeren", "jongens"),
        ("man", "mand"),
        ("slaan", "slapen"),
        ("dood", "doof"),
        ("gezond", "zon"),
        ("dans", "dan"),
        ("rij", "rijden"),
    ],
)
def test_words_a_resident_keeps_apart_stay_apart(one, other):
    assert not set(dutch.analyse(one)) & set(dutch.analyse(other)) - {"huiswerk"}


@pytest.mark.parametrize("compound", COMPOUNDS.split(), ids=lambda compound: compound.split("=")[0])
def test_a_compound_is_also_found_by_its_parts(compound):
    whole, parts = compound.split("=")

    assert set(dutch.analyse(parts.replace("+", " "))) <= set(dutch.analyse(whole))


@pytest.mark.parametrize("forms", FORMS.strip().splitlines(), ids=lambda forms: forms.split()[0])
def test_all_forms_of_a_word_have_one_stem(forms):
    assert len({dutch.stems(dutch.fold(form))[0] for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("token", "parts"),
    [("langskomen", ("langs", "komen")), ("opgehaald", ("op", "halen")), ("haalt", None), ("huis", None)],
)
def test_a_separable_verb_names_its_particle(token, parts):
    assert dutch.separable(token) == parts


@pytest.mark.parametrize("token", ["wandelen", "koffieochtend", "eenzaamheid", "niet", "bingo", "parkinson"])
def test_words_of_dutch_are_known(token):
    assert dutch.is_word(token)


@pytest.mark.parametrize("token", ["wandeln", "eensaam", "gezelig", "zelfmort", "xyz"])
def test_words_that_are_no_dutch_are_not_known(token):
    assert not dutch.is_word(token)


@pytest.mark.parametrize(
    "word",
    ["wandelen", "overleden", "huiswerk", "doodmoe", "vergeten", "vriendschap", "ziekenhuis", "geloof"],
)
def test_a_word_whose_halves_mislead_is_not_split(word):
    assert len(dutch.analyse(word)) == 1


def test_stop_words_leave_only_the_subject_of_a_question():
    assert dutch.analyse("Ik zoek iemand die met mijn moeder wil wandelen") == ("moeder", "wandel")


def test_a_window_of_words_does_not_reach_over_a_full_stop():
    first, second = dutch.words("Ik ben moe. Dood")[-2:]

    assert second.position - first.position > 10
    assert second.clause == first.clause + 1


@given(st.text(max_size=300))
def test_any_text_gives_clean_tokens(text):
    for token in dutch.analyse(text):
        assert token
        assert token == token.casefold()
        assert not any(sign.isspace() or sign == "_" for sign in token)


@given(st.text(max_size=100), st.text(max_size=100))
def test_analysing_two_sentences_is_analysing_each(one, other):
    assert dutch.analyse(f"{one} \n {other}") == dutch.analyse(one) + dutch.analyse(other)


def test_hostile_text_does_not_raise():
    for text in ("\ud800", "a" * 100_000, "👩‍🦳" * 50, "\x00", "﷽", "e" + "\u0301" * 500):
        dutch.analyse(text)


def test_importing_loads_no_dictionary():
    code = (
        "from samenspel.engine import dutch;"
        "from samenspel.engine.dutch import stemming;"
        "assert stemming._dictionary.cache_info().currsize == 0;"
        "dutch.warm();"
        "assert stemming._dictionary.cache_info().currsize == 1"
    )

    subprocess.run([sys.executable, "-c", code], check=True)
