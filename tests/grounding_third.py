"""A third table written after the rules: its figures as first measured are in `test_grounding_tables`."""

from __future__ import annotations

from tests.grounding_tables import Case

THIRD: tuple[Case, ...] = (
    Case(
        "quarry",
        "Inspectors found that the Denholm quarry had exceeded its dust limit on 43 days last year, and fined "
        "its owner, Grayson Stone, 1.2 million crowns.",
        (
            "Grayson Stone, which owns the Denholm quarry, was fined 1.2 million crowns for breaking the dust "
            "limit on 43 days last year.",
            "The Denholm quarry went over its dust limit on 43 days last year, inspectors found.",
        ),
        (
            ("number", "Grayson Stone was fined 1.2 million crowns for breaking the dust limit on 34 days last year."),
            ("number", "Inspectors fined Grayson Stone, owner of the Denholm quarry, 2.1 million crowns."),
            ("name", "Harland Cement, which owns the Denholm quarry, was fined 1.2 million crowns."),
            ("invented", "Grayson Stone will appeal against the fine, its lawyer said."),
        ),
        after="Residents of Denholm have complained of coughs since 2021.",
    ),
    Case(
        "envoy-call",
        'The envoy, Farid Mansour, called the proposal "a step backwards" and said his delegation would not return '
        "to the table before Ramadan.",
        (
            'Farid Mansour described the proposal as "a step backwards".',
            "Envoy Farid Mansour said his delegation would not come back to the table before Ramadan.",
        ),
        (
            ("quotation", 'Farid Mansour called the proposal "a step forwards".'),
            ("negation", "Envoy Farid Mansour said his delegation would return to the table before Ramadan."),
            ("name", "Envoy Tarek Mansour said his delegation would not return to the table before Ramadan."),
            ("invented", "Mansour accused the mediators of leaking the proposal to the press."),
        ),
        before="The talks in Valletta were suspended on Friday.",
    ),
    Case(
        "rail-delay",
        "The opening of the Arlen to Port Vesey railway, planned for September, has been put back to spring 2027 "
        "because tunnel boring is behind schedule.",
        (
            "Delays in boring the tunnels have pushed the opening of the railway from Arlen to Port Vesey back to "
            "spring 2027.",
            "The railway between Arlen and Port Vesey will open in spring 2027 instead of September.",
        ),
        (
            ("date", "The opening of the Arlen to Port Vesey railway has been put back to spring 2028."),
            ("date", "The Arlen to Port Vesey railway was planned to open in November."),
            ("name", "The opening of the Arlen to Port Lowen railway has been put back to spring 2027."),
            ("negation", "The opening of the Arlen to Port Vesey railway has not been put back."),
            ("invented", "Passengers who bought season tickets in advance will get their money back."),
        ),
        published="2025-06-18",
    ),
    Case(
        "vaccine-trial",
        "The vaccine may cut the risk of severe dengue by as much as 60 percent in children, but the trial was too "
        "small to tell whether it protects adults, the authors wrote.",
        (
            "According to the authors, the vaccine could reduce children's risk of severe dengue by up to 60%.",
            "The authors wrote that the trial was too small to show whether the vaccine protects adults.",
        ),
        (
            ("hedge", "The vaccine cuts the risk of severe dengue by 60 percent in children."),
            ("hedge", "The vaccine protects adults, the authors wrote."),
            ("number", "The vaccine may cut the risk of severe dengue by as much as 80 percent in children."),
            ("name", "The vaccine may cut the risk of severe malaria by as much as 60 percent in children."),
        ),
        before="Dengue infects about 400 million people a year.",
    ),
    Case(
        "mayor-probe",
        "Prosecutors allege that Mayor Luca Ferrante took 250,000 euros from a waste contractor; he denies "
        "any wrongdoing.",
        (
            "Prosecutors accuse Mayor Luca Ferrante of taking 250,000 euros from a waste contractor.",
            "Ferrante denies wrongdoing.",
        ),
        (
            ("hedge", "Mayor Luca Ferrante took 250,000 euros from a waste contractor."),
            ("negation", "Ferrante admits wrongdoing."),
            ("number", "Prosecutors allege that Mayor Luca Ferrante took 520,000 euros from a waste contractor."),
            ("name", "Prosecutors allege that Mayor Paolo Ferrante took 250,000 euros from a waste contractor."),
            ("unit", "Prosecutors allege that Mayor Luca Ferrante took 250,000 dollars from a waste contractor."),
        ),
        after="The contractor, Ecoval, declined to comment.",
    ),
    Case(
        "steel-jobs",
        "Norrland Steel will close its Hallvik mill by the end of June with the loss of 840 jobs, after failing to "
        "find a buyer.",
        (
            "After no buyer was found, Norrland Steel is to shut its mill in Hallvik by the end of June, costing 840 "
            "jobs.",
            "The closure of Norrland Steel's Hallvik mill will cost 840 jobs.",
        ),
        (
            ("number", "Norrland Steel will close its Hallvik mill with the loss of 480 jobs."),
            ("name", "Norrland Steel will close its Hallberg mill by the end of June."),
            ("date", "Norrland Steel will close its Hallvik mill by the end of July."),
            ("reversal", "Norrland Steel found a buyer for its Hallvik mill."),
            ("negation", "Norrland Steel will not close its Hallvik mill."),
        ),
        before="Demand for plate steel has halved since 2022.",
        after="Unions called the decision a betrayal.",
    ),
    Case(
        "rescue",
        "Eleven of the 14 miners trapped at Rincon Hondo were brought out alive on Sunday; rescuers have had no "
        "contact "
        "with the other three.",
        (
            "Rescuers brought 11 of the 14 trapped miners out of Rincon Hondo alive on Sunday.",
            "There has been no contact with three of the miners at Rincon Hondo.",
        ),
        (
            ("number", "Twelve of the 14 miners trapped at Rincon Hondo were brought out alive on Sunday."),
            ("number", "All 14 miners trapped at Rincon Hondo were brought out alive on Sunday."),
            ("reversal", "Eleven of the 14 miners trapped at Rincon Hondo were brought out dead on Sunday."),
            ("negation", "Rescuers have had contact with the other three miners."),
            ("date", "Eleven of the 14 miners trapped at Rincon Hondo were brought out alive on Saturday."),
        ),
        before="The shaft at Rincon Hondo collapsed on Thursday.",
    ),
    Case(
        "court-ban",
        "The Supreme Court ruled 5 to 4 on Tuesday that the state could not ban the sale of e-bikes, overturning a "
        "decision by a lower court.",
        (
            "In a 5-4 ruling on Tuesday, the Supreme Court held that the state cannot ban e-bike sales.",
            "The Supreme Court overturned a lower court's decision on the sale of e-bikes.",
        ),
        (
            ("negation", "The Supreme Court ruled on Tuesday that the state could ban the sale of e-bikes."),
            ("number", "The Supreme Court ruled 6 to 3 on Tuesday that the state could not ban the sale of e-bikes."),
            ("reversal", "The Supreme Court upheld a decision by a lower court on the sale of e-bikes."),
            ("date", "The Supreme Court ruled on Wednesday that the state could not ban the sale of e-bikes."),
            ("invented", "Makers of e-bikes welcomed the ruling as a victory for the climate."),
        ),
    ),
    Case(
        "border-shots",
        "Tavrian border guards fired on a Kelmeri patrol near Osk on Monday, wounding two soldiers, Kelmer's defence "
        "ministry said.",
        (
            "Kelmer's defence ministry said Tavrian border guards wounded two soldiers when they fired on a Kelmeri "
            "patrol near Osk on Monday.",
            "Two soldiers were wounded near Osk on Monday when Tavrian guards shot at a Kelmeri patrol, according to "
            "the defence ministry of Kelmer.",
        ),
        (
            (
                "swap",
                "Kelmeri border guards fired on a Tavrian patrol near Osk on Monday, Kelmer's defence ministry said.",
            ),
            (
                "number",
                "Tavrian border guards wounded seven soldiers near Osk on Monday, Kelmer's defence ministry said.",
            ),
            (
                "reversal",
                "Tavrian border guards fired on a Kelmeri patrol near Osk on Monday, killing two soldiers, Kelmer's "
                "defence ministry said.",
            ),
            (
                "attribution",
                "Tavrian border guards fired on a Kelmeri patrol near Osk, Tavria's interior ministry said.",
            ),
        ),
        after="Tavria has not commented.",
    ),
    Case(
        "salmon",
        "Salmon returning to the Lorne fell to 3,100 this season from 9,400 a decade ago, a count by the river trust "
        "shows.",
        (
            "A river trust count shows that the number of salmon returning to the Lorne has dropped from 9,400 ten "
            "years ago to 3,100 this season.",
            "Only 3,100 salmon returned to the Lorne this season, the river trust's count shows.",
        ),
        (
            ("reversal", "Salmon returning to the Lorne rose to 9,400 this season from 3,100 a decade ago."),
            ("number", "Salmon returning to the Lorne fell to 1,300 this season, a count by the river trust shows."),
            ("name", "Salmon returning to the Tamble fell to 3,100 this season, a count by the river trust shows."),
            ("invented", "The river trust blames seals for the loss of the salmon in the Lorne."),
        ),
        before="Anglers on the Lorne were told to throw back their catch in May.",
    ),
    Case(
        "merger-talks",
        "Brightwater Foods is in talks to buy its rival Casa Verde for about $2.3 billion, three people familiar with "
        "the matter said, though no deal is certain.",
        (
            "Three people familiar with the matter said Brightwater Foods is negotiating to buy rival Casa Verde for "
            "around $2.3bn.",
            "Brightwater Foods is holding talks on a purchase of Casa Verde, but a deal is not certain, according to "
            "three people familiar with the matter.",
        ),
        (
            ("hedge", "Brightwater Foods has bought its rival Casa Verde for about $2.3 billion."),
            ("swap", "Casa Verde is in talks to buy its rival Brightwater Foods for about $2.3 billion."),
            ("number", "Brightwater Foods is in talks to buy its rival Casa Verde for about $3.2 billion."),
            ("number", "Brightwater Foods is in talks to buy its rival Casa Verde for about $2.3 million."),
            ("invented", "Brightwater Foods would move the headquarters of Casa Verde to Lisbon after the deal."),
        ),
        after="Shares in Casa Verde jumped 18 percent.",
    ),
    Case(
        "opera",
        "Soprano Ingrid Aalto, 62, will give her last performance at the Sund Opera on 14 March before becoming its "
        "artistic director.",
        (
            "Ingrid Aalto, a 62-year-old soprano, sings at the Sund Opera for the last time on 14 March before taking "
            "over as its artistic director.",
            "Soprano Ingrid Aalto is to become artistic director of the Sund Opera after her final performance there "
            "on March 14.",
        ),
        (
            ("date", "Soprano Ingrid Aalto will give her last performance at the Sund Opera on 24 March."),
            ("number", "Soprano Ingrid Aalto, 26, will give her last performance at the Sund Opera on 14 March."),
            ("name", "Soprano Ingrid Aalto will give her last performance at the Lund Opera on 14 March."),
            ("name", "Soprano Sigrid Aalto will give her last performance at the Sund Opera on 14 March."),
            ("role", "Soprano Ingrid Aalto will become chief conductor of the Sund Opera."),
        ),
        published="2026-01-09",
    ),
    Case(
        "drought-aid",
        "The government has approved emergency aid for 27 of the 34 drought-hit districts, Agriculture Minister Rosa "
        "Quispe told parliament.",
        (
            "Agriculture Minister Rosa Quispe told parliament that 27 of 34 districts hit by drought are to get "
            "emergency aid, which the government has approved.",
            "Emergency aid for 27 drought-hit districts has been approved by the government, Quispe told parliament.",
        ),
        (
            ("number", "The government has approved emergency aid for 34 of the 47 drought-hit districts."),
            ("negation", "The government has not approved emergency aid for the drought-hit districts."),
            ("reversal", "The government has rejected emergency aid for 27 drought-hit districts."),
            ("name", "Finance Minister Rosa Quispe told parliament that aid was approved for 27 districts."),
            ("invented", "Rosa Quispe promised that the aid would reach farmers within ten days."),
        ),
        before="Maize prices have doubled since the rains failed.",
    ),
    Case(
        "no-cause",
        "Investigators have not ruled out sabotage in the fire that destroyed the Marl substation, but said an "
        "electrical fault was the likeliest cause.",
        (
            "Sabotage has not been ruled out in the Marl substation fire, although investigators think an electrical "
            "fault is the most likely cause.",
            "Investigators said that an electrical fault was the likeliest cause of the fire at the Marl substation.",
        ),
        (
            ("negation", "Investigators have ruled out sabotage in the fire that destroyed the Marl substation."),
            ("hedge", "An electrical fault caused the fire that destroyed the Marl substation."),
            ("reversal", "Investigators said sabotage was the likeliest cause of the fire at the Marl substation."),
            ("name", "Investigators have not ruled out sabotage in the fire that destroyed the Berl substation."),
        ),
        after="About 12,000 homes lost power.",
    ),
    Case(
        "coup-sentence",
        "A military tribunal sentenced General Amadou Keita to 20 years in prison for his part in the failed coup of "
        "2023 and acquitted four other officers.",
        (
            "General Amadou Keita got 20 years in prison from a military tribunal for his role in the 2023 coup "
            "attempt.",
            "The tribunal acquitted four other officers over the failed coup of 2023.",
        ),
        (
            ("number", "A military tribunal sentenced General Amadou Keita to 12 years in prison."),
            ("date", "General Amadou Keita was sentenced to 20 years in prison for the failed coup of 2021."),
            ("reversal", "The military tribunal convicted four other officers over the failed coup of 2023."),
            ("reversal", "A military tribunal acquitted General Amadou Keita over the failed coup of 2023."),
            ("name", "A military tribunal sentenced General Amadou Traore to 20 years in prison."),
        ),
        before="General Amadou Traore, the army chief, testified in May.",
    ),
    Case(
        "tariff",
        "Wellmark raised its tariff on imported bicycles from 6% to 14% in April, prompting Sorrel to threaten "
        "duties on "
        "Wellmark's timber.",
        (
            "In April, Wellmark's tariff on imported bikes went up from 6% to 14%.",
            "Sorrel threatened duties on timber from Wellmark after Wellmark increased its tariff on imported "
            "bicycles.",
        ),
        (
            ("reversal", "Wellmark cut its tariff on imported bicycles from 14% to 6% in April."),
            ("hedge", "Sorrel imposed duties on Wellmark's timber in response to the tariff."),
            ("swap", "Wellmark threatened duties on Sorrel's timber."),
            ("number", "Wellmark raised its tariff on imported bicycles from 6% to 40% in April."),
            ("date", "Wellmark raised its tariff on imported bicycles from 6% to 14% in August."),
        ),
    ),
    Case(
        "glacier",
        "The Hvitmark glacier has lost almost a third of its volume since 1990, and scientists expect it to vanish by "
        "2060 unless emissions fall.",
        (
            "Nearly one third of the volume of the Hvitmark glacier has been lost since 1990.",
            "Unless emissions fall, scientists expect the Hvitmark glacier to disappear by 2060.",
        ),
        (
            ("number", "The Hvitmark glacier has lost almost two thirds of its volume since 1990."),
            ("date", "The Hvitmark glacier has lost almost a third of its volume since 1960."),
            ("hedge", "The Hvitmark glacier will vanish by 2060."),
            ("reversal", "The Hvitmark glacier has gained almost a third of its volume since 1990."),
        ),
        before="Summers in the north have warmed by 2.4 degrees.",
    ),
    Case(
        "singer",
        'Singer Noor Baptiste said she had "never seen the contract" that the label published, and asked fans not to '
        "buy the reissue.",
        (
            'Noor Baptiste said she had "never seen the contract" published by the label.',
            "The singer Noor Baptiste asked her fans not to buy the reissue.",
        ),
        (
            ("negation", "Singer Noor Baptiste asked fans to buy the reissue."),
            ("quotation", 'Noor Baptiste said she had "never signed the contract" that the label published.'),
            ("negation", "Noor Baptiste said she had seen the contract that the label published."),
            ("name", "Singer Nora Baptiste asked fans not to buy the reissue."),
            ("invented", "Noor Baptiste is suing the label for unpaid royalties."),
        ),
        after="The label said it stood by its version.",
    ),
    Case(
        "poll",
        "A Datum poll of 1,502 adults put the Civic Union on 31 percent, four points ahead of the Reform Bloc, with a "
        "margin of error of 2.5 points.",
        (
            "The Civic Union is on 31%, four points ahead of the Reform Bloc, in a Datum poll of 1,502 adults.",
            "Datum's poll has the Reform Bloc four points behind the Civic Union, which is on 31 percent.",
        ),
        (
            ("swap", "A Datum poll put the Reform Bloc on 31 percent, four points ahead of the Civic Union."),
            ("number", "A Datum poll of 1,502 adults put the Civic Union on 37 percent."),
            ("number", "A Datum poll put the Civic Union 14 points ahead of the Reform Bloc."),
            ("name", "A Vox poll of 1,502 adults put the Civic Union on 31 percent."),
            ("invented", "The poll found that most adults distrust both the Civic Union and the Reform Bloc."),
        ),
    ),
    Case(
        "hospital-ship",
        "The hospital ship Santa Teresa reached Kalu on Thursday, two days late, carrying 36 doctors and enough "
        "medicine for a month.",
        (
            "Two days behind schedule, the hospital ship Santa Teresa arrived in Kalu on Thursday with 36 doctors "
            "aboard.",
            "The Santa Teresa brought 36 doctors and a month's supply of medicine to Kalu on Thursday.",
        ),
        (
            ("reversal", "The hospital ship Santa Teresa left Kalu on Thursday with 36 doctors."),
            ("number", "The hospital ship Santa Teresa reached Kalu on Thursday, carrying 63 doctors."),
            ("name", "The hospital ship Santa Lucia reached Kalu on Thursday, carrying 36 doctors."),
            ("date", "The hospital ship Santa Teresa reached Kalu on Tuesday, carrying 36 doctors."),
            ("unit", "The hospital ship Santa Teresa reached Kalu with enough medicine for a year."),
        ),
        before="The cyclone struck Kalu eleven days ago.",
        after="Tents and clean water are still missing.",
    ),
    Case(
        "resign-call",
        "Opposition leader Marta Vogel called on the finance minister to resign over the leaked budget, but stopped "
        "short of demanding an election.",
        (
            "Marta Vogel, the leader of the opposition, urged the finance minister to step down over the leak of the "
            "budget.",
            "Vogel did not demand an election but called for the finance minister's resignation.",
        ),
        (
            ("hedge", "The finance minister resigned over the leaked budget."),
            ("negation", "Opposition leader Marta Vogel demanded an election over the leaked budget."),
            ("swap", "The finance minister called on opposition leader Marta Vogel to resign."),
            ("name", "Opposition leader Greta Vogel called on the finance minister to resign."),
            ("role", "Opposition leader Marta Vogel called on the interior minister to resign."),
        ),
    ),
    Case(
        "satellite",
        "The satellite failed to separate from its rocket and is presumed lost, the agency Astrena said late on "
        "Friday; it had cost 95 million euros.",
        (
            "Astrena said late on Friday that the satellite, which cost 95 million euros, had failed to separate from "
            "its rocket and was presumed lost.",
            "The 95-million-euro satellite is believed lost after it did not separate from its rocket, the agency "
            "Astrena said.",
        ),
        (
            ("reversal", "The satellite separated from its rocket, the agency Astrena said late on Friday."),
            ("number", "The satellite had cost 59 million euros."),
            ("unit", "The satellite had cost 95 billion euros."),
            ("name", "The satellite failed to separate from its rocket, the agency Solaris said late on Friday."),
            ("invented", "Astrena will launch a replacement for the satellite next autumn."),
        ),
        before="Lift-off had gone smoothly.",
    ),
    Case(
        "dog-law",
        "From 1 October dog owners in Tessaly must carry proof of a rabies shot or pay a fine of 80 lira.",
        (
            "Dog owners in Tessaly have to carry proof of rabies vaccination from 1 October or face a fine of 80 lira.",
            "A fine of 80 lira awaits dog owners in Tessaly who carry no proof of a rabies shot from October 1.",
        ),
        (
            ("number", "From 1 October dog owners in Tessaly must carry proof of a rabies shot or pay 800 lira."),
            ("date", "From 11 October dog owners in Tessaly must carry proof of a rabies shot."),
            ("negation", "Dog owners in Tessaly need not carry proof of a rabies shot from 1 October."),
            ("name", "From 1 October cat owners in Tessaly must carry proof of a rabies shot."),
            ("invented", "Owners of more than three dogs in Tessaly will also have to buy a licence."),
        ),
    ),
    Case(
        "neighbour",
        "A neighbour, Ivo Petrak, said he heard two shots shortly before midnight and saw a white van drive away, but "
        "police have not confirmed his account.",
        (
            "Neighbour Ivo Petrak said he heard two shots just before midnight and saw a white van leave.",
            "Police have not confirmed the account of Ivo Petrak, who said he saw a white van drive off.",
        ),
        (
            ("hedge", "A white van drove away after two shots shortly before midnight."),
            ("negation", "Police have confirmed the account of Ivo Petrak, who saw a white van drive away."),
            ("number", "A neighbour, Ivo Petrak, said he heard five shots shortly before midnight."),
            ("detail", "A neighbour, Ivo Petrak, said he saw a black van drive away."),
            ("name", "A neighbour, Ivan Petrik, said he heard two shots shortly before midnight."),
        ),
        before="A man of 34 was found dead in Rennweg on Saturday morning.",
    ),
    Case(
        "bank-rate",
        "The central bank held its key rate at 4.75 percent for a third meeting running and signalled that cuts could "
        "begin in the autumn.",
        (
            "For the third meeting in a row the central bank kept its key rate at 4.75%.",
            "The central bank left its key rate unchanged at 4.75 percent and hinted that it could start "
            "cutting in the "
            "autumn.",
        ),
        (
            ("reversal", "The central bank cut its key rate to 4.75 percent."),
            ("number", "The central bank held its key rate at 4.25 percent for a third meeting running."),
            ("hedge", "The central bank will begin cuts in the autumn."),
            ("number", "The central bank held its key rate at 4.75 percent for a sixth meeting running."),
            ("date", "The central bank signalled that cuts could begin in the spring."),
        ),
    ),
    Case(
        "temple",
        "Archaeologists from Ostrava University unearthed a temple of the fourth century BC beneath a car park in "
        "Sirmion, along with some 200 coins.",
        (
            "Beneath a car park in Sirmion, archaeologists from Ostrava University have found a fourth-century "
            "BC temple "
            "and about 200 coins.",
            "Some 200 coins were unearthed with the temple under a Sirmion car park.",
        ),
        (
            ("number", "Archaeologists unearthed a temple along with some 2,000 coins beneath a car park in Sirmion."),
            ("date", "Archaeologists unearthed a temple of the fourteenth century BC beneath a car park in Sirmion."),
            ("name", "Archaeologists from Padua University unearthed a temple beneath a car park in Sirmion."),
            ("detail", "Archaeologists from Ostrava University unearthed a temple beneath a school in Sirmion."),
            ("invented", "The temple in Sirmion was dedicated to a goddess of the harvest."),
        ),
        after="The car park will be moved.",
    ),
    Case(
        "ceasefire-claim",
        "Rebel spokesman Idris Bala said government jets had bombed the market in Gomda, killing at least 19 "
        "civilians; "
        "the army denied carrying out any strikes there.",
        (
            "Rebel spokesman Idris Bala said at least 19 civilians were killed when government jets bombed Gomda "
            "market.",
            "The army denied that it had carried out any strikes in Gomda.",
        ),
        (
            ("hedge", "Government jets bombed the market in Gomda, killing at least 19 civilians."),
            ("negation", "The army confirmed carrying out strikes in Gomda."),
            ("swap", "The army said rebel jets had bombed the market in Gomda."),
            ("number", "Rebel spokesman Idris Bala said at least 90 civilians were killed in Gomda."),
            ("number", "Rebel spokesman Idris Bala said at most 19 civilians were killed in Gomda."),
            ("name", "Rebel spokesman Idris Bala said government jets had bombed the market in Damba."),
        ),
        before="Fighting around Gomda resumed last week.",
    ),
    Case(
        "school-meals",
        "Free school meals will be offered to all primary pupils from January, except in Carrow county, which has "
        "declined the funding.",
        (
            "From January all primary pupils will be offered free school meals, except those in Carrow county.",
            "Carrow county has turned down the funding for free school meals, which other primary pupils will get from "
            "January.",
        ),
        (
            ("negation", "Free school meals will be offered to primary pupils in Carrow county from January."),
            ("reversal", "Carrow county has accepted the funding for free school meals."),
            ("detail", "Free school meals will be offered to all secondary pupils from January."),
            ("date", "Free school meals will be offered to all primary pupils from February."),
            ("name", "Free school meals will be offered to all primary pupils except in Farrow county."),
        ),
        published="2025-11-03",
    ),
    Case(
        "cyclist",
        "Defending champion Tomas Rehn won the Lake Tour for the second time, finishing 38 seconds ahead of Ugo Bassi "
        "after six stages.",
        (
            "Tomas Rehn took his second Lake Tour title, beating Ugo Bassi by 38 seconds over six stages.",
            "After six stages Ugo Bassi finished 38 seconds behind Tomas Rehn, the defending champion.",
        ),
        (
            ("swap", "Ugo Bassi won the Lake Tour, finishing 38 seconds ahead of Tomas Rehn."),
            ("number", "Tomas Rehn won the Lake Tour, finishing 83 seconds ahead of Ugo Bassi."),
            ("number", "Tomas Rehn won the Lake Tour for the fifth time."),
            ("unit", "Tomas Rehn won the Lake Tour, finishing 38 minutes ahead of Ugo Bassi."),
            ("reversal", "Tomas Rehn lost the Lake Tour to Ugo Bassi after six stages."),
        ),
    ),
    Case(
        "app-order",
        'The message on the app told drivers to "turn off your engine and leave the tunnel on foot", which the '
        "operator "
        "later called a mistake.",
        (
            'Drivers were told by a message on the app to "turn off your engine and leave the tunnel on foot".',
            "The operator later called the message to drivers on the app a mistake.",
        ),
        (
            ("attribution", "Turn off your engine and leave the tunnel on foot."),
            (
                "quotation",
                'The message on the app told drivers to "turn off your lights and leave the tunnel on foot".',
            ),
            ("negation", "The message on the app told drivers not to leave the tunnel on foot."),
            ("negation", "The operator denied that the message was a mistake."),
        ),
        before="Smoke filled the Kilm tunnel within minutes.",
    ),
)
