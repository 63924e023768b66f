"""Two tables written after the rules: their figures as first measured are in `test_grounding_tables`."""

from __future__ import annotations

from tests.grounding_tables import Case

FIRST: tuple[Case, ...] = (
    Case(
        "port",
        "Dockworkers at the port of Sallow Bay walked off the job at midnight, halting the unloading "
        "of 17 container ships.",
        (
            "Unloading of 17 container ships stopped when Sallow Bay port workers went on strike at midnight.",
            "At midnight, dockworkers in Sallow Bay downed tools and 17 container ships could no longer be unloaded.",
        ),
        (
            (
                "number",
                "Unloading of 71 container ships stopped when Sallow Bay port workers went on strike at midnight.",
            ),
            (
                "name",
                "Unloading of 17 container ships stopped when Fallow Bay port workers went on strike at midnight.",
            ),
            ("invented", "Dockworkers at the port of Sallow Bay want shorter shifts and better pensions."),
        ),
        after="The union's last contract expired in March.",
        title="Strike shuts port of Sallow Bay",
    ),
    Case(
        "nurse",
        "Nurse Helen Adeyemi, who had warned her managers twice about the faulty pumps, was dismissed in February.",
        (
            "Helen Adeyemi, a nurse who twice warned her managers that the pumps were faulty, was sacked in February.",
            "In February the hospital dismissed nurse Helen Adeyemi, who had cautioned her bosses two "
            "times about the pumps.",
        ),
        (
            (
                "negation",
                "Helen Adeyemi, a nurse who never warned her managers about the faulty pumps, was dismissed "
                "in February.",
            ),
            (
                "name",
                "Ruth Adeyemi, a nurse who twice warned her managers about the faulty pumps, was dismissed in "
                "February.",
            ),
            (
                "date",
                "Nurse Helen Adeyemi, who had warned her managers about the faulty pumps, was dismissed in April.",
            ),
        ),
        before="Three patients died at Kingsmere hospital last winter.",
        published="2024-10-02",
    ),
    Case(
        "bridge-toll",
        "The toll on the Harbour Bridge will rise from $4.50 to $6 on 1 July, the transport ministry announced.",
        (
            "From 1 July, crossing the Harbour Bridge will cost $6 instead of $4.50, according to the "
            "transport ministry.",
            "The transport ministry announced that the Harbour Bridge toll goes up to six dollars on July 1.",
        ),
        (
            ("number", "The transport ministry announced that the Harbour Bridge toll goes up to $9 on July 1."),
            (
                "reversal",
                "The transport ministry announced that the Harbour Bridge toll will fall from $6 to $4.50 on July 1.",
            ),
            ("date", "The transport ministry announced that the Harbour Bridge toll goes up to six dollars on June 1."),
            ("unit", "The transport ministry announced that the Harbour Bridge toll goes up to six euros on July 1."),
        ),
        published="2025-05-20",
    ),
    Case(
        "witness",
        "A witness told the inquiry that the pilot “sounded calm” in his last message, minutes before "
        "the aircraft vanished from radar.",
        (
            "According to a witness at the inquiry, the pilot “sounded calm” when he sent his final "
            "message, minutes before the plane disappeared from radar.",
            "The pilot “sounded calm” in his last message, a witness told the inquiry.",
        ),
        (
            ("quote", "The pilot “sounded very calm” in his last message, a witness told the inquiry."),
            ("invented", "A witness told the inquiry that the pilot had been awake for 20 hours."),
            (
                "reversal",
                "According to a witness at the inquiry, the pilot “sounded calm” hours after the aircraft "
                "vanished from radar.",
            ),
        ),
        after="The flight recorder has not been found.",
    ),
    Case(
        "recorder",
        "The flight recorder has not been found.",
        ("The plane's flight recorder is still missing.", "Searchers have yet to find the flight recorder."),
        (
            ("negation", "The flight recorder has been found."),
            ("negation", "Searchers found the flight recorder."),
            ("invented", "The flight recorder had been switched off."),
        ),
        before="A witness told the inquiry that the pilot “sounded calm” in his last message.",
    ),
    Case(
        "sanction",
        "Washington is considering sanctions against two Corvian banks suspected of laundering money "
        "for the Redfern cartel.",
        (
            "The United States may impose sanctions on two Corvian banks that it suspects of laundering "
            "the Redfern cartel's money.",
            "Two banks in Corvia could face US sanctions on suspicion of money laundering for the Redfern cartel.",
        ),
        (
            ("hedge", "Washington has imposed sanctions on two Corvian banks."),
            ("hedge", "Two Corvian banks laundered money for the Redfern cartel."),
            (
                "number",
                "Washington is considering sanctions against three Corvian banks suspected of laundering money.",
            ),
            (
                "name",
                "London is considering sanctions against two Corvian banks suspected of laundering money for "
                "the Redfern cartel.",
            ),
        ),
    ),
    Case(
        "turbines",
        "Only 9 of the wind farm's 60 turbines are turning, because spare parts from Denmark have not arrived.",
        (
            "Because spare parts have not come from Denmark, only nine of the 60 turbines at the wind "
            "farm are running.",
            "Just 9 of 60 turbines are in operation while the wind farm waits for parts from Denmark.",
        ),
        (
            (
                "number",
                "Only 19 of the wind farm's 60 turbines are turning, because spare parts from Denmark have "
                "not arrived.",
            ),
            (
                "negation",
                "Only 9 of the wind farm's 60 turbines are turning, although spare parts from Denmark have arrived.",
            ),
            (
                "name",
                "Only 9 of the wind farm's 60 turbines are turning, because spare parts from Sweden have not arrived.",
            ),
        ),
    ),
    Case(
        "mayor",
        "Mayor Denise Falk, 58, announced on Monday that she would not run for a third term in next year's election.",
        (
            "Denise Falk, the 58-year-old mayor, said on Monday she will not seek a third term next year.",
            "Mayor Falk is not standing for a third term in the election next year, she announced.",
        ),
        (
            ("negation", "Mayor Falk announced on Monday that she would run for a third term in next year's election."),
            (
                "number",
                "Mayor Falk announced on Monday that she would not run for a second term in next year's election.",
            ),
            ("name", "Mayor Denise Falcone announced on Monday that she would not run for a third term."),
            ("date", "Mayor Falk announced on Sunday that she would not run for a third term in next year's election."),
        ),
        published="2024-12-11",
    ),
    Case(
        "drought",
        "The harvest of wheat is forecast to shrink by a quarter to 18 million tonnes, the smallest since 2007.",
        (
            "Forecasts put the wheat harvest at 18 million tonnes, a quarter less and the lowest since 2007.",
            "The wheat crop is expected to fall 25 percent to 18 million tonnes, its smallest since 2007.",
        ),
        (
            ("hedge", "The harvest of wheat shrank by a quarter to 18 million tonnes, the smallest since 2007."),
            ("number", "The wheat crop is expected to fall by half to 18 million tonnes, its smallest since 2007."),
            ("reversal", "The wheat crop is expected to grow by a quarter to 18 million tonnes."),
            ("date", "The wheat crop is expected to fall by a quarter to 18 million tonnes, its smallest since 2017."),
        ),
    ),
    Case(
        "satellite",
        "Engineers lost contact with the Aurora-2 satellite 40 minutes after launch and are trying to "
        "reach it through a ground station in Chile.",
        (
            "Contact with the Aurora-2 satellite was lost 40 minutes after it was launched; engineers are "
            "attempting to reach it via a station in Chile.",
            "Engineers are trying to contact the satellite Aurora-2, which fell silent 40 minutes after launch.",
        ),
        (
            ("number", "Contact with the Aurora-2 satellite was lost 14 minutes after it was launched."),
            ("name", "Contact with the Aurora-3 satellite was lost 40 minutes after it was launched."),
            ("name", "Engineers are trying to reach the Aurora-2 satellite through a ground station in Peru."),
            ("hedge", "Engineers reached the Aurora-2 satellite through a ground station in Chile."),
        ),
    ),
    Case(
        "verdict",
        "The jury acquitted former minister Carlo Bendetti of bribery but found him guilty of perjury "
        "after nine days of deliberation.",
        (
            "After deliberating for nine days, the jury cleared ex-minister Carlo Bendetti of bribery but "
            "convicted him of perjury.",
            "Carlo Bendetti, a former minister, was acquitted of bribery and found guilty of perjury.",
        ),
        (
            ("reversal", "The jury convicted former minister Carlo Bendetti of bribery but acquitted him of perjury."),
            ("number", "The jury acquitted former minister Carlo Bendetti of bribery after five days of deliberation."),
            ("name", "The jury acquitted former minister Mario Bendetti of bribery but found him guilty of perjury."),
            ("invented", "The judge sentenced Carlo Bendetti to four years in prison."),
        ),
    ),
    Case(
        "outbreak",
        "More than 300 cases of the infection have been reported in five provinces since April, "
        "although no deaths have been recorded.",
        (
            "Since April, over 300 infections have been reported across five provinces, none of them fatal.",
            "There have been more than 300 cases in five provinces since April, but no recorded deaths.",
        ),
        (
            ("number", "Since April, over 500 infections have been reported across five provinces."),
            (
                "negation",
                "There have been more than 300 cases in five provinces since April, and deaths have been recorded.",
            ),
            ("bound", "Fewer than 300 cases of the infection have been reported in five provinces since April."),
            ("date", "There have been more than 300 cases in five provinces since August, but no recorded deaths."),
        ),
        published="2024-09-12",
    ),
    Case(
        "treaty",
        "Presidents Amara Diallo and Henrik Voss signed the fisheries treaty in Tavira on Wednesday, "
        "ending a dispute of eleven years.",
        (
            "Amara Diallo and Henrik Voss signed a treaty on fisheries in Tavira on Wednesday that ends "
            "an 11-year dispute.",
            "An eleven-year quarrel ended on Wednesday when Presidents Diallo and Voss signed the fisheries treaty.",
        ),
        (
            ("number", "Amara Diallo and Henrik Voss signed a treaty on fisheries that ends a 12-year dispute."),
            ("negation", "Amara Diallo and Henrik Voss did not sign the fisheries treaty in Tavira on Wednesday."),
            ("name", "Amara Diallo and Henrik Maas signed a treaty on fisheries in Tavira on Wednesday."),
            ("hedge", "Amara Diallo and Henrik Voss signed the fisheries treaty, which parliament ratified."),
        ),
        after="Fishermen on both coasts are sceptical.",
    ),
    Case(
        "privacy",
        "Regulators fined the app maker Lumio €28 million for storing the voices of children without "
        "their parents' consent.",
        (
            "Lumio, an app maker, was fined 28 million euros by regulators because it stored children's "
            "voices without parental consent.",
            "Regulators imposed a fine of €28m on Lumio for keeping recordings of children's voices "
            "without consent from their parents.",
        ),
        (
            ("number", "Regulators fined the app maker Lumio €82 million for storing the voices of children."),
            (
                "negation",
                "Regulators fined the app maker Lumio €28 million for storing the voices of children with "
                "their parents' consent.",
            ),
            ("name", "Regulators fined the app maker Nubio €28 million for storing the voices of children."),
            ("swap", "Lumio fined the regulators €28 million for storing the voices of children."),
        ),
    ),
    Case(
        "avalanche",
        "Rescuers pulled four skiers alive from the snow on the Gratzer slope; a fifth, a 27-year-old "
        "guide, died in hospital.",
        (
            "Four skiers were rescued alive from the snow on the Gratzer slope, while a fifth, a guide "
            "aged 27, died in hospital.",
            "A 27-year-old guide died in hospital and four other skiers were pulled out alive on the Gratzer slope.",
        ),
        (
            ("number", "Five skiers were rescued alive from the snow on the Gratzer slope."),
            (
                "number",
                "A 37-year-old guide died in hospital and four other skiers were pulled out alive on the "
                "Gratzer slope.",
            ),
            ("name", "Four skiers were rescued alive from the snow on the Ratner slope."),
            ("invented", "The skiers had ignored warnings about avalanches."),
        ),
    ),
    Case(
        "denial",
        "Ortega has repeatedly denied any link to the smuggling ring and says the recordings are forged.",
        (
            "Ortega, who says the recordings are fake, has denied several times having any connection to "
            "the smuggling ring.",
            "Ortega denies links to the smuggling ring.",
        ),
        (
            ("negation", "Ortega has links to the smuggling ring."),
            ("hedge", "The recordings of Ortega are forged."),
            ("negation", "Ortega says the recordings are not forged."),
        ),
        before="Police played recordings of Senator Luis Ortega at the hearing.",
    ),
    Case(
        "library-fire",
        "Roughly 20,000 manuscripts, some of them from the 12th century, survived because they had "
        "been moved to a vault in Leuven last year.",
        (
            "Around 20,000 manuscripts survived, among them some from the 12th century, as they had been "
            "taken to a vault in Leuven the year before.",
            "Because they were moved to a vault in Leuven last year, about 20,000 manuscripts survived.",
        ),
        (
            ("number", "Around 2,000 manuscripts survived because they had been moved to a vault in Leuven."),
            ("number", "Around 20,000 manuscripts survived, among them some from the 13th century."),
            ("name", "Around 20,000 manuscripts survived because they had been moved to a vault in Ghent."),
            ("bound", "More than 20,000 manuscripts survived because they had been moved to a vault in Leuven."),
        ),
        published="2024-03-03",
    ),
    Case(
        "economy",
        "The economy of Tarvia probably contracted by 0.4 percent in the third quarter, economists at "
        "Holt Bank estimate.",
        (
            "Economists at Holt Bank estimate that Tarvia's economy probably shrank 0.4% in the third quarter.",
            "Tarvia's economy is likely to have contracted by 0.4 percent in the third quarter, according "
            "to Holt Bank economists.",
        ),
        (
            ("hedge", "Tarvia's economy contracted by 0.4 percent in the third quarter."),
            (
                "number",
                "Economists at Holt Bank estimate that Tarvia's economy probably shrank 0.6% in the third quarter.",
            ),
            (
                "number",
                "Economists at Holt Bank estimate that Tarvia's economy probably shrank 0.4% in the second quarter.",
            ),
            (
                "reversal",
                "Economists at Holt Bank estimate that Tarvia's economy probably grew by 0.4 percent in the "
                "third quarter.",
            ),
        ),
    ),
    Case(
        "school",
        "Classes at the 212 schools in the valley are due to resume on 9 September, three weeks later than planned.",
        (
            "The valley's 212 schools should reopen for classes on September 9, a delay of three weeks.",
            "Classes are to start again on 9 September in 212 schools of the valley, three weeks behind schedule.",
        ),
        (
            ("hedge", "Classes at the 212 schools in the valley resumed on 9 September."),
            ("date", "The valley's 212 schools should reopen for classes on September 19."),
            ("number", "Classes at the 122 schools in the valley are due to resume on 9 September."),
            (
                "number",
                "Classes are to start again on 9 September in 212 schools of the valley, five weeks later "
                "than planned.",
            ),
        ),
        published="2024-09-02",
    ),
    Case(
        "defector",
        "Colonel Idris Haroun, who commanded the garrison at Bel Amri, surrendered to the Northern "
        "Alliance last Friday with 60 of his men.",
        (
            "Last Friday Colonel Idris Haroun, commander of the Bel Amri garrison, gave himself up to the "
            "Northern Alliance together with 60 of his soldiers.",
            "Haroun, the commander at Bel Amri, surrendered to the Northern Alliance on 29 November along with 60 men.",
        ),
        (
            (
                "date",
                "Haroun, the commander at Bel Amri, surrendered to the Northern Alliance on 22 November along "
                "with 60 men.",
            ),
            (
                "name",
                "Haroun, the commander at Bel Amri, surrendered to the Southern Alliance last Friday along "
                "with 60 men.",
            ),
            (
                "number",
                "Haroun, the commander at Bel Amri, surrendered to the Northern Alliance last Friday along "
                "with 16 men.",
            ),
            (
                "negation",
                "Haroun, the commander at Bel Amri, refused to surrender to the Northern Alliance last Friday.",
            ),
        ),
        published="2024-12-04",
    ),
)

SECOND: tuple[Case, ...] = (
    Case(
        "clinic",
        "The clinic in Oakmere turned away 60 patients on Monday after a cyberattack knocked out its booking system.",
        (
            "After a cyberattack disabled its booking system, the Oakmere clinic had to send 60 patients "
            "away on Monday.",
            "Sixty patients were turned away from the clinic in Oakmere on Monday because hackers had "
            "crippled its bookings.",
        ),
        (
            ("number", "The clinic in Oakmere turned away 90 patients on Monday after a cyberattack."),
            ("name", "The clinic in Elmgrove turned away 60 patients on Monday after a cyberattack."),
            ("date", "The clinic in Oakmere turned away 60 patients on Thursday after a cyberattack."),
            ("invented", "The hackers demanded a ransom from the clinic in Oakmere."),
        ),
        before="Hospitals in the region have been short of staff for months.",
        after="The police have opened an investigation.",
    ),
    Case(
        "orbit-deal",
        "Helion Space and its partner Marlow Optics signed a contract worth £310 million to supply "
        "cameras for weather satellites.",
        (
            "Marlow Optics and Helion Space have agreed a £310m contract for weather satellite cameras.",
            "Under a contract worth 310 million pounds, Helion Space and Marlow Optics will deliver "
            "cameras for weather satellites.",
        ),
        (
            (
                "number",
                "Helion Space and Marlow Optics signed a contract worth £130 million to supply cameras for "
                "weather satellites.",
            ),
            (
                "name",
                "Helion Space and Barlow Optics signed a contract worth £310 million to supply cameras for "
                "weather satellites.",
            ),
            (
                "unit",
                "Helion Space and Marlow Optics signed a contract worth €310 million to supply cameras for "
                "weather satellites.",
            ),
            ("invented", "Helion Space will hire 400 engineers to fulfil the contract for weather satellites."),
        ),
        after="Delivery begins in 2027.",
    ),
    Case(
        "minister-visit",
        "Interior Minister Paula Renz will not travel to Karsk next week because the government there "
        "has refused to guarantee her safety.",
        (
            "Paula Renz, the interior minister, has called off next week's trip to Karsk since the "
            "government there would not guarantee her safety.",
            "Because Karsk's government refuses to guarantee her security, Renz is not going there next week.",
        ),
        (
            ("negation", "Interior Minister Paula Renz will travel to Karsk next week."),
            ("negation", "The government in Karsk has guaranteed the safety of Interior Minister Paula Renz."),
            ("name", "Foreign Minister Jonas Hale will not travel to Karsk next week."),
        ),
        before="Foreign Minister Jonas Hale visited the region in May.",
    ),
    Case(
        "reservoir",
        "Water in the Teale reservoir has dropped to 22 percent of capacity, the lowest level for the "
        "month since 1976.",
        (
            "The Teale reservoir is only 22% full, its lowest for this month since 1976.",
            "At 22 percent of capacity, the level of the Teale reservoir is the lowest for the month since 1976.",
        ),
        (
            ("number", "The Teale reservoir is only 12% full, its lowest for this month since 1976."),
            (
                "date",
                "At 22 percent of capacity, the level of the Teale reservoir is the lowest for the month since 1967.",
            ),
            ("reversal", "Water in the Teale reservoir has risen to 22 percent of capacity."),
            ("name", "Water in the Brantry reservoir has dropped to 22 percent of capacity."),
        ),
        after="Farmers downstream have been told to halve their use.",
        title="Drought empties reservoirs from Brantry to Teale",
    ),
    Case(
        "hearing",
        "“I never authorised those payments,” former treasurer Anil Mehta told the committee, blaming "
        "his deputy, Rosa Klein.",
        (
            "Former treasurer Anil Mehta told the committee “I never authorised those payments” and put "
            "the blame on his deputy, Rosa Klein.",
            "Mehta blamed his deputy Rosa Klein and said he had never authorised the payments.",
        ),
        (
            ("quote", "Former treasurer Anil Mehta told the committee “I never approved those payments”."),
            ("swap", "Former treasurer Rosa Klein blamed her deputy, Anil Mehta."),
            ("negation", "Anil Mehta told the committee that he had authorised the payments."),
            ("hedge", "Rosa Klein authorised the payments."),
        ),
        before="The city lost nine million dollars in the affair.",
    ),
    Case(
        "tunnel",
        "The 14-kilometre tunnel under the Grauhorn, which opened to freight trains in June, is "
        "likely to carry passengers from next spring.",
        (
            "Passengers will probably be able to use the 14 km Grauhorn tunnel from next spring; freight "
            "trains have run through it since June.",
            "The Grauhorn tunnel, 14 kilometres long and open to freight since June, is likely to take "
            "passenger trains from next spring.",
        ),
        (
            ("hedge", "The Grauhorn tunnel carries passengers."),
            ("number", "The 41-kilometre tunnel under the Grauhorn opened to freight trains in June."),
            ("date", "The 14-kilometre tunnel under the Grauhorn opened to freight trains in July."),
            ("unit", "The 14-mile tunnel under the Grauhorn opened to freight trains in June."),
        ),
        published="2024-10-10",
    ),
    Case(
        "poll",
        "A poll for the Daily Ledger put the Greens at 19 percent, up from 14 in March, and the Liberals at 31.",
        (
            "The Greens stood at 19 percent in a Daily Ledger poll, compared with 14 in March, with the "
            "Liberals at 31.",
            "According to a poll for the Daily Ledger, 31 percent support the Liberals and 19 percent the Greens.",
        ),
        (
            (
                "number",
                "According to a poll for the Daily Ledger, 19 percent support the Liberals and 31 percent the Greens.",
            ),
            ("number", "A poll for the Daily Ledger put the Greens at 14 percent."),
            ("name", "A poll for the Morning Ledger put the Greens at 19 percent."),
            ("reversal", "A poll for the Daily Ledger put the Greens at 19 percent, down from 14 in March."),
        ),
    ),
    Case(
        "search",
        "The search for the climbers Petr Havel and Ondrej Simek was suspended on Saturday evening "
        "because of heavy snowfall.",
        (
            "Because of heavy snow, rescuers stopped looking for the climbers Petr Havel and Ondrej Simek "
            "on Saturday evening.",
            "Heavy snowfall led to the suspension of the search for Havel and Simek on Saturday evening.",
        ),
        (
            ("name", "The search for the climbers Petr Havel and Ondrej Novak was suspended on Saturday evening."),
            (
                "reversal",
                "The search for the climbers Petr Havel and Ondrej Simek continued on Saturday evening "
                "despite heavy snowfall.",
            ),
            ("date", "The search for the climbers Petr Havel and Ondrej Simek was suspended on Friday evening."),
            ("invented", "The climbers Petr Havel and Ondrej Simek were found dead in a crevasse."),
        ),
        after="It is to resume at first light on Sunday.",
        published="2025-02-02",
    ),
    Case(
        "resume",
        "It is to resume at first light on Sunday.",
        ("The search is to resume at dawn on Sunday.", "On Sunday the search will start again at first light."),
        (
            ("date", "The search is to resume at first light on Monday."),
            ("hedge", "The search resumed at first light on Sunday."),
            ("negation", "The search is not to resume on Sunday."),
        ),
        before="The search for the climbers was suspended on Saturday evening because of heavy snowfall.",
        published="2025-02-02",
    ),
    Case(
        "whisky",
        "Exports of whisky fell 7.5 percent by value last year, the first decline since 2009, the trade body said.",
        (
            "The trade body said whisky exports dropped by 7.5% in value last year, their first fall since 2009.",
            "The value of exported whisky declined last year by 7.5 percent, for the first time since "
            "2009, according to the trade body.",
        ),
        (
            ("reversal", "The trade body said whisky exports grew by 7.5% in value last year."),
            ("number", "The trade body said whisky exports dropped by 5.7% in value last year."),
            (
                "date",
                "The trade body said whisky exports dropped by 7.5% in value last year, their first fall since 2019.",
            ),
            ("bound", "The trade body said whisky exports dropped by more than 7.5% in value last year."),
        ),
    ),
    Case(
        "transfer",
        "Striker Milan Costa has joined Athletic from Wanderers for a fee of around 24 million euros, "
        "signing until 2029.",
        (
            "Athletic have signed striker Milan Costa from Wanderers until 2029, paying about €24 million.",
            "Milan Costa, a striker, moves from Wanderers to Athletic for roughly 24 million euros.",
        ),
        (
            ("swap", "Striker Milan Costa has joined Wanderers from Athletic for a fee of around 24 million euros."),
            ("bound", "Striker Milan Costa has joined Athletic from Wanderers for a fee of 24 million euros."),
            ("number", "Striker Milan Costa has joined Athletic from Wanderers for a fee of around 42 million euros."),
            ("date", "Striker Milan Costa has joined Athletic from Wanderers, signing until 2027."),
        ),
    ),
    Case(
        "monitor",
        "Monitors could not confirm that heavy weapons had been withdrawn from the eastern bank of "
        "the Sarne by the deadline.",
        (
            "The monitors were unable to confirm the withdrawal of heavy weapons from the east bank of "
            "the Sarne by the deadline.",
            "Whether heavy weapons had left the Sarne's eastern bank by the deadline could not be "
            "confirmed by monitors.",
        ),
        (
            (
                "negation",
                "Monitors confirmed that heavy weapons had been withdrawn from the eastern bank of the Sarne "
                "by the deadline.",
            ),
            (
                "reversal",
                "Monitors could not confirm that heavy weapons had been withdrawn from the western bank of "
                "the Sarne by the deadline.",
            ),
            ("hedge", "Heavy weapons had been withdrawn from the eastern bank of the Sarne by the deadline."),
        ),
        after="Both sides accuse each other of hiding tanks.",
    ),
    Case(
        "strike-ballot",
        "Some 8,400 postal workers voted, and 63 percent of them backed a strike unless the company "
        "offers at least 4 percent more pay.",
        (
            "About 8,400 postal workers took part in the vote; 63% supported a strike if they are not "
            "offered a rise of at least 4 percent.",
            "Of some 8,400 postal workers who voted, 63 percent were for a strike unless pay goes up by "
            "at least 4 percent.",
        ),
        (
            ("number", "Some 8,400 postal workers voted, and 36 percent of them backed a strike."),
            ("reversal", "Some 8,400 postal workers voted, and 63 percent of them rejected a strike."),
            ("hedge", "Some 8,400 postal workers went on strike."),
            ("number", "Some 4,800 postal workers voted, and 63 percent of them backed a strike."),
        ),
    ),
    Case(
        "spokesman",
        "A spokesman for President Odile Baran said she had “no intention” of pardoning General Tavo "
        "Reis, who ruled the country from 1998 to 2006.",
        (
            "President Odile Baran has “no intention” of pardoning General Tavo Reis, the ruler from 1998 "
            "to 2006, her spokesman said.",
            "According to a spokesman, Baran does not intend to pardon Reis, who was in power from 1998 to 2006.",
        ),
        (
            ("negation", "A spokesman for President Odile Baran said she intended to pardon General Tavo Reis."),
            (
                "swap",
                "A spokesman for General Tavo Reis said he had “no intention” of pardoning President Odile Baran.",
            ),
            (
                "date",
                "According to a spokesman, Baran does not intend to pardon Reis, who was in power from 1998 to 2008.",
            ),
            ("quote", "President Odile Baran has “no plans” of pardoning General Tavo Reis, her spokesman said."),
        ),
    ),
    Case(
        "recall",
        "Carmaker Orbis is recalling 112,000 vans built between 2019 and 2022 because their brakes "
        "may fail in cold weather.",
        (
            "Because the brakes might fail when it is cold, Orbis has recalled 112,000 vans made from 2019 to 2022.",
            "Orbis, the carmaker, is calling back 112,000 vans from the years 2019 to 2022 whose brakes "
            "could fail in cold weather.",
        ),
        (
            ("hedge", "Orbis is recalling 112,000 vans because their brakes failed in cold weather."),
            ("number", "Orbis is recalling 121,000 vans built between 2019 and 2022."),
            ("date", "Orbis is recalling 112,000 vans built between 2015 and 2022."),
            ("invented", "Four drivers died in accidents with vans built by Orbis."),
        ),
    ),
    Case(
        "opera",
        "Soprano Livia Andersson cancelled her appearance at the Varna festival two days before the "
        "premiere, citing illness.",
        (
            "Citing illness, soprano Livia Andersson pulled out of the Varna festival two days before the premiere.",
            "Two days ahead of the premiere, Livia Andersson called off her appearance at the festival in "
            "Varna because she was ill.",
        ),
        (
            (
                "name",
                "Citing illness, soprano Livia Andersson pulled out of the Sofia festival two days before the "
                "premiere.",
            ),
            (
                "number",
                "Soprano Livia Andersson cancelled her appearance at the Varna festival three days before the "
                "premiere.",
            ),
            ("negation", "Soprano Livia Andersson did not cancel her appearance at the Varna festival."),
            (
                "reversal",
                "Soprano Livia Andersson cancelled her appearance at the Varna festival two days after the premiere.",
            ),
        ),
    ),
)
