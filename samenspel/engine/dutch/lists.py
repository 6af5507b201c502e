"""The word lists of the Dutch analysis: reviewed data, written as prose."""

from __future__ import annotations

from collections.abc import Mapping

from samenspel.engine.dutch.text import word_set

#: Words that carry no subject. Articles and pronouns stand in every sentence; verbs of
#: wishing ("zoek", "wil", "graag") stand in every question; so neither tells offers apart.
#: "niet", "alleen" and their like are here for the text search only: the vocabulary of
#: needs reads them ("ik kom niet rond") through ``Word.stems``, which keeps stop words.
STOP_WORDS = word_set(
    """
    de het een der den des t n s k m ik jij je jou jouw u uw hij zij ze wij we jullie hun hen hem haar zijn
    mijn mij me ons onze men dit dat deze die wie wat waar welke welk hoe wanneer waarom er hier daar iemand
    iets niemand niets iedereen alles ander andere anders zelf elkaar en of maar want dus als dan toen ook
    nog al weer wel niet geen nooit nee ja zo te toch eens even in op aan bij met van voor door over onder
    uit naar tot om tegen na rond via per zonder tussen ben bent is was waren geweest wees word wordt worden
    werd heb hebt heeft hebben had hadden gehad kan kun kunt kunnen kon konden zal zult zullen zou zouden
    wil wilt willen wou wilde moet moeten moest mag mogen hoef hoeft hoeven ga gaat gaan doe doet doen
    gedaan kom komt komen zit zitten laat laten krijg krijgt krijgen maak maakt blijf blijft blijven zoek
    zoekt zoeken gezocht vind vindt vinden graag liever nodig hoi hallo dag dagen beste alvast bedankt heel erg
    zeer veel meer meest vaak altijd steeds soms nu hele alleen samen keer the a an i am my me you your he
    she his her it its we our they their this that who what where how is are was were be been do does did
    have has had can could will would want need to of on at for with and or not no don't dont im i'm please
    looking some someone somebody
    """
)

#: Stems set by hand, because the dictionary's lemma would merge words a resident keeps
#: apart ("ouderen" and "ouders" both give "ouder") or part what belongs together
#: ("maatjes" is a herring there, "mantelzorger" does not lead to "mantelzorg").
OWN_STEMS: Mapping[str, str] = {
    form: stem
    for stem, forms in {
        "ouderen": "ouderen oudere",
        "ouder": "ouders ouder",
        "les": "les lessen lesjes",
        "bus": "bus bussen busje",
        "fiets": "fiets fietsen fietst fietste gefietst fietsje fietsjes",
        "maatje": "maatje maatjes maat maten",
        "mantelzorg": "mantelzorg mantelzorger mantelzorgers mantelzorgen mantelzorgster mantelzorgsters",
        "bellen": "bel bellen belt belde gebeld",
        "zorg": "zorg zorgen",
        "boek": "boek boeken boekje boekjes",
        "spel": "spel spelletje spelletjes spellen",
        "moes": "moes",
        "jongeren": "jongere jongeren",
        "jongen": "jongen jongens jongetje jongetjes",
        "mens": "mens mensen",
        "rekening": "rekening rekeningen",
        "langs": "langs",
        "beter": "beter",
        "meer": "meer",
        "eerste": "eerste",
        "niets": "niets niks",
        "geloof": "geloof geloven gelooft gelovig",
        "uitje": "uitje uitjes",
        "rondje": "rondje rondjes",
        "gamen": "gamen gamet game gamede",
        "care": "care caring carer carers",
        "coke": "coke",
        "waar": "waar",
        "kat": "kat katten katje katjes",
        "vallen": "val vallen valt viel vielen gevallen",
        "tekenen": "teken tekenen tekent tekende getekend",
        "voetbal": "voetbal voetballen voetbalt voetbalde gevoetbald",
        "dans": "dans dansen danst danste gedanst dansje dansjes",
        "haken": "haak haken haakt haakte gehaakt",
        "lezen": "lees lezen leest las lazen gelezen",
        "bakkie": "bakkie bakkies",
        "oppas": "oppas oppassen oppast opgepast",
        "vrijwilliger": "vrijwilliger vrijwilligers vrijwilligster vrijwilligsters",
        "werkloos": "werkloos werkloze werklozen werkloosheid",
        "gepensioneerd": "gepensioneerd gepensioneerde gepensioneerden",
        "verlies": "verlies verliezen verliest verloor verloren",
        "zoon": "zoon zonen zoons zoontje zoontjes",
        "rijden": "rijd rijden rijdt reed gereden",
        "kop": "kop koppen kopje kopjes",
    }.items()
    for form in forms.split()
}

#: Words of the field that the dictionary lacks, as they stand in names of activities.
FIELD_WORDS = word_set(
    """
    mantelzorg werker dementie alzheimer bingo yoga wifi laptop tablet app website internet digid wmo gym
    repair atelier soos kleding lotgenoten biljart gymnastiek bijstand thuiszorg clientondersteuning
    adhd bridge klaverjas zumba pilates quilt parkinson diabetes scouting koersbal walking welzijn ggz ggd
    turn digi crea aqua duo judo darts valpreventie armoede eenzaamheid stadspas kerst whatsapp facebook
    rummikub scrabble ehbo hospice kraam statushouder oekraine syrie eritrea marokko turkije popup speelotheek
    """
)

#: Three-letter words that do start or end compounds; the dictionary's other short words
#: ("ete", "ing", "van") would split half the language.
SHORT_PARTS = word_set("eet bel les bus zee spa dag dak bos bad kip vis tv app gym wmo web dam pop val duo")

#: Parts that are prefixes, suffixes or small words, never half of a compound worth finding.
NO_PART = word_set(
    """
    over onder door voor achter tegen tussen boven buiten binnen mede samen open aan thuis achtig heid
    lijk loos baar ings iteit chap schap schappen elen eren ster ende aars ters eling heden isch ische
    teit liek ling lingen atie aties sche tjes pjes ment ring gaan staan komen sing ding der mel tachtig
    hand verg pelen spas schappelijk bid tran tijd genot schon
    """
)

#: Words that look like compounds whose halves mislead: "huiswerk" is no work to be found.
WHOLE = word_set(
    """
    huiswerk vrijwilliger doodmoe doodop feestdag maandag dinsdag woensdag donderdag vrijdag zaterdag
    zondag vandaag middag samenleving gemeente handicap huisarts speelgoed overleden vergeten
    vergeetachtig ziekenhuis buurvrouw buurman scheiding schilderen transport maatschappelijk trommel
    aanpassing toneelspelen badkamer gezinshereniging huisdier levensgevaarlijk handwerken leeftijd
    schoonmoeder schoonvader zichzelf
    """
)

#: Common words that the dictionary lacks; known here only so that they are not read as misspelt.
PLAIN_WORDS = word_set(
    """
    afgebroken apple beton bijv black blue finse gewonde gods hongaarse level minstens minuten mobile network state
    tussen tussenin tweet uiteen white light
    achteraf achteren achterin achterna afgelopen afkeer alsmaar alsnog allang amper andersom anderhalf aanpak
    aangepast aangepaste behulp betrokkenheid bewind bijeen bijvoorbeeld binnenin binnenkort binnenuit bovenaan
    buitenaf creatief daagse dankjewel derhalve desnoods desondanks doei doorgaans drama duits duitse duitsland
    duurzaamheid eerlijkheid eindeloos engels engelse enthousiasme enz enzo enzovoort eraf eraan erbij erdoor
    eren ergun erheen erin erna ernaar erom eronder erop erover eruit ervan ervoor europa europees europese
    evengoed eventueel frans franse gedeelde gedoe gelul gemis genoeg genot geleden geacht godsnaam gezeik
    gezeur grieks griekse hartstikke heden helaas hitte hoelang hoeverre hoezo huh hallo horeca ikzelf ineen
    ingeschreven inleveren invoering italiaans italiaanse jaja jee jeetje jezelf jijzelf kids klei komst kou
    kortom kerst logica lef lol mag magie meermaals mensheid mezelf mijzelf min middenin modder nadien nabijheid
    namelijk nationaal nederland nederlands nederlandse niettemin noord noorden nochtans oftewel oke okay
    onderaan onderuit onderweg ondertussen oneens onderwijs onlangs onschuld oost oosten opeens openheid opzij
    overeen overeind overhoop overlast overal pech pools poolse populair pracht privacy prive racisme rechtop
    ronduit russisch russische schade seks sex simpelweg sindsdien solidariteit spaans spaanse spoed steeds
    stoom straks stress surinaams surinaamse syrisch syrische tegelijk tegelijkertijd tegemoet tevergeefs
    tevoorschijn terugkomst toegang tuurlijk turks turkse tussendoor uberhaupt uitstek uzelf vanachter vanavond
    vandoor vanmiddag vanmorgen vannacht vanochtend vanwaar vanwege veelal verloop verderop vervolgens volop
    voluit vooraan vooraf vooral vooralsnog voordien voorgoed voorin voorop voorrang voort voorts voortaan
    wanhoop website wederom weleens welvaart west westen wens whatsappen wiskunde woede yep zeeuws zeggenschap
    zelfde zevende ziens zicht zoal zodat zojuist zomaar zowat zozeer zuid zuiden marokkaans marokkaanse
    arabisch arabische afghaans afghaanse oekraiens oekraiense eritrees eritrese somalisch chinees chinese
    bulgaars bulgaarse roemeens roemeense indonesisch indonesische antilliaans amsterdam rotterdam utrecht
    groningen almere lelystad eindhoven tilburg breda arnhem nijmegen haarlem enschede friesland drenthe
    overijssel gelderland flevoland zeeland limburg brabant holland belgie urk dronten jan piet kees henk willem
    anna maria marie emma sara tom tim max daan sem lotte fatima mohammed ahmed ali peter paul bart erik frank
    hans johan karel wim ria truus greet annie corrie joke ineke bep mien lies els about after again alone
    already also always another anyone because been before being better both bring came care change children
    come coming cook cooking could daughter days dont during each early ever every everyone father feel feeling
    find first food for friend friends from full getting give going good great group hard have help here home
    house just keep know last late learn leave life like little live living long look lost lot love make making
    many maybe meet meeting money month more morning most mother move moved much must near never new next nice
    night nothing old only open other others our out over own pay people place play please poor problem really
    right said same school see sick since sister small someone something son soon speak still stop such talk
    than thank them there they thing things think this time tired today together told tomorrow town two very
    visit walk week well went when where which while why wife will without work working world would year years
    yet young your
    """
) | frozenset(
    place + preposition
    for place in ("waar", "daar", "hier", "er")
    for preposition in word_set(
        "aan achter bij boven binnen buiten door heen in langs mee na naar naast om onder op over toe uit van voor"
    )
)
