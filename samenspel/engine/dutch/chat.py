"""How people write in a chat, by ear or in dialect, and the words they mean.

Only fixed forms that no rule of sound or slip would reach, or that happen to spell another
Dutch word ("alen" is also eels, "egt" a farmer's verb). They are read beside what was
typed, never instead of it. Every form is folded: small letters, no accents, no apostrophe.
"""

from __future__ import annotations

from collections.abc import Mapping

_MEANT = """
    even: ff effe effen eff efkes effkes effekes
    mijn: mn me mun mijne
    zijn: zn
    het: ut
    niet: nie ni nt nit niej neet
    niets: niks nix
    echt: egt eg ech
    alleen: alen alenig alleenig alleenich allenig alinig
    waarom: wrm waarm
    iemand: iem iemant imand
    niemand: niem niemant nimand
    gewoon: gwn gewn
    wachten: w8 w88
    nacht: n8
    wat: wa
    dat: da dah
    maar: maor
    moeten: motten moette moeta
    moet: mot mut
    weet niet: kweenie weeni wni kweetnie
    weet: kweet
    heb: kheb keb
    ben: kben kbn
    wil: kwil
    kan: kkan
    zit: kzit
    zoek: zoke soek zuuk
    help: hellup helup
    hulp: hullup
    huis: huus
    thuis: tuis thuus
    school: skool sgool schol sjool
    geld: gelt
    vriend: frient vrint frind
    vrienden: frinden vrinden matties
    eenzaam: insam ensam eesaam enzam
    moeder: moeke mams
    vader: paps
    huiswerk: hw
    fiets: fits
    fietsen: fitsen
    moeilijk: moeluk mujluk
    bakkie: bakske bakje
    misschien: mss mssn
    vandaag: vndg
    morgen: mrgn
    samen: tsamen tesamen
    ziek: siek
    afspraak: afsprk
    telefoon: tel
    computer: kompjoeter
"""

#: A folded form and what it stands for: one word, or two with a space.
CHAT_FORMS: Mapping[str, str] = {
    form: meant.strip()
    for meant, forms in (line.split(":") for line in _MEANT.strip().splitlines())
    for form in forms.split()
}
