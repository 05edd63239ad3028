"""Signs and names of currencies; what may stand for several is told by the country of the row, or not at all."""

from programs.importing.folding import words_of

CODES = frozenset(
    [
        *("USD", "EUR", "CAD", "GBP", "CHF", "JPY", "SEK", "NOK", "DKK", "KRW", "CNY", "AUD"),
        *(
            "ARS",
            "BBD",
            "BOB",
            "BRL",
            "BSD",
            "BZD",
            "CLP",
            "COP",
            "CRC",
            "CUP",
            "DOP",
            "GTQ",
            "GYD",
            "HNL",
            "HTG",
            "JMD",
        ),
        *("MXN", "NIO", "PAB", "PEN", "PYG", "SRD", "SVC", "TTD", "UYU", "VEF", "VES", "XCD"),
    ]
)

# Signs that mean one currency wherever they stand. Compared without spaces inside, capital letters kept.
SIGNS = {
    "US$": "USD",
    "U$S": "USD",
    "U$D": "USD",
    "u$s": "USD",
    "US$D": "USD",
    "USD$": "USD",
    "$US": "USD",
    "$USD": "USD",
    "$U.S.": "USD",
    "U.S.$": "USD",
    "EUA$": "USD",
    "€": "EUR",
    "£": "GBP",
    "R$": "BRL",
    "B/.": "PAB",
    "B/": "PAB",
    "S/.": "PEN",
    "S/": "PEN",
    "Q.": "GTQ",
    "Q": "GTQ",
    "L.": "HNL",
    "Lps.": "HNL",
    "Lps": "HNL",
    "LPS.": "HNL",
    "LPS": "HNL",
    "RD$": "DOP",
    "MX$": "MXN",
    "MXN$": "MXN",
    "Mex$": "MXN",
    "COL$": "COP",
    "COP$": "COP",
    "AR$": "ARS",
    "CLP$": "CLP",
    "CLP": "CLP",
    "$U": "UYU",
    "UYU$": "UYU",
    "TT$": "TTD",
    "J$": "JMD",
    "BZ$": "BZD",
    "EC$": "XCD",
    "Bds$": "BBD",
    "BDS$": "BBD",
    "CA$": "CAD",
    "CAN$": "CAD",
    "CAD$": "CAD",
    "Can$": "CAD",
    "Cdn$": "CAD",
    "CDN$": "CAD",
    "GY$": "GYD",
    "B$": "BSD",
    "SRD": "SRD",
    "Gs.": "PYG",
    "Gs": "PYG",
    "₲": "PYG",
}
# Signs that mean a currency in a country.
SIGNS_BY_COUNTRY = {
    "L": {"HN": "HNL"},
    "C$": {"NI": "NIO", "CA": "CAD"},
    "₡": {"CR": "CRC"},
    "¢": {"CR": "CRC"},
    "Bs": {"BO": "BOB"},
    "Bs.": {"BO": "BOB"},
    "G": {"HT": "HTG"},
    "G.": {"HT": "HTG"},
}

# Names, folded.
NAMES = {
    "dolares estadounidenses": "USD",
    "dolares americanos": "USD",
    "dolares norteamericanos": "USD",
    "dolares de los estados unidos": "USD",
    "dolares de los estados unidos de america": "USD",
    "dolares de estados unidos": "USD",
    "dolares de los ee uu": "USD",
    "dolares us": "USD",
    "dolares usd": "USD",
    "us dollars": "USD",
    "u s dollars": "USD",
    "american dollars": "USD",
    "united states dollars": "USD",
    "dolares americanos dos estados unidos": "USD",
    "dollars americains": "USD",
    "dolares canadienses": "CAD",
    "canadian dollars": "CAD",
    "dollars canadiens": "CAD",
    "euros": "EUR",
    "euro": "EUR",
    "libras esterlinas": "GBP",
    "pesos mexicanos": "MXN",
    "mexican pesos": "MXN",
    "pesos argentinos": "ARS",
    "pesos chilenos": "CLP",
    "pesos colombianos": "COP",
    "pesos uruguayos": "UYU",
    "pesos dominicanos": "DOP",
    "lempiras": "HNL",
    "quetzales": "GTQ",
    "balboas": "PAB",
    "cordobas": "NIO",
    "nuevos soles": "PEN",
    "soles": "PEN",
    "guaranies": "PYG",
    "bolivianos": "BOB",
    "reais": "BRL",
    "gourdes": "HTG",
    "francos suizos": "CHF",
    "colones costarricenses": "CRC",
    "colones salvadorenos": "SVC",
}
_PESOS = {"MX": "MXN", "CO": "COP", "AR": "ARS", "CL": "CLP", "UY": "UYU", "DO": "DOP", "CU": "CUP"}
_NO_DOLLAR_OF_ITS_OWN = words_of("AR BO BR CL CO CR CU DO EC GT HN HT MX NI PA PE PY SV US UY VE")
NAMES_BY_COUNTRY = {
    "pesos": _PESOS,
    "colones": {"CR": "CRC"},
    "reales": {"BR": "BRL"},
    "dolares": dict.fromkeys(_NO_DOLLAR_OF_ITS_OWN, "USD"),
    "dollars": dict.fromkeys(_NO_DOLLAR_OF_ITS_OWN, "USD"),
}

MULTIPLIERS = {
    "mil": 10**3,
    "miles": 10**3,
    "thousand": 10**3,
    "mille": 10**3,
    "millon": 10**6,
    "millones": 10**6,
    "mill": 10**6,
    "mills": 10**6,
    "mm": 10**6,
    "million": 10**6,
    "millions": 10**6,
    "mio": 10**6,
    "milhao": 10**6,
    "milhoes": 10**6,
    "mil millones": 10**9,
    "miles de millones": 10**9,
    "milliard": 10**9,
    "milliards": 10**9,
}
# Words of amount whose size differs between languages or readers: never turned into a number.
DOUBTFUL_MULTIPLIERS = frozenset(
    ["billon", "billones", "billion", "billions", "bilhao", "bilhoes", "m", "k", "b", "bn", "trillion", "trillones"]
)

# What makes an amount less than certain.
UNCERTAIN = (
    r"parte de|part of|part de|fraccion de|porcion de|mas de|more than|over(?! the| \d+ (?:year|month|ano|quarter|phase))|por encima de|superior a|menos de|less than|under(?= us| \d)|inferior a|"
    r"aprox\w*|approx\w*|alrededor de|cerca de|en torno a|around|about|circa|nearly|almost|casi|unos|unas|some|environ|cerca|"
    r"hasta|up to|ate|jusqu a|al menos|at least|por lo menos|pelo menos|au moins|como minimo|como maximo|minimo|maximo|minimum|maximum|"
    r"entre|between|mais de|plus de|estimad\w+|estimated|estime|medio millon|y medio|and a half|ou|or|o"
)
