"""A blind table: sources, paraphrases and faults written in one go, before anything was run on them.

Written together with the ninth and not looked at while that one was mended. First figures: `test_grounding_tables`.
"""

from __future__ import annotations

from tests.grounding_tables import Case

TENTH: tuple[Case, ...] = (
    Case(
        "envoy-expelled",
        "Zarqistan expelled two Norwegian diplomats on Thursday, giving them 72 hours to leave, after Oslo accused its "
        "embassy of running a network of informants among exiles.",
        (
            "Two diplomats from Norway were ordered out of Zarqistan on Thursday and have 72 hours to go.",
            "Norway had accused Zarqistan's embassy of operating a ring of informers among exiles.",
            "The two Norwegians must leave Zarqistan within three days.",
        ),
        (
            ("swap", "Norway expelled two Zarqistani diplomats on Thursday, giving them 72 hours to leave."),
            ("number", "Zarqistan expelled four Norwegian diplomats on Thursday."),
            ("unit", "Zarqistan gave the two Norwegian diplomats 72 days to leave."),
            ("hedge", "Zarqistan's embassy in Oslo ran a network of informants among exiles."),
            ("detail", "Zarqistan expelled two Norwegian journalists on Thursday, giving them 72 hours to leave."),
            (
                "tail",
                "Zarqistan expelled two Norwegian diplomats on Thursday and recalled its own ambassador from Oslo.",
            ),
        ),
        before="Relations have been tense since the spring.",
    ),
    Case(
        "bail-denied",
        "Judge Rosalind Achebe refused bail to the shipping magnate Spyros Kallias, ruling that he was likely to flee "
        "before his trial for bribery opens on 9 February.",
        (
            "Spyros Kallias, a shipping tycoon, was denied bail by Judge Rosalind Achebe because he might abscond.",
            "Kallias goes on trial for bribery on February 9.",
            "The judge considered Kallias a flight risk.",
        ),
        (
            ("negation", "Judge Rosalind Achebe granted bail to the shipping magnate Spyros Kallias."),
            ("date", "The trial of Spyros Kallias for bribery opens on 19 February."),
            ("detail", "Spyros Kallias will stand trial for money laundering on 9 February."),
            ("name", "Judge Rosalind Adeyemi refused bail to the shipping magnate Spyros Kallias."),
            ("negation", "Judge Rosalind Achebe ruled that Kallias was not likely to flee before his trial."),
            ("invented", "Kallias paid three officials at the port authority, prosecutors told the court."),
        ),
    ),
    Case(
        "quake-toll",
        "The magnitude 6.4 earthquake that struck the Hatun valley before dawn on Saturday killed 112 people, injured "
        "nearly 900 and left 15,000 homeless, the civil defence agency said.",
        (
            "The earthquake in the Hatun valley, of magnitude 6.4, left 112 dead and close to 900 injured.",
            "15,000 people lost their homes, according to the civil defence agency.",
            "The quake hit the Hatun valley in the early hours of Saturday.",
        ),
        (
            ("swap", "The earthquake killed nearly 900 people and injured 112, the civil defence agency said."),
            ("number", "The magnitude 4.6 earthquake struck the Hatun valley before dawn on Saturday."),
            ("number", "The earthquake left 50,000 people homeless, the civil defence agency said."),
            ("temporal", "The earthquake struck the Hatun valley after dusk on Saturday."),
            ("bound", "The earthquake injured more than 900 people, the civil defence agency said."),
            ("attribution", "The Red Cross said that the earthquake killed 112 people in the Hatun valley."),
        ),
        after="Aftershocks continued through the weekend.",
    ),
    Case(
        "central-bank",
        "The Bank of Kelmar unexpectedly raised its benchmark rate by half a point to 6.25% on Tuesday, its third "
        "increase this year, saying that food prices were rising too fast.",
        (
            "In a surprise move on Tuesday, Kelmar's central bank lifted its key rate by 0.5 points to 6.25%.",
            "The Bank of Kelmar has now put up rates three times this year.",
            "The bank said the cost of food was going up too quickly.",
        ),
        (
            ("reversal", "The Bank of Kelmar unexpectedly cut its benchmark rate by half a point to 6.25% on Tuesday."),
            ("number", "The Bank of Kelmar raised its benchmark rate by half a point to 6.75% on Tuesday."),
            ("number", "It was the bank's second increase this year."),
            ("detail", "The Bank of Kelmar said that energy prices were rising too fast."),
            ("number", "The Bank of Kelmar raised its benchmark rate by a quarter of a point on Tuesday."),
            ("detail", "As expected, the Bank of Kelmar raised its benchmark rate to 6.25% on Tuesday."),
        ),
        before="Analysts had expected no change.",
    ),
    Case(
        "tour-stage",
        "Slovene rider Jaka Petrič won the 17th stage in Briançon ahead of Frenchman Loïc Guérin, who kept the yellow "
        "jersey by a margin of 11 seconds.",
        (
            "Loïc Guérin finished behind Jaka Petrič in Briançon but remains in yellow with an 11-second lead.",
            "Petrič, from Slovenia, took stage 17.",
            "France's Loïc Guérin still wears the yellow jersey, 11 seconds clear.",
        ),
        (
            ("swap", "Frenchman Loïc Guérin won the 17th stage in Briançon ahead of Slovene rider Jaka Petrič."),
            ("number", "Jaka Petrič won the 16th stage in Briançon."),
            ("unit", "Loïc Guérin kept the yellow jersey by a margin of 11 minutes."),
            ("negation", "Loïc Guérin lost the yellow jersey in Briançon."),
            ("swap", "Jaka Petrič kept the yellow jersey by a margin of 11 seconds."),
            ("invented", "Petrič attacked on the final climb, four kilometres from the line."),
        ),
    ),
    Case(
        "probe-launch",
        "India's space agency has postponed the launch of its Venus orbiter until March 2028 because of delays in "
        "building the radar, which is being supplied by a French laboratory.",
        (
            "The Venus orbiter will not be launched before March 2028, since its radar is late.",
            "A laboratory in France is providing the radar for India's mission to Venus.",
            "India put off the launch of the Venus orbiter to March 2028 owing to delays with the radar.",
        ),
        (
            ("detail", "India's space agency has postponed the launch of its Mars orbiter until March 2028."),
            ("date", "India's space agency has postponed the launch of its Venus orbiter until March 2026."),
            ("reversal", "India's space agency has brought forward the launch of its Venus orbiter to March 2028."),
            ("swap", "The French space agency has postponed the launch of its Venus orbiter until March 2028."),
            ("detail", "The launch was postponed because of delays in building the engine."),
            ("negation", "India's space agency has cancelled its Venus orbiter."),
        ),
    ),
    Case(
        "doping-case",
        "The sprinter Amira Benhaddou denied ever having taken banned substances and said she would appeal against the "
        "two-year ban imposed by the Moroccan federation last week.",
        (
            "Amira Benhaddou insists that she has never used banned substances.",
            "Benhaddou, a sprinter, plans to appeal the two-year ban she was given by Morocco's federation last week.",
            "The Moroccan athletics federation banned Benhaddou for two years.",
        ),
        (
            ("negation", "The sprinter Amira Benhaddou admitted having taken banned substances."),
            ("hedge", "Amira Benhaddou has appealed against the two-year ban imposed by the Moroccan federation."),
            ("number", "Amira Benhaddou will appeal against the four-year ban imposed by the Moroccan federation."),
            ("detail", "Amira Benhaddou will appeal against the two-year ban imposed by the Tunisian federation."),
            ("date", "The Moroccan federation imposed the two-year ban last month."),
            ("negation", "Amira Benhaddou said she would not appeal against the two-year ban."),
        ),
    ),
    Case(
        "water-plant",
        "Engineers restored drinking water to most of Port Saïda by Monday evening, but the districts of Karam and Zeitoun "
        "will stay dry until a burst main is replaced, the utility's director, Fadi Mansour, said.",
        (
            "By Monday evening the greater part of Port Saïda had drinking water again.",
            "Karam and Zeitoun have to wait for water until a broken main has been replaced, utility director Fadi "
            "Mansour said.",
        ),
        (
            ("quantifier", "Engineers restored drinking water to all of Port Saïda by Monday evening."),
            (
                "swap",
                "Most of Port Saïda will stay dry until a burst main is replaced, but Karam and Zeitoun have drinking water.",
            ),
            ("name", "The districts of Karam and Zahra will stay dry until a burst main is replaced."),
            ("date", "Engineers restored drinking water to most of Port Saïda by Monday morning."),
            ("title", "The utility's chairman, Fadi Mansour, said that Karam and Zeitoun will stay dry."),
            ("invented", "Doctors in Port Saïda have treated 60 people for cholera."),
        ),
        before="A power failure had stopped the pumps on Saturday.",
    ),
    Case(
        "film-prize",
        'Mexican director Lucía Arriaga\'s "The Salt Road" won the Golden Otter on Saturday, the first time in the '
        "festival's 58 years that the top prize has gone to a documentary.",
        (
            '"The Salt Road", by Lucía Arriaga of Mexico, took the Golden Otter on Saturday.',
            "No documentary had won the festival's top prize in its 58 years.",
            "For the first time, a documentary has been awarded the festival's highest honour.",
        ),
        (
            ("detail", "It was the first time in the festival's 58 years that the top prize has gone to a comedy."),
            ("quote", 'Lucía Arriaga\'s "The Salt Path" won the Golden Otter on Saturday.'),
            (
                "number",
                "It was the second time in the festival's 58 years that the top prize has gone to a documentary.",
            ),
            ("name", 'Mexican director Lucía Aranda\'s "The Salt Road" won the Golden Otter.'),
            ("detail", 'Colombian director Lucía Arriaga\'s "The Salt Road" won the Golden Otter on Saturday.'),
            (
                "tail",
                'Lucía Arriaga\'s "The Salt Road" won the Golden Otter on Saturday, to boos from part of the audience.',
            ),
        ),
    ),
    Case(
        "border-trade",
        "Exports of steel to the union rose 18% in May, but those of aluminium fell by a tenth, the statistics office in "
        "Szeged said, blaming the new tariff.",
        (
            "Steel exports to the union were up 18% in May, while aluminium exports were down 10%.",
            "The statistics office blamed the new tariff.",
            "In May, 18% more steel was exported to the union.",
        ),
        (
            ("swap", "Exports of aluminium to the union rose 18% in May, but those of steel fell by a tenth."),
            ("reversal", "Exports of steel to the union fell 18% in May, the statistics office in Szeged said."),
            ("detail", "Imports of steel from the union rose 18% in May."),
            ("date", "Exports of steel to the union rose 18% in March."),
            ("number", "Exports of aluminium fell by a fifth."),
            ("attribution", "The steel industry's association blamed the new tariff."),
        ),
    ),
    Case(
        "party-split",
        "Eleven of the Centre Alliance's 34 deputies, among them its deputy leader Johanna Ekdahl, left the party on "
        "Friday rather than back the coalition agreement with the nationalists.",
        (
            "Johanna Ekdahl and ten other deputies quit the Centre Alliance on Friday because they would not support "
            "its coalition deal with the nationalists.",
            "Eleven deputies walked out of the Centre Alliance over the coalition agreement.",
            "Before Friday the Centre Alliance had 34 deputies.",
        ),
        (
            ("number", "All 34 of the Centre Alliance's deputies left the party on Friday."),
            ("swap", "Thirty-four of the Centre Alliance's 11 deputies left the party."),
            ("title", "Eleven deputies, among them the party's leader Johanna Ekdahl, left the Centre Alliance."),
            ("detail", "The deputies left rather than back the coalition agreement with the greens."),
            (
                "reversal",
                "Eleven deputies left the party on Friday in order to back the coalition agreement with the nationalists.",
            ),
            ("invented", "The eleven will sit with the liberals."),
        ),
        after="The vote on the agreement is set for 2 June.",
    ),
    Case(
        "fishing-deal",
        "The Faroese and Scottish governments have agreed to share the mackerel catch equally for five years, ending a "
        "dispute that began in 2010.",
        (
            "Scotland and the Faroes will split the mackerel catch equally for the next five years.",
            "The agreement ends a quarrel dating from 2010.",
        ),
        (
            ("number", "The two governments have agreed to share the mackerel catch equally for 15 years."),
            ("detail", "The Faroese and Scottish governments have agreed to share the herring catch equally."),
            ("swap", "The Faroese and Icelandic governments have agreed to share the mackerel catch equally."),
            ("date", "The agreement ends a dispute that began in 2001."),
            ("hedge", "The Faroese and Scottish governments may agree to share the mackerel catch equally."),
            ("negation", "The Faroese and Scottish governments have failed to agree on sharing the mackerel catch."),
        ),
    ),
)
