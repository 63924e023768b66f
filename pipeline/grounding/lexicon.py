"""Words of news prose that mean nearly the same, and words that mean the opposite: data for the checks.

Groups are kept small on purpose: two words share a group only when a news desk would let one stand for the other.
"""

from __future__ import annotations

from functools import lru_cache

from pipeline.questions import stem

_GROUPS = """
    kill kills killed killing killings die dies died dying dead death deaths fatal fatality fatalities slain slay
    lethal;
    injure injured injures injuring injury injuries wound wounded wounds wounding hurt;
    say said statement;
    attack attacks attacked attacking attacker strike strikes struck striking hit hits hitting assault raid raided
    bomb bombed bombing bombs bombardment airstrike airstrikes target targeted targeting shell shelled shelling;
    rise rises rose risen rising increase increases increased increasing climb climbed climbing grow grew grown
    growing growth jump jumped surge surged soar soared expand expands expanded expanding expansion gain gained
    raise raised raising;
    fall falls fell fallen falling drop drops dropped dropping decline declines declined declining decrease
    decreased decreasing slump slumped plunge plunged shrink shrinks shrank shrunk shrinking contracted contraction
    reduce reduced reduction cut cuts cutting slash slashed shed sheds shedding axe axed lower
    lowered lowering dip dipped;
    approve approves approved approval pass passed passes endorse endorsed endorses endorsement adopt adopted adopts
    back backed backs backing support supported supports supporting ratify ratified;
    reject rejects rejected rejection rejecting refuse refused refuses refusal oppose opposed opposes opposing
    opposition block blocked blocks veto vetoed dismiss dismissed dismisses;
    open opens opened opening reopen reopened reopens reopening;
    close closes closed closing closure shut shuts shutting shutdown shuttered;
    start starts started resume resumes resumed resuming restart restarted starting begin begins began begun
    beginning launch launched launches launching onset commence commenced inaugurate;
    end ends ended ending finish finished finishes conclude concluded concludes expire expired expires;
    stop stops stopped stopping halt halted halts suspend suspended suspends suspension pause paused pauses
    discontinue cease ceased;
    arrest arrests arrested arresting detain detained detains detention custody apprehend apprehended;
    release releases released releasing free freed frees freeing;
    leave leaves left leaving depart departed departs departure withdraw withdrew withdrawn withdraws withdrawal
    withdrawing pull pulled pulling quit quits resign resigns resigned resignation step stepped stepping;
    arrive arrives arrived arriving arrival enter entered enters entering entry reach reached reaching reaches;
    win wins won winning victory victories beat beats beaten beating defeat defeated defeats triumph;
    lose loses lost losing loss losses;
    agree agrees agreed agreeing agreement agreements deal deals accord pact;
    ceasefire truce armistice;
    talk talks negotiation negotiations negotiate negotiated negotiating discussion discussions discuss discussed;
    meet meets met meeting meetings;
    ban bans banned banning prohibit prohibited prohibits prohibition outlaw outlawed forbid forbidden bar barred;
    allow allows allowed allowing permit permits permitted let permission authorise authorised authorize authorized;
    plan plans planned planning schedule schedules scheduled intend intends intended intention aim aims aimed scheme;
    announce announces announced announcement unveil unveiled reveal revealed declare declared disclose disclosed;
    accuse accuses accused accusing accusation blame blames blamed blaming allege alleges alleged;
    deny denies denied denying denial denials;
    acknowledge acknowledges acknowledged acknowledging admit admits admitted admitting concede concedes conceded;
    know knows knew known knowing aware;
    confirm confirms confirmed confirming confirmation verify verified;
    warn warns warned warning warnings caution cautioned;
    demand demands demanded urge urged urges urging press pressed appeal appealed;
    pledge pledges pledged promise promises promised promising vow vowed vows commit committed commitment;
    buy buys bought buying purchase purchases purchased acquire acquired acquires acquisition takeover;
    sell sells sold selling sale sales;
    build builds built building construct constructed construction constructing erect erected;
    destroy destroys destroyed destroying destruction demolish demolished demolition raze razed;
    damage damages damaged damaging;
    find finds found finding findings discover discovers discovered discovery uncover uncovered detect detected;
    show shows showed shown showing indicate indicates indicated demonstrate demonstrates demonstrated;
    study studies studied research survey;
    researcher researchers scientist scientists;
    help helps helped helping aid aids aided assist assisted assistance;
    protest protests protested protester protesters demonstration demonstrations demonstrator demonstrators rally
    rallied rallies;
    vote votes voted voting ballot ballots poll polls;
    election elections elect elected;
    court courts judge judges tribunal;
    convict convicted conviction guilty;
    acquit acquitted acquittal innocent exonerated clear cleared clears;
    sentence sentenced sentences jailed jail imprisoned imprison imprisonment prison;
    charge charged charges indict indicted indictment;
    sue sued sues lawsuit suing;
    police officer officers policeman policemen;
    military army troops troop soldier soldiers forces force armed;
    militia militias paramilitary;
    rebel rebels insurgent insurgents;
    fighter fighters militant militants gunman gunmen;
    government cabinet administration;
    president presidential presidency;
    parliament parliamentary lawmaker lawmakers legislator legislators legislature congress mps mp;
    law laws legislation bill bills act;
    minister ministers ministry;
    official officials authority authorities;
    spokesman spokeswoman spokesperson;
    firm firms company companies business businesses corporation maker manufacturer carmaker;
    worker workers employee employees staff;
    job jobs post posts position positions;
    boss chief head heads leader leaders ceo lead leads led leading chair chairman chairwoman;
    pay pays paid payment payments paying;
    price prices cost costs costing;
    money funds fund funding funded finance financed;
    profit profits earnings;
    revenue revenues turnover;
    tax taxes taxed;
    fire fires blaze wildfire wildfires burn burned burnt;
    flood floods flooded flooding;
    earthquake quake tremor;
    storm storms hurricane typhoon cyclone;
    home homes house houses household households residence;
    child children kid kids youngster;
    resident residents inhabitant inhabitants citizen citizens people person civilians civilian;
    man men male;
    woman women female;
    hospital hospitals clinic;
    doctor doctors physician physicians;
    ill sick illness disease diseases sickness;
    vaccine vaccines vaccinate vaccinated vaccination jab jabs;
    school schools;
    student students pupil pupils;
    teacher teachers;
    car cars vehicle vehicles automobile;
    plane planes aircraft airplane jet jets;
    ship ships vessel vessels boat boats;
    crash crashes crashed collision collide collided;
    rescue rescued rescuing saved save rescuers rescuer;
    evacuate evacuated evacuation evacuating flee fled;
    search searches searched searching hunt;
    investigate investigated investigation investigations investigating investigator investigators probe inquiry
    inquiries;
    cause causes caused causing trigger triggered;
    merge merger merges merged;
    violate violates violated violation violations violating breach breached breaches breaking breaks broke broken;
    big large huge major massive vast substantial;
    small little minor;
    new newly fresh;
    quick quickly fast rapid rapidly swift;
    almost nearly;
    town towns city cities village villages municipality;
    country countries nation nations state national nationwide;
    region regions area areas district districts province zone;
    border borders frontier;
    road roads highway street streets motorway;
    bridge bridges;
    weapon weapons arms;
    missile missiles rocket rockets;
    drone drones;
    nuclear atomic;
    group groups organisation organization faction brigade;
    union unions;
    member members;
    send sends sent sending deploy deploys deployed deployment dispatch dispatched;
    move moves moved moving relocate relocated shift shifted transfer transferred;
    return returns returned returning;
    stay stays stayed remain remains remained remaining;
    continue continues continued continuing;
    need needs needed require requires required;
    want wants wanted seek seeks sought seeking;
    expect expects expected expecting forecast forecasts predict predicts predicted anticipate anticipated
    projection projected;
    believe believes believed think thinks thought;
    claim claims claimed claiming;
    decide decides decided decision decisions;
    choose chooses chose chosen choice pick picked select selected appoint appointed name named;
    replace replaces replaced replacement replacing succeed succeeded successor;
    delay delays delayed postpone postponed postponement;
    cancel cancelled canceled cancellation scrap scrapped;
    change changes changed;
    fail fails failed failing failure;
    success successful successfully;
    risk risks danger dangers endanger endangered endangers jeopardy;
    threat threats threaten threatens threatened threatening;
    evidence proof;
    comment comments commented remark remarks;
    answer answers answered reply replied respond responded response;
    ask asks asked request requests requested;
    use uses used using;
    year years annual annually yearly;
    month months monthly;
    week weeks weekly;
    hour hours hourly;
    night overnight;
    half;
    economy economic;
    rate rates;
    bank banks lender;
    oil crude petroleum;
    water;
    power electricity;
    team teams side squad;
    match matches game games;
    title championship trophy;
    player players;
    coach manager;
    goal goals;
    speak spoke spoken speech;
    write wrote written letter;
    visit visited visits trip;
    share shares stock stocks;
    explode exploded explosion explosions blast blasts;
    collapse collapsed collapses;
    shoot shot shooting shootings gunfire;
    smuggle smuggled smuggling trafficking;
    hostage hostages captive captives;
    refugee refugees migrant migrants displaced;
    food foods;
    hunger famine starvation;
    peace peaceful;
    war conflict fighting;
    sanction sanctions;
    ease eased easing relax relaxed lift lifted lifting;
    strengthen strengthened bolster boost boosted;
    weaken weakened;
    worry worried worries concern concerns concerned fear fears feared;
    prevent prevents prevented avert averted;
    produce produces produced production output;
    export exports exported;
    import imports imported;
    site sites facility facilities plant plants factory factories;
    budget spending;
    debt debts;
    loan loans;
    receive receives received get;
    provide provides provided supply supplies supplied deliver delivers delivered delivery;
    carry carries carried conduct conducted;
    responsible responsibility;
    control controls controlled seize seized seizes capture captured captures capturing;
    base bases headquarters;
    run runs running operate operates operated operation operations operating;
    hold holds held holding;
    north northern;
    south southern;
    east eastern;
    west western;
    biggest largest;
    smallest;
    highest;
    lowest;
    uphold upholds upheld;
    overturn overturned overturns quash quashed annul annulled;
    accept accepts accepted accepting acceptance;
    legal lawful;
    safe safely safety;
    alive survive survived survives;
    majority;
    minority;
    surplus;
    deficit;
    impose imposed imposes imposing;
    send sends sent sending dispatch dispatched deploy deployed deploys;
    praise praised praises;
    criticise criticised criticises criticize criticized criticizes criticism condemn condemned condemns;
    strong stronger;
    weak weaker;
    early earlier;
    late
    """
_OPPOSITES = (
    ("rise", "fall"),
    ("approve", "reject"),
    ("open", "close"),
    ("start", "end"),
    ("start", "stop"),
    ("continue", "stop"),
    ("continue", "close"),
    ("continue", "end"),
    ("convict", "acquit"),
    ("arrest", "release"),
    ("leave", "stay"),
    ("ban", "allow"),
    ("confirm", "deny"),
    ("north", "south"),
    ("east", "west"),
    ("man", "woman"),
    ("big", "small"),
    ("strengthen", "weaken"),
    ("export", "import"),
    ("profit", "lose"),
    ("success", "fail"),
    ("biggest", "smallest"),
    ("highest", "lowest"),
    ("uphold", "overturn"),
    ("approve", "overturn"),
    ("accept", "reject"),
    ("majority", "minority"),
    ("surplus", "deficit"),
    ("impose", "ease"),
    ("praise", "criticise"),
    ("strong", "weak"),
    ("strengthen", "weak"),
    ("alive", "kill"),
    ("injure", "kill"),
    ("release", "kill"),
    ("best", "worst"),
    ("lose", "rise"),
    ("agree", "reject"),
    ("leave", "send"),
    ("hasten", "delay"),
    ("delay", "cancel"),
    ("agree", "fail"),
    ("confirm", "overturn"),
    ("overturn", "uphold"),
    ("grant", "reject"),
    ("accept", "deny"),
)


_PHRASES = {
    ("turned", "down"): "reject",
    ("turn", "down"): "reject",
    ("turns", "down"): "reject",
    ("turning", "down"): "reject",
    ("threw", "out"): "reject",
    ("thrown", "out"): "reject",
    ("knocked", "back"): "reject",
    ("stepped", "down"): "resign",
    ("steps", "down"): "resign",
    ("step", "down"): "resign",
    ("stood", "down"): "resign",
    ("put", "off"): "postpone",
    ("called", "off"): "cancel",
    ("brought", "forward"): "hasten",
    ("went", "up"): "rise",
    ("gone", "up"): "rise",
    ("goes", "up"): "rise",
    ("go", "up"): "rise",
    ("put", "up"): "rise",
    ("came", "down"): "fall",
    ("went", "down"): "fall",
    ("gone", "down"): "fall",
    ("come", "down"): "fall",
    ("brought", "down"): "fall",
    ("gave", "up"): "abandon",
    ("given", "up"): "abandon",
    ("set", "free"): "release",
    ("let", "go"): "release",
    ("carried", "out"): "conduct",
    ("called", "back"): "recall",
    ("handed", "over"): "deliver",
    ("blew", "up"): "explode",
    ("broke", "out"): "start",
    ("took", "over"): "buy",
    ("taken", "over"): "buy",
}


def phrase(one: str, other: str) -> str | None:
    """The concept of a verb with its particle, in lower case: "turned down"; None when the two make none."""
    verb = _PHRASES.get((one, other))
    return None if verb is None else concept_of(verb)


def listed(text: str) -> frozenset[str]:
    """The words of a list that is wrapped for reading."""
    return frozenset(text.split())


@lru_cache(maxsize=100_000)
def concept_of(word: str) -> str:
    """The first word of the group a lower-case word belongs to, else its stem."""
    groups = _groups()
    return groups.get(word) or groups.get(stem(word)) or stem(word)


@lru_cache(maxsize=1)
def opposites() -> dict[str, frozenset[str]]:
    """Which concepts contradict a concept."""
    table: dict[str, set[str]] = {}
    for one, other in _OPPOSITES:
        first, second = concept_of(one), concept_of(other)
        table.setdefault(first, set()).add(second)
        table.setdefault(second, set()).add(first)
    return {concept: frozenset(others) for concept, others in table.items()}


@lru_cache(maxsize=1)
def _groups() -> dict[str, str]:
    table: dict[str, str] = {}
    for group in _GROUPS.split(";"):
        words = group.split()
        for word in words:
            table.setdefault(word, words[0])
    return table
