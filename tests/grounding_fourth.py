"""Three more tables written after the rules: their figures as first measured are in `test_grounding_tables`."""

from __future__ import annotations

from tests.grounding_tables import Case

FOURTH: tuple[Case, ...] = (
    Case(
        "lead-pipes",
        "Tests at 61 schools in Orrin county found lead above the legal limit in 14 of them, and the county has begun "
        "to replace the pipes.",
        (
            "Lead levels exceeded the legal limit at 14 of the 61 schools tested in Orrin county.",
            "Orrin county has started replacing pipes after lead above the legal limit was found in 14 schools.",
        ),
        (
            ("number", "Tests at 61 schools in Orrin county found lead above the legal limit in 41 of them."),
            ("number", "Lead above the legal limit was found at all 61 schools tested in Orrin county."),
            ("reversal", "Tests at schools in Orrin county found lead below the legal limit in 14 of them."),
            ("negation", "Orrin county has not begun to replace the pipes."),
            ("name", "Tests at 61 schools in Borrin county found lead above the legal limit in 14 of them."),
            ("invented", "Parents in Orrin county are demanding compensation from the builders of the schools."),
        ),
        before="Lead is harmful to children even in small doses.",
    ),
    Case(
        "naval-drill",
        "Valtara and Osmark will hold a joint naval exercise in the Straits of Kell next month, their first since "
        "2015, Valtara's navy announced on Thursday.",
        (
            "Valtara's navy announced on Thursday that it and Osmark will exercise together in the Straits of Kell "
            "next month.",
            "Next month's joint naval drill by Osmark and Valtara in the Straits of Kell will be their first "
            "since 2015.",
        ),
        (
            ("date", "Valtara and Osmark will hold a joint naval exercise in the Straits of Kell next week."),
            ("date", "The joint naval exercise will be the first by Valtara and Osmark since 2005."),
            ("name", "Valtara and Denmark will hold a joint naval exercise in the Straits of Kell next month."),
            ("negation", "Valtara and Osmark will not hold a joint naval exercise in the Straits of Kell."),
            ("hedge", "Valtara and Osmark held a joint naval exercise in the Straits of Kell."),
            ("attribution", "Osmark's navy announced the joint naval exercise on Thursday."),
        ),
    ),
    Case(
        "novelist",
        "Novelist Clara Whitlock turned down the Harrow Prize because, she wrote, its sponsor profits from coal.",
        (
            "Clara Whitlock declined the Harrow Prize, writing that its sponsor makes money from coal.",
            "The novelist Clara Whitlock refused to accept the Harrow Prize over its sponsor's profits from coal, she "
            "wrote.",
        ),
        (
            ("negation", "Novelist Clara Whitlock accepted the Harrow Prize."),
            ("name", "Novelist Clara Whitfield turned down the Harrow Prize."),
            (
                "detail",
                "Novelist Clara Whitlock turned down the Harrow Prize because its sponsor profits from tobacco.",
            ),
            ("invented", "Clara Whitlock gave the prize money to a charity for refugees."),
        ),
        after="The jury said it respected her choice.",
    ),
    Case(
        "ferry-fares",
        "Fares on the island ferries will go up by an average of 8 percent in January, less than the 11 percent that "
        "the operator had asked for.",
        (
            "Island ferry fares are to rise 8 percent on average in January, although the operator had asked for 11 "
            "percent.",
            "The operator of the island ferries wanted an 11% rise; fares will increase by 8% on average in January.",
        ),
        (
            ("number", "Fares on the island ferries will go up by an average of 11 percent in January."),
            ("reversal", "Fares on the island ferries will go down by an average of 8 percent in January."),
            ("date", "Fares on the island ferries will go up by an average of 8 percent in June."),
            ("number", "Fares will go up by 8 percent, more than the 7 percent that the operator had asked for."),
            ("invented", "Commuters who hold a yearly pass will pay the old fares until the summer."),
        ),
        published="2025-11-20",
    ),
    Case(
        "spy-trial",
        "A court in Brenn found engineer Lukas Adler guilty of passing turbine plans to a foreign power, but cleared "
        "his wife, Nina Adler, of helping him.",
        (
            "Engineer Lukas Adler was convicted by a court in Brenn of handing turbine plans to a foreign power.",
            "Nina Adler, his wife, was acquitted of helping him by the court in Brenn.",
        ),
        (
            ("reversal", "A court in Brenn cleared engineer Lukas Adler of passing turbine plans to a foreign power."),
            ("swap", "A court in Brenn found Nina Adler guilty of passing turbine plans to a foreign power."),
            ("name", "A court in Krenn found engineer Lukas Adler guilty of passing turbine plans to a foreign power."),
            ("detail", "Lukas Adler was found guilty of passing missile plans to a foreign power."),
            ("invented", "Lukas Adler sold the plans to pay off his gambling debts."),
        ),
    ),
    Case(
        "vaccine-supply",
        "The health ministry expects to run out of yellow fever vaccine by mid-August and has asked Brazil for 400,000 "
        "doses.",
        (
            "By mid-August the health ministry is expected to have no yellow fever vaccine left; it has requested "
            "400,000 doses from Brazil.",
            "The health ministry has asked Brazil to send 400,000 doses of yellow fever vaccine.",
        ),
        (
            ("hedge", "The health ministry has run out of yellow fever vaccine."),
            ("hedge", "Brazil has sent the health ministry 400,000 doses of yellow fever vaccine."),
            ("number", "The health ministry has asked Brazil for 40,000 doses of yellow fever vaccine."),
            ("name", "The health ministry has asked Argentina for 400,000 doses of yellow fever vaccine."),
            ("swap", "Brazil has asked the health ministry for 400,000 doses of yellow fever vaccine."),
        ),
        published="2025-07-02",
    ),
    Case(
        "quake",
        "At least 37 people were killed and more than 200 injured when an earthquake of magnitude 6.4 struck the "
        "Tolan valley before dawn on Sunday.",
        (
            "An earthquake of magnitude 6.4 killed at least 37 people in the Tolan valley early on Sunday and left "
            "more than 200 injured.",
            "The magnitude 6.4 quake that hit the Tolan valley before dawn on Sunday killed at least 37 people.",
        ),
        (
            ("number", "At least 73 people were killed when an earthquake struck the Tolan valley on Sunday."),
            ("number", "At least 200 people were killed and more than 37 injured in the Tolan valley earthquake."),
            ("number", "An earthquake of magnitude 4.6 struck the Tolan valley before dawn on Sunday."),
            ("hedge", "Exactly 37 people were killed by the earthquake in the Tolan valley."),
            ("date", "An earthquake of magnitude 6.4 struck the Tolan valley before dawn on Monday."),
            ("invented", "Aftershocks brought down the bell tower of the old cathedral in the Tolan valley."),
        ),
        after="Roads into the valley are blocked.",
    ),
    Case(
        "chair",
        'Board chair Priya Raman said the merger "is not dead", though shareholders have yet to be given a new date '
        "for the vote.",
        (
            'The merger "is not dead", said board chair Priya Raman.',
            "Shareholders have not yet been given a new date for the vote on the merger.",
        ),
        (
            ("quotation", 'Board chair Priya Raman said the merger "is dead".'),
            ("negation", "Shareholders have been given a new date for the vote."),
            ("attribution", "The merger is not dead."),
            ("name", 'Board chair Priya Rana said the merger "is not dead".'),
            ("invented", "Priya Raman will step down once the merger is complete."),
        ),
        before="The first vote was called off in March.",
    ),
    Case(
        "wolves",
        "The number of wolves in the Harz has tripled to 96 in five years, and farmers lost 310 sheep to them in 2024, "
        "the state says.",
        (
            "Wolves killed 310 sheep in the Harz in 2024, according to the state.",
            "There are now 96 wolves in the Harz, three times as many as five years ago, the state says.",
        ),
        (
            ("number", "The number of wolves in the Harz has doubled to 96 in five years, the state says."),
            ("number", "Farmers lost 130 sheep to wolves in 2024, the state says."),
            ("date", "Farmers lost 310 sheep to wolves in the Harz in 2023, the state says."),
            ("detail", "Farmers lost 310 goats to wolves in 2024, the state says."),
            ("invented", "The state has allowed hunters to shoot ten wolves in the Harz."),
        ),
    ),
    Case(
        "embassy",
        "Norvia has recalled its ambassador from Tesk and may close the embassy altogether, a diplomat who asked not "
        "to be named said.",
        (
            "A diplomat who did not want to be named said Norvia had called its ambassador home from Tesk and might "
            "shut the embassy.",
            "Norvia's ambassador to Tesk has been recalled, according to a diplomat who asked not to be named.",
        ),
        (
            ("hedge", "Norvia will close its embassy in Tesk altogether, a diplomat said."),
            ("swap", "Tesk has recalled its ambassador from Norvia, a diplomat said."),
            ("negation", "Norvia has not recalled its ambassador from Tesk, a diplomat said."),
            ("attribution", "Norvia has recalled its ambassador from Tesk, the foreign minister said."),
            ("name", "Norvia has recalled its ambassador from Resk, a diplomat who asked not to be named said."),
        ),
        before="Relations have soured since the arrest of two journalists.",
    ),
)

FIFTH: tuple[Case, ...] = (
    Case(
        "hydrogen",
        "Energy group Tarnholm scrapped plans for a €1.8 billion hydrogen plant in Veldhaven on Wednesday, "
        "blaming weak "
        "demand and the withdrawal of a state subsidy.",
        (
            "Tarnholm has abandoned its €1.8bn hydrogen project in Veldhaven because demand is weak and a state "
            "subsidy "
            "was withdrawn.",
            "Weak demand and a lost subsidy led energy group Tarnholm to drop the planned hydrogen plant in Veldhaven.",
            "On Wednesday Tarnholm gave up on building a 1.8 billion euro hydrogen plant in Veldhaven.",
        ),
        (
            ("number", "Tarnholm scrapped plans for a €2.8 billion hydrogen plant in Veldhaven."),
            ("name", "Tarnholm scrapped plans for a €1.8 billion hydrogen plant in Eindhaven."),
            ("negation", "Tarnholm has not scrapped plans for a hydrogen plant in Veldhaven."),
            ("invented", "Tarnholm will build a wind farm off the coast of Veldhaven instead."),
        ),
        before="Several hydrogen projects have stalled this year.",
    ),
    Case(
        "goalkeeper",
        "Goalkeeper Ama Boateng, who has not played since tearing a ligament in May, could return against Lyon on "
        "Saturday, her coach said.",
        (
            "Ama Boateng's coach said the goalkeeper might be back for Saturday's match against Lyon.",
            "Boateng has been out since May, when she tore a ligament.",
            "According to her coach, Ama Boateng may play against Lyon on Saturday for the first time since her "
            "ligament "
            "injury in May.",
        ),
        (
            ("hedge", "Goalkeeper Ama Boateng will return against Lyon on Saturday."),
            ("negation", "Goalkeeper Ama Boateng has played since tearing a ligament in May."),
            ("name", "Goalkeeper Ama Boateng could return against Lille on Saturday, her coach said."),
            ("date", "Goalkeeper Ama Boateng could return against Lyon on Sunday, her coach said."),
            ("invented", "Ama Boateng has signed a new contract that keeps her at the club until 2028."),
        ),
    ),
    Case(
        "census",
        "The census counted 4.12 million people in Arvonia, 6.3 percent fewer than in 2011, with the steepest "
        "losses in "
        "the mountain provinces.",
        (
            "Arvonia's population has shrunk by 6.3 percent since 2011 to 4.12 million, the census shows.",
            "The mountain provinces of Arvonia lost the most people, according to the census.",
            "There are 4.12 million people in Arvonia, the census found, a fall of 6.3% from 2011.",
        ),
        (
            ("number", "The census counted 4.21 million people in Arvonia."),
            ("reversal", "The census counted 6.3 percent more people in Arvonia than in 2011."),
            ("date", "The census counted 6.3 percent fewer people in Arvonia than in 2001."),
            ("name", "The census counted 4.12 million people in Armonia."),
            ("invented", "Young families are moving abroad in search of work, the census office said."),
        ),
        after="The next count is due in 2031.",
    ),
    Case(
        "hostages",
        "Two of the aid workers kidnapped in Jarra last month were freed on Monday after tribal elders intervened; no "
        "ransom was paid, their charity said.",
        (
            "The charity said no ransom had been paid for the two aid workers who were released on Monday after tribal "
            "elders stepped in.",
            "Following the intervention of tribal elders, two aid workers abducted in Jarra a month ago were "
            "set free on "
            "Monday.",
            "Two kidnapped aid workers were released in Jarra on Monday without a ransom being paid, according "
            "to their "
            "charity.",
        ),
        (
            ("number", "Three of the aid workers kidnapped in Jarra last month were freed on Monday."),
            ("negation", "A ransom was paid for the two aid workers, their charity said."),
            ("reversal", "Two of the aid workers kidnapped in Jarra last month were killed on Monday."),
            ("name", "Two of the aid workers kidnapped in Barra last month were freed on Monday."),
            ("invented", "The aid workers had been held in a cave near the border, their charity said."),
        ),
    ),
    Case(
        "tax-cut",
        "Finance Minister Hugo Lindqvist told reporters he had no plans to cut income tax before the election, "
        "contradicting his own prime minister.",
        (
            "Contradicting the prime minister, Finance Minister Hugo Lindqvist said he did not plan to lower "
            "income tax "
            "before the election.",
            "Lindqvist, the finance minister, told reporters that income tax would not be cut before the "
            "election under "
            "his plans.",
            "There are no plans for an income tax cut before the election, Finance Minister Hugo Lindqvist said.",
        ),
        (
            (
                "negation",
                "Finance Minister Hugo Lindqvist told reporters he had plans to cut income tax before the election.",
            ),
            (
                "reversal",
                "Finance Minister Hugo Lindqvist said he had no plans to raise income tax before the election.",
            ),
            ("name", "Finance Minister Hugo Lindgren told reporters he had no plans to cut income tax."),
            ("role", "Health Minister Hugo Lindqvist told reporters he had no plans to cut income tax."),
            ("detail", "Finance Minister Hugo Lindqvist said he had no plans to cut property tax before the election."),
        ),
    ),
    Case(
        "landslide",
        "Rescuers pulled a nine-year-old girl alive from the mud in Quilpo on Friday, 51 hours after a "
        "landslide buried "
        "her home.",
        (
            "A girl of nine was rescued alive in Quilpo on Friday, 51 hours after her home was buried by a landslide.",
            "Fifty-one hours after the landslide, a nine-year-old was pulled out of the mud alive in Quilpo.",
            "A nine-year-old girl survived 51 hours under the mud of a landslide in Quilpo before rescuers "
            "reached her on "
            "Friday.",
        ),
        (
            ("number", "Rescuers pulled a nine-year-old girl alive from the mud in Quilpo 15 hours after a landslide."),
            ("number", "Rescuers pulled a six-year-old girl alive from the mud in Quilpo on Friday."),
            ("reversal", "Rescuers pulled a nine-year-old girl dead from the mud in Quilpo on Friday."),
            ("unit", "Rescuers pulled a girl alive from the mud in Quilpo 51 days after a landslide."),
            ("invented", "The girl's mother and two brothers are still missing in Quilpo."),
        ),
        after="Her condition is stable.",
    ),
    Case(
        "airline-fine",
        "The aviation authority fined Skylark Air $3.4 million for flying 12 planes with overdue inspections between "
        "March and July; the airline says safety was never at risk.",
        (
            "Skylark Air must pay a $3.4 million fine for operating 12 aircraft whose inspections were overdue.",
            "Skylark Air says that passengers' safety was never endangered.",
            "For flights from March to July with 12 planes that were overdue for inspection, Skylark Air was "
            "fined $3.4m "
            "by the aviation authority.",
        ),
        (
            (
                "number",
                "The aviation authority fined Skylark Air $4.3 million for flying planes with overdue inspections.",
            ),
            ("number", "The aviation authority fined Skylark Air for flying 21 planes with overdue inspections."),
            ("negation", "Skylark Air says safety was at risk."),
            ("name", "The aviation authority fined Starling Air $3.4 million for overdue inspections."),
            ("date", "Skylark Air flew planes with overdue inspections between May and July."),
        ),
    ),
    Case(
        "pardon",
        "President Olena Marchuk is considering a pardon for the jailed journalist Radu Ionescu, two advisers "
        "said, but "
        "has made no decision.",
        (
            "Two advisers said President Olena Marchuk was weighing a pardon for Radu Ionescu, a journalist in prison.",
            "No decision has been taken on pardoning jailed journalist Radu Ionescu, according to two advisers "
            "to President "
            "Marchuk.",
            "The jailed journalist Radu Ionescu may be pardoned by President Olena Marchuk, two of her advisers said.",
        ),
        (
            ("hedge", "President Olena Marchuk pardoned the jailed journalist Radu Ionescu."),
            ("negation", "President Olena Marchuk has made a decision on a pardon for Radu Ionescu."),
            ("swap", "The journalist Radu Ionescu is considering a pardon for President Olena Marchuk."),
            ("name", "President Olena Marchuk is considering a pardon for the jailed journalist Radu Popescu."),
            ("invented", "Radu Ionescu's lawyers have appealed to the European court over his treatment in prison."),
        ),
    ),
    Case(
        "bees",
        "Beekeepers in Morland lost 38 percent of their hives last winter, the worst figure since records began "
        "in 1998, "
        "according to a survey of 2,100 members of their association.",
        (
            "A survey of 2,100 Morland beekeepers found that 38% of hives died last winter, the highest loss on record "
            "since 1998.",
            "Last winter was the worst for Morland's beekeepers since records began in 1998: they lost 38 "
            "percent of their "
            "hives.",
            "Of the hives kept in Morland, 38 percent were lost last winter, according to an association survey.",
        ),
        (
            ("number", "Beekeepers in Morland lost 83 percent of their hives last winter."),
            ("date", "Beekeepers in Morland had their worst losses since records began in 1989."),
            ("reversal", "Beekeepers in Morland had the best winter since records began in 1998."),
            (
                "name",
                "Beekeepers in Morland lost 38 percent of their hives, according to a survey by Lowland University.",
            ),
            ("invented", "The association blames pesticides for the death of the bees in Morland."),
        ),
    ),
    Case(
        "ceasefire-breach",
        "General Ibrahim Sow accused the rebels of firing mortars at his troops in Bakel on Sunday night; a rebel "
        "spokesman said his side had only returned fire.",
        (
            "The rebels fired mortars at government troops in Bakel on Sunday night, General Ibrahim Sow alleged.",
            "According to a rebel spokesman, the rebels had only been returning fire.",
            "General Ibrahim Sow said rebels had shelled his troops in Bakel with mortars on Sunday night, "
            "which a rebel "
            "spokesman described as returning fire.",
        ),
        (
            ("hedge", "The rebels fired mortars at troops in Bakel on Sunday night."),
            ("swap", "The rebels accused General Ibrahim Sow of firing mortars at them in Bakel."),
            (
                "date",
                "General Ibrahim Sow accused the rebels of firing mortars at his troops in Bakel on Saturday night.",
            ),
            ("name", "General Ibrahim Diop accused the rebels of firing mortars at his troops in Bakel."),
            ("invented", "Four soldiers were wounded by the mortars in Bakel."),
        ),
        before="The truce of 3 May had held for six weeks.",
        published="2025-06-17",
    ),
    Case(
        "museum-return",
        "The Halden Museum will return 23 bronze statues to Oyo next spring, but will keep three others on loan "
        "until 2030.",
        (
            "Next spring, 23 bronze statues are to go back to Oyo from the Halden Museum.",
            "Three of the statues will stay at the Halden Museum on loan until 2030.",
            "The Halden Museum is giving 23 bronze statues back to Oyo next spring while holding on to three as "
            "loans until "
            "2030.",
        ),
        (
            ("number", "The Halden Museum will return 32 bronze statues to Oyo next spring."),
            ("date", "The Halden Museum will return 23 bronze statues to Oyo next autumn."),
            ("negation", "The Halden Museum will not return the 23 bronze statues to Oyo."),
            ("name", "The Halden Museum will return 23 bronze statues to Benin next spring."),
            ("hedge", "The Halden Museum has returned 23 bronze statues to Oyo."),
        ),
    ),
    Case(
        "dock-drugs",
        "Customs officers at Port Elm seized 1.1 tonnes of cocaine hidden in a shipment of bananas from Santa Lena and "
        "arrested four dock workers.",
        (
            "Four dock workers were arrested after customs officers found 1.1 tonnes of cocaine among bananas "
            "at Port Elm.",
            "At Port Elm, 1.1 tonnes of cocaine was discovered by customs in a banana shipment from Santa Lena.",
            "Customs officers confiscated 1.1 tonnes of cocaine at Port Elm; it had been concealed in bananas "
            "from Santa "
            "Lena.",
        ),
        (
            ("number", "Customs officers at Port Elm seized 11 tonnes of cocaine hidden in a shipment of bananas."),
            ("unit", "Customs officers at Port Elm seized 1.1 kilograms of cocaine hidden in a shipment of bananas."),
            ("name", "Customs officers at Port Elm seized cocaine hidden in a shipment of bananas from Santa Rosa."),
            ("detail", "Customs officers at Port Elm seized 1.1 tonnes of heroin hidden in a shipment of bananas."),
            ("reversal", "Customs officers at Port Elm released four dock workers."),
        ),
    ),
)

SIXTH: tuple[Case, ...] = (
    Case(
        "tram",
        "The city council voted 31 to 18 on Monday night to extend the tram line to Ostby, a project that will "
        "cost 640 "
        "million crowns and take four years.",
        (
            "An extension of the tram line to Ostby was approved by the city council on Monday night, by 31 "
            "votes to 18.",
            "Building the tram extension to Ostby is set to take four years and cost 640m crowns.",
            "The council backed the 640-million-crown tram extension to Ostby.",
        ),
        (
            ("number", "The city council voted 31 to 8 on Monday night to extend the tram line to Ostby."),
            ("negation", "The city council voted not to extend the tram line to Ostby."),
            ("name", "The city council voted on Monday night to extend the tram line to Westby."),
            ("invented", "Shopkeepers along the route fear that the building work will drive customers away."),
        ),
    ),
    Case(
        "whale",
        "A humpback whale that had been entangled in fishing nets off Cape Solander for six days was freed by "
        "divers on "
        "Tuesday and swam out to sea.",
        (
            "Divers on Tuesday released a humpback whale that spent six days caught in fishing nets off Cape Solander.",
            "The whale headed out to sea after divers freed it from the nets.",
            "After six days in fishing nets off Cape Solander, a humpback whale has been set free.",
        ),
        (
            ("number", "A humpback whale that had been entangled in fishing nets for nine days was freed by divers."),
            ("name", "A humpback whale was freed from fishing nets off Cape Sorell by divers on Tuesday."),
            ("reversal", "A humpback whale that had been entangled in fishing nets off Cape Solander died on Tuesday."),
            ("invented", "The fishing company that owns the nets will be prosecuted over the whale."),
        ),
        after="It had a deep cut on its tail.",
    ),
    Case(
        "exam-leak",
        "Education Secretary Dana Moriarty denied that her department knew of the exam leak before the papers "
        "were sat, "
        "but two head teachers say they emailed it a warning on 9 May.",
        (
            "Two head teachers say they warned the department by email on 9 May.",
            "Dana Moriarty, the education secretary, said her department had not known about the exam leak "
            "before pupils "
            "sat the papers.",
            "Moriarty denies that the department was aware of the leaked exam beforehand, although two head "
            "teachers say "
            "they sent it an email on 9 May.",
        ),
        (
            ("negation", "Education Secretary Dana Moriarty admitted that her department knew of the exam leak."),
            ("hedge", "The department knew of the exam leak before the papers were sat."),
            ("date", "Two head teachers say they emailed the department a warning on 19 May."),
            ("number", "Five head teachers say they emailed the department a warning on 9 May."),
        ),
        published="2025-06-20",
    ),
    Case(
        "chip-export",
        "The United States plans to tighten export rules for memory chips in October, according to three "
        "officials, a step "
        "that would hit Korean producers hardest.",
        (
            "Three officials said the US intends to make export rules for memory chips stricter in October.",
            "Korean producers would suffer most from tighter American export rules for memory chips, planned "
            "for October.",
            "Washington is planning stricter memory chip export rules for October, three officials said.",
        ),
        (
            ("hedge", "The United States tightened export rules for memory chips in October."),
            (
                "reversal",
                "The United States plans to ease export rules for memory chips in October, three officials said.",
            ),
            ("name", "The step would hit Japanese producers hardest, according to three officials."),
            (
                "date",
                "The United States plans to tighten export rules for memory chips in November, three officials said.",
            ),
            ("invented", "Korean producers have asked for a delay of two years, three officials said."),
        ),
        published="2025-08-11",
    ),
    Case(
        "heat",
        "The temperature in Aldova reached 46.2 degrees on Saturday, breaking a record that had stood since "
        "1973, and at "
        "least nine people died of heatstroke.",
        (
            "At least nine people have died of heatstroke in Aldova, where Saturday's 46.2 degrees broke a record from "
            "1973.",
            "Saturday's high of 46.2 degrees in Aldova beat the previous record, set in 1973.",
            "Heatstroke killed at least nine people in Aldova as temperatures climbed to a record 46.2 degrees on "
            "Saturday.",
        ),
        (
            ("number", "The temperature in Aldova reached 42.6 degrees on Saturday."),
            ("date", "The temperature in Aldova broke a record that had stood since 1937."),
            ("number", "At least 19 people died of heatstroke in Aldova on Saturday."),
            ("name", "The temperature in Valdova reached 46.2 degrees on Saturday."),
            ("hedge", "Nobody died of heatstroke in Aldova on Saturday."),
        ),
    ),
    Case(
        "bishop",
        "Bishop Matteo Galli, 71, resigned on Thursday over his handling of abuse complaints in the diocese of "
        "Torvano, "
        "which he had led for 16 years.",
        (
            "After 16 years at the head of the diocese of Torvano, Bishop Matteo Galli stepped down on Thursday "
            "over the way "
            "he dealt with abuse complaints.",
            "Matteo Galli has resigned as bishop of Torvano because of how he handled complaints of abuse.",
            "The bishop of Torvano, 71-year-old Matteo Galli, quit on Thursday.",
        ),
        (
            ("number", "Bishop Matteo Galli, 77, resigned on Thursday."),
            ("negation", "Bishop Matteo Galli did not resign over his handling of abuse complaints."),
            ("name", "Bishop Matteo Gallo resigned on Thursday over his handling of abuse complaints."),
            ("invented", "Pope Leo has named a successor for the diocese of Torvano."),
        ),
    ),
    Case(
        "startup",
        "Payments start-up Lumo has raised $85 million from investors led by Kestrel Capital, valuing it at "
        "$1.1 billion, "
        "but it does not expect to make a profit before 2028.",
        (
            "Lumo, a payments start-up, is valued at $1.1bn after raising $85m in a round led by Kestrel Capital.",
            "Payments start-up Lumo expects no profit until 2028 at the earliest.",
            "Investors led by Kestrel Capital have put 85 million dollars into Lumo.",
        ),
        (
            ("number", "Payments start-up Lumo has raised $58 million from investors led by Kestrel Capital."),
            ("swap", "Kestrel Capital has raised $85 million from investors led by Lumo."),
            ("negation", "Lumo expects to make a profit before 2028."),
            ("name", "Payments start-up Lumo has raised $85 million from investors led by Falcon Capital."),
            ("unit", "Lumo has raised $85 million, valuing it at $1.1 million."),
        ),
    ),
    Case(
        "crossing",
        "Border guards at Zelk turned back some 700 migrants in the past week, human rights monitors said, "
        "twice as many as "
        "in the week before.",
        (
            "Human rights monitors said border guards had sent back about 700 migrants at Zelk in the past week.",
            "The number of migrants turned back at Zelk doubled to some 700 in the past week, according to "
            "human rights "
            "monitors.",
            "About 700 migrants were turned away at the border in Zelk over the past week, monitors said.",
        ),
        (
            ("number", "Border guards at Zelk turned back some 7,000 migrants in the past week, monitors said."),
            (
                "reversal",
                "Border guards at Zelk let in some 700 migrants in the past week, human rights monitors said.",
            ),
            ("name", "Border guards at Brelk turned back some 700 migrants in the past week, monitors said."),
            ("attribution", "Border guards said they had turned back some 700 migrants in the past week."),
            ("unit", "Border guards at Zelk turned back some 700 migrants in the past month, monitors said."),
        ),
    ),
)
