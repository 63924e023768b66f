"""Countries, what their people and things are called, and the capital that stands for the government: data."""

from __future__ import annotations

from functools import lru_cache

_COUNTRIES = """
    afghanistan afghan afghans kabul
    albania albanian albanians tirana
    angola angolan luanda
    bosnia bosnian bosnians sarajevo
    botswana gaborone
    burkina-faso burkinabe ouagadougou
    burundi burundian
    cameroon cameroonian yaounde
    chad chadian ndjamena
    costa-rica costa-rican
    dominican-republic dominican
    el-salvador salvadoran
    eritrea eritrean asmara
    faroe-islands faroes faroese
    gabon gabonese libreville
    gambia gambian banjul
    greenland greenlandic greenlanders
    guatemala guatemalan
    guinea guinean conakry
    honduras honduran
    ivory-coast ivorian abidjan
    jamaica jamaican
    kyrgyzstan kyrgyz bishkek
    laos laotian vientiane
    liberia liberian monrovia
    luxembourg luxembourgish
    madagascar malagasy
    malawi malawian
    malta maltese valletta
    mauritania mauritanian
    mongolia mongolian
    montenegro montenegrin podgorica
    mozambique mozambican maputo
    namibia namibian windhoek
    new-zealand kiwi wellington
    north-macedonia macedonian macedonia skopje
    oman omani muscat
    paraguay paraguayan
    sierra-leone freetown
    slovenia slovenian slovene slovenes slovenians ljubljana
    sri-lanka sri-lankan colombo
    tajikistan tajik dushanbe
    togo togolese lome
    turkmenistan turkmen
    algeria algerian algerians algiers
    argentina argentine argentinian argentines
    armenia armenian yerevan
    australia australian australians canberra
    austria austrian austrians vienna
    azerbaijan azerbaijani azeri baku
    bahrain bahraini manama
    bangladesh bangladeshi dhaka
    belarus belarusian minsk
    belgium belgian belgians
    bolivia bolivian
    brazil brazilian brazilians
    britain british uk united-kingdom britons
    bulgaria bulgarian sofia
    cambodia cambodian
    canada canadian canadians ottawa
    chile chilean chileans
    china chinese beijing prc
    colombia colombian colombians bogota
    congo congolese kinshasa drc
    croatia croatian
    cuba cuban havana
    cyprus cypriot
    czechia czech prague
    denmark danish dane danes copenhagen
    ecuador ecuadorian
    egypt egyptian egyptians cairo
    england english
    estonia estonian
    ethiopia ethiopian ethiopians
    finland finnish finn finns helsinki
    france french frenchman frenchwoman paris
    georgia georgian tbilisi
    germany german germans berlin
    ghana ghanaian
    greece greek greeks athens
    haiti haitian haitians
    hungary hungarian budapest
    iceland icelandic reykjavik
    india indian indians delhi new-delhi
    indonesia indonesian jakarta
    iran iranian iranians tehran
    iraq iraqi iraqis baghdad
    ireland irish dublin
    israel israeli israelis
    italy italian italians rome
    japan japanese tokyo
    jordan jordanian amman
    kazakhstan kazakh
    kenya kenyan kenyans nairobi
    kosovo kosovar
    kuwait kuwaiti
    latvia latvian
    lebanon lebanese beirut
    libya libyan tripoli
    lithuania lithuanian
    malaysia malaysian
    mali malian bamako
    mexico mexican mexicans
    moldova moldovan
    morocco moroccan moroccans rabat
    myanmar burmese burma
    nepal nepali nepalese
    netherlands dutch holland
    nicaragua nicaraguan
    niger nigerien niamey
    nigeria nigerian nigerians abuja
    north-korea north-korean pyongyang dprk
    norway norwegian norwegians oslo
    pakistan pakistani pakistanis islamabad
    palestine palestinian palestinians
    panama panamanian
    peru peruvian peruvians lima
    philippines filipino filipinos philippine manila
    poland polish pole poles warsaw
    portugal portuguese lisbon
    qatar qatari doha
    romania romanian bucharest
    russia russian russians moscow kremlin russian-federation
    rwanda rwandan kigali
    saudi-arabia saudi saudis riyadh
    scotland scottish scots
    senegal senegalese
    serbia serbian belgrade
    singapore singaporean
    slovakia slovak bratislava
    somalia somali somalis mogadishu
    south-africa south-african pretoria
    south-korea south-korean seoul
    south-sudan south-sudanese juba
    spain spanish spaniard spaniards madrid
    sudan sudanese khartoum
    sweden swedish swede swedes stockholm
    switzerland swiss
    syria syrian syrians damascus
    taiwan taiwanese taipei
    tanzania tanzanian
    thailand thai bangkok
    tunisia tunisian tunisians tunis
    turkey turkish turks ankara turkiye
    uganda ugandan kampala
    ukraine ukrainian ukrainians kyiv kiev
    united-arab-emirates uae emirati emirates
    united-states us usa american americans washington america white-house
    uruguay uruguayan
    uzbekistan uzbek
    venezuela venezuelan venezuelans caracas
    vietnam vietnamese hanoi
    wales welsh
    yemen yemeni yemenis sanaa
    zambia zambian
    zimbabwe zimbabwean harare
    european-union eu brussels bloc european-commission
    united-nations un
    nato north-atlantic-treaty-organization
    africa african africans
    europe european europeans
    asia asian
    """


@lru_cache(maxsize=1)
def places() -> dict[str, str]:
    """Which country a lower-case word or hyphenated pair of words stands for."""
    table: dict[str, str] = {}
    for line in _COUNTRIES.strip().splitlines():
        country, *others = line.split()
        for word in (country, *others):
            table.setdefault(word, country)
    return table


def place_of(words: tuple[str, ...]) -> str | None:
    """The country that a name in lower-case words stands for, "the" aside; None for another name."""
    return places().get("-".join(word for word in words if word != "the"))
