"""A blind table: sources, paraphrases and faults written in one go, before anything was run on them.

Its figures as first measured are in `test_grounding_tables`.
"""

from __future__ import annotations

from tests.grounding_tables import Case

NINTH: tuple[Case, ...] = (
    Case(
        "budget-vote",
        "Lawmakers in Ravenna province approved the 2025 budget by 61 votes to 44 late on Thursday after Premier Chiara "
        "Donati dropped a plan to tax second homes.",
        (
            "The provincial budget for 2025 passed 61-44 on Thursday night once Chiara Donati had given up taxing "
            "second homes.",
            "Premier Chiara Donati abandoned her proposed levy on second homes before the vote.",
            "By 61 votes to 44, the 2025 budget was adopted by the legislators of Ravenna province.",
        ),
        (
            ("number", "Lawmakers in Ravenna province approved the 2025 budget by 64 votes to 41 late on Thursday."),
            ("reversal", "Lawmakers in Ravenna province rejected the 2025 budget by 61 votes to 44."),
            ("date", "Lawmakers in Ravenna province approved the 2025 budget late on Tuesday."),
            (
                "swap",
                "Lawmakers in Ravenna province approved the 2025 budget after Premier Dario Conti dropped a plan to tax second homes.",
            ),
            ("detail", "Premier Chiara Donati dropped a plan to tax inherited farmland."),
            (
                "tail",
                "Lawmakers in Ravenna province approved the 2025 budget by 61 votes to 44, ending a two-month strike by teachers.",
            ),
        ),
        before="Dario Conti, who leads the opposition, had called the levy theft.",
        after="The budget raises spending on hospitals by 4 percent.",
    ),
    Case(
        "appeal-ruling",
        "A Lyon appeals court on Monday upheld the conviction of former mayor Hervé Castaing for misuse of public funds "
        "but cut his prison term from four years to 30 months, 18 of them suspended.",
        (
            "Hervé Castaing's conviction for misusing public money was confirmed on appeal in Lyon on Monday, though "
            "his sentence was shortened to 30 months.",
            "The former mayor had originally been given four years in prison.",
            "Of Castaing's 30 months, 18 are suspended.",
        ),
        (
            ("reversal", "A Lyon appeals court on Monday overturned the conviction of former mayor Hervé Castaing."),
            ("swap", "The court raised Castaing's prison term from 30 months to four years."),
            ("number", "Castaing's term was cut to 20 months, 18 of them suspended."),
            ("name", "A Lille appeals court on Monday upheld the conviction of former mayor Hervé Castaing."),
            ("detail", "The court upheld the conviction of Hervé Castaing for tax evasion."),
            (
                "invented",
                "Castaing's lawyers said that they would take the case to the European Court of Human Rights.",
            ),
        ),
    ),
    Case(
        "mine-collapse",
        "At least 17 miners were killed and about 40 remain trapped after a shaft collapsed at the El Carmen copper "
        "mine in northern Quillay early on Sunday, rescue chief Álvaro Ibáñez said.",
        (
            "A shaft collapse at the El Carmen copper mine has left no fewer than 17 dead and around 40 trapped, "
            "according to Álvaro Ibáñez, who leads the rescue.",
            "The accident happened early on Sunday in the north of Quillay.",
            "Rescue chief Álvaro Ibáñez said some 40 miners were still trapped underground.",
        ),
        (
            (
                "bound",
                "At most 17 miners were killed when a shaft collapsed at the El Carmen copper mine, rescue chief Álvaro Ibáñez said.",
            ),
            ("swap", "At least 40 miners were killed and about 17 remain trapped at the El Carmen copper mine."),
            ("number", "At least 70 miners were killed after a shaft collapsed at the El Carmen copper mine."),
            ("detail", "The collapse happened at the El Carmen coal mine in northern Quillay."),
            ("place", "The El Carmen copper mine is in southern Quillay, rescue chief Álvaro Ibáñez said."),
            ("invented", "Inspectors had ordered the shaft closed two weeks earlier."),
        ),
        after="Relatives waited at the gate through the night.",
    ),
    Case(
        "chip-earnings",
        "Nordwell Semiconductors reported third-quarter revenue of $4.8 billion, down 7% from a year earlier, and said "
        "it expects sales to recover only in the second half of next year.",
        (
            "Nordwell Semiconductors' revenue dropped 7% year on year to $4.8 billion in the third quarter.",
            "The chipmaker does not foresee a recovery in sales before the second half of next year.",
            "In the third quarter, Nordwell took in 4.8 billion dollars.",
        ),
        (
            ("unit", "Nordwell Semiconductors reported third-quarter revenue of $4.8 million."),
            (
                "reversal",
                "Nordwell Semiconductors reported third-quarter revenue of $4.8 billion, up 7% from a year earlier.",
            ),
            ("date", "Nordwell Semiconductors reported first-quarter revenue of $4.8 billion."),
            ("detail", "Nordwell Semiconductors reported third-quarter profit of $4.8 billion."),
            ("date", "Nordwell expects sales to recover only in the first half of next year."),
            ("invented", "Nordwell will close two of its factories."),
        ),
        before="Shares of Nordwell have lost a third of their value since January.",
    ),
    Case(
        "cup-semi",
        "Rayo Almería reached the cup final for the first time since 1987 when goalkeeper Iñaki Zubeldia saved two "
        "penalties in the shoot-out against holders Deportivo Murcia after a goalless 120 minutes.",
        (
            "Iñaki Zubeldia's two saves in the penalty shoot-out took Rayo Almería to their first cup final since 1987.",
            "Holders Deportivo Murcia were knocked out on penalties by Rayo Almería.",
            "There were no goals in 120 minutes between Rayo Almería and Deportivo Murcia.",
        ),
        (
            (
                "swap",
                "Deportivo Murcia reached the cup final when goalkeeper Iñaki Zubeldia saved two penalties in the shoot-out against Rayo Almería.",
            ),
            ("number", "Goalkeeper Iñaki Zubeldia saved three penalties in the shoot-out."),
            ("date", "Rayo Almería reached the cup final for the first time since 1978."),
            ("role", "Defender Iñaki Zubeldia scored two penalties in the shoot-out against holders Deportivo Murcia."),
            ("tail", "Rayo Almería reached the cup final, where they will meet Sporting Cádiz."),
        ),
    ),
    Case(
        "gene-study",
        "The researchers, led by Sigrid Oppermann of the University of Tübingen, found that mice lacking the gene lived "
        "on average 14% longer, but cautioned that the effect may not carry over to humans.",
        (
            "Mice without the gene had lifespans 14% longer on average, the team led by Sigrid Oppermann found.",
            "Oppermann's group warned that people might not see the same effect.",
            "The University of Tübingen team cautioned against assuming that the result applies to humans.",
        ),
        (
            ("hedge", "The researchers found that the effect carries over to humans."),
            ("number", "Mice lacking the gene lived on average 40% longer."),
            ("reversal", "Mice lacking the gene lived on average 14% shorter."),
            ("negation", "Mice that had the gene lived on average 14% longer, the researchers found."),
            ("detail", "Rats lacking the gene lived on average 14% longer, the researchers found."),
            ("name", "The researchers were led by Sigrid Oppermann of the University of Göttingen."),
        ),
    ),
    Case(
        "hostage-talks",
        "Foreign ministry spokesman Nabil al-Haddad said on Wednesday that Qasrabad had not agreed to release the three "
        "Belgian aid workers, contradicting a report by state television.",
        (
            "Qasrabad has not consented to freeing the three aid workers from Belgium, spokesman Nabil al-Haddad said.",
            "Contrary to what state television reported, no release of the Belgian aid workers has been agreed, "
            "the foreign ministry's spokesman said on Wednesday.",
            "Al-Haddad's remarks contradicted a state television report.",
        ),
        (
            (
                "negation",
                "Foreign ministry spokesman Nabil al-Haddad said on Wednesday that Qasrabad had agreed to release the three Belgian aid workers.",
            ),
            (
                "name",
                "Foreign ministry spokesman Nabil al-Hariri said on Wednesday that Qasrabad had not agreed to release the aid workers.",
            ),
            ("number", "Qasrabad had not agreed to release the four Belgian aid workers, Nabil al-Haddad said."),
            ("detail", "Qasrabad had not agreed to release the three Bulgarian aid workers, Nabil al-Haddad said."),
            (
                "attribution",
                "State television said on Wednesday that Qasrabad had not agreed to release the three Belgian aid workers.",
            ),
            (
                "title",
                "Defence ministry spokesman Nabil al-Haddad said that Qasrabad had not agreed to release the aid workers.",
            ),
        ),
        before="The workers were seized in March near the border.",
    ),
    Case(
        "storm-landfall",
        "Cyclone Hadiya weakened to a tropical storm on Friday after killing 23 people on the coast of Sorand, where "
        "more than 200,000 had been moved to shelters before it came ashore.",
        (
            "Hadiya was downgraded from a cyclone to a tropical storm on Friday.",
            "The cyclone claimed 23 lives on Sorand's coast.",
            "Over 200,000 people were taken to shelters in Sorand ahead of the cyclone's landfall.",
        ),
        (
            ("reversal", "Tropical storm Hadiya strengthened to a cyclone on Friday after killing 23 people."),
            ("temporal", "More than 200,000 people were moved to shelters after it came ashore."),
            ("number", "More than 20,000 people had been moved to shelters in Sorand."),
            ("bound", "Fewer than 200,000 people had been moved to shelters before it came ashore."),
            ("number", "Cyclone Hadiya killed 32 people on the coast of Sorand."),
            ("invented", "The government declared a state of emergency in four provinces."),
        ),
    ),
    Case(
        "merger-probe",
        "The European Commission is considering whether to open an in-depth investigation into Brauhaus Adler's €2.3 "
        "billion takeover of its Dutch rival Van Houten, two people familiar with the matter said.",
        (
            "Two people with knowledge of the matter said Brussels may open an in-depth probe of the €2.3 billion "
            "acquisition of Van Houten by Brauhaus Adler.",
            "Brauhaus Adler is buying Van Houten, a rival from the Netherlands, for 2.3 billion euros.",
        ),
        (
            (
                "hedge",
                "The European Commission has opened an in-depth investigation into Brauhaus Adler's €2.3 billion takeover of Van Houten.",
            ),
            (
                "swap",
                "Van Houten's €2.3 billion takeover of Brauhaus Adler may be investigated, two people familiar with the matter said.",
            ),
            ("number", "Brauhaus Adler's takeover of its Dutch rival Van Houten is worth €3.2 billion."),
            ("detail", "Brauhaus Adler is taking over its Danish rival Van Houten."),
            (
                "attribution",
                "The European Commission said that it is considering whether to open an in-depth investigation into the takeover.",
            ),
            ("invented", "The takeover would create the largest brewer on the continent."),
        ),
    ),
    Case(
        "school-fire",
        "Nobody was hurt when fire broke out in the gymnasium of the Lindenhof school in Kassel on Tuesday morning, but "
        "lessons were cancelled for its 640 pupils until further notice.",
        (
            "A fire in the gym of Kassel's Lindenhof school on Tuesday morning caused no injuries.",
            "All lessons at the school, which has 640 pupils, are off until further notice.",
        ),
        (
            (
                "negation",
                "Several people were hurt when fire broke out in the gymnasium of the Lindenhof school in Kassel.",
            ),
            ("detail", "Fire broke out in the library of the Lindenhof school in Kassel on Tuesday morning."),
            ("date", "Fire broke out in the gymnasium of the Lindenhof school on Tuesday evening."),
            ("number", "Lessons were cancelled for the school's 460 pupils until further notice."),
            (
                "tail",
                "Nobody was hurt when fire broke out in the gymnasium of the Lindenhof school, which police believe was started deliberately.",
            ),
        ),
        after="The building dates from 1911.",
    ),
    Case(
        "rail-strike",
        "Train drivers in Ostland will walk out for 48 hours from Sunday evening unless the operator improves its pay "
        "offer of 5.5 percent, union leader Claus Reinhardt warned.",
        (
            "Claus Reinhardt, the union's leader, said drivers would strike for two days starting Sunday evening if the "
            "5.5% pay offer was not raised.",
            "A two-day strike by Ostland's train drivers is due from Sunday evening unless there is a better pay offer.",
            "The operator has offered 5.5 percent more pay.",
        ),
        (
            ("hedge", "Train drivers in Ostland walked out for 48 hours on Sunday evening."),
            (
                "number",
                "Train drivers in Ostland will walk out for 24 hours from Sunday evening, union leader Claus Reinhardt warned.",
            ),
            ("swap", "Bus drivers in Ostland will walk out for 48 hours from Sunday evening."),
            ("attribution", "The operator warned that train drivers will walk out for 48 hours from Sunday evening."),
            ("unit", "The operator's pay offer is 5.5 percentage points above inflation."),
            (
                "date",
                "Train drivers in Ostland will walk out for 48 hours from Saturday evening unless the operator improves its offer.",
            ),
        ),
    ),
    Case(
        "painting-return",
        'The Kunsthalle in Bremen will return Franz Marc\'s "Grazing Horses" to the heirs of the banker Kurt Grawi, who '
        "was forced to sell it in 1939 to pay for his escape to Chile.",
        (
            'Kurt Grawi\'s heirs are to get back "Grazing Horses" by Franz Marc from the Kunsthalle in Bremen.',
            "Grawi, a banker, had to sell the painting in 1939 so that he could flee to Chile.",
        ),
        (
            (
                "hedge",
                'The Kunsthalle in Bremen has returned Franz Marc\'s "Grazing Horses" to the heirs of the banker Kurt Grawi.',
            ),
            (
                "quote",
                'The Kunsthalle in Bremen will return Franz Marc\'s "Grazing Cattle" to the heirs of Kurt Grawi.',
            ),
            ("date", "Kurt Grawi was forced to sell the painting in 1933."),
            ("swap", "The heirs of Franz Marc will get the painting back from the Kunsthalle in Bremen."),
            ("negation", "Kurt Grawi was not forced to sell the painting."),
            ("detail", "Kurt Grawi sold the painting to pay for his escape to Peru."),
        ),
    ),
    Case(
        "ceasefire-monitor",
        "Both sides accused each other of breaking the truce around Tel Amun, though the UN mission said its monitors "
        "had seen no fighting there since noon on Saturday.",
        (
            "Each side accused the other of violating the ceasefire around Tel Amun.",
            "UN monitors have observed no fighting near Tel Amun since midday on Saturday, the mission said.",
        ),
        (
            ("negation", "The UN mission said its monitors had seen fighting around Tel Amun since noon on Saturday."),
            ("date", "The UN mission said its monitors had seen no fighting there since noon on Sunday."),
            ("hedge", "Both sides broke the truce around Tel Amun."),
            ("attribution", "Both sides said they had seen no fighting there since noon on Saturday."),
            ("temporal", "The UN mission's monitors had seen no fighting around Tel Amun until noon on Saturday."),
        ),
        before="The truce took effect on Friday.",
    ),
)
