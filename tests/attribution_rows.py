"""Sentences with who says them: one half was looked at while the rules were made, the other only counted."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.types import Stance


@dataclass(frozen=True)
class Row:
    """The sentences of an article, which of them is meant (the last unless told), and who says it, first to last."""

    sentences: tuple[str, ...]
    chain: tuple[str, ...]
    stance: Stance = "says"
    at: int = -1


def row(*sentences: str, by: tuple[str, ...] | str = (), stance: Stance = "says", at: int = -1) -> Row:
    return Row(sentences, (by,) if isinstance(by, str) else by, stance, at)


TUNED = (
    row("The bridge was closed at noon."),
    row("The bridge was closed at noon, police said.", by="police"),
    row("Police said the bridge was closed at noon.", by="Police"),
    row("According to the harbour office, two barges sank.", by="the harbour office"),
    row("Two barges sank, according to the harbour office.", by="the harbour office"),
    row("“We are ready,” said Ida Korr, the mayor of Pell.", by="Ida Korr, mayor of Pell"),
    row("“We are ready,” Ida Korr, the mayor of Pell, said on Monday.", by="Ida Korr, mayor of Pell"),
    row("Ida Korr, the mayor, said the town was ready.", "“We are ready,” she said.", by="Ida Korr, mayor"),
    row("“We are ready,” Ms Korr said.", "“The dykes will hold.”", by="Korr"),
    row("Ida Korr, the mayor, toured the dykes.", "“They will hold,” Ms Korr told reporters.", by="Ida Korr, mayor"),
    row(
        "“The valley is not theirs,” the Highland Front’s Tarik al-Masri told Radio Pell on Tuesday, Kordany media "
        "reported.",
        by=("Tarik al-Masri, Highland Front", "Radio Pell", "Kordany media"),
    ),
    row("The minister told Reuters that talks would resume.", by=("The minister", "Reuters")),
    row("The minister told parliament that talks would resume.", by="The minister"),
    row(
        "Kordpress reported that the mayor said eleven people were missing.",
        by=("the mayor", "Kordpress"),
    ),
    row("The army denied that any aircraft had been in the air.", by="The army", stance="denies"),
    row("The army accused the rebels of hiding rockets.", by="The army", stance="alleges"),
    row("The company claims the port refused it shelter.", by="The company", stance="claims"),
    row("The ministry confirmed on Friday that 12 cases had been found.", by="The ministry", stance="confirms"),
    row("He is said to have fled by boat.", by="unnamed sources"),
    row("Officials believe the fire was set on purpose.", by="Officials", stance="claims"),
    row("The agency, citing an unnamed officer, said the picture was old.", by=("an unnamed officer", "The agency")),
    row(
        "The picture was old, the agency reported, citing an unnamed officer.", by=("an unnamed officer", "the agency")
    ),
    row("The company did not say how many jobs would go."),
    row("The company declined to comment."),
    row("A man who told police that he was lost was taken home."),
    row("The union will say on Monday whether it accepts."),
    row("“Go home,” the sign said.", by="the sign"),
    row("It was treated, and their only reported symptom was a rash, the ward said.", by="the ward"),
    row("The gate was open. ", "They stressed that nobody had been hurt.", by="they"),
    row("Two people familiar with the talks put the price at 85 million.", by="Two people familiar with the talks"),
    row("The stolen car was allegedly sold in Pell.", by="unnamed sources", stance="alleges"),
    row(
        "The lead investigator, Ragna Fell, spoke at noon.",
        "The stacks were too heavy, Fell said.",
        by="Ragna Fell, lead investigator",
    ),
    row(
        "The Marine Casualty Bureau opened an inquiry.",
        "Nobody checked, the bureau found.",
        by="Marine Casualty Bureau",
    ),
    row("“Nobody checked.", "“Nobody asked,” said Tom Ray, a docker.", by="Tom Ray, docker", at=0),
    row("The group maintained a headquarters near the border."),
    row("“We had a tip,” he told a news conference.", by="he"),
    row("According to a leaked memo, the order was signed in March.", by="a leaked memo"),
)

HELD_OUT = (
    row("Floodwater reached the first floor of the hospital by dawn."),
    row("Floodwater had reached the first floor, the hospital’s director said.", by="the hospital's director"),
    row("Rescue crews say three miners are still underground.", by="Rescue crews"),
    row("In a statement, Norwell Steel said the furnace would not be relit.", by="Norwell Steel"),
    row("On Thursday, Norwell Steel said the furnace would not be relit.", by="Norwell Steel"),
    row("But the union insisted the furnace was safe.", by="the union", stance="claims"),
    row("Norwell Steel has rejected the accusation that it ignored warnings.", by="Norwell Steel", stance="denies"),
    row("The court rejected the appeal."),
    row("“It was over in a second,” recalled Hanne Voll, a nurse who saw the crash.", by="Hanne Voll, nurse"),
    row("Prosecutors allege that Brandt moved 4 million euros abroad.", by="Prosecutors", stance="alleges"),
    row("Brandt is accused of moving 4 million euros abroad.", by="unnamed sources", stance="alleges"),
    row("Brandt is accused by prosecutors of moving 4 million euros abroad.", by="prosecutors", stance="alleges"),
    row("Brandt acknowledged that the money had gone abroad.", by="Brandt", stance="confirms"),
    row(
        "The finance chief, Olga Brandt, resigned on Monday.",
        "Brandt denied any wrongdoing.",
        by="Olga Brandt, finance chief",
        stance="denies",
    ),
    row(
        "Finance chief Olga Brandt resigned on Monday.",
        "“I did nothing wrong,” she told the Daily Courier.",
        by=("Olga Brandt, Finance chief", "Daily Courier"),
    ),
    row(
        "President Amadou Keller told state television that the vote would go ahead, the AFP news agency reported.",
        by=("President Amadou Keller", "state television", "AFP"),
    ),
    row(
        "The vote will go ahead, President Amadou Keller said in an interview with Radio Sahel.",
        by=("President Amadou Keller", "Radio Sahel"),
    ),
    row(
        "Bloomberg reported on Wednesday, citing people with knowledge of the matter, that the bank would be sold.",
        by=("people with knowledge of the matter", "Bloomberg"),
    ),
    row("The bank is reportedly up for sale.", by="unnamed sources"),
    row("It is believed that the bank will be sold within weeks.", by="unnamed sources", stance="claims"),
    row("The bank will be sold within weeks, sources close to the board said.", by="sources close to the board"),
    row("A spokeswoman for the bank would not comment on the report."),
    row(
        "A spokeswoman for the bank, Ines Dahl, called the report “nonsense”.", by="Ines Dahl, spokeswoman for the bank"
    ),
    row("The bank never confirmed that it was for sale."),
    row("After the governor said he would resign, shares fell 4 per cent."),
    row("Shares fell 4 per cent after the governor said he would resign."),
    row("The governor, who said last year that he would stay, has resigned."),
    row(
        "“The well is dry,” said Marta Oyelaran.",
        "“We carry water from the river.",
        "“It makes the children ill.”",
        by="Marta Oyelaran",
    ),
    row(
        "The Tarn Ranchers’ League met on Sunday.",
        "It said the cull had cost members 900 head.",
        by="Tarn Ranchers' League",
    ),
    row(
        "The defence ministry was quoted by the Interfax agency as saying that the convoy was safe.",
        by=("The defence ministry", "Interfax"),
    ),
    row("The mayor was quoted as saying that the dam would hold.", by="The mayor"),
    row("Analysts expect the central bank to cut rates in May.", by="Analysts"),
    row(
        "A study by the University of Lusenne found that bees had halved in number.",
        by="A study by the University of Lusenne",
    ),
    row("Police found a second body near the river."),
    row("The airline blamed the delay on fog.", by="The airline", stance="alleges"),
    row("The airline argued that fog, not staffing, had caused the delay.", by="The airline", stance="claims"),
    row(
        "Dr. Lena Marsh, an epidemiologist at Tarn University, warned that cases could double.",
        by="Dr. Lena Marsh, epidemiologist at Tarn University",
    ),
    row("Cases could double, warned Lena Marsh, an epidemiologist.", by="Lena Marsh, epidemiologist"),
    row("Cases had doubled since May, figures from the health agency showed.", by="figures from the health agency"),
    row("The museum announced a new wing.", by="The museum"),
    row("Customs officers seized 40 kilos of ivory at the port of Tarn."),
    row("Customs officers said they had seized 40 kilos of ivory.", by="Customs officers"),
    row(
        "The seizure was the largest in a decade, said Ruben Alkire, the head of customs.",
        by="Ruben Alkire, head of customs",
    ),
    row(
        "Ruben Alkire, the head of customs, praised his officers.",
        "The ivory came from three countries, Alkire said.",
        by="Ruben Alkire, head of customs",
    ),
    row("“We had a tip,” Alkire told the Tarn Gazette.", by=("Alkire", "Tarn Gazette")),
    row("The smugglers are believed to have fled to Halmark.", by="unnamed sources", stance="claims"),
    row("Their lawyer dismissed the allegations as fantasy.", by="Their lawyer", stance="denies"),
    row(
        "Halmark’s foreign ministry confirmed that two men had been held.",
        by="Halmark's foreign ministry",
        stance="confirms",
    ),
    row(
        "Two men were held in Halmark on Tuesday, state radio reported, citing the foreign ministry.",
        by=("the foreign ministry", "state radio"),
    ),
    row("The judge will announce the verdict on 4 May."),
    row("The judge told the jury to ignore the photographs.", by="The judge"),
    row("Nobody at the ministry would say who had signed the order."),
    row("The minister has never said who signed the order."),
    row("The order was signed in March, a leaked memo shows.", by="a leaked memo"),
    row(
        "Opposition lawmakers accused the minister of lying to parliament.", by="Opposition lawmakers", stance="alleges"
    ),
    row("The minister, Karin Holm, insisted she had told the truth.", by="Karin Holm, minister", stance="claims"),
    row(
        "Karin Holm, the minister, resigned.",
        "In her letter, she said the order had been a mistake.",
        by="Karin Holm, minister",
    ),
    row("The paper was printed although its editor had resigned."),
    row("“It is a sad day,” wrote Peder Falk, its editor, on the front page.", by="Peder Falk, editor"),
    row(
        "Economists at Lusenne University estimate that the strike cost 40 million thalers.",
        by="Economists at Lusenne University",
    ),
    row("The strike cost 40 million thalers, economists estimate.", by="economists"),
    row("Traders reckon the bank will act in June.", by="Traders", stance="claims"),
    row("The bank acted in June after traders had warned of a crash."),
    row("In an interview with Radio Pell, the coach said three players would leave.", by=("the coach", "Radio Pell")),
)
