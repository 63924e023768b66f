"""Words that a question and its answer seldom share, and words that stand for one another between the two: data.

A question says "what was the tally", the news "41 people died"; a question says "presided over", the news "chaired".
The groups are looser than those of `pipeline.grounding.lexicon`, by which a statement is held against what it cites:
here a word only has to show that a sentence may be about what is asked. Written with 90 questions of the bundled suite
at hand; that they help beyond those is measured on the others.
"""

from __future__ import annotations

from functools import lru_cache

import regex

from pipeline.grounding.lexicon import concept_of, listed
from pipeline.grounding.units import WORD_VALUES
from pipeline.grounding.words import STOP_WORDS as LITTLE_SAID
from pipeline.questions import STOP_WORDS, stem
from pipeline.wordnet import usual_part

# A shorter word carries little.
SHORT = 3
_CALENDAR = listed(
    """
    january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday
    """
)

# General verbs, nouns of reporting and measuring, and qualifiers: a question words itself with them as it likes.
_LIGHT = listed(
    """
    ago along back became best biggest come done earlier eventual evolve evolved famous fewer giant gone got half held
    iconic known larger made meant newly nothing notable ongoing prominent public saw seen short smaller stunning taken
    upcoming weekend
    argue assume believe conclude deduce guess infer judge reckon suspect
    able account accept achieve act action actual add affect allow amount answer anybody anyone anything appear apart
    argument arrive aspect attach attempt away battle become begin behind belong better big bring call came carry case
    cause chance change circumstance cite claim clear come comment compare complete condition consider contain
    continue contribute count course cover current currently day deal decide decision describe detail development
    differ difference different difficult direct directly discover discuss effect end entire estimate event eventually
    exact exactly exist expect explain explanation extent face fact factor fall feature figure final finally find first
    follow forecast foresee form full gain general get give given go goal grade ground group grow happen have hear help
    high highest hit hold hour idea identify impact importance important include increase indicate individual initial
    initially instance intend involve issue item join keep kind know large last late later latest lead learn least leave
    length let level light likely limit line list live log long look lose lost lot low lowest main major make manage
    many matter maximum mean measure meet mention mind minimum moment month move name nationally nature near need new
    next note notice number object occur offer old one open opinion order original originally outcome outlet outset
    overall own part particular particularly party pass people percentage period person phase physical place plan play
    point popular position possible post present previous previously primary problem proceed produce proportion propose
    proposal provide purpose put quantity quote range rate reach react reaction read real really reason receive recent
    recently record refer regard related remain remark remove report require respond response responsible rest result
    return reveal revise rise role run same say scale second see seek seem set settle several share shift show side sign
    significant similar single situation size small solve sort source special specific stage stance stand standard start
    state statement status stay step stop story string subject suffer suggest sum supply support take tally tell term
    thing think third threshold time today toll total toward towards track trigger try turn type typical typically
    ultimately understand unit unless use used user usual usually value variety various version view want watch way week
    whole win won wonder word words work world wrong year
    """
)
# Endings of qualifiers, and compounds.
_QUALIFIES = regex.compile(r".*(?:ly|ous|ful|ive|ish|less)|.*-.*")
_PARAPHRASES = """
    own owns owned owner owners hold holds holding holder holders stake stakes shareholder shareholders shareholding;
    preside presides presided chair chairs chaired lead led headed oversee oversaw;
    salary wage wages pay paid earn earns earned earnings remuneration income bonus;
    inoculate inoculated inoculation vaccinate vaccinated vaccination jab jabs dose doses immunise immunised;
    leak leaked leaks spill spilled spilt spillage escape escaped slick;
    discharge discharged outflow release released flow;
    lapse lapses expire expires expiry expired end ends run-out;
    flaw flaws defect defects fault faults faulty mistake error weakness shortcoming;
    bent bend bends bowed bowing buckled warped deformed;
    box boxes container containers crate crates;
    truce ceasefire armistice;
    talk talks negotiation negotiations negotiate negotiated;
    advise advised advice recommend recommended recommendation urge urged;
    inform informed notify notified told tell alert alerted warn warned warning message;
    learn learned learnt heard hear told informed;
    harm harmed hurt injured injury injuries wounded;
    monitor monitors observer observers inspector inspectors mission;
    displaced evacuate evacuated homeless driven forced uprooted flee fled;
    pledge pledges pledged promise promises promised undertake undertook commitment commitments guarantee;
    takeover merger merge merged acquisition acquire acquired bid deal buyout;
    reject rejected rejection refuse refused refusal decline declined turn-down rebuff rebuffed;
    undervalue undervalued undervalues;
    retailer grocer grocery supermarket chain store stores shop shops;
    strike strikes stoppage walkout walk-out industrial;
    member members membership;
    fire fired sack sacked dismiss dismissed lay-off laid redundancy redundancies job jobs post posts;
    clean-up cleanup clean salvage recovery;
    cost costs price prices bill expense expenses worth value;
    fine fines fined penalty penalties;
    compensation compensate compensated payout payouts damages reimburse reimbursed reimbursement;
    reclaim reclaimed claw clawed clawing clawback repay repaid refund refunded recoup;
    grant grants subsidy subsidies aid funding;
    resign resigns resigned resignation quit quits step-down;
    author wrote writer written write;
    born birth birthplace native;
    die died death dead killed deaths;
    found founded founder founders establish established set-up create created creation start started launch launched;
    invent invented inventor inventors invention discovered developed;
    marry married wife husband spouse wedding;
    locate located location situated lies stands;
    sing sang sung singer vocals vocalist perform performed performer;
    film films movie movies picture;
    star starred stars actor actress cast played portray portrayed;
    direct directed director;
    capital headquarters seat based;
    airport airfield airbase base;
    age aged old;
    peak peaked highest maximum record;
    minimum least lowest;
    threshold limit limits cap;
    hospital clinic infirmary medical;
    teacher lecturer professor;
    lorry truck lorries trucks;
    aircraft plane planes jet jets flight flights;
    passenger passengers commuter commuters traveller travellers traveler travelers;
    plant plants factory fab facility works;
    judge judges court inquiry tribunal;
    inquiry investigation probe review panel commission;
    warehouse warehouses depot depots distribution storage store;
    collapse collapsed fell fallen failure;
    nearly almost about around;
    border frontier line;
    breach breaches breached violation violations violate violated;
    blame blamed blames responsible attribute attributed accuse accused fault;
    doubt doubts doubted question questioned questions concern concerns;
    hold held keep kept stay stayed;
    react reacted reaction respond responded response reply replied comment commented;
    approve approved approval clear cleared clearance authorise authorised green-light
    """


@lru_cache(maxsize=10_000)
def is_light(word: str) -> bool:
    """Whether a lower-case word is one that a question words itself with, whatever it asks; numbers and dates are."""
    return (
        stem(word) in _light_stems()
        or word in STOP_WORDS
        or word in LITTLE_SAID
        or word in _CALENDAR
        or len(word) < SHORT
        or any(character.isdigit() for character in word)
        or word in WORD_VALUES
        or _QUALIFIES.fullmatch(word) is not None
        or usual_part(word) == "adverb"
    )


@lru_cache(maxsize=1)
def _light_stems() -> frozenset[str]:
    return frozenset(stem(word) for word in _LIGHT)


@lru_cache(maxsize=100_000)
def senses(word: str) -> frozenset[str]:
    """What a lower-case word may stand for: its concept, and the groups of paraphrases it is in."""
    groups = _paraphrases()
    return frozenset((concept_of(word), *groups.get(word, ()), *groups.get(stem(word), ())))


@lru_cache(maxsize=1)
def _paraphrases() -> dict[str, tuple[str, ...]]:
    table: dict[str, list[str]] = {}
    for number, group in enumerate(_PARAPHRASES.split(";")):
        for word in group.split():
            for form in {word, stem(word)}:
                table.setdefault(form, []).append(f"group {number}")
    return {word: tuple(dict.fromkeys(groups)) for word, groups in table.items()}
