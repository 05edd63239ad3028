"""Names of Annex I as the expected outcome of an import writes them, by code; they differ in small ways from our labels."""

TYPES = {
    "POL": "policy",
    "PRG": "programme",
    "TCP": "technical cooperation project",
    "TAP": "technical assistance project",
    "OTH": "other measure",
}

AREAS = {
    "LAB": "LABOUR",
    "EMP": "EMPLOYMENT",
    "REL": "LABOUR RELATIONS",
    "SEC": "SOCIAL SECURITY",
    "INF": "INFORMATION AND RESEARCH",
    "INS": "INSTITUTIONAL STRENGTHENING",
}

THEMES = {
    "LAB-1": "Labour Legislation",
    "LAB-2": "Application of fundamental rights",
    "LAB-3": "Working conditions",
    "LAB-4": "Wages",
    "LAB-5": "Occupational safety and health",
    "LAB-6": "Labour inspection",
    "EMP-1": "Employment policy and programmes",
    "EMP-2": "Unemployment benefit schemes",
    "EMP-3": "Vocational training and skills certification",
    "EMP-4": "Employment services",
    "EMP-5": "Gender programmes",
    "REL-1": "Social organizations",
    "REL-2": "Collective bargaining",
    "REL-3": "Individual and collective dispute settlement",
    "REL-4": "Trade union registration",
    "REL-5": "Social dialogue",
    "SEC-1": "Social security programmes and systems",
    "SEC-2": "Prevention and reduction of social contingencies",
    "SEC-3": "Improvement of the social security system",
    "INF-1": "Data collection (administrative records, statistics, etc.)",
    "INF-2": "Studies and analyses",
    "INF-3": "Dissemination of information",
    "INS-1": "Organization and operation",
    "INS-2": "Human resources",
    "INS-3": "Material resources",
    "INS-4": "Informatics",
}
