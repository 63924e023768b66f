"""News sentences written for this project, with the paraphrases and faults that the rules were set on."""

from __future__ import annotations

from tests.grounding_tables import Case

TUNED: tuple[Case, ...] = (
    Case(
        "ferry",
        "The ferry Calder Star ran aground off Marrow Point on Tuesday night with 214 people on "
        "board, the coastguard said.",
        (
            "A ferry carrying 214 people, the Calder Star, grounded near Marrow Point on Tuesday night, "
            "according to the coastguard.",
            "The coastguard said the Calder Star ran aground off Marrow Point on 3 December.",
        ),
        (
            (
                "number",
                "A ferry carrying 241 people, the Calder Star, grounded near Marrow Point on Tuesday night, "
                "according to the coastguard.",
            ),
            ("date", "The coastguard said the Calder Star ran aground off Marrow Point on 2 December."),
            ("name", "The coastguard said the Calder Star ran aground off Calder Bay on Tuesday night."),
            ("invented", "The coastguard said the captain had been drinking."),
        ),
        before="Winds of up to 90 km/h were forecast for the strait.",
        after="Nobody was hurt, and all passengers were taken off by lifeboat before dawn.",
        title="Ferry Calder Star runs aground off Marrow Point",
    ),
    Case(
        "nobody-hurt",
        "Nobody was hurt, and all passengers were taken off by lifeboat before dawn.",
        ("No one was injured and lifeboats took off all the passengers before dawn.",),
        (
            ("negation", "People were injured and lifeboats took off the passengers before dawn."),
            ("negation", "Not all passengers were taken off by lifeboat before dawn."),
            ("invented", "Lifeboat crews complained about a lack of equipment."),
        ),
        before="The ferry Calder Star ran aground off Marrow Point with 214 people on board.",
    ),
    Case(
        "rates",
        "The central bank of Norland raised its key rate by 25 basis points to 4.75 percent on "
        "Thursday, its third increase this year.",
        (
            "Norland's central bank increased its key rate to 4.75% on Thursday, the third rise this year.",
            "On Thursday the key rate in Norland went up by 25 basis points, to 4.75 percent.",
        ),
        (
            ("number", "Norland's central bank increased its key rate to 4.57% on Thursday, the third rise this year."),
            (
                "number",
                "Norland's central bank increased its key rate to 4.75% on Thursday, the fourth rise this year.",
            ),
            ("reversal", "Norland's central bank cut its key rate to 4.75% on Thursday."),
            ("date", "Norland's central bank increased its key rate to 4.75% on Wednesday."),
        ),
        after="Governor Mira Halvorsen said inflation was still too high.",
        published="2024-11-15",
    ),
    Case(
        "halvorsen",
        "“We are not done yet,” Governor Mira Halvorsen told reporters, adding that a further rise in "
        "January was possible.",
        (
            "Halvorsen told reporters “We are not done yet” and called another increase in January possible.",
            "The governor, Mira Halvorsen, said another rise was possible in January.",
        ),
        (
            ("quote", "Halvorsen told reporters “We are nearly done” and called another increase in January possible."),
            ("hedge", "The governor, Mira Halvorsen, said there will be another rise in January."),
            ("date", "The governor, Mira Halvorsen, said another rise was possible in February."),
            ("name", "The governor, Mira Johansen, said another rise was possible in January."),
        ),
        before="The central bank of Norland raised its key rate to 4.75 percent on Thursday.",
    ),
    Case(
        "strike-toll",
        "At least 42 people were killed and more than 100 wounded when an airstrike hit a market in "
        "Dar Salim on Sunday, health officials said.",
        (
            "Health officials said an airstrike on a market in Dar Salim on Sunday killed at least 42 "
            "people and injured over 100.",
            "More than 100 people were wounded in Sunday's strike on the Dar Salim market, according to "
            "health officials.",
        ),
        (
            (
                "number",
                "Health officials said an airstrike on a market in Dar Salim on Sunday killed at least 24 "
                "people and injured over 100.",
            ),
            (
                "number",
                "Health officials said an airstrike on a market in Dar Salim killed over 100 people and "
                "injured at least 42.",
            ),
            (
                "bound",
                "Health officials said an airstrike on a market in Dar Salim on Sunday killed exactly 42 people.",
            ),
            (
                "name",
                "Health officials said an airstrike on a market in Dar Hamid on Sunday killed at least 42 people.",
            ),
            ("invented", "Health officials said hospitals in Dar Salim had run out of blood and anaesthetics."),
        ),
        after="The army denied that its planes were in the area.",
    ),
    Case(
        "army-denied",
        "The army denied that its planes had bombed the market in Dar Salim.",
        (
            "The military denied having bombed the Dar Salim market.",
            "The army said its aircraft did not bomb the market in Dar Salim.",
        ),
        (
            ("negation", "The army's planes bombed the market in Dar Salim."),
            ("negation", "The army confirmed that its planes had bombed the market in Dar Salim."),
            ("negation", "The army said its aircraft bombed the market in Dar Salim."),
        ),
        before="At least 42 people were killed when an airstrike hit the market on Sunday, health officials said.",
    ),
    Case(
        "talks",
        "Foreign Minister Lena Okoro said the two sides would meet in Geneva on 12 January to discuss "
        "a prisoner exchange.",
        (
            "The two sides are to meet in Geneva on January 12 to talk about exchanging prisoners, "
            "Foreign Minister Lena Okoro said.",
            "Okoro said the prisoner exchange would be discussed in Geneva on 12 January.",
        ),
        (
            (
                "date",
                "The two sides are to meet in Geneva on January 21 to talk about exchanging prisoners, Okoro said.",
            ),
            (
                "name",
                "The two sides are to meet in Vienna on January 12 to talk about exchanging prisoners, Okoro said.",
            ),
            ("hedge", "The two sides met in Geneva on 12 January and discussed a prisoner exchange."),
            ("invented", "Okoro said the two sides had released all their prisoners."),
        ),
        title="Talks on prisoner exchange set for Geneva",
    ),
    Case(
        "may-close",
        "Volantis Motors may close its plant in Eastbrook, which employs 3,200 people, if sales do "
        "not recover by the summer.",
        (
            "Volantis Motors could shut its Eastbrook factory, with 3,200 employees, unless sales recover by summer.",
            "The Eastbrook plant, where 3,200 people work, may be closed if sales do not pick up by the summer.",
        ),
        (
            ("hedge", "Volantis Motors is closing its Eastbrook factory, with 3,200 employees."),
            ("hedge", "Volantis Motors will close its plant in Eastbrook, which employs 3,200 people."),
            (
                "number",
                "Volantis Motors could shut its Eastbrook factory, with 2,300 employees, unless sales recover "
                "by summer.",
            ),
            (
                "name",
                "Volantis Motors could shut its Westbrook factory, with 3,200 employees, unless sales recover "
                "by summer.",
            ),
        ),
        after="The union said it had not been told of any plan.",
    ),
    Case(
        "union-told",
        "The union said it had not been told of any plan to close the plant.",
        (
            "The union said nobody had told it of a plan to close the factory.",
            "According to the union, it was not informed about any plan to shut the plant.",
        ),
        (
            ("negation", "The union said it had been told of a plan to close the plant."),
            ("invented", "The union said its members would vote on a strike next month."),
        ),
        before="Volantis Motors may close its plant in Eastbrook, which employs 3,200 people.",
    ),
    Case(
        "alleged",
        "Prosecutors allege that Deputy Mayor Ivan Petrak took 300,000 euros from a building firm in "
        "2021, which he denies.",
        (
            "Petrak, the deputy mayor, is alleged by prosecutors to have taken €300,000 from a "
            "construction company in 2021; he denies it.",
            "Prosecutors accuse Deputy Mayor Ivan Petrak of taking 300,000 euros from a building firm, an "
            "allegation he denies.",
        ),
        (
            ("hedge", "Deputy Mayor Ivan Petrak took 300,000 euros from a building firm in 2021."),
            (
                "number",
                "Prosecutors accuse Deputy Mayor Ivan Petrak of taking 30,000 euros from a building firm, an "
                "allegation he denies.",
            ),
            (
                "unit",
                "Prosecutors accuse Deputy Mayor Ivan Petrak of taking $300,000 from a building firm, an "
                "allegation he denies.",
            ),
            (
                "date",
                "Prosecutors allege that Petrak took 300,000 euros from a building firm in 2012, which he denies.",
            ),
        ),
        after="His trial opens in the spring.",
    ),
    Case(
        "rounding",
        "The company sold 1.96 million phones in the quarter, down 12.4 percent from a year earlier.",
        (
            "It sold about 2 million phones in the quarter, 12.4% fewer than a year before.",
            "Phone sales in the quarter fell by 12.4 percent to 1.96 million.",
        ),
        (
            ("number", "It sold about 3 million phones in the quarter."),
            ("number", "Phone sales in the quarter fell by 14.2 percent to 1.96 million."),
            ("reversal", "Phone sales in the quarter rose by 12.4 percent to 1.96 million."),
            ("unit", "The company sold 1.96 billion phones in the quarter, down 12.4 percent from a year earlier."),
        ),
        before="Tandem Electronics reported its results on Monday.",
    ),
    Case(
        "dam",
        "Engineers opened two of the five gates of the Brantry dam shortly after 3 a.m. to lower the "
        "level of the reservoir.",
        (
            "Shortly after 3 a.m., engineers opened two of the Brantry dam's five gates to bring down the "
            "reservoir's level.",
            "Two of the five gates of the Brantry dam were opened by engineers soon after 3 a.m.",
        ),
        (
            ("number", "Engineers opened three of the five gates of the Brantry dam shortly after 3 a.m."),
            ("number", "Engineers opened two of the five gates of the Brantry dam shortly after 5 p.m."),
            ("reversal", "Engineers closed two of the five gates of the Brantry dam shortly after 3 a.m."),
            ("name", "Engineers opened two of the five gates of the Teale dam shortly after 3 a.m."),
        ),
        after="A third gate had been stuck since October.",
    ),
    Case(
        "accuses",
        "Kastria accused Velmora of violating the truce by moving tanks into the border zone on Friday.",
        (
            "Velmora was accused by Kastria of breaching the ceasefire by sending tanks into the border "
            "zone on Friday.",
            "Kastria says Velmora broke the truce by moving tanks into the border zone.",
        ),
        (
            ("swap", "Velmora accused Kastria of violating the truce by moving tanks into the border zone on Friday."),
            ("hedge", "Velmora violated the truce by moving tanks into the border zone on Friday."),
            (
                "date",
                "Kastria accused Velmora of violating the truce by moving tanks into the border zone on Saturday.",
            ),
            ("name", "Kastria accused Dorland of violating the truce by moving tanks into the border zone on Friday."),
        ),
        after="Velmora called the charge absurd.",
        title="Kastria and Velmora trade accusations over truce",
    ),
    Case(
        "vaccine",
        "The vaccine prevented severe disease in 87% of the 12,500 volunteers over 65, the "
        "researchers reported in a study that has not been peer-reviewed.",
        (
            "Researchers reported, in a study not yet peer-reviewed, that the vaccine prevented severe "
            "disease in 87 percent of 12,500 volunteers aged over 65.",
            "According to the researchers, severe illness was prevented in 87% of volunteers over 65.",
        ),
        (
            ("number", "According to the researchers, severe illness was prevented in 78% of volunteers over 65."),
            ("negation", "The researchers reported the result in a study that has been peer-reviewed."),
            ("number", "According to the researchers, severe illness was prevented in 87% of volunteers over 56."),
            ("invented", "The researchers said the vaccine would be sold for 20 dollars a dose."),
        ),
        after="Approval could take until the autumn.",
    ),
    Case(
        "resign",
        "Prime Minister Tomas Reyl will resign after the budget vote next week, two people close to him said.",
        (
            "Two people close to Prime Minister Tomas Reyl said he would step down after next week's budget vote.",
            "Reyl is to resign once the budget vote is held next week, according to two people close to him.",
        ),
        (
            ("hedge", "Prime Minister Tomas Reyl resigned after the budget vote, two people close to him said."),
            (
                "negation",
                "Two people close to Prime Minister Tomas Reyl said he would not step down after the budget vote.",
            ),
            (
                "name",
                "Two people close to Prime Minister Anton Vesk said he would step down after next week's budget vote.",
            ),
            (
                "number",
                "Five people close to Prime Minister Tomas Reyl said he would step down after next week's budget vote.",
            ),
        ),
        after="Finance Minister Anton Vesk is seen as his likely successor.",
    ),
    Case(
        "successor",
        "Finance Minister Anton Vesk is seen as his likely successor.",
        (
            "Finance Minister Anton Vesk is regarded as Reyl's likely successor.",
            "Anton Vesk, the finance minister, is the likely successor.",
        ),
        (
            ("hedge", "Finance Minister Anton Vesk is his successor."),
            ("name", "Finance Minister Tomas Reyl is seen as the likely successor."),
            ("negation", "Finance Minister Anton Vesk is not seen as his likely successor."),
        ),
        before="Prime Minister Tomas Reyl will resign after the budget vote next week, two people close to him said.",
    ),
    Case(
        "fire",
        "The fire destroyed about 140 homes in the hills above Santa Riva and forced some 6,000 residents to flee.",
        (
            "Around 140 houses in the hills above Santa Riva were destroyed by the fire, and about 6,000 "
            "people had to leave.",
            "The blaze destroyed roughly 140 homes above Santa Riva.",
        ),
        (
            ("number", "Around 410 houses in the hills above Santa Riva were destroyed by the fire."),
            ("bound", "The blaze destroyed 140 homes above Santa Riva."),
            ("bound", "The blaze destroyed more than 140 homes above Santa Riva."),
            ("name", "Around 140 houses in the hills above Santa Clara were destroyed by the fire."),
            ("invented", "Firefighters said an arsonist had started the blaze above Santa Riva."),
        ),
        after="Its cause is not known.",
    ),
    Case(
        "cause",
        "Investigators have not determined what caused the fire and have ruled out arson.",
        (
            "The cause of the fire has not been determined by investigators, who have ruled out arson.",
            "Investigators do not yet know what started the fire, but they rule out arson.",
        ),
        (
            ("negation", "Investigators have determined what caused the fire."),
            ("negation", "Investigators say arson caused the fire."),
            ("negation", "Investigators have not ruled out arson as the cause of the fire."),
        ),
        before="The fire destroyed about 140 homes in the hills above Santa Riva.",
    ),
    Case(
        "election",
        "With 98 percent of the votes counted, Maria Solano led Jorge Pinto by 51.2 to 48.8 percent "
        "in Sunday's presidential runoff.",
        (
            "Solano was ahead of Pinto by 51.2 to 48.8 percent with 98% of the vote counted in Sunday's "
            "presidential runoff.",
            "In the presidential runoff on Sunday, Maria Solano led with 51.2 percent and Jorge Pinto had "
            "48.8 percent, with 98 percent counted.",
        ),
        (
            (
                "swap",
                "With 98 percent of the votes counted, Jorge Pinto led Maria Solano by 51.2 to 48.8 percent "
                "in Sunday's presidential runoff.",
            ),
            ("number", "Solano was ahead of Pinto by 52.1 to 48.8 percent with 98% of the vote counted."),
            ("number", "Solano was ahead of Pinto by 51.2 to 48.8 percent with 89% of the vote counted."),
            ("date", "Solano was ahead of Pinto by 51.2 to 48.8 percent in the presidential runoff on Saturday."),
        ),
        after="Pinto has refused to concede.",
        title="Solano ahead in presidential runoff",
    ),
    Case(
        "concede",
        "Pinto has refused to concede and says he will ask the electoral court for a recount.",
        (
            "Pinto refuses to concede and plans to ask the electoral court for a recount.",
            "Jorge Pinto has not conceded; he says he will seek a recount from the electoral court.",
        ),
        (
            ("negation", "Pinto has conceded."),
            ("hedge", "The electoral court ordered a recount at Pinto's request."),
            ("name", "Solano refuses to concede and plans to ask the electoral court for a recount."),
        ),
        before="With 98 percent of the votes counted, Maria Solano led Jorge Pinto in Sunday's presidential runoff.",
        title="Solano ahead in presidential runoff",
    ),
    Case(
        "militia",
        "The building that Kataib Hezbollah used in Al Bukamal was hit with an airstrike in June 2018.",
        (
            "An airstrike hit the building Kataib Hezbollah used in Al Bukamal in June 2018.",
            "In June 2018 a building used by Kataib Hezbollah in Al Bukamal was struck from the air.",
        ),
        (
            ("date", "An airstrike hit the building Kataib Hezbollah used in Al Bukamal in July 2018."),
            ("date", "An airstrike hit the building Kataib Hezbollah used in Al Bukamal in June 2019."),
            ("name", "An airstrike hit the building Hayat Tahrir al-Sham used in Al Bukamal in June 2018."),
            ("name", "An airstrike hit the building Kataib Hezbollah used in Deir Ezzor in June 2018."),
        ),
        before="Muhandis worked closely with Soleimani to coordinate operations in Iraq.",
        after="The Iraqi militias blamed the US and Israel for the attack, which convinced the Iranians to "
        "move operations to a base called Imam Ali.",
    ),
    Case(
        "blamed",
        "The Iraqi militias blamed the US and Israel for the attack, which convinced the Iranians to "
        "move operations to a base called Imam Ali.",
        (
            "The militias in Iraq blamed the United States and Israel for the attack, and the Iranians "
            "moved operations to a base called Imam Ali as a result.",
            "The attack, which the Iraqi militias blamed on the US and Israel, convinced Iran to relocate "
            "operations to the Imam Ali base.",
        ),
        (
            ("hedge", "The US and Israel carried out the attack."),
            ("name", "The Iraqi militias blamed the US and Turkey for the attack."),
            ("name", "The Syrian militias blamed the US and Israel for the attack."),
            ("invented", "The Iranians said the attack had killed several senior commanders."),
        ),
        before="The building that Kataib Hezbollah used in Al Bukamal was hit with an airstrike in June 2018.",
    ),
    Case(
        "cargo",
        "A cargo ship with 31 crew members sank in the Strait of Orvane on Monday after taking on "
        "water, and eight sailors are still missing.",
        (
            "Eight sailors are still missing after a cargo ship with a crew of 31 took on water and sank "
            "in the Strait of Orvane on Monday.",
            "The cargo ship that sank in the Strait of Orvane on Monday had 31 crew members.",
        ),
        (
            (
                "number",
                "Thirty-one sailors are still missing after a cargo ship sank in the Strait of Orvane on Monday.",
            ),
            (
                "number",
                "Eighteen sailors are still missing after a cargo ship with a crew of 31 sank in the Strait "
                "of Orvane on Monday.",
            ),
            ("date", "The cargo ship that sank in the Strait of Orvane on Sunday had 31 crew members."),
        ),
        after="Rescuers from two countries are searching for them.",
    ),
    Case(
        "chip",
        "Quillon Semiconductor plans to build a chip factory worth $4.2 billion near the town of "
        "Harrow Ridge, creating 1,800 jobs by 2027.",
        (
            "Quillon Semiconductor intends to build a $4.2bn chip plant near Harrow Ridge that would "
            "create 1,800 jobs by 2027.",
            "A chip factory worth 4.2 billion dollars is planned by Quillon Semiconductor near Harrow Ridge.",
        ),
        (
            ("hedge", "Quillon Semiconductor has built a chip factory worth $4.2 billion near Harrow Ridge."),
            ("number", "Quillon Semiconductor intends to build a $2.4bn chip plant near Harrow Ridge."),
            ("unit", "Quillon Semiconductor intends to build a $4.2 million chip plant near Harrow Ridge."),
            (
                "date",
                "Quillon Semiconductor intends to build a chip plant near Harrow Ridge that would create "
                "1,800 jobs by 2029.",
            ),
            ("invented", "Quillon Semiconductor chose Harrow Ridge because of its cheap water."),
        ),
        after="The state has promised tax breaks.",
    ),
    Case(
        "court",
        "The Supreme Court on Wednesday upheld the ban on fishing in the Lorne estuary by a vote of seven to two.",
        (
            "By seven votes to two, the Supreme Court upheld the fishing ban in the Lorne estuary on Wednesday.",
            "The ban on fishing in the Lorne estuary was upheld by the Supreme Court in a 7-2 vote.",
        ),
        (
            ("number", "The ban on fishing in the Lorne estuary was upheld by the Supreme Court in a 6-3 vote."),
            (
                "reversal",
                "The Supreme Court on Wednesday overturned the ban on fishing in the Lorne estuary by a vote "
                "of seven to two.",
            ),
            ("name", "The ban on fishing in the Tamber estuary was upheld by the Supreme Court."),
        ),
    ),
    Case(
        "heat",
        "Temperatures in Kessel reached 46.3 degrees on 18 July, the highest since records began in 1904.",
        (
            "On July 18 it was 46.3 degrees in Kessel, the highest temperature since records began in 1904.",
            "Kessel saw its highest temperature since the start of records in 1904: 46.3 degrees on 18 July.",
        ),
        (
            (
                "number",
                "On July 18 it was 43.6 degrees in Kessel, the highest temperature since records began in 1904.",
            ),
            ("date", "On July 16 it was 46.3 degrees in Kessel, the highest temperature since records began in 1904."),
            ("date", "On July 18 it was 46.3 degrees in Kessel, the highest temperature since records began in 1940."),
            (
                "reversal",
                "Kessel saw its lowest temperature since the start of records in 1904: 46.3 degrees on 18 July.",
            ),
        ),
        published="2024-07-20",
    ),
    Case(
        "hostages",
        "The group has released 11 of the 26 hostages it took in the raid on Camp Delmar, the Red "
        "Cross said on Monday.",
        (
            "According to the Red Cross, 11 of the 26 hostages taken in the raid on Camp Delmar have been freed.",
            "The Red Cross said on Monday that the group had freed 11 of its 26 hostages.",
        ),
        (
            ("number", "The Red Cross said on Monday that the group had freed 26 hostages."),
            ("number", "The Red Cross said on Monday that the group had freed 12 of its 26 hostages."),
            ("name", "The Red Crescent said on Monday that the group had freed 11 of its 26 hostages."),
            ("negation", "The Red Cross said on Monday that the group had not freed any of its 26 hostages."),
        ),
        before="The Sons of the Delta have held foreign engineers since August.",
    ),
    Case(
        "pronoun",
        "He said the group had not yet decided to send fighters to Syria.",
        (
            "Al-Asgari said the group had not decided yet whether to send fighters to Syria.",
            "According to Abu Ali al-Asgari, no decision to send fighters to Syria has been made yet.",
        ),
        (
            ("negation", "Al-Asgari said the group had decided to send fighters to Syria."),
            ("name", "Al-Asgari said the group had not yet decided to send fighters to Lebanon."),
            ("hedge", "The group has sent fighters to Syria."),
        ),
        before="Abu Ali al-Asgari heads the security bureau of Kataib Hezbollah.",
        after="Fighters have crossed the border before.",
    ),
    Case(
        "inflation",
        "Inflation in the euro zone slowed to 2.2 percent in August from 2.6 percent in July, Eurostat said.",
        (
            "Euro zone inflation slowed from 2.6 percent in July to 2.2 percent in August, according to Eurostat.",
            "Eurostat put inflation in the euro zone at 2.2% in August.",
        ),
        (
            (
                "number",
                "Euro zone inflation slowed from 2.2 percent in July to 2.6 percent in August, according to Eurostat.",
            ),
            ("date", "Eurostat put inflation in the euro zone at 2.2% in September."),
            ("number", "Eurostat put inflation in the euro zone at 2.6% in August."),
        ),
        published="2024-08-30",
    ),
    Case(
        "merger",
        "Regulators approved the takeover of Brightwater by its rival Northgate on condition that it "
        "sells 40 of its 310 stores.",
        (
            "Northgate's takeover of its rival Brightwater was approved by regulators, provided that 40 "
            "of 310 stores are sold.",
            "Regulators have cleared Northgate to buy Brightwater, on the condition that 40 stores are sold.",
        ),
        (
            ("reversal", "Regulators blocked the takeover of Brightwater by its rival Northgate."),
            (
                "number",
                "Regulators approved the takeover of Brightwater by its rival Northgate on condition that it "
                "sells 14 of its 310 stores.",
            ),
            ("invented", "Northgate shares jumped nine percent after the decision."),
        ),
    ),
    Case(
        "quote-copy",
        "“The bridge was inspected in May and found to be safe,” said Karin Lund, a spokeswoman for the road agency.",
        (
            "Karin Lund, spokeswoman for the road agency, said the bridge “was inspected in May and found to be safe.”",
            "According to Karin Lund of the road agency, the bridge had been inspected in May and was found safe.",
        ),
        (
            (
                "quote",
                "Karin Lund, spokeswoman for the road agency, said the bridge “was inspected in May and found "
                "to be sound.”",
            ),
            (
                "date",
                "According to Karin Lund of the road agency, the bridge had been inspected in March and was "
                "found safe.",
            ),
            (
                "name",
                "According to Karin Berg of the road agency, the bridge had been inspected in May and was found safe.",
            ),
            ("negation", "According to Karin Lund of the road agency, the bridge was found not to be safe in May."),
        ),
        before="Two people died when the Ostby bridge collapsed.",
    ),
    Case(
        "spacecraft",
        "The probe is expected to enter orbit around Mars in September 2026 after a journey of nine months.",
        (
            "After a nine-month journey, the probe should enter Mars orbit in September 2026.",
            "The probe is due to go into orbit around Mars in September 2026.",
        ),
        (
            ("hedge", "The probe entered orbit around Mars after a journey of nine months."),
            ("number", "After a seven-month journey, the probe should enter Mars orbit in September 2026."),
            ("name", "After a nine-month journey, the probe should enter Venus orbit in September 2026."),
            ("date", "The probe is due to go into orbit around Mars in September 2028."),
        ),
    ),
    Case(
        "football",
        "Rovers beat United 3-1 on Saturday to go top of the table, with Ade Bello scoring twice.",
        (
            "Ade Bello scored twice as Rovers beat United 3-1 on Saturday and went top of the table.",
            "Rovers went top of the table by beating United 3-1 on Saturday.",
        ),
        (
            ("number", "Ade Bello scored twice as Rovers beat United 4-1 on Saturday and went top of the table."),
            ("swap", "United beat Rovers 3-1 on Saturday to go top of the table."),
            ("number", "Ade Bello scored three times as Rovers beat United 3-1 on Saturday."),
            ("name", "Kwame Bello scored twice as Rovers beat United 3-1 on Saturday."),
        ),
        published="2024-12-02",
    ),
    Case(
        "aid",
        "The United Nations said 1.1 million people in the province need food aid, twice as many as in January.",
        (
            "The UN said that 1.1 million people in the province are in need of food aid, double the "
            "number in January.",
            "Twice as many people as in January, 1.1 million, need food aid in the province, according to "
            "the United Nations.",
        ),
        (
            (
                "number",
                "The UN said that 1.7 million people in the province are in need of food aid, double the "
                "number in January.",
            ),
            (
                "number",
                "The UN said that 1.1 million people in the province are in need of food aid, three times as "
                "many as in January.",
            ),
            ("name", "The EU said that 1.1 million people in the province are in need of food aid."),
            ("unit", "The UN said that 1.1 billion people in the province are in need of food aid."),
        ),
    ),
    Case(
        "survey",
        "Between 10 and 15 percent of teachers plan to leave the profession within two years, a "
        "survey of 4,100 schools found.",
        (
            "A survey of 4,100 schools found that 10 to 15 percent of teachers intend to quit the "
            "profession within two years.",
            "According to a survey of 4,100 schools, 10-15% of teachers plan to leave within two years.",
        ),
        (
            (
                "number",
                "A survey of 4,100 schools found that 10 to 50 percent of teachers intend to quit the "
                "profession within two years.",
            ),
            (
                "hedge",
                "A survey of 4,100 schools found that 10 to 15 percent of teachers left the profession within "
                "two years.",
            ),
            (
                "number",
                "A survey of 4,100 schools found that 15 percent of teachers intend to quit the profession "
                "within two years.",
            ),
            ("number", "According to a survey of 1,400 schools, 10-15% of teachers plan to leave within two years."),
        ),
    ),
    Case(
        "claimed",
        "The rebels claimed to have shot down a helicopter near Tol Harim, a claim that could not be verified.",
        (
            "The rebels said they had shot down a helicopter near Tol Harim, which could not be verified.",
            "Rebels claim they shot down a helicopter near Tol Harim.",
        ),
        (
            ("hedge", "The rebels shot down a helicopter near Tol Harim."),
            ("negation", "The rebels' claim to have shot down a helicopter near Tol Harim was verified."),
            ("name", "Rebels claim they shot down a helicopter near Tol Amar."),
        ),
    ),
    Case(
        "arrest",
        "Police arrested a 34-year-old man in Lisbon on Thursday over the theft of three paintings "
        "from the Vidal Museum last month.",
        (
            "A man aged 34 was detained in Lisbon on Thursday over the theft of three paintings from the "
            "Vidal Museum in November.",
            "On 5 December police in Lisbon arrested a 34-year-old man over three paintings stolen from "
            "the Vidal Museum.",
        ),
        (
            (
                "number",
                "A man aged 43 was detained in Lisbon on Thursday over the theft of three paintings from the "
                "Vidal Museum.",
            ),
            (
                "name",
                "A man aged 34 was detained in Madrid on Thursday over the theft of three paintings from the "
                "Vidal Museum.",
            ),
            (
                "date",
                "A man aged 34 was detained in Lisbon over the theft of three paintings from the Vidal Museum "
                "in October.",
            ),
            (
                "reversal",
                "Police released a 34-year-old man in Lisbon on Thursday over the theft of three paintings "
                "from the Vidal Museum.",
            ),
        ),
        published="2024-12-06",
    ),
    Case(
        "proposal",
        "The commission proposed cutting tariffs on steel from 25 to 10 percent, but member states have yet to agree.",
        (
            "The commission has proposed a cut in steel tariffs from 25 to 10 percent; member states have "
            "not agreed yet.",
            "Member states have yet to agree to the commission's proposal to reduce steel tariffs from 25 "
            "percent to 10 percent.",
        ),
        (
            ("hedge", "The commission cut tariffs on steel from 25 to 10 percent."),
            ("negation", "Member states have agreed to the commission's proposal to reduce steel tariffs."),
            ("number", "The commission has proposed a cut in steel tariffs from 25 to 15 percent."),
            ("name", "The commission has proposed a cut in Chinese steel tariffs from 25 to 10 percent."),
        ),
    ),
    Case(
        "hospital",
        "No patients had to be moved when the power failed at St Brigid's hospital, its director, "
        "Paul Keane, said on Friday.",
        (
            "Paul Keane, the director of St Brigid's hospital, said on Friday that no patients had to be "
            "moved during the power failure.",
            "Hospital director Paul Keane said patients did not have to be moved when the power failed.",
        ),
        (
            ("negation", "Hospital director Paul Keane said patients had to be moved when the power failed."),
            ("name", "Hospital director Peter Keane said patients did not have to be moved when the power failed."),
            (
                "name",
                "Paul Keane, the director of St Anne's hospital, said on Friday that no patients had to be moved.",
            ),
            ("invented", "Paul Keane said the hospital would buy new generators."),
        ),
        after="Two generators started within a minute.",
    ),
    Case(
        "glacier",
        "The glacier has lost almost a third of its volume since 1990, according to scientists at the "
        "University of Bergen.",
        (
            "Scientists at the University of Bergen say the glacier has lost nearly a third of its volume since 1990.",
            "Since 1990, nearly one third of the glacier's volume has gone, University of Bergen scientists say.",
        ),
        (
            (
                "number",
                "Scientists at the University of Bergen say the glacier has lost nearly half of its volume since 1990.",
            ),
            (
                "name",
                "Scientists at the University of Oslo say the glacier has lost nearly a third of its volume "
                "since 1990.",
            ),
            (
                "date",
                "Scientists at the University of Bergen say the glacier has lost nearly a third of its volume "
                "since 1980.",
            ),
            (
                "bound",
                "Scientists at the University of Bergen say the glacier has lost more than a third of its "
                "volume since 1990.",
            ),
        ),
    ),
    Case(
        "strike-pay",
        "Bus drivers in Morvane ended a 12-day strike on Tuesday after accepting a pay rise of 6 "
        "percent over two years.",
        (
            "A strike by bus drivers in Morvane ended on Tuesday after 12 days when they accepted 6 "
            "percent more pay over two years.",
            "Morvane's bus drivers accepted a 6% pay rise over two years and ended their strike on Tuesday.",
        ),
        (
            (
                "number",
                "Morvane's bus drivers accepted a 9% pay rise over two years and ended their strike on Tuesday.",
            ),
            ("reversal", "Bus drivers in Morvane began a 12-day strike on Tuesday."),
            (
                "reversal",
                "Bus drivers in Morvane ended a 12-day strike on Tuesday after rejecting a pay rise of 6 "
                "percent over two years.",
            ),
            ("date", "Morvane's bus drivers accepted a 6% pay rise over two years and ended their strike on Monday."),
        ),
        published="2024-12-04",
    ),
)
