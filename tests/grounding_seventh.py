"""A table written without a look at the rules: its figures as first measured are in `test_grounding_tables`."""

from __future__ import annotations

from tests.grounding_tables import Case

SEVENTH: tuple[Case, ...] = (
    Case(
        "vineyard-frost",
        "A late frost destroyed about 40 percent of the grape harvest in the Leune valley, the growers' union said on "
        "Monday, its worst loss since 1991.",
        (
            "Around 40% of the Leune valley's grapes were lost to a late frost, according to the growers' union.",
            "The growers' union called it the worst loss since 1991.",
            "A late frost wiped out roughly two fifths of the grape harvest in the Leune valley, the growers' "
            "union said.",
        ),
        (
            ("number", "A late frost destroyed about 60 percent of the grape harvest in the Leune valley."),
            (
                "number",
                "A late frost destroyed most of the grape harvest in the Leune valley, the growers' union said.",
            ),
            ("date", "It was the worst loss since 1999, the growers' union said."),
            ("detail", "A late hailstorm destroyed about 40 percent of the grape harvest in the Leune valley."),
            ("name", "A late frost destroyed about 40 percent of the grape harvest in the Loire valley."),
            ("invented", "The government promised the growers emergency loans."),
        ),
        before="Temperatures fell to minus four on three nights in April.",
    ),
    Case(
        "minister-tapes",
        "Justice minister Arto Selin denied on Wednesday that he had ordered the recordings destroyed, but "
        "acknowledged "
        "that he knew of them by March.",
        (
            "Arto Selin, the justice minister, said he had not ordered the destruction of the recordings.",
            "Selin admitted he was aware of the recordings by March.",
            "The justice minister denied ordering that the recordings be destroyed but conceded knowing of them "
            "by March.",
        ),
        (
            ("negation", "Justice minister Arto Selin admitted that he had ordered the recordings destroyed."),
            ("reversal", "Selin denied that he knew of the recordings by March."),
            ("date", "Arto Selin acknowledged that he knew of the recordings by May."),
            ("name", "Finance minister Arto Selin denied that he had ordered the recordings destroyed."),
            ("hedge", "Justice minister Arto Selin ordered the recordings destroyed."),
            ("invented", "Arto Selin offered his resignation to the prime minister."),
        ),
        after="The opposition wants him to testify.",
    ),
    Case(
        "tunnel-cost",
        "The cost of the Harrow tunnel has risen from 2.1 billion to 3.4 billion crowns and it will open in "
        "2031, three "
        "years later than planned.",
        (
            "The Harrow tunnel will now cost 3.4 billion crowns, up from 2.1 billion.",
            "The tunnel is to open in 2031, three years behind schedule.",
            "The price of the Harrow tunnel has gone up by 1.3 billion crowns to 3.4 billion.",
        ),
        (
            ("swap", "The cost of the Harrow tunnel has fallen from 3.4 billion to 2.1 billion crowns."),
            ("number", "The cost of the Harrow tunnel has risen from 2.1 billion to 4.3 billion crowns."),
            ("date", "The Harrow tunnel will open in 2028, three years later than planned."),
            ("number", "The Harrow tunnel will open in 2031, five years later than planned."),
            ("unit", "The cost of the Harrow tunnel has risen to 3.4 million crowns."),
            ("reversal", "The Harrow tunnel will open in 2031, three years earlier than planned."),
        ),
    ),
    Case(
        "clinic-closure",
        "Unless it finds two more doctors by June, the clinic in Sorvik may have to close its maternity "
        "ward, its director, "
        "Hanne Brul, told the local radio.",
        (
            "Hanne Brul, who runs the clinic, told local radio that the maternity ward may close unless two more "
            "doctors are "
            "found by June.",
            "The Sorvik clinic's maternity ward could close if it does not find two more doctors by June.",
        ),
        (
            ("hedge", "The clinic in Sorvik will close its maternity ward in June."),
            ("hedge", "The clinic in Sorvik has closed its maternity ward, its director told the local radio."),
            ("number", "Unless it finds three more doctors by June, the clinic may have to close its maternity ward."),
            ("detail", "The clinic in Sorvik may have to close its emergency ward, its director said."),
            ("name", "The clinic's director, Hanne Brandt, told the local radio that the ward may have to close."),
            ("attribution", "The mayor of Sorvik told the local radio that the maternity ward may have to close."),
        ),
        before="The ward delivered 212 babies last year.",
    ),
    Case(
        "chess-final",
        "Eighteen-year-old Mina Okoro beat the defending champion, Tevfik Aral, in 41 moves to win the Bosphorus Open.",
        (
            "Mina Okoro, 18, won the Bosphorus Open by beating defending champion Tevfik Aral in 41 moves.",
            "Defending champion Tevfik Aral lost to Mina Okoro in 41 moves.",
        ),
        (
            ("swap", "Tevfik Aral beat Mina Okoro in 41 moves to win the Bosphorus Open."),
            ("number", "Mina Okoro beat Tevfik Aral in 14 moves."),
            ("number", "Mina Okoro, 19, won the Bosphorus Open."),
            ("swap", "Defending champion Mina Okoro won the Bosphorus Open."),
            ("negation", "Mina Okoro failed to win the Bosphorus Open."),
            ("invented", "The prize money came to 90,000 euros."),
        ),
    ),
    Case(
        "river-ban",
        "The regional council has banned swimming in the Tamble after tests found bacteria at six times the "
        "safe level, "
        "and expects the ban to last until the end of August.",
        (
            "Swimming in the Tamble is banned because tests found bacteria at six times the safe level.",
            "The council expects to keep the ban until the end of August.",
            "Bacteria six times above the safe level led the regional council to ban swimming in the Tamble.",
        ),
        (
            ("number", "Tests in the Tamble found bacteria at sixteen times the safe level."),
            ("date", "The council expects the ban to last until the end of July."),
            ("reversal", "The regional council has lifted its ban on swimming in the Tamble."),
            ("detail", "The regional council has banned fishing in the Tamble."),
            ("negation", "Tests found no bacteria above the safe level in the Tamble."),
            ("invented", "Several children were taken to hospital after swimming in the Tamble."),
        ),
        before="Thousands of people swim there every summer.",
    ),
    Case(
        "shipyard-deal",
        "Under the deal, Corvo Yards will cut 350 of its 2,200 jobs but guarantees the rest until 2029, the "
        "union and the "
        "company said in a joint statement.",
        (
            "Corvo Yards will shed 350 of 2,200 jobs and guarantee the others until 2029, according to a joint "
            "statement.",
            "In a joint statement, the union and the company said that 350 jobs would go.",
            "Corvo Yards is to cut 350 jobs.",
        ),
        (
            ("swap", "Corvo Yards will cut 2,200 jobs, the union and the company said."),
            ("number", "Corvo Yards will cut 530 of its 2,200 jobs."),
            ("reversal", "Corvo Yards will create 350 jobs under the deal."),
            ("date", "Corvo Yards guarantees the rest of the jobs until 2026."),
            ("attribution", "The government said that Corvo Yards will cut 350 jobs."),
            ("negation", "Corvo Yards gave no guarantee for the remaining jobs."),
        ),
    ),
    Case(
        "ambassador-recall",
        "Kestovia recalled its ambassador from Lorn on Friday in protest at the arrest of two of its "
        "journalists, whom Lorn "
        "accuses of spying.",
        (
            "Kestovia called its ambassador home from Lorn on Friday to protest the arrest of two Kestovian "
            "journalists.",
            "Lorn accuses the two arrested journalists of spying.",
            "The recall was a protest against the arrest of two journalists.",
        ),
        (
            ("swap", "Lorn recalled its ambassador from Kestovia on Friday."),
            ("hedge", "Two journalists who spied for Kestovia were arrested in Lorn."),
            ("number", "Kestovia recalled its ambassador in protest at the arrest of four of its journalists."),
            ("date", "Kestovia recalled its ambassador from Lorn on Thursday."),
            ("detail", "Kestovia recalled its ambassador in protest at the murder of two of its journalists."),
            ("invented", "Kestovia also closed its border with Lorn."),
        ),
        after="Their newspaper said the charge was absurd.",
    ),
    Case(
        "school-phones",
        "Nearly nine in ten teachers support the ban on phones in schools, according to a survey of 1,400 of "
        "them by the "
        "education ministry, while pupils are split.",
        (
            "Almost 90 percent of teachers back the ban on phones in schools, an education ministry survey of "
            "1,400 teachers "
            "found.",
            "Pupils are divided over the ban on phones in schools.",
        ),
        (
            ("number", "Nearly six in ten teachers support the ban on phones in schools."),
            ("swap", "Nearly nine in ten pupils support the ban on phones in schools."),
            ("reversal", "Nearly nine in ten teachers oppose the ban on phones in schools."),
            ("number", "The survey asked 4,100 teachers."),
            ("attribution", "The survey was carried out by the teachers' union."),
            ("invented", "Parents were the strongest supporters of the ban."),
        ),
    ),
    Case(
        "reactor-restart",
        "The regulator on Tuesday allowed the restart of the second reactor at Ulven, which was shut down in "
        "February after a "
        "leak, though not before a new pump is fitted.",
        (
            "The second reactor at Ulven may be restarted once a new pump has been fitted, the regulator ruled "
            "on Tuesday.",
            "Ulven's second reactor has been shut since a leak in February.",
            "The regulator gave permission on Tuesday to restart Ulven's second reactor, but only after a new "
            "pump is fitted.",
        ),
        (
            ("detail", "The regulator allowed the restart of the first reactor at Ulven."),
            ("hedge", "The second reactor at Ulven was restarted on Tuesday."),
            ("negation", "The regulator refused to allow the restart of the second reactor at Ulven."),
            ("date", "The second reactor at Ulven was shut down in January after a leak."),
            ("detail", "The second reactor at Ulven was shut down in February after a fire."),
            ("name", "The regulator allowed the restart of the second reactor at Olkiluoto."),
        ),
        before="Ulven supplies a fifth of the country's power.",
    ),
)
