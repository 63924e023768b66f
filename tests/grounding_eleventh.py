"""A blind table: sources, paraphrases and faults written in one go, before anything was run on them.

Written together with the ninth and tenth and not looked at while those were mended. First figures:
`test_grounding_tables`.
"""

from __future__ import annotations

from tests.grounding_tables import Case

ELEVENTH: tuple[Case, ...] = (
    Case(
        "coup-trial",
        "General Moussa Traoré Keita, the army's former chief of staff, was sentenced in absentia to 20 years in prison on "
        "Wednesday for his part in the failed coup of 2021; he is believed to live in Lomé.",
        (
            "The ex-chief of staff, Moussa Traoré Keita, got 20 years in his absence for his role in the abortive 2021 "
            "coup.",
            "Keita is thought to be living in Lomé.",
            "A court handed General Keita a 20-year jail sentence on Wednesday without him being present.",
        ),
        (
            ("hedge", "Keita lives in Lomé."),
            ("number", "General Moussa Traoré Keita was sentenced in absentia to 12 years in prison."),
            ("date", "Keita was sentenced for his part in the failed coup of 2012."),
            (
                "detail",
                "Keita was sentenced in absentia to 20 years in prison for his part in the successful coup of 2021.",
            ),
            ("name", "General Moussa Traoré Keita is believed to live in Accra."),
            ("title", "Keita, the army's current chief of staff, was sentenced to 20 years in prison."),
        ),
    ),
    Case(
        "drug-trial",
        "In a trial with 1,204 patients, the drug reduced the risk of a second stroke by a third compared with a placebo, "
        "but it also doubled the number of serious bleeds.",
        (
            "Compared with placebo, the drug lowered the risk of another stroke by one third.",
            "Serious bleeding was twice as frequent among those given the drug.",
            "The trial included 1,204 people.",
        ),
        (
            ("reversal", "The drug increased the risk of a second stroke by a third compared with a placebo."),
            ("number", "The drug reduced the risk of a second stroke by two thirds compared with a placebo."),
            ("number", "The trial had 1,402 patients."),
            ("reversal", "The drug also halved the number of serious bleeds."),
            ("detail", "The drug reduced the risk of a second heart attack by a third compared with a placebo."),
            ("tail", "The drug reduced the risk of a second stroke by a third and should be approved next year."),
        ),
        before="The results were presented in Vienna.",
    ),
    Case(
        "airline-rescue",
        "Parliament in Valdoria voted on Monday to lend the national airline 300 million crowns, a quarter of what its "
        "chief executive, Tomáš Hruška, had asked for.",
        (
            "The airline is getting a loan of 300 million crowns, only 25% of what chief executive Tomáš Hruška wanted.",
            "On Monday, Valdoria's parliament approved a 300-million-crown loan for the state carrier.",
            "Tomáš Hruška had requested four times as much.",
        ),
        (
            ("unit", "Parliament voted on Monday to lend the national airline 300 million euros."),
            ("number", "Parliament voted to lend the airline half of what Tomáš Hruška had asked for."),
            ("detail", "Parliament in Valdoria voted on Monday to give the national railway 300 million crowns."),
            (
                "reversal",
                "Parliament in Valdoria voted on Monday against lending the national airline 300 million crowns.",
            ),
            ("title", "The airline's chairman, Tomáš Hruška, had asked for more."),
            ("invented", "The airline has cut 1,500 jobs since the summer."),
        ),
    ),
    Case(
        "tennis-injury",
        "Defending champion Paloma Iriarte may miss the Open in Santander after injuring her right wrist in practice, her "
        "coach, Gunnar Lindqvist, told reporters, though no decision would be made before Friday.",
        (
            "Paloma Iriarte, the title holder, could be absent from Santander because of an injury to her right wrist.",
            "Gunnar Lindqvist, who coaches Iriarte, said they would not decide before Friday.",
            "Iriarte hurt her wrist while practising.",
        ),
        (
            ("hedge", "Defending champion Paloma Iriarte will miss the Open in Santander."),
            ("detail", "Paloma Iriarte injured her left wrist in practice, her coach said."),
            ("detail", "Paloma Iriarte injured her right ankle in practice, her coach said."),
            ("swap", "Gunnar Lindqvist may miss the Open in Santander after injuring his right wrist in practice."),
            ("date", "No decision would be made before Monday, her coach told reporters."),
            ("attribution", "Paloma Iriarte told reporters that no decision would be made before Friday."),
        ),
    ),
    Case(
        "landslide-road",
        "The main road between Huaraz and Chavín has been impassable since Tuesday, when a landslide swept away a bus; "
        "eight bodies have been recovered and four passengers are still missing.",
        (
            "Eight people are confirmed dead and four missing after a landslide carried off a bus on Tuesday.",
            "Since Tuesday it has not been possible to use the main road from Huaraz to Chavín.",
            "Rescuers have found eight bodies.",
        ),
        (
            ("swap", "Four bodies have been recovered and eight passengers are still missing."),
            ("date", "The main road between Huaraz and Chavín has been impassable since Thursday."),
            ("negation", "All the passengers of the bus have been found."),
            ("name", "The main road between Huaraz and Caraz has been impassable since Tuesday."),
            ("detail", "A flood swept away a bus on the road between Huaraz and Chavín."),
            ("invented", "The driver survived by jumping out of a window."),
        ),
        after="The army is flying in food.",
    ),
    Case(
        "minister-quits",
        "Health minister Annelies de Vroom resigned on Thursday, six days after it emerged that she had failed to declare "
        "shares in a vaccine maker; Prime Minister Bart Claessens named his transport minister, Yusuf Demir, to succeed "
        "her for the time being.",
        (
            "Annelies de Vroom stepped down as health minister on Thursday because of undeclared shares in a vaccine "
            "maker.",
            "Transport minister Yusuf Demir will take over the health ministry provisionally.",
            "Bart Claessens picked Yusuf Demir as interim successor to Annelies de Vroom.",
        ),
        (
            ("swap", "Transport minister Yusuf Demir resigned on Thursday, and Annelies de Vroom will succeed him."),
            ("number", "Annelies de Vroom resigned 16 days after it emerged that she had failed to declare shares."),
            ("negation", "Annelies de Vroom had declared her shares in a vaccine maker."),
            ("detail", "Annelies de Vroom had failed to declare shares in a cigarette maker."),
            ("title", "Prime Minister Bart Claessens named his finance minister, Yusuf Demir, to succeed her."),
            ("tail", "Health minister Annelies de Vroom resigned on Thursday and apologised to the nurses."),
        ),
    ),
    Case(
        "oil-output",
        "Saudi and Emirati officials told Reuters that the group was unlikely to raise output before October, while Iraq "
        "has said publicly that it wants an increase in July.",
        (
            "An increase in output before October is improbable, officials from Saudi Arabia and the Emirates told "
            "Reuters.",
            "Iraq has publicly called for output to go up in July.",
        ),
        (
            (
                "negation",
                "Saudi and Emirati officials told Reuters that the group was likely to raise output before October.",
            ),
            ("swap", "Iraqi officials told Reuters that the group was unlikely to raise output before October."),
            ("date", "Iraq has said publicly that it wants an increase in June."),
            ("reversal", "The group was unlikely to cut output before October, officials told Reuters."),
            ("hedge", "Iraq has said that output will increase in July."),
            ("temporal", "Saudi and Emirati officials said that the group was unlikely to raise output after October."),
        ),
    ),
    Case(
        "museum-theft",
        "Thieves stole 14 gold coins dating from the third century from the museum in Trier overnight, police said, adding "
        "that the alarm had not gone off.",
        (
            "Fourteen third-century gold coins were taken from Trier's museum during the night.",
            "According to the police, no alarm sounded.",
            "The alarm failed to go off during the theft, police said.",
        ),
        (
            ("negation", "The alarm had gone off, police said."),
            ("number", "Thieves stole 40 gold coins from the museum in Trier overnight."),
            ("detail", "Thieves stole 14 silver coins from the museum in Trier overnight."),
            ("date", "The coins date from the fourth century."),
            ("name", "The coins were stolen from the museum in Trieste overnight, police said."),
            ("invented", "The coins are worth 1.6 million euros."),
        ),
    ),
    Case(
        "wind-farm",
        "A court in Schleswig has halted work on the Nordstrand wind farm at the request of the bird society NABU, ruling "
        "that the permit had ignored the breeding grounds of the lapwing.",
        (
            "Work on the Nordstrand wind farm was stopped by a Schleswig court after the bird society NABU asked for it.",
            "The court found that the permit took no account of where lapwings breed.",
        ),
        (
            ("reversal", "A court in Schleswig has allowed work on the Nordstrand wind farm to continue."),
            ("swap", "The bird society NABU has halted work on the Nordstrand wind farm at the request of a court."),
            ("detail", "A court in Schleswig has halted work on the Nordstrand solar farm."),
            ("detail", "The permit had ignored the breeding grounds of the stork, the court ruled."),
            ("attribution", "The ministry ruled that the permit had ignored the breeding grounds of the lapwing."),
            ("negation", "The court ruled that the permit had not ignored the breeding grounds of the lapwing."),
        ),
    ),
    Case(
        "pension-protest",
        "Some 80,000 people, according to police, or 250,000 according to the unions, marched through Bordeaux on Saturday "
        "against the plan to raise the pension age from 62 to 64.",
        (
            "Police put the number of marchers in Bordeaux at about 80,000, the unions at 250,000.",
            "Demonstrators in Bordeaux protested on Saturday against raising the retirement age to 64.",
            "The pension age is to go up from 62 to 64 under the plan.",
        ),
        (
            (
                "swap",
                "Some 250,000 people, according to police, or 80,000 according to the unions, marched through Bordeaux on Saturday.",
            ),
            ("number", "They marched against the plan to raise the pension age from 62 to 67."),
            ("reversal", "They marched in support of the plan to raise the pension age from 62 to 64."),
            ("reversal", "They marched against the plan to lower the pension age from 64 to 62."),
            ("name", "Some 80,000 people, according to police, marched through Toulouse on Saturday."),
            ("hedge", "The pension age has been raised from 62 to 64."),
        ),
    ),
    Case(
        "satellite-loss",
        "Engineers at the agency lost contact with the weather satellite Aura-3 on 11 May, two days after a solar storm, "
        "and have given up hope of recovering it, project manager Ines Falk said.",
        (
            "Contact with Aura-3, a weather satellite, was lost on 11 May.",
            "Project manager Ines Falk said engineers no longer hoped to get the satellite back.",
            "The satellite fell silent two days after a solar storm.",
        ),
        (
            ("temporal", "Engineers lost contact with the weather satellite Aura-3 two days before a solar storm."),
            ("number", "Engineers lost contact with the weather satellite Aura-5 on 11 May."),
            ("date", "Engineers lost contact with the weather satellite Aura-3 on 1 May."),
            ("negation", "Engineers have not given up hope of recovering it, project manager Ines Falk said."),
            ("detail", "Engineers lost contact with the spy satellite Aura-3 on 11 May."),
            ("invented", "The agency will launch a replacement in the autumn."),
        ),
        before="Aura-3 had measured sea temperatures since 2017.",
    ),
    Case(
        "loan-scandal",
        "Prosecutors allege that Banco Meridiano hid losses of at least $900 million between 2016 and 2019; the bank, whose "
        "shares were suspended on Tuesday, rejects the charge.",
        (
            "Banco Meridiano is alleged by prosecutors to have concealed losses of $900 million or more from 2016 to 2019.",
            "The bank denies the accusation.",
            "Trading in Banco Meridiano's shares was halted on Tuesday.",
        ),
        (
            ("hedge", "Banco Meridiano hid losses of at least $900 million between 2016 and 2019."),
            ("bound", "Prosecutors allege that Banco Meridiano hid losses of at most $900 million."),
            ("negation", "The bank has accepted the charge."),
            ("attribution", "Auditors allege that Banco Meridiano hid losses of at least $900 million."),
            ("date", "Prosecutors allege that Banco Meridiano hid losses between 2006 and 2019."),
            ("detail", "Prosecutors allege that Banco Meridiano hid profits of at least $900 million."),
        ),
    ),
)
