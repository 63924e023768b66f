"""A second table written without a look at the rules: its figures as first measured are in `test_grounding_tables`."""

from __future__ import annotations

from tests.grounding_tables import Case

EIGHTH: tuple[Case, ...] = (
    Case(
        "battery-plant",
        "Voltara said on Thursday it had not decided whether to build its second battery plant in Menk or in "
        "Soria, and "
        "that a decision might come before the summer.",
        (
            "Voltara has yet to decide between Menk and Soria for its second battery plant.",
            "The company said a decision on the site could come before summer.",
        ),
        (
            ("negation", "Voltara said on Thursday it had decided to build its second battery plant in Menk."),
            ("hedge", "A decision will come before the summer, Voltara said."),
            ("name", "Voltara is choosing between Menk and Soriano for its second battery plant."),
            ("number", "Voltara has not decided where to build its third battery plant."),
            ("invented", "The plant will employ 900 people."),
        ),
        before="The first plant opened in 2022.",
    ),
    Case(
        "verdict",
        "The jury found Darel Koss not guilty of manslaughter but guilty of leaving the scene, for which the "
        "judge sentenced "
        "him to eight months.",
        (
            "Darel Koss was cleared of manslaughter but convicted of leaving the scene.",
            "Koss got eight months for leaving the scene.",
            "The judge gave Koss an eight-month sentence for leaving the scene.",
        ),
        (
            ("negation", "The jury found Darel Koss guilty of manslaughter."),
            ("number", "The judge sentenced Darel Koss to eighteen months."),
            ("swap", "Darel Koss was found guilty of manslaughter but not guilty of leaving the scene."),
            ("name", "The jury found Darel Kess not guilty of manslaughter."),
            ("unit", "The judge sentenced Koss to eight years for leaving the scene."),
        ),
    ),
    Case(
        "measles",
        "Health officials in Olden confirmed 34 cases of measles since January, 29 of them in children who "
        "had not been "
        "vaccinated.",
        (
            "Olden has confirmed 34 measles cases since January, most of them in unvaccinated children.",
            "Of the 34 people who caught measles, 29 were children without a vaccination.",
        ),
        (
            ("number", "Health officials in Olden confirmed 29 cases of measles since January."),
            ("negation", "Health officials said that 29 of the cases were in children who had been vaccinated."),
            ("date", "Health officials in Olden confirmed 34 cases of measles since June."),
            ("detail", "Health officials in Olden confirmed 34 cases of mumps since January."),
            ("name", "Health officials in Holden confirmed 34 cases of measles since January."),
            ("invented", "Two of the children died in hospital."),
        ),
        after="A vaccination campaign starts in schools next week.",
    ),
    Case(
        "striker-transfer",
        "Rovers rejected a bid of 22 million euros from Athletic for striker Ilya Brandt, who has two years "
        "left on his "
        "contract, the club's sporting director confirmed.",
        (
            "Rovers turned down Athletic's 22 million euro offer for striker Ilya Brandt.",
            "Brandt's contract runs for another two years.",
            "The sporting director of Rovers confirmed that the club had refused Athletic's bid for Brandt.",
        ),
        (
            ("reversal", "Rovers accepted a bid of 22 million euros from Athletic for Ilya Brandt."),
            ("swap", "Athletic rejected a bid of 22 million euros from Rovers for striker Ilya Brandt."),
            ("number", "Ilya Brandt has three years left on his contract."),
            ("unit", "Rovers rejected a bid of 22 million pounds from Athletic for striker Ilya Brandt."),
            ("attribution", "Brandt's agent confirmed that Rovers had rejected the bid."),
            ("invented", "Brandt told his team-mates that he wants to leave."),
        ),
    ),
    Case(
        "rate-cut",
        "The central bank held its key rate at 3.75 percent on Wednesday, but governor Lise Aaberg signalled "
        "a cut in June if "
        "wage growth continues to slow.",
        (
            "Interest rates were left at 3.75% on Wednesday.",
            "Governor Lise Aaberg hinted at a cut in June, provided that wage growth keeps slowing.",
            "The key rate stays at 3.75 percent, but it may be cut in June if wage growth slows further.",
        ),
        (
            ("reversal", "The central bank cut its key rate to 3.75 percent on Wednesday."),
            ("hedge", "Governor Lise Aaberg announced that the rate will be cut in June."),
            ("number", "The central bank held its key rate at 3.25 percent on Wednesday."),
            ("date", "Governor Lise Aaberg signalled a cut in July if wage growth continues to slow."),
            ("reversal", "Governor Lise Aaberg signalled a rise in June if wage growth continues to slow."),
            ("name", "Governor Lise Aalborg signalled a cut in June."),
        ),
        before="Inflation fell to 2.4 percent in March.",
    ),
    Case(
        "cave-rescue",
        "All seven cavers trapped by rising water near Hollin since Sunday were brought out alive early on "
        "Tuesday, two of "
        "them with hypothermia.",
        (
            "The seven cavers trapped near Hollin were rescued alive early on Tuesday.",
            "Two of the seven had hypothermia.",
            "Seven cavers, caught by rising water on Sunday, were brought to safety on Tuesday morning.",
        ),
        (
            ("number", "Six of the seven cavers trapped near Hollin were brought out alive."),
            ("reversal", "All seven cavers trapped near Hollin died."),
            ("date", "The cavers had been trapped since Saturday."),
            ("number", "Five of the cavers had hypothermia."),
            ("detail", "The seven cavers were trapped by a rockfall near Hollin."),
            ("invented", "The cavers had ignored a weather warning."),
        ),
    ),
    Case(
        "data-leak",
        "Medistore admitted that hackers may have copied the names and addresses of up to 1.2 million "
        "customers, but said "
        "that card details were not affected.",
        (
            "Up to 1.2 million customers' names and addresses may have been copied by hackers, Medistore admitted.",
            "Medistore said that no card details were affected.",
        ),
        (
            ("hedge", "Hackers copied the names and addresses of 1.2 million customers, Medistore admitted."),
            ("negation", "Medistore said that card details were affected."),
            ("number", "Hackers may have copied the data of up to 2.1 million customers."),
            ("bound", "Hackers may have copied the data of at least 1.2 million customers."),
            ("detail", "Medistore admitted that hackers may have copied the passwords of up to 1.2 million customers."),
            (
                "attribution",
                "The police admitted that hackers may have copied the data of up to 1.2 million customers.",
            ),
        ),
        after="The company told the data watchdog on Friday.",
    ),
    Case(
        "peace-force",
        "Talmar will withdraw its 600 soldiers from the peace force by the end of the year, its defence "
        "minister, Odo Venn, "
        "said, rejecting a request from the union to stay.",
        (
            "Talmar is to pull its 600 troops out of the peace force by the end of the year.",
            "Odo Venn, Talmar's defence minister, rejected the union's request to stay.",
        ),
        (
            ("hedge", "Talmar has withdrawn its 600 soldiers from the peace force."),
            ("number", "Talmar will withdraw 60 soldiers from the peace force by the end of the year."),
            ("reversal", "Talmar will send 600 soldiers to the peace force by the end of the year."),
            ("title", "Talmar's foreign minister, Odo Venn, rejected a request to stay."),
            ("negation", "Talmar agreed to a request from the union to stay."),
            ("date", "Talmar will withdraw its soldiers by the end of the month."),
        ),
    ),
)
